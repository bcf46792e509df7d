"""One battery for every store: what is loaded is what is answered, and a query can do nothing else than ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from graph.errors import (
    QueryLimit,
    QueryParameterError,
    QueryRefused,
    QuerySyntaxError,
    StoreError,
)
from graph.model import Edge, Evidence, Graph, Node
from graph.rows import edge_rows, node_rows
from graph.store import Limits, Store
from tests.strategies import graphs

TRICKY = "Kế hoạch “triển khai” số 7's \\ `x` $y {z} \"ủy ban\"\n\tnghĩa — 🇻🇳 '; MATCH (n) DETACH DELETE n; //"
WRITES = {
    "create": "CREATE (:Document {id: 'x'})",
    "create and return": "CREATE (n:Document {id: 'x'}) RETURN n",
    "merge": "MERGE (n:Document {id: 'x'}) RETURN n",
    "set": "MATCH (n:Document) SET n.title = 'x'",
    "remove": "MATCH (n:Document) REMOVE n.title",
    "delete": "MATCH (n:Document) DETACH DELETE n",
    "foreach": "FOREACH (i IN [1] | CREATE (:Document {id: 'x'}))",
    "subquery": "CALL () { CREATE (n:Document {id: 'x'}) RETURN n } RETURN n",
    "after a read": "MATCH (n:Document) WITH n LIMIT 1 CREATE (m:Document {id: n.id + 'x'}) RETURN m",
    "create index": "CREATE INDEX extra FOR (n:Document) ON (n.title)",
    "create constraint": "CREATE CONSTRAINT extra FOR (n:Document) REQUIRE n.title IS UNIQUE",
    "drop index": "DROP INDEX document_symbol",
    "in transactions": "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS",
}
REACHES_OUT = {
    "csv from a file": "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "csv from a path": "LOAD CSV FROM '/etc/hostname' AS line RETURN line",
    "csv from the network": "LOAD CSV FROM 'http://127.0.0.1:9/' AS line RETURN line",
    "csv with a parameter": "LOAD CSV FROM $where AS line RETURN line",
    "csv in a subquery": "CALL () { LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line } RETURN line",
    "csv in a test": "RETURN EXISTS { LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line } AS x",
    "procedure of a file": "CALL apoc.load.json('file:///etc/hostname') YIELD value RETURN value",
    "procedure of the server": "CALL dbms.listConfig() YIELD name RETURN name",
    "writing procedure": "CALL apoc.create.node(['Document'], {id: 'x'}) YIELD node RETURN node",
    "running queries": "SHOW TRANSACTIONS",
    "users": "SHOW CURRENT USER",
}


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


def content(store: Store) -> tuple[Any, Any]:
    """All that a store holds, in an order of its own."""
    nodes = store.query("MATCH (n) RETURN n").rows
    edges = store.query("MATCH (a)-[r]->(b) RETURN a.id, r, b.id").rows
    return sorted(map(repr, nodes)), sorted(map(repr, edges))


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


@pytest.fixture
def loaded(store: Store) -> Store:
    store.load(small())
    return store


def test_everything_comes_back_as_it_was(loaded: Store) -> None:
    same(loaded, small())


def test_counts_leave_out_what_is_not_there(loaded: Store) -> None:
    assert loaded.counts() == {
        "Document": 2,
        "Task": 1,
        "Target": 1,
        "Agency": 1,
        "THUC_HIEN": 2,
        "GOM": 2,
        "GIAO": 1,
        "THUOC": 1,
    }
