"""From words with their places on a page to paragraphs and to the two columns of letterheads and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.reading.markdown import Run, paragraph, pipe_table

COLUMN_GAP = 2.0  # ems between two words of a line from which on they stand in two columns
_SPLIT = 0.7  # ems that stay free between two columns over all their lines
_BLOCK = 1.2  # ems of empty height that part two blocks
_ZONE = 1.6  # ems of empty height that end a zone of two columns
_SIGNATURE = 8.0  # ems of empty height for a signature, above the signer's name
_INDENT = 0.8  # ems by which a paragraph's first line is set in
_LOOSE = 1.3  # times the usual distance of lines, from which on a paragraph ends
_ENDS = (".", ";", ":")  # how an item ends before the next one
_SAME = 2.0  # points by which words in one place may differ
_PAGE_NUMBER = re.compile(r"(?:Trang )?[-–]? ?\d{1,4}(?: ?/ ?\d{1,4})? ?[-–]?")  # "2", "- 2 -", "Trang 2/9"
_MARGIN = 0.08  # of a page's height, where page numbers and running titles stand
# "-", "a)", "2.1.", "IV." at the beginning of an item
_MARKER = re.compile(r"[-+•–*]|\(?\w{1,5}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; places and size in points, from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(slots=True)
class Line:
    """Words that stand on one line, from left to right."""

    words: list[Word]
    page: int = 0
    right: float = 0.0  # how far the lines of its block reach
    indents: tuple[float, ...] = ()  # where first lines of paragraphs begin on its page

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def runs(self) -> Iterator[Run]:
        """The words in their styles; a wide gap between two of them stays a wide gap."""
        for i, word in enumerate(self.words):
            if i:
                wide = word.x0 - self.words[i - 1].x1 > COLUMN_GAP * self.size
                yield Run("   " if wide else " ")
            yield Run(word.text, word.bold, word.italic)


def lines_of(words: Sequence[Word], page: int = 0) -> list[Line]:
    """Words of one page as lines, from top to bottom; words of one line may differ a little in height."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        if lines and abs(word.bottom - lines[-1].words[0].bottom) <= word.size / 4:
            lines[-1].words.append(word)
        else:
            lines.append(Line([word], page))
    for line in lines:
        line.words.sort(key=lambda w: w.x0)
    _measure(lines)
    return lines


def _measure(lines: Sequence[Line]) -> None:
    """Note for each line how far its block reaches, and where paragraphs of its page begin."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or line.top - blocks[-1][-1].bottom > _BLOCK * line.size:
            blocks.append([])
        blocks[-1].append(line)
    set_in = {a.x0 for block in blocks for a, b in pairwise(block) if a.x0 - b.x0 > _INDENT * a.size}
    for block in blocks:
        right = max(line.x1 for line in block)
        for line in block:
            line.right, line.indents = right, tuple(set_in)


def flow(lines: Sequence[Line]) -> Iterator[str]:
    """Lines as Markdown: paragraphs, and tables of two columns where a letterhead or a signature stands."""
    at = 0
    text: list[Line] = []
    while at < len(lines):
        zone = _two_columns(lines, at)
        if zone:
            yield from paragraphs(text)
            text = []
            yield pipe_table([["\n".join(paragraph(line.runs()) for line in column) for column in zone.columns]])
            at += zone.length
        else:
            text.append(lines[at])
            at += 1
    yield from paragraphs(text)


@dataclass(slots=True)
class _Zone:
    left: float
    right: float
    length: int = 0
    columns: tuple[list[Line], list[Line]] = field(default_factory=lambda: ([], []))

    def take(self, line: Line) -> bool:
        """Add a line, unless its words leave no room between the columns."""
        between = [w for w in line.words if w.x1 > self.left and w.x0 < self.right]
        ends = [self.left, *(w.x1 for w in between)]
        starts = [*(w.x0 for w in between), self.right]
        left, right = max(zip(ends, starts, strict=True), key=lambda free: free[1] - free[0])
        if right - left < _SPLIT * line.size:
            return False
        self.left, self.right = left, right
        for column, words in zip(
            self.columns,
            ([w for w in line.words if w.x1 <= left], [w for w in line.words if w.x0 >= right]),
            strict=True,
        ):
            if words:
                column.append(Line(words))
        self.length += 1
        return True


def _two_columns(lines: Sequence[Line], first: int) -> _Zone | None:
    """The zone of two columns that begins at a line; None where there is none of two lines or more."""
    words = lines[first].words
    gap, left, right = max(((b.x0 - a.x1, a.x1, b.x0) for a, b in pairwise(words)), default=(0.0, 0.0, 0.0))
    if gap < COLUMN_GAP * lines[first].size:
        return None
    zone = _Zone(left, right)
    for i in range(first, len(lines)):
        line = lines[i]
        above = max((part.bottom for part in lines[max(first, i - 3) : i]), default=line.top)
        room = _SIGNATURE if line.x0 >= zone.left else _ZONE
        if line.page != lines[first].page or line.top - above > room * line.size:
            break
        if not zone.take(line):
            break
    return zone if zone.length > 1 else None


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Lines joined into paragraphs, as Markdown."""
    steps = [b.bottom - a.bottom for a, b in pairwise(lines) if a.page == b.page and b.bottom > a.bottom]
    leading = median(steps) if steps else 0.0
    gathered: list[Line] = []
    for line in lines:
        if gathered and _begins(line, gathered, leading):
            yield _joined(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _joined(gathered)


def _joined(lines: Sequence[Line]) -> str:
    runs: list[Run] = []
    for line in lines:
        runs += [*([Run(" ")] if runs else []), *line.runs()]
    return paragraph(runs)


def _begins(line: Line, gathered: Sequence[Line], leading: float) -> bool:
    """Whether a line begins a paragraph of its own, and does not go on with the one that is being gathered."""
    before = gathered[-1]
    if line.page == before.page and (
        line.bottom - before.bottom > _LOOSE * max(leading, line.size) or line.top - before.bottom > _BLOCK * line.size
    ):
        return True
    space = line.size / 4
    first = line.words[0]
    if _MARKER.fullmatch(first.text) and before.text.endswith(_ENDS):
        return True
    # a first word that had room on the line before was put on a new one on purpose
    if before.x1 + space + (first.x1 - first.x0) < before.right - _SAME:
        return True
    marker = gathered[0].words
    hangs = len(marker) > 1 and _MARKER.fullmatch(marker[0].text) is not None
    if hangs and abs(line.x0 - marker[1].x0) <= _SAME:
        return False
    if abs(line.x0 - before.x0) <= _SAME:  # below a paragraph of one line, or further down in an inset one
        return any(abs(line.x0 - indent) <= _SAME for indent in line.indents)
    return line.x0 - before.x0 > _INDENT * line.size


def without_running_lines(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Leave out page numbers, and lines that stand in the same place at the top or bottom of most pages.

    Args:
        pages: the lines of each page.
        heights: the height of each page, in points.
    """
    seen: dict[tuple[int, str], int] = {}
    for lines in pages:
        for key in {_running(line) for line in lines}:
            seen[key] = seen.get(key, 0) + 1
    often = max(3, len(pages) / 2)

    def is_kept(line: Line, height: float) -> bool:
        if _MARGIN * height < line.top and line.bottom < (1 - _MARGIN) * height:
            return True
        return not _PAGE_NUMBER.fullmatch(line.text) and seen[_running(line)] < often

    return [[line for line in lines if is_kept(line, height)] for lines, height in zip(pages, heights, strict=True)]


def _running(line: Line) -> tuple[int, str]:
    return round(line.top / 5), re.sub(r"\d+", "0", line.text)
