"""From a source's text to its record."""

from __future__ import annotations

from dataclasses import replace

from ingest.abbreviations import explained
from ingest.clean import clean
from ingest.documents import find_documents
from ingest.header import read_header, read_recipients, scope_of
from ingest.outline import outline
from ingest.read import SourceText
from ingest.record import Place, Record
from ingest.relations import relate
from ingest.targets import find_targets
from ingest.tasks import find_tasks
from ingest.text import CleanText


def extract(source: SourceText, file: str, place: Place | None = None) -> tuple[CleanText, Record]:
    """The cleaned text and the record of one document.

    Args:
        source: what `read` gave.
        file: the file's name, for the record.
        place: the document's jurisdiction, where a person supplied it; it wins over the text.
    """
    cleaned = clean(source.text)
    structure = outline(cleaned)
    header = read_header(cleaned, structure, place)
    scope = replace(scope_of(header), explained=explained(cleaned.text))
    recipients = read_recipients(cleaned, structure, scope)
    documents = find_documents(cleaned, structure, header, scope)
    relations = relate(cleaned, structure, header, documents)
    tasks = find_tasks(cleaned, structure, header, scope, recipients, documents)
    targets = find_targets(cleaned, structure, header, scope)
    return cleaned, Record(
        file=file,
        header=header,
        recipients=tuple(recipients),
        documents=tuple(documents),
        relations=tuple(relations),
        tasks=tuple(tasks),
        targets=tuple(targets),
    )
