"""Diacritics that a scan misread, given back to words that official Vietnamese writes in one way alone.

"tô chức kiềm tra" is read as "tổ chức kiểm tra". Nothing but letters' marks changes, so offsets hold in both texts.
"""

from __future__ import annotations

import re
from functools import cache

from graph.spelling import modern_tone
from ingest.patterns import any_of, cues
from ingest.spacing import bare_letters

_SLIPS = 5
"""Misread words that make a text a scan; a typing error or two are left as they are."""

_REACH = 20_000
"""Characters from a text's beginning in which a scan shows that it is one."""


def with_known_diacritics(text: str) -> str:
    """A text in which misread words bear the marks that they are known by, as long as it was.

    Args:
        text: NFC. One that is no scan is given back as it is.
    """
    low = modern_tone(text.lower())
    if len(low) != len(text) or not _is_scan(low):  # "İ" grows
        return text
    letters = list(text)
    for start, word in _slips(low):
        for at, letter in enumerate(word, start):
            letters[at] = letter.upper() if text[at].isupper() else letter
    return "".join(letters)


def _is_scan(low: str) -> bool:
    """Whether a text has known words with other marks; they are counted, for to look at each takes thrice the time."""
    bare, printed = _patterns()
    low = low[:_REACH]
    return len(bare.findall(bare_letters(low))) - len(printed.findall(low)) >= _SLIPS


def _slips(low: str) -> list[tuple[int, str]]:
    """Where syllables of known words have other marks than these, with the syllable that is meant."""
    known = {bare_letters(word): word for word in cues("misread_words", "words")}
    found = []
    for match in _patterns()[0].finditer(bare_letters(low)):
        start, end = match.span()
        first, second = low[start:end].split()
        word = known[" ".join(match[0].split())]
        if f"{first} {second}" != word:
            meant = word.split()
            found += [(start, meant[0]), (end - len(second), meant[1])]
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """For the known words without their marks, and for the words themselves; a line may end between two syllables."""
    words = cues("misread_words", "words")
    bare, printed = (any_of(forms).replace(" ", r"\s{1,3}") for forms in (map(bare_letters, words), words))
    return re.compile(rf"(?<!\w)(?:{bare})(?!\w)"), re.compile(rf"(?<!\w)(?:{printed})(?!\w)")
