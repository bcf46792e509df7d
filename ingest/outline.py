"""The outline of a document: its blocks (headings, items, paragraphs, rows) and their section paths."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.text import CleanText


@dataclass(frozen=True, slots=True)
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


def outline(clean: CleanText) -> Outline:
    """The outline of a cleaned text; never raises, whatever the text."""
    return Outline(())
