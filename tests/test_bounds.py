"""Where a document begins and ends on a page."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ingest.cleaning.clean import clean
from tests.growth import grows_linearly

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "bounds.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_page_shows_the_document_alone(case: dict) -> None:
    cleaned = clean(case["source"])
    lines = [line for line in cleaned.text.split("\n") if line.strip()]
    assert [lines[0], lines[-1]] == [case["first"], case["last"]]


def test_tables_emphasis_and_the_map_move_with_the_text() -> None:
    source = (
        "Số hiệu: 5/KH\nNgày ban hành: 2/3\n**ĐỘI**\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "| TT | **Việc** |\n|---|---|\n| 1 | Thi |\nNơi nhận: Sở\nThuộc tính văn bản\n| a | b |\n|---|---|"
    )
    cleaned = clean(source)
    assert cleaned.text.startswith("ĐỘI\nCỘNG HÒA")
    assert cleaned.text.endswith("Nơi nhận: Sở")
    assert [cleaned.text[e.start : e.end] for e in cleaned.emphasis] == ["ĐỘI", "Việc"]
    ((heading, row),) = [table.rows for table in cleaned.tables]
    assert [cleaned.text[c.start : c.end] for c in (*heading, *row)] == ["TT", "Việc", "1", "Thi"]
    for word in ("ĐỘI", "Thi", "Sở"):
        assert source.startswith(word, cleaned.origin(cleaned.text.index(word)))


@pytest.mark.parametrize(
    "line",
    [
        "Số hiệu: 1\n",
        "Nơi nhận:\n",
        "Tải về\n",
        "Lưu: VT\nCHỦ TỊCH\n",
        "|\nTT\n",
        "|\n|\n1\n",
        "TT\nNội dung\nChủ trì\n1\n",
    ],
)
def test_the_search_grows_with_the_length_and_no_faster(line: str) -> None:
    assert grows_linearly(lambda size: clean(line * size), 5000)
