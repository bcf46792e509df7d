"""The pages of targets, and of the one that is asked for: its figure, who has it, and the same above and below."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.web import Web, copied, serving_folder
from tests.web_page import page, texts

PLAN = "120/KH-UBND"


@pytest.fixture(scope="module")
def web(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving_folder(copied(workspace, tmp_path_factory.mktemp("targets") / "workspace")) as web:
        yield web


def links(found: LexborHTMLParser, selector: str) -> list[str]:
    return [str(node.attributes["href"]) for node in found.css(selector)]


def target(web: Web, number: int = 1) -> str:
    return f"{web.document(PLAN)}#c{number}"


def test_a_documents_targets_lead_to_a_page_each(web: Web) -> None:
    found = page(web, f"/documents/{web.document(PLAN)}/targets")
    assert texts(found, "td.figure") == ["ít nhất 40 %", "ít nhất 45 %", "khoảng 5 cơ sở dạy", "ít nhất 2 lần"]
    assert links(found, "td.text a")[0] == f"/targets/{quote(target(web), safe='')}"


def test_a_target_stands_beside_those_above_and_below(web: Web) -> None:
    found = page(web, f"/targets/{quote(target(web), safe='')}")
    assert texts(found, "h1")[0].startswith("Đến năm 2025, trên 40%")
    assert "ít nhất 40 %" in texts(found, "dd")
    beside = zip(texts(found, ".results li > a"), texts(found, ".results .sum"), strict=True)
    assert list(beside) == [
        ("41/KH-UBND", "thấp hơn cấp trên"), ("102/KH-UBND", "thấp hơn cấp trên"),
        ("71/KH-UBND", "cùng nội dung"), ("85/KH-UBND", "cùng nội dung"),
    ]  # fmt: skip


def test_a_target_leads_to_its_place_in_the_text(web: Web) -> None:
    (way,) = (
        link for link in links(page(web, f"/targets/{quote(target(web), safe='')}"), "main a") if "/text#" in link
    )
    path, _, anchor = way.partition("#")
    text = page(web, path)
    assert len(text.css(f"[data-text] a#{anchor}")) == 1
    assert f"/targets/{quote(target(web), safe='')}" in links(text, ".facts a")


def test_a_finding_about_a_target_leads_to_it(web: Web) -> None:
    found = page(web, f"/documents/{web.document('41/KH-UBND')}/check?text=chi tieu thap hon")
    assert f"/targets/{quote(target(web), safe='')}" in links(found, "td.section a")


def test_figures_are_sorted_by_number_and_told_in_the_readers_language(web: Web) -> None:
    at = f"/documents/{web.document(PLAN)}/targets"
    assert texts(page(web, f"{at}?sort=figure"), "td.figure")[:2] == ["ít nhất 2 lần", "khoảng 5 cơ sở dạy"]
    assert texts(page(web, f"{at}?lang=en"), "td.figure")[0] == "at least 40 %"
    page(web, "/?lang=vi")
    rows = json.loads(web.get(f"{at}.json").text)
    assert (rows[0]["comparator"], rows[0]["value"], rows[0]["unit"]) == (">=", 40.0, "%")
    assert "ít nhất 40 %" in web.get(f"{at}.csv").text


def test_on_a_day_only_what_was_there_stands_beside_it(web: Web) -> None:
    found = web.json(f"/targets/{quote(target(web), safe='')}?as_of=2023-10-20")
    assert (len(found["up"]), found["down"]) == (1, [])


def test_a_target_that_is_not_there_is_told(web: Web) -> None:
    assert web.get("/api/v1/targets/none").status_code == 404
    assert "Không làm được" in web.get("/targets/none").text
