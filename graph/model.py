"""The graph in memory: a networkx MultiDiGraph whose nodes, edges and evidence are typed by schema.yaml.

Two documents may state the same link, so there may be several edges of one type between two nodes,
one for each passage: an edge is identified by its ends, its type and where it was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import networkx as nx

from graph.errors import SchemaError
from graph.schema import Value, schema


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact was read.

    Args:
        doc: id of the document that says it.
        start, end: offsets in characters of that document's cleaned text; `text[start:end]` is the passage.
        section: the section path of the passage ("III.2.1"), empty where it has none.
        rule: name of the rule that found it.
        confidence: 0 to 1.
        quote: the passage as a person should read it (the sentence around it, spaces folded).
    """

    doc: str
    start: int
    end: int
    rule: str
    confidence: float
    section: str = ""
    quote: str = ""

    def properties(self) -> dict[str, Value]:
        return {name: getattr(self, name) for name in schema().evidence}


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `properties` leaves out what is not known (no None inside)."""

    id: str
    label: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge; it has evidence, or names its data source."""

    source: str
    type: str
    target: str
    evidence: Evidence | None = None
    data_source: str = ""
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> str:
        where = f"{self.evidence.doc}:{self.evidence.start}" if self.evidence else self.data_source
        return f"{self.type}|{where}"

    def all_properties(self) -> dict[str, Value]:
        """Own properties with the evidence's (or the data source) beside them, as a store keeps them."""
        origin = self.evidence.properties() if self.evidence else {"data_source": self.data_source}
        return {**self.properties, **origin}


class Graph:
    """Typed access to a networkx MultiDiGraph, which is there as `nx` for every algorithm of networkx.

    A node's attributes are `label` and its properties; an edge's are `type` and all its properties.
    """

    def __init__(self) -> None:
        self.nx: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def add(self, node: Node) -> None:
        """Add a node, or replace the one with its id.

        Raises:
            SchemaError: an unknown label or property, or a value of the wrong type.
        """
        known = schema().node(node.label).properties
        for name, value in node.properties.items():
            if name not in known:
                raise SchemaError(f"{node.label} has no property {name!r}")
            known[name].check(node.label, value)
        if node.id in self.nx:
            self.nx.nodes[node.id].clear()
        self.nx.add_node(node.id, label=node.label, **{**node.properties, "id": node.id})

    def connect(self, edge: Edge) -> None:
        """Add an edge between two nodes that are there.

        Raises:
            SchemaError: an unknown type, ends of the wrong labels, or neither evidence nor data source.
        """
        kind = schema().edge(edge.type)
        for end in (edge.source, edge.target):
            if end not in self.nx:
                raise SchemaError(f"{edge.type}: no node {end!r}")
        labels = (self.nx.nodes[edge.source]["label"], self.nx.nodes[edge.target]["label"])
        if labels not in kind.between:
            raise SchemaError(f"{edge.type} does not join {labels[0]} to {labels[1]}")
        if edge.evidence is None and not edge.data_source:
            raise SchemaError(f"{edge.type} from {edge.source} to {edge.target} has neither evidence nor data source")
        for name, value in edge.properties.items():
            if name not in kind.properties:
                raise SchemaError(f"{edge.type} has no property {name!r}")
            kind.properties[name].check(edge.type, value)
        self.nx.add_edge(edge.source, edge.target, key=edge.key, type=edge.type, **edge.all_properties())

    def node(self, id_: str) -> Node:
        """The node with this id; KeyError where there is none."""
        attributes = self.nx.nodes[id_]
        return Node(id_, attributes["label"], {k: v for k, v in attributes.items() if k not in ("label", "id")})

    def nodes(self, label: str | None = None) -> Iterator[Node]:
        """All nodes, or those of one label, in the order in which they were added."""
        for id_, attributes in self.nx.nodes(data=True):
            if label is None or attributes["label"] == label:
                yield self.node(id_)

    def edges(self, type_: str | None = None) -> Iterator[Edge]:
        """All edges, or those of one type."""
        for source, target, attributes in self.nx.edges(data=True):
            if type_ is None or attributes["type"] == type_:
                yield edge_of(source, target, attributes)

    def in_order(self) -> Graph:
        """The same graph in its canonical order, which depends on nothing but what is in it.

        Nodes by label and id, edges by type, ends and key, properties as schema.yaml lists them.
        """
        model = schema()
        labels, types = list(model.nodes), list(model.edges)
        ordered = Graph()
        for node in sorted(self.nodes(), key=lambda n: (labels.index(n.label), n.id)):
            known = model.node(node.label).properties
            ordered.add(Node(node.id, node.label, {p: node.properties[p] for p in known if p in node.properties}))
        for edge in sorted(self.edges(), key=lambda e: (types.index(e.type), e.source, e.target, e.key)):
            ordered.connect(edge)
        return ordered

    def __len__(self) -> int:
        return len(self.nx)


def edge_of(source: str, target: str, attributes: Mapping[str, Value]) -> Edge:
    """The typed edge that a flat mapping of attributes (with `type`) stands for."""
    type_ = str(attributes["type"])
    own = {name: attributes[name] for name in schema().edge(type_).properties if attributes.get(name) is not None}
    if attributes.get("data_source"):
        return Edge(source, type_, target, None, str(attributes["data_source"]), own)
    evidence = Evidence(**{name: attributes.get(name, "") for name in schema().evidence})  # type: ignore[arg-type]
    return Edge(source, type_, target, evidence, "", own)
