"""The text of a document with every fact in its place, for the interface and for the page that marks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.errors import LookupFailed
from graph.places import places
from ingest.assignment_corrections import items_of
from ingest.explain import Fact as Read
from ingest.explain import explain
from ingest.record import Place, Record
from ingest.resolving.agency_statements import AgencyStatements
from ingest.rules import explain_rule
from vanmach.web import interface
from vanmach.web.collection import Collection
from vanmach.web.models import DocumentSummary, Fact, Text

PARTS = ("lead", "coordinator", "report_to")
"""Kinds of facts that say who has a part in a task or target."""


def text(collection: Collection, id_: str) -> Text:
    """The cleaned text with all that was read in it, a person's corrections among it.

    Raises:
        LookupFailed: there is no such document, or its text is not here.
    """
    about = interface.document(collection, id_)
    held = collection.documents
    if held is None or not held.holds(id_):
        name = about.symbol or about.title or id_
        raise LookupFailed(f"the text of {name} is not here", "it is only cited, or its graph is on a server")
    corrections = held.corrections()
    record = corrections.apply(id_, held.record(id_))
    agencies = AgencyStatements(places(), corrections).read(id_, record).ids
    cleaned = held.text(id_)
    summary = DocumentSummary(**{name: getattr(about, name) for name in DocumentSummary.model_fields})
    return Text(document=summary, text=cleaned, facts=list(_facts(id_, record, cleaned, agencies)))


def _facts(id_: str, record: Record, cleaned: str, agencies: Mapping[tuple[str, Place], str]) -> Iterator[Fact]:
    # what a correction names them by; `explain` gives them in the order of the record
    refs: dict[str, Iterator[dict[str, str]]] = {
        "document": ({"ref": cited.ref} for cited in record.documents),
        "relation": ({"from_ref": r.source, "to_ref": r.target} for r in record.relations),
        "task": ({"id": f"{id_}#{number}"} for number, _ in enumerate(record.tasks, 1)),
        "target": ({"id": f"{id_}#c{number}"} for number, _ in enumerate(record.targets, 1)),
    }
    parts = iter([part for item in items_of(record) for part in item.assignments])
    number = 0
    for read in explain(id_, record, cleaned):
        whole = number
        about = next(refs[read.kind]) if read.kind in refs else {}
        yield _fact(read, number, None, about)
        number += 1
        for inner in read.facts:
            its: dict[str, str] = {}
            if inner.kind in PARTS:
                part = next(parts)
                its = {"agency": agencies[part.name, part.place], read.kind: about["id"]}
            yield _fact(inner, number, whole, its)
            number += 1


def _fact(read: Read, number: int, within: int | None, more: Mapping[str, str]) -> Fact:
    told = explain_rule(read.found.rule)
    return Fact(
        number=number,
        kind=read.kind,
        name=read.name,
        value=read.value,
        about={**read.about, **more},
        section=read.section,
        start=read.found.start,
        end=read.found.end,
        rule=read.found.rule,
        confidence=read.found.confidence,
        explanation_vi=told.vi,
        explanation_en=told.en,
        within=within,
    )


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text in which the same facts hold throughout; the shortest fact comes first."""

    text: str
    facts: tuple[Fact, ...]
    begins: tuple[Fact, ...]


def segments(cleaned: str, facts: Sequence[Fact]) -> list[Segment]:
    """A text cut where a fact begins or ends, so that facts that overlap can all be marked.

    >>> [s.text for s in segments("abc", [])]
    ['abc']
    """
    located = [fact for fact in facts if 0 <= fact.start < fact.end <= len(cleaned)]
    cuts = sorted({0, len(cleaned), *(f.start for f in located), *(f.end for f in located)})
    starting = sorted(located, key=lambda fact: fact.start)
    inside: list[Fact] = []
    found, at = [], 0
    for start, end in pairwise(cuts):
        begins = []
        while at < len(starting) and starting[at].start == start:
            begins.append(starting[at])
            at += 1
        inside = [fact for fact in inside if fact.end > start] + begins
        shortest_first = sorted(inside, key=lambda fact: (fact.end - fact.start, fact.number))
        found.append(Segment(cleaned[start:end], tuple(shortest_first), tuple(begins)))
    return found
