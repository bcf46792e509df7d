"""A passage that names another document, before it is known which mentions are one document."""

from __future__ import annotations

from dataclasses import dataclass

from graph.spelling import modern_tone
from ingest.record import AgencyRef
from ingest.symbols import Symbol

_BLANKS = {ord(c): " " for c in "\n\r\t\x0b\x0c\u00a0\u2003\u2002\u2009\u202f"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """`text[start:end]` names a document; date and issuer that stand right behind it are inside.

    `key` is the normalised symbol, or the name; `number` is without leading zeros, "" for a name.
    """

    start: int
    end: int
    key: str
    type: str | None
    rule: str
    confidence: float
    number: str = ""
    symbol: Symbol | None = None
    issued_on: str | None = None
    issuer: AgencyRef | None = None


def level_text(text: str) -> str:
    """The text with every space a plain one and modern tone marks, as long as it was, so that offsets stay true."""
    return modern_tone(text.translate(_BLANKS))
