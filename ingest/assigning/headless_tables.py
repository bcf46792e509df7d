"""The columns of a table of tasks whose heading is lost, told from what its cells say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ingest.naming.agencies import Scope, find_agencies
from ingest.numbering import BULLET
from ingest.patterns import pattern
from ingest.tables import Columns, filled
from ingest.text import Cell, CleanText, Table

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 4
_ROWS_LOOKED_AT = 12
_WORDY = 25
"""Characters: half of the cells of a column of work have more."""

_ORDINAL = re.compile(r"\W*\d{1,3}\W*")
# "Quý II/2025", "Tháng 5", "12/2025", "Năm 2025", "Hằng năm", "Thường xuyên", "Trước ngày 30/6"
_TIME = pattern(
    r"\W*(?:(?:trong|trước|đến|từ|hết|cuối|đầu|giữa|vào) )*"
    r"(?:quý|quí|tháng|năm \d|ngày \d|\d{1,2}/(?:\d{1,2}/)?20\d\d|20\d\d\W*$"
    r"|thường xuyên|h[ằà]ng (?:năm|quý|tháng)|định kỳ)"
)
_BULLETS = re.compile(rf"(?:\s|{BULLET})*")


def columns_by_content(clean: CleanText, table: Table, headed: Columns | None, scope: Scope) -> Columns | None:
    """The columns of a table: numbers, work, who does it (and who takes part), when.

    Args:
        headed: those that a row of headings names, which has fewer cells than the others; None where there is none.

    Returns:
        None where there is no column of agencies and one of times.
    """
    heading = headed.heading if headed else -1
    rows = table.rows[heading + 1 :]
    width, times = Counter(len(row) for row in rows).most_common(1)[0] if rows else (0, 0)
    if width < _FEWEST_COLUMNS or times < _FEWEST_ROWS:
        return None
    columns = list(zip(*[row for row in rows if len(row) == width][:_ROWS_LOOKED_AT], strict=True))

    def is_of(index: int, says: Callable[[Cell], bool]) -> bool:
        return _most(clean, columns[index], says)

    work = next((i for i in range(1, width) if _is_wordy(columns[i])), width)
    behind = range(work + 1, width)
    if not is_of(0, lambda cell: bool(_ORDINAL.fullmatch(clean.text, cell.start, cell.end))):
        return None
    time = next((i for i in behind if is_of(i, lambda cell: bool(_TIME.match(clean.text, cell.start, cell.end)))), None)
    if time is None:
        return None
    bodies = [i for i in behind if i != time and is_of(i, lambda cell: _begins_with_agency(clean, cell, scope))]
    if not bodies:
        return None
    beside = {"phối hợp": bodies[1]} if bodies[1:] else {}
    first = {name: i for name, i in headed.at.items() if i < bodies[0]} if headed else {}
    at = {**first, "số thứ tự": 0, "nội dung": work, "chủ trì": bodies[0], "thời gian": time, **beside}
    return Columns(at, heading, ragged=True)


def _most(clean: CleanText, cells: Sequence[Cell], says: Callable[[Cell], bool]) -> bool:
    """Whether half of a column's cells are filled, and half of these say something."""
    own = [cell for cell in cells if filled(clean, cell)]
    return 2 * len(own) >= len(cells) and 2 * sum(map(says, own)) >= len(own)


def _is_wordy(cells: Sequence[Cell]) -> bool:
    return sorted(cell.end - cell.start for cell in cells)[len(cells) // 2] >= _WORDY


def _begins_with_agency(clean: CleanText, cell: Cell, scope: Scope) -> bool:
    bullet = _BULLETS.match(clean.text, cell.start, cell.end)
    begin = bullet.end() if bullet else cell.start
    return any(agency.start == begin for agency in find_agencies(clean, cell.start, cell.end, scope))
