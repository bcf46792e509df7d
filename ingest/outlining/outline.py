"""The outline of a document: its blocks (headings, items, paragraphs, rows) and their section paths."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from ingest.numbering import Marker
from ingest.outlining.line_layout import ends_sentence
from ingest.outlining.paragraphs import Paragraph, paragraphs
from ingest.outlining.parts import parts
from ingest.outlining.sections import Sections
from ingest.section_kinds import read_label
from ingest.text import CleanText
from ingest.values import value

_HEADING_LENGTH = 300
"""Characters: a longer block is no heading, whatever stands under it."""

_LOOK_AHEAD = 40
"""Blocks behind an item in which those that stand under it begin."""

_TITLE_LENGTH = 150
"""Characters: a longer item that ends like a sentence is no title."""


@value(frozen=True, slots=True)
class Block:
    """One paragraph-like unit of the cleaned text.

    `start:end` is the block with its marker, `body` is where its own words begin (behind "2.1. ", "- ", "a) ").
    `kind` is "heading", "item", "paragraph" or "row" (of a table); `marker` is what was printed ("III", "2.1",
    "a", "-", "+", "Điều 2", ""); `section` the path of the annotation rules: "III.2.1", bullets counted from
    1 within their item "IV.1-2", nested bullets "II.7-1-1", articles "Điều 2". `parent` is the index of the
    block that it stands under, None at the top. `part` says where in the document it stands: "head" (letterhead
    to title), "preamble" (căn cứ, thực hiện … down to the first section), "body", "tail" (recipients, signature).
    """

    start: int
    end: int
    body: int
    kind: str
    marker: str
    section: str
    parent: int | None
    part: str


@dataclass(frozen=True, slots=True)
class Outline:
    blocks: tuple[Block, ...]


class _Emphasis:
    """Answers whether a passage is bold, or a heading, from its first to its last character."""

    def __init__(self, clean: CleanText) -> None:
        runs = sorted((e.start, e.end) for e in clean.emphasis if e.kind in ("bold", "heading"))
        self.starts = [start for start, _ in runs]
        self.ends = [end for _, end in runs]

    def covers(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and self.ends[at] >= end - 1


class _Builder:
    """Makes blocks of paragraphs, one after the other."""

    def __init__(self, clean: CleanText) -> None:
        self.text = clean.text
        self.emphasis = _Emphasis(clean)
        self.sections = Sections()
        self.blocks: list[Block] = []
        self.parents: set[int] = set()
        self.numbered: dict[int | None, list[int]] = {}  # the numbered points under each block
        self.last_part = "head"

    def add(self, paragraph: Paragraph, part: str) -> None:
        if part == "body" and self.last_part != "body":
            self.sections.clear(divisions=True)
        self.last_part = part
        if part != "body":
            self._append(paragraph, "row" if paragraph.row is not None else "paragraph", "", None, part)
        elif paragraph.row is not None:
            self._append(paragraph, "row", self._point(), self.sections.parent(), part)
        elif paragraph.marker is not None:
            self._add_marked(paragraph, paragraph.marker, part)
        else:
            self._add_unmarked(paragraph, part)

    def _append(self, paragraph: Paragraph, kind: str, section: str, parent: int | None, part: str) -> None:
        marker = paragraph.marker
        label = "" if marker is None else marker.label or self.text[paragraph.start]
        self.blocks.append(Block(paragraph.start, paragraph.end, paragraph.body, kind, label, section, parent, part))
        if parent is not None:
            self.parents.add(parent)

    def _add_marked(self, paragraph: Paragraph, marker: Marker, part: str) -> None:
        sections = self.sections
        sections.close(marker)
        path = self._point() if marker.is_bullet else sections.path(marker)
        self._note_colon(paragraph)
        self._append(paragraph, "item", path, sections.parent(), part)
        sections.open(len(self.blocks) - 1, marker.style, path)
        sections.top.last_opens = self._opens(paragraph)

    def _add_unmarked(self, paragraph: Paragraph, part: str) -> None:
        sections = self.sections
        passage = self.text[paragraph.start : paragraph.end]
        title = self._is_title(paragraph, passage)
        if title and passage.isupper():
            sections.clear(divisions=False)
        sections.close_points(title)
        if title:
            self._append(paragraph, "heading", self._point(), sections.parent(), part)
            sections.open(len(self.blocks) - 1, "title", self.blocks[-1].section)
            return
        # "Thời gian thực hiện: …" speaks of the points before it, and is none
        label = read_label(self.text, paragraph.start, paragraph.end)
        if passage.endswith(":") or (label and label.part != "nội dung"):
            self._append(paragraph, "paragraph", sections.top.path, sections.parent(), part)
        else:
            self._add_counted(paragraph, part)
        if not sections.top.last_opens:  # what a point opens with its colon holds all paragraphs up to the next point
            self._note_colon(paragraph)

    def _add_counted(self, paragraph: Paragraph, part: str) -> None:
        """A single paragraph of an item bears the item's own path; with a second point both are counted."""
        item = self.sections.top
        path = self._point()
        if item.points == 1 and item.path and not self._is_sentence(item.index):
            item.single, path = len(self.blocks), item.path
        self._append(paragraph, "paragraph", path, self.sections.parent(), part)

    def _is_sentence(self, index: int) -> bool:
        """Whether an item says something itself, and is no title of what stands under it."""
        block = self.blocks[index]
        return block.end - block.start > _TITLE_LENGTH and ends_sentence(self.text[block.start : block.end])

    def _point(self) -> str:
        """The path of one more unnumbered point."""
        item = self.sections.top
        path = self.sections.point()
        if item.points == 2 and item.single is not None:
            self.blocks[item.single] = replace(self.blocks[item.single], section=f"{item.path}-1")
        return path

    def _note_colon(self, paragraph: Paragraph) -> None:
        self.sections.top.last_opens = self._opens(paragraph)

    def _opens(self, paragraph: Paragraph) -> bool:
        return self.text[paragraph.start : paragraph.end].rstrip().endswith(":")

    def _is_title(self, paragraph: Paragraph, passage: str) -> bool:
        if len(passage) > _HEADING_LENGTH or passage.endswith((".", ";", ",")):
            return False
        return (passage.isupper() and len(passage) > 3) or self.emphasis.covers(paragraph.start, paragraph.end)

    def _is_heading(self, index: int, block: Block) -> bool:
        passage = self.text[block.start : block.end]
        if len(passage) > _HEADING_LENGTH or index not in self.parents:
            return False
        return passage.endswith(":") or not ends_sentence(passage) or self._titles_paragraphs(index, block)

    def _titles_paragraphs(self, index: int, block: Block) -> bool:
        """Whether a short item with a full stop is the title of several plain paragraphs, each longer than itself."""
        beside = [i for i in self.numbered.get(block.parent, ()) if i != index]
        if beside and not any(i in self.parents for i in beside):
            return False  # the last point of a letter, over what closes it
        own = block.end - block.start
        under = [b for b in self.blocks[index + 1 : index + 1 + _LOOK_AHEAD] if b.parent == index]
        plain = all(not b.marker and b.end - b.start > own for b in under)
        return own <= _TITLE_LENGTH and len(under) > 1 and plain

    def finish(self) -> tuple[Block, ...]:
        for index, block in enumerate(self.blocks):
            if block.marker[:1].isalnum():
                self.numbered.setdefault(block.parent, []).append(index)
        return tuple(
            replace(block, kind="heading") if block.kind == "item" and self._is_heading(index, block) else block
            for index, block in enumerate(self.blocks)
        )


def _with_figures(passages: list[Paragraph]) -> list[Paragraph]:
    """The "I." of a scan read as the figure that it is: "2." follows it, and no "II." does."""
    marked = [(i, p.marker) for i, p in enumerate(passages) if p.marker and p.marker.style in ("I", "1")]
    if [marker.value for _, marker in marked if marker.style == "I"] != [1]:
        return passages
    at = next(n for n, (_, marker) in enumerate(marked) if marker.style == "I")
    if at + 1 < len(marked) and marked[at + 1][1].value == 2:
        index, marker = marked[at]
        passages[index] = replace(passages[index], marker=replace(marker, style="1", label="1"))
    return passages


def outline(clean: CleanText) -> Outline:
    """The outline of a cleaned text; never raises, whatever the text."""
    passages = _with_figures(list(paragraphs(clean)))
    builder = _Builder(clean)
    for paragraph, part in zip(passages, parts(clean.text, passages), strict=True):
        builder.add(paragraph, part)
    return Outline(builder.finish())
