"""A store behind Bolt: Neo4j 5, where one machine is not enough or people want Neo4j Browser."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from types import TracebackType
from typing import Any, Self

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, Query, Session
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

from graph.arcade import placed
from graph.errors import (
    QueryLimit,
    QueryParameterError,
    QueryRefused,
    QuerySyntaxError,
    StoreError,
    VanmachError,
)
from graph.model import Graph
from graph.push import LOADING, Written, push
from graph.schema import schema
from graph.store import STANDARD_LIMITS, Limits, Progress, Result
from graph.watch import too_slow, watched

# What a query may call besides reading the graph; every other procedure may reach the server, its files or the network.
_HARMLESS_PROCEDURES = {
    "db.labels",
    "db.propertyKeys",
    "db.relationshipTypes",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
    "db.schema.visualization",
    "db.index.fulltext.queryNodes",
    "db.index.fulltext.queryRelationships",
}
# Operators of a plan that look at the server instead of the graph, e.g. ShowSettings, TerminateTransactions.
_OUTSIDE = re.compile(r"LoadCSV|Show(?!Indexes|Constraints)|Terminate|Administration|.*Command")
_ADDRESS = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://\S")  # "neo4j+s://graph.example.vn:7687"
_EXPLAIN = "EXPLAIN "

# The driver logs the server's advice on queries; without a handler Python would print it on the console.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class BoltStore:
    """A `graph.store.Store` on a server; the nodes with this project's labels in that database are its own.

    Args:
        uri: "bolt://host:7687", "neo4j://…", with TLS "neo4j+s://…".
        user, password: empty for a server without authentication.
        database: name of the database; None for the user's own.
        guarded: the server itself lets this user only read the graph (`graph.serving`), so that queries need not be
            looked through.

    Raises:
        StoreError: no server there, or it refuses the name and password; or it is ArcadeDB (`vanmach serve --bolt`) and
            lets this user write, for it tells too little of a query to hold it to reading.
    """

    def __init__(
        self, uri: str, user: str = "", password: str = "", database: str | None = None, *, guarded: bool = False
    ) -> None:
        self.uri = uri
        self._user = user
        self._guarded = guarded
        if not _ADDRESS.match(uri):
            raise StoreError(f"{uri!r} is no address of a graph server", "it looks like bolt://localhost:7687")
        self._database = database
        self._driver: Driver | None = None
        with self._errors():
            self._driver = GraphDatabase.driver(
                uri,
                auth=(user, password) if user else None,
                connection_timeout=10,
                connection_acquisition_timeout=15,
                telemetry_disabled=True,
            )
            try:
                self._arcade = "ArcadeDB" in self._driver.get_server_info().agent
                if self._arcade and not guarded:
                    self._guarded = self._is_held_to_reading()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close the connections; a store may be closed twice."""
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Loading

    def load(self, graph: Graph, progress: Progress | None = None) -> None:
        """See `graph.store.Store.load`; what is there already stays, what the graph does not have goes."""
        self.push(graph, progress)

    def push(self, graph: Graph, progress: Progress | None = None) -> Written:
        """Load, and give what had to be written for it.

        Raises:
            StoreError: the connection is lost, or a value does not fit the server.
        """
        if self._arcade:
            raise StoreError(f"{self.uri} serves a workspace, which is filled by ingesting", "push to a Neo4j server")
        with self._errors(), self._session(WRITE_ACCESS) as session:
            return push(session, graph, progress)

    # Asking

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, limits: Limits = STANDARD_LIMITS
    ) -> Result:
        """See `graph.store.Store.query`."""
        return watched(lambda: self._run(cypher, dict(parameters or {}), limits), limits)

    def counts(self) -> dict[str, int]:
        """See `graph.store.Store.counts`."""
        parts = [f"MATCH (n:`{label}`) RETURN '{label}' AS name, count(n) AS found" for label in schema().nodes]
        parts += [f"MATCH ()-[r:`{type_}`]->() RETURN '{type_}' AS name, count(r) AS found" for type_ in schema().edges]
        with self._errors(), self._session(READ_ACCESS) as session:
            self._whole(session)
            return {name: found for name, found in _read(session, " UNION ALL ".join(parts)) if found}

    def _run(self, cypher: str, parameters: dict[str, Any], limits: Limits) -> Result:
        try:
            cypher.encode()
        except UnicodeEncodeError as error:  # half of a surrogate pair
            raise QuerySyntaxError(f"the query is no text: {error.reason} at character {error.start + 1}") from error
        with self._errors(limits), self._session(READ_ACCESS) as session:
            if not self._guarded:
                self._whole(session)
                plan = session.run(_query(_EXPLAIN + cypher, limits), parameters).consume()
                _check(plan.query_type, plan.plan)
            found = session.run(_query(cypher, limits), parameters)
            rows = list(islice(found, limits.rows + 1))
            if len(rows) > limits.rows:
                raise QueryLimit(f"the query gives more than {limits.rows} rows", "narrow it down, or add a LIMIT")
            return Result(tuple(found.keys()), tuple(tuple(_plain(value) for value in row.values()) for row in rows))

    def _whole(self, session: Session) -> None:
        if next(_read(session, f"MATCH (n:{LOADING}) RETURN count(n)"))[0]:
            raise StoreError(f"{self.uri}: loading the graph did not come to its end", "push it again")

    def _is_held_to_reading(self) -> bool:
        """Whether ArcadeDB refuses this user to write: it tells too little of a query to find out otherwise.

        Raises:
            StoreError: it does not; what was tried is taken back.
        """
        try:
            with self._session(WRITE_ACCESS) as session, session.begin_transaction() as transaction:
                transaction.run("CREATE (:Document)").consume()
                transaction.rollback()
        except Forbidden:
            return True
        raise StoreError(
            f"{self.uri} lets {self._user or 'everybody'} write, and a query cannot be held to reading there",
            "name the workspace's folder with -w",
        )

    def _session(self, access: str) -> Session:
        if self._driver is None:
            raise StoreError(f"{self.uri}: the store is closed")
        return self._driver.session(database=self._database, default_access_mode=access, fetch_size=1_000)

    @contextmanager
    def _errors(self, limits: Limits = STANDARD_LIMITS) -> Iterator[None]:
        try:
            yield
        except AuthError as error:
            raise StoreError(f"{self.uri} refuses the name or the password", "check both") from error
        except (ServiceUnavailable, SessionExpired) as error:
            raise StoreError(f"{self.uri} does not answer", "is the server running, and the address right?") from error
        except Neo4jError as error:
            raise _translated(error, limits) from error
        except (DriverError, ConfigurationError, ValueError, TypeError, OverflowError) as error:
            raise StoreError(f"{self.uri}: {_first_line(str(error))}") from error


def _query(cypher: str, limits: Limits) -> Query:
    return Query(cypher, timeout=limits.seconds)


def _read(session: Session, cypher: str) -> Iterator[tuple[Any, ...]]:
    for row in session.run(cypher):
        yield tuple(row.values())


def _check(query_type: str | None, plan: Mapping[str, Any] | None) -> None:
    """Refuse what the server's own plan shows to write, or to look at something else than the graph."""
    if plan is None:
        raise QueryRefused("the server does not tell how it would run a query, so it cannot be checked")
    if query_type != "r":
        raise QueryRefused(
            "a query may only read the graph: this one writes, or calls a procedure",
            "the graph is changed by ingesting",
        )
    waiting = [plan]
    while waiting:
        step = waiting.pop()
        waiting += step.get("children", ())
        operator = step["operatorType"].split("@")[0]
        if _OUTSIDE.match(operator):
            raise QueryRefused(f"a query may only read the graph: {operator} looks at something else")
        if operator == "ProcedureCall":
            # "db.labels() :: (label :: STRING)"
            name = step["args"]["Details"].split("(")[0]
            if name not in _HARMLESS_PROCEDURES:
                raise QueryRefused(f"a query may only read the graph: the procedure {name} may do more")


def _translated(error: Neo4jError, limits: Limits) -> VanmachError:
    code, said = error.code or "", _first_line(error.message or str(error))
    kind = code.removeprefix("Neo.").partition(".")[2]  # "Neo.ClientError.Statement.SyntaxError"
    if kind == "Statement.ParameterMissing":
        return QueryParameterError(said, "give it with the query")
    if kind in ("Statement.AccessMode", "Security.Forbidden") or kind.startswith("Procedure."):
        if said.startswith(("User '", "Error executing")):  # ArcadeDB's "User 'x' is not allowed to create records …"
            said = "this one writes, or reaches outside"
        # "LOAD CSV remote URLs are disabled. Set … to enable." is no advice for who asks
        return QueryRefused(f"a query may only read the graph: {said.partition('. Set ')[0]}")
    if kind in ("Statement.SyntaxError", "Statement.SemanticError", "Statement.ArgumentError"):
        return QuerySyntaxError(placed(said))
    if kind.startswith("Transaction.TransactionTimedOut") or kind == "Transaction.Terminated":
        return too_slow(limits)
    if "OutOfMemory" in kind or said.startswith("Query heap budget exceeded"):
        return QueryLimit(f"the query needs too much memory: {said}", "narrow it down")
    return StoreError(said)


def _first_line(message: str) -> str:
    """The first line of a message of the server; its place in the query is counted without "EXPLAIN "."""

    def place(match: re.Match[str]) -> str:
        line, column = int(match[1]), int(match[2])
        return f"(line {line}, column {column - len(_EXPLAIN) if line == 1 else column})"

    first = message.strip().partition("\n")[0]
    # "Variable `m` not defined (line 1, column 26 (offset: 25))"
    return re.sub(r"\(line (\d+), column (\d+) \(offset: \d+\)\)", place, first)


def _plain(value: Any) -> Any:
    """A value of a row as `graph.store.Result` promises it."""
    if isinstance(value, Node):
        return {"_label": next(iter(value.labels), ""), **{k: _plain(v) for k, v in value.items()}}
    if isinstance(value, Relationship):
        return {"_type": value.type, **{k: _plain(v) for k, v in value.items()}}
    if isinstance(value, Path):
        return {"nodes": [_plain(n) for n in value.nodes], "edges": [_plain(r) for r in value.relationships]}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (DateTime, Time)):
        return value.to_native().isoformat()
    if isinstance(value, (Date, Duration)):
        return value.iso_format()
    if isinstance(value, (list, tuple)):  # a point is a tuple
        return [_plain(inner) for inner in value]
    return value
