"""A country's or province's name that the end of a line breaks: "… của tỉnh Điện" / "Biên vào các Chương trình …"."""

from __future__ import annotations

import re
from functools import cache

from graph.places import places
from ingest.patterns import UPPER

_WORD = rf"[{UPPER}][^\W\d_]*"
_BEGUN = re.compile(rf"(?<!\w)(?:tỉnh|thành phố)(?: {_WORD}){{0,3}}$")
# "Sơn La - Điện" / "Biên - Cửa khẩu …": without its kind, between other names
_BEGUN_BARE = re.compile(rf"(?<=[-–,] )(?=(?P<word>{_WORD})$)")
_NATION = ("Việt", "Nam")
_WORDS = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")
_REACH = 40
"""Characters at a line's end in which the name begins."""


@cache
def _provinces() -> frozenset[str]:
    return frozenset(place.name.lower() for place in places() if place.level == "tỉnh")


@cache
def _bare() -> frozenset[str]:
    return frozenset(name.partition(" ")[2] if name.startswith("tỉnh ") else name for name in _provinces())


def is_broken_place(last: str, this: str) -> bool:
    """Whether a line ends in the beginning of a place's name and the next begins with the rest of it."""
    words = _WORDS.match(this)
    if not words:
        return False
    rest = words[0].split()
    if rest[0] == _NATION[1] and last.endswith(f" {_NATION[0]}"):
        return True
    if begun := _BEGUN.search(last[-_REACH:]):
        return begun[0].lower() not in _provinces() and _completes(begun[0], rest, _provinces())
    bare = _BEGUN_BARE.search(last[-_REACH:])
    return bare is not None and _completes(bare["word"], rest, _bare())


def _completes(begun: str, rest: list[str], names: frozenset[str]) -> bool:
    return any(f"{begun} {' '.join(rest[:n])}".lower() in names for n in range(1, len(rest) + 1))
