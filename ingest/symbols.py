"""Symbols of documents (số, ký hiệu): "41/KH-UBND", "75- CTr/TU", "61/2024/QH15", in any dash, space and case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.document_types import DocumentType, type_of_letters
from ingest.lexicon import lexicon
from ingest.values import value


@value(frozen=True, slots=True)
class Symbol:
    """A symbol at `text[start:end]`.

    `key` is normalised ("75-CTr/TU"); `number` without leading zeros ("" where it is not printed); `year` is the one
    inside the symbol; `letters` what stands behind the number ("CTr/TU"), `bodies` those of them that stand for the
    issuer and its units ("TU"; "UBND", "KT"); `kind` the type that the letters stand for, None for "5973/UBND-KT".
    `weak` is true for what is a symbol only behind "Văn bản số" or the like: "12-GCN", "895/HD".
    """

    start: int
    end: int
    key: str
    number: str
    year: str | None
    letters: str
    bodies: tuple[str, ...]
    kind: DocumentType | None
    weak: bool = False


# letters as printed: "KH", "CTr", "QLN&CS", "SNgV", "ĐĐQH15", "BCĐQG1237"; a lower-case word is none, but one that
# lost the space before it may follow: "70-TB/TWngày 6/1/2012"
_GLUED = r"(?=ngày|năm|của|về)"
_LETTERS = (
    r"(?:(?:QĐ|CT|CĐ|C)?TT?g|C[Tt]r(?:HĐ)?|(?:T[uw]|Hu|Đu|Qđ|Nđ|Cđ|Kh|Tb|Nq|Kl|Hd)(?!\w)|TTr|TTLT|QyĐ|QĐi|TLĐ|C[Tt]y|[A-ZĐÔƠƯÂĂÊÉ]{1,16}(?:&[A-ZĐ]{1,6}|[a-z]{1,2}[A-ZĐ]{1,8}|r)?\d{0,4})"
    rf"(?:(?![a-zà-ỹ])|{_GLUED})"
)
# a separator has spaces on one side at most ("KH- SLĐTBXH"), lest " - UBND tỉnh" behind a symbol become part of it …
_SEPARATOR = r"(?:[/\-–—]\s{0,4}|\s{0,3}[/\-–—])"
# … but the first, between type and issuer, may have them on both ("1792/CT - TTg")
# a line may break behind the number where its letters go on: "31-" / "CTr/TW" under a margin
_BROKEN = r"(?:\s{0,3}|\n? {3,40}(?=[A-ZĐ][A-Za-zĐ&]{1,15}[/\-–]))"
# "652/QĐ-UB.ĐC ngày …": the department of a committee of former years; "907/VPCP-V.II": one with a Roman number
_DEPARTMENT = r"(?:\.(?:[A-ZĐ]{2,5}(?=\s{1,3}ngày)|[IVX]{1,4}(?![.)\w])))?"
_FIRST = r"\s{0,3}[/\-–—]\s{0,4}"
_SYMBOL = re.compile(
    # "41", "03/2024", "12a", "21.4"; the first separator may have spaces on both sides: "502 – TB/VPTU"
    r"(?P<number>\d(?<![\w/.,:–-].)\d{0,4}(?:[a-zA-Z]|\.\d{1,2})?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?"
    rf"\s{{0,3}}(?P<sep>[/\-–—]){_BROKEN}"
    rf"(?P<letters>{_LETTERS}(?:{_FIRST}{_LETTERS}(?:{_SEPARATOR}{_LETTERS}){{0,3}}{_DEPARTMENT})?)(?:(?!\w)|{_GLUED})"
)
# "Nghị quyết số      /NQ-CP", "Kế hoạch số ...../KH-UBND": the number was never filled in
_UNNUMBERED = re.compile(
    rf"[sS][ốỐ]\s{{0,20}}[.…_]{{0,20}}\s{{0,20}}(?P<sep>[/\-])\s?(?P<letters>{_LETTERS}(?:{_SEPARATOR}{_LETTERS}){{1,4}})"
)
_PARTS = re.compile(r"[/\-–—]|[^\s/\-–—]+")


@cache
def _as_written() -> dict[str, str]:
    """What capitals and lost diacritics make of letters, back to the official form: "TTG" → "TTg", "QD" → "QĐ"."""
    return {wrong: right for right, variants in lexicon("symbol_letters")["letters"].items() for wrong in variants}


def _letters(printed: str) -> list[str]:
    """Letters and separators in turn: "TB/ VPTU" → ["TB", "/", "VPTU"]."""
    known = _as_written()
    parts = [known.get(part, part).replace("–", "-").replace("—", "-") for part in _PARTS.findall(printed)]
    first, rest = parts[:1], parts[1:]
    apart = lexicon("symbol_letters")["apart"]  # "5/CTUBND", but "QĐ-CTUBND" is the chairman's
    return [*(letter for part in first for letter in apart.get(part, (part,))), *rest]


def _symbol(match: re.Match[str], number: str, year: str | None) -> Symbol | None:
    parts = _letters(match["letters"])
    kind = type_of_letters(parts[0]) if len(parts) > 1 or parts[0] == "L" else None
    separator = match["sep"].replace("–", "-").replace("—", "-")
    letters = "".join(parts)
    # "12-KH", "2021-UBND" lack the slash of a symbol; "24/7-A", "5/CP" and the like are too short
    weak = not year and ("/" not in separator + letters or (kind is None and len(letters) < 4))
    if weak and kind is None:
        kind = type_of_letters(parts[0])
    bodies = tuple(parts[2::2] if kind else parts[::2])
    head = f"{number}/{year}" if year else number
    start = match.start("number") if "number" in match.re.groupindex else match.start("sep")
    return Symbol(
        start, match.end(), f"{head}{separator}{letters}", number.lstrip("0").lower(), year, letters, bodies, kind, weak
    )


def find_symbols(text: str, start: int = 0, end: int | None = None) -> Iterator[Symbol]:
    """Every symbol in `text[start:end]`, numbered or not, weak ones too, in the order of the text."""
    stop = len(text) if end is None else end
    numbered = [_symbol(m, m["number"], m["year"]) for m in _SYMBOL.finditer(text, start, stop)]
    blank = [_symbol(m, "", None) for m in _UNNUMBERED.finditer(text, start, stop)]
    yield from sorted((s for s in numbered + blank if s), key=lambda s: s.start)
