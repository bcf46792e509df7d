"""Files that come from a browser: into the workspace's folder `uploads`, under names that lead nowhere else."""

from __future__ import annotations

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from graph.errors import WorkspaceError
from ingest.intake import ENDINGS
from vanmach.web.changes import ReadFile

AT_ONCE = 200
"""Files of one request."""

LARGEST = 60_000_000
"""Bytes of a file."""

TAKEN = sorted(ENDINGS - {""})

_NAME = 120  # bytes; file systems hold 255
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """The files that were kept, and those that were not, each with why."""

    kept: tuple[Path, ...]
    refused: tuple[ReadFile, ...]


def receive(files: Iterable[tuple[str, BinaryIO]], folder: Path) -> Received:
    """Keep files, each in a folder called after its content, so that none takes another one's place.

    Args:
        files: the name that was told of each, and its bytes.
        folder: the workspace.

    Raises:
        WorkspaceError: there is no room.
    """
    kept: list[Path] = []
    refused: list[ReadFile] = []
    for told, content in files:
        name = harmless(told)
        if Path(name).suffix.lower() not in TAKEN:
            message = f"no kind of file that is read: {', '.join(TAKEN)}"
            refused.append(ReadFile(name=name, state="failed", message=message))
            continue
        try:
            place = _keep(name, content, folder / "uploads")
        except OSError as error:
            raise WorkspaceError(f"{folder}: {error.strerror}", "make room on the disk") from error
        if place is None:
            message = f"larger than {LARGEST // 1_000_000} MB"
            refused.append(ReadFile(name=name, state="failed", message=message))
        elif place not in kept:
            kept.append(place)
    return Received(tuple(kept), tuple(refused))


def harmless(told: str) -> str:
    """The last part of a name that was told, without what file systems and terminals take for more than a letter.

    >>> harmless("../../etc/cron.d/x.txt"), harmless("C:\\\\van ban\\\\.an.docx")
    ('x.txt', 'an.docx')
    """
    last = unicodedata.normalize("NFC", told).replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip().lstrip(".")
    stem, suffix = Path(clean).stem or "van-ban", Path(clean).suffix[:12]
    while len((stem + suffix).encode("utf-8", "replace")) > _NAME:
        stem = stem[:-1]
    return (stem + suffix).encode("utf-8", "replace").decode()


def _keep(name: str, content: BinaryIO, uploads: Path) -> Path | None:
    """Write a file beside its place and move it there; None where it is too large."""
    uploads.mkdir(parents=True, exist_ok=True)
    part = uploads / f".part-{secrets.token_hex(8)}"
    digest = hashlib.sha256()
    size = 0
    try:
        with part.open("xb") as stream:
            while chunk := content.read(_CHUNK):
                size += len(chunk)
                if size > LARGEST:
                    return None
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        place = uploads / digest.hexdigest()[:16] / name
        place.parent.mkdir(exist_ok=True)
        part.replace(place)
        return place
    finally:
        part.unlink(missing_ok=True)
