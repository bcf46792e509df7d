"""The battery for every store, asking: answers, their types, limits, and that a query can do nothing but ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from graph.errors import QueryLimit, QueryParameterError, QueryRefused, QuerySyntaxError, StoreError
from graph.store import Limits, Store
from tests.store_graph import TRICKY, small

WRITES = {
    "create": "CREATE (:Document {id: 'x'})",
    "create and return": "CREATE (n:Document {id: 'x'}) RETURN n",
    "merge": "MERGE (n:Document {id: 'x'}) RETURN n",
    "set": "MATCH (n:Document) SET n.title = 'x'",
    "remove": "MATCH (n:Document) REMOVE n.title",
    "delete": "MATCH (n:Document) DETACH DELETE n",
    "foreach": "FOREACH (i IN [1] | CREATE (:Document {id: 'x'}))",
    "subquery": "CALL () { CREATE (n:Document {id: 'x'}) RETURN n } RETURN n",
    "after a read": "MATCH (n:Document) WITH n LIMIT 1 CREATE (m:Document {id: n.id + 'x'}) RETURN m",
    "create index": "CREATE INDEX extra FOR (n:Document) ON (n.title)",
    "create constraint": "CREATE CONSTRAINT extra FOR (n:Document) REQUIRE n.title IS UNIQUE",
    "drop index": "DROP INDEX document_symbol",
    "in transactions": "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS",
}
REACHES_OUT = {
    "csv from a file": "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "csv from a path": "LOAD CSV FROM '/etc/hostname' AS line RETURN line",
    "csv from the network": "LOAD CSV FROM 'http://127.0.0.1:9/' AS line RETURN line",
    "csv with a parameter": "LOAD CSV FROM $where AS line RETURN line",
    "csv in a subquery": "CALL () { LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line } RETURN line",
    "csv in a test": "RETURN EXISTS { LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line } AS x",
    "procedure of a file": "CALL apoc.load.json('file:///etc/hostname') YIELD value RETURN value",
    "procedure of the server": "CALL dbms.listConfig() YIELD name RETURN name",
    "writing procedure": "CALL apoc.create.node(['Document'], {id: 'x'}) YIELD node RETURN node",
    "running queries": "SHOW TRANSACTIONS",
    "users": "SHOW CURRENT USER",
}


@pytest.fixture(scope="module")
def reading(open_store: Callable[[], Store]) -> Iterator[Store]:
    """A store with the small graph in it."""
    with open_store() as store:
        store.load(small())
        yield store


@pytest.mark.parametrize(
    ("cypher", "answer"),
    [
        ("MATCH (n:Document {id: 'd1'}) RETURN n.title", TRICKY),
        ("MATCH (n:Document {id: 'd1'}) RETURN n.names", ["a", "b"]),
        ("MATCH (n:Document {id: 'd2'}) RETURN n.inferred", []),
        ("MATCH (n:Document {id: 'd2'}) RETURN n.names", None),
        ("MATCH (n:Document {id: 'd1'}) RETURN n.issued_on", "2023-10"),
        ("MATCH (n:Task) RETURN n.ordinal", 2**62),
        ("MATCH (n:Task) RETURN n.requires_plan", True),
        ("MATCH (n:Target) RETURN n.value", 5.0),
        ("MATCH (n:Agency) RETURN {name: n.name, all: [n.collective, 1, 0.5, null]}",
         {"name": "Sở Nội vụ tỉnh Đông Hà", "all": [False, 1, 0.5, None]}),
        ("MATCH (:Document)-[r:THUC_HIEN]->() RETURN count(DISTINCT r.key)", 2),
        ("MATCH (:Task)-[r:GIAO]->() RETURN r.role", "chủ trì"),
        ("RETURN date('2023-10-05')", "2023-10-05"),
        ("RETURN duration('P1M2D')", "P1M2D"),
        ("RETURN datetime('2023-10-05T07:30:00+07:00')", "2023-10-05T07:30:00+07:00"),
        ("RETURN localdatetime('2023-10-05T07:30')", "2023-10-05T07:30:00"),
        ("RETURN time('07:30:15Z')", "07:30:15+00:00"),
        ("MATCH p = (:Agency {id: 'a1'})-[:THUOC]->(:Agency) RETURN p",
         {
             "nodes": [{"_label": "Agency", "id": "a1", "name": "Sở Nội vụ tỉnh Đông Hà", "collective": False}] * 2,
             "edges": [{"_type": "THUOC", "data_source": "gazetteer", "key": "THUOC|gazetteer"}],
         }),
    ],
)  # fmt: skip
def test_a_value_is_a_plain_one_of_its_type(reading: Store, cypher: str, answer: Any) -> None:
    ((value,),) = reading.query(cypher).rows
    assert value == answer
    assert type(value) is type(answer)


def test_columns_are_named_as_they_were_written(reading: Store) -> None:
    result = reading.query("MATCH (n:Document) RETURN n.id AS số_hiệu, n.symbol, count(*) ORDER BY n.id")
    assert result.columns == ("số_hiệu", "n.symbol", "count(*)")
    assert result.dicts()[0] == {"số_hiệu": "d1", "n.symbol": "7/KH-UBND", "count(*)": 1}


def test_columns_are_there_when_no_row_is(reading: Store) -> None:
    result = reading.query(
        "MATCH (n:Place) WHERE n.id = 'none' RETURN n.id AS id, n.name UNION RETURN 1 AS id, 2 AS `n.name` LIMIT 0"
    )
    assert (result.columns, result.rows) == (("id", "n.name"), ())


@pytest.mark.parametrize("value", [TRICKY, "' OR 1=1 //", "\\", "$x", None, True, 2**62, 1.5, ["a'", "b"], {"a": [1]}])
def test_a_parameter_is_data(reading: Store, value: Any) -> None:
    assert reading.query("RETURN $x", {"x": value}).rows == ((value,),)


def test_a_parameter_may_be_given_and_not_used(reading: Store) -> None:
    assert reading.query("RETURN 1", {"x": 1}).rows == ((1,),)


def test_a_missing_parameter_is_named(reading: Store) -> None:
    with pytest.raises(QueryParameterError, match="document"):
        reading.query("MATCH (n:Document) WHERE n.id = $document RETURN n", {"other": 1})


@pytest.mark.parametrize("cypher", WRITES.values(), ids=WRITES)
def test_a_write_is_refused(reading: Store, cypher: str) -> None:
    with pytest.raises(QueryRefused):
        reading.query(cypher)
    assert reading.counts()["Document"] == 2


@pytest.mark.parametrize("cypher", REACHES_OUT.values(), ids=REACHES_OUT)
def test_reaching_out_of_the_graph_is_refused(reading: Store, cypher: str) -> None:
    with pytest.raises(QueryRefused):
        reading.query(cypher, {"where": "file:///etc/hostname"})


def test_harmless_procedures_may_be_called(reading: Store) -> None:
    assert ("THUC_HIEN",) in reading.query("CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t").rows


@pytest.mark.parametrize(
    ("cypher", "place"),
    [
        ("MATCH (n:Document) WHER n.id = 1 RETURN n", "line 1, column 20"),
        ("MATCH (n)\nRETURN n AS", "line 2"),
        ("MATCH (n) RETURN m", "m"),
        ("RETURN no_such_function(1)", "no_such_function"),
    ],
)
def test_a_wrong_query_is_told_where_it_is_wrong(reading: Store, cypher: str, place: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        reading.query(cypher)
    assert place in caught.value.message
    assert "\n" not in str(caught.value)
    assert "EXPLAIN" not in str(caught.value)


@pytest.mark.parametrize("cypher", ["", " ", "; RETURN 1", "RETURN 1; RETURN 2", "hello", "RETURN '\ud800'"])
def test_what_is_no_query_is_a_syntax_error(reading: Store, cypher: str) -> None:
    with pytest.raises(QuerySyntaxError):
        reading.query(cypher)


@pytest.mark.parametrize("value", ["\ud800", 2**70, object()], ids=["half a character", "too long", "no value"])
def test_a_parameter_that_no_store_can_hold_is_told(reading: Store, value: Any) -> None:
    with pytest.raises(StoreError) as caught:
        reading.query("RETURN $x", {"x": value})
    assert "\n" not in str(caught.value)


def test_an_error_while_running_is_one_line(reading: Store) -> None:
    with pytest.raises(StoreError) as caught:
        reading.query("UNWIND [1, 0] AS x RETURN 1 / x")
    assert "zero" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_as_many_rows_as_the_limit_are_given(reading: Store) -> None:
    assert len(reading.query("UNWIND range(1, 10) AS x RETURN x", limits=Limits(rows=10)).rows) == 10


def test_more_rows_than_the_limit_are_not_given(reading: Store) -> None:
    with pytest.raises(QueryLimit, match="10 rows"):
        reading.query("UNWIND range(1, 11) AS x RETURN x", limits=Limits(rows=10))


@pytest.mark.parametrize(
    "cypher",
    [
        "UNWIND range(1, 1000000) AS x UNWIND range(1, 10000) AS y RETURN count(*)",
        # inside one expression no engine looks at its clock
        "RETURN reduce(s = 0, x IN range(1, 20000) | s + reduce(t = 0, y IN range(1, 10000) | t + y * x))",
    ],
)
def test_a_query_that_takes_too_long_is_given_up(reading: Store, cypher: str) -> None:
    started = time.monotonic()
    with pytest.raises(QueryLimit, match=r"0\.5 seconds"):
        reading.query(cypher, limits=Limits(seconds=0.5))
    assert time.monotonic() - started < 10
    assert reading.query("RETURN 1").rows == ((1,),), "the next query is answered"


def test_queries_may_run_at_once(reading: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda x: reading.query("MATCH (n:Document) RETURN count(n) + $x", {"x": x}).rows, range(40))
        )
    assert answers == [((2 + x,),) for x in range(40)]


def test_a_query_that_would_fill_the_memory_is_given_up(reading: Store) -> None:
    megabyte = "reduce(s = toString(x + 10000000), i IN range(1, 17) | s + s)"
    with pytest.raises(QueryLimit, match="memory"):
        reading.query(f"UNWIND range(1, 100000) AS x RETURN size(collect({megabyte}))")
    assert reading.query("RETURN 1").rows == ((1,),), "the next query is answered"
