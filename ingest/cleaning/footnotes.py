"""Footnotes that a page ends with, in the middle of a sentence that goes on over the page's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.patterns import UPPER

# "1 Theo thống kê năm 2021.", "2Số liệu của huyện", "[3] Nay là xã A": no dot or bracket behind the number
_NOTE = re.compile(rf"[ \t]*\[?(?P<number>\d{{1,2}})\]?[ \t]{{0,3}}(?=[{UPPER}“\"(]\w+[ ,])")
# where the text points at a note: "kết quả1.", "(bến tự phát)2,", "xã A[3]"
_POINTER = re.compile(r"(?:(?:[^\W\d_]|[”\")])(?P<raised>\d{1,2})|\[(?P<bracketed>\d{1,2})\])(?=[\s,.;:)]|$)")
_RULE = re.compile(r"[ \t]*[_-]{3,}[ \t]*")
# a note that names a document tells something of it: it stays
_CITES = re.compile(r"\d\s?[/-]\s?(?:\d{4}|[A-ZĐ])|(?<!\w)(?:Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Điều \d)")
_REACH = 8000
"""Characters before a note in which the text points at it."""
_LINES = 20
"""Lines above a page's number in which its notes stand."""


def _lines_above(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The lines before an offset, the last first."""
    for _ in range(_LINES):
        if end <= 0:
            return
        start = text.rfind("\n", 0, end) + 1
        yield start, end
        end = start - 1


def notes_above(text: str, end: int, low: int = 0) -> tuple[int, int] | None:
    """The passage of the footnotes that stand right above an offset, with the rule over them; None where none do.

    Args:
        text: as it is printed, line by line.
        end: the offset of the line that ends the page.
        low: the offset from which on the text may point at them.
    """
    begin: int | None = None
    first = 0
    for start, stop in _lines_above(text, end):
        note = _NOTE.match(text, start, stop)
        if note and (begin is None or int(note["number"]) == first - 1):
            begin, first = start, int(note["number"])
        elif begin is not None and _RULE.fullmatch(text, start, stop):
            begin = start
            break
    if begin is None or not _is_pointed_at(text, max(low, begin - _REACH), begin, first):
        return None
    return begin, end


def _is_pointed_at(text: str, low: int, at: int, number: int) -> bool:
    pointers = _POINTER.finditer(text, low, at)
    return any(int(pointer["raised"] or pointer["bracketed"]) == number for pointer in pointers)


def may_be_cut(text: str, start: int, end: int) -> bool:
    """Whether nothing is lost with a footnote: it names no document."""
    return _CITES.search(text, start, end) is None
