"""Which of several equal places in a text an anchor means: an annex repeats tasks, a label stands before others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from ingest.record import Target, Task
from ingest.text import CleanText

_Anchored = TypeVar("_Anchored", Task, Target)
_KEY = 12
"""Characters of an anchor by which places that read alike are found."""

_LEAST = 25
"""Characters by which a place is told from others, mostly."""


def anchor_of(text: str, start: int, end: int, most: int) -> str:
    """The first words of a passage, in whole words; where it is no more than a figure, with what follows it."""
    passage = " ".join(text[start:end].split())
    if len(passage) < _LEAST:
        passage, most = " ".join(text[start : start + 3 * _LEAST].split()), 2 * _LEAST
    return passage if len(passage) <= most else passage[:most].rpartition(" ")[0]


def with_occurrences(tasks: Sequence[_Anchored], clean: CleanText) -> list[_Anchored]:
    """The tasks or targets, sorted, those whose anchor stands earlier in the text too told which is meant (2, 3 …).

    It is the first one from where they start: that of a figure in a row begins behind the row's name.
    """
    words = clean.text.split()
    folded = " ".join(words)
    places = _places(folded, words, {task.anchor[:_KEY] for task in tasks})
    alike: dict[str, list[int]] = {}  # the numbers of the words that an anchor begins with, in the order of the text
    found = list(tasks)
    repeated = [i for i, task in enumerate(tasks) if len(places.get(task.anchor[:_KEY], ())) > 1]
    for i, upto in zip(repeated, _words_upto(clean.text, [tasks[i].start for i in repeated]), strict=True):
        anchor = tasks[i].anchor
        if anchor not in alike:
            alike[anchor] = [nth for nth, at in places[anchor[:_KEY]] if folded.startswith(anchor, at)]
        if (number := min(bisect_left(alike[anchor], upto - 1) + 1, len(alike[anchor]))) > 1:
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
