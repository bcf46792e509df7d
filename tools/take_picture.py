"""Take the README's picture: the cascade of the examples' directive, as the page shows it in Chromium."""

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
from viz import write_view

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "view.png"
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
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=CHROMIUM)
            page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
            page.goto(f"{page_file.as_uri()}#node={chosen}")
            page.wait_for_timeout(1500)
            page.screenshot(path=PICTURE)
            browser.close()
    print(f"written: {PICTURE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
