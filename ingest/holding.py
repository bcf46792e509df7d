"""Who holds a workspace: one process that changes it, or several that read; the system's lock ends with a process."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from filelock import ReadWriteLock, Timeout

from graph.errors import WorkspaceBusy, WorkspaceError


@dataclass(frozen=True, slots=True)
class Served:
    """Where the graph of a workspace can be asked over Bolt while a process holds it, and as whom."""

    uri: str
    user: str
    password: str = field(repr=False)


def served(path: Path) -> Served | None:
    """Where to ask for a workspace that `Hold` says is busy; None where its holder serves nobody."""
    for holder in (path / "holders").glob("*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):  # it let go just now, or is another user's
            return Served(**json.loads(holder.read_text("utf-8"))["served"])
    return None


class Hold:
    """A workspace's folder, held until it is released.

    Args:
        path: the folder.
        reading: others may read at the same time.

    Raises:
        WorkspaceBusy: another process holds it, and one of the two not for reading.
        WorkspaceError: nobody can write there.
    """

    def __init__(self, path: Path, *, reading: bool) -> None:
        self._path = path
        self._reading = reading
        self._lock = ReadWriteLock(path / "lock", is_singleton=False)
        self._holder = path / "holders" / f"{os.getpid()}-{id(self):x}.json"
        self._take(alone=not reading)

    def _take(self, *, alone: bool) -> None:
        acquire = self._lock.acquire_write if alone else self._lock.acquire_read
        try:
            acquire(timeout=0)
            self._holder.parent.mkdir(exist_ok=True)
            if alone:  # whoever else is named there is dead
                for dead in self._holder.parent.iterdir():
                    dead.unlink()
            self._tell()
        except Timeout:
            raise WorkspaceBusy(
                f"{self._path} is in use{_named(self._holder.parent)}", "wait until that command ends, or stop it"
            ) from None
        except OSError as error:
            self._lock.close()
            hint = "make room on the disk, or name another folder with -w"
            raise WorkspaceError(f"{self._path}: {error.strerror}", hint) from error

    def _tell(self, **more: Any) -> None:
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
        told = json.dumps({"pid": os.getpid(), "command": command, **more})
        beside = self._holder.with_suffix(".part")
        # for this user only: a server's password may be in it
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write(told)
        beside.replace(self._holder)

    def announce(self, served: Served) -> None:
        """Tell the user's other commands where to ask while this process holds the workspace alone."""
        self._tell(served=asdict(served))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold it alone for a while, where it is only held for reading otherwise."""
        if not self._reading:
            yield
            return
        self._lock.release()
        self._take(alone=True)
        try:
            yield
        finally:
            self._lock.release()
            self._take(alone=False)

    def release(self) -> None:
        """Let it go; doing so twice does nothing."""
        self._holder.unlink(missing_ok=True)
        self._lock.close()


def _named(holders: Path) -> str:
    """Who holds a workspace: " by process 71 (vanmach ingest …)"."""
    found = []
    for path in sorted(holders.glob("*.json")):
        with suppress(OSError, ValueError, KeyError):  # it let go just now
            holder = json.loads(path.read_text("utf-8"))
            found.append(f"process {holder['pid']} ({holder['command']})")
    return f" by {', '.join(found) or 'another process'}"
