"""The pages of targets, and of the one that is asked for: its figure, who has it, and the same above and below."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser

from graph.embedded import EmbeddedStore
from tests.scenario import scenario
from tests.web import Web, copied, serving, serving_folder
from tests.web_page import page, texts
from vanmach.web.collection import Collection

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


OFFICE = "Sở Nội vụ tỉnh Bắc Giang"
SET_FOR_IT = {
    "kh": {
        "is": "Kế hoạch", "number": "20/KH-UBND", "dated": "2023-10-05", "by": "Ủy ban nhân dân @ tỉnh Bắc Giang",
        "targets": [
            {"of": "hồ sơ giải quyết đúng hạn", "at": ">= 95 %", "to": ["Sở Nội vụ @ tỉnh Bắc Giang"]},
            {"of": "xã có tủ sách", "at": "= 40 xã", "by": "2025", "to": ["Sở Nội vụ @ tỉnh Bắc Giang"]},
            {"of": "thôn có nhà văn hóa", "at": ">= 80 %", "to": ["Ủy ban nhân dân @ tỉnh Bắc Giang"]},
        ],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def with_targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A collection in which an agency has targets."""
    place = tmp_path_factory.mktemp("agency") / "store"
    with EmbeddedStore(place) as store:
        store.load(scenario({"documents": SET_FOR_IT}).graph)
    with serving(Collection(EmbeddedStore(place, read_only=True))) as web:
        yield web


def office(web: Web) -> str:
    (found,) = (row for row in web.json("/agencies?text=so noi vu")["rows"] if row["name"] == OFFICE)
    return f"/agencies/{found['id']}"


def test_an_agencys_targets_stand_by_deadline_with_figure_document_and_quote(with_targets: Web) -> None:
    web = with_targets
    found = page(web, f"{office(web)}/targets")
    assert texts(found, ".tabs [aria-current]") == ["Chỉ tiêu 2"]
    assert texts(found, "td.figure") == ["40 xã", "ít nhất 95 %"]
    plan = web.document("20/KH-UBND")
    ways = [f"/targets/{quote(f'{plan}#c{number}', safe='')}" for number in (2, 1)]
    assert links(found, "td.text a") == [ways[0], f"/documents/{plan}", ways[1], f"/documents/{plan}"]
    assert texts(found, "td.role") == ["chủ trì", "chủ trì"]


def test_an_agencys_targets_are_those_of_the_interface_and_of_the_files(with_targets: Web) -> None:
    web = with_targets
    told = web.json(office(web))["targets"]
    assert [(one["subject"], one["value"], one["name"]) for one in told] == [
        ("xã có tủ sách", 40.0, "20/KH-UBND"), ("hồ sơ giải quyết đúng hạn", 95.0, "20/KH-UBND"),
    ]  # fmt: skip
    assert json.loads(web.get(f"{office(web)}/targets.json").text) == told
    assert "ít nhất 95 %" in web.get(f"{office(web)}/targets.csv").text
    assert web.json(f"{office(web)}?as_of=2023-10-04")["targets"] == []
