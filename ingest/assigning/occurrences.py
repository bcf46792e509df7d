"""Which of several equal places in a text an anchor means: an annex repeats tasks, a label stands before others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.record import Task
from ingest.text import CleanText

_WORD = re.compile(r"\S+")
_KEY = 12
"""Characters of an anchor by which places that read alike are found."""


def with_occurrences(tasks: Sequence[Task], clean: CleanText) -> list[Task]:
    """The tasks, those whose anchor stands earlier in the text too told which occurrence is meant (2, 3 …)."""
    words = list(_WORD.finditer(clean.text))
    folded = " ".join(word[0] for word in words)
    starts = [word.start() for word in words]
    places = _places(folded, words, {task.anchor[:_KEY] for task in tasks})
    found: list[Task] = []
    for task in tasks:
        upto = bisect_right(starts, task.start)
        alike = (nth for nth, at in places.get(task.anchor[:_KEY], ()) if folded.startswith(task.anchor, at))
        number = sum(nth < upto for nth in alike)
        found.append(replace(task, anchor_occurrence=number) if number > 1 else task)
    return found


def _places(folded: str, words: Iterable[re.Match[str]], keys: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each key stands: the number of the word that it begins with, and the offset in the folded text."""
    places: dict[str, list[tuple[int, int]]] = {}
    at = 0
    for nth, word in enumerate(words):
        if (key := folded[at : at + _KEY]) in keys:
            places.setdefault(key, []).append((nth, at))
        at += len(word[0]) + 1
    return places
