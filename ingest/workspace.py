"""The workspace: a folder that keeps originals, cleaned texts and records, and says who holds it.

    documents/<id>/original.*   the file as it came
    documents/<id>/text.txt     the cleaned text that every offset counts in
    documents/<id>/record.json  what the document says; the durable truth
    documents/<id>/source.json  where it came from, the digest of its bytes, and other files that are the same document
    corrections.yaml            what a person said; it always wins
    store/                      the graph, a projection that can be built again
    rdf/                        the graph for SPARQL, likewise
    answers/                    what the check asked this graph before; thrown away when the graph changes
    index.db                    what the graph was last made of, and what has changed since; it can be made again
    lock, holders/              who holds the workspace: one that changes it, or several that read

A document's folder is written beside its place and moved there whole, so it is there or it is not.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import orjson

from graph.embedded import EDITED, WRITING, EmbeddedStore
from graph.errors import RecordError, StoreError, WorkspaceError
from graph.model import Graph
from graph.store import Progress, Store
from ingest.build import Stored, build
from ingest.corrections import Corrections, load_corrections
from ingest.durable import sync_folder, write
from ingest.holding import Hold, Served
from ingest.projecting.index import Index
from ingest.projecting.update import GlobalChange, update
from ingest.projection import made_anew
from ingest.record import Record, load
from ingest.remembered import RememberingStore
from ingest.sources import Source, read_sources, sha256, sources_json

# rdflib takes a while to import, and only SPARQL asks for it
if TYPE_CHECKING:
    from graph.rdf.store import RdfStore

FORMAT = 1
"""Version of the folder's layout; a newer one is refused."""

DEFAULT = Path(".vanmach")
_NEW, _OLD = ".new-", ".old-"


def corrected_since(path: Path) -> bool:
    """Whether corrections.yaml has changed since the graph of this workspace was built, as far as its clock tells."""
    try:
        return (path / "corrections.yaml").stat().st_mtime_ns > (path / "stamp").stat().st_mtime_ns
    except FileNotFoundError:
        return False


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
        self._closing = ExitStack()
        self._moving_now = False
        self._hold = Hold(path, reading=reading)
        self._closing.callback(self._hold.release)
        try:
            self._check_format()
            self._index = self._opened_index()
            if self._index.known("folder") != self._folder_time():
                with self._hold.alone():
                    self._look_over()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let it go; closing twice does nothing."""
        self._closing.close()

    def announce(self, served: Served) -> None:
        """Tell the user's other commands where to ask while this process holds the workspace alone."""
        self._hold.announce(served)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_format(self) -> None:
        marker = self.path / "workspace.json"
        if not marker.exists():
            write(marker, orjson.dumps({"format": FORMAT}))
            return
        try:
            found = int(orjson.loads(marker.read_bytes())["format"])
        except (ValueError, KeyError, TypeError) as error:
            raise WorkspaceError(f"{marker} is damaged", "remove that file; nothing else is lost by it") from error
        if found > FORMAT:
            raise WorkspaceError(f"{self.path} was written by a newer vanmach (format {found})", "update vanmach")

    # what a killed process left, and what a person changed

    def _opened_index(self) -> Index:
        index = Index(self.path / "index.db")
        self._closing.callback(index.close)
        self._closing.callback(self._leave_in_order)
        return index

    def _leave_in_order(self) -> None:
        """Spare the next who opens the look over the folder, where this one has left nothing half moved."""
        if not self._moving_now and not self._index.leaving() and self._index.known("folder") == "":
            self._index.note("folder", self._folder_time())

    def _folder_time(self) -> str:
        return str(self._documents.stat().st_mtime_ns)

    def _look_over(self) -> None:
        """Mend the folder of documents, and note of which documents the index does not know as they are."""
        self._mend()
        index = self._index
        known, there = index.records(), set(self.ids())
        leaving = index.leaving()
        with index.changing():
            if others := (known ^ there).union(id_ for _, id_ in leaving):
                index.mark(others)
            # where two documents say that they are of one file, the one that it does not leave comes last, and has it
            for id_ in sorted(index.changed(), key=lambda id_: id_ not in {left for _, left in leaving}):
                index.set_sources(id_, self._paths(id_) if id_ in there else [])
        for path, id_ in leaving:
            if index.record_of(path) not in (None, id_):
                self.leave(id_, path)
            index.has_left(path)
        index.note("folder", self._folder_time())

    def _paths(self, id_: str) -> list[str]:
        try:
            return [source.path for source in self.sources(id_)]
        except RecordError:
            return []  # whoever needs the document says so

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

    @contextmanager
    def _moving(self, id_: str, sources: Sequence[Source] = (), orphans: Sequence[str] = ()) -> Iterator[None]:
        """A document that the block stores or takes out; killed in it, the next who opens looks the folder over."""
        self._index.change(id_, [source.path for source in sources], orphans)
        self._moving_now = True
        try:
            yield
        except Exception:  # the disk is full, say: what was begun is undone, as far as that can be done now
            self._mend()
            self._index.set_sources(id_, self._paths(id_) if self.holds(id_) else [])
            self._moving_now = False
            raise
        self._moving_now = False

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
        return read_sources(self._documents / id_ / "source.json")

    def note_sources(self, id_: str, sources: Sequence[Source], orphans: Sequence[str] = ()) -> None:
        """Say anew where a document came from, and which of these files are to be read again; text and record stay."""
        with self._moving(id_, sources, orphans):
            write(self._documents / id_ / "source.json", sources_json(sources))

    def document_of(self, path: str) -> tuple[str, Source] | None:
        """The document that a file gave, and what was known of the file then."""
        id_ = self._index.record_of(path)
        found = [source for source in self.sources(id_) if source.path == path] if id_ and self.holds(id_) else []
        return (id_, found[0]) if id_ and found else None

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
        with self._moving(id_, sources):
            new.mkdir()
            shutil.copyfile(original, new / f"original{original.suffix.lower()}")
            write(new / "text.txt", text.encode())
            write(new / "record.json", record)
            write(new / "source.json", sources_json(sources))
            if place.exists():
                place.rename(old_place)
            new.rename(place)
            sync_folder(self._documents)
            if old_place.exists():
                shutil.rmtree(old_place)

    def will_leave(self, id_: str, path: str) -> None:
        """Note that a file is about to give another document; `leave` follows, after a crash when opened again."""
        self._index.will_leave(path, id_)

    def leave(self, id_: str, path: str) -> None:
        """Take a file from a document that it does not give any more.

        The document goes where no other file gives it. Where others do it stays, although it may be kept as the one
        that is taken away had it: then they are to be read again (`is_orphan`).
        """
        if self.holds(id_):
            kept, *also = self.sources(id_)
            others = [other for other in also if other.path != path and other.is_there]
            if kept.path != path:
                self.note_sources(id_, [kept, *others])
            elif others:
                self.note_sources(id_, others, [other.path for other in others])
            else:
                self.remove(id_)
        self._index.has_left(path)

    def orphans(self) -> list[Path]:
        """Files whose document is kept as another file had it that does not give it any more."""
        return [Path(path) for path in self._index.orphans()]

    def is_orphan(self, path: str) -> bool:
        return self._index.is_orphan(path)

    def remove(self, id_: str) -> None:
        """Take a document out, whole."""
        gone = self._documents / f"{_NEW}{id_}"  # what bears this prefix is never read, and swept up when opened
        with self._moving(id_):
            (self._documents / id_).rename(gone)
            shutil.rmtree(gone)

    def corrections(self) -> Corrections:
        return load_corrections(self.path / "corrections.yaml")

    def collection(self) -> Iterator[tuple[str, Stored]]:
        """Every stored document with its text.

        Raises:
            RecordError: a file of it is damaged; the message names it.
        """
        return ((id_, self._stored(id_)) for id_ in self.ids())

    def _stored(self, id_: str) -> Stored:
        try:
            return Stored(self.record(id_), self.text(id_))
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
        """What the projection depends on: which records were stored when, the corrections, and the program."""
        return hashlib.sha256(repr((self._basis(), self._index.known("records"))).encode()).hexdigest()

    def _basis(self) -> str:
        """What every part of the projection depends on: corrections and program."""
        corrections = self.path / "corrections.yaml"
        said = sha256(corrections) if corrections.exists() else ""
        return hashlib.sha256(repr((FORMAT, program_digest(), said)).encode()).hexdigest()

    def project(self, progress: Progress | None = None) -> None:
        """Bring the store up to date with the records: by what changes, where little does, else as a whole.

        Args:
            progress: told of what is stored where all of it is.

        Raises:
            RecordError, WorkspaceError, StoreError: see `rebuild`.
        """
        if self._can_follow():
            # what could not be told, or put where the store is not as the index has it, a rebuild mends
            with suppress(GlobalChange, StoreError):
                self._follow()
                return
        self.rebuild(progress)

    def _can_follow(self) -> bool:
        """Whether the store holds what the index tells of, made with this program and corrections; and most stays."""
        index = self._index
        made = (index.known("stamp"), index.known("basis"))
        return made == (self._stored_stamp(), self._basis()) and len(index.changed()) <= index.size()

    def _follow(self) -> None:
        """Change in the store what the changed records change."""
        with self._projecting() as store:
            difference = update(self._index, self._index.changed(), self._loaded, self.corrections())
            if difference:
                store.apply(difference)

    def _loaded(self, id_: str) -> tuple[Record, str] | None:
        if not self.holds(id_):
            return None
        stored = self._stored(id_)
        return stored.record, stored.text

    def rebuild(self, progress: Progress | None = None) -> Graph:
        """Project the records into the store anew, and return the graph.

        Raises:
            RecordError: a record is damaged; the message names its file.
            WorkspaceError: the corrections name what is not there, or the disk is full.
            StoreError: the store cannot be written.
        """
        with self._projecting() as store:
            graph = made_anew(self._index, dict(self.collection()), self.corrections())
            store.load(graph, progress)
        return graph

    @contextmanager
    def _projecting(self) -> Iterator[EmbeddedStore]:
        """The store, to be written in the block; killed in it, the next who opens builds it anew."""
        with self._index.changing():
            stamp, basis = self.stamp(), self._basis()
            self._stamp_file.unlink(missing_ok=True)
            with EmbeddedStore(self.store_folder) as store:
                yield store
            self._index.note("stamp", stamp)
            self._index.note("basis", basis)
            self._index.forget_changes()
        write(self._stamp_file, stamp.encode())

    @property
    def _stamp_file(self) -> Path:
        return self.path / "stamp"

    def _stored_stamp(self) -> str | None:
        return self._stamp_file.read_text("utf-8") if self._stamp_file.exists() else None

    def store(self, on_rebuild: Callable[[], None] | None = None) -> EmbeddedStore:
        """The store, open for questions; built first where it is not what the records say.

        Args:
            on_rebuild: called when it must be built, which can take a while.
        """
        self._bring_up_to_date(on_rebuild)
        return self._store_for_reading()

    def remembering_store(self, on_rebuild: Callable[[], None] | None = None) -> Store:
        """The same, which gives answers that were asked for before without being opened, until the graph changes."""
        self._bring_up_to_date(on_rebuild)
        if (self.store_folder / EDITED).exists() or (self.store_folder / WRITING).exists():
            return self._store_for_reading()  # the stamp does not tell what others wrote
        return RememberingStore(self.path / "answers", self.stamp(), self._store_for_reading)

    def _bring_up_to_date(self, on_rebuild: Callable[[], None] | None) -> None:
        if self._stored_stamp() != self.stamp():
            if on_rebuild:
                on_rebuild()
            with self._hold.alone():
                self.project()

    def _store_for_reading(self) -> EmbeddedStore:
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
            with self._hold.alone():
                store.load(self.graph(), stamp)
        return store


def program_digest() -> str:
    """Changes with the code that reads documents and makes the graph, so that nothing old passes for new."""
    rooms = [Path(__file__).parent, Path(__file__).parent.parent / "graph"]
    files = sorted(p for room in rooms for p in room.rglob("*") if p.suffix in (".py", ".yaml", ".csv"))
    return hashlib.sha256(repr([(p.name, (s := p.stat()).st_size, s.st_mtime_ns) for p in files]).encode()).hexdigest()
