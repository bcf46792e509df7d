"""The application at an address of this machine, until it is stopped."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI

from graph.errors import VanmachError

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
