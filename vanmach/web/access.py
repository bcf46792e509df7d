"""Who may ask: everybody on this machine, or whoever knows the password; and the name under which somebody corrects."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from getpass import getuser
from urllib.parse import quote

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from vanmach.web.problems import Wrong
from vanmach.web.rates import Buckets, Rate
from vanmach.web.telling import answer

COOKIE = "vanmach_session"
HOURS = 12
"""How long a session lasts."""

NAME_AT_MOST = 80
"""Characters of a person's name."""

_LOGIN_OF_ONE = Rate(at_once=5, a_second=1 / 20)
_LOGIN_OF_ALL = Rate(at_once=50, a_second=1)
_OPEN = ("/login", "/static/")
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")  # /documents/x?lang=en, but not //elsewhere.example


@dataclass
class Access:
    """The password that everybody must know, or None; and how often it may be tried."""

    password: str | None = field(default=None, repr=False)
    of_one: Buckets = field(default_factory=lambda: Buckets(_LOGIN_OF_ONE), repr=False)
    of_all: Buckets = field(default_factory=lambda: Buckets(_LOGIN_OF_ALL), repr=False)

    def login(self, request: Request, name: str, password: str) -> bool:
        """Begin a session where the password is right.

        Raises:
            Wrong: it was tried too often.
        """
        client = request.client.host if request.client else ""
        if wait := max(self.of_one.take(client), self.of_all.take("")):
            seconds = str(int(wait) + 1)
            raise Wrong("TooManyRequests", "too many tries", "try again later", 429, {"retry-after": seconds})
        if not hmac.compare_digest(password.encode(), (self.password or "").encode()):
            return False
        request.session.clear()  # with the token of its forms: who had the session before has none of this one
        request.session["name"] = shown_name(name) or "?"
        return True

    def who(self, request: HTTPConnection) -> str:
        """Who asks: the name that was given with the password; without one, the user of this machine."""
        named: str = request.session.get("name", "")
        return named or _user()


def shown_name(name: str) -> str:
    """A name in one short line."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:NAME_AT_MOST]


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # a user without a name
        return "?"


def local(address: str) -> str:
    """An address of this application to go on to; whatever else was given leads to the start page.

    >>> local("/agencies"), local("//elsewhere.example")
    ('/agencies', '/')
    """
    return address if _LOCAL.fullmatch(address) else "/"


class Gatekeeper:
    """Lets nobody past the login without a session; stands inside the middleware that reads the session."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._may(scope):
            await self._app(scope, receive, send)
        elif scope["path"].startswith("/api/") or scope["method"] not in ("GET", "HEAD"):
            wrong = Wrong("NotLoggedIn", "a password is asked for", "log in at /login", 401)
            await answer(Request(scope), wrong)(scope, receive, send)
        else:
            asked = quote(scope["path"]) + (
                "?" + scope["query_string"].decode("latin-1") if scope["query_string"] else ""
            )
            language = QueryParams(scope["query_string"]).get("lang")
            kept = f"&lang={language}" if language in ("vi", "en") else ""
            await RedirectResponse(f"/login?next={quote(asked)}{kept}", 303)(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        return self._access.password is None or scope["path"].startswith(_OPEN) or bool(scope["session"].get("name"))
