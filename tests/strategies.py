"""Hypothesis strategies: random graphs that schema.yaml allows."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from graph.model import Edge, Evidence, Graph, Node
from graph.schema import Property, schema

# what a store can hold: any character but the surrogates and NUL, which no text of a document holds either
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
names = st.sampled_from(
    ["41/KH-UBND", "Sở Nội vụ", "Ủy ban nhân dân", "a'b", 'c"d', "e\\f", "g\nh", "`i`", "$j", "{k}"]
)
dates = st.sampled_from(["2023", "2023-10", "2023-10-05"])
integers = st.integers(-(2**63), 2**63 - 1)
floats = st.floats(allow_nan=False, allow_infinity=False, width=32)


def values(known: Property) -> st.SearchStrategy[Any]:
    """Values that this property may have."""
    if known.values:
        return st.sampled_from(known.values)
    return {
        "string": texts | names,
        "date": dates,
        "integer": integers,
        "float": floats,
        "boolean": st.booleans(),
        "strings": st.lists(texts | names, max_size=3),
    }[known.type]


@st.composite
def _properties(draw: st.DrawFn, known: dict[str, Property]) -> dict[str, Any]:
    chosen = draw(st.lists(st.sampled_from(sorted(known)), unique=True)) if known else []
    return {name: draw(values(known[name])) for name in chosen}


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    """Where a fact might have been read."""
    start = draw(st.integers(0, 5))
    return Evidence(
        doc=draw(st.sampled_from(["d0", "d1"])),
        start=start,
        end=start + draw(st.integers(1, 9)),
        rule=draw(names),
        confidence=draw(st.floats(0, 1, width=32)),
        section=draw(st.sampled_from(["", "III.2.1"])),
        quote=draw(texts),
    )


@st.composite
def graphs(draw: st.DrawFn, max_nodes: int = 6, max_edges: int = 8) -> Graph:
    """Graphs of a few nodes of every label, with parallel edges among them."""
    graph = Graph()
    labels = draw(st.lists(st.sampled_from(sorted(schema().nodes)), max_size=max_nodes))
    for number, label in enumerate(labels):
        known = {n: p for n, p in schema().node(label).properties.items() if not p.key}
        graph.add(Node(f"{label.lower()}:{number}", label, draw(_properties(known))))
    nodes = list(graph.nodes())
    possible = [
        (a.id, kind.type, b.id)
        for kind in schema().edges.values()
        for a in nodes
        for b in nodes
        if (a.label, b.label) in kind.between
    ]
    for source, type_, target in draw(st.lists(st.sampled_from(possible), max_size=max_edges)) if possible else []:
        own = draw(_properties(dict(schema().edge(type_).properties)))
        if draw(st.booleans()):
            graph.connect(Edge(source, type_, target, draw(evidence()), "", own))
        else:
            graph.connect(Edge(source, type_, target, None, draw(st.sampled_from(["gazetteer", "corrections"])), own))
    return graph
