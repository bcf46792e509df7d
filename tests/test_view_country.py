"""The page of one directive over the whole country, 11,368 documents: it does what a small one does."""

from __future__ import annotations

from pathlib import Path

import pytest

import viz
from benchmarks.cascade import cascade
from tests.browsers import Opened

DIRECTIVE, SYMBOL = "d1", "1/CT-TTg"
COMMUNE = "Ủy ban nhân dân xã Lũng Cú"

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, graph = tmp_path_factory.mktemp("country") / "view.html", cascade(directives=1, complete=True)
    assert sum(1 for _ in graph.nodes("Document")) == 11_368
    viz.write_view(graph, path, DIRECTIVE)
    return path


def test_it_is_a_small_file(file: Path) -> None:
    assert file.stat().st_size < 5_000_000


def test_it_opens_with_its_provinces_folded(opened: Opened) -> None:
    assert opened.painted() > 20
    opened.page.click("#filter-toggle")
    # 63, and what is of the whole country
    assert opened.page.locator("#filter [data-province][aria-expanded=false]").count() == 64


def test_a_click_is_answered(opened: Opened) -> None:
    opened.click(SYMBOL)
    assert opened.chosen() == SYMBOL


def test_a_province_unfolds_and_folds(opened: Opened) -> None:
    page = opened.page
    page.click("#filter-toggle")
    province = page.locator("#filter [data-province]", has_text="Tỉnh Hà Giang")
    province.click()
    assert province.get_attribute("aria-expanded") == "true"
    province.click()
    assert province.get_attribute("aria-expanded") == "false"
    assert "đã thu gọn" in page.locator("#status").inner_text()


def test_a_commune_is_found_and_its_province_unfolds(opened: Opened) -> None:
    assert opened.search("uy ban nhan dan xa lung cu")[0] == COMMUNE
    opened.page.keyboard.press("Enter")
    assert opened.chosen() == COMMUNE
    assert "open=" in opened.address()


def test_it_is_filtered_by_level(opened: Opened) -> None:
    page = opened.page
    page.click("#filter-toggle")
    page.check('#filter input[name="level"][value="tỉnh"]')
    page.click('[data-view="timeline"]')
    levels = [row.split()[0] for row in page.locator("table.levels tbody tr").all_inner_texts()]
    assert levels == ["Tỉnh"]
