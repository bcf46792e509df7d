"""Regular expressions made of the lexicon's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from ingest.lexicon import lexicon
from ingest.spacing import bare_letters

UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EF9, 2))
"""The capitals of Vietnamese, for a character class (in Unicode they stand mixed with the small letters)."""

LOWER = "a-zà-öø-þăđĩũơư" + "".join(chr(code) for code in range(0x1EA1, 0x1EFA, 2))
"""The small letters of Vietnamese, for a character class."""


def cues(name: str, key: str) -> list[str]:
    """The words under a key of a lexicon file, which keeps them as a list or in one line with commas between."""
    found = lexicon(name)[key]
    return [word.strip() for word in found.split(",")] if isinstance(found, str) else list(found)


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest that fits; a beginning that words share stands once.

    >>> any_of(["giao", "giao cho", "ghi"])
    'g(?:hi|iao(?: cho)?)'
    """
    tails: dict[str, list[str]] = {}
    known = set(words)
    for word in sorted(known - {""}):
        tails.setdefault(word[0], []).append(word[1:])
    parts = [(first if first == " " else re.escape(first)) + any_of(rest) for first, rest in tails.items()]
    either = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""
    return f"(?:{either})?" if either and "" in known else either


def whole(words: Iterable[str]) -> str:
    """A regular expression for any of the words where a word begins: "giao" in "(Giao Sở", not in "bàn giao".

    It opens with a set of letters in either case, which the engine looks for without trying every place of a text.
    """
    return begun(words, r"(?<!\w.)")


def begun(words: Iterable[str], before: str = "") -> str:
    """As `whole`, where a word may begin anywhere; `before` looks back from behind its first letter."""
    words = list(words)
    return f"(?-i:[{_initials(words)}]){before}(?:{_rests(words)})"


def whole_groups(groups: Mapping[str, Sequence[str]]) -> str:
    """As `whole`, for words in named groups, of which the first that fits counts; a group may be empty."""
    named = "|".join(f"(?P<{name}>{_rests(words)})" for name, words in groups.items() if words)
    return rf"(?-i:[{_initials(word for words in groups.values() for word in words)}])(?<!\w.)(?:{named})"


def _initials(words: Iterable[str]) -> str:
    """The first letters of words in either case, for a set of letters."""
    return "".join(re.escape(first) + re.escape(first.upper()) for first in dict.fromkeys(w[0].lower() for w in words))


def _rests(words: Iterable[str]) -> str:
    """An expression for what stands behind the words' first letters, which were read before."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0].lower(), []).append(word[1:])
    return "|".join(rf"(?<={re.escape(first)}){any_of(rest)}" for first, rest in rests.items())


def unless_noun() -> str:
    """A condition on a verb that begins here: it is no part of another word ("chương |trình", "trật |tự")."""
    return f"(?!{'|'.join(_ends(last, before) for last, before in lexicon('task_cues')['no_verb_behind'].items())})"


def _ends(last: str, before: str) -> str:
    """An expression for the end of a word, where the rest of it stands before."""
    behind = "|".join(rf"(?<={first.strip()}\s)" for first in before.split(","))
    return rf"(?:{behind}){last}(?!\w)"


def pattern(expression: str) -> re.Pattern[str]:
    """A regular expression without regard to case, whose blanks fit line breaks and indentation too, " ?" also none."""
    return re.compile(expression.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)


def _base(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]


_SMALL = [chr(c) for c in (*range(0x61, 0x7B), *range(0xE0, 0x1B1), *range(0x1EA1, 0x1EFA)) if chr(c).islower()]
_BASES = {letter: _base(letter) for letter in _SMALL}


def bare(text: str) -> str:
    """A text in small letters without diacritics, as long as it was; OCR often loses them ("NOI NHAN")."""
    return bare_letters(text.lower())


def loose(words: str) -> str:
    """An expression for words of which OCR may have read the diacritics wrongly: "phối hợp" fits "phôi hop" too."""
    alike = {base: "".join(letter for letter in _SMALL if _BASES[letter] == base) for base in _BASES.values()}
    return "".join(f"[{alike[_BASES[letter]]}]" if letter in _BASES else letter for letter in words)
