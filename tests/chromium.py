"""A real Chromium for the tests of pages, and a page in it that keeps what went wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Opened:
    """A page opened from a file, with everything that went wrong on the way."""

    def __init__(self, browser: Browser, path: Path, size: tuple[int, int] = (1280, 800), hash_: str = "") -> None:
        width, height = size
        self.page: Page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        self.problems: list[str] = []
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("dialog", lambda dialog: self.problems.append(dialog.message))
        self.page.on("request", lambda request: self._requested(request, path))
        self.page.goto(path.as_uri() + hash_)
        self.page.wait_for_selector("html[data-ready]")

    def _requested(self, request: Request, path: Path) -> None:
        if not request.url.startswith(path.as_uri()):
            self.problems.append(request.url)

    def search(self, text: str) -> list[str]:
        self.page.fill("#search", text)
        return self.page.locator("#results strong").all_inner_texts()

    def chosen(self) -> str:
        return self.page.locator("#panel h2").inner_text()


def faults(page: Page, axe: str) -> list[str]:
    """The serious faults of accessibility that axe-core finds on a page; it must have looked at something."""
    page.evaluate(axe)
    found = page.evaluate("() => axe.run()")
    assert found["passes"]
    serious = [fault for fault in found["violations"] if fault["impact"] in ("serious", "critical")]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in serious for node in fault["nodes"]]
