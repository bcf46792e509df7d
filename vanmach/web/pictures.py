"""Pictures: the cascade of a document, or what a question gave, as the page that `vanmach view` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.responses import HTMLResponse, Response

from graph.errors import LookupFailed, WorkspaceError
from graph.model import Graph, Node, edge_of
from graph.read_back import read_back
from graph.rows import EDGE_KEY
from graph.schema import schema
from graph.store import Store
from queries import answers
from vanmach.web import interface
from vanmach.web.collection import Collection
from vanmach.web.models import Table
from viz import render_view

FRAMED = {"content-security-policy": "frame-ancestors 'self'", "x-frame-options": "SAMEORIGIN"}
"""The page says itself that it loads nothing and which script may act; pages of this application may frame it."""


MOST = 300
"""Nodes of a picture of a question."""


def view(collection: Collection, document: str) -> Response:
    """The page; it is made the first time after a change.

    Raises:
        LookupFailed: there is no such document.
        WorkspaceError: the graph is too large to be drawn while somebody waits.
    """
    interface.document(collection, document)

    def made(store: Store) -> str:
        if store.counts().get("Document", 0) > interface.JUDGED:
            hint = f"a command writes it as a file: vanmach view {document}"
            raise WorkspaceError("the collection is too large for a picture in the browser", hint)
        duties = answers.plans_owed(store, document, interface.today())
        return render_view(read_back(store), document, duties)

    return HTMLResponse(collection.remembered(("view", document, interface.today()), made), headers=FRAMED)


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


def _part(store: Store, ids: list[str]) -> Graph:
    graph = Graph()
    for label, kind in schema().nodes.items():
        cypher = f"MATCH (n:`{label}`) WHERE n.id IN $ids RETURN n ORDER BY n.id"
        for (node,) in store.query(cypher, {"ids": ids}).rows:
            known = {name: node[name] for name in kind.properties if name in node and name != "id"}
            graph.add(Node(node["id"], label, known))
    for type_, edge_kind in schema().edges.items():
        for start, end in edge_kind.between:
            cypher = (
                f"MATCH (a:`{start}`)-[r:`{type_}`]->(b:`{end}`) WHERE a.id IN $ids AND b.id IN $ids "
                f"RETURN a.id, r, b.id ORDER BY a.id, b.id, r.{EDGE_KEY}"
            )
            for source, edge, target in store.query(cypher, {"ids": ids}).rows:
                graph.connect(edge_of(source, target, {**edge, "type": edge["_type"]}))
    return graph
