"""Agencies in time: who was renamed, merged, divided or dissolved, when, by what document, and who took over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from graph.errors import WorkspaceError
from graph.schema import schema
from ingest.lexicon import lexicon
from ingest.naming.jurisdiction import LEVEL, tier_of
from ingest.record import Place
from ingest.resolving.agency_identity import own_name
from ingest.resolving.identity import is_date

DATA = "ingest/lexicon/agency_changes.yaml"
_KEYS = {"date", "source", "level", "to", "place", "ended", "new", "units"}
_ANY = " …"  # "Sở …" is every name that begins with "Sở "


@dataclass(frozen=True, slots=True)
class Heir:
    """Who took over: the name without the jurisdiction, and which part of the work, "" for all of it."""

    name: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One new order of agencies.

    Args:
        on: its first day, perhaps partial.
        source: the document that orders it, and the file that says so: the data source of its edges.
        level: of those that ended; `to` of those that took over.
        place: that it holds for, with all that lies in it; () for all.
        ended: names that are no more → who took over.
        new: names that were not there before.
        units: the kinds of communes in which alone a name is found.
    """

    on: str
    source: str
    level: str
    to: str
    place: Place = ()
    ended: Mapping[str, tuple[Heir, ...]] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def last_day(self) -> str:
        """The last day of the old order; as partial as the first day of the new one."""
        return str(date.fromisoformat(self.on) - timedelta(days=1)) if len(self.on) == 10 else self.on


def read_changes(raw: Any, source_file: str, where: str) -> tuple[Change, ...]:
    """Changes out of YAML of the form that the lexicon's file explains.

    Args:
        raw: the list of entries.
        source_file: what the edges name as the file.
        where: what an error names as the file.

    Raises:
        WorkspaceError: an entry is not of that form; the message says which.
    """
    if not isinstance(raw, list):
        raise WorkspaceError(f"{where}: agencies: a list of changes stands there", "see docs/corrections.md")
    return tuple(_change(entry, source_file, f"{where}: agencies: entry {n}") for n, entry in enumerate(raw, 1))


def _change(raw: Any, source_file: str, where: str) -> Change:
    hint = "see docs/corrections.md"
    if not isinstance(raw, dict) or set(raw) - _KEYS or not {"date", "source", "level"} <= set(raw):
        raise WorkspaceError(f"{where}: date, source and level stand there, with ended or new", hint)
    on, level, to = str(raw["date"]), str(raw["level"]), str(raw.get("to", raw["level"]))
    if not is_date(on):
        raise WorkspaceError(f"{where}: {on!r} is no date", "write 2025-03-01, 2025-03 or 2025")
    if unknown := {level, to} - set(schema().levels):
        raise WorkspaceError(f"{where}: level {unknown.pop()!r} is none", f"known are {', '.join(schema().levels)}")
    try:
        return Change(
            on=on,
            source=f"{raw['source']} ({source_file})",
            level=level,
            to=to,
            place=tuple(part.strip() for part in str(raw["place"]).split("/")) if raw.get("place") else (),
            ended={str(name): tuple(_heirs(heirs)) for name, heirs in (raw.get("ended") or {}).items()},
            new=tuple(map(str, raw.get("new") or ())),
            units={str(name): tuple(kinds) for name, kinds in (raw.get("units") or {}).items()},
        )
    except (TypeError, AttributeError) as error:
        raise WorkspaceError(f"{where}: ended: who is no more stands before who took over", hint) from error


def _heirs(raw: Any) -> Iterator[Heir]:
    """ "X", [X, Y], {X: part of the work}, or nothing: dissolved, and nobody took over."""
    if isinstance(raw, str):
        yield Heir(raw)
    elif isinstance(raw, dict):
        yield from (Heir(str(name), str(part or "")) for name, part in raw.items())
    else:
        yield from (Heir(str(name)) for name in raw or ())


def known_changes() -> tuple[Change, ...]:
    """Those that the program knows."""
    return read_changes(lexicon("agency_changes")["changes"], DATA, DATA)


def level_of(place: Place) -> str:
    """The level of an agency whose jurisdiction is a place: a city is a province's or a district's."""
    if not place:
        return "trung ương"
    level = LEVEL.get(tier_of(place[-1]), "")
    return "huyện" if tier_of(place[-1]) == "thành phố" and len(place) > 1 else level


@dataclass(frozen=True, slots=True)
class Ending:
    """The change by which an agency was no more, and who took over from it."""

    change: Change
    heirs: tuple[Heir, ...]


class AgencyChanges:
    """What became of agencies, asked by their own name (folded, without the jurisdiction) and jurisdiction.

    A person's changes stand before the known ones of the same name, those of one place before those of all.
    """

    def __init__(self, corrections: Iterable[Change] = ()) -> None:
        self._ended: dict[tuple[str, str], list[Ending]] = defaultdict(list)
        self._begun: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in (*corrections, *known_changes()):
            for name, heirs in change.ended.items():
                self._ended[own_name(name, ()), change.level].append(Ending(change, heirs))
            for name in change.new:
                self._begun[own_name(name, ()), change.to].append(change)
        self._everywhere: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
        for level, names in lexicon("agency_changes")["with_their_unit"].items():
            whole = frozenset(own_name(name, ()) for name in names if not name.endswith(_ANY))
            beginnings = tuple(own_name(name.removesuffix(_ANY), ()) + " " for name in names if name.endswith(_ANY))
            self._everywhere[level] = (whole, beginnings)

    def end(self, name: str, place: Place) -> Ending | None:
        """How an agency ended; None where nothing is known of it."""
        here = [e for e in self._ended.get((name, level_of(place)), ()) if _holds(e.change, place)]
        return max(here, key=lambda ending: len(ending.change.place), default=None)

    def beginning(self, name: str, place: Place) -> Change | None:
        """The change by which an agency came to be; None where nothing is known of it."""
        here = [change for change in self._begun.get((name, level_of(place)), ()) if _holds(change, place)]
        return max(here, key=lambda change: len(change.place), default=None)

    def goes_with_unit(self, name: str, level: str) -> bool:
        """Whether there is such an agency in every unit of a level, so that it goes on in the unit that took over."""
        whole, beginnings = self._everywhere.get(level, (frozenset(), ()))
        return name in whole or name.startswith(beginnings)


def _holds(change: Change, place: Place) -> bool:
    return place[: len(change.place)] == change.place
