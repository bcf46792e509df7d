"""What the form of a ready question offers for a parameter, out of the model and of what is in the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.schema import schema
from queries.standing import STATUSES
from vanmach.web import interface
from vanmach.web.collection import Collection
from vanmach.web.models import QueryParameter
from vanmach.web.tables import named
from vanmach.web.words import Words

MOST = 500
"""Suggestions of a list: a page with more takes long, and nobody reads them; what is not among them can be typed."""

EVERY_STATUS = "mọi"


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be given, and what it is called, or what else is known of it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """How a parameter is asked for: one of some values, a text with suggestions, a day, or any text."""

    kind: Literal["select", "suggest", "day", "text"]
    options: Sequence[Option] = ()


def field(of: Collection, parameter: QueryParameter, words: Words) -> Field:
    """What the form offers for a parameter, in the reader's language."""
    if parameter.type == "date":
        return Field("day")
    if parameter.name in _FIXED:
        kind, values = _FIXED[parameter.name]
        return Field("select", [Option(value, _called(kind, value, words)) for value in values])
    if parameter.name in _HELD:
        return Field("suggest", _HELD[parameter.name](of, words)[:MOST])
    return Field("text")


def _called(kind: str, value: str, words: Words) -> str:
    return words("every_status") if value == EVERY_STATUS else words.value(kind, value)


def _documents(of: Collection, words: Words) -> list[Option]:
    """The documents by their symbols, or by their ids where these do not tell them apart; those that are here first."""
    found = sorted(interface.documents(of), key=lambda one: one.status != "ingested")
    number = Counter(one.symbol for one in found)
    return [
        Option(
            one.symbol if one.symbol and number[one.symbol] == 1 else one.id, _said(one.title or named(one), one.issuer)
        )
        for one in found
    ]


def _symbols(of: Collection, words: Words) -> list[Option]:
    titles = {one.symbol: _said(one.title, one.issuer) for one in interface.documents(of) if one.symbol}
    return [Option(symbol, title) for symbol, title in titles.items()]


def _agencies(of: Collection, words: Words) -> list[Option]:
    """The agencies by their names, or by their ids where several have one."""
    found = interface.agencies(of)
    number = Counter(one.name for one in found)
    return [
        Option(one.name if number[one.name] == 1 else one.id, _said(words.value("level", one.level), one.place))
        for one in found
    ]


def _said(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))


_FIXED: Mapping[str, tuple[str, Iterable[str]]] = {
    "role": ("role", interface.ROLES),
    "level": ("level", tuple(schema().levels)),
    "status": ("standing", (*STATUSES, EVERY_STATUS)),
    "reported": ("standing", (EVERY_STATUS,)),
}
_HELD: Mapping[str, Callable[[Collection, Words], list[Option]]] = {
    "document": _documents,
    "symbol": _symbols,
    "agency": _agencies,
}
