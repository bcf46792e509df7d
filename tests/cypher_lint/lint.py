"""Neo4j's own linter of Cypher for the tests: an npm package, installed once, then plain Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from graph.schema import schema
from tests.npm import installed

HERE = Path(__file__).parent


def lint(texts: Mapping[str, tuple[str, list[str]]]) -> dict[str, list[str]]:
    """What Neo4j's grammar and semantic checks say, as "line:column: what is wrong"; nothing where all is well.

    Args:
        texts: by name, Cypher and the parameters that it takes.

    Raises:
        Unavailable: see `installed`.
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
        command,
        cwd=installed(HERE, "linter"),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found
