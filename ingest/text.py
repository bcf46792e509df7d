"""The cleaned text of a document, which every offset counts in, and the way back to its source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ingest.values import value


@value(frozen=True, slots=True)
class Cell:
    """A table cell: `text[start:end]`, which may hold several lines."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells stand in the text row by row (cells apart by a tab, rows by a line break)."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def start(self) -> int:
        return self.rows[0][0].start

    @property
    def end(self) -> int:
        return self.rows[-1][-1].end


@value(frozen=True, slots=True)
class Emphasis:
    """A passage that the source sets apart: kind is "bold", "italic" or "heading"."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """NFC text with plain line breaks, no mark-up, and what the mark-up said beside it.

    `starts` and `origins` are equally long and ascending: the run of characters from `starts[i]` on
    comes from `origins[i]` on in the source's text. `page_ends` are where a page's number was taken out of a sentence.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    tables: tuple[Table, ...] = ()
    emphasis: tuple[Emphasis, ...] = ()
    page_ends: tuple[int, ...] = ()

    def origin(self, offset: int) -> int:
        """The offset in the source's text that a cleaned offset comes from."""
        run = max(bisect_right(self.starts, offset) - 1, 0)
        return self.origins[run] + offset - self.starts[run]
