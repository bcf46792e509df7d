"""Capitals that lost their diacritics to OCR, given back as the same words stand elsewhere.

"PHUONG BAC CAM RANH" is "PHƯỜNG BẮC CAM RANH" in a text that says "phường Bắc Cam Ranh" anywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.lexicon import lexicon
from ingest.lines import is_capitals
from ingest.spacing import bare_letters

# three words in a row without a single diacritic, which Vietnamese seldom has: "BAC CAM RANH"
_DAMAGED = re.compile(r"(?<![^\W\d_])[A-Z]{2,12}(?:\s+[A-Z]{2,12}){2}(?![^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 20000  # characters at either end of a text in which the same words are looked for
_MOST_PLACES = 200  # of a pair of words that are compared


@dataclass(frozen=True, slots=True)
class _Source:
    """The words of a text in small letters, the same bare, and where each pair of bare words stands."""

    words: Sequence[str]
    bare: Sequence[str]
    pairs: Mapping[tuple[str, str], Sequence[int]]


def restored(capitals: str, text: str) -> str:
    """Words in capitals with the diacritics that they have in a text, or in the names of agencies.

    Words are compared in runs of two and more, the longest first; a diacritic that is printed is never changed. Nothing
    changes where no three words in a row are bare.
    """
    if not _DAMAGED.search(capitals):
        return capitals
    found = list(_WORD.finditer(capitals))
    words = [match[0].lower() for match in found]
    bare = [bare_letters(word) for word in words]
    sources = [_text_source(text), _known_names()]
    at = 0
    while at < len(words):
        run = max((_longest(words, bare, at, source) for source in sources), key=len)
        words[at : at + len(run)] = run
        at += max(len(run), 1)
    pieces = []
    end = 0
    for match, word in zip(found, words, strict=True):
        pieces += [capitals[end : match.start()], word.upper() if match[0].isupper() else match[0]]
        end = match.end()
    return "".join([*pieces, capitals[end:]])


def _longest(words: Sequence[str], bare: Sequence[str], at: int, source: _Source) -> list[str]:
    """The longest run of a source's words that those from `at` on can be; shorter than two is none."""
    longest: list[str] = []
    for place in source.pairs.get((bare[at], bare[at + 1]), ())[:_MOST_PLACES] if at + 1 < len(bare) else ():
        length = 0
        while (
            at + length < len(bare)
            and place + length < len(source.bare)
            and bare[at + length] == source.bare[place + length]
            and _may_be(words[at + length], source.words[place + length])
        ):
            length += 1
        if length > max(len(longest), 1):
            longest = list(source.words[place : place + length])
    return longest


def _may_be(printed: str, whole: str) -> bool:
    """Whether a word is another that lost diacritics: each letter is the same, or has none any more."""
    return len(printed) == len(whole) and all(a in (b, bare_letters(b)) for a, b in zip(printed, whole, strict=True))


@lru_cache(maxsize=1)
def _text_source(text: str) -> _Source:
    parts = (text,) if len(text) <= 2 * _REACH else (text[:_REACH], text[-_REACH:])
    lines = (line for part in parts for line in part.split("\n"))
    return _source([word for line in lines if not is_capitals(line) for word in _WORD.findall(line)])


@cache
def _known_names() -> _Source:
    agencies = lexicon("agencies")
    bodies = lexicon("letterhead_bodies")
    names = [*agencies["heads"], *agencies["fields"], *agencies["central"], *agencies["universities"]]
    names += agencies["school_kinds"].values()
    return _source([word for name in [*names, *bodies["usual"]] for word in (*_WORD.findall(name), "")])


def _source(words: Sequence[str]) -> _Source:
    low = [word.lower() for word in words]
    bare = [bare_letters(word) for word in low]
    pairs: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place in range(len(bare) - 1):
        pairs[bare[place], bare[place + 1]].append(place)
    return _Source(low, bare, dict(pairs))
