"""How like two tasks of two documents are, by the words that they share: a number, and those words to show.

A word counts the more the fewer tasks of the two documents have it. Most Vietnamese words are two syllables, so pairs
of neighbours are words too. What every plan says (common_words.yaml) and the names of the agencies do not count.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

from graph.spelling import fold

Row = Mapping[str, Any]
Terms = Mapping[str, float]

_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*%?")  # words, and figures as they stand: "40%", "2.500"
_DATE = re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{4})?\b|\b\d{1,2}/\d{4}\b")  # "15/12", "30/9/2024", "10/2023"
_SENTENCE_END = re.compile(r"[;.:](?=\s|$)|\n")
_SHORTEST = 5
"""A sentence of fewer words than this says nothing by itself."""

_PLACE = re.compile(r" (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn) .*")

# found on the half of the annotated pairs that is for it (docs/check.md)
_COVERED = 0.7
"""How much it counts that the upper task has the lower one's words, to how near its nearest sentence is."""
_HEADING = 0.7
"""How much more it is where both stand under one heading, which a plan often takes over word by word."""
_LEAD = 0.5
"""How much more it is where bodies of one field lead both: "Sở Y tế tỉnh A", "Phòng Y tế huyện B"."""

_LONG_HEADING, _SAME_HEADING = 8, 0.8
"""Headings of fewer words ("NHIỆM VỤ, GIẢI PHÁP") are everywhere; of longer ones so much must be the same."""


class Likeness:
    """The tasks of an upper document beside those of a lower one.

    Args:
        uppers, lowers: rows with `text` and `leads`; `heading`, `coordinators` and `report_to` where they are known.
    """

    def __init__(self, uppers: Sequence[Row], lowers: Sequence[Row]) -> None:
        names = _named(uppers) | _named(lowers)
        self._upper = [_terms(row["text"], names) for row in uppers]
        self._lower = [_terms(row["text"], names) for row in lowers]
        seen = Counter(term for terms in (*self._upper, *self._lower) for term in terms)
        many = 2 + len(uppers) + len(lowers)
        self._rarity = {term: math.log(many / (1 + count)) / math.log(many) + 0.01 for term, count in seen.items()}
        self._sentences = [[_terms(part, names) for part in _sentences(row["text"])] for row in uppers]
        self._headings = [[_heading(row) for row in rows] for rows in (uppers, lowers)]
        self._fields = [[_fields(row["leads"]) for row in rows] for rows in (uppers, lowers)]

    def score(self, upper: int, lower: int) -> float:
        """From 0 (no word in common) to 1; the tasks by their places in the lists."""
        terms = self._lower[lower]
        shared = self._upper[upper].keys() & terms.keys()
        if not shared:
            return 0.0
        nearest = max(self._cosine(sentence, terms) for sentence in self._sentences[upper])
        covered = self._weight(shared) / self._weight(terms)
        score = (nearest + _COVERED * covered) / (1 + _COVERED)
        if self._one_heading(upper, lower):
            score *= 1 + _HEADING
        return min(1.0, score * (1 + _LEAD * self._one_field(upper, lower)))

    def length(self, upper: int) -> int:
        """How many words an upper task has that count."""
        return len(self._upper[upper])

    def words(self, upper: int, lower: int, most: int = 6) -> list[str]:
        """The words that two tasks share, the rarest first."""
        shared = self._upper[upper].keys() & self._lower[lower].keys()
        ordered = sorted(shared, key=lambda term: (" " not in term, -self._rarity[term], term))
        shown: list[str] = []
        for term in ordered:
            if not any(f" {term} " in f" {other} " for other in shown):
                shown.append(term)
        return shown[:most]

    def _weight(self, terms: Collection[str]) -> float:
        return sum(self._rarity[term] for term in terms)

    def _cosine(self, one: Terms, other: Terms) -> float:
        shared = sum(one[term] * other[term] * self._rarity[term] ** 2 for term in one.keys() & other.keys())
        return shared / math.sqrt(self._size(one) * self._size(other)) if shared else 0.0

    def _size(self, terms: Terms) -> float:
        return sum((count * self._rarity[term]) ** 2 for term, count in terms.items())

    def _one_heading(self, upper: int, lower: int) -> bool:
        one, other = self._headings[0][upper], self._headings[1][lower]
        least, most = sorted((len(one), len(other)))
        return least >= _LONG_HEADING and len(one & other) >= _SAME_HEADING * most

    def _one_field(self, upper: int, lower: int) -> float:
        """From 0 to 1: how much of what the one's leading body deals with is what the other's does."""
        pairs = ((one, other) for one in self._fields[0][upper] for other in self._fields[1][lower])
        return max((len(one & other) / min(len(one), len(other)) for one, other in pairs), default=0.0)


def subject(target: str | None) -> frozenset[str]:
    """The words of a target's subject that say what it is about, without years and figures.

    >>> sorted(subject("Đến năm 2025, tỷ lệ lao động của xã qua đào tạo đạt trên"))
    ['lao', 'qua', 'tạo', 'đào', 'động']
    """
    return frozenset(word for word in _words(target) if not word[0].isdigit()) - _common("targets")


@cache
def _common(kind: str) -> frozenset[str]:
    words = yaml.safe_load(files("queries").joinpath("common_words.yaml").read_text("utf-8"))
    return frozenset(words[kind].split())


def _words(text: str | None) -> list[str]:
    return _WORD.findall(fold(_DATE.sub(" ", text or "")))


def _terms(text: str | None, names: Collection[str]) -> Terms:
    """The words of a text and the pairs of neighbours among them, each with how much it is there."""
    common = _common("syllables")
    words = _words(text)
    pairs = [f"{one} {other}" for one, other in pairwise(words) if one not in common and other not in common]
    counts = Counter([*(word for word in words if word not in common), *(pair for pair in pairs if pair not in names)])
    return {term: 1 + math.log(count) for term, count in counts.items()}


def _sentences(text: str | None) -> list[str]:
    long = [part for part in _SENTENCE_END.split(text or "") if len(part.split()) >= _SHORTEST]
    return long or [text or ""]


def _named(rows: Sequence[Row]) -> set[str]:
    """The pairs of syllables in the names of all agencies that have a part in some tasks."""
    roles = ("leads", "coordinators", "report_to")
    names = {name for row in rows for role in roles for name in row.get(role) or ()}
    return {f"{one} {other}" for name in names for one, other in pairwise(_words(name))}


def _heading(row: Row) -> set[str]:
    return set(_words(row.get("heading")))


def _fields(leads: Sequence[str]) -> list[set[str]]:
    """What each body deals with: "Phòng Giáo dục và Đào tạo huyện B" → {"giáo", "dục", "đào", "tạo"}."""
    fields = (set(_words(_PLACE.sub("", fold(name)))) - _common("ranks") for name in leads)
    return [field for field in fields if field]
