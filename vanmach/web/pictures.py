"""The cascade of a document as the page that `vanmach view` writes."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from graph.read_back import read_back
from graph.store import Store
from queries import answers
from vanmach.web import interface
from vanmach.web.collection import Collection
from viz import render_view

FRAMED = {"content-security-policy": "frame-ancestors 'self'", "x-frame-options": "SAMEORIGIN"}
"""The page says itself that it loads nothing and which script may act; pages of this application may frame it."""


def view(collection: Collection, document: str) -> Response:
    """The page; the first time after a change it is made, which takes a while where the graph is large.

    Raises:
        LookupFailed: there is no such document.
    """
    interface.document(collection, document)

    def made(store: Store) -> str:
        duties = answers.plans_owed(store, document, interface.today())
        return render_view(read_back(store), document, duties)

    return HTMLResponse(collection.remembered(("view", document, interface.today()), made), headers=FRAMED)
