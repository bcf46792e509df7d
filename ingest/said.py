"""What people said one thing after the other: entries of `corrections.yaml` with who and when, that can be undone.

said:
- number: 1
  who: Nguyễn Thị Mai
  when: "2026-11-29T08:15:00+00:00"
  same: [74-kh-ubnd-2024-03-28-1a2b3c, 74-kh-ubnd-2f3e4d]
  undone: {who: Trần Văn Bình, when: "2026-11-30T09:00:00+00:00"}

An entry says one thing: `same` or `different` names, the `headers` of documents, a link that is `wrong`, or who has a
part in a task (`assignments`), each as it would stand in the section of that name. One that was undone stays, and says
nothing any more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.errors import WorkspaceError
from ingest.durable import write

SECTION = "said"
KINDS = ("same", "different", "headers", "wrong", "assignments")

# the block of the section, down to the next line that begins a section
_BLOCK = re.compile(r"^said:.*?(?=^[^\s#-]|\Z)", re.MULTILINE | re.DOTALL)
_KEYS = {"number", "who", "when", "undone", *KINDS}


@dataclass(frozen=True, slots=True)
class Said:
    """One entry: `kind` is the section that it belongs to, `value` what would stand there.

    `when` is ISO 8601; `undone` is None, or who took it back and when.
    """

    number: int
    who: str
    when: str
    kind: str
    value: Any
    undone: tuple[str, str] | None = None


def entries(path: Path) -> list[Said]:
    """The entries of a file, the oldest first; none where there is no file.

    Raises:
        WorkspaceError: it is no YAML, or an entry is not as it should be.
    """
    try:
        raw = yaml.safe_load(path.read_text("utf-8")) if path.exists() else None
    except (yaml.YAMLError, ValueError) as error:
        raise WorkspaceError(f"{path}: {' '.join(str(error).split())}", "mend the YAML there") from error
    return _entries(path, raw.get(SECTION) if isinstance(raw, dict) else None)


def merged(path: Path, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The sections of a file with what the entries add to them that nobody has undone; the later one wins.

    Raises:
        WorkspaceError: an entry is not as it should be.
    """
    found = {name: value for name, value in raw.items() if name != SECTION}
    for said in _entries(path, raw.get(SECTION)):
        if said.undone:
            continue
        if said.kind == "headers":
            known = dict(found.get("headers") or {})
            for name, fields in said.value.items():
                known[name] = {**(known.get(name) or {}), **fields}
            found["headers"] = known
        else:
            found[said.kind] = [*(found.get(said.kind) or []), said.value]
    return found


def add(path: Path, kind: str, value: Any, who: str, when: str) -> Said:
    """Write down one more thing that somebody said; what else stands in the file stays as it is.

    Raises:
        WorkspaceError: the file is damaged, or cannot be written.
    """
    known = entries(path)
    said = Said(max((entry.number for entry in known), default=0) + 1, who, when, kind, value)
    _write(path, [*known, said])
    return said


def undo(path: Path, number: int, who: str, when: str) -> Said:
    """Take back what an entry says.

    Raises:
        WorkspaceError: there is no such entry, or it was undone before.
    """
    known = entries(path)
    found = next((entry for entry in known if entry.number == number and not entry.undone), None)
    if found is None:
        raise WorkspaceError(f"there is no correction {number} to undo", "reload the list of corrections")
    gone = Said(found.number, found.who, found.when, found.kind, found.value, (who, when))
    _write(path, [gone if entry is found else entry for entry in known])
    return gone


def _write(path: Path, said: list[Said]) -> None:
    before = path.read_text("utf-8") if path.exists() else ""
    rest = _BLOCK.sub("", before)
    if rest and not rest.endswith("\n"):
        rest += "\n"
    block = yaml.safe_dump({SECTION: [_plain(entry) for entry in said]}, allow_unicode=True, sort_keys=False, width=110)
    write(path, (rest + block).encode())


def _plain(said: Said) -> dict[str, Any]:
    plain = {"number": said.number, "who": said.who, "when": said.when, said.kind: said.value}
    return plain | ({"undone": dict(zip(("who", "when"), said.undone, strict=True))} if said.undone else {})


def _entries(path: Path, raw: Any) -> list[Said]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise WorkspaceError(f"{path}: said: entries stand there in a list", "see docs/corrections.md")
    return [_entry(path, one) for one in raw]


def _entry(path: Path, raw: Any) -> Said:
    kinds = [kind for kind in KINDS if isinstance(raw, dict) and kind in raw]
    whole = (
        len(kinds) == 1
        and set(raw) <= _KEYS
        and isinstance(raw.get("number"), int)
        and (
            kinds[0] != "headers"
            or (isinstance(raw["headers"], dict) and all(map(_is_fields, raw["headers"].values())))
        )
    )
    if not whole:
        said = f"an entry says number, who, when, and one of {', '.join(KINDS)}"
        raise WorkspaceError(f"{path}: said: {said}", "see docs/corrections.md")
    undone = raw.get("undone")
    back = (str(undone.get("who", "")), str(undone.get("when", ""))) if isinstance(undone, dict) else None
    if undone is not None and back is None:
        raise WorkspaceError(f"{path}: said: undone: who and when stand there", "see docs/corrections.md")
    return Said(raw["number"], str(raw.get("who", "")), str(raw.get("when", "")), kinds[0], raw[kinds[0]], back)


def _is_fields(value: Any) -> bool:
    return isinstance(value, dict)
