"""The offline page: what Python puts into it, and what a person can do with it in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

import viz
from graph.errors import LookupFailed, VanmachError
from graph.model import Edge, Evidence, Graph, Node
from graph.schema import schema
from tests.browsers import Opened
from tests.cascade_graph import DIRECTIVE, HOSTILE, cascade_graph, large_graph
from viz.cascade import shortcuts, shown
from viz.data import page_data
from viz.names import label, short, words

STRANGE = {
    "right to left": "\u202eđảo ngược\u202c",
    "left open": "\u2067\u202ehở",
    "many words": "dài " * 3000,
    "one long word": "liền" * 3000,
    "quotes": "'\"`\\",
}
NAMES = yaml.safe_load((Path(__file__).parent / "cases" / "short_names.yaml").read_text("utf-8"))


def _hostile_graph() -> Graph:
    graph = Graph()
    facts = {"title": HOSTILE, "issuer": '"><img src=x onerror=alert(2)>', "level": "trung ương", "status": "ingested"}
    graph.add(Node("d1", "Document", {**facts, "symbol": "</script><script>alert(3)</script>", "type": "{{style}}"}))
    graph.add(Node("d2", "Document", {**facts, "symbol": "2/KH", "level": "tỉnh", "place": "<b>tỉnh</b>"}))
    passage = Evidence("d2", 0, 5, "<i>rule</i>", 1.0, "<u>II</u>", "<img src=x onerror=alert(4)>\u2028&amp;")
    graph.connect(Edge("d2", "THUC_HIEN", "d1", passage))
    return graph


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row["name"])
def test_a_long_name_is_shortened(row: dict[str, str]) -> None:
    assert short(row["name"], row.get("place", "")) == row["short"]


def test_the_same_graph_gives_the_same_page() -> None:
    graph = cascade_graph()
    backwards = Graph()
    for node in reversed(list(graph.nodes())):
        backwards.add(node)
    for edge in reversed(list(graph.edges())):
        backwards.connect(edge)
    assert viz.render_view(graph, DIRECTIVE) == viz.render_view(backwards, DIRECTIVE)


def test_the_cascade_of_a_plan_leaves_out_other_provinces() -> None:
    ids = shown(cascade_graph(), "p0-plan")
    assert {
        "p0-party",
        DIRECTIVE,
        "p0-plan-d0-c1",
        "p0-plan#t1",
        "a:Ủy ban nhân dân tỉnh Sông Lam|tỉnh Sông Lam",
    } <= ids
    assert not {"p1-party", "p1-plan", "luat-thu-vien"} & ids


def test_a_line_past_the_documents_between_is_a_shortcut() -> None:
    graph = cascade_graph()
    also = Evidence("p0-plan", 0, 1, "relations", 0.9)
    graph.connect(Edge("p0-plan", "THUC_HIEN", DIRECTIVE, also))
    ids = shown(graph, DIRECTIVE)
    assert shortcuts(graph, ids) == {("p0-plan", DIRECTIVE)}
    drawn = [e for e in page_data(graph, DIRECTIVE)["edges"] if e.get("shortcut")]
    assert len(drawn) == 1


def test_provinces_without_a_document_share_one_column() -> None:
    graph = cascade_graph()
    for name in ("tỉnh Một", "tỉnh Hai", "tỉnh Ba"):
        graph.add(Node(name, "Agency", {"name": f"Ủy ban nhân dân {name}", "level": "tỉnh", "place": name}))
    provinces = [p["name"]["vi"] for p in page_data(graph, None)["provinces"]]
    assert provinces[3:] == ["Nơi khác"]


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(VanmachError, match="missing"):
        viz.write_view(cascade_graph(), tmp_path / "missing" / "view.html")


@pytest.mark.parametrize("focus", ["nothing", "p0-plan#t1"])
def test_an_unknown_focus_is_one_line(focus: str) -> None:
    with pytest.raises(LookupFailed, match=focus):
        viz.render_view(cascade_graph(), focus)


def test_an_empty_graph_gives_a_page() -> None:
    assert page_data(Graph(), None)["nodes"] == []
    assert "<!doctype html>" in viz.render_view(Graph())


def test_what_is_known_only_in_part_has_a_place_too() -> None:
    graph = cascade_graph()
    unknown = {"level": "huyện", "place": "huyện ?, tỉnh Sông Lam", "status": "cited", "type": "Kế hoạch"}
    graph.add(Node("x1", "Document", unknown))
    graph.add(Node("x2", "Document", {"symbol_suffix": "KH-UBND", "place": "?"}))
    data = page_data(graph, None)
    labels = {node["id"]: node["label"] for node in data["nodes"]}
    assert (labels["x1"], labels["x2"]) == ("Kế hoạch", "…KH-UBND")
    last = max(layer["rank"] for layer in data["layers"])
    assert data["levels"][last] == {"vi": "chưa rõ cấp", "en": "level unknown"}


def test_data_cannot_end_its_script_or_fill_a_slot() -> None:
    page = viz.render_view(_hostile_graph())
    data = re.search(r'<script type="text/plain" id="data">(.*?)</script>', page, re.DOTALL)
    assert data and re.fullmatch(r"[A-Za-z0-9+/=]+", data[1])


def test_every_label_and_edge_type_of_the_model_has_a_look() -> None:
    style = (Path(viz.__file__).parent / "assets" / "style.js").read_text("utf-8")
    colours = (Path(viz.__file__).parent / "assets" / "view.css").read_text("utf-8")
    for type_ in (*schema().edges, *words()["edges"]):
        assert (type_ == "GOM") != (f"  {type_}: {{" in style), type_
        assert type_ == "GOM" or colours.count(f"--{type_}:") == 2, type_
    assert set(page_data(Graph(), None)["names"]["inverse"]) == set(schema().edges) | set(words()["edges"])
    assert label(Node("t", "Task", {"text": "Làm"})) == "Làm"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "trang của tôi.html"
    viz.write_view(cascade_graph(), path, DIRECTIVE)
    return path


@pytest.mark.chromium
def test_it_opens_from_a_file_and_shows_the_cascade(opened: Opened) -> None:
    assert opened.page.locator("h1").inner_text().startswith("Chỉ thị 12-CT/TW")
    assert opened.painted() > 20


@pytest.mark.chromium
@pytest.mark.parametrize(
    "query", ["Ủy ban nhân dân xã Đồng Tiến", "uy ban nhan dan xa dong tien", "UỶ BAN NHÂN DÂN XÃ ĐỒNG TIẾN"]
)
def test_search_finds_with_and_without_diacritics(opened: Opened, query: str) -> None:
    assert opened.search(query)[0] == "Ủy ban nhân dân xã Đồng Tiến"


@pytest.mark.chromium
def test_search_prefers_what_was_typed_with_its_diacritics(opened: Opened) -> None:
    assert opened.search("xã Cam Chính")[0].endswith("Cam Chính")


@pytest.mark.chromium
def test_search_says_when_it_finds_nothing(opened: Opened) -> None:
    assert opened.search("không có gì như vậy") == []
    assert opened.page.locator("#results").inner_text() == "Không tìm thấy gì"


@pytest.mark.chromium
def test_the_keyboard_alone_finds_opens_and_closes(opened: Opened) -> None:
    keyboard = opened.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")
    opened.page.locator("#search").focus()
    keyboard.type("kh-ubnd")
    second = opened.page.locator("#results strong").nth(1).inner_text()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    assert opened.chosen() == second
    keyboard.press("Escape")
    assert opened.page.locator("#panel").is_hidden()


@pytest.mark.chromium
def test_arrow_keys_walk_up_and_down_the_cascade(opened: Opened) -> None:
    opened.search("70-CTr/TU")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#picture").focus()
    opened.page.keyboard.press("ArrowUp")
    assert opened.chosen() == "12-CT/TW"
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("ArrowDown")
    assert opened.chosen().endswith("/KH-UBND")


@pytest.mark.chromium
def test_a_click_on_a_card_shows_its_facts_and_quotes(opened: Opened) -> None:
    opened.search("70-CTr/TU")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Escape")
    # the card was brought to the middle of what the panel left free
    opened.click("70-CTr/TU")
    panel = opened.page.locator("#panel")
    assert opened.chosen() == "70-CTr/TU"
    assert "Ngày ban hành\n20/5/2024" in panel.locator("dl").inner_text()
    assert panel.locator("blockquote").first.inner_text().startswith("Thực hiện Chỉ thị số 12-CT/TW")
    assert (
        panel.locator(".origin").first.inner_text()
        == "70-CTr/TU · mục II.1 · quy tắc relations.thuc_hien · độ tin cậy 0,92"
    )


@pytest.mark.chromium
def test_a_rule_is_told_in_the_readers_language(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "rules.html"
    told = {"relations.thuc_hien": ("Câu nói văn bản thực hiện", "A sentence says what is implemented")}
    viz.write_view(cascade_graph(), path, DIRECTIVE, rules=lambda name: told.get(name, ("", "")))
    opened = Opened(browser, path, hash_="#node=p0-party")
    origin = opened.page.locator("#panel .origin").first
    assert "quy tắc Câu nói văn bản thực hiện · độ tin cậy 0,92" in origin.inner_text()
    opened.page.click("#language")
    assert "rule A sentence says what is implemented · confidence 0.92" in origin.inner_text()
    opened.page.close()
    assert opened.problems == []


@pytest.mark.chromium
def test_a_name_in_the_panel_leads_there(opened: Opened) -> None:
    opened.search("70-CTr/TU")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#panel .go", has_text="12-CT/TW").first.click()
    assert opened.chosen() == "12-CT/TW"


@pytest.mark.chromium
def test_the_language_switches_everything(opened: Opened) -> None:
    opened.search("70-CTr/TU")
    opened.page.keyboard.press("Enter")
    opened.page.click("#language")
    assert opened.page.locator("html").get_attribute("lang") == "en"
    assert "Issued on\n20 May 2024" in opened.page.locator("#panel dl").inner_text()
    assert opened.page.locator("#legend h2").first.inner_text().lower() == "nodes"
    opened.page.click("#language")
    assert opened.page.locator("#legend h2").first.inner_text().lower() == "nút"


@pytest.mark.chromium
def test_the_legend_hides_a_kind_and_brings_it_back(opened: Opened) -> None:
    before = opened.picture()
    agencies = opened.page.locator('#legend [data-kind="Agency"]')
    if not agencies.is_visible():
        opened.page.click("#legend-toggle")
    agencies.click()
    assert agencies.get_attribute("aria-pressed") == "false"
    assert opened.picture() != before
    agencies.click()
    assert opened.picture() == before


@pytest.mark.chromium
def test_the_address_brings_back_what_was_seen(opened: Opened, browser: Browser, file: Path) -> None:
    opened.search("70-CTr/TU")
    opened.page.keyboard.press("Enter")
    opened.page.click("#language")
    again = Opened(browser, file, hash_="#" + opened.address().partition("#")[2])
    assert again.chosen() == "70-CTr/TU"
    assert again.page.locator("#panel .kind").inner_text().startswith("Action programme")
    again.page.close()


@pytest.mark.chromium
def test_what_is_only_cited_says_so(opened: Opened) -> None:
    opened.search("71-CTr/TU")
    opened.page.keyboard.press("Enter")
    assert "chưa có trong kho" in opened.page.locator("#panel .note").inner_text()


@pytest.mark.chromium
def test_hostile_text_shows_as_text(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    viz.write_view(_hostile_graph(), path, "d1")
    opened = Opened(browser, path)
    opened.search("2/KH")
    opened.page.keyboard.press("Enter")
    panel = opened.page.locator("#panel")
    assert panel.locator(".lead").inner_text() == HOSTILE
    assert panel.locator("blockquote").first.inner_text().startswith("<img src=x")
    assert "<i>rule</i>" in panel.locator(".origin").first.inner_text()
    assert opened.page.locator("img, #panel script, #panel b, #panel i").count() == 0
    opened.page.close()
    assert opened.problems == []


@pytest.mark.chromium
@pytest.mark.parametrize("name", STRANGE)
def test_strange_text_stays_inside_its_place(browser: Browser, tmp_path: Path, name: str) -> None:
    text = STRANGE[name]
    path, graph = tmp_path / "strange.html", Graph()
    facts = {"title": text, "issuer": text, "level": "tỉnh", "status": "ingested", "place": "tỉnh A"}
    graph.add(Node("d1", "Document", {**facts, "symbol": text, "type": "Kế hoạch"}))
    graph.add(Node("d2", "Document", {**facts, "symbol": "2/KH", "type": "Kế hoạch"}))
    graph.connect(Edge("d2", "THUC_HIEN", "d1", Evidence("d2", 0, 5, "rule", 1.0, "II", text)))
    viz.write_view(graph, path, "d1")
    opened = Opened(browser, path, hash_="#node=d2")
    assert opened.page.locator("#panel .go").first.text_content() == text
    assert opened.page.locator("#panel .origin").first.inner_text().startswith("2/KH · mục II · quy tắc rule")
    widths = opened.page.evaluate("() => ['html', '#panel'].map((part) => document.querySelector(part).scrollWidth)")
    opened.search("2/KH")
    results = opened.page.locator("#results").evaluate("(list) => list.scrollWidth <= list.clientWidth")
    opened.page.close()
    assert widths[0] <= 1280 and widths[1] <= 400 and results and opened.problems == []


@pytest.mark.chromium
@pytest.mark.parametrize("step", ["opened", "chosen"])
def test_a_phone_needs_no_scrolling_sideways(browser: Browser, file: Path, step: str) -> None:
    opened = Opened(browser, file, size=(360, 740))
    if step == "chosen":
        opened.search("140/KH-UBND")
        opened.page.keyboard.press("Enter")
    width = opened.page.evaluate("() => document.documentElement.scrollWidth")
    panel = opened.page.evaluate("() => document.getElementById('panel').scrollWidth")
    opened.page.close()
    assert width <= 360 and panel <= 360


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_aa_contrast(browser: Browser, file: Path, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1400, "height": 900})
    page.goto(file.as_uri())
    colours = page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          return Object.fromEntries([...document.styleSheets[0].cssRules[0].style]
            .filter((name) => name.startsWith("--"))
            .map((name) => [name.slice(2), style.getPropertyValue(name).trim()]));
        }"""
    )
    page.close()
    texts = [("ink", back) for back in ("paper", "band", "sheet", "Document-fill", "Agency-fill")]
    texts += [("soft", back) for back in ("paper", "band", "sheet", "Document-fill")]
    texts += [(kind, "sheet") for kind in ("Document", "Agency", "Task", "Target", "accent")] + [("paper", "accent")]
    standings = ("missing", "unknown", "late", "due", "has")
    texts += [(name, "sheet") for name in standings] + [("paper", name) for name in standings]
    weak = {
        f"{a} on {b}": _contrast(colours[a], colours[b]) for a, b in texts if _contrast(colours[a], colours[b]) < 4.5
    }
    lines = {name for name in colours if name.isupper() and _contrast(colours[name], colours["paper"]) < 3}
    assert (weak, lines) == ({}, set())


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.chromium
def test_three_thousand_nodes_open_at_one_of_them_and_zoom(browser: Browser, tmp_path: Path) -> None:
    """How soon they do is measured by benchmarks/view.py."""
    path = tmp_path / "large.html"
    graph = large_graph(8, 8, 6)
    viz.write_view(graph, path, DIRECTIVE)
    opened = Opened(browser, path, hash_="#node=p3-plan-d2")
    chosen, near = opened.chosen(), opened.picture()
    opened.page.mouse.move(640, 400)
    opened.page.mouse.wheel(0, 400)
    far = opened.picture()
    opened.page.close()
    assert len(graph) > 3000 and opened.problems == []
    assert chosen == graph.node("p3-plan-d2").properties["symbol"] and near != far
