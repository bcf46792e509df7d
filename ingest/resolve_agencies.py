"""Which names are one agency: canonical name with jurisdiction; what is unknown is one document's own unknown.

A pure function of the records, the gazetteer and a person's corrections; it never reads text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graph.places import Gazetteer
from graph.spelling import digest, fold, slug
from ingest.collectives import members
from ingest.corrections import CORRECTED, Corrections
from ingest.identity import is_known
from ingest.record import AgencyRef, Place, Record

Named = tuple[str, str, Place]
"""How an agency is looked up again: (record id, name, jurisdiction) as that record has them."""


@dataclass(frozen=True, slots=True)
class ResolvedAgency:
    """One agency.

    `head` is its name without the jurisdiction, `on` the first day that a document names it (None: no document says
    its day), `parent` the id of the agency that it is a department of, `members_of` those of its collectives.
    """

    id: str
    name: str
    head: str
    kind: str
    level: str | None
    place: Place
    collective: bool = False
    aliases: tuple[str, ...] = ()
    on: str | None = None
    parent: str | None = None
    members_of: tuple[str, ...] = ()


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
        yield _issuer(header.issuer, header.issuer_head, header.level, header.place, found.start, found.end, found.rule)
    for cited in record.documents:
        if cited.issuer:
            yield _issuer(cited.issuer, None, cited.level, cited.place, cited.start, cited.end, cited.rule)


def _issuer(name: str, head: str | None, level: str | None, place: Place, start: int, end: int, rule: str) -> AgencyRef:
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
    )


def completed(place: Place, on: str | None, gazetteer: Gazetteer) -> Place:
    """A jurisdiction whose upper parts were not told, completed where the lowest name is unique on that date."""
    if is_known(place) or not place or place[-1].endswith("?"):
        return place
    whole = gazetteer.complete(place[-1], on)
    return whole if whole and len(whole) == len(place) else place


def _key(record_id: str, name: str, place: Place) -> tuple[str, ...]:
    """What tells an agency apart: its name without the jurisdiction behind it, and the jurisdiction.

    So "Ủy ban nhân dân xã Đồng Phúc" and "… xã Đồng Phúc huyện Yên Dũng" are one where the place is one.
    """
    unknown = not is_known(place) or "?" in name
    parts = tuple(map(fold, place))
    bare = fold(name)
    while ending := next((part for part in parts if bare.endswith(f" {part}")), None):
        bare = bare.removesuffix(f" {ending}")
    return (bare, *parts, *((record_id,) if unknown else ()))


def agency_id(key: tuple[str, ...], place: Place) -> str:
    """A readable, stable id: name and place, and a digest of all that tells the agency apart."""
    readable = " ".join((key[0], *place[-1:]))
    return f"{slug(readable)[:60].strip('-')}-{digest('|'.join(key))}"


def _most_said(values: Iterator[str]) -> str:
    """The value that most say; among equals the shortest."""
    counted = Counter(v for v in values if v)
    return min(counted, key=lambda v: (-counted[v], len(v), v)) if counted else ""


def _one(id_: str, place: Place, refs: list[AgencyRef], parent: str | None) -> ResolvedAgency:
    name = _most_said(r.name for r in refs)
    written = sorted({r.written for r in refs if r.written and fold(r.written) != fold(name)})
    return ResolvedAgency(
        id=id_,
        name=name[:1].upper() + name[1:],
        head=_most_said(r.head for r in refs),
        kind=_most_said(r.kind for r in refs),
        level=_most_said(r.level or "" for r in refs) or None,
        place=place,
        collective=any(r.collective for r in refs),
        aliases=tuple(written),
        parent=parent,
    )


class AgencyResolution:
    """The agencies of a collection of records, by id, and the way back from a record's names (`id_of`)."""

    def __init__(self, gazetteer: Gazetteer, corrections: Corrections) -> None:
        self._gazetteer = gazetteer
        self._same = {id_: min(group) for group in corrections.same for id_ in group}
        self._ids: dict[Named, str] = {}
        self._refs: dict[str, list[AgencyRef]] = defaultdict(list)
        self._places: dict[str, Place] = {}
        self._parents: dict[str, str] = {}
        self._dates: dict[str, set[str]] = defaultdict(set)
        self._members_of: dict[str, set[str]] = defaultdict(set)

    def id_of(self, record_id: str, name: str, place: Place) -> str:
        """The id of the agency that a record calls `name`."""
        return self._ids[(record_id, name, place)]

    def add(self, record_id: str, record: Record) -> None:
        """Take in all that one record names."""
        on = document_date(record)
        for ref in agencies_of(record):
            id_ = self._place(record_id, ref, on)
            if ref.parent and ref.parent != ref.name:
                parent = _issuer(ref.parent, None, None, ref.place, ref.start, ref.end, ref.rule)
                self._parents[id_] = self._place(record_id, parent, on)

    def _place(self, record_id: str, ref: AgencyRef, on: str | None) -> str:
        place = completed(ref.place, on, self._gazetteer)
        key = _key(record_id, ref.name, place)
        id_ = agency_id(key, place)
        id_ = self._same.get(id_, id_)
        self._ids[(record_id, ref.name, ref.place)] = id_
        self._refs[id_].append(ref)
        if on:
            self._dates[id_].add(on)
        self._places.setdefault(id_, place)
        return id_

    def expand(self) -> None:
        """Add the members of every collective, on the dates of the documents that name it."""
        for id_ in sorted(id_ for id_ in self._dates if any(ref.collective for ref in self._refs[id_])):
            head = _most_said(r.head for r in self._refs[id_])
            for on in sorted(self._dates[id_]):
                for name, level, place in members(head, self._places[id_], on, self._gazetteer):
                    member = AgencyRef(
                        start=0,
                        end=0,
                        rule="gazetteer",
                        confidence=1.0,
                        name=name,
                        head=name,
                        written="",
                        kind="",
                        level=level,
                        place=place,
                    )
                    self._members_of[self._place("", member, on)].add(id_)

    def agencies(self) -> list[ResolvedAgency]:
        """All agencies, sorted by id."""
        return [
            replace(
                _one(id_, self._places[id_], refs, self._parents.get(id_)),
                on=min(self._dates.get(id_, ()), default=None),
                members_of=tuple(sorted(self._members_of.get(id_, ()))),
            )
            for id_, refs in sorted(self._refs.items())
        ]


def resolve_agencies(
    records: Mapping[str, Record], gazetteer: Gazetteer, corrections: Corrections | None = None
) -> AgencyResolution:
    """Decide which names are one agency, and who belongs to the collectives.

    Args:
        records: by id; the order does not matter.
        gazetteer: the dated administrative units.
        corrections: ids of agencies that a person called the same.
    """
    resolution = AgencyResolution(gazetteer, corrections or Corrections())
    for record_id, record in sorted(records.items()):
        resolution.add(record_id, record)
    resolution.expand()
    return resolution
