"""Words that a converter pulled apart into letters ("T h à nh p hố"), put together again syllable by syllable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from graph.places import places
from graph.spelling import modern_tone
from ingest.lexicon import lexicon

_MOST_PIECES = 7  # "n g h i ê n g" is in seven pieces
_LEXICONS = ("agencies", "recipients", "letterhead", "document_types")
_FEW = 3  # so many pieces that are no syllables, at least, make a passage a broken one
_CAPITALS = re.compile(r"(?<=(?<!\w)[A-ZĐ]) (?=[A-ZĐ](?!\w))")  # between "T" and "P" of "T P"
_BEFORE_MARK = re.compile(r"\s+(?=[,;:.)])")
_WORD = re.compile(r"[^\W\d_]+")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


@cache
def _syllables() -> frozenset[str]:
    """The syllables of the lexicons and of the names of places; abbreviations and single consonants are none."""
    texts = [text for name in _LEXICONS for text in _strings(lexicon(name))] + [place.name for place in places()]
    words = (word for text in texts for word in _WORD.findall(modern_tone(text).lower()))
    return frozenset(w for w in words if not w.isascii() or _VOWEL.search(w)) - frozenset("bcdđghklmnpqrstvxei")


_VOWEL = re.compile(r"[aeiouy]")


def is_spaced(text: str) -> bool:
    """Whether words of a passage are pulled apart."""
    lengths = [*map(len, _WORD.findall(text))]
    if lengths.count(1) + lengths.count(2) < _FEW:
        return False
    words = _WORD.findall(modern_tone(text).lower())
    broken = sum(len(w) <= 2 and w not in _syllables() for w in words)
    return broken >= _FEW and broken * 6 >= len(words)


def joined(text: str) -> str:
    """A pulled apart passage with its syllables whole; other passages as they are.

    >>> joined("B ộ X â y d ự n g")
    'Bộ Xây dựng'
    """
    if not is_spaced(text):
        return text
    pieces, result, at = text.split(), [], 0
    while at < len(pieces):
        count = _longest(pieces[at : at + _MOST_PIECES])
        result.append("".join(pieces[at : at + count]))
        at += count
    return _CAPITALS.sub("", _BEFORE_MARK.sub("", " ".join(result)))


def _longest(pieces: list[str]) -> int:
    """How many pieces make the longest syllable (with the punctuation behind it) that begins with the first."""
    for count in range(len(pieces), 1, -1):
        word = "".join(pieces[:count])
        inner_capital = any(p[:1].isupper() for p in pieces[1:count]) and not word.rstrip(".,;:").isupper()
        if not inner_capital and modern_tone(word).lower().rstrip(".,;:") in _syllables():
            return count
    return 1
