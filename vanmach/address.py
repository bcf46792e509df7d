"""The address of a graph server on the command line, and the password that never stands there."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from getpass import getpass
from urllib.parse import unquote, urlsplit

from graph.errors import StoreError

PASSWORD = "VANMACH_NEO4J_PASSWORD"
"""The variable of the environment that may hold the password of a server's user."""

_SCHEME = re.compile(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://", re.IGNORECASE)  # neo4j+s://
_USER = re.compile(r"(?<=://)[^/]*@")  # bolt://[neo4j:secret@]localhost


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and as whom to ask it; `database` is None for the user's own."""

    uri: str
    user: str
    database: str | None

    def __str__(self) -> str:
        return self.uri


def is_address(text: str) -> bool:
    """Whether this names a server and not a folder.

    >>> is_address("bolt://neo4j@localhost"), is_address("bolt")
    (True, False)
    """
    return _SCHEME.match(text) is not None


def address(text: str) -> Address:
    """Read "bolt://user@host:port/database"; user, port and database may be left out.

    Raises:
        StoreError: it is no address, or it holds a password, which is not repeated.
    """
    shown = _USER.sub("", text)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port or 7687
    except ValueError as error:  # "bolt://localhost:port", "bolt://localhost:99999"
        raise StoreError(f"{shown}: {error}", "an address looks like bolt://localhost:7687") from error
    if not host:
        raise StoreError(f"{shown}: no address of a server", "it looks like bolt://localhost:7687")
    if parts.password:
        raise StoreError("a password on the command line can be read by others", f"set {PASSWORD} instead")
    user = unquote(parts.username or "") or os.environ.get("VANMACH_NEO4J_USER", "neo4j")
    uri = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"
    return Address(uri, user, unquote(parts.path.strip("/")) or None)


@cache
def password(of: Address) -> str:
    """The password out of the environment, else out of a prompt, once; nowhere is it shown.

    Raises:
        StoreError: there is neither.
    """
    given = os.environ.get(PASSWORD)
    if given is None and not sys.stdin.isatty():
        raise StoreError(f"no password for {of.user} at {of}", f"set {PASSWORD}")
    return getpass(f"Password of {of.user} at {of}: ") if given is None else given
