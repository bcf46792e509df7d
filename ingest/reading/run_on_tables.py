"""Tables that stand on one line, as antiword prints those whose rows it cannot tell: a pipe behind each cell, another
one behind each row.

    TT |Work |Office | |1 |Mend the nets |Office of Health | |2 |Count the boats | | |

An empty cell leaves two pipes as well. How many columns there are is told from the numbers that the rows begin with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.patterns import bare

_FEWEST_PIPES = 10
"""Pipes of a line, at least, that may be such a table."""

_WIDTHS = range(3, 41)
_FEWEST_ROWS = 2
_MOST_LINES = 60
"""Lines that a table may break into, within its cells."""

_HEADING = re.compile(r"\W*(?:s?tt|so tt|so thu tu)\W*")  # "STT", "Số TT"
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVXL]{1,6})[.)]?")  # "12", "1.", "IV"


def laid_out(text: str) -> str:
    """The text with a line for each row of such tables, framed by pipes; line breaks within a cell are `<br>`."""
    if "|" not in text:
        return text
    lines = text.split("\n")
    found: list[str] = []
    at = 0
    while at < len(lines):
        behind = _behind(lines, at)
        rows = _rows([cell.strip() for cell in "\n".join(lines[at:behind]).split("|")]) if behind else []
        found += rows or [lines[at]]
        at = behind if rows and behind else at + 1
    return "\n".join(found)


def _behind(lines: Sequence[str], first: int) -> int | None:
    """The line behind a table that may begin on one: where a line breaks off in a cell, it goes on up to its pipe."""
    if "|" not in lines[first] or lines[first].lstrip().startswith("|"):
        return None
    pipes = lines[first].count("|")
    at = first
    while not lines[at].rstrip().endswith("|"):
        at += 1
        if at == min(first + _MOST_LINES, len(lines)) or not lines[at].strip():
            return None
        pipes += lines[at].count("|")
    return at + 1 if pipes >= _FEWEST_PIPES else None


def _rows(cells: Sequence[str]) -> list[str]:
    """The rows, framed; none where the cells make up no table."""
    headed = bool(_HEADING.fullmatch(bare(cells[0])))
    if not headed and not _value(cells[0]):
        return []
    cells = cells[:-1] if not cells[-1] else cells
    width, times = _columns(cells)
    if times + headed < _FEWEST_ROWS:
        return []
    return [f"|{'|'.join(row)}|".replace("\n", "<br>") for row in _split(cells, width)]


def _columns(cells: Sequence[str]) -> tuple[int, int]:
    """How many cells most rows have between two numbers that follow each other, and how many of them have."""
    numbers = {i: n for i, cell in enumerate(cells) if (i == 0 or not cells[i - 1]) and (n := _value(cell))}
    widths = (w for i, n in numbers.items() for w in _WIDTHS if numbers.get(i + w + 1) == n + 1)
    return next(iter(Counter(widths).most_common(1)), (0, 0))


def _split(cells: Sequence[str], columns: int) -> Iterator[Sequence[str]]:
    at = number = 0
    while at < len(cells):
        number = _value(cells[at]) or number
        end = _end(cells, at, columns, number)
        yield cells[at:end]
        at = end + 1


def _value(cell: str) -> int:
    """The number that a row begins with, 0 where it is none."""
    return int(cell.rstrip(".)")) if _ORDINAL.fullmatch(cell) and cell[0].isdigit() else 0


def _end(cells: Sequence[str], at: int, columns: int, number: int) -> int:
    """Where a row ends: some of its cells may be merged, and the next row begins with a number all the same."""
    whole = at + columns
    ends: list[int] = [whole, *range(at + 1, whole)]
    follows = (end for end in ends if end + 1 < len(cells) and not cells[end] and _ORDINAL.fullmatch(cells[end + 1]))
    expected = (end for end in follows if _value(cells[end + 1]) in (0, 1, number + 1))
    return next(expected, min(whole, len(cells)))
