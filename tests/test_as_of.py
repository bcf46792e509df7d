"""`--as-of`: every question asked about a day, and what is said where that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from queries.as_it_was import graph_on
from tests.command import vanmach
from tests.test_same_answers import ROOT, collected

OFFICE = "Sở Lao động - Thương binh và Xã hội tỉnh Bắc Giang"
SECTION = "Phòng Lao động - Thương binh và Xã hội huyện Yên Dũng"


def symbols(branch: Mapping[str, Any]) -> Iterator[str | None]:
    yield branch["document"]["symbol"]
    for child in branch["children"]:
        yield from symbols(child)


def asked(workspace: Path, *question: str, day: str) -> Any:
    return vanmach(*question, "--as-of", day, "--format", "json", "-w", workspace).json


def test_documents_of_later_days_are_not_there(workspace: Path) -> None:
    rows = asked(workspace, "documents", "nghề", day="14/6/2023")
    assert {row["symbol"] for row in rows if row["status"] == "ingested"} == {"21-CT/TW", "89-KH/TU"}


def test_the_tree_ends_where_it_ended_on_that_day(workspace: Path) -> None:
    assert list(symbols(asked(workspace, "trace", "21-CT/TW", day="2023-08-08"))) == [
        "21-CT/TW", "89-KH/TU", "41/KH-UBND",
    ]  # fmt: skip
    assert list(symbols(asked(workspace, "trace", "21-CT/TW", day="2023-08-07"))) == ["21-CT/TW", "89-KH/TU"]


@pytest.mark.parametrize("how", [[], ["--suggest"]])
def test_the_way_of_a_task_ends_there_too(workspace: Path, how: list[str]) -> None:
    way = ("trace", "120/KH-UBND", "--task", "IV.1" if not how else "III.2-1", *how)
    before, after = (set(symbols(asked(workspace, *way, day=day))) for day in ("2023-11-13", "2023-12-18"))
    assert "85/KH-UBND" in before < after and "102/KH-UBND" in after - before


def test_an_upper_document_is_there_before_the_lower(workspace: Path) -> None:
    assert list(symbols(asked(workspace, "trace", "41/KH-UBND", "--up", day="2023-08-08")))[1:] == [
        "89-KH/TU", "21-CT/TW",
    ]  # fmt: skip


def test_units_have_the_tasks_that_they_had(workspace: Path) -> None:
    before, after = (
        {row["agency"]: row for row in asked(workspace, "units", "21-CT/TW", "--role", "chủ trì", day=day)}
        for day in ("2023-10-04", "2023-10-05")
    )
    assert OFFICE in before and SECTION not in before
    assert SECTION in after


def test_who_holds_the_tasks_of_a_body_that_is_gone(workspace: Path) -> None:
    def standing(day: str) -> tuple[list[str], bool]:
        rows = asked(workspace, "units", "41/KH-UBND", "--role", "chủ trì", day=day)
        (row,) = [row for row in rows if row["agency"] == OFFICE]
        return row["holders"], row["orphaned"]

    assert standing("2025-02-28") == ([], False)
    holders, orphaned = standing("2025-03-01")
    assert "Sở Nội vụ tỉnh Bắc Giang" in holders and not orphaned


def test_a_class_whose_members_are_listed_is_not_orphaned(workspace: Path) -> None:
    rows = {
        row["agency"]: row for row in asked(workspace, "units", "120/KH-UBND", "--role", "thực hiện", day="2025-07-01")
    }
    class_ = rows["Ủy ban nhân dân các xã, thị trấn huyện Yên Dũng"]
    assert (class_["holders"], class_["orphaned"]) == ([], False)
    assert rows["Ủy ban nhân dân xã Lão Hộ"]["holders"] == ["Ủy ban nhân dân phường Tân An"]


def test_without_a_day_nothing_is_said_of_who_holds_a_task(workspace: Path) -> None:
    rows = vanmach("units", "41/KH-UBND", "--format", "csv", "-w", workspace).rows
    assert "holders" not in rows[0]
    dated = vanmach("units", "41/KH-UBND", "--as-of", "2025-03-01", "--format", "csv", "-w", workspace).rows
    assert {"holders", "orphaned"} <= dated[0].keys()


def test_a_document_stands_to_those_that_were_there(workspace: Path) -> None:
    found = asked(workspace, "show", "21-CT/TW", day="2023-07-01")
    assert {row["symbol"] for row in found["relations"] if row["direction"] == "in"} == {"89-KH/TU"}


def test_what_is_found_is_of_that_day(workspace: Path) -> None:
    def lowered(day: str) -> set[str]:
        rows = asked(workspace, "check", day=day)["findings"]
        return {row["source"].partition("-kh")[0] for row in rows if row["check"] == "lowered_targets"}

    assert lowered("2023-10-04") == set()
    assert lowered("2023-12-17") == {"120"}
    assert lowered("2023-12-18") == {"120", "102"}


@pytest.mark.parametrize(
    "question", [["show"], ["units"], ["trace"], ["compare", "41/KH-UBND"], ["view"], ["check"]], ids=" ".join
)
def test_before_it_was_issued_nothing_can_be_asked_of_a_document(workspace: Path, question: list[str]) -> None:
    done = vanmach(*question, "120/KH-UBND", "--as-of", "2023-10-04", "-w", workspace)
    said = "120/KH-UBND was issued on 2023-10-05 — there was none on 2023-10-04: name a later day"
    assert (done.code, done.out, done.err) == (1, "", f"vanmach: {said}\n")


@pytest.mark.parametrize(
    "question",
    [
        ["documents"],
        ["show", "21-CT/TW"],
        ["units", "21-CT/TW"],
        ["trace", "21-CT/TW"],
        ["check"],
        ["duties", OFFICE],
        ["compare", "41/KH-UBND", "74/KH-UBND"],
        ["view"],
        ["query", "issued_after"],
        ["sparql", "units_implementing"],
    ],
    ids=" ".join,
)
def test_a_day_that_is_none_gets_one_line(workspace: Path, question: list[str]) -> None:
    done = vanmach(*question, "--as-of", "31/2/2024", "-w", workspace)
    assert (done.code, done.out) == (1, "")
    assert done.err == "vanmach: --as-of 31/2/2024: not a date — write 2025-07-01 or 1/7/2025\n"


def test_why_is_not_asked_of_a_day(workspace: Path) -> None:
    done = vanmach("show", "21-CT/TW", "--why", "--as-of", "2024-01-01", "-w", workspace)
    assert (done.code, done.err) == (1, "vanmach: --as-of: not with --why — leave one of them out\n")


def test_two_plans_implement_what_was_there(workspace: Path) -> None:
    found = asked(workspace, "compare", "41/KH-UBND", "74/KH-UBND", day="2024-03-28")
    assert [id_.partition("-tw")[0] for id_ in found["both_implement"]] == ["21-ct"]


def test_a_query_is_asked_of_the_day_that_it_takes(workspace: Path) -> None:
    asked_of = ("query", "units_implementing", "-p", "document=" + directive(workspace))
    by_option = asked(workspace, *asked_of, day="4/10/2023")
    assert by_option == vanmach(*asked_of, "-p", "as_of=2023-10-04", "--format", "json", "-w", workspace).json
    assert len(by_option) < len(vanmach(*asked_of, "--format", "json", "-w", workspace).json)


def test_a_check_by_its_name_and_ones_own_query_take_the_day_too(workspace: Path) -> None:
    assert asked(workspace, "query", "missing_report", day="2022-01-01") == []
    assert asked(workspace, "query", "RETURN $today AS day", day="1/2/2024") == [{"day": "2024-02-01"}]
    assert asked(workspace, "sparql", "SELECT ?day { BIND($as_of AS ?day) }", day="1/2/2024") == [{"day": "2024-02-01"}]


def test_a_query_without_a_day_cannot_be_asked_of_one(workspace: Path) -> None:
    done = vanmach("query", "documents_by_level", "--as-of", "2024-01-01", "-w", workspace)
    assert (done.code, done.out) == (1, "")
    said = "documents_by_level asks of no day — --as-of goes with a query that takes as_of or today"
    assert done.err == f"vanmach: {said}\n"


def test_the_day_is_given_once(workspace: Path) -> None:
    twice = ("query", "issued_after", "-p", "as_of=2024-01-01", "--as-of", "2024-01-02")
    done = vanmach(*twice, "-w", workspace)
    assert (done.code, done.out) == (1, "")
    assert done.err == "vanmach: issued_after: the day is given twice — leave out --as-of or -p as_of\n"


def test_the_view_holds_what_was_there(workspace: Path, tmp_path: Path) -> None:
    def page(*options: str) -> str:
        vanmach("view", "21-CT/TW", "-o", tmp_path / "page.html", *options, "-w", workspace)
        return str(len((tmp_path / "page.html").read_bytes()))

    assert int(page("--as-of", "2023-10-04")) < int(page())


def test_a_graph_of_an_earlier_day_has_nothing_of_later_documents() -> None:
    graph = collected(ROOT / "examples")
    then = graph_on(graph, "2023-10-04")
    assert {str(d.properties["issued_on"]) for d in then.nodes("Document") if "issued_on" in d.properties} < {
        str(d.properties["issued_on"]) for d in graph.nodes("Document") if "issued_on" in d.properties
    }
    assert all(str(d.properties.get("issued_on", "")) <= "2023-10-04" for d in then.nodes("Document"))
    assert all(str(t.properties["document"]) in then.nx for t in then.nodes("Task"))
    names = {a.properties["name"] for a in then.nodes("Agency")}
    assert OFFICE in names and SECTION not in names
    assert len(graph_on(graph, "2100-01-01")) == len(graph)


def directive(workspace: Path) -> str:
    return str(vanmach("show", "21-CT/TW", "--format", "json", "-w", workspace).json["document"]["id"])
