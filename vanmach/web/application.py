"""The application: the interface and the pages over one collection, behind its guards."""

from __future__ import annotations

import secrets
from collections.abc import Collection as Names
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import Response

from graph.errors import VanmachError
from vanmach.web import telling
from vanmach.web.access import COOKIE, HOURS, Access, Gatekeeper
from vanmach.web.api import api
from vanmach.web.api_changes import api_changes
from vanmach.web.changes import Changes
from vanmach.web.collection import Collection
from vanmach.web.pages import pages
from vanmach.web.pages_changes import pages_changes
from vanmach.web.pages_queries import pages_queries
from vanmach.web.problems import MEDIA_TYPE, Wrong
from vanmach.web.security import Guard
from vanmach.web.static_files import static

DESCRIPTION = """Documents, agencies and tasks of a collection: what implements what, who must do what, and who has
not acted. Names of fields stay within a version; new ones may come. Offsets count characters of a document's cleaned
text. Errors are `application/problem+json`."""


def make_application(collection: Collection, changes: Changes | None, access: Access, names: Names[str]) -> FastAPI:
    """The application, to be run by an ASGI server.

    Args:
        collection: what it shows.
        changes: what changes it; None where nothing can.
        access: who may ask.
        names: under which this machine may be asked (`security.own_names`).
    """
    guards = [
        Middleware(Guard, names=names),
        # sessions end with the process: its secret is its own
        Middleware(
            SessionMiddleware,
            secret_key=secrets.token_urlsafe(32),
            session_cookie=COOKIE,
            max_age=HOURS * 3600,
            same_site="lax",
        ),
        Middleware(Gatekeeper, access=access),
    ]
    handlers: dict[Any, Any] = {
        VanmachError: _on_error,
        HTTPException: _on_wrong,
        RequestValidationError: _on_invalid,
    }
    application = FastAPI(
        title="vanmach",
        version="1",
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # they load their scripts from elsewhere
        redoc_url=None,
        middleware=guards,
        exception_handlers=handlers,
    )
    application.state.collection = collection
    application.state.changes = changes
    application.state.access = access
    for router in (api, api_changes, static, pages_changes, pages_queries, pages):
        application.include_router(router)
    description = _described(application)
    application.openapi = lambda: description  # type: ignore[method-assign]
    return application


def _described(application: FastAPI) -> dict[str, Any]:
    """The description of the interface, in which errors are of the media type that they have."""
    described = get_openapi(
        title=application.title,
        version=application.version,
        description=application.description,
        routes=application.routes,
    )
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in described["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = problem
    return described


async def _on_error(request: Request, error: VanmachError) -> Response:
    return telling.answer(request, error)


async def _on_wrong(request: Request, error: HTTPException) -> Response:
    if not isinstance(error, Wrong):
        hint = "ask for what /api/v1/openapi.json describes"
        error = Wrong("HTTPException", str(error.detail), hint, error.status_code, error.headers)
    return telling.answer(request, error)


async def _on_invalid(request: Request, error: RequestValidationError) -> Response:
    told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
    return telling.answer(request, Wrong("InvalidRequest", told[:1000], "see /api/v1/openapi.json", 422))
