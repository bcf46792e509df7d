"""The command line on the sample corpus: how it is called, how documents are named, how rows are printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from tests.command import vanmach, walk
from vanmach.__main__ import app

HERE = Path(__file__).parent
CASES: Mapping[str, Any] = yaml.safe_load((HERE / "cases" / "cli.yaml").read_text("utf-8"))
COMMANDS = {
    "extract", "ingest", "rebuild", "documents", "show", "units", "trace", "check", "compare", "duties", "query",
    "queries", "view", "export", "push", "serve", "sparql", "validate",
}  # fmt: skip
FRAME = re.compile("[│┃|]")


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
    rows = vanmach(*case["run"], "--format", "csv", *where).rows
    assert rows and list(rows[0]) == case["columns"]
    value = vanmach(*case["run"], "--format", "json", *where).json
    if case["run"] == ["check"]:
        value = value["findings"]
    assert len(rows) == len(value if isinstance(value, list) else list(walk(value)))
    table = vanmach(*case["run"], *where)
    assert table.code == 0
    assert not table.err or "show them too" in table.err  # a table of the check leaves out what is worth a glance
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
