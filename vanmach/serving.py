"""The command that lets others ask while it runs: serve."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from getpass import getpass
from typing import Annotated

import typer

from graph.errors import StoreError, VanmachError
from ingest.holding import Served
from ingest.workspace import Workspace
from vanmach.app import DEFAULT, FolderOption, app, folder
from vanmach.output import say

PASSWORD = "VANMACH_SERVE_PASSWORD"
LEAST = 8
"""Characters of a password."""

USER = "neo4j"  # what Neo4j's tools and `vanmach -w bolt://localhost` expect
COMMANDS = "vanmach"  # as whom the commands of this program ask; never more than reading


@app.command()
def serve(
    bolt: Annotated[bool, typer.Option("--bolt", help="To Neo4j's drivers and tools.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port; only this machine reaches it.")] = 7687,
    write: Annotated[
        bool, typer.Option("--write", help="Let them write too; it lasts until the graph is built anew.")
    ] = False,
    workspace: FolderOption = DEFAULT,
) -> None:
    """Let others ask the graph over Bolt until this is stopped; other commands ask this one meanwhile.

    They ask as the user neo4j; the password comes from VANMACH_SERVE_PASSWORD or from a prompt, never from the command
    line.

    Example: vanmach serve --bolt
    """
    from graph.serving import Account, BoltServer

    if not bolt:
        raise VanmachError("serve: to whom?", "say --bolt for Neo4j's drivers and tools")
    chosen = _password()
    with _ended_by_the_system(), Workspace(folder(workspace)) as held:
        held.store(lambda: say("building the graph of the stored records …")).close()
        own = secrets.token_urlsafe(32)
        accounts = [Account(USER, chosen, write), Account(COMMANDS, own)]
        with BoltServer(held.store_folder, accounts, port) as server:
            held.announce(Served(server.uri, COMMANDS, own))
            what = "read and written" if write else "read"
            with suppress(KeyboardInterrupt):
                say(f"the graph can be {what} at {server.uri} by the user {USER}; Ctrl-C ends it")
                threading.Event().wait()
    say("stopped")


@contextmanager
def _ended_by_the_system() -> Iterator[None]:
    """SIGTERM, with which a system ends what serves, ends the block as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _password() -> str:
    """The password out of the environment, else out of a prompt; nowhere is it shown."""
    given = os.environ.get(PASSWORD)
    if given is None and not sys.stdin.isatty():
        raise StoreError(f"no password for the user {USER}", f"set {PASSWORD}")
    chosen = getpass(f"Password that the user {USER} shall have: ") if given is None else given
    if len(chosen) < LEAST:
        raise StoreError(f"the password has fewer than {LEAST} characters", "choose a longer one")
    return chosen
