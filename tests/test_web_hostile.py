"""Hostile text in every field of a graph is shown as text, and computes nothing in a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

from graph.embedded import EmbeddedStore
from graph.model import Edge, Evidence, Graph, Node
from tests.web import Web, serving
from vanmach.web.collection import Collection

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}=1+1"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A graph whose every text is hostile, without its documents."""
    graph = Graph()
    facts = {"symbol": HOSTILE, "type": HOSTILE, "title": HOSTILE, "issuer": HOSTILE, "place": HOSTILE}
    more = {"signer": HOSTILE, "names": [HOSTILE], "source": HOSTILE, "status": "ingested", "issued_on": "2024-01-02"}
    graph.add(Node("d", "Document", {**facts, **more, "search": "script alert", "level": "tỉnh"}))
    graph.add(Node("e", "Document", {**facts, **more, "search": "script alert", "level": HOSTILE}))
    agency = {"name": HOSTILE, "kind": HOSTILE, "place": HOSTILE, "aliases": [HOSTILE], "search": "script alert"}
    graph.add(Node("a", "Agency", agency))
    graph.add(Node("b", "Agency", agency))
    task = {
        "document": "d",
        "ordinal": 1,
        "section": HOSTILE,
        "heading": HOSTILE,
        "text": HOSTILE,
        "requires_plan": True,
    }
    graph.add(Node("d#1", "Task", {**task, "deadline_text": HOSTILE, "recurrence": HOSTILE, "deadline": "2024-02-03"}))
    for source, type_, target, more in (
        ("d", "GOM", "d#1", {}), ("d#1", "GIAO", "a", {"role": "chủ trì"}), ("d#1", "PHOI_HOP", "b", {}),
        ("d#1", "BAO_CAO", "b", {}), ("a", "BAN_HANH", "d", {}), ("e", "THUC_HIEN", "d", {}),
        ("b", "BAN_HANH", "e", {}),
    ):  # fmt: skip
        evidence = Evidence("d", 0, 5, HOSTILE, 0.9, HOSTILE, HOSTILE)
        graph.connect(Edge(source, type_, target, evidence, properties=more))
    store = EmbeddedStore(tmp_path_factory.mktemp("hostile") / "store")
    store.load(graph)
    with serving(Collection(store)) as web:
        yield web


@pytest.mark.parametrize(
    "path",
    ["/", "/picture", f"/search?text={quote(HOSTILE)}", "/search?text=script", "/documents",
     f"/documents?text={quote(HOSTILE)}&sort={quote(HOSTILE)}", "/agencies", "/documents/d", "/documents/d/text",
     "/documents/d/tasks", "/documents/d/cascade", "/documents/d/units", "/documents/d/check", "/documents/d/matrix",
     "/documents/d/matrix?by=agency", "/documents/d/timeline", "/agencies/a", "/agencies/a/plans",
     "/agencies/a/partners", "/tasks/d%231", f"/documents/{quote(HOSTILE, safe='')}",
     f"/ask?cypher={quote(HOSTILE)}", f"/ask/{quote(HOSTILE, safe='')}",
     f"/ask/documents_of_symbol?p.symbol={quote(HOSTILE)}", "/ask?cypher=MATCH%20(n:Task)%20RETURN%20n",
     f"/documents/d/matrix?by={quote(HOSTILE)}", f"/login?next={quote(HOSTILE)}", f"/?lang={quote(HOSTILE)}"],
)  # fmt: skip
def test_hostile_text_is_shown_as_text(hostile: Web, path: str) -> None:
    answer = hostile.get(path)
    assert answer.status_code in (200, 400, 404, 422)
    found = LexborHTMLParser(answer.text)
    assert found.css("script:not([src])") == []
    assert found.css("img") == []
    assert [node for node in found.css("*") if any(name.startswith("on") for name in node.attributes)] == []
    assert "49" not in found.css_first("title").text()
    if path == "/documents/d":
        assert HOSTILE in unescape(answer.text)


def test_the_view_shows_hostile_text_as_text(hostile: Web) -> None:
    assert "alert(1)" not in hostile.get("/documents/d/view").text


def test_a_file_computes_nothing(hostile: Web) -> None:
    graph_row = hostile.get("/agencies.csv").content.decode("utf-8-sig")
    assert "onerror" in graph_row
    sheet = openpyxl.load_workbook(io.BytesIO(hostile.get("/documents/d/tasks.xlsx").content)).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_without_documents_nothing_can_be_changed_and_no_text_read(hostile: Web) -> None:
    assert not hostile.json("/collection")["writable"]
    assert hostile.get("/api/v1/documents/d/text").status_code == 404
    assert "Không có nguyên văn ở đây" in hostile.get("/documents/d/text").text
