"""Which task takes up which: pairs that a person told, `vanmach compare`, and `vanmach trace --suggest`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from queries.alignment import Pair, align, beside
from queries.likeness import Likeness
from tests.command import vanmach

CASES = Path(__file__).with_name("cases") / "alignment.yaml"
TOLD: Mapping[str, Any] = yaml.safe_load(CASES.read_text("utf-8"))
HEADING = "Nâng cao nhận thức của người dân về học nghề và việc làm"


def task(text: str, *leads: str, **other: Any) -> dict[str, Any]:
    return {"text": text, "leads": list(leads), **other}


def pairs(uppers: Sequence[Mapping[str, Any]], lowers: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    return [(pair.upper, pair.lower) for pair in align(uppers, lowers)]


def test_a_task_is_paired_with_the_one_that_says_the_same() -> None:
    uppers = [task("Mở lớp dạy nghề may"), task("Khảo sát nhu cầu tuyển dụng của doanh nghiệp")]
    lowers = [task("Khảo sát nhu cầu tuyển dụng ở xã"), task("Mở lớp nghề may tại xã"), task("Tặng quà")]
    assert pairs(uppers, lowers) == [(1, 0), (0, 1)]


def test_several_lower_tasks_may_take_up_one_upper_task() -> None:
    uppers = [task("Rào chắn ao hồ nguy hiểm; dạy bơi miễn phí cho trẻ em nghèo"), task("Sửa chữa đường làng")]
    lowers = [task("Rào chắn các ao hồ nguy hiểm"), task("Dạy bơi miễn phí cho trẻ em")]
    assert pairs(uppers, lowers) == [(0, 0), (0, 1)]


def test_a_task_with_two_that_are_as_like_is_paired_with_neither() -> None:
    uppers = [task("Mở lớp dạy nghề may"), task("Mở lớp dạy nghề mộc"), task("Xây cầu qua suối")]
    assert pairs(uppers, [task("Mở lớp dạy nghề")]) == []


def test_tasks_without_a_word_in_common_are_no_pair() -> None:
    assert align([task("Mở lớp", "Sở Nội vụ tỉnh A")], [task("Tặng quà", "Sở Nội vụ tỉnh B")]) == []
    assert align([task("")], [task("")]) == [] == align([], [task("Tặng quà")])


def test_what_every_plan_says_and_dates_are_no_words_in_common() -> None:
    upper = task("Chủ trì, phối hợp với các cơ quan, đơn vị tổ chức thực hiện trước ngày 30/9/2024")
    lower = task("Ủy ban nhân dân xã tổ chức thực hiện trước ngày 30/9/2024")
    assert Likeness([upper], [lower]).score(0, 0) == 0


def test_the_name_of_an_agency_is_no_word_in_common() -> None:
    named = {"report_to": ["Phòng Kinh tế huyện A"]}
    upper = task("Khảo sát chợ, gửi Phòng Kinh tế", **named)
    one, other = (task(f"{what}, gửi Phòng Kinh tế", **named) for what in ("Trồng cây", "Khảo sát chợ"))
    likeness = Likeness([upper], [one, other])
    assert "phòng kinh" not in likeness.words(0, 0) and "kinh tế" not in likeness.words(0, 0)
    assert likeness.score(0, 0) < likeness.score(0, 1)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"leads": ["Phòng Y tế huyện B"]}, {"leads": ["Phòng Tư pháp huyện B"]}),
        ({"heading": HEADING}, {"heading": "Tăng cường quản lý nhà nước đối với các cơ sở dạy nghề tư nhân"}),
    ],
)
def test_a_like_body_and_a_like_heading_tell_for_a_pair(more: Mapping[str, Any], less: Mapping[str, Any]) -> None:
    upper = task("Tập huấn kỹ năng sơ cứu", "Sở Y tế tỉnh A", heading=HEADING)
    said = "Tập huấn kỹ năng cấp cứu"
    likeness = Likeness([upper], [task(said) | more, task(said) | less])
    assert likeness.score(0, 0) > likeness.score(0, 1)


def test_a_short_heading_tells_nothing() -> None:
    upper, lower = (task(text, heading="NHIỆM VỤ, GIẢI PHÁP") for text in ("Dạy bơi cho trẻ", "Dạy bơi cho người lớn"))
    apart = Likeness([upper], [lower | {"heading": "TỔ CHỨC"}])
    assert Likeness([upper], [lower]).score(0, 0) == apart.score(0, 0)


def test_a_pair_says_what_the_two_have_in_common() -> None:
    (pair,) = align([task("Mở lớp dạy nghề may cho phụ nữ")], [task("Mở hai lớp nghề may")])
    assert "nghề may" in pair.words
    assert "may" not in pair.words  # it stands in what is shown already


def test_what_stands_alone_is_told_of_both() -> None:
    rows = beside([task("Mở lớp dạy nghề"), task("Tặng quà")], [task("Xây cầu"), task("Mở lớp dạy nghề")])
    said = [(row["one"] and row["one"]["text"], row["other"] and row["other"]["text"]) for row in rows]
    assert said == [("Mở lớp dạy nghề", "Mở lớp dạy nghề"), ("Tặng quà", None), (None, "Xây cầu")]
    assert [row["score"] is None for row in rows] == [False, True, True]


@dataclass
class Counts:
    """How many pairs are right, wrong and not found; and of those that are sure, right and wrong."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    sure_right: int = 0
    sure_wrong: int = 0

    def count(self, found: Sequence[Pair], told: Mapping[str, Any]) -> None:
        takes, may = told["takes"], told.get("may", {})
        for pair in found:
            right = pair.upper + 1 in takes.get(pair.lower + 1, ())
            if right or pair.upper + 1 not in may.get(pair.lower + 1, ()):
                self.right += right
                self.wrong += not right
                self.sure_right += right and pair.sure
                self.sure_wrong += not right and pair.sure
        hit = {pair.lower + 1 for pair in found if pair.upper + 1 in takes.get(pair.lower + 1, ())}
        self.missed += len(takes.keys() - hit)


def _documents(workspace: Path) -> Iterator[tuple[Mapping[str, Any], list[Any], list[Any]]]:
    for told in TOLD["examples"]:
        uppers, lowers = (
            vanmach("show", told[side], "--format", "json", "-w", workspace).json["tasks"]
            for side in ("upper", "lower")
        )
        yield told, uppers, lowers
    for told in TOLD["made_up"]:
        uppers, lowers = ([_written(text) for text in told[side]] for side in ("upper", "lower"))
        yield told, uppers, lowers


def _written(text: str) -> dict[str, Any]:
    lead, _, said = text.partition(": ")
    return task(said, lead)


@pytest.fixture(scope="module")
def counts(workspace: Path) -> Counts:
    """What was found in all documents together."""
    counts = Counts()
    for told, uppers, lowers in _documents(workspace):
        counts.count(align(uppers, lowers), told)
    return counts


def test_the_pairs_are_as_good_as_they_are_said_to_be(counts: Counts) -> None:
    floor = TOLD["floor"]
    assert counts.right / (counts.right + counts.wrong) >= floor["precision"]
    assert counts.right / (counts.right + counts.missed) >= floor["recall"]
    assert counts.sure_right / (counts.sure_right + counts.sure_wrong) >= floor["sure"]


def test_compare_lays_two_plans_for_one_directive_beside_each_other(workspace: Path) -> None:
    asked = ("compare", "41/KH-UBND", "74/KH-UBND")
    found = vanmach(*asked, "--format", "json", "-w", workspace).json
    assert len(found["both_implement"]) == 1 and found["both_implement"][0].startswith("21-ct-tw")
    rows = vanmach(*asked, "--format", "csv", "-w", workspace).rows
    assert len(rows) == len(found["tasks"])
    assert [row for row in rows if row["score"]] and [row for row in rows if not row["other_text"]]
    done = vanmach(*asked, "-w", workspace)
    assert (done.code, done.err) == (0, "both implement: 21-CT/TW\n")
    assert "74/KH-UBND" in done.out


def test_compare_finds_the_same_pairs_whichever_document_is_named_first(workspace: Path) -> None:
    one, other = (
        vanmach("compare", *asked, "--format", "json", "-w", workspace).json["tasks"]
        for asked in (("120/KH-UBND", "85/KH-UBND"), ("85/KH-UBND", "120/KH-UBND"))
    )
    found = [(row["one"]["id"], row["other"]["id"]) for row in one if row["score"]]
    assert found and [(row["other"]["id"], row["one"]["id"]) for row in other if row["score"]] == found


def test_the_way_of_a_task_suggests_who_takes_it_up(workspace: Path) -> None:
    asked = ("trace", "120/KH-UBND", "--task", "III.2-1", "--suggest", "-w", workspace)
    tree = vanmach(*asked, "--format", "json").json
    assert [task["section"] for task in tree["tasks"]] == ["III.2-1"]
    found = {child["document"]["symbol"]: child["suggested"] for child in tree["children"]}
    assert "85/KH-UBND" in found and "64/KH-UBND" not in found
    (suggested,) = found["85/KH-UBND"]
    assert suggested["upper"] == tree["tasks"][0]["id"] and "học sinh" in suggested["words"]
    assert f"gợi ý: {suggested['section']}: {suggested['text']}" in " ".join(vanmach(*asked).out.split())


def test_only_the_way_of_one_task_has_suggestions(workspace: Path) -> None:
    done = vanmach("trace", "120/KH-UBND", "--suggest", "-w", workspace)
    assert (done.code, done.err) == (1, "vanmach: --suggest: of which task? — name it with --task\n")
