"""axe-core finds nothing serious on any view of the page, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import viz
from tests.browsers import faults
from tests.cascade_graph import DIRECTIVE, cascade_graph, duties_of

STATES = {
    "diagram": "#",
    "panel": "#node=p0-plan",
    "missing plan": "#node=ghost:a:huyện Thác Bạc",
    "matrix": "#view=matrix",
    "agencies": "#view=matrix&by=agency",
    "timeline": "#view=timeline",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, graph = tmp_path_factory.mktemp("access") / "view.html", cascade_graph()
    viz.write_view(graph, path, DIRECTIVE, duties_of(graph))
    return path


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_serious_is_found(browser: Browser, axe: str, file: Path, state: str, scheme: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(file.as_uri() + STATES[state])
    page.wait_for_selector("html[data-ready]")
    page.click("#filter-toggle")
    found = faults(page, axe)
    page.close()
    assert found == []
