"""A push writes what differs and nothing else, whatever was there and whatever happened before."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
from hypothesis import given, settings

from graph.bolt import BoltStore
from graph.errors import StoreError
from graph.model import Graph, Node
from graph.push import Written
from graph.rows import EDGE_KEY, edge_rows, node_rows
from ingest.intake import take_in
from ingest.workspace import Workspace
from tests.cascade_graph import cascade_graph
from tests.conftest import Neo4jAddress
from tests.store_graph import same, small
from tests.strategies import graphs

pytestmark = pytest.mark.neo4j

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
NOTHING = Written()


@pytest.fixture(scope="module")
def store(neo4j_address: Neo4jAddress) -> Iterator[BoltStore]:
    with BoltStore(neo4j_address.uri, neo4j_address.user, neo4j_address.password) as store:
        store.push(Graph())  # whatever a test before left there
        yield store


@pytest.fixture(scope="module")
def session(neo4j_address: Neo4jAddress) -> Iterator[neo4j.Session]:
    """The server's back door, as another program would use it."""
    auth = (neo4j_address.user, neo4j_address.password) if neo4j_address.user else None
    with neo4j.GraphDatabase.driver(neo4j_address.uri, auth=auth) as driver, driver.session() as session:
        yield session


def last_commit(session: neo4j.Session) -> frozenset[str]:
    """The server's own name for its state: it changes with every transaction that writes anything at all."""
    session.run("RETURN 1").consume()
    return session.last_bookmarks().raw_values


def facts(graph: Graph) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The graph's nodes and edges by what identifies them."""
    nodes = {(label, row["id"]): row for label, rows in node_rows(graph).items() for row in rows}
    edges = {
        (row.source, row.properties[EDGE_KEY], row.target): dict(row.properties)
        for rows in edge_rows(graph).values()
        for row in rows
    }
    return nodes, edges


def differences(before: Graph, after: Graph) -> Written:
    """What changing one graph into the other must write: not one node, edge or property more."""
    written = Written()
    (old_nodes, old_edges), (new_nodes, new_edges) = facts(before), facts(after)
    for old, new in ((old_nodes, new_nodes), (old_edges, new_edges)):
        written.deleted += len(old.keys() - new.keys())
        written.created += len(new.keys() - old.keys())
        written.properties += sum(len(new[key]) for key in new.keys() - old.keys())
        # a node or edge that says something else now is set as a whole: what is new, and what is taken away
        written.properties += sum(
            len(old[k].keys() | new[k].keys()) for k in new.keys() & old.keys() if old[k] != new[k]
        )
    return written


def test_a_second_push_writes_nothing(store: BoltStore, session: neo4j.Session) -> None:
    graph = cascade_graph()
    assert store.push(graph)
    before = last_commit(session)
    assert store.push(graph) == NOTHING
    assert last_commit(session) == before
    session.run("CREATE (:Foreign)").consume()
    assert last_commit(session) != before, "a write would have been seen"
    session.run("MATCH (n:Foreign) DELETE n").consume()
    same(store, graph)


def test_the_definitions_are_those_of_the_schema_and_made_once(store: BoltStore, session: neo4j.Session) -> None:
    session.run("DROP INDEX document_symbol").consume()
    session.run("DROP CONSTRAINT agency_id").consume()
    assert store.push(small()).definitions == 2
    assert store.push(small()) == NOTHING


@given(graphs(), graphs())
@settings(max_examples=25)
def test_only_the_differences_are_written(store: BoltStore, first: Graph, second: Graph) -> None:
    store.push(first)
    assert store.push(second) == differences(first, second)
    same(store, second)
    assert store.push(second) == NOTHING


def test_a_changed_document_replaces_exactly_what_it_said(store: BoltStore, tmp_path: Path) -> None:
    file = tmp_path / "tien-dung.txt"
    old_words = "Hội Liên hiệp Phụ nữ xã chủ trì"
    text = (EXAMPLES / "bac-giang" / "tien-dung-kh-64.txt").read_text("utf-8")
    others = [
        path for path in EXAMPLES.rglob("*.*") if path.is_file() and path.stem not in ("README", "tien-dung-kh-64")
    ]
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        file.write_text(text, "utf-8")
        take_in([*others, file], workspace)
        before = workspace.graph()
        file.write_text(text.replace(old_words, "Đoàn Thanh niên xã chủ trì"), "utf-8")
        take_in([file], workspace)
        after = workspace.graph()
    store.push(before)
    written = store.push(after)
    assert written == differences(before, after)
    assert 0 < written.created < 20, "one task, its agency, their links and what stands behind them in the text"
    assert 0 < written.deleted < 20
    found = store.query("MATCH (a:Agency) WHERE a.name STARTS WITH $name RETURN a.name", {"name": old_words[:22]}).rows
    assert not any("Tiến Dũng" in name for (name,) in found), "the agency that only the old text named is gone"
    same(store, after)


def test_a_push_that_was_broken_off_goes_on_with_the_rest(store: BoltStore) -> None:
    class Killed(BaseException):
        pass

    graph = cascade_graph()
    whole = differences(Graph(), graph)
    store.push(Graph())
    told: list[int] = []

    def fall(done: int, total: int) -> None:
        told.append(done)
        if done > total / 2:
            raise Killed

    with pytest.raises(Killed):
        store.push(graph, fall)
    with pytest.raises(StoreError, match="push it again"):
        store.query("RETURN 1")
    rest = store.push(graph)
    assert rest.created == whole.created - told[-1], "what was written before is not written again"
    same(store, graph)


PUSH_AND_DIE = """
import os, signal, sys
from graph.bolt import BoltStore
from tests.cascade_graph import cascade_graph
with BoltStore(*sys.argv[1:]) as store:
    store.push(cascade_graph(), lambda done, total: done > total / 2 and os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_push_whose_process_was_killed_goes_on_too(store: BoltStore, neo4j_address: Neo4jAddress) -> None:
    store.push(Graph())
    command = [sys.executable, "-c", PUSH_AND_DIE, neo4j_address.uri, neo4j_address.user, neo4j_address.password]
    done = subprocess.run(command, cwd=ROOT, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    graph = cascade_graph()
    assert 0 < store.push(graph).created < differences(Graph(), graph).created
    same(store, graph)


def test_every_step_is_told_once_and_the_last_is_the_whole(store: BoltStore) -> None:
    graph = Graph()
    for number in range(12_000):
        graph.add(Node(f"d{number}", "Document", {"symbol": f"{number}/KH-UBND"}))
    for expected in ([5_000, 10_000, 12_000], [5_000, 10_000, 12_000]):  # written, then found there
        told: list[tuple[int, int]] = []
        store.push(graph, lambda done, total, told=told: told.append((done, total)))  # type: ignore[misc]
        assert told == [(done, 12_000) for done in expected]


def test_a_server_that_others_change_meanwhile_is_told(store: BoltStore, session: neo4j.Session) -> None:
    def meddle(done: int, total: int) -> None:
        session.run("MATCH (n:Agency) DETACH DELETE n").consume()

    store.push(Graph())
    with pytest.raises(StoreError, match="meanwhile — push it again"):
        store.push(small(), meddle)
    store.push(small())
    same(store, small())


def test_what_others_put_between_our_nodes_goes_and_beside_them_stays(store: BoltStore, session: neo4j.Session) -> None:
    store.push(small())
    session.run("MATCH (a {id: 'd1'}), (b {id: 'd2'}) CREATE (a)-[:CAN_CU {key: 'theirs'}]->(b)").consume()
    session.run("MATCH (a:Document {id: 'd1'})-[r:GOM]->(b) CREATE (a)-[twice:GOM]->(b) SET twice = r").consume()
    session.run("MATCH (a:Agency {id: 'a1'}) SET a:Document").consume()
    session.run("MATCH (a:Document {id: 'd2'}) CREATE (:Foreign {id: 'f'})-[:CAN_CU {key: 'theirs'}]->(a)").consume()
    store.push(small())
    assert store.query("MATCH (:Foreign)-[r:CAN_CU]->(d) RETURN d.id").rows == (("d2",),)
    session.run("MATCH (n:Foreign) DETACH DELETE n").consume()
    same(store, small())
    assert store.push(small()) == NOTHING
