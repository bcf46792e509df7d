"""The application at an address of this machine, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator, Sized
from contextlib import ExitStack, closing, contextmanager

import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph.errors import VanmachError
from vanmach.web.access import Access
from vanmach.web.ahead import Ahead
from vanmach.web.application import make_application
from vanmach.web.changes import Changes
from vanmach.web.collection import Collection, WorkspaceCollection
from vanmach.web.problems import Wrong
from vanmach.web.security import is_static, own_names, with_headers
from vanmach.web.telling import answer

AT_ONCE = 200
"""Connections; whoever comes beyond them is told to come again."""

FAREWELL = 1
"""Seconds that answers which are being worked out get when the server is ended."""

IMPATIENCE = 15.0
"""Seconds that the headers of a request may take."""

_HEADER = 32_768  # bytes of a request's headers


class Impatient(H11Protocol):
    """Gives up a connection whose request does not come: uvicorn would wait for its headers for ever."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        elif self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(IMPATIENCE, self.transport.close)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        VanmachError: the port is in use, or this machine has no such address.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family)
        # connections inherit it; asyncio sets it only where it made the socket, and an answer of two parts waits 40 ms
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise VanmachError(f"{host}, port {port}: {error.strerror}", "name another with --host or --port") from error


@contextmanager
def opened(collection: Collection, access: Access, host: str) -> Iterator[FastAPI]:
    """The application over a collection, which is closed behind the block."""
    with closing(collection), ExitStack() as stack:
        changes = None
        if isinstance(collection, WorkspaceCollection):
            changes = stack.enter_context(closing(Changes(collection)))
            stack.enter_context(closing(Ahead(collection)))
        yield make_application(collection, changes, access, own_names(host))


class Crowded:
    """Tells whoever comes while there are too many connections to come again: uvicorn does so in two English words."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.connections: Sized = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # the page that tells so is to look like one
        if scope["type"] != "http" or len(self.connections) < AT_ONCE or is_static(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = {"connection": "close", "retry-after": "5"}
        wrong = Wrong("TooManyConnections", "too many ask at once", "try again in a moment", 503, headers)
        await answer(Request(scope), wrong)(scope, receive, with_headers(send))


class Server(uvicorn.Server):
    """Ends without a word about answers that nobody waits for any more."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def server(application: FastAPI) -> uvicorn.Server:
    """What serves an application; `run(sockets=[…])` begins it."""
    crowded = Crowded(application)
    made = Server(
        uvicorn.Config(
            crowded,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=FAREWELL,
            h11_max_incomplete_event_size=_HEADER,
            http=Impatient,
            lifespan="off",
        )
    )
    crowded.connections = made.server_state.connections
    return made
