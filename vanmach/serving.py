"""The command that lets others ask while it runs, in a browser or over Bolt: serve."""

from __future__ import annotations

import ipaddress
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import StoreError, VanmachError
from ingest.holding import Served
from ingest.workspace import Workspace
from vanmach.address import is_address
from vanmach.app import DEFAULT, WorkspaceOption, app, at_address, folder
from vanmach.output import say

# FastAPI takes a while to import, and only this command needs it
if TYPE_CHECKING:
    from vanmach.web.collection import Collection

PASSWORD = "VANMACH_SERVE_PASSWORD"
HOST, WEB_PORT, BOLT_PORT = "127.0.0.1", 8080, 7687
LEAST = 8
"""Characters of a password."""

USER = "neo4j"  # what Neo4j's tools and `vanmach -w bolt://localhost` expect
COMMANDS = "vanmach"  # as whom the commands of this program ask; never more than reading


@app.command()
def serve(
    bolt: Annotated[bool, typer.Option("--bolt", help="To Neo4j's drivers and tools, instead of browsers.")] = False,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Of this machine; one that others reach needs a password.")
    ] = HOST,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="The port; left out: 8080, with --bolt 7687.", show_default=False),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="With --bolt: let them write too; it lasts until the graph is built anew.")
    ] = False,
    workspace: WorkspaceOption = DEFAULT,
) -> None:
    """Let people see the graph in a browser, add documents and correct facts, until this is stopped.

    Only this machine reaches it, unless --host names another address; then a password is asked for, which comes from
    VANMACH_SERVE_PASSWORD or from a prompt, never from the command line. With --bolt Neo4j's drivers and tools ask as
    the user neo4j with that password.

    Example: vanmach serve
    """
    if bolt:
        if host != HOST:
            raise VanmachError("--bolt serves this machine alone", "leave --host out")
        _serve_bolt(folder(workspace), BOLT_PORT if port is None else port, write)
    elif write:
        raise VanmachError("--write is for --bolt", "in a browser documents are added and facts corrected without it")
    else:
        _serve_pages(workspace, host, WEB_PORT if port is None else port)
    say("stopped")


def _serve_pages(workspace: str, host: str, port: int) -> None:
    from vanmach.web.access import Access
    from vanmach.web.running import bound, opened, server

    password = os.environ.get(PASSWORD)
    if not is_loopback(host) or password is not None:
        password = _password("everybody who asks")
    with (
        _ended_by_the_system(),
        bound(host, port) as listening,
        opened(_collection(workspace), Access(password), host) as application,
        suppress(KeyboardInterrupt),
    ):
        say(f"open http://{f'[{host}]' if ':' in host else host}:{port}/ in a browser; Ctrl-C ends it")
        server(application).run(sockets=[listening])
    _leave_answers()


def _leave_answers() -> None:
    """End the process where threads still work out answers, which nobody waits for any more.

    All that was held is let go by now; and Python and Java take each other down while threads of both still end.
    """
    until = time.monotonic() + 0.2  # most come to their end at once
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(max(0.0, until - time.monotonic()))
    if threading.active_count() > 1:
        say("stopped")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _collection(workspace: str) -> Collection:
    from vanmach.web.collection import Collection, WorkspaceCollection

    if is_address(workspace):
        return Collection(at_address(workspace))
    return WorkspaceCollection(Path(workspace), lambda: say("building the graph of the stored records …"))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _serve_bolt(path: Path, port: int, write: bool) -> None:
    from graph.serving import Account, BoltServer

    chosen = _password(f"the user {USER}")
    with _ended_by_the_system(), Workspace(path) as held:
        held.store(lambda: say("building the graph of the stored records …")).close()
        own = secrets.token_urlsafe(32)
        accounts = [Account(USER, chosen, write), Account(COMMANDS, own)]
        with BoltServer(held.store_folder, accounts, port) as server:
            held.announce(Served(server.uri, COMMANDS, own))
            what = "read and written" if write else "read"
            with suppress(KeyboardInterrupt):
                say(f"the graph can be {what} at {server.uri} by the user {USER}; Ctrl-C ends it")
                threading.Event().wait()


@contextmanager
def _ended_by_the_system() -> Iterator[None]:
    """SIGTERM, with which a system ends what serves, ends the block as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _password(whose: str) -> str:
    """The password out of the environment, else out of a prompt; nowhere is it shown."""
    given = os.environ.get(PASSWORD)
    if given is None and not sys.stdin.isatty():
        raise StoreError(f"no password for {whose}", f"set {PASSWORD}")
    chosen = getpass(f"Password that {whose} shall have: ") if given is None else given
    if len(chosen) < LEAST:
        raise StoreError(f"the password has fewer than {LEAST} characters", "choose a longer one")
    return chosen
