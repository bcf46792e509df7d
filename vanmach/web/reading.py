"""The text of a document with every fact in its place, for the interface and for the page that marks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.errors import LookupFailed
from ingest.explain import Fact as Read
from ingest.explain import explain
from ingest.record import Record
from ingest.rules import explain_rule
from vanmach.web import interface
from vanmach.web.collection import Collection
from vanmach.web.models import DocumentSummary, Fact, Text


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
    record = held.corrections().apply(id_, held.record(id_))
    cleaned = held.text(id_)
    summary = DocumentSummary(**{name: getattr(about, name) for name in DocumentSummary.model_fields})
    return Text(document=summary, text=cleaned, facts=list(_facts(id_, record, cleaned)))


def _facts(id_: str, record: Record, cleaned: str) -> Iterator[Fact]:
    # what a correction names them by; `explain` gives them in the order of the record
    refs: dict[str, Iterator[dict[str, str]]] = {
        "document": ({"ref": cited.ref} for cited in record.documents),
        "relation": ({"from_ref": r.source, "to_ref": r.target} for r in record.relations),
    }
    number = 0
    for read in explain(id_, record, cleaned):
        whole = number
        yield _fact(read, number, None, next(refs[read.kind]) if read.kind in refs else {})
        number += 1
        for inner in read.facts:
            yield _fact(inner, number, whole, {})
            number += 1


def _fact(read: Read, number: int, within: int | None, refs: Mapping[str, str]) -> Fact:
    told = explain_rule(read.found.rule)
    return Fact(
        number=number,
        kind=read.kind,
        name=read.name,
        value=read.value,
        about={**read.about, **refs},
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
