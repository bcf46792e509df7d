"""Who had to issue a plan, on the page: which rows of the query it shows, and what stands where a plan is missing."""

from __future__ import annotations

from tests.cascade_graph import DIRECTIVE, cascade_graph, duties_of, duty
from tests.page_scripts.node import arranged
from viz.data import page_data

BAC = "a:huyện Thác Bạc"


def test_a_missing_plan_is_a_ghost_where_the_plan_should_be() -> None:
    graph = cascade_graph()
    placed = arranged(page_data(graph, DIRECTIVE, duties_of(graph)))
    ghosts = {node["id"]: node["at"] for node in placed["nodes"] if node["kind"] == "Ghost"}
    assert set(ghosts) == {f"ghost:{BAC}", "ghost:a:huyện Khe Mo"}
    [district] = [c["box"] for c in placed["columns"] if c["name"]["vi"] == "huyện Thác Bạc"]
    plans = [n["at"] for n in placed["nodes"] if n["kind"] == "Document" and n["facts"].get("level") == "huyện"]
    left, top, width, _ = ghosts[f"ghost:{BAC}"]
    assert district[0] <= left and left + width <= district[0] + district[2]
    assert {at[1] for at in plans} == {top}


def test_a_ghost_has_a_line_to_what_asks_for_it() -> None:
    graph = cascade_graph()
    placed = arranged(page_data(graph, DIRECTIVE, duties_of(graph)))
    [edge] = [e for e in placed["edges"] if e["kind"] == "THIEU" and placed["nodes"][e["from"]]["id"] == f"ghost:{BAC}"]
    assert placed["nodes"][edge["to"]]["id"] == "p0-plan"
    assert edge["quote"] == "Giao Ủy ban nhân dân huyện Thác Bạc" and len(edge["route"]) > 4


def test_what_two_documents_ask_of_a_unit_is_one_missing_plan() -> None:
    graph = cascade_graph()
    rows = [*duties_of(graph), duty(graph, "p0-party", BAC, "chưa có")]
    data = page_data(graph, DIRECTIVE, rows)
    assert [n["id"] for n in data["nodes"] if n["kind"] == "Ghost"].count(f"ghost:{BAC}") == 1
    assert len(data["duties"]) == 5


def test_the_page_of_a_plan_leaves_out_its_neighbours_missing_plans() -> None:
    graph = cascade_graph()
    data = page_data(graph, "p0-plan-d0", duties_of(graph))
    assert [row["status"] for row in data["duties"]] == ["có kế hoạch"]
    assert not any(node["kind"] == "Ghost" for node in data["nodes"])


def test_duties_of_documents_that_are_not_shown_are_left_out() -> None:
    graph = cascade_graph()
    assert page_data(graph, "p1-plan", duties_of(graph))["duties"] == []


def test_a_page_without_duties_has_no_ghosts() -> None:
    assert all(node["kind"] != "Ghost" for node in page_data(cascade_graph(), None)["nodes"])
