"""The token of every form: what comes without it was not sent from a page that this session was shown.

It stands beside the look at the origin in `security`, which a browser need not tell.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Annotated

from fastapi import Depends, Form, Request

from vanmach.web.problems import Wrong

FIELD = "token"
"""Of every form (token.html), and of the session."""


def token(request: Request) -> str:
    """The session's token, which begins with the first form that is shown."""
    known: str = request.session.setdefault(FIELD, secrets.token_urlsafe(24))
    return known


def _is_own(request: Request, token: Annotated[str, Form(max_length=100)] = "") -> None:
    expected = request.session.get(FIELD, "")
    if not expected or not hmac.compare_digest(token.encode(), expected.encode()):
        raise Wrong("ForeignForm", "this form is too old, or of another site", "reload the page and send it again", 403)


OWN_FORM = [Depends(_is_own)]
"""The dependency of every route that a form of a page is sent to."""
