"""The same commands with a server in place of a folder: `vanmach -w bolt://user@host/database units …`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.command import Done, vanmach
from tests.conftest import Neo4jAddress
from tests.served import PASSWORD, serving
from tests.view_page import data_of
from vanmach.address import Address, address, is_address, password

EXAMPLES = Path(__file__).parent.parent / "examples"
COMMANDS = [
    ["documents"],
    ["documents", "giáo dục", "--format", "json"],
    ["show", "41/KH-UBND"],
    ["show", "120/KH-UBND", "--format", "json"],
    ["units", "21-CT/TW"],
    ["units", "21-CT/TW", "--level", "huyện", "--format", "csv"],
    ["trace", "21-CT/TW"],
    ["trace", "21-CT/TW", "--format", "json"],
    ["trace", "64/KH-UBND", "--up", "--format", "json"],
    ["trace", "120/KH-UBND", "--task", "IV.1", "--format", "json"],
    ["check", "21-CT/TW"],
    ["check", "--format", "json"],
    ["query", "units_implementing", "-p", "document=nothing", "--format", "csv"],
    ["query", "MATCH (d:Document {level: $level}) RETURN d.symbol AS symbol ORDER BY symbol", "-p", "level=huyện"],
    ["query", "MATCH (d:Document) WHERE d.id = 'none' RETURN d.id AS id, d.title AS title", "--format", "csv"],
    ["units", "no such document"],
    ["units", "UBND"],
]


@dataclass(frozen=True)
class Held:
    """A workspace, and a server that holds the same graph."""

    folder: Path
    address: str
    password: str

    def ask(self, *arguments: str | Path) -> Done:
        password.cache_clear()
        return vanmach("-w", self.address, *arguments, VANMACH_NEO4J_PASSWORD=self.password)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cli-server") / "workspace"
    assert vanmach("ingest", EXAMPLES, "-w", place).code == 0
    return place


@pytest.fixture(scope="module", params=[pytest.param("neo4j", marks=pytest.mark.neo4j), "served", "served by address"])
def held(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The graph in Neo4j, and in a workspace that `vanmach serve --bolt` holds, asked by its folder or its address."""
    if request.param == "neo4j":
        at: Neo4jAddress = request.getfixturevalue("neo4j_address")
        there = Held(folder, at.uri.replace("://", f"://{at.user or 'neo4j'}@") + "/neo4j", at.password)
        pushed = vanmach("push", there.address, "-w", folder, VANMACH_NEO4J_PASSWORD=there.password)
        assert pushed.code == 0, pushed.err
        yield there
        return
    copy = tmp_path_factory.mktemp("served") / "workspace"
    assert vanmach("ingest", EXAMPLES, "-w", copy).code == 0
    with serving(copy) as server:
        yield Held(folder, str(copy) if request.param == "served" else server.uri, PASSWORD)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_the_same_command_prints_the_same(held: Held, arguments: list[str]) -> None:
    ours, theirs = vanmach(*arguments, "-w", held.folder), held.ask(*arguments)
    assert (theirs.code, theirs.err) == (ours.code, ours.err)
    if "json" in arguments:  # the fields of an object have no order in Cypher
        assert theirs.json == ours.json
    else:
        assert theirs.out == ours.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["sparql", "trace_down", "-p", "document=21-ct-tw-2023-05-04-b27682f5a5", "--format", "json"],
        ["sparql", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv"],
        ["validate", "--format", "json"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_what_needs_rdf_reads_the_graph_back(held: Held, arguments: list[str]) -> None:
    ours, theirs = vanmach(*arguments, "-w", held.folder), held.ask(*arguments)
    assert theirs.code == 0, theirs.err
    assert theirs.out == ours.out


def graph(file: Path) -> Any:
    """An exported graph, in an order that does not depend on where it came from."""
    raw = json.loads(file.read_text("utf-8"))
    return {key: sorted(json.dumps(thing, sort_keys=True) for thing in raw[key]) for key in ("nodes", "edges")}


def test_export_and_view_take_the_graph_from_there(held: Held, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    assert vanmach("export", "--format", "json", "-o", ours, "-w", held.folder).code == 0
    done = held.ask("export", "--format", "json", "-o", theirs)
    assert done.code == 0, done.err
    assert graph(theirs) == graph(ours)
    page = tmp_path / "view.html"
    assert held.ask("view", "21-CT/TW", "-o", page).code == 0
    assert "120/KH-UBND" in data_of(page)["texts"]


@pytest.mark.parametrize(
    "arguments", [["ingest", EXAMPLES], ["rebuild"], ["show", "21", "--why"], ["push", "bolt://localhost"]]
)
def test_what_needs_the_documents_says_so_in_one_line(arguments: list[str | Path]) -> None:
    done = vanmach("-w", "bolt://neo4j@localhost:1", *arguments, VANMACH_NEO4J_PASSWORD="secret")
    says = "bolt://localhost:1 holds the graph, not the documents — name the folder of a workspace with -w"
    assert (done.code, done.out, done.err) == (1, "", f"vanmach: {says}\n")


@pytest.mark.parametrize(
    ("text", "user", "uri", "database"),
    [
        ("bolt://localhost", "neo4j", "bolt://localhost:7687", None),
        ("bolt://mai@host:1234/văn", "mai", "bolt://host:1234", "văn"),
        ("neo4j+s://mai%40so@graph.example.vn/", "mai@so", "neo4j+s://graph.example.vn:7687", None),
        ("bolt://[::1]:7688/graph", "neo4j", "bolt://[::1]:7688", "graph"),
    ],
)
def test_an_address_is_read(
    monkeypatch: pytest.MonkeyPatch, text: str, user: str, uri: str, database: str | None
) -> None:
    monkeypatch.delenv("VANMACH_NEO4J_USER", raising=False)
    assert is_address(text)
    assert address(text) == Address(uri, user, database)


@pytest.mark.parametrize("text", [".vanmach", "bolt", "/tmp/bolt:/x", "http://localhost", "C:\\vanmach"])
def test_a_folder_is_no_address(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    "text", ["bolt://neo4j:secret@localhost", "bolt://neo4j:secret@:7687", "bolt://a:secret@b:port"]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(text: str) -> None:
    done = vanmach("-w", text, "documents")
    assert done.code == 1
    assert "secret" not in done.err
    assert done.err.count("\n") == 1


def test_a_person_at_a_terminal_is_asked_once_for_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VANMACH_NEO4J_PASSWORD", raising=False)
    password.cache_clear()
    asked: list[str] = []
    with (
        patch("sys.stdin.isatty", return_value=True),
        patch("vanmach.address.getpass", lambda p: asked.append(p) or "x"),
    ):
        assert [password(address("bolt://mai@localhost")) for _ in range(2)] == ["x", "x"]
    password.cache_clear()
    assert asked == ["Password of mai at bolt://localhost:7687: "]


def test_the_place_of_the_option_does_not_matter(held: Held) -> None:
    before, after = (
        held.ask("documents"),
        vanmach("documents", "-w", held.address, VANMACH_NEO4J_PASSWORD=held.password),
    )
    assert (before.code, before.out) == (after.code, after.out) == (0, before.out)


def test_the_option_of_the_command_counts_before_the_one_of_all(folder: Path) -> None:
    done = vanmach("-w", "no-such-folder", "documents", "-w", folder)
    assert (done.code, done.err) == (0, "")
