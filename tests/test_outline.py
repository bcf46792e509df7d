"""Outline: blocks, section paths, parts of the document."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cleaning.clean import clean
from ingest.outlining.outline import Block, outline
from ingest.text import CleanText
from tests.growth import grows_linearly

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).resolve().parents[2] / "shared"


def rows(name: str) -> list[Any]:
    return [pytest.param(row, id=row["name"]) for row in yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))]


def body(text: str) -> list[Block]:
    return [block for block in outline(clean(text)).blocks if block.part == "body"]


@pytest.mark.parametrize("row", rows("outline"))
def test_sections(row: dict[str, Any]) -> None:
    assert [[block.kind, block.section] for block in body(row["text"])] == row["blocks"]


@pytest.mark.parametrize("row", rows("parts"))
def test_parts(row: dict[str, Any]) -> None:
    assert "".join(block.part[0] for block in outline(clean(row["text"])).blocks) == row["parts"]


def test_a_block_begins_with_its_marker_and_its_body_behind_it() -> None:
    cleaned = clean("KẾ HOẠCH\n\n1. Việc\n\n- Mở lớp.\n")
    bullet = outline(cleaned).blocks[-1]
    assert (cleaned.text[bullet.start : bullet.end], cleaned.text[bullet.body : bullet.end]) == ("- Mở lớp.", "Mở lớp.")
    assert (bullet.marker, outline(cleaned).blocks[bullet.parent or 0].section) == ("-", "1")


FRAGMENTS = [
    "I. A\n",
    "1. Sở X:\n",
    "- b\n",
    "a) c;\n",
    "Điều 2. D\n",
    "PHỤ LỤC 1\n",
    "+ e\n",
    "\n",
    "Nơi nhận:\n",
    "2.1 Ê\n",
]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=30), max_size=30))
@settings(max_examples=60)
def test_blocks_are_in_order_and_parents_stand_above(parts: list[str]) -> None:
    text = "".join(parts)
    blocks = outline(CleanText(text)).blocks
    for index, block in enumerate(blocks):
        assert 0 <= block.start <= block.body <= block.end <= len(text)
        assert block.parent is None or block.parent < index
    assert all(a.end <= b.start for a, b in pairwise(blocks))


@pytest.mark.parametrize("unit", ["a", "1. ", "- x\n", "((((", "I.", "Điều 1. a) - ", "\n", "Phụ lục "])
def test_cost_grows_linearly(unit: str) -> None:
    assert grows_linearly(lambda size: outline(CleanText(unit * (size // len(unit)))), 100_000)


@pytest.mark.shared
def test_real_documents_have_sections() -> None:
    if not SHARED.exists():
        pytest.skip("no real documents beside the repository")
    for path in sorted(SHARED.glob("seeds/*.txt")):
        found = {block.section for block in body(path.read_text("utf-8"))}
        assert "I" in found or "Điều 1" in found, path.name
