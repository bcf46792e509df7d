"""Packages of npm that tests need: fetched once, as a lock says, into the user's cache."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from tests.fetched import Unavailable, fetched

_FILES = ("package.json", "package-lock.json", ".npmrc")


def installed(home: Path, what: str) -> Path:
    """The folder with the packages of `home`'s lock, filled by npm the first time.

    Args:
        home: a folder with package.json, package-lock.json and .npmrc.
        what: a name for people ("linter").

    Raises:
        Unavailable: Node or npm is missing, or npm cannot reach its registry.
    """
    if shutil.which("node") is None:
        raise Unavailable(f"the {what} needs Node 18 or newer")
    digest = hashlib.sha256((home / "package-lock.json").read_bytes()).hexdigest()[:12]

    def fetch(part: Path) -> list[str]:
        if shutil.which("npm") is None:
            shutil.rmtree(part)
            raise Unavailable(f"npm is needed once to fetch the {what}")
        for name in _FILES:
            shutil.copy(home / name, part)
        return ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]

    return fetched(f"{home.name.replace('_', '-')}-{digest}", fetch, f"npm cannot fetch the {what}")
