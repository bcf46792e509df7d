"""The graph in memory, read back out of a store."""

from __future__ import annotations

from graph.model import Graph, Node, edge_of
from graph.rows import EDGE_KEY
from graph.schema import schema
from graph.store import Limits, Store

_WHOLE = Limits(seconds=600, rows=100_000_000)


def read_back(store: Store) -> Graph:
    """The nodes of the model's labels and the edges among them, by label and type, each in the order of its ids.

    Raises:
        StoreError: as `Store.query` says.
        SchemaError: somebody else gave them properties that the model does not know.
    """
    graph = Graph()
    for label, kind in schema().nodes.items():
        for (node,) in store.query(f"MATCH (n:`{label}`) RETURN n ORDER BY n.id", limits=_WHOLE).rows:
            foreign = {name: value for name, value in node.items() if name not in kind.properties and name != "_label"}
            known = {name: node[name] for name in kind.properties if name in node and name != "id"}
            graph.add(Node(node["id"], label, {**known, **foreign}))
    for type_ in schema().edges:
        cypher = f"MATCH (a)-[r:`{type_}`]->(b) RETURN a.id, r, b.id ORDER BY a.id, b.id, r.{EDGE_KEY}"
        for source, edge, target in store.query(cypher, limits=_WHOLE).rows:
            if source in graph.nx and target in graph.nx:  # others may link to nodes of their own
                graph.connect(edge_of(source, target, {**edge, "type": edge["_type"]}))
    return graph
