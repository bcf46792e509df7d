"""What the commands answer on the sample corpus, with the keys that docs/json.md promises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import vanmach, walk

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
CASES: Mapping[str, Any] = yaml.safe_load((HERE / "cases" / "cli.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def tree(workspace: Path) -> Any:
    return vanmach("trace", "21-CT/TW", "--format", "json", "-w", workspace).json


# the JSON is what docs/json.md says


def documented(section: str) -> set[str]:
    """The keys in the table of a section of docs/json.md: those in backticks in its first column."""
    text = (HERE.parent / "docs" / "json.md").read_text("utf-8")
    (body,) = re.findall(rf"^(?:## `vanmach|\*\*){section}.*?(?=^## |^\*\*|\Z)", text, re.MULTILINE | re.DOTALL)
    return {key for cell in re.findall(r"^\| (`.+?) \|", body, re.MULTILINE) for key in re.findall(r"`(\w+)`", cell)}


def test_the_documentation_names_the_keys_of_the_issue() -> None:
    assert documented("evidence") >= {"doc", "start", "end", "quote"}
    assert documented(" units") >= {"agency", "level", "place", "role", "tasks", "documents", "evidence"}
    assert documented(" trace") >= {"document", "edge", "tasks", "children"}
    assert documented("findings") >= {"check", "severity", "agency", "status", "source", "deadline", "evidence"}


def test_units_have_the_documented_keys(workspace: Path) -> None:
    rows = vanmach("units", "21-CT/TW", "--as-of", "2025-07-01", "--format", "json", "-w", workspace).json
    assert rows
    for row in rows:
        assert set(row) == documented(" units")
        assert row["tasks"] > 0 and row["documents"] and row["evidence"]
        assert all(set(passage) == documented("evidence") for passage in row["evidence"])


def test_the_tree_has_the_documented_keys(tree: Any) -> None:
    facts = {"id", "symbol", "type", "issuer", "issued_on", "level", "place", "status", "title"}
    for branch, above in walk(tree):
        assert set(branch) == documented(" trace")
        assert set(branch["document"]) == facts
        assert all({"id", "section", "text", "leads", "coordinators", "deadline"} <= set(t) for t in branch["tasks"])
        if above is None:
            assert branch["edge"] is None
        else:
            assert branch["edge"]["type"] == "THUC_HIEN"
            assert all(set(passage) == documented("evidence") for passage in branch["edge"]["evidence"])


def test_findings_have_the_documented_keys(workspace: Path) -> None:
    found = vanmach("check", "21-CT/TW", "--format", "json", "-w", workspace).json
    assert found["summary"] and found["provinces"] and found["tasks"]
    for part in ("findings", "duties"):
        assert found[part]
        assert all(set(row) == documented(part) for row in found[part])
    assert {key for part in ("summary", "provinces") for row in found[part] for key in row} == documented("summary")


def test_every_passage_stands_in_the_text_that_it_was_read_in(workspace: Path, tree: Any) -> None:
    passages = [p for branch, _ in walk(tree) if branch["edge"] for p in branch["edge"]["evidence"]]
    units = vanmach("units", "21-CT/TW", "--format", "json", "-w", workspace).json
    findings = vanmach("check", "--format", "json", "-w", workspace).json["findings"]
    passages += [p for row in (*units, *findings) for p in row["evidence"]]
    for passage in passages:
        text = (workspace / "documents" / passage["doc"] / "text.txt").read_text("utf-8")
        found = " ".join(text[passage["start"] : passage["end"]].split())
        assert found
        assert found in " ".join(passage["quote"].split()) or passage["quote"] in found


# what they answer


def test_the_tree_goes_from_the_centre_to_the_communes(tree: Any) -> None:
    assert (tree["document"]["symbol"], tree["document"]["level"]) == ("21-CT/TW", "trung ương")
    links = [[b["document"]["symbol"], above["document"]["symbol"]] for b, above in walk(tree) if above]
    assert [link for link in CASES["tree"] if link not in links] == []
    assert {b["document"]["level"] for b, _ in walk(tree)} == {"trung ương", "tỉnh", "huyện", "xã"}


def test_the_table_of_trace_is_a_tree_with_quotes(workspace: Path, tree: Any) -> None:
    printed = vanmach("trace", "21-CT/TW", "-w", workspace).out
    assert printed.startswith("21-CT/TW  Ban Bí thư Trung ương Đảng")
    for branch, above in walk(tree):
        assert f"{branch['document']['symbol']}  {branch['document']['issuer']}" in printed
        assert above is None or "└── " in printed
    links = {(above["document"]["id"], branch["document"]["id"]) for branch, above in walk(tree) if above}
    assert printed.count("“") == len(links)  # what stands below a document that implements several is drawn once


def test_trace_goes_up(workspace: Path) -> None:
    up = vanmach("trace", "74/KH-UBND", "--up", "--format", "json", "-w", workspace).json
    assert [b["document"]["symbol"] for b, _ in walk(up)][:3] == ["74/KH-UBND", "75-CTr/TU", "21-CT/TW"]


def test_trace_follows_one_task(workspace: Path) -> None:
    district = "120/KH-UBND huyện Yên Dũng ngày 05/10/2023"
    shown = vanmach("show", district, "--format", "json", "-w", workspace).json
    section = next(task["section"] for task in shown["tasks"] if task["requires_plan"])
    way = vanmach("trace", district, "--task", section, "--format", "json", "-w", workspace).json
    assert way["tasks"] and all(task["section"].startswith(section) for task in way["tasks"])
    assert {b["document"]["symbol"] for b, above in walk(way) if above} >= {"85/KH-UBND", "64/KH-UBND", "102/KH-UBND"}


@pytest.mark.parametrize(
    ("option", "column", "value"),
    [("--role", "role", "chủ trì"), ("--role", "role", "phối hợp"), ("--level", "level", "huyện")],
)
def test_units_are_narrowed_down(workspace: Path, option: str, column: str, value: str) -> None:
    everything = vanmach("units", "21-CT/TW", "--format", "json", "-w", workspace).json
    typed = unicodedata.normalize("NFD", value)
    narrowed = vanmach("units", "21-CT/TW", option, typed, "--format", "json", "-w", workspace).json
    assert narrowed and narrowed == [row for row in everything if row[column] == value]


def test_check_finds_what_is_late_and_what_is_missing(workspace: Path) -> None:
    rows = vanmach("check", "21-CT/TW", "--format", "json", "-w", workspace).json["findings"]
    plans = [row for row in rows if row["check"] == "missing_plans"]
    found = {(re.sub(r" huyện Yên Dũng.*", "", row["agency"]), row["status"]) for row in plans}
    assert ("Ủy ban nhân dân xã Đồng Phúc", "chậm") in found
    assert ("Ủy ban nhân dân thị trấn Tân An", "không rõ") in found
    assert not [agency for agency, _ in found if agency.endswith(("Nham Biền", "Tiến Dũng", "Yên Lư", "Hương Gián"))]


def test_show_lists_facts_relations_and_tasks(workspace: Path) -> None:
    shown = vanmach("show", "120/KH-UBND Yên Dũng", "--format", "json", "-w", workspace).json
    assert set(shown) == {"document", "relations", "tasks"}
    assert shown["document"]["issuer"] == "Ủy ban nhân dân huyện Yên Dũng"
    assert len(shown["tasks"]) == shown["document"]["tasks"] > 0
    rows = vanmach("show", shown["document"]["id"], "--format", "csv", "-w", workspace).rows
    assert [row["text"] for row in rows] == [task["text"] for task in shown["tasks"]]
    printed = vanmach("show", shown["document"]["id"], "-w", workspace).out
    assert "→ thực hiện" in printed and "← thực hiện" in printed


def facts_of(shown: Any) -> Iterator[Any]:
    for fact in shown:
        yield fact
        yield from facts_of(fact["facts"])


def test_why_explains_every_fact(workspace: Path) -> None:
    shown = vanmach("show", "120/KH-UBND Yên Dũng", "--why", "--format", "json", "-w", workspace).json
    facts = list(facts_of(shown["facts"]))
    assert {fact["kind"] for fact in facts} >= {
        "header", "recipient", "document", "relation", "task", "lead", "coordinator", "report_to", "deadline", "target"
    }  # fmt: skip
    text = (workspace / "documents" / shown["document"]["id"] / "text.txt").read_text("utf-8")
    for fact in facts:
        assert set(fact) == documented(" show") - {"document", "relations", "tasks", "before", "fact", "after"}
        (evidence,) = fact["evidence"]
        assert set(evidence) == documented("evidence")
        assert fact["passage"]["fact"] == " ".join(text[evidence["start"] : evidence["end"]].split())
        assert all(fact["explanation"].values())
    rows = vanmach("show", "120/KH-UBND Yên Dũng", "--why", "--format", "csv", "-w", workspace).rows
    assert [(row["kind"], row["value"]) for row in rows] == [(fact["kind"], fact["value"]) for fact in facts]


def test_why_marks_the_fact_in_its_sentence(workspace: Path) -> None:
    printed = vanmach("show", "120/KH-UBND Yên Dũng", "--why", "-w", workspace, width=300).out
    assert "“Số: ‹120/KH-UBND› CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”\n" in printed
    assert "number line, 0.95: Dòng ghi số, ký hiệu ở đầu văn bản.\n" in printed


@pytest.mark.parametrize(("no_colour", "marked"), [("", "\x1b[30;43m120/KH-UBND\x1b[0m"), ("1", "‹120/KH-UBND›")])
def test_why_marks_in_colour_where_there_is_colour(workspace: Path, no_colour: str, marked: str) -> None:
    terminal = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "NO_COLOR": no_colour}
    assert marked in vanmach("show", "120/KH-UBND Yên Dũng", "--why", "-w", workspace, **terminal).out


def test_why_of_one_task(workspace: Path) -> None:
    shown = vanmach("show", "120/KH-UBND", "--why", "--task", "III", "--format", "json", "-w", workspace).json
    tasks = vanmach("show", "120/KH-UBND", "--task", "III", "--format", "json", "-w", workspace).json["tasks"]
    assert [fact["value"] for fact in shown["facts"]] == [task["text"] for task in tasks]
    assert tasks and all(task["section"].startswith("III.") for task in tasks)
    printed = vanmach("show", "120/KH-UBND", "--why", "--task", "IV.1", "-w", workspace).out
    assert printed.startswith("Nhiệm vụ\n  IV.1\n")


@pytest.fixture(scope="module")
def in_two_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one document of which two texts were read; the day is not printed in one of them."""
    folder = tmp_path_factory.mktemp("texts")
    text = (EXAMPLES / "bac-giang" / "huong-gian-kh-90.html").read_text("utf-8")
    (folder / "a.html").write_text(text, "utf-8")
    (folder / "b.html").write_text(re.sub(r"ngày 24 tháng 11 năm 2023", "ngày tháng 11 năm 2023", text), "utf-8")
    vanmach("ingest", folder / "a.html", folder / "b.html", "-w", folder / "w")
    return folder / "w"


def test_why_of_a_document_in_two_texts_explains_both(in_two_texts: Path) -> None:
    shown = vanmach("show", "90/KH-UBND", "--why", "--format", "json", "-w", in_two_texts).json
    docs = {evidence["doc"] for fact in facts_of(shown["facts"]) for evidence in fact["evidence"]}
    assert docs == {path.name for path in (in_two_texts / "documents").iterdir()}
    assert len(docs) == 2


def test_a_document_answers_for_what_was_read_in_its_other_text(in_two_texts: Path) -> None:
    assert vanmach("validate", "-w", in_two_texts).code == 0


def test_show_says_which_file_a_document_was_read_in(workspace: Path) -> None:
    shown = vanmach("show", "90/KH-UBND", "-w", workspace, width=200).out
    assert re.search(r"│ Nguồn +│ .*huong-gian-kh-90\.html", shown)


def test_why_of_what_is_only_cited_names_who_cites_it(tmp_path: Path) -> None:
    vanmach("ingest", EXAMPLES / "bac-giang" / "kh-41-kh-ubnd.html", "-w", tmp_path / "w")
    done = vanmach("show", "89-KH/TU", "--why", "-w", tmp_path / "w", width=200)
    first, _, listed = done.err.partition("\n")
    assert (done.code, done.out) == (1, "")
    assert first == "vanmach: 89-KH/TU is only cited: its text is not here — ask a document that cites it"
    assert "41/KH-UBND" in listed


def test_a_query_is_asked_by_name_by_file_and_as_cypher(workspace: Path, tmp_path: Path) -> None:
    by_name = vanmach("query", "documents", "-p", "text=21-CT/TW", "--format", "json", "-w", workspace).json
    cypher = "MATCH (d:Document {symbol: $symbol}) RETURN d.id AS id"
    typed = vanmach("query", cypher, "-p", "symbol=21-CT/TW", "--format", "json", "-w", workspace).json
    file = tmp_path / "mine.cypher"
    file.write_text(f"// name: mine\n// doc: Mine.\n// param: symbol  a symbol\n// returns: id\n{cypher}\n", "utf-8")
    from_file = vanmach("query", file, "-p", "symbol=21-CT/TW", "--format", "json", "-w", workspace).json
    assert typed == from_file == [{"id": "21-ct-tw-2023-05-04-b27682f5a5"}]
    assert typed[0]["id"] in [row["id"] for row in by_name]


def test_queries_lists_those_that_can_be_asked(workspace: Path) -> None:
    listed = {row["name"]: row for row in vanmach("queries", "--format", "json").json}
    assert {"documents", "units_implementing", "task_path", "tasks_of_agency", "missing_plans"} <= set(listed)
    assert all(row["doc"] and row["returns"] for row in listed.values())
    assert any(text.startswith("document: ") for text in listed["units_implementing"]["parameters"])


def test_duties_have_the_documented_keys(workspace: Path) -> None:
    rows = vanmach("duties", "Phòng Giáo dục và Đào tạo huyện Yên Dũng", "--format", "json", "-w", workspace).json
    assert rows
    assert all(set(row) == documented(" duties") for row in rows)
