"""HTML pages to light Markdown: the words of the page's main part with its tables, lists and emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph.errors import ReadError
from ingest.reading.markdown import Run, paragraph, pipe_table
from ingest.reading.word_numbering import figure

_SKIPPED = {
    *("script", "style", "head", "title", "noscript", "template", "svg", "iframe", "button", "select", "textarea"),
    *("nav", "del", "s", "strike", "object", "audio", "video", "-comment"),
}
_BOLD = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_ITALIC = {"i", "em"}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "ul"),
    *("caption", "fieldset", "figcaption", "details", "summary"),
}
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLE_BOLD = re.compile(r"font-weight:\s{0,5}(?:bold|[6-9]00)")  # style="font-weight: bold"
_STYLE_ITALIC = re.compile(r"font-style:\s{0,5}italic")  # style="font-style:italic"
_STYLE_HIDDEN = re.compile(r"display:\s{0,5}none|visibility:\s{0,5}hidden")  # style="display:none"
_SPACES = re.compile(r"[ \t\r\n\f]+")
# elements that stay open until they are closed: "<div class=x>", "</ul>"; not <p>, <li>, <td> and the like
_NESTING_TAG = re.compile(r"<(/?)(?!(?:p|li|d[dt]|t[dhr]|tbody|thead|br|hr|img|input|meta|link|col|o:p)\b)[a-z]", re.I)
_DEEPEST = 5000  # elements; the parser's time grows with the square of the depth
_MOST_SPAN = 64  # columns; browsers take up to 1000, no printed table does


def read_html(page: str, name: str) -> str:
    """The text of an HTML page, or of a piece of one, as light Markdown.

    Args:
        page: the page.
        name: what to call it in an error.

    Raises:
        ReadError: its elements are nested too deeply.
    """
    refusal = ReadError(f"{name}: HTML nested too deeply", "save the page as text and read that")
    if _depth(page) > _DEEPEST:
        raise refusal
    root = LexborHTMLParser(page).body
    if root is None:
        return ""
    try:
        return "\n\n".join(_Blocks().read(_main_part(root)))
    except RecursionError as error:
        raise refusal from error


def _depth(page: str) -> int:
    """About how deeply the elements of a page are nested."""
    depth = deepest = 0
    for tag in _NESTING_TAG.finditer(page):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _main_part(body: LexborNode) -> LexborNode:
    """What the page marks as its main part, where that holds most of its words."""
    length = len(body.text())
    for name in ("article", "main"):
        part = body.css_first(name)
        if part is not None and 2 * len(part.text()) > length:
            return part
    return body


class _Blocks:
    """Gathers the runs of a paragraph until the next element that begins a block."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._runs: list[Run] = []
        self._items: dict[int, int] = {}  # ordered list → the number of its next item

    def read(self, node: LexborNode) -> list[str]:
        self._walk(node, bold=node.tag in _BOLD, italic=False)
        self._close()
        return self._blocks

    def _close(self) -> None:
        lines = (line.strip() for line in paragraph(self._runs).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            self._blocks.append(text)
        self._runs = []

    def _walk(self, node: LexborNode, bold: bool, italic: bool) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            style = (child.attributes.get("style") or "").lower()
            if tag == "-text":
                self._runs.append(Run(_SPACES.sub(" ", child.text_content or ""), bold, italic))
            elif tag == "br":
                self._runs.append(Run("\n", bold, italic))
            elif tag in _SKIPPED or _STYLE_HIDDEN.search(style):
                continue
            elif tag == "table":
                self._table(child)
            else:
                is_bold = bold or tag in _BOLD or bool(_STYLE_BOLD.search(style))
                is_italic = italic or tag in _ITALIC or bool(_STYLE_ITALIC.search(style))
                self._element(child, tag, is_bold, is_italic)

    def _element(self, node: LexborNode, tag: str, bold: bool, italic: bool) -> None:
        if tag not in _BLOCKS:
            self._walk(node, bold, italic)
            return
        self._close()
        if tag == "li":
            self._runs.append(Run(self._list_label(node.parent)))
        self._walk(node, bold, italic)
        self._close()
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6") and self._blocks:
            self._blocks[-1] = f"{'#' * int(tag[1])} {self._blocks[-1]}"

    def _list_label(self, parent: LexborNode | None) -> str:
        """ "2. " in an ordered list, "- " in another."""
        if parent is None or parent.tag != "ol":
            return "- "
        given = parent.attributes.get("start") or ""
        count = self._items.get(parent.mem_id, int(given) if given.isdecimal() else 1)
        self._items[parent.mem_id] = count + 1
        return f"{figure(count, _LIST_STYLES.get(parent.attributes.get('type') or '', 'decimal'))}. "

    def _table(self, node: LexborNode) -> None:
        self._close()
        rows = _grid(node)
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around text
            self._blocks.append(rows[0][0])
        elif table := pipe_table(rows):
            self._blocks.append(table)


def _own_rows(table: LexborNode) -> Iterator[LexborNode]:
    """A table's own rows, not those of tables within it."""
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.iter() if row.tag == "tr")


def _span(cell: LexborNode, direction: str) -> int:
    given = cell.attributes.get(direction) or ""
    return min(int(given), _MOST_SPAN) if given.isdecimal() and int(given[:4]) > 0 else 1


def _grid(table: LexborNode) -> list[list[str]]:
    """Rows of cells as Markdown; a merged cell's further places are empty."""
    rows: list[list[str]] = []
    below: dict[int, int] = {}  # column → how many rows more a cell from above covers
    for row in _own_rows(table):
        cells: list[str] = []
        for cell in (c for c in row.iter() if c.tag in ("td", "th")):
            while below.get(len(cells), 0) > 0:
                below[len(cells)] -= 1
                cells.append("")
            covered = _span(cell, "rowspan") - 1
            for i in range(_span(cell, "colspan")):
                below[len(cells)] = covered
                cells.append("" if i else "\n".join(_Blocks().read(cell)))
        for column in [c for c in below if c >= len(cells)]:
            below[column] = max(0, below[column] - 1)
        rows.append(cells)
    return rows
