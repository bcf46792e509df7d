"""The accuracy that was reached is not lost: F1 by the scorer is at least what tests/cases/floors.yaml says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.accuracy import FOLDERS, SHARED, score

FLOORS = yaml.safe_load((Path(__file__).parent / "cases" / "floors.yaml").read_text("utf-8"))


@pytest.mark.shared
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_row_falls_below_its_floor(folder: str) -> None:
    if not (SHARED / "gold" / "score").exists():
        pytest.skip("the annotated documents are not beside this repository")
    reached = score(SHARED, folder)
    assert set(reached) == set(FLOORS[folder])
    assert {row: f1 for row, f1 in reached.items() if round(f1, 3) < FLOORS[folder][row]} == {}
