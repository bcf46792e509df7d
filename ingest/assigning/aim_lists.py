"""Sentences that list targets one behind the other: "Phấn đấu tăng trưởng đạt 8%; thu ngân sách đạt 900 tỷ; …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.patterns import pattern

# "Phấn đấu đạt tốc độ tăng …", "Các chỉ tiêu chủ yếu là: …"
_OPENS = pattern(r"(?<!\w)(?:phấn đấu(?!\w)|(?:các |một số )?(?:chỉ tiêu|mục tiêu)(?: [^\W\d]+){0,8}:)")
# "… ước đạt 45% dự toán; tăng 3% so với cùng kỳ": what was
_WAS = pattern(r"(?<!\w)(?:đã|ước|cùng kỳ|hiện nay|hiện có|đến nay)(?!\w)")
_FIGURE = re.compile(r"(?<![\w/.,])(?!(?:19|20)\d\d(?!\d))\d[\d.,]*\s?(?:[%‰]|[-–]\s?\d|[^\W\d])")
_SENTENCE = re.compile(r"\.\s+(?=[^\W\d_a-z])|\n\s*\n")
_LEAST = 3
"""Clauses with figures that make a list, at least; one fewer in a sentence that goes on with a list."""


def aim_lists(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the sentences of a passage list targets, each from the words that say so."""
    if text.count(";", start, end) < _LEAST - 1:
        return
    goes_on = False
    for begin, stop in _sentences(text, start, end):
        figures = sum(1 for clause in text[begin:stop].split(";") if _FIGURE.search(clause))
        first = _FIGURE.search(text, begin, stop)
        opens = _OPENS.search(text, begin, first.end()) if first else None
        goes_on = (
            figures >= (_LEAST - 1 if goes_on else _LEAST)
            and (goes_on or opens is not None)
            and not _WAS.search(text, begin, stop)
        )
        if goes_on:
            yield (opens.start() if opens else begin), stop


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for boundary in _SENTENCE.finditer(text, start, end):
        yield at, boundary.start() + 1
        at = boundary.end()
    yield at, end
