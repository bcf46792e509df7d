"""Word documents (.docx) to light Markdown: with the numbers that Word prints, without what was deleted.

Read straight from the XML: converters to HTML give lists without their numbers ("II.", "2.1.", "a)"), and the
numbers are what the documents cite each other's parts by.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from graph.errors import ReadError
from ingest.reading.markdown import Run, paragraph, pipe_table
from ingest.reading.word_numbering import LEVELS, Numbering, Styles, is_on, number, value

MOST_XML = 32 * 1024 * 1024
"""Bytes of one part when unpacked. The longest real documents have some 5 MB; a part of more is a zip bomb."""

_MEND = "open it in Word or LibreOffice and save it as .docx again"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# what stands around runs or blocks without being one; "ins" and "moveTo" are tracked insertions
_WRAPPERS = {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
_DRAWINGS = {"drawing", "pict", "object", "AlternateContent"}
_MOST_SPAN = 63  # columns that Word lets a table have
_MAIN_PART = re.compile(r"word/document\d{0,3}\.xml")  # "word/document.xml", "word/document2.xml" of SharePoint


def read_docx(data: bytes, name: str) -> str:
    """The text of a Word document as light Markdown.

    Args:
        data: the file.
        name: what to call it in an error.

    Raises:
        ReadError: it is broken, or no Word document, or unpacks to more than `MOST_XML`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            main = next((n for n in package.namelist() if _MAIN_PART.fullmatch(n)), None)
            if main is None:
                raise ReadError(f"{name}: a zip archive without a Word document in it", "unpack it, or check the file")
            parts = [_part(package, name, part) for part in (main, "word/styles.xml", "word/numbering.xml")]
    # zipfile, zlib and expat raise all of these at damaged archives
    except (
        *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, OSError),
        *(ValueError, NotImplementedError, RuntimeError, LookupError),
    ) as error:
        raise ReadError(f"{name}: a broken DOCX ({error})", _MEND) from error
    document, styles, numbering = parts
    body = document.find("body") if document is not None else None
    if body is None:
        raise ReadError(f"{name}: a broken DOCX (it has no body)", _MEND)
    known = Styles(styles)
    try:
        return "\n\n".join(_Body(known, Numbering(numbering, known)).blocks(body))
    except (RecursionError, ValueError) as error:
        raise ReadError(f"{name}: a broken DOCX ({error})", _MEND) from error


def _part(package: zipfile.ZipFile, name: str, part: str) -> Element | None:
    """A part of the package, its tags and attributes without their namespaces; None where it is missing.

    Transitional and strict documents differ in their namespaces only.
    """
    if part not in package.namelist():
        return None
    with package.open(part) as stream:
        xml = stream.read(MOST_XML + 1)
    if len(xml) > MOST_XML:
        raise ReadError(f"{name}: {part} unpacks to more than {MOST_XML >> 20} MiB", "check where the file comes from")
    root = ElementTree.fromstring(xml)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = {key.rpartition("}")[2]: text for key, text in element.attrib.items()}
    return root


class _Body:
    """Goes through a document's paragraphs and tables once, in their order, so that the lists count right."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._boxes: list[Element] = []  # text boxes anchored in the paragraph that is being read
        self._carried: list[Run] = []  # of a paragraph whose end was deleted: the next one goes on with them

    def blocks(self, container: Element) -> Iterator[str]:
        """Paragraphs and pipe tables as Markdown."""
        for element in _unwrapped(container):
            if element.tag == "p":
                yield from filter(None, self._paragraph(element))
            elif element.tag == "tbl":
                cells = [list(_cells(row)) for row in _rows(element)]
                if [len(row) for row in cells] == [1]:  # a frame around text
                    yield from self.blocks(cells[0][0])
                elif table := pipe_table([list(self._row(row)) for row in _rows(element)]):
                    yield table

    def _paragraph(self, element: Element, in_cell: bool = False) -> Iterator[str]:
        """A paragraph behind the text boxes that are anchored in it; its number alone, if it is empty but numbered."""
        properties = element.find("pPr")
        style = value(properties, "pStyle") or self._styles.default
        runs = [*self._carried, *self._runs(element, style)]
        self._carried = []
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self._lines(box) if in_cell else self.blocks(box)
        if properties is not None and properties.find("rPr/del") is not None:
            self._carried = runs
            return
        label = self._numbering.label(properties, style)
        is_bullet = not any(c.isalnum() for c in label)
        words = next((run for run in runs if run.text.strip()), Run(""))
        if is_bullet and not words.text:
            return
        text = paragraph([Run(label, words.bold and not is_bullet, words.italic and not is_bullet), *runs]).strip()
        level = number(properties, "outlineLvl")
        level = self._styles.outline_level(style) if level is None else level
        is_heading = level is not None and level < LEVELS and words.text and not in_cell
        yield f"{'#' * min((level or 0) + 1, 6)} {text}" if is_heading else text

    def _runs(self, element: Element, style: str | None) -> Iterator[Run]:
        for child in element:
            if child.tag == "r":
                properties = child.find("rPr")
                text = "".join(self._texts(child))
                if text and not is_on(properties, "vanish"):
                    bold, italic = (self._is_on(properties, style, toggle) for toggle in ("b", "i"))
                    yield Run(text, bold, italic)
            elif child.tag in _WRAPPERS:
                yield from self._runs(child, style)

    def _is_on(self, properties: Element | None, style: str | None, toggle: str) -> bool:
        own = is_on(properties, toggle)
        if own is not None:
            return own
        return self._styles.toggle(value(properties, "rStyle"), toggle) or self._styles.toggle(style, toggle)

    def _texts(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == "t":
                yield child.text or ""
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif child.tag == "sym":
                yield _symbol(child.get("char", ""))
            elif child.tag in _DRAWINGS:
                self._boxes += _text_boxes(child)

    def _row(self, row: Element) -> Iterator[str]:
        """The cells of a row; a merged cell's further places are empty."""
        yield from [""] * min(number(row, "trPr/gridBefore") or 0, _MOST_SPAN)
        for cell in _cells(row):
            merge = cell.find("tcPr/vMerge")
            continued = merge is not None and merge.get("val", "continue") == "continue"
            yield "" if continued else "\n".join(self._lines(cell))
            yield from [""] * (min(number(cell, "tcPr/gridSpan") or 1, _MOST_SPAN) - 1)

    def _lines(self, cell: Element) -> Iterator[str]:
        """A cell's paragraphs; of a table within it, a line for each row."""
        for element in _unwrapped(cell):
            if element.tag == "p":
                yield from self._paragraph(element, in_cell=True)
            elif element.tag == "tbl":
                for row in _rows(element):
                    cells = (" ".join(text.split("\n")) for text in self._row(row))
                    yield "\t".join(text for text in cells if text)


def _unwrapped(container: Element) -> Iterator[Element]:
    """What stands in a container, that in content controls and tracked insertions included."""
    for child in container:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _rows(table: Element) -> Iterator[Element]:
    return (r for r in _unwrapped(table) if r.tag == "tr" and r.find("trPr/del") is None)


def _cells(row: Element) -> Iterator[Element]:
    return (c for c in _unwrapped(row) if c.tag == "tc" and c.find("tcPr/cellDel") is None)


def _text_boxes(drawing: Element) -> list[Element]:
    """The text boxes of a drawing; where it is there twice, for newer and for older Words, the newer one's."""
    choice = drawing.find("Choice") if drawing.tag == "AlternateContent" else None
    boxes = list((drawing if choice is None else choice).iter("txbxContent"))
    return boxes or list(drawing.iter("txbxContent"))


def _symbol(code: str) -> str:
    """A sign out of a symbol font, F0B7; clean knows the bullets among them."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
