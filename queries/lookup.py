"""What a person means by the name of a document or an agency.

Where a name may mean several, they are told and none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from graph.errors import LookupFailed
from graph.store import Store
from queries.ask import run
from queries.parameters import words

# a day after a name: "ngày 04/5/2023", "(4.5.2023)"; a symbol with a year in it, "03/2024/NQ-HĐND", has no day
_DAY = re.compile(r"[(,]?\s*(?:ngày\s+)?\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b(?![/\w-])\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it; what is not known is None."""

    id: str
    symbol: str | None
    type: str | None
    title: str | None
    issuer: str | None
    issued_on: str | None
    level: str | None
    place: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency as lists show it; what is not known is None."""

    id: str
    name: str
    kind: str | None
    level: str | None
    place: str | None
    collective: bool
    aliases: list[str] | None


Row = TypeVar("Row", DocumentRow, AgencyRow)


def find_document(store: Store, text: str) -> DocumentRow:
    """The one document that `text` names.

    Tried in this order, and the first that anything answers to decides: an id; a symbol as it is written; a symbol or
    a title, whole; a symbol with other words ("90/KH-UBND Bắc Giang"); type and number ("Chỉ thị 21", "KH 41"); the
    beginning of an id; words of symbol, type, title and issuer in any order. Case, diacritics, dashes and spaces do
    not matter, and a day ("ngày 04/5/2023") narrows the choice.

    Raises:
        LookupFailed: nothing answers, or several do; `candidates` holds them.
    """
    if exact := _only_document(store, text.strip()):
        return exact
    # a look into an index, which words are not: in a whole country it spares a search through all documents
    if same := [DocumentRow(**row) for row in run(store, "documents_of_symbol", {"symbol": text.strip()}).dicts()]:
        return _one(text, same, "document")
    day = _DAY.search(text)
    undated = _DAY.sub(" ", text, count=1)
    typed = _words(undated)
    if not typed:
        raise LookupFailed("no document is named", "give its symbol, words of its title, or its id")
    rows = [DocumentRow(**row) for row in run(store, "documents", {"text": undated}).dicts()]
    if day:
        iso = f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}"
        rows = [row for row in rows if row.issued_on and iso.startswith(row.issued_on)]
    tiers: tuple[Callable[[], list[DocumentRow]], ...] = (
        lambda: [row for row in rows if typed in (_words(row.symbol), _words(row.title))],
        lambda: [row for row in rows if _holds(typed, _words(row.symbol))],
        lambda: [row for row in rows if _is_type_and_number(typed, row)],
        lambda: [DocumentRow(**row) for row in run(store, "documents", {"id": text.strip()}).dicts()],
        lambda: rows,
    )
    return _one(text, next((found for tier in tiers if (found := tier())), []), "document")


def find_agency(store: Store, text: str) -> AgencyRow:
    """The one agency that `text` names: by its id, by one of its names, whole, or by words of them.

    Behind a whole name the place may stand that tells it from others ("UBND xã A, huyện B, tỉnh C").

    Raises:
        LookupFailed: nothing answers, or several do; `candidates` holds them.
    """
    typed = _words(text)
    if not typed:
        raise LookupFailed("no agency is named", "give its name, words of it, or its id")
    everything = [AgencyRow(**row) for row in run(store, "agencies", {"id": text.strip()}).dicts()]
    if exact := [row for row in everything if row.id == text.strip()]:
        return exact[0]
    rows = [AgencyRow(**row) for row in run(store, "agencies", {"text": text}).dicts()]
    named = [row for row in rows if typed in map(_words, (row.name, *(row.aliases or ())))]
    return _one(text, named or rows or everything or _seated(store, typed), "agency")


def _seated(store: Store, typed: list[str]) -> list[AgencyRow]:
    """The agencies whose name is the beginning of the words, and whose place holds the others."""
    for length in range(len(typed) - 1, 1, -1):
        asked = {"text": " ".join(typed[:length])}
        rows = [AgencyRow(**row) for row in run(store, "agencies", asked).dicts()]
        named = [row for row in rows if typed[:length] in map(_words, (row.name, *(row.aliases or ())))]
        if found := [row for row in named if set(_words(row.place)).issuperset(typed[length:])]:
            return found
    return []


def _only_document(store: Store, id_: str) -> DocumentRow | None:
    found = run(store, "document", {"document": id_}).dicts()
    return DocumentRow(**{field.name: found[0][field.name] for field in fields(DocumentRow)}) if found else None


def _words(text: str | None) -> list[str]:
    """The words to compare, numbers without leading zeros: "Số 03-NQ/CP" → 3, nq, cp."""
    return [word.lstrip("0") or word if word.isdigit() else word for word in words(text or "")]


def _holds(typed: list[str], symbol: list[str]) -> bool:
    """Whether a whole symbol stands, unbroken, among the typed words: kế hoạch [89 KH TU] Bắc Giang."""
    length = len(symbol)
    return length > 1 and any(typed[i : i + length] == symbol for i in range(len(typed) - length + 1))


def _is_type_and_number(typed: list[str], row: DocumentRow) -> bool:
    """Whether the words are the document's own type (or its abbreviation in the symbol) and number: "KH số 41"."""
    symbol = _words(row.symbol)
    own = {*symbol, *_words(row.type)}
    return bool(symbol) and symbol[0] in typed and own.issuperset(typed)


_LISTS = {"document": "`vanmach documents`", "agency": "`vanmach query agencies`"}


def _one(text: str, rows: Iterable[Row], what: str) -> Row:
    found = list(rows)
    if len(found) == 1:
        return found[0]
    if not found:
        raise LookupFailed(f"no {what} answers to {text!r}", f"try fewer words; {_LISTS[what]} lists them all")
    candidates: list[Mapping[str, Any]] = [asdict(row) for row in found]
    raise LookupFailed(f"{text!r} may be any of {len(found)}", f"give the id of the {what} that you mean", candidates)
