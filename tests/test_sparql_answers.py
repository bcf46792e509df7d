"""The .rq files give the rows of the .cypher files beside them, down to their order and types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Graph, Node
from graph.rdf import worker
from graph.rdf.store import RdfStore
from graph.rdf.terms import prefixes
from graph.store import Limits
from queries.files import catalogue
from queries.parameters import words
from queries.sparql import ask_sparql, sparql_catalogue
from tests.networkx_answers import ANSWERS
from tests.query_graph import query_graph
from tests.scenario import scenario, side_by_side
from tests.strategies import cascades, graphs
from tests.test_duties import CASES, ON_DAYS, together
from tests.test_same_answers import ROOT, SHARED, Asked, asked_of, collected, comparable, questions

SHORTEST = {"documents_over", "documents_under"}
"""They give the length of the shortest way, and a property path of SPARQL has no length."""


class OneProcess(RdfStore):
    """A store that answers in the tests' own process: starting another takes longer than most answers."""

    def _ask(self, request: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
        return worker.answer({**request, "prefixes": prefixes()})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> RdfStore:
    return OneProcess(tmp_path_factory.mktemp("rdf") / "store")


def agree(store: RdfStore, graph: Graph, name: str, asked: Asked) -> None:
    """Assert that the .rq file gives what networkx gives; tests/test_same_answers.py holds the .cypher file to it."""
    result = ask_sparql(store, name, asked)
    assert result.columns == catalogue()[name].returns
    plain = {k: " ".join(words(v)) if k == "text" and v is not None else v for k, v in asked.items()}
    expected = [{column: row[column] for column in result.columns} for row in ANSWERS[name](graph, **plain)]
    assert comparable(result.dicts()) == comparable(expected), f"{name} {dict(asked)}"


def all_agree(store: RdfStore, graph: Graph, most: int) -> None:
    store.load(graph)
    for name, asked in questions(graph, most):
        if name not in SHORTEST:
            agree(store, graph, name, asked)


def test_every_query_that_can_be_is_put_in_sparql() -> None:
    assert set(catalogue()) - set(sparql_catalogue()) == SHORTEST
    assert set(sparql_catalogue()) - set(catalogue()) == set()


@pytest.mark.parametrize("name", sorted(set(catalogue()) - SHORTEST))
def test_both_files_say_the_same_of_themselves(name: str) -> None:
    cypher, sparql = catalogue()[name], sparql_catalogue()[name]
    assert (sparql.doc, sparql.parameters) == (cypher.doc, cypher.parameters)
    assert tuple(column.name for column in sparql.returns) == cypher.returns


def test_on_the_hand_made_graph(store: RdfStore) -> None:
    all_agree(store, query_graph(), most=100)


def test_reports_are_those_of_the_day(store: RdfStore) -> None:
    graph = together(side_by_side({case["says"]: scenario(case) for case in CASES["findings"]}))
    store.load(graph)
    for asked in ON_DAYS:
        for more in ({}, {"reported": "mọi"}):
            agree(store, graph, "missing_report", {**asked, **more})


def test_over_the_process_that_users_have(tmp_path_factory: pytest.TempPathFactory) -> None:
    all_agree(RdfStore(tmp_path_factory.mktemp("rdf") / "store"), query_graph(), most=1)


def test_on_the_sample_corpus(store: RdfStore) -> None:
    all_agree(store, collected(ROOT / "examples"), most=12)


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="needs the real documents in ../shared")
def test_on_real_documents(store: RdfStore) -> None:
    all_agree(store, collected(SHARED / "seeds", SHARED / "corpus", SHARED / "gold" / "corpus"), most=8)


def with_what_is_read(graph: Graph) -> Graph:
    """The graph with every document that something was read in: in SPARQL its id is looked up there."""
    for doc in {str(doc) for _, _, doc in graph.nx.edges(data="doc") if doc is not None} - set(graph.nx):
        graph.add(Node(doc, "Document"))
    return graph


@given(cascades() | graphs(), st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_on_any_graph(store: RdfStore, graph: Graph, data: st.DataObject) -> None:
    graph = with_what_is_read(graph)
    store.load(graph)
    for name in sparql_catalogue():
        for _ in range(2):
            agree(store, graph, name, data.draw(asked_of(graph, name)))
