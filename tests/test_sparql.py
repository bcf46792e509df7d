"""Asking in SPARQL: values and their types, parameters, limits, and that a query can do nothing but ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from graph.errors import (
    QueryFileError,
    QueryLimit,
    QueryParameterError,
    QueryRefused,
    QuerySyntaxError,
    StoreError,
)
from graph.model import Graph
from graph.rdf.sparql import used_parameters, with_parameters
from graph.rdf.store import RdfStore
from graph.store import Limits
from queries.sparql import ask_sparql, parse
from tests.store_graph import TRICKY, small

WRITES = {
    "insert": "INSERT DATA { <urn:a> <urn:b> 1 }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "modify": "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "drop": "DROP DEFAULT",
    "create": "CREATE GRAPH <urn:g>",
    "load": "LOAD <{there}>",
    "load from a file": "LOAD <file:///etc/hostname>",
    "behind a prefix": "PREFIX x: <urn:x:> INSERT DATA { x:a x:b x:c }",
}
REACHES_OUT = {
    "service": "SELECT * { SERVICE <{there}> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <{there}> { ?s ?p ?o } }",
    "in small letters": "SELECT * { service <{there}> { ?s ?p ?o } }",
    "by a variable": "SELECT * { BIND(<{there}> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE <{there}> { ?s ?p ?o } } } }",
    "in a test": "ASK { FILTER EXISTS { SERVICE <{there}> { ?s ?p ?o } } }",
    "behind what looks like an IRI": "SELECT * { ?a ?b ?c FILTER(?a<?b#>'''\n) SERVICE <{there}> { ?s ?p ?o } } #'''",
    "behind a name with a hash": "SELECT * { ?s <urn:p> id:a\\# . SERVICE <{there}> { ?s ?p ?o } }",
    "with its letters by number": "SELECT * { \\u0053ERVICE <{there}> { ?s ?p ?o } }",
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> RdfStore:
    """The small graph for SPARQL."""
    made = RdfStore(tmp_path_factory.mktemp("rdf") / "store")
    made.load(small(), "a stamp")
    return made


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that must never be asked: its address, and who asked."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/there", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ("id:d1 dcterms:title ?x", TRICKY),
        ("id:d1 dcterms:issued ?x", "2023-10"),
        ("id:d1 vm:namesList ?x", ["a", "b"]),
        ("id:t1 vm:ordinal ?x", 2**62),
        ("id:t1 vm:requiresPlan ?x", True),
        ("id:g1 vm:value ?x", 5.0),
        ("id:t1 dcterms:isPartOf ?x", "urn:vanmach:id:d1"),
        ("BIND(1.5 AS ?x)", 1.5),
        ("BIND(1/0 AS ?x)", None),
    ],
)
def test_a_value_is_a_plain_one_of_its_type(store: RdfStore, pattern: str, answer: Any) -> None:
    ((value,),) = store.query(f"SELECT ?x {{ {pattern} }}").rows
    assert (value, type(value)) == (answer, type(answer))


def test_columns_are_the_variables(store: RdfStore) -> None:
    result = store.query("SELECT ?symbol ?nothing { id:d1 eli:id_local ?symbol }")
    assert result.dicts() == [{"symbol": "7/KH-UBND", "nothing": None}]
    assert store.query("SELECT ?a ?b { ?a <urn:none> ?b }").columns == ("a", "b")


def test_ask_and_construct_give_rows_too(store: RdfStore) -> None:
    assert store.query("ASK { id:d1 eli:ensures_implementation_of id:d2 }").dicts() == [{"answer": True}]
    made = store.query("CONSTRUCT { ?d dcterms:title ?s } WHERE { ?d eli:id_local ?s . FILTER(?d = id:d2) }")
    assert made.dicts() == [
        {"subject": "urn:vanmach:id:d2", "predicate": "http://purl.org/dc/terms/title", "object": "12-CT/TW"}
    ]
    assert len(store.query("DESCRIBE id:a1").rows) == 5


def test_the_vocabulary_can_be_asked(store: RdfStore) -> None:
    rows = store.query('SELECT ?vi { vm:GIAO rdfs:label ?vi FILTER(LANG(?vi) = "vi") }').rows
    assert rows == (("quan hệ: giao",),)


HOSTILE = [TRICKY, '" } SERVICE <urn:x> { ?a ?b ?c', "\\", "$x", "'", "a\x00b", "🇻🇳", "service", "\n\r"]


@pytest.mark.parametrize("value", [*HOSTILE, True, 2**62, -1, 1.5])
def test_a_parameter_is_data(store: RdfStore, value: Any) -> None:
    assert store.query("SELECT ?y { BIND($x AS ?y) }", {"x": value}).rows == ((value,),)


def test_a_parameter_stands_only_where_code_is() -> None:
    query = """SELECT ("$a" AS ?x) ('$a' AS ?y) { ?s <urn:$a> $a ; id:b\\$a ?o # $a\n }"""
    assert used_parameters(query) == ["a"]
    assert with_parameters(query, {"a": 1}).count('"1"^^') == 1


def test_a_parameter_that_is_left_out_is_an_unbound_variable(store: RdfStore) -> None:
    assert store.query("SELECT ?y { BIND(COALESCE($x, 1) AS ?y) }", {"x": None}).rows == ((1,),)


def test_a_parameter_that_no_literal_can_hold_is_told(store: RdfStore) -> None:
    with pytest.raises(QueryParameterError, match="x is"):
        store.query("SELECT ?y { BIND($x AS ?y) }", {"x": object()})


@pytest.mark.parametrize("sparql", WRITES.values(), ids=WRITES)
def test_a_write_is_refused(store: RdfStore, listener: tuple[str, list[str]], sparql: str) -> None:
    before = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    with pytest.raises(QueryRefused):
        store.query(sparql.replace("{there}", listener[0]))
    assert store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == before
    assert listener[1] == []


@pytest.mark.parametrize("sparql", REACHES_OUT.values(), ids=REACHES_OUT)
def test_asking_another_server_is_refused(store: RdfStore, listener: tuple[str, list[str]], sparql: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        store.query(sparql.replace("{there}", listener[0]))
    assert listener[1] == []


def test_a_dataset_is_never_fetched(store: RdfStore, listener: tuple[str, list[str]]) -> None:
    assert store.query(f"SELECT * FROM <{listener[0]}> {{ ?s ?p ?o }}").rows == ()
    assert listener[1] == []


@pytest.mark.parametrize(
    ("sparql", "place"),
    [
        ("SELECT * {", "line 1, column 11"),
        ("SELECT ?x\nWHER { ?x ?y ?z }", "line 2"),
        ("hello", "line 1"),
        ("", "line 1"),
    ],
)
def test_a_wrong_query_is_told_where_it_is_wrong(store: RdfStore, sparql: str, place: str) -> None:
    with pytest.raises(QuerySyntaxError, match=place) as caught:
        store.query(sparql)
    assert "\n" not in str(caught.value)


def test_as_many_rows_as_the_limit_are_given(store: RdfStore) -> None:
    sparql = "SELECT ?s { ?s ?p ?o } LIMIT 10"
    assert len(store.query(sparql, limits=Limits(rows=10)).rows) == 10
    with pytest.raises(QueryLimit, match="9 rows"):
        store.query(sparql, limits=Limits(rows=9))


def test_a_query_that_takes_too_long_is_ended(store: RdfStore) -> None:
    started = time.monotonic()
    with pytest.raises(QueryLimit, match=r"1 seconds"):
        store.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", limits=Limits(seconds=1))
    assert time.monotonic() - started < 10


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux bounds a process's memory")
def test_a_query_that_takes_too_much_memory_is_ended(store: RdfStore) -> None:
    everything = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
    with pytest.raises(QueryLimit, match="memory"):
        store.query(f"SELECT DISTINCT ?a ?c ?d ?f ?g ?i ?j ?l {{ {everything} }} ORDER BY ?c")
    assert store.query("ASK {}").rows == ((True,),), "the next query is answered"


def test_a_store_knows_what_it_was_made_of(tmp_path: Path) -> None:
    store = RdfStore(tmp_path / "rdf")
    assert store.stamp is None
    store.load(small(), "first")
    assert RdfStore(tmp_path / "rdf").stamp == "first"
    store.load(Graph(), "second")
    assert (store.stamp, store.query("SELECT ?d { ?d a eli:LegalResource }").rows) == ("second", ())


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        RdfStore(tmp_path / "none").query("ASK {}")
    assert "\n" not in str(caught.value)


# Query files

FILE = """\
# name: q
# doc: Documents.
# param: symbol  of the document
# returns: id{more}
SELECT * {{ ?d eli:id_local $symbol ; dcterms:identifier ?id }}
"""


def test_a_file_of_ones_own(store: RdfStore, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(FILE.format(more=""), "utf-8")
    assert ask_sparql(store, str(path), {"symbol": "7/KH-UBND"}).dicts() == [{"id": "d1"}]
    with pytest.raises(QueryParameterError, match="symbol is missing"):
        ask_sparql(store, str(path))
    path.write_text("SELECT ?id { ?d eli:id_local $symbol ; dcterms:identifier ?id }", "utf-8")
    assert ask_sparql(store, str(path), {"symbol": "7/KH-UBND"}).dicts() == [{"id": "d1"}]


def test_rows_are_folded_as_the_header_says(store: RdfStore, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    values = '(1 "b" 1 2) (1 "a" 1 3) (1 "b" 1 2) (2 UNDEF UNDEF UNDEF)'
    path.write_text(
        "# name: q\n# doc: Folding.\n# returns: id, all[], few[n], one[1], pair[x, y]\n"
        "SELECT ?id ?all (?all AS ?few) (?all AS ?one) ?pair_x ?pair_y "
        f"{{ VALUES (?id ?all ?pair_x ?pair_y) {{ {values} }} }}",
        "utf-8",
    )
    assert ask_sparql(store, str(path)).dicts() == [
        {"id": 1, "all": ["b", "a"], "few": 2, "one": "b", "pair": [{"x": 1, "y": 2}, {"x": 1, "y": 3}]},
        {"id": 2, "all": [], "few": 0, "one": None, "pair": [{"x": None, "y": None}]},
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * {}", "name:` is missing"),
        (FILE.format(more=", [a]"), "names no column"),
        (FILE.replace("$symbol", "?symbol").format(more=""), "'symbol' is not used"),
        (FILE.replace("# param: symbol  of the document\n", "").format(more=""), "symbol is not declared"),
    ],
)
def test_a_wrong_header_is_told(text: str, says: str) -> None:
    with pytest.raises(QueryFileError, match=says):
        parse(text, "q.rq")


def test_a_column_that_the_query_does_not_give_is_told(store: RdfStore, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(FILE.format(more=", other"), "utf-8")
    with pytest.raises(QueryFileError, match="gives no other"):
        ask_sparql(store, str(tmp_path / "q.rq"), {"symbol": "x"})


@pytest.mark.parametrize(
    ("query", "says"), [("units_implement", "did you mean units_implementing"), ("none.rq", "No such file")]
)
def test_a_query_that_is_not_there_is_told(store: RdfStore, query: str, says: str) -> None:
    with pytest.raises(QueryFileError, match=says):
        ask_sparql(store, query)
