"""The passage around a fact, as a person should read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

# "…; ", "…. ", a line break
_SENTENCE_END = re.compile(r"[.;!?…](?=\s)|\n")
_SPACES = re.compile(r"\s+")
REACH = 300
"""How many characters on either side of a fact a quote may hold."""


def quote(text: str, start: int, end: int) -> str:
    """The sentence or item that holds `text[start:end]`, spaces folded, cut with "…" where it is long.

    Args:
        text: the document's cleaned text.
        start, end: offsets of the fact in it.
    """
    return " ".join("".join(marked(text, start, end)).split())


def marked(text: str, start: int, end: int) -> tuple[str, str, str]:
    """A quote in three parts: what stands before the fact, the fact, what stands behind it (see `quote`)."""
    before = text[max(start - REACH, 0) : start]
    after = text[end : end + REACH]
    breaks = list(_ends(before))
    left = before[breaks[-1] :] if breaks else ("…" if start > REACH else "") + before
    close = next(_ends(after), None)
    right = after[:close] if close else after + ("…" if end + REACH < len(text) else "")
    before, fact, behind = (_SPACES.sub(" ", part) for part in (left, text[start:end], right))
    return before.lstrip(), fact, behind.rstrip()


def _ends(text: str) -> Iterator[int]:
    """Where sentences end; "giấy, bút… cho học sinh" goes on."""
    for match in _SENTENCE_END.finditer(text):
        if match[0] != "…" or not text[match.end() :].lstrip()[:1].islower():
            yield match.end()
