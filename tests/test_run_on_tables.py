"""Tables that stand on one line: one line for each row."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.run_on_tables import laid_out
from tests.growth import grows_linearly

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "run_on_tables.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rows_of_tables_on_one_line(case: dict[str, str]) -> None:
    assert laid_out(case["text"]) == case["laid_out"]


@given(st.text(alphabet="|1I. a\n", max_size=300))
def test_no_letter_is_lost_and_a_second_time_changes_nothing(text: str) -> None:
    once = laid_out(text)
    letters = sorted(letter for letter in text if letter in "1Ia.")
    assert sorted(letter for letter in once.replace("<br>", "") if letter in "1Ia.") == letters
    assert laid_out(once) == once


@pytest.mark.parametrize("unit", ["1 |a |b | |", "| |", "1 |a\n", "a | b\n"])
def test_cost_grows_linearly(unit: str) -> None:
    assert grows_linearly(lambda size: laid_out(unit * (size // len(unit))), 50_000)
