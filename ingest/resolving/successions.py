"""Who took over from an agency, and from when to when there was one: by the known changes and by its unit's fate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.places import Gazetteer
from graph.places import Place as Unit
from ingest.naming.jurisdiction import tier_of
from ingest.record import Place
from ingest.resolving.agency_changes import AgencyChanges, Change, level_of
from ingest.resolving.agency_identity import head_of, seated

Period = tuple[str | None, str | None]
"""First and last day, each perhaps partial; None is open or not known."""

SUCCESSION_DATA = "graph/data/places_succession.csv"


@dataclass(frozen=True, slots=True)
class Succession:
    """An agency that took over: its name with and without the jurisdiction, the day, which part of the work.

    `source` is the document that ordered it with the file that says so, or the gazetteer's file.
    """

    name: str
    head: str
    place: Place
    date: str
    field: str
    source: str


def spanned(periods: Iterable[Period]) -> Period:
    """From the earliest beginning to the latest end; open where one is, or where there is none."""
    firsts: set[str | None] = set()
    lasts: set[str | None] = set()
    for first, last in periods:
        firsts.add(first)
        lasts.add(last)
    return (
        None if None in firsts else min(filter(None, firsts), default=None),
        None if None in lasts else max(filter(None, lasts), default=None),
    )


def narrowed(one: Period, other: Period) -> Period:
    """The time that two periods share."""
    return (
        max(filter(None, (one[0], other[0])), default=None),
        min(filter(None, (one[1], other[1])), default=None),
    )


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day, as far as both are known."""
    first, last = narrowed(one, other)
    return not (first and last) or first[: len(last)] <= last[: len(first)]


class Successions:
    """Asked by an agency's own name (folded, without its jurisdiction) and its jurisdiction in official spelling."""

    def __init__(self, gazetteer: Gazetteer, changes: AgencyChanges) -> None:
        self._gazetteer = gazetteer
        self._changes = changes
        self._units: dict[Place, tuple[Unit, ...]] = {}

    def period(self, own: str, place: Place) -> Period:
        """When there was such an agency."""
        begun, ended = self._changes.beginning(own, place), self._changes.end(own, place)
        changes = (begun.on if begun else None, ended.change.last_day if ended else None)
        return narrowed(changes, self.of_unit(place))

    def of_unit(self, place: Place) -> Period:
        """When there was a unit of this path."""
        return spanned((unit.valid_from or None, unit.valid_to or None) for unit in self.units(place))

    def of(self, own: str, head: str, place: Place) -> Iterator[Succession]:
        """Those who took over from an agency.

        Args:
            own: its own name, folded.
            head: the same as it is spelt.
            place: its jurisdiction.
        """
        if ended := self._changes.end(own, place):
            for heir in ended.heirs:
                for seat in self._seats(ended.change, heir.name, place):
                    yield Succession(
                        seated(heir.name, seat), heir.name, seat, ended.change.on, heir.field, ended.change.source
                    )
        elif self._changes.goes_with_unit(own, level_of(place)):
            for unit in self.units(place):
                for successor in self._gazetteer.successors(unit):
                    seat = self._gazetteer.path(successor)
                    if seat != place:  # else it goes on under its name
                        name = seated(head, seat)
                        yield Succession(name, head_of(name, seat), seat, successor.valid_from, "", SUCCESSION_DATA)

    def _seats(self, change: Change, name: str, place: Place) -> Iterator[Place]:
        """Where those are who took over: in the same place, or in the communes that the district became."""
        if change.to == change.level:
            yield place
            return
        kinds = change.units.get(name)
        for unit in self.units(place):
            communes = self._gazetteer.children(unit, change.to, change.on) or self._gazetteer.successors(unit)
            for commune in communes:
                if kinds is None or tier_of(commune.name) in kinds:
                    yield self._gazetteer.path(commune)

    def units(self, place: Place) -> tuple[Unit, ...]:
        """The units that bore this path, whenever; none for the country, which has no end."""
        if place and place not in self._units:
            found = self._gazetteer.find(place[-1])
            self._units[place] = tuple(unit for unit in found if self._gazetteer.path(unit) == place)
        return self._units.get(place, ())
