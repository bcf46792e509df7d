"""What is read in the sample corpus, against what a careful reader finds in it (tests/cases/examples.yaml)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.spelling import fold
from ingest.extract import extract
from ingest.reading.read import read
from ingest.record import GIAO_ROLES, Record, Task

HERE = Path(__file__).resolve().parent
EXPECTED: list[dict[str, Any]] = yaml.safe_load((HERE / "cases" / "examples.yaml").read_text(encoding="utf-8"))
# how many facts of each kind are found; a figure here is only ever raised
FLOORS = {"header": 103, "relations": 23, "orders": 17, "tasks": 230}

Fact = tuple[str, object, object]
"""What it is about, what was read, what a reader finds."""


def folded(names: list[str]) -> list[str]:
    return sorted(fold(name) for name in names)


def header_facts(record: Record, expected: dict[str, Any]) -> Iterator[Fact]:
    for name, value in expected["header"].items():
        found = getattr(record.header, name)
        yield name, list(found) if isinstance(found, tuple) else found, value


def relation_facts(record: Record, expected: dict[str, Any]) -> Iterator[Fact]:
    keys = {"this": "this", **{d.ref: d.key for d in record.documents}}
    found = {f"{keys[r.source]} {r.type} {keys[r.target]}" for r in record.relations}
    for relation in expected["relations"]:
        yield relation, relation if relation in found else sorted(found), relation


def order_facts(record: Record, expected: dict[str, Any]) -> Iterator[Fact]:
    found = [(folded(t.agencies(*GIAO_ROLES)), t.deadline) for t in record.tasks if t.requires_plan]
    yield "orders", found, [(folded(order["leads"]), order["by"]) for order in expected["orders"]]


def task_facts(record: Record, expected: dict[str, Any]) -> Iterator[Fact]:
    for wanted in expected["tasks"]:
        begins = fold(wanted["begins"])
        task: Task | None = next((t for t in record.tasks if begins in fold(t.text)[: len(begins) + 4]), None)
        where = wanted["begins"]
        yield where, task is not None, True
        for name, role in (("leads", GIAO_ROLES), ("with", ("phối hợp",)), ("to", ("báo cáo",))):
            if name in wanted or name != "to":
                found = folded(task.agencies(*role)) if task else None
                yield f"{where}: {name}", found, folded(wanted.get(name, []))
        yield f"{where}: by", task.deadline if task else "no task", wanted.get("by")


KINDS = {"header": header_facts, "relations": relation_facts, "orders": order_facts, "tasks": task_facts}


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    examples = HERE.parent / "examples"
    return {e["file"]: extract(read(examples / e["file"]), Path(e["file"]).name)[1] for e in EXPECTED}


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_facts_are_found_as_before(kind: str, records: dict[str, Record]) -> None:
    facts = [(e["file"], *fact) for e in EXPECTED for fact in KINDS[kind](records[e["file"]], e)]
    wrong = [
        f"{file}: {what}: read {found}, expected {wanted}" for file, what, found, wanted in facts if found != wanted
    ]
    assert len(facts) - len(wrong) >= FLOORS[kind], "\n".join([f"{len(wrong)} of {len(facts)} wrong", *wrong])
