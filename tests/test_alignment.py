"""Which task is the same thing as which: pairs that a person told, and `vanmach compare`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from queries.alignment import align, beside
from tests.command import vanmach

CASES = Path(__file__).with_name("cases") / "alignment.yaml"
TOLD: Mapping[str, Any] = yaml.safe_load(CASES.read_text("utf-8"))


def task(text: str, *leads: str) -> dict[str, Any]:
    return {"text": text, "leads": list(leads)}


def test_a_task_is_paired_with_the_one_that_says_the_same() -> None:
    ones = [task("Mở lớp dạy nghề may"), task("Khảo sát nhu cầu tuyển dụng của doanh nghiệp")]
    others = [task("Khảo sát nhu cầu tuyển dụng ở xã"), task("Mở lớp nghề may tại xã"), task("Tặng quà")]
    assert [(pair.one, pair.other) for pair in align(ones, others)] == [(0, 1), (1, 0)]


def test_tasks_without_a_word_in_common_are_no_pair() -> None:
    assert align([task("Mở lớp", "Sở Nội vụ tỉnh A")], [task("Tặng quà", "Sở Nội vụ tỉnh B")]) == []
    assert align([task("")], [task("")]) == []


def test_the_same_body_of_another_place_tells_for_a_pair() -> None:
    ones = [task("Bố trí kinh phí đào tạo", "Sở Tài chính tỉnh A")]
    same, other = (task("Bố trí kinh phí đào tạo nghề", f"Sở {of} tỉnh B") for of in ("Tài chính", "Y tế"))
    (pair,) = align(ones, [other, same])
    assert pair.other == 1


def test_what_stands_alone_is_told_of_both() -> None:
    rows = beside([task("Mở lớp dạy nghề"), task("Tặng quà")], [task("Xây cầu"), task("Mở lớp dạy nghề")])
    said = [(row["one"] and row["one"]["text"], row["other"] and row["other"]["text"]) for row in rows]
    assert said == [("Mở lớp dạy nghề", "Mở lớp dạy nghề"), ("Tặng quà", None), (None, "Xây cầu")]


@pytest.fixture(scope="module")
def measured(workspace: Path) -> tuple[float, float]:
    """Precision and recall on all pairs together."""
    found, told = set(), set()
    for row in TOLD["documents"]:
        ones, others = (
            vanmach("show", row[side], "--format", "json", "-w", workspace).json["tasks"] for side in ("upper", "lower")
        )
        names = (row["upper"], row["lower"])
        found |= {(*names, pair.one + 1, pair.other + 1) for pair in align(ones, others)}
        told |= {(*names, *pair) for pair in row["pairs"]}
    return len(found & told) / len(found), len(found & told) / len(told)


def test_the_pairs_are_as_good_as_they_are_said_to_be(measured: tuple[float, float]) -> None:
    precision, recall = measured
    assert precision >= TOLD["floor"]["precision"]
    assert recall >= TOLD["floor"]["recall"]


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
