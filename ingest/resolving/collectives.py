"""The members of a collective agency on a day: "Ủy ban nhân dân các xã, thị trấn" out of the gazetteer, "các Bộ"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.places import Gazetteer
from graph.places import Place as Unit
from graph.schema import schema
from graph.spelling import fold
from ingest.lexicon import lexicon
from ingest.naming.jurisdiction import LEVEL
from ingest.record import Place
from ingest.resolving.agency_changes import level_of
from ingest.resolving.agency_identity import AgencyKey, seated

MOST_MEMBERS = 1000
"""A collective of more units than this ("các xã" of the whole country) stays a collective."""

_OF_THE_CENTRE = re.compile(r" trực thuộc (?:trung ương|tw)$")  # "các tỉnh, thành phố trực thuộc Trung ương"


@dataclass(frozen=True, slots=True)
class Member:
    """An agency of a class: its name, the same without the jurisdiction, its level and its jurisdiction."""

    name: str
    head: str
    level: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Class:
    """What a class is of: an organ of units of these kinds; `of_committee`: their Party committee, or its organ."""

    organ: str
    kinds: frozenset[str]
    of_committee: bool = False


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(sorted(lexicon("collectives")["kinds"], key=len, reverse=True))


def _kinds_at(level: str) -> frozenset[str]:
    kinds = lexicon("collectives")["kinds"].items()
    return frozenset(kind for kind, levels in kinds if level in ([levels] if isinstance(levels, str) else levels))


@cache
def _organs() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Organs, the longest first: folded, as written, and the levels at which every unit has one."""
    organs: dict[str, list[str]] = lexicon("collectives")["organs"]
    return tuple((fold(organ), organ, tuple(organs[organ])) for organ in sorted(organs, key=len, reverse=True))


def _read(head: str, level: str | None) -> _Class | None:
    """The class that a name without its jurisdiction stands for; None where no units make it up."""
    words = fold(head)
    for folded, organ, levels in _organs():
        if words == folded and level in levels:
            return _Class(organ, _kinds_at(level))
        if words.startswith(folded + " "):
            kinds = _listed_kinds(words.removeprefix(folded).strip())
            return _Class(organ, kinds) if kinds and any(kinds & _kinds_at(level) for level in levels) else None
    return _committees(words)


def _listed_kinds(words: str) -> frozenset[str] | None:
    """The kinds in "các xã, phường, thị trấn", "quận huyện", "cấp xã"; None where more is said ("các xã miền núi").

    One kind alone ("Ủy ban nhân dân tỉnh" in a decree) is its whole level.
    """
    if level := lexicon("collectives")["whole_levels"].get(words) or LEVEL.get(words):
        return _kinds_at(level)
    found = set()
    rest = _OF_THE_CENTRE.sub("", words.removeprefix("các "))
    while rest:
        kind = next((k for k in _kinds() if re.match(rf"{k}(?: |$)", rest)), None)
        if kind is None:
            return None
        found.add(kind)
        rest = re.sub(r"^(?:và )?(?:các )?", "", rest[len(kind) :].strip())
    return frozenset(found)


def _committees(words: str) -> _Class | None:
    """{"huyện", "thị xã"} for "các huyện ủy, thị ủy", also with an organ of each before them."""
    organ = next((o for o in lexicon("collectives")["of_committees"] if words.startswith(fold(o) + " ")), "")
    kinds: dict[str, str] = {fold(word): kind for word, kind in lexicon("collectives")["committees"].items()}
    rest = words.removeprefix(fold(organ)).strip()
    found = {kind for word, kind in kinds.items() if re.search(rf"\b{word}\b", rest)}
    left = re.sub("|".join([r"\bcác\b", r"\bvà\b", r"\btrực thuộc trung ương\b", *kinds]), "", rest)
    return _Class(organ, frozenset(found), of_committee=True) if found and not left.split() else None


@dataclass(frozen=True, slots=True)
class _Central:
    """Who made up a class at the centre from one day to another (ISO 8601); `until` is "" where it is open."""

    since: str
    until: str
    members: tuple[str, ...]

    def was_there(self, on: str) -> bool:
        """Whether a day, or any day of a partial date, lies in its time."""
        return self.since[: len(on)] <= on and (not self.until or on <= self.until[: len(on)])


@cache
def _central() -> dict[str, tuple[_Central, ...]]:
    """Classes at the centre by their folded names."""
    classes: dict[str, list[dict[str, Any]]] = lexicon("collectives")["central"]
    return {
        fold(name): tuple(_Central(str(p["since"]), str(p.get("until", "")), tuple(p["members"])) for p in periods)
        for name, periods in classes.items()
    }


def _at_the_centre(head: str, on: str) -> tuple[Member, ...]:
    """Who "các Bộ" are; of a year in which they changed, those before and those after."""
    periods = _central().get(fold(head).removeprefix("các "), ())
    names = dict.fromkeys(name for period in periods if period.was_there(on) for name in period.members)
    return tuple(Member(name, name, "trung ương", ()) for name in names)


class Collectives:
    """The members of classes; remembers what it was asked, for many documents name the same class."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, str | None, Place, tuple[int, int]], tuple[Member, ...]] = {}

    def members(self, head: str, level: str | None, place: Place, on: str | None) -> tuple[Member, ...]:
        """The members of a class; none where they cannot be known.

        Args:
            head: the name of the class without its jurisdiction: "Ủy ban nhân dân các xã, thị trấn".
            level: of its members, as the record has it.
            place: its jurisdiction, in official spelling.
            on: the date (perhaps partial) on which the units are asked for; on None nothing is known.
        """
        period = self._gazetteer.period(on)
        if on is None or period is None:
            return ()
        if not place and (central := _at_the_centre(head, on)):
            return central
        asked = (head, level, place, period)
        if asked not in self._known:
            self._known[asked] = tuple(self._members(head, level, place, on))
        return self._known[asked]

    def _members(self, head: str, level: str | None, place: Place, on: str | None) -> Iterator[Member]:
        area = self._gazetteer.resolve_path(place, on)
        meant = _read(head, level) if area else None
        if meant is None:
            return
        units = self._gazetteer.members(area, meant.kinds, on)
        if len(units) <= MOST_MEMBERS:
            for unit in units:
                yield self._member(meant, unit)

    def _member(self, meant: _Class, unit: Unit) -> Member:
        path = self._gazetteer.path(unit)
        head = _committee(meant.organ, unit) if meant.of_committee else meant.organ
        return Member(seated(head, path), head, unit.level, path)


def _committee(organ: str, unit: Unit) -> str:
    words: dict[str, str] = {kind: word for word, kind in lexicon("collectives")["committees"].items()}
    kind = next((k for k in _kinds() if fold(unit.name).startswith(k + " ")), "")
    return f"{organ} {words.get(kind, 'đảng ủy').capitalize()}".strip()


def is_below(level: str | None, place: Place) -> bool:
    """Whether an agency of a level stands below a place, so that a name without its unit is a class of them."""
    ranks = schema().rank
    return level in ("tỉnh", "huyện", "xã") and bool(level_of(place)) and ranks(level) > ranks(level_of(place))


def class_key(members: Iterable[Member], worded: AgencyKey) -> AgencyKey:
    """What tells a class from others: its members; "Ủy ban nhân dân các xã, phường" of one day and of another are two.

    Args:
        members: those that it has on the day.
        worded: its key as it is worded, whose jurisdiction it keeps.
    """
    heads = sorted({fold(member.head) for member in members})
    places = sorted("/".join(member.place) for member in members)
    return (f"các {' '.join(heads)}", *worded[1:], "|".join(places))
