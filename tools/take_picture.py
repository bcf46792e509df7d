"""Take the README's pictures in Chromium: the cascade of the examples' directive, and the text of a plan."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from ingest.intake import find_files, take_in
from ingest.workspace import Workspace
from queries.answers import plans_owed
from queries.lookup import find_document
from tests.web import serving_folder
from viz import write_view

ROOT = Path(__file__).resolve().parent.parent
VIEW, WEB = ROOT / "docs" / "view.png", ROOT / "docs" / "web.png"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> int:
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        print("no Chromium here")
        return 2
    with tempfile.TemporaryDirectory() as name:
        page_file = Path(name) / "view.html"
        with Workspace(Path(name) / "workspace", create=True) as workspace:
            take_in(find_files([ROOT / "examples"]), workspace)
            with workspace.store() as store:
                focus = find_document(store, "21-CT/TW").id
                chosen = find_document(store, "120/KH-UBND").id
                duties = plans_owed(store, focus, date.today().isoformat())
            write_view(workspace.graph(), page_file, focus, duties)
        with sync_playwright() as playwright, serving_folder(Path(name) / "workspace") as web:
            browser = playwright.chromium.launch(executable_path=browser_path, args=CHROMIUM)
            page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
            page.goto(f"{page_file.as_uri()}#node={chosen}")
            page.wait_for_timeout(1500)
            page.screenshot(path=VIEW)
            page = browser.new_page(viewport={"width": 1180, "height": 760}, color_scheme="light")
            page.goto(f"{web.url}/documents/{chosen}/text")
            deadline = page.locator("[data-text] mark").get_by_text("ngày 31/3/2024", exact=True)
            deadline.evaluate("(mark) => scrollTo(0, mark.getBoundingClientRect().top - 400)")
            deadline.click()
            page.wait_for_timeout(500)
            page.screenshot(path=WEB)
            browser.close()
    for picture in (VIEW, WEB):
        print(f"written: {picture.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
