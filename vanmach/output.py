"""How answers are printed: a table for people, JSON or CSV for programs; messages go to standard error."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TextIO

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from vanmach.headings import value_name

PIPED_WIDTH = 160
"""Columns of a table that goes into a file or a pipe, where neither a terminal nor COLUMNS says how wide it is."""


DITTO = "″"
SHORT = 16
"""A column whose cells are no longer than this (symbols, dates, levels) is not folded for a wider one's sake."""

LEAST = 10
"""Narrower than this a column of longer cells is not readable."""

NARROW = 40
"""On a screen with fewer columns than this nothing is drawn: the screen itself folds the lines."""


class Format(StrEnum):
    table = "table"
    json = "json"
    csv = "csv"


def console() -> Console:
    """Standard output for people; nothing in it is read as mark-up."""
    return Console(width=_width(sys.stdout), markup=False, highlight=False, emoji=False)


def messages() -> Console:
    """Standard error, for what is no answer."""
    return Console(stderr=True, width=_width(sys.stderr), markup=False, highlight=False, emoji=False, soft_wrap=True)


def _width(stream: TextIO) -> int | None:
    """How many columns a screen has; None is as many as the terminal has at that moment."""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told) > 0:
        return int(told)
    if not stream.isatty():
        return PIPED_WIDTH
    return shutil.get_terminal_size().columns if told else None  # rich would take a width of 0 at its word


def say(message: str) -> None:
    messages().print(message)


def progress(what: str) -> Progress:
    """A bar on standard error, shown only to a person at a terminal."""
    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[now]}"),
    )
    return Progress(*columns, console=messages(), transient=True, disable=not sys.stderr.isatty())


def print_json(value: Any) -> None:
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n")
    sys.stdout.flush()  # here a closed pipe is still noticed, at the program's end no more


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], format_: Format) -> None:
    """Print rows in the format that was asked for.

    Args:
        rows: one mapping a row; JSON shows all of it.
        columns: what a table shows, name → heading; CSV shows the same columns under their names.
        format_: table, json or csv.
    """
    if format_ is Format.json:
        print_json(list(rows))
    elif format_ is Format.csv:
        _print_csv(rows, list(columns))
    elif not rows:
        say("nothing found")
    else:
        print_table(console(), rows, columns)


def print_table(screen: Console, rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> None:
    """Print rows as a table, or, where the screen is too narrow for one, as lines."""
    if screen.width < NARROW:
        screen.print(_lines(rows, columns), soft_wrap=True)
    else:
        screen.print(table(rows, columns, screen.width))


def print_tree(tree: Tree) -> None:
    """Print a tree; a screen that is too narrow for one folds its lines."""
    screen = console()
    screen.width = max(screen.width, NARROW)
    screen.print(tree)


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], width: int) -> Table:
    """Rows as a table; a quote that is the same as in the row above is shown there only.

    Where `width` (of the screen, in characters) has no room for the columns beside each other, each row is a block of
    lines.
    """
    longest = {name: max((_longest(row.get(name)) for row in rows), default=0) for name in columns}
    needed = {name: n if n <= SHORT else LEAST for name, n in longest.items()}
    if sum(needed.values()) + 3 * len(columns) + 1 > width:  # "│ … │ … │"
        return _blocks(rows, columns)
    drawn = Table(show_lines=any(len(cell(row.get(name))) > 60 for row in rows for name in columns))
    for name, heading in columns.items():
        numbers = bool(rows) and all(isinstance(row.get(name), int | float) for row in rows)
        whole = max(longest[name], *map(len, heading.split())) if longest[name] <= SHORT else None
        drawn.add_column(heading, overflow="fold", width=whole, justify="right" if numbers else "left")
    above: Mapping[str, Any] = {}
    for row in rows:
        repeated = "quote" in row and row["quote"] == above.get("quote")
        drawn.add_row(*(Text(DITTO if repeated and name == "quote" else cell(row.get(name))) for name in columns))
        above = row
    return drawn


def _longest(value: Any) -> int:
    """The length of a cell's longest line, in characters."""
    return max(map(len, cell(value).splitlines()), default=0)


def _blocks(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> Table:
    """Each row's known values below each other, with their headings."""
    drawn = Table(show_header=False)
    drawn.add_column(overflow="fold", ratio=1)
    drawn.add_column(overflow="fold", ratio=3)
    for row in rows:
        for name, heading in columns.items():
            if shown := cell(row.get(name)):
                drawn.add_row(heading, Text(shown))
        drawn.add_section()
    return drawn


def _lines(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> Text:
    """Each row's known values, a line each, and an empty line between rows."""
    told = [[(heading, cell(row.get(name))) for name, heading in columns.items()] for row in rows]
    return Text("\n\n".join("\n".join(f"{heading}: {value}" for heading, value in row if value) for row in told))


def cell(value: Any) -> str:
    """A value as people read it: lists by line, an absent value as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list | tuple):
        return "\n".join(cell(v) for v in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{k}: {cell(v)}" for k, v in value.items())
    return value_name(str(value))


def _print_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(row.get(name)) for name in columns])
    sys.stdout.write(target.getvalue())
    sys.stdout.flush()


def _csv_cell(value: Any) -> str:
    """A list or mapping stands in one cell as JSON, so that nothing is lost."""
    if isinstance(value, list | tuple | dict):
        return orjson.dumps(value).decode()
    return "" if value is None else str(value)
