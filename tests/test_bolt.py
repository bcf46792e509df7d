"""What only a store behind Bolt can go wrong in: addresses, connections, the content of others."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph.bolt import BoltStore
from graph.errors import StoreError
from tests.conftest import Neo4jAddress
from tests.fetched import Unavailable
from tests.neo4j.server import running
from tests.store_graph import same, small

pytestmark = pytest.mark.neo4j


@pytest.mark.parametrize("uri", ["bolt://127.0.0.1:{port}", "neo4j://127.0.0.1:{port}"])
def test_no_server_there_is_one_line_with_a_hint(uri: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        uri = uri.format(port=probe.getsockname()[1])
    with pytest.raises(StoreError, match="does not answer") as caught:
        BoltStore(uri)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("uri", ["http://127.0.0.1", "127.0.0.1:7687", "", "bolt://"])
def test_a_wrong_address_is_one_line(uri: str) -> None:
    with pytest.raises(StoreError) as caught:
        BoltStore(uri)
    assert "\n" not in str(caught.value)


@pytest.fixture
def store(neo4j_address: Neo4jAddress) -> Iterator[BoltStore]:
    with BoltStore(neo4j_address.uri, neo4j_address.user, neo4j_address.password) as store:
        store.load(small())
        yield store


@pytest.fixture
def session(neo4j_address: Neo4jAddress) -> Iterator[neo4j.Session]:
    """The server's back door, as another program would use it."""
    auth = (neo4j_address.user, neo4j_address.password) if neo4j_address.user else None
    with neo4j.GraphDatabase.driver(neo4j_address.uri, auth=auth) as driver, driver.session() as session:
        yield session


def test_a_database_that_is_not_there_is_named(neo4j_address: Neo4jAddress) -> None:
    address = neo4j_address
    with (
        BoltStore(address.uri, address.user, address.password, "no-such-database") as store,
        pytest.raises(StoreError, match="no-such-database"),
    ):
        store.counts()


def test_what_others_keep_in_the_database_stays(store: BoltStore, session: neo4j.Session) -> None:
    session.run("CREATE (:Foreign {id: 'd1'})").consume()
    try:
        store.load(small())
        assert store.query("MATCH (n:Foreign) RETURN n.id").rows == (("d1",),)
    finally:
        session.run("MATCH (n:Foreign) DELETE n").consume()


def test_a_load_changes_back_what_others_changed(store: BoltStore, session: neo4j.Session) -> None:
    session.run("MATCH (n:Document {id: 'd1'}) SET n.title = 'x', n.extra = 1").consume()
    session.run("MATCH ()-[r:GIAO]->() SET r.role = 'theo dõi'").consume()
    session.run("CREATE (:Document {title: 'without an id'})-[:THUC_HIEN]->(:Task {id: 'more'})").consume()
    store.load(small())
    same(store, small())


def test_the_model_is_indexed(store: BoltStore, session: neo4j.Session) -> None:
    plan = (
        session.run("EXPLAIN MATCH (n:Document {id: 'd1'})<-[:CAN_CU]-(m:Document {symbol: 'x'}) RETURN n")
        .consume()
        .plan
    )
    assert "NodeUniqueIndexSeek" in str(plan) or "NodeIndexSeek" in str(plan)


def test_a_server_with_a_password_and_its_end(tmp_path: Path) -> None:
    password = "một mật khẩu dài"
    try:
        with running(tmp_path, authentication=True) as uri:
            with neo4j.GraphDatabase.driver(uri, auth=("neo4j", "neo4j")) as driver:
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $x", x=password, database_="system"
                )
            for user, wrong in (("neo4j", "another"), ("nobody", password), ("", "")):
                with pytest.raises(StoreError, match="refuses the name or the password") as caught:
                    BoltStore(uri, user, wrong)
                assert password not in str(caught.value)
            store = BoltStore(uri, "neo4j", password)
            store.load(small())
            same(store, small())
    except Unavailable as reason:
        pytest.skip(str(reason))
    with pytest.raises(StoreError, match="does not answer"):
        store.counts()
    store.close()


def test_the_driver_prints_no_advice(neo4j_address: Neo4jAddress) -> None:
    code = """
import sys
from graph.bolt import BoltStore
with BoltStore(*sys.argv[1:]) as store:
    print(store.query("MATCH (n:Nobody) CALL { RETURN 1 AS x } RETURN n.y").rows)
"""
    command = [sys.executable, "-c", code, neo4j_address.uri, neo4j_address.user, neo4j_address.password]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "()\n", "")
