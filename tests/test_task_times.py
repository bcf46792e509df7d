"""By when and how often tasks are due by what stands above, beside and behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.assigning.tasks import find_tasks
from ingest.cleaning.clean import clean
from ingest.naming.agencies import Scope
from ingest.outlining.outline import outline
from ingest.record import Header

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "task_times.yaml").read_text("utf-8"))
SCOPE = Scope(("tỉnh Vân Lĩnh", "huyện Sơn Khê"), "huyện", "Ủy ban nhân dân huyện Sơn Khê", "Ủy ban nhân dân")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_times_of_tasks(case: dict[str, Any]) -> None:
    cleaned = clean(f"KẾ HOẠCH\n\n{case['text']}")
    tasks = find_tasks(
        cleaned, outline(cleaned), Header(type=case.get("kind"), issued_on=case.get("issued")), SCOPE, [], []
    )
    found = [[task.anchor, task.deadline, task.recurrence] for task in tasks]
    expected = case["tasks"]
    assert [[f[0][: len(e[0])], *f[1:]] for f, e in zip(found, expected, strict=True)] == expected
