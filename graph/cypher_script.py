"""The graph as a Cypher script, for cypher-shell; and Cypher as text: the model's definitions, values as literals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from graph.model import Graph
from graph.rows import edge_rows, node_rows
from graph.schema import schema

_STATEMENT_ROWS = 200  # nodes or edges that one statement makes


def write_script(graph: Graph, stream: BinaryIO) -> None:
    """Statements that make the graph in an empty database, each ended by ";" and a line's end."""

    def say(statement: str) -> None:
        stream.write(f"{statement};\n".encode())

    for statement in definitions():
        say(statement)
    for label, nodes in node_rows(graph).items():
        for part in _parts([literal(row) for row in nodes]):
            say(f"UNWIND [{part}] AS row CREATE (n:`{label}`) SET n = row")
    for (source, type_, target), edges in edge_rows(graph).items():
        rows = [literal({"source": e.source, "target": e.target, "properties": e.properties}) for e in edges]
        for part in _parts(rows):
            say(
                f"UNWIND [{part}] AS row "
                f"MATCH (a:`{source}` {{id: row.source}}) MATCH (b:`{target}` {{id: row.target}}) "
                f"CREATE (a)-[r:`{type_}`]->(b) SET r = row.properties"
            )


def definitions() -> Iterator[str]:
    """The statements that make the constraints and indexes of schema.yaml where they are missing."""
    for label, node in schema().nodes.items():
        for name, known in node.properties.items():
            called = f"{label}_{name}".lower()
            if known.key:
                yield f"CREATE CONSTRAINT {called} IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.`{name}` IS UNIQUE"
            elif known.index:
                yield f"CREATE INDEX {called} IF NOT EXISTS FOR (n:`{label}`) ON (n.`{name}`)"


def _parts(literals: list[str]) -> Iterator[str]:
    for start in range(0, len(literals), _STATEMENT_ROWS):
        yield ",\n".join(literals[start : start + _STATEMENT_ROWS])


def literal(value: Any) -> str:
    """A value as Cypher writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"`{name}`: {literal(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(literal(inner) for inner in value) + "]"
    return repr(value)


_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _string(text: str) -> str:
    return "'" + "".join(_ESCAPES.get(c, c) for c in text) + "'"
