"""Files into the workspace: find them, read them, extract their records, store each one whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
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
    """The files that paths stand for: a folder gives those in it, hidden ones, a README and workspaces left out.

    What cannot be looked into is given as the error to report, at its place.
    """
    found: list[Path | ReadError] = []
    seen: set[Path] = set()  # folders, so that a link to a folder above is not walked for ever
    for path in paths:
        found += _inside(path, seen) if path.is_dir() else [path]
    return found


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
            before = known.get(printable(path.resolve()))
            source, stored = _take_in_one(path, workspace, place, program, before)
            if stored is None:
                report.unchanged.append(path)
            else:
                # the id is this path's now: what another path gave before under it is replaced
                known = {name: entry for name, entry in known.items() if entry[0] != stored}
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
    given = place if place is not None or before is None else before[1].place
    source = Source(printable(path.resolve()), _digest(path), program, given)
    if before and before[1] == source:
        return source, None
    cleaned, record = extract(read(path), printable(Path(path.name)), given)
    id_ = record_id(record)
    if workspace.holds(id_) and _is_copy(source, workspace.source(id_)):
        return source, None
    try:
        workspace.put(id_, path, cleaned.text, record, source)
    except OSError as error:
        raise ReadError(f"{printable(path)}: {error.strerror}", "was it moved, or is the disk full?") from error
    if before and before[0] != id_ and workspace.source(before[0]).path == source.path:
        workspace.remove(before[0])
    return source, id_


def _digest(path: Path) -> str:
    try:
        return sha256(path)
    except OSError:
        return ""  # `read` says what is wrong with the file


def _is_copy(one: Source, other: Source) -> bool:
    """Whether the same bytes lie at two paths, so that one document is enough."""
    return one.path != other.path and replace(one, path="") == replace(other, path="")
