"""What makes two statements about a document one: the rules of identity of the ontology, and the ids made from them."""

from __future__ import annotations

import re

from graph.spelling import digest, fold, plain, slug
from ingest.record import Place, Record


def symbol_key(symbol: str) -> str:
    """What all spellings of one symbol share: "75- CTr/TU" and "75-CTr/TU" → "75-ctr-tu".

    Numbers lose leading zeros: "02/KH-UBND" and "2/KH-UBND" are one symbol.
    """
    words = re.findall(r"[^\W_]+", fold(symbol).replace("/", " "))
    return "-".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def name_key(name: str) -> str:
    """What all spellings of a document's name share; a year at its end ("Luật Đất đai năm 2024") is no part of it."""
    return re.sub(r" năm \d{4}$", "", fold(name))


def is_symbol(key: str) -> bool:
    return "/" in key and any(c.isdigit() for c in key)


def document_key(key: str) -> str:
    """The key that a document's mentions are grouped by."""
    return symbol_key(key) if is_symbol(key) else name_key(key)


def dates_agree(one: str | None, other: str | None) -> bool:
    """Whether two dates, each perhaps partial or missing, can be one: "2023-10" and "2023-10-05" can."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def is_known(place: Place) -> bool:
    """Whether every part of a jurisdiction is known."""
    return not any(part.endswith("?") for part in place)


def same_place(one: Place, other: Place) -> bool:
    """Whether two jurisdictions are one; an unknown part is never the same as anything."""
    return is_known(one) and is_known(other) and tuple(map(fold, one)) == tuple(map(fold, other))


def place_name(place: Place) -> str:
    """How a jurisdiction is shown, smallest part first: "huyện Yên Dũng, tỉnh Bắc Giang"."""
    return ", ".join(reversed(place))


def document_id(label: str, issued_on: str | None, issuer: str, place: Place, apart: str = "") -> str:
    """A readable, stable id: the symbol (or name), the date and a digest of what else tells the document apart.

    >>> document_id("41/KH-UBND", "2023-08-08", "Ủy ban nhân dân tỉnh Bắc Giang", ("tỉnh Bắc Giang",))[:20]
    '41-kh-ubnd-2023-08-0'
    """
    whole = "|".join((fold(label), issued_on or "", fold(issuer), *map(fold, place), apart))
    return "-".join(part for part in (slug(label)[:40].strip("-"), issued_on, digest(whole)) if part)


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
