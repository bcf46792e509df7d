"""Tables that are drawn with spaces and pipes, whose cells go on in the next line, as antiword and others print them.

    |1. |Decree on the keeping of boats   |Ministry of Construction  |
    |   |and ferries                      |and Transport             |

Each column has one width. A cell goes on where the first word of the next line did not fit behind it any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

_LEAST_COLUMNS = 2
# "- Các Bộ", "1. Đo đất", "a) …": an item of its own in the same cell
_ITEM = re.compile(r"[-–—+•·*]\s|\(?\w{1,3}[.)]\s")
_WORD = re.compile(r"[^\W\d_]{2}")  # "8", "IV" in a narrow column number a row of their own
_ENDED = (";", ":", "./.")


def unwrapped(text: str) -> str:
    """The text with one line for each row of such tables; a line within a cell that is no rest is kept by `<br>`."""
    if "|" not in text:
        return text
    return "\n".join(
        line
        for columns, lines in groupby(text.split("\n"), key=_columns)
        for line in (_unwrapped(list(lines), columns) if len(columns) > _LEAST_COLUMNS else lines)
    )


def _unwrapped(lines: Sequence[str], columns: Sequence[int]) -> Sequence[str]:
    """The lines of one table; as they are where no cell goes on, or where Markdown parts the head from the rows."""
    if any(not line.strip(" |:-") and "-" in line for line in lines):
        return lines
    rows = list(_rows(lines, columns))
    return rows if len(rows) < len(lines) else lines


def _columns(line: str) -> tuple[int, ...]:
    """Where the pipes of a framed line stand; empty for any other line."""
    framed = line.startswith("|") and line.rstrip().endswith("|")
    return tuple(at for at, letter in enumerate(line) if letter == "|") if framed else ()


def _rows(lines: Sequence[str], columns: Sequence[int]) -> Iterator[str]:
    bounds = list(pairwise(columns))
    row: list[str] = []
    above: list[str] = []
    for line in lines:
        cells = [line[left + 1 : right].rstrip() for left, right in bounds]
        rest = (
            [
                _goes_on(before, cell, right - left - 1)
                for before, cell, (left, right) in zip(above, cells, bounds, strict=True)
            ]
            if above
            else []
        )
        if any(rest) and (not cells[0].strip() or (rest[0] and _WORD.search(cells[0]))):
            row = [_joined(*parts) for parts in zip(row, cells, rest, strict=True)]
        else:
            if row:
                yield _line(row)
            row = [cell.strip() for cell in cells]
        above = cells
    if row:
        yield _line(row)


def _goes_on(above: str, cell: str, width: int) -> bool:
    """Whether a cell is the rest of the one above it, behind which its first word had no place."""
    words = cell.split(maxsplit=1)
    if not words or not above.strip() or above.endswith(_ENDED) or _ITEM.match(cell.strip()):
        return False
    return len(above) + 1 + len(words[0]) > width


def _joined(said: str, cell: str, rest: bool) -> str:
    if not cell.strip():
        return said
    return f"{said}{' ' if rest or not said else '<br>'}{cell.strip()}".strip()


def _line(row: Sequence[str]) -> str:
    return f"|{'|'.join(row)}|"
