"""A workbook (XLSX) of the check: a sheet each for the summary, the duties, the tasks and the findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from graph.errors import VanmachError
from queries.compliance import Compliance, quotes
from vanmach.headings import heading
from vanmach.output import cell

_SHEETS = {
    "summary": ("source", "level", "obliged", "has", "late", "missing", "unknown", "not_due", "held", "deficit"),
    "duties": (
        "source", "section", "agency", "level", "place", "via", "status", "days_late", "deadline", "plan",
        "plan_issued_on", "plan_by", "held", "holders", "orphaned", "origin", "basis", "quote",
    ),
    "tasks": (
        "document", "section", "text", "leads", "coordinators", "report_to", "deadline", "recurrence", "requires_plan",
    ),
    "findings": ("severity", "check", "source", "section", "agency", "place", "status", "deadline", "other", "quote"),
}  # fmt: skip
_OTHER_HEADINGS = {("summary", "held"): "agencies_held", ("findings", "source"): "document"}
"""Columns that are something else in one sheet: agencies of which anything is held, the document with the finding."""

_DOCUMENTS = ("source", "plan", "other", "document")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML cannot hold


def write_workbook(found: Compliance, names: Mapping[str, str], target: Path) -> None:
    """Write the workbook.

    Args:
        names: what to call each document, by id.

    Raises:
        VanmachError: the file cannot be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    of = " ".join(filter(None, (names.get(found.document or "", ""), found.as_of)))  # what it is of, and of what day
    book.properties.title = of
    for sheet, columns in _SHEETS.items():
        _write_sheet(book, sheet, columns, getattr(found, sheet), names)
        book[sheet].HeaderFooter.oddHeader.right.text = of.replace("&", "&&")
        book[sheet].HeaderFooter.oddFooter.right.text = "&P / &N"
        book[sheet].page_setup.orientation = "landscape"
        book[sheet].print_title_rows = "1:1"
        if "deficit" in columns:
            for (share,) in book[sheet].iter_rows(min_row=2, min_col=len(columns)):
                share.number_format = "0 %"
    try:
        book.save(target)
    except OSError as error:
        raise VanmachError(f"{target}: {error.strerror}", "name another file") from error


def _headings(sheet: str, columns: Sequence[str]) -> list[str]:
    """The first line."""
    return [heading(_OTHER_HEADINGS.get((sheet, column), column)) for column in columns]


def _write_sheet(
    book: Workbook, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> None:
    sheet = book.create_sheet(name)
    sheet.append(_headings(name, columns))
    for row in rows:
        sheet.append([_value(column, row, names) for column in columns])
    for first in sheet[1]:
        first.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number in range(1, len(columns) + 1):
        longest = max(len(str(c.value or "")) for c in sheet[get_column_letter(number)])
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, 8), 60)
    for line in sheet.iter_rows(min_row=2):
        for one in line:
            if isinstance(one.value, str):
                one.data_type = "s"  # a text that begins with "=" is no formula
                if "\n" in one.value:
                    one.alignment = Alignment(wrap_text=True, vertical="top")


def _value(column: str, row: Mapping[str, Any], names: Mapping[str, str]) -> Any:
    if column == "quote":
        value = quotes(row, names) or None
    elif column in _DOCUMENTS:
        value = names.get(row[column], row[column])
    else:
        value = row[column]
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return _CONTROL.sub(" ", cell(value))
