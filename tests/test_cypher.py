"""Every query file is Cypher by Neo4j's own grammar, and Neo4j would run it along its indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import neo4j
import pytest

from graph.bolt import BoltStore
from queries.files import catalogue
from tests.conftest import Neo4jAddress
from tests.cypher_lint.lint import lint
from tests.fetched import Unavailable
from tests.query_graph import query_graph

WRONG = {
    "MATCH (d:Document) WHER d.id = $document RETURN d.id AS id": "Invalid input 'WHER'",
    "MATCH (d:Document {id: $document}) RETURN e.id AS id": "Variable `e` not defined",
    "MATCH (d:Dokument {id: $document}) RETURN d.id AS id": "Label Dokument is not present",
    "MATCH (d:Document {id: $document})<-[:THUCHIEN]-(e) RETURN e.id AS id": "Relationship type THUCHIEN",
    "MATCH (d:Document {id: $dokument}) RETURN d.id AS id": "Parameter $dokument is not defined",
    "MATCH (d:Document {id: $document}), (a:Agency) RETURN a.id AS id": "cartesian product",
    "MATCH (d:Document {id: $document}) CALL { WITH d RETURN 1 AS x } RETURN x": "deprecated",
}

# Operators that look at everything of a kind, e.g. AllNodesScan, NodeByLabelScan, DirectedRelationshipTypeScan.
_SCAN = re.compile(r".*(AllNodes|Label\w*|AllRelationships|RelationshipType\w*)Scan")


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """What the linter says of every query file, and of what is wrong."""
    texts = {name: (query.cypher, list(query.parameters)) for name, query in catalogue().items()}
    try:
        return lint({**texts, **{cypher: (cypher, ["document"]) for cypher in WRONG}})
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("name", catalogue())
def test_neo4j_has_nothing_to_say_against(said: dict[str, list[str]], name: str) -> None:
    assert said[name] == []


@pytest.mark.parametrize("cypher", WRONG, ids=WRONG.values())
def test_what_is_wrong_would_be_told(said: dict[str, list[str]], cypher: str) -> None:
    assert WRONG[cypher] in "\n".join(said[cypher])


@pytest.fixture(scope="module")
def session(neo4j_address: Neo4jAddress) -> Iterator[neo4j.Session]:
    """A server that holds the hand-made graph with its indexes."""
    address = neo4j_address
    with BoltStore(address.uri, address.user, address.password) as store:
        store.load(query_graph())
    auth = (address.user, address.password) if address.user else None
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver, driver.session() as session:
        yield session


def operators(session: neo4j.Session, cypher: str, parameters: Mapping[str, Any]) -> list[str]:
    """The operators of Neo4j's plan for a query, without its runtime's suffix."""
    plan = session.run(f"EXPLAIN {cypher}", dict(parameters)).consume().plan
    found, waiting = [], [plan]
    while waiting:
        step = waiting.pop()
        assert step is not None
        waiting += step.get("children", ())
        found.append(step["operatorType"].partition("@")[0])
    return found


def costly(found: list[str]) -> list[str]:
    return [name for name in found if name.startswith("CartesianProduct") or _SCAN.fullmatch(name)]


@pytest.mark.neo4j
@pytest.mark.parametrize("name", catalogue())
def test_the_plan_follows_indexes(session: neo4j.Session, name: str) -> None:
    query = catalogue()[name]
    plan = operators(session, query.cypher, dict.fromkeys(query.parameters, "x"))
    assert costly(plan) == []
    assert any("Index" in operator for operator in plan), plan


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("cypher", "operator"),
    [
        ("MATCH (d:Document) WHERE d.title = $x RETURN d", "NodeByLabelScan"),
        ("MATCH (d) RETURN d", "AllNodesScan"),
        ("MATCH (d:Document|Agency) RETURN d", "UnionNodeByLabelsScan"),
        ("MATCH (a)-[:THUC_HIEN]->(b) RETURN a, b", "DirectedRelationshipTypeScan"),
        ("MATCH (a:Document {id: $x}), (b:Document {symbol: $x}) RETURN a, b", "CartesianProduct"),
    ],
)
def test_a_costly_plan_would_be_seen(session: neo4j.Session, cypher: str, operator: str) -> None:
    assert operator in costly(operators(session, cypher, {"x": "x"}))
