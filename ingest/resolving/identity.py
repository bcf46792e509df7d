"""What makes two statements about a document one: the rules of identity of the ontology, and the ids made from them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from graph.spelling import digest, fold, plain, slug
from ingest.record import Place, Record

_YEAR_INSIDE = re.compile(r"\d/((?:19|20)\d\d)/")  # "57/2024/QH15"


@lru_cache(maxsize=1 << 16)
def symbol_key(symbol: str) -> str:
    """What all spellings of one symbol share: "75- CTr/TU", "75-CTr/TU" and "75/CTrTU" → "75-ctrtu".

    Numbers lose leading zeros: "02/KH-UBND" and "2/KH-UBND" are one symbol.
    """
    key = ""
    for word in re.findall(r"[^\W_]+", fold(symbol).replace("/", " ")):
        number = word.isdigit()
        key += "-" if key and (number or key[-1].isdigit()) else ""
        key += (word.lstrip("0") or "0") if number else word
    return key


@lru_cache(maxsize=1 << 16)
def is_symbol(key: str) -> bool:
    return "/" in key and any(c.isdigit() for c in key)


def is_date(text: str) -> bool:
    """Whether a text is an ISO date, perhaps partial: "2023", "2023-10", "2023-10-05"."""
    if not re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def dates_agree(one: str | None, other: str | None) -> bool:
    """Whether two dates, each perhaps partial or missing, can be one: "2023-10" and "2023-10-05" can."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def within_year_of(symbol: str, issued_on: str | None) -> str | None:
    """A date, but the year inside the symbol where the two contradict: a number holds the year in which it was given.

    >>> within_year_of("57/2024/QH15", "2025-06-25")
    '2024'
    """
    year = _YEAR_INSIDE.search(symbol)
    return year[1] if year and issued_on and not issued_on.startswith(year[1]) else issued_on


def is_known(place: Place) -> bool:
    """Whether every part of a jurisdiction is known."""
    return not any(part.endswith("?") for part in place)


@lru_cache(maxsize=1 << 16)
def place_key(place: Place) -> Place:
    """What all spellings of one jurisdiction share."""
    return tuple(map(fold, place))


def place_name(place: Place) -> str:
    """How a jurisdiction is shown, smallest part first: "huyện Yên Dũng, tỉnh Bắc Giang"."""
    return ", ".join(reversed(place))


def document_id(label: str, issued_on: str | None, issuer: str, place: Place, apart: str = "") -> str:
    """A readable, stable id: the symbol (or name), the date and a digest of what else tells the document apart.

    >>> document_id("41/KH-UBND", "2023-08-08", "Ủy ban nhân dân tỉnh Bắc Giang", ("tỉnh Bắc Giang",))[:20]
    '41-kh-ubnd-2023-08-0'
    """
    whole = "|".join((fold(label), issued_on or "", fold(issuer), *place_key(place), apart))
    return "-".join(part for part in (id_stem(label), issued_on, digest(whole)) if part)


@lru_cache(maxsize=1 << 16)
def id_stem(label: str) -> str:
    """What the id of a document with a symbol or name begins with."""
    return slug(label)[:40].strip("-")


def record_id(record: Record) -> str:
    """The id of the document that a record describes: out of its header alone.

    Where the number is not printed the title tells documents apart; where the header is bare, the file's name.
    """
    header = record.header
    label = header.symbol or header.symbol_suffix or header.type or record.file
    apart = "" if header.symbol and is_known(header.place) else fold(header.title or record.file)
    return document_id(label, header.issued_on, header.issuer or "", header.place, apart)


def search_text(*parts: str | None) -> str:
    """The words that a document or agency can be found by, without diacritics, each once.

    A symbol gives itself and its parts, so that "21" and "ct" and "21-ct/tw" all find "21-CT/TW".
    """
    words: list[str] = []
    for word in " ".join(filter(None, parts)).split():
        folded = plain(word)
        words.append(folded.replace(" ", "-"))
        for piece in folded.replace("/", " ").split():
            words += [piece, piece.lstrip("0")] if piece.isdigit() else [piece]
    return " ".join(dict.fromkeys(w for w in words if w))
