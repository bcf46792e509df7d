"""What the graph was last made of, in one file of SQLite: enough to tell what one more document changes in it.

    changed            ids of records that were stored, replaced or taken out since
    source             files, and the document that each gave
    leaving            files that are about to give another document than the one noted here
    orphan             files that must be read again: their document is kept as a file had it that gives it no more
    record             of each record: what only its own text tells, what it says of agencies, what it adds to the graph
    statement, linking what records say of documents, by the keys that link them; and which document each means
    document           a digest of each document's node
    fact, implied      what records say of each agency, how often; whom agencies imply (see `resolve_agencies.Ledger`)
    agency, place      agencies as they are in the graph; places, and how many agencies and places each is there for

It is made anew with every rebuild, so it may be removed at any time. A change of it is durable when it is committed.
"""

from __future__ import annotations

import secrets
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from graph.errors import WorkspaceError

FORMAT = 2
"""Version of the tables; those of another are made anew."""

_TABLES = """
CREATE TABLE known (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE changed (record TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE source (path TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX source_record ON source (record);
CREATE TABLE leaving (path TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE orphan (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE record (id TEXT PRIMARY KEY, own BLOB, corrected BLOB, facts BLOB, nodes BLOB, edges BLOB);
CREATE TABLE statement (
    record TEXT, place INTEGER, ref TEXT, said BLOB, document TEXT, PRIMARY KEY (record, place)
) WITHOUT ROWID;
CREATE TABLE linking (key TEXT, record TEXT, place INTEGER, PRIMARY KEY (key, record, place)) WITHOUT ROWID;
CREATE TABLE document (id TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID;
CREATE TABLE fact (agency TEXT, fact TEXT, times INTEGER, PRIMARY KEY (agency, fact)) WITHOUT ROWID;
CREATE INDEX fact_parent ON fact (fact) WHERE substr(fact, 1, 9) = '["parent"';
CREATE TABLE implied (id TEXT, agency TEXT, why BLOB, PRIMARY KEY (id, agency)) WITHOUT ROWID;
CREATE INDEX implied_by ON implied (agency);
CREATE TABLE agency (id TEXT PRIMARY KEY, standing BLOB, digest BLOB, units BLOB, edges BLOB) WITHOUT ROWID;
CREATE TABLE place (id TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID;
"""
_PROJECTED = ("record", "statement", "linking", "document", "fact", "implied", "agency", "place")
"""The tables that are made of the records."""


class Index:
    """An open index; as many may read one at once as like, and the workspace's lock sees to it that one alone writes.

    Args:
        path: the file; made where it is not there.

    Raises:
        WorkspaceError: from every method, where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._said():
            # one thread may open a workspace and another close it; never do two use it at once
            self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode = WAL")  # one wait for the disk a commit, not three
            self._database.execute("PRAGMA synchronous = FULL")
            if self._format() != FORMAT:
                self._make()

    def _format(self) -> int:
        return int(self._database.execute("PRAGMA user_version").fetchone()[0])

    def _make(self) -> None:
        with self.changing():
            if self._format() == FORMAT:  # another process was first
                return
            for (table,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
                self.run(f"DROP TABLE {table}")
            for statement in _TABLES.split(";")[:-1]:
                self.run(statement)
            self.run(f"PRAGMA user_version = {FORMAT}")

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise WorkspaceError(
                f"{self.path}: {error}", "may you write there, and is there room on the disk?"
            ) from error
        except sqlite3.DatabaseError as error:
            raise WorkspaceError(f"{self.path}: {error}", "remove that file, and run: vanmach rebuild") from error

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """All of the block, or nothing of it."""
        with self._said():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._said():
            return self._database.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Any) -> None:
        with self._said():
            self._database.execute(sql, values)

    def run_all(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._said():
            self._database.executemany(sql, rows)

    # what is known of the whole

    def known(self, name: str) -> str | None:
        rows = self.rows("SELECT value FROM known WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def note(self, name: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO known VALUES (?, ?)", name, value)

    # records that changed, and files

    def change(self, record: str, paths: Iterable[str], orphans: Iterable[str] = ()) -> None:
        """Note, before it is done, that a record changes, of which files it is then, and which must be read again."""
        with self.changing():
            self.mark([record])
            self.set_sources(record, paths)
            self.run_all("INSERT OR IGNORE INTO orphan VALUES (?)", ([path] for path in orphans))

    def mark(self, records: Iterable[str]) -> None:
        """Note that records changed; until `folder` is known again, the folder of documents must be looked over."""
        self.run_all("INSERT OR IGNORE INTO changed VALUES (?)", ([record] for record in records))
        self.note("records", secrets.token_hex(8))
        self.note("folder", "")

    def changed(self) -> list[str]:
        return [record for (record,) in self.rows("SELECT record FROM changed ORDER BY record")]

    def forget_changes(self) -> None:
        self.run("DELETE FROM changed")

    def set_sources(self, record: str, paths: Iterable[str]) -> None:
        paths = list(paths)
        self.run("DELETE FROM source WHERE record = ?", record)
        self.run_all("INSERT OR REPLACE INTO source VALUES (?, ?)", ((path, record) for path in paths))
        self.run_all("DELETE FROM orphan WHERE path = ?", ([path] for path in paths))

    def record_of(self, path: str) -> str | None:
        """The id of the document that a file gave."""
        rows = self.rows("SELECT record FROM source WHERE path = ?", path)
        return str(rows[0][0]) if rows else None

    def will_leave(self, path: str, record: str) -> None:
        """Note that a file gives another document from now on; this one is to be left when that one is there."""
        self.run("INSERT OR REPLACE INTO leaving VALUES (?, ?)", path, record)

    def leaving(self) -> list[tuple[str, str]]:
        """Files, each with the document that it leaves."""
        return [(path, record) for path, record in self.rows("SELECT path, record FROM leaving ORDER BY path")]

    def has_left(self, path: str) -> None:
        self.run("DELETE FROM leaving WHERE path = ?", path)

    def is_orphan(self, path: str) -> bool:
        return bool(self.rows("SELECT 1 FROM orphan WHERE path = ?", path))

    def orphans(self) -> list[str]:
        return [path for (path,) in self.rows("SELECT path FROM orphan ORDER BY path")]

    def records(self) -> set[str]:
        """The ids of all records that the graph was made of."""
        return {id_ for (id_,) in self.rows("SELECT id FROM record")}

    def size(self) -> int:
        """How many records the graph was made of."""
        return int(self.rows("SELECT count(*) FROM record")[0][0])

    def empty(self) -> None:
        """Forget what the graph was made of; what changed and which file gave what stays."""
        for table in _PROJECTED:
            self.run(f"DELETE FROM {table}")


def as_json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def packed(value: Any) -> bytes:
    return zlib.compress(as_json(value), 1)


def unpacked(data: bytes) -> Any:
    return orjson.loads(zlib.decompress(data))


def tupled(value: Any) -> Any:
    """What was written out of tuples, which JSON has none of."""
    return tuple(map(tupled, value)) if isinstance(value, list) else value
