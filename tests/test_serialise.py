"""The graph as a file: every fact is in it, nothing in a text breaks it, and a Cypher script makes the same graph."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import neo4j
import networkx as nx
import pytest
from hypothesis import given, settings

from graph.bolt import BoltStore
from graph.errors import VanmachError
from graph.model import Edge, Graph, Node
from graph.rows import edge_rows, node_rows
from graph.schema import Property, schema
from graph.serialise import FORMATS, write
from tests.conftest import Neo4jAddress
from tests.store_graph import TRICKY, evidence, same, small
from tests.strategies import graphs


def written(graph: Graph, format_: str) -> bytes:
    stream = io.BytesIO()
    write(graph, format_, stream)
    return stream.getvalue()


def tables(archive: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        names = content.namelist()
        return {name: list(csv.DictReader(io.StringIO(content.read(name).decode("utf-8-sig")))) for name in names}


@given(graphs())
def test_json_holds_the_graph(graph: Graph) -> None:
    read = nx.node_link_graph(json.loads(written(graph, "json")), edges="edges")
    assert dict(read.nodes(data=True)) == {
        row["id"]: {"label": label, **{name: value for name, value in row.items() if name != "id"}}
        for label, rows in node_rows(graph).items()
        for row in rows
    }
    expected = {
        (row.source, row.target, row.properties["key"]): {"type": type_, **row.properties}
        for (_, type_, _), rows in edge_rows(graph).items()
        for row in rows
    }
    assert {(a, b, key): {**rest, "key": key} for a, b, key, rest in read.edges(keys=True, data=True)} == expected


def from_graphml(values: Mapping[str, Any], known: Mapping[str, Property]) -> dict[str, Any]:
    """The values of a node or an edge as they were: JSON where the model has a list, or a text begins as JSON does."""
    return {
        name: json.loads(value)
        if isinstance(value, str) and (value.startswith('"') or (name in known and known[name].type == "strings"))
        else value
        for name, value in values.items()
    }


@given(graphs())
def test_graphml_holds_the_graph(graph: Graph) -> None:
    read = nx.read_graphml(io.BytesIO(written(graph, "graphml")))
    of_node = {id_: schema().node(values["label"]).properties for id_, values in read.nodes(data=True)}
    assert {id_: from_graphml(values, of_node[id_]) for id_, values in read.nodes(data=True)} == {
        row["id"]: {"label": label, **{name: value for name, value in row.items() if name != "id"}}
        for label, rows in node_rows(graph).items()
        for row in rows
    }
    edges = [
        (a, b, from_graphml({name: value for name, value in values.items() if name != "id"}, {}))
        for a, b, values in read.edges(data=True)
    ]
    expected = [
        (row.source, row.target, {"type": type_, **row.properties})
        for (_, type_, _), rows in edge_rows(graph).items()
        for row in rows
    ]
    assert sorted(map(flat, edges)) == sorted(map(flat, expected))


def flat(edge: tuple[str, str, dict[str, Any]]) -> str:
    return repr((edge[0], edge[1], sorted(edge[2].items())))


@pytest.mark.parametrize("id_", ["a b", "<&>", '"', "Đảng ủy", "a\x0cb", "\r"])
def test_graphml_holds_any_id(id_: str) -> None:
    graph = Graph()
    graph.add(Node(id_, "Document"))
    ((found, _),) = nx.read_graphml(io.BytesIO(written(graph, "graphml"))).nodes(data=True)
    assert from_graphml({"id": found}, {}) == {"id": id_}


def test_graphml_writes_json_only_where_it_must() -> None:
    graph = Graph()
    graph.add(Node("d1", "Document", {"names": ["a", "b"], "title": "a\x0c<&>", "issuer": TRICKY, "source": ""}))
    (node,) = nx.read_graphml(io.BytesIO(written(graph, "graphml"))).nodes(data=True)
    title = '"a\\f<&>"'
    assert node == (
        "d1",
        {"label": "Document", "names": '["a", "b"]', "title": title, "issuer": TRICKY, "source": '""'},
    )


def test_csv_is_two_tables() -> None:
    found = tables(written(small(), "csv"))
    assert [row["id"] for row in found["nodes.csv"]] == ["d1", "d2", "t1", "g1", "a1"]
    document, _, task, target, agency = found["nodes.csv"]
    assert document["title"] == TRICKY
    assert document["names"] == '["a", "b"]'
    assert (task["ordinal"], task["requires_plan"], task["symbol"]) == (str(2**62), "true", "")
    assert (target["value"], agency["collective"]) == ("5.0", "false")
    assert [(e["source"], e["type"], e["target"], e["start"]) for e in found["edges.csv"]] == [
        ("d1", "THUC_HIEN", "d2", "3"),
        ("d1", "THUC_HIEN", "d2", "90"),
        ("d1", "GOM", "t1", "200"),
        ("d1", "GOM", "g1", "300"),
        ("t1", "GIAO", "a1", "210"),
        ("a1", "THUOC", "a1", ""),
    ]
    assert found["edges.csv"][-1]["data_source"] == "gazetteer"


@pytest.mark.parametrize("text", ["=1+1", "+84", "- Sở Nội vụ", "@SUM(A1)", "\t=1"])
def test_csv_gives_a_spreadsheet_no_formula(text: str) -> None:
    graph = Graph()
    graph.add(Node("d1", "Document", {"title": text}))
    assert tables(written(graph, "csv"))["nodes.csv"][0]["title"] == f"'{text}"


def test_csv_goes_into_a_folder_that_is_there(tmp_path: Path) -> None:
    write(small(), "csv", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edges.csv", "nodes.csv"]
    assert (tmp_path / "nodes.csv").read_text("utf-8-sig").startswith("label,id,symbol")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_is_what_the_stream_is(tmp_path: Path, format_: str) -> None:
    write(small(), format_, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_bytes() == written(small(), format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_graph_is_a_file_too(format_: str) -> None:
    assert written(Graph(), format_)


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(VanmachError, match=r"graphml.*turtle"):
        write(Graph(), "xls", io.BytesIO())


def test_what_breaks_off_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(graph: Graph, stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.serialise.FORMATS", {"json": broken})
    with pytest.raises(VanmachError, match="No space left"):
        write(small(), "json", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(VanmachError, match="out"):
        write(Graph(), "json", tmp_path / "missing" / "out")


# A Cypher script, run on a real Neo4j


@pytest.fixture(scope="module")
def neo4j_session(neo4j_address: Neo4jAddress) -> Iterator[neo4j.Session]:
    auth = (neo4j_address.user, neo4j_address.password) if neo4j_address.user else None
    with neo4j.GraphDatabase.driver(neo4j_address.uri, auth=auth) as driver, driver.session() as session:
        yield session


def run_script(session: neo4j.Session, script: str) -> None:
    session.run("MATCH (n) DETACH DELETE n").consume()
    for statement in script.split(";\n"):
        if statement.strip():
            session.run(statement).consume()


HOSTILE = [
    "\\u0027}) MATCH (n) DETACH DELETE n //",
    "\\\\u0027 \\\\\\u005c",
    "'}) //",
    "\\'",
    "\\",
    "`",
    "$x {y} /* z */",
    "a\u2028b\u0085c\x0bd\x07e",
    "\U0001f1fb\U0001f1f3 Đ",
]


@pytest.mark.neo4j
def test_a_cypher_script_makes_the_same_graph(neo4j_address: Neo4jAddress, neo4j_session: neo4j.Session) -> None:
    graph = small()
    for number, text in enumerate(HOSTILE):
        graph.add(Node(f"h{number}", "Document", {"title": text, "names": [text, "x"]}))
        graph.connect(Edge("d1", "DAN_CHIEU", f"h{number}", evidence(number, quote=text)))
    run_script(neo4j_session, written(graph, "cypher").decode())
    with BoltStore(neo4j_address.uri, neo4j_address.user, neo4j_address.password) as store:
        same(store, graph)


@pytest.mark.neo4j
@given(graph=graphs())
@settings(max_examples=15)
def test_any_cypher_script_makes_its_graph(
    neo4j_address: Neo4jAddress, neo4j_session: neo4j.Session, graph: Graph
) -> None:
    run_script(neo4j_session, written(graph, "cypher").decode())
    with BoltStore(neo4j_address.uri, neo4j_address.user, neo4j_address.password) as store:
        same(store, graph)
