"""Tables as files: CSV, XLSX and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from pydantic import BaseModel
from starlette.responses import Response

from vanmach.web.tables import Column, said
from vanmach.web.words import Words

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}

_COMPUTED = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a text that begins so for something to compute
_CELL = 32_767  # characters that a cell of XLSX holds
_WIDTHS = {"number": 10, "day": 12, "level": 12, "quote": 80, "text": 40, "list": 40}


def download(name: str, format_: str, rows: Sequence[Any], columns: Sequence[Column], words: Words) -> Response:
    """A table's rows as a file.

    Args:
        name: of the file, without its ending.
        format_: a key of `MEDIA_TYPES`.
        rows: models of the interface, or mappings; JSON has all of them.
        columns: what CSV and XLSX have.
        words: for headings and values.
    """
    writers = {"csv": _csv, "xlsx": _xlsx}
    content = writers[format_](rows, columns, words) if format_ in writers else _json(rows)
    disposition = f'attachment; filename="{name}.{format_}"'
    return Response(content, media_type=MEDIA_TYPES[format_], headers={"content-disposition": disposition})


def _json(rows: Sequence[Any]) -> bytes:
    return orjson.dumps([row.model_dump() if isinstance(row, BaseModel) else row for row in rows])


def _csv(rows: Sequence[Any], columns: Sequence[Column], words: Words) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([words.column(column.name) for column in columns])
    for row in rows:
        writer.writerow([_harmless(cell(column, row, words)) for column in columns])
    return target.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8


def _harmless(value: str | float) -> str | float:
    """A text that a spreadsheet would compute, with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_COMPUTED) else value


def _xlsx(rows: Sequence[Any], columns: Sequence[Column], words: Words) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("vanmach")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns):
        letter = chr(ord("A") + number) if number < 26 else "Z"
        sheet.column_dimensions[letter].width = _WIDTHS.get(column.kind, 18)
    heads = [WriteOnlyCell(sheet, words.column(column.name)) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_excel(sheet, cell(column, row, words)) for column in columns])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _excel(sheet: Any, value: str | float) -> Any:
    """A cell; a text stays a text, also where it looks like a formula."""
    if not isinstance(value, str):
        return value
    made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_CELL])
    made.data_type = "s"
    return made


def cell(column: Column, row: Any, words: Words) -> str | float:
    """A value as a file has it: dates as ISO 8601, parts of a list on a line each."""
    value = column.value(row)
    if value is None:
        return ""
    if isinstance(value, bool):
        return words("yes" if value else "no")
    if isinstance(value, int | float):
        return value
    if column.kind == "figure":
        return words.figure(*value)
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    if isinstance(value, Mapping):
        return orjson.dumps(value).decode()
    return said(column, str(value), words)
