"""What one graph has otherwise than another: so little is written where little has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.model import Edge, Node
from graph.schema import schema


class EdgeId(NamedTuple):
    """What tells an edge from all others: the ids of its ends, its type, its key between them."""

    source: str
    type: str
    target: str
    key: str


def edge_id(edge: Edge) -> EdgeId:
    return EdgeId(edge.source, edge.type, edge.target, edge.key)


@dataclass(slots=True)
class Difference:
    """From an earlier graph to a later one.

    `gone` are nodes that are no more (label and id), with all their edges; `cut` other edges that are no more; `nodes`
    and `edges` are new, or stand in place of what bore that id.
    """

    gone: set[tuple[str, str]] = field(default_factory=set)
    cut: set[EdgeId] = field(default_factory=set)
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[EdgeId, Edge] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.gone) + len(self.cut) + len(self.nodes) + len(self.edges)

    def cut_between_those_that_stay(self) -> Iterator[EdgeId]:
        """Edges to cut, but for those that go with their nodes."""
        gone = {id_ for _, id_ in self.gone}
        return (edge for edge in self.cut if edge.source not in gone and edge.target not in gone)


def end_labels(type_: str) -> tuple[list[str], list[str]]:
    """The labels that the source and the target of an edge type may have."""
    between = schema().edge(type_).between
    return list(dict.fromkeys(a for a, _ in between)), list(dict.fromkeys(b for _, b in between))
