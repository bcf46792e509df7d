"""A gate that many pass at once and that can be shut, to change what lies behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import WorkspaceBusy


class Gate:
    """Open when it is made."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._shut = False
        self._closed = False

    @contextmanager
    def passing(self, seconds: float) -> Iterator[None]:
        """Be inside for the block; where the gate is shut, wait.

        Raises:
            WorkspaceBusy: it was still shut after so many seconds, or is closed.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: not self._shut or self._closed, seconds) or self._closed:
                raise WorkspaceBusy("the graph is being updated", "try again in a moment")
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @property
    def is_empty(self) -> bool:
        return self._inside == 0

    def wait_until_empty(self, seconds: float) -> None:
        """Return when nobody is inside, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._inside == 0, max(0.0, seconds))

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Let nobody in for the block, which begins when nobody is inside."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            self._shut = True
            self._changed.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._changed:
                self._shut = False
                self._changed.notify_all()

    def close(self, seconds: float) -> bool:
        """Let nobody in any more; whether all who were inside have left after so many seconds."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: self._inside == 0, seconds)
