"""Deadlines, recurrences and orders to draw up a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.assigning.deadlines import find_deadline
from ingest.assigning.plan_orders import find_plan_order, is_due_by
from ingest.assigning.recurrence import find_recurrence

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "deadlines.yaml").read_text("utf-8"))


def having(key: str) -> list[Any]:
    return [pytest.param(case, id=case["text"]) for case in CASES if key in case and "text" in case]


@pytest.mark.parametrize("case", having("due"))
def test_deadline(case: dict[str, Any]) -> None:
    found = find_deadline(case["text"], 0, len(case["text"]), [])
    assert (found.iso if found else None) == case["due"]


@pytest.mark.parametrize("case", having("printed"))
def test_a_deadline_is_shown_in_whole_words(case: dict[str, Any]) -> None:
    found = find_deadline(case["text"], 0, len(case["text"]), [])
    assert found is not None and found.text == case["printed"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["time"]) for case in CASES if "time" in case])
def test_deadline_of_a_passage_that_is_only_a_time(case: dict[str, Any]) -> None:
    found = find_deadline(case["time"], 0, len(case["time"]), [], bare=True)
    assert (found.iso if found else None) == case["due"]


@pytest.mark.parametrize("case", having("every"))
def test_recurrence(case: dict[str, Any]) -> None:
    found = find_recurrence(case["text"], 0, len(case["text"]))
    assert (found.text if found else None) == case["every"]


@pytest.mark.parametrize("case", having("plan"))
def test_an_order_to_draw_up_a_plan(case: dict[str, Any]) -> None:
    assert (find_plan_order(case["text"], 0, len(case["text"])) is not None) is case["plan"]


@pytest.mark.parametrize("case", having("of_plan"))
def test_whether_a_deadline_is_that_of_the_plan(case: dict[str, Any]) -> None:
    text = case["text"]
    order, due = find_plan_order(text, 0, len(text)), find_deadline(text, 0, len(text), [])
    assert order is not None and due is not None
    assert is_due_by(text, order, (due.start, due.end)) is case["of_plan"]


def test_the_date_in_a_documents_name_is_no_deadline() -> None:
    text = "Báo cáo theo Công văn ngày 02/3/2022 trước ngày 30/4/2022."
    start = text.index("Công văn")
    name = (start, text.index(" trước"))
    due = find_deadline(text, 0, len(text), [name])
    assert due is not None
    assert due.iso == "2022-04-30"
    assert find_deadline(text, 0, name[1], [name]) is None


def test_where_nothing_but_a_time_is_printed_any_date_is_due() -> None:
    text = "Tháng 11, 12/2022 và thường xuyên."
    due = find_deadline(text, 0, len(text), [], bare=True)
    assert due is not None
    assert (due.iso, due.text) == ("2022-12", "Tháng 11, 12/2022")


def test_lines_may_break_anywhere() -> None:
    text = "Hoàn\nthành trong\nnăm 2022; định\n   kỳ hằng\nnăm xây dựng kế\nhoạch."
    due, recurrence = find_deadline(text, 0, len(text), []), find_recurrence(text, 0, len(text))
    plan = find_plan_order(text, 0, len(text))
    assert due and recurrence and plan
    assert (due.iso, text[due.start : due.end]) == ("2022", "năm 2022")
    assert (recurrence.text, text[recurrence.start : recurrence.end]) == ("định kỳ hằng năm", "định\n   kỳ hằng\nnăm")
    assert text[slice(*plan)] == "xây dựng kế\nhoạch"
