"""Pictures: a document's cascade, the whole collection, or what a question gave, as the page of `vanmach view`."""

from __future__ import annotations

from collections import Counter
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
from vanmach.web.extents import Choice, Extent, choose
from vanmach.web.models import Table
from viz import render_view
from viz.cascade import CASCADE, DRAWN, DUTIES, PARTS
from viz.duties import Row

FRAMED = {"content-security-policy": "frame-ancestors 'self'", "x-frame-options": "SAMEORIGIN"}
"""The page says itself that it loads nothing and which script may act; pages of this application may frame it."""


MOST = 300
"""Nodes of a picture of a question."""

_LIMITS = Limits(seconds=60, rows=1_000_000)
_STEP = "|".join(CASCADE)
_UP = f"(:Document {{id: id}})-[:{_STEP}]->(other:Document)"
_DOWN = f"(:Document {{id: id}})<-[:{_STEP}]-(other:Document)"

_Member = tuple[str, str | None, str | None]  # a document's id, level and place


def view(collection: Collection, document: str, asked: Extent) -> Response:
    """The page of a document's cascade; it is made the first time after a change.

    Raises:
        LookupFailed: there is no such document.
        QueryParameterError: its cascade has no such level or province.
    """
    choice = choices(collection, document, asked)
    day = interface.day_of(collection)
    # the same for every extent
    owed = collection.remembered(("owed", document, day), lambda store: answers.plans_owed(store, document, day))

    def made(store: Store) -> str:
        below = [one for one in _below(collection, document) if choice.chosen.holds(*one[1:])][: choice.shown]
        above = _reach(store, document, _UP, collection.day)
        return _drawn(store, document, {one[0] for one in (*above, *below)}, choice, owed)

    return HTMLResponse(collection.remembered(("view", document, day, choice.chosen), made), headers=FRAMED)


def choices(collection: Collection, document: str, asked: Extent) -> Choice:
    """In which extents the cascade of a document can be shown.

    Raises:
        LookupFailed, QueryParameterError: see `view`.
    """
    interface.document(collection, document)
    return choose(Counter((level, place) for _, level, place in _below(collection, document)), asked)


def _below(collection: Collection, document: str) -> list[_Member]:
    day = collection.day
    return collection.remembered(("cascade", document), lambda store: _reach(store, document, _DOWN, day))


def _reach(store: Store, document: str, step: str, day: str | None) -> list[_Member]:
    """A document and all that implement it, or that it implements, and were there on the day, with level and place; the
    nearest first.
    """
    cypher = f"""UNWIND $ids AS id MATCH {step} WHERE {_there("other")}
                 RETURN DISTINCT other.id, other.level, other.place ORDER BY other.id"""
    (top,) = store.query(
        "MATCH (d:Document {id: $id}) RETURN d.id, d.level, d.place", {"id": document}, limits=_LIMITS
    ).rows
    found: dict[str, _Member] = {document: (top[0], top[1], top[2])}
    waiting = [document]
    while waiting:
        rows = store.query(cypher, {"ids": waiting, "day": day}, limits=_LIMITS).rows
        new: dict[str, _Member] = {row[0]: (row[0], row[1], row[2]) for row in rows if row[0] not in found}
        found |= new
        waiting = list(new)
    return list(found.values())


def view_of_collection(collection: Collection, asked: Extent) -> Response:
    """The page of everything that is there, or of a level or province of it; made the first time after a change.

    Raises:
        QueryParameterError: the collection has no such level or province.
    """
    choice = choices_of_collection(collection, asked)
    day = interface.day_of(collection)
    owed: Sequence[Row] = ()
    if choice.total <= interface.JUDGED:
        owed = collection.remembered(("owed", None, day), lambda store: answers.plans_owed(store, None, day))

    def made(store: Store) -> str:
        if choice.chosen != Extent():
            return _drawn(store, None, _documents(store, choice, collection.day), choice, owed)
        labels = (store.query(f"MATCH (n:`{label}`) RETURN n.id", limits=_LIMITS).rows for label in DRAWN)
        return render_view(_part(store, [row[0] for rows in labels for row in rows]), None, owed, collection.day)

    return HTMLResponse(collection.remembered(("view", None, day, choice.chosen), made), headers=FRAMED)


def choices_of_collection(collection: Collection, asked: Extent) -> Choice:
    """In which extents the collection can be shown.

    Raises:
        QueryParameterError: see `view_of_collection`.
    """
    cypher = f"MATCH (d:Document) WHERE {_there('d')} RETURN d.level, d.place, count(*)"
    given = {"day": collection.day}
    counted = collection.remembered(("homes",), lambda store: store.query(cypher, given, limits=_LIMITS).rows)
    return choose({(level, place): number for level, place, number in counted}, asked)


def _there(name: str) -> str:
    """Cypher for a document that is not known to have been issued after $day, as far as both are told."""
    return f"""NOT coalesce(left({name}.issued_on, coalesce(size($day), 10))
                            > left($day, coalesce(size({name}.issued_on), 10)), false)"""


def _documents(store: Store, choice: Choice, day: str | None) -> set[str]:
    """The documents of an extent of the collection, as many as it shows: from the top down, what is here first."""
    cypher = f"""MATCH (d:Document) WHERE d.level = $level AND {_there("d")}
        AND ($place IS NULL OR d.place IS NULL OR d.place = '' OR d.place = $place OR d.place ENDS WITH $within)
        RETURN d.id ORDER BY d.status DESC, d.id LIMIT $most"""
    place = choice.chosen.province
    found: set[str] = set()
    for level in choice.levels:
        if choice.chosen.holds(level, place):
            given = {
                "level": level,
                "day": day,
                "place": place,
                "within": f", {place}",
                "most": choice.shown - len(found),
            }
            found |= {row[0] for row in store.query(cypher, given, limits=_LIMITS).rows}
    return found


def _drawn(store: Store, focus: str | None, documents: set[str], choice: Choice, all_owed: Iterable[Row]) -> str:
    owed = [row for row in all_owed if row["source"] in documents and choice.chosen.holds(row["level"], row["place"])]
    parts = _others(store, documents, [f"(:Document {{id: id}})-[:{'|'.join(PARTS)}]->(other)"])
    duties = [f"(:`{label}` {{id: id}})-[:{'|'.join(DUTIES)}]->(other)" for label in ("Task", "Target")]
    agencies = _others(store, parts, duties)
    agencies |= _others(store, documents, ["(:Document {id: id})<-[:BAN_HANH]-(other:Agency)"])
    agencies |= {row["agency_id"] for row in owed if row["agency_id"]}
    ids = documents | parts | agencies
    graph = _part(store, ids)
    # what passages were read in is named, be it shown or not
    read_in = {edge.evidence.doc for edge in graph.edges() if edge.evidence is not None}
    read_in |= {passage["doc"] for row in owed for passage in row["evidence"]}
    _add_nodes(store, graph, read_in.difference(graph.nx))
    return render_view(graph, focus, owed, within=ids)


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
