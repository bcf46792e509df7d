"""`vanmach serve --bolt`: the official driver asks the embedded store, and can do nothing but ask unless it may."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.bolt import BoltStore
from graph.embedded import EmbeddedStore
from graph.errors import QueryRefused, QuerySyntaxError, StoreError, WorkspaceBusy
from graph.model import Graph
from graph.serving import Account
from ingest.build import Stored, build
from ingest.holding import served
from ingest.record import load
from ingest.workspace import Workspace
from tests.command import vanmach
from tests.query_graph import query_graph
from tests.served import PASSWORD, ROOT, Served, free_port, serving
from tests.store_graph import TRICKY, same, small
from tests.test_same_answers import agree, questions
from tests.test_store_queries import REACHES_OUT, WRITES

EXAMPLES = ROOT / "examples"
MORE_WRITES = {
    "many at once": "UNWIND range(1, 50000) AS x CREATE (:Document {id: toString(x)})",
    "an edge": "MATCH (a:Document), (b:Document) MERGE (a)-[:CAN_CU]->(b)",
    "an edge's property": "MATCH ()-[r:THUC_HIEN]->() SET r.quote = 'x'",
    "no edge": "MATCH ()-[r:THUC_HIEN]->() DELETE r",
    "a map": "MATCH (n:Document) SET n += {title: 'x'}",
    "another label": "MATCH (n:Document) SET n:Agency",
    "a new label": "CREATE (:Other {x: 1})",
    "in a merge": "MERGE (n:Document {symbol: '21-CT/TW'}) ON MATCH SET n.title = 'x'",
    "in a foreach": "MATCH (n:Document) FOREACH (x IN [n] | SET x.title = 'x')",
    "in a subquery": "MATCH (n:Document) CALL (n) { SET n.title = 'x' }",
    "behind a union": "MATCH (n:Document) RETURN n.id AS id UNION CREATE (m:Document {id: 'x'}) RETURN m.id AS id",
    "in a test": "RETURN EXISTS { CREATE (:Document {id: 'x'}) RETURN 1 } AS x",
    "no index": "DROP INDEX `Document[symbol]`",
    "an index of edges": "CREATE INDEX more FOR ()-[r:THUC_HIEN]-() ON (r.quote)",
    "a constraint": "CREATE CONSTRAINT more FOR (n:Document) REQUIRE n.id IS NOT NULL",
    "no constraint": "DROP CONSTRAINT `Document[id]`",
    "a procedure of the engine": "CALL merge.node(['Document'], {id: 'x'}) YIELD node RETURN node",
}
HARMLESS = {"running queries", "users"}  # the plugin answers these itself, and tells of nobody else


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, ingested."""
    place = tmp_path_factory.mktemp("serving") / "workspace"
    assert vanmach("ingest", EXAMPLES, "-w", place).code == 0
    return place


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workspace of one document, which a test may harm."""
    place = tmp_path / "workspace"
    assert vanmach("ingest", EXAMPLES / "trung-uong", "-w", place).code == 0
    return place


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[Served]:
    with serving(workspace) as server:
        yield server


@pytest.fixture(scope="module")
def driver(server: Served) -> Iterator[neo4j.Driver]:
    """Neo4j's own driver, with nothing of ours between."""
    with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", PASSWORD)) as driver:
        yield driver


def in_order(workspace: Path) -> Graph:
    """The graph of a workspace's records, read while another process holds it."""
    records = {path.parent.name: load(path) for path in workspace.glob("documents/*/record.json")}
    texts = {id_: (workspace / "documents" / id_ / "text.txt").read_text("utf-8") for id_ in records}
    return build({id_: Stored(record, texts[id_]) for id_, record in records.items()})


def count(driver: neo4j.Driver) -> int:
    return int(driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"])


def test_the_official_driver_asks(driver: neo4j.Driver) -> None:
    cypher = (
        "MATCH (d:Document {symbol: $symbol})<-[r:THUC_HIEN]-(lower) RETURN d, r, lower.symbol AS lower ORDER BY lower"
    )
    records = driver.execute_query(cypher, symbol="21-CT/TW", routing_=neo4j.RoutingControl.READ).records
    assert {record["lower"] for record in records} == {"75-CTr/TU", "89-KH/TU"}
    assert records[0]["d"].labels == {"Document"}
    assert records[0]["d"]["issued_on"] == "2023-05-04"
    assert records[0]["r"].type == "THUC_HIEN"
    assert isinstance(records[0]["r"]["confidence"], float)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("database", [None, "neo4j", "graph"])
def test_it_is_found_by_every_name_that_tools_use(server: Served, scheme: str, database: str | None) -> None:
    uri = server.uri.replace("bolt", scheme)
    with (
        neo4j.GraphDatabase.driver(uri, auth=("neo4j", PASSWORD)) as driver,
        driver.session(database=database) as asked,
    ):
        assert asked.execute_read(lambda t: t.run("RETURN $x AS x", x=TRICKY).single(strict=True)["x"]) == TRICKY


@pytest.mark.parametrize("cypher", [*WRITES.values(), *MORE_WRITES.values()], ids=[*WRITES, *MORE_WRITES])
def test_a_write_is_refused(driver: neo4j.Driver, cypher: str) -> None:
    with driver.session() as session:
        with pytest.raises(Neo4jError):
            session.run(cypher).consume()
        with pytest.raises(Neo4jError):
            session.execute_write(lambda transaction: transaction.run(cypher).consume())


def test_whatever_was_tried_the_graph_is_what_it_was(server: Served, driver: neo4j.Driver, workspace: Path) -> None:
    indexes = [record["name"] for record in driver.execute_query("SHOW INDEXES").records]
    for cypher in (*WRITES.values(), *MORE_WRITES.values()):
        for how in ("", "EXPLAIN ", "PROFILE "):
            with suppress(Neo4jError), driver.session() as session:
                session.run(how + cypher).consume()
    assert [record["name"] for record in driver.execute_query("SHOW INDEXES").records] == indexes
    with BoltStore(server.uri, "neo4j", PASSWORD) as store:
        same(store, in_order(workspace))


@pytest.mark.parametrize("cypher", [c for name, c in REACHES_OUT.items() if name not in HARMLESS])
def test_reaching_out_of_the_graph_is_refused(driver: neo4j.Driver, cypher: str) -> None:
    with pytest.raises(Neo4jError):
        driver.execute_query(cypher, where="file:///etc/hostname")


@pytest.mark.parametrize("cypher", ["CREATE DATABASE other", "CREATE USER x SET PASSWORD 'abcdefgh'", "SHOW USERS",
                                    "ALTER USER neo4j SET PASSWORD 'abcdefgh'", "SHOW SETTINGS"])  # fmt: skip
def test_what_is_the_servers_is_out_of_reach(driver: neo4j.Driver, cypher: str) -> None:
    with pytest.raises(Neo4jError):
        driver.execute_query(cypher)


@pytest.mark.parametrize("database", ["other", "../documents", ".server"])
def test_there_is_no_other_database(driver: neo4j.Driver, database: str) -> None:
    with pytest.raises(Neo4jError, match="not allowed"):
        driver.execute_query("RETURN 1", database_=database)


@pytest.mark.parametrize(
    "auth", [None, ("neo4j", "wrong password"), ("neo4j", ""), ("root", PASSWORD), ("vanmach", PASSWORD), ("", "")]
)
def test_nobody_asks_without_the_password(server: Served, auth: tuple[str, str] | None) -> None:
    with neo4j.GraphDatabase.driver(server.uri, auth=auth) as driver, pytest.raises((AuthError, DriverError)):
        driver.verify_connectivity()


def sockets(pid: int) -> set[str]:
    """The inodes of the sockets that a process holds."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # the process closes files while they are listed
            if match := re.fullmatch(r"socket:\[(\d+)\]", str(link.readlink())):
                inodes.add(match[1])
    return inodes


@pytest.mark.skipif(sys.platform != "linux", reason="looks into Linux's /proc")
def test_one_port_of_this_machine_is_open_and_no_other(server: Served) -> None:
    pid = server.process.pid
    inodes = sockets(pid)
    listening = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == "0A" and rest[5] in inodes:
                listening.add(local)
    loopback = {"0100007F", "0000000000000000FFFF00000100007F"}  # 127.0.0.1, also as IPv6 writes it
    assert {tuple(local.split(":")) for local in listening} <= {(a, f"{server.port:04X}") for a in loopback}
    assert len(listening) == 1


def test_the_passwords_are_nowhere_to_be_read(server: Served, workspace: Path) -> None:
    own = served(workspace)
    assert own is not None and own.password not in repr(own)
    assert PASSWORD not in repr(Account("neo4j", PASSWORD))
    holding = []
    for path in workspace.rglob("*"):
        text = path.read_bytes() if path.is_file() else b""
        assert PASSWORD.encode() not in text, path
        if own.password.encode() in text:
            holding.append(path)
    assert [path.parent.name for path in holding] == ["holders"]
    assert stat.S_IMODE(holding[0].stat().st_mode) == 0o600
    line = subprocess.run(
        ["ps", "-p", str(server.process.pid), "-o", "args="], capture_output=True, text=True, check=True
    )
    assert PASSWORD not in line.stdout and own.password not in line.stdout


def test_a_command_asks_the_process_that_serves(server: Served, workspace: Path) -> None:
    with pytest.raises(WorkspaceBusy, match="another process"):
        EmbeddedStore(workspace / "store")  # so it is not read beside it
    done = vanmach("units", "21-CT/TW", "--level", "huyện", "--format", "json", "-w", workspace)
    assert "120-kh-ubnd-2023-10-05-f6d9906a0b" in {id_ for row in done.json for id_ in row["documents"]}


def test_a_correction_that_the_served_graph_does_not_know_is_told(own: Path) -> None:
    with serving(own):
        assert vanmach("documents", "-w", own).err == ""
        (own / "corrections.yaml").write_text("{}", "utf-8")
        done = vanmach("documents", "-w", own)
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert "corrections.yaml has changed since; start the process that serves the graph anew" in done.err
    assert vanmach("documents", "-w", own).out == done.out


@pytest.mark.parametrize("arguments", [["ingest", EXAMPLES], ["rebuild"], ["push", "bolt://localhost:1"]])
def test_a_command_that_needs_the_documents_names_the_process(
    server: Served, workspace: Path, arguments: list[str | Path]
) -> None:
    done = vanmach(*arguments, "-w", workspace, VANMACH_NEO4J_PASSWORD="x")
    assert done.code == 1
    assert f"{workspace} is in use by process {server.process.pid} (" in done.err
    assert PASSWORD not in done.err


def test_the_same_answers_as_networkx(tmp_path: Path) -> None:
    Workspace(tmp_path / "w", create=True).close()
    assert vanmach("rebuild", "-w", tmp_path / "w").code == 0
    graph = query_graph()
    with EmbeddedStore(tmp_path / "w" / "store") as store:
        store.load(graph)
    with serving(tmp_path / "w") as server, BoltStore(server.uri, "neo4j", PASSWORD) as store:
        same(store, graph)
        for name, asked in questions(graph, most=100):
            agree(store, graph, name, asked)
        with pytest.raises(QueryRefused, match="a query may only read the graph"):
            store.query("MATCH (n) DETACH DELETE n")
        with pytest.raises(QuerySyntaxError, match="line 1, column 20"):
            store.query("MATCH (n:Document) WHER n.id = 1 RETURN n")
        with pytest.raises(StoreError, match="filled by ingesting"):
            store.load(small())


def test_an_end_leaves_nothing_behind(own: Path) -> None:
    with serving(own) as server:
        assert [path.name for path in (own / "store").glob(".server*")] == [".server"]
    assert server.process.returncode == 0
    assert list((own / "holders").iterdir()) == []
    assert not (own / "store" / ".server").exists()


def test_a_server_that_was_killed_holds_nobody_up(own: Path) -> None:
    with serving(own) as server:
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(timeout=60)
        assert vanmach("documents", "-w", own).code == 0
        assert vanmach("ingest", EXAMPLES / "quang-tri", "-w", own).code == 0
    assert list((own / "holders").iterdir()) == []


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_who_may_write_writes_and_it_is_kept(own: Path, end: signal.Signals) -> None:
    with serving(own, "--write") as server:
        with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", PASSWORD)) as driver:
            driver.execute_query("CREATE (:Document {id: 'theirs', symbol: '1/KH'}) CREATE (:Note {text: 'x'})")
            for cypher in REACHES_OUT.values():
                if "CSV" in cypher:
                    with pytest.raises(Neo4jError):
                        driver.execute_query(cypher, where="file:///etc/hostname")
        seen = vanmach(
            "query", "MATCH (d:Document {id: 'theirs'}) RETURN d.symbol AS symbol", "-w", own, "--format", "csv"
        )
        assert seen.out == "symbol\n1/KH\n"
        for cypher in WRITES.values():
            done = vanmach("query", cypher, "-w", own)
            assert (done.code, done.out) == (1, ""), "a command of vanmach never writes"
        server.process.send_signal(end)
        server.process.wait(timeout=60)
    assert "theirs" in vanmach("documents", "--format", "json", "-w", own).out
    assert vanmach("rebuild", "-w", own).code == 0
    assert "theirs" not in vanmach("documents", "--format", "json", "-w", own).out


def test_a_server_that_can_be_written_is_not_asked_by_its_address(own: Path) -> None:
    with serving(own, "--write") as server:
        done = vanmach("-w", server.uri, "documents", VANMACH_NEO4J_PASSWORD=PASSWORD)
    assert (done.code, done.out) == (1, "")
    assert "name the workspace's folder with -w" in done.err


LIMITED = """
import sys
from pathlib import Path
from graph.embedded import EmbeddedStore
from graph.serving import Account, BoltServer
from graph.store import Limits
with BoltServer(Path(sys.argv[1]), [Account("neo4j", "a password")], int(sys.argv[2]), Limits(seconds=1)):
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_a_query_that_takes_too_long_is_given_up(own: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-c", LIMITED, str(own / "store"), str(port)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", "a password")) as driver:
            with pytest.raises(Neo4jError, match="1000ms"):
                driver.execute_query("UNWIND range(1, 1000000) AS x UNWIND range(1, 10000) AS y RETURN count(*)")
            with pytest.raises(Neo4jError, match="heap"):
                driver.execute_query("UNWIND range(1, 1000000) AS x RETURN size(collect(range(1, 1000000)))")
            assert count(driver) > 0
        process.kill()


@pytest.mark.parametrize(
    ("arguments", "password", "says"),
    [
        (["--write"], PASSWORD, "--write is for --bolt"),
        (["--bolt", "--host", "0.0.0.0"], PASSWORD, "--bolt serves this machine alone — leave --host out"),
        (["--host", "0.0.0.0"], None, "no password for everybody who asks — set VANMACH_SERVE_PASSWORD"),
        ([], "ngắn", "the password has fewer than 8 characters — choose a longer one"),
        (["--host", "192.0.2.1"], PASSWORD, "192.0.2.1, port 8080: "),
        (["--bolt"], None, "no password for the user neo4j — set VANMACH_SERVE_PASSWORD"),
        (["--bolt"], "ngắn", "the password has fewer than 8 characters — choose a longer one"),
        (["--bolt", "-w", "no-such-folder"], PASSWORD, "no workspace in no-such-folder"),
        (["--bolt", "-w", "bolt://localhost"], PASSWORD, "bolt://localhost:7687 holds the graph, not the documents"),
    ],
)
def test_what_is_missing_is_one_line(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], password: str | None, says: str
) -> None:
    monkeypatch.delenv("VANMACH_SERVE_PASSWORD", raising=False)
    done = vanmach("serve", *arguments, **({} if password is None else {"VANMACH_SERVE_PASSWORD": password}))
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith(f"vanmach: {says}")
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_a_port_that_is_taken_is_named(server: Served, own: Path) -> None:
    command = [sys.executable, "-m", "vanmach", "serve", "--bolt", "--port", str(server.port), "-w", str(own)]
    environment = {**os.environ, "VANMACH_SERVE_PASSWORD": PASSWORD}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    says = f"vanmach: port {server.port} of this machine is in use — name another with --port\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", says)
    assert json.loads((own / "store" / "loaded.json").read_text("utf-8"))["Document"] > 0
    assert vanmach("documents", "-w", own).code == 0
