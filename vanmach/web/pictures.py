"""Pictures: a document's cascade, the whole collection, or what a question gave, as the page of `vanmach view`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse, Response

from graph.errors import LookupFailed
from graph.model import Graph, Node, edge_of
from graph.schema import schema
from graph.store import Limits, Store
from ingest.rules import rule_in_words
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


@dataclass(frozen=True, slots=True)
class _Part:
    """What a picture is drawn of: a part of the graph, who owes a plan, which of its nodes are shown (None: all)."""

    graph: Graph
    owed: Sequence[Row]
    ids: Set[str] | None = None


def view(collection: Collection, document: str, asked: Extent) -> Response:
    """The page of a document's cascade; it is made the first time after a change.

    Raises:
        LookupFailed: there is no such document.
        QueryParameterError: its cascade has no such level or province.
    """
    version = collection.version  # what follows may be asked of several, and then nobody asks for it again
    choice = choices(collection, document, asked)
    owed = interface.plans_owed(collection, document)  # the same for every extent
    members = _below(collection, document)

    def made() -> str:
        below = [one for one in members if choice.chosen.holds(*one[1:])][: choice.shown]
        with collection.reading() as store:
            above = _reach(collection, store, document, _UP)
            part = _in_extent(store, {one[0] for one in (*above, *below)}, choice, owed)
        return render_view(part.graph, document, part.owed, within=part.ids, rules=rule_in_words)

    key = ("view", version, document, interface.day_of(collection), choice.chosen)
    return HTMLResponse(collection.made_of_answers(key, made), headers=FRAMED)


def choices(collection: Collection, document: str, asked: Extent) -> Choice:
    """In which extents the cascade of a document can be shown.

    Raises:
        LookupFailed, QueryParameterError: see `view`.
    """
    interface.document(collection, document)
    return choose(Counter((level, place) for _, level, place in _below(collection, document)), asked)


def _below(collection: Collection, document: str) -> list[_Member]:
    return collection.remembered(("cascade", document), lambda store: _reach(collection, store, document, _DOWN))


def _reach(collection: Collection, store: Store, document: str, step: str) -> list[_Member]:
    """A document and all that implement it, or that it implements, and were there on the day, with level and place; the
    nearest first.

    Raises:
        LookupFailed: there is no such document, or no more.
    """
    day = collection.day
    cypher = f"""UNWIND $ids AS id MATCH {step} WHERE {_there("other", day)}
                 RETURN DISTINCT other.id, other.level, other.place ORDER BY other.id"""
    top = interface.document_facts(collection, store, document)
    found: dict[str, _Member] = {document: (document, top["level"], top["place"])}
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
    version = collection.version
    choice = choices_of_collection(collection, asked)
    owed = interface.plans_owed(collection) if choice.total <= interface.JUDGED else ()

    def made() -> str:
        with collection.reading() as store:
            if choice.chosen == Extent():
                labels = (store.query(f"MATCH (n:`{label}`) RETURN n.id", limits=_LIMITS).rows for label in DRAWN)
                part = _Part(_graph(store, [row[0] for rows in labels for row in rows]), owed)
            else:
                part = _in_extent(store, _documents(store, choice, collection.day), choice, owed)
        # laid out when the graph may change again
        day = None if part.ids else collection.day
        return render_view(part.graph, None, part.owed, day, part.ids, rule_in_words)

    key = ("view", version, None, interface.day_of(collection), choice.chosen)
    return HTMLResponse(collection.made_of_answers(key, made), headers=FRAMED)


def choices_of_collection(collection: Collection, asked: Extent) -> Choice:
    """In which extents the collection can be shown.

    Raises:
        QueryParameterError: see `view_of_collection`.
    """
    cypher = f"MATCH (d:Document) WHERE {_there('d', collection.day)} RETURN d.level, d.place, count(*)"
    given = {"day": collection.day}
    counted = collection.remembered(("homes",), lambda store: store.query(cypher, given, limits=_LIMITS).rows)
    return choose({(level, place): number for level, place, number in counted}, asked)


def _there(name: str, day: str | None) -> str:
    """Cypher for a document that is not known to have been issued after $day, as far as both are told."""
    if day is None:
        return "true"
    return f"""NOT coalesce(left({name}.issued_on, coalesce(size($day), 10))
                            > left($day, coalesce(size({name}.issued_on), 10)), false)"""


def _documents(store: Store, choice: Choice, day: str | None) -> set[str]:
    """The documents of an extent of the collection, as many as it shows: from the top down, what is here first."""
    cypher = f"""MATCH (d:Document) WHERE d.level = $level AND {_there("d", day)}
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


def _in_extent(store: Store, documents: set[str], choice: Choice, all_owed: Iterable[Row]) -> _Part:
    owed = [row for row in all_owed if row["source"] in documents and choice.chosen.holds(row["level"], row["place"])]
    parts = _others(store, documents, [f"(:Document {{id: id}})-[:{'|'.join(PARTS)}]->(other)"])
    duties = [f"(:`{label}` {{id: id}})-[:{'|'.join(DUTIES)}]->(other)" for label in ("Task", "Target")]
    agencies = _others(store, parts, duties)
    agencies |= _others(store, documents, ["(:Document {id: id})<-[:BAN_HANH]-(other:Agency)"])
    agencies |= {row["agency_id"] for row in owed if row["agency_id"]}
    ids = documents | parts | agencies
    graph = _graph(store, ids)
    # what passages were read in is named, be it shown or not
    read_in: set[str] = {said["doc"] for _, _, said in graph.nx.edges(data=True) if "doc" in said}
    read_in |= {passage["doc"] for row in owed for passage in row["evidence"]}
    _add_nodes(store, graph, read_in.difference(graph.nx))
    return _Part(graph, owed, ids)


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
        graph = _graph(store, ids)
    if not len(graph):
        raise LookupFailed("no node of the graph is in this result", "return nodes, or their ids")
    return HTMLResponse(render_view(graph, rules=rule_in_words), headers=FRAMED)


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


def _graph(store: Store, ids: Iterable[str]) -> Graph:
    """The nodes of these ids and the edges between them; an id that nothing has is left out."""
    graph = Graph()
    own = _add_nodes(store, graph, ids)
    for type_, edge_kind in schema().edges.items():
        names = (*edge_kind.properties, *schema().evidence, *schema().structural)
        for start, end in edge_kind.between:
            if not own[start] or not own[end]:
                continue
            cypher = f"""UNWIND $ids AS id MATCH (a:`{start}` {{id: id}})-[r:`{type_}`]->(b:`{end}`)
                         RETURN a.id, b.id, {_listed("r", names)}"""
            for source, target, *values in store.query(cypher, {"ids": own[start]}, limits=_LIMITS).rows:
                if target in graph.nx:
                    graph.connect(edge_of(source, target, {**_known(names, values), "type": type_}))
    return graph


def _listed(name: str, properties: Iterable[str]) -> str:
    """Cypher for these properties, one by one: whole nodes and edges take several times as long to come."""
    return ", ".join(f"{name}.`{one}`" for one in properties)


def _known(names: Iterable[str], values: Iterable[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _add_nodes(store: Store, graph: Graph, ids: Iterable[str]) -> dict[str, list[str]]:
    """Add the nodes of these ids to a graph, and say which there are, by label."""
    own: dict[str, list[str]] = {}
    waiting = set(ids)
    for label, kind in schema().nodes.items():
        names = [name for name in kind.properties if name != "id"]
        cypher = f"UNWIND $ids AS id MATCH (n:`{label}` {{id: id}}) RETURN n.id, {_listed('n', names)}"
        own[label] = []
        for id_, *values in store.query(cypher, {"ids": sorted(waiting)}, limits=_LIMITS).rows:
            graph.add(Node(id_, label, _known(names, values)))
            own[label].append(id_)
        waiting.difference_update(own[label])
    return own
