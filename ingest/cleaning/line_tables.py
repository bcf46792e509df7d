"""Tables of which only the words are left, each cell on a line of its own: found by their heading and their ordinals.

The heading begins with "STT" or "TT" and names columns that lists of tasks have; a row begins with the next ordinal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.cleaning.loose_tables import LooseTable, Span
from ingest.numbering import roman
from ingest.patterns import bare, loose
from ingest.tables import column_of

# "STT", "**TT**", whatever OCR made of the diacritics
_FIRST = re.compile(rf"\W*(?:s?tt|{loose('số')} (?:tt|{loose('thứ tự')}))\W*", re.IGNORECASE)
_NUMBER = re.compile(r"\W*(?P<number>\d{1,3})\W*")
_ROMAN = re.compile(r"\W*(?P<roman>[IVXL]{1,6})\W*")
_GROUP = re.compile(r"\W*(?P<roman>[IVXL]{1,6})[.)]\s+[^\W\d_]")  # "II. TRỒNG RỪNG"
_NEEDED = frozenset(("chủ trì", "phối hợp", "thời gian"))
_TAIL = re.compile(r"\W*(?:noi nhan|(?:tm|kt|tl)\.)")  # "Nơi nhận:", "KT. CHỦ TỊCH"
_MOST_HEADINGS = 12  # lines
_LONGEST_HEADING = 60  # characters
_MOST_LINES = 60  # of a row
# "thường xuyên", "quý II/2025", "trước ngày 30/6", "2025", "6 tháng đầu năm"
_TIME = re.compile(
    r"\W*(?:(?:trong|trước|đến|từ|cuối|đầu|hết)\s+)*(?:thường xuyên|liên tục|h[ằà]ng (?:năm|quý|tháng)|định kỳ|ngày \d"
    r"|tháng \d|quý|quí|năm \d|(?:\d{1,2}/)*(?:19|20)\d\d|\d{1,2} tháng|giai đoạn|theo kế hoạch|sau khi)"
)
# a line that ends so goes on in the next one
_OPEN_END = re.compile(r"(?:[,;:(-]|\b(?:và|với|của|cho|các|theo|về|tại|trong|từ|đến|phối hợp))\s*$")


class LineTables:
    """The tables of a text that has lost their borders."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.text, self.lines = text, lines

    def at(self, line: int) -> LooseTable | None:
        """The table whose heading begins on a line; None where none does."""
        start, end = self.lines[line]
        if end - start > _LONGEST_HEADING or not _FIRST.fullmatch(self._words(line)):
            return None
        headings, behind = self._headings(line)
        names = [column_of(self._folded(span)) for span in headings[1:]]
        if "nội dung" not in names or not _NEEDED.intersection(names):
            return None
        rows, behind = self._rows(behind, names)
        if not rows:
            return None
        return LooseTable((tuple(headings), *map(tuple, rows)), headings[0][0], rows[-1][-1][1], behind)

    def _words(self, line: int) -> str:
        return self.text[slice(*self.lines[line])].strip(" *_#")

    def _folded(self, span: Span) -> str:
        return " ".join(self.text[slice(*span)].lower().replace("*", " ").split())

    def _filled(self, start: int, end: int) -> Iterator[int]:
        """The numbers of the lines from `start` to `end` that say something."""
        return (i for i in range(start, min(end, len(self.lines))) if self._words(i))

    def _headings(self, first: int) -> tuple[list[Span], int]:
        """The headings of the columns down to the first ordinal, and the line that this stands on."""
        found: list[Span] = []
        for line in self._filled(first, first + 4 * _MOST_HEADINGS):
            words = self._words(line)
            if self._ordinal(line) or len(found) > _MOST_HEADINGS or len(words) > _LONGEST_HEADING:
                return found, line
            self._add(found, line, words[:1].islower())
        return [], len(self.lines)

    def _add(self, cells: list[Span], line: int, goes_on: bool) -> None:
        start, end = self.lines[line]
        if goes_on and cells:
            cells[-1] = (cells[-1][0], end)
        else:
            cells.append((start, end))

    def _ordinal(self, line: int) -> tuple[str, int] | None:
        """The style and the value of an ordinal that stands alone on a line, or before a group's title."""
        words = self._words(line)
        if found := _NUMBER.fullmatch(words):
            return "1", int(found["number"])
        if found := _ROMAN.fullmatch(words) or _GROUP.match(words):
            return "I", roman(found["roman"])
        return None

    def _rows(self, first: int, names: Sequence[str | None]) -> tuple[list[list[Span]], int]:
        """The rows from a line on, and the line behind the last."""
        rows: list[list[Span]] = []
        at, group, number = first, 0, 0
        while at < len(self.lines):
            style, value = self._ordinal(at) or ("", 0)
            if (style, value) == ("I", group + 1):
                group, number = value, 0 if self._restarts(at) else number
            elif style == "1" and value in (1, number + 1):
                number = value
            else:
                break
            following = self._next_row(at, group, number)
            cells, at = self._cells(at, following, names, group=style == "I")
            rows.append(cells)
            if following is None:
                break
        return rows, at

    def _restarts(self, at: int) -> bool:
        """Whether the rows of a group are counted from 1."""
        return any((self._ordinal(i) or ("", 0)) == ("1", 1) for i in range(at + 1, min(at + 5, len(self.lines))))

    def _next_row(self, at: int, group: int, number: int) -> int | None:
        """The line on which the next row begins."""
        for line in self._filled(at + 1, at + _MOST_LINES):
            if self._ordinal(line) in (("I", group + 1), ("1", number + 1)):
                return line
        return None

    def _cells(
        self, at: int, following: int | None, names: Sequence[str | None], *, group: bool
    ) -> tuple[list[Span], int]:
        """The cells of the row on a line, and the line behind it."""
        inside = list(self._filled(at, following or at + _MOST_LINES))
        if group and _GROUP.match(self._words(at)):
            return [(self.lines[at][0], self.lines[inside[-1] if following else at][1])], following or at + 1
        ordinal = self.lines[at]
        if group:
            title = inside[1:] if following else inside[1:2]
            return [ordinal, *([(self.lines[title[0]][0], self.lines[title[-1]][1])] if title else [])], (
                following or (title or inside)[-1] + 1
            )
        if following is None:
            inside = self._last_row(inside, names)
        cells: list[Span] = []
        for before, line in zip([at, *inside[1:]], inside[1:], strict=False):
            self._add(cells, line, self._goes_on(before, line) and bool(cells))
        return [ordinal, *self._placed(cells, names)], following or inside[-1] + 1

    def _placed(self, cells: list[Span], names: Sequence[str | None]) -> list[Span]:
        """A row's cells under their columns: where some are empty, the one with a time tells which."""
        if len(cells) == len(names) or not cells:
            return cells
        if len(cells) > len(names):  # cells of several lines: what belongs to which column cannot be known
            empty = (cells[0][1], cells[0][1])
            return [cells[0], *[empty] * (len(names) - 2), (cells[1][0], cells[-1][1])][: max(len(names), 2)]
        time = names.index("thời gian") if "thời gian" in names else -1
        placed: list[Span] = []
        for number, cell in enumerate(cells):
            is_time = bool(_TIME.match(self._folded(cell)))
            wanted = time if is_time and time >= len(placed) else len(placed) + (len(placed) == time and not is_time)
            if wanted - len(placed) + len(cells) - number > len(names) - len(placed):
                wanted = len(placed)
            last = placed[-1][1] if placed else cell[0]
            placed += [(last, last)] * (wanted - len(placed))
            placed.append(cell)
        return placed

    def _last_row(self, inside: list[int], names: Sequence[str | None]) -> list[int]:
        """The lines of the last row: as many cells as there are columns, down to the one with a time at most."""
        count, taken = 1, inside[:1]
        for before, line in pairwise(inside):
            count += not self._goes_on(before, line) or count == 1
            if count > len(names) + 1 or _TAIL.match(bare(self._words(line)[:20])):
                break
            taken.append(line)
            if names[-1] == "thời gian" and _TIME.match(self._folded(self.lines[line])):
                break
        return taken

    def _goes_on(self, before: int, line: int) -> bool:
        return self._words(line)[:1].islower() or bool(_OPEN_END.search(self._words(before)))
