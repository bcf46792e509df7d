"""The rows that a store keeps for a graph: one mapping a node or an edge, typed as schema.yaml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Edge, Graph, Node
from graph.schema import Property, Value, schema

EDGE_KEY = "key"
"""The property under which a store keeps `graph.model.Edge.key`, so that parallel edges stay apart."""


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge by the ids of its ends; `properties` holds its key too."""

    source: str
    target: str
    properties: Mapping[str, Value]


def _typed(properties: Mapping[str, Value], known: Mapping[str, Property]) -> dict[str, Value]:
    # 5 is a fine float in Python, but a store would keep it as an integer and give back another type than its neighbour
    return {
        name: float(value) if name in known and known[name].type == "float" and isinstance(value, int) else value
        for name, value in properties.items()
        if value is not None
    }


def node_row(node: Node) -> dict[str, Value]:
    """A node's properties with its id."""
    return {"id": node.id, **_typed(node.properties, schema().node(node.label).properties)}


def node_rows(graph: Graph) -> dict[str, list[dict[str, Value]]]:
    """The rows of all nodes, by label, in the graph's order."""
    rows: dict[str, list[dict[str, Value]]] = {}
    for node in graph.nodes():
        rows.setdefault(node.label, []).append(node_row(node))
    return rows


def edge_properties(edge: Edge) -> dict[str, Value]:
    """An edge's own properties with its evidence (or data source) and its key."""
    known = {**schema().edge(edge.type).properties, **schema().evidence}
    return {**_typed(edge.all_properties(), known), EDGE_KEY: edge.key}


def edge_rows(graph: Graph) -> dict[tuple[str, str, str], list[EdgeRow]]:
    """The rows of all edges, by (source's label, type, target's label), in the graph's order."""
    rows: dict[tuple[str, str, str], list[EdgeRow]] = {}
    for edge in graph.edges():
        ends = graph.nx.nodes[edge.source]["label"], graph.nx.nodes[edge.target]["label"]
        row = EdgeRow(edge.source, edge.target, edge_properties(edge))
        rows.setdefault((ends[0], edge.type, ends[1]), []).append(row)
    return rows
