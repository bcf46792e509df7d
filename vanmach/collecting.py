"""Commands that bring documents in: extract, ingest, rebuild."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize

import typer

from graph.errors import ReadError, VanmachError, WorkspaceError
from ingest.workspace import DEFAULT, Workspace
from vanmach.app import WorkspaceOption, app
from vanmach.output import progress, say

# the extraction takes a second to import: only the commands that extract pay for it
if TYPE_CHECKING:
    from ingest.intake import Report

PlaceOption = Annotated[
    str,
    typer.Option("--place", help='Whose documents these are, where the text does not say: "tỉnh Quảng Trị/huyện X".'),
]


def _place(given: str) -> tuple[str, ...] | None:
    return tuple(part.strip() for part in normalize("NFC", given).split("/") if part.strip()) or None


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Documents to read.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder that gets one JSON file a document.")],
    place: PlaceOption = "",
) -> None:
    """Read documents and write what each says as JSON; no workspace is touched.

    Example: vanmach extract ke-hoach.docx chi-thi.pdf -o records
    """
    from ingest.extract import extract as extract_record
    from ingest.intake import find_files, printable
    from ingest.read import read
    from ingest.record import dump

    done: dict[str, Path] = {}
    found = find_files(files)
    with _writing_to(output):
        output.mkdir(parents=True, exist_ok=True)
    with progress("extract") as bar:
        task = bar.add_task("", total=len(found), now="")
        for path in found:
            try:
                if isinstance(path, ReadError):
                    raise path
                name = f"{path.stem}.json"
                if name in done:
                    raise ReadError(f"{path}: {name} is written already, from {done[name]}", "use another -o for it")
                _, record = extract_record(read(path), printable(Path(path.name)), _place(place))
                with _writing_to(output):
                    (output / name).write_bytes(dump(record))
                done[name] = path
            except ReadError as error:
                say(f"not read: {error}")
            bar.update(task, advance=1, now="" if isinstance(path, ReadError) else path.name)
    failed = len(found) - len(done)
    say(f"{_number(len(done), 'record')} in {output}" + (f", {_number(failed, 'file')} not read" if failed else ""))
    raise typer.Exit((2 if failed else 0) if done else 1)


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkspaceError(f"{folder}: {error.strerror}", "name another folder with -o") from error


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Documents, or folders of them.")],
    workspace: WorkspaceOption = DEFAULT,
    place: PlaceOption = "",
) -> None:
    """Read documents into the workspace and build the graph.

    Exit code: 0 when all were read, 2 when some files failed, 1 when nothing was done.

    Example: vanmach ingest van-ban/ -w .vanmach
    """
    from ingest.intake import find_files, take_in

    files = find_files(paths)
    if not files:
        raise VanmachError(
            "nothing to read there", "name files or folders with .txt, .md, .html, .docx or .pdf in them"
        )
    with Workspace(workspace, create=True) as held:
        with progress("read") as bar:
            task = bar.add_task("", total=len(files), now="")
            try:
                report = take_in(
                    files,
                    held,
                    _place(place),
                    lambda path: bar.update(task, advance=1, now="" if isinstance(path, ReadError) else path.name),
                )
            except KeyboardInterrupt:
                say(f"{_number(len(held.ids()), 'document')} in {workspace}; the same command goes on with the rest")
                raise
        for error in report.failed:
            say(f"not read: {error}")
        if report.stored:
            _project(held)
        say(_summary(report, workspace))
    raise typer.Exit(report.exit_code)


def _summary(report: Report, workspace: Path) -> str:
    parts = [f"{_number(len(report.stored), 'document')} read into {workspace}"]
    if report.unchanged:
        parts.append(f"{len(report.unchanged)} unchanged")
    if report.failed:
        parts.append(f"{_number(len(report.failed), 'file')} not read")
    return ", ".join(parts)


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _project(workspace: Workspace) -> None:
    with progress("graph") as bar:
        task = bar.add_task("", total=None, now="")

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        show: Callable[[int, int], None] = advance
        workspace.rebuild(show)


@app.command()
def rebuild(workspace: WorkspaceOption = DEFAULT) -> None:
    """Build the graph anew out of the stored records and corrections.

    Example: vanmach rebuild -w .vanmach
    """
    with Workspace(workspace) as held:
        _project(held)
        say(f"graph of {_number(len(held.ids()), 'document')} built in {workspace}")
