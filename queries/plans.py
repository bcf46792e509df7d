"""What agencies have issued to implement a document, and which of it meets a duty that one of the documents gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from graph.store import Store
from queries.ask import run
from queries.standing import is_after
from queries.successors import StandIn

NO_PLANS = ("Báo cáo", "Tờ trình")
"""Types of documents that say what was done or is proposed, and order nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that meets a duty; `by` is the name of its issuer where that is not whoever had the duty."""

    id: str
    type: str | None
    issued_on: str | None
    by: str | None = None

    @property
    def order(self) -> tuple[str, str]:
        """The earliest first, an unknown date last."""
        return self.issued_on or "9999", self.id


class Plans:
    """The documents below a document by who issued them."""

    def __init__(self, store: Store, document: str) -> None:
        self._ways: nx.DiGraph[str] = nx.DiGraph()
        self._by: dict[str, list[Plan]] = defaultdict(list)
        self._named: dict[str, str] = {}
        for row in run(store, "plans_under", {"document": document}).dicts():
            self._ways.add_edges_from((row["id"], parent) for parent in row["parents"])
            self._named[row["agency"]] = row["agency_id"]
            if row["type"] not in NO_PLANS:
                self._by[row["agency_id"]].append(Plan(row["id"], row["type"], row["issued_on"]))

    def of(self, agency: str, source: str, since: str | None, until: str | None) -> Iterator[Plan]:
        """What an agency has issued that implements a document at any depth.

        Args:
            source: id of the document.
            since: no older than this day, as far as both are known.
            until: not after this day; None is any time.
        """
        for plan in self._by.get(agency, ()):
            in_time = not is_after(since, plan.issued_on) and not is_after(plan.issued_on, until)
            if in_time and plan.id != source and source in self._ways and nx.has_path(self._ways, plan.id, source):
                yield plan

    def issuer(self, name: str) -> str | None:
        """The id of an agency of this name that issued one of the documents."""
        return self._named.get(name)

    def of_others(self, others: Iterable[StandIn], source: str, since: str | None, until: str | None) -> Iterator[Plan]:
        """The same of those who stand in for an agency: an heir's documents count from the day when it took over."""
        for other in others:
            for plan in self.of(other.id, source, max(since or "", other.since), until):
                yield Plan(plan.id, plan.type, plan.issued_on, other.name)
