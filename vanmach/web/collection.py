"""What the application asks: a graph that many read at once, and the documents behind it where they are here."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import TOO_MUCH_MEMORY, QueryLimit, WorkspaceBusy, WorkspaceError
from graph.store import Store
from ingest.workspace import Workspace
from vanmach.web.gate import Gate

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds that an answer waits for a graph that is being updated."""

OWN_QUESTIONS = 4
"""Questions of people's own that are answered at once."""

FAREWELL = 0.2
"""Seconds that questions get to come to their end when the collection is closed."""

ROOM = 60.0
"""Seconds that an answer waits for the memory that others use meanwhile."""

_REMEMBERED = 256  # answers, and the tables of pages
_FRESH = 10.0  # seconds that an answer of a server counts, which others may change


@dataclass(slots=True)
class _Answer:
    """An answer that is worked out once, by the first who asks, while others wait for it."""

    asked_at: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    values: list[Any] = field(default_factory=list)


def _is_of_memory(error: QueryLimit) -> bool:
    return error.message.startswith(TOO_MUCH_MEMORY)


class Collection:
    """The graph on a server; its documents are not here, and nothing can be changed."""

    fresh: float | None = _FRESH
    day: str | None = None
    """The day (ISO 8601) that is asked about: what was issued later is not there. None: all is, and it is today."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._gate = Gate()
        self._own_questions = threading.BoundedSemaphore(OWN_QUESTIONS)
        self._lock = threading.Lock()
        self._behind = threading.Lock()
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self.version = 0
        """Changes with the graph."""
        self._listeners: list[Callable[[], None]] = []

    @property
    def documents(self) -> Workspace | None:
        """Texts and records, where they are here; reading them needs no lock, for they are moved into place whole."""
        return None

    @property
    def folder(self) -> Path:
        """The workspace.

        Raises:
            WorkspaceError: there is none.
        """
        raise WorkspaceError("this is a graph on a server, without its documents", "serve the folder of a workspace")

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The graph, to be asked in the block.

        Raises:
            WorkspaceBusy: it is being updated, and that takes longer than one likes to wait.
        """
        with self._gate.passing(PATIENCE):
            yield self._store

    @contextmanager
    def asking(self) -> Iterator[Store]:
        """The graph for a question of somebody's own; only a few of them at once, for they may take long.

        Raises:
            WorkspaceBusy: the others do take long; see also `reading`.
        """
        if not self._own_questions.acquire(timeout=PATIENCE):
            raise WorkspaceBusy("too many questions are being answered", "try again in a moment")
        try:
            with self.reading() as store:
                yield store
        finally:
            self._own_questions.release()

    def remembered(self, key: Hashable, ask: Callable[[Store], T]) -> T:
        """What `ask` gives; asked once for a key until the graph changes, for it costs more than to remember.

        Raises:
            WorkspaceBusy: see `reading`; and whatever `ask` raises, which is not remembered.
        """

        return self.made_of_answers(key, lambda: self._with_room(ask))

    def _with_room(self, ask: Callable[[Store], T]) -> T:
        """What `ask` gives; asked again behind the others where they use the memory that it needs.

        Two who ask of a whole country at once do not both have room, which is no fault of theirs.
        """
        try:
            with self.reading() as store:
                return ask(store)
        except QueryLimit as error:
            if not _is_of_memory(error):
                raise
        with self._behind:  # one after the other: those who failed together would do so again
            until = time.monotonic() + ROOM
            while True:
                self._gate.wait_until_empty(until - time.monotonic())
                try:
                    with self.reading() as store:
                        return ask(store)
                except QueryLimit as error:
                    if not _is_of_memory(error) or self._gate.is_empty or time.monotonic() > until:
                        raise

    def made_of_answers(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, which asks for answers that are remembered; made once for a key until the graph changes.

        Raises:
            whatever `make` raises, which is not remembered.
        """
        answer = self._answer(key)
        with answer.lock:
            if not answer.values:
                answer.values.append(make())
        value: T = answer.values[0]
        return value

    def _answer(self, key: Hashable) -> _Answer:
        with self._lock:
            now = time.monotonic()
            known = self._answers.get(key)
            if known is None or (self.fresh is not None and now - known.asked_at > self.fresh):
                known = self._answers[key] = _Answer(now)
            self._answers.move_to_end(key)
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
            return known

    def _forget(self) -> None:
        with self._lock:
            self._answers.clear()
            self.version += 1
        for tell in self._listeners:
            tell()

    def when_changed(self, tell: Callable[[], None]) -> None:
        """Call a function from now on whenever the graph has changed; it must not take long."""
        self._listeners.append(tell)

    def close(self) -> None:
        """Answer nothing more; a graph that is still being asked then is left open until the process ends.

        Nothing is written here, and its engine would wait for the question for ever.
        """
        if self._gate.close(FAREWELL):
            self._store.close()


class AsItStood(Collection):
    """A collection as it stood on a day; its answers are remembered among those of the collection itself."""

    def __init__(self, of: Collection, day: str) -> None:
        self._of = of
        self.day = day
        self.fresh = of.fresh
        self.version = of.version

    @property
    def documents(self) -> Workspace | None:
        return self._of.documents

    @property
    def folder(self) -> Path:
        """See `Collection.folder`."""
        return self._of.folder

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """See `Collection.reading`."""
        with self._of.reading() as store:
            yield store

    @contextmanager
    def asking(self) -> Iterator[Store]:
        """See `Collection.asking`."""
        with self._of.asking() as store:
            yield store

    def _with_room(self, ask: Callable[[Store], T]) -> T:
        return self._of._with_room(ask)

    def made_of_answers(self, key: Hashable, make: Callable[[], T]) -> T:
        """See `Collection.made_of_answers`."""
        return self._of.made_of_answers(("on", self.day, key), make)


class WorkspaceCollection(Collection):
    """A workspace in a folder, held for reading as long as nothing is changed in it.

    Args:
        folder: made when it is not there.
        on_rebuild: called when the graph must be built first, which can take a while.

    Raises:
        WorkspaceBusy: another process changes it.
        WorkspaceError, StoreError: it cannot be used.
    """

    fresh = None

    def __init__(self, folder: Path, on_rebuild: Callable[[], None] | None = None) -> None:
        self._folder = folder
        self._open = threading.Lock()
        self._is_open = True
        self._held = Workspace(folder, create=True, reading=True)
        try:
            super().__init__(self._held.store(on_rebuild))
        except BaseException:
            self._held.close()
            raise

    @property
    def documents(self) -> Workspace:
        return self._held

    @property
    def folder(self) -> Path:
        return self._folder

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """See `Collection.reading`.

        Raises:
            WorkspaceBusy: also where another process took the workspace while it was let go.
        """
        with self._gate.passing(PATIENCE):
            with self._open:
                if not self._is_open:
                    self._reopen()
            yield self._store

    def _reopen(self) -> None:
        self._held = Workspace(self._folder, create=True, reading=True)
        try:
            self._store = self._held.store()
        except BaseException:
            self._held.close()
            raise
        self._is_open = True

    @contextmanager
    def let_go(self) -> Iterator[Callable[[], None]]:
        """Let another process have the workspace for the block; the graph is asked until the function is called.

        Behind the block whoever asks gets the new graph.
        """
        with self._open:  # whoever opens it again just now comes to the end of that first
            self._held.close()
        with ExitStack() as stack:

            def shut() -> None:
                if self._is_open:
                    stack.enter_context(self._gate.shut())
                    self._store.close()
                    self._is_open = False

            stack.callback(self._forget)
            try:
                yield shut
            finally:
                shut()

    def close(self) -> None:
        super().close()
        self._held.close()
