"""How soon the offline page of a cascade opens and answers a click in headless Chromium, beside pyvis.

Seconds are of this machine and this moment; what can be compared is the ratio of pyvis to the page of the same nodes in
the same run. `opened` is from the start of the navigation to the first picture, `click` from the release of the mouse
on the directive to the picture with its thread and panel. pyvis is as people use it, with its physics on, parts
inlined; where its layout has not come to rest after LIMIT seconds, that is said.

usage: python -m benchmarks.view [--without-country] [--without-pyvis]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as Late
from pyvis.network import Network  # type: ignore[import-untyped]

from benchmarks.cascade import cascade
from graph.embedded import EmbeddedStore
from graph.model import Graph
from queries.answers import plans_owed
from tests.browsers import CHROMIUM, FLAGS, point_at
from viz import write_view
from viz.cascade import shown

DIRECTIVE, SYMBOL = "d1", "1/CT-TTg"
TODAY = "2024-06-01"
SIZES = (300, 3_000)
REPEATS = 5
LIMIT = 180
COUNTRY = "the country"
BARS = {"page of 300": 0.5, COUNTRY: 2.0}
"""Seconds to open and for a click."""
SIZE_BAR = 5.0
"""MB of the country's file."""

PAINTED = "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
TIME_CLICK = """() => {
  window.clicked = new Promise((done) => {
    document.getElementById("picture").addEventListener("pointerup", () => {
      const start = performance.now();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }, { once: true, capture: true });
  });
}"""


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    nodes: int
    edges: int
    megabytes: float
    opened: float | None
    click: float | None = None


def part(graph: Graph, count: int) -> Graph:
    """The nodes nearest to the directive, and the edges between them."""
    drawn = shown(graph, DIRECTIVE)
    seen, waiting = {DIRECTIVE}, deque([DIRECTIVE])
    while waiting and len(seen) < count:
        here = waiting.popleft()
        for other in sorted({*graph.nx.successors(here), *graph.nx.predecessors(here)}):
            if other in drawn and other not in seen and len(seen) < count:
                seen.add(other)
                waiting.append(other)
    small = Graph()
    small.nx.update(graph.nx.subgraph(seen))
    return small


def measure_page(browser: Browser, graph: Graph, name: str, folder: Path) -> Measured:
    """The page of `vanmach view`, with the duties that the query finds."""
    path = folder / "view.html"
    with TemporaryDirectory() as home, EmbeddedStore(Path(home) / "store") as store:
        store.load(graph)
        duties = plans_owed(store, DIRECTIVE, TODAY)
    write_view(graph, path, DIRECTIVE, duties)
    times = [_open_and_click(browser, path) for _ in range(REPEATS)]
    ids = shown(graph, DIRECTIVE)
    edges = graph.nx.subgraph(ids).number_of_edges()
    opened, click = (statistics.median(t[i] for t in times) / 1000 for i in (0, 1))
    return Measured(name, len(ids), edges, path.stat().st_size / 1e6, opened, click)


def _open_and_click(browser: Browser, path: Path) -> tuple[float, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    opened: float = page.evaluate(PAINTED)
    point_at(page, SYMBOL)
    page.evaluate(TIME_CLICK)
    page.mouse.down()
    page.mouse.up()
    click: float = page.evaluate("window.clicked")
    assert page.locator("#panel h2").is_visible()
    page.close()
    return opened, click


def measure_pyvis(browser: Browser, graph: Graph, name: str, folder: Path) -> Measured:
    """pyvis with the same nodes and edges; it has opened when its layout has come to rest."""
    path = folder / "pyvis.html"
    network = Network(directed=True, cdn_resources="in_line")
    for id_, facts in graph.nx.nodes(data=True):
        network.add_node(id_, label=str(facts.get("symbol") or facts.get("name") or id_), title=str(facts))
    for source, target, facts in graph.nx.edges(data=True):
        network.add_edge(source, target, title=str(facts.get("quote")))
    html = network.generate_html()
    start, _, end = html.rpartition("drawGraph();")
    rested = 'network.once("stabilizationIterationsDone", () => { window.rested = performance.now(); });'
    path.write_text(f"{start}drawGraph(); {rested}{end}", "utf-8")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    # what it links from a CDN in spite of cdn_resources must not be waited for
    page.route("http*://**", lambda route: route.abort())
    try:
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function("() => window.rested", timeout=LIMIT * 1000)
        opened = page.evaluate("window.rested") / 1000
    except Late:
        opened = None
    page.close()
    return Measured(name, len(graph), graph.nx.number_of_edges(), path.stat().st_size / 1e6, opened)


def lines(pages: list[Measured], others: dict[int, Measured]) -> Iterator[str]:
    """The table, pyvis beside the page of its size, and whether the bars hold."""
    yield f"{'':<24} {'nodes':>7} {'edges':>7} {'MB':>6} {'opened':>8} {'click':>7} {'times the page':>15}"
    for page in pages:
        yield _line(page, "")
        other = others.get(page.nodes)
        if other and page.opened:
            ratio = f"{other.opened / page.opened:.0f}" if other.opened else f"over {LIMIT / page.opened:.0f}"
            yield _line(other, ratio)
    for page in (page for page in pages if page.name in BARS):
        worst = max(page.opened or 0, page.click or 0)
        yield _bar(page.name, "opens and answers in", worst, BARS[page.name], "s")
        if page.name == COUNTRY:
            yield _bar(page.name, "is a file of", page.megabytes, SIZE_BAR, "MB")


def _bar(name: str, what: str, value: float, bar: float, unit: str) -> str:
    return f"{name} {what} {value:.2f} {unit}; bar {bar:g} {unit}: {'held' if value < bar else 'MISSED'}"


def _line(measured: Measured, ratio: str) -> str:
    opened = f"{measured.opened:.2f}" if measured.opened else f"> {LIMIT}"
    click = f"{measured.click:.3f}" if measured.click else ""
    numbers = f"{measured.nodes:>7,} {measured.edges:>7,} {measured.megabytes:>6.1f}"
    return f"{measured.name:<24} {numbers} {opened:>8} {click:>7} {ratio:>15}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-country", action="store_true", help="only the small pages")
    parser.add_argument("--without-pyvis", action="store_true", help="only the pages of vanmach")
    given = parser.parse_args()
    if CHROMIUM is None:
        print("no Chromium here", file=sys.stderr)
        return 2
    started = time.perf_counter()
    small = cascade(share=8, directives=1)
    pages: list[Measured] = []
    others: dict[int, Measured] = {}
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in SIZES:
            graph = part(small, size)
            pages.append(measure_page(browser, graph, f"page of {size}", folder))
            if not given.without_pyvis:
                others[pages[-1].nodes] = measure_pyvis(browser, graph, f"pyvis of {size}", folder)
        if not given.without_country:
            country = cascade(directives=1, complete=True)
            pages.append(measure_page(browser, country, COUNTRY, folder))
        browser.close()
    print("\n".join(lines(pages, others)))
    print(f"{time.perf_counter() - started:.0f} s in all")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
