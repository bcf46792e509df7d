"""The JSON interface, version 1: /api/v1. Each route calls one function of the layer below it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Path, Query, Request

from vanmach.as_of import day_given
from vanmach.web import assignments, interface, questions, reading
from vanmach.web.collection import AsItStood, Collection
from vanmach.web.models import (
    AGENCY,
    DOCUMENT,
    TARGET,
    TASK,
    Agency,
    AgencySummary,
    CollectionSummary,
    Document,
    DocumentSummary,
    Found,
    Problem,
    Rows,
    Table,
    Text,
)
from vanmach.web.models import Query as ReadyQuery
from vanmach.web.models_implementation import Branch, Duty, Finding, Matrix, Timeline, Unit
from vanmach.web.models_tasks import DocumentTarget, DocumentTask, Target, Task

MOST = 1_000
"""Rows of one answer."""


def collection_of(request: Request) -> Collection:
    collection: Collection = request.app.state.collection
    return collection


Day = Annotated[
    str,
    Query(
        max_length=30,
        description="As it stood on that day: later documents are not there. Left out: all are, and it is today.",
        examples=["2024-06-01"],
    ),
]


def collection_on_day(request: Request, as_of: Day = "") -> Collection:
    """The collection as it stood on the day that the address names.

    Raises:
        QueryParameterError: that is no day.
    """
    day = day_given(as_of, "as_of")
    return AsItStood(collection_of(request), day) if day else collection_of(request)


Asked = Annotated[Collection, Depends(collection_of)]
AskedOnDay = Annotated[Collection, Depends(collection_on_day)]
DocumentId = Annotated[str, Path(description="Id of a document.", examples=[DOCUMENT], max_length=300)]
AgencyId = Annotated[str, Path(description="Id of an agency.", examples=[AGENCY], max_length=300)]
TaskId = Annotated[str, Path(description="Id of a task; its # is written %23.", examples=[TASK], max_length=300)]
TargetId = Annotated[str, Path(description="Id of a target; its # is written %23.", examples=[TARGET], max_length=300)]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many rows to leave out.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many rows to give.")]
Searched = Annotated[
    str, Query(max_length=300, description="Words in any order, with or without diacritics.", examples=["giáo dục"])
]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": what}
    for status, what in {
        400: "It was asked wrongly.",
        401: "A password is asked for.",
        403: "That may not be asked.",
        404: "There is no such thing.",
        409: "It does not fit what is there.",
        413: "Too much was sent.",
        422: "A parameter is wrong, or the answer too large or too slow.",
        429: "Too many requests.",
        503: "The graph is being updated, or cannot be reached.",
    }.items()
}

api = APIRouter(prefix="/api/v1", responses=PROBLEMS)


@api.get("/collection", tags=["collection"])
def collection(of: Asked) -> CollectionSummary:
    """What is in the collection, by level, and how complete it is."""
    return interface.collection_summary(of)


@api.get("/search", tags=["collection"])
def search(of: Asked, text: Searched, limit: Limit = 20) -> Found:
    """Documents and agencies that hold every word."""
    return interface.search(of, text, limit)


@api.get("/documents", tags=["documents"])
def documents(of: AskedOnDay, text: Searched = "", offset: Offset = 0, limit: Limit = 100) -> Rows[DocumentSummary]:
    """Documents that hold every word of symbol, type, title and issuer; without a text, all."""
    return interface.part(interface.documents(of, text), offset, limit)


@api.get("/documents/{document}", tags=["documents"])
def document(of: AskedOnDay, document: DocumentId) -> Document:
    """One document with all that is known of it, and how it stands to others."""
    return interface.document(of, document)


@api.get("/documents/{document}/tasks", tags=["documents"])
def document_tasks(of: AskedOnDay, document: DocumentId, offset: Offset = 0, limit: Limit = 100) -> Rows[DocumentTask]:
    """The tasks of a document in the order of its text."""
    return interface.part(assignments.document_tasks(of, document), offset, limit)


@api.get("/documents/{document}/targets", tags=["documents"])
def document_targets(
    of: AskedOnDay, document: DocumentId, offset: Offset = 0, limit: Limit = 100
) -> Rows[DocumentTarget]:
    """The targets of a document in the order of its text."""
    return interface.part(assignments.document_targets(of, document), offset, limit)


@api.get("/documents/{document}/text", tags=["documents"])
def text(of: Asked, document: DocumentId) -> Text:
    """The cleaned text, and every fact with its offsets, its rule and what that looks at."""
    return reading.text(of, document)


@api.get("/documents/{document}/units", tags=["implementation"])
def units(
    of: AskedOnDay,
    document: DocumentId,
    role: Annotated[str | None, Query(description="chủ trì, thực hiện, theo dõi or phối hợp.")] = None,
    level: Annotated[str | None, Query(description="trung ương, tỉnh, huyện, xã or cơ sở.")] = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> Rows[Unit]:
    """The agencies that have a part in the document's implementation at any depth."""
    return interface.part(interface.units(of, document, role, level), offset, limit)


@api.get("/documents/{document}/trace", tags=["implementation"])
def trace(
    of: AskedOnDay, document: DocumentId, up: Annotated[bool, Query(description="What it implements instead.")] = False
) -> Branch:
    """The tree of documents that implement the document."""
    return interface.trace(of, document, up)


@api.get("/documents/{document}/check", tags=["implementation"])
def check(
    of: AskedOnDay,
    document: DocumentId,
    severity: Annotated[
        Literal["error", "warning", "info"], Query(description="Only what is so severe; info is everything.")
    ] = "info",
    offset: Offset = 0,
    limit: Limit = 100,
) -> Rows[Finding]:
    """What all checks find in the document and what implements it, today: plans that are missing or late, and more."""
    return interface.part(interface.check(of, document, severity), offset, limit)


@api.get("/documents/{document}/duties", tags=["implementation"])
def duties(of: AskedOnDay, document: DocumentId, offset: Offset = 0, limit: Limit = 100) -> Rows[Duty]:
    """Every unit that was told to issue a plan, and how that stands today."""
    return interface.part(interface.duties(of, document), offset, limit)


@api.get("/documents/{document}/matrix", tags=["implementation"])
def matrix(of: AskedOnDay, document: DocumentId, by: Literal["province", "agency"] = "province") -> Matrix:
    """How the units that had to issue a plan stand."""
    return interface.matrix(of, document, by)


@api.get("/documents/{document}/timeline", tags=["implementation"])
def timeline(of: AskedOnDay, document: DocumentId) -> Timeline:
    """The days from the document to all that implement it."""
    return interface.timeline(of, document)


@api.get("/agencies", tags=["agencies"])
def agencies(of: Asked, text: Searched = "", offset: Offset = 0, limit: Limit = 100) -> Rows[AgencySummary]:
    """Agencies that hold every word in one of their names; without a text, all."""
    return interface.part(interface.agencies(of, text), offset, limit)


@api.get("/agencies/{agency}", tags=["agencies"])
def agency(of: AskedOnDay, agency: AgencyId) -> Agency:
    """An agency with its duties and targets, the documents that it issued, and those with whom it works."""
    return interface.agency(of, agency)


@api.get("/tasks/{task}", tags=["tasks"])
def task(of: AskedOnDay, task: TaskId) -> Task:
    """A task with its agencies, and its line up and down."""
    return assignments.task(of, task)


@api.get("/targets/{target}", tags=["tasks"])
def target(of: AskedOnDay, target: TargetId) -> Target:
    """A target with who has to reach it, and those beside it in the documents above and below."""
    return assignments.target(of, target)


@api.get("/queries", tags=["queries"])
def queries() -> list[ReadyQuery]:
    """The questions that are ready, with their parameters."""
    return questions.queries()


@api.post("/queries/{name}", tags=["queries"])
def ready(
    of: Asked,
    name: Annotated[str, Path(description="Of the question.", examples=["documents_of_symbol"], max_length=100)],
    parameters: Annotated[
        dict[str, str | None],
        Body(
            description="By name; a value is read as the type that its query declares.",
            examples=[{"symbol": "21-CT/TW"}],
        ),
    ],
) -> Table:
    """The rows of a question that is ready."""
    return questions.ready(of, name, parameters)


@api.post("/cypher", tags=["queries"])
def cypher(
    of: Asked,
    cypher: Annotated[
        str,
        Body(max_length=20_000, examples=["MATCH (d:Document {level: $level}) RETURN d.symbol AS symbol"]),
    ],
    parameters: Annotated[dict[str, str | int | float | bool | None], Body(examples=[{"level": "huyện"}])] = {},  # noqa: B006 — FastAPI reads it as the default in the description, and nobody changes it
) -> Table:
    """The rows of one's own Cypher: read-only, at most 5,000 rows and 10 seconds."""
    return questions.cypher(of, cypher, parameters)
