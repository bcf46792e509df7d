"""The JSON interface of `vanmach serve` gives what the commands print, and says plainly what it cannot give."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.command import vanmach
from tests.web import Web, copied, serving_folder

DIRECTIVE = "21-CT/TW"


@pytest.fixture(scope="module")
def web(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    # the commands ask another copy: one process cannot open a store twice
    with serving_folder(copied(workspace, tmp_path_factory.mktemp("web") / "workspace")) as web:
        yield web


def printed(workspace: Path, *arguments: str) -> Any:
    return vanmach(*arguments, "-w", workspace, "--format", "json").json


def test_units_are_those_of_the_command(web: Web, workspace: Path) -> None:
    found = web.json(f"/documents/{web.document(DIRECTIVE)}/units?level=huyện&limit=1000")
    expected = printed(workspace, "units", DIRECTIVE, "--level", "huyện")
    assert found["rows"] == [{**row, "holders": [], "orphaned": False} for row in expected]
    assert found["total"] == len(expected) > 0


def test_a_part_of_a_list_says_how_much_there_is(web: Web) -> None:
    path = f"/documents/{web.document(DIRECTIVE)}/units"
    whole, part = web.json(f"{path}?limit=1000"), web.json(f"{path}?offset=3&limit=2")
    assert part == {"total": whole["total"], "offset": 3, "rows": whole["rows"][3:5]}


def test_the_tree_is_that_of_the_command(web: Web, workspace: Path) -> None:
    def bare(branch: Any) -> Any:
        return branch["document"], [bare(child) for child in branch["children"]]

    found = web.json(f"/documents/{web.document(DIRECTIVE)}/trace")
    assert bare(found) == bare(printed(workspace, "trace", DIRECTIVE))


def test_findings_and_duties_are_those_of_the_command(web: Web, workspace: Path) -> None:
    at, told = f"/documents/{web.document(DIRECTIVE)}", printed(workspace, "check", DIRECTIVE)
    assert web.json(f"{at}/check?limit=1000")["rows"] == told["findings"]
    duties = web.json(f"{at}/duties?limit=1000")["rows"]
    assert duties == [{name: row[name] for name in duties[0]} for row in told["duties"]]
    severe = web.json(f"{at}/check?limit=1000&severity=warning")["rows"]
    assert 0 < len(severe) < len(told["findings"])
    assert {row["severity"] for row in severe} <= {"error", "warning"}


def test_on_a_day_they_are_those_of_the_command_too(web: Web, workspace: Path) -> None:
    at, on = f"/documents/{web.document(DIRECTIVE)}", ("--as-of", "2023-10-20")
    assert web.json(f"{at}/units?limit=1000&as_of=2023-10-20")["rows"] == printed(workspace, "units", DIRECTIVE, *on)
    told = printed(workspace, "check", DIRECTIVE, *on)
    assert web.json(f"{at}/check?limit=1000&as_of=20/10/2023")["rows"] == told["findings"]
    duties = web.json(f"{at}/duties?limit=1000&as_of=2023-10-20")["rows"]
    assert duties == [{name: row[name] for name in duties[0]} for row in told["duties"]]
    relations = web.json(f"{at}?as_of=2023-10-20")["relations"]
    assert {row["id"] for row in relations} == {
        row["id"] for row in printed(workspace, "show", DIRECTIVE, *on)["relations"]
    }


@pytest.mark.parametrize("page", ["", "/tasks", "/units", "/trace", "/check", "/duties", "/matrix", "/timeline"])
def test_there_was_no_document_before_its_day(web: Web, page: str) -> None:
    answer = web.get(f"/api/v1/documents/{web.document('120/KH-UBND')}{page}?as_of=2023-10-04")
    assert answer.status_code == 404


def test_a_day_that_is_none_is_told_in_a_line(web: Web) -> None:
    answer = web.get(f"/api/v1/documents/{web.document(DIRECTIVE)}?as_of=31/2/2024")
    assert answer.status_code == 400
    assert "as_of 31/2/2024: not a date" in answer.text


def test_facts_are_where_the_command_says(web: Web, workspace: Path) -> None:
    found = web.json(f"/documents/{web.document('120/KH-UBND')}/text")
    told = printed(workspace, "show", "120/KH-UBND", "--why")["facts"]
    top = [
        (fact["kind"], fact["value"], fact["start"], fact["end"]) for fact in found["facts"] if fact["within"] is None
    ]
    places = [(f["kind"], f["value"], f["evidence"][0]["start"], f["evidence"][0]["end"]) for f in told]
    assert top == places
    deadline = next(fact for fact in found["facts"] if fact["kind"] == "deadline")
    assert "31/3/2024" in found["text"][deadline["start"] : deadline["end"]]
    assert deadline["explanation_vi"]
    assert deadline["explanation_en"]


def test_the_matrix_counts_every_unit_once(web: Web) -> None:
    id_ = web.document(DIRECTIVE)
    by_province, by_agency = (web.json(f"/documents/{id_}/matrix?by={by}") for by in ("province", "agency"))
    counted = [
        sum(count["units"] for row in matrix["rows"] for cell in row["cells"] for count in cell["counts"])
        for matrix in (by_province, by_agency)
    ]
    assert counted[0] == counted[1] == len(by_agency["rows"]) > 0
    assert by_province["columns"] == ["tỉnh", "huyện", "xã"]


def test_the_timeline_counts_days(web: Web) -> None:
    found = web.json(f"/documents/{web.document(DIRECTIVE)}/timeline")
    assert [level["level"] for level in found["levels"]] == ["tỉnh", "huyện", "xã"]
    days = {plan["symbol"]: plan["days"] for plan in found["plans"]}
    assert days["89-KH/TU"] == 41  # from 4 May to 14 June


def test_an_agency_has_its_duties_documents_and_partners(web: Web, workspace: Path) -> None:
    (named,) = [
        a for a in web.json("/agencies?text=uy ban nhan dan huyen yen dung")["rows"]
        if a["name"] == "Ủy ban nhân dân huyện Yên Dũng"
    ]  # fmt: skip
    found = web.json(f"/agencies/{named['id']}")
    assert {document["symbol"] for document in found["documents"]} == {"120/KH-UBND"}
    assert {duty["name"] for duty in found["duties"]} == {duty["symbol"] for duty in found["duties"]}
    told = [{name: value for name, value in duty.items() if name != "name"} for duty in found["duties"]]
    assert told == printed(workspace, "duties", named["id"])
    assert all(partner["tasks"] > 0 for partner in found["partners"])


def test_a_task_has_its_line_up_and_down(web: Web) -> None:
    tasks = web.json(f"/documents/{web.document('120/KH-UBND')}/tasks")["rows"]
    task = next(task for task in tasks if task["requires_plan"])
    found = web.json(f"/tasks/{quote(task['id'], safe='')}")
    assert found["document"]["symbol"] == "120/KH-UBND"
    assert {child["document"]["level"] for child in found["down"]["children"]} == {"xã"}
    assert "41/KH-UBND" in {child["document"]["symbol"] for child in found["up"]["children"]}


def test_the_collection_says_how_complete_it_is(web: Web) -> None:
    found = web.json("/collection")
    assert found["counts"]["Document"] == 22
    assert {level["level"]: level["ingested"] for level in found["levels"]}["xã"] == 6
    assert DIRECTIVE in {document["symbol"] for document in found["directives"]}
    assert found["writable"]


def test_search_finds_documents_and_agencies_without_diacritics(web: Web) -> None:
    found = web.json("/search?text=phong lao dong yen dung")
    assert found["documents"]["rows"] == []
    assert "Phòng Lao động - Thương binh và Xã hội huyện Yên Dũng" in {a["name"] for a in found["agencies"]["rows"]}


def test_a_ready_question_and_cypher_give_rows(web: Web) -> None:
    ready = web.post("/queries/documents_of_symbol", {"symbol": DIRECTIVE}).json()
    assert [row[ready["columns"].index("symbol")] for row in ready["rows"]] == [DIRECTIVE]
    asked = {
        "cypher": "MATCH (d:Document {symbol: $symbol}) RETURN d.type AS type",
        "parameters": {"symbol": DIRECTIVE},
    }
    assert web.post("/cypher", asked).json() == {"columns": ["type"], "rows": [["Chỉ thị"]]}


WRONG = {
    "no document": ("GET", "/documents/none", None, 404, "LookupFailed"),
    "no agency": ("GET", "/agencies/none", None, 404, "LookupFailed"),
    "no task": ("GET", "/tasks/none%231", None, 404, "LookupFailed"),
    "no text": ("GET", "/documents/none/text", None, 404, "LookupFailed"),
    "no role": ("GET", "/documents/none/units?role=boss", None, 400, "QueryParameterError"),
    "no number": ("GET", "/documents?limit=many", None, 422, "InvalidRequest"),
    "no query": ("POST", "/queries/none", {}, 400, "QueryFileError"),
    "no parameter": ("POST", "/queries/units_implementing", {}, 400, "QueryParameterError"),
    "no Cypher": ("POST", "/cypher", {"cypher": "MATCH (n RETURN n"}, 400, "QuerySyntaxError"),
    "a write": ("POST", "/cypher", {"cypher": "CREATE (n:Document {id: 'x'}) RETURN n"}, 403, "QueryRefused"),
    "a file": ("POST", "/cypher", {"cypher": "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"}, 403, "QueryRefused"),
    "a file of Cypher": ("POST", "/cypher", {"cypher": "/tmp/x.cypher"}, 400, "QuerySyntaxError"),
    "too many rows": (
        "POST", "/cypher", {"cypher": "UNWIND range(1, 900000) AS x RETURN x"}, 422, "QueryLimit",
    ),
    "no JSON": ("POST", "/cypher", None, 422, "InvalidRequest"),
    "nothing there": ("GET", "/nothing", None, 404, "HTTPException"),
}  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "status", "kind"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_a_problem_with_a_next_step(
    web: Web, method: str, path: str, body: Any, status: int, kind: str
) -> None:
    answer = web.client.request(method, f"/api/v1{path}", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["type"], told["status"]) == (kind, status)
    assert told["title"]
    assert told["detail"]


PAGE = (Path(__file__).parent.parent / "docs" / "web.md").read_text("utf-8")
SHOWN = re.findall(r"```http\nGET (\S[^\n]*)\n```\n\n```json\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("asked", "answer"), SHOWN, ids=[asked for asked, _ in SHOWN])
def test_what_the_documentation_shows_is_what_is_answered(web: Web, asked: str, answer: str) -> None:
    assert web.get(asked).json() == json.loads(answer)


def test_the_documentation_names_every_address_of_the_interface(web: Web) -> None:
    described = {path.removeprefix("/api/v1") for path in web.json("/openapi.json")["paths"]}
    last_parts = {re.sub(r"^.*(/[a-z]+)(?:/\{\w+\})?$", r"\1", path) for path in described}
    assert len(last_parts) > 15
    assert [part for part in sorted(last_parts) if f"{part}" not in PAGE] == []
