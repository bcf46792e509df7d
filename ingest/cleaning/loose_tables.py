"""Tables whose borders stand on lines of their own: "|", the lines of a cell, "|", …; rows end in two borders.

An empty cell leaves two borders too, and the text behind a table's last border looks like one more cell: the number of
columns tells them apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.patterns import bare
from ingest.values import value

Span = tuple[int, int]

_LONGEST_CELL = 3000
"""Characters: more between two borders is text between two tables."""

_LONGEST_HEADING = 250
"""Characters of a cell in a table's first row, where that row says how many columns there are."""

_MOST_COLUMNS = 20

_ROWS_LOOKED_AT = 40
"""Rows that the number of columns is told from."""

# "1", "12.", "IV", "I.1", "a)": a cell that begins a row; "II. HOÀN THIỆN CƠ CHẾ": a row that opens a group
_ORDINAL = re.compile(r"\W*(?:(?:\d{1,3}|[IVXL]{1,6}|[A-HĐ])(?:\.\d{1,2})*|[a-zđ])\W*")
_NUMBER = re.compile(r"\W*(\d{1,3})\W*")
_MOST_LEFT_OUT = 5
"""Numbers that a table may leave out between two rows."""

_GROUP = re.compile(r"\W*(?:[IVXL]{1,6}|[A-HĐ])[.)]\s+\S")
_ORDINAL_HEADING = re.compile(r"\W*(?:s?tt|so tt|so thu tu)\W*")  # "STT", "Số TT"
# what stands in tables of two columns: letterheads, addresses, recipients beside the signature
_TWO_COLUMNS = re.compile(
    r"\W*(?:noi nhan|kinh gui|tm\b|t/m\b|kt\b|cong hoa|dang cong san)|.{0,80}cong hoa xa\s+hoi", re.S
)


@value(frozen=True, slots=True)
class _Cell:
    """What stands between two borders: `borders` are the offsets behind the borders before it, `opens` is the line of
    the last of them, `apart` says that a blank line follows it; `last` is the number of the cell's last line."""

    start: int
    end: int
    borders: tuple[int, ...]
    opens: int
    apart: bool
    last: int


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table: the cells of its rows, and the number of the line behind it."""

    rows: tuple[tuple[Span, ...], ...]
    start: int
    end: int
    line: int


class LooseTables:
    """All that stands between borders in a text, and the tables that it makes up."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.text, self.lines = text, lines
        self.cells: list[_Cell] = []
        self.borders = [i for i, line in enumerate(lines) if text[slice(*line)].strip() == "|"]
        self.number = 0  # that the row begins with which is read
        self.cell_at: dict[int, int] = {}  # number of the line of a border → the cell behind it
        self._find_cells()

    def _find_cells(self) -> None:
        before: list[int] = []
        for index, border in enumerate(self.borders):
            following = self.borders[index + 1] if index + 1 < len(self.borders) else len(self.lines)
            before.append(border)
            filled = [i for i in range(border + 1, following) if self.text[slice(*self.lines[i])].strip(" *_#")]
            if not filled:
                continue
            start, end = self.lines[filled[0]][0], self.lines[filled[-1]][1]
            ends = tuple(self.lines[i][1] for i in before)
            self.cell_at.update(dict.fromkeys(before, len(self.cells)))
            apart = any(not self.text[slice(*self.lines[i])].strip() for i in range(border + 1, filled[0]))
            self.cells.append(_Cell(start, end, ends, border, apart, filled[-1]))
            before = []

    def at(self, line: int) -> LooseTable | None:
        """The table that begins with the border on a line; None where it begins none."""
        first = self.cell_at.get(line)
        if first is None or not self._closed(first):
            return None
        rows, behind = self._rows(first, self._columns(first))
        if len(rows) < 2 and len(rows[0]) < 2:
            return None
        return LooseTable(
            tuple(map(tuple, rows)), self.lines[line][0], self.cells[behind - 1].end, self._line_behind(behind)
        )

    def _line_behind(self, behind: int) -> int:
        """The line behind a table: its closing borders and those of empty rows are its own."""
        if behind < len(self.cells) and self._begins_table(behind):
            return self.cells[behind].opens
        last = self.cells[behind - 1].last
        border = bisect_right(self.borders, last)
        following = self.cells[behind].opens if behind < len(self.cells) else len(self.lines)
        closing = bisect_right(self.borders, following) - 1
        return (self.borders[closing] if closing >= border else last) + 1

    def _closed(self, cell: int) -> bool:
        """Whether a border stands behind a cell, and it is short enough to be one."""
        found = self.cells[cell]
        return found.end - found.start <= _LONGEST_CELL and (
            cell + 1 < len(self.cells) or self.borders[-1] > found.last
        )

    def _folded(self, cell: int, length: int = 120) -> str:
        return bare(self.text[self.cells[cell].start : self.cells[cell].end][:length])

    def _is_of_two(self, first: int) -> bool:
        """Whether a row that begins with a cell is one of a letterhead, an address or a signature."""
        beside = first + 1 < len(self.cells) and len(self.cells[first + 1].borders) == 1
        return any(_TWO_COLUMNS.match(self._folded(i)) for i in (first, first + 1)[: 1 + beside])

    def _begins_table(self, at: int) -> bool:
        """Whether another table begins with a cell that two borders stand before."""
        if len(self.cells[at].borders) < 2:
            return False
        return self._is_of_two(at) or bool(_ORDINAL_HEADING.fullmatch(self._folded(at)))

    def _columns(self, first: int) -> int:
        """How many columns there are: what the first row says, or most of the next ones."""
        if self._is_of_two(first):
            return 2
        counts: list[int] = []
        count, at = 1, first + 1
        while at < len(self.cells) and len(counts) < _ROWS_LOOKED_AT and count <= _MOST_COLUMNS:
            if counts and _ORDINAL_HEADING.fullmatch(self._folded(at)):  # of the next table, behind its title
                count = 0
                break
            if len(self.cells[at].borders) > 1:
                counts.append(count)
                count = 0
                if self._begins_table(at):
                    break
            elif not counts and self._ends_first_row(first, at):
                return at - first
            count += 1
            at += 1
        counts.append(count)
        # a row with empty cells is counted in pieces, and none is counted as wider than it is
        usual = max((count for count, times in Counter(counts[1:]).items() if times > 1), default=0)
        return max(counts[0], usual)

    def _ends_first_row(self, first: int, at: int) -> bool:
        """Whether a table of one row ends before a cell: text follows."""
        cell = self.cells[at]
        return (cell.apart and not self.cells[first].apart) or (
            cell.end - cell.start > _LONGEST_HEADING and at > first + 1
        )

    def _rows(self, first: int, columns: int) -> tuple[list[list[Span]], int]:
        """The rows from a cell on, and the first cell behind them."""
        ordinals = bool(_ORDINAL_HEADING.fullmatch(self._folded(first)))
        rows: list[list[Span]] = [[self._span(first)]]
        self.number = 0
        alone = False  # whether the last row is a line between two rows ("……")
        at = first + 1
        while at < len(self.cells):
            cell, row = self.cells[at], rows[-1]
            missing = columns - len(row)
            empty = len(cell.borders) - 1  # cells, if the row goes on
            if len(row) == 1 and (number := _NUMBER.fullmatch(self.text[slice(*row[0])])):
                self.number = int(number[1])
            if (cell.apart and not self.cells[first].apart) or not self._closed(at) or self._begins_table(at):
                break
            if empty == 0 and missing > 0 and not (ordinals and alone and self._begins_row(at)):
                row.append(self._span(at))
            elif empty == 0:
                if not alone and not (ordinals and self._is_row_of_its_own(at)):
                    break
                rows.append([self._span(at)])
                alone = not alone
            elif missing > 0 and empty - 1 != missing and self._goes_on(at, missing - empty, ordinals):
                row += [(end, end) for end in cell.borders[:-1]]
                row.append(self._span(at))
            elif missing == empty and len(rows) > 1 and self._is_text(at, columns, ordinals):
                break
            else:
                row += [(end, end) for end in cell.borders[: max(min(missing, empty - 1), 0)]]
                rows.append([self._span(at)])
            at += 1
        return rows, at

    def _span(self, cell: int) -> Span:
        return self.cells[cell].start, self.cells[cell].end

    def _begins_row(self, at: int) -> bool:
        words = self.text[slice(*self._span(at))]
        if (number := _NUMBER.fullmatch(words)) and int(number[1]) > self.number + _MOST_LEFT_OUT:
            return False  # a figure behind an empty cell
        return bool((len(words) < 12 and _ORDINAL.fullmatch(words)) or _GROUP.match(words))

    def _is_row_of_its_own(self, at: int) -> bool:
        """Whether rows of this table go on behind a line between two rows ("……")."""
        return at + 1 < len(self.cells) and len(self.cells[at + 1].borders) == 1 and self._begins_row(at + 1)

    def _goes_on(self, at: int, room: int, ordinals: bool) -> bool:
        """Whether the row goes on behind empty cells: what follows up to the next empty cell or row fits into it."""
        if room < 1 or (ordinals and self._begins_row(at)):
            return False
        return self._run(at) <= room

    def _is_text(self, at: int, columns: int, ordinals: bool) -> bool:
        """Whether text follows the empty last cell of a table, and no further row."""
        return not (ordinals and self._begins_row(at)) and self._run(at) != columns

    def _run(self, at: int) -> int:
        """How many cells stand together up to the next two borders."""
        count = 1
        while count <= _MOST_COLUMNS and at + count < len(self.cells) and len(self.cells[at + count].borders) == 1:
            count += 1
        return count
