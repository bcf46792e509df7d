"""Targets in tables: a row an indicator, with its unit, its figure and who follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from ingest.assigning.figures import Figure, find_figures
from ingest.assigning.role import FOLLOWS
from ingest.naming.agencies import Scope, find_agencies
from ingest.outlining.outline import Outline
from ingest.patterns import pattern
from ingest.record import AgencyRef, Assignment, Target
from ingest.tables import Columns, Row, filled, read_columns, read_rows
from ingest.text import Cell, CleanText, Table

_ANCHOR = 250
"""Characters of a row that its anchor holds at most: with its figures, for names come again in later rows."""

# "I | Đến năm 2030": a row that holds for the rows under it
_BY = re.compile(r"năm\s+(20\d\d)", re.IGNORECASE)
# a column that is a year of its own: "Năm 2026", "2026"
_YEAR = re.compile(r"(?:năm\s+)?(20\d\d)", re.IGNORECASE)
# … or what is planned for one: "Kế hoạch năm 2026", "Mục tiêu đến 2030"; and what was reached: "Thực hiện năm 2024"
_PLANNED = pattern(r"(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|dự kiến|giao|đến|kh)(?!\w)")
_WAS = pattern(r"(?<!\w)(?:thực hiện|hiện trạng|hiện tại|hiện có|ước|đã|đạt được|năm gốc|cơ sở)(?!\w)")
_FIELDS = tuple(f.name for f in fields(AgencyRef) if f.name != "confidence")


def _values(columns: Columns, clean: CleanText, table: Table) -> dict[int, str | None]:
    """The columns with figures to be reached, each with the year that its heading prints."""
    found: dict[int, str | None] = {}
    for index, cell in enumerate(table.rows[columns.heading]):
        printed = _printed(clean, cell)
        year = _YEAR.search(printed)
        planned = _PLANNED.match(printed)
        own = index == columns.at.get("kết quả") or (year and year[0] == printed)
        if (own and (planned or not _WAS.search(printed))) or (planned and index not in columns.at.values()):
            found[index] = year[1] if year else None
    return found


def _assigned(clean: CleanText, cell: Cell, scope: Scope) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(**{name: getattr(agency, name) for name in _FIELDS}, confidence=0.9, role=FOLLOWS)
        for agency in find_agencies(clean, cell.start, cell.end, scope)
    )


def _rows(clean: CleanText, table: Table, columns: Columns, scope: Scope) -> Iterator[Target]:
    values = _values(columns, clean, table)
    by: str | None = None
    for cells, row in zip(table.rows[columns.heading + 1 :], read_rows(clean, table, columns, "chỉ tiêu"), strict=True):
        name_cell = row.cells.get("chỉ tiêu")
        if name_cell is None:
            continue
        name = _printed(clean, name_cell)
        with_figures = [i for i in values if i < len(cells) and filled(clean, cells[i])]
        if not with_figures and (year := _BY.search(name)):
            by = year[1]
        if not values and not row.opens_group:
            figure = next(find_figures(clean.text, *_own_figures(clean, name_cell)), None)
            if figure:
                yield _target(clean, row, Cell(name_cell.start, cells[-1].end), figure, by, scope)
        for index in with_figures:
            for figure in find_figures(clean.text, cells[index].start, cells[index].end):
                yield _target(clean, row, Cell(name_cell.start, cells[-1].end), figure, values[index] or by, scope)


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


def _printed(clean: CleanText, cell: Cell | None) -> str:
    return " ".join(clean.text[cell.start : cell.end].split()) if cell else ""


def _target(clean: CleanText, row: Row, whole: Cell, figure: Figure, by: str | None, scope: Scope) -> Target:
    text = _printed(clean, whole)
    follower = row.cells.get("theo dõi", row.cells.get("chủ trì"))
    return Target(
        start=whole.start,
        end=whole.end,
        rule="table of targets",
        confidence=0.9,
        section=row.section,
        anchor=text if len(text) <= _ANCHOR else text[:_ANCHOR].rpartition(" ")[0],
        subject=_printed(clean, row.cells["chỉ tiêu"]),
        comparator=figure.comparator,
        value=figure.value,
        value_max=figure.value_max,
        unit=_printed(clean, row.cells.get("đơn vị tính")) or figure.unit,
        by=by,
        text=text,
        assignments=_assigned(clean, follower, scope) if follower else (),
    )


def table_targets(clean: CleanText, outline: Outline, scope: Scope) -> Iterator[Target]:
    """The targets of all tables that list indicators."""
    body = {block.start for block in outline.blocks if block.kind == "row" and block.part == "body"}
    for table in clean.tables:
        if table.rows[0][0].start not in body:
            continue
        columns = read_columns(clean, table)
        if (
            columns
            and columns.has("chỉ tiêu")
            and (columns.has("kết quả") or _values(columns, clean, table) or _ends_in_figures(columns, clean, table))
        ):
            yield from _rows(clean, table, columns, scope)
