"""What a person says of who does a task: an agency has no part in it, or another part than the one that was read.

assignments:
- {document: 15-kh-ubnd-1a2b3c, section: II.1, task: Rà soát tủ sách, agency: Phòng Y tế huyện X, role: chủ trì,
   instead: phối hợp}

A task is named by how its text begins, and by its section where several begin so: its number changes where another
version of the program reads one task more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.errors import WorkspaceError
from ingest.record import GIAO_ROLES, Assignment, Record, Task, said_by_a_person

ASSIGNMENTS = "assignments"
"""The section of corrections.yaml."""

ROLES = (*GIAO_ROLES, "phối hợp", "báo cáo")

_BEGINNING = 80  # characters of a task's text, which are enough to tell it from the others of its section
_NEEDED = {"document", "task", "agency", "role"}
_KEYS = _NEEDED | {"section", "instead"}


@dataclass(frozen=True, slots=True)
class WrongAssignment:
    """A part in a task that was read and is not so.

    `document` is the record's id, `task` the beginning of the task's text, `agency` the canonical name as the record
    has it, `section` None where every task that begins so is meant, and `instead` the role that the agency has; None:
    it has no part in the task.
    """

    document: str
    task: str
    agency: str
    role: str
    section: str | None = None
    instead: str | None = None

    def is_of(self, task: Task) -> bool:
        return self.section in (None, task.section) and task.text.startswith(self.task)

    def means(self, part: Assignment) -> bool:
        return (part.name, part.role) == (self.agency, self.role)

    def to_yaml(self) -> dict[str, str]:
        """The entry as it stands in the file."""
        names = ("document", "section", "task", "agency", "role", "instead")
        return {name: said for name in names if (said := getattr(self, name)) is not None}


def wrong_assignments(path: Path, raw: Any) -> tuple[WrongAssignment, ...]:
    """The entries of the section.

    Args:
        path: of the file, for the message.
        raw: what stands in the section.

    Raises:
        WorkspaceError: an entry is not as it should be.
    """
    if not isinstance(raw, list) or not all(map(_is_entry, raw)):
        raise WorkspaceError(
            f"{path}: {ASSIGNMENTS}: each entry says document, task, agency and role, perhaps section (in quotes) and "
            f"instead; roles are {', '.join(ROLES)}",
            "see docs/corrections.md",
        )
    return tuple(WrongAssignment(**{name: str(value) for name, value in entry.items()}) for entry in raw)


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and _NEEDED <= set(entry) <= _KEYS
        and all(_is_text(value) or (name == "section" and type(value) is int) for name, value in entry.items())
        and entry["role"] in ROLES
        and entry.get("instead", entry["role"]) in ROLES
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def corrected(record: Record, wrong: Sequence[WrongAssignment]) -> Record:
    """The record with one correction after the other made; the later one finds what the earlier one left."""
    for one in wrong:
        record = replace(record, tasks=tuple(_mended(task, one) if one.is_of(task) else task for task in record.tasks))
    return record


def without_effect(records: Mapping[str, Record], wrong: Sequence[WrongAssignment]) -> Iterator[WrongAssignment]:
    """The corrections that change nothing in the records (by id, as they were read)."""
    now = dict(records)
    for one in wrong:
        before = now.get(one.document)
        if before is None or not any(one.is_of(t) and any(map(one.means, t.assignments)) for t in before.tasks):
            yield one
        else:
            now[one.document] = corrected(before, [one])


def _mended(task: Task, one: WrongAssignment) -> Task:
    kept = [_with_role(part, one.instead) if one.means(part) else part for part in task.assignments]
    return replace(task, assignments=tuple(part for part in kept if part is not None))


def _with_role(part: Assignment, role: str | None) -> Assignment | None:
    """The agency still stands where it was read; what part it has was said."""
    said = said_by_a_person("correction")
    return replace(part, role=role, rule=said.rule, confidence=said.confidence) if role else None


def said_of(id_: str, record: Record, task: Task, part: Assignment, instead: str | None) -> WrongAssignment:
    """The correction of one part of a task, as it is to be written down.

    Args:
        id_: of the record.
        record: as the corrections before this one left it.
        task, part: of the record.
        instead: the role that the agency has; None: it has no part.
    """
    short = WrongAssignment(id_, task.text[:_BEGINNING].rstrip(), part.name, part.role, task.section or None, instead)
    return short if sum(map(short.is_of, record.tasks)) == 1 else replace(short, task=task.text)
