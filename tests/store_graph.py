"""The small hand-made graph that the stores are tested with, and what a store must hold of a graph."""

from __future__ import annotations

from typing import Any

from graph.model import Edge, Evidence, Graph, Node
from graph.rows import edge_rows, node_rows
from graph.store import Store

TRICKY = "Kế hoạch “triển khai” số 7's \\ `x` $y {z} \"ủy ban\"\n\tnghĩa — 🇻🇳 '; MATCH (n) DETACH DELETE n; //"


def evidence(start: int = 0, **other: Any) -> Evidence:
    return Evidence("d1", start, start + 10, "cue", 0.9, **other)


def small() -> Graph:
    """Two documents that two passages link, a task, a target and its agency."""
    graph = Graph()
    graph.add(
        Node("d1", "Document", {"symbol": "7/KH-UBND", "title": TRICKY, "issued_on": "2023-10", "names": ["a", "b"]})
    )
    graph.add(Node("d2", "Document", {"symbol": "12-CT/TW", "issued_on": "2021-06-24", "inferred": []}))
    graph.add(Node("t1", "Task", {"document": "d1", "ordinal": 2**62, "requires_plan": True, "text": TRICKY}))
    graph.add(Node("g1", "Target", {"document": "d1", "value": 5, "value_max": 7.5}))
    graph.add(Node("a1", "Agency", {"name": "Sở Nội vụ tỉnh Đông Hà", "collective": False}))
    graph.connect(Edge("d1", "THUC_HIEN", "d2", evidence(3, section="I.2", quote=TRICKY)))
    graph.connect(Edge("d1", "THUC_HIEN", "d2", evidence(90)))
    graph.connect(Edge("d1", "GOM", "t1", evidence(200)))
    graph.connect(Edge("d1", "GOM", "g1", evidence(300)))
    graph.connect(Edge("t1", "GIAO", "a1", evidence(210), properties={"role": "chủ trì"}))
    graph.connect(Edge("a1", "THUOC", "a1", None, "gazetteer"))
    return graph


def expected(graph: Graph) -> tuple[Any, Any]:
    """The same, out of the graph itself."""
    nodes = [{"_label": label, **row} for label, rows in node_rows(graph).items() for row in rows]
    edges = [
        (row.source, {"_type": type_, **row.properties}, row.target)
        for (_, type_, _), rows in edge_rows(graph).items()
        for row in rows
    ]
    return nodes, edges


def same(store: Store, graph: Graph) -> None:
    """Assert that the store holds this graph, no more and no less, down to the types of the values."""

    def flat(thing: Any) -> Any:
        return repr(sorted(thing.items())) if isinstance(thing, dict) else thing

    nodes, edges = expected(graph)
    stored = [row[0] for row in store.query("MATCH (n) RETURN n").rows]
    linked = store.query("MATCH (a)-[r]->(b) RETURN a.id, r, b.id").rows
    assert sorted(map(flat, stored)) == sorted(map(flat, nodes))
    assert sorted((a, flat(r), b) for a, r, b in linked) == sorted((a, flat(r), b) for a, r, b in edges)
