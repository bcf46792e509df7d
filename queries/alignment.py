"""Which task of one document is the same thing as which task of another, by what the two say.

A score from 0 to 1 of the words that two tasks share, where a word counts the more the fewer tasks have it, and of who
leads them. It is worked out here, with nothing that has to be fetched or trained. tests/cases/alignment.yaml holds
pairs that a person told.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.spelling import fold

Row = Mapping[str, Any]

ENOUGH = 0.2
"""Two tasks with a lower score are not one thing; chosen on the annotated pairs."""

_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*%?")  # words, and figures as they stand: "40%", "2.500"
_LEADER = 0.1
"""What it adds that the same kind of body leads both."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tasks (places in their lists) that are one thing, and how sure that is."""

    one: int
    other: int
    score: float


def align(ones: Sequence[Row], others: Sequence[Row]) -> list[Pair]:
    """The pairs of tasks that fit best, each task in one pair at most, in the order of the first list.

    Args:
        ones, others: tasks with `text` and `leads` (names of agencies).
    """
    texts = [_terms(row["text"]) for row in (*ones, *others)]
    rarity = _rarity(texts)
    left, right = texts[: len(ones)], texts[len(ones) :]
    found = [
        Pair(i, j, round(score, 3))
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (score := _score(ones[i], others[j], one, other, rarity)) >= ENOUGH
    ]
    taken: list[Pair] = []
    for pair in sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other)):
        if all(pair.one != known.one and pair.other != known.other for known in taken):
            taken.append(pair)
    return sorted(taken, key=lambda pair: pair.one)


def _terms(text: str | None) -> Counter[str]:
    """The words of a text and the pairs of neighbours among them: most Vietnamese words are two syllables."""
    words = _WORD.findall(fold(text or ""))
    return Counter([*words, *(" ".join(pair) for pair in pairwise(words))])


def _rarity(texts: Sequence[Counter[str]]) -> Mapping[str, float]:
    seen = Counter(term for text in texts for term in text)
    return {term: math.log((1 + len(texts)) / (1 + count)) + 0.1 for term, count in seen.items()}


def _score(one: Row, other: Row, left: Counter[str], right: Counter[str], rarity: Mapping[str, float]) -> float:
    shared = sum(left[term] * right[term] * rarity[term] ** 2 for term in left.keys() & right.keys())
    size = math.sqrt(_size(left, rarity) * _size(right, rarity))
    leader = _LEADER if _bodies(one) & _bodies(other) else 0.0
    return min(1.0, (shared / size if size else 0.0) + leader) if shared else 0.0


def _size(terms: Counter[str], rarity: Mapping[str, float]) -> float:
    return sum((count * rarity[term]) ** 2 for term, count in terms.items())


def _bodies(row: Row) -> set[str]:
    """The kinds of bodies that lead a task: "Phòng Tư pháp huyện Yên Dũng" → "phòng tư pháp"."""
    return {
        re.split(r" (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn) ", fold(name))[0] for name in row["leads"]
    }


def beside(ones: Sequence[Row], others: Sequence[Row]) -> list[dict[str, Any]]:
    """Two lists of tasks side by side: each task of the first with its like, then those of the second that have none.

    Returns:
        rows with `one`, `other` (a task, or None) and `score` (None where one stands alone).
    """
    pairs = {pair.one: pair for pair in align(ones, others)}
    rows = [
        {
            "one": one,
            "other": others[pairs[number].other] if number in pairs else None,
            "score": pairs[number].score if number in pairs else None,
        }
        for number, one in enumerate(ones)
    ]
    taken = {pair.other for pair in pairs.values()}
    alone = [other for number, other in enumerate(others) if number not in taken]
    return rows + [{"one": None, "other": other, "score": None} for other in alone]
