"""The application that commands hang on, and the edge where every error becomes one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import click
import typer

from graph.errors import LookupFailed, VanmachError
from graph.store import Store
from ingest.workspace import Workspace
from vanmach.headings import headings
from vanmach.output import messages, say, table

app = typer.Typer(
    name="vanmach",
    help="Read Vietnamese directives and plans, and show who must do what: documents, units, tasks, what is missing.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CANDIDATE_COLUMNS = ("id", "symbol", "type", "name", "issued_on", "issuer", "title", "status")

WorkspaceOption = Annotated[
    Path, typer.Option("-w", "--workspace", help="The folder that keeps documents, records and the graph.")
]


@contextmanager
def open_store(path: Path) -> Iterator[Store]:
    """The store of a workspace, which is held as long as the store is open."""
    with Workspace(path) as held, held.store(lambda: say("building the graph of the stored records …")) as store:
        yield store


def main() -> None:
    """Run the command line; whatever a person can mend is one line on standard error, exit code 1."""
    try:
        code = app(standalone_mode=False)
    except LookupFailed as error:
        say(f"vanmach: {error}")
        if error.candidates:
            columns = [name for name in CANDIDATE_COLUMNS if any(c.get(name) for c in error.candidates)]
            messages().print(table(error.candidates, headings(columns)))
        sys.exit(1)
    except VanmachError as error:
        say(f"vanmach: {error}")
        sys.exit(1)
    except click.exceptions.Abort:
        say("vanmach: stopped; what was reported as done is kept")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # the reader of a pipe (head, less) has had enough: nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
