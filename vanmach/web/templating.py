"""Pages out of templates: every value is escaped, every word is in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ingest.rules import explain_rule
from queries.standing import STATUSES
from vanmach.web import tables
from vanmach.web.error_words import told_line
from vanmach.web.forms import token
from vanmach.web.words import Language, Words, words

COOKIE = "lang"
_YEAR = 365 * 24 * 3600

_environment = Environment(
    loader=PackageLoader("vanmach.web"),
    autoescape=True,  # whatever the template is called
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals |= {
    "document_at": tables.document_at,
    "agency_at": tables.agency_at,
    "task_at": tables.task_at,
    "target_at": tables.target_at,
    "item_anchor": tables.item_anchor,
    "explain_rule": explain_rule,
    "kept": tables.kept,
    "named": tables.named,
    "said": tables.said,
    "told_line": told_line,
    "worst_first": STATUSES,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page of a table as HTML, whose values are escaped; and how many rows there are before anything is filtered."""

    html: str
    total: int


def drawn(table: tables.Shown, said: Language) -> Drawn:
    """A table in a language."""
    return Drawn(_environment.get_template("table.html").render(t=words(said), table=table), table.total)


def language(request: Request) -> Language:
    """Vietnamese, unless the address or, without it, an earlier choice says English."""
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE)
    return "en" if asked == "en" else "vi"


def words_of(request: Request) -> Words:
    return words(language(request))


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the reader's language.

    Args:
        request: what was asked.
        template: the file in `templates/`.
        status: of HTTP.
        values: what the template shows.
    """
    with_password = request.app.state.access.password is not None
    of_session = {
        "bare": with_password and not request.session.get("name"),  # nothing to be had before the password
        "with_password": with_password,
        "writable": request.app.state.collection.documents is not None,
        "token": partial(token, request),
    }
    return _answer(request, template, status, {"searched": "", **of_session, **values})


def bare_page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page without what hangs on a session, for what is refused before there is one; see `page`."""
    return _answer(request, template, status, {"bare": True, **values})


def _answer(request: Request, template: str, status: int, values: Mapping[str, Any]) -> HTMLResponse:
    own = language(request)
    common = {"t": words(own), "path": request.url.path, "other_language": _in_other(request, own)}
    answer = HTMLResponse(_environment.get_template(template).render({**common, **values}), status)
    if request.query_params.get("lang") in ("vi", "en"):
        answer.set_cookie(COOKIE, own, max_age=_YEAR, samesite="lax", httponly=True)
    return answer


def _in_other(request: Request, own: Language) -> str:
    """The same page in the other language."""
    asked: Mapping[str, str] = {**request.query_params, "lang": "vi" if own == "en" else "en"}
    return f"{request.url.path}?{urlencode(asked)}"
