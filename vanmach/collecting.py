"""Commands that bring documents in: extract, ingest, rebuild."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated
from unicodedata import normalize

import typer

from graph.errors import ReadError, VanmachError, WorkspaceError
from ingest.intake import Report, find_files, printable, take_in
from ingest.workers import Job, extract_all, workers_for
from ingest.workspace import Workspace
from vanmach.app import DEFAULT, FolderOption, app, folder
from vanmach.output import progress, say

JobsOption = Annotated[
    int | None,
    typer.Option(
        "-j", "--jobs", metavar="N", min=1, help="Read in N processes; left out: a few files in one, many on all cores."
    ),
]
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
    jobs: JobsOption = None,
) -> None:
    """Read documents and write what each says as JSON; no workspace is touched.

    Example: vanmach extract ke-hoach.docx chi-thi.pdf -o records
    """
    found = find_files(files)
    with _writing_to(output):
        output.mkdir(parents=True, exist_ok=True)
    given = _place(place)
    names, failed = _record_names(found)
    todo = [Job(path, printable(Path(path.name)), given) for path in names]
    with progress("extract") as bar:
        task = bar.add_task("", total=len(todo), now="")
        with closing(extract_all(todo, jobs or workers_for(todo))) as outcomes:
            for job, outcome in outcomes:
                if isinstance(outcome, ReadError):
                    failed.append(outcome)
                else:
                    with _writing_to(output):
                        (output / names[job.path]).write_bytes(outcome.record)
                bar.update(task, advance=1, now=job.name)
    for error in sorted(failed, key=str):
        say(f"not read: {error}")
    done = len(found) - len(failed)
    say(f"{_number(done, 'record')} in {output}" + (f", {_number(len(failed), 'file')} not read" if failed else ""))
    raise typer.Exit((2 if failed else 0) if done else 1)


def _record_names(found: Sequence[Path | ReadError]) -> tuple[dict[Path, str], list[ReadError]]:
    """The name of each file's record, and what is wrong with the others; of several with one name the first has it."""
    names: dict[Path, str] = {}
    owners: dict[str, Path] = {}
    failed = [error for error in found if isinstance(error, ReadError)]
    for path in sorted(path for path in found if isinstance(path, Path)):
        name = f"{path.stem}.json"
        if owners.setdefault(name, path) == path:
            names[path] = name
        else:
            failed.append(ReadError(f"{path}: {name} is for {owners[name]}", "use another -o for it"))
    return names, failed


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkspaceError(f"{folder}: {error.strerror}", "name another folder with -o") from error


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Documents, or folders of them.")],
    workspace: FolderOption = DEFAULT,
    place: PlaceOption = "",
    jobs: JobsOption = None,
) -> None:
    """Read documents into the workspace and build the graph.

    Exit code: 0 when all were read, 2 when some files failed, 1 when nothing was done.

    Example: vanmach ingest van-ban/ -w .vanmach
    """
    files = find_files(paths)
    if not files:
        raise VanmachError(
            "nothing to read there", "name files or folders with .txt, .md, .html, .docx or .pdf in them"
        )
    with Workspace(folder(workspace), create=True) as held:
        with progress("read") as bar:
            task = bar.add_task("", total=len(files), now="")
            try:
                report = take_in(
                    files,
                    held,
                    _place(place),
                    lambda path: bar.update(task, advance=1, now="" if isinstance(path, ReadError) else path.name),
                    jobs,
                )
            except KeyboardInterrupt:
                say(f"{_number(len(held.ids()), 'document')} in {workspace}; the same command goes on with the rest")
                raise
        for error in report.failed:
            say(f"not read: {error}")
        for path, kept in report.same:
            say(f"not kept: {path}: the same document as {kept} — to keep it instead, take the other file away")
        if report.stored or report.removed:
            _project(held.project)
        say(_summary(report, workspace))
    raise typer.Exit(report.exit_code)


def _summary(report: Report, workspace: str) -> str:
    parts = [f"{_number(len(report.stored), 'document')} read into {workspace}"]
    if report.unchanged:
        parts.append(f"{len(report.unchanged)} unchanged")
    if report.same:
        parts.append(f"{len(report.same)} the same as another")
    if report.failed:
        parts.append(f"{_number(len(report.failed), 'file')} not read")
    return ", ".join(parts)


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _project(build: Callable[[Callable[[int, int], None]], object]) -> None:
    with progress("graph") as bar:
        task = bar.add_task("", total=None, now="")

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        show: Callable[[int, int], None] = advance
        build(show)


@app.command()
def rebuild(workspace: FolderOption = DEFAULT) -> None:
    """Build the graph anew out of the stored records and corrections.

    Example: vanmach rebuild -w .vanmach
    """
    with Workspace(folder(workspace)) as held:
        _project(held.rebuild)
        say(f"graph of {_number(len(held.ids()), 'document')} built in {workspace}")
