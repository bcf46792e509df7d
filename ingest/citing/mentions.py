"""A passage that names another document, before it is known which mentions are one document."""

from __future__ import annotations

from ingest.record import AgencyRef
from ingest.symbols import Symbol
from ingest.values import value


@value(frozen=True, slots=True, kw_only=True)
class Mention:
    """`text[start:end]` names a document; date and issuer that stand right behind it are inside.

    `key` is the normalised symbol, or the name; `number` is without leading zeros, "" for a name. `carrier` is the
    key of the document that a name is said to be promulgated with; `name` what a law is called beside its symbol.
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
    carrier: str | None = None
    name: str | None = None
