"""Packages of npm that tests need: fetched once, as a lock says, into the user's cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path


class Unavailable(Exception):
    """The packages are not here, and why."""


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
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "vanmach" / f"{home.name.replace('_', '-')}-{digest}"
    if folder.is_dir():
        return folder
    if shutil.which("npm") is None:
        raise Unavailable(f"npm is needed once to fetch the {what}")
    part = folder.with_name(f"{folder.name}.{os.getpid()}")
    part.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(home / name, part)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=part, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise Unavailable(f"npm cannot fetch the {what}: {(done.stderr + done.stdout).strip()[:300]}")
    if folder.is_dir():  # another test run was faster
        shutil.rmtree(part)
    else:
        part.rename(folder)
    return folder
