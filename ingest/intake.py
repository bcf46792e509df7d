"""Files into the workspace: find them, have them read, store what each gave whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import ReadError
from ingest.record import Place
from ingest.sources import Source, sha256
from ingest.workers import Extracted, Job, Outcome, extract_all, workers_for
from ingest.workspace import Workspace, program_digest

ENDINGS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf", ".doc", ""})
"""Endings that are looked at in a folder; a file that is named is read whatever its ending."""


@dataclass(slots=True)
class Report:
    """What an ingest did.

    `stored` and `removed` are ids of documents; `unchanged` are files that gave nothing new; `same` are files that are
    the same document as another one, each with that one, which is kept; `failed` are the errors of those that could
    not be read.
    """

    stored: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0: all were read; 2: some failed; 1: nothing was done."""
        done = bool(self.stored or self.unchanged or self.same)
        return 1 if not done else 2 if self.failed else 0


def find_files(paths: Iterable[Path]) -> list[Path | ReadError]:
    """The files that paths stand for, each once: a folder gives those in it, but no hidden ones, README and workspaces.

    What cannot be looked into is given as the error to report, at its place.
    """
    found: dict[str, Path | ReadError] = {}
    seen: set[Path] = set()  # folders, so that a link to a folder above is not walked for ever
    for path in paths:
        for file in _inside(path, seen) if path.is_dir() else [path]:
            found.setdefault(_full(file) if isinstance(file, Path) else str(file), file)
    return list(found.values())


def _inside(folder: Path, seen: set[Path]) -> list[Path | ReadError]:
    if folder.resolve() in seen or (folder / "workspace.json").exists():
        return []
    seen.add(folder.resolve())
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        return [ReadError(f"{folder}: {error.strerror}", "give yourself the right to read the folder")]
    found: list[Path | ReadError] = []
    for child in children:
        if child.name.startswith(".") or child.stem.upper() == "README":
            continue
        if child.is_dir():
            found += _inside(child, seen)
        elif child.suffix.lower() in ENDINGS:
            found.append(child)
    return found


def printable(path: Path) -> str:
    """A path as text that can be written as UTF-8; bytes of a name that are none are shown as "�"."""
    return os.fsencode(path).decode("utf-8", "replace")


def take_in(
    files: Sequence[Path | ReadError],
    workspace: Workspace,
    place: Place | None = None,
    on_file: Callable[[Path | ReadError], None] = lambda _: None,
    workers: int | None = 1,
) -> Report:
    """Ingest files; one that cannot be read is reported and the others go on.

    Of several files that are the same document (see `ingest.resolving.identity.record_id`) the first by path is
    kept. So what is stored does not depend on the order of the files, nor on the number of workers.

    Args:
        files: what `find_files` gave.
        workspace: where they go; what a file gave is durable when `on_file` is called for it.
        place: the jurisdiction of these documents, where a person supplied it.
        on_file: called after each file.
        workers: how many processes read; None is as many as pay. A program that asks for more than one must bear to be
            imported by them: `if __name__ == "__main__"`.
    """
    intake = _Intake(workspace, place)
    while files:
        jobs = []
        for file in files:
            if (job := intake.job(file)) is not None:
                jobs.append(job)
            else:
                on_file(file)
        with closing(extract_all(jobs, workers or workers_for(jobs))) as outcomes:
            for job, outcome in outcomes:
                intake.settle(job.path, outcome)
                on_file(job.path)
        files, on_file = intake.orphans(), lambda _: None
    return intake.report()


class _Intake:
    """One run: what was known of the files before it, and what it has done. Files are known by their full path."""

    def __init__(self, workspace: Workspace, place: Place | None) -> None:
        self._workspace, self._place, self._program = workspace, place, program_digest()
        self._reading: dict[str, Source] = {}
        self._stored: set[str] = set()
        self._removed: set[str] = set()
        self._unchanged: dict[str, Path] = {}
        self._same: set[str] = set()
        self._tried: set[Path] = set()  # orphans that were read again
        self._failed: list[ReadError] = []

    def job(self, file: Path | ReadError) -> Job | None:
        """What there is to read; None where nothing has changed since the file was read, or it cannot be."""
        if isinstance(file, ReadError):
            self._failed.append(file)
            return None
        path = _full(file)
        id_, before = self._workspace.document_of(path) or ("", None)
        given = self._place if self._place is not None or before is None else before.place
        source = Source(path, _digest(file), self._program, given)
        if source == before and self._stands(id_, source) and not self._workspace.is_orphan(path):
            self._unchanged[path] = file
            return None
        self._unchanged.pop(path, None)
        self._reading[path] = source
        return Job(file, printable(Path(file.name)), given)

    def _stands(self, id_: str, source: Source) -> bool:
        """Whether a file is still the one that is kept of its document, or stands back behind that one."""
        kept = self._workspace.sources(id_)[0]
        return kept.path == source.path or (kept.path < source.path and kept.is_there)

    def settle(self, file: Path, outcome: Outcome) -> None:
        """Store what a file gave, and take out what it gave before."""
        if isinstance(outcome, ReadError):
            self._failed.append(outcome)
            return
        source = self._reading[_full(file)]
        before = self._workspace.document_of(source.path)
        left = before[0] if before and before[0] != outcome.id else None
        try:
            if left:
                self._workspace.will_leave(left, source.path)
            self._store(file, source, outcome)
        except OSError as error:
            self._failed.append(ReadError(f"{printable(file)}: {error.strerror}", "was it moved, or is the disk full?"))
            return
        if left:
            self._workspace.leave(left, source.path)
            self._removed.add(left)

    def _store(self, file: Path, source: Source, found: Extracted) -> None:
        known = self._workspace.sources(found.id) if self._workspace.holds(found.id) else ()
        others = [other for other in known if other.path != source.path and other.is_there]
        kept = others[0] if others and others[0] == known[0] else None
        if kept and kept.path < source.path:
            waiting = [other.path for other in others if self._workspace.is_orphan(other.path)]
            self._workspace.note_sources(found.id, [kept, *_by_path([*others[1:], source])], waiting)
            self._same.add(source.path)
            return
        self._workspace.put(found.id, file, found.text, found.record, [source, *_by_path(others)])
        self._stored.add(found.id)
        if kept:
            self._same.add(kept.path)

    def orphans(self) -> list[Path]:
        """Files that must be read again, because of this run or of one that was broken off."""
        found = [file for file in self._workspace.orphans() if file not in self._tried and file.exists()]
        self._tried.update(found)
        return found

    def report(self) -> Report:
        found = {path: self._workspace.document_of(path) for path in self._same}
        kept = {path: self._workspace.sources(of[0])[0].path for path, of in found.items() if of}
        return Report(
            stored=sorted(self._stored),
            removed=sorted(id_ for id_ in self._removed if not self._workspace.holds(id_)),
            unchanged=list(self._unchanged.values()),
            same=sorted((path, other) for path, other in kept.items() if path != other),
            failed=sorted(self._failed, key=str),
        )


def _full(path: Path) -> str:
    return printable(Path(os.path.realpath(path)))


def _by_path(sources: Iterable[Source]) -> list[Source]:
    return sorted(sources, key=lambda source: source.path)


def _digest(path: Path) -> str:
    try:
        return sha256(path)
    except OSError:
        return ""  # `read` says what is wrong with the file
