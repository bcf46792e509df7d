"""Tables whose cells go on in the next line: one line for each row."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.wrapped_tables import unwrapped

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "wrapped_tables.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rows_of_wrapped_tables(case: dict[str, str]) -> None:
    assert unwrapped(case["text"]) == case["unwrapped"]


@given(st.text(alphabet="|-ab \n.;", max_size=200))
def test_no_letter_is_lost_and_a_second_time_changes_nothing(text: str) -> None:
    once = unwrapped(text)
    letters = sorted(letter for letter in text if letter in "ab.;-")
    assert sorted(letter for letter in once.replace("<br>", "") if letter in "ab.;-") == letters
    assert unwrapped(once) == once
