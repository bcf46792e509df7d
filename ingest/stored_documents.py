"""The documents that a workspace keeps: originals, cleaned texts and records, each in a folder of its own.

A document's folder is written beside its place and moved there whole, so it is there or it is not.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.errors import RecordError
from ingest.build import Stored
from ingest.durable import sync_folder, write
from ingest.projecting.index import Index
from ingest.record import Record, load
from ingest.sources import Source, read_sources, sources_json

_NEW, _OLD = ".new-", ".old-"


class StoredDocuments:
    """Documents in a folder that this process holds, and the index that is told of each change to them.

    Args:
        folder: it holds a folder for each document.
        index: what the graph was last made of; whoever opened it closes it.
    """

    def __init__(self, folder: Path, index: Index) -> None:
        self._documents = folder
        self._index = index
        self._moving_now = False

    # what a killed process left, and what a person changed

    def _is_as_left(self) -> bool:
        """Whether the folder is as the last process left it that held it to write."""
        return self._index.known("folder") == self._folder_time()

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

    # each document

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
                waiting = [other.path for other in (kept, *others) if self.is_orphan(other.path)]
                self.note_sources(id_, [kept, *others], waiting)
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

    def _loaded(self, id_: str) -> tuple[Record, str] | None:
        if not self.holds(id_):
            return None
        stored = self._stored(id_)
        return stored.record, stored.text
