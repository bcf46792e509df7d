"""The margin of a page: blanks before all its lines, which say nothing about a line and hide that lines go on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.cleaning.edits import Edit

# "2", "- 3 -" alone on a line, where a page ends that may have another margin than the next
_PAGE_NUMBER = re.compile(r" *[-–]? ?\d{1,3} ?[-–]? *")
_WIDE_GAP = re.compile(r"\S   ")
_FULL = 45
"""Characters of a line that is one of a paragraph, not of a letterhead or a list."""
_FEWEST_LINES = 4
_LESS = 10
"""One line in so many may begin to the left of the margin."""


def margins(text: str) -> list[Edit]:
    """The edits that take the margin of each page away; what stands further to the right keeps the rest."""
    edits = []
    for page in _pages(text) if "\n  " in text else ():
        margin = _margin(text, page)
        for start, end in page if margin > 1 else ():
            blanks = end - start - len(text[start:end].lstrip(" "))
            if 0 < blanks < end - start:
                edits.append((start, start + min(blanks, margin), ""))
    return edits


def _pages(text: str) -> Iterator[list[tuple[int, int]]]:
    """The lines of each page."""
    page: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        if _PAGE_NUMBER.fullmatch(line):
            yield page
            page = []
        page.append((start, start + len(line)))
        start += len(line) + 1
    yield page


def _margin(text: str, page: list[tuple[int, int]]) -> int:
    """How many blanks the lines of paragraphs begin with, at least."""
    indents = []
    for start, end in page:
        line = text[start:end].rstrip(" ")
        words = line.lstrip(" ")
        if len(words) >= _FULL and not _WIDE_GAP.search(words):
            indents.append(len(line) - len(words))
    return sorted(indents)[len(indents) // _LESS] if len(indents) >= _FEWEST_LINES else 0
