"""The command line on bad input: one line that names the thing and the next step, no traceback, the right exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import ingest.reading.read
from ingest.workspace import Workspace
from tests.command import Done, vanmach
from tests.pdf_file import pdf_file
from tests.word_file import word_file

HERE = Path(__file__).parent
CASES: Mapping[str, Any] = yaml.safe_load((HERE / "cases" / "cli_bad_input.yaml").read_text("utf-8"))
DIRECTIVE = HERE.parent / "examples" / "trung-uong" / "ct-21-ct-tw.md"
GOOD = "ỦY BAN NHÂN DÂN\nHUYỆN HẢI LĂNG\n\nSố: 7/KH-UBND\n\nKẾ HOẠCH\nDạy nghề\n\n1. Phòng Tư pháp: Rà soát văn bản.\n"
BUILDING = "building the graph of the stored records …"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one document."""
    place = tmp_path_factory.mktemp("bad") / "workspace"
    assert vanmach("ingest", DIRECTIVE, "-w", place).code == 0
    return place


@pytest.fixture
def own(workspace: Path, tmp_path: Path) -> Path:
    """The same workspace for a test that damages it."""
    return shutil.copytree(workspace, tmp_path / "own")


def one_line(done: Done) -> str:
    """The only line that was said, on standard error, by a command that did nothing."""
    assert (done.code, done.out) == (1, ""), done.err
    (line,) = [said for said in done.err.splitlines() if said != BUILDING]
    assert line.startswith("vanmach: ")
    return line


# files


def make(what: str, path: Path) -> None:
    """Write a file that cannot be read."""
    scan = pdf_file([[]], scanned=True)
    contents: Mapping[str, bytes] = {
        "zero bytes": b"",
        "spaces only": b" \n\t\n",
        "binary": bytes(range(256)) * 20,
        "image": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "broken docx": word_file("<w:p><w:r><w:t>a</w:t></w:r></w:p>")[:200],
        "encrypted docx": OLE + bytes(520) + "EncryptedPackage".encode("utf-16-le") + bytes(2000),
        "broken pdf": scan[:60],
        "encrypted pdf": pdf_file([[(72, 72, "x")]], password="secret"),
        "scanned pdf": scan,
        "oversize": GOOD.encode() * 2000,
    }
    if what == "zip that is no docx":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("a.txt", "x")
    elif what != "missing":
        path.write_bytes(contents[what])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, "utf-8")
    return path


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files above 200 kB are too large, so that a test needs no file of 200 MB."""
    monkeypatch.setattr(ingest.reading.read, "MOST_BYTES", 200_000)


@pytest.mark.usefixtures("small_limit")
@pytest.mark.parametrize("case", CASES["files"], ids=lambda case: case["made"])
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(
    tmp_path: Path, good: Path, case: Mapping[str, str]
) -> None:
    bad = tmp_path / f"bad{case['ending']}"
    make(case["made"], bad)
    done = vanmach("extract", bad, good, "-o", tmp_path / "records")
    assert (done.code, done.out) == (2, "")
    line, summary = done.err.splitlines()
    assert line.startswith(f"not read: {bad}: ")
    what, _, hint = line.removeprefix(f"not read: {bad}: ").partition(" — ")
    assert case["says"] in what
    assert hint
    assert summary == f"1 record in {tmp_path / 'records'}, 1 file not read"
    alone = vanmach("extract", bad, "-o", tmp_path / "records")
    assert (alone.code, alone.err.splitlines()[0]) == (1, line)


@pytest.mark.usefixtures("small_limit")
def test_ingest_reads_the_others_and_counts_what_it_could_not(tmp_path: Path, good: Path) -> None:
    folder, place = tmp_path / "in", tmp_path / "w"
    folder.mkdir()
    made = [case for case in CASES["files"] if case["made"] != "missing"]
    for number, case in enumerate(made):
        make(case["made"], folder / f"{number}{case['ending']}")
    done = vanmach("ingest", folder, good, "-w", place)
    assert (done.code, done.out) == (2, "")
    *lines, summary = done.err.splitlines()
    assert {line.split(": ")[1] for line in lines} == {str(path) for path in folder.iterdir()}
    assert summary == f"1 document read into {place}, {len(made)} files not read"
    assert "7/KH-UBND" in vanmach("documents", "-w", place).out
    assert vanmach("ingest", folder, "-w", place).code == 1


@pytest.mark.parametrize("command", ["ingest", "extract"])
def test_a_folder_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    closed, good = tmp_path / "closed", tmp_path / "good.txt"
    closed.mkdir()
    good.write_text(GOOD, "utf-8")
    plain = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:  # root may read everything, so the refusal is put in place
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return plain(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    done = vanmach(command, closed, good, "-w" if command == "ingest" else "-o", tmp_path / "target")
    assert done.code == 2
    assert done.err.startswith(f"not read: {closed}: Permission denied — ")


def test_a_folder_without_documents_says_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert ".docx" in one_line(vanmach("ingest", tmp_path / "empty", "-w", tmp_path / "w"))
    assert not (tmp_path / "w").exists()
    assert vanmach("extract", tmp_path / "empty", "-o", tmp_path / "o").code == 1


@pytest.mark.parametrize("arguments", [["ingest", DIRECTIVE, "-w"], ["extract", DIRECTIVE, "-o"]])
def test_a_target_that_is_a_file_is_refused(tmp_path: Path, arguments: list[str | Path]) -> None:
    target = tmp_path / "taken"
    target.write_text("mine", "utf-8")
    assert str(target) in one_line(vanmach(*arguments, target))
    assert target.read_text("utf-8") == "mine"


# questions


@pytest.mark.parametrize("case", CASES["questions"], ids=lambda case: " ".join(case["run"])[:50])
def test_a_question_that_cannot_be_answered_is_one_line_with_the_next_step(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Mapping[str, Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    line = one_line(vanmach(*case["run"], "-w", workspace, VANMACH_NEO4J_PASSWORD="x"))
    what, _, hint = line.partition(" — ")
    assert case["says"] in what
    assert case["hint"] in hint
    assert "secret" not in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("case", CASES["usage"], ids=lambda case: " ".join(case["run"]))
def test_a_command_line_that_cannot_be_understood_says_where_help_is(case: Mapping[str, Any]) -> None:
    what, _, hint = one_line(vanmach(*case["run"])).partition(" — ")
    assert case["says"] in what
    assert case["hint"] in hint


def test_a_query_file_that_breaks_its_header_is_named_with_the_line(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.cypher"
    file.write_text("// name: mine\n// doc: Mine.\n// returns: one\nRETURN $one AS one\n", "utf-8")
    assert re.search(rf"{re.escape(str(file))}:\d: .*\bone\b", one_line(vanmach("query", file, "-w", workspace)))


# the workspace


@pytest.mark.parametrize(
    "arguments",
    [["documents"], ["show", "21"], ["units", "21"], ["trace", "21"], ["check"], ["query", "documents"], ["rebuild"],
     ["view"], ["export", "--format", "json", "-o", "x"], ["push", "bolt://localhost"]],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_without_a_workspace_each_command_says_how_to_make_one(tmp_path: Path, arguments: list[str]) -> None:
    place = tmp_path / "nowhere"
    line = one_line(vanmach(*arguments, "-w", place, VANMACH_NEO4J_PASSWORD="x"))
    assert line == f"vanmach: no workspace in {place} — make one with: vanmach ingest FOLDER -w {place}"
    assert not place.exists()


def test_a_workspace_in_use_names_the_process_and_the_command(own: Path) -> None:
    hold = "import sys; from pathlib import Path; from ingest.workspace import Workspace; "
    hold += "w = Workspace(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(own)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        line = one_line(vanmach("documents", "-w", own))
        assert f"{own} is in use by process {holder.pid}" in line
        assert "wait until that command ends" in line
        holder.kill()
    assert vanmach("documents", "-w", own).code == 0


def test_a_workspace_of_a_newer_version_asks_for_an_update(own: Path) -> None:
    (own / "workspace.json").write_text(json.dumps({"format": 99}), "utf-8")
    line = one_line(vanmach("documents", "-w", own))
    assert f"{own} was written by a newer vanmach" in line
    assert line.endswith(" — update vanmach")


@pytest.mark.parametrize("name", ["record.json", "source.json", "text.txt"])
def test_a_damaged_document_is_named_with_what_to_do(own: Path, name: str) -> None:
    (damaged,) = (own / "documents").glob(f"*/{name}")
    damaged.write_bytes(b"\xff{")
    command = ["ingest", DIRECTIVE] if name == "source.json" else ["rebuild"]
    what, _, hint = one_line(vanmach(*command, "-w", own)).partition(" — ")
    assert damaged.parent.name in what
    assert re.search("ingest (its file|the document) again", hint)


def test_corrections_that_cannot_be_read_are_named(own: Path) -> None:
    (own / "corrections.yaml").write_text("headers: [", "utf-8")
    assert "corrections.yaml" in one_line(vanmach("documents", "-w", own))


def test_a_correction_of_what_is_not_there_is_named(own: Path) -> None:
    (own / "corrections.yaml").write_text("same: [[no-such-1a2b3c4d5e, 21-ct-tw-2023]]", "utf-8")
    line = one_line(vanmach("documents", "-w", own))
    assert "same: nothing has the name '21-ct-tw-2023'" in line
    assert "vanmach documents" in line


def test_a_lost_store_is_built_again(own: Path) -> None:
    for path in (own / "store").rglob("*"):
        if path.is_file():
            path.unlink()
    done = vanmach("documents", "-w", own)
    assert "Traceback" not in done.err
    assert done.code == 0 or "vanmach rebuild" in done.err
    assert vanmach("rebuild", "-w", own).code == 0
    assert "21-CT/TW" in vanmach("documents", "-w", own).out


# interrupted


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents that takes a while to read."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(1, 400):
        task = "1. Phòng Tư pháp: Rà soát văn bản.\n" * 200
        (folder / f"{number}.txt").write_text(GOOD.replace("7/KH", f"{number}/KH") + task, "utf-8")
    return folder


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill"])
def test_an_interrupted_ingest_keeps_what_it_has_done(
    tmp_path: Path, many: Path, number: signal.Signals, jobs: str
) -> None:
    place = tmp_path / "w"
    command = [sys.executable, "-m", "vanmach", "ingest", str(many), "-w", str(place), "-j", jobs]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        stored: list[Path] = []
        while len(stored) < 5 and process.poll() is None:
            time.sleep(0.01)
            stored = [p for p in (place / "documents").glob("*") if not p.name.startswith(".")]
        if number is signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does: its workers are told too
        else:
            process.kill()
        said = process.communicate(timeout=60)[1]  # to its end, so that no worker lives on
    with Workspace(place) as held:
        kept = len(held.ids())
        assert {path.name for path in stored} <= set(held.ids())
    assert 5 <= kept < 399
    if number is signal.SIGINT:
        assert process.returncode == 130
        assert said == f"{kept} documents in {place}; the same command goes on with the rest\nvanmach: stopped\n"
    listed = vanmach("documents", "--format", "json", "-w", place).json
    assert len([row for row in listed if row["status"] == "ingested"]) == kept


def test_push_without_a_terminal_says_where_the_password_comes_from(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VANMACH_NEO4J_PASSWORD", raising=False)
    line = one_line(vanmach("push", "bolt://localhost:1", "-w", workspace))
    assert line == "vanmach: no password for neo4j at bolt://localhost:1 — set VANMACH_NEO4J_PASSWORD"
