"""Commands that take the graph elsewhere: view, export, push."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from graph.errors import StoreError, VanmachError
from graph.serialise import FORMATS, write
from ingest.workspace import DEFAULT, Workspace
from queries.lookup import find_document
from vanmach.app import WorkspaceOption, app
from vanmach.output import progress, say


@app.command()
def view(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Only the cascade of this document.")] = "",
    output: Annotated[Path, typer.Option("-o", "--output", help="The HTML file to write.")] = Path("vanmach.html"),
    workspace: WorkspaceOption = DEFAULT,
) -> None:
    """Write one HTML file that shows the graph; it opens offline, by double click.

    Example: vanmach view 21-CT/TW -o chi-thi-21.html
    """
    from viz import write_view

    with Workspace(workspace) as held:
        focus = None
        if document:
            with held.store() as store:
                focus = find_document(store, document).id
        write_view(held.graph(), output, focus)
    say(f"view written: {output}")


@app.command()
def export(
    format_: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="The format.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write; for csv a folder or a .zip.")],
    workspace: WorkspaceOption = DEFAULT,
) -> None:
    """Write the whole graph for other programs.

    Example: vanmach export --format turtle -o graph.ttl
    """
    with Workspace(workspace) as held:
        graph = held.graph()
    if format_ == "csv" and output.suffix != ".zip":
        _make_folder(output)
    write(graph, format_, output)
    say(f"{len(graph)} nodes and {graph.nx.number_of_edges()} edges written: {output}")


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VanmachError(f"{path}: {error.strerror}", "name another folder with -o") from error


@app.command()
def push(
    uri: Annotated[str, typer.Argument(metavar="bolt://HOST[:PORT]", help="A Neo4j server; user@ before the host.")],
    database: Annotated[str, typer.Option(help="The database; left out: the server's default.")] = "",
    workspace: WorkspaceOption = DEFAULT,
) -> None:
    """Put the graph into Neo4j; only what differs from an earlier push is written, and one that was broken off goes on.

    The password comes from VANMACH_NEO4J_PASSWORD or from a prompt, never from the command line.

    Example: vanmach push bolt://neo4j@localhost:7687
    """
    from graph.bolt import BoltStore

    address, user = _address(uri)
    with Workspace(workspace) as held:
        graph = held.graph()
    password = _password(user, address)
    with BoltStore(address, user, password, database or None) as store, progress("push") as bar:
        task = bar.add_task("", total=None, now="")
        written = store.push(graph, lambda done, total: bar.update(task, completed=done, total=total))
    changes = "nothing had changed"
    if written:
        changes = f"{written.created} added, {written.deleted} removed, {written.properties} properties set"
    say(f"{len(graph)} nodes and {graph.nx.number_of_edges()} edges are in {address}: {changes}")


def _address(uri: str) -> tuple[str, str]:
    """The address of a server without the user, and the user."""
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port or 7687
    except ValueError as error:  # "bolt://localhost:port", "bolt://localhost:99999"
        raise StoreError(f"{uri}: {error}", "an address looks like bolt://localhost:7687") from error
    if not host:
        raise StoreError(f"{uri}: no address of a server", "it looks like bolt://localhost:7687")
    if parts.password:
        raise StoreError("a password on the command line can be read by others", "set VANMACH_NEO4J_PASSWORD instead")
    return f"{parts.scheme}://{host}:{port}", parts.username or os.environ.get("VANMACH_NEO4J_USER", "neo4j")


def _password(user: str, address: str) -> str:
    """The password out of the environment, else out of a prompt; nowhere is it shown."""
    given = os.environ.get("VANMACH_NEO4J_PASSWORD")
    if given is None and not sys.stdin.isatty():
        raise StoreError(f"no password for {user} at {address}", "set VANMACH_NEO4J_PASSWORD")
    return getpass(f"Password of {user} at {address}: ") if given is None else given
