"""The offline view and the web application in Firefox: drawn, searched, clicked and read as in Chromium."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.browsers import FIREFOX
from tests.command import vanmach
from tests.fetched import Unavailable
from tests.npm import installed
from tests.web import copied, serving_folder

HERE = Path(__file__).parent / "firefox"
DIRECTIVE, PLAN = "21-CT/TW", "120/KH-UBND"


@pytest.mark.firefox
def test_the_view_and_the_application_work_in_firefox(workspace: Path, tmp_path: Path) -> None:
    if FIREFOX is None:
        pytest.skip("no Firefox on this machine")
    try:
        packages = installed(HERE, "driver of Firefox")
    except Unavailable as reason:
        pytest.skip(str(reason))
    view = tmp_path / "view.html"
    assert vanmach("view", DIRECTIVE, "-w", workspace, "-o", view).code == 0
    with serving_folder(copied(workspace, tmp_path / "workspace")) as web:
        plan = f"/documents/{web.document(PLAN)}"
        places = {"VIEW": view.as_uri(), "WEB": web.url, "TEXT": f"{plan}/text", "CASCADE": f"{plan}/cascade"}
        done = subprocess.run(
            ["node", "--test", "--test-reporter=tap", HERE / "visit.test.mjs"],
            cwd=packages,
            env={**os.environ, **places, "FIREFOX": FIREFOX},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert "\n# fail 0\n" in done.stdout and "\n# pass 7\n" in done.stdout, done.stdout + done.stderr
