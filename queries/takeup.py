"""What of the findings about tasks and targets of a lower plan holds by their words.

The queries give what the graph can tell: whose task it was, which plan of theirs implements the document, which figure
is less. Whether two texts speak of one thing is told here, so that only what is sure is found: of a task that may be in
the plan in other words nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from graph.store import Store
from queries.ask import run
from queries.likeness import Likeness, subject

Row = dict[str, Any]

NOTHING_ALIKE = 0.08
"""A task to which no other is more like than this is not taken up (docs/checks/dropped_tasks.md: 128 of 132)."""
_LEAST_WORDS = 2
"""A task or subject of one word ("hộ") says too little to compare by."""


def dropped_tasks(store: Store, rows: Iterable[Row]) -> list[Row]:
    """Of the rows of dropped_tasks one for each task and agency, where none of its documents says anything alike."""

    @cache
    def tasks(document: str) -> list[Row]:
        return run(store, "tasks_of_document", {"document": document}).dicts()

    @cache
    def likest(upper: str, lower: str) -> Mapping[str, float]:
        """How like each upper task is to the lower one that is likest; of those that say enough to tell."""
        uppers, lowers = tasks(upper), tasks(lower)
        likeness = Likeness(uppers, lowers)
        return {
            row["id"]: max(likeness.score(number, place) for place in range(len(lowers)))
            for number, row in enumerate(uppers)
            if likeness.length(number) >= _LEAST_WORDS
        }

    return [
        found[0]
        for found in _grouped(rows, "source", "task", "agency_id")
        if all(likest(row["source"], row["other"]).get(row["task"], 1.0) < NOTHING_ALIKE for row in found)
    ]


def lowered_targets(rows: Iterable[Row]) -> list[Row]:
    """Of the rows of lowered_targets those of one subject, but for what names the plan's own place."""
    return [row for row in rows if _one_subject(row)]


def _one_subject(row: Mapping[str, Any]) -> bool:
    own, above = subject(row["subject"]) - subject(row["place"]), subject(row["upper_subject"])
    return len(above) >= _LEAST_WORDS and own == above - subject(row["place"])


def left_out_targets(rows: Iterable[Row]) -> list[Row]:
    """Of the rows of left_out_targets one for each target and agency, where no subject is alike."""
    return [
        found[0]
        for found in _grouped(rows, "source", "target", "agency_id")
        if _says_enough(found[0]["subject"])
        and not any(is_alike(row["subject"], other) for row in found for other in row["subjects"])
    ]


def is_alike(upper: str | None, lower: str | None) -> bool:
    """Whether the subject of a lower target has half of the words of an upper one's, which says enough to tell."""
    words = subject(upper)
    return _says_enough(upper) and 2 * len(words & subject(lower)) >= len(words)


def _says_enough(text: str | None) -> bool:
    return len(subject(text)) >= _LEAST_WORDS


def _grouped(rows: Iterable[Row], *names: str) -> Iterable[list[Row]]:
    def key(row: Row) -> list[str]:
        return [row[name] for name in names]

    return (list(found) for _, found in groupby(sorted(rows, key=key), key))


def by_words(store: Store, check: str, rows: list[Row]) -> list[Row]:
    """What of a check's rows holds by the words; other checks' rows as they are."""
    if check == "dropped_tasks":
        return dropped_tasks(store, rows)
    if check == "lowered_targets":
        return lowered_targets(rows)
    return left_out_targets(rows) if check == "left_out_targets" else rows
