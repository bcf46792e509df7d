"""A command loads what it needs and no more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import vanmach

DIRECTIVE = Path(__file__).parent.parent / "examples" / "trung-uong" / "ct-21-ct-tw.md"
RUN = """
import json, sys
from vanmach.__main__ import main
sys.argv = ["vanmach", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    print(json.dumps({"code": end.code, "spacy": "spacy" in sys.modules, "patterns": "ingest.patterns" in sys.modules}))
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("start") / "workspace"
    assert vanmach("ingest", DIRECTIVE, "-w", place).code == 0
    return place


def loaded(*arguments: str | Path) -> dict[str, object]:
    """How a command ends in a process of its own, and whether it loaded the extraction."""
    command = [sys.executable, "-c", RUN, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["ingest", "--help"], ["queries"], ["documents"], ["show", "21-CT/TW"], ["show", "21-CT/TW", "--why"],
     ["units", "21-CT/TW"],
     ["trace", "21-CT/TW"], ["check"], ["query", "documents"], ["rebuild"], ["ingest", str(DIRECTIVE)],
     ["view", "-o", "x.html"], ["export", "--format", "json", "-o", "x.json"]],
    ids=" ".join,
)  # fmt: skip
def test_a_command_that_extracts_nothing_does_not_load_the_extraction(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    where = [] if "--help" in arguments or arguments == ["queries"] else ["-w", workspace]
    assert loaded(*arguments, *where) == {"code": 0, "spacy": False, "patterns": False}


def test_extract_loads_it(tmp_path: Path) -> None:
    assert loaded("extract", DIRECTIVE, "-o", tmp_path) == {"code": 0, "spacy": True, "patterns": True}
