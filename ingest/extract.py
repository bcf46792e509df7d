"""From a source's text to its record."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ingest.as_printed import as_printed
from ingest.assigning.targets import find_targets
from ingest.assigning.tasks import find_tasks
from ingest.citing.documents import find_documents
from ingest.cleaning.clean import clean
from ingest.cleaning.misread_diacritics import with_known_diacritics
from ingest.cleaning.number_colons import without_number_colons
from ingest.formalities.header import own_letters, read_header, read_recipients, scope_of
from ingest.naming.abbreviations import explained
from ingest.naming.agencies import Scope, document
from ingest.naming.agency_boards import board_called, board_titled
from ingest.outlining.outline import outline
from ingest.reading.read import SourceText
from ingest.record import Header, Place, Record
from ingest.relating.relations import relate
from ingest.text import CleanText


def extract(source: SourceText, file: str, place: Place | None = None) -> tuple[CleanText, Record]:
    """The cleaned text and the record of one document.

    Args:
        source: what `read` gave.
        file: the file's name, for the record.
        place: the document's jurisdiction, where a person supplied it; it wins over the text.
    """
    with _uncollected():
        cleaned = clean(source.text)
        read = without_number_colons(with_known_diacritics(cleaned.text))
        record = _extract(replace(cleaned, text=read), file, place)
        return cleaned, record if read == cleaned.text else as_printed(record, read, cleaned.text)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: values hold none, and it would take a seventh of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _extract(cleaned: CleanText, file: str, place: Place | None) -> Record:
    structure = outline(cleaned)
    header = read_header(cleaned, structure, place)
    scope = replace(scope_of(header), explained=(*explained(cleaned.text), *own_letters(header)))
    scope = replace(scope, board=_own_board(cleaned.text, header, scope))
    recipients = read_recipients(cleaned, structure, scope)
    documents = find_documents(cleaned, structure, header, scope)
    relations = relate(cleaned, structure, header, documents)
    tasks = find_tasks(cleaned, structure, header, scope, recipients, documents)
    targets = find_targets(cleaned, structure, header, scope, documents)
    return Record(
        file=file,
        header=header,
        recipients=tuple(recipients),
        documents=tuple(documents),
        relations=tuple(relations),
        tasks=tuple(tasks),
        targets=tuple(targets),
    )


def _own_board(text: str, header: Header, scope: Scope) -> tuple[str, str] | None:
    """The board that the document calls by its head alone: where it says so, or where it is about one."""
    view = document(text, scope.explained)
    return board_called(text) or board_titled(header.title or "", view, central=header.level == "trung ương")
