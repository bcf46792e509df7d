"""The third answer: each query file's question, answered with networkx alone, after what the file's header says.

For the tests only. Where two stores differ, this one says which is right; it shares no code with either, nor with the
query files. `ANSWERS[name](graph, **parameters)` gives the rows in the order that the file promises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx

from graph.model import Graph
from tests.networkx_checks import (
    agency_out_of_time,
    basis_not_implemented,
    deadline_after_upper,
    implements_replaced,
    lead_not_recipient,
    missing_middle,
    missing_report,
    symbol_used_twice,
    task_without_lead,
)
from tests.networkx_duties import expected_plans, holdings, ordering_documents, plans_under, stand_ins
from tests.networkx_facts import (
    Facts,
    Row,
    by_document,
    first,
    in_section,
    last,
    passages,
    role_of,
)
from tests.networkx_plans import missing_plans
from tests.networkx_takeup import dropped_tasks, left_out_targets, lowered_targets
from tests.networkx_targets import targets_of_agency, targets_of_document
from tests.networkx_tasks import task_path


def agencies(graph: Graph, text: str | None = None, id: str | None = None) -> list[Row]:
    facts = Facts(graph)
    rows = [
        {
            **{name: facts.get(id_, name) for name in ("id", "name", "kind", "level", "place")},
            "collective": bool(facts.get(id_, "collective")),
            "aliases": facts.get(id_, "aliases"),
        }
        for id_ in facts.all("Agency")
        if _holds(facts.get(id_, "search"), text) and id_.startswith(id or "")
    ]
    return sorted(rows, key=lambda row: last(row["name"], row["id"]))


def documents(graph: Graph, text: str | None = None, id: str | None = None) -> list[Row]:
    facts = Facts(graph)
    rows = [
        facts.facts(id_)
        for id_ in facts.all("Document")
        if _holds(facts.get(id_, "search"), text) and id_.startswith(id or "")
    ]
    return sorted(
        rows,
        key=lambda row: (row["status"] != "ingested", first(row["issued_on"]), first(row["symbol"]), row["id"]),
    )


def documents_of_symbol(graph: Graph, symbol: str) -> list[Row]:
    facts = Facts(graph)
    rows = [facts.facts(id_) for id_ in facts.all("Document") if facts.get(id_, "symbol") == symbol]
    return sorted(rows, key=lambda row: (row["status"] != "ingested", first(row["issued_on"]), row["id"]))


def _holds(search: str | None, text: str | None) -> bool:
    return text is None or (search is not None and all(f" {word} " in f" {search} " for word in text.split(" ")))


def document(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(document, "Document"):
        return []
    more = ("symbol_suffix", "signer", "signer_position", "source", "inferred", "ambiguous_with", "names")
    return [
        {
            **facts.facts(document),
            **{name: facts.get(document, name) for name in more},
            "tasks": len(facts.tasks(document)),
            "targets": len(facts.targets(document, "GOM", "Target")),
        }
    ]


def documents_under(graph: Graph, document: str) -> list[Row]:
    return _cone(Facts(graph), document, "parents", up=False)


def documents_over(graph: Graph, document: str) -> list[Row]:
    return _cone(Facts(graph), document, "children", up=True)


def _cone(facts: Facts, document: str, nearer: str, *, up: bool) -> list[Row]:
    if not facts.has(document, "Document"):
        return []
    away = facts.implements if up else facts.implements.reverse()
    depths = nx.single_source_shortest_path_length(away, document)
    rows = [
        {
            "depth": depth,
            **facts.facts(id_),
            nearer: sorted(other for other in away.pred[id_] if other in depths and other != id_),
        }
        for id_, depth in depths.items()
        if id_ != document
    ]
    return sorted(rows, key=lambda row: (row["depth"], first(row["issued_on"]), row["id"]))


def neighbourhood(graph: Graph, node: str) -> list[Row]:
    facts = Facts(graph)
    if node not in facts.graph:
        return []
    rows = []
    for direction, other, link in _around(facts, node):
        called = (facts.get(other, name) for name in ("symbol", "name", "title", "text", "id"))
        row = {
            "direction": direction,
            "edge": link["type"],
            "id": other,
            "label": facts.get(other, "label"),
            "name": next(name for name in called if name is not None),
            "role": link.get("role"),
            **passages([link])[0],
            "data_source": link.get("data_source"),
        }
        rows.append(row)
    order = ("doc", "start", "role", "data_source")
    return sorted(
        rows,
        key=lambda row: (
            row["direction"],
            row["edge"],
            row["id"],
            *(row[n] or (0 if n == "start" else "") for n in order),
        ),
    )


def relations_of(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(document, "Document"):
        return []
    names = ("id", "symbol", "type", "title", "issuer", "issued_on", "status")
    rows = [
        {
            "direction": direction,
            "relation": link["type"],
            **{name: facts.get(other, name) for name in names},
            **passages([link])[0],
        }
        for direction, other, link in _around(facts, document)
        if facts.has(other, "Document")
    ]
    return sorted(rows, key=lambda r: (r["direction"], r["relation"], r["id"], r["doc"] or "", r["start"] or 0))


def _around(facts: Facts, node: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each edge of a node, with its direction and the node at its other end; an edge to itself goes out."""
    for _, other, link in facts.out(node):
        yield "out", other, link
    for other, _, link in facts.into(node):
        if other != node:
            yield "in", other, link


def tasks_of_document(graph: Graph, document: str, section: str | None = None) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(document, "Document"):
        return []
    more = ("heading", "deadline_text", "start", "end")
    rows = [
        {**_task(facts, task), **{name: facts.get(task, name) for name in more}}
        for task in facts.tasks(document)
        if section is None or in_section(facts.get(task, "section"), section)
    ]
    return sorted(rows, key=lambda row: last(facts.get(row["id"], "ordinal"), row["start"], row["id"]))


def tasks_under(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    rows = [{"document": id_, **_task(facts, task)} for id_ in facts.below(document) for task in facts.tasks(id_)]
    return sorted(rows, key=lambda row: last(row["document"], facts.get(row["id"], "ordinal"), row["id"]))


def _task(facts: Facts, task: str) -> Row:
    return {
        **{name: facts.get(task, name) for name in ("id", "section", "text", "deadline", "recurrence")},
        "requires_plan": bool(facts.get(task, "requires_plan")),
        "leads": facts.names(facts.targets(task, "GIAO", "Agency")),
        "coordinators": facts.names(facts.targets(task, "PHOI_HOP", "Agency")),
        "report_to": facts.names(facts.targets(task, "BAO_CAO", "Agency")),
    }


def trace_down(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    return _tree(facts, facts.below(document), up=False)


def trace_up(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    return _tree(facts, facts.above(document), up=True)


def _tree(facts: Facts, parents: set[str], *, up: bool) -> list[Row]:
    """A link for each pair of documents of which one stands in the tree, and the other beyond it."""
    links: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for lower, upper, link in facts.edges("THUC_HIEN"):
        parent, id_ = (lower, upper) if up else (upper, lower)
        if parent in parents and id_ != parent:
            links.setdefault((parent, id_), []).append(link)
    rows = [
        {"parent": parent, **facts.facts(id_), "tasks": len(facts.tasks(id_)), "evidence": _all_passages(found)}
        for (parent, id_), found in links.items()
    ]
    return sorted(rows, key=lambda row: (row["parent"], first(row["issued_on"]), row["id"]))


def _all_passages(links: list[dict[str, Any]]) -> list[Row]:
    """Where the links were read, also where two of them were read in one place."""
    order = sorted(links, key=lambda a: last(a.get("doc"), a.get("start"), a.get("end")))
    return [passages([link])[0] for link in order]


def units_implementing(
    graph: Graph, document: str, role: str | None = None, level: str | None = None, as_of: str | None = None
) -> list[Row]:
    facts = Facts(graph)
    given = [
        (its_role, agency, via, task, id_, link)
        for id_ in facts.below(document)
        if not _is_after(facts.get(id_, "issued_on"), as_of)
        for task in facts.tasks(id_)
        for _, named, link in facts.out(task, "GIAO", "PHOI_HOP")
        if role in (None, its_role := role_of(link["type"], link))
        for agency, via in _standing_for(facts, named)
        if level is None or facts.get(agency, "level") == level
    ]
    given.sort(key=lambda g: last(g[5].get("doc"), g[5].get("start"), g[5].get("end"), g[3], g[4], g[2]))
    rows = []
    for agency, its_role in {(g[1], g[0]) for g in given}:
        own = [g for g in given if (g[1], g[0]) == (agency, its_role)]
        rows.append(
            {
                "agency": facts.get(agency, "name"),
                "agency_id": agency,
                "level": facts.get(agency, "level"),
                "place": facts.get(agency, "place"),
                "role": its_role,
                "collective": bool(facts.get(agency, "collective")),
                "via": list(dict.fromkeys(g[2] for g in own if g[2] is not None)),
                "tasks": len({g[3] for g in own}),
                "documents": list(dict.fromkeys(g[4] for g in own)),
                "evidence": passages(g[5] for g in own),
            }
        )
    return sorted(rows, key=lambda row: last(row["agency"], row["agency_id"], row["role"]))


def _is_after(one: str | None, other: str | None) -> bool:
    """Whether a date is known to be later, as far as both are known."""
    length = min(len(one or ""), len(other or ""))
    return one is not None and other is not None and one[:length] > other[:length]


def _standing_for(facts: Facts, named: str) -> Iterator[tuple[str, str | None]]:
    """A named agency itself, and the members of a collective with the collective's name."""
    yield named, None
    for member in facts.members(named):
        if facts.get(named, "name") is None and member == named:
            continue  # the same row a second time
        yield member, facts.get(named, "name")


def issued_after(graph: Graph, as_of: str | None = None, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    here = (id_ for id_ in facts.all("Document") if facts.get(id_, "status") == "ingested")
    looked_at = facts.below(document) if document is not None else here
    dates = {id_: facts.get(id_, "issued_on") for id_ in sorted(looked_at)}
    return [{"id": id_, "issued_on": on} for id_, on in dates.items() if as_of is None or _is_after(on, as_of)]


def documents_by_level(graph: Graph) -> list[Row]:
    facts = Facts(graph)
    counts: dict[str | None, list[int]] = {}
    for id_ in facts.all("Document"):
        counts.setdefault(facts.get(id_, "level"), [0, 0])[facts.get(id_, "status") != "ingested"] += 1
    rows = [{"level": level, "ingested": here, "cited": cited} for level, (here, cited) in counts.items()]
    return sorted(rows, key=lambda row: last(row["level"]))


def directives(graph: Graph) -> list[Row]:
    facts = Facts(graph)
    ends = [(a, b) for a, b, _ in facts.edges("THUC_HIEN") if a != b]
    tops = {b for _, b in ends} - {a for a, _ in ends}
    rows = [{**facts.facts(id_), "implementing": len({a for a, b in ends if b == id_})} for id_ in tops]
    return sorted(rows, key=lambda row: (row["status"] != "ingested", -row["implementing"], row["id"]))


def documents_of_agency(graph: Graph, agency: str) -> list[Row]:
    facts = Facts(graph)
    rows = [facts.facts(id_) for id_ in facts.targets(agency, "BAN_HANH", "Document")] if agency in graph.nx else []
    return sorted(rows, key=lambda row: (row["status"] != "ingested", first(row["issued_on"]), row["id"]))


def partners_of_agency(graph: Graph, agency: str) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(agency, "Agency"):
        return []
    shared: dict[str, int] = {}
    for task in {task for type_ in ("GIAO", "PHOI_HOP") for task in facts.sources(agency, type_, "Task")}:
        others = {other for type_ in ("GIAO", "PHOI_HOP") for other in facts.targets(task, type_, "Agency")}
        for other in others - {agency}:
            shared[other] = shared.get(other, 0) + 1
    rows = [
        {
            "partner": facts.get(other, "name"),
            "partner_id": other,
            "level": facts.get(other, "level"),
            "tasks": tasks,
        }
        for other, tasks in shared.items()
    ]
    return sorted(rows, key=lambda row: (-row["tasks"], *last(row["partner"], row["partner_id"])))


def agencies_coordinating(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    shared: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for id_ in facts.below(document):
        for task in facts.tasks(id_):
            for lead in facts.targets(task, "GIAO", "Agency"):
                for other in facts.targets(task, "PHOI_HOP", "Agency"):
                    if other != lead:
                        shared.setdefault((lead, other), set()).add((id_, task))
    rows = [
        {
            "lead": facts.get(lead, "name"),
            "lead_id": lead,
            "coordinator": facts.get(other, "name"),
            "coordinator_id": other,
            "tasks": len({task for _, task in found}),
            "documents": sorted({id_ for id_, _ in found}),
        }
        for (lead, other), found in shared.items()
    ]
    order = ("lead", "coordinator", "lead_id", "coordinator_id")
    return sorted(rows, key=lambda row: (-row["tasks"], *last(*(row[name] for name in order))))


def tasks_of_agency(graph: Graph, agency: str, role: str | None = None) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(agency, "Agency"):
        return []
    found: dict[tuple[str, str, str, str | None], list[dict[str, Any]]] = {}
    for other, via in facts.named_for(agency):
        for task, _, link in facts.into(other, "GIAO", "PHOI_HOP"):
            if facts.has(task, "Task") and role in (None, its_role := role_of(link["type"], link)):
                for source in facts.sources(task, "GOM", "Document"):
                    found.setdefault((source, task, its_role, via), []).append(link)
    rows = [
        {
            "document": source,
            "symbol": facts.get(source, "symbol"),
            "issued_on": facts.get(source, "issued_on"),
            "task": task,
            **{name: facts.get(task, name) for name in ("section", "text", "deadline", "recurrence")},
            "role": its_role,
            "via": via,
            "requires_plan": bool(facts.get(task, "requires_plan")),
            "evidence": passages(links),
        }
        for (source, task, its_role, via), links in found.items()
    ]
    return by_document(facts, rows, "task")


ANSWERS: dict[str, Callable[..., list[Row]]] = {
    function.__name__: function
    for function in (
        agencies, agencies_coordinating, directives, document, documents, documents_by_level,
        documents_of_agency, documents_of_symbol, documents_over, documents_under, issued_after, missing_plans,
        neighbourhood,
        partners_of_agency, relations_of, task_path,
        tasks_of_agency, tasks_of_document, tasks_under, trace_down, trace_up, units_implementing,
        expected_plans, holdings, ordering_documents, plans_under, stand_ins,
        agency_out_of_time, basis_not_implemented, deadline_after_upper, implements_replaced, lead_not_recipient,
        missing_middle, missing_report, symbol_used_twice, task_without_lead,
        dropped_tasks, left_out_targets, lowered_targets, targets_of_agency, targets_of_document,
    )
}  # fmt: skip
