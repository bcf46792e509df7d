"""What went wrong, told to whoever asks: to a program as a problem, to a person as a page in a language of choice."""

from __future__ import annotations

import re
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from graph.errors import VanmachError
from vanmach.web import problems
from vanmach.web.error_words import Told, told
from vanmach.web.models import Problem
from vanmach.web.problems import Wrong, problem
from vanmach.web.templating import bare_page, language, page

_FIRST_WORD = re.compile(r"^[a-z]+(?=[ ,])")

PASSING = ("WorkspaceBusy", "TooManyRequests", "TooManyConnections")
"""What is over in seconds: a page that was only to be read comes again by itself."""


def answer(request: Request, error: VanmachError | Wrong) -> Response:
    """The answer to what cannot be done."""
    if request.url.path.startswith("/api/"):
        return problems.answer(error)
    known = problem(error)
    again = request.method == "GET" and known.type in PASSING
    values = {"told": known, "words": in_words(request, known), "again": again}
    # what the guards refuse has no session yet, and gets a page without what hangs on one
    shown = (page if "session" in request.scope else bare_page)(request, "error.html", known.status, **values)
    shown.headers.update((error.headers if isinstance(error, Wrong) else None) or {})
    return shown


def in_words(request: Request, known: Problem) -> Told:
    """A problem in the reader's words, as a sentence: the program's own English begins as a command's does.

    What begins with the name of a file or of a field ("a.docx: …", "as_of …") is left alone.
    """
    found = told(known.type, known.title, known.detail, language(request))
    return replace(found, text=_FIRST_WORD.sub(lambda word: word[0].capitalize(), found.text))
