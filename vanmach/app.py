"""The application that commands hang on, and the edge where every error becomes one line."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph import jvm
from graph.errors import LookupFailed, VanmachError, WorkspaceBusy, WorkspaceError
from graph.model import Graph
from graph.store import Store
from ingest import workspace as workspaces
from ingest.holding import served
from ingest.workspace import Workspace, corrected_since
from vanmach.address import address, is_address, password
from vanmach.headings import headings
from vanmach.output import messages, print_table, say

# rdflib takes a while to import, and only SPARQL asks for it
if TYPE_CHECKING:
    from graph.rdf.store import RdfStore

app = typer.Typer(
    name="vanmach",
    help="Read Vietnamese directives and plans, and show who must do what: documents, units, tasks, what is missing.",
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

INTERRUPTED = 130
"""Exit code after Ctrl-C, which typer makes of it."""

CANDIDATE_COLUMNS = ("id", "symbol", "type", "name", "place", "issued_on", "issuer", "title", "status")

DEFAULT = str(workspaces.DEFAULT)

FolderOption = Annotated[
    str,
    typer.Option("-w", "--workspace", metavar="FOLDER", help="The folder that keeps documents, records and the graph."),
]
WorkspaceOption = Annotated[
    str,
    typer.Option(
        "-w",
        "--workspace",
        metavar="FOLDER|bolt://…",
        help="The folder that keeps documents, records and the graph; or user@host/database of a Neo4j server to ask.",
    ),
]


@app.callback()
def everywhere(context: typer.Context, workspace: WorkspaceOption = "") -> None:
    if workspace:
        group: Any = context.command
        context.default_map = {name: {"workspace": workspace} for name in group.commands}


def folder(workspace: str) -> Path:
    """The folder that -w names, for a command that needs the documents themselves.

    Raises:
        WorkspaceError: it names a server.
    """
    if is_address(workspace):
        raise WorkspaceError(
            f"{address(workspace)} holds the graph, not the documents", "name the folder of a workspace with -w"
        )
    return Path(workspace)


@contextmanager
def open_store(workspace: str, remembering: bool = False) -> Iterator[Store]:
    """The graph that -w names, open for questions: of a workspace, which is held meanwhile, or on a server.

    A workspace that another process holds and serves (`vanmach serve --bolt`) is asked over that process.

    Args:
        remembering: keep the answers of a workspace on its disk, for who asks the same of the same graph again.
    """
    with ExitStack() as stack:
        if is_address(workspace):
            yield stack.enter_context(at_address(workspace))
            return
        try:
            _, store = stack.enter_context(open_workspace(Path(workspace), remembering))
        except WorkspaceBusy as busy:
            store = stack.enter_context(_over_its_holder(workspace, busy))
        yield store


@contextmanager
def open_workspace(path: Path, remembering: bool = False) -> Iterator[tuple[Workspace, Store]]:
    """A workspace, held for reading, with its graph open for questions; see `open_store`."""
    jvm.be_brief()
    with Workspace(path, reading=True) as held:
        opened: Callable[[Callable[[], None]], Store] = held.remembering_store if remembering else held.store
        with opened(lambda: say("building the graph of the stored records …")) as store:
            yield held, store


def whole_graph(workspace: str) -> Graph:
    """The graph that -w names, in memory: of a workspace's records, or read back from a server."""
    from graph.read_back import read_back

    if is_address(workspace):
        with at_address(workspace) as store:
            return read_back(store)
    try:
        with Workspace(Path(workspace), reading=True) as held:
            return held.graph()
    except WorkspaceBusy as busy:
        with _over_its_holder(workspace, busy) as store:
            return read_back(store)


@contextmanager
def open_rdf(workspace: str) -> Iterator[RdfStore]:
    """The graph that -w names, open for SPARQL; what is on a server is read back for it."""
    with ExitStack() as stack:
        yield _rdf(workspace, stack)


def _rdf(workspace: str, stack: ExitStack) -> RdfStore:
    from graph.rdf.store import RdfStore

    if not is_address(workspace):
        try:
            held = stack.enter_context(Workspace(Path(workspace), reading=True))
            return held.rdf(lambda: say("building the graph of the stored records …"))
        except WorkspaceBusy:
            if served(Path(workspace)) is None:
                raise
    store = RdfStore(Path(stack.enter_context(TemporaryDirectory())) / "rdf")
    store.load(whole_graph(workspace))
    return store


def at_address(workspace: str) -> Store:
    """The graph on the server that -w names."""
    from graph.bolt import BoltStore

    where = address(workspace)
    return BoltStore(where.uri, where.user, password(where), where.database)


def _over_its_holder(workspace: str, busy: WorkspaceBusy) -> Store:
    """The store of the process that holds a workspace alone; `busy` where it serves nobody."""
    from graph.bolt import BoltStore

    server = served(Path(workspace))
    if server is None:
        raise busy
    if corrected_since(Path(workspace)):
        say(f"{workspace}: corrections.yaml has changed since; start the process that serves the graph anew")
    return BoltStore(server.uri, server.user, server.password, guarded=True)


def collect_seldom() -> None:
    """Have Python look for garbage in cycles only when much is new: ten thousand rows of an answer are no garbage."""
    gc.set_threshold(100_000, 20, 20)


def main() -> None:
    """Run the command line; whatever a person can mend is one line on standard error, exit code 1."""
    collect_seldom()
    for stream in (sys.stdout, sys.stderr):
        # a terminal or pipe that was not set up for Vietnamese (LANG=C, an old code page) gets UTF-8 all the same
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        code = app(sys.argv[1:] or ["--help"], prog_name="vanmach", standalone_mode=False)
    except VanmachError as error:
        say(f"vanmach: {error}")
        if isinstance(error, LookupFailed) and error.candidates:
            known = {name for one in error.candidates for name, value in one.items() if value}
            # a document's place is its issuer's; of agencies of one name it tells which is which
            columns = [name for name in CANDIDATE_COLUMNS if name in known and (name != "place" or "name" in known)]
            print_table(messages(), error.candidates, headings(columns))
        sys.exit(1)
    except typer.TyperException as error:
        # a command line that cannot be understood; 2, which is usual for it, says here that some files failed
        context: typer.Context | None = getattr(error, "ctx", None)
        command = context.command_path if context else "vanmach"
        say(f"vanmach: {' '.join(error.format_message().split())} — `{command} -h` shows how it is used")
        sys.exit(1)
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except OSError as error:
        # what is asked of a file is caught where it is asked: here it is the output that cannot be written
        say(f"vanmach: {error.strerror or error} — is the disk full, or was the output closed?")
        sys.exit(1)
    if code == INTERRUPTED:
        say("vanmach: stopped")
    sys.exit(code if isinstance(code, int) else 0)
