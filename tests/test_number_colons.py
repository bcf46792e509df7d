"""A colon before the number of a document ends no clause, and stays where a passage is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.cleaning.number_colons import without_number_colons
from ingest.extract import extract
from ingest.reading.read import read

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN HẢI HẬU

KẾ HOẠCH
Đắp lại bờ bao

1. Theo Quyết định số: 12/QĐ-UBND và Kế hoạch số: 34/KH-UBND, Phòng Nội vụ đếm lại sổ hộ nghèo.
"""


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("theo Kế hoạch số: 34/KH-UBND", "theo Kế hoạch số  34/KH-UBND"),
        ("Công văn số :9/UBND", "Công văn số  9/UBND"),
        ("Số: 34/KH-UBND", "Số: 34/KH-UBND"),
        ("Luật số: 12/2013/QH13", "Luật số: 12/2013/QH13"),
        ("các xã có số: nhà, vườn, ao", "các xã có số: nhà, vườn, ao"),
    ],
)
def test_the_colon_is_taken_out_before_a_number_alone(printed: str, read_as: str) -> None:
    assert without_number_colons(printed) == read_as


def test_a_passage_keeps_its_colons_and_its_last_letters(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, "utf-8")
    _, record = extract(read(file), file.name)
    (task,) = record.tasks
    assert task.text == PLAN.strip().rpartition("\n1. ")[2]
    assert task.agencies("chủ trì", "thực hiện") == ["Phòng Nội vụ huyện Hải Hậu"]
