"""Targets in tables: a row an indicator, with its unit, its figure and who follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

from ingest.assigning.figures import Figure, find_figures
from ingest.assigning.occurrences import anchor_of
from ingest.assigning.role import FOLLOWS
from ingest.assigning.target_columns import Aim, printed, read_values, with_indicators
from ingest.naming.agencies import Scope, find_agencies
from ingest.outlining.outline import Outline
from ingest.patterns import pattern
from ingest.record import AgencyRef, Assignment, Target
from ingest.tables import Columns, Row, filled, read_columns, read_rows
from ingest.text import Cell, CleanText, Table

_ANCHOR = 250
"""Characters of a row that its anchor holds at most: with its figures, for names come again in later rows."""

# "I | Đến năm 2030", "II | Giai đoạn 2026-2027": a row that holds for the rows under it
_BY = re.compile(r"(?:năm|giai đoạn)\s+(?:20\d\d\s?[-–]\s?)?(20\d\d)", re.IGNORECASE)
_FIELDS = tuple(f.name for f in fields(AgencyRef) if f.name != "confidence")


# "Nghề muối chiếm 12% …", "có ít nhất 15 ao nuôi tôm", "tỷ lệ … đạt tối thiểu 40%"
_REACHES = pattern(
    r"(?<!\w)(?:chiếm|đạt|có|còn|tăng|giảm|trên|dưới|ít nhất|tối thiểu|khoảng|phấn đấu|lên|100)(?!\w)"
    r"[^.;]{0,30}?(?=[≥≤<>]?\s?\d)"
)


def _own_figures(clean: CleanText, cell: Cell) -> tuple[int, int]:
    """Where an indicator's own figure stands: behind the words that say that it is reached."""
    found = list(_REACHES.finditer(clean.text, cell.start, cell.end))
    return (found[-1].end() if found else cell.end), cell.end


def _ends_in_figures(columns: Columns, clean: CleanText, table: Table) -> bool:
    """Whether most indicators of a table without a column of figures print theirs themselves."""
    index = columns.at["chỉ tiêu"]
    cells = [row[index] for row in table.rows[columns.heading + 1 :] if index < len(row) and filled(clean, row[index])]
    with_figures = [cell for cell in cells if _own_figures(clean, cell)[0] < cell.end]
    return columns.has("chủ trì") and len(with_figures) > len(cells) / 2


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, clean: CleanText, scope: Scope, values: Mapping[int, Aim]) -> None:
        self.clean, self.scope, self.values = clean, scope, values
        self.by: str | None = None  # the year of the group that a row stands in
        self.over = ""  # the name of the row without figures that a row with a bullet stands under

    def targets(self, table: Table, columns: Columns) -> Iterator[Target]:
        rows = read_rows(self.clean, table, columns, "chỉ tiêu")
        for cells, row in zip(table.rows[columns.heading + 1 :], rows, strict=True):
            cell = row.cells.get("chỉ tiêu")
            name = printed(self.clean, cell)
            if cell is None or (name and not any(letter.isalpha() for letter in name)):
                continue  # "(1) | (2) | (3)", the numbers of the columns
            whole = Cell(cell.start, cells[-1].end)
            with_figures = [i for i in self.values if i < len(cells) and filled(self.clean, cells[i])]
            if not with_figures and (year := _BY.search(name)):
                self.by = year[1]
            if not with_figures and not row.is_bullet:
                self.over = name
            if not self.values and not row.opens_group:
                figure = next(find_figures(self.clean.text, *_own_figures(self.clean, cell)), None)
                if figure:
                    yield self._target(row, whole, whole, figure, Aim(None, None))
            for index in with_figures:
                place = Cell(cells[index].start, whole.end) if len(with_figures) > 1 else whole
                for figure in find_figures(self.clean.text, cells[index].start, cells[index].end):
                    yield self._target(row, whole, place, figure, self.values[index])

    def _target(self, row: Row, whole: Cell, place: Cell, figure: Figure, aim: Aim) -> Target:
        """A target of a row, whose anchor begins at `place`: with the row, or with one of its several figures."""
        text = printed(self.clean, whole)
        name = printed(self.clean, row.cells["chỉ tiêu"])
        follower = row.cells.get("theo dõi", row.cells.get("chủ trì"))
        return Target(
            start=whole.start,
            end=whole.end,
            rule="table of targets",
            confidence=0.9,
            section=row.section,
            anchor=anchor_of(self.clean.text, place.start, place.end, _ANCHOR),
            subject=f"{name} ({self.over})" if row.is_bullet and self.over else name,
            comparator=figure.comparator,
            value=figure.value,
            value_max=figure.value_max,
            unit=printed(self.clean, row.cells.get("đơn vị tính")) or figure.unit or aim.unit,
            by=aim.year or self.by,
            text=text,
            assignments=self._assigned(follower) if follower else (),
        )

    def _assigned(self, cell: Cell) -> tuple[Assignment, ...]:
        return tuple(
            Assignment(**{name: getattr(agency, name) for name in _FIELDS}, confidence=0.9, role=FOLLOWS)
            for agency in find_agencies(self.clean, cell.start, cell.end, self.scope)
        )


def table_targets(clean: CleanText, outline: Outline, scope: Scope) -> Iterator[Target]:
    """The targets of all tables that list indicators."""
    body = {block.start for block in outline.blocks if block.kind == "row" and block.part == "body"}
    for table in clean.tables:
        if table.rows[0][0].start not in body:
            continue
        columns = read_columns(clean, table)
        columns = with_indicators(clean, table, columns) if columns else None
        if not columns or not columns.has("chỉ tiêu"):
            continue
        columns, values = read_values(clean, table, columns)
        if columns.has("kết quả") or values or _ends_in_figures(columns, clean, table):
            yield from _Reader(clean, scope, values).targets(table, columns)
