"""What stands before every request: who may ask by which name, how often, how much; and headers behind every answer.

Plain ASGI, so that a body is looked at while it comes and not when all of it is here.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import time
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vanmach.web.problems import Wrong
from vanmach.web.rates import Buckets, Rate
from vanmach.web.telling import answer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing inline, nothing from elsewhere; an answer that needs another one brings its own."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}

ASKING = Rate(at_once=400, a_second=100)
"""Of one address."""

BODY = 64_000
"""Bytes of a request that brings no documents."""

UPLOAD = 200_000_000
"""Bytes of one that does."""

UPLOADS = ("/api/v1/ingests", "/add")
_PAUSE, _SLOWEST = 15.0, 20_000.0  # seconds without a byte; bytes a second, after the first pause
_SAFE = ("GET", "HEAD", "OPTIONS")
_PORT = re.compile(r":\d+$")


def own_names(host: str) -> frozenset[str]:
    """The names under which this machine may be asked, besides its addresses, for which nobody else can pose."""
    return frozenset({"localhost", host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()})


class Guard:
    """Lets through what asks this machine by its own name, seldom enough, from its own pages where it writes.

    A page elsewhere can have its name point to this machine (DNS rebinding), and can send forms here: the name that it
    asks by and the origin that browsers tell give it away.
    """

    def __init__(self, app: ASGIApp, names: Collection[str], asking: Rate = ASKING) -> None:
        self._app = app
        self._names = names
        self._asking = Buckets(asking)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        wrong = self._wrong(scope, headers)
        if wrong is not None:
            await answer(Request(scope), wrong)(scope, receive, with_headers(send))
            return
        await _Bounded(self._app, _most(scope), headers)(scope, receive, with_headers(send))

    def _wrong(self, scope: Scope, headers: Headers) -> Wrong | None:
        host = headers.get("host", "")
        if not self._is_own(host):
            return Wrong("UnknownHost", f"this is not {host[:100]!r}", "ask by the address that was printed", 421)
        client = scope["client"][0] if scope.get("client") else ""
        if not is_static(scope["path"]) and (wait := self._asking.take(client)):
            seconds = str(int(wait) + 1)
            return Wrong("TooManyRequests", "too many requests", "ask again later", 429, {"retry-after": seconds})
        if scope["method"] not in _SAFE and not _is_from_here(headers, host):
            return Wrong("ForeignOrigin", "another site's page asked for this", "ask from a page of this one", 403)
        return None

    def _is_own(self, host: str) -> bool:
        name = _PORT.sub("", host).strip("[]").lower()
        return name in self._names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_from_here(headers: Headers, host: str) -> bool:
    """Whether a page of this application asks, or a program, which tells neither (and has no one's cookie)."""
    if (site := headers.get("sec-fetch-site")) is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


def _most(scope: Scope) -> int:
    return UPLOAD if scope["path"] in UPLOADS else BODY


def is_static(path: str) -> bool:
    """Whether an address is that of a style or a script, without which a page that says no is not read either."""
    return path.startswith("/static/")


def with_headers(send: Send) -> Send:
    """Send with the headers that stand behind every answer."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


class _Bounded:
    """One request, whose body is neither too long nor too slow."""

    def __init__(self, app: ASGIApp, most: int, headers: Headers) -> None:
        self._app = app
        self._most = most
        self._told = headers.get("content-length", "")
        self._begun = time.monotonic()
        self._came = 0
        self._whole = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun: list[bool] = []

        async def sending(message: Message) -> None:
            begun.append(True)
            await send(message)

        async def receiving() -> Message:
            return await self._receive(receive)

        try:
            if self._told.isdigit() and int(self._told) > self._most:
                raise self._too_long()
            await self._app(scope, receiving, sending)
        except Wrong as wrong:
            if begun:
                raise
            await answer(Request(scope), wrong)(scope, receive, send)

    async def _receive(self, receive: Receive) -> Message:
        if self._whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), _PAUSE)
        except TimeoutError:
            raise self._too_slow() from None
        if message["type"] != "http.request":
            return message
        self._came += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._came > self._most:
            raise self._too_long()
        if not self._whole and time.monotonic() - self._begun > _PAUSE + self._came / _SLOWEST:
            raise self._too_slow()
        return message

    def _too_long(self) -> Wrong:
        hint = f"send at most {self._most:,} bytes at once"
        return Wrong("TooLarge", "more was sent than is taken", hint, 413, {"connection": "close"})

    def _too_slow(self) -> Wrong:
        return Wrong("TooSlow", "the request came too slowly", "send it again", 408, {"connection": "close"})
