"""What a person says wins, is remembered, and can be wrong in clear words."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import WorkspaceError
from ingest.build import Stored, build
from ingest.corrections import Corrections, load_corrections
from ingest.intake import take_in
from ingest.workspace import Workspace
from tests.records import record

NAMELESS = """KẾ HOẠCH
Dạy nghề may

UBND huyện ban hành Kế hoạch như sau:

1. Phòng Tư pháp rà soát hồ sơ.

TM. ỦY BAN NHÂN DÂN
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, "utf-8")
    return path


def test_no_file_corrects_nothing(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.yaml") == Corrections()


@pytest.mark.parametrize(
    "text,says",
    [
        ("headers: [", "mend the YAML"),
        ("- a", "only headers, same and different"),
        ("heders: {}", "heders"),
        ("headers: {a.txt: {isuer: x}}", "isuer"),
        ("headers: [a.txt]", "by id or file name"),
        ("headers: {a.txt: UBND X}", "by id or file name"),
        ("headers: {a.txt: {place: [1, 2]}}", "write it from the top"),
        ("headers: {a.txt: {issued_on: hôm qua}}", "is no date"),
        ("headers: {a.txt: {level: thôn}}", "known are trung ương"),
        ("headers: {a.txt: {title: [a]}}", "is no text"),
        ("same: 1", "two or more ids"),
        ("same: [[a]]", "two or more ids"),
        ("same: [a, b]", "two or more ids"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(WorkspaceError, match=says):
        load_corrections(written(tmp_path, text))


def test_a_header_can_be_corrected_by_file_name(tmp_path: Path) -> None:
    given = load_corrections(written(tmp_path, "headers: {test.txt: {issuer: UBND X, place: [tỉnh Bắc Giang]}}"))
    corrected = given.apply("some-id", record({"header": {"symbol": "1/KH-UBND"}}))
    assert (corrected.header.issuer, corrected.header.place) == ("UBND X", ("tỉnh Bắc Giang",))
    assert corrected.header.symbol == "1/KH-UBND"


def test_a_place_may_be_written_as_one_text(tmp_path: Path) -> None:
    given = load_corrections(written(tmp_path, "headers: {test.txt: {place: tỉnh Quảng Trị/huyện Hải Lăng}}"))
    assert given.apply("some-id", record({})).header.place == ("tỉnh Quảng Trị", "huyện Hải Lăng")


def test_what_is_the_same_as_the_same_is_the_same(tmp_path: Path) -> None:
    given = load_corrections(written(tmp_path, "same: [[b, a], [c, b], [x, y]]"))
    assert set(given.same) == {frozenset("abc"), frozenset("xy")}


def test_a_day_may_be_written_without_quotes(tmp_path: Path) -> None:
    given = load_corrections(written(tmp_path, "headers: {test.txt: {issued_on: 2023-10-05}}"))
    assert given.apply("some-id", record({})).header.issued_on == "2023-10-05"


def test_two_agencies_can_be_called_one() -> None:
    known = {"place": ["tỉnh Bắc Giang"]}
    said = record({"recipients": [{"name": "Sở Y tế tỉnh Bắc Giang", **known}, {"name": "Sở Y tế BG", **known}]})
    stored = {"a": Stored(said, " " * 10)}
    ids = [n.id for n in build(stored).nodes("Agency")]
    assert len(ids) == 2
    assert len(list(build(stored, Corrections(same=(frozenset(ids),))).nodes("Agency"))) == 1


def test_a_place_that_was_given_survives_a_new_ingest(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(NAMELESS, "utf-8")
    place = ("tỉnh Quảng Trị", "huyện Hải Lăng")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([file], workspace, place)
        file.write_text(NAMELESS.replace("hồ sơ", "danh sách"), "utf-8")
        take_in([file], workspace)
        (id_,) = workspace.ids()
        assert "danh sách" in workspace.text(id_)
        assert workspace.record(id_).header.place == place
