"""Counts of duties and documents: how the units of a level or province stand, and how many days plans took."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from graph.schema import schema
from queries.deficit import province
from queries.standing import STATUSES
from vanmach.web.models import DocumentSummary, StandingCount
from vanmach.web.models_implementation import DatedPlan, Duty, LevelTimes, Matrix, MatrixCell, MatrixRow, Timeline

_DAY = len("2023-10-05")


def by_level(duties: Iterable[Duty]) -> dict[str, list[StandingCount]]:
    """How the units of each level stand; the level is empty where it is not known."""
    grouped: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        grouped[duty.level or ""].append(duty)
    return {level: standings(found) for level, found in grouped.items()}


def standings(duties: Iterable[Duty]) -> list[StandingCount]:
    """How many units stand how, the worst first; a unit with several duties counts once, as its worst one."""
    worst: dict[str, int] = {}
    for duty in duties:
        rank = STATUSES.index(duty.status)
        unit = duty.agency_id or duty.agency
        worst[unit] = min(rank, worst.get(unit, rank))
    counts = Counter(worst.values())
    return [StandingCount(status=STATUSES[rank], units=counts[rank]) for rank in sorted(counts)]


def matrix(duties: Sequence[Duty], by: Literal["province", "agency"]) -> Matrix:
    """The units that had to issue a plan: rows by province and columns by level, or a row for each agency."""
    cells: dict[tuple[str, str | None], dict[str, list[Duty]]] = defaultdict(lambda: defaultdict(list))
    for duty in duties:
        if by == "province":
            cells[province(duty.place), None][duty.level or ""].append(duty)
        else:
            cells[duty.agency, duty.agency_id][""].append(duty)
    present = {column for row in cells.values() for column in row}
    columns = sorted(present, key=lambda level: schema().rank(level or None))
    rows = [
        MatrixRow(
            name=name,
            id=id_,
            cells=[MatrixCell(column=column, counts=standings(cells[name, id_].get(column, ()))) for column in columns],
        )
        for name, id_ in sorted(cells, key=lambda key: (key[0] == "", key[0], key[1] or ""))
    ]
    return Matrix(by=by, columns=columns, rows=rows)


def timeline(top: DocumentSummary, below: Iterable[DocumentSummary], duties: Iterable[Duty]) -> Timeline:
    """The days from a document to those below it, the quickest first; what is older than it tells nothing."""
    standing = {duty.plan: duty.status for duty in duties if duty.plan}
    plans = sorted(
        (
            DatedPlan(**plan.model_dump(), days=days, standing=standing.get(plan.id))
            for plan in below
            if (days := days_between(top.issued_on, plan.issued_on)) is not None and days >= 0
        ),
        key=lambda plan: (plan.days, plan.id),
    )
    grouped: dict[str | None, list[int]] = defaultdict(list)
    for plan in plans:
        grouped[plan.level].append(plan.days)
    levels = [
        LevelTimes(level=level, plans=len(of), least=min(of), median=statistics.median(of), most=max(of))
        for level, of in sorted(grouped.items(), key=lambda item: schema().rank(item[0]))
    ]
    return Timeline(document=top, levels=levels, plans=plans)


def days_between(first: str | None, second: str | None) -> int | None:
    """Whole days from one day to another; None where one is not known to the day."""
    if first is None or second is None or len(first) != _DAY or len(second) != _DAY:
        return None
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
