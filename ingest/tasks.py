"""Tasks: who is told to do what, with whom, by when, and to whom it is reported."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.agencies import Scope
from ingest.outline import Outline
from ingest.record import AgencyRef, CitedDocument, Header, Task
from ingest.text import CleanText


def find_tasks(
    clean: CleanText,
    outline: Outline,
    header: Header,
    scope: Scope,
    recipients: Sequence[AgencyRef],
    documents: Sequence[CitedDocument],
) -> list[Task]:
    """The document's tasks, in the order of the text."""
    return []
