"""A link that many documents repeat must not multiply the work: what is walked is documents, not passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graph.model import Edge, Evidence, Graph, Node
from graph.store import Limits, Store
from queries.ask import run

LEVELS = 12
REPEATS = 25  # 25 ** 11 ways from the lowest document to the highest
PATIENT = Limits(seconds=600)  # a machine with other work to do may be slow; all those ways would take years


def ladder() -> Graph:
    """Documents d0 (the top) to d11, each link stated 25 times; each gives one task to the issuer of the next."""
    graph = Graph()
    for level in range(LEVELS):
        graph.add(Node(f"d{level}", "Document", {"status": "ingested", "issued_on": f"2024-{level + 1:02d}"}))
        graph.add(Node(f"a{level}", "Agency", {"name": f"Cơ quan {level:02d}"}))
        graph.add(Node(f"t{level}", "Task", {"document": f"d{level}", "section": "1", "requires_plan": True}))
    for level in range(LEVELS):
        here = Evidence(f"d{level}", 0, 9, "hand", 1.0)
        graph.connect(Edge(f"a{level}", "BAN_HANH", f"d{level}", here))
        graph.connect(Edge(f"d{level}", "GOM", f"t{level}", here))
        if level:
            graph.connect(Edge(f"t{level - 1}", "GIAO", f"a{level}", here, "", {"role": "chủ trì"}))
            for repeat in range(REPEATS):
                stated = Evidence(f"d{level}", repeat * 10, repeat * 10 + 9, "hand", 1.0)
                graph.connect(Edge(f"d{level}", "THUC_HIEN", f"d{level - 1}", stated))
    return graph


@pytest.fixture(scope="module")
def climbed(open_store: Callable[[], Store]) -> Iterator[Store]:
    """A store of every kind with the ladder in it."""
    with open_store() as store:
        store.load(ladder())
        yield store


@pytest.mark.parametrize(
    ("query", "parameters", "rows"),
    [
        ("documents_under", {"document": "d0"}, LEVELS - 1),
        ("documents_over", {"document": "d11"}, LEVELS - 1),
        ("trace_down", {"document": "d0"}, LEVELS - 1),
        ("trace_up", {"document": "d11"}, LEVELS - 1),
        ("units_implementing", {"document": "d0"}, LEVELS - 1),
        ("agencies_coordinating", {"document": "d0"}, 0),
        ("task_path", {"document": "d0", "section": "1"}, LEVELS - 1),
        ("missing_plans", {"document": "d0"}, 0),
        ("missing_plans", {"status": "có kế hoạch"}, LEVELS - 1),
    ],
)
def test_repeated_links_are_walked_once(climbed: Store, query: str, parameters: dict[str, str], rows: int) -> None:
    assert len(run(climbed, query, parameters, PATIENT).rows) == rows


NAMED = 8_000  # documents that name the issuer of each of two directives: 8,000 × 16,000 ways from one to the other


def named_often() -> Graph:
    """Two directives of one agency and one number, whose issuer 8,000 documents name each."""
    graph = Graph()
    graph.add(Node("a", "Agency", {"name": "Thủ tướng Chính phủ"}))
    for id_ in ("d1", "d2"):
        graph.add(Node(id_, "Document", {"status": "ingested", "symbol": "1/CT-TTg", "issued_on": "2024-01"}))
        for number in range(NAMED):
            graph.connect(Edge("a", "BAN_HANH", id_, Evidence(f"p{number}", 0, 9, "hand", 1.0)))
    return graph


def test_what_an_agency_issued_is_walked_by_documents(open_store: Callable[[], Store]) -> None:
    with open_store() as store:
        store.load(named_often())
        (row,) = run(store, "symbol_used_twice", limits=PATIENT).dicts()
    assert (row["source"], row["other"], len(row["evidence"])) == ("d1", "d2", NAMED)
