"""Targets: figures to be reached, with comparator, unit and year."""

from __future__ import annotations

from ingest.agencies import Scope
from ingest.outline import Outline
from ingest.record import Header, Target
from ingest.text import CleanText


def find_targets(clean: CleanText, outline: Outline, header: Header, scope: Scope) -> list[Target]:
    """The document's targets, in the order of the text."""
    return []
