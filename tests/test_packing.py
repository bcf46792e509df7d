"""What a page is given comes out of its packed data as it went in."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.page_scripts.node import run
from viz.packing import pack

# what Python cannot say in UTF-8 is no text of a document
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_VALUES = st.one_of(_TEXTS, st.booleans(), st.integers(-9, 9), st.lists(_TEXTS, max_size=2))
_ROWS = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["A", "B"]), "facts": st.dictionaries(st.sampled_from("xyz"), _VALUES)},
        optional={"label": _TEXTS, "number": st.integers(0, 3)},
    ),
    max_size=6,
)


def _unpacked(packed: str) -> dict[str, Any]:
    back: dict[str, Any] = json.loads(run("unpacked.mjs", given=packed))
    return back


@settings(max_examples=15)
@given(nodes=_ROWS, edges=_ROWS)
def test_everything_comes_back_in_its_order(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> None:
    data = {"nodes": nodes, "edges": edges, "duties": [], "focus": None}
    assert _unpacked(pack(data)) == data


def test_what_is_packed_is_no_markup() -> None:
    rows = [{"kind": "A", "label": "</script><script>alert(1)</script>", "facts": {}}]
    packed = pack({"nodes": rows, "edges": [], "duties": [], "focus": 0})
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", packed)
