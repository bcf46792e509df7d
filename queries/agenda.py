"""What an agency has to do, and to reach: what it was given itself or in a class, and what it inherited."""

from __future__ import annotations

from typing import Any

from graph.store import Store
from queries.ask import run
from queries.standing import not_after
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
    return _held(store, "tasks_of_agency", agency, as_of)


def targets(store: Store, agency: str, as_of: str | None = None) -> list[Row]:
    """Everything that an agency has to reach; as `agenda`, with the rows of targets_of_agency."""
    return _held(store, "targets_of_agency", agency, as_of)


def _held(store: Store, query: str, agency: str, as_of: str | None) -> list[Row]:
    successors = Successors.of(store)
    rows = _given(store, query, agency, as_of)
    for id_, name in successors.gone(as_of):
        held = next((holder for holder in successors.holders(id_, name, as_of) if holder.id == agency), None)
        if held is not None and id_ != agency:
            inherited = {"inherited_from": name, "part": held.part or None}
            rows += [{**row, **inherited} for row in _given(store, query, id_, as_of)]
    return sorted(rows, key=lambda row: (row["deadline"] is None, row["deadline"] or "", row["issued_on"] or ""))


def _given(store: Store, query: str, agency: str, as_of: str | None) -> list[Row]:
    rows = not_after(run(store, query, {"agency": agency}).dicts(), as_of)
    return [{**row, "inherited_from": None, "part": None} for row in rows]
