"""What a table's columns hold, told from the words of its heading row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.lexicon import lexicon
from ingest.text import CleanText, Table

_COLUMNS = lexicon("table_columns")
_CUES = [(re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)"), column) for column, cues in _COLUMNS.items() for cue in cues]
_HEADING_ROWS = 3
"""A table's heading stands in one of its first rows."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what (`at["nội dung"]` is an index), and the row of the heading."""

    at: dict[str, int]
    heading: int

    def has(self, *names: str) -> bool:
        """Whether all of these columns are there."""
        return all(name in self.at for name in names)


def folded(clean: CleanText, table: Table, row: int, column: int) -> str:
    """A cell's text in lower case on one line, "" where the row is shorter."""
    cells = table.rows[row]
    return " ".join(clean.text[cells[column].start : cells[column].end].lower().split()) if column < len(cells) else ""


def _column(cell: str) -> str | None:
    """What a column holds by its heading: the cue that stands first decides, then the longer one."""
    hits = [(m.start(), -len(m[0]), column) for cue, column in _CUES if (m := cue.search(cell))]
    return min(hits)[2] if hits else None


def read_columns(clean: CleanText, table: Table) -> Columns | None:
    """The columns of a table, None where no row of its first ones is a heading."""
    for row in range(min(_HEADING_ROWS, len(table.rows))):
        at: dict[str, int] = {}
        for column in range(len(table.rows[row])):
            cell = folded(clean, table, row, column)
            if cell and len(cell) <= 90 and (name := _column(cell)):
                at.setdefault(name, column)
        if len(at) >= 2:
            return Columns(at, row)
    return None
