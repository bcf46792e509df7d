"""What the query files answer: every one on the hand-made graph of cases/queries.yaml, on every store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.errors import LookupFailed
from graph.store import Store
from queries import answers
from queries.ask import run
from queries.files import catalogue
from queries.lookup import find_agency, find_document
from tests.query_graph import CASES, query_graph


@pytest.fixture(scope="module")
def asked(open_store: Callable[[], Store]) -> Iterator[Store]:
    """A store of every kind with the hand-made graph in it."""
    with open_store() as store:
        store.load(query_graph())
        yield store


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['query']}: {case['says']}")
def test_query_gives_rows(asked: Store, case: dict[str, Any]) -> None:
    result = run(asked, case["query"], case.get("parameters"))
    assert result.columns == catalogue()[case["query"]].returns
    assert [[row[column] for column in case["columns"]] for row in result.dicts()] == case["rows"]


def test_every_column_of_every_query_has_a_case() -> None:
    tested: dict[str, set[str]] = {}
    for case in CASES["cases"]:
        tested.setdefault(case["query"], set()).update(case["columns"])
    untested = {name: set(query.returns) - tested.get(name, set()) for name, query in catalogue().items()}
    assert {name: columns for name, columns in untested.items() if columns} == {}


@pytest.mark.parametrize(("text", "expected"), CASES["names"])
def test_document_is_found_by(asked: Store, text: str, expected: str | list[str]) -> None:
    if isinstance(expected, str):
        assert find_document(asked, text).id == expected
    else:
        with pytest.raises(LookupFailed) as failed:
            find_document(asked, text)
        assert [candidate["id"] for candidate in failed.value.candidates] == expected


@pytest.mark.parametrize(("text", "expected"), CASES["agency_names"])
def test_agency_is_found_by(asked: Store, text: str, expected: str | list[str]) -> None:
    if isinstance(expected, str):
        assert find_agency(asked, text).id == expected
    else:
        with pytest.raises(LookupFailed) as failed:
            find_agency(asked, text)
        assert [candidate["id"] for candidate in failed.value.candidates] == expected


@pytest.mark.parametrize("find", [find_document, find_agency])
def test_nothing_is_found_by_no_words(asked: Store, find: Any) -> None:
    with pytest.raises(LookupFailed, match="is named"):
        find(asked, " – ")


def outline(branch: dict[str, Any]) -> Any:
    """A tree as nested mappings of ids; a branch that was cut is the word "cycle"."""
    if branch["cycle"]:
        return "cycle"
    return {child["document"]["id"]: outline(child) for child in branch["children"]}


def test_tree_shows_a_document_under_each_that_it_implements(asked: Store) -> None:
    below = outline(answers.trace_tree(asked, "fork"))
    assert below == {"left": {"both": {}}, "right": {"both": {}}}


def test_tree_leaves_out_the_short_cut_of_a_longer_way(asked: Store) -> None:
    assert outline(answers.trace_tree(asked, "kh_ub")) == {"kh_huyen": {"bc_xa3": {}, "kh_xa1": {}, "kh_xa2": {}}}
    assert outline(answers.trace_tree(asked, "both", up=True)) == {"left": {"fork": {}}, "right": {"fork": {}}}


def test_tree_cuts_a_cycle_and_says_so(asked: Store) -> None:
    assert outline(answers.trace_tree(asked, "ring1")) == {"below": {}, "ring3": {"ring2": {"ring1": "cycle"}}}


def test_tree_upwards(asked: Store) -> None:
    assert outline(answers.trace_tree(asked, "kh_xa1", up=True)) == {
        "kh_huyen": {"kh_ub": {"kh_tu": {"ct": {"nq": {}}}}}
    }


def test_branch_has_the_documented_shape(asked: Store) -> None:
    root = answers.trace_tree(asked, "kh_tu")
    assert root["edge"] is None
    branch = root["children"][0]
    assert branch["document"] == {
        "id": "kh_ub",
        "symbol": "61/KH-UBND",
        "type": "Kế hoạch",
        "issuer": "Ủy ban nhân dân tỉnh Sông Lam",
        "issued_on": "2024-06-20",
        "level": "tỉnh",
        "place": "tỉnh Sông Lam",
        "status": "ingested",
        "title": "phát triển thư viện công cộng",
    }
    assert branch["edge"]["type"] == "THUC_HIEN"
    assert [passage["doc"] for passage in branch["edge"]["evidence"]] == ["kh_huyen", "kh_ub"]
    assert branch["tasks"] == 2


def test_tree_of_no_document(asked: Store) -> None:
    with pytest.raises(LookupFailed, match="nowhere"):
        answers.trace_tree(asked, "nowhere")


def test_a_tree_can_hold_the_tasks_themselves(asked: Store) -> None:
    counted = answers.trace_tree(asked, "kh_tu")
    listed = answers.with_tasks(asked, counted)

    def numbers(tree: dict[str, Any]) -> Any:
        tasks = tree["tasks"]
        return (len(tasks) if isinstance(tasks, list) else tasks, [numbers(child) for child in tree["children"]])

    assert numbers(listed) == numbers(counted)
    assert set(listed["children"][0]["tasks"][0]) >= {
        "id",
        "section",
        "text",
        "leads",
        "coordinators",
        "report_to",
        "deadline",
    }
    above = answers.with_tasks(asked, answers.trace_tree(asked, "kh_ub", up=True), up=True)
    assert numbers(above) == numbers(answers.trace_tree(asked, "kh_ub", up=True))


def test_task_tree_follows_tasks_made_concrete(asked: Store) -> None:
    root = answers.task_tree(asked, "kh_ub", "III.1")
    assert [task["text"] for task in root["tasks"]] == ["Bổ sung sách"]
    assert outline(root) == {"kh_huyen": {"kh_xa1": {}}}
    assert root["children"][0]["edge"]["type"] == "CU_THE_HOA"
    assert root["children"][0]["concrete"] == ["kh_huyen#1"]


def test_task_tree_follows_agencies(asked: Store) -> None:
    root = answers.task_tree(asked, "kh_ub", "III.2")
    assert outline(root) == {"kh_huyen": {"bc_xa3": {}, "kh_xa1": {}, "kh_xa2": {}}}
    edge = root["children"][0]["edge"]
    assert (edge["type"], edge["agency"]) == ("GIAO", "Ủy ban nhân dân huyện Yên Hạ")
    assert edge["via"] == "Ủy ban nhân dân các huyện tỉnh Sông Lam"


def test_task_tree_of_no_task(asked: Store) -> None:
    with pytest.raises(LookupFailed, match="61/KH-UBND has no task at 'IX'"):
        answers.task_tree(asked, "kh_ub", "IX")


def test_units_stand_from_the_highest_level_down(asked: Store) -> None:
    levels = [row["level"] for row in answers.units(asked, "ct")]
    assert levels == ["tỉnh"] * 5 + ["huyện"] * 7 + ["xã"] * 5


def test_units_of_a_role_and_a_level(asked: Store) -> None:
    assert [row["agency_id"] for row in answers.units(asked, "ct", "phối hợp", "huyện")] == ["cac_huyen", "huyen"]
