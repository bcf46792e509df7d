"""What a page is given: nodes with their seats and facts, edges with their evidence, duties, layers, columns, names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graph.model import Edge, Graph, Node
from graph.schema import Property, schema
from queries.as_it_was import graph_on
from viz.cascade import CASCADE, DRAWN, PARTS, shortcuts, shown
from viz.columns import ELSEWHERE, Column
from viz.duties import Ghost, Row, duties_of_page, ghosts
from viz.items import AGENCIES, MARK
from viz.layout import lay_out
from viz.names import RuleWords, label, second_line, short, words
from viz.table import Box, Picture

_NOT_FOR_READING = ("id", "search", "start", "end")
"""Properties that serve the program and say nothing to a reader of the panel."""

_KINDS = (*DRAWN, "Ghost")
_FIRST_ROW, _LAST_ROW = 1, 2


def page_data(
    graph: Graph,
    focus: str | None,
    duties: Iterable[Row] = (),
    day: str | None = None,
    within: Collection[str] | None = None,
    rules: RuleWords | None = None,
) -> dict[str, Any]:
    """Everything that the page's scripts need, as plain JSON values.

    Args:
        graph: the whole graph.
        focus: id of the document that the page is about, if any.
        duties: rows of `queries.answers.plans_owed`.
        day: documents that were issued after it are not there, and are only named where another was read of in them.
        within: ids of the nodes of which some are shown, where it is not all of the graph.
        rules: see `viz.page.render_view`.

    Raises:
        LookupFailed: `focus` is not a document of the graph.
    """
    there = graph_on(graph, day) if day else graph
    ids = shown(there, focus)
    if within is not None:
        ids &= frozenset(within)
    own = duties_of_page(there, duties, ids, focus)
    ids |= {row["agency_id"] for row in own}
    missing = {ghost.id: ghost for ghost in ghosts(own)}
    picture = lay_out(there, ids, focus, list(missing.values()))
    places = _places(picture)
    nodes = [(_ghost(missing[i]) if i in missing else _node(there.node(i))) | place for i, place in places.items()]
    nodes.sort(key=lambda n: (_KINDS.index(n["kind"]), n["layer"], n["box"][0], n["box"][1], n["id"]))
    number = {node["id"]: index for index, node in enumerate(nodes)}
    past = shortcuts(there, ids)
    edges = [_edge(graph, edge, number, past) for edge in _edges(there, ids)]
    owed = [_duty(graph, row, number) for row in own]
    return {
        "focus": number[focus] if focus is not None else None,
        "nodes": nodes,
        "edges": edges,
        "duties": owed,
        "layers": [{"rank": layer.rank, "agencies": layer.kind == AGENCIES} for layer in picture.layers],
        "levels": _levels(),
        "provinces": _provinces(picture),
        "names": _names(_rules((*edges, *owed), rules)),
    }


def _node(node: Node) -> dict[str, Any]:
    facts = {k: v for k, v in node.properties.items() if k not in _NOT_FOR_READING and v not in ("", [], None)}
    second = {"second": said} if (said := second_line(node)) else {}
    return {"id": node.id, "kind": node.label, "label": label(node), "facts": facts} | second


def _ghost(ghost: Ghost) -> dict[str, Any]:
    facts = {k: v for k, v in {"name": ghost.name, "level": ghost.level, "place": ghost.place}.items() if v}
    return {"id": ghost.id, "kind": "Ghost", "label": short(ghost.name), "facts": facts}


def _places(picture: Picture) -> dict[str, dict[str, Any]]:
    """Of each node its layer, its province (-1: it spans them all), and its box inside these two.

    `row` says whether it stands in the first (1), the last (2) or the only (3) row of its cell.
    """
    layers = {layer: index for index, layer in enumerate(picture.layers)}
    provinces = {column: index for index, column in enumerate(_columns(picture, depth=1))}
    found: dict[str, dict[str, Any]] = {}
    for id_, seat in picture.seats.items():
        item = picture.items[id_]
        home = picture.homes[id_][:1]
        left = picture.spans[home].left
        row = _FIRST_ROW * seat.in_first_row + _LAST_ROW * seat.in_last_row
        place = {"layer": layers[item.layer], "province": provinces.get(home, -1)}
        box = Box(seat.box.x - left, seat.box.y, seat.box.width, seat.box.height)
        found[id_] = place | {"box": _numbers(box), "row": row}
        for index, part in enumerate(item.parts):
            dx, dy = item.part_offset(index)
            found[part] = place | {"box": _numbers(Box(box.x + dx, box.y + dy, MARK, MARK)), "row": 0}
    return found


def _edges(graph: Graph, ids: Collection[str]) -> list[Edge]:
    """The edges between shown nodes, in an order that does not depend on how the graph was built."""
    found = [e for e in graph.edges() if e.source in ids and e.target in ids]
    return sorted(found, key=lambda e: (e.type, e.source, e.target, e.key))


def _edge(graph: Graph, edge: Edge, number: Mapping[str, int], past: Collection[tuple[str, str]]) -> dict[str, Any]:
    data: dict[str, Any] = {"from": number[edge.source], "kind": edge.type, "to": number[edge.target]}
    if edge.type in CASCADE and (edge.source, edge.target) in past:
        data["shortcut"] = True
    if edge.properties:
        data["facts"] = dict(edge.properties)
    if edge.evidence is None:
        return data | {"source": edge.data_source}
    return data | _origin(graph, edge.evidence.properties(), number) | _quote(edge)


def _quote(edge: Edge) -> dict[str, str]:
    # what a document contains is its own quote: the task's text is already there
    return {"quote": edge.evidence.quote} if edge.evidence and edge.type not in PARTS else {}


def _origin(graph: Graph, passage: Mapping[str, Any], number: Mapping[str, int]) -> dict[str, Any]:
    """Where a fact was read: `doc` is the number of a shown document, or else `read_in` is what it is called."""
    names = ("section", "rule", "confidence")
    said = {name: passage[name] for name in names if passage.get(name) not in ("", None)}
    doc: str = passage["doc"]
    if doc in number:
        return {"doc": number[doc]} | said
    known = doc in graph.nx and graph.nx.nodes[doc]["label"] == "Document"
    return {"read_in": label(graph.node(doc)) if known else doc} | said


def _duty(graph: Graph, row: Row, number: Mapping[str, int]) -> dict[str, Any]:
    """A duty with the numbers of its nodes, and the first passage that gives the duty."""
    duty = {"agency": number[row["agency_id"]], "document": number[row["source"]], "status": row["status"]}
    ends = {"plan": row["plan"], "task": row["task"], "ghost": None if row["plan"] else f"ghost:{row['agency_id']}"}
    duty |= {name: number[id_] for name, id_ in ends.items() if id_ in number}
    duty |= {name: row[name] for name in ("deadline", "via") if row[name]}
    for passage in row["evidence"][:1]:
        duty |= _origin(graph, passage, number) | {"quote": passage["quote"]}
    return duty


def _numbers(box: Box) -> list[float | int]:
    return [_number(v) for v in (box.x, box.y, box.width, box.height)]


def _number(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _levels() -> list[dict[str, str]]:
    """The names of the levels, by rank; the last is for what has none."""
    return [{"vi": level.id, "en": level.en} for level in schema().levels.values()] + [_said("unknown_level")]


def _columns(picture: Picture, depth: int) -> list[Column]:
    """Provinces or districts from left to right."""
    return sorted((c for c in picture.spans if len(c) == depth), key=lambda c: picture.spans[c].left)


def _provinces(picture: Picture) -> list[dict[str, Any]]:
    """The provinces from left to right, each with its width and its districts."""
    names = {"": _said("whole_country"), ELSEWHERE: _said("elsewhere"), "?": _said("unknown_place")}
    provinces: dict[Column, dict[str, Any]] = {}
    for column in _columns(picture, depth=1):
        span = picture.spans[column]
        name = names.get(column[0], {"vi": column[0], "en": column[0]})
        provinces[column] = {"name": name, "width": _number(span.right - span.left), "districts": []}
        provinces[column]["isPlace"] = column[0] not in names
    for column in _columns(picture, depth=2):
        span = picture.spans[column]
        left, width = span.left - picture.spans[column[:1]].left, span.right - span.left
        if column[1]:
            district = {"name": {"vi": column[1], "en": column[1]}, "left": _number(left), "width": _number(width)}
            provinces[column[:1]]["districts"].append(district)
    return list(provinces.values())


def _said(key: str) -> dict[str, str]:
    said: dict[str, str] = words()["interface"][key]
    return said


def _rules(told: Iterable[Mapping[str, Any]], rules: RuleWords | None) -> dict[str, dict[str, str]]:
    """What the rules look at that are named on the page, as far as somebody has told."""
    named = {one["rule"] for one in told if "rule" in one} if rules else set()
    words_of = {name: rules(name) for name in sorted(named)} if rules else {}
    return {name: {"vi": vi, "en": en} for name, (vi, en) in words_of.items() if vi}


def _names(rules: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Names in both languages: of labels, edges (forwards and back), properties, values, and the page's own words."""
    model = schema()
    own = words()
    values = {**own["values"], "rule": rules}
    values["level"] = {level.id: {"vi": level.id, "en": level.en} for level in model.levels.values()}
    values["kind"] = {name: {"vi": name, "en": en} for name, en in model.schemes["agency-kind"].concepts.items()}
    edges = {name: {"vi": kind.vi, "en": kind.en} for name, kind in model.edges.items()}
    return {
        "nodes": {name: {"vi": model.nodes[name].vi, "en": model.nodes[name].en} for name in DRAWN} | own["nodes"],
        "edges": edges | own["edges"],
        "inverse": own["inverse"],
        "properties": {name: _properties(model.nodes[name].properties.values()) for name in DRAWN},
        "evidence": _properties([*model.evidence.values(), *model.structural.values()]),
        "edge_properties": {name: _properties(kind.properties.values()) for name, kind in model.edges.items()},
        "values": values,
        "interface": own["interface"],
    }


def _properties(properties: Iterable[Property]) -> dict[str, dict[str, str]]:
    return {p.name: {"vi": p.vi, "en": p.en} for p in properties}
