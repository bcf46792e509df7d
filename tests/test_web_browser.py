"""The web application in the system's Chromium, as a person uses it; nothing may go wrong or be asked elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browsers import faults, watched
from tests.conftest import EXAMPLES
from tests.web import Web, copied, serving_folder

PLAN = "120/KH-UBND"
WORD = "quang-tri/hai-lang-kh-96.docx"

pytestmark = pytest.mark.chromium

PATIENCE = 60_000
"""Milliseconds that a busy machine may need to read a file and change the graph."""


@pytest.fixture(scope="module")
def web(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving_folder(copied(workspace, tmp_path_factory.mktemp("browser") / "workspace")) as web:
        yield web


@pytest.fixture
def page(browser: Browser, web: Web) -> Iterator[Page]:
    """A page of a context of its own; what is logged, thrown or asked elsewhere fails the test that uses it."""
    context = browser.new_context(base_url=web.url, viewport={"width": 1366, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    problems = watched(page, web.url, "data:", "blob:", "about:")
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()
    assert problems == []


def test_search_leads_to_the_units_which_filter_and_sort_in_place(page: Page) -> None:
    page.goto("/")
    page.fill("#search", "chi thi 21")
    page.press("#search", "Enter")
    page.click('.results a:has-text("21-CT/TW")')
    page.click('.tabs a:has-text("Đơn vị thực hiện")')
    expect(page.locator("tbody tr")).to_have_count(100)
    whole = page.locator(".count").inner_text()
    page.fill("#filter", "lao dong yen dung")
    expect(page.locator(".count")).not_to_have_text(whole)
    expect(page).to_have_url(re.compile(r"units\?text=lao\+dong\+yen\+dung$"))
    expect(page.locator("#filter")).to_be_focused()
    page.click('thead a:has-text("Số nhiệm vụ")')
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Số nhiệm vụ")
    page.click('thead a:has-text("Số nhiệm vụ")')
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Số nhiệm vụ")
    page.reload()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Số nhiệm vụ")


def test_a_table_is_downloaded_as_xlsx(page: Page, web: Web, tmp_path: Path) -> None:
    page.goto(f"/documents/{web.document(PLAN)}/units")
    with page.expect_download() as started:
        page.click('.downloads a:has-text("XLSX")')
    started.value.save_as(tmp_path / "units.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "units.xlsx").active
    assert sheet is not None
    shown = page.locator("tbody tr").count()
    assert sheet.max_row == shown + 1


def test_a_passage_shows_its_rule(page: Page, web: Web) -> None:
    page.goto(f"/documents/{web.document(PLAN)}/text")
    page.locator("[data-text] mark.deadline").first.hover()
    chosen = page.locator(".facts li.chosen.deadline")
    expect(chosen).to_contain_text("Thời hạn")
    expect(chosen).to_be_in_viewport()
    assert page.locator("[data-text] mark.deadline").first.get_attribute("title")


def test_the_cascade_is_the_view(page: Page, web: Web) -> None:
    page.goto(f"/documents/{web.document(PLAN)}/cascade")
    page.locator("iframe.view").scroll_into_view_if_needed()
    view = page.frame_locator("iframe.view")
    expect(view.locator("html[data-ready]")).to_be_attached()
    view.locator("#search").fill("41 kh")
    expect(view.locator("#results strong").first).to_contain_text("41/KH-UBND")


def test_the_whole_collection_is_a_picture_that_leads_to_a_directives(page: Page) -> None:
    page.goto("/")
    page.click('header nav a:has-text("Sơ đồ")')
    view = page.frame_locator("iframe.view")
    expect(view.locator("html[data-ready]")).to_be_attached()
    view.locator("#search").fill("120 kh")
    expect(view.locator("#results strong").first).to_contain_text("120/KH-UBND")
    label = page.locator('#directive option:has-text("21-CT/TW")').inner_text()
    page.select_option("#directive", label=label)
    page.click('button:has-text("Xem")')
    expect(page).to_have_url(re.compile(r"/documents/21-ct-tw-[^/]+/cascade$"))


def test_while_a_picture_is_drawn_that_is_told_and_when_it_is_there(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/picture/view", lambda route: waiting.append(route))
    page.goto("/picture", wait_until="domcontentloaded")
    status = page.locator(".framed [role=status]")
    expect(status).to_have_text("Đang vẽ sơ đồ…")
    expect(status).to_be_in_viewport()
    first(page, waiting).continue_()
    expect(status).to_have_text("Sơ đồ đã vẽ xong.")


def test_a_picture_that_does_not_come_is_told(browser: Browser, web: Web) -> None:
    context = browser.new_context(base_url=web.url)
    page = context.new_page()
    page.route("**/picture/view", refuse)
    page.goto("/picture")
    expect(page.locator(".framed [role=status]")).to_contain_text("Chưa vẽ được sơ đồ")
    context.close()


def test_a_picture_refused_before_the_scripts_are_there_is_told_too(browser: Browser, web: Web) -> None:
    context = browser.new_context(base_url=web.url)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/frames.js*", lambda route: held.append(route))
    page.route("**/picture/view", refuse)
    page.goto("/picture", wait_until="commit")
    while page.evaluate("document.querySelector('iframe.view')?.contentDocument !== null"):
        page.wait_for_timeout(50)
    first(page, held).continue_()
    expect(page.locator(".framed [role=status]")).to_contain_text("Chưa vẽ được sơ đồ")
    context.close()


def first(page: Page, held: list[Route]) -> Route:
    """The first request that is held back, as soon as there is one."""
    while not held:
        page.wait_for_timeout(20)
    return held[0]


def refuse(route: Route) -> None:
    """Answer as a server that has too much to do, on a page that may not stand in a frame."""
    route.fulfill(status=503, headers={"x-frame-options": "DENY"})


def test_how_many_rows_a_filter_leaves_is_told_to_who_cannot_see_them(page: Page, web: Web) -> None:
    page.goto(f"/documents/{web.document(PLAN)}/units")
    page.fill("#filter", "phong noi vu khong co")
    expect(page.locator("#told")).to_have_text(re.compile(r"^0 / \d+ dòng$"))


def test_english_is_a_click_away(page: Page) -> None:
    page.goto("/documents")
    page.click('a[hreflang="en"]')
    expect(page.locator("h1")).to_have_text("Documents")
    page.click("header nav a >> nth=1")
    expect(page.locator("h1")).to_have_text("Agencies")


@pytest.mark.parametrize(
    "path", ["/picture", "/documents/{d}/cascade", "/ask?cypher=MATCH%20(d:Document)%20RETURN%20d&as=picture"]
)
def test_a_picture_speaks_the_language_of_the_page_around_it(page: Page, web: Web, path: str) -> None:
    for language, word in (("en", "Matrix"), ("vi", "Ma trận")):
        at = path.format(d=web.document(PLAN))
        page.goto(f"{at}{'&' if '?' in at else '?'}lang={language}")
        page.locator("iframe.view").scroll_into_view_if_needed()
        expect(page.frame_locator("iframe.view").locator("[data-view=matrix]")).to_have_text(word)
        for way in page.locator('.way a[href*="/view"]').all():
            assert (way.get_attribute("href") or "").endswith("#lang=en") == (language == "en")


def test_a_word_file_is_added_a_link_corrected_and_that_undone(page: Page, web: Web) -> None:
    page.goto("/add")
    page.set_input_files("#files", EXAMPLES / WORD)
    page.click("button.main")
    page.wait_for_url("**/changes/*")
    expect(page.locator("[data-change] .good")).to_contain_text("Đã xong", timeout=PATIENCE)
    page.click('.results a:has-text("hai-lang-kh-96.docx")')
    expect(page.locator("h1")).to_have_text("96/KH-UBND")
    upper = page.locator('tr:has-text("74/KH-UBND")')
    expect(upper.first).to_contain_text("thực hiện")
    links = upper.count()
    page.click('.tabs a:has-text("Nguyên văn")')
    page.locator('.facts li.relation:has-text("thực hiện") button').first.click()
    page.wait_for_url("**/changes/*")
    expect(page.locator("[data-change] .good")).to_contain_text("Đã xong", timeout=PATIENCE)
    page.goto(f"/documents/{web.document('96/KH-UBND')}")
    expect(upper).to_have_count(links - 1)
    page.goto("/corrections")
    page.click('button:has-text("Bỏ đính chính này")')
    page.wait_for_url("**/changes/*")
    expect(page.locator("[data-change] .good")).to_contain_text("Đã xong", timeout=PATIENCE)
    page.goto(f"/documents/{web.document('96/KH-UBND')}")
    expect(upper).to_have_count(links)
    page.goto("/corrections")
    expect(page.locator("li.undone")).to_have_count(1)


PAGES = {
    "start": "/", "picture": "/picture", "search": "/search?text=giao%20duc", "documents": "/documents",
    "agencies": "/agencies?text=yen%20dung",
    "document": "/documents/{d}", "text": "/documents/{d}/text", "tasks": "/documents/{d}/tasks",
    "cascade": "/documents/{d}/cascade", "units": "/documents/{d}/units", "check": "/documents/{d}/check",
    "matrix": "/documents/{d}/matrix", "timeline": "/documents/{d}/timeline", "agency": "/agencies/{a}",
    "task": "/tasks/{d}%232", "targets": "/documents/{d}/targets", "target": "/targets/{d}%23c1",
    "ask": "/ask?cypher=MATCH%20(d:Document)%20RETURN%20d", "add": "/add",
    "wrong": "/ask?cypher=MATCH",
    "ready": "/ask/units_implementing", "corrections": "/corrections", "not there": "/nothing",
}  # fmt: skip


@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(
    browser: Browser, axe: str, web: Web, width: int
) -> None:
    context = browser.new_context(base_url=web.url, viewport={"width": width, "height": 800})
    page, document = context.new_page(), web.document(PLAN)
    agency = web.json("/agencies?text=phong%20lao%20dong%20yen%20dung")["rows"][0]["id"]
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    found = {}
    for name, path in PAGES.items():
        page.goto(path.format(d=document, a=agency))
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        # the view inside a frame has tests of its own
        page.evaluate("for (const frame of document.querySelectorAll('iframe')) frame.remove()")
        found[name] = [f"{wider} too wide"] if wider > 0 else []
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            found[name] += faults(page, axe)
    context.close()
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("tab", ["units", "check"])
def test_a_table_is_printed_whole_and_black_on_white(browser: Browser, web: Web, tab: str) -> None:
    # the part of a landscape A4 page between its margins
    context = browser.new_context(base_url=web.url, viewport={"width": 1030, "height": 700}, color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(f"/documents/{web.document(PLAN)}/{tab}")
    cut = page.evaluate(
        "(() => { const w = document.querySelector('.wide'); return w.scrollWidth - w.clientWidth; })()"
    )
    colours = page.evaluate(
        "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    shown = [page.locator(part).is_visible() for part in ("header.top", "form.tools", "form.as-of", "table")]
    context.close()
    assert cut <= 0
    assert (colours[0] < "rgb(6", colours[1]) == (True, "rgb(255, 255, 255)")
    assert shown == [False, False, False, True]


SEEN = """() => [...document.querySelectorAll("[data-table] tbody td:not(:empty)")].map((cell) => {
  const { left, right, bottom } = cell.getBoundingClientRect();
  const below = cell.parentElement.getBoundingClientRect().bottom;
  return [left >= 0 && right <= innerWidth && bottom <= below, getComputedStyle(cell, "::before").content];
})"""


@pytest.mark.parametrize("tab", ["tasks", "check"])
def test_on_a_phone_each_row_of_a_table_is_seen_whole_and_says_what_its_values_are(
    browser: Browser, web: Web, tab: str
) -> None:
    context = browser.new_context(base_url=web.url, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"/documents/{web.document(PLAN)}/{tab}")
    headings = {f'"{text}"' for text in page.locator("thead th").all_inner_texts()}
    seen = page.evaluate(SEEN)
    context.close()
    assert len(seen) > 30
    assert all(is_in_sight for is_in_sight, _ in seen)
    assert {name for _, name in seen} == headings


WIDER = """() => [...document.querySelectorAll("main .wide, main [data-table] thead tr")]
  .map((one) => one.scrollWidth - one.clientWidth)"""


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", ["matrix", "matrix?by=agency", "timeline", "check"])
def test_nothing_on_a_phone_is_to_be_scrolled_sideways(browser: Browser, web: Web, path: str, language: str) -> None:
    context = browser.new_context(base_url=web.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    at = f"/documents/{web.document('21-CT/TW')}/{path}"
    page.goto(f"{at}{'&' if '?' in at else '?'}lang={language}")
    assert page.locator("table tbody tr").count() > 1
    wider = page.evaluate(WIDER)
    context.close()
    assert max(wider) <= 0


def test_the_timeline_on_a_phone_says_what_its_numbers_are(browser: Browser, web: Web) -> None:
    context = browser.new_context(base_url=web.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"/documents/{web.document('21-CT/TW')}/timeline")
    headings = page.locator("table.timeline thead th").all_text_contents()[1:]
    names = page.evaluate(
        "[...document.querySelectorAll('.timeline td')].map((cell) => getComputedStyle(cell, '::before').content)"
    )
    seen = page.locator("table.timeline svg.spread").first.bounding_box()
    context.close()
    assert names[:5] == [f'"{heading}"' for heading in headings]
    assert seen is not None
    assert seen["x"] + seen["width"] <= 390


def test_the_tab_that_is_open_is_in_sight_on_a_phone(browser: Browser, web: Web) -> None:
    context = browser.new_context(base_url=web.url, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"/documents/{web.document(PLAN)}/timeline")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)
    context.close()


def test_without_scripts_everything_can_still_be_done(browser: Browser, web: Web, tmp_path: Path) -> None:
    context = browser.new_context(base_url=web.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/documents/{web.document(PLAN)}/units?sort=-tasks")
    page.click('thead a:has-text("Cơ quan")')
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Cơ quan")
    page.fill("#filter", "yen dung")
    page.click("form.tools button")
    expect(page).to_have_url(re.compile(r"text=yen\+dung&sort=agency"))
    (tmp_path / "a.txt").write_text("không phải văn bản", "utf-8")
    page.goto("/add")
    page.set_input_files("#files", tmp_path / "a.txt")
    page.click("button.main")
    page.wait_for_url("**/changes/*")
    expect(page.locator("[data-change] .good, [data-change] .wrong")).to_be_visible(timeout=PATIENCE)
    context.close()
