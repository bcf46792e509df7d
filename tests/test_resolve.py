"""Which mentions are one document: rows of records and the groups expected of them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.corrections import Corrections
from ingest.resolve import resolve_documents
from tests.records import record

ROWS = yaml.safe_load((Path(__file__).parent / "cases" / "resolve.yaml").read_text("utf-8"))


def _resolve(row: dict[str, Any], order: list[str]) -> Any:
    corrections = Corrections(
        row.get("headers", {}),
        tuple(frozenset(p) for p in row.get("same", ())),
        tuple(frozenset(p) for p in row.get("different", ())),
    )
    return resolve_documents({i: corrections.apply(i, record(row["records"][i])) for i in order}, corrections)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_documents_are_joined_or_kept_apart(row: dict[str, Any]) -> None:
    documents, _ = _resolve(row, list(row["records"]))
    groups = sorted(sorted(f"{s.record}:{s.ref}" for s in d.statements) for d in documents)
    assert groups == sorted(row["documents"])
    flagged = sorted(f"{s.record}:{s.ref}" for d in documents if d.ambiguous_with for s in d.statements)
    assert flagged == row.get("flagged", [])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_the_order_of_records_does_not_matter(row: dict[str, Any]) -> None:
    order = list(row["records"])
    random.Random(7).shuffle(order)
    assert _resolve(row, order) == _resolve(row, list(row["records"]))


def test_every_document_has_an_id_of_its_own() -> None:
    for row in ROWS:
        documents, of = _resolve(row, list(row["records"]))
        assert len({d.id for d in documents}) == len(documents)
        assert set(of.values()) == {d.id for d in documents}


def test_flags_name_documents_that_are_there() -> None:
    for row in ROWS:
        documents, _ = _resolve(row, list(row["records"]))
        assert {r for d in documents for r in d.ambiguous_with} <= {d.id for d in documents}
