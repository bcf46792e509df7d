"""Commands that take the graph elsewhere: view, export, validate, push."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import ReadError, VanmachError
from graph.serialise import FOLDERS, FORMATS, write
from ingest.workspace import Workspace
from queries.answers import plans_owed
from queries.lookup import find_document
from vanmach.address import address, password
from vanmach.app import DEFAULT, FolderOption, WorkspaceOption, app, folder, open_store, whole_graph
from vanmach.as_of import AsOfOption, day_given, day_of
from vanmach.asking import FormatOption, there_on
from vanmach.headings import headings
from vanmach.output import Format, print_rows, progress, say


@app.command()
def view(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Only the cascade of this document.")] = "",
    output: Annotated[Path, typer.Option("-o", "--output", help="The HTML file to write.")] = Path("vanmach.html"),
    as_of: AsOfOption = "",
    workspace: WorkspaceOption = DEFAULT,
) -> None:
    """Write one HTML file that shows the graph; it opens offline, by double click.

    Example: vanmach view 21-CT/TW -o chi-thi-21.html
    """
    from ingest.rules import rule_in_words
    from viz import write_view

    day = day_given(as_of)
    with open_store(workspace) as store:
        focus = there_on(day, find_document(store, document)).id if document else None
        duties = plans_owed(store, focus, today=day_of(as_of))
    write_view(whole_graph(workspace), output, focus, duties, day, rule_in_words)
    say(f"view written: {output}")


@app.command()
def export(
    format_: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="The format.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file to write; for csv and neo4j-csv a folder or a .zip.")
    ],
    workspace: WorkspaceOption = DEFAULT,
) -> None:
    """Write the whole graph for other programs; the same graph gives the same bytes, wherever it is kept.

    Example: vanmach export --format turtle -o graph.ttl
    """
    graph = whole_graph(workspace).in_order()
    if format_ in FOLDERS and output.suffix != ".zip":
        _make_folder(output)
    write(graph, format_, output)
    what = "shapes" if format_ == "shacl" else f"{len(graph)} nodes and {graph.nx.number_of_edges()} edges"
    say(f"{what} written: {output}")


@app.command()
def validate(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A file of RDF (.ttl, .nt, .trig, .jsonld); else the graph.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """Hold the graph, or a file of RDF, to the SHACL shapes of the model, and list what breaks them.

    Exit code: 0 when all is well, 1 when something is not.

    Example: vanmach validate graph.ttl
    """
    from graph.rdf.syntax import to_rdf
    from graph.rdf.validation import load
    from graph.rdf.validation import validate as hold_to_shapes

    report = hold_to_shapes(load(file) if file else to_rdf(whole_graph(workspace)))
    if file and not report.nodes:
        raise ReadError(f"{file}: no node of the model is in it", "export one with: vanmach export --format turtle")
    if report.findings or format_ is not Format.table:
        rows = [asdict(finding) for finding in report.findings]
        print_rows(rows, headings(("node", "message", "value")), format_)
    found = f"{len(report.findings)} findings" if report.findings else "all is well"
    say(f"{report.nodes} nodes and {report.edges} edges: {found}")
    raise typer.Exit(1 if report.findings else 0)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VanmachError(f"{path}: {error.strerror}", "name another folder with -o") from error


@app.command()
def push(
    uri: Annotated[str, typer.Argument(metavar="bolt://HOST", help="A Neo4j server: bolt://user@host:port/database.")],
    database: Annotated[str, typer.Option(help="The database; left out: the server's default.")] = "",
    workspace: FolderOption = DEFAULT,
) -> None:
    """Put the graph into Neo4j; only what differs from an earlier push is written, and one that was broken off goes on.

    The password comes from VANMACH_NEO4J_PASSWORD or from a prompt, never from the command line.

    Example: vanmach push bolt://neo4j@localhost:7687
    """
    from graph.bolt import BoltStore

    to = address(uri)
    with Workspace(folder(workspace)) as held:
        graph = held.graph()
    with BoltStore(to.uri, to.user, password(to), database or to.database) as store, progress("push") as bar:
        task = bar.add_task("", total=None, now="")
        written = store.push(graph, lambda done, total: bar.update(task, completed=done, total=total))
    changes = "nothing had changed"
    if written:
        changes = f"{written.created} added, {written.deleted} removed, {written.properties} properties set"
    say(f"{len(graph)} nodes and {graph.nx.number_of_edges()} edges are in {to}: {changes}")
