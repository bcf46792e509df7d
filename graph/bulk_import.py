"""The graph as the CSV files that `neo4j-admin database import` loads into an empty database, faster than any query.

A file for the nodes of each label and one for the edges of each type between two labels, `import.args` with the options
that name them, and `after.cypher` for what the tool leaves out: constraints, indexes, and lists that no cell can hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.cypher_script import definitions, literal
from graph.model import Graph, Node
from graph.rows import EDGE_KEY, edge_properties, node_row
from graph.schema import Property, Value, schema

_TYPES = {
    "string": "string",
    "date": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
    "strings": "string[]",
}
_BETWEEN = "\x1f"
"""What divides the values of a list: no text is meant to hold the unit separator."""

ARGUMENTS = "import.args"
AFTERWARDS = "after.cypher"


def bulk_files(graph: Graph) -> Iterator[tuple[str, Iterator[str]]]:
    """Each file's name and its text, in parts."""
    labels = {label: f"{label}.csv" for label in schema().nodes if any(True for _ in graph.nodes(label))}
    for label, name in labels.items():
        yield name, _nodes(graph, label)
    groups = {group: f"{'-'.join(group)}.csv" for group in dict.fromkeys(_groups(graph))}
    for group, name in groups.items():
        yield name, _edges(graph, group)
    yield ARGUMENTS, _arguments(labels, groups)
    yield AFTERWARDS, _afterwards(graph)


Group = tuple[str, str, str]


def _groups(graph: Graph) -> Iterator[Group]:
    """The label of the source, the type and the label of the target of every edge."""
    labels = graph.nx.nodes
    for source, target, attributes in graph.nx.edges(data=True):
        yield labels[source]["label"], attributes["type"], labels[target]["label"]


def _nodes(graph: Graph, label: str) -> Iterator[str]:
    known = {name: p for name, p in schema().node(label).properties.items() if not p.key}
    yield _line(["id:ID", *(f"{name}:{_TYPES[p.type]}" for name, p in known.items())])
    for node in graph.nodes(label):
        row = node_row(node)
        yield _line([_cell(row["id"]), *(_cell(row.get(name)) for name in known)])


def _edges(graph: Graph, group: Group) -> Iterator[str]:
    first, type_, last = group
    model = schema()
    known: dict[str, Property] = {**model.edge(type_).properties, **model.evidence, **model.structural}
    columns = [f"{name}:{_TYPES[p.type]}" for name, p in known.items()]
    yield _line([":START_ID", ":END_ID", f"{EDGE_KEY}:string", *columns])
    labels = graph.nx.nodes
    for edge in graph.edges(type_):
        if (labels[edge.source]["label"], labels[edge.target]["label"]) == (first, last):
            row = edge_properties(edge)
            cells = [edge.source, edge.target, row[EDGE_KEY], *(row.get(name) for name in known)]
            yield _line([_cell(value) for value in cells])


def _line(cells: list[str]) -> str:
    return f"{','.join(cells)}\n"


def _cell(value: Value) -> str:
    """A text always in quotes: without them nothing is null, in them it is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return _quoted(_BETWEEN.join(value)) if _fits(value) else ""
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _fits(values: list[str] | tuple[str, ...]) -> bool:
    """Whether a cell can hold the list: the tool reads an empty one, or one of an empty text, as no value."""
    return any(values) and not any(_BETWEEN in value for value in values)


def _arguments(labels: Mapping[str, str], groups: Mapping[Group, str]) -> Iterator[str]:
    yield "--multiline-fields=true\n"
    yield f"--array-delimiter=U+{ord(_BETWEEN):04X}\n"
    for label, name in labels.items():
        yield f"--nodes={label}={name}\n"
    for (_, type_, _), name in groups.items():
        yield f"--relationships={type_}={name}\n"


def _afterwards(graph: Graph) -> Iterator[str]:
    for statement in definitions():
        yield f"{statement};\n"
    for node in graph.nodes():
        left = {name: value for name, value in _lists(node) if not _fits(value)}
        if left:
            yield f"MATCH (n:`{node.label}` {{id: {literal(node.id)}}}) SET n += {literal(left)};\n"


def _lists(node: Node) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in node.properties.items() if isinstance(value, (list, tuple)))
