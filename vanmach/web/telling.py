"""What went wrong, told to whoever asks: to a program as a problem, to a person as a page in a language of choice."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from graph.errors import VanmachError
from vanmach.web import problems
from vanmach.web.error_words import Told, told
from vanmach.web.models import Problem
from vanmach.web.problems import Wrong, problem
from vanmach.web.templating import bare_page, language, page


def answer(request: Request, error: VanmachError | Wrong) -> Response:
    """The answer to what cannot be done."""
    if request.url.path.startswith("/api/"):
        return problems.answer(error)
    known = problem(error)
    values = {"told": known, "words": in_words(request, known), "again": request.method == "GET"}
    # what the guards refuse has no session yet, and gets a page without what hangs on one
    shown = (page if "session" in request.scope else bare_page)(request, "error.html", known.status, **values)
    shown.headers.update((error.headers if isinstance(error, Wrong) else None) or {})
    return shown


def in_words(request: Request, known: Problem) -> Told:
    """A problem in the reader's words."""
    return told(known.type, known.title, known.detail, language(request))
