"""Which of several passages that begin alike an anchor means: tasks of an annex repeat those of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.outlining.outline import Outline
from ingest.record import Task
from ingest.text import CleanText

_KEY = 12
"""Characters of an anchor by which passages that begin alike are found."""


def with_occurrences(tasks: Sequence[Task], clean: CleanText, outline: Outline) -> list[Task]:
    """The tasks, those whose anchor an earlier passage begins with told which occurrence is meant (2, 3 …)."""
    by_key: dict[str, set[str]] = {}
    for task in tasks:
        by_key.setdefault(task.anchor[:_KEY], set()).add(task.anchor)
    seen: dict[str, int] = {}
    counted: dict[tuple[int, str], int] = {}
    for start in sorted(_starts(tasks, clean, outline)):
        for anchor in by_key.get(_begins(clean.text, start, _KEY), ()):
            if _begins(clean.text, start, len(anchor)) == anchor:
                seen[anchor] = counted[start, anchor] = seen.get(anchor, 0) + 1
    return [
        replace(task, anchor_occurrence=number) if (number := counted.get((task.start, task.anchor), 1)) > 1 else task
        for task in tasks
    ]


def _starts(tasks: Iterable[Task], clean: CleanText, outline: Outline) -> set[int]:
    """Where passages begin: blocks, cells of tables, tasks; an empty cell begins none."""
    cells = (cell.start for table in clean.tables for row in table.rows for cell in row if cell.start < cell.end)
    starts = {*(block.body for block in outline.blocks), *cells, *(task.start for task in tasks)}
    return {start for start in starts if not clean.text[start : start + 1].isspace()}


def _begins(text: str, start: int, length: int) -> str:
    """The first characters of a passage, spaces folded as in anchors."""
    return " ".join(text[start : start + 2 * length + 10].split())[:length]
