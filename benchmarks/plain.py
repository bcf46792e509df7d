"""The plain networkx program: the benchmark's questions, answered by walking a MultiDiGraph: no index, no store.

What somebody writes who has the graph as a file of `vanmach export --format json`; the stores are measured against it.
Each answer has the rows of the query file that asks the same, so that nobody is faster by answering less; the check
alone is a set difference of ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import orjson

Row = dict[str, Any]
Network = nx.MultiDiGraph

_EVIDENCE = ("doc", "start", "end", "section", "quote", "rule", "confidence")
_DOCUMENT = ("symbol", "type", "title", "issuer", "issued_on", "level", "place", "status")
_LATEST = "9999"


def read(path: Path) -> Network:
    """The graph out of its node-link JSON."""
    return nx.node_link_graph(orjson.loads(path.read_bytes()), edges="edges")


def below(graph: Network, document: str) -> dict[str, None]:
    """The document and what implements it, at any depth."""
    found = {document: None}
    waiting = [document]
    while waiting:
        for lower, _, link in graph.in_edges(waiting.pop(), data=True):
            if link["type"] == "THUC_HIEN" and lower not in found:
                found[lower] = None
                waiting.append(lower)
    return found


def units(graph: Network, document: str) -> list[Row]:
    """units_implementing.cypher"""
    nodes = graph.nodes
    given: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for id_ in below(graph, document):
        for task in _tasks(graph, id_):
            for _, named, link in graph.out_edges(task, data=True):
                if link["type"] == "PHOI_HOP":
                    role = "phối hợp"
                elif link["type"] == "GIAO":
                    role = link.get("role") or "thực hiện"
                else:
                    continue
                place = link["doc"], link["start"], link["end"], task, id_
                given.setdefault((named, role), []).append((*place, "", link))
                if nodes[named].get("collective"):
                    for member in _sources(graph, named, "THUOC"):
                        given.setdefault((member, role), []).append((*place, nodes[named]["name"], link))
    rows = []
    for (agency, role), found in given.items():
        found.sort(key=lambda passage: passage[:6])
        facts = nodes[agency]
        rows.append(
            {
                "agency": facts["name"],
                "agency_id": agency,
                "level": facts.get("level"),
                "place": facts.get("place"),
                "role": role,
                "collective": facts.get("collective", False),
                "via": list(dict.fromkeys(passage[5] for passage in found if passage[5])),
                "tasks": len({passage[3] for passage in found}),
                "documents": list(dict.fromkeys(passage[4] for passage in found)),
                "evidence": _passages(passage[6] for passage in found),
            }
        )
    rows.sort(key=lambda row: (row["agency"], row["agency_id"], row["role"]))
    return rows


def trace(graph: Network, document: str) -> list[Row]:
    """trace_down.cypher"""
    return [_link_row(graph, parent, id_, links) for (parent, id_), links in _links(graph, below(graph, document))]


def task_path(graph: Network, document: str, section: str) -> list[Row]:
    """task_path.cypher, for tasks that no other task makes concrete"""
    tasks = [task for task in _tasks(graph, document) if _in_section(graph.nodes[task].get("section"), section)]
    under = below(graph, document)
    given: dict[tuple[str, str | None, str], list[Row]] = {}
    nobody = False
    for task in tasks:
        for _, named, link in graph.out_edges(task, data=True):
            if link["type"] == "GIAO":
                members = _sources(graph, named, "THUOC") if graph.nodes[named].get("collective") else []
                nobody = nobody or (graph.nodes[named].get("collective", False) and not members)
                for agency in (named, *members):
                    via = graph.nodes[named]["name"] if agency != named else None
                    for _, id_, issued in graph.out_edges(agency, data=True):
                        if issued["type"] == "BAN_HANH" and id_ in under and id_ != document:
                            given.setdefault((graph.nodes[agency]["name"], via, id_), []).append(link)
    rows = [
        _link_row(graph, document, id_, links, edge="GIAO", task=None, agency=agency, via=via)
        for (agency, via, id_), links in given.items()
    ]
    starts = [id_ for _, _, id_ in given] + ([document] if nobody else [])
    parents = dict.fromkeys(id_ for start in starts for id_ in below(graph, start))
    nothing = dict.fromkeys(("task", "agency", "via"))
    rows += [
        _link_row(graph, parent, id_, links, edge="THUC_HIEN", **nothing)
        for (parent, id_), links in _links(graph, parents)
    ]
    rows.sort(key=lambda row: (row["parent"], row["edge"], row["issued_on"] or "", row["id"], row["agency"] or ""))
    return rows


def set_difference(graph: Network, document: str) -> set[tuple[str, str]]:
    """Who was told to issue a plan and has none, by the document that told: the difference of two sets, no more."""
    told: set[tuple[str, str]] = set()
    have: set[tuple[str, str]] = set()
    for id_ in below(graph, document):
        for task in _tasks(graph, id_):
            if graph.nodes[task].get("requires_plan"):
                for _, named, link in graph.out_edges(task, data=True):
                    if link["type"] == "GIAO":
                        told.update((id_, member) for member in _sources(graph, named, "THUOC"))
        for _, upper, link in graph.out_edges(id_, data=True):
            if link["type"] == "THUC_HIEN":
                have.update((upper, agency) for agency in _sources(graph, id_, "BAN_HANH"))
    return told - have


def by_symbol(graph: Network, symbol: str) -> list[Row]:
    """Documents of this symbol, by looking at every node: networkx has no index."""
    rows = [
        {"id": id_, **{name: facts.get(name) for name in _DOCUMENT}}
        for id_, facts in graph.nodes(data=True)
        if facts["label"] == "Document" and facts.get("symbol") == symbol
    ]
    rows.sort(key=lambda row: (row["status"] != "ingested", row["issued_on"] or "", row["symbol"], row["id"]))
    return rows


def neighbourhood(graph: Network, node: str) -> list[Row]:
    """neighbourhood.cypher"""
    around = [("out", other, link) for _, other, link in graph.out_edges(node, data=True)]
    around += [("in", other, link) for other, _, link in graph.in_edges(node, data=True) if other != node]
    rows = []
    for direction, other, link in around:
        facts = graph.nodes[other]
        name = facts.get("symbol") or facts.get("name") or facts.get("title") or facts.get("text") or other
        row = {"direction": direction, "edge": link["type"], "id": other, "label": facts["label"], "name": name}
        rows.append({**row, **{key: link.get(key) for key in ("role", *_EVIDENCE, "data_source")}})
    rows.sort(key=lambda row: (row["direction"], row["edge"], row["id"], row["doc"] or "", row["start"] or 0))
    return rows


# what several of them need


def _tasks(graph: Network, document: str) -> list[str]:
    nodes = graph.nodes
    found = (other for _, other, link in graph.out_edges(document, data=True) if link["type"] == "GOM")
    return list(dict.fromkeys(other for other in found if nodes[other]["label"] == "Task"))


def _sources(graph: Network, node: str, type_: str) -> list[str]:
    return [other for other, _, link in graph.in_edges(node, data=True) if link["type"] == type_]


def _links(graph: Network, parents: Iterable[str]) -> Iterator[tuple[tuple[str, str], list[Row]]]:
    """The pairs of a document and one that implements it, in the order of a trace, with what states each."""
    found: dict[tuple[str, str], list[Row]] = {}
    for parent in parents:
        for id_, _, link in graph.in_edges(parent, data=True):
            if link["type"] == "THUC_HIEN" and id_ != parent:
                found.setdefault((parent, id_), []).append(link)
    nodes = graph.nodes
    for pair in sorted(found, key=lambda pair: (pair[0], nodes[pair[1]].get("issued_on") or "", pair[1])):
        yield pair, found[pair]


def _link_row(graph: Network, parent: str, id_: str, links: list[Row], **known: str | None) -> Row:
    facts = graph.nodes[id_]
    row: Row = {"parent": parent, **known, "id": id_, **{name: facts.get(name) for name in _DOCUMENT}}
    return {**row, "tasks": len(_tasks(graph, id_)), "evidence": _passages(sorted(links, key=_place))}


def _place(link: Row) -> tuple[Any, ...]:
    return link["doc"], link["start"], link["end"]


def _passages(links: Iterable[Row]) -> list[Row]:
    """Where links were read, each place once."""
    found = dict.fromkeys(tuple([link.get(name) for name in _EVIDENCE]) for link in links)
    return [dict(zip(_EVIDENCE, passage, strict=True)) for passage in found]


def _in_section(section: str | None, asked: str) -> bool:
    return section is not None and (section == asked or section.startswith((asked + ".", asked + "-")))
