"""What the benchmarks measure is the same work: the plain networkx program answers what the query files ask."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from benchmarks import national, plain
from benchmarks.cascade import cascade
from benchmarks.systems import Loaded, Question, questions
from graph.model import Graph
from graph.serialise import write
from tests.networkx_answers import ANSWERS


@cache
def hundredth() -> Graph:
    return cascade(share=100)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The graph as the plain program reads it."""
    file = tmp_path_factory.mktemp("plain") / "graph.json"
    write(hundredth(), "json", file)
    return plain.read(file)


@pytest.mark.parametrize("question", [q for q in questions(hundredth()) if q.same_rows], ids=lambda q: q.name)
def test_the_plain_program_answers_as_the_query_does(network: Any, question: Question) -> None:
    rows = getattr(plain, question.plain)(network, *question.parameters.values())
    assert rows
    assert rows == ANSWERS[question.query](hundredth(), **question.parameters)


def test_its_set_difference_finds_whom_the_check_finds(network: Any) -> None:
    (question,) = (q for q in questions(hundredth()) if not q.same_rows)
    rows = ANSWERS[question.query](hundredth(), **question.parameters)
    without = {(row["source"], row["agency_id"]) for row in rows if row["plan"] is None}
    assert plain.set_difference(network, *question.parameters.values()) == without


def measured(own: float) -> national.Measured:
    """A run in which the embedded store takes so many times what the others take."""
    found = national.Measured(share=100, questions=questions(hundredth()), one_more=(own, 1.0))
    found.process, found.check = (own, 1.0, own, own), (own, own)
    for system in (national.EMBEDDED, national.NEO4J, national.NETWORKX):
        seconds = own if system == national.EMBEDDED else 1.0
        found.loaded[system] = Loaded(seconds, size=1, memory=int(seconds * 1e9))
        found.asking[system] = 1
        for question in found.questions:
            found.seconds[system, question.name] = [seconds] * 20
            found.rows[question.name] = 1
    return found


def test_each_question_and_each_bar_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    fast = measured(0.4)
    national.print_loading(fast)
    national.print_questions(fast, fast)
    national.print_bars(fast)
    printed = capsys.readouterr().out
    assert [q.name for q in fast.questions if f"\n{q.name} " not in printed] == []
    assert printed.count("  met\n") == len(list(national.bars(fast))) == 18


def test_a_bar_that_is_not_met_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    national.print_bars(measured(4.0))
    assert capsys.readouterr().out.count("NOT met") == 18
