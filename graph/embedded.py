"""The embedded store: ArcadeDB in this process, in one folder, for one process that loads or several that ask."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph import jvm
from graph.arcade import check_readable, columns, one_line, read_rows, translated
from graph.changing import Changing
from graph.difference import Difference
from graph.errors import QueryLimit, QuerySyntaxError, StoreError, WorkspaceBusy
from graph.loading import fill
from graph.model import Graph
from graph.schema import schema
from graph.store import STANDARD_LIMITS, Limits, Progress, Result
from graph.watch import watched

GRAPH = "graph"
"""The folder inside a store's folder that holds the database, and the database's name."""

WRITING = "writing"
"""The file inside a store's folder that is there while a server has the database open (`graph.serving`)."""

EDITED = "edited"
"""The file inside a store's folder that is there since others could write into the graph, until it is loaded anew."""

_BULK = {
    "use_wal": False,  # a load that does not come to its end counts for nothing: there is nothing to log
    # what the engine would keep in memory on its way, however large the graph
    "batch_size": 50_000,
    "commit_every": 5_000,
    "max_deferred_incoming_edges": 50_000,
    "chunk_cache_capacity": 50_000,
}

_COLUMN_TYPES = {
    "string": "STRING",
    "date": "STRING",  # may be partial: 2023-10
    "integer": "LONG",
    "float": "DOUBLE",
    "boolean": "BOOLEAN",
    "strings": "LIST",
}


class EmbeddedStore:
    """A `graph.store.Store` in a folder.

    Args:
        path: the folder; made, with an empty graph in it, when it is not there.
        read_only: refuse `load`, and let other processes ask at the same time.

    Raises:
        WorkspaceBusy: another process has the folder open, and one of the two not for reading only; or another
            store of this process has.
        StoreError: the folder cannot be used.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._folder = path / GRAPH
        self._marker = path / "loaded.json"  # the counts of the last load, written when it came to its end
        self._resources = ExitStack()
        self._database: Any = None
        self._closed = False
        self._trouble: StoreError | None = None  # why there is nothing to ask; loading again mends it
        self._clock = threading.Lock()
        self._running: list[float] = []  # the limits, in seconds, of the queries that run now
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}", "choose another workspace folder") from error
        self._arcadedb = jvm.engine(path.resolve())
        try:
            # what a server left open must be closed before anybody reads: nobody else may do so meanwhile
            shared = read_only and self._folder.exists() and not (path / WRITING).exists()
            self._resources.enter_context(lock(path, shared=shared))
            self._resources.enter_context(jvm.warnings_in(path / "engine.log"))
            self._open()
        except (jvm.java_class("java.io.IOException"), self._arcadedb.ArcadeDBError) as error:
            self.close()
            hint = "may you write there, and is there room on the disk?"
            raise StoreError(f"{path}: {one_line(error)}", hint) from error
        except BaseException:
            self.close()
            raise

    # Opening and closing

    def _open(self) -> None:
        if not self._folder.exists():
            self._create().close()
            self._note({})
        elif (self.path / WRITING).exists():
            self._take_note()
        expected = self._loaded_counts()
        if expected is None:
            self._trouble = self._unusable("loading the graph did not come to its end")
            return
        try:
            self._database = self._open_for_reading()
            found = self._count()
        except (jvm.java_class("java.lang.Throwable"), self._arcadedb.ArcadeDBError) as error:
            self._trouble = self._unusable(f"the graph is damaged: {one_line(error)}")
            return
        if found != expected:  # the engine opens a store that has lost a file, and is silent about it
            self._trouble = self._unusable("the graph is damaged: not all of it is there")
            return
        self._trouble = None

    def _open_for_reading(self) -> Any:
        # outside load() nothing is ever written: several processes may read, and a kill leaves nothing to recover
        return self._arcadedb.Database(self._opened("READ_ONLY"))

    def _opened(self, mode: str) -> Any:
        modes = jvm.java_class("com.arcadedb.engine.ComponentFile").MODE
        factory = jvm.java_class("com.arcadedb.database.DatabaseFactory")(str(self._folder))
        return factory.open(getattr(modes, mode))

    def _take_note(self) -> None:
        """Close what a server left open, also one that was killed, and expect from now on what was written there."""
        try:
            self._database = self._arcadedb.Database(self._opened("READ_WRITE"))
            counts = self._count()
            self._database.close()
            self._database = None
        except (jvm.java_class("java.lang.Throwable"), self._arcadedb.ArcadeDBError):
            return  # opening for reading tells what is wrong
        self._marker.write_text(json.dumps(counts), "utf-8")
        (self.path / WRITING).unlink()

    def _loaded_counts(self) -> dict[str, int] | None:
        try:
            counts: dict[str, int] = json.loads(self._marker.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return counts

    def _unusable(self, reason: str) -> StoreError:
        return StoreError(f"{self.path}: {reason}", "run: vanmach rebuild")

    def _create(self) -> Any:
        database = self._arcadedb.create_database(str(self._folder))
        try:
            # the engine's default leaves a commit in the memory of the machine
            database.set_wal_flush("yes_nometadata")
            for statement in _definitions():
                database.command("sql", statement)
        except BaseException:
            self._database = database
            self._let_go()
            raise
        return database

    def _note(self, counts: Mapping[str, int]) -> None:
        """Say that what is stored is whole."""
        try:
            self._marker.write_text(json.dumps(counts), "utf-8")
        except OSError as error:
            raise StoreError(f"{self._marker}: {error.strerror}", "is there room on the disk?") from error

    def _let_go(self) -> None:
        """Close the database; what cannot be written any more is given up, and the marker is not there to vouch."""
        database, self._database = self._database, None
        if database is None:
            return
        try:
            database.close()
        except (jvm.java_class("java.lang.Throwable"), self._arcadedb.ArcadeDBError):
            database.get_java_database().getEmbedded().kill()

    def close(self) -> None:
        """Close the database and give the folder free; a store may be closed twice."""
        self._closed = True
        self._let_go()
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Loading

    def load(self, graph: Graph, progress: Progress | None = None) -> None:
        """Replace what is stored by this graph; killed in between, the store says so until it is loaded again.

        Raises:
            StoreError: the store is closed or read-only, or a value does not fit the engine.
        """
        if self._closed:
            raise StoreError(f"{self.path}: the store is closed")
        if self.read_only:
            raise StoreError(f"{self.path} is open for reading only", "open the store without read_only")
        for mark in (self._marker, self.path / WRITING, self.path / EDITED):
            mark.unlink(missing_ok=True)
        self._trouble = self._unusable("loading the graph did not come to its end")
        if self._database is not None:
            self._database.close()
            self._database = None
        shutil.rmtree(self._folder, ignore_errors=True)
        try:
            self._database = self._create()
            with self._database.graph_batch(**_BULK) as batch:
                fill(batch, graph, progress or (lambda done, total: None))
            counts = self._count()
            # closing writes every page: only then may the marker say that the graph is whole
            self._database.close()
            _keep(self._folder)
        except (jvm.java_class("java.lang.Throwable"), self._arcadedb.ArcadeDBError, OSError) as error:
            self._let_go()
            raise StoreError(
                f"{self.path}: the graph cannot be stored: {one_line(error)}", "is there room on the disk?"
            ) from error
        self._note(counts)
        self._open()

    # Changing

    def apply(self, difference: Difference) -> None:
        """Make the stored graph another one, whole or not at all; killed in between, see `load`.

        Raises:
            StoreError: the store is closed, read-only or damaged, or what it holds is not the graph that the
                difference begins at: then it must be loaded again.
        """
        if self.read_only:
            raise StoreError(f"{self.path} is open for reading only", "open the store without read_only")
        if (self.path / EDITED).exists():
            raise self._unusable("others have written into the graph")
        self._ready().close()
        self._database = None
        self._marker.unlink(missing_ok=True)
        self._trouble = self._unusable("changing the graph did not come to its end")
        try:
            self._database = self._arcadedb.Database(self._opened("READ_WRITE"))
            self._database.set_wal_flush("yes_nometadata")
            with self._database.transaction():
                Changing(self._database.get_java_database(), self._arcadedb).apply(difference)
            counts = self._count()
            self._database.close()
            _keep(self._folder)
        except (jvm.java_class("java.lang.Throwable"), self._arcadedb.ArcadeDBError, LookupError, OSError) as error:
            self._let_go()
            raise self._unusable(f"the graph cannot be changed: {one_line(error)}") from error
        self._note(counts)
        self._open()

    # Asking

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, limits: Limits = STANDARD_LIMITS
    ) -> Result:
        """See `graph.store.Store.query`."""
        database = self._ready()
        return watched(lambda: self._run(database, cypher, parameters or {}, limits), limits)

    def counts(self) -> dict[str, int]:
        """See `graph.store.Store.counts`."""
        self._ready()
        return self._count()

    def _count(self) -> dict[str, int]:
        found = {name: int(self._database.count_type(name)) for name in (*schema().nodes, *schema().edges)}
        return {name: count for name, count in found.items() if count}

    def _ready(self) -> Any:
        if self._closed:
            raise StoreError(f"{self.path}: the store is closed")
        if self._trouble is not None:
            raise self._trouble
        return self._database

    def _run(self, database: Any, cypher: str, parameters: Mapping[str, Any], limits: Limits) -> Result:
        try:
            java = database.get_java_database()
            statement = java.getCypherStatementCache().get(cypher)
            check_readable(statement)
            with self._timed(java, limits.seconds), database.query("opencypher", cypher, dict(parameters)) as found:
                taken = read_rows(found, limits.rows + 1)
                if len(taken) > limits.rows:
                    raise QueryLimit(f"the query gives more than {limits.rows} rows", "narrow it down, or add a LIMIT")
                names = tuple(taken[0]) if taken else columns(statement)
                return Result(names, tuple([tuple([row[name] for name in names]) for row in taken]))
        except UnicodeEncodeError as error:  # half of a surrogate pair
            raise QuerySyntaxError(f"the query is no text: {error.reason} at character {error.start + 1}") from error
        except (jvm.java_class("java.lang.Throwable"), self._arcadedb.ArcadeDBError) as error:
            raise translated(error, limits) from error

    @contextmanager
    def _timed(self, java: Any, seconds: float) -> Iterator[None]:
        # the engine has one clock for a database; queries that run at once share the longest limit among them,
        # and `graph.watch` keeps the shorter ones
        with self._clock:
            self._running.append(seconds)
            option = jvm.java_class("com.arcadedb.GlobalConfiguration").COMMAND_TIMEOUT
            java.getConfiguration().setValue(option, int(max(self._running) * 1000))
        try:
            yield
        finally:
            with self._clock:
                self._running.remove(seconds)


@contextmanager
def lock(path: Path, *, shared: bool) -> Iterator[None]:
    """Hold a store's folder; the lock is the operating system's: it ends with the process, however that ends.

    Raises:
        WorkspaceBusy: somebody else holds it, and one of the two not shared.
    """
    channel = jvm.java_class("java.io.RandomAccessFile")(str(path / "lock"), "rw").getChannel()
    try:
        try:
            held = channel.tryLock(0, 1, shared)
        except jvm.java_class("java.nio.channels.OverlappingFileLockException"):
            held = None
        if held is None:
            raise WorkspaceBusy(
                f"{path}: the graph is open in another process", "close it, or wait until it has finished"
            )
        yield
    finally:
        channel.close()


def _definitions() -> Iterator[str]:
    for label, node in schema().nodes.items():
        yield f"CREATE VERTEX TYPE `{label}`"
        for name, known in node.properties.items():
            yield f"CREATE PROPERTY `{label}`.`{name}` {_COLUMN_TYPES[known.type]}"
            if known.key or known.index:
                yield f"CREATE INDEX ON `{label}` (`{name}`) {'UNIQUE' if known.key else 'NOTUNIQUE'}"
    for type_ in schema().edges:
        yield f"CREATE EDGE TYPE `{type_}`"


def _keep(folder: Path) -> None:
    """Have the operating system bring to the disk what was written in a folder."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
