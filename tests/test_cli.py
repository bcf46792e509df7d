"""The command line on the sample corpus: what each command prints, in each format, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
import typer
import yaml

from graph.serialise import FORMATS
from ingest.extract import extract as extract_record
from ingest.reading.read import read
from ingest.record import dump
from tests.command import Done, vanmach
from tests.conftest import Neo4jAddress
from tests.view_page import data_of
from vanmach.__main__ import app

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
CASES: Mapping[str, Any] = yaml.safe_load((HERE / "cases" / "cli.yaml").read_text("utf-8"))
COMMANDS = {
    "extract", "ingest", "rebuild", "documents", "show", "units", "trace", "check", "query", "queries", "view",
    "export", "push", "serve", "sparql", "validate",
}  # fmt: skip
FRAME = re.compile("[│┃|]")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, ingested."""
    place = tmp_path_factory.mktemp("cli") / "workspace"
    done = vanmach("ingest", EXAMPLES, "-w", place)
    assert (done.code, done.out) == (0, ""), done.err
    assert done.err == f"18 documents read into {place}\n"
    return place


@pytest.fixture(scope="module")
def tree(workspace: Path) -> Any:
    return vanmach("trace", "21-CT/TW", "--format", "json", "-w", workspace).json


def walk(branch: Mapping[str, Any], above: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, Any]]:
    """Each branch of a tree with the one above it."""
    yield branch, above
    for child in branch["children"]:
        yield from walk(child, branch)


def read_csv(done: Done) -> list[dict[str, str]]:
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


# the whole


def test_every_command_is_there() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    assert set(group.commands) == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_has_an_example(command: str) -> None:
    done = vanmach(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert re.search(rf"Example: vanmach {command}\b", done.out)


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]], ids=["nothing", "-h", "--help"])
def test_the_commands_are_listed(arguments: list[str]) -> None:
    done = vanmach(*arguments)
    assert (done.code, done.err) == (0, "")
    assert set(re.findall(r"^  ([a-z]+) ", done.out, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize(
    "program",
    [[str(Path(sys.executable).with_name("vanmach"))], [sys.executable, "-m", "vanmach"]],
    ids=["vanmach", "python -m vanmach"],
)
def test_the_program_runs_by_itself_and_writes_utf8_wherever_it_runs(program: list[str], workspace: Path) -> None:
    done = subprocess.run(
        [*program, "documents", "Chỉ thị", "--format", "csv", "-w", str(workspace)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert "21-CT/TW,Chỉ thị,2023-05-04,Ban Bí thư Trung ương Đảng," in done.stdout.decode("utf-8")


@pytest.mark.parametrize("format_", ["table", "json", "csv"])
def test_a_reader_that_has_had_enough_closes_the_pipe_without_a_trace(workspace: Path, format_: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "vanmach", "units", "21-CT/TW", "--format", format_, "-w", str(workspace)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()  # as `| head -0` does
        assert re.search(rb"Traceback|BrokenPipe|Exception", process.stderr.read()) is None


# how documents are named


@pytest.mark.parametrize("case", CASES["names"], ids=lambda case: case["typed"])
def test_a_document_is_found_as_people_write_it(workspace: Path, case: Mapping[str, str]) -> None:
    found = vanmach("show", case["typed"], "--format", "json", "-w", workspace).json["document"]
    assert (found["symbol"], found["issued_on"]) == (case["symbol"], case["issued_on"])


def test_a_name_in_decomposed_letters_is_the_same_name(workspace: Path) -> None:
    typed = unicodedata.normalize("NFD", "Chỉ thị số 21")
    assert vanmach("show", typed, "--format", "json", "-w", workspace).json["document"]["symbol"] == "21-CT/TW"


def test_a_document_is_found_by_its_id(workspace: Path) -> None:
    (row,) = vanmach("documents", "Hồng Bàng 231", "--format", "json", "-w", workspace).json
    for typed in (row["id"], row["id"][:-4]):
        assert vanmach("show", typed, "--format", "json", "-w", workspace).json["document"]["id"] == row["id"]


@pytest.mark.parametrize("command", ["show", "units", "trace", "check", "view"])
def test_where_several_fit_all_are_listed_and_none_is_picked(workspace: Path, tmp_path: Path, command: str) -> None:
    target = tmp_path / "page.html"
    more = ["-o", target] if command == "view" else []
    done = vanmach(command, "Kế hoạch", *more, "-w", workspace)
    assert (done.code, done.out, target.exists()) == (1, "", False)
    first, _, listed = done.err.partition("\n")
    assert re.fullmatch(r"vanmach: 'Kế hoạch' may be any of \d+ — give the id of the document that you mean", first)
    assert len(re.findall(r"^│ \S+-20\d\d-\S+ ", listed, re.MULTILINE)) > 10


@pytest.mark.parametrize("case", CASES["several"], ids=lambda case: case["typed"])
def test_the_candidates_show_what_tells_them_apart(workspace: Path, case: Mapping[str, Any]) -> None:
    done = vanmach("show", case["typed"], "-w", workspace)
    assert done.code == 1
    assert all(symbol in done.err for symbol in case["symbols"])


# rows and formats


@pytest.mark.parametrize("case", CASES["rows"], ids=lambda case: " ".join(case["run"][:2]))
def test_rows_are_the_same_in_every_format(workspace: Path, case: Mapping[str, Any]) -> None:
    where = [] if case["run"] == ["queries"] else ["-w", workspace]
    rows = read_csv(vanmach(*case["run"], "--format", "csv", *where))
    assert rows and list(rows[0]) == case["columns"]
    value = vanmach(*case["run"], "--format", "json", *where).json
    assert len(rows) == len(value if isinstance(value, list) else list(walk(value)))
    table = vanmach(*case["run"], *where)
    assert (table.code, table.err) == (0, "")
    assert table.out.strip()


def columns_of(printed: str) -> list[str]:
    """What stands in each column of printed tables, from top to bottom, without spaces and breaks of lines."""
    columns: dict[int, str] = {}
    for line in printed.splitlines():
        for number, part in enumerate(FRAME.split(line)[1:-1]):
            columns[number] = columns.get(number, "") + "".join(part.split())
    return list(columns.values())


@pytest.mark.parametrize("width", [None, 200, 80, 40])
def test_a_table_shows_every_value_whole_at_any_width(workspace: Path, width: int | None) -> None:
    printed = vanmach("documents", "-w", workspace, width=width).out
    columns = columns_of(printed)
    assert max(map(len, printed.splitlines())) <= (width or 160)
    for row in vanmach("documents", "--format", "json", "-w", workspace).json:
        for name in ("symbol", "issued_on", "issuer", "title", "id"):
            value = "".join((row[name] or "").split())
            assert any(value in column for column in columns), row[name]


@pytest.mark.parametrize("width", [1, 20, 39])
def test_on_a_screen_too_narrow_for_a_table_each_value_is_a_line(workspace: Path, width: int) -> None:
    lines = vanmach("documents", "Chỉ thị", "-w", workspace, width=width).out.splitlines()
    rows = vanmach("documents", "Chỉ thị", "--format", "json", "-w", workspace).json
    assert len(rows) > 1 and lines.count("") == len(rows) - 1
    for row in rows:
        assert f"Số, ký hiệu: {row['symbol']}" in lines
        assert f"Trích yếu: {row['title']}" in lines


def test_a_tree_on_a_narrow_screen_is_left_to_the_screen_to_fold(workspace: Path) -> None:
    narrow, wide = (vanmach("trace", "21-CT/TW", "-w", workspace, width=width).out for width in (1, 40))
    assert narrow == wide


def test_a_width_of_zero_says_nothing(workspace: Path) -> None:
    said, unsaid = (vanmach("documents", "-w", workspace, width=width).out for width in (0, None))
    assert said == unsaid


def test_candidates_are_lines_on_a_narrow_screen(workspace: Path) -> None:
    assert "\nSố, ký hiệu: 41/KH-UBND\n" in vanmach("show", "Kế hoạch", "-w", workspace, width=1).err


def test_quotes_are_whole_in_the_table_of_units(workspace: Path) -> None:
    columns = columns_of(vanmach("units", "21-CT/TW", "-w", workspace).out)
    for row in vanmach("units", "21-CT/TW", "--format", "json", "-w", workspace).json:
        for value in (row["agency"], row["role"], row["evidence"][0]["quote"]):
            assert any("".join(value.split()) in column for column in columns), value


@pytest.mark.parametrize("format_", ["table", "json", "csv"])
def test_vietnamese_is_composed_and_shortened_nowhere(workspace: Path, format_: str) -> None:
    for command in (["documents"], ["units", "21-CT/TW"], ["trace", "21-CT/TW"], ["show", "71-CV/HU"], ["check"]):
        printed = vanmach(*command, "--format", format_, "-w", workspace).out
        assert unicodedata.is_normalized("NFC", printed)
        assert not re.search(r"\\u|\ufffd|\?\?", printed)


def test_nothing_found_is_said_apart(workspace: Path) -> None:
    done = vanmach("documents", "Cà Mau", "-w", workspace)
    assert (done.code, done.out, done.err) == (0, "", "nothing found\n")
    assert vanmach("documents", "Cà Mau", "--format", "json", "-w", workspace).json == []


# the JSON is what docs/json.md says


def documented(section: str) -> set[str]:
    """The keys in the table of a section of docs/json.md: those in backticks in its first column."""
    text = (HERE.parent / "docs" / "json.md").read_text("utf-8")
    (body,) = re.findall(rf"^(?:## `vanmach|\*\*){section}.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return {key for cell in re.findall(r"^\| (`.+?) \|", body, re.MULTILINE) for key in re.findall(r"`(\w+)`", cell)}


def test_the_documentation_names_the_keys_of_the_issue() -> None:
    assert documented("evidence") >= {"doc", "start", "end", "quote"}
    assert documented(" units") >= {"agency", "level", "place", "role", "tasks", "documents", "evidence"}
    assert documented(" trace") >= {"document", "edge", "tasks", "children"}
    assert documented(" check") >= {"check", "severity", "agency", "status", "source", "deadline", "evidence"}


def test_units_have_the_documented_keys(workspace: Path) -> None:
    rows = vanmach("units", "21-CT/TW", "--format", "json", "-w", workspace).json
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
    rows = vanmach("check", "--format", "json", "-w", workspace).json
    assert rows
    for row in rows:
        assert set(row) == documented(" check")
        assert row["evidence"]


def test_every_passage_stands_in_the_text_that_it_was_read_in(workspace: Path, tree: Any) -> None:
    passages = [p for branch, _ in walk(tree) if branch["edge"] for p in branch["edge"]["evidence"]]
    for command in (["units", "21-CT/TW"], ["check"]):
        rows = vanmach(*command, "--format", "json", "-w", workspace).json
        passages += [p for row in rows for p in row["evidence"]]
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
    rows = vanmach("check", "21-CT/TW", "--format", "json", "-w", workspace).json
    found = {(re.sub(r" huyện Yên Dũng.*", "", row["agency"]), row["status"]) for row in rows}
    assert ("Ủy ban nhân dân xã Đồng Phúc", "chậm") in found
    assert ("Ủy ban nhân dân thị trấn Tân An", "không rõ") in found
    assert not [agency for agency, _ in found if agency.endswith(("Nham Biền", "Tiến Dũng", "Yên Lư", "Hương Gián"))]


def test_show_lists_facts_relations_and_tasks(workspace: Path) -> None:
    shown = vanmach("show", "120/KH-UBND Yên Dũng", "--format", "json", "-w", workspace).json
    assert set(shown) == {"document", "relations", "tasks"}
    assert shown["document"]["issuer"] == "Ủy ban nhân dân huyện Yên Dũng"
    assert len(shown["tasks"]) == shown["document"]["tasks"] > 0
    rows = read_csv(vanmach("show", shown["document"]["id"], "--format", "csv", "-w", workspace))
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
    rows = read_csv(vanmach("show", "120/KH-UBND Yên Dũng", "--why", "--format", "csv", "-w", workspace))
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


def test_why_of_a_document_in_two_texts_explains_both(tmp_path: Path) -> None:
    text = (EXAMPLES / "bac-giang" / "huong-gian-kh-90.html").read_text("utf-8")
    (tmp_path / "a.html").write_text(text, "utf-8")
    (tmp_path / "b.html").write_text(re.sub(r"ngày 24 tháng 11 năm 2023", "ngày tháng 11 năm 2023", text), "utf-8")
    vanmach("ingest", tmp_path / "a.html", tmp_path / "b.html", "-w", tmp_path / "w")
    shown = vanmach("show", "90/KH-UBND", "--why", "--format", "json", "-w", tmp_path / "w").json
    docs = {evidence["doc"] for fact in facts_of(shown["facts"]) for evidence in fact["evidence"]}
    assert docs == {path.name for path in (tmp_path / "w" / "documents").iterdir()}
    assert len(docs) == 2


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


# what is written


def test_extract_writes_one_record_a_document_and_touches_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = [EXAMPLES / "trung-uong" / "ct-21-ct-tw.md", EXAMPLES / "quang-tri" / "hai-lang-kh-96.docx"]
    done = vanmach("extract", *files, "-o", "records")
    assert (done.code, done.out, done.err) == (0, "", "2 records in records\n")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["ct-21-ct-tw.json", "hai-lang-kh-96.json", "records"]
    record = yaml.safe_load((tmp_path / "records" / "hai-lang-kh-96.json").read_text("utf-8"))
    assert record["header"]["symbol"] == "96/KH-UBND"
    assert {"header", "recipients", "documents", "relations", "tasks", "targets"} <= set(record)


def test_extract_overwrites_no_record_of_its_own(tmp_path: Path) -> None:
    files = [tmp_path / folder / "kh.txt" for folder in ("xa-a", "xa-b")]
    for file in files:
        file.parent.mkdir()
        file.write_text("KẾ HOẠCH\nDạy nghề", "utf-8")
    done = vanmach("extract", *files, "-o", tmp_path / "records")
    assert done.code == 2
    assert f"not read: {files[1]}: kh.json is for {files[0]} — " in done.err


def test_a_supplied_place_wins(tmp_path: Path) -> None:
    file = tmp_path / "kh.txt"
    file.write_text("KẾ HOẠCH\nDạy nghề\n\n1. Phòng Tư pháp rà soát văn bản.\n", "utf-8")
    place = unicodedata.normalize("NFD", "tỉnh Quảng Trị/huyện Hải Lăng")
    vanmach("extract", file, "-o", tmp_path / "records", "--place", place)
    header = yaml.safe_load((tmp_path / "records" / "kh.json").read_text("utf-8"))["header"]
    assert header["place"] == ["tỉnh Quảng Trị", "huyện Hải Lăng"]


def test_ingesting_again_says_that_nothing_changed(tmp_path: Path) -> None:
    place = tmp_path / "w"
    vanmach("ingest", EXAMPLES / "trung-uong", "-w", place)
    done = vanmach("ingest", EXAMPLES / "trung-uong", "-w", place)
    assert (done.code, done.err) == (0, f"0 documents read into {place}, 1 unchanged\n")


def test_a_file_that_is_another_one_s_document_is_named_once(tmp_path: Path) -> None:
    place, folder = tmp_path / "w", tmp_path / "in"
    folder.mkdir()
    text = (EXAMPLES / "trung-uong" / "ct-21-ct-tw.md").read_text("utf-8")
    files = [folder / "a.md", folder / "b.md"]
    for number, file in enumerate(files):
        file.write_text(f"{text}\n{'x' * number}", "utf-8")
    line, summary = vanmach("ingest", folder, "-w", place).err.splitlines()
    assert line.startswith(f"not kept: {files[1]}: the same document as {files[0]} — ")
    assert summary == f"1 document read into {place}, 1 the same as another"
    again = vanmach("ingest", folder, "-w", place)
    assert (again.code, again.err) == (0, f"0 documents read into {place}, 2 unchanged\n")


@pytest.mark.parametrize("jobs", [["-j", "1"], ["-j", "2"], []], ids=" ".join)
def test_extract_writes_the_same_with_any_number_of_processes(tmp_path: Path, jobs: list[str]) -> None:
    files = sorted((EXAMPLES / "hai-phong").glob("[!R]*"))
    done = vanmach("extract", *files, "-o", tmp_path, *jobs)
    assert (done.code, done.err) == (0, f"{len(files)} records in {tmp_path}\n")
    for file in files:
        assert (tmp_path / f"{file.stem}.json").read_bytes() == dump(extract_record(read(file), file.name)[1])


def test_rebuild_gives_the_same_answers(workspace: Path) -> None:
    before = vanmach("units", "21-CT/TW", "--format", "json", "-w", workspace).out
    done = vanmach("rebuild", "-w", workspace)
    assert (done.code, done.out, done.err) == (0, "", f"graph of 18 documents built in {workspace}\n")
    assert vanmach("units", "21-CT/TW", "--format", "json", "-w", workspace).out == before


def test_the_view_is_one_page_that_names_the_documents(workspace: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = vanmach("view", "Chỉ thị 21", "-o", page, "-w", workspace)
    assert (done.code, done.out, done.err) == (0, "", f"view written: {page}\n")
    texts = data_of(page)["texts"]
    assert "41/KH-UBND" in texts
    assert "03/2024/NQ-HĐND" not in texts  # another chain
    vanmach("view", "-o", page, "-w", workspace)
    assert "03/2024/NQ-HĐND" in data_of(page)["texts"]


def test_the_view_of_a_plan_shows_how_duties_stand_above_and_below_it(workspace: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    vanmach("view", "120/KH-UBND", "-o", page, "-w", workspace)
    data = data_of(page)
    [duties] = data["duties"]
    standing = [data["texts"][number] for number in duties["texts"]["status"]]
    assert {"chậm", "không rõ", "có kế hoạch"} <= set(standing)
    documents, ghosts = (table for table in data["nodes"] if table["same"]["kind"] in ("Document", "Ghost"))
    # its own duty came from the province; the province's other districts are not on the page
    own = documents["texts"]["label"].index(data["texts"].index("120/KH-UBND"))
    assert own in duties["values"]["plan"]
    assert not any("Lục Nam" in data["texts"][number] for number in ghosts["texts"]["label"])


def test_the_graph_is_exported_in_every_format(workspace: Path, tmp_path: Path) -> None:
    said = set()
    for format_ in set(FORMATS) - {"shacl"}:
        done = vanmach("export", "--format", format_, "-o", tmp_path / format_, "-w", workspace)
        assert (done.code, done.out) == (0, ""), done.err
        said.add(done.err.rpartition(" written: ")[0])
    (nodes, edges) = map(int, re.findall(r"\d+", said.pop()))
    assert not said
    graph = yaml.load((tmp_path / "json").read_text("utf-8"), yaml.CSafeLoader)
    assert (len(graph["nodes"]), len(graph["edges"])) == (nodes, edges)
    with (tmp_path / "csv" / "nodes.csv").open(encoding="utf-8-sig", newline="") as table:
        assert len(list(csv.DictReader(table))) == nodes
    xml = ET.parse(tmp_path / "graphml")
    assert len(xml.findall(".//{*}node")) == nodes
    assert "21-CT/TW" in (tmp_path / "cypher").read_text("utf-8")
    turtle = rdflib.Graph().parse(tmp_path / "turtle", format="turtle")
    assert rdflib.Literal("21-CT/TW") in set(turtle.objects())


def test_what_is_exported_keeps_to_the_shapes_that_are_exported(workspace: Path, tmp_path: Path) -> None:
    for format_, name in {"turtle": "graph.ttl", "shacl": "shapes.ttl"}.items():
        assert vanmach("export", "--format", format_, "-o", tmp_path / name, "-w", workspace).code == 0
    graph, shapes = (rdflib.Graph().parse(tmp_path / name) for name in ("graph.ttl", "shapes.ttl"))
    conforms, _, said = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, said


def test_validate_says_what_is_wrong_with_a_file(workspace: Path, tmp_path: Path) -> None:
    done = vanmach("validate", "-w", workspace)
    assert (done.code, done.out) == (0, ""), done.err
    assert re.fullmatch(r"\d+ nodes and \d+ edges: all is well\n", done.err)
    path = tmp_path / "graph.ttl"
    assert vanmach("export", "--format", "turtle", "-o", path, "-w", workspace).code == 0
    path.write_text(path.read_text("utf-8").replace('vm:role "chủ trì"', 'vm:role "giám sát"', 1), "utf-8")
    done = vanmach("validate", path, "--format", "json")
    (finding,) = json.loads(done.out)
    assert (done.code, finding["value"]) == (1, "giám sát")
    assert finding["message"] == "GIAO.role: at most one of chủ trì, thực hiện, theo dõi"
    assert vanmach("validate", path).out.count("giám sát") == 1


def test_validate_of_a_file_about_something_else(tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    done = vanmach("validate", tmp_path / "other.ttl")
    assert done.code == 1
    assert "no node of the model" in done.err


def test_sparql_gives_what_cypher_gives(workspace: Path) -> None:
    (document, *_) = vanmach("query", "documents", "-p", "text=120 KH-UBND", "-w", workspace, "--format", "json").json
    asked = ("units_implementing", "-p", f"document={document['id']}", "-w", workspace, "--format", "json")
    assert vanmach("sparql", *asked).json == vanmach("query", *asked).json


def test_sparql_is_asked_of_the_graph_as_it_is_now(tmp_path: Path) -> None:
    place, count = tmp_path / "workspace", "SELECT (COUNT(?d) AS ?n) { ?d vm:status 'ingested' }"
    for folder, number in (("trung-uong", 1), ("quang-tri", 4)):
        assert vanmach("ingest", EXAMPLES / folder, "-w", place).code == 0
        first = vanmach("sparql", count, "-w", place, "--format", "json")
        assert first.err == "building the graph of the stored records …\n"
        assert first.json[0]["n"] >= number
        again = vanmach("sparql", count, "-w", place, "--format", "json")
        assert (again.err, again.json) == ("", first.json)


@pytest.mark.neo4j
def test_push_gives_neo4j_the_same_graph(workspace: Path, neo4j_address: Neo4jAddress) -> None:
    from graph.bolt import BoltStore

    where = neo4j_address.uri.replace("bolt://", f"bolt://{neo4j_address.user}@" if neo4j_address.user else "bolt://")
    done = vanmach("push", where, "-w", workspace, VANMACH_NEO4J_PASSWORD=neo4j_address.password)
    assert (done.code, done.out) == (0, ""), done.err
    nodes, edges = map(int, re.findall(r"\d+", done.err)[:2])
    with BoltStore(neo4j_address.uri, neo4j_address.user, neo4j_address.password) as store:
        (row,) = store.query("MATCH (n) WITH count(n) AS n MATCH ()-[r]->() RETURN n, count(r) AS r").rows
        assert row == (nodes, edges)
        symbols = store.query("MATCH (d:Document)-[:THUC_HIEN]->({symbol: '21-CT/TW'}) RETURN d.symbol AS s").rows
    assert {symbol for (symbol,) in symbols} >= {"89-KH/TU", "75-CTr/TU"}
    again = vanmach("push", where, "-w", workspace, VANMACH_NEO4J_PASSWORD=neo4j_address.password)
    assert again.err.endswith(": nothing had changed\n")
