"""The hand-made graph of tests/cases/queries.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from graph.model import Edge, Evidence, Graph, Node

CASES: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("cases").joinpath("queries.yaml").read_text("utf-8"))


def query_graph() -> Graph:
    """The graph, with a passage of its own for every edge that is not structural."""
    graph = Graph()
    for label, nodes in CASES["graph"]["nodes"].items():
        for id_, properties in nodes.items():
            graph.add(Node(id_, label, properties))
    for number, row in enumerate(CASES["graph"]["edges"]):
        graph.connect(_edge(number, *row))
    return graph


def _edge(number: int, source: str, type_: str, target: str, given: Mapping[str, Any] | None = None) -> Edge:
    properties = dict(given or {})
    if data_source := properties.pop("data_source", None):
        return Edge(source, type_, target, None, data_source, properties)
    doc = properties.pop("doc", (target if type_ == "BAN_HANH" else source).partition("#")[0])
    start = number * 10
    evidence = Evidence(doc, start, start + 9, "hand", 1.0, "I", f"{source} {type_} {target}")
    return Edge(source, type_, target, evidence, "", properties)
