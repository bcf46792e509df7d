"""The graph follows the records by what changed; and what a crash or a person left is noticed at the next opening."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.embedded import EmbeddedStore
from graph.errors import RecordError, WorkspaceError
from graph.read_back import read_back
from ingest.intake import take_in
from ingest.workspace import Workspace
from tests.papers import TEXTS, exported


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    files = [tmp_path / name for name in sorted(TEXTS)]
    for file in files:
        file.write_text(TEXTS[file.name][0], "utf-8")
    return files


@pytest.fixture
def place(tmp_path: Path, papers: list[Path]) -> Path:
    """A workspace with all papers but the last, and their graph."""
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in(papers[:-1], workspace)
        workspace.project()
    return tmp_path / "workspace"


def stored(workspace: Workspace) -> bytes:
    with workspace.store() as store:
        return exported(read_back(store))


def never(*_: object) -> None:
    pytest.fail("the whole graph was loaded")


def test_one_more_document_does_not_load_the_graph_anew(
    place: Path, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmbeddedStore, "load", never)
    with Workspace(place) as workspace:
        take_in(papers, workspace)
        workspace.project()
        assert stored(workspace) == exported(workspace.graph().in_order())


def test_another_word_of_a_person_makes_the_graph_anew(place: Path) -> None:
    with Workspace(place) as workspace:
        before = stored(workspace)
        (place / "corrections.yaml").write_text("headers: {tinh.txt: {title: về nấm hương}}", "utf-8")
        assert stored(workspace) == exported(workspace.graph().in_order()) != before


def test_a_document_that_was_stored_before_a_crash_is_in_the_graph(
    place: Path, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace(place) as workspace:
        take_in(papers[-1:], workspace)  # and the program ends here
    monkeypatch.setattr(EmbeddedStore, "load", never)
    with Workspace(place, reading=True) as workspace:
        assert stored(workspace) == exported(workspace.graph().in_order())


def test_a_folder_that_a_person_took_out_is_missed(place: Path, papers: list[Path]) -> None:
    with Workspace(place) as workspace:
        before = stored(workspace)
        id_ = workspace.ids()[0]
    shutil.rmtree(place / "documents" / id_)
    with Workspace(place) as workspace:
        assert stored(workspace) == exported(workspace.graph().in_order()) != before
        take_in(papers[:-1], workspace)
        workspace.project()
        assert stored(workspace) == before


def test_a_record_cut_short_is_named_and_mended_as_the_message_says(place: Path, papers: list[Path]) -> None:
    with Workspace(place) as workspace:
        before = stored(workspace)
        folder = place / "documents" / workspace.ids()[0]
        record = (folder / "record.json").read_bytes()
        (folder / "record.json").write_bytes(record[: len(record) // 2])
        with pytest.raises(
            RecordError, match=rf"{folder.name}/record\.json.* — .*ingest .* again, or remove its folder"
        ):
            workspace.rebuild()
    shutil.rmtree(folder)
    with Workspace(place) as workspace:
        take_in(papers[:-1], workspace)
        workspace.rebuild()
        assert stored(workspace) == before


@pytest.mark.parametrize("left", [b"", b"no database at all, but long enough to be one" * 100], ids=["lost", "damaged"])
def test_the_index_can_be_made_again(place: Path, left: bytes) -> None:
    with Workspace(place) as workspace:
        before = stored(workspace)
    for file in place.glob("index.db*"):
        file.unlink()
    if left:
        (place / "index.db").write_bytes(left)
        with pytest.raises(WorkspaceError, match=r"index\.db.* — remove that file"):
            Workspace(place)
        (place / "index.db").unlink()
    with Workspace(place) as workspace:
        assert stored(workspace) == before


def test_a_file_that_was_about_to_leave_its_document_leaves_it_after_a_crash(
    place: Path, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    papers[-2].write_text(TEXTS["tinh.txt"][1], "utf-8")  # another number: another document
    with monkeypatch.context() as patched, Workspace(place) as workspace:
        patched.setattr(Workspace, "leave", killed)
        with pytest.raises(KeyboardInterrupt):
            take_in(papers[-2:-1], workspace)
        assert len(workspace.ids()) == len(papers)
    with Workspace(place) as workspace:
        assert len(workspace.ids()) == len(papers) - 1
        assert take_in(papers[:-1], workspace).stored == []


def test_a_document_stays_until_another_file_of_it_has_been_read_again(
    place: Path, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, copy = papers[1], papers[1].with_name("x.txt")
    copy.write_text(first.read_text("utf-8"), "utf-8")
    with Workspace(place) as workspace:
        take_in([copy], workspace)
        kept = workspace.document_of(str(copy))
        assert kept is not None
        first.write_text(TEXTS["tinh.txt"][1], "utf-8")
        with monkeypatch.context() as patched:
            patched.setattr("ingest.intake._Intake.orphans", lambda _: [])  # killed before they are read
            take_in([first], workspace)
        assert workspace.holds(kept[0])
        take_in([], workspace)
        take_in([first], workspace)
        assert [source.path for source in workspace.sources(kept[0])] == [str(copy)]
        assert (place / "documents" / kept[0] / "original.txt").read_text("utf-8") == copy.read_text("utf-8")
