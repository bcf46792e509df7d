"""The pages for questions: the ready ones as forms, Cypher of one's own, as a table, a picture or a file."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest

from graph.store import Limits
from queries.files import catalogue
from tests.web import Web, copied, serving_folder
from tests.web_page import data_in, page, texts
from vanmach.web import choices, questions
from vanmach.web import collection as collections
from vanmach.web import words as web_words

DIRECTIVE = "21-CT/TW"


@pytest.fixture(scope="module")
def web(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving_folder(copied(workspace, tmp_path_factory.mktemp("questions") / "workspace")) as web:
        yield web


def test_every_question_has_words_in_both_languages() -> None:
    vi, en = (web_words.words(language) for language in ("vi", "en"))
    for name, query in catalogue().items():
        assert vi.question(name) != en.question(name) != name
        assert vi.asks(name, query.doc) != query.doc
        named = {f"`{one}`": en.parameter(one) for one in query.parameters}
        named |= {f"`{column}`": en.column(column) for column in query.returns}
        as_pages_name_it = query.doc
        for one in re.findall("`[^`]+`", query.doc):
            as_pages_name_it = as_pages_name_it.replace(one, f"“{named.get(one, one[1:-1])}”")
        assert en.asks(name, query.doc) == as_pages_name_it
        for parameter in query.parameters.values():
            assert vi.parameter(parameter.name) != en.parameter(parameter.name) != parameter.name
            assert vi.meaning(parameter.name, parameter.meaning) != parameter.meaning
        assert [column for column in query.returns if vi.column(column) == column] == []


def test_an_english_form_says_that_it_takes_more_than_an_id(web: Web) -> None:
    means = texts(page(web, "/ask/units_implementing?lang=en"), "#m-document")
    assert means == ["symbol, words of the title, or id of the document at the top"]
    page(web, "/?lang=vi")


def test_a_question_is_called_in_the_readers_language(web: Web) -> None:
    assert "Đơn vị thực hiện" in texts(page(web, "/ask"), ".results a")
    found = page(web, "/ask/units_implementing?lang=en")
    assert (texts(found, "h1"), texts(found, "label[for=p-level]")) == (
        ["Units that implement"],
        ["Level (may be left out)"],
    )
    page(web, "/?lang=vi")


def test_a_ready_question_is_a_form_with_its_answer(web: Web) -> None:
    form = page(web, "/ask/units_implementing")
    fields = form.css("form.sheet [name]")
    assert [(one.tag, one.attributes["name"], one.attributes.get("type")) for one in fields] == [
        ("input", "p.document", None),
        ("select", "p.role", None),
        ("select", "p.level", None),
        ("input", "p.as_of", "date"),
    ]
    assert form.css("table") == []
    asked = f"/ask/units_implementing?p.document={quote('Chỉ thị 21')}&p.level=huy%E1%BB%87n&p.role="
    found = page(web, asked)
    assert int(re.findall(r"\d+", texts(found, ".count")[0])[0]) > 10
    rows = json.loads(web.get(asked.replace("?", ".json?")).text)
    assert {row["level"] for row in rows} == {"huyện"}


GIVEN = {"document": DIRECTIVE, "agency": "Ủy ban nhân dân huyện Yên Dũng", "section": "1", "symbol": DIRECTIVE}
RAW = re.compile(r"[0-9a-f]{10}\b|\{|\btrue\b|\bfalse\b|\b[A-Z]+_[A-Z]+\b|\d{4}-\d\d-\d\d")
"""An id, JSON, a type of the model, a day as it is stored."""


@pytest.mark.parametrize("name", [name for name, query in catalogue().items() if name not in ("holdings", "stand_ins")])
def test_the_answer_to_a_ready_question_is_in_words(web: Web, name: str) -> None:
    given = {**GIVEN, "node": web.document("120/KH-UBND")}
    parameters = [one.name for one in catalogue()[name].parameters.values() if not one.optional]
    found = page(web, f"/ask/{name}?" + "&".join(f"p.{one}={quote(given[one])}" for one in parameters))
    assert found.css("form.tools")
    assert [cell for cell in texts(found, "tbody td") if RAW.search(cell)] == []


def test_an_answer_leads_to_the_pages_of_what_is_in_it(web: Web) -> None:
    plan = web.document("120/KH-UBND")
    around = page(web, f"/ask/neighbourhood?p.node={plan}")
    ways = {str(a.attributes["href"]).split("/")[1] for a in around.css("tbody a")}
    assert ways == {"documents", "agencies", "tasks", "targets"}
    assert "được thực hiện bởi" in texts(around, "tbody td")
    units = page(web, f"/ask/units_implementing?p.document={plan}")
    (cell,) = {" ".join(node.text().split()) for node in units.css("td.list a") if node.text().strip() == "120/KH-UBND"}
    assert (cell, "không" in texts(units, "tbody td")) == ("120/KH-UBND", True)


def test_an_edge_is_told_by_its_kind_and_quote(web: Web) -> None:
    cypher = quote("MATCH (:Document {symbol: '120/KH-UBND'})-[r:THUC_HIEN]->() RETURN r LIMIT 1")
    (cell,) = texts(page(web, f"/ask?cypher={cypher}"), "tbody td")
    assert cell.startswith("thực hiện: “Thực hiện Kế hoạch số 41/KH-UBND")


def test_cypher_gives_a_table_a_picture_and_files(web: Web) -> None:
    cypher = quote("MATCH (d:Document)-[r:THUC_HIEN]->(u:Document) RETURN d, u, d.issued_on AS day")
    found = page(web, f"/ask?cypher={cypher}&sort=day")
    assert len(found.css("tbody tr")) == 21
    assert str(found.css_first("tbody a").attributes["href"]).startswith("/documents/")
    picture = page(web, f"/ask?cypher={cypher}&as=picture").css_first("iframe").attributes["src"]
    assert "120/KH-UBND" in data_in(web.get(str(picture)).text)
    sheet = openpyxl.load_workbook(io.BytesIO(web.get(f"/ask.xlsx?cypher={cypher}").content)).active
    assert sheet is not None
    assert sheet.max_row == 22


@pytest.mark.parametrize(
    ("cypher", "status", "says"),
    [
        ("MATCH (n RETURN n", 400, "Câu Cypher viết chưa đúng"),
        ("MATCH (n) DETACH DELETE n", 403, "Hãy hỏi bằng MATCH"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", 403, "Hãy hỏi bằng MATCH"),
        ("UNWIND range(1, 100000) AS x RETURN x", 422, "hơn 5000 dòng"),
    ],
)
def test_what_is_wrong_with_a_question_stands_beside_it(web: Web, cypher: str, status: int, says: str) -> None:
    answer = web.get(f"/ask?cypher={quote(cypher)}")
    assert (answer.status_code, says in answer.text) == (status, True)
    assert cypher in unescape(answer.text)


def test_a_question_that_never_ends_is_given_up_and_others_are_answered(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "QUERY_LIMITS", Limits(seconds=1.0, rows=100))
    endless = quote("UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN count(*)")
    answer = web.get(f"/ask?cypher={endless}")
    assert (answer.status_code, "quá 1 giây" in answer.text) == (422, True)
    assert web.get("/documents").status_code == 200


def test_only_a_few_questions_of_peoples_own_are_answered_at_once(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "PATIENCE", 0.1)
    with ExitStack() as stack:
        for _ in range(collections.OWN_QUESTIONS):
            stack.enter_context(web.collection.asking())
        answer = web.get("/ask?cypher=RETURN%201%20AS%20one")
        assert (answer.status_code, "quá nhiều câu hỏi" in answer.text) == (503, True)
        assert web.get("/documents").status_code == 200
    assert web.get("/ask?cypher=RETURN%201%20AS%20one").status_code == 200


def test_a_question_offers_what_is_in_the_collection(web: Web) -> None:
    form = page(web, f"/ask/units_implementing?p.document={quote(DIRECTIVE)}&p.level=xã")
    assert texts(form, "#p-level option") == ["(không chọn)", "trung ương", "tỉnh", "huyện", "xã", "cơ sở"]
    assert texts(form, "#p-level option[selected]") == ["xã"]
    assert texts(page(web, "/ask/units_implementing?lang=en"), "#p-role option")[1:] == [
        "leads",
        "does",
        "follows",
        "takes part",
    ]
    page(web, "/?lang=vi")
    offered = {str(one.attributes["value"]): str(one.attributes["label"]) for one in form.css("#l-document option")}
    assert form.css_first("#p-document").attributes["list"] == "l-document"
    assert offered[DIRECTIVE].endswith("Ban Bí thư Trung ương Đảng")
    agencies = [one.attributes["value"] for one in page(web, "/ask/tasks_of_agency").css("#l-agency option")]
    assert len(agencies) == len(set(agencies)) == min(choices.MOST, web.json("/agencies?limit=1")["total"])


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_whatever_a_question_offers_can_be_asked(web: Web, name: str) -> None:
    form = page(web, f"/ask/{name}")
    given = {}
    for node in form.css("form.sheet [name]"):
        offered = [*node.css("option"), *form.css(f"#{node.attributes.get('list')} option")]
        typed = "2024-06-01" if node.attributes.get("type") == "date" else "I"
        given[node.attributes["name"]] = offered[-1].attributes["value"] if offered else typed
    answer = web.client.get(f"/ask/{name}", params=given)
    assert answer.status_code == 200, answer.text


def test_a_day_that_is_known_in_part_stays_as_it_was_asked(web: Web) -> None:
    field = page(web, f"/ask/units_implementing?p.document={quote(DIRECTIVE)}&p.as_of=2023-10").css_first("#p-as_of")
    assert (field.attributes.get("type"), field.attributes["value"]) == (None, "2023-10")


def test_the_answer_names_documents_and_agencies_and_leads_to_them(web: Web) -> None:
    asked = f"/ask/missing_plans?p.document={quote(DIRECTIVE)}&p.status=mọi"
    found = page(web, asked)
    headings = texts(found, "thead th")
    assert "Mã cơ quan" not in headings and "Cơ quan" in headings
    cells = {str(a.attributes["href"]).split("/")[1]: a.text() for a in found.css("tbody a")}
    assert not any(re.search(r"-[0-9a-f]{10}$", text) for text in cells.values())
    assert set(cells) >= {"documents", "agencies"}
    assert json.loads(web.get(asked.replace("?", ".json?")).text)[0]["agency_id"], "the file has the id"
