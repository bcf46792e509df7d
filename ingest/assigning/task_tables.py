"""Tasks in tables: a row a task, with the columns of its lead, its coordinators and its time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.assigning.actors import read_actors
from ingest.assigning.deadlines import Due, Span, find_deadline
from ingest.assigning.given import Given
from ingest.assigning.headless_tables import columns_by_content
from ingest.assigning.recurrence import Recurrence, find_recurrence
from ingest.assigning.role import COORDINATES, IS_TOLD, LEADS, Role
from ingest.assigning.roles import RoleReader
from ingest.assigning.task_segments import sentences
from ingest.dates import find_dates
from ingest.naming.agencies import Scope, find_agencies
from ingest.outlining.outline import Block, Outline
from ingest.patterns import pattern
from ingest.record import GIAO_ROLES, AgencyRef
from ingest.section_kinds import is_time, read_label
from ingest.tables import Columns, Row, continued, filled, read_columns, read_rows
from ingest.text import Cell, CleanText, Table

_RULE = "table of tasks"
_WHOLE_DAY = len("2024-08-05")
_FEWEST_SPANNED = 3
"""Rows of a table, at least, whose blank cells tell that the one above spans several."""
_PROSE = 60
"""Characters: a longer cell in a column of times tells how far the work is."""
# "7h15 - 7h45", "8 giờ 00", "14:30", "Buổi sáng"
_HOURS = re.compile(
    r"\d\s?(?:h|giờ|g)\s?\d|\d{1,2}:\d\d|\d\s?(?:h|giờ)(?!\w)|(?<!\w)(?:sáng|chiều|tối|trưa)(?!\w)", re.IGNORECASE
)
# "Quý II, III", "Tháng 5" without a year of their own; "ngày 5 tháng 5" and "tháng 5 hằng năm" are none
_PART_OF_YEAR = pattern(
    r"(?:[-–+\s]*(?:(?:trong|đến|hết|từ|cuối|đầu|giữa) )?(?:quý|quí|tháng)\s?)"
    r"(?:(?:IV|I{1,3}|\d{1,2})\s?(?:,|-|–|và|đến)\s?(?:(?:quý|quí|tháng)\s)?){0,4}(?:IV|I{1,3}|\d{1,2})\W*$"
)
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# "Tổng cộng (A+B)": the row of sums under the works
_TOTAL = re.compile(r"(?:tổng (?:cộng|số|chi|kinh phí)|cộng)(?!\w)", re.IGNORECASE)

# "DANH MỤC CÁC DỰ ÁN ĐẦU TƯ" over a table that says of nobody that he does them
_PROJECTS = pattern(r"[^:]{0,40}(?:danh mục|danh sách)[^:]{0,40}(?:dự án|công trình|gói thầu)(?!\w)")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row that is a task: where its words stand, its section, the heading over it, roles and time."""

    start: int
    end: int
    section: str
    heading: str
    roles: tuple[Role, ...]
    due: Due | None
    recurrence: Recurrence | None


def _section(printed: str, counted: int, annex: str, above: Sequence[Block]) -> str:
    """The path of a row: its printed number; one without a number is counted, like a bullet under what stands above."""
    if annex:
        return f"{annex}.{printed or counted}"
    path = above[0].section if above else ""
    return printed or (f"{path}-{counted}" if path else str(counted))


def _only_year(words: str) -> str | None:
    """The year that a title says its work is for; a period has two."""
    years = set(_ANY_YEAR.findall(words))
    return years.pop() if len(years) == 1 else None


class _Reader:
    """Reads one table, which stands under a heading that may give leads and a time."""

    def __init__(
        self,
        clean: CleanText,
        scope: Scope,
        names: Sequence[Span],
        undue: Sequence[Span],
        given: Given,
        title: str,
    ) -> None:
        self.clean, self.scope, self.names, self.undue, self.given = clean, scope, names, undue, given
        self.group_due: Due | None = None
        self.day: Due | None = None
        self.year = _only_year(title)

    def rows(self, table: Table, columns: Columns, above: Sequence[Block]) -> Iterator[TaskRow]:
        """The tasks of a table that stands under the blocks `above`, the nearest first."""
        annex = next((b.marker for b in above if b.marker.lower().startswith("phụ lục")), "")
        self.day = self._day_above(above)
        headings = (self.clean.text[block.body : block.end] for block in above)
        self.year = next((year for heading in headings if (year := _only_year(heading))), self.year)
        counted = 0
        for row in self._rows(table, columns):
            counted += not row.section
            yield replace(row, section=_section(row.section, counted, annex, above))

    def _day_above(self, above: Sequence[Block]) -> Due | None:
        """The day of a schedule's heading ("Chương trình ngày 05/8/2024"), for rows that print the hour only."""
        for block in above:
            heading = self.clean.text[block.body : block.end]
            days = [date for date in find_dates(heading) if len(date.iso) == _WHOLE_DAY]
            if days:
                day = days[-1]
                start, end = block.body + day.start, block.body + day.end
                return Due(day.iso, heading[day.start : day.end], start, end, "day of the schedule")
        return None

    def _in_the_year(self, time: Cell) -> Due | None:
        """The quarter or the month that a cell prints without its year, of the year that the table is for."""
        if self.year is None or not _PART_OF_YEAR.match(self.clean.text, time.start, time.end):
            return None
        words = " ".join(self.clean.text[time.start : time.end].split()).rstrip(" .,;")
        dates = list(find_dates(f"{words} năm {self.year}"))
        return Due(dates[-1].iso, words, time.start, time.end, "year of the table") if dates else None

    def _rows(self, table: Table, columns: Columns) -> Iterator[TaskRow]:
        if not columns.has("nội dung"):
            return
        if columns.has("kết quả") and not columns.has("chủ trì", "thời gian"):
            return  # forms and lists of figures have a column of results
        if not any(columns.has(name) for name in ("chủ trì", "phối hợp", "thời gian")):
            return
        named = any(columns.has(name) for name in ("chủ trì", "phối hợp")) or self.given.roles
        if not named and _PROJECTS.match(self.given.heading):
            return
        last: tuple[Role, ...] = ()
        rows = list(read_rows(self.clean, table, columns, "nội dung"))
        spanned = self._times_span(rows)
        time: Cell | None = None
        for row in rows:
            content = row.cells.get("nội dung")
            if row.opens_group:
                self.group_due = self._due_of_group(row) or (None if row.is_division else self.group_due)
                time = None
                continue
            if content is None or not filled(self.clean, content) or self._is_number(content):
                continue
            if self._is_heading(row) or _TOTAL.match(self.clean.text, content.start, content.end):
                continue
            if columns.ragged and "chủ trì" not in row.cells:
                last, time = (), None
            leads = self._leads(row)
            # a cell that spans several rows is printed once
            last = leads if filled(self.clean, row.cells.get("chủ trì")) else last
            time = row.cells.get("thời gian") if not spanned or filled(self.clean, row.cells.get("thời gian")) else time
            yield self._task(row, content, last, time)

    def _times_span(self, rows: Sequence[Row]) -> bool:
        """Whether cells of the column of times span several rows each: the first is filled, and hardly more than half
        of the others."""
        filled_rows = [filled(self.clean, r.cells.get("thời gian")) for r in rows if not r.opens_group]
        return len(filled_rows) >= _FEWEST_SPANNED and filled_rows[0] and 2 * sum(filled_rows) <= len(filled_rows)

    def _is_number(self, cell: Cell) -> bool:
        """Whether a cell holds no words: a sum, or one of the numbers "(1) | (2) | (3)" under a table's head."""
        return not any(letter.isalpha() for letter in self.clean.text[cell.start : cell.end])

    def _is_heading(self, row: Row) -> bool:
        """Whether a row prints the columns' headings again, over another part of the table."""
        cells = [(cell, read_label(self.clean.text, cell.start, cell.end)) for cell in row.cells.values()]
        return sum(label is not None and label.body >= cell.end for cell, label in cells) > 1

    def _due_of_group(self, row: Row) -> Due | None:
        """The time that a row over others is ("Tháng 9/2022"), or that its column of times says for them."""
        time = row.cells.get("thời gian")
        if time is not None and (due := find_deadline(self.clean.text, time.start, time.end, self.names, bare=True)):
            return due
        for cell in row.cells.values():
            if is_time(self.clean.text, cell.start, cell.end):
                return find_deadline(self.clean.text, cell.start, cell.end, self.names, bare=True)
        return None

    def _named(self, cell: Cell) -> list[AgencyRef]:
        """Whom a cell names: agencies, and actors without a name of their own ("Kế toán", "Giáo viên Tin học")."""
        mentions = find_agencies(self.clean, cell.start, cell.end, self.scope)
        if self._is_number(cell):
            return []
        return (
            read_actors(self.clean.text, cell.start, cell.end, mentions, self.scope, among_actors=True, cell=True)
            or mentions
        )

    def _leads(self, row: Row) -> tuple[Role, ...]:
        cell = row.cells.get("chủ trì")
        if cell is None:
            return ()
        mentions = find_agencies(self.clean, cell.start, cell.end, self.scope)
        stated = RoleReader(self.clean.text, cell.start, cell.end, mentions).roles()
        beside = {role.agency.start for role in stated if role.part == COORDINATES}
        named = mentions if beside else self._named(cell)
        return tuple(Role(m, COORDINATES if m.start in beside else LEADS, _RULE, 0.9) for m in named)

    def _stated(self, content: Cell) -> list[Role]:
        """What the words of the task say themselves: who is told, who takes part, and who acts."""
        mentions = find_agencies(self.clean, content.start, content.end, self.scope)
        found: list[Role] = []
        for start, end in sentences(self.clean.text, content.start, content.end) if mentions else ():
            found += RoleReader(self.clean.text, start, end, mentions).roles()
        return found

    def _roles(self, row: Row, content: Cell, leads: tuple[Role, ...]) -> tuple[Role, ...]:
        stated = self._stated(content)
        if not leads:
            leads = tuple(role for role in stated if role.part in GIAO_ROLES) or self.given.roles
        roles = [*leads, *(role for role in stated if role.part in (COORDINATES, IS_TOLD))]
        if (beside := row.cells.get("phối hợp")) is not None:
            roles += [Role(mention, COORDINATES, _RULE, 0.9) for mention in self._named(beside)]
        return tuple(roles)

    def _task(self, row: Row, content: Cell, leads: tuple[Role, ...], time: Cell | None) -> TaskRow:
        text = self.clean.text
        due = recurrence = None
        if time is not None and filled(self.clean, time):
            due = find_deadline(text, time.start, time.end, self.names, bare=True) or self._in_the_year(time)
            recurrence = find_recurrence(text, time.start, time.end, bare=True)
            if due is None and _HOURS.search(text, time.start, time.end):
                due = self.group_due or self.given.due or self.day
            if due is None and time.end - time.start > _PROSE:
                due = find_deadline(text, content.start, content.end, self.undue)
        else:
            due = find_deadline(text, content.start, content.end, self.undue) or self.group_due or self.given.due
        roles = self._roles(row, content, leads)
        return TaskRow(content.start, content.end, row.section, self.given.heading, roles, due, recurrence)


def task_rows(
    clean: CleanText,
    outline: Outline,
    scope: Scope,
    names: Sequence[Span],
    undue: Sequence[Span],
    given: Mapping[int, Given],
    title: str,
) -> Iterator[TaskRow]:
    """The tasks of all tables in the body that list tasks.

    Args:
        names: the spans of documents' names, sorted, whose dates are no deadlines.
        undue: these, and the dates before the document was issued, which are none in a sentence.
        given: what holds for each row of the body by what stands above it, by the row's first offset.
        title: the document's, which may say for what year its work is.
    """
    starts = [block.start for block in outline.blocks]
    before: Columns | None = None
    width = 0
    for table in clean.tables:
        if table.start not in given:
            continue
        columns = read_columns(clean, table) or continued(clean, table, before, width)
        if not columns or (columns.heading >= 0 and len(table.rows[columns.heading]) < max(map(len, table.rows)) - 1):
            columns = columns_by_content(clean, table, columns, scope) or columns
        before, width = columns, max(map(len, table.rows))
        if columns:
            above = _above(outline.blocks, bisect_left(starts, table.start))
            yield from _Reader(clean, scope, names, undue, given[table.start], title).rows(table, columns, above)


def _above(blocks: Sequence[Block], index: int) -> list[Block]:
    """The blocks that a block stands under, the nearest first."""
    found = []
    parent = blocks[index].parent
    while parent is not None:
        found.append(blocks[parent])
        parent = blocks[parent].parent
    return found
