"""Pipe tables: which lines are one, and their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.cleaning.edits import Edit
from ingest.reading.markdown import MOST_COLUMNS

Line = tuple[int, int]
"""Start and end of a line in the text, without its line break."""

_LEAST_ROWS = 3
"""Lines with equally many pipes, but no frame, that make a table."""

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


def table_at(text: str, lines: Sequence[Line], first: int) -> int:
    """How many lines from `first` on make up one table; 0 where none begins.

    A table has a separator under its first row ("|---|---|"), or its lines begin and end with a pipe, two at least, or
    three lines have equally many pipes, more than one.
    """
    columns = len(borders(text, lines[first]))
    if not columns:
        return 0
    separated = first + 1 < len(lines) and is_separator(text, lines[first + 1])
    last = first
    while last < len(lines) and (_is_framed(text, lines[last]) or (separated and bool(borders(text, lines[last])))):
        last += 1
    if separated or last - first > 1:
        return last - first
    last = first
    while columns > 1 and last < len(lines) and len(borders(text, lines[last])) == columns:
        last += 1
    return last - first if last - first >= _LEAST_ROWS else 0


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
    left = start + len(content) - len(content.lstrip(" "))
    return left, max(left, start + len(content.rstrip(" ")))


def row_edits(line: Line, cells: Sequence[tuple[int, int]]) -> list[Edit]:
    """Edits that leave a row's cells with a tab between them."""
    start, end = line
    edits = [(start, cells[0][0], "")]
    edits += [(a[1], b[0], "\t") for a, b in pairwise(cells)]
    return [*edits, (cells[-1][1], end, "")]
