"""Lines of a text and the columns that a layout put beside one another in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.spacing import bare_letters
from ingest.values import value

# tabs, a wide gap, a border that a converter left: "- Lưu: VT. | GIÁM ĐỐC"
_COLUMN_GAP = re.compile(r"[\t |](?:(?<=\t)\t* *|(?<= ) {2,}\t*|(?<=\|)(?<!\S.)(?=\s|$) *)", re.MULTILINE)
_NO_LETTERS = re.compile(r"[\W_]+")
_GAP_SIGNS = ("\t", " " * 3, "|")  # one of which is in each of them


@value(frozen=True, slots=True)
class Piece:
    """A part of a line between wide gaps, stripped: `text` is what stands at `start:end`; `line` counts from 0."""

    start: int
    end: int
    text: str
    line: int


def unaccented(text: str) -> str:
    """Lower case without diacritics, character for character: what OCR leaves of capitals can be compared.

    >>> unaccented("CỘNG HÒA XÃ HỘI")
    'cong hoa xa hoi'
    """
    bare = bare_letters(text)
    low = bare.lower()
    return low if len(low) == len(bare) else bare


@lru_cache(maxsize=1 << 10)  # of one line after the other it is asked what it may be
def letters_only(text: str) -> str:
    """The unaccented letters and digits of a text: "Ủ Y BAN" and "UỶ BAN" are both "uyban"."""
    return _NO_LETTERS.sub("", unaccented(text))


def is_capitals(text: str) -> bool:
    """Whether a passage is printed in capitals, but for a letter or two that OCR or a lower-case "đ" changed."""
    if text.isupper():
        return sum(map(str.isalpha, text)) >= 2
    if text[:1].islower() or (text[-1:].islower() and text[1:2].islower()):
        return False
    upper = sum(map(str.isupper, text))
    return upper >= 2 and sum(map(str.islower, text)) <= upper / 5


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of the lines in `text[start:end]`, line by line, from left to right; blank lines count."""
    line = 0
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield from _columns(text, at, stop, line)
        at, line = stop + 1, line + 1


def _columns(text: str, start: int, end: int, line: int) -> Iterator[Piece]:
    at = start
    content = text[start:end]
    wide = any(sign in content for sign in _GAP_SIGNS)
    gaps = [(m.start(), m.end()) for m in _COLUMN_GAP.finditer(text, start, end)] if wide else []
    for gap_start, gap_end in [*gaps, (end, end)]:
        raw = text[at:gap_start] if wide else content
        words = raw.strip()
        if words:
            first = at + raw.index(words)
            yield Piece(first, first + len(words), words, line)
        at = gap_end
