"""Who had to issue a plan and how that stands, as `queries.answers.plans_owed` says; and ghosts for what is missing.

A ghost is the plan that a unit has not issued: it takes the place in the picture where the plan should be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.model import Graph
from viz.cascade import documents_below

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ghost:
    """A plan that is missing: whose it would be, at what level and place, and the documents that ask for it."""

    agency: str
    name: str
    level: str
    place: str
    sources: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"ghost:{self.agency}"


def duties_of_page(graph: Graph, rows: Iterable[Row], shown: Collection[str], focus: str | None) -> list[Row]:
    """The rows that a page can show: of its documents, and of missing plans only those below the focus."""
    below = shown if focus is None else documents_below(graph, focus)
    kept = [
        row
        for row in rows
        if row["source"] in shown
        and row["agency_id"] in graph.nx
        and (row["plan"] in shown if row["plan"] else row["source"] in below)
    ]
    return sorted(kept, key=lambda r: (r["source"], r["section"] or "", r["task"] or "", r["agency_id"]))


def ghosts(duties: Sequence[Row]) -> list[Ghost]:
    """One for each unit that has no plan for something; what others ask of it too is the same missing plan."""
    missing: dict[str, list[Row]] = defaultdict(list)
    for row in duties:
        if not row["plan"]:
            missing[row["agency_id"]].append(row)
    return [
        Ghost(agency, rows[0]["agency"], rows[0]["level"] or "", rows[0]["place"] or "", tuple(sorted(_sources(rows))))
        for agency, rows in sorted(missing.items())
    ]


def _sources(rows: Iterable[Row]) -> set[str]:
    return {row["source"] for row in rows}
