from pathlib import Path

import pytest
import yaml

from ingest.dates import date_at, find_dates

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "dates.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_printed_dates_become_iso(case: dict) -> None:
    assert [d.iso for d in find_dates(case["text"])] == case["dates"]


def test_a_date_knows_where_it_stands() -> None:
    text = "Họp vào ngày 02 tháng 3 năm 2020 tại trụ sở"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == "ngày 02 tháng 3 năm 2020"


def test_date_at_takes_only_what_begins_there() -> None:
    assert date_at("ngày 2/3/2020", 0) is not None
    assert date_at("vào ngày 2/3/2020", 0) is None
