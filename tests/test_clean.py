import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.cleaning import clean as cleaning
from ingest.cleaning.clean import clean
from ingest.cleaning.edits import Forward, Traced, edit
from ingest.text import CleanText

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "clean.yaml").read_text("utf-8"))

MARKUP = "*_#|\\<>&`[]()!-~=:; \n\t\r\f"
LETTERS = "abcKHSđĐưệẾ0123/.,\u0300\u0302\u0323\u200b\u00a0\uf0b7•"
anything = st.one_of(st.text(), st.text(alphabet=MARKUP + LETTERS, max_size=200))


def cells_of(cleaned: CleanText) -> list[list[list[str]]]:
    return [[[cleaned.text[c.start : c.end] for c in row] for row in table.rows] for table in cleaned.tables]


@pytest.mark.parametrize("case", CASES, ids=lambda c: ascii(c["source"]))
def test_mark_up_goes_and_words_stay(case: dict) -> None:
    cleaned = clean(case["source"])
    assert cleaned.text == case["text"]
    if "emphasis" in case:
        assert [[e.kind, cleaned.text[e.start : e.end]] for e in cleaned.emphasis] == case["emphasis"]
    if "tables" in case:
        assert cells_of(cleaned) == case["tables"]


@given(anything)
def test_any_text_comes_out_composed_and_without_odd_characters(source: str) -> None:
    text = clean(source).text
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & set("\r\f\u200b\u00a0\ufeff\x00")


@given(anything)
def test_the_map_covers_the_text_and_leads_into_the_source(source: str) -> None:
    cleaned = clean(source)
    assert len(cleaned.starts) == len(cleaned.origins)
    assert list(cleaned.starts) == sorted(set(cleaned.starts))
    assert list(cleaned.origins) == sorted(cleaned.origins)
    assert all(0 <= cleaned.origin(i) < len(source) for i in range(len(cleaned.text)))


@given(anything)
def test_tables_and_emphasis_lie_in_the_text_in_their_order(source: str) -> None:
    cleaned = clean(source)
    cells = [cell for table in cleaned.tables for row in table.rows for cell in row]
    offsets = [offset for cell in cells for offset in (cell.start, cell.end)]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(cleaned.text) for offset in offsets)
    assert all(0 <= e.start < e.end <= len(cleaned.text) for e in cleaned.emphasis)


@given(st.text(alphabet="abc XYZ 0123/-.,;:%()đưệẾ\n"))
def test_plain_text_maps_to_the_same_characters(source: str) -> None:
    assume(not re.search(r"(?m)^\W*\d{1,3}\W*$", source))  # a page's number, which goes
    cleaned = clean(source)
    assert all(source[cleaned.origin(i)] == c for i, c in enumerate(cleaned.text))
    assert [c for c in cleaned.text if c.isalnum()] == [c for c in source if c.isalnum()]


@given(st.text(alphabet="ab •đệ019/-+.,;:%\n\t\r\u00a0\u200b\u0302\u0323"))
def test_cleaned_text_is_clean(source: str) -> None:
    cleaned = clean(source)
    assert clean(cleaned.text).text == cleaned.text


def test_an_offset_leads_back_through_mark_up_and_composition() -> None:
    source = "**KE\u0302\u0301 HOA\u0323CH**\r\nSo\u0302\u0301\u00a012\\-KH/TU"
    cleaned = clean(source)
    assert cleaned.text == "KẾ HOẠCH\nSố 12-KH/TU"
    for word in ("K", "H", "S", "12", "KH/TU"):
        assert source.startswith(word, cleaned.origin(cleaned.text.index(word)))


def test_a_portal_line_stays_for_the_header_to_judge() -> None:
    assert clean("*Source: https://example.vn/a_b_c*").text == "Source: https://example.vn/a_b_c"


def test_a_row_of_too_many_columns_is_no_table() -> None:
    assert clean("|" * 5000 + "\n" + "|" * 5000).tables == ()


@pytest.mark.parametrize(
    "unit",
    ["a", "*", "**", "|", "| a ", "|\n", "\u0301", " ", "\n", "_", "\\", "<br", "[", "](", "&", "> ", "# ", "-", "\t"],
)
def test_work_grows_with_the_length_and_no_faster(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Characters handed to the steps that look at pieces are counted, not seconds."""
    looked_at = 0
    inline_markup = cleaning.inline_markup

    def counting(text: str, start: int, end: int, in_cell: bool = False) -> object:
        nonlocal looked_at
        looked_at += end - start
        return inline_markup(text, start, end, in_cell)

    monkeypatch.setattr(cleaning, "inline_markup", counting)
    source = unit * (200_000 // len(unit))
    cleaned = clean(source)
    assert looked_at <= len(source)
    assert len(cleaned.text) <= len(source)
    assert len(cleaned.starts) <= len(source)


def test_edits_lead_back_through_every_step() -> None:
    first, _ = edit(Traced("abcdef"), [(1, 2, ""), (3, 4, "XYZ")])
    assert first.text == "acXYZef"
    second, forward = edit(first, [(0, 1, ""), (5, 6, "")])
    assert second.text == "cXYZf"
    cleaned = CleanText(second.text, second.starts, second.origins)
    assert [cleaned.origin(i) for i in range(5)] == [2, 3, 3, 3, 5]
    assert [forward(i) for i in range(8)] == [0, 0, 1, 2, 3, 4, 4, 5]


def test_an_offset_between_two_edits_stays_between_them() -> None:
    assert Forward([(0, 2, "\t"), (2, 4, "\t")])(2) == 1
