"""Tasks in tables: a row a task, with the columns of its lead, its coordinators and its time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.agencies import Scope, find_agencies
from ingest.dates import find_dates
from ingest.deadlines import Due, Span, find_deadline, find_recurrence
from ingest.outline import Block, Outline
from ingest.roles import COORDINATES, LEADS, Role, RoleReader
from ingest.tables import Row, filled, read_columns, read_rows
from ingest.text import Cell, CleanText, Table

_RULE = "table of tasks"
# "2025", "Năm 2025", alone in the column of time
_YEAR = re.compile(r"\W*(?:trong\s+)?(?:năm\s+)?(?P<year>20\d\d)\W*", re.IGNORECASE)
# "7h00 - 7h30", "Sáng", "14 giờ": the day stands in the heading above
_HOURS = re.compile(r"\d{1,2}\s?(?:h|giờ|g(?=\d)|:(?=\d\d))|(?:buổi\s+)?(?:sáng|chiều|tối)\b", re.IGNORECASE)
_WHOLE_DAY = len("2024-08-05")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row that is a task: where its words stand, its section, roles and time."""

    start: int
    end: int
    section: str
    roles: tuple[Role, ...]
    due: Due | None
    recurrence: str | None
    time: Cell | None = None


class _Reader:
    def __init__(self, clean: CleanText, scope: Scope, names: Sequence[Span]) -> None:
        self.clean, self.scope, self.names = clean, scope, names

    def rows(self, table: Table, above: Sequence[Block]) -> Iterator[TaskRow]:
        """The tasks of a table that stands under the blocks `above`, the nearest first."""
        annex = next((b.marker for b in above if b.marker.lower().startswith("phụ lục")), "")
        for row in self._rows(table):
            due = row.due or self._day_above(row, above)
            yield replace(row, due=due, section=".".join(filter(None, (annex, row.section))))

    def _day_above(self, row: TaskRow, above: Sequence[Block]) -> Due | None:
        """The day of a schedule's heading ("NGÀY 1: THỨ HAI, NGÀY 05/8/2024"), for rows that print the hour only."""
        time = row.time
        if time is None or not _HOURS.match(self.clean.text, time.start, time.end):
            return None
        for block in above:
            heading = self.clean.text[block.body : block.end]
            days = [date for date in find_dates(heading) if len(date.iso) == _WHOLE_DAY]
            if days:
                return Due(days[-1].iso, heading[days[-1].start : days[-1].end])
        return None

    def _rows(self, table: Table) -> Iterator[TaskRow]:
        columns = read_columns(self.clean, table)
        if columns is None or not columns.has("nội dung"):
            return
        if columns.has("kết quả") and not columns.has("chủ trì", "thời gian"):
            return  # forms and lists of figures have a column of results
        if not any(columns.has(name) for name in ("chủ trì", "phối hợp", "thời gian")):
            return
        last: tuple[Role, ...] = ()
        for row in read_rows(self.clean, table, columns, "nội dung"):
            content = row.cells.get("nội dung")
            if row.opens_group or content is None or not filled(self.clean, content) or self._is_number(content):
                continue
            leads = self._leads(row)
            # a cell that spans several rows is printed once
            last = leads if filled(self.clean, row.cells.get("chủ trì")) else last
            yield self._task(row, content, last)

    def _is_number(self, cell: Cell) -> bool:
        """Whether a cell holds no words: the row of columns' numbers "(1) | (2) | (3)" under a table's head."""
        return not any(letter.isalpha() for letter in self.clean.text[cell.start : cell.end])

    def _leads(self, row: Row) -> tuple[Role, ...]:
        cell = row.cells.get("chủ trì")
        if cell is None:
            return ()
        mentions = find_agencies(self.clean, cell.start, cell.end, self.scope)
        stated = RoleReader(self.clean.text, cell.start, cell.end, mentions).roles()
        beside = {role.agency.start for role in stated if role.part == COORDINATES}
        return tuple(Role(m, COORDINATES if m.start in beside else LEADS, _RULE, 0.9) for m in mentions)

    def _task(self, row: Row, content: Cell, leads: tuple[Role, ...]) -> TaskRow:
        roles = list(leads)
        if (beside := row.cells.get("phối hợp")) is not None:
            mentions = find_agencies(self.clean, beside.start, beside.end, self.scope)
            roles += [Role(mention, COORDINATES, _RULE, 0.9) for mention in mentions]
        due = recurrence = None
        if (time := row.cells.get("thời gian")) is not None:
            due = self._due(time)
            recurrence = find_recurrence(self.clean.text, time.start, time.end, bare=True)
        return TaskRow(content.start, content.end, row.section, tuple(roles), due, recurrence, time)

    def _due(self, time: Cell) -> Due | None:
        year = _YEAR.fullmatch(self.clean.text, time.start, time.end)
        if year:
            return Due(year["year"], year[0].strip())
        return find_deadline(self.clean.text, time.start, time.end, self.names, bare=True)


def task_rows(clean: CleanText, outline: Outline, scope: Scope, names: Sequence[Span]) -> Iterator[TaskRow]:
    """The tasks of all tables in the body that list tasks; `names` are the spans of documents' names, sorted."""
    starts = [block.start for block in outline.blocks]
    reader = _Reader(clean, scope, names)
    for table in clean.tables:
        index = bisect_left(starts, table.start)
        if index < len(starts) and starts[index] == table.start and outline.blocks[index].part == "body":
            yield from reader.rows(table, _above(outline.blocks, index))


def _above(blocks: Sequence[Block], index: int) -> list[Block]:
    """The blocks that a block stands under, the nearest first."""
    found = []
    parent = blocks[index].parent
    while parent is not None:
        found.append(blocks[parent])
        parent = blocks[parent].parent
    return found
