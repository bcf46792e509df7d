"""Pipe tables: which lines are one, and their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.cleaning.edits import Edit
from ingest.reading.markdown import MOST_COLUMNS

Line = tuple[int, int]
"""Start and end of a line in the text, without its line break."""

_LEAST_ROWS = 3
"""Lines with equally many pipes, but no frame, that make a table."""

_MOST_LINES = 40
"""Lines that a row may go over."""

_PIPE = re.compile(r"\\.|\|")  # "\|" is a printed pipe, "|" a border


def borders(text: str, line: Line) -> list[int]:
    """Where the pipes of a line stand; empty for a line that cannot be a table's row."""
    if text.find("|", *line) < 0:
        return []
    found = [m.start() for m in _PIPE.finditer(text, *line) if m[0] == "|"]
    return found if len(found) <= MOST_COLUMNS + 1 else []


def is_separator(text: str, line: Line) -> bool:
    """Whether a line parts a table's head from its rows: "|---|:--:|"."""
    content = text[slice(*line)]
    return "-" in content and "|" in content and not content.strip(" |:-")


@dataclass(frozen=True, slots=True)
class PipeTable:
    """The rows of a table, each a stretch of the text of one line or several, and the number of the line behind it."""

    rows: list[Line]
    line: int


def table_at(text: str, lines: Sequence[Line], first: int) -> PipeTable | None:
    """The table that begins at a line; None where none does.

    A table has a separator under its first row ("|---|---|"), or its lines begin and end with a pipe, two at least, or
    three lines have equally many pipes, more than one. Below its second row one may go over several lines.
    """
    columns = len(borders(text, lines[first]))
    if not columns:
        return None
    separated = first + 1 < len(lines) and is_separator(text, lines[first + 1])
    framed = _is_framed(text, lines[first])
    rows: list[Line] = []
    at = first
    while at < len(lines):
        pipes = len(borders(text, lines[at]))
        several = _row_over_lines(text, lines, at, columns) if 0 < pipes < columns and len(rows) > 1 else None
        alone = pipes == columns > 1 or (separated and pipes > 0) or (framed and _is_framed(text, lines[at]))
        if several is None and not alone:
            break
        last = several or at
        rows.append((lines[at][0], lines[last][1]))
        at = last + 1
    least = 1 if separated else 2 if framed else _LEAST_ROWS
    return PipeTable(rows, at) if len(rows) >= least else None


def _row_over_lines(text: str, lines: Sequence[Line], first: int, columns: int) -> int | None:
    """The last line of a row that breaks off in a cell: "8 | Rà soát;" over "báo cáo. | Sở Nội vụ | Hằng năm".

    Its lines together have the pipes of one row; where rows begin with a pipe, only the first of them does.
    """
    framed = text[lines[first][0] : lines[first][1]].lstrip(" ").startswith("|")
    pipes = len(borders(text, lines[first]))
    for number in range(first + 1, min(first + _MOST_LINES, len(lines))):
        if framed and text[lines[number][0] : lines[number][1]].lstrip(" ").startswith("|"):
            return None
        pipes += len(borders(text, lines[number]))
        if pipes >= columns:
            return number if pipes == columns else None
    return None


def _is_framed(text: str, line: Line) -> bool:
    content = text[slice(*line)].strip()
    return len(content) > 2 and content[0] == "|" and content[-1] == "|" and bool(borders(text, line))


def row_cells(text: str, line: Line) -> list[tuple[int, int]]:
    """The cells of a row, each without the spaces around it."""
    start, end = line
    pipes = borders(text, line)
    content = text[start:end]
    edges = [start - 1, *pipes, end]
    if content.lstrip().startswith("|"):
        edges = edges[1:]
    if content.rstrip().endswith("|") and edges[-2] == start + len(content.rstrip()) - 1:
        edges = edges[:-1]
    return [_trimmed(text, a + 1, b) for a, b in pairwise(edges)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    content = text[start:end]
    left = start + len(content) - len(content.lstrip(" \n"))
    return left, max(left, start + len(content.rstrip(" \n")))


def row_edits(line: Line, cells: Sequence[tuple[int, int]]) -> list[Edit]:
    """Edits that leave a row's cells with a tab between them."""
    start, end = line
    edits = [(start, cells[0][0], "")]
    edits += [(a[1], b[0], "\t") for a, b in pairwise(cells)]
    return [*edits, (cells[-1][1], end, "")]
