"""What tests need from elsewhere (jars, packages of npm): fetched once into the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


class Unavailable(Exception):
    """It is not here, and why."""


def fetched(name: str, fetch: Callable[[Path], list[str]], complaint: str) -> Path:
    """A folder of the cache, whole or not there at all.

    Args:
        name: the folder's path in the cache.
        fetch: makes an empty folder ready, and gives the command that fills it; called where the folder is missing.
        complaint: what is said before the command's own words if it fails ("Maven cannot fetch Neo4j").

    Raises:
        Unavailable: the command fails.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "vanmach" / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f"{folder.name}.lock")):  # another process of the tests may fetch the same
        if not folder.is_dir():
            _fill(folder, fetch, complaint)
    return folder


def _fill(folder: Path, fetch: Callable[[Path], list[str]], complaint: str) -> None:
    part = folder.with_name(f"{folder.name}.{os.getpid()}")
    part.mkdir(parents=True)
    command = fetch(part)
    done = subprocess.run(command, cwd=part, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise Unavailable(f"{complaint}: {(done.stderr + done.stdout).strip()[:300]}")
    part.rename(folder)
