"""Which names are one agency: canonical name with jurisdiction; what is unknown is one document's own unknown.

A pure function of the records, the gazetteer, the known changes of agencies and a person's corrections; it never reads
text. Names that differ by a renaming are two agencies, of which the later takes over from the earlier one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.places import Gazetteer
from graph.places import Place as Unit
from graph.spelling import digest, fold
from ingest.corrections import CORRECTED, Corrections
from ingest.record import AgencyRef, Place, Record
from ingest.resolving.agency_changes import AgencyChanges, level_of
from ingest.resolving.agency_identity import agency_id, agency_key, body_of, head_of, joint_issuers, own_name
from ingest.resolving.agency_kinds import kind_of
from ingest.resolving.collectives import Collectives, Member, class_key, is_below
from ingest.resolving.identity import is_known
from ingest.resolving.official_places import OfficialPlaces
from ingest.resolving.successions import Period, Succession, Successions, narrowed, overlap, spanned

Named = tuple[str, str, Place]
"""How an agency is looked up again: (record id, name, jurisdiction) as that record has them."""


@dataclass(frozen=True, slots=True)
class ResolvedAgency:
    """One agency.

    `head` is its name without the jurisdiction, `parent` the id of the agency that it is a department of, `members_of`
    those of its collectives. `valid_from` and `valid_to` are its first and last day, perhaps partial; None is open or
    not known. `units` are the ids of the places that its jurisdiction was in that time.
    """

    id: str
    name: str
    head: str
    kind: str
    level: str | None
    place: Place
    collective: bool = False
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    members_of: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    units: tuple[str, ...] = ()


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
        for name in joint_issuers(header.issuer):
            yield _named(name, header.issuer_head, header.level, header.place, found.start, found.end, found.rule)
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


@dataclass(slots=True)
class _Draft:
    """All that is said of one agency: how often each wording (name, head, kind, level) and as what it was printed."""

    own: str
    place: Place
    worded: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)
    members_of: set[str] = field(default_factory=set)
    parents: Counter[str] = field(default_factory=Counter)
    collective: bool = False

    def most_said(self, index: int) -> str:
        """What most wordings say of one of the four; among equals the shortest."""
        counted: Counter[str] = Counter()
        for wording, times in self.worded.items():
            if wording[index]:
                counted[wording[index]] += times
        return min(counted, key=lambda v: (-counted[v], len(v), v)) if counted else ""

    @property
    def head(self) -> str:
        return head_of(self.most_said(1), self.place)

    @property
    def parent(self) -> str | None:
        return max(sorted(self.parents), key=self.parents.__getitem__, default=None)

    def finished(self, id_: str, period: Period, units: Iterable[Unit]) -> ResolvedAgency:
        name = self.most_said(0)
        if len(self.place) > 1 and name.endswith(f" {self.place[-1]} {self.place[-2]}"):  # the place says the rest
            name = name.removesuffix(f" {self.place[-2]}")
        others = self.written | {said for said, *_ in self.worded}
        kind, level = kind_of(name)
        return ResolvedAgency(
            id=id_,
            name=name[:1].upper() + name[1:],
            head=self.head,
            kind=self.most_said(2) or kind,
            level=self.most_said(3) or level or (level_of(self.place) if kind else None) or None,
            place=self.place,
            collective=self.collective,
            aliases=tuple(sorted(other for other in others if fold(other) != fold(name))),
            parent=self.parent,
            members_of=tuple(sorted(self.members_of)),
            valid_from=period[0],
            valid_to=period[1],
            units=tuple(unit.id for unit in units if overlap(period, (unit.valid_from, unit.valid_to))),
        )


class AgencyResolution:
    """The agencies of a collection of records, by id, and the way back from a record's names (`id_of`)."""

    def __init__(self, gazetteer: Gazetteer, corrections: Corrections) -> None:
        self._corrections = corrections
        self._official = OfficialPlaces(gazetteer)
        self._collectives = Collectives(gazetteer)
        self._successions = Successions(gazetteer, AgencyChanges(corrections.agencies))
        self._ids: dict[str, dict[tuple[str, Place], str]] = {}
        self._drafts: dict[str, _Draft] = {}
        self._classes: dict[str, tuple[Member, ...]] = {}
        self._taken_over: dict[tuple[str, str], Succession] = {}
        self.names: set[str] = set()
        """The names in `corrections` that mean one of these agencies."""

    def id_of(self, record_id: str, name: str, place: Place) -> str:
        """The id of the agency that a record calls `name`."""
        return self._ids[record_id][name, place]

    def add(self, record_id: str, record: Record) -> None:
        """Take in all that one record names."""
        on = document_date(record)
        named: dict[tuple[str, Place], list[AgencyRef]] = defaultdict(list)
        for ref in agencies_of(record):
            named[ref.name, ref.place].append(ref)
            if ref.parent and ref.parent != ref.name:
                named.setdefault((ref.parent, ref.place), [])
        self._ids[record_id] = ids = {}
        for (name, place), refs in named.items():
            ids[name, place] = self._add(record_id, refs or [_named(name, None, None, place)], on)
        for refs in named.values():
            for ref in refs:
                above = ids[ref.parent, ref.place] if ref.parent else None
                own = ids[ref.name, ref.place]
                if above and above != own and not self._drafts[above].collective:
                    self._drafts[own].parents[above] += 1

    def _add(self, record_id: str, refs: Sequence[AgencyRef], on: str | None) -> str:
        """Add what a record says under one name; the id of the agency is returned."""
        place = self._official.official(refs[0].place, on)
        level = next((r.level for r in refs if r.level), None)
        collective = any(r.collective for r in refs)
        members: tuple[Member, ...] = ()
        if is_known(place) and (collective or is_below(level, place)):
            members = self._members(head_of(refs[0].head, refs[0].place), level, place, on)
        ref = replace(
            refs[0], collective=collective or bool(members), parent=next((r.parent for r in refs if r.parent), None)
        )
        key = agency_key(ref, record_id, place)
        if members:  # they are what tells a class, however it is worded and though its words stay when the units change
            key = class_key(members, key)
        natural = agency_id(key, place)
        id_ = self._corrected(natural, record_id)
        draft = self._drafts.setdefault(id_, _Draft(key[0], place))
        if id_ == natural:  # what a person called the same is known by the name that gives the id
            draft.own, draft.place = key[0], place
        draft.collective |= ref.collective
        for said in refs:
            draft.worded[said.name, said.head, said.kind, said.level or ""] += 1
            if said.written:
                draft.written.add(said.written)
        if members:
            self._classes[id_] = members
        return id_

    def _members(self, head: str, level: str | None, place: Place, on: str | None) -> tuple[Member, ...]:
        """The members of a class on a day; those that were no more, or not yet there, left out."""
        return tuple(
            member
            for member in self._collectives.members(head, level, place, on)
            if overlap((on, on), self._successions.period(own_name(member.head, ()), member.place))
        )

    def _corrected(self, id_: str, record_id: str) -> str:
        """The id after what a person said of the agency, or of it in this record ("RECORD#ID")."""
        mention = f"{record_id}#{id_}"
        said = [name for name in (id_, mention) if name in self._corrections.names]
        self.names.update(said)
        marks = self._corrections.marks(said)
        if any(name == mention for _, name in marks.different):
            id_ = f"{id_}-{digest(record_id)}"
        for number in marks.same:
            group = self._corrections.same[number]
            id_ = min((name for name in group if "#" not in name), default=min(group).partition("#")[2])
        return id_

    def expand(self) -> None:
        """Add the members of every class, and who took over from each agency, until now."""
        for class_, members in sorted(self._classes.items()):
            for member in members:
                self._drafts[self._made(member)].members_of.add(class_)
        waiting = sorted(self._drafts)
        for id_ in waiting:  # grows while it is gone through
            draft = self._drafts[id_]
            if draft.collective or not is_known(draft.place):
                continue
            for succession in self._successions.of(draft.own, draft.head, draft.place):
                new = len(self._drafts)
                place = succession.place
                heir = self._made(Member(succession.name, succession.head, level_of(place), place))
                if heir != id_:
                    self._taken_over[heir, id_] = succession
                if len(self._drafts) > new:
                    waiting.append(heir)

    def _made(self, member: Member) -> str:
        """The id of an agency that documents imply; it is made where none names it."""
        ref = _named(member.name, member.head, member.level, member.place)
        key = agency_key(ref, "", member.place)
        id_ = self._corrected(agency_id(key, member.place), "")
        if id_ not in self._drafts:
            self._drafts[id_] = _Draft(key[0], member.place)
            self._drafts[id_].worded[member.name, member.head, "", member.level] += 1
        return id_

    def agencies(self) -> list[ResolvedAgency]:
        """All agencies, sorted by id."""
        return [
            draft.finished(id_, self._period(id_), self._successions.units(draft.place))
            for id_, draft in sorted(self._drafts.items())
        ]

    def _period(self, id_: str) -> Period:
        """When there was such an agency: its own time, its members' and that of the agencies that it is part of."""
        own: Period = (None, None)
        above: str | None = id_
        seen: set[str] = set()
        while above and above not in seen:
            seen.add(above)
            draft = self._drafts[above]
            own = narrowed(own, self._successions.period(draft.own, draft.place))
            above = draft.parent
        members = self._classes.get(id_, ())
        return narrowed(own, spanned(self._successions.of_unit(member.place) for member in members))

    def successions(self) -> list[tuple[str, str, Succession]]:
        """Who took over from whom: ids of the later and the earlier one."""
        return [(heir, ended, succession) for (heir, ended), succession in sorted(self._taken_over.items())]


def resolve_agencies(
    records: Mapping[str, Record], gazetteer: Gazetteer, corrections: Corrections | None = None
) -> AgencyResolution:
    """Decide which names are one agency, who belongs to the collectives, and who took over from whom.

    Args:
        records: by id; the order does not matter.
        gazetteer: the dated administrative units.
        corrections: ids of agencies that a person called the same or different, and changes that a person knows.
    """
    resolution = AgencyResolution(gazetteer, corrections or Corrections())
    for record_id, record in sorted(records.items()):
        resolution.add(record_id, record)
    resolution.expand()
    return resolution
