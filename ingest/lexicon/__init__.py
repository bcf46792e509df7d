"""The words of the domain, as YAML that an official can read and extend; code holds only the grammar."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def lexicon(name: str) -> Any:
    """The contents of `<name>.yaml` in this folder, read once. Treat it as read-only."""
    return yaml.safe_load(files("ingest.lexicon").joinpath(f"{name}.yaml").read_text("utf-8"))
