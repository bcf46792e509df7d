"""The dated gazetteer: which provinces, districts and communes there were, when, and what became of them.

The table holds the units before 1 July 2025 (63 provinces, 705 districts, 10,599 communes, as they stood in 2023)
and those after (34 provinces, 3,321 communes, no districts), see graph/data/README.md. Nothing is guessed: a
name that fits several places gives them all, and one place only to a question that names it alone.

A date `on` is ISO 8601 and may be partial: "2023", "2023-10", "2023-10-05"; a place that was there on any of
its days counts. None is any time.
"""

from __future__ import annotations

import csv
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files

import yaml

from graph.errors import LookupFailed
from graph.spelling import fold

COUNTRY = "vn"
_DATA = files("graph") / "data"
_LEVELS = ("trung ương", "tỉnh", "huyện", "xã")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the administration.

    Args:
        id: "vn:221" for a unit before 1 July 2025, "vn2025:24" for one that is there since, "vn" for the country.
        code: of the General Statistics Office; the same code may name two units, one before and one after.
        name: with its kind: "huyện Yên Dũng".
        level: "trung ương", "tỉnh", "huyện" or "xã".
        parent: id of the unit that it is part of, "" for the country.
        valid_from, valid_to: first and last day, ISO 8601; "" where open or not known.
    """

    id: str
    code: str
    name: str
    level: str
    parent: str
    valid_from: str
    valid_to: str

    def existed(self, on: str | None) -> bool:
        """Whether it was there on a day, or on any day of a partial date; always for None."""
        if on is None:
            return True
        first, last = _days(on)
        return self.valid_from <= last and (not self.valid_to or first <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """`successor` took over from `predecessor` (ids), wholly or in part, on `date`."""

    successor: str
    predecessor: str
    date: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit ("thị xã"): the levels at which it stands and how it is written (folded)."""

    name: str
    levels: tuple[str, ...]
    written: tuple[str, ...]


class Gazetteer:
    """Every place by id, name and part; made once by `places()`."""

    def __init__(self, rows: Iterable[Place]) -> None:
        self._by_id = {place.id: place for place in rows}

    def __iter__(self) -> Iterator[Place]:
        """All places, the country first, then level by level, those before July 2025 first."""
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id_: str) -> Place:
        """The place with an id.

        Raises:
            LookupFailed: there is none.
        """
        try:
            return self._by_id[id_]
        except KeyError:
            raise LookupFailed(f"no place has the id {id_!r}", "ids look like vn:221 or vn2025:24") from None

    def find(
        self, name: str, level: str | None = None, within: Place | None = None, on: str | None = None
    ) -> list[Place]:
        """Places that a name stands for, the highest level first, those before July 2025 first.

        Args:
            name: as written, with its kind or without: "Bắc Giang", "huyện Yên Dũng", "TP. Hải Phòng", "TT Huế".
                Diacritics must agree; case, tone-mark style, dashes and dots need not.
            level: only places of this level.
            within: only parts of this place, at any depth.
            on: only places that were there then.
        """
        return [
            place
            for place in self._named(name)
            if level in (None, place.level) and place.existed(on) and (within is None or self._lies_in(place, within))
        ]

    def children(self, place: Place, level: str | None = None, on: str | None = None) -> list[Place]:
        """The parts of a place: those right below it, or all at a level however deep; by code."""
        below = self._parts.get(place.id, [])
        if level is None:
            return [part for part in below if part.existed(on)]
        found: list[Place] = []
        for part in below:
            if part.level == level:
                found += [part] if part.existed(on) else []
            elif _LEVELS.index(part.level) < _LEVELS.index(level):
                found += self.children(part, level, on)  # a district may have outlasted its province
        return found

    def parents(self, place: Place) -> list[Place]:
        """What a place is part of, the nearest first and the country last, itself left out."""
        chain: list[Place] = []
        while place.parent:
            place = self._by_id[place.parent]
            chain.append(place)
        return chain

    def path(self, place: Place) -> tuple[str, ...]:
        """The names from the province down to the place: ("tỉnh Bắc Giang", "huyện Yên Dũng"); () for the country."""
        return tuple(part.name for part in (place, *self.parents(place)) if part.id != COUNTRY)[::-1]

    def successors(self, place: Place) -> list[Place]:
        """Who took over from a place; for a district those who took over from its communes."""
        direct = [s.successor for s in self._taken_over.get(place.id, ())]
        if not direct and place.level == "huyện":
            direct = [s.id for part in self.children(place) for s in self.successors(part)]
        return [self._by_id[id_] for id_ in dict.fromkeys(direct)]

    def taken_over(self, place: Place) -> list[Succession]:
        """Who took over from a place itself, as the source states it; a district's communes are not the district."""
        return list(self._taken_over.get(place.id, ()))

    def predecessors(self, place: Place) -> list[Place]:
        """Whom a place took over from, wholly or in part."""
        return [self._by_id[s.predecessor] for s in self._took_over.get(place.id, ())]

    def resolve_path(self, path: tuple[str, ...], on: str | None = None) -> Place | None:
        """The place of a record's jurisdiction, ("tỉnh Bắc Giang", "huyện Yên Dũng"); () is the country.

        None where a part is not known ("huyện ?"), names no place, or several.
        """
        above = [self._by_id[COUNTRY]]
        for name in path:
            found = [part for whole in above for part in self.find(name, within=whole, on=on)]
            right_below = [part for part in found if any(part.parent == whole.id for whole in above)]
            above = right_below or found
        return above[0] if len(above) == 1 else None

    def complete(self, name: str, on: str | None = None) -> tuple[str, ...] | None:
        """The whole path of a place that a name alone tells apart; None where several fit, or none."""
        paths = {self.path(place) for place in self.find(name, on=on)}
        return paths.pop() if len(paths) == 1 else None

    def members(self, place: Place | None, kinds: Iterable[str], on: str | None = None) -> list[Place]:
        """The places that a collective stands for: {"xã", "thị trấn"} of a district, {"tỉnh", "thành phố"} of all.

        Args:
            place: whose parts; None is the whole country.
            kinds: kinds of units ("huyện", "thị xã", "thành phố"); an unknown one has no members. "Thành phố"
                beside "tỉnh" are cities under the centre, beside "huyện" or in a province those under provinces.
            on: the date of the document.
        """
        whole = place or self._by_id[COUNTRY]
        wanted = [kind for name in kinds if (kind := _kinds().get(fold(name)))]
        below = _LEVELS[_LEVELS.index(whole.level) + 1 :]
        certain = {kind.levels[0] for kind in wanted if len(kind.levels) == 1}
        by_level: dict[str, tuple[str, ...]] = {}
        for kind in wanted:
            possible = [level for level in kind.levels if level in below]
            for level in [level for level in possible if level in certain] or possible[:1]:
                by_level[level] = (*by_level.get(level, ()), kind.name + " ")
        return [
            part
            for level in _LEVELS
            for part in (self.children(whole, level, on) if level in by_level else ())
            if part.name.startswith(by_level[level])
        ]

    def period(self, on: str | None) -> tuple[int, int] | None:
        """Between which changes of the units a date lies: two dates of one period have the same units."""
        return (bisect(self._changes, _days(on)[0]), bisect(self._changes, _days(on)[1])) if on else None

    def successions(self) -> Iterator[Succession]:
        """Every taking over, as its source states it (communes, provinces, the island districts)."""
        for rows in self._taken_over.values():
            yield from rows

    def _named(self, name: str) -> list[Place]:
        folded = fold(name)
        folded = _other_names().get(folded, folded)
        found = list(self._by_name.get(folded, ()))
        for written, kind in _kinds().items():
            if folded.startswith(written + " "):
                bare = folded[len(written) + 1 :]
                bare = _number(_other_names().get(bare, bare))
                found += [p for p in self._by_name.get(bare, ()) if p.name.startswith(kind.name + " ")]
        return sorted(dict.fromkeys(found), key=lambda p: (_LEVELS.index(p.level), p.valid_from, p.id))

    def _lies_in(self, place: Place, whole: Place) -> bool:
        while place.parent:
            if place.parent == whole.id:
                return True
            place = self._by_id[place.parent]
        return False

    @cached_property
    def _by_name(self) -> dict[str, list[Place]]:
        """Places by their folded name without its kind; the country by its name."""
        found: dict[str, list[Place]] = {}
        for place in self:
            found.setdefault(_number(fold(_bare(place))), []).append(place)
        return found

    @cached_property
    def _changes(self) -> list[str]:
        """The days on which units began, or others were no more."""
        begun = {place.valid_from for place in self if place.valid_from}
        ended = {str(date.fromisoformat(last) + timedelta(days=1)) for last in {p.valid_to for p in self} if last}
        return sorted(begun | ended)

    @cached_property
    def _parts(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place in self:
            found.setdefault(place.parent, []).append(place)
        return found

    @cached_property
    def _taken_over(self) -> dict[str, list[Succession]]:
        """Successions by predecessor."""
        found: dict[str, list[Succession]] = {}
        for row in _rows("places_succession.csv"):
            found.setdefault(row[1], []).append(Succession(*row))
        return found

    @cached_property
    def _took_over(self) -> dict[str, list[Succession]]:
        found: dict[str, list[Succession]] = {}
        for succession in self.successions():
            found.setdefault(succession.successor, []).append(succession)
        return found


def _days(on: str) -> tuple[str, str]:
    """First and last day of a date: "2023-10" → "2023-10-01" and "2023-10-31"."""
    return on + "-01-01"[len(on) - 4 :], on + "-12-31"[len(on) - 4 :]


def _bare(place: Place) -> str:
    """ "thị trấn Nham Biền" → "Nham Biền"; "Việt Nam" stays."""
    words = place.name.split(" ")
    for length in (2, 1):
        if " ".join(words[:length]) in _kinds():
            return " ".join(words[length:])
    return place.name


def _number(folded: str) -> str:
    """A numbered unit without leading zeros: "phường 01" and "phường 1" are one name."""
    return folded.lstrip("0") if folded.isdigit() else folded


def _rows(name: str) -> Iterator[list[str]]:
    with (_DATA / name).open(encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


@cache
def _kinds() -> dict[str, Kind]:
    """Every way of writing a kind (folded) → the kind."""
    return {written: kind for kind in _names()[0] for written in kind.written}


@cache
def _other_names() -> dict[str, str]:
    """Another way of writing a name → the official one, both folded."""
    return _names()[1]


@cache
def _names() -> tuple[list[Kind], dict[str, str]]:
    raw = yaml.safe_load((_DATA / "place_names.yaml").read_text(encoding="utf-8"))
    kinds = [Kind(name, tuple(k["levels"]), (fold(name), *k["short"])) for name, k in raw["kinds"].items()]
    return kinds, {fold(short): fold(name) for short, name in raw["also"].items()}


@cache
def places() -> Gazetteer:
    """The gazetteer; read when it is first asked for."""
    return Gazetteer(Place(*row) for row in _rows("places.csv"))
