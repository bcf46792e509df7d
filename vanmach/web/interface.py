"""The one layer under the JSON interface and the pages: questions about a collection, answered in models.

Both call these functions and nothing else, so a page never shows what the interface would not give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeVar

from graph.errors import LookupFailed, QueryParameterError
from graph.schema import schema
from graph.store import Store
from queries import answers
from queries.agenda import agenda, targets
from queries.ask import run
from queries.compliance import check as checked
from queries.document_names import names_below as names_under
from queries.document_names import names_of, short_name
from queries.duties import DutyBook
from queries.files import SEVERITIES
from queries.standing import is_after, not_after
from vanmach.web import counting
from vanmach.web.collection import Collection
from vanmach.web.models import (
    Agency,
    AgencyDuty,
    AgencySummary,
    AgencyTarget,
    CollectionSummary,
    Directive,
    Document,
    DocumentSummary,
    Found,
    LevelCount,
    Partner,
    Passage,
    Relation,
    Rows,
    StandingCount,
)
from vanmach.web.models_implementation import Branch, Duty, Finding, Link, Matrix, Timeline, TreeTask, Unit

ROLES = ("chủ trì", "thực hiện", "theo dõi", "phối hợp")
"""What an agency can do in the implementation of a document."""

NAMED = 300
"""Documents whose names are looked up one by one."""

JUDGED = 20_000
"""Documents of a collection of which the start page tells how all its duties stand; a larger one takes minutes."""

_PASSAGE = tuple(Passage.model_fields)

T = TypeVar("T")


def part(rows: Sequence[T], offset: int, limit: int) -> Rows[T]:
    """So many rows from there on, with the number of all."""
    return Rows(total=len(rows), offset=offset, rows=list(rows[offset : offset + limit]))


def today() -> str:
    return date.today().isoformat()


def day_of(collection: Collection) -> str:
    """The day on which a collection is asked: today, unless another was asked about."""
    return collection.day or today()


# The collection


def collection_summary(collection: Collection) -> CollectionSummary:
    """What is there, by level, and how complete it is."""
    return collection.made_of_answers(("collection", today()), lambda: _summary(collection))


def _summary(collection: Collection) -> CollectionSummary:
    rows = collection.remembered(("levels",), lambda store: run(store, "documents_by_level").dicts())
    found = {row["level"]: row for row in rows}
    counts = collection.remembered(("counts",), lambda store: store.counts())
    standings: Mapping[str, list[StandingCount]] = {}
    if counts.get("Document", 0) <= JUDGED:
        standings = counting.by_level(_as_duties(plans_owed(collection)))
    levels = [
        LevelCount(
            level=level,
            ingested=found.get(level, {}).get("ingested", 0),
            cited=found.get(level, {}).get("cited", 0),
            standings=standings.get(level or "", []),
        )
        for level in (*schema().levels, None)
    ]
    return CollectionSummary(
        counts=counts,
        levels=[row for row in levels if row.ingested or row.cited or row.standings],
        directives=directives(collection),
        writable=collection.documents is not None,
    )


def directives(collection: Collection) -> list[Directive]:
    """The documents that others implement, and that implement none."""
    return collection.remembered(("directives",), _directives)


def _directives(store: Store) -> list[Directive]:
    return [Directive(**row) for row in run(store, "directives").dicts()]


def search(collection: Collection, text: str, limit: int = 20) -> Found:
    """Documents and agencies that hold every word, with or without diacritics."""
    return Found(
        text=text,
        documents=part(documents(collection, text), 0, limit),
        agencies=part(agencies(collection, text), 0, limit),
    )


# Documents


def documents(collection: Collection, text: str = "") -> list[DocumentSummary]:
    """The documents that hold every word of the text; without a text, all."""
    asked = {"text": text} if text.strip() else {}
    return collection.remembered(
        ("documents", text),
        lambda store: _summaries(not_after(run(store, "documents", asked).dicts(), collection.day)),
    )


def _summaries(rows: Iterable[Mapping[str, Any]]) -> list[DocumentSummary]:
    return [DocumentSummary(**{name: row[name] for name in DocumentSummary.model_fields}) for row in rows]


def document_names(collection: Collection, ids: Iterable[str]) -> Mapping[str, str]:
    """What documents are called in few words, by id; of very many, those that come later keep their ids."""
    wanted = list(dict.fromkeys(ids))[:NAMED]

    def asked(store: Store) -> dict[str, str]:
        found = (run(store, "document", {"document": id_}).dicts() for id_ in wanted)
        return {row["id"]: short_name(row) for rows in found for row in rows}

    return collection.remembered(("names", tuple(wanted)), asked)


def agency_names(collection: Collection, ids: Iterable[str]) -> Mapping[str, str]:
    """What agencies are called, by id, in the same way; an id that no agency has any more is left out."""
    wanted = list(dict.fromkeys(ids))[:NAMED]

    def asked(store: Store) -> dict[str, str]:
        found = (run(store, "agencies", {"id": id_}).dicts() for id_ in wanted)
        return {row["id"]: row["name"] for rows in found for row in rows if row["id"] in wanted}

    return collection.remembered(("names of agencies", tuple(wanted)), asked)


def names_below(collection: Collection, id_: str) -> Mapping[str, str]:
    """What a document is called, and each that implements it at any depth, by id."""
    return collection.remembered(("names below", id_), lambda store: names_under(store, id_))


def document(collection: Collection, id_: str) -> Document:
    """One document with its relations.

    Raises:
        LookupFailed: there is none of this id, or there was none on the day that is asked about.
    """
    return collection.remembered(("document", id_), lambda store: _document(collection, store, id_))


def _document(collection: Collection, store: Store, id_: str) -> Document:
    facts = document_facts(collection, store, id_)
    relations = [
        Relation(**{name: row[name] for name in Relation.model_fields if name in row}, evidence=passage_of(row))
        for row in not_after(run(store, "relations_of", {"document": id_}).dicts(), collection.day)
    ]
    held = collection.documents
    return Document(**facts, relations=relations, has_text=held is not None and held.holds(id_))


def document_facts(collection: Collection, store: Store, id_: str) -> dict[str, Any]:
    """The row of a document.

    Raises:
        LookupFailed: see `document`.
    """
    found = run(store, "document", {"document": id_}).dicts()
    if not found:
        raise LookupFailed(f"no document has the id {id_!r}", "search for its symbol or words of its title")
    if is_after(found[0]["issued_on"], collection.day):
        raise LookupFailed(f"it was issued on {found[0]['issued_on']}", "name a later day, or none")
    return found[0]


def document_summary(collection: Collection, store: Store, id_: str) -> DocumentSummary:
    return _summaries([document_facts(collection, store, id_)])[0]


def passage_of(row: Mapping[str, Any]) -> Passage | None:
    """The passage of a row of a query, if it was read in one."""
    return Passage(**{name: row[name] for name in _PASSAGE}) if row["doc"] is not None else None


def units(collection: Collection, id_: str, role: str | None = None, level: str | None = None) -> list[Unit]:
    """The agencies that have a part in a document's implementation at any depth.

    Raises:
        LookupFailed: there is no such document.
        QueryParameterError: there is no such role or level.
    """
    _one_of("role", role, ROLES)
    _one_of("level", level, tuple(schema().levels))

    def asked(store: Store) -> list[Unit]:
        document_facts(collection, store, id_)
        return [Unit(**row) for row in answers.units(store, id_, role, level, collection.day)]

    return collection.remembered(("units", id_, role, level), asked)


def _one_of(name: str, value: str | None, known: Sequence[str]) -> None:
    if value is not None and value not in known:
        raise QueryParameterError(f"{name} {value!r} is not known", f"one of {', '.join(known)}")


def trace(collection: Collection, id_: str, up: bool = False) -> Branch:
    """The tree of documents that implement a document, or that it implements.

    Raises:
        LookupFailed: there is no such document.
    """

    def asked(store: Store) -> Branch:
        document_facts(collection, store, id_)
        return branch_of(answers.trace_tree(store, id_, up, collection.day))

    return collection.remembered(("trace", id_, up), asked)


def branch_of(tree: Mapping[str, Any]) -> Branch:
    """A tree of `queries.answers` as the interface gives it."""
    edge, own = tree["edge"], tree["tasks"]
    return Branch(
        document=DocumentSummary(**tree["document"]),
        edge=None if edge is None else Link(**edge),
        tasks=own if isinstance(own, int) else [TreeTask(**{k: t[k] for k in TreeTask.model_fields}) for t in own],
        children=[branch_of(child) for child in tree["children"]],
        cycle=tree["cycle"],
        concrete=tree.get("concrete", []),
    )


def check(collection: Collection, id_: str, severity: str = "info") -> list[Finding]:
    """What all checks find in a document and what implements it, the most severe first.

    Args:
        severity: only what is so severe: error, warning or info.

    Raises:
        LookupFailed: there is no such document.
        QueryParameterError: there is no such severity.
    """
    _one_of("severity", severity, SEVERITIES)

    def asked(store: Store) -> list[Finding]:
        document_facts(collection, store, id_)
        return [Finding(**row) for row in checked(store, id_, day_of(collection), with_tasks=False).findings]

    found = collection.remembered(("check", id_, day_of(collection)), asked)
    if severity == SEVERITIES[-1]:
        return found
    return [one for one in found if SEVERITIES.index(one.severity) <= SEVERITIES.index(severity)]


def duties(collection: Collection, id_: str) -> list[Duty]:
    """Every unit that was told to issue a plan by a document or what implements it, however it stands.

    Raises:
        LookupFailed: there is no such document.
    """

    def asked(store: Store) -> list[Duty]:
        document_facts(collection, store, id_)
        return _duties(collection, store, id_)

    return collection.remembered(("duties", id_, day_of(collection)), asked)


def _duties(collection: Collection, store: Store, id_: str | None) -> list[Duty]:
    return _as_duties(DutyBook(store, day_of(collection)).duties(id_))


def _as_duties(rows: Iterable[Mapping[str, Any]]) -> list[Duty]:
    return [Duty(**{name: row[name] for name in Duty.model_fields}) for row in rows]


def plans_owed(collection: Collection, id_: str | None = None) -> Sequence[Mapping[str, Any]]:
    """The rows of `queries.answers.plans_owed`, which pictures show: those of a document's cascade, or all."""
    day = day_of(collection)
    return collection.remembered(("owed", id_, day), lambda store: answers.plans_owed(store, id_, day))


def matrix(collection: Collection, id_: str, by: Literal["province", "agency"] = "province") -> Matrix:
    """How units stand, by province and level or for each agency; see `duties`."""
    return counting.matrix(duties(collection, id_), by)


def timeline(collection: Collection, id_: str) -> Timeline:
    """The days from a document to all that implement it, at any depth.

    Raises:
        LookupFailed: there is no such document.
    """

    def asked(store: Store) -> Timeline:
        top = document_summary(collection, store, id_)
        below = not_after(run(store, "documents_under", {"document": id_}).dicts(), collection.day)
        return counting.timeline(top, _summaries(below), _duties(collection, store, id_))

    return collection.remembered(("timeline", id_, day_of(collection)), asked)


# Agencies


def agencies(collection: Collection, text: str = "") -> list[AgencySummary]:
    """The agencies that hold every word of the text in one of their names; without a text, all."""
    asked = {"text": text} if text.strip() else {}
    return collection.remembered(
        ("agencies", text), lambda store: [AgencySummary(**row) for row in run(store, "agencies", asked).dicts()]
    )


def agency(collection: Collection, id_: str) -> Agency:
    """An agency with its duties and targets, the documents that it issued, and those with whom it works.

    Raises:
        LookupFailed: there is none of this id.
    """

    def asked(store: Store) -> Agency:
        own = [row for row in run(store, "agencies", {"id": id_}).dicts() if row["id"] == id_]
        if not own:
            raise LookupFailed(f"no agency has the id {id_!r}", "search for words of its name")
        of = {"agency": id_}
        issued = not_after(run(store, "documents_of_agency", of).dicts(), collection.day)
        duties, aims = (of_agency(store, id_, day_of(collection)) for of_agency in (agenda, targets))
        names = names_of(store, (row["document"] for row in (*duties, *aims) if not row["symbol"]))
        return Agency(
            **own[0],
            duties=[AgencyDuty(**row, name=row["symbol"] or names[row["document"]]) for row in duties],
            targets=[AgencyTarget(**row, name=row["symbol"] or names[row["document"]]) for row in aims],
            documents=_summaries(issued),
            partners=[Partner(**row) for row in run(store, "partners_of_agency", of).dicts()],
        )

    return collection.remembered(("agency", id_, day_of(collection)), asked)
