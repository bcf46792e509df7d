"""Who had to issue a plan, and who has none, answered with networkx alone (`missing_plans`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.model import Graph
from tests.networkx_facts import (
    OFFENDING,
    Facts,
    Row,
    all_below,
    first,
    last,
    passages,
)


def missing_plans(
    graph: Graph, document: str | None = None, today: str | None = None, status: str | None = None
) -> list[Row]:
    facts = Facts(graph)
    if document is None:
        sources = {id_ for id_ in facts.all("Document") if facts.get(id_, "status") == "ingested"}
    else:
        sources = facts.below(document)
    there = [source for source in sources if not _later(facts.get(source, "issued_on"), today)]
    rows = [row for source in there for row in _duties(facts, source, today)]
    wanted = OFFENDING if status is None else (status,)
    return sorted(
        (row for row in rows if status == "mọi" or row["status"] in wanted),
        key=lambda r: (r["source"], first(r["section"]), r["task"], *last(r["agency"], r["agency_id"])),
    )


def _duties(facts: Facts, source: str, today: str | None) -> Iterator[Row]:
    """How each agency stands that a document told to issue a plan."""
    for task in facts.tasks(source):
        if facts.get(task, "requires_plan"):
            told: dict[str, list[tuple[str | None, dict[str, Any]]]] = {}
            for _, named, link in facts.out(task, "GIAO"):
                if link.get("role") != "theo dõi":
                    members = facts.members(named)
                    via = facts.get(named, "name") if members else None
                    for agency in members or [named]:
                        told.setdefault(agency, []).append((via, link))
            for agency, links in told.items():
                yield _standing(facts, source, task, agency, links, today)


def _standing(
    facts: Facts, source: str, task: str, agency: str, links: list[tuple[str | None, dict[str, Any]]], today: str | None
) -> Row:
    plan = _plan(facts, source, agency, today)
    order = sorted(links, key=lambda v: last(v[1].get("doc"), v[1].get("start"), v[1].get("end"), v[0]))
    names = {name: facts.get(agency, name) for name in ("level", "place")}
    return {
        "agency": facts.get(agency, "name"),
        "agency_id": agency,
        **names,
        "via": next((via for via, _ in order if via is not None), None),
        "status": _status(facts, agency, plan, facts.get(task, "plan_deadline"), today),
        "plan": plan,
        "plan_type": facts.get(plan, "type"),
        "plan_issued_on": facts.get(plan, "issued_on"),
        "deadline": facts.get(task, "plan_deadline"),
        "source": source,
        "task": task,
        "section": facts.get(task, "section"),
        "evidence": passages(link for _, link in links),
    }


def _plan(facts: Facts, source: str, agency: str, today: str | None) -> str | None:
    """The first document of the agency that meets what the source orders, of those that are there on the day."""
    beside = {
        id_
        for above in facts.implements.succ[source]
        for id_ in facts.implements.pred[above]
        if _no_older(facts.get(id_, "issued_on"), facts.get(source, "issued_on"))
    }
    below = {
        id_
        for id_ in all_below(facts, source)
        if not _later(facts.get(source, "issued_on"), facts.get(id_, "issued_on"))
    }
    plans = [
        id_
        for id_ in (below | beside) - {source}
        if agency in facts.sources(id_, "BAN_HANH", "Agency")
        and facts.get(id_, "type") not in ("Báo cáo", "Tờ trình")
        and not _later(facts.get(id_, "issued_on"), today)
    ]
    return min(plans, key=lambda id_: (facts.get(id_, "issued_on") or "9999", id_), default=None)


def _status(facts: Facts, agency: str, plan: str | None, deadline: str | None, today: str | None) -> str:
    if plan is not None:
        return "chậm" if _later(facts.get(plan, "issued_on"), deadline) else "có kế hoạch"
    if today is not None and deadline is not None and not _later(today, deadline):
        return "chưa đến hạn"
    own = facts.targets(agency, "BAN_HANH", "Document")
    return "chưa có" if any(facts.get(id_, "status") == "ingested" for id_ in own) else "không rõ"


def _shared(one: str, other: str) -> tuple[str, str]:
    """Two dates as far as both are known."""
    length = min(len(one), len(other))
    return one[:length], other[:length]


def _no_older(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    a, b = _shared(one, other)
    return a >= b


def _later(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    a, b = _shared(one, other)
    return a > b
