"""The whole graph as a file: GraphML, JSON, CSV, a Cypher script, RDF."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import networkx as nx
import orjson

from graph.errors import VanmachError
from graph.model import Graph
from graph.rdf import to_rdf
from graph.rows import EDGE_KEY, edge_rows, node_rows
from graph.schema import Value, schema

_STATEMENT_ROWS = 200  # nodes or edges that one statement of a Cypher script makes

Writer = Callable[[Graph, BinaryIO], None]


def write(graph: Graph, format_: str, target: Path | BinaryIO) -> None:
    """Write the graph in one of FORMATS to a file or a stream.

    A file is written whole or not at all. CSV is two tables, nodes.csv and edges.csv: in `target` where that is
    a folder, else in a ZIP file.

    Raises:
        VanmachError: an unknown format, or a file that cannot be written.
    """
    if format_ not in FORMATS:
        raise VanmachError(f"no format {format_!r}", f"known are {', '.join(FORMATS)}")
    if not isinstance(target, Path):
        FORMATS[format_](graph, target)
        return
    try:
        if format_ == "csv" and target.is_dir():
            for name, table in _tables(graph):
                _write_whole(target / name, table)
        else:
            content = io.BytesIO()
            FORMATS[format_](graph, content)
            _write_whole(target, content.getvalue())
    except OSError as error:
        raise VanmachError(f"{target}: {error.strerror}", "name another file with -o") from error


def _write_whole(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise VanmachError(f"{path}: a folder", "name a file with -o; only csv can go into a folder")
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _edges(graph: Graph) -> Iterator[dict[str, Value]]:
    for (_, type_, _), rows in edge_rows(graph).items():
        for row in rows:
            yield {"source": row.source, "target": row.target, "type": type_, **row.properties}


def _nodes(graph: Graph) -> Iterator[dict[str, Value]]:
    for label, rows in node_rows(graph).items():
        for row in rows:
            yield {"label": label, **row}


# JSON: the node-link form of networkx, `networkx.node_link_graph(json.load(…), edges="edges")`


def _json(graph: Graph, stream: BinaryIO) -> None:
    nodes, edges = list(_nodes(graph)), list(_edges(graph))
    content = {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}
    stream.write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


# GraphML, for Gephi, yEd, Cytoscape

_NOT_XML = re.compile(
    r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]"
)  # "\x0c", which PDF files leave in texts


def _graphml(graph: Graph, stream: BinaryIO) -> None:
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in _nodes(graph):
        flat.add_node(_graphml_value(node.pop("id")), **{name: _graphml_value(value) for name, value in node.items()})
    for number, edge in enumerate(_edges(graph)):
        values = {name: _graphml_value(value) for name, value in edge.items()}
        source, target = values.pop("source"), values.pop("target")
        # an edge's own key is one only between its two ends, an id in XML is one in the whole file
        key = flat.add_edge(source, target, f"e{number}")
        flat.edges[source, target, key].update(values)
    nx.write_graphml(flat, stream)


def _graphml_value(value: Value) -> Any:
    """GraphML has no lists: "a; b"."""
    if isinstance(value, (list, tuple)):
        value = "; ".join(value)
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


# CSV, for spreadsheets


def _csv(graph: Graph, stream: BinaryIO) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in _tables(graph):
            # a date of its own would make two exports of one graph differ
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), table, zipfile.ZIP_DEFLATED)


def _tables(graph: Graph) -> Iterator[tuple[str, bytes]]:
    model = schema()
    of_nodes = {name: None for kind in model.nodes.values() for name in kind.properties}
    of_edges = {name: None for kind in model.edges.values() for name in kind.properties}
    yield "nodes.csv", _table(["label", *of_nodes], _nodes(graph))
    ends = ["source", "type", "target", EDGE_KEY]
    yield "edges.csv", _table([*ends, *of_edges, *model.evidence, *model.structural], _edges(graph))


def _table(columns: list[str], rows: Iterable[Mapping[str, Value]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(columns)
    for row in rows:
        table.writerow([_cell(row.get(column)) for column in columns])
    return text.getvalue().encode("utf-8-sig")  # without the mark Excel takes Vietnamese for another encoding


def _cell(value: Value) -> str:
    """A list as JSON; a text that a spreadsheet would run as a formula ("- Sở Nội vụ", "=1+1") behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return repr(value)


# Cypher, for cypher-shell


def _cypher(graph: Graph, stream: BinaryIO) -> None:
    def say(statement: str) -> None:
        stream.write(f"{statement};\n".encode())

    for label in schema().nodes:
        say(f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.`id` IS UNIQUE")
    for label, nodes in node_rows(graph).items():
        for part in _parts([_literal(row) for row in nodes]):
            say(f"UNWIND [{part}] AS row CREATE (n:`{label}`) SET n = row")
    for (source, type_, target), edges in edge_rows(graph).items():
        rows = [_literal({"source": e.source, "target": e.target, "properties": e.properties}) for e in edges]
        for part in _parts(rows):
            say(
                f"UNWIND [{part}] AS row "
                f"MATCH (a:`{source}` {{id: row.source}}) MATCH (b:`{target}` {{id: row.target}}) "
                f"CREATE (a)-[r:`{type_}`]->(b) SET r = row.properties"
            )


def _parts(literals: list[str]) -> Iterator[str]:
    for start in range(0, len(literals), _STATEMENT_ROWS):
        yield ",\n".join(literals[start : start + _STATEMENT_ROWS])


def _literal(value: Any) -> str:
    """A value as Cypher writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"`{name}`: {_literal(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_literal(inner) for inner in value) + "]"
    return repr(value)


_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _string(text: str) -> str:
    return "'" + "".join(_ESCAPES.get(c, c) for c in text) + "'"


# RDF


def _turtle(graph: Graph, stream: BinaryIO) -> None:
    to_rdf(graph).serialize(stream, format="turtle", encoding="utf-8")


FORMATS: Mapping[str, Writer] = {
    "graphml": _graphml,
    "json": _json,
    "csv": _csv,
    "cypher": _cypher,
    "turtle": _turtle,
}
