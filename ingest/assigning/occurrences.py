"""Which of several equal places in a text an anchor means: an annex repeats tasks, a label stands before others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from ingest.record import Task
from ingest.text import CleanText

_KEY = 12
"""Characters of an anchor by which places that read alike are found."""


def with_occurrences(tasks: Sequence[Task], clean: CleanText) -> list[Task]:
    """The tasks, sorted, those whose anchor stands earlier in the text too told which occurrence is meant (2, 3 …)."""
    words = clean.text.split()
    folded = " ".join(words)
    places = _places(folded, words, {task.anchor[:_KEY] for task in tasks})
    found = list(tasks)
    repeated = [i for i, task in enumerate(tasks) if len(places.get(task.anchor[:_KEY], ())) > 1]
    for i, upto in zip(repeated, _words_upto(clean.text, [tasks[i].start for i in repeated]), strict=True):
        alike = (nth for nth, at in places[tasks[i].anchor[:_KEY]] if folded.startswith(tasks[i].anchor, at))
        if (number := sum(nth < upto for nth in alike)) > 1:
            found[i] = replace(tasks[i], anchor_occurrence=number)
    return found


def _words_upto(text: str, offsets: Iterable[int]) -> Iterator[int]:
    """How many words begin at or before each of ascending offsets."""
    at = number = 0
    for offset in offsets:
        begin = max(text.rfind(" ", at, offset) + 1, at)
        number += len(text[at:begin].split())
        at = begin
        yield number + len(text[at : offset + 1].split())


def _places(folded: str, words: Sequence[str], keys: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each key stands: the number of the word that it begins with, and the offset in the folded text."""
    places: dict[str, list[tuple[int, int]]] = {}
    first_words = {key.split(" ", 1)[0] for key in keys}
    starts = list(accumulate([len(word) + 1 for word in words], initial=0))
    for nth in [nth for nth, word in enumerate(words) if word[:_KEY] in first_words]:
        at = starts[nth]
        if (key := folded[at : at + _KEY]) in keys:
            places.setdefault(key, []).append((nth, at))
    return places
