"""What columns and values are called in a table: out of headings.yaml, else out of the graph's own schema."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import yaml

from graph.schema import schema


@cache
def _headings() -> dict[str, str]:
    found = {"id": "Mã"}
    for kind in schema().nodes.values():
        for name, known in kind.properties.items():
            found.setdefault(name, known.vi)
    found.update(_words()["columns"])
    return found


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load(files("vanmach").joinpath("headings.yaml").read_text("utf-8"))
    return words


def heading(column: str) -> str:
    """A column's heading; a column that nobody named (of a person's own query) keeps its name."""
    return _headings().get(column, column)


def headings(columns: Iterable[str]) -> dict[str, str]:
    return {column: heading(column) for column in columns}


def value_name(value: str) -> str:
    """What a table shows for a value; most are shown as they are."""
    return _words()["values"].get(value, value)
