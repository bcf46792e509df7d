"""A scan's misread words are read as the words that they are, and shown as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning.misread_diacritics import with_known_diacritics
from ingest.extract import extract
from ingest.lexicon import lexicon
from ingest.reading.read import SourceText
from ingest.spacing import bare_letters

SCAN = "Ủy bản nhận dân huyện tô chức kiềm tra kê hoạch và phôi hợp với thành phô. "


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Đội A tô chức họp", "Đội A tổ chức họp"),
        ("PHÔI HỢP với đội B", "PHỐI HỢP với đội B"),
        ("chí\nđạo đội C", "chỉ\nđạo đội C"),
        ("uỷ viên của đội", "uỷ viên của đội"),  # an older spelling is no slip
        ("tố chức năng", "tổ chức năng"),
        ("atô chức", "atô chức"),
    ],
)
def test_words_of_a_scan(printed: str, read: str) -> None:
    assert with_known_diacritics(f"{SCAN}{printed}").removeprefix(with_known_diacritics(SCAN)) == read


def test_a_typing_error_or_two_are_no_scan() -> None:
    text = "Xã A tô chức kiềm tra ao muối."
    assert with_known_diacritics(text) == text


@given(st.text(alphabet="tTôổốchứcCKkieềmraà \n", max_size=80))
def test_offsets_hold_and_letters_stay(text: str) -> None:
    read = with_known_diacritics(SCAN + text)
    assert bare_letters(read) == bare_letters(SCAN + text)


def test_words_are_known_once() -> None:
    words = [bare_letters(word.strip()) for word in lexicon("misread_words")["words"].split(",")]
    assert len(set(words)) == len(words)
    assert all(len(word.split()) == 2 for word in words)


def test_a_task_is_shown_as_it_is_printed_and_given_to_whom_it_means() -> None:
    text = f"""ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Nghệ An, ngày 12 tháng 3 năm 2025

KẾ HOẠCH
Làm muối

I. MỤC ĐÍCH

{SCAN}

II. TÔ CHỨC THỰC HIỆN

1. Sở Tư pháp chủ trì, phôi hợp với Sở Nội vụ kiềm tra các kho muối.
"""
    _, record = extract(SourceText(text, "text"), "x")
    task = record.tasks[-1]
    assert task.text == "Sở Tư pháp chủ trì, phôi hợp với Sở Nội vụ kiềm tra các kho muối."
    assert task.text.startswith(task.anchor)
    assert task.agencies("phối hợp") == ["Sở Nội vụ tỉnh Nghệ An"]
