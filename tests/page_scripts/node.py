"""Node runs the page's scripts outside of a page: what it says of a page's data, or of the scripts' own tests."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from viz.packing import pack

HERE = Path(__file__).parent


def run(*arguments: str, given: str = "") -> str:
    """What a script prints; skips where there is no Node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node 20 or newer runs the page's scripts")
    done = subprocess.run(
        [node, *arguments], cwd=HERE, input=given, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def arranged(data: Mapping[str, Any], *folded: str) -> dict[str, Any]:
    """Where a page puts everything: nodes `at` a box, edges with their `route`, bands, columns, groups, in units."""
    placed: dict[str, Any] = json.loads(run("arranged.mjs", *folded, given=pack(data)))
    return placed
