"""The page's data made small: tables instead of objects, each text once, compressed; `unpack.js` goes the way back.

A country's cascade is 25 MB as plain JSON and under 2 MB so. A browser unpacks it with its own DecompressionStream.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import orjson

Row = Mapping[str, Any]

TABLES = ("nodes", "edges", "duties")
"""What is a list of like objects; `nodes` and `edges` are one table for each `kind`, and stand in its order."""


class _Texts:
    """Every text once; 0 stands for none."""

    def __init__(self) -> None:
        self.all: list[str | None] = [None]
        self.numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        if text is None:
            return 0
        if text not in self.numbers:
            self.numbers[text] = len(self.all)
            self.all.append(text)
        return self.numbers[text]


def pack(data: Mapping[str, Any]) -> str:
    """The data of a page as base64: letters that no HTML parser takes for markup."""
    texts = _Texts()
    small = {name: value for name, value in data.items() if name not in TABLES}
    for name in TABLES:
        small[name] = [_table(list(rows), texts) for _, rows in groupby(data[name], lambda row: row.get("kind"))]
    small["texts"] = texts.all
    return base64.b64encode(zlib.compress(orjson.dumps(small), 9)).decode()


def _table(rows: Sequence[Row], texts: _Texts) -> dict[str, Any]:
    """Columns of numbers of texts, and of any other values, and what is the same in all rows.

    `facts.title` is `title` in an object `facts`.
    """
    flat = [_flat(row) for row in rows]
    names = dict.fromkeys(name for row in flat for name in row)
    table: dict[str, Any] = {"count": len(rows), "same": {}, "texts": {}, "values": {}}
    for name in names:
        column = [row.get(name) for row in flat]
        if all(value == column[0] for value in column):
            table["same"][name] = column[0]
        elif all(value is None or isinstance(value, str) for value in column):
            table["texts"][name] = [texts.number(value) for value in column]
        else:
            table["values"][name] = column
    return table


def _flat(row: Row) -> dict[str, Any]:
    own = {name: value for name, value in row.items() if name != "facts"}
    return own | {f"facts.{name}": value for name, value in row.get("facts", {}).items()}
