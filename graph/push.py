"""A graph onto a Neo4j server by its differences: what is there and right is not written again.

What the server holds is read first, nodes and then edges, and only what differs is written, in batches that are one
transaction each. So a push that was broken off goes on with the rest when it is called again, and a second push of the
same graph writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from neo4j import ManagedTransaction, Session, SummaryCounters

from graph.cypher_script import definitions
from graph.errors import StoreError
from graph.model import Graph
from graph.rows import EDGE_KEY, EdgeRow, edge_rows, node_rows
from graph.schema import Value, schema
from graph.store import Progress

LOADING = "VanmachLoading"
"""Label of the node that is there from the first thing that a push writes until its end."""

_BATCH = 5_000  # rows in one transaction

_Ends = tuple[str, str]  # labels of an edge's ends
_Identity = tuple[str, Value, str]  # an edge by the ids of its ends and its key between them


@dataclass(slots=True)
class Written:
    """What Neo4j's own counters say that a push wrote; the node that marks a push is not counted.

    `created` and `deleted` are nodes and edges, `properties` those that were set (on new ones too), `definitions`
    constraints and indexes.
    """

    created: int = 0
    deleted: int = 0
    properties: int = 0
    definitions: int = 0

    def add(self, counters: SummaryCounters) -> None:
        self.created += counters.nodes_created + counters.relationships_created
        self.deleted += counters.nodes_deleted + counters.relationships_deleted
        self.properties += counters.properties_set
        self.definitions += counters.constraints_added + counters.indexes_added

    def __bool__(self) -> bool:
        return any((self.created, self.deleted, self.properties, self.definitions))


def push(session: Session, graph: Graph, progress: Progress | None = None) -> Written:
    """Make a database hold the graph: the nodes with a label of the model, and the edges of its types among them.

    Args:
        session: of that database; it may write.
        progress: told of nodes and edges that are right, found so or made so.

    Raises:
        StoreError: somebody else changes the same graph meanwhile.
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: as the driver raises them.
    """
    total = graph.nx.number_of_nodes() + graph.nx.number_of_edges()
    return _Push(session, total, progress or (lambda done, total: None)).run(graph)


class _Push:
    """One push; `written` counts what it has written so far."""

    def __init__(self, session: Session, total: int, progress: Progress) -> None:
        self.written = Written()
        self._session = session
        self._total = total
        self._progress = progress
        self._right = 0
        self._told = 0
        self._marked = False

    def run(self, graph: Graph) -> Written:
        for statement in definitions():
            self.written.add(self._session.run(statement).consume().counters)
        if self.written.definitions:
            self._session.run("CALL db.awaitIndexes(600)").consume()
        self._marked = next(self._read(f"MATCH (n:{LOADING}) RETURN count(n) > 0"))[0]
        self._nodes(node_rows(graph))
        rows = edge_rows(graph)
        for type_ in schema().edges:
            self._edges(type_, {(a, b): found for (a, its_type, b), found in rows.items() if its_type == type_})
        self._tell()
        if self._marked:
            self._session.run(f"MATCH (n:{LOADING}) DELETE n").consume()
        return self.written

    def _nodes(self, rows: Mapping[str, list[dict[str, Value]]]) -> None:
        missing = {(label, row["id"]): row for label, found in rows.items() for row in found}
        wrong: dict[str, list[dict[str, Value]]] = {}
        gone: list[str] = []
        there = (
            f"MATCH (n:{_any_label()}) "
            f"RETURN elementId(n), [label IN labels(n) WHERE label IN {list(schema().nodes)}], properties(n)"
        )
        for element, labels, properties in self._read(there):
            row = missing.pop((labels[0], properties.get("id")), None) if len(labels) == 1 else None
            if row is None:
                gone.append(element)
            elif _same(properties, row):
                self._advance(1)
            else:
                wrong.setdefault(labels[0], []).append(row)
        self._remove("UNWIND $rows AS id MATCH (n) WHERE elementId(n) = id DETACH DELETE n", gone)
        for label, found in wrong.items():
            self._put(f"UNWIND $rows AS row MATCH (n:`{label}` {{id: row.id}}) SET n = row", found)
        for label in rows:
            new = [row for (its_label, _), row in missing.items() if its_label == label]
            self._put(f"UNWIND $rows AS row CREATE (n:`{label}`) SET n = row", new)

    def _edges(self, type_: str, rows: Mapping[_Ends, list[EdgeRow]]) -> None:
        missing: dict[_Identity, tuple[_Ends, EdgeRow]] = {
            (row.source, row.properties[EDGE_KEY], row.target): (ends, row)
            for ends, found in rows.items()
            for row in found
        }
        wrong: list[dict[str, Any]] = []
        gone: list[str] = []
        there = (
            f"MATCH (a:{_any_label()})-[r:`{type_}`]->(b:{_any_label()}) RETURN elementId(r), a.id, b.id, properties(r)"
        )
        for element, source, target, properties in self._read(there):
            _, row = missing.pop((source, properties.get(EDGE_KEY), target), (None, None))
            if row is None:  # not of this graph, or there twice
                gone.append(element)
            elif _same(properties, row.properties):
                self._advance(1)
            else:
                wrong.append({"id": element, "properties": dict(row.properties)})
        self._remove("UNWIND $rows AS id MATCH ()-[r]->() WHERE elementId(r) = id DELETE r", gone)
        self._put("UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row.id SET r = row.properties", wrong)
        for source, target in rows:
            new = [row for ends, row in missing.values() if ends == (source, target)]
            self._put(
                f"UNWIND $rows AS row MATCH (a:`{source}` {{id: row.source}}) MATCH (b:`{target}` {{id: row.target}}) "
                f"CREATE (a)-[r:`{type_}`]->(b) SET r = row.properties",
                [{"source": e.source, "target": e.target, "properties": dict(e.properties)} for e in new],
            )

    def _read(self, cypher: str) -> Iterator[tuple[Any, ...]]:
        for row in self._session.run(cypher):
            yield tuple(row.values())

    def _put(self, cypher: str, rows: list[Any]) -> None:
        """Make these rows right, each of which the statement must find its place for."""
        for part in _batches(rows):
            if self._write(f"{cypher} RETURN count(*) AS found", part) != len(part):
                raise StoreError("somebody else changes the graph on the server meanwhile", "push it again")
            self._advance(len(part))
        self._tell()

    def _remove(self, cypher: str, ids: list[str]) -> None:
        for part in _batches(ids):
            self._write(f"{cypher} RETURN count(*) AS found", part)

    def _write(self, cypher: str, rows: list[Any]) -> int:
        """Run in one transaction, again after an error that passes (a lock, a change of leader); what it found."""
        if not self._marked:
            self._session.run(f"MERGE (:{LOADING})").consume()
            self._marked = True
        found, counters = self._session.execute_write(lambda transaction: _run(transaction, cypher, rows))
        self.written.add(counters)
        return found

    def _advance(self, number: int) -> None:
        self._right += number
        if self._right - self._told >= _BATCH:
            self._tell()

    def _tell(self) -> None:
        if self._right > self._told:
            self._told = self._right
            self._progress(self._right, self._total)


def _run(transaction: ManagedTransaction, cypher: str, rows: list[Any]) -> tuple[int, SummaryCounters]:
    result = transaction.run(cypher, rows=rows)
    return result.single(strict=True)["found"], result.consume().counters


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _any_label() -> str:
    return "|".join(f"`{label}`" for label in schema().nodes)


def _same(there: Mapping[str, Any], wanted: Mapping[str, Value]) -> bool:
    """Whether the server's properties are those of the graph, down to their types (5 is not 5.0, nor 1 true)."""
    return there.keys() == wanted.keys() and all(_typed(there[name]) == _typed(wanted[name]) for name in wanted)


def _typed(value: Any) -> Any:
    return list(value) if isinstance(value, (list, tuple)) else (type(value), value)
