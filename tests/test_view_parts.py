"""What a person does with the page beyond reading a card: folding, filtering, other pictures, saving, printing."""

from __future__ import annotations

import struct
from pathlib import Path
from urllib.parse import quote, unquote_plus
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

import viz
from graph.model import Graph, Node
from tests.browsers import Opened
from tests.cascade_graph import DIRECTIVE, cascade_graph, duties_of, large_graph

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, graph = tmp_path_factory.mktemp("parts") / "view.html", cascade_graph()
    viz.write_view(graph, path, DIRECTIVE, duties_of(graph))
    return path


def _said(page: Page) -> str:
    return page.locator("#status").inner_text()


def test_a_province_folds_and_unfolds(opened: Opened) -> None:
    page = opened.page
    page.click("#filter-toggle")
    page.click("#fit")
    before = opened.picture()
    province = page.locator("#filter [data-province]", has_text="Tỉnh Sông Lam")
    province.click()
    assert province.get_attribute("aria-expanded") == "false" and "đã thu gọn" in _said(page)
    assert opened.picture() != before
    province.click()
    assert province.get_attribute("aria-expanded") == "true"
    assert opened.picture() == before


_WHERE_NO_NODE_IS = """() => {
  const picture = document.getElementById("picture");
  for (let y = 70; y < 780; y += 6)
    for (let x = 340; x < 1270; x += 30) {
      const over = { clientX: x, clientY: y, pointerId: 99, pointerType: "mouse" };
      picture.dispatchEvent(new PointerEvent("pointermove", over));
      if (picture.classList.contains("over") && document.getElementById("tip").hidden) return [x, y];
    }
}"""
"""The first place where a click would do something, though there is no node: a province's name, or its card."""


def test_a_click_on_a_provinces_name_folds_it_and_on_its_card_unfolds_it(opened: Opened) -> None:
    page = opened.page
    page.mouse.click(*page.evaluate(_WHERE_NO_NODE_IS))
    assert "đã thu gọn" in _said(page)
    page.click("#filter-toggle")
    page.click("#filter .choice button:first-child")
    page.click("#filter .close")
    page.mouse.click(*page.evaluate(_WHERE_NO_NODE_IS))
    assert "đã mở" in _said(page)


def test_what_is_searched_in_a_folded_province_unfolds_it(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file, hash_="#open=" + quote("tỉnh Hòa Giang"))
    opened.search("UBND xã Đồng Tiến")
    opened.page.keyboard.press("Enter")
    assert opened.chosen() == "Ủy ban nhân dân xã Đồng Tiến"
    assert unquote_plus(opened.address()).endswith("open=tỉnh Hòa Giang|tỉnh Sông Lam")
    opened.page.close()
    assert opened.problems == []


@pytest.mark.parametrize(("provinces", "districts", "communes"), [(6, 8, 5), (20, 0, 0)])
def test_a_large_picture_opens_folded(
    browser: Browser, tmp_path: Path, provinces: int, districts: int, communes: int
) -> None:
    path = tmp_path / "large.html"
    viz.write_view(large_graph(provinces, districts, communes), path, DIRECTIVE)
    opened = Opened(browser, path)
    opened.page.click("#filter-toggle")
    folded = opened.page.locator("#filter [data-province][aria-expanded=false]").count()
    opened.page.click("#filter .choice button:nth-child(2)")
    unfolded = opened.page.locator("#filter [data-province][aria-expanded=true]").count()
    opened.page.close()
    assert (folded, unfolded, opened.problems) == (provinces, provinces, [])


@pytest.mark.parametrize(
    ("name", "value"), [("level", "huyện"), ("type", "Chỉ thị"), ("standing", "chậm"), ("role", "phối hợp")]
)
def test_a_filter_changes_the_picture_and_stays_in_the_address(opened: Opened, name: str, value: str) -> None:
    page = opened.page
    page.click("#filter-toggle")
    before = opened.picture()
    page.check(f'#filter input[name="{name}"][value="{value}"]')
    assert opened.picture() != before
    assert f"filter={name}" in opened.address()


def test_a_filter_by_place_shows_that_province_alone(opened: Opened) -> None:
    page = opened.page
    page.click("#filter-toggle")
    page.select_option('#filter select[name="place"]', "tỉnh Hòa Giang")
    page.click('[data-view="timeline"]')
    issuers = page.locator("table.plans td:nth-child(2)").all_inner_texts()
    assert issuers and all("Hòa Giang" in one or "Cam" in one or "Hướng Đông" in one for one in issuers)


def test_the_filter_can_be_cleared(opened: Opened) -> None:
    page = opened.page
    page.click("#filter-toggle")
    before = opened.picture()
    page.check('#filter input[name="level"][value="xã"]')
    page.fill('#filter input[name="from"]', "2024-08-01")
    page.locator("#filter form > button").click()
    assert opened.picture() == before
    assert "filter" not in opened.address()


def test_the_matrix_counts_how_units_stand(opened: Opened) -> None:
    opened.page.click('[data-view="matrix"]')
    rows = opened.page.locator("table.matrix tbody tr").all_inner_texts()
    assert len(rows) == 1
    assert rows[0].startswith("tỉnh Sông Lam")
    assert opened.page.locator("table.matrix .sum").count() == 4


def test_the_matrix_by_agency_leads_to_plans_and_ghosts(opened: Opened) -> None:
    page = opened.page
    page.click('[data-view="matrix"]')
    page.click("#matrix .choice button:nth-child(2)")
    assert page.locator("table.matrix tbody tr").count() == 4
    page.locator("table.matrix .sum.missing").click()
    assert opened.chosen() == "Ủy ban nhân dân huyện Thác Bạc"
    assert "Thời hạn: 30/9/2024" in page.locator("#panel").inner_text()
    assert "Giao Ủy ban nhân dân huyện Thác Bạc" in page.locator("#panel blockquote").first.inner_text()


def test_the_timeline_tells_days_by_level(opened: Opened) -> None:
    opened.page.click('[data-view="timeline"]')
    rows = opened.page.locator("table.levels tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [
        ["Tỉnh", "6", "66", "87,5", "109", "0"],
        ["Huyện", "7", "150", "150", "150", "1"],
        ["Xã", "11", "189", "189", "189", "0"],
    ]


def test_the_address_brings_back_view_filter_folds_and_theme(opened: Opened, browser: Browser, file: Path) -> None:
    page = opened.page
    page.click("#theme")
    page.click("#filter-toggle")
    page.check('#filter input[name="level"][value="huyện"]')
    page.locator("#filter [data-province]", has_text="Tỉnh Hòa Giang").click()
    page.click('[data-view="matrix"]')
    again = Opened(browser, file, hash_="#" + opened.address().partition("#")[2])
    assert again.address().partition("#")[2] == opened.address().partition("#")[2]
    assert again.page.locator("#matrix").is_visible()
    assert again.page.locator("html").get_attribute("data-theme") == "dark"
    again.page.click("#filter-toggle")
    assert again.page.locator('#filter input[name="level"][value="huyện"]').is_checked()
    folded = again.page.locator("#filter [data-province][aria-expanded=false]").all_inner_texts()
    assert folded == ["+ Tỉnh Hòa Giang"]
    again.page.close()


def test_an_address_typed_into_the_open_page_is_followed(opened: Opened) -> None:
    opened.page.evaluate("() => { location.hash = '#node=p0-plan&lang=en'; }")
    opened.page.wait_for_selector("#panel h2")
    assert opened.chosen() == "140/KH-UBND"
    assert opened.page.locator("html").get_attribute("lang") == "en"


def test_what_is_only_cited_can_be_switched_off(opened: Opened) -> None:
    page = opened.page
    before = opened.picture()
    page.click('#legend [data-kind="Cited"]')
    assert opened.picture() != before


def test_the_picture_is_saved_as_svg(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    page.click("#save summary")
    with page.expect_download() as download:
        page.click("#save-svg")
    path = tmp_path / "picture.svg"
    download.value.save_as(path)
    assert download.value.suggested_filename == "vanmach-12-ct-tw.svg"
    texts = [text.text for text in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")]
    assert {"12-CT/TW", "140/KH-UBND", "✕"} <= set(texts)
    assert {"Chỉ thị 12-CT/TW", "Cơ quan, đơn vị", "Giao", "Chưa có kế hoạch"} <= set(texts), "its legend"
    assert "Gửi" not in texts, "a line that nobody chose is not in the picture"


def test_the_legend_of_a_saved_picture_leaves_out_what_is_switched_off(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    page.click('#legend [data-kind="Agency"]')
    page.click("#save summary")
    with page.expect_download() as download:
        page.click("#save-svg")
    download.value.save_as(tmp_path / "picture.svg")
    text = (tmp_path / "picture.svg").read_text("utf-8")
    assert ">Văn bản<" in text and ">Cơ quan, đơn vị<" not in text


def test_the_picture_is_saved_as_png(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    page.click("#save summary")
    with page.expect_download() as download:
        page.click("#save-png")
    path = tmp_path / "picture.png"
    download.value.save_as(path)
    head = path.read_bytes()[:24]
    width, height = struct.unpack(">II", head[16:24])
    assert head[:8] == b"\x89PNG\r\n\x1a\n" and width > 1500 and height > 800


def test_a_printed_page_holds_the_whole_picture_and_the_panel(opened: Opened) -> None:
    page = opened.page
    page.evaluate("() => { location.hash = '#node=p0-plan&theme=dark'; }")
    page.wait_for_selector("#panel h2")
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert "12-CT/TW" in page.locator("#print-picture text").all_text_contents()
    assert page.locator("html").get_attribute("data-theme") == "light"
    assert page.locator("#panel h2").is_visible()
    assert not any(page.locator(part).is_visible() for part in (".tools", "#views", ".search", "#picture", ".zoom"))
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("#print-picture svg").count() == 0


@pytest.mark.parametrize("view", ["matrix", "timeline"])
def test_a_phone_shows_every_view_without_scrolling_the_page_sideways(browser: Browser, file: Path, view: str) -> None:
    opened = Opened(browser, file, size=(360, 740), hash_=f"#view={view}")
    widths = [
        opened.page.evaluate("(part) => document.querySelector(part).scrollWidth", part)
        for part in ("html", f"#{view}")
    ]
    opened.page.close()
    assert max(widths) <= 360


WIDER = (
    "() => [...document.querySelectorAll('.page:not([hidden]) .wide')].map((one) => one.scrollWidth - one.clientWidth)"
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("view", ["matrix", "matrix&by=agency", "timeline"])
def test_a_phone_shows_the_parts_of_a_view_whole(browser: Browser, file: Path, view: str, language: str) -> None:
    opened = Opened(browser, file, size=(390, 844), hash_=f"#view={view}&lang={language}")
    wider = opened.page.evaluate(WIDER)
    opened.page.close()
    assert wider
    assert max(wider) <= 0


def test_a_plan_is_a_card_on_a_phone_that_says_what_its_number_counts(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file, size=(390, 844), hash_="#view=timeline&lang=en")
    unit = "(cell) => getComputedStyle(cell, '::after').content"
    counted = opened.page.locator(".plans td.number").first.evaluate(unit)
    roles = opened.page.locator(".plans").first.evaluate(
        "(table) => [table, ...table.querySelectorAll('thead, tr, th, td')].every((one) => one.getAttribute('role'))"
    )
    opened.page.close()
    assert (counted, roles) == ('" days"', True)


@pytest.mark.parametrize(("language", "kind"), [("vi", "sở"), ("en", "department of a province")])
def test_the_kind_of_an_agency_is_told_in_the_readers_language(
    browser: Browser, tmp_path: Path, language: str, kind: str
) -> None:
    graph = Graph()
    graph.add(Node("so", "Agency", {"name": "Sở Thủy văn tỉnh Sông Lam", "kind": "sở", "level": "tỉnh"}))
    viz.write_view(graph, tmp_path / "view.html")
    opened = Opened(browser, tmp_path / "view.html", hash_=f"#node=so&lang={language}")
    told = opened.page.locator("#panel dd").all_inner_texts()
    opened.page.close()
    assert kind in told


def test_names_beside_the_cards_are_as_much_larger_in_a_png_as_the_cards(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    sizes = {}
    for format_ in ("svg", "png"):
        page.click("#save summary")
        with page.expect_download() as download:
            page.click(f"#save-{format_}")
        download.value.save_as(tmp_path / format_)
    sizes["png"] = struct.unpack(">II", (tmp_path / "png").read_bytes()[16:24])
    svg = ElementTree.fromstring((tmp_path / "svg").read_text("utf-8"))
    sizes["svg"] = (int(svg.attrib["width"]), int(svg.attrib["height"]))
    # at twice its size the strip of the levels' names is twice as wide, and the legend twice as high
    assert sizes["png"] == (2 * sizes["svg"][0], 2 * sizes["svg"][1])


def test_nothing_may_be_loaded(file: Path) -> None:
    page = file.read_text("utf-8")
    assert "default-src 'none'" in page and "unsafe" not in page.partition("</head>")[0]
