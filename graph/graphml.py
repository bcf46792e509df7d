"""The graph as GraphML, for Gephi, yEd, Cytoscape and networkx.

GraphML knows no lists and XML not every character. So a list is JSON, `["a", "b"]`, and so is a text that XML would
change (a control character, a carriage return) or networkx leave out (an empty one), or that looks like such a text
itself: it begins with a quotation mark.
"""

from __future__ import annotations

import json
import re
from typing import Any, BinaryIO

import networkx as nx

from graph.model import Graph
from graph.rows import edge_rows, node_rows
from graph.schema import Value

# "\x0c", which PDF files leave in texts, and "\r", which XML reads as a line's end
_NOT_XML = re.compile(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def write_graphml(graph: Graph, stream: BinaryIO) -> None:
    """A node keeps its id; an edge, whose own key is one only between its two ends, is called "e0", "e1" …"""
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for label, nodes in node_rows(graph).items():
        for row in nodes:
            values = {name: graphml_value(value) for name, value in row.items() if name != "id"}
            flat.add_node(graphml_value(row["id"]), label=label, **values)
    edges = ((type_, row) for (_, type_, _), rows in edge_rows(graph).items() for row in rows)
    for number, (type_, edge) in enumerate(edges):
        values = {name: graphml_value(value) for name, value in edge.properties.items()}
        source, target = graphml_value(edge.source), graphml_value(edge.target)
        key = flat.add_edge(source, target, f"e{number}")
        # after the edge is there: a property called "key" is no argument
        flat.edges[source, target, key].update({"type": type_, **values})
    nx.write_graphml(flat, stream)


def graphml_value(value: Value) -> Any:
    """A value as GraphML can hold it."""
    if isinstance(value, (list, tuple)):
        return _json(list(value))
    if isinstance(value, str) and (not value or value.startswith('"') or _NOT_XML.search(value)):
        return _json(value)
    return value


def _json(value: str | list[str]) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
