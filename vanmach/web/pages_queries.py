"""The pages for questions of one's own: Cypher as it is typed, or a query file as a form; as a table or a picture."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from graph.errors import LookupFailed, VanmachError
from vanmach.web import choices, pictures, questions, results, telling
from vanmach.web.api import Asked
from vanmach.web.collection import Collection
from vanmach.web.downloads import MEDIA_TYPES, download
from vanmach.web.models import Query, Table
from vanmach.web.problems import problem
from vanmach.web.tables import Order, filled, ordered, shown
from vanmach.web.templating import page, words_of

pages_queries = APIRouter(include_in_schema=False)

_LONGEST = 6_000  # characters of Cypher in an address


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
                columns = filled(results.columns_of_page(found, of, words_of(request)), found.rows)
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
    columns = results.columns_of_file(found)
    rows = ordered(found.rows, columns, Order.of(request.query_params), words_of(request))
    if format_ == "json":
        rows = [dict(zip(found.columns, row, strict=True)) for row in rows]
    return download(query.name if query else "result", format_, rows, columns, words_of(request))
