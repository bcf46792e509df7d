"""Files into the workspace: find them, read them, extract their records, store each one whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import ReadError
from ingest.extract import extract
from ingest.identity import record_id
from ingest.read import read
from ingest.record import Place
from ingest.workspace import Source, Workspace, program_digest, sha256

ENDINGS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf", ".doc", ""})
"""Endings that are looked at in a folder; a file that is named is read whatever its ending."""


@dataclass(slots=True)
class Report:
    """What an ingest did: ids that were stored, paths that had not changed, and what failed with its reason."""

    stored: list[str] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0: all were read; 2: some failed; 1: nothing was done."""
        if not self.failed and (self.stored or self.unchanged):
            return 0
        return 2 if self.stored or self.unchanged else 1


def find_files(paths: Iterable[Path]) -> list[Path | ReadError]:
    """The files that paths stand for: a folder gives those in it, hidden ones and a README left out.

    What cannot be looked into is given as the error to report, at its place.
    """
    found: list[Path | ReadError] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside = sorted(path.iterdir())
        except OSError as error:
            found.append(ReadError(f"{path}: {error.strerror}", "give yourself the right to read the folder"))
            continue
        for child in inside:
            if child.name.startswith(".") or child.stem.upper() == "README":
                continue
            if child.is_dir():
                found += find_files([child])
            elif child.suffix.lower() in ENDINGS:
                found.append(child)
    return found


def take_in(
    files: Sequence[Path | ReadError],
    workspace: Workspace,
    place: Place | None = None,
    on_file: Callable[[Path | ReadError], None] | None = None,
) -> Report:
    """Ingest files one by one; a file that cannot be read is reported and the others go on.

    Args:
        files: what `find_files` gave.
        workspace: where they go; each document is durable before the next one begins.
        place: the jurisdiction of these documents, where a person supplied it.
        on_file: called after each file.
    """
    report = Report()
    program = program_digest()
    known = {(source := workspace.source(id_)).path: (id_, source) for id_ in workspace.ids()}
    for path in files:
        try:
            if isinstance(path, ReadError):
                raise path
            before = known.get(str(path.resolve()))
            source, stored = _take_in_one(path, workspace, place, program, before)
            if stored is None:
                report.unchanged.append(path)
            else:
                known[source.path] = (stored, source)
                report.stored.append(stored)
        except ReadError as error:
            report.failed.append(error)
        if on_file:
            on_file(path)
    return report


def _take_in_one(
    path: Path, workspace: Workspace, place: Place | None, program: str, before: tuple[str, Source] | None
) -> tuple[Source, str | None]:
    """Store one file, in place of what the same path gave before; no id where nothing has changed."""
    text = read(path)
    given = place if place is not None or before is None else before[1].place
    source = Source(str(path.resolve()), sha256(path), program, given)
    if before and before[1] == source:
        return source, None
    cleaned, record = extract(text, path.name, given)
    id_ = record_id(record)
    workspace.put(id_, path, cleaned.text, record, source)
    if before and before[0] != id_:
        workspace.remove(before[0])
    return source, id_
