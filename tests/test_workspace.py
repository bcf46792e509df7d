"""The workspace: whole documents or none, one holder at a time, and clear words about what is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ReadError, RecordError, WorkspaceBusy, WorkspaceError
from ingest.intake import find_files, take_in
from ingest.workspace import Workspace

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN HẢI LĂNG

Số: {number}/KH-UBND

Hải Lăng, ngày 12 tháng 4 năm 2024

KẾ HOẠCH
Dạy nghề {what}

1. Phòng Tư pháp: Rà soát {what} trước ngày 30/6/2024.
"""


def plan(folder: Path, name: str, number: int = 7, what: str = "may mặc") -> Path:
    path = folder / name
    path.write_text(PLAN.format(number=number, what=what), "utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def test_a_document_is_read_back_as_it_was_stored(tmp_path: Path, place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        (id_,) = take_in([plan(tmp_path, "a.txt")], workspace).stored
    with Workspace(place) as workspace:
        assert workspace.ids() == [id_]
        assert workspace.record(id_).header.symbol == "7/KH-UBND"
        assert "Rà soát may mặc" in workspace.text(id_)


def test_what_has_not_changed_is_not_read_again(tmp_path: Path, place: Path) -> None:
    file = plan(tmp_path, "a.txt")
    with Workspace(place, create=True) as workspace:
        take_in([file], workspace)
        report = take_in([file], workspace)
    assert (report.stored, report.unchanged, report.exit_code) == ([], [file], 0)


def test_a_changed_file_leaves_nothing_of_its_old_text(tmp_path: Path, place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        take_in([plan(tmp_path, "a.txt", number=7, what="may mặc")], workspace)
        take_in([plan(tmp_path, "a.txt", number=8, what="hàn điện")], workspace)
        (id_,) = workspace.ids()
        assert workspace.record(id_).header.symbol == "8/KH-UBND"
        assert "may mặc" not in workspace.text(id_)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, place: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with Workspace(place, create=True) as workspace:
        report = take_in([empty, plan(tmp_path, "a.txt")], workspace)
    assert len(report.stored) == 1
    assert [str(error).startswith(str(empty)) for error in report.failed] == [True]
    assert report.exit_code == 2


def test_nothing_done_is_exit_code_1(tmp_path: Path, place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        assert take_in([tmp_path / "missing.txt"], workspace).exit_code == 1


def test_hidden_files_and_a_readme_are_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", ".b.txt", "README.md", "c.csv"):
        (tmp_path / name).write_text("x", "utf-8")
    inside = tmp_path / "huyen"
    inside.mkdir()
    (inside / "d.md").write_text("x", "utf-8")
    assert find_files([tmp_path]) == [tmp_path / "a.txt", inside / "d.md"]


def test_a_folder_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # root may read everything, so the refusal itself is put in place
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    (error,) = find_files([tmp_path])
    assert isinstance(error, ReadError)
    assert str(tmp_path) in error.message


@pytest.mark.parametrize("moved", [False, True], ids=["before it was moved away", "after it was moved away"])
def test_a_replacement_that_was_killed_is_finished_or_undone(tmp_path: Path, place: Path, moved: bool) -> None:
    with Workspace(place, create=True) as workspace:
        (id_,) = take_in([plan(tmp_path, "a.txt")], workspace).stored
    documents = place / "documents"
    if moved:
        (documents / id_).rename(documents / f".old-{id_}")
    (documents / f".new-{id_}").mkdir()
    with Workspace(place) as workspace:
        assert workspace.ids() == [id_]
        assert workspace.record(id_).header.symbol == "7/KH-UBND"
    assert [p.name for p in documents.iterdir()] == [id_]


def test_a_workspace_in_use_names_its_holder(place: Path) -> None:
    hold = "import sys; from pathlib import Path; from ingest.workspace import Workspace; "
    hold += "w = Workspace(Path(sys.argv[1]), create=True); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WorkspaceBusy, match=f"process {holder.pid}"):
            Workspace(place)
        holder.kill()
    with Workspace(place):  # a dead process holds nothing
        pass


READ = """
import sys
from pathlib import Path
from ingest.workspace import Workspace
with Workspace(Path(sys.argv[1]), reading=True) as workspace, workspace.store() as store:
    print(store.query("MATCH (d:Document) RETURN d.symbol").rows, flush=True)
    sys.stdin.read()
"""


@contextmanager
def reader(place: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has read from the workspace and goes on holding it for reading."""
    command = [sys.executable, "-c", READ, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "(('7/KH-UBND',),)\n"
        yield process
        process.kill()


def test_several_may_read_at_once_and_nobody_change_meanwhile(tmp_path: Path, place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        take_in([plan(tmp_path, "a.txt")], workspace)
        with pytest.raises(WorkspaceBusy):
            Workspace(place, reading=True)
    with reader(place) as one, reader(place) as other:
        with pytest.raises(WorkspaceBusy) as busy:
            Workspace(place)
        assert f"process {one.pid} (" in str(busy.value)
        assert f"process {other.pid} (" in str(busy.value)
    with Workspace(place) as workspace:
        assert [path.stem.split("-")[0] for path in (place / "holders").iterdir()] == [str(os.getpid())]
    assert list((place / "holders").iterdir()) == []


def test_a_reader_builds_a_stale_store_only_where_nobody_else_reads(tmp_path: Path, place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        take_in([plan(tmp_path, "a.txt")], workspace)
    with reader(place) as other, Workspace(place, reading=True) as workspace:
        (place / "corrections.yaml").write_text("{}", "utf-8")
        with pytest.raises(WorkspaceBusy, match=f"process {other.pid}"):
            workspace.store()
    told: list[bool] = []
    with Workspace(place, reading=True) as workspace, workspace.store(lambda: told.append(True)) as store:
        assert store.counts()["Document"] == 1
        with reader(place):
            pass  # it is held for reading again
    assert told == [True]


def test_a_reader_mends_what_a_killed_process_left(tmp_path: Path, place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        (id_,) = take_in([plan(tmp_path, "a.txt")], workspace).stored
    (place / "documents" / f".new-{id_}").mkdir()
    with Workspace(place, reading=True) as workspace:
        assert workspace.ids() == [id_]
        assert not (place / "documents" / f".new-{id_}").exists()


def test_a_missing_workspace_says_how_to_make_one(place: Path) -> None:
    with pytest.raises(WorkspaceError, match="vanmach ingest"):
        Workspace(place)


def test_a_workspace_of_a_newer_program_is_refused(place: Path) -> None:
    Workspace(place, create=True).close()
    (place / "workspace.json").write_text(json.dumps({"format": 99}), "utf-8")
    with pytest.raises(WorkspaceError, match="newer"):
        Workspace(place)


def test_a_record_cut_short_names_its_file(tmp_path: Path, place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        (id_,) = take_in([plan(tmp_path, "a.txt")], workspace).stored
        path = place / "documents" / id_ / "record.json"
        path.write_bytes(path.read_bytes()[:100])
        with pytest.raises(RecordError, match=r"record\.json"):
            workspace.graph()


def test_corrections_with_an_unknown_field_say_which(place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        (place / "corrections.yaml").write_text("headers: {a.txt: {isuer: UBND}}", "utf-8")
        with pytest.raises(WorkspaceError, match="isuer"):
            workspace.corrections()


def test_the_store_is_built_again_when_a_record_is_newer(tmp_path: Path, place: Path) -> None:
    with Workspace(place, create=True) as workspace:
        take_in([plan(tmp_path, "a.txt")], workspace)
        built: list[bool] = []
        workspace.store(lambda: built.append(True)).close()
        workspace.store(lambda: built.append(True)).close()
        assert built == [True]
        take_in([plan(tmp_path, "b.txt", number=9)], workspace)
        with workspace.store(lambda: built.append(True)) as store:
            assert built == [True, True]
            rows = store.query("MATCH (d:Document {status: 'ingested'}) RETURN d.symbol AS s ORDER BY s").rows
            assert rows == (("7/KH-UBND",), ("9/KH-UBND",))


def test_documents_reported_as_done_survive_a_kill(tmp_path: Path, place: Path) -> None:
    for number in range(1, 6):
        plan(tmp_path, f"{number}.txt", number=number)
    run = (
        "import sys; from pathlib import Path\n"
        "from ingest.intake import find_files, take_in\nfrom ingest.workspace import Workspace\n"
        "w = Workspace(Path(sys.argv[2]), create=True)\n"
        "tell = lambda p: print(p.name, flush=True) or sys.stdin.readline()\n"
        "take_in(find_files([Path(sys.argv[1])]), w, on_file=tell)"
    )
    folder = tmp_path / "in"
    folder.mkdir()
    for path in tmp_path.glob("*.txt"):
        path.rename(folder / path.name)
    with subprocess.Popen(
        [sys.executable, "-c", run, str(folder), str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stdin is not None
        done = [process.stdout.readline().strip()]
        process.stdin.write("\n")
        process.stdin.flush()
        done.append(process.stdout.readline().strip())
        process.kill()
    with Workspace(place) as workspace:
        stored = {Path(workspace.sources(id_)[0].path).name for id_ in workspace.ids()}
        assert set(done) <= stored
        assert len(workspace.graph()) > 0


def kept(workspace: Workspace) -> dict[str, tuple[str, bytes]]:
    """The stored documents: number, file that is kept, and record."""
    found = {}
    for id_ in workspace.ids():
        record = (workspace.path / "documents" / id_ / "record.json").read_bytes()
        found[id_] = (Path(workspace.sources(id_)[0].path).name, record)
    return found


def test_a_copy_of_a_document_is_the_same_document(tmp_path: Path, place: Path) -> None:
    files = [plan(tmp_path, "a.txt"), plan(tmp_path, "b.txt")]
    with Workspace(place, create=True) as workspace:
        first = take_in(files, workspace)
        again = take_in(files, workspace)
    assert (len(first.stored), first.same) == (1, [(str(files[1]), str(files[0]))])
    assert (again.stored, again.unchanged, again.same) == ([], files, [])


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]], ids=str)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one by one"])
def test_of_files_that_are_one_document_the_first_by_path_is_kept(
    tmp_path: Path, place: Path, order: list[int], at_once: bool
) -> None:
    files = [plan(tmp_path, f"{name}.txt", what=what) for name, what in zip("abc", ("may", "hàn", "mộc"), strict=True)]
    with Workspace(place, create=True) as workspace:
        for part in [[files[i] for i in order]] if at_once else [[files[i]] for i in order]:
            take_in(part, workspace)
        ((name, record),) = kept(workspace).values()
        assert (name, "Rà soát may".encode() in record) == ("a.txt", True)
        again = take_in(files, workspace)
    assert (again.stored, again.same, again.failed) == ([], [], [])


@pytest.mark.parametrize("order", [[0, 1], [1, 0]], ids=str)
def test_the_next_file_is_kept_where_the_first_becomes_another_document(
    tmp_path: Path, place: Path, order: list[int]
) -> None:
    files = [plan(tmp_path, "a.txt", what="may"), plan(tmp_path, "b.txt", what="hàn")]
    with Workspace(place, create=True) as workspace:
        take_in(files, workspace)
        plan(tmp_path, "a.txt", number=8, what="mộc")
        report = take_in([files[i] for i in order], workspace)
        assert sorted(name for name, _ in kept(workspace).values()) == ["a.txt", "b.txt"]
    assert (len(report.stored), report.unchanged, report.removed) == (2, [], [])


def test_the_next_file_is_kept_where_the_first_was_taken_away(tmp_path: Path, place: Path) -> None:
    files = [plan(tmp_path, "a.txt", what="may"), plan(tmp_path, "b.txt", what="hàn")]
    with Workspace(place, create=True) as workspace:
        take_in(files, workspace)
        files[0].unlink()
        take_in(files[1:], workspace)
        assert [name for name, _ in kept(workspace).values()] == ["b.txt"]


def test_a_file_that_becomes_another_one_s_document_takes_its_own_with_it(tmp_path: Path, place: Path) -> None:
    files = [plan(tmp_path, "a.txt", number=7), plan(tmp_path, "b.txt", number=8)]
    with Workspace(place, create=True) as workspace:
        take_in(files, workspace)
        plan(tmp_path, "b.txt", number=7, what="hàn")
        report = take_in(files, workspace)
        assert [name for name, _ in kept(workspace).values()] == ["a.txt"]
    assert (report.stored, len(report.removed), report.same) == ([], 1, [(str(files[1]), str(files[0]))])


def test_a_file_that_takes_over_is_read_though_a_third_one_is_the_same(tmp_path: Path, place: Path) -> None:
    files = [plan(tmp_path, f"{letter}.txt", number=7) for letter in "abc"]
    with Workspace(place, create=True) as workspace:
        take_in(files[:2], workspace)
        plan(tmp_path, "a.txt", number=8)
        take_in(files, workspace)
        assert {name: workspace.record(id_).file for id_, (name, _) in kept(workspace).items()} == {
            "a.txt": "a.txt",
            "b.txt": "b.txt",
        }


STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(7, 8), st.sampled_from(["may", "hàn"]), st.booleans()), max_size=8
)


@settings(max_examples=25)
@given(STEPS, st.permutations("abc"))
def test_whatever_went_before_an_ingest_settles_as_a_new_one_does(
    steps: list[tuple[str, int, str, bool]], order: list[str]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = {letter: plan(folder, f"{letter}.txt", number=7) for letter in order}
        with Workspace(folder / "w", create=True) as workspace:
            for letter, number, what, alone in steps:
                plan(folder, f"{letter}.txt", number, what)
                take_in([files[letter]] if alone else list(files.values()), workspace)
            take_in(list(files.values()), workspace)
            assert take_in(list(files.values()), workspace).stored == []
            with Workspace(folder / "new", create=True) as new:
                take_in(sorted(files.values()), new)
                assert kept(workspace) == kept(new)


def test_a_link_to_a_folder_above_is_walked_once(tmp_path: Path) -> None:
    file = plan(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert find_files([tmp_path]) == [file]


def test_a_workspace_inside_a_folder_is_no_folder_of_documents(tmp_path: Path) -> None:
    file = plan(tmp_path, "a.txt")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([file], workspace)
    assert find_files([tmp_path]) == [file]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no UTF-8")
def test_a_file_name_that_is_no_utf8_is_read(tmp_path: Path, place: Path) -> None:
    file = plan(tmp_path, "a.txt").rename(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.txt"))
    with Workspace(place, create=True) as workspace:
        (id_,) = take_in([file], workspace).stored
        assert workspace.record(id_).file == "b\ufffd.txt"
        assert take_in([file], workspace).unchanged == [file]
