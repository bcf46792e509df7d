"""What a person said, which always wins: `corrections.yaml` in the workspace.

headers:                       # by id or by file name
  ke-hoach.docx: {issuer: Ủy ban nhân dân huyện Hải Lăng, place: [tỉnh Quảng Trị, huyện Hải Lăng]}
same:                          # ids (of documents, or of agencies) that are one
  - [74-kh-ubnd-2024-03-28-1a2b3c, 74-kh-ubnd-2f3e4d]
different:                     # ids that are not, although they look it
  - [21-ct-tw-2023-05-04-aaaaaa, 21-ct-tw-2018-bbbbbb]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from graph.errors import WorkspaceError
from graph.schema import schema
from ingest.record import Header, Record, said_by_a_person

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")  # 2023, 2023-10, 2023-10-05
CORRECTED = said_by_a_person("correction")
"""How a field of the header was found that a person gave."""

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
        found = {**record.header.found, **dict.fromkeys(values, CORRECTED)}
        return replace(record, header=replace(record.header, **values, found=found))


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
    same = _united(_pairs(path, raw, "same"))
    return Corrections(_headers(path, raw.get("headers") or {}), same, _pairs(path, raw, "different"))


def _headers(path: Path, raw: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(raw, dict) or not all(isinstance(values, dict) for values in raw.values()):
        raise WorkspaceError(f"{path}: headers: fields stand there by id or file name", "see docs/corrections.md")
    for name, values in raw.items():
        if wrong := set(values) - _HEADER_FIELDS:
            raise WorkspaceError(
                f"{path}: {name}: a header has no {', '.join(sorted(wrong))}",
                f"known are {', '.join(sorted(_HEADER_FIELDS))}",
            )
    return {str(name): {f: _value(path, f, v) for f, v in values.items()} for name, values in raw.items()}


def _value(path: Path, name: str, value: Any) -> str | list[str] | None:
    """A field as a header has it; "tỉnh X/huyện Y" is a place, and a day may stand without quotes."""
    if value is None:
        return None
    if name == "place":
        parts = value.split("/") if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) and part.strip() for part in parts):
            raise WorkspaceError(f"{path}: place: {value!r} is none", 'write it from the top: "tỉnh X/huyện Y"')
        return [part.strip() for part in parts]
    if not isinstance(value, str | date | int) or isinstance(value, bool):
        raise WorkspaceError(f"{path}: {name}: {value!r} is no text", "write it in quotes")
    text = str(value)
    if name == "issued_on" and not _DATE.fullmatch(text):
        raise WorkspaceError(f"{path}: issued_on: {text!r} is no date", "write 2023-10-05, 2023-10 or 2023")
    if name == "level" and text not in schema().levels:
        raise WorkspaceError(f"{path}: level: {text!r} is none", f"known are {', '.join(schema().levels)}")
    return text


def _pairs(path: Path, raw: Mapping[str, Any], name: str) -> tuple[frozenset[str], ...]:
    pairs = raw.get(name) or []
    if not isinstance(pairs, list) or not all(
        isinstance(pair, list) and len(set(map(str, pair))) > 1 for pair in pairs
    ):
        raise WorkspaceError(f"{path}: {name}: each entry is a list of two or more ids", "see docs/corrections.md")
    return tuple(frozenset(map(str, pair)) for pair in pairs)


def _united(groups: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    """Groups that share an id are one group: what is the same as the same thing is the same."""
    united: list[frozenset[str]] = []
    for group in groups:
        touching = [known for known in united if known & group]
        united = [known for known in united if known not in touching] + [group.union(*touching)]
    return tuple(united)
