"""Targets: figures in sentences and in tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.assigning.figures import number
from ingest.assigning.targets import find_targets
from ingest.cleaning.clean import clean
from ingest.naming.agencies import Scope
from ingest.outlining.outline import outline
from ingest.record import Header, Target
from tests.growth import grows_linearly

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "targets.yaml").read_text("utf-8"))
SCOPE = Scope(("tỉnh Vân Lĩnh", "huyện Sơn Khê"), "huyện", "Ủy ban nhân dân huyện Sơn Khê", "Ủy ban nhân dân")


def targets_of(body: str, header: Header | None = None) -> list[Target]:
    cleaned = clean(f"KẾ HOẠCH\n\n{body}")
    return find_targets(cleaned, outline(cleaned), header or Header(), SCOPE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_targets(case: dict[str, Any]) -> None:
    targets = targets_of(case["text"], Header(**case.get("header", {})))
    found = [[t.comparator, t.value, t.value_max, t.unit, t.by] for t in targets]
    assert found == case["targets"]


def test_a_table_says_who_follows_a_target() -> None:
    table = next(case for case in CASES if case["name"] == "a table of targets")
    first = targets_of(table["text"])[0]
    assert (first.section, first.subject) == ("I.1", "Tỷ lệ hộ có điện")
    assert [(a.role, a.written) for a in first.assignments] == [("theo dõi", "Phòng Kinh tế")]


def test_the_subject_is_what_the_figure_counts() -> None:
    (target,) = targets_of("II. MỤC TIÊU\n\nTỷ lệ hộ dùng nước sạch của toàn huyện đạt 70%.")
    assert target.subject == "Tỷ lệ hộ dùng nước sạch của toàn huyện"


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Phấn đấu đến hết năm 2027, tỷ lệ hộ dùng nước sạch đạt trên 92%.", "tỷ lệ hộ dùng nước sạch"),
        ("Nâng tỷ lệ thôn có bến đò an toàn từ 30% (năm 2024) lên 45%.", "Nâng tỷ lệ thôn có bến đò an toàn"),
        ("Sản lượng tôm của toàn huyện năm 2027 tăng ít nhất 12%.", "Sản lượng tôm của toàn huyện năm 2027 tăng"),
        ("Ít nhất 85% học sinh biết bơi, trong đó 20% biết cứu đuối.", "học sinh biết bơi"),
        ("Đến năm 2027 có 12 bến đò được cấp phép.", "bến đò được cấp phép"),
        ("Có ít nhất 50% xã, phường, thị trấn có bến đò; 90% hộ có áo phao.", "xã, phường, thị trấn có bến đò"),
        ("100% các bến đò ngang, bến đò dọc, thuyền thúng có phao.", "các bến đò ngang, bến đò dọc"),
        ("20% xã, phường có bến đò năm 2026, đến năm 2027 đạt 50% địa bàn cấp xã.", "xã, phường có bến đò"),
        ("Giảm tỷ lệ hộ nghèo xuống 2% số hộ.", "Giảm tỷ lệ hộ nghèo"),
        ("Tập trung thi công cầu treo, phấn đấu đạt 80% trước ngày 30/11/2027.", "Tập trung thi công cầu treo"),
    ],
)
def test_the_subject_has_no_words_of_time_and_measure(sentence: str, subject: str) -> None:
    assert targets_of(f"II. MỤC TIÊU\n\n- {sentence}")[0].subject == subject


@pytest.mark.parametrize(
    ("printed", "value"), [("12.000", 12000), ("2.989,5", 2989.5), ("0,7", 0.7), ("99.86", 99.86), ("05", 5)]
)
def test_numbers_are_vietnamese(printed: str, value: float) -> None:
    assert number(printed) == value


@given(st.text(alphabet="đạt 0123456789.,%-–≥ năm trên;:()\n", max_size=200))
def test_whatever_the_text_targets_stand_in_it(text: str) -> None:
    for target in targets_of(f"II. MỤC TIÊU\n\n{text}"):
        assert 0 <= target.start < target.end


@pytest.mark.parametrize("unit", ["đạt 5% ", "1.", "12 hộ, ", "(gồm 3 ", "đến năm 2030 "])
def test_cost_grows_linearly(unit: str) -> None:
    assert grows_linearly(lambda size: targets_of("II. MỤC TIÊU\n\n" + unit * (size // len(unit))), 25_000)


def test_each_of_several_figures_has_its_own_passage() -> None:
    found = targets_of("II. MỤC TIÊU\n\n- Phấn đấu 90% thôn vùng thấp, 75% thôn vùng cao và 50% bản có điểm đọc sách.")
    assert [t.anchor.split(" ", 3)[:3] for t in found] == [
        ["Phấn", "đấu", "90%"],
        ["75%", "thôn", "vùng"],
        ["50%", "bản", "có"],
    ]


def test_a_long_sentence_comes_to_its_figure_with_its_last_words() -> None:
    (target,) = targets_of(
        "II. MỤC TIÊU\n\nChuyển hạ tầng viễn thông sang hạ tầng số, phát triển đồng bộ từ trung tâm đến các thôn bản "
        "vùng cao, vùng sâu và vùng xa của huyện, bảo đảm an toàn mạng, "
        "đưa tỷ lệ phủ sóng tại các cụm công nghiệp đạt 90%."
    )
    assert target.text == "đưa tỷ lệ phủ sóng tại các cụm công nghiệp đạt 90%."


def test_several_figures_of_a_row_have_anchors_of_their_own_and_a_dash_the_name_above() -> None:
    table = next(case for case in CASES if case["name"].startswith("years in a second row"))
    found = targets_of(table["text"])
    assert [(t.section, t.subject, t.anchor) for t in (found[0], found[2])] == [
        ("1-1", "Số ao (Ao nuôi ốc)", "10 12 14 cả ao cũ - Ốc bán ra Tạ 1.020 1.100"),
        ("1-1", "Số ao (Ao nuôi ốc)", "14 cả ao cũ - Ốc bán ra Tạ 1.020 1.100 1.250"),
    ]


def test_a_figure_that_stands_alone_is_found_by_what_follows_it() -> None:
    found = targets_of("II. MỤC TIÊU\n\n- Có 40% hộ nuôi cá; 30%.\n\n- Có 40% hộ nuôi cá; 30%.\n\nIII. NHIỆM VỤ")
    assert [(t.anchor, t.anchor_occurrence) for t in found] == [
        ("Có 40% hộ nuôi cá; 30%. - Có 40% hộ nuôi cá; 30%.", None),
        ("30%. - Có 40% hộ nuôi cá; 30%. III. NHIỆM VỤ", None),
        ("Có 40% hộ nuôi cá; 30%. III. NHIỆM VỤ", None),
        ("30%. III. NHIỆM VỤ", None),
    ]


def test_the_same_words_again_are_the_second_occurrence() -> None:
    line = "- Có 40% hộ nuôi cá trong lồng trên sông."
    first, second = targets_of(f"II. MỤC TIÊU\n\n{line}\n\n{line}")
    assert (first.anchor_occurrence, second.anchor_occurrence) == (None, 2)
