"""Regular expressions made of the lexicon's words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.lexicon import lexicon

UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EF9, 2))
"""The capitals of Vietnamese, for a character class (in Unicode they stand mixed with the small letters)."""


def cues(name: str, key: str) -> list[str]:
    """The words under a key of a lexicon file, which keeps them as a list or in one line with commas between."""
    found = lexicon(name)[key]
    return [word.strip() for word in found.split(",")] if isinstance(found, str) else list(found)


def any_of(words: Iterable[str]) -> str:
    """A regular expression's alternatives, the longest first."""
    return "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(set(words), key=len, reverse=True))


def pattern(expression: str) -> re.Pattern[str]:
    """A regular expression without regard to case, whose blanks fit line breaks and indentation too."""
    return re.compile(expression.replace(" ", r"\s+"), re.IGNORECASE)
