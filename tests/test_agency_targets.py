"""The targets of an agency on a day: its own, and those of a body that it took over from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.embedded import EmbeddedStore
from graph.store import Store
from queries.agenda import targets
from tests.scenario import scenario

OLD, NEW = "Sở Lao động - Thương binh và Xã hội tỉnh Bắc Giang", "Sở Nội vụ tỉnh Bắc Giang"
TRAINED = {"of": "lao động qua đào tạo", "at": ">= 40 %", "by": "2025"}
IN_TIME = {"of": "hồ sơ giải quyết đúng hạn", "at": ">= 95 %", "by": "2024"}
DOCUMENTS = {
    "kh": {
        "is": "Kế hoạch", "number": "20/KH-UBND", "dated": "2023-10-05", "by": "Ủy ban nhân dân @ tỉnh Bắc Giang",
        "targets": [{**TRAINED, "to": ["Sở Lao động - Thương binh và Xã hội @ tỉnh Bắc Giang"]}],
    },
    "snv": {
        "is": "Kế hoạch", "number": "9/KH-SNV", "dated": "2023-11-01", "by": "Sở Nội vụ @ tỉnh Bắc Giang",
        "targets": [{**IN_TIME, "to": ["Sở Nội vụ @ tỉnh Bắc Giang"]}],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def agencies() -> dict[str, str]:
    """The ids of the agencies by their names."""
    return {str(node.properties["name"]): node.id for node in scenario({"documents": DOCUMENTS}).graph.nodes("Agency")}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with EmbeddedStore(Path(tmp_path_factory.mktemp("targets"))) as store:
        store.load(scenario({"documents": DOCUMENTS}).graph)
        yield store


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2023-10-31", []),
        ("2025-02-28", [("hồ sơ giải quyết đúng hạn", None)]),
        ("2025-03-01", [("hồ sơ giải quyết đúng hạn", None), ("lao động qua đào tạo", OLD)]),
    ],
)
def test_the_body_that_took_over_has_the_targets_too(
    store: Store, agencies: dict[str, str], day: str, held: list[tuple[str, str | None]]
) -> None:
    assert [(row["subject"], row["inherited_from"]) for row in targets(store, agencies[NEW], day)] == held
