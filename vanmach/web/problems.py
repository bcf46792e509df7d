"""What went wrong, told to a program (RFC 9457), with the next step and never with a stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from graph.errors import (
    LookupFailed,
    QueryFileError,
    QueryLimit,
    QueryRefused,
    QuerySyntaxError,
    ReadError,
    VanmachError,
    WorkspaceBusy,
    WorkspaceError,
)
from vanmach.web.models import Problem

MEDIA_TYPE = "application/problem+json"

_STATUS: tuple[tuple[type[VanmachError], int], ...] = (
    (LookupFailed, 404),
    (ReadError, 400),
    (QueryFileError, 400),
    (QuerySyntaxError, 400),
    (QueryRefused, 403),
    (QueryLimit, 422),
    (WorkspaceBusy, 503),
    (WorkspaceError, 409),
    (VanmachError, 503),
)


class Wrong(HTTPException):
    """What a request did wrong, where it is no VanmachError.

    Args:
        kind: a name for programs.
        title, detail: what happened, and what to do next.
        status: of HTTP.
        headers: of the answer.
    """

    def __init__(
        self, kind: str, title: str, detail: str, status: int, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, title, headers)
        self.kind, self.title, self.hint = kind, title, detail


def problem(error: VanmachError | Wrong) -> Problem:
    """What is told of an error."""
    if isinstance(error, Wrong):
        return Problem(type=error.kind, title=error.title, status=error.status_code, detail=error.hint)
    candidates: list[dict[str, Any]] = []
    if isinstance(error, LookupFailed):
        candidates = [dict(candidate) for candidate in error.candidates]
    return Problem(
        type=type(error).__name__,
        title=error.message,
        status=next(status for kind, status in _STATUS if isinstance(error, kind)),
        detail=error.hint,
        candidates=candidates,
    )


def answer(error: VanmachError | Wrong) -> Response:
    """The answer to a program that an error gives."""
    told = problem(error)
    headers = error.headers if isinstance(error, Wrong) else None
    return JSONResponse(told.model_dump(), told.status, headers, media_type=MEDIA_TYPE)
