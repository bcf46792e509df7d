"""From a source's text (light Markdown) to cleaned text: NFC, no mark-up, and the map back.

Steps of edits, each with its way back: characters, mark-up (of lines, of tables, within passages), margins, page
numbers, spaces, composition, misread headings. Line breaks stay where the source has them; which lines make a
paragraph is the outline's question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.cleaning.bounds import within_bounds
from ingest.cleaning.characters import composition, plain_characters
from ingest.cleaning.edits import Edit, Traced, edit
from ingest.cleaning.line_tables import LineTables
from ingest.cleaning.loose_tables import LooseTable, LooseTables
from ingest.cleaning.margins import margins
from ingest.cleaning.markup import inline_markup
from ingest.cleaning.misread_headings import misread_headings
from ingest.cleaning.page_numbers import page_numbers
from ingest.cleaning.pipes import Line, is_separator, row_cells, row_edits, table_at
from ingest.text import Cell, CleanText, Emphasis, Table

# "*   Sở Tài chính" of Markdown; "•Sở Tài chính", whose space was a tab or a font's own width
_BULLET = re.compile(r" *(?:\*(?= )|[•●○◦▪■□‣⁃➢➤►✓]) *(?=\S)")
_HEADING = re.compile(r" *#[# ]* (?=[^ #])")  # "## KẾ HOẠCH"
_HEADING_END = re.compile(r" #+ *$")  # "## KẾ HOẠCH ##"
_QUOTE = re.compile(r" {0,3}> ?(?=[^\d\s=>])")  # "> Điều 1", but not "> 50%"
_KEY = re.compile(r"[\w-]{1,40} ?:")  # title: "…"
_MOST_FRONT_MATTER = 100  # lines; more is no front matter but a text between two rules
# spaces to be looked at: two or more anywhere, one before a line break (two patterns of plain characters are found
# faster than one with a choice)
_SPACES = re.compile("  +")
_LAST_SPACE = re.compile(" \n")


@dataclass(slots=True)
class _Markup:
    """Edits that take the mark-up out of `text`, and what it said; all offsets are of the text before the edits."""

    text: str
    edits: list[Edit] = field(default_factory=list)
    emphasis: list[Emphasis] = field(default_factory=list)
    tables: list[list[list[tuple[int, int]]]] = field(default_factory=list)

    def passage(self, start: int, end: int, in_cell: bool = False) -> None:
        """A paragraph, or a part of one that emphasis does not cross."""
        edits, emphasis = inline_markup(self.text, start, end, in_cell)
        self.edits += edits
        self.emphasis += emphasis

    def cut(self, start: int, end: int, new: str = "") -> None:
        if start < end:
            self.edits.append((start, end, new))

    def table(self, lines: Sequence[Line]) -> None:
        """Rows with their cells; a separator and an empty row leave nothing behind."""
        rows = []
        for line in lines:
            cells = row_cells(self.text, line)
            if is_separator(self.text, line) or all(a == b for a, b in cells):
                self.cut(line[0], min(line[1] + 1, len(self.text)))
                continue
            rows.append(cells)
            self.edits += [e for e in row_edits(line, cells) if e[0] < e[1]]
            for cell in cells:
                self.passage(*cell, in_cell=True)
        if rows:
            self.tables.append(rows)

    def loose_table(self, table: LooseTable) -> None:
        """Rows whose borders stand on lines of their own."""
        at = table.start
        for row in table.rows:
            for index, cell in enumerate(row):
                self.cut(at, cell[0], "" if at == table.start else "\t" if index else "\n")
                if cell[0] < cell[1]:
                    self.passage(*cell, in_cell=True)
                at = cell[1]
        self.tables.append([list(row) for row in table.rows])


def clean(source: str) -> CleanText:
    """Clean a source's text; never raises, whatever the text.

    Args:
        source: light Markdown as `read` gives it, or any other text.

    Returns:
        The cleaned text with its tables and emphasis, and the map back to offsets of `source`.
    """
    traced, _ = edit(Traced(source), plain_characters(source))
    traced, _ = edit(traced, composition(traced.text))
    markup = _find_markup(traced.text)
    steps = []
    traced, forward = edit(traced, sorted(markup.edits))
    steps.append(forward)
    page_ends: list[int] = []
    for step in (margins, page_numbers, _spaces, misread_headings):
        edits = step(traced.text)
        traced, forward = edit(traced, edits)
        steps.append(forward)
        inside = [start for start, _, new in edits if new] if step is page_numbers else page_ends
        page_ends = [forward(at) for at in inside]

    def moved(offset: int) -> int:
        for step in steps:
            offset = step(offset)
        return offset

    emphasis = (Emphasis(moved(e.start), moved(e.end), e.kind) for e in markup.emphasis)

    def cell(start: int, end: int) -> Cell:
        start, end = moved(start), moved(end)
        content = traced.text[start:end]
        start += len(content) - len(content.lstrip())
        return Cell(start, max(start, start + len(content.strip())))

    tables = (tuple(tuple(cell(*c) for c in row) for row in table) for table in markup.tables)
    return within_bounds(
        CleanText(
            traced.text,
            traced.starts,
            traced.origins,
            tuple(Table(rows) for rows in tables),
            tuple(e for e in emphasis if e.start < e.end),
            tuple(page_ends),
        )
    )


def _find_markup(text: str) -> _Markup:
    """Go through the lines; paragraphs are looked at whole, since emphasis may cross a line's end."""
    markup = _Markup(text)
    lines = _lines(text)
    at = _front_matter(text, lines)
    if at:
        markup.cut(0, min(lines[at - 1][1] + 1, len(text)))
    paragraph: Line | None = None

    def close() -> None:
        nonlocal paragraph
        if paragraph:
            markup.passage(*paragraph)
        paragraph = None

    loose, by_lines = LooseTables(text, lines), LineTables(text, lines)
    while at < len(lines):
        start, end = lines[at]
        content = text[start:end]
        if table := loose.at(at) or by_lines.at(at):
            close()
            markup.loose_table(table)
            markup.cut(table.end, lines[table.line - 1][1])
            at = table.line
            continue
        if "|" in content and (pipes := table_at(text, lines, at)):
            close()
            markup.table(pipes.rows)
            at = pipes.line
            continue
        at += 1
        plain = content.lstrip(" ")[:1].isalnum()  # a line that begins with a word is nothing else
        if not plain and _is_ornament(content):
            close()
            markup.cut(start, end)
            continue
        begin, apart = (start, "") if plain else _line_start(markup, content, start, end)
        if apart:
            close()
        paragraph = (paragraph[0] if paragraph else begin, end)
        if apart == "heading":
            close()
    close()
    return markup


def _lines(text: str) -> list[Line]:
    lines = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _is_ornament(line: str) -> bool:
    """Whether a line has no words: blank, a rule ("-----", "* * *"), a code fence, a table's border alone."""
    bare = line.replace(" ", "")
    return not bare.strip("|") or (len(bare) > 2 and not bare.strip("-_*=~–—─")) or bare.startswith("```")


def _front_matter(text: str, lines: Sequence[Line]) -> int:
    """How many lines of YAML front matter stand at the top ("---", "title: …", "---")."""
    first = next((i for i, line in enumerate(lines[:10]) if text[slice(*line)].strip()), None)
    if first is None or text[slice(*lines[first])].rstrip() != "---":
        return 0
    for i in range(first + 1, min(first + _MOST_FRONT_MATTER, len(lines))):
        line = text[slice(*lines[i])].rstrip()
        if line in ("---", "..."):
            return i + 1 if i > first + 1 else 0
        if not (_KEY.match(line) or line[:1] in (" ", "-", "#", "")):
            return 0
    return 0


def _line_start(markup: _Markup, line: str, start: int, end: int) -> tuple[int, str]:
    """Take the mark-up off a line's beginning: where its words begin, and whether it starts a passage of its own."""
    if quote := _QUOTE.match(line):
        markup.cut(start, start + quote.end())
        line, start = line[quote.end() :], start + quote.end()
    if heading := _HEADING.match(line):
        begin = start + heading.end()
        markup.cut(start, begin)
        if closing := _HEADING_END.search(line, max(heading.end(), len(line) - 20)):
            markup.cut(start + closing.start(), end)
        markup.emphasis.append(Emphasis(begin, end, "heading"))
        return begin, "heading"
    if bullet := _BULLET.match(line):
        sign = line[: bullet.end()].strip()
        markup.cut(start + line.index(sign), start + bullet.end(), f"{'-' if sign == '*' else sign} ")
        return start + bullet.end(), "bullet"
    return start, "bullet" if line.lstrip(" ")[:2] in ("- ", "+ ") else ""


def _spaces(text: str) -> list[Edit]:
    """Drop spaces at the ends of lines, fold a doubled space; indents and the wide gaps of columns stay."""
    found = [match.span() for match in _SPACES.finditer(text)]
    found += [(m.start(), m.start() + 1) for m in _LAST_SPACE.finditer(text) if text[m.start() - 1 : m.start()] != " "]
    if text.endswith(" ") and not text.endswith("  "):
        found.append((len(text) - 1, len(text)))
    edits = []
    for start, end in sorted(found):
        if end == len(text) or text[end] == "\n":
            edits.append((start, end, ""))
        elif end - start == 2 and start > 0 and text[start - 1] != "\n":
            edits.append((start, end, " "))
    return edits
