"""Short forms of documents: those that a text defines ("sau đây gọi tắt là Chỉ thị 26"), and bare numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.spelling import fold
from ingest.document_types import document_types
from ingest.mentions import Mention

# "(sau đây viết tắt là Kế hoạch 89)", "(gọi tắt là “Đề án”)", "(sau đây gọi là Nghị quyết 57)"
_DEFINITION = re.compile(
    r"\( {0,2}(?:(?:sau|dưới) {1,3}đây {1,3}|từ {1,3}đây {1,3})?(?:được {1,3})?(?:viết|gọi)(?: {1,3}chung)?(?: {1,3}tắt)? {1,3}là:? {0,3}"
    r"[“\"']?(?P<short>[A-ZĐÀ-Ỹ][^()“”\"]{2,80}?)[”\"']? {0,2}\)",
    re.IGNORECASE,
)
_TYPES = "|".join(sorted((t.name.replace(" ", " {1,3}") for t in document_types()), key=len, reverse=True))
# "Chỉ thị 26", "Nghị quyết số 57", "Đề án 06"; not "Nghị quyết số 57-NQ/TW", "Quyết định 20 người"
_NUMBERED = re.compile(
    rf"(?<!\w)(?P<type>{_TYPES})(?: {{1,3}}số)? {{1,3}}(?P<number>\d{{1,5}})(?! {{0,3}}[/\-–—]\s?[\w]|[\d.,]\d)(?!\w)"
)
_NUMBER = re.compile(r"\d{1,5}")


def _defined(text: str, mentions: Sequence[Mention]) -> dict[str, Mention]:
    """What each defined short form stands for: the last document of its type before the definition."""
    forms: dict[str, Mention] = {}
    for definition in _DEFINITION.finditer(text):
        short = " ".join(definition["short"].split())
        number = _NUMBER.search(short)
        before = [m for m in mentions if m.end <= definition.start() and definition.start() - m.end < 1200]
        fitting = [m for m in before if m.type and fold(short).startswith(fold(m.type).split()[0])]
        if number:
            fitting = [m for m in fitting if m.number == number[0].lstrip("0")] or [m for m in fitting if not m.symbol]
        if fitting:
            forms.setdefault(short, _outermost(text, fitting, definition.start()))
    return forms


def _outermost(text: str, fitting: Sequence[Mention], end: int) -> Mention:
    """Of several documents of one type before a definition, the first in the clause: the others are in its title."""
    clause = max(text.rfind(mark, 0, end) for mark in (";", ". "))
    inside = [m for m in fitting if m.start > clause]
    return inside[0] if inside else fitting[-1]


def _occurrences(text: str, short: str, document: Mention) -> list[Mention]:
    pattern = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)(?! (?:này|số|“|\"))".replace(r"\ ", " {1,3}"))
    return [
        replace(document, start=m.start(), end=m.end(), rule="short form", confidence=0.85, issued_on=None, issuer=None)
        for m in pattern.finditer(text)
    ]


def find_short_forms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Further mentions of the documents in `mentions`, under a defined short form or by type and number alone."""
    taken = sorted((m.start, m.end) for m in mentions)
    found: list[Mention] = []
    for short, document in _defined(text, mentions).items():
        if "/" not in short:
            found += _occurrences(text, short, document)
    by_number: dict[tuple[str, str], Mention | None] = {}
    for mention in mentions:
        if mention.symbol and mention.type:
            key = (fold(mention.type).split()[0], mention.number)
            same = by_number.get(key, mention)
            by_number[key] = same if same and same.key == mention.key else None
    for match in _NUMBERED.finditer(text):
        document = by_number.get((fold(match["type"]).split()[0], match["number"].lstrip("0")))
        if document:
            found.append(
                replace(
                    document,
                    start=match.start(),
                    end=match.end(),
                    rule="number alone",
                    confidence=0.8,
                    issued_on=None,
                    issuer=None,
                )
            )
    return _outside(found, taken)


def _outside(found: Sequence[Mention], taken: list[tuple[int, int]]) -> list[Mention]:
    """Those that do not overlap what is taken, nor each other."""
    kept: list[Mention] = []
    spans = list(taken)
    position = 0
    spans.sort()
    end = -1
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        while position < len(spans) and spans[position][1] <= mention.start:
            position += 1
        inside = position < len(spans) and spans[position][0] < mention.end
        if not inside and mention.start >= end:
            kept.append(mention)
            end = mention.end
    return kept
