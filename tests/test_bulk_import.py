"""The CSV for Neo4j's own import tool: a real import makes the same graph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from graph.bolt import BoltStore
from graph.bulk_import import AFTERWARDS, ARGUMENTS
from graph.model import Edge, Graph, Node
from graph.serialise import write
from graph.store import Store
from tests.fetched import Unavailable
from tests.neo4j.server import bulk_import, jars, running
from tests.store_graph import same, small
from tests.strategies import graphs


@pytest.fixture(scope="module", autouse=True)
def tool() -> None:
    """The import tool comes with the server's jars."""
    try:
        jars()
    except Unavailable as reason:
        pytest.skip(str(reason))


@contextmanager
def imported(graph: Graph, place: Path) -> Iterator[Store]:
    """A server that was filled from the files, by the tool and then by the script."""
    (place / "csv").mkdir(parents=True)
    write(graph, "neo4j-csv", place / "csv")
    bulk_import(place / "csv", place / "home")
    with running(place / "home") as uri:
        with neo4j.GraphDatabase.driver(uri) as driver, driver.session() as session:
            for statement in (place / "csv" / AFTERWARDS).read_text("utf-8").split(";\n"):
                if statement:
                    session.run(statement).consume()
        with BoltStore(uri) as store:
            yield store


def side_by_side(parts: list[Graph]) -> Graph:
    """Graphs as one: starting a server takes seconds, so many are imported at once."""
    whole = Graph()
    for number, part in enumerate(parts):
        for node in part.nodes():
            whole.add(Node(f"{number}:{node.id}", node.label, node.properties))
        for edge in part.edges():
            ends = f"{number}:{edge.source}", f"{number}:{edge.target}"
            whole.connect(Edge(ends[0], edge.type, ends[1], edge.evidence, edge.data_source, edge.properties))
    return whole


@pytest.mark.neo4j
def test_the_import_makes_the_same_graph(tmp_path: Path) -> None:
    graph = small()
    for number, names in enumerate([[], [""], ["", ""], ["a\x1fb"], ["a;b", 'c"d', "e,f"], ["\r", "\n"]]):
        graph.add(Node(f"l{number}", "Document", {"names": names, "title": ""}))
    graph.add(Node("least", "Task", {"ordinal": -(2**63), "text": " a \r\n\tb\\"}))
    with imported(graph, tmp_path) as store:
        same(store, graph)
        indexes = store.query("SHOW INDEXES YIELD name RETURN name").rows
    assert {("document_id",), ("task_deadline",)} <= set(indexes)


@pytest.mark.neo4j
@given(st.lists(graphs(), min_size=25, max_size=25))
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_any_graph_is_imported_whole(tmp_path_factory: pytest.TempPathFactory, parts: list[Graph]) -> None:
    graph = side_by_side(parts)
    assume(len(graph) > 0)
    with imported(graph, tmp_path_factory.mktemp("bulk")) as store:
        same(store, graph)


def test_a_zip_file_holds_what_the_folder_does(tmp_path: Path) -> None:
    write(small(), "neo4j-csv", tmp_path)
    archive = io.BytesIO()
    write(small(), "neo4j-csv", archive)
    with zipfile.ZipFile(archive) as content:
        assert {name: content.read(name) for name in content.namelist()} == {
            path.name: path.read_bytes() for path in tmp_path.iterdir()
        }
        assert ARGUMENTS in content.namelist()
