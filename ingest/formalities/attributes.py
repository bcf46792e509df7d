"""What a portal's table of attributes says of a document whose letterhead the page has lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.dates import find_dates
from ingest.formalities.letterhead import DateLine, PrintedSymbol, symbol_in
from ingest.lexicon import lexicon
from ingest.lines import Piece, unaccented


@dataclass(frozen=True, slots=True)
class Attributes:
    """The number, the day of issue, and the words for who issues it (an agency or a place) and for its type."""

    symbol: PrintedSymbol | None = None
    date: DateLine | None = None
    issuer: Piece | None = None
    type: str | None = None


def read_attributes(lines: Sequence[Piece]) -> Attributes:
    """The attributes that the lines of a head print behind their labels."""
    values = _values(lines)
    number, day, kind, issuer = (values.get(name) for name in ("symbol", "date", "type", "issuer"))
    date = next(find_dates(day.text), None) if day else None
    return Attributes(
        symbol_in(number) if number else None,
        DateLine(issuer.text if issuer else None, date.iso, day.start, day.end) if day and date else None,
        issuer,
        _type(kind.text) if kind else None,
    )


def _values(lines: Sequence[Piece]) -> dict[str, Piece]:
    """The values by what they say: behind the label's colon, or the next piece."""
    found: dict[str, Piece] = {}
    for index, piece in enumerate(lines):
        label, _, value = piece.text.partition(":")
        name = _names().get(" ".join(unaccented(label).split()))
        if name is None:
            continue
        if value.strip():
            at = piece.end - len(value.lstrip())
            found.setdefault(name, Piece(at, piece.end, value.strip(), piece.line))
        elif index + 1 < len(lines):
            found.setdefault(name, lines[index + 1])
    return found


def _names() -> dict[str, str]:
    words = lexicon("portal")["header"]
    return {unaccented(label): name for name, labels in words.items() for label in labels}


def _type(printed: str) -> str | None:
    return next((name for name in lexicon("letterhead")["title_types"] if name.lower() == printed.lower()), None)
