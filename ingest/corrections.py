"""What a person said, which always wins: `corrections.yaml` in the workspace.

headers:                       # by id or by file name
  ke-hoach.docx: {issuer: Ủy ban nhân dân huyện Hải Lăng, place: [tỉnh Quảng Trị, huyện Hải Lăng]}
same:                          # ids (of documents, or of agencies) that are one
  - [74-kh-ubnd-2024-03-28-1a2b3c, 74-kh-ubnd-2f3e4d]
different:                     # ids that are not, although they look it
  - [21-ct-tw-2023-05-04-aaaaaa, 21-ct-tw-2018-bbbbbb]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from graph.errors import WorkspaceError
from ingest.record import Header, Record

_HEADER_FIELDS = {f.name for f in fields(Header)} - {"found", "attached"}


@dataclass(frozen=True, slots=True)
class Corrections:
    """`headers` maps an id or a file name to header fields; `same` and `different` hold pairs of ids."""

    headers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    same: tuple[frozenset[str], ...] = ()
    different: tuple[frozenset[str], ...] = ()

    def apply(self, id_: str, record: Record) -> Record:
        """The record with the header that a person gave for it."""
        given = self.headers.get(id_) or self.headers.get(record.file)
        if not given:
            return record
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in given.items()}
        return replace(record, header=replace(record.header, **values))


def load_corrections(path: Path) -> Corrections:
    """The corrections in a file; none where there is no file.

    Raises:
        WorkspaceError: the file is no YAML of this shape; the message names the place.
    """
    if not path.exists():
        return Corrections()
    try:
        raw = yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path}: {' '.join(str(error).split())}", "mend the YAML there") from error
    if not isinstance(raw, dict) or (unknown := set(raw) - {"headers", "same", "different"}):
        named = f" ({', '.join(sorted(unknown))})" if isinstance(raw, dict) else ""
        raise WorkspaceError(
            f"{path}: only headers, same and different can stand there{named}", "see docs/corrections.md"
        )
    return Corrections(
        _headers(path, raw.get("headers") or {}), _pairs(path, raw, "same"), _pairs(path, raw, "different")
    )


def _headers(path: Path, raw: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(raw, dict) or not all(isinstance(values, dict) for values in raw.values()):
        raise WorkspaceError(f"{path}: headers: fields stand there by id or file name", "see docs/corrections.md")
    for name, values in raw.items():
        if wrong := set(values) - _HEADER_FIELDS:
            raise WorkspaceError(
                f"{path}: {name}: a header has no {', '.join(sorted(wrong))}",
                f"known are {', '.join(sorted(_HEADER_FIELDS))}",
            )
    # YAML makes a date of 2023-10-05 without quotes
    return {
        str(name): {field: str(v) if isinstance(v, date | int) else v for field, v in values.items()}
        for name, values in raw.items()
    }


def _pairs(path: Path, raw: Mapping[str, Any], name: str) -> tuple[frozenset[str], ...]:
    pairs = raw.get(name) or []
    if not all(isinstance(pair, list) and len(set(map(str, pair))) > 1 for pair in pairs):
        raise WorkspaceError(f"{path}: {name}: each entry is a list of two or more ids", "see docs/corrections.md")
    return tuple(frozenset(map(str, pair)) for pair in pairs)
