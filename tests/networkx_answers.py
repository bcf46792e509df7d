"""The third answer: each query file's question, answered with networkx alone, after what the file's header says.

For the tests only. Where two stores differ, this one says which is right; it shares no code with either, nor with the
query files. `ANSWERS[name](graph, **parameters)` gives the rows in the order that the file promises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

import networkx as nx

from graph.model import Graph

Row = dict[str, Any]
Edge = tuple[str, str, dict[str, Any]]

EVIDENCE = ("doc", "start", "end", "section", "quote", "rule", "confidence")
DOCUMENT = ("id", "symbol", "type", "title", "issuer", "issued_on", "level", "place", "status")
OFFENDING = ("chậm", "chưa có", "không rõ")


def _last(*values: Any) -> tuple[Any, ...]:
    """A key to sort by: what is not known comes last."""
    return tuple((value is None, value) for value in values)


def _first(value: str | None) -> str:
    """A key to sort by: what is not known comes first."""
    return value if value is not None else ""


class Facts:
    """A graph with its edges by type, and the questions that several answers share."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph.nx
        self.implements: nx.DiGraph[str] = nx.DiGraph()
        self.implements.add_nodes_from(id_ for id_, a in graph.nx.nodes(data=True) if a["label"] == "Document")
        self.implements.add_edges_from((a, b) for a, b, _ in self.edges("THUC_HIEN"))

    def get(self, id_: str | None, name: str) -> Any:
        return None if id_ is None else self.graph.nodes[id_].get(name)

    def has(self, id_: str, label: str) -> bool:
        return id_ in self.graph and self.get(id_, "label") == label

    def all(self, label: str) -> list[str]:
        return [id_ for id_, attributes in self.graph.nodes(data=True) if attributes["label"] == label]

    def edges(self, *types: str) -> Iterator[Edge]:
        return (edge for edge in self.graph.edges(data=True) if not types or edge[2]["type"] in types)

    def out(self, id_: str, *types: str) -> list[Edge]:
        return [e for e in self.graph.out_edges(id_, data=True) if not types or e[2]["type"] in types]

    def into(self, id_: str, *types: str) -> list[Edge]:
        return [e for e in self.graph.in_edges(id_, data=True) if not types or e[2]["type"] in types]

    def targets(self, id_: str, type_: str, label: str) -> list[str]:
        """What edges of a type lead to, each once."""
        return list(dict.fromkeys(b for _, b, _ in self.out(id_, type_) if self.get(b, "label") == label))

    def sources(self, id_: str, type_: str, label: str) -> list[str]:
        return list(dict.fromkeys(a for a, _, _ in self.into(id_, type_) if self.get(a, "label") == label))

    def names(self, ids: Iterable[str]) -> list[str]:
        """The names of these nodes, each once, in order; one without a name is left out."""
        return sorted({name for id_ in ids if (name := self.get(id_, "name")) is not None})

    def below(self, document: str) -> set[str]:
        """The document and all that implements it, at any depth."""
        return nx.ancestors(self.implements, document) | {document} if self.has(document, "Document") else set()

    def above(self, document: str) -> set[str]:
        return nx.descendants(self.implements, document) | {document} if self.has(document, "Document") else set()

    def tasks(self, document: str) -> list[str]:
        return self.targets(document, "GOM", "Task")

    def members(self, agency: str) -> list[str]:
        """The agencies that stand behind a collective, as far as they are known; none behind any other agency."""
        return self.sources(agency, "THUOC", "Agency") if self.get(agency, "collective") else []

    def facts(self, document: str) -> Row:
        return {name: self.get(document, name) for name in DOCUMENT}


def _passages(links: Iterable[dict[str, Any]]) -> list[Row]:
    """Where the links were read, each place once, in the order of the text."""
    found: list[Row] = []
    for link in sorted(links, key=lambda a: _last(a.get("doc"), a.get("start"), a.get("end"))):
        passage = {name: link.get(name) for name in EVIDENCE}
        if passage["confidence"] is not None:
            passage["confidence"] = float(passage["confidence"])
        if passage not in found:
            found.append(passage)
    return found


def _in_section(section: str | None, asked: str) -> bool:
    return section is not None and (section == asked or section.startswith((asked + ".", asked + "-")))


def _role(type_: str, given: dict[str, Any]) -> str:
    return "phối hợp" if type_ == "PHOI_HOP" else str(given.get("role") or "thực hiện")


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
    return sorted(rows, key=lambda row: _last(row["name"], row["id"]))


def documents(graph: Graph, text: str | None = None, id: str | None = None) -> list[Row]:
    facts = Facts(graph)
    rows = [
        facts.facts(id_)
        for id_ in facts.all("Document")
        if _holds(facts.get(id_, "search"), text) and id_.startswith(id or "")
    ]
    return sorted(
        rows,
        key=lambda row: (row["status"] != "ingested", _first(row["issued_on"]), _first(row["symbol"]), row["id"]),
    )


def documents_of_symbol(graph: Graph, symbol: str) -> list[Row]:
    facts = Facts(graph)
    rows = [facts.facts(id_) for id_ in facts.all("Document") if facts.get(id_, "symbol") == symbol]
    return sorted(rows, key=lambda row: (row["status"] != "ingested", _first(row["issued_on"]), row["id"]))


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
    return sorted(rows, key=lambda row: (row["depth"], _first(row["issued_on"]), row["id"]))


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
            **_passages([link])[0],
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
            **_passages([link])[0],
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
        if section is None or _in_section(facts.get(task, "section"), section)
    ]
    return sorted(rows, key=lambda row: _last(facts.get(row["id"], "ordinal"), row["start"], row["id"]))


def tasks_under(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    rows = [{"document": id_, **_task(facts, task)} for id_ in facts.below(document) for task in facts.tasks(id_)]
    return sorted(rows, key=lambda row: _last(row["document"], facts.get(row["id"], "ordinal"), row["id"]))


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
    return sorted(rows, key=lambda row: (row["parent"], _first(row["issued_on"]), row["id"]))


def _all_passages(links: list[dict[str, Any]]) -> list[Row]:
    """Where the links were read, also where two of them were read in one place."""
    order = sorted(links, key=lambda a: _last(a.get("doc"), a.get("start"), a.get("end")))
    return [_passages([link])[0] for link in order]


def units_implementing(graph: Graph, document: str, role: str | None = None, level: str | None = None) -> list[Row]:
    facts = Facts(graph)
    given = [
        (its_role, agency, via, task, id_, link)
        for id_ in facts.below(document)
        for task in facts.tasks(id_)
        for _, named, link in facts.out(task, "GIAO", "PHOI_HOP")
        if role in (None, its_role := _role(link["type"], link))
        for agency, via in _standing_for(facts, named)
        if level is None or facts.get(agency, "level") == level
    ]
    given.sort(key=lambda g: _last(g[5].get("doc"), g[5].get("start"), g[5].get("end"), g[3], g[4], g[2]))
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
                "evidence": _passages(g[5] for g in own),
            }
        )
    return sorted(rows, key=lambda row: _last(row["agency"], row["agency_id"], row["role"]))


def _standing_for(facts: Facts, named: str) -> Iterator[tuple[str, str | None]]:
    """A named agency itself, and the members of a collective with the collective's name."""
    yield named, None
    for member in facts.members(named):
        if facts.get(named, "name") is None and member == named:
            continue  # the same row a second time
        yield member, facts.get(named, "name")


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
    return sorted(rows, key=lambda row: (-row["tasks"], *_last(*(row[name] for name in order))))


def tasks_of_agency(graph: Graph, agency: str, role: str | None = None) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(agency, "Agency"):
        return []
    named: list[tuple[str, str | None]] = [(agency, None)]
    named += [
        (other, facts.get(other, "name"))
        for other in facts.targets(agency, "THUOC", "Agency")
        if facts.get(other, "collective")
    ]
    found: dict[tuple[str, str, str, str | None], list[dict[str, Any]]] = {}
    for other, via in named:
        for task, _, link in facts.into(other, "GIAO", "PHOI_HOP"):
            if facts.has(task, "Task") and role in (None, its_role := _role(link["type"], link)):
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
            "evidence": _passages(links),
        }
        for (source, task, its_role, via), links in found.items()
    ]
    return sorted(
        rows,
        key=lambda row: (
            _first(row["issued_on"]),
            row["document"],
            *_last(facts.get(row["task"], "ordinal")),
            row["task"],
            row["role"],
            _first(row["via"]),
        ),
    )


def task_path(graph: Graph, document: str, section: str) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(document, "Document"):
        return []
    tasks = [task for task in facts.tasks(document) if _in_section(facts.get(task, "section"), section)]
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for key, link in (
        *_made_concrete(facts, tasks),
        *_taken_up(facts, document, tasks),
        *_implemented(facts, _where_it_goes_on(facts, document, tasks)),
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
            "evidence": _passages(links),
        }
        for (parent, edge, task, agency, via, id_), links in found.items()
    ]
    return sorted(
        rows,
        key=lambda r: (
            r["parent"], r["edge"], *(_first(r[name]) for name in ("issued_on", "id", "task", "agency", "via")),
        ),
    )  # fmt: skip


Link = tuple[tuple[Any, ...], dict[str, Any]]


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
    for id_ in _all_below(facts, document):
        for agency in facts.sources(id_, "BAN_HANH", "Agency"):
            collectives = [a for a in facts.targets(agency, "THUOC", "Agency") if facts.get(a, "collective")]
            for named in dict.fromkeys([agency, *collectives]):
                for task in tasks:
                    for _, target, link in facts.out(task, "GIAO"):
                        if target == named:
                            yield id_, agency, named, link


def _all_below(facts: Facts, document: str) -> set[str]:
    """What implements the document; in a ring it stands below itself."""
    below = facts.below(document)
    return below if any(b in below for b in facts.implements.succ[document]) else below - {document}


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


def _implemented(facts: Facts, parents: set[str]) -> Iterator[Link]:
    for lower, upper, link in facts.edges("THUC_HIEN"):
        if upper in parents and lower != upper:
            yield (upper, "THUC_HIEN", None, None, None, lower), link


def missing_plans(
    graph: Graph, document: str | None = None, today: str | None = None, status: str | None = None
) -> list[Row]:
    facts = Facts(graph)
    if document is None:
        sources = {id_ for id_ in facts.all("Document") if facts.get(id_, "status") == "ingested"}
    else:
        sources = facts.below(document)
    rows = [row for source in sources for row in _duties(facts, source, today)]
    wanted = OFFENDING if status is None else (status,)
    return sorted(
        (row for row in rows if row["status"] in wanted),
        key=lambda r: (r["source"], _first(r["section"]), r["task"], *_last(r["agency"], r["agency_id"])),
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
    plan = _plan(facts, source, agency)
    order = sorted(links, key=lambda v: _last(v[1].get("doc"), v[1].get("start"), v[1].get("end"), v[0]))
    names = {name: facts.get(agency, name) for name in ("level", "place")}
    return {
        "agency": facts.get(agency, "name"),
        "agency_id": agency,
        **names,
        "via": next((via for via, _ in order if via is not None), None),
        "status": _status(facts, agency, plan, facts.get(task, "deadline"), today),
        "plan": plan,
        "plan_type": facts.get(plan, "type"),
        "plan_issued_on": facts.get(plan, "issued_on"),
        "deadline": facts.get(task, "deadline"),
        "source": source,
        "task": task,
        "section": facts.get(task, "section"),
        "evidence": _passages(link for _, link in links),
    }


def _plan(facts: Facts, source: str, agency: str) -> str | None:
    """The first document of the agency that meets what the source orders."""
    beside = {
        id_
        for above in facts.implements.succ[source]
        for id_ in facts.implements.pred[above]
        if _no_older(facts.get(id_, "issued_on"), facts.get(source, "issued_on"))
    }
    plans = [
        id_
        for id_ in (_all_below(facts, source) | beside) - {source}
        if agency in facts.sources(id_, "BAN_HANH", "Agency") and facts.get(id_, "type") not in ("Báo cáo", "Tờ trình")
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


ANSWERS: dict[str, Callable[..., list[Row]]] = {
    function.__name__: function
    for function in (
        agencies, agencies_coordinating, document, documents, documents_of_symbol, documents_over, documents_under,
        missing_plans, neighbourhood, relations_of, task_path, tasks_of_agency, tasks_of_document, tasks_under,
        trace_down, trace_up, units_implementing,
    )
}  # fmt: skip
