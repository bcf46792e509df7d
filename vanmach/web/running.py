"""The application at an address of this machine, until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import uvicorn
from fastapi import FastAPI

from graph.errors import VanmachError
from vanmach.web.access import Access
from vanmach.web.application import make_application
from vanmach.web.changes import Changes
from vanmach.web.collection import Collection, WorkspaceCollection
from vanmach.web.security import own_names

AT_ONCE = 200
"""Connections; whoever comes beyond them is told to come again."""

_HEADER = 32_768  # bytes of a request's headers


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        VanmachError: the port is in use, or this machine has no such address.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise VanmachError(f"{host}, port {port}: {error.strerror}", "name another with --host or --port") from error


@contextmanager
def opened(collection: Collection, access: Access, host: str) -> Iterator[FastAPI]:
    """The application over a collection, which is closed behind the block."""
    with closing(collection), ExitStack() as stack:
        changes = None
        if isinstance(collection, WorkspaceCollection):
            changes = stack.enter_context(closing(Changes(collection)))
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
            http="h11",
            lifespan="off",
        )
    )
