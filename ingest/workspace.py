"""The workspace: a folder that keeps originals, cleaned texts and records, and says who holds it.

    documents/<id>/original.*   the file as it came
    documents/<id>/text.txt     the cleaned text that every offset counts in
    documents/<id>/record.json  what the document says; the durable truth
    documents/<id>/source.json  where it came from, the digest of its bytes, and other files that are the same document
    corrections.yaml            what a person said; it always wins
    store/                      the graph, a projection that can be built again
    rdf/                        the graph for SPARQL, likewise
    lock, holders/              who holds the workspace: one that changes it, or several that read

A document's folder is written beside its place and moved there whole, so it is there or it is not.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import orjson
from filelock import ReadWriteLock, Timeout

from graph.embedded import EmbeddedStore
from graph.errors import RecordError, WorkspaceBusy, WorkspaceError
from graph.model import Graph
from graph.store import Progress
from ingest.build import Stored, build
from ingest.corrections import Corrections, load_corrections
from ingest.record import Place, Record, load

# rdflib takes a while to import, and only SPARQL asks for it
if TYPE_CHECKING:
    from graph.rdf.store import RdfStore

FORMAT = 1
"""Version of the folder's layout; a newer one is refused."""

DEFAULT = Path(".vanmach")
_NEW, _OLD = ".new-", ".old-"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from.

    `path` is the file's, `sha256` that of its bytes, `program` the digest of the code that read it, and `place`
    the jurisdiction that a person gave with it (None: what the text says).
    """

    path: str
    sha256: str
    program: str
    place: Place | None = None


def _source(raw: Mapping[str, Any]) -> Source:
    place = raw.get("place")
    return Source(raw["path"], raw["sha256"], raw["program"], None if place is None else tuple(place))


def _sources_json(sources: Sequence[Source]) -> bytes:
    kept, *also = map(asdict, sources)
    return orjson.dumps({**kept, "also": also})


@dataclass(frozen=True, slots=True)
class Served:
    """Where the graph of a workspace can be asked over Bolt while a process holds it, and as whom."""

    uri: str
    user: str
    password: str = field(repr=False)


def served(path: Path) -> Served | None:
    """Where to ask for a workspace that `Workspace` says is busy; None where its holder serves nobody."""
    for holder in (path / "holders").glob("*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):  # it let go just now, or is another user's
            return Served(**json.loads(holder.read_text("utf-8"))["served"])
    return None


def corrected_since(path: Path) -> bool:
    """Whether corrections.yaml has changed since the graph of this workspace was built, as far as its clock tells."""
    try:
        return (path / "corrections.yaml").stat().st_mtime_ns > (path / "stamp").stat().st_mtime_ns
    except FileNotFoundError:
        return False


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Workspace:
    """An open workspace, held by this process until it is closed.

    Args:
        path: the folder; made on the first ingest (`create=True`).
        reading: others may read it at the same time. What must be written before it can be read (what a killed process
            left half done, the store) is written while it is held alone, for that moment.

    Raises:
        WorkspaceBusy: another process holds it, and one of the two not for reading.
        WorkspaceError: it is not there, or was written by a newer program.
    """

    def __init__(self, path: Path = DEFAULT, *, create: bool = False, reading: bool = False) -> None:
        self.path = path
        self._reading = reading
        if not create and not (path / "workspace.json").exists():
            raise WorkspaceError(f"no workspace in {path}", f"make one with: vanmach ingest FOLDER -w {path}")
        try:
            (path / "documents").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(f"{path}: {error.strerror}", "name another folder with -w") from error
        self._lock = ReadWriteLock(path / "lock", is_singleton=False)
        self._holder = path / "holders" / f"{os.getpid()}-{id(self):x}.json"
        self._hold(alone=not reading)
        try:
            self._check_format()
            if self._left():
                with self._alone():
                    self._mend()
        except BaseException:
            self.close()
            raise

    # who holds it

    def _hold(self, *, alone: bool) -> None:
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
                f"{self.path} is in use{_named(self._holder.parent)}", "wait until that command ends, or stop it"
            ) from None
        except OSError as error:
            raise WorkspaceError(f"{self.path}: {error.strerror}", "name another folder with -w") from error

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
    def _alone(self) -> Iterator[None]:
        """Hold it alone for a while, where it is only held for reading otherwise."""
        if not self._reading:
            yield
            return
        self._lock.release()
        self._hold(alone=True)
        try:
            yield
        finally:
            self._lock.release()
            self._hold(alone=False)

    def close(self) -> None:
        """Let it go; closing twice does nothing."""
        self._holder.unlink(missing_ok=True)
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_format(self) -> None:
        marker = self.path / "workspace.json"
        if not marker.exists():
            _write(marker, orjson.dumps({"format": FORMAT}))
            return
        try:
            found = int(orjson.loads(marker.read_bytes())["format"])
        except (ValueError, KeyError, TypeError) as error:
            raise WorkspaceError(f"{marker} is damaged", "remove that file; nothing else is lost by it") from error
        if found > FORMAT:
            raise WorkspaceError(f"{self.path} was written by a newer vanmach (format {found})", "update vanmach")

    def _left(self) -> bool:
        return any(path.name.startswith((_NEW, _OLD)) for path in self._documents.iterdir())

    def _mend(self) -> None:
        """Finish or undo what a killed process left half moved."""
        for left in self._documents.glob(f"{_OLD}*"):
            place = self._documents / left.name.removeprefix(_OLD)
            if place.exists():
                shutil.rmtree(left)
            else:
                left.rename(place)
        for left in self._documents.glob(f"{_NEW}*"):
            shutil.rmtree(left)

    # documents

    @property
    def _documents(self) -> Path:
        return self.path / "documents"

    def ids(self) -> list[str]:
        """The ids of all stored documents, sorted."""
        return sorted(p.name for p in self._documents.iterdir() if p.is_dir() and not p.name.startswith("."))

    def holds(self, id_: str) -> bool:
        return (self._documents / id_ / "source.json").exists()

    def sources(self, id_: str) -> tuple[Source, ...]:
        """Where a document came from: the file that is kept first, then others that were found to be the same document.

        Raises:
            RecordError: the file that says so is damaged.
        """
        path = self._documents / id_ / "source.json"
        try:
            raw = orjson.loads(path.read_bytes())
            return _source(raw), *map(_source, raw.get("also", ()))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise RecordError(f"{path}: {error}", "remove that folder and ingest its file again") from error

    def note_sources(self, id_: str, sources: Sequence[Source]) -> None:
        """Say anew where a document came from; its text and record stay."""
        _write(self._documents / id_ / "source.json", _sources_json(sources))

    def text(self, id_: str) -> str:
        """The cleaned text of a document; LookupError where there is none of that id."""
        return (self._documents / id_ / "text.txt").read_text("utf-8")

    def record(self, id_: str) -> Record:
        return load(self._documents / id_ / "record.json")

    def put(self, id_: str, original: Path, text: str, record: bytes, sources: Sequence[Source]) -> None:
        """Store a document, in place of the one with its id; when this returns it is durable.

        Args:
            id_: the document's id.
            original: its file, which is copied.
            text: the cleaned text.
            record: the record, as `ingest.record.dump` writes it.
            sources: where it came from, see `sources`.
        """
        new, old_place, place = (self._documents / f"{prefix}{id_}" for prefix in (_NEW, _OLD, ""))
        new.mkdir()
        shutil.copyfile(original, new / f"original{original.suffix.lower()}")
        _write(new / "text.txt", text.encode())
        _write(new / "record.json", record)
        _write(new / "source.json", _sources_json(sources))
        if place.exists():
            place.rename(old_place)
        new.rename(place)
        _sync_folder(self._documents)
        if old_place.exists():
            shutil.rmtree(old_place)

    def remove(self, id_: str) -> None:
        """Take a document out, whole."""
        gone = self._documents / f"{_NEW}{id_}"  # what bears this prefix is never read, and swept up when opened
        (self._documents / id_).rename(gone)
        shutil.rmtree(gone)

    def corrections(self) -> Corrections:
        return load_corrections(self.path / "corrections.yaml")

    def collection(self) -> Iterator[tuple[str, Stored]]:
        """Every stored document with its text.

        Raises:
            RecordError: a file of it is damaged; the message names it.
        """
        for id_ in self.ids():
            try:
                yield id_, Stored(self.record(id_), self.text(id_))
            except (OSError, ValueError) as error:
                folder = self._documents / id_
                raise RecordError(f"{folder}: {error}", "remove that folder and ingest its file again") from error

    # the graph

    def graph(self) -> Graph:
        """The graph of all records, resolved anew."""
        return build(dict(self.collection()), self.corrections())

    @property
    def store_folder(self) -> Path:
        return self.path / "store"

    def stamp(self) -> str:
        """What the projection depends on: the records and corrections as they are on disk, and the program."""
        watched = [self._documents / id_ / "record.json" for id_ in self.ids()] + [self.path / "corrections.yaml"]
        stats = [(str(p), (s := p.stat()).st_size, s.st_mtime_ns) for p in watched if p.exists()]
        return hashlib.sha256(repr((FORMAT, program_digest(), stats)).encode()).hexdigest()

    def rebuild(self, progress: Progress | None = None) -> Graph:
        """Project the records into the store anew, and return the graph."""
        graph = self.graph()
        stamp = self.stamp()
        (self.path / "stamp").unlink(missing_ok=True)
        with EmbeddedStore(self.store_folder) as store:
            store.load(graph, progress)
        _write(self.path / "stamp", stamp.encode())
        return graph

    def store(self, on_rebuild: Callable[[], None] | None = None) -> EmbeddedStore:
        """The store, open for questions; built first where it is not what the records say.

        Args:
            on_rebuild: called when it must be built, which can take a while.
        """
        stamp = self.path / "stamp"
        if not stamp.exists() or stamp.read_text("utf-8") != self.stamp():
            if on_rebuild:
                on_rebuild()
            with self._alone():
                self.rebuild()
        return EmbeddedStore(self.store_folder, read_only=True)

    def rdf(self, on_rebuild: Callable[[], None] | None = None) -> RdfStore:
        """The graph as RDF, open for SPARQL; built first where it is not what the records say.

        Args:
            on_rebuild: called when it must be built, which can take a while.
        """
        from graph.rdf.store import RdfStore

        store, stamp = RdfStore(self.path / "rdf"), self.stamp()
        if store.stamp != stamp:
            if on_rebuild:
                on_rebuild()
            with self._alone():
                store.load(self.graph(), stamp)
        return store


def program_digest() -> str:
    """Changes with the code that reads documents and makes the graph, so that nothing old passes for new."""
    rooms = [Path(__file__).parent, Path(__file__).parent.parent / "graph"]
    files = sorted(p for room in rooms for p in room.rglob("*") if p.suffix in (".py", ".yaml", ".csv"))
    return hashlib.sha256(repr([(p.name, (s := p.stat()).st_size, s.st_mtime_ns) for p in files]).encode()).hexdigest()


def _write(path: Path, data: bytes) -> None:
    """Write a file so that after a crash it holds the old bytes or the new ones, never a part."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise WorkspaceError(f"{path}: {error.strerror}", "make room on the disk, or name another folder") from error


def _sync_folder(path: Path) -> None:
    if os.name == "posix":
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _named(holders: Path) -> str:
    """Who holds a workspace: " by process 71 (vanmach ingest …)"."""
    found = []
    for path in sorted(holders.glob("*.json")):
        with suppress(OSError, ValueError, KeyError):  # it let go just now
            holder = json.loads(path.read_text("utf-8"))
            found.append(f"process {holder['pid']} ({holder['command']})")
    return f" by {', '.join(found) or 'another process'}"
