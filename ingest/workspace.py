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

What is under documents/ `ingest.stored_documents` keeps; the rest is told of here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import orjson

from graph.embedded import EDITED, WRITING, EmbeddedStore
from graph.errors import StoreError, WorkspaceError
from graph.model import Graph
from graph.store import Progress, Store
from ingest.build import build
from ingest.corrections import Corrections, load_corrections
from ingest.durable import write
from ingest.holding import Hold, Served
from ingest.projecting.index import Index
from ingest.projecting.update import GlobalChange, update
from ingest.projection import made_anew
from ingest.remembered import RememberingStore
from ingest.sources import sha256
from ingest.stored_documents import StoredDocuments

# rdflib takes a while to import, and only SPARQL asks for it
if TYPE_CHECKING:
    from graph.rdf.store import RdfStore

FORMAT = 1
"""Version of the folder's layout; a newer one is refused."""

DEFAULT = Path(".vanmach")


def corrected_since(path: Path) -> bool:
    """Whether corrections.yaml has changed since the graph of this workspace was built, as far as its clock tells."""
    try:
        return (path / "corrections.yaml").stat().st_mtime_ns > (path / "stamp").stat().st_mtime_ns
    except FileNotFoundError:
        return False


class Workspace(StoredDocuments):
    """An open workspace, held by this process until it is closed: its documents, and the graph that they make.

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
        self._hold = Hold(path, reading=reading)
        self._closing.callback(self._hold.release)
        try:
            self._check_format()
            index = Index(path / "index.db")
            self._closing.callback(index.close)
            super().__init__(path / "documents", index)
            self._closing.callback(self._leave_in_order)
            if not self._is_as_left():
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

    def corrections(self) -> Corrections:
        return load_corrections(self.path / "corrections.yaml")

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
