"""Where the documents of a workspace came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from graph.errors import RecordError
from ingest.record import Place


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

    @property
    def is_there(self) -> bool:
        """Whether the file still exists; one whose name could not be kept ("\ufffd" in it) is taken to."""
        return "\ufffd" in self.path or Path(self.path).exists()


def _source(raw: Mapping[str, Any]) -> Source:
    place = raw.get("place")
    return Source(raw["path"], raw["sha256"], raw["program"], None if place is None else tuple(place))


def sources_json(sources: Sequence[Source]) -> bytes:
    """The sources of one document as they are kept on disk, the one that is kept first."""
    kept, *also = map(asdict, sources)
    return orjson.dumps({**kept, "also": also})


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources in a file that `sources_json` wrote.

    Raises:
        RecordError: it is damaged.
    """
    try:
        raw = orjson.loads(path.read_bytes())
        return _source(raw), *map(_source, raw.get("also", ()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RecordError(f"{path}: {error}", "remove that folder and ingest its file again") from error


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
