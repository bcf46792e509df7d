"""The rows that a store keeps for a graph: one mapping a node or an edge, typed as schema.yaml says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache

from graph.model import Edge, Graph, Node
from graph.schema import Value, schema

EDGE_KEY = "key"
"""The property under which a store keeps `graph.model.Edge.key`, so that parallel edges stay apart."""


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge by the ids of its ends; `properties` holds its key too."""

    source: str
    target: str
    properties: Mapping[str, Value]


def _typed(properties: Mapping[str, Value], floats: Set[str]) -> dict[str, Value]:
    # 5 is a fine float in Python, but a store would keep it as an integer and give back another type than its neighbour
    row: dict[str, Value] = {name: value for name, value in properties.items() if value is not None}
    for name in floats & row.keys():
        row[name] = float(row[name])  # type: ignore[arg-type]
    return row


@cache
def _floats(type_: str) -> Set[str]:
    """The names of the properties of a label or of an edge type that are numbers with a fraction."""
    model = schema()
    of_node = model.nodes[type_].properties if type_ in model.nodes else None
    known = of_node or {**model.edge(type_).properties, **model.evidence}
    return {name for name, property_ in known.items() if property_.type == "float"}


def node_row(node: Node) -> dict[str, Value]:
    """A node's properties with its id."""
    return {"id": node.id, **_typed(node.properties, _floats(node.label))}


def each_node(graph: Graph) -> Iterator[tuple[str, dict[str, Value]]]:
    """The label and the row of each node, in the graph's order."""
    for node in graph.nodes():
        yield node.label, node_row(node)


def node_rows(graph: Graph) -> dict[str, list[dict[str, Value]]]:
    """The rows of all nodes, by label, in the graph's order."""
    rows: dict[str, list[dict[str, Value]]] = {}
    for label, row in each_node(graph):
        rows.setdefault(label, []).append(row)
    return rows


def edge_properties(edge: Edge) -> dict[str, Value]:
    """An edge's own properties with its evidence (or data source) and its key."""
    return {**_typed(edge.all_properties(), _floats(edge.type)), EDGE_KEY: edge.key}


def each_edge(graph: Graph) -> Iterator[tuple[str, EdgeRow]]:
    """The type and the row of each edge, in the graph's order."""
    for edge in graph.edges():
        yield edge.type, EdgeRow(edge.source, edge.target, edge_properties(edge))


def edge_rows(graph: Graph) -> dict[tuple[str, str, str], list[EdgeRow]]:
    """The rows of all edges, by (source's label, type, target's label), in the graph's order."""
    rows: dict[tuple[str, str, str], list[EdgeRow]] = {}
    for type_, row in each_edge(graph):
        ends = graph.nx.nodes[row.source]["label"], graph.nx.nodes[row.target]["label"]
        rows.setdefault((ends[0], type_, ends[1]), []).append(row)
    return rows
