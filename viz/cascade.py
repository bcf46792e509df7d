"""Which part of the graph one page shows: everything, or the cascade of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from graph.errors import LookupFailed
from graph.model import Graph

CASCADE = ("THUC_HIEN", "KEM_THEO")
"""Edges from a document to the one above it; a plan stands under the decision that promulgates it."""

PARTS = ("GOM",)
DUTIES = ("GIAO", "PHOI_HOP", "BAO_CAO")

Ends = tuple[str, str, str]

DRAWN = ("Document", "Agency", "Task", "Target")
"""Places are not nodes of the picture: they are its columns."""


def shown(graph: Graph, focus: str | None = None) -> frozenset[str]:
    """The ids of the nodes that a page shows.

    Args:
        graph: the whole graph.
        focus: id of a document; then what implements it at any depth, what it implements, the tasks and
            targets of all these, the agencies that have a part in them, and the issuers. None: everything.

    Raises:
        LookupFailed: `focus` is not a document of the graph.
    """
    if focus is None:
        return frozenset(n.id for n in graph.nodes() if n.label in DRAWN)
    if focus not in graph.nx or graph.nx.nodes[focus]["label"] != "Document":
        raise LookupFailed(f"no document has the id {focus!r}", "`vanmach documents` lists them with their ids")
    documents = _reach(graph, focus, upwards=True) | _reach(graph, focus, upwards=False)
    parts = _targets(graph, documents, PARTS)
    agencies = _targets(graph, parts, DUTIES)
    issuers = {source for d in documents for source, _, kind in edges_into(graph, d) if kind == "BAN_HANH"}
    return frozenset(documents | parts | agencies | issuers)


def shortcuts(graph: Graph, ids: Collection[str]) -> set[tuple[str, str]]:
    """Pairs (lower, upper) that other edges of the cascade already join step by step.

    A district's plan says that it implements the province's plan and also the directive above that:
    the second is true, but in a picture the first says it all.
    """
    uppers: dict[str, set[str]] = defaultdict(set)
    for source, target, kind in all_edges(graph, ids):
        if kind in CASCADE and source != target:
            uppers[source].add(target)
    several = {lower: above for lower, above in uppers.items() if len(above) > 1}
    reach = {document: _reach(graph, document, upwards=True) for document in set().union(*several.values())}
    return {
        (lower, upper)
        for lower, above in several.items()
        for upper in above
        # in a circle each stands above the other, and no line may be left out
        if any(upper in reach[other] and other not in reach[upper] for other in above)
    }


def documents_below(graph: Graph, document: str) -> set[str]:
    """A document and all that implement it, at any depth."""
    return _reach(graph, document, upwards=False)


def _reach(graph: Graph, start: str, *, upwards: bool) -> set[str]:
    """The start and all documents above it, or all below it; a circle of citations ends where it began."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for source, target, kind in edges_from(graph, here) if upwards else edges_into(graph, here):
            other = target if upwards else source
            if kind in CASCADE and other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _targets(graph: Graph, sources: Iterable[str], kinds: tuple[str, ...]) -> set[str]:
    return {target for s in sources for _, target, kind in edges_from(graph, s) if kind in kinds}


def edges_from(graph: Graph, id_: str) -> list[Ends]:
    """(source, target, type) of every edge that leaves a node."""
    return [(id_, target, attributes["type"]) for _, target, attributes in graph.nx.out_edges(id_, data=True)]


def edges_into(graph: Graph, id_: str) -> list[Ends]:
    """(source, target, type) of every edge that reaches a node."""
    return [(source, id_, attributes["type"]) for source, _, attributes in graph.nx.in_edges(id_, data=True)]


def all_edges(graph: Graph, ids: Collection[str]) -> list[Ends]:
    """(source, target, type) of every edge between these nodes, sorted."""
    edges = graph.nx.edges(data=True)
    return sorted((s, t, attributes["type"]) for s, t, attributes in edges if s in ids and t in ids)
