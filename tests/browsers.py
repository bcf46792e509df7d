"""Real browsers for the tests of pages, and a page in one of them that keeps what went wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# looked for row by row, where neither the heading nor the search's results are
FIND_CARD = """(text) => {
  const canvas = document.getElementById("picture");
  const tip = document.getElementById("tip");
  for (let y = 60; y < innerHeight; y += 3) {
    for (let x = 340; x < innerWidth; x += 9) {
      canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: y, pointerType: "mouse" }));
      if (!tip.hidden && tip.textContent.startsWith(text)) return { x, y };
    }
  }
  return null;
}"""
# what changes the size of the picture is noticed behind one frame and drawn in the next
DRAWN = """() => new Promise((done) => {
  const wait = (frames) => (frames ? requestAnimationFrame(() => wait(frames - 1)) : done());
  wait(3);
})"""
COUNT_COLOURS = """() => {
  const canvas = document.getElementById("picture");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return new Set(new Uint32Array(pixels.buffer)).size;
}"""


def watched(page: Page, *own: str) -> list[str]:
    """What goes wrong on a page from now on: what is logged or thrown, and what is asked of others than `own`."""
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", lambda dialog: problems.append(dialog.message))
    page.on("request", lambda request: None if request.url.startswith(own) else problems.append(request.url))
    return problems


def point_at(page: Page, text: str) -> None:
    """Move the mouse to the card in a view whose tip begins with a text."""
    found = page.evaluate(FIND_CARD, text)
    if found is None:
        raise LookupError(f"{text} is nowhere under the pointer")
    page.mouse.move(found["x"], found["y"])


class Opened:
    """A view opened from a file, with everything that went wrong on the way."""

    def __init__(self, browser: Browser, path: Path, size: tuple[int, int] = (1280, 800), hash_: str = "") -> None:
        width, height = size
        self.page: Page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        self.problems = watched(self.page, path.as_uri())
        self.page.goto(path.as_uri() + hash_)
        self.page.wait_for_selector("html[data-ready]")

    def search(self, text: str) -> list[str]:
        self.page.fill("#search", text)
        return self.page.locator("#results strong").all_inner_texts()

    def click(self, text: str) -> None:
        """Click on the card in the picture whose tip begins with a text."""
        point_at(self.page, text)
        self.page.mouse.down()
        self.page.mouse.up()

    def chosen(self) -> str:
        return self.page.locator("#panel h2").inner_text()

    def painted(self) -> int:
        """How many different colours the picture shows."""
        self.page.evaluate(DRAWN)
        return int(self.page.evaluate(COUNT_COLOURS))

    def picture(self) -> str:
        """The picture as it is drawn now."""
        self.page.evaluate(DRAWN)
        return str(self.page.evaluate("() => document.getElementById('picture').toDataURL()"))

    def address(self) -> str:
        """Where the page is; of what it writes there itself the browser tells `page.url` in its own time."""
        return str(self.page.evaluate("() => location.href"))


def faults(page: Page, axe: str) -> list[str]:
    """The serious faults of accessibility that axe-core finds on a page; it must have looked at something."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate("() => axe.run()")
    assert found["passes"]
    serious = [fault for fault in found["violations"] if fault["impact"] in ("serious", "critical")]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in serious for node in fault["nodes"]]
