"""Answers that are kept: given again without a store, and never of another graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.embedded import EDITED, EmbeddedStore
from graph.errors import QueryLimit, QuerySyntaxError
from graph.model import Graph, Node
from graph.store import Limits, Result, Store
from ingest.intake import take_in
from ingest.remembered import RememberingStore
from ingest.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
NAMES = "MATCH (d:Document) RETURN d.id AS id, d.title AS title ORDER BY id"


class Gone(AssertionError):
    pass


def nowhere() -> Store:
    raise Gone


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("remembered") / "store"
    graph = Graph()
    for id_ in ("a", "b"):
        graph.add(Node(id_, "Document", {"title": f"Kế hoạch {id_}"}))
    with EmbeddedStore(path) as store:
        store.load(graph)
    return path


@pytest.fixture
def ask(stored: Path, tmp_path: Path) -> Callable[..., Result]:
    """Ask the store once, so that the answer is kept."""

    def asked(cypher: str, **parameters: str) -> Result:
        with RememberingStore(tmp_path, "1", lambda: EmbeddedStore(stored, read_only=True)) as store:
            return store.query(cypher, parameters)

    return asked


def test_an_answer_is_given_again_without_the_store(ask: Callable[..., Result], tmp_path: Path) -> None:
    first = ask(NAMES)
    assert first.rows == (("a", "Kế hoạch a"), ("b", "Kế hoạch b"))
    assert RememberingStore(tmp_path, "1", nowhere).query(NAMES) == first


def test_an_answer_without_rows_is_kept_with_its_columns(ask: Callable[..., Result], tmp_path: Path) -> None:
    cypher = "MATCH (d:Document {id: $id}) RETURN d.id AS id"
    assert ask(cypher, id="c") == RememberingStore(tmp_path, "1", nowhere).query(cypher, {"id": "c"})


@pytest.mark.parametrize(
    ("stamp", "cypher", "parameters"),
    [("2", NAMES, {}), ("1", f"{NAMES} LIMIT 1", {}), ("1", NAMES, {"id": "a"})],
    ids=["another graph", "another query", "another parameter"],
)
def test_another_question_is_asked(
    ask: Callable[..., Result], tmp_path: Path, stamp: str, cypher: str, parameters: dict[str, str]
) -> None:
    ask(NAMES)
    with pytest.raises(Gone):
        RememberingStore(tmp_path, stamp, nowhere).query(cypher, parameters)


def test_answers_about_an_earlier_graph_are_thrown_away(
    ask: Callable[..., Result], stored: Path, tmp_path: Path
) -> None:
    ask(NAMES)
    with RememberingStore(tmp_path, "2", lambda: EmbeddedStore(stored, read_only=True)) as store:
        store.query(NAMES)
    assert [folder.name for folder in tmp_path.iterdir()] == ["2"]


@pytest.mark.parametrize("held", [b'{"columns":["na', b"[]", b'{"rows":[]}'], ids=["cut off", "a list", "half"])
def test_a_file_that_holds_no_answer_is_asked_for_again(
    ask: Callable[..., Result], tmp_path: Path, held: bytes
) -> None:
    first = ask(NAMES)
    (file,) = (tmp_path / "1").iterdir()
    file.write_bytes(held)
    assert ask(NAMES) == first


def test_more_rows_than_are_wanted_are_refused_by_the_store(
    ask: Callable[..., Result], stored: Path, tmp_path: Path
) -> None:
    ask(NAMES)
    with (
        RememberingStore(tmp_path, "1", lambda: EmbeddedStore(stored, read_only=True)) as store,
        pytest.raises(QueryLimit),
    ):
        store.query(NAMES, limits=Limits(rows=1))


def test_what_is_no_text_is_the_stores_to_refuse(ask: Callable[..., Result]) -> None:
    with pytest.raises(QuerySyntaxError):
        ask("MATCH (d:Document {id: '\ud800'}) RETURN d.id AS id")


def test_a_workspace_asks_anew_when_its_graph_changes(tmp_path: Path) -> None:
    home, count = tmp_path / "ws", "MATCH (d:Document {status: 'ingested'}) RETURN count(d) AS n"
    for number, file in enumerate(sorted(ROOT.glob("examples/bac-giang/*.txt"))[:2], 1):
        with Workspace(home, create=True) as workspace:
            take_in([file], workspace)
        with Workspace(home, reading=True) as workspace, workspace.remembering_store() as store:
            assert store.query(count).rows == ((number,),)


def test_what_others_wrote_is_not_remembered(tmp_path: Path) -> None:
    with Workspace(tmp_path / "ws", create=True) as workspace:
        workspace.rebuild()
        (workspace.store_folder / EDITED).touch()
        with workspace.remembering_store() as store:
            assert isinstance(store, EmbeddedStore)
