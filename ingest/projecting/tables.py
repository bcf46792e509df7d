"""The tables of the index as what stands in them: records, statements about documents, and what is said of agencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson

from graph.difference import EdgeId
from graph.model import Edge, Node
from graph.schema import Value
from ingest.projecting.index import Index, as_json, packed, tupled, unpacked
from ingest.resolving.agency_statements import Fact
from ingest.resolving.collectives import Member
from ingest.resolving.resolve_agencies import Implied
from ingest.resolving.statements import Statement
from ingest.resolving.successions import Succession


def digest(node: Node) -> bytes:
    """Changes with any property of a node."""
    return blake2b(as_json(dict(node.properties)), digest_size=12).digest()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the index keeps of one record.

    `own` are properties of its document that only its own text tells, `corrected` the names in the corrections that
    mean something in it, `facts` what it says of agencies, `nodes` (label, id) and `edges` what it adds to the graph,
    documents by their refs.
    """

    own: Mapping[str, Value]
    corrected: tuple[str, ...]
    facts: Mapping[tuple[str, Fact], int]
    nodes: tuple[tuple[str, str], ...]
    edges: list[EdgeId]


class Records:
    """What was kept of each record."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def put(self, id_: str, kept: Kept) -> None:
        facts = [(agency, fact, times) for (agency, fact), times in kept.facts.items()]
        edges = [list(edge) for edge in kept.edges]
        row = (as_json(kept.own), as_json(kept.corrected), packed(facts), as_json(kept.nodes), packed(edges))
        self._index.run("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", id_, *row)

    def get(self, id_: str) -> Kept | None:
        for own, corrected, facts, nodes, edges in self._index.rows(
            "SELECT own, corrected, facts, nodes, edges FROM record WHERE id = ?", id_
        ):
            return Kept(
                own=orjson.loads(own),
                corrected=tuple(orjson.loads(corrected)),
                facts={(agency, tupled(fact)): times for agency, fact, times in unpacked(facts)},
                nodes=tupled(orjson.loads(nodes)),
                edges=[EdgeId(*edge) for edge in unpacked(edges)],
            )
        return None

    def remove(self, id_: str) -> None:
        self._index.run("DELETE FROM record WHERE id = ?", id_)

    def own(self, ids: Iterable[str]) -> dict[str, Mapping[str, Value]]:
        """What only their own texts tell of some records' documents."""
        found = {}
        for id_ in ids:
            for (own,) in self._index.rows("SELECT own FROM record WHERE id = ?", id_):
                found[id_] = orjson.loads(own)
        return found


class Statements:
    """What records say of documents, each with the document that it means (None: not yet decided)."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def put(self, statements: Iterable[tuple[Statement, int, tuple[str, ...], str | None]]) -> None:
        """Keep statements, each with its place in its record, its keys, and the document that it means."""
        rows, links = [], []
        for statement, place, keys, document in statements:
            rows.append((statement.record, place, statement.ref, _written(statement), document))
            links += [(key, statement.record, place) for key in keys]
        self._index.run_all("INSERT INTO statement VALUES (?, ?, ?, ?, ?)", rows)
        self._index.run_all("INSERT OR IGNORE INTO linking VALUES (?, ?, ?)", links)

    def of(self, record: str) -> list[tuple[Statement, int, str | None]]:
        """The statements of a record in their order, each with its place and its document."""
        rows = self._index.rows(
            "SELECT place, ref, said, document FROM statement WHERE record = ? ORDER BY place", record
        )
        return [(_read(record, ref, said), place, document) for place, ref, said, document in rows]

    def refs(self, record: str) -> dict[str, str]:
        """The documents that a record speaks of, by its refs."""
        return dict(self._index.rows("SELECT ref, document FROM statement WHERE record = ?", record))

    def linked(self, key: str) -> Iterator[tuple[int, Statement, str | None]]:
        """The statements with a key, each with its place in its record and its document."""
        rows = self._index.rows(
            "SELECT record, place, ref, said, document FROM linking JOIN statement USING (record, place) WHERE key = ?",
            key,
        )
        for record, place, ref, said, document in rows:
            yield place, _read(record, ref, said), document

    def remove(self, record: str, links: Iterable[tuple[str, int]]) -> None:
        """Take out all that a record says; `links` are its keys, each with the place of a statement."""
        gone = ((key, record, place) for key, place in links)
        self._index.run_all("DELETE FROM linking WHERE key = ? AND record = ? AND place = ?", gone)
        self._index.run("DELETE FROM statement WHERE record = ?", record)

    def decide(self, record: str, place: int, document: str) -> None:
        self._index.run("UPDATE statement SET document = ? WHERE record = ? AND place = ?", document, record, place)


def _written(statement: Statement) -> bytes:
    return orjson.dumps([getattr(statement, name) for name in _SAID])


def _read(record: str, ref: str, said: bytes) -> Statement:
    label, type_, issued_on, issuer, level, place, title, inferred, cited_on, printed = orjson.loads(said)
    return Statement(
        record, ref, label, type_, issued_on, issuer, level, tuple(place), title, tuple(inferred), cited_on,
        tuple(printed),
    )  # fmt: skip


_SAID = (
    "label", "type", "issued_on", "issuer", "level", "place", "title", "inferred", "cited_on", "printed_place",
)  # fmt: skip


class Digests:
    """A digest of each node of a label, to tell whether it has changed."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def changes(self, node: Node) -> bool:
        """Whether a node is another one than was noted, which is then noted."""
        new = digest(node)
        for (old,) in self._index.rows("SELECT digest FROM document WHERE id = ?", node.id):
            if old == new:
                return False
        self.note([(node.id, new)])
        return True

    def note(self, digests: Iterable[tuple[str, bytes]]) -> None:
        self._index.run_all("INSERT OR REPLACE INTO document VALUES (?, ?)", digests)

    def forget(self, id_: str) -> None:
        self._index.run("DELETE FROM document WHERE id = ?", id_)


@dataclass(frozen=True, slots=True)
class InGraph:
    """An agency as it is in the graph: what others are told by it, a digest of its node, its places, its own edges."""

    standing: bytes
    digest: bytes
    units: tuple[str, ...]
    edges: tuple[Edge, ...]


class AgencyTables:
    """What is said of agencies (a `resolve_agencies.Ledger`), and what they are in the graph."""

    def __init__(self, index: Index) -> None:
        self._index = index

    # the ledger

    def facts(self, id_: str) -> Mapping[Fact, int]:
        rows = self._index.rows("SELECT fact, times FROM fact WHERE agency = ?", id_)
        return {tupled(orjson.loads(fact)): times for fact, times in rows}

    def implies(self, id_: str) -> Mapping[str, Implied]:
        rows = self._index.rows("SELECT agency, why FROM implied WHERE id = ?", id_)
        return {agency: _implied(orjson.loads(why)) for agency, why in rows}

    def implied_by(self, id_: str) -> Mapping[str, Implied]:
        rows = self._index.rows("SELECT id, why FROM implied WHERE agency = ?", id_)
        return {agency: _implied(orjson.loads(why)) for agency, why in rows}

    def note(self, id_: str, implied: Mapping[str, Implied]) -> None:
        self._index.run("DELETE FROM implied WHERE id = ?", id_)
        self.note_all([(id_, agency, why) for agency, why in implied.items()])

    def note_all(self, implied: Iterable[tuple[str, str, Implied]]) -> None:
        rows = ((id_, agency, orjson.dumps(why)) for id_, agency, why in implied)
        self._index.run_all("INSERT INTO implied VALUES (?, ?, ?)", rows)

    # facts

    def count(self, facts: Mapping[tuple[str, Fact], int]) -> None:
        """Add so many times of each fact to what is said; fewer than none are taken away."""
        rows = [(agency, _text(fact), times) for (agency, fact), times in facts.items() if times]
        self._index.run_all(
            "INSERT INTO fact VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times", rows
        )
        self._index.run_all(
            "DELETE FROM fact WHERE agency = ? AND fact = ? AND times <= 0", (row[:2] for row in rows if row[2] < 0)
        )

    def parts_of(self, id_: str) -> list[str]:
        """The agencies of which somebody says that they are part of one."""
        fact = _text(("parent", id_))
        sql = """SELECT agency FROM fact WHERE fact = ? AND substr(fact, 1, 9) = '["parent"'"""
        return [agency for (agency,) in self._index.rows(sql, fact)]

    # in the graph

    def get(self, id_: str) -> InGraph | None:
        for standing, its_digest, units, edges in self._index.rows(
            "SELECT standing, digest, units, edges FROM agency WHERE id = ?", id_
        ):
            return InGraph(standing, its_digest, tuple(orjson.loads(units)), tuple(map(_edge, orjson.loads(edges))))
        return None

    def put(self, agencies: Iterable[tuple[str, InGraph]]) -> None:
        rows = (
            (id_, one.standing, one.digest, orjson.dumps(one.units), orjson.dumps(list(map(_parts, one.edges))))
            for id_, one in agencies
        )
        self._index.run_all("INSERT OR REPLACE INTO agency VALUES (?, ?, ?, ?, ?)", rows)

    def remove(self, id_: str) -> None:
        self._index.run("DELETE FROM agency WHERE id = ?", id_)


class Places:
    """For how many agencies and other places each place of the graph is there."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def count(self, id_: str, times: int) -> tuple[int, int]:
        """Add so many times; how many there were and are."""
        rows = self._index.rows("SELECT times FROM place WHERE id = ?", id_)
        before = int(rows[0][0]) if rows else 0
        if before + times:
            self.put({id_: before + times})
        else:
            self._index.run("DELETE FROM place WHERE id = ?", id_)
        return before, before + times

    def put(self, times: Mapping[str, int]) -> None:
        self._index.run_all("INSERT OR REPLACE INTO place VALUES (?, ?)", times.items())


def _text(fact: Fact) -> str:
    return orjson.dumps(fact).decode()


def _implied(raw: Any) -> Implied:
    agency, how = raw["agency"], raw["how"]
    return Implied(
        Member(**{**agency, "place": tuple(agency["place"])}),
        Succession(**{**how, "place": tuple(how["place"])}) if how else None,
    )


def _parts(edge: Edge) -> list[Any]:
    return [edge.source, edge.type, edge.target, edge.data_source, dict(edge.properties)]


def _edge(parts: list[Any]) -> Edge:
    source, type_, target, data_source, properties = parts
    return Edge(source, type_, target, None, data_source, properties)
