"""Which task of a lower document takes up which task of the upper one, by what the two say (`likeness`).

Several lower tasks may take up one upper task, which often asks for several things; a lower task takes up one or
none. Where two upper tasks are nearly as like, nobody can tell which, and neither is said. It is worked out here, with
nothing that has to be fetched or trained. tests/cases/alignment.yaml holds pairs that a person told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from queries.likeness import Likeness, Row

# found on the half of the annotated pairs that is for it; docs/check.md tells how good they are on the other
ENOUGH, AHEAD = 0.2, 0.2
"""Less like two tasks are no pair; and by such a share the next upper task must be less like."""
SURE, FAR_AHEAD = 0.4, 0.35
"""The same for a pair that is shown as suggested: three of four are right, where the documents were new to it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tasks, by their places in their lists.

    Args:
        upper, lower: the places.
        score: 0 to 1.
        sure: whether it may be shown without a person's asking for what may be wrong.
        words: what the two have in common.
    """

    upper: int
    lower: int
    score: float
    sure: bool
    words: Sequence[str] = ()


def align(uppers: Sequence[Row], lowers: Sequence[Row]) -> list[Pair]:
    """The upper task that each lower one takes up, as far as that can be told, in the order of the lower ones.

    Args:
        uppers, lowers: see `Likeness`.
    """
    likeness = Likeness(uppers, lowers)
    found = []
    for lower in range(len(lowers)):
        scores = sorted(((likeness.score(upper, lower), -upper) for upper in range(len(uppers))), reverse=True)
        if not scores:
            break
        (score, place), (rival, _) = scores[0], scores[1] if len(scores) > 1 else (0.0, 0)
        if score >= ENOUGH and score - rival >= AHEAD * score:
            sure = score >= SURE and score - rival >= FAR_AHEAD * score
            found.append(Pair(-place, lower, round(score, 3), sure, likeness.words(-place, lower)))
    return found


def beside(uppers: Sequence[Row], lowers: Sequence[Row]) -> list[dict[str, Any]]:
    """Two lists of tasks side by side: each task of the first with its like, then those of the second that have none.

    Returns:
        rows with `one`, `other` (a task, or None), `score`, `sure` and `words` (see `Pair`; None where one stands
        alone). A task of the first list has a row for each of the second that is like it.
    """
    pairs = align(uppers, lowers)
    rows = []
    for number, upper in enumerate(uppers):
        like = [pair for pair in pairs if pair.upper == number]
        rows += [_row(upper, lowers[pair.lower], pair) for pair in like] or [_row(upper, None)]
    taken = {pair.lower for pair in pairs}
    return rows + [_row(None, lower) for number, lower in enumerate(lowers) if number not in taken]


def _row(one: Row | None, other: Row | None, pair: Pair | None = None) -> dict[str, Any]:
    told = {name: getattr(pair, name) if pair else None for name in ("score", "sure", "words")}
    return {"one": one, "other": other, **told}
