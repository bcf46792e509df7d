"""A stored graph is changed by a difference, and is then what it would be if it were loaded anew."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from graph.difference import Difference, EdgeId
from graph.embedded import EmbeddedStore
from graph.errors import StoreError
from graph.model import Graph, Node
from graph.read_back import read_back
from tests.differences import changed, difference
from tests.store_graph import same, small
from tests.strategies import graphs
from tests.test_embedded import python


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(tmp_path_factory.mktemp("store")) as store:
        yield store


@settings(max_examples=12, deadline=None)
@given(graphs(), graphs())
def test_any_graph_becomes_any_other(store: EmbeddedStore, one: Graph, other: Graph) -> None:
    there = read_back(store)
    for before, after in [(there, one), (one, other)]:
        step = difference(before, after)
        store.apply(step)
        same(store, after)
        assert changed(before, step).in_order().nx.adj == after.in_order().nx.adj


def test_what_the_store_does_not_hold_is_no_graph_to_change(tmp_path: Path) -> None:
    missing = [
        Difference(gone={("Document", "d9")}),
        Difference(cut={EdgeId("d1", "THUC_HIEN", "d2", "THUC_HIEN|d1:4")}),
        Difference(cut={EdgeId("d1", "THUC_HIEN", "d9", "THUC_HIEN|d1:3")}),
    ]
    with EmbeddedStore(tmp_path) as store:
        for step in missing:
            store.load(small())
            with pytest.raises(StoreError, match="vanmach rebuild"):
                store.apply(step)
            with pytest.raises(StoreError, match="vanmach rebuild"):
                store.counts()


def test_a_store_for_reading_is_not_changed(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path) as store:
        store.load(small())
    with EmbeddedStore(tmp_path, read_only=True) as store:
        with pytest.raises(StoreError, match="reading only"):
            store.apply(Difference(nodes={"d3": Node("d3", "Document")}))
        same(store, small())


APPLY_AND_DIE = """
import os, signal, sys
from collections.abc import Iterator
from pathlib import Path
from graph import changing
from graph.difference import Difference
from graph.embedded import EmbeddedStore
from tests.store_graph import small
store = EmbeddedStore(Path(sys.argv[1]))
store.load(small())
changing.Changing._cut = lambda self, edges: os.kill(os.getpid(), signal.SIGKILL)
store.apply(Difference(gone={("Document", "d2")}))
"""


def test_a_kill_while_the_graph_is_changed_is_noticed(tmp_path: Path) -> None:
    with python(APPLY_AND_DIE, str(tmp_path)) as process:
        assert process.wait(60) == -signal.SIGKILL
    with EmbeddedStore(tmp_path) as store:
        with pytest.raises(StoreError, match="did not come to its end — run: vanmach rebuild"):
            store.counts()
        store.load(small())
        same(store, small())
