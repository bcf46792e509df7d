"""The difference of two graphs that are both at hand, and a graph changed by one."""

from __future__ import annotations

from graph.difference import Difference, edge_id
from graph.model import Graph


def difference(before: Graph, after: Graph) -> Difference:
    """What there is to change; an edge between nodes that are gone is cut too, as whoever knows less would say."""
    old, new = ({node.id: node for node in graph.nodes()} for graph in (before, after))
    had, has = ({edge_id(edge): edge for edge in graph.edges()} for graph in (before, after))
    found = Difference()
    found.gone = {(node.label, id_) for id_, node in old.items() if id_ not in new}
    found.nodes = {id_: node for id_, node in new.items() if old.get(id_) != node}
    again = {id_ for id_, edge in has.items() if had.get(id_) not in (None, edge)}
    found.cut = (had.keys() - has.keys()) | again
    found.edges = {id_: edge for id_, edge in has.items() if id_ not in had or id_ in again}
    return found


def changed(graph: Graph, by: Difference) -> Graph:
    """The graph after a difference; it must fit."""
    made = Graph()
    made.nx = graph.nx.copy()
    for _, id_ in by.gone:
        made.nx.remove_node(id_)
    for source, type_, target, key in by.cut_between_those_that_stay():
        assert made.nx.edges[source, target, key]["type"] == type_
        made.nx.remove_edge(source, target, key)
    for node in by.nodes.values():
        made.add(node)
    for id_, edge in by.edges.items():
        assert not made.nx.has_edge(id_.source, id_.target, id_.key)
        made.connect(edge)
    return made
