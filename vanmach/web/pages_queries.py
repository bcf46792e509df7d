"""The pages for questions of one's own: Cypher as it is typed, or a query file as a form; as a table or a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from graph.errors import LookupFailed, VanmachError
from vanmach.web import choices, interface, pictures, questions, telling
from vanmach.web.api import Asked
from vanmach.web.collection import Collection
from vanmach.web.downloads import MEDIA_TYPES, download
from vanmach.web.models import Query, Table
from vanmach.web.problems import problem
from vanmach.web.tables import Column, Order, agency_at, document_at, filled, ordered, shown, target_at, task_at
from vanmach.web.templating import page, words_of

pages_queries = APIRouter(include_in_schema=False)

_LONGEST = 6_000  # characters of Cypher in an address
_AT = {
    **dict.fromkeys(("document", "source", "plan", "parent", "other"), document_at),
    **dict.fromkeys(("agency_id", "partner_id", "lead_id", "coordinator_id", "stand_in_id"), agency_at),
    "task": task_at,
    **dict.fromkeys(("target", "upper_target"), target_at),
}
_AT_LABEL = {"Document": document_at, "Agency": agency_at, "Task": task_at, "Target": target_at}


@pages_queries.get("/ask")
def own(of: Asked, request: Request) -> Response:
    return _page(of, request, None)


@pages_queries.get("/ask/view")
def own_as_picture(of: Asked, request: Request) -> Response:
    return pictures.picture_of(of, _answer(of, None, request))


@pages_queries.get("/ask.{format_}")
def own_as_file(of: Asked, request: Request, format_: str) -> Response:
    return _file(of, request, None, format_)


@pages_queries.get("/ask/{name}.{format_}")
def ready_as_file(of: Asked, request: Request, name: str, format_: str) -> Response:
    return _file(of, request, _query(name), format_)


@pages_queries.get("/ask/{name}")
def ready(of: Asked, request: Request, name: str) -> Response:
    return _page(of, request, _query(name))


@pages_queries.get("/ask/{name}/view")
def ready_as_picture(of: Asked, request: Request, name: str) -> Response:
    return pictures.picture_of(of, _answer(of, _query(name), request))


def _query(name: str) -> Query:
    for query in questions.queries():
        if query.name == name:
            return query
    raise LookupFailed(f"there is no question {name!r}", "the page for questions lists them")


def _given(request: Request) -> dict[str, str]:
    """The parameters of a form; one that is empty is left out."""
    asked = request.query_params
    return {name.removeprefix("p."): value for name, value in asked.items() if name.startswith("p.") and value.strip()}


def _is_asked(query: Query | None, request: Request) -> bool:
    if query is None:
        return bool(request.query_params.get("cypher", "").strip())
    return bool(_given(request)) or not any(not p.optional for p in query.parameters)


def _answer(of: Collection, query: Query | None, request: Request) -> Table:
    if query is None:
        return questions.cypher(of, request.query_params.get("cypher", "")[:_LONGEST], {})
    return questions.ready(of, query.name, _given(request))


def _page(of: Collection, request: Request, query: Query | None) -> Response:
    """The form, and below it what was asked for; what is wrong stands beside the question."""
    cypher = request.query_params.get("cypher", "")[:_LONGEST]
    own = {k: v for k, v in request.query_params.items() if k == "cypher" or k.startswith("p.")}
    asked = urlencode(own)
    values: dict[str, Any] = {"table": None, "picture": "", "wrong": None, "at": f"{request.url.path}?{asked}"}
    status = 200
    if _is_asked(query, request):
        try:
            if request.query_params.get("as") == "picture":
                values |= {"table": True, "picture": f"{request.url.path}/view?{asked}"}
            else:
                found = _answer(of, query, request)
                columns = filled(_shown(_columns(found), _names(of, found)), found.rows)
                order, name = Order.of(request.query_params), "result"
                rows = ordered(found.rows, columns, order, words_of(request))
                values["table"] = shown(name, len(found.rows), rows, columns, order, values["at"])
        except VanmachError as error:
            known = problem(error)
            status, values["wrong"] = known.status, telling.in_words(request, known)
    return page(
        request,
        "ask.html",
        status,
        query=query,
        cypher=cypher,
        given=_given(request),
        queries=questions.queries(),
        fields={p.name: choices.field(of, p, words_of(request)) for p in query.parameters} if query else {},
        **values,
    )


def _file(of: Collection, request: Request, query: Query | None, format_: str) -> Response:
    if format_ not in MEDIA_TYPES:
        raise LookupFailed(f"there is no such file as .{format_}", f"formats are {', '.join(MEDIA_TYPES)}")
    found = _answer(of, query, request)
    columns = _columns(found)
    rows = ordered(found.rows, columns, Order.of(request.query_params), words_of(request))
    if format_ == "json":
        rows = [dict(zip(found.columns, row, strict=True)) for row in rows]
    return download(query.name if query else "result", format_, rows, columns, words_of(request))


def _columns(table: Table) -> Sequence[Column]:
    return [_column(name, number, table) for number, name in enumerate(table.columns)]


def _shown(columns: Sequence[Column], names: Mapping[str, str]) -> Sequence[Column]:
    """The columns as a person reads them: a document by its name, an agency with its id as a link of its name alone."""
    by_name = {column.name: column for column in columns}
    return [
        _by_names(replace(column, links=by_name[f"{name}_id"].links) if f"{name}_id" in by_name else column, names)
        for name, column in by_name.items()
        if name.removesuffix("_id") == name or name.removesuffix("_id") not in by_name
    ]


def _by_names(column: Column, names: Mapping[str, str]) -> Column:
    if _AT.get(column.name) is not document_at:
        return column
    return replace(column, get=lambda row: names.get(column.value(row), column.value(row)))


def _names(of: Collection, table: Table) -> Mapping[str, str]:
    """What the documents are called that are in columns for such."""
    at = [number for number, name in enumerate(table.columns) if _AT.get(name) is document_at]
    return interface.document_names(of, (row[n] for row in table.rows for n in at if isinstance(row[n], str)))


def _column(name: str, number: int, table: Table) -> Column:
    values = [row[number] for row in table.rows]
    kind: Any = "number" if values and all(_is_number(value) for value in values) else "text"
    return Column(
        name,
        kind,
        get=lambda row: row[number] if kind == "number" else _said(row[number]),
        links=lambda row: [_link(name, row[number])],
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _said(value: Any) -> str:
    """A value of a row as a person reads it: a node by its name, a list part by part, anything else as JSON."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Mapping) and "_label" in value:
        return str(next(filter(None, (value.get(k) for k in ("symbol", "name", "title", "text", "id"))), ""))
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    return orjson.dumps(value).decode()


def _link(name: str, value: Any) -> str | None:
    if isinstance(value, Mapping) and value.get("_label") in _AT_LABEL and value.get("id"):
        return _AT_LABEL[value["_label"]](str(value["id"]))
    return _AT[name](value) if name in _AT and isinstance(value, str) and value else None
