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


_HOSTILE = "'}) DETACH DELETE n //"
_DOCUMENTS = ["kh-41", "ct-21", _HOSTILE, 'a"b\\c', "văn bản số 7"]
_AGENCIES = ["so-noi-vu", "ubnd", "ubnd-cac-xa", "xa-1", "cơ quan không rõ"]
_SECTIONS = st.sampled_from(["III", "III.2", "III.2.1", "III.2.1-1", "III.21", "III-1", ""])
_SEARCH = st.lists(st.sampled_from(["ke", "hoach", "41", "kh", "ubnd", "so", "noi", "vu"]), max_size=5).map(" ".join)


@st.composite
def cascades(draw: st.DrawFn) -> Graph:
    """Graphs in which the questions have answers: documents that implement each other in any way (several roots, rings,
    one of itself), their tasks, and agencies of which some are collectives, some have no level or not even a name."""
    graph = Graph()
    documents = _nodes(draw, graph, "Document", _DOCUMENTS)
    agencies = _nodes(draw, graph, "Agency", _AGENCIES)
    tasks = _nodes(draw, graph, "Task", [f"{document}#{n}" for document in documents for n in (1, 2)])
    targets = _nodes(draw, graph, "Target", [f"{document}#a" for document in documents[:3]])
    _nodes(draw, graph, "Place", ["p1"])
    for task in tasks:
        graph.connect(Edge(task.rpartition("#")[0], "GOM", task, draw(evidence())))
    for target in targets:
        graph.connect(Edge(target.rpartition("#")[0], "GOM", target, draw(evidence())))
    _edges(draw, graph, targets, ["GIAO"], agencies, 3)
    _edges(draw, graph, documents, ["THUC_HIEN"], documents, 10)
    _edges(draw, graph, documents, ["CAN_CU", "DAN_CHIEU", "SUA_DOI"], documents, 3)
    _edges(draw, graph, agencies, ["BAN_HANH"], documents, 6)
    _edges(draw, graph, tasks, ["GIAO", "PHOI_HOP", "BAO_CAO"], agencies, 12)
    _edges(draw, graph, tasks, ["CU_THE_HOA"], tasks, 5)
    _edges(draw, graph, agencies, ["THUOC"], agencies, 6)
    return graph


def _nodes(draw: st.DrawFn, graph: Graph, label: str, ids: list[str]) -> list[str]:
    known = {name: p for name, p in schema().node(label).properties.items() if not p.key}
    drawn = draw(st.lists(st.sampled_from(ids), unique=True, max_size=len(ids))) if ids else []
    for id_ in drawn:
        properties = draw(_properties(known))
        for name, likely in _LIKELY.items():
            if name in known and draw(st.booleans()):
                properties[name] = draw(likely)
        graph.add(Node(id_, label, properties))
    return drawn


_LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "status": st.sampled_from(["ingested", "cited"]),
    "type": st.sampled_from(["Kế hoạch", "Báo cáo", "Tờ trình"]),
    "level": st.sampled_from(list(schema().levels)),
    "collective": st.just(True),
    "requires_plan": st.just(True),
    "section": _SECTIONS,
    "comparator": st.sampled_from([">=", "<=", "=", "≈", "range"]),
    "value": st.sampled_from([35.0, 40.0]),
    "unit": st.sampled_from(["%", "%/năm"]),
    "by": st.just("2025"),
    "search": _SEARCH,
    "name": st.sampled_from(["Sở Nội vụ", "UBND các xã", "UBND xã Đồng Tiến"]),
}


def _edges(draw: st.DrawFn, graph: Graph, sources: list[str], types: list[str], targets: list[str], most: int) -> None:
    if not sources or not targets:
        return
    ends = st.tuples(st.sampled_from(sources), st.sampled_from(types), st.sampled_from(targets))
    for source, type_, target in draw(st.lists(ends, max_size=most)):
        own = draw(_properties(dict(schema().edge(type_).properties)))
        read = draw(evidence()) if draw(st.integers(0, 4)) else None
        graph.connect(Edge(source, type_, target, read, "" if read else "gazetteer", own))
