"""The model, read from schema.yaml: what labels, edge types and properties there are, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.errors import SchemaError

Value = str | int | float | bool | list[str] | None

_PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "float": (float, int),
    "boolean": (bool,),
    "date": (str,),
    "strings": (list, tuple),
}


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its type, its names in both languages, its RDF term; `key` and `index` shape the store.

    `refers` is the label of the node that its value is the id of, `scheme` the scheme that its value is a concept of;
    both are empty for a value that stands for itself.
    """

    name: str
    type: str
    vi: str
    en: str
    rdf: str
    key: bool = False
    index: bool = False
    values: tuple[str, ...] = ()
    refers: str = ""
    scheme: str = ""

    def check(self, owner: str, value: Value) -> None:
        """Raise SchemaError unless the value (never None) has this property's type."""
        right = isinstance(value, _PYTHON_TYPES[self.type]) and (self.type == "boolean" or not isinstance(value, bool))
        if not right:
            raise SchemaError(f"{owner}.{self.name} is {value!r}, not a {self.type}")
        if self.values and value not in self.values:
            raise SchemaError(f"{owner}.{self.name} is {value!r}, not one of {', '.join(self.values)}")


@dataclass(frozen=True, slots=True)
class NodeType:
    label: str
    vi: str
    en: str
    rdf: str
    properties: Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class EdgeType:
    """An edge type; `rdf` is its term between each pair of labels.

    Where a term goes from the target to the source, "^" stands before it and `inverse` has its Vietnamese and English
    names.
    """

    type: str
    vi: str
    en: str
    rdf: Mapping[tuple[str, str], str]
    between: tuple[tuple[str, str], ...]
    properties: Mapping[str, Property]
    inverse: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of government; `rank` is 0 at the centre and grows downwards."""

    id: str
    en: str
    rank: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """Values that have a name in both languages: `concepts` gives the English of each."""

    id: str
    vi: str
    en: str
    concepts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Schema:
    levels: Mapping[str, Level]
    schemes: Mapping[str, Scheme]
    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]
    evidence: Mapping[str, Property]
    structural: Mapping[str, Property]

    def node(self, label: str) -> NodeType:
        if label not in self.nodes:
            raise SchemaError(f"no node label {label!r}", f"known are {', '.join(self.nodes)}")
        return self.nodes[label]

    def edge(self, type_: str) -> EdgeType:
        if type_ not in self.edges:
            raise SchemaError(f"no edge type {type_!r}", f"known are {', '.join(self.edges)}")
        return self.edges[type_]

    def rank(self, level: str | None) -> int:
        """Where a level stands, 0 at the top; an unknown level stands below all."""
        return self.levels[level].rank if level is not None and level in self.levels else len(self.levels)


def _properties(raw: Mapping[str, Mapping[str, Any]] | None) -> dict[str, Property]:
    return {
        name: Property(name=name, **{**spec, "values": tuple(spec.get("values", ()))})
        for name, spec in (raw or {}).items()
    }


@cache
def schema() -> Schema:
    """The schema, read once."""
    raw = yaml.safe_load(files("graph").joinpath("schema.yaml").read_text("utf-8"))
    levels = {spec["id"]: Level(spec["id"], spec["en"], rank) for rank, spec in enumerate(raw["levels"])}
    of_levels = {level.id: level.en for level in levels.values()}
    return Schema(
        levels=levels,
        schemes={
            id_: Scheme(id_, spec["vi"], spec["en"], spec.get("concepts", of_levels))
            for id_, spec in raw["schemes"].items()
        },
        nodes={
            label: NodeType(label, spec["vi"], spec["en"], spec["rdf"], _properties(spec["properties"]))
            for label, spec in raw["nodes"].items()
        },
        edges={
            type_: EdgeType(
                type_,
                spec["vi"],
                spec["en"],
                {(a, b): own[0] if own else spec["rdf"] for a, b, *own in spec["between"]},
                tuple((a, b) for a, b, *_ in spec["between"]),
                _properties(spec.get("properties")),
                (spec["inverse"]["vi"], spec["inverse"]["en"]) if "inverse" in spec else None,
            )
            for type_, spec in raw["edges"].items()
        },
        evidence=_properties(raw["evidence"]),
        structural=_properties(raw["structural"]),
    )
