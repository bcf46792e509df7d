"""PDF files with a text layer to light Markdown."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from graph.errors import ReadError
from ingest.layout import Line, Word, flow, lines_of, paragraphs, without_running_lines
from ingest.markdown import pipe_table

_FEWEST_LETTERS = 50
"""Letters below which a page that is mostly a picture counts as scanned: a signature's stamp is text too, but short."""

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
            pages = [_Page(page, i) for i, page in enumerate(document.pages)]
    except Exception as error:  # pdfminer raises whatever a damaged file leads it into, KeyError and TypeError included
        if _is_encrypted(error):
            raise ReadError(f"{name}: a PDF with a password", "save a copy without the password") from error
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ReadError(
            f"{name}: a broken PDF ({reason})", "open it in a viewer and print it into a new PDF"
        ) from error
    if not any(page.letters for page in pages) or 2 * sum(page.is_scanned for page in pages) > len(pages):
        raise ReadError(f"{name}: a scan without a text layer", _OCR)
    kept = without_running_lines([page.lines for page in pages], [page.height for page in pages])
    return "\n\n".join(_blocks(pages, kept))


def _is_encrypted(error: BaseException) -> bool:
    causes = [error, error.__cause__, error.__context__, *error.args]
    return any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)


class _Page:
    """What is taken from a page while the file is open."""

    def __init__(self, page: Any, index: int) -> None:
        self.height = float(page.height)
        self.letters = sum(char["text"].isalpha() for char in page.chars)
        pictures = sum(float(image["width"]) * float(image["height"]) for image in page.images)
        self.is_scanned = self.letters < _FEWEST_LETTERS and 2 * pictures > page.width * page.height
        words = [
            Word(
                *(word["text"], word["x0"], word["x1"], word["top"], word["bottom"], word["size"]),
                bold="bold" in word["fontname"].lower(),
                italic="italic" in word["fontname"].lower() or "oblique" in word["fontname"].lower(),
            )
            for word in page.extract_words(x_tolerance_ratio=0.15, extra_attrs=["fontname", "size"])
        ]
        self.tables: list[tuple[float, str]] = []
        for table in page.filter(_may_be_border).find_tables():
            text = _table(table, words)
            if text:
                x0, top, x1, bottom = table.bbox
                self.tables.append((top, text))
                words = [w for w in words if not _within(w, (x0, top, x1, bottom))]
        self.lines = lines_of(words, index)


def _may_be_border(thing: dict[str, Any]) -> bool:
    """Whether a drawn thing may be a table's border: a background (filled, not drawn around) is none."""
    if thing["object_type"] != "rect":
        return True
    return bool(thing.get("stroke")) or min(thing["width"], thing["height"]) < _THICKEST_BORDER


def _within(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _table(table: Any, words: list[Word]) -> str:
    """A table as a pipe table; "" for what is none: frames, underlines, shaded paragraphs."""
    rows = []
    for row in table.rows:
        cells = []
        for box in row.cells:
            inside = [w for w in words if box and _within(w, box)]
            cells.append("\n".join(paragraphs(lines_of(inside))))
        rows.append(cells)
    columns = [column for column in zip(*rows, strict=False) if any(column)]
    return pipe_table(rows) if len(columns) > 1 and len(rows) > 1 else ""


def _blocks(pages: list[_Page], kept: list[list[Line]]) -> Iterator[str]:
    """Paragraphs and tables in their order; a paragraph may go on over the end of a page, but not over a table."""
    gathered: list[Line] = []
    for page, lines in zip(pages, kept, strict=True):
        for top, table in sorted(page.tables):
            gathered += [line for line in lines if line.top < top]
            lines = [line for line in lines if line.top >= top]
            yield from flow(gathered)
            gathered = []
            yield table
        gathered += lines
    yield from flow(gathered)
