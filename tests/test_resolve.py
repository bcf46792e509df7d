"""Which mentions are one document: rows of records and the groups expected of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.places import places
from ingest.corrections import Corrections
from ingest.resolving import clusters, resolve
from ingest.resolving.resolve import ResolvedDocument, resolve_documents
from tests.records import record

ROWS = yaml.safe_load((Path(__file__).parent / "cases" / "resolve.yaml").read_text("utf-8"))


def _corrections(row: Mapping[str, Any]) -> Corrections:
    return Corrections(
        row.get("headers", {}),
        tuple(frozenset(names) for names in row.get("same", ())),
        tuple(frozenset(names) for names in row.get("different", ())),
    )


def _resolve(row: Mapping[str, Any], order: list[str]) -> Any:
    corrections = _corrections(row)
    records = {i: corrections.apply(i, record(row["records"][i])) for i in order}
    return resolve_documents(records, places(), corrections)


def _mentions(document: ResolvedDocument) -> list[str]:
    return sorted(f"{s.record}:{s.ref}" for s in document.statements)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_documents_are_joined_or_kept_apart(row: dict[str, Any]) -> None:
    documents, _ = _resolve(row, list(row["records"]))
    assert sorted(map(_mentions, documents)) == sorted(map(sorted, row["documents"]))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_what_fits_several_says_which(row: dict[str, Any]) -> None:
    documents, of = _resolve(row, list(row["records"]))
    flags = {_mentions(d)[0]: d.ambiguous_with for d in documents if d.ambiguous_with}
    if "flags" in row:
        expected = {at: sorted({of[tuple(ref.split(":"))] for ref in refs}) for at, refs in row["flags"].items()}
        assert flags == {at: tuple(ids) for at, ids in expected.items()}
    else:
        flagged = sorted(ref for d in documents if d.ambiguous_with for ref in _mentions(d))
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


def _hot(count: int) -> dict[str, Any]:
    """Records that all cite the same few papers, with a day, with a year, with nothing, or of an unknown place."""
    days = ["2023-05-04", "2018-02-08", "2018", None]
    unknown = [["?"], ["tỉnh Quảng Trị", "huyện ?"], ["tỉnh Quảng Trị"]]
    return {
        f"r{n}": record(
            {
                "header": {"issued_on": "2024-01-01"},
                "documents": [
                    {"key": "21-CT/TW", "issued_on": days[n % 4], "place": []},
                    {"key": "7/KH-UBND", "issued_on": days[n % 4], "place": unknown[n % 3]},
                    {"key": "Luật Điện lực", "issued_on": [None, "2004", "2024"][n % 3], "place": []},
                ],
            }
        )
        for n in range(count)
    }


def test_the_work_grows_with_the_number_of_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparisons are counted: no time, so that a busy machine does not matter."""
    counted = Counter[str]()

    def counting(name: str, function: Callable[..., bool]) -> Callable[..., bool]:
        def count(*arguments: Any) -> bool:
            counted[name] += 1
            return function(*arguments)

        return count

    for module, name in ((clusters, "fits"), (clusters, "facts_agree"), (clusters, "_may_be"), (resolve, "_may_be")):
        monkeypatch.setattr(module, name, counting(f"{module.__name__}.{name}", getattr(module, name)))
    work = []
    for count in (240, 960):
        counted.clear()
        resolve_documents(_hot(count), places())
        work.append(dict(counted))
    assert work[0]["ingest.resolving.clusters.fits"] > 240
    for name, times in work[1].items():
        assert times <= 5 * work[0][name], name
