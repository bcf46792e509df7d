"""The application at an address of this machine, until it is stopped."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph.errors import VanmachError
from vanmach.web.access import Access
from vanmach.web.ahead import Ahead
from vanmach.web.application import make_application
from vanmach.web.changes import Changes
from vanmach.web.collection import Collection, WorkspaceCollection
from vanmach.web.security import own_names

AT_ONCE = 200
"""Connections; whoever comes beyond them is told to come again."""

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


def server(application: FastAPI) -> uvicorn.Server:
    """What serves an application; `run(sockets=[…])` begins it."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=AT_ONCE,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=5,
            h11_max_incomplete_event_size=_HEADER,
            http=Impatient,
            lifespan="off",
        )
    )
