"""Pictures: the cascade of a document, or what a question gave, as the page that `vanmach view` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from starlette.responses import HTMLResponse, Response

from graph.errors import LookupFailed
from graph.model import Graph, Node, edge_of
from graph.schema import schema
from graph.store import Limits, Store
from queries import answers
from vanmach.web import interface
from vanmach.web.collection import Collection
from vanmach.web.extents import Choice, Extent, Member, choose
from vanmach.web.models import Table
from viz import render_view
from viz.cascade import CASCADE, DUTIES, PARTS
from viz.duties import Row

FRAMED = {"content-security-policy": "frame-ancestors 'self'", "x-frame-options": "SAMEORIGIN"}
"""The page says itself that it loads nothing and which script may act; pages of this application may frame it."""


MOST = 300
"""Nodes of a picture of a question."""

_LIMITS = Limits(seconds=60, rows=1_000_000)
_STEP = "|".join(CASCADE)
_UP = f"(:Document {{id: id}})-[:{_STEP}]->(other:Document)"
_DOWN = f"(:Document {{id: id}})<-[:{_STEP}]-(other:Document)"


def view(collection: Collection, document: str, asked: Extent) -> Response:
    """The page; it is made the first time after a change.

    Raises:
        LookupFailed: there is no such document.
        QueryParameterError: its cascade has no such level or province.
    """
    choice = choices(collection, document, asked)
    day = interface.day_of(collection)
    # the same for every extent
    owed = collection.remembered(("owed", document, day), lambda store: answers.plans_owed(store, document, day))
    key = ("view", document, day, choice.chosen)
    page = collection.remembered(key, lambda store: _drawn(store, document, choice, owed, collection.day))
    return HTMLResponse(page, headers=FRAMED)


def choices(collection: Collection, document: str, asked: Extent) -> Choice:
    """In which extents the cascade of a document can be shown.

    Raises:
        LookupFailed, QueryParameterError: see `view`.
    """
    interface.document(collection, document)
    day = collection.day
    below = collection.remembered(("cascade", document), lambda store: _reach(store, document, _DOWN, day))
    return choose(below, asked)


def _reach(store: Store, document: str, step: str, day: str | None) -> list[Member]:
    """A document and all that implement it, or that it implements, and were there on the day; the nearest first."""
    cypher = f"""UNWIND $ids AS id MATCH {step}
                 WHERE NOT coalesce(left(other.issued_on, coalesce(size($day), 10))
                                    > left($day, coalesce(size(other.issued_on), 10)), false)
                 RETURN DISTINCT other.id, other.level, other.place ORDER BY other.id"""
    (top,) = store.query(
        "MATCH (d:Document {id: $id}) RETURN d.id, d.level, d.place", {"id": document}, limits=_LIMITS
    ).rows
    found = {document: Member(*top)}
    waiting = [document]
    while waiting:
        rows = store.query(cypher, {"ids": waiting, "day": day}, limits=_LIMITS).rows
        new = {row[0]: Member(*row) for row in rows if row[0] not in found}
        found |= new
        waiting = list(new)
    return list(found.values())


def _drawn(store: Store, document: str, choice: Choice, all_owed: Iterable[Row], day: str | None) -> str:
    above = _reach(store, document, _UP, day)
    documents = {one.id for one in (*above, *choice.members)}
    owed = [row for row in all_owed if row["source"] in documents and choice.chosen.holds(row["level"], row["place"])]
    parts = _others(store, documents, [f"(:Document {{id: id}})-[:{'|'.join(PARTS)}]->(other)"])
    duties = [f"(:`{label}` {{id: id}})-[:{'|'.join(DUTIES)}]->(other)" for label in ("Task", "Target")]
    agencies = _others(store, parts, duties)
    agencies |= _others(store, documents, ["(:Document {id: id})<-[:BAN_HANH]-(other:Agency)"])
    agencies |= {row["agency_id"] for row in owed if row["agency_id"]}
    graph = _part(store, documents | parts | agencies)
    # what passages were read in is named, be it shown or not
    read_in = {edge.evidence.doc for edge in graph.edges() if edge.evidence is not None}
    read_in |= {passage["doc"] for row in owed for passage in row["evidence"]}
    _add_nodes(store, graph, read_in.difference(graph.nx))
    return render_view(graph, document, owed)


def _others(store: Store, ids: Iterable[str], patterns: Sequence[str]) -> set[str]:
    """The ids of what stands at the other end of patterns that begin at `id`."""
    given = {"ids": sorted(ids)}
    asked = (f"UNWIND $ids AS id MATCH {pattern} RETURN DISTINCT other.id" for pattern in patterns)
    return {row[0] for cypher in asked for row in store.query(cypher, given, limits=_LIMITS).rows}


def picture_of(collection: Collection, table: Table) -> Response:
    """The nodes that are in the rows of a question, as themselves or by their ids, and the edges between them.

    Raises:
        LookupFailed: there is none.
    """
    ids = list(dict.fromkeys(text for row in table.rows for value in row for text in _texts(value)))[:MOST]
    with collection.asking() as store:
        graph = _part(store, ids)
    if not len(graph):
        raise LookupFailed("no node of the graph is in this result", "return nodes, or their ids")
    return HTMLResponse(render_view(graph), headers=FRAMED)


def _texts(value: Any) -> Iterator[str]:
    """What may be an id in a value of a row."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        if "_label" in value:
            yield str(value.get("id"))
        elif "_type" not in value:
            for inner in value.values():
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _part(store: Store, ids: Iterable[str]) -> Graph:
    """The nodes of these ids and the edges between them; an id that nothing has is left out."""
    graph = Graph()
    own = _add_nodes(store, graph, ids)
    for type_, edge_kind in schema().edges.items():
        for start, end in edge_kind.between:
            cypher = f"UNWIND $ids AS id MATCH (a:`{start}` {{id: id}})-[r:`{type_}`]->(b:`{end}`) RETURN a.id, r, b.id"
            for source, edge, target in store.query(cypher, {"ids": own[start]}, limits=_LIMITS).rows:
                if target in graph.nx:
                    graph.connect(edge_of(source, target, {**edge, "type": edge["_type"]}))
    return graph


def _add_nodes(store: Store, graph: Graph, ids: Iterable[str]) -> dict[str, list[str]]:
    """Add the nodes of these ids to a graph, and say which there are, by label."""
    own: dict[str, list[str]] = {}
    waiting = set(ids)
    for label, kind in schema().nodes.items():
        cypher = f"UNWIND $ids AS id MATCH (n:`{label}` {{id: id}}) RETURN n"
        own[label] = []
        for (node,) in store.query(cypher, {"ids": sorted(waiting)}, limits=_LIMITS).rows:
            known = {name: node[name] for name in kind.properties if name in node and name != "id"}
            graph.add(Node(node["id"], label, known))
            own[label].append(node["id"])
        waiting.difference_update(own[label])
    return own
