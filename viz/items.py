"""What takes a place of its own in the picture, and in which layer: documents with their tasks, and agencies."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import networkx as nx

from graph.model import Graph, Node
from graph.schema import schema
from graph.spelling import plain
from viz.cascade import CASCADE, DUTIES, PARTS, all_edges
from viz.duties import Ghost
from viz.names import label

CARD_WIDTH, CARD_HEIGHT = 156, 44
PILL_HEIGHT = 24
MARK = 12
"""Side of the square in which a task's or target's mark stands."""
MARKS_IN_ROW = CARD_WIDTH // MARK - 1

DOCUMENTS, LOOSE, AGENCIES, ORPHANS = range(4)


class Layer(NamedTuple):
    """A row of the picture: the level, then what kind of thing, then how far below its like in the same level."""

    rank: int
    kind: int
    depth: int


@dataclass(slots=True)
class Item:
    """A card, a pill or a lone mark, with the size it needs; `parts` are the tasks and targets under a card."""

    id: str
    place: str
    layer: Layer
    width: int
    height: int
    order: tuple[str, ...]
    parts: list[str] = field(default_factory=list)

    def part_offset(self, index: int) -> tuple[int, int]:
        """Where the mark of a part stands, from the item's left top corner."""
        row, column = divmod(index, MARKS_IN_ROW)
        return MARK // 2 + column * MARK, CARD_HEIGHT + 4 + row * MARK


def items(graph: Graph, shown: Collection[str], focus: str | None, missing: Collection[Ghost] = ()) -> list[Item]:
    """All items of a page, ghosts of missing plans among them, sorted by layer and name."""
    parts = _parts(graph, shown)
    depths = _depths(graph, shown)
    found: list[Item] = []
    for node in (graph.node(id_) for id_ in shown):
        if node.label == "Document":
            found.append(_document(node, parts.pop(node.id, []), depths, focus))
        elif node.label == "Agency":
            found.append(_item(node, AGENCIES, PILL_HEIGHT))
    found += [_ghost(graph, ghost, depths) for ghost in missing]
    owned = {part for item in found for part in item.parts}
    for node in (graph.node(id_) for id_ in shown):
        if node.label in ("Task", "Target") and node.id not in owned:
            found.append(_item(node, ORPHANS, MARK))
    return sorted(found, key=lambda item: (item.layer, item.order))


def _item(node: Node, kind: int, height: int, depth: int = 0) -> Item:
    layer = Layer(schema().rank(_text(node, "level") or None), kind, depth)
    place = _text(node, "place")
    order = (_where(place), plain(label(node)), _text(node, "issued_on"), node.id)
    return Item(node.id, place, layer, CARD_WIDTH, height, order)


def _where(place: str) -> str:
    """What is of one district, and in it of one commune, stands together."""
    return plain(" ".join(reversed(place.split(", "))))


def _ghost(graph: Graph, ghost: Ghost, depths: dict[str, int]) -> Item:
    """A missing plan stands where the plan would: below the documents of its own level that ask for it."""
    rank = schema().rank(ghost.level or None)
    depth = max((depths.get(s, 0) + 1 for s in ghost.sources if _rank(graph, s) == rank), default=0)
    order = (_where(ghost.place), plain(ghost.name), "", ghost.id)
    return Item(ghost.id, ghost.place, Layer(rank, DOCUMENTS, depth), CARD_WIDTH, CARD_HEIGHT, order)


def _document(node: Node, parts: list[str], depths: dict[str, int], focus: str | None) -> Item:
    loose = node.id not in depths and node.properties.get("status") == "cited" and node.id != focus
    item = _item(node, LOOSE if loose else DOCUMENTS, CARD_HEIGHT, depths.get(node.id, 0))
    item.parts = parts
    if parts:
        item.height += math.ceil(len(parts) / MARKS_IN_ROW) * MARK + 8
    return item


def _text(node: Node, name: str) -> str:
    return str(node.properties.get(name) or "")


def _parts(graph: Graph, shown: Collection[str]) -> dict[str, list[str]]:
    """For each document its tasks, then its targets, in the order of the text."""
    owner: dict[str, str] = {}
    for source, target, kind in all_edges(graph, shown):
        if kind in PARTS:
            owner[target] = min(source, owner.get(target, source))
    parts: dict[str, list[str]] = defaultdict(list)
    for part, document in owner.items():
        parts[document].append(part)

    def order(id_: str) -> tuple[bool, int, str]:
        attributes = graph.nx.nodes[id_]
        return attributes["label"] == "Target", int(attributes.get("ordinal") or 0), id_

    return {document: sorted(ids, key=order) for document, ids in parts.items()}


def _depths(graph: Graph, shown: Collection[str]) -> dict[str, int]:
    """For each document that takes part in the cascade, how many others of its own level stand above it.

    A circle (two documents that are each said to implement the other) counts as one step.
    """
    within: nx.DiGraph[str] = nx.DiGraph()
    for source, target, kind in all_edges(graph, shown):
        if kind in CASCADE:
            within.add_nodes_from((source, target))
            if _rank(graph, source) == _rank(graph, target):
                within.add_edge(target, source)
    circles = nx.condensation(within)
    depth: dict[int, int] = {}
    for circle in nx.topological_sort(circles):
        depth[circle] = max((depth[above] + 1 for above in circles.predecessors(circle)), default=0)
    return {id_: depth[circle] for id_, circle in circles.graph["mapping"].items()}


def _rank(graph: Graph, id_: str) -> int:
    return schema().rank(graph.nx.nodes[id_].get("level"))


def links(graph: Graph, shown: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of items (upper, lower) that should stand near each other: a duty joins the document to the agency."""
    edges = all_edges(graph, shown)
    owner = {target: source for source, target, kind in edges if kind in PARTS}
    for source, target, kind in edges:
        if kind in CASCADE:
            yield target, source
        elif kind in DUTIES and source in owner:
            yield owner[source], target
        elif kind == "BAN_HANH":
            yield target, source
