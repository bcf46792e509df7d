"""Where the page puts things: levels below each other, provinces beside each other, lines that end at their cards."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Edge, Evidence
from tests.cascade_graph import DIRECTIVE, cascade_graph, large_graph
from tests.page_scripts.node import arranged
from viz.data import page_data

SONG_LAM = "tỉnh Sông Lam"


def _boxes(placed: dict[str, Any], *kinds: str) -> list[list[float]]:
    return [node["at"] for node in placed["nodes"] if node["kind"] in kinds and node["at"]]


def _overlap(a: list[float], b: list[float]) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


@pytest.mark.parametrize("folded", [(), (SONG_LAM,), (SONG_LAM, "tỉnh số 02")], ids=len)
@pytest.mark.parametrize("graph", [cascade_graph(), large_graph(4, 12, 9)], ids=["nested", "wide"])
def test_nothing_stands_on_anything_else(graph: Any, folded: tuple[str, ...]) -> None:
    placed = arranged(page_data(graph, DIRECTIVE), *folded)
    boxes = sorted(_boxes(placed, "Document", "Agency") + [group["box"] for group in placed["groups"]])
    for index, box in enumerate(boxes):
        near = [other for other in boxes[index + 1 :] if other[0] < box[0] + box[2]]
        assert not any(_overlap(box, other) for other in near)


def test_levels_stand_below_each_other() -> None:
    placed = arranged(page_data(cascade_graph(), DIRECTIVE))
    assert [band["name"]["vi"] for band in placed["bands"]] == ["trung ương", "tỉnh", "huyện", "xã"]
    for node in placed["nodes"]:
        if node["kind"] in ("Document", "Agency"):
            band = next(b for b in placed["bands"] if b["name"]["vi"] == node["facts"]["level"])
            assert band["top"] <= node["at"][1] and node["at"][1] + node["at"][3] <= band["bottom"]


@pytest.mark.parametrize("folded", [(), ("tỉnh Hòa Giang",)], ids=len)
def test_a_province_holds_its_own_and_nothing_else(folded: tuple[str, ...]) -> None:
    placed = arranged(page_data(cascade_graph(), DIRECTIVE), *folded)
    columns = {c["name"]["vi"]: c["box"] for c in placed["columns"] if c["depth"] == 1}
    for node in placed["nodes"]:
        if node["facts"].get("place") and node["at"]:
            inside = {name for name, box in columns.items() if _overlap(box, node["at"])}
            assert inside == {node["facts"]["place"].split(", ")[-1]}


def test_a_district_holds_its_communes() -> None:
    placed = arranged(page_data(cascade_graph(), DIRECTIVE))
    columns = {c["name"]["vi"]: c["box"] for c in placed["columns"] if c["depth"] == 2}
    communes = [n for n in placed["nodes"] if n["kind"] == "Document" and n["facts"]["level"] == "xã"]
    for node in communes:
        left, _, width, _ = columns[node["facts"]["place"].split(", ")[1]]
        assert left <= node["at"][0] and node["at"][0] + node["at"][2] <= left + width
    assert len(communes) == 11


def test_a_folded_province_is_one_card_with_one_line() -> None:
    placed = arranged(page_data(cascade_graph(), DIRECTIVE), SONG_LAM)
    inside = [n for n in placed["nodes"] if (n["facts"].get("place") or "").endswith(SONG_LAM)]
    assert inside and not any(node["at"] for node in inside)
    [group] = placed["groups"]
    left, top, width, height = group["box"]
    assert not any(_overlap(group["box"], column["box"]) for column in placed["columns"])
    ends = {
        tuple(e["route"][:2]) for e in _implementing(placed) if "route" in e and not placed["nodes"][e["from"]]["at"]
    }
    assert len(ends) == 1
    [(x, y)] = ends
    assert left <= x <= left + width and top <= y <= top + height


def test_a_picture_with_all_provinces_folded_is_small() -> None:
    data = page_data(large_graph(9, 6, 6), DIRECTIVE)
    names = [province["name"]["vi"] for province in data["provinces"]]
    folded, unfolded = arranged(data, *names)["extent"], arranged(data)["extent"]
    assert folded[2] * folded[3] < unfolded[2] * unfolded[3] / 8
    assert 1 < folded[2] / folded[3] < 4


def test_a_line_ends_at_its_documents() -> None:
    placed = arranged(page_data(large_graph(3, 4, 5), DIRECTIVE))
    for edge in _implementing(placed):
        low, up = (placed["nodes"][edge[end]]["at"] for end in ("from", "to"))
        x, y, *_ = edge["route"]
        assert low[0] <= x <= low[0] + low[2] and low[1] <= y <= low[1] + low[3]
        assert edge["route"][-2:] == pytest.approx([up[0] + up[2] / 2, up[1] + up[3]], abs=0.2)


def test_lines_of_the_cascade_do_not_cross_where_they_need_not() -> None:
    """Every line from a district to its province comes to stand inside its own province's column."""
    placed = arranged(page_data(cascade_graph(), DIRECTIVE))
    columns = {c["name"]["vi"]: c["box"] for c in placed["columns"] if c["depth"] == 1}
    inside = [e for e in _implementing(placed) if placed["nodes"][e["to"]]["facts"]["level"] != "trung ương"]
    for edge in inside:
        left, _, width, _ = columns[placed["nodes"][edge["from"]]["facts"]["place"].split(", ")[-1]]
        assert all(left <= x <= left + width for x in edge["route"][::2])
    assert len(inside) == 21


def _implementing(placed: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge for edge in placed["edges"] if edge["kind"] == "THUC_HIEN"]


def test_documents_that_implement_each_other_do_not_hang() -> None:
    graph = cascade_graph()
    circle = Evidence(DIRECTIVE, 0, 1, "wrong", 0.1)
    graph.connect(Edge(DIRECTIVE, "THUC_HIEN", "p0-plan", circle))
    assert arranged(page_data(graph, DIRECTIVE))["nodes"]
