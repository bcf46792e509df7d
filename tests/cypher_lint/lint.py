"""Neo4j's own linter of Cypher for the tests: an npm package, installed once, then plain Node."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from graph.schema import schema

HERE = Path(__file__).parent


class Unavailable(Exception):
    """There is no linter here, and why."""


def _installed() -> Path:
    """The folder with the linter's packages, filled by npm the first time, as the lock says.

    Raises:
        Unavailable: Node or npm is missing, or npm cannot reach its registry.
    """
    if shutil.which("node") is None:
        raise Unavailable("the linter needs Node 18 or newer")
    digest = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "vanmach" / f"cypher-lint-{digest}"
    if folder.is_dir():
        return folder
    if shutil.which("npm") is None:
        raise Unavailable("npm is needed once to fetch the linter")
    part = folder.with_name(f"{folder.name}.{os.getpid()}")
    part.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, part)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=part, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise Unavailable(f"npm cannot fetch the linter: {(done.stderr + done.stdout).strip()[:300]}")
    if folder.is_dir():  # another test run was faster
        shutil.rmtree(part)
    else:
        part.rename(folder)
    return folder


def lint(texts: Mapping[str, tuple[str, list[str]]]) -> dict[str, list[str]]:
    """What Neo4j's grammar and semantic checks say, as "line:column: what is wrong"; nothing where all is well.

    Args:
        texts: by name, Cypher and the parameters that it takes.

    Raises:
        Unavailable: see `_installed`.
    """
    known = schema()
    asked = {
        "schema": {
            "labels": list(known.nodes),
            "relationshipTypes": list(known.edges),
            "defaultLanguage": "CYPHER 5",
        },
        "texts": {
            name: {"cypher": cypher, "parameters": dict.fromkeys(parameters, "")}
            for name, (cypher, parameters) in texts.items()
        },
    }
    command = ["node", str(HERE / "lint.cjs")]
    done = subprocess.run(
        command, cwd=_installed(), input=json.dumps(asked), capture_output=True, text=True, timeout=240, check=True
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found
