"""What a page is given: nodes with their place and facts, edges with their evidence, bands, columns, names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graph.model import Edge, Graph, Node
from graph.schema import Property, schema
from viz.cascade import CASCADE, DRAWN, PARTS, shortcuts, shown
from viz.columns import ELSEWHERE, PROVINCE
from viz.layout import BAND_PADDING, DISTRICT_HEADER, PROVINCE_HEADER, lay_out
from viz.names import label, second_line, words
from viz.table import PADDING, Picture

_NOT_FOR_READING = ("id", "search", "start", "end")
"""Properties that serve the program and say nothing to a reader of the panel."""


def page_data(graph: Graph, focus: str | None) -> dict[str, Any]:
    """Everything that the page's scripts need, as plain JSON values.

    Raises:
        LookupFailed: `focus` is not a document of the graph.
    """
    ids = shown(graph, focus)
    picture, routes = lay_out(graph, ids, focus)
    order = [*sorted(picture.seats, key=lambda i: (picture.items[i].layer, picture.seats[i].box.x, i))]
    order += sorted(picture.marks.keys() - picture.seats.keys(), key=lambda i: (picture.marks[i].y, picture.marks[i].x))
    past = shortcuts(graph, ids)
    number = {id_: index for index, id_ in enumerate(order)}
    return {
        "focus": number[focus] if focus is not None else None,
        "nodes": [_node(graph.node(id_), picture) for id_ in order],
        "edges": [_edge(graph, edge, number, routes, past) for edge in _edges(graph, ids)],
        "bands": _bands(picture),
        "columns": _columns(picture),
        "names": _names(),
    }


def _node(node: Node, picture: Picture) -> dict[str, Any]:
    box = picture.seats[node.id].box if node.id in picture.seats else picture.marks[node.id]
    facts = {k: v for k, v in node.properties.items() if k not in _NOT_FOR_READING and v not in ("", [], None)}
    return {
        "id": node.id,
        "kind": node.label,
        "box": [_number(v) for v in (box.x, box.y, box.width, box.height)],
        "label": label(node),
        "second": second_line(node),
        "facts": facts,
    }


def _edges(graph: Graph, ids: Collection[str]) -> list[Edge]:
    """The edges between shown nodes, in an order that does not depend on how the graph was built."""
    found = [e for e in graph.edges() if e.source in ids and e.target in ids]
    return sorted(found, key=lambda e: (e.source, e.type, e.target, e.key))


def _edge(
    graph: Graph,
    edge: Edge,
    number: Mapping[str, int],
    routes: Mapping[tuple[str, str], list[float]],
    past: Collection[tuple[str, str]],
) -> dict[str, Any]:
    data: dict[str, Any] = {"from": number[edge.source], "kind": edge.type, "to": number[edge.target]}
    if edge.type in CASCADE and (route := routes.get((edge.source, edge.target))):
        data["route"] = [_number(v) for v in route]
    if edge.type in CASCADE and (edge.source, edge.target) in past:
        data["shortcut"] = True
    if edge.properties:
        data["facts"] = dict(edge.properties)
    if edge.evidence is None:
        return data | {"source": edge.data_source}
    found = edge.evidence
    known = found.doc in graph.nx and graph.nx.nodes[found.doc]["label"] == "Document"
    data["doc"] = number.get(found.doc, label(graph.node(found.doc)) if known else found.doc)
    data |= {"section": found.section, "rule": found.rule, "confidence": found.confidence}
    # what a document contains is its own quote: the task's text is already there
    return data if edge.type in PARTS else data | {"quote": found.quote}


def _number(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _bands(picture: Picture) -> list[dict[str, Any]]:
    """Each level that has something in it: its name, and from which y to which."""
    names = [{"vi": level.id, "en": level.en} for level in schema().levels.values()]
    names.append(words()["interface"]["unknown_level"])
    ranks = sorted({layer.rank for layer in picture.layers})
    tops = {rank: min(picture.tops[layer] for layer in picture.layers if layer.rank == rank) for rank in ranks}
    bands: list[dict[str, Any]] = []
    for rank in ranks:
        top = tops[rank] - BAND_PADDING - _header(picture, rank, ranks)
        if bands:
            bands[-1]["bottom"] = _number(top)
        bands.append({"name": names[rank], "top": _number(top)})
    if bands:
        last = max(picture.bottom(layer) for layer in picture.layers)
        bands[-1]["bottom"] = _number(last + 2 * BAND_PADDING)
    return bands


def _header(picture: Picture, rank: int, ranks: list[int]) -> int:
    """The room that names of provinces and districts take above the first layer of a level."""
    first_below = next((r for r in ranks if r > PROVINCE), None)
    height = PROVINCE_HEADER if rank == next((r for r in ranks if r >= PROVINCE), None) else 0
    if rank == first_below and any(len(c) == 2 and c[1] for c in picture.spans):
        height += DISTRICT_HEADER
    return height


def _columns(picture: Picture) -> list[dict[str, Any]]:
    """The frames of provinces and districts, provinces first."""
    bottom = max((picture.bottom(layer) for layer in picture.layers), default=0) + BAND_PADDING
    starts = {
        depth: min((picture.tops[la] for la in picture.layers if la.rank >= depth), default=None) for depth in (1, 2)
    }
    said = words()["interface"]
    names = {"": said["whole_country"], ELSEWHERE: said["elsewhere"], "?": said["unknown_place"]}
    columns = []
    for column, span in sorted(picture.spans.items(), key=lambda c: (len(c[0]), c[1].left)):
        top = starts.get(len(column))
        if top is None or (len(column) == 2 and not column[1]):
            continue
        above = DISTRICT_HEADER if len(column) == 2 else PROVINCE_HEADER
        if len(column) == 1 and starts[1] == starts[2] and any(len(c) == 2 and c[1] for c in picture.spans):
            above += DISTRICT_HEADER
        pad = PADDING if len(column) == 1 else 0
        columns.append(
            {
                "name": names.get(column[-1], {"vi": column[-1], "en": column[-1]}),
                "depth": len(column),
                "box": [
                    _number(v)
                    for v in (span.left - pad, top - above, span.right - span.left + 2 * pad, bottom - top + above)
                ],
            }
        )
    return columns


def _names() -> dict[str, Any]:
    """Names in both languages: of labels, edges (forwards and back), properties, values, and the page's own words."""
    model = schema()
    values = dict(words()["values"])
    values["level"] = {level.id: {"vi": level.id, "en": level.en} for level in model.levels.values()}
    return {
        "nodes": {name: {"vi": model.nodes[name].vi, "en": model.nodes[name].en} for name in DRAWN},
        "edges": {name: {"vi": kind.vi, "en": kind.en} for name, kind in model.edges.items()},
        "inverse": words()["inverse"],
        "properties": {name: _properties(model.nodes[name].properties.values()) for name in DRAWN},
        "evidence": _properties([*model.evidence.values(), *model.structural.values()]),
        "edge_properties": {name: _properties(kind.properties.values()) for name, kind in model.edges.items()},
        "values": values,
        "interface": words()["interface"],
    }


def _properties(properties: Iterable[Property]) -> dict[str, dict[str, str]]:
    return {p.name: {"vi": p.vi, "en": p.en} for p in properties}
