from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ReadError
from ingest.reading.html import read_html

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "html.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_page_becomes_markdown(case: dict) -> None:
    page = f"<!DOCTYPE html><html><head><title>Trang</title></head><body>{case['body']}</body></html>"
    assert read_html(page, "x.html") == case["markdown"]


@given(st.text(alphabet="<>/abtdrph=' \n&;ế"))
def test_any_page_is_read(page: str) -> None:
    assert isinstance(read_html(page, "x.html"), str)


@pytest.mark.parametrize("depth", [3000, 1_000_000])
def test_a_page_nested_without_end_is_refused(depth: int) -> None:
    with pytest.raises(ReadError, match=r"x\.html: HTML nested too deeply"):
        read_html("<div>" * depth + "Kế hoạch", "x.html")
