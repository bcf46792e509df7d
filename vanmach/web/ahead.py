"""What takes longest is worked out before anybody asks: when the application begins, and when the graph changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from graph.errors import VanmachError
from vanmach.web import interface, pictures
from vanmach.web.collection import Collection
from vanmach.web.extents import Extent

QUIET = 2.0
"""Seconds without a change after which it is begun: changes often come one after the other."""

PATIENCE = 0.2
"""Seconds that whoever closes it waits for the question that is being asked: nobody wants its answer any more."""


def start_page(collection: Collection) -> None:
    interface.collection_summary(collection)


def picture(collection: Collection) -> None:
    pictures.view_of_collection(collection, Extent())


class Ahead:
    """Asks a collection, which remembers the answers until the graph changes, on a thread until it is closed.

    Args:
        collection: one that tells of its changes.
        questions: what is asked, one after the other.
    """

    def __init__(
        self, collection: Collection, questions: Sequence[Callable[[Collection], None]] = (start_page, picture)
    ) -> None:
        self._collection = collection
        self._questions = questions
        self._changed = threading.Event()
        self._closed = threading.Event()
        self._changed.set()  # there is a graph already
        collection.when_changed(self._changed.set)
        self._thread = threading.Thread(target=self._work, daemon=True, name="ahead")
        self._thread.start()

    def close(self) -> None:
        """Ask nothing more; a question that is being asked is left to its end when that does not come soon."""
        self._closed.set()
        self._changed.set()
        self._thread.join(PATIENCE)

    def _work(self) -> None:
        while self._changed.wait() and not self._closed.is_set():
            self._changed.clear()
            if self._closed.wait(QUIET):
                return
            for ask in self._questions:
                if self._changed.is_set():
                    break
                try:
                    ask(self._collection)
                except VanmachError:  # whoever asks for it is told
                    pass
                except Exception:  # what was closed meanwhile fails in ways of its own
                    if not self._closed.is_set():
                        raise
