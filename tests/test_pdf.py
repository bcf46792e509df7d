from pathlib import Path

import pytest
import yaml

from graph.errors import ReadError
from ingest.reading.layout import Word, flow, lines_of
from ingest.reading.pdf import read_pdf
from tests.pdf_file import pdf_file

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "pdf.yaml").read_text("utf-8"))

SENTENCE = "Phòng Kinh tế chủ trì, phối hợp với các xã thực hiện kế hoạch"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_lines_become_paragraphs(case: dict) -> None:
    page = pdf_file([[(x, y, words) for x, y, words in case["lines"]]])
    assert read_pdf(page, "x.pdf") == "\n\n".join(case["paragraphs"])


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first = [(85.0, 700.0, f"{SENTENCE} của tỉnh"), (85.0, 716.0, f"{SENTENCE} về công")]
    second = [(297.0, 30.0, "2"), (85.0, 100.0, "tác thú y năm nay của tỉnh, huyện và các xã, thị trấn.")]
    text = read_pdf(pdf_file([first, second]), "x.pdf")
    assert text.endswith("về công tác thú y năm nay của tỉnh, huyện và các xã, thị trấn.")


def test_a_running_title_is_left_out() -> None:
    pages = [[(85.0, 30.0, "Cổng thông tin huyện"), (85.0, 100.0, f"{i}. {SENTENCE}.")] for i in range(1, 5)]
    text = read_pdf(pdf_file(pages), "x.pdf")
    assert text == "\n\n".join(f"{i}. {SENTENCE}." for i in range(1, 5))


def test_a_table_with_borders_becomes_a_pipe_table() -> None:
    lines = [
        (85.0, 80.0, f"{SENTENCE}."),
        *((90.0, 115.0, "TT"), (130.0, 115.0, "Nhiệm vụ"), (300.0, 115.0, "Chủ trì")),
        *((90.0, 145.0, "1"), (130.0, 145.0, "Tiêm phòng cho"), (130.0, 160.0, "đàn lợn"), (300.0, 145.0, "Xã An Lạc")),
        (85.0, 200.0, "Trên đây là kế hoạch."),
    ]
    text = read_pdf(pdf_file([lines], [([85, 125, 290, 400], [100, 125, 170])]), "x.pdf")
    table = "| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n| 1 | Tiêm phòng cho đàn lợn | Xã An Lạc |"
    assert text == f"{SENTENCE}.\n\n{table}\n\nTrên đây là kế hoạch."


def test_a_table_goes_on_over_the_end_of_a_page() -> None:
    head = [(90.0, 715.0, "TT"), (130.0, 715.0, "Nhiệm vụ")]
    first = [(85.0, 100.0, f"{SENTENCE}."), *head, (90.0, 745.0, "1"), (130.0, 745.0, "Tiêm phòng")]
    again = [(x, y - 600, words) for x, y, words in head]
    second = [*again, (90.0, 145.0, "2"), (130.0, 145.0, "Khử trùng"), (85.0, 200.0, "Trên đây là kế hoạch.")]
    grids = [([85, 125, 290], [700, 725, 755]), ([85, 125, 290], [100, 125, 155])]
    text = read_pdf(pdf_file([first, second], grids), "x.pdf")
    table = "| TT | Nhiệm vụ |\n|---|---|\n| 1 | Tiêm phòng |\n| 2 | Khử trùng |"
    assert text == f"{SENTENCE}.\n\n{table}\n\nTrên đây là kế hoạch."


def test_words_of_one_line_may_stand_a_little_higher_or_lower() -> None:
    words = [Word("Số:", 90, 110, 60, 72, 12), Word("64/KH", 114, 150, 61, 73, 12), Word("Hải", 85, 110, 80, 92, 12)]
    assert [line.text for line in lines_of(words)] == ["Số: 64/KH", "Hải"]


def test_no_words_give_no_blocks() -> None:
    assert list(flow(lines_of([]))) == []


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    [
        (pdf_file([[], []], scanned=True), "a scan without a text layer", "ocrmypdf"),
        (pdf_file([[(85.0, 60.0, "Ký bởi: UBND")], []], scanned=True), "a scan without a text layer", "ocrmypdf"),
        (pdf_file([[(85.0, 60.0, SENTENCE)]], password="mật khẩu"), "a PDF with a password", "without the password"),
        (b"%PDF-1.7\n" + b"x" * 500, "a broken PDF", "print it into a new PDF"),
        (pdf_file([[(85.0, 60.0, SENTENCE)]])[:300], "a broken PDF", "print it into a new PDF"),
    ],
    ids=["no text", "a stamp only", "encrypted", "no PDF", "cut short"],
)
def test_what_gives_no_text_is_one_clear_line(data: bytes, reason: str, hint: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_pdf(data, "ke-hoach.pdf")
    assert caught.value.message.startswith("ke-hoach.pdf: ")
    assert hint in caught.value.hint
    assert "\n" not in str(caught.value)
