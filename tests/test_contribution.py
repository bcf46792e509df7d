"""What one record adds to the graph of an order to draw up a plan: by when, and the words that a reader is shown."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Edge, Node
from ingest.projecting.contribution import contribution
from ingest.record import Found
from tests.records import record

TASK = (
    "Trạm Thủy nông Hòa Sơn cần tích cực trong việc nạo vét kênh, mương, cống… trên địa bàn; có kế hoạch tưới tiêu "
    "hằng năm; sửa trạm bơm, hoàn thành trước ngày 30/6/2024."
)
ORDER = "có kế hoạch"


def found(words: str, text: str = TASK) -> Found:
    return Found(start=text.index(words), end=text.index(words) + len(words), rule="test", confidence=1.0)


def added(text: str = TASK, **more: Any) -> tuple[Node, Edge]:
    """The task of a document that is nothing else, and the edge to whom it is given to."""
    place = ("tỉnh Hòa Giang",)
    name = "Trạm Thủy nông Hòa Sơn"
    given = {"name": name, "place": place, "start": 0, "end": len(name)}
    task = {"start": 0, "end": len(text), "text": text, "deadline": "2024-06-30", "assignments": [given], **more}
    made = contribution("d", record({"tasks": [task]}), text, {(name, place): "a"})
    (edge,) = (edge for edge in made.edges if edge.type == "GIAO")
    return made.nodes[0], edge


def test_the_quote_of_whom_a_plan_is_asked_shows_the_words_that_ask_for_it() -> None:
    _, edge = added(requires_plan=True, found={"requires_plan": found(ORDER)})
    assert edge.evidence is not None
    assert edge.evidence.quote == (
        "Trạm Thủy nông Hòa Sơn cần tích cực trong việc nạo vét kênh, mương, cống… trên địa bàn; … có kế hoạch tưới "
        "tiêu hằng năm;"
    )


def test_a_quote_that_shows_them_is_left_as_it_is() -> None:
    text = "Trạm Thủy nông Hòa Sơn có kế hoạch tưới tiêu hằng năm; sửa trạm bơm."
    _, edge = added(text, requires_plan=True, found={"requires_plan": found(ORDER, text)})
    assert edge.evidence is not None
    assert edge.evidence.quote == "Trạm Thủy nông Hòa Sơn có kế hoạch tưới tiêu hằng năm;"


@pytest.mark.parametrize(("rule", "due"), [("báo cáo", "2024-06-30"), ("gửi", None)])
def test_only_a_report_is_due_to_whom_it_is_sent(rule: str, due: str | None) -> None:
    told = {"name": "Sở Y tế", "place": ("tỉnh Hòa Giang",), "role": "báo cáo", "rule": rule}
    task = {"start": 0, "end": len(TASK), "text": TASK, "deadline": "2024-06-30", "assignments": [told]}
    made = contribution("d", record({"tasks": [task]}), TASK, {("Sở Y tế", ("tỉnh Hòa Giang",)): "a"})
    (edge,) = (edge for edge in made.edges if edge.type == "BAO_CAO")
    assert edge.properties.get("due") == due


@pytest.mark.parametrize("due", [None, "2024-05-31"])
def test_a_plan_has_the_deadline_that_is_said_of_it(due: str | None) -> None:
    task, _ = added(requires_plan=True, plan_deadline=due)
    assert task.properties.get("plan_deadline") == due
    assert task.properties["deadline"] == "2024-06-30"
