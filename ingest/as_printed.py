"""Passages of a record letter by letter as they are printed, where a text was read with other marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ingest.record import CitedDocument, Record, Target, Task
from ingest.spacing import folded

_Item = TypeVar("_Item", Task, Target)

_SPACES = 200
"""Characters of indents and broken lines that a passage may hold besides its own."""


def as_printed(record: Record, read: str, printed: str) -> Record:
    """The record with its anchors and passages as they stand in the printed text; names keep the marks they were given.

    Args:
        record: what was read.
        read: the text that it was read in.
        printed: the same text as it is printed; offsets are the same in both.
    """

    def passage(words: str, start: int) -> str:
        reach = slice(start, start + 2 * len(words) + _SPACES)
        if not folded(read[reach]).startswith(words):  # a row's cells are put together otherwise
            return words
        end = start
        for word in words.split():
            end = read.index(word, end) + len(word)
        return folded(printed[start:end])

    def item(found: _Item) -> _Item:
        return replace(found, text=passage(found.text, found.start), anchor=passage(found.anchor, found.start))

    def document(cited: CitedDocument) -> CitedDocument:
        return replace(cited, anchor=passage(cited.anchor, cited.start))

    return replace(
        record,
        documents=tuple(map(document, record.documents)),
        tasks=tuple(map(item, record.tasks)),
        targets=tuple(map(item, record.targets)),
    )
