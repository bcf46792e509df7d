"""One battery for every store: each query file gives the rows that networkx gives, down to their order and types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import ReadError
from graph.model import Edge, Evidence, Graph, Node
from graph.store import Store
from ingest.build import Stored, build
from ingest.extract import extract
from ingest.intake import find_files
from ingest.reading.read import read
from ingest.resolving.identity import record_id
from queries.ask import run
from queries.files import catalogue
from queries.parameters import words
from tests.networkx_answers import ANSWERS
from tests.query_graph import query_graph
from tests.strategies import cascades, graphs

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NOBODY = "'}) DETACH DELETE n //"

Asked = Mapping[str, str | None]


@cache
def collected(*folders: Path) -> Graph:
    """The graph of all documents in these folders that can be read; several tests ask the same, and none changes it."""
    found = {}
    for path in find_files(folders):
        try:
            assert isinstance(path, Path)
            cleaned, record = extract(read(path), path.name)
        except ReadError:  # a scan
            continue
        found[record_id(record)] = Stored(record, cleaned.text)
    return build(found)


def values(graph: Graph, parameter: str) -> list[str]:
    """What a parameter of this name may sensibly be on this graph, the most linked nodes first; and what nothing is."""
    labels = {
        "document": ("Document",),
        "agency": ("Agency",),
        "node": ("Document", "Agency", "Task", "Target", "Place"),
    }
    if parameter in labels:
        busy = sorted(graph.nx.degree, key=lambda pair: (-pair[1], pair[0]))
        return [id_ for id_, _ in busy if graph.nx.nodes[id_]["label"] in labels[parameter]] + [NOBODY]
    if parameter == "section":
        sections = {str(n.properties["section"]) for n in graph.nodes("Task") if "section" in n.properties}
        return [*sorted(sections), "X"]
    if parameter == "symbol":
        symbols = {str(n.properties["symbol"]) for n in graph.nodes("Document") if "symbol" in n.properties}
        return [*sorted(symbols)[:50], NOBODY]
    if parameter == "text":
        return ["ke hoach", "ubnd", "so noi vu", "41 kh ubnd", "khong co"]
    return {
        "id": ["kh-", "ubnd", "so-", "%", ""],
        "role": ["chủ trì", "thực hiện", "theo dõi", "phối hợp"],
        "level": ["trung ương", "tỉnh", "huyện", "xã", "cơ sở"],
        "today": ["2023-10-05", "2023-10", "2030"],
        "as_of": ["2023-10-05", "2023-10", "2022"],
        "reported": ["mọi", "chưa có"],
        "status": ["có kế hoạch", "chậm", "chưa đến hạn", "không rõ", "chưa có", "mọi"],
    }[parameter]


def questions(graph: Graph, most: int) -> Iterator[tuple[str, Asked]]:
    """Every query with at most so many values of its first parameter, each optional one given and left out."""
    for name, query in catalogue().items():
        required = [p.name for p in query.parameters.values() if not p.optional]
        optional = [p.name for p in query.parameters.values() if p.optional]
        for first in values(graph, required[0])[:most] if required else [None]:
            asked = {required[0]: first} if required else {}
            for section in _sections(graph, first) if "section" in required else [None]:
                whole: dict[str, str | None] = {**asked, **({"section": section} if section is not None else {})}
                yield name, whole
                for parameter in optional:
                    yield from ((name, {**whole, parameter: value}) for value in values(graph, parameter)[:6])


def _sections(graph: Graph, document: str | None) -> list[str]:
    own = [n for n in graph.nodes("Task") if n.properties.get("document") == document]
    return sorted({str(n.properties.get("section")) for n in own})[:4] or ["I"]


def typed(value: Any) -> Any:
    """A value with the types of all its parts, so that 1, 1.0 and true are three."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [typed(inner) for inner in value]
    return type(value).__name__, value


def comparable(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Rows with types; passages of one place (two rules read it) may stand in any order among themselves."""
    found = []
    for row in rows:
        passages = row.get("evidence")
        if passages is not None:
            places = [[(p[n] is None, p[n]) for n in ("doc", "start", "end")] for p in passages]
            assert places == sorted(places), "in the order of the text"
            row = {**row, "evidence": sorted(passages, key=lambda p: repr(sorted(p.items())))}
        found.append(typed(row))
    return found


def agree(store: Store, graph: Graph, name: str, asked: Asked) -> None:
    """Assert that a store answers a question on this graph as networkx does."""
    result = run(store, name, asked)
    assert result.columns == catalogue()[name].returns
    given_ = {k: " ".join(words(v)) if k == "text" and v is not None else v for k, v in asked.items()}
    expected = [{column: row[column] for column in result.columns} for row in ANSWERS[name](graph, **given_)]
    assert comparable(result.dicts()) == comparable(expected), f"{name} {dict(asked)}"


@pytest.fixture(scope="module")
def store(open_store: Callable[[], Store]) -> Iterator[Store]:
    with open_store() as store:
        yield store


def test_every_query_file_has_a_third_answer() -> None:
    assert set(ANSWERS) == set(catalogue())


def test_on_the_hand_made_graph(store: Store) -> None:
    graph = query_graph()
    store.load(graph)
    for name, asked in questions(graph, most=100):
        agree(store, graph, name, asked)


def test_those_without_a_name_stand_in_order_too(store: Store) -> None:
    graph = Graph()
    graph.add(Node("kh", "Document", {"status": "ingested"}))
    for number, role in enumerate(("chủ trì", "thực hiện", "theo dõi", "chủ trì")):
        graph.add(Node(f"kh#{number}", "Task", {}))
        graph.add(Node(f"a{number // 3}", "Agency", {}))
        evidence = Evidence("kh", 90 - number, 99 - number, "hand", 1.0)
        graph.connect(Edge("kh", "GOM", f"kh#{number}", evidence))
        graph.connect(Edge(f"kh#{number}", "GIAO", f"a{number // 3}", evidence, "", {"role": role}))
    store.load(graph)
    agree(store, graph, "units_implementing", {"document": "kh"})


def test_on_the_sample_corpus(store: Store) -> None:
    graph = collected(ROOT / "examples")
    store.load(graph)
    for name, asked in questions(graph, most=20):
        agree(store, graph, name, asked)


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="needs the real documents in ../shared")
def test_on_real_documents(store: Store) -> None:
    graph = collected(SHARED / "seeds", SHARED / "corpus", SHARED / "gold" / "corpus")
    store.load(graph)
    for name, asked in questions(graph, most=12):
        agree(store, graph, name, asked)


@st.composite
def asked_of(draw: st.DrawFn, graph: Graph, name: str) -> Asked:
    """Parameters for a query on this graph."""
    parameters = catalogue()[name].parameters.values()
    return {
        p.name: draw(st.sampled_from(values(graph, p.name)))
        for p in parameters
        if not p.optional or draw(st.booleans())
    }


@pytest.mark.timeout(900)  # twenty graphs, each loaded and asked every query three times, on a machine that is busy
@given(cascades() | graphs(), st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_on_any_graph(store: Store, graph: Graph, data: st.DataObject) -> None:
    store.load(graph)
    for name in catalogue():
        for _ in range(3):
            agree(store, graph, name, data.draw(asked_of(graph, name)))
