"""Page numbers that stand on lines of their own, in the middle of what goes on over the page's end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.cleaning.edits import Edit
from ingest.cleaning.footnotes import may_be_cut, notes_above
from ingest.numbering import read_marker

# "2", "- 3 -", "Trang 4", alone on a line
_NUMBER_LINE = re.compile(
    r"^[^\S\n]*(?:[Tt]rang )?[-–]?[^\S\n]?(?P<number>\d{1,3})[^\S\n]?[-–]?[^\S\n]*$", re.MULTILINE
)
_FIRST = (1, 2, 3)  # the number that a text's first numbered page may have
_LINES_OF_PAGE = 12  # at least: ordinals of a list or of a table's rows stand closer
_AROUND = 200  # characters in which the text before and behind a number is looked for
_SENTENCE_OVER = re.compile(r"[.;:/](?P<end>[^\S\n]*(?:\n|$))")  # at a line's end
_SENTENCE_ENDS = (".", ";", ":", "!", "?", "/", "|", "”")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that is nothing but a number: where it stands, its place in the count of lines, what is around it."""

    start: int
    end: int
    line: int
    number: int
    before: str
    behind: str

    @property
    def in_sentence(self) -> bool:
        return bool(self.before) and not self.before.endswith(_SENTENCE_ENDS) and self.behind[:1].islower()


def page_numbers(text: str) -> list[Edit]:
    """The edits that take page numbers away.

    They count up through the text, a page's lines apart; one that is alone must stand inside a sentence. Where a
    sentence goes on behind a number, the empty lines around it go too, and so do footnotes before it; those that name a
    document come back behind that sentence.
    """
    pages = list(_counting_up(_candidates(text), text))
    noted = {page.start: notes for page in pages if not page.in_sentence and (notes := _notes(page, text))}
    if len(pages) == 1 and not pages[0].in_sentence and not noted:
        return []
    edits: list[Edit] = []
    for page, following in pairwise([*pages, None]):
        assert page is not None
        notes = noted.get(page.start)
        edits.append(_edit(page, text, notes))
        if notes and not may_be_cut(text, *notes):
            over = _SENTENCE_OVER.search(text, edits[-1][1], following.start if following else len(text))
            at = over.start("end") if over else edits[-1][1]
            note = f"\n\n{text[slice(*notes)].strip()}\n\n"
            edits.append((at, at, note))
    return edits


def _notes(page: _Candidate, text: str) -> tuple[int, int] | None:
    """The footnotes above a number, where a sentence goes on behind both."""
    notes = notes_above(text, page.start) if page.behind[:1].isalpha() and not read_marker(page.behind) else None
    before = text[max(0, notes[0] - _AROUND) : notes[0]].rstrip() if notes else ""
    return notes if before and not before.endswith(_SENTENCE_ENDS) else None


def _candidates(text: str) -> Iterator[_Candidate]:
    line, at = 0, 0
    for found in _NUMBER_LINE.finditer(text):
        start, end = found.span()
        line += text.count("\n", at, start)
        at = start
        before = text[max(0, start - _AROUND) : start].rstrip()
        behind = text[end : end + _AROUND].lstrip()
        if before[-1:] != "|" and behind[:1] != "|":  # no cell of a table whose borders stand on lines of their own
            yield _Candidate(start, end, line, int(found["number"]), before, behind)


def _counting_up(found: Iterable[_Candidate], text: str) -> Iterator[_Candidate]:
    """The numbers that follow one another, each at least a page's lines below the one before."""
    last: _Candidate | None = None
    for one in found:
        if last is None:
            fits = one.number in _FIRST and (one.number == 1 or one.in_sentence or one.line >= _LINES_OF_PAGE)
            fits = fits or (one.number in _FIRST and _notes(one, text) is not None)
        else:
            fits = one.number == last.number + 1 and one.line - last.line >= _LINES_OF_PAGE
        if fits:
            yield one
            last = one


def _edit(page: _Candidate, text: str, notes: tuple[int, int] | None) -> Edit:
    """Cut one: with all blanks around it where a sentence goes on, else its line."""
    if not page.in_sentence and notes is None:
        return page.start, min(page.end + 1, len(text)), ""
    start = notes[0] if notes else page.start
    above = text[max(0, start - _AROUND) : start]
    below = text[page.end : page.end + _AROUND]
    blanks = len(above) - len(above.rstrip())
    return start - blanks, page.end + len(below) - len(below.lstrip()), "\n"
