"""How a duty stands on a day: what its deadline, the plan's date and the day asked say together.

Dates are ISO 8601 and may be partial ("2023-11"): two are compared as far as both are known.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

Row = TypeVar("Row", bound=Mapping[str, Any])

HAS, LATE, NOT_DUE, UNKNOWN, MISSING = "có kế hoạch", "chậm", "chưa đến hạn", "không rõ", "chưa có"

STATUSES = (MISSING, UNKNOWN, LATE, NOT_DUE, HAS)
"""The worst first, as people read a list of what is wrong; viz/assets/standing.js has the same order."""


def is_after(one: str | None, other: str | None) -> bool:
    """Whether a date is known to be later than another.

    >>> is_after("2023-12-01", "2023-11"), is_after("2023-11-30", "2023-11"), is_after("2023", None)
    (True, False, False)
    """
    if not one or not other:
        return False
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def not_after(rows: Iterable[Row], day: str | None) -> list[Row]:
    """The rows whose document (`issued_on`) is not known to have been issued after a day; None is all."""
    return [row for row in rows if not is_after(row["issued_on"], day)]


def status(deadline: str | None, plan_issued_on: str | None, has_plan: bool, today: str | None, held: int) -> str:
    """The status of a duty.

    Args:
        deadline: None where none is given: then nothing is late, and what is not there is missing.
        plan_issued_on: date of the plan, None where not known.
        has_plan: whether there is one.
        today: the day on which is asked; None: what is still to come cannot be told.
        held: how many documents of the agency are in the collection; of one without any nothing can be said.
    """
    if has_plan:
        return LATE if is_after(plan_issued_on, deadline) else HAS
    if today and deadline and not is_after(today, deadline):
        return NOT_DUE
    return MISSING if held else UNKNOWN


def days_late(deadline: str | None, done: str | None) -> int | None:
    """Days from the last day of the deadline to a day; None where it is not after it, or not known to the day.

    >>> days_late("2023-11", "2023-12-05"), days_late("2023-11-30", "2023-12"), days_late("2023-11-30", "2023-11-30")
    (5, None, None)
    """
    if not deadline or not done or len(done) < 10 or not is_after(done, deadline):
        return None
    return (date.fromisoformat(done) - last_day(deadline)).days


def last_day(on: str) -> date:
    """The last day of a date that may be partial: "2024-02" → 29 February 2024."""
    year, month, day = [*map(int, on.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])
