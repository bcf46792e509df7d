"""The graph as it stood on a day: without the documents that were issued later, and what only they tell of."""

from __future__ import annotations

from graph.model import Graph
from queries.standing import is_after


def graph_on(graph: Graph, day: str) -> Graph:
    """The graph without the documents that are known to have been issued after a day.

    With them go the tasks and targets that stand in them, and the agencies that have to do with these alone, neither
    themselves nor as one of a class with anything earlier. What a later document says of two earlier ones stays.

    Args:
        day: ISO 8601.
    """
    nodes = graph.nx.nodes
    late = {node.id for node in graph.nodes("Document") if is_after(str(node.properties.get("issued_on") or ""), day)}
    inside = {end for _, end, kind in graph.nx.out_edges(late, data=True) if kind["type"] == "GOM"}
    gone = late | {end for end in inside if all(doc in late for doc in _containing(graph, end))}
    beside = {end for edge in (*graph.nx.out_edges(gone), *graph.nx.in_edges(gone)) for end in edge} - gone
    gone |= {id_ for id_ in beside if nodes[id_]["label"] == "Agency" and not _has_to_do(graph, id_, gone)}
    earlier = Graph()
    earlier.nx = graph.nx.copy()
    earlier.nx.remove_nodes_from(gone)
    return earlier


def _containing(graph: Graph, part: str) -> list[str]:
    return [doc for doc, _, kind in graph.nx.in_edges(part, data=True) if kind["type"] == "GOM"]


def _has_to_do(graph: Graph, agency: str, gone: set[str]) -> bool:
    """Whether an agency, or a class that it belongs to, stands to a document, task or target that is still there."""
    nodes = graph.nx.nodes
    classes = {end for _, end in graph.nx.out_edges(agency) if nodes[end].get("collective")}
    edges = (edge for id_ in (agency, *classes) for edge in (*graph.nx.out_edges(id_), *graph.nx.in_edges(id_)))
    return any(
        nodes[end]["label"] in ("Document", "Task", "Target") for edge in edges for end in edge if end not in gone
    )
