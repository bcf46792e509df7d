"""Documents that a text mentions: by symbol, by name, by a short form that the text defines."""

from __future__ import annotations

from ingest.agencies import Scope
from ingest.outline import Outline
from ingest.record import CitedDocument, Header
from ingest.text import CleanText


def find_documents(clean: CleanText, outline: Outline, header: Header, scope: Scope) -> list[CitedDocument]:
    """Every other document that the text mentions, once, with all its mentions; in the order of the first."""
    return []
