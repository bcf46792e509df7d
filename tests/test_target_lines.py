"""What stands beside a target in the documents above and below: cases/target_lines.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.store import Store
from queries.target_lines import target_lines
from tests.scenario import Scenario, scenario

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("target_lines.yaml").read_text("utf-8"))


def told(store: Store, made: Scenario, as_of: str | None) -> Iterator[str]:
    for key, id_ in made.ids.items():
        for target, line in target_lines(store, id_, as_of).items():
            for way, rows in line.items():
                for row in rows:
                    other = row["target"]["id"].rpartition("#c")[2] if row["target"] else "-"
                    own = target.rpartition("#c")[2]
                    yield f"{key} {own} {way} {made.key(row['document'])} {other} {row['standing']}"


@pytest.fixture(scope="module")
def other_store(open_store: Callable[[], Store]) -> Iterator[Store]:
    with open_store() as store:
        yield store


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_beside_a_target_stands(other_store: Store, case: dict[str, Any]) -> None:
    made = scenario(case)
    other_store.load(made.graph)
    assert sorted(told(other_store, made, case.get("as_of"))) == sorted(case["beside"])
