"""The record's tasks, made of what was read in passages and in rows of tables: anchors, assignments, times."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from operator import attrgetter

from ingest.assigning.deadlines import Due, Span, find_deadline
from ingest.assigning.given import Given
from ingest.assigning.plan_orders import find_plan_order, is_due_by
from ingest.assigning.recurrence import Recurrence, find_recurrence, is_unforeseen
from ingest.assigning.role import COORDINATES, IS_TOLD, Role
from ingest.assigning.task_labels import Labelled
from ingest.assigning.task_segments import Segment
from ingest.assigning.task_tables import TaskRow
from ingest.patterns import pattern
from ingest.record import GIAO_ROLES, AgencyRef, Assignment, Found, Task
from ingest.text import CleanText

_ANCHOR = 100
"""Characters of a task's text that its anchor holds at most."""
# "Trạm Y tế báo cáo về số ca mắc;" under "… báo cáo về Phòng Y tế, cụ thể:"
_TELLS = pattern(r"(?<!\w)(?:báo cáo|gửi)(?!\w)")
# "ban hành kế hoạch trước ngày 30/9/2025, |báo cáo| kết quả trước ngày 15/12/2025"
_REPORTS = pattern(r"(?<!\w)(?:báo cáo|sơ kết|tổng kết|đánh giá)(?!\w)")
_LEAST = 25
"""Characters by which a task is told from others, mostly."""


def row_task(text: str, row: TaskRow) -> Task:
    """The task that a row of a table is."""
    recurrence = row.recurrence or find_recurrence(text, row.start, row.end)
    return _task(
        text, row.start, row.end, row.roles, row.due, recurrence,
        rule="table of tasks", confidence=0.9, section=row.section, heading=row.heading,
    )  # fmt: skip


def segment_task(
    text: str, segment: Segment, given: Given, labels: Sequence[Labelled], names: Sequence[Span], section: str
) -> Task:
    """The task that a passage is.

    Args:
        given: what holds for it by what stands above it.
        labels: what the labels under it say ("Cơ quan thực hiện: …").
        names: passages whose dates are no deadlines (names of documents, what lies before the issue), sorted.
    """
    end = segment.end
    while end > segment.start and text[end - 1].isspace():
        end -= 1
    roles = list(segment.roles)
    told = [role for label in labels for role in label.roles if role.part in GIAO_ROLES]
    named = any(not role.agency.collective for role in told)
    if named and all(role.agency.collective for role in segment.leads()):
        # "Các đơn vị tập huấn … - Cơ quan thực hiện: Sở A": the label says who
        roles = [role for role in roles if role.part not in GIAO_ROLES]
    elif not segment.leads():
        roles = [*_handed(given.roles, roles), *roles]
    if given.told and all(role.part != IS_TOLD for role in roles) and _TELLS.search(text, segment.start, end):
        roles += given.told
    for label in labels:
        led = any(role.part in GIAO_ROLES for role in roles)
        roles += [role for role in label.roles if role.part == COORDINATES or not led]
    due = find_deadline(text, segment.start, end, names)
    recurrence = find_recurrence(text, segment.start, end)
    if due is None:
        timed = next((label for label in labels if label.timed), None)
        due = timed.due if timed else None if recurrence else given.due
        above = None if is_unforeseen(text, segment.start, end) else given.recurrence
        recurrence = recurrence or (timed.recurrence if timed else above)
    led = any(role.part in GIAO_ROLES for role in roles)
    rule = "own agency" if segment.leads() else "heading's agency" if led else "imperative"
    return _task(
        text, segment.start, end, roles, due, recurrence,
        rule=rule, confidence=0.9 if led else 0.75, section=section, heading=given.heading,
    )  # fmt: skip


def _handed(given: Sequence[Role], own: Sequence[Role]) -> list[Role]:
    """What a task has from above: a lead-in's partners hold where it names none of its own."""
    if all(role.part != COORDINATES for role in own):
        return list(given)
    return [role for role in given if role.part != COORDINATES or not role.rule.startswith("lead-in")]


def _task(
    text: str,
    start: int,
    end: int,
    roles: Sequence[Role],
    due: Due | None,
    recurrence: Recurrence | None,
    *,
    rule: str,
    confidence: float,
    section: str,
    heading: str,
) -> Task:
    passage = " ".join(text[start:end].split())
    plan = find_plan_order(text, start, end)
    return Task(
        start=start,
        end=end,
        rule=rule,
        confidence=confidence,
        section=section,
        anchor=cut(passage),
        text=passage,
        heading=heading,
        assignments=assignments(roles),
        deadline=due.iso if due else None,
        deadline_text=due.text if due else None,
        recurrence=recurrence.text if recurrence else None,
        requires_plan=plan is not None,
        plan_deadline=_plan_deadline(text, start, end, plan, due) if plan and due else None,
        found=found_in_task(due, recurrence, plan),
    )


def _plan_deadline(text: str, start: int, end: int, plan: Span, due: Due) -> str | None:
    """By when the plan is due that a task orders: by the task's time, or by one before it.

    "… ban hành kế hoạch trước ngày 30/9/2025, báo cáo kết quả trước ngày 15/12/2025" has the plan's first.
    """
    if not start <= due.start < end:
        return due.iso  # a time from above the task is the plan's as well
    of_plan = is_due_by(text, plan, (due.start, due.end))
    before = find_deadline(text, start, due.start, ())
    then_others = before and (not of_plan or _REPORTS.search(text, before.end, due.start))
    if before and then_others and is_due_by(text, plan, (before.start, before.end)):
        return before.iso
    return due.iso if of_plan else None


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


def findable(tasks: Iterable[Task], clean: CleanText) -> list[Task]:
    """The tasks with anchors that stand so in the source: none goes over a page's number that was taken out.

    Those that begin alike ("Thực hiện một số nội dung khác …") have longer ones.
    """
    found = [_within_page(task, clean) for task in tasks]
    alike = Counter(task.anchor for task in found)
    return [replace(t, anchor=cut(t.text, 3 * _ANCHOR)) if alike[t.anchor] > 1 else t for t in found]


def _within_page(task: Task, clean: CleanText) -> Task:
    number = bisect_right(clean.page_ends, task.start)
    page_end = clean.page_ends[number] if number < len(clean.page_ends) else len(clean.text)
    on_page = " ".join(clean.text[task.start : min(page_end, task.end)].split())
    return replace(task, anchor=on_page) if _LEAST <= len(on_page) < len(task.anchor) else task


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
