"""The members of a collective agency ("Ủy ban nhân dân các xã, thị trấn") on a day, out of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from graph.places import Gazetteer
from graph.spelling import fold
from ingest.lexicon import lexicon
from ingest.record import Place

MOST_MEMBERS = 1000
"""A collective of more units than this ("các xã" of the whole country) stays a collective."""


@cache
def _committee_kinds() -> dict[str, str]:
    return {fold(word): kind for word, kind in lexicon("collectives")["committees"].items()}


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(sorted(lexicon("collectives")["kinds"], key=len, reverse=True))


def _listed_kinds(words: str) -> set[str] | None:
    """The kinds in "các xã, phường, thị trấn"; None where anything else is said ("các xã miền núi")."""
    words = fold(words)
    if level := lexicon("collectives")["whole_levels"].get(words):
        return {k for k, levels in lexicon("collectives")["kinds"].items() if level == levels or level in levels}
    if not words.startswith("các "):
        return None
    found = set()
    rest = words.removeprefix("các ")
    while rest:
        kind = next((k for k in _kinds() if re.match(rf"{k}(?: |$)", rest)), None)
        if kind is None:
            break
        found.add(kind)
        rest = re.sub(r"^(?:và )?", "", rest[len(kind) :].strip())
    return found if found and not rest else None


def _organ_and_kinds(head: str) -> tuple[str, set[str]] | None:
    """("Ủy ban nhân dân", {"xã", "thị trấn"}) for "Ủy ban nhân dân các xã, thị trấn"."""
    for organ in lexicon("collectives")["organs"]:
        if fold(head).startswith(fold(organ) + " ") and (kinds := _listed_kinds(head[len(organ) :])):
            return organ, kinds
    return None


def _committees(head: str) -> set[str] | None:
    """{"huyện", "thị xã"} for "các huyện ủy, thị ủy"."""
    words = fold(head)
    found = {kind for word, kind in _committee_kinds().items() if re.search(rf"\b{word}\b", words)}
    rest = re.sub("|".join([r"\bcác\b", r"\bvà\b", *_committee_kinds()]), "", words)
    return found if found and not rest.split() else None


def members(head: str, place: Place, on: str | None, gazetteer: Gazetteer) -> Iterator[tuple[str, str, Place]]:
    """The members of a collective, as (name, level, jurisdiction); nothing where they cannot be known.

    Args:
        head: the collective's name without its jurisdiction: "Ủy ban nhân dân các xã, thị trấn".
        place: its jurisdiction.
        on: the date (perhaps partial) on which the units are asked for.
        gazetteer: the dated units.
    """
    area = gazetteer.resolve_path(place, on) if place else None
    if place and area is None:
        return
    if named := _organ_and_kinds(head):
        organ, kinds = named
        units = gazetteer.members(area, kinds, on)
        template = "{organ} {unit}"
    elif kinds_of_committees := _committees(head):
        organ, units = "", gazetteer.members(area, kinds_of_committees, on)
        template = "{committee} {bare}"
    else:
        return
    if len(units) > MOST_MEMBERS:
        return
    words = {kind: word for word, kind in lexicon("collectives")["committees"].items()}
    for unit in units:
        kind = next((k for k in _kinds() if fold(unit.name).startswith(k + " ")), "")
        committee = words.get(kind, "đảng ủy").capitalize()
        bare = unit.name[len(kind) :].strip()
        yield (
            template.format(organ=organ, unit=unit.name, committee=committee, bare=bare),
            unit.level,
            gazetteer.path(unit),
        )
