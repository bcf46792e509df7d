"""What changes a workspace, in a process of its own: reads files, corrects facts, and brings the graph up to date.

A file that crashes what reads it, or never ends, costs that process alone, and the pages go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from graph.errors import ReadError, VanmachError
from ingest import said
from ingest.durable import write
from ingest.intake import Report, take_in
from ingest.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ingest:
    """Files to take in; `place` is whose documents they are, where the text does not say."""

    files: tuple[Path, ...]
    place: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Correct:
    """A thing that somebody says, see `ingest.said`."""

    kind: str
    value: Any
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Undo:
    """A thing that somebody takes back."""

    number: int
    who: str
    when: str


Task = Ingest | Correct | Undo


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: of files by their paths the ids of their documents, those that were the same document as another
    (with that one's path), and the messages of those that could not be read; the number of a correction."""

    documents: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    failed: Sequence[str] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What the process tells: a file was `read`, it is `ready` to change the graph (and waits for an answer), it has
    `done` its task, or `failed`."""

    kind: Literal["read", "ready", "done", "failed"]
    text: str = ""
    outcome: Outcome = field(default_factory=Outcome)


def work(pipe: Connection, folder: Path, task: Task) -> None:
    """Do a task, and tell of it; a killed process leaves a workspace that mends itself when it is opened."""
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):  # nobody listens any more
        try:
            with Workspace(folder, create=True) as held:
                outcome = _ingest(pipe, held, task) if isinstance(task, Ingest) else _correct(pipe, held, task)
            pipe.send(Event("done", outcome=outcome))
        except VanmachError as error:
            pipe.send(Event("failed", str(error)))
        except OSError as error:
            pipe.send(Event("failed", f"{folder}: {error.strerror} — is there room on the disk?"))


def _ready(pipe: Connection) -> None:
    pipe.send(Event("ready"))
    pipe.recv()


def _ingest(pipe: Connection, held: Workspace, task: Ingest) -> Outcome:
    def told(file: Path | ReadError) -> None:
        pipe.send(Event("read", "" if isinstance(file, ReadError) else file.name))

    report = _newest_kept(task, held, told)
    _ready(pipe)
    held.project()
    of = {str(file): found[0] for file in task.files if (found := held.document_of(str(file.resolve())))}
    return Outcome(of, dict(report.same), [str(error) for error in report.failed])


def _newest_kept(task: Ingest, held: Workspace, told: Callable[[Path | ReadError], None]) -> Report:
    """Take files in; one that is the same document as a file that was added before takes its place."""
    report = take_in(task.files, held, task.place, told)
    new = {str(file.resolve()) for file in task.files}
    uploads = held.path.resolve() / "uploads"
    replaced = [
        Path(kept) for path, kept in report.same if path in new and uploads in Path(kept).parents and kept not in new
    ]
    if replaced:
        for file in replaced:
            file.unlink(missing_ok=True)
        again = take_in(task.files, held, task.place)
        report.stored = sorted({*report.stored, *again.stored})
        report.same = again.same
    return report


def _correct(pipe: Connection, held: Workspace, task: Correct | Undo) -> Outcome:
    path = held.path / "corrections.yaml"
    before = path.read_bytes() if path.exists() else None
    if isinstance(task, Correct):
        number = said.add(path, task.kind, task.value, task.who, task.when).number
    else:
        number = said.undo(path, task.number, task.who, task.when).number
    _ready(pipe)
    try:
        held.corrections()
        held.project()
    except VanmachError:
        # what cannot be is not kept: the graph is again what it was
        if before is None:
            path.unlink()
        else:
            write(path, before)
        held.project()
        raise
    return Outcome(number=number)
