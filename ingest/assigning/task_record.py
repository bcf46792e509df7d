"""The record's tasks, made of what was read: anchors, assignments, and rows of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from operator import attrgetter

from ingest.assigning.deadlines import Due, Recurrence, Span, find_plan_order, find_recurrence
from ingest.assigning.roles import COORDINATES, Role
from ingest.assigning.task_tables import TaskRow
from ingest.record import GIAO_ROLES, AgencyRef, Assignment, Found, Task

_ANCHOR = 100
"""Characters of a task's text that its anchor holds at most."""


def row_task(text: str, row: TaskRow) -> Task:
    """The task that a row of a table is."""
    passage = " ".join(text[row.start : row.end].split())
    recurrence = row.recurrence or find_recurrence(text, row.start, row.end)
    plan = find_plan_order(text, row.start, row.end)
    return Task(
        start=row.start,
        end=row.end,
        rule="table of tasks",
        confidence=0.9,
        section=row.section,
        anchor=cut(passage),
        text=passage,
        heading=row.heading,
        assignments=assignments(row.roles),
        deadline=row.due.iso if row.due else None,
        deadline_text=row.due.text if row.due else None,
        recurrence=recurrence.text if recurrence else None,
        requires_plan=plan is not None,
        found=found_in_task(row.due, recurrence, plan),
    )


def found_in_task(due: Due | None, recurrence: Recurrence | None, plan: Span | None) -> dict[str, Found]:
    """Where a task's time, and that it orders a plan, were read, by the field."""
    found = {}
    if due:
        found["deadline"] = Found(start=due.start, end=due.end, rule=due.rule, confidence=0.9)
    if recurrence:
        found["recurrence"] = Found(start=recurrence.start, end=recurrence.end, rule=recurrence.rule, confidence=0.85)
    if plan:
        found["requires_plan"] = Found(start=plan[0], end=plan[1], rule="order of a plan", confidence=0.85)
    return found


def cut(passage: str, length: int = _ANCHOR) -> str:
    """The anchor: whole words from the beginning."""
    return passage if len(passage) <= length else passage[:length].rpartition(" ")[0]


def told_apart(tasks: list[Task]) -> list[Task]:
    """Longer anchors for those that begin alike ("Thực hiện một số nội dung khác …")."""
    alike = Counter(task.anchor for task in tasks)
    return [replace(t, anchor=cut(t.text, 3 * _ANCHOR)) if alike[t.anchor] > 1 else t for t in tasks]


_AGENCY_FIELDS = tuple(f.name for f in fields(AgencyRef) if f.name not in ("rule", "confidence"))
_agency_values = attrgetter(*_AGENCY_FIELDS)


def assignments(roles: Sequence[Role]) -> tuple[Assignment, ...]:
    """The parts that agencies have in a task, each once; who leads it takes no part in it besides."""
    found: dict[tuple[str, str], Assignment] = {}
    leads = {role.agency.name for role in roles if role.part in GIAO_ROLES}
    for role in roles:
        key = (role.agency.name, role.part)
        if key in found or (role.part == COORDINATES and role.agency.name in leads):
            continue
        values = dict(zip(_AGENCY_FIELDS, _agency_values(role.agency), strict=True))
        confidence = min(role.confidence, role.agency.confidence)
        found[key] = Assignment(**values, rule=role.rule, confidence=confidence, role=role.part)
    return tuple(found.values())
