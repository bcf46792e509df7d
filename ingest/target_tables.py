"""Targets in tables: a row an indicator, with its unit, its figure and who follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from ingest.agencies import Scope, find_agencies
from ingest.figures import Figure, find_figures
from ingest.outline import Outline
from ingest.record import AgencyRef, Assignment, Target
from ingest.roles import FOLLOWS
from ingest.tables import Columns, read_columns
from ingest.text import Cell, CleanText, Table

_ANCHOR = 250
"""Characters of a row that its anchor holds at most: with its figures, for names come again in later rows."""

# "I | Đến năm 2030": a row that holds for the rows under it
_BY = re.compile(r"năm\s+(20\d\d)", re.IGNORECASE)
# a column that is a year of its own: "Năm 2026", "2026"
_YEAR = re.compile(r"(?:năm\s+)?(20\d\d)", re.IGNORECASE)
_FIELDS = tuple(f.name for f in fields(AgencyRef) if f.name != "confidence")


def _values(columns: Columns, clean: CleanText, table: Table) -> dict[int, str | None]:
    """The columns with figures, each with the year that its heading prints."""
    found: dict[int, str | None] = {}
    heading = table.rows[columns.heading]
    for index, cell in enumerate(heading):
        printed = clean.text[cell.start : cell.end].strip()
        if index == columns.at.get("kết quả") or _YEAR.fullmatch(printed):
            year = _YEAR.search(printed)
            found[index] = year[1] if year else None
    return found


def _assigned(clean: CleanText, cell: Cell, scope: Scope) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(**{name: getattr(agency, name) for name in _FIELDS}, confidence=0.9, role=FOLLOWS)
        for agency in find_agencies(clean, cell.start, cell.end, scope)
    )


def _figures(clean: CleanText, cell: Cell) -> Iterator[Figure]:
    """The figures of a cell that is mostly figures ("≥ 55", "≤ 3 Đông Nam Á; ≤ 50 Thế giới")."""
    yield from find_figures(clean.text, cell.start, cell.end)


def _rows(clean: CleanText, table: Table, columns: Columns, sections: dict[int, str], scope: Scope) -> Iterator[Target]:
    name_at, unit_at = columns.at["chỉ tiêu"], columns.at.get("đơn vị tính")
    values = _values(columns, clean, table)
    follower_at = columns.at.get("theo dõi", columns.at.get("chủ trì"))
    by: str | None = None
    for cells in table.rows[columns.heading + 1 :]:
        if name_at >= len(cells):
            continue
        name = " ".join(clean.text[cells[name_at].start : cells[name_at].end].split())
        filled = [i for i in values if i < len(cells) and clean.text[cells[i].start : cells[i].end].strip()]
        if not filled and (year := _BY.search(name)):
            by = year[1]
        unit = clean.text[cells[unit_at].start : cells[unit_at].end].strip() if unit_at and unit_at < len(cells) else ""
        who = _assigned(clean, cells[follower_at], scope) if follower_at and follower_at < len(cells) else ()
        row = " ".join(clean.text[cells[name_at].start : cells[-1].end].split())
        for index in filled:
            for figure in _figures(clean, cells[index]):
                yield Target(
                    start=cells[name_at].start,
                    end=cells[-1].end,
                    rule="table of targets",
                    confidence=0.9,
                    section=sections.get(cells[0].start, ""),
                    anchor=row if len(row) <= _ANCHOR else row[:_ANCHOR].rpartition(" ")[0],
                    subject=name,
                    comparator=figure.comparator,
                    value=figure.value,
                    value_max=figure.value_max,
                    unit=unit or figure.unit,
                    by=values[index] or by,
                    text=row,
                    assignments=who,
                )


def table_targets(clean: CleanText, outline: Outline, scope: Scope) -> Iterator[Target]:
    """The targets of all tables that list indicators."""
    sections = {block.start: block.section for block in outline.blocks if block.kind == "row" and block.part == "body"}
    for table in clean.tables:
        if table.rows[0][0].start not in sections:
            continue
        columns = read_columns(clean, table)
        if columns and columns.has("chỉ tiêu") and (columns.has("kết quả") or _values(columns, clean, table)):
            yield from _rows(clean, table, columns, sections, scope)
