"""Changes of the collection, one after the other, each of which can be watched."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from graph.errors import LookupFailed, VanmachError, WorkspaceBusy
from vanmach.web.collection import WorkspaceCollection
from vanmach.web.models import Model
from vanmach.web.worker import Correct, Event, Ingest, Outcome, Task, Undo, work

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

PATIENCE = 300.0
"""Seconds that a file may take to be read."""

WAITING = 20
"""Changes that may wait at once."""

_KEPT = 200  # changes that can be looked at
# never forked from this process, which holds a Java machine, but from one that has loaded what each of them needs
_PROCESSES: ForkServerContext | SpawnContext = (
    get_context("forkserver") if "forkserver" in get_all_start_methods() else get_context("spawn")
)
_PROCESSES.set_forkserver_preload(["vanmach.web.worker", "vanmach.web.warm"])


class ReadFile(Model):
    """A file that was to be read."""

    name: str
    state: Literal["waiting", "read", "same", "failed"]
    document: str | None = None
    message: str = ""


class Change(Model):
    """A change of the collection: documents that are added, a fact that is corrected, or that is undone."""

    id: str
    kind: Literal["ingest", "correction", "undo"]
    who: str
    when: str
    state: Literal["waiting", "reading", "updating", "done", "failed"]
    message: str = ""
    files: list[ReadFile] = Field(default=[])
    number: int | None = None

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")


class Changes:
    """The changes of one workspace; they are made on a thread that ends with the process."""

    def __init__(self, collection: WorkspaceCollection) -> None:
        self._collection = collection
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Change] = OrderedDict()
        self._waiting: queue.Queue[tuple[str, Task] | None] = queue.Queue()
        self._last = 0
        self._process: BaseProcess | None = None
        self._thread = threading.Thread(target=self._work, daemon=True, name="changes")
        self._thread.start()

    def begin(self, task: Task, who: str, refused: Sequence[ReadFile] = ()) -> Change:
        """Have a change made when those before it are.

        Args:
            refused: files that came with those of the task and are not read.

        Raises:
            WorkspaceBusy: too many wait.
        """
        with self._lock:
            if sum(not change.is_over for change in self._known.values()) >= WAITING:
                raise WorkspaceBusy("too many changes are waiting", "try again in a moment")
            self._last += 1
            kinds: dict[type, Literal["ingest", "correction", "undo"]] = {Correct: "correction", Undo: "undo"}
            files = task.files if isinstance(task, Ingest) else ()
            change = Change(
                id=str(self._last),
                kind=kinds.get(type(task), "ingest"),
                who=who,
                when=now(),
                state="waiting",
                files=[*refused, *(ReadFile(name=file.name, state="waiting") for file in files)],
            )
            self._known[change.id] = change
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        self._waiting.put((change.id, task))
        return change

    def all(self) -> list[Change]:
        """The newest first."""
        with self._lock:
            return list(reversed(self._known.values()))

    def one(self, id_: str) -> Change:
        """A change by its id.

        Raises:
            LookupFailed: there is none.
        """
        with self._lock:
            if id_ not in self._known:
                raise LookupFailed(f"there is no change {id_!r}", "changes are known until the program is stopped")
            return self._known[id_]

    def close(self) -> None:
        """End what is being done; the workspace mends itself when it is opened next."""
        self._waiting.put(None)
        process = self._process
        if process is not None:
            process.kill()
        self._thread.join(10)

    # on the thread

    def _work(self) -> None:
        while (given := self._waiting.get()) is not None:
            id_, task = given
            try:
                self._do(id_, task)
            except VanmachError as error:
                self._set(id_, state="failed", message=str(error))
            except Exception as error:  # a thread that ends would leave every later change waiting
                self._set(id_, state="failed", message=f"{type(error).__name__}: {error}")

    def _set(self, id_: str, **values: object) -> None:
        with self._lock:
            if id_ in self._known:
                self._known[id_] = self._known[id_].model_copy(update=values)

    def _do(self, id_: str, task: Task) -> None:
        self._set(id_, state="reading")
        ours, theirs = _PROCESSES.Pipe()
        with ours, self._collection.let_go() as shut:
            process = _PROCESSES.Process(target=work, args=(theirs, self._collection.folder, task), daemon=True)
            process.start()
            self._process = process
            theirs.close()
            try:
                last = self._follow(id_, ours, shut)
            finally:
                self._process = None
                process.join(0.5 if process.is_alive() else None)
                if process.is_alive():
                    process.kill()
                    process.join()
        if last.kind == "failed":
            self._set(id_, state="failed", message=last.text)
        elif isinstance(task, Ingest):
            files = [*self._refused(id_), *(_settled(file, last.outcome) for file in task.files)]
            failed = all(file.state == "failed" for file in files)
            self._set(id_, state="failed" if failed else "done", files=files)
        else:
            self._set(id_, state="done", number=last.outcome.number)

    def _follow(self, id_: str, pipe: Connection, shut: Callable[[], None]) -> Event:
        """Listen to the process until it has done its task, or says nothing for too long."""
        updating = False
        while True:
            # an update of a large graph takes its time, and tells nothing meanwhile
            if not pipe.poll(None if updating else PATIENCE):
                return Event("failed", "a file takes too long to be read — add the files one by one")
            try:
                event: Event = pipe.recv()
            except EOFError:
                return Event("failed", "what read the files was ended — add the files one by one")
            if event.kind == "read":
                self._one_read(id_, event.text)
            elif event.kind == "ready":
                updating = True
                self._set(id_, state="updating")
                shut()
                pipe.send("go on")
            else:
                return event

    def _one_read(self, id_: str, name: str) -> None:
        files = list(self.one(id_).files)
        for number, file in enumerate(files):
            if file.name == name and file.state == "waiting":
                files[number] = file.model_copy(update={"state": "read"})
                break
        self._set(id_, files=files)

    def _refused(self, id_: str) -> list[ReadFile]:
        """The files that were refused before anything was read."""
        return [file for file in self.one(id_).files if file.state == "failed"]


def _settled(file: Path, told: Outcome) -> ReadFile:
    """What became of a file."""
    path = str(file.resolve())
    for message in told.failed:
        if message.startswith((path, str(file))):
            said = message.removeprefix(path).removeprefix(str(file)).lstrip(": ")
            return ReadFile(name=file.name, state="failed", message=said)
    if path in told.same:
        kept = Path(told.same[path]).name
        return ReadFile(name=file.name, state="same", document=told.documents.get(path), message=kept)
    return ReadFile(name=file.name, state="read", document=told.documents.get(path))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
