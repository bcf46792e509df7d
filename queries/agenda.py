"""What an agency has to do: its own tasks, those of the classes that it belongs to, and those that it inherited."""

from __future__ import annotations

from typing import Any

from graph.store import Store
from queries.ask import run
from queries.standing import is_after
from queries.successors import Successors

Row = dict[str, Any]


def agenda(store: Store, agency: str, as_of: str | None = None) -> list[Row]:
    """Everything that an agency has to do on a day, from every document, by deadline; what has none comes last.

    Args:
        agency: its id.
        as_of: the day (ISO 8601): documents of later days, and duties that others held then, are left out.

    Returns:
        the rows of tasks_of_agency, each with `inherited_from`: the name of the agency that the task was given to, if
        that is gone and this one took over, and `part`: which part of its work.
    """
    successors = Successors.of(store)
    rows = _tasks(store, agency, as_of)
    for id_, name in successors.gone(as_of):
        held = next((holder for holder in successors.holders(id_, name, as_of) if holder.id == agency), None)
        if held is not None and id_ != agency:
            inherited = {"inherited_from": name, "part": held.part or None}
            rows += [{**row, **inherited} for row in _tasks(store, id_, as_of)]
    return sorted(rows, key=lambda row: (row["deadline"] is None, row["deadline"] or "", row["issued_on"] or ""))


def _tasks(store: Store, agency: str, as_of: str | None) -> list[Row]:
    return [
        {**row, "inherited_from": None, "part": None}
        for row in run(store, "tasks_of_agency", {"agency": agency}).dicts()
        if not is_after(row["issued_on"], as_of)
    ]
