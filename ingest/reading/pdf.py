"""PDF files with a text layer to light Markdown."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError

from graph.errors import ReadError
from ingest.reading.layout import Line, Word, flow, lines_of, paragraphs, without_running_lines
from ingest.reading.markdown import pipe_table

_FEWEST_LETTERS = 50
"""Letters below which a page that is mostly a picture counts as scanned: a signature's stamp is text too, but short."""

_WORD_GAP = 0.15  # ems between two letters from which on they belong to two words
_THICKEST_BORDER = 3.0  # points
_OCR = "make one with OCR first: ocrmypdf -l vie (needs tesseract-ocr-vie)"

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font; the reader of a text cannot help it


def read_pdf(data: bytes, name: str) -> str:
    """The text of a PDF file as light Markdown: paragraphs rejoined, tables as tables, page numbers left out.

    Args:
        data: the file.
        name: what to call it in an error.

    Raises:
        ReadError: it is broken or encrypted, or a scan without a text layer.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            drawn = [_draw(page) for page in document.pages]
    except Exception as error:  # pdfminer raises whatever a damaged file leads it into, KeyError and TypeError included
        if _is_encrypted(error):
            raise ReadError(f"{name}: a PDF with a password", "save a copy without the password") from error
        reason = "".join(c for c in str(error)[:80] if c.isprintable()) or type(error).__name__
        raise ReadError(
            f"{name}: a broken PDF ({reason})", "open it in a viewer and print it into a new PDF"
        ) from error
    if not any(page.words for page in drawn) or 2 * sum(page.is_scanned for page in drawn) > len(drawn):
        raise ReadError(f"{name}: a scan without a text layer", _OCR)
    return "\n\n".join(_blocks(drawn))


def _is_encrypted(error: BaseException) -> bool:
    causes = [error, error.__cause__, error.__context__, *error.args]
    return any(isinstance(cause, PDFEncryptionError) for cause in causes)


Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the page's top left."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What stands on a page, as the library gives it."""

    height: float
    words: list[Word]
    grids: list[list[list[Box | None]]]
    is_scanned: bool


def _draw(page: Any) -> _Drawn:
    """Take from a page what is needed of it, and let go of the rest."""
    letters = sum(char["text"].isalpha() for char in page.chars)
    pictures = sum(float(image["width"]) * float(image["height"]) for image in page.images)
    words = [
        Word(
            *(word["text"], word["x0"], word["x1"], word["top"], word["bottom"], word["size"]),
            bold="bold" in word["fontname"].lower(),
            italic="italic" in word["fontname"].lower() or "oblique" in word["fontname"].lower(),
        )
        for word in page.extract_words(x_tolerance_ratio=_WORD_GAP, extra_attrs=["fontname", "size"])
    ]
    tables = page.filter(_may_be_border).find_tables()
    drawn = _Drawn(
        height=float(page.height),
        words=words,
        grids=[[list(row.cells) for row in table.rows] for table in tables],
        is_scanned=letters < _FEWEST_LETTERS and 2 * pictures > page.width * page.height,
    )
    page.close()
    return drawn


def _may_be_border(thing: dict[str, Any]) -> bool:
    """Whether a drawn thing may be a table's border: a background (filled, not drawn around) is none."""
    if thing["object_type"] != "rect":
        return True
    return bool(thing.get("stroke")) or min(thing["width"], thing["height"]) < _THICKEST_BORDER


def _within(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


@dataclass(slots=True)
class _Table:
    """Rows of cells as Markdown, and how far down the page they begin."""

    top: float
    rows: list[list[str]]

    def goes_on(self, before: _Table) -> bool:
        """Whether it is the rest of a table from the page before."""
        return len(self.rows[0]) == len(before.rows[0])


def _table(grid: list[list[Box | None]], words: list[Word]) -> _Table | None:
    """The table within drawn borders; None for what is none: frames, underlines, shaded paragraphs."""
    rows = []
    for row in grid:
        cells = []
        for box in row:
            inside = [w for w in words if box and _within(w, box)]
            cells.append("\n".join(paragraphs(lines_of(inside))))
        rows.append(cells)
    columns = [column for column in zip(*rows, strict=False) if any(column)]
    top = min((box[1] for box in grid[0] if box), default=0.0)
    return _Table(top, rows) if len(columns) > 1 and len(rows) > 1 else None


def _take_tables(page: _Drawn) -> tuple[list[_Table], list[Word]]:
    """A page's tables from top to bottom, and the words that stand in none."""
    tables, words = [], page.words
    for grid in page.grids:
        table = _table(grid, words)
        if table:
            tables.append(table)
            boxes = [box for row in grid for box in row if box]
            words = [w for w in words if not any(_within(w, box) for box in boxes)]
    return sorted(tables, key=lambda table: table.top), words


def _blocks(pages: list[_Drawn]) -> Iterator[str]:
    """Paragraphs and tables in their order; both may go on over the end of a page."""
    taken = [_take_tables(page) for page in pages]
    found = [lines_of(words, i) for i, (_, words) in enumerate(taken)]
    kept = without_running_lines(found, [page.height for page in pages])
    gathered: list[Line] = []
    open_table: _Table | None = None
    for (tables, _), lines in zip(taken, kept, strict=True):
        rest = lines
        for i, table in enumerate(tables):
            gathered += [line for line in rest if line.top < table.top]
            rest = [line for line in rest if line.top >= table.top]
            if open_table and i == 0 and not gathered and table.goes_on(open_table):
                repeated = table.rows[0] == open_table.rows[0]
                open_table.rows += table.rows[1:] if repeated else table.rows
                continue
            yield from _closed(open_table, gathered)
            open_table, gathered = table, []
        if open_table and rest:
            yield from _closed(open_table, [])
            open_table = None
        gathered += rest
    yield from _closed(open_table, gathered)


def _closed(table: _Table | None, lines: list[Line]) -> Iterator[str]:
    """A table, and the paragraphs behind it."""
    if table:
        yield pipe_table(table.rows)
    yield from flow(lines)
