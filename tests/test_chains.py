"""The real documents: every chain that the command line must show, with the passage of each link."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import Done, vanmach

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
CASES: Mapping[str, Any] = yaml.safe_load((HERE / "cases" / "chains.yaml").read_text("utf-8"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="needs the real documents in ../shared"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chains") / "workspace"


@pytest.fixture(scope="module")
def ingested(workspace: Path) -> Done:
    """The ingest of all real documents."""
    return vanmach("ingest", SHARED / "seeds", SHARED / "corpus", "-w", workspace)


@pytest.fixture(scope="module")
def units(workspace: Path, ingested: Done) -> Any:
    return vanmach("units", "21-CT/TW ngày 04/5/2023", "--format", "json", "-w", workspace).json


def walk(branch: Mapping[str, Any], above: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, Any]]:
    """Each branch of a tree with the one above it."""
    yield branch, above
    for child in branch["children"]:
        yield from walk(child, branch)


def fits(document: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a document is the one that is wanted; a committee's standing committee issues for it."""
    facts = {name: wanted[name] for name in ("symbol", "type", "issued_on") if name in wanted}
    issuer = wanted.get("issuer", "")
    return all(document[name] == value for name, value in facts.items()) and (document["issuer"] or "").endswith(issuer)


def test_scans_are_reported_and_everything_else_is_read(workspace: Path, ingested: Done) -> None:
    scans = sorted(path for path in (SHARED / "corpus").glob("*scan.pdf"))
    others = [p for p in [*(SHARED / "seeds").iterdir(), *(SHARED / "corpus").iterdir()] if p.stem != "README"]
    *lines, summary = ingested.err.splitlines()
    assert len(scans) == 3
    assert [line.partition(": a scan without a text layer")[0] for line in lines] == [f"not read: {p}" for p in scans]
    assert summary == f"{len(others) - 3} documents read into {workspace}, 3 files not read"
    assert ingested.code == 2


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize("case", CASES["chains"], ids=lambda case: case["root"]["symbol"])
def test_the_chain_is_whole_and_each_link_has_its_passage(workspace: Path, case: Mapping[str, Any]) -> None:
    tree = vanmach("trace", case["document"], "--format", "json", "-w", workspace).json
    assert fits(tree["document"], case["root"])
    for wanted in case["below"]:
        found = [
            branch
            for branch, above in walk(tree)
            if above and fits(branch["document"], wanted) and above["document"]["symbol"] == wanted["under"]
        ]
        assert len(found) == 1, wanted
        (branch,) = found
        assert branch["edge"]["type"] == "THUC_HIEN"
        assert branch["edge"]["evidence"]
        assert branch["tasks"] or not wanted.get("tasks")
        for passage in branch["edge"]["evidence"]:
            text = (workspace / "documents" / passage["doc"] / "text.txt").read_text("utf-8")
            assert text[passage["start"] : passage["end"]].strip()


@pytest.mark.usefixtures("ingested")
def test_the_symbols_of_a_directive_and_of_plans_are_one_document_each(workspace: Path) -> None:
    for symbol, day in (("21-CT/TW", "2023-05-04"), ("89-KH/TU", "2023-06-14"), ("74/KH-UBND", "2024-03-28")):
        rows = vanmach("documents", symbol, "--format", "json", "-w", workspace).json
        assert [row["issued_on"] for row in rows if row["symbol"] == symbol and row["issued_on"] in (day, None)] == [
            day
        ]


@pytest.mark.parametrize("case", CASES["units"], ids=lambda case: f"{case['agency']}, {case['role']}")
def test_a_unit_of_the_district_plans_is_listed_with_its_role(units: Any, case: Mapping[str, str]) -> None:
    assert [row for row in units if row["agency"] == case["agency"] and row["role"] == case["role"]]


def test_every_unit_has_tasks_and_quotes_that_stand_in_the_texts(workspace: Path, units: Any) -> None:
    plans = {"huyện Yên Dũng, tỉnh Bắc Giang", "huyện ?, tỉnh Quảng Trị"}
    assert plans <= {row["place"] for row in units}
    for row in units:
        assert row["tasks"] > 0 and row["documents"] and row["evidence"]
        for passage in row["evidence"]:
            text = (workspace / "documents" / passage["doc"] / "text.txt").read_text("utf-8")
            found = " ".join(text[passage["start"] : passage["end"]].split())
            assert found and found in " ".join(passage["quote"].split())


@pytest.mark.parametrize(("gold", "texts"), [("gold", "seeds"), ("gold/corpus", "corpus")])
def test_every_row_of_the_scorer_is_above_zero(tmp_path: Path, gold: str, texts: str) -> None:
    stems = sorted(path.name.removesuffix(".gold.json") for path in (SHARED / gold).glob("*.gold.json"))
    files = [path for path in sorted((SHARED / texts).iterdir()) if path.stem in stems]
    done = vanmach("extract", *files, "-o", tmp_path / "records")
    assert (done.code, done.err) == (0, f"{len(stems)} records in {tmp_path / 'records'}\n")
    assert sorted(path.stem for path in (tmp_path / "records").glob("*.json")) == stems
    score = [sys.executable, SHARED / "gold" / "score", SHARED / gold, tmp_path / "records", "--texts", SHARED / texts]
    subprocess.run([*score, "--json", tmp_path / "rows.json"], check=True, capture_output=True)
    rows = json.loads((tmp_path / "rows.json").read_text("utf-8"))
    assert rows
    assert {name: row["f1"] for name, row in rows.items() if row["f1"] <= 0} == {}
