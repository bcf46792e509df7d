"""The way of a task down to those who do it, answered with networkx alone (`task_path`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import networkx as nx

from graph.model import Graph
from tests.networkx_facts import (
    Facts,
    Link,
    Row,
    all_below,
    first,
    implemented,
    in_section,
    passages,
)


def task_path(graph: Graph, document: str, section: str) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(document, "Document"):
        return []
    tasks = [task for task in facts.tasks(document) if in_section(facts.get(task, "section"), section)]
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for key, link in (
        *_made_concrete(facts, tasks),
        *_taken_up(facts, document, tasks),
        *implemented(facts, _where_it_goes_on(facts, document, tasks)),
    ):
        found.setdefault(key, []).append(link)
    rows = [
        {
            "parent": parent,
            "edge": edge,
            "task": task,
            "agency": agency,
            "via": via,
            **facts.facts(id_),
            "tasks": len(facts.tasks(id_)),
            "evidence": passages(links),
        }
        for (parent, edge, task, agency, via, id_), links in found.items()
    ]
    return sorted(
        rows,
        key=lambda r: (
            r["parent"], r["edge"], *(first(r[name]) for name in ("issued_on", "id", "task", "agency", "via")),
        ),
    )  # fmt: skip


def _made_concrete(facts: Facts, tasks: list[str]) -> Iterator[Link]:
    """The links between a task that makes another one concrete and that other, all the way down."""
    ways: nx.DiGraph[str] = nx.DiGraph((lower, upper) for lower, upper, _ in facts.edges("CU_THE_HOA"))
    ways.add_nodes_from(tasks)
    for upper in {task for start in tasks for task in nx.ancestors(ways, start) | {start}}:
        for lower, _, link in facts.into(upper, "CU_THE_HOA"):
            ends = product(facts.sources(upper, "GOM", "Document"), facts.sources(lower, "GOM", "Document"))
            for parent, id_ in ends if lower != upper else ():
                yield (parent, "CU_THE_HOA", lower, None, None, id_), link


def _taken_up(facts: Facts, document: str, tasks: list[str]) -> Iterator[Link]:
    """The documents below which were issued by who has a task, or by a member of a collective that has it."""
    for id_, agency, named, link in _issued_by_who_has(facts, document, tasks):
        via = facts.get(named, "name") if agency != named else None
        yield (document, "GIAO", None, facts.get(agency, "name"), via, id_), link


def _issued_by_who_has(facts: Facts, document: str, tasks: list[str]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for id_ in all_below(facts, document):
        for agency in facts.sources(id_, "BAN_HANH", "Agency"):
            collectives = [a for a in facts.targets(agency, "THUOC", "Agency") if facts.get(a, "collective")]
            for named in dict.fromkeys([agency, *collectives]):
                for task in tasks:
                    for _, target, link in facts.out(task, "GIAO"):
                        if target == named:
                            yield id_, agency, named, link


def _where_it_goes_on(facts: Facts, document: str, tasks: list[str]) -> set[str]:
    """The documents from which on all that implements them counts."""
    starts = {id_ for id_, _, _, _ in _issued_by_who_has(facts, document, tasks)}
    if any(_nobody_known(facts, task) for task in tasks):
        starts.add(document)
    return {id_ for start in starts for id_ in facts.below(start)}


def _nobody_known(facts: Facts, task: str) -> bool:
    """Whether nothing tells who has the task: nobody is named, or a collective whose members are not known."""
    named = facts.targets(task, "GIAO", "Agency")
    return not named or any(
        facts.get(agency, "collective") and not facts.sources(agency, "THUOC", "Agency") for agency in named
    )
