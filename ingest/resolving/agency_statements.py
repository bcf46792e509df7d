"""What one record says of agencies: the id of each that it names, and all that counts for what that agency is.

A pure function of the record, the gazetteer, the known changes of agencies and a person's corrections: no other record
has a say in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.places import Gazetteer
from graph.spelling import digest
from ingest.corrections import CORRECTED, Corrections
from ingest.record import AgencyRef, Place, Record
from ingest.resolving.agency_changes import AgencyChanges
from ingest.resolving.agency_identity import AgencyKey, agency_id, agency_key, body_of, head_of, joint_issuers, own_name
from ingest.resolving.collectives import Collectives, Member, class_key, is_below
from ingest.resolving.identity import is_known
from ingest.resolving.official_places import OfficialPlaces
from ingest.resolving.successions import Successions, overlap

Fact = tuple[Any, ...]
"""One thing that is said of an agency, its kind first; all else in it is text, None or a jurisdiction.

("worded", name, head, kind, level)     how it is called; kind and level "" where they are not told
("written", text)                       as what it was printed
("parent", id)                          what it is part of
("collective",)                         it is a class of agencies
("class", head, level, place, on)       which class (see `AgencyStatements.members`)
("known", by a person, own, place)      its own name and jurisdiction; "" where no person called it the same as another
"""


@dataclass(frozen=True, slots=True)
class AgenciesSaid:
    """What a record says of agencies.

    `ids` are those of all that it names, by name and jurisdiction as the record has them; `facts` how often it says
    what of which agency (id, fact); `corrected` the names of `corrections` that mean one of them.
    """

    ids: Mapping[tuple[str, Place], str]
    facts: Mapping[tuple[str, Fact], int]
    corrected: frozenset[str] = frozenset()


def document_date(record: Record) -> str | None:
    """The day that a record speaks on: its date, else the latest of those that it cites (it cannot be older)."""
    if record.header.issued_on:
        return record.header.issued_on
    return max((d.issued_on for d in record.documents if d.issued_on), default=None)


def agencies_of(record: Record) -> Iterator[AgencyRef]:
    """Every agency that a record names, issuers included."""
    yield from record.recipients
    for task in record.tasks:
        yield from task.assignments
    for target in record.targets:
        yield from target.assignments
    header = record.header
    if header.issuer:
        found = header.found.get("issuer", CORRECTED)
        names = joint_issuers(header.issuer)
        for name in names:
            head = header.issuer_head if len(names) == 1 else None
            yield _named(name, head, header.level, header.place, found.start, found.end, found.rule)
    for cited in record.documents:
        for name in joint_issuers(cited.issuer) if cited.issuer else ():
            yield _named(name, None, cited.level, cited.place, cited.start, cited.end, cited.rule)


def _named(
    name: str, head: str | None, level: str | None, place: Place, start: int = 0, end: int = 0, rule: str = "gazetteer"
) -> AgencyRef:
    return AgencyRef(
        start=start,
        end=end,
        rule=rule,
        confidence=1.0,
        name=name,
        head=head or name,
        written="",
        kind="",
        level=level,
        place=place,
        parent=body_of(name),
    )


class AgencyStatements:
    """Reads records; remembers what it asked the gazetteer, for a country's documents ask the same."""

    def __init__(self, gazetteer: Gazetteer, corrections: Corrections) -> None:
        self.successions = Successions(gazetteer, AgencyChanges(corrections.agencies))
        self._corrections = corrections
        self._official = OfficialPlaces(gazetteer)
        self._collectives = Collectives(gazetteer)

    def read(self, record_id: str, record: Record) -> AgenciesSaid:
        """All that one record says of agencies."""
        on = document_date(record)
        named: dict[tuple[str, Place], list[AgencyRef]] = defaultdict(list)
        for ref in agencies_of(record):
            named[ref.name, ref.place].append(ref)
            if ref.parent and ref.parent != ref.name:
                named.setdefault((ref.parent, ref.place), [])
        facts: Counter[tuple[str, Fact]] = Counter()
        corrected: set[str] = set()
        ids: dict[tuple[str, Place], str] = {}
        for (name, place), refs in named.items():
            refs = refs or [_named(name, None, None, place)]
            natural, known, said = self._said(record_id, refs, on)
            ids[name, place] = id_ = self._corrected(natural, record_id, corrected)
            facts.update((id_, fact) for fact in said)
            facts[id_, ("known", "" if id_ == natural else "person", *known)] += 1
        for refs in named.values():
            for ref in refs:
                above = ids[ref.parent, ref.place] if ref.parent else None
                own = ids[ref.name, ref.place]
                if above and above != own:
                    facts[own, ("parent", above)] += 1
        return AgenciesSaid(ids, facts, frozenset(corrected))

    def _said(
        self, record_id: str, refs: Sequence[AgencyRef], on: str | None
    ) -> tuple[str, tuple[str, Place], list[Fact]]:
        """Of the agency that a record calls by one name: its id before a person's word, its own name and jurisdiction,
        and what else the record says of it.
        """
        place = self._official.official(refs[0].place, on)
        level = next((r.level for r in refs if r.level), None)
        collective = any(r.collective for r in refs)
        head = head_of(refs[0].head, refs[0].place)
        members: tuple[Member, ...] = ()
        if is_known(place) and (collective or is_below(level, place)):
            members = self.members(head, level, place, on)
        ref = replace(
            refs[0], collective=collective or bool(members), parent=next((r.parent for r in refs if r.parent), None)
        )
        key = agency_key(ref, record_id, place)
        if members:  # they are what tells a class, however it is worded and though its words stay when the units change
            key = class_key(members, key)
        facts: list[Fact] = [("worded", said.name, said.head, said.kind, said.level or "") for said in refs]
        facts += [("written", said.written) for said in refs if said.written]
        if ref.collective:
            facts.append(("collective",))
        if members:
            facts.append(("class", head, level, place, on))
        return agency_id(key, place), (key[0], place), facts

    def members(self, head: str, level: str | None, place: Place, on: str | None) -> tuple[Member, ...]:
        """The members of a class on a day; those that were no more, or not yet there, left out."""
        return tuple(
            member
            for member in self._collectives.members(head, level, place, on)
            if overlap((on, on), self.successions.period(own_name(member.head, ()), member.place))
        )

    def implied(self, member: Member, corrected: set[str]) -> str:
        """The id of an agency that documents imply; names in `corrections` that mean it go into `corrected`."""
        return self._corrected(agency_id(_implied_key(member), member.place), "", corrected)

    def _corrected(self, id_: str, record_id: str, used: set[str]) -> str:
        """The id after what a person said of the agency, or of it in this record ("RECORD#ID")."""
        mention = f"{record_id}#{id_}"
        said = [name for name in (id_, mention) if name in self._corrections.names]
        used.update(said)
        marks = self._corrections.marks(said)
        if any(name == mention for _, name in marks.different):
            id_ = f"{id_}-{digest(record_id)}"
        for number in marks.same:
            group = self._corrections.same[number]
            id_ = min((name for name in group if "#" not in name), default=min(group).partition("#")[2])
        return id_


def _implied_key(member: Member) -> AgencyKey:
    return agency_key(_named(member.name, member.head, member.level, member.place), "", member.place)


def facts_of(member: Member) -> dict[Fact, int]:
    """What is said of an agency that documents imply and none names."""
    return {
        ("worded", member.name, member.head, "", member.level): 1,
        ("known", "", _implied_key(member)[0], member.place): 1,
    }
