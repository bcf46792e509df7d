"""The battery for every store, loading: what is loaded is what is there, whatever happened before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings

from graph.errors import StoreError
from graph.model import Edge, Graph, Node
from graph.store import Store
from tests.store_graph import evidence, same, small
from tests.strategies import graphs


@pytest.fixture(scope="module")
def store(open_store: Callable[[], Store]) -> Iterator[Store]:
    """A store whose content is any test's."""
    with open_store() as store:
        yield store


@pytest.fixture
def loaded(store: Store) -> Store:
    """The store with the small graph in it."""
    store.load(small())
    return store


@pytest.fixture
def fresh(open_store: Callable[[], Store]) -> Iterator[Store]:
    """A store that a test may close or break."""
    with open_store() as store:
        yield store


def test_everything_comes_back_as_it_was(loaded: Store) -> None:
    same(loaded, small())


@given(graphs())
@settings(max_examples=15)
def test_any_graph_comes_back_as_it_was(store: Store, graph: Graph) -> None:
    store.load(graph)
    same(store, graph)


def test_loading_twice_is_loading_once(loaded: Store) -> None:
    loaded.load(small())
    same(loaded, small())


def test_loading_another_graph_leaves_nothing_of_the_first(loaded: Store) -> None:
    other = Graph()
    other.add(Node("d1", "Document", {"symbol": "8/QĐ-UBND"}))
    other.add(Node("d2", "Document", {"symbol": "12-CT/TW"}))
    other.connect(Edge("d1", "THUC_HIEN", "d2", evidence(90)))
    loaded.load(other)
    same(loaded, other)


def test_an_empty_graph_empties_the_store(loaded: Store) -> None:
    loaded.load(Graph())
    assert loaded.counts() == {}
    assert loaded.query("MATCH (n) RETURN n").rows == ()


def test_more_than_one_batch_is_loaded_and_told(store: Store) -> None:
    graph = Graph()
    for number in range(12_000):
        graph.add(Node(f"d{number}", "Document", {"symbol": f"{number}/KH-UBND"}))
    for number in range(1, 12_000):
        graph.connect(Edge(f"d{number}", "THUC_HIEN", "d0", evidence(number)))
    told: list[tuple[int, int]] = []
    store.load(graph, lambda done, total: told.append((done, total)))
    assert store.counts() == {"Document": 12_000, "THUC_HIEN": 11_999}
    assert [done for done, _ in told] == sorted({done for done, _ in told}), "each step goes on from the last"
    assert len(told) > 2
    assert told[-1] == (23_999, 23_999)


def test_counts_leave_out_what_is_not_there(loaded: Store) -> None:
    counts = {"Document": 2, "Task": 1, "Target": 1, "Agency": 1, "THUC_HIEN": 2, "GOM": 2, "GIAO": 1, "THUOC": 1}
    assert loaded.counts() == counts


def test_a_closed_store_says_so(fresh: Store) -> None:
    fresh.close()
    fresh.close()
    for use in (lambda: fresh.query("RETURN 1"), fresh.counts, lambda: fresh.load(Graph())):
        with pytest.raises(StoreError, match="closed"):
            use()


def test_a_load_that_was_broken_off_is_noticed_and_mended(fresh: Store) -> None:
    def fall(done: int, total: int) -> None:
        raise KeyboardInterrupt

    fresh.load(Graph())
    with pytest.raises(KeyboardInterrupt):
        fresh.load(small(), fall)
    for use in (lambda: fresh.query("RETURN 1"), fresh.counts):
        with pytest.raises(StoreError, match=r"vanmach rebuild|push it again"):
            use()
    fresh.load(small())
    same(fresh, small())
