"""The accuracy that was reached is not lost: F1 by the scorer is at least what tests/cases/floors.yaml says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.accuracy import FOLDERS, HELD_BACK, SHARED, Measured, annotated, measure, of_shared
from tests.calibration import SURE, Judged, report, share_right

FLOORS = yaml.safe_load((Path(__file__).parent / "cases" / "floors.yaml").read_text("utf-8"))
SCORE = SHARED / "gold" / "score"


@cache
def measured(folder: str) -> Measured:
    if not SCORE.exists():
        pytest.skip("the annotated documents are not beside this repository")
    return measure(annotated(SHARED / folder, SHARED / FOLDERS[folder]), SCORE)


@pytest.mark.shared
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_row_falls_below_its_floor(folder: str) -> None:
    reached = measured(folder).f1
    assert set(reached) == set(FLOORS[folder])
    assert {row: f1 for row, f1 in reached.items() if round(f1, 3) < FLOORS[folder][row]} == {}


@pytest.mark.shared
def test_sure_facts_are_right() -> None:
    facts = [fact for folder in FOLDERS for fact in measured(folder).facts]
    count, share = share_right(fact for fact in facts if fact.confidence >= SURE)
    assert count > 1000
    assert share >= 0.95


@pytest.mark.shared
def test_documents_are_held_back() -> None:
    if not SCORE.exists():
        pytest.skip("the annotated documents are not beside this repository")
    assert {document.name for document in of_shared(SHARED)} > HELD_BACK


def test_the_report_tells_how_right_sure_facts_are() -> None:
    facts = [Judged("GIAO", "order", 0.95, True), Judged("GIAO", "order", 0.9, False), Judged("task", "x", 0.5, False)]
    assert next(report(facts)) == "of 2 facts marked 0.9 or more 50.0% are right"
