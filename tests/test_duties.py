"""Who had to issue a plan, how that stands, and what else the checks find: cases/check.yaml on every store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.model import Graph
from graph.store import Store
from queries.compliance import findings
from queries.duties import DutyBook, Row
from queries.profile import read_profile
from queries.standing import STATUSES
from tests import test_same_answers
from tests.scenario import Scenario, scenario, side_by_side

CASES: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("cases").joinpath("check.yaml").read_text("utf-8"))
PLAIN = {case["says"]: case for case in CASES["duties"] if "profile" not in case}


@pytest.fixture(scope="module")
def made() -> Mapping[str, Scenario]:
    return side_by_side({says: scenario(case) for says, case in PLAIN.items()})


@pytest.fixture(scope="module")
def store(open_store: Callable[[], Store], made: Mapping[str, Scenario]) -> Iterator[Store]:
    """A store of every kind with all scenarios beside each other: loading one takes longer than to ask it."""
    with open_store() as store:
        store.load(together(made))
        yield store


def together(made: Mapping[str, Scenario]) -> Graph:
    """The graph of all scenarios."""
    whole = Graph()
    for one in made.values():
        for node in one.graph.nodes():
            whole.add(node)
        for edge in one.graph.edges():
            whole.connect(edge)
    return whole


def told(row: Row, made: Scenario) -> str:
    """A duty in a few words, as the scenarios write it: "chậm 1 kh", and who stands in for the agency."""
    parts = [row["status"], row["days_late"], made.key(row["plan"])]
    parts += [f"by {row['plan_by']}"] if row["plan_by"] else []
    parts += ["orphaned"] if row["orphaned"] else []
    return " ".join(str(part) for part in parts if part is not None)


def agree(book: DutyBook, made: Scenario, case: Mapping[str, Any]) -> None:
    """Assert that the duties are those of the scenario: asked of its document, or of each that has none above it."""
    asked = [made.ids[case["document"]]] if "document" in case else made.tops
    duties = {
        (row["source"], row["task"], row["agency_id"] or row["agency"]): row
        for top in asked
        for row in book.duties(top)
    }
    rows = list(duties.values())
    if "only" in case:
        assert {row["agency"]: told(row, made) for row in rows} == case["only"]
    found = {name: [told(row, made) for row in rows if row["agency"] == name] for name in case.get("rows", {})}
    assert found == {name: said if isinstance(said, list) else [said] for name, said in case.get("rows", {}).items()}
    if "counts" in case:
        assert Counter(row["status"] for row in rows) == case["counts"]
    for name, fields in case.get("fields", {}).items():
        assert [{key: row[key] for key in fields} for row in rows if row["agency"] == name] == [fields]
    if "expected" in case:
        assert {row["agency"]: row["status"] for row in book.expected(asked[0])} == case["expected"]


@pytest.mark.parametrize("case", PLAIN.values(), ids=PLAIN)
def test_a_duty_stands(store: Store, made: Mapping[str, Scenario], case: dict[str, Any]) -> None:
    agree(DutyBook(store, case.get("as_of")), made[case["says"]], case)


def test_of_a_whole_collection_each_duty_is_told_once(store: Store, made: Mapping[str, Scenario]) -> None:
    rows = list(DutyBook(store, "2024-01-01").duties())
    keys = Counter((row["source"], row["task"], row["agency_id"]) for row in rows)
    assert set(keys.values()) == {1}
    one = made["a duty passed on twice, met at each step"]
    assert {told(row, one) for row in rows if one.key(row["source"]) in one.ids} == {
        "có kế hoạch kh", "có kế hoạch huyen", "chậm 2 xa",
    }  # fmt: skip


@pytest.fixture(scope="module")
def other_store(open_store: Callable[[], Store]) -> Iterator[Store]:
    with open_store() as store:
        yield store


LEGAL = [case for case in CASES["duties"] if "profile" in case]


@pytest.mark.parametrize("case", LEGAL, ids=lambda case: case["says"])
def test_a_duty_that_the_law_gives_stands(other_store: Store, tmp_path: Path, case: dict[str, Any]) -> None:
    made = scenario(case)
    other_store.load(made.graph)
    path = tmp_path / "profile.yaml"
    path.write_text(yaml.safe_dump({"duties": case["profile"]}, allow_unicode=True), "utf-8")
    agree(DutyBook(other_store, case["as_of"], read_profile(path)), made, case)


@pytest.fixture(scope="module")
def checked(open_store: Callable[[], Store]) -> Iterator[tuple[Store, Mapping[str, Scenario]]]:
    """A store of every kind with the scenarios of findings beside each other."""
    made = side_by_side({case["says"]: scenario(case) for case in CASES["findings"]})
    with open_store() as store:
        store.load(together(made))
        yield store, made


@pytest.mark.parametrize("case", CASES["findings"], ids=lambda case: case["says"])
def test_a_check_finds(checked: tuple[Store, Mapping[str, Scenario]], case: dict[str, Any]) -> None:
    store, scenarios = checked
    made = scenarios[case["says"]]
    found: dict[str, list[str]] = {}
    for row in findings(store, [], None, case.get("as_of", "2026-01-01"), DutyBook(store).held):
        if made.key(row["source"]) in made.ids:
            what = made.key(row["other"]) or row["agency"]
            found.setdefault(row["check"], []).append(": ".join(filter(None, [made.key(row["source"]), what])))
    assert found == case["found"]


ON_DAYS = [{}, *({"today": day} for day in ("2024-07-11", "2024-07-12", "2024-07", "2025-05-19", "2025-05-20"))]


@pytest.mark.parametrize("asked", [*ON_DAYS, *({**asked, "reported": "mọi"} for asked in ON_DAYS)], ids=str)
def test_reports_are_those_of_the_day(checked: tuple[Store, Mapping[str, Scenario]], asked: dict[str, str]) -> None:
    store, made = checked
    test_same_answers.agree(store, together(made), "missing_report", asked)


def test_the_pages_put_statuses_in_the_same_order() -> None:
    script = files("viz").joinpath("assets", "standing.js").read_text("utf-8")
    listed = script.partition("STANDINGS = [")[2].partition("]")[0]
    assert [status.strip().strip('"') for status in listed.split(",")] == list(STATUSES)
