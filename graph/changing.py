"""A difference of two graphs written into an open ArcadeDB database, record by record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from graph import jvm
from graph.difference import Difference, EdgeId, end_labels
from graph.rows import EDGE_KEY, edge_properties, node_row


class Changing:
    """Writes within a transaction that the caller began.

    Args:
        java: the engine's database.
        arcadedb: the module of `graph.jvm.engine`, which knows how a value of Python becomes one of Java.
    """

    def __init__(self, java: Any, arcadedb: Any) -> None:
        self._java = java
        self._wrap = arcadedb.Document.wrap
        direction = jvm.java_class("com.arcadedb.graph.Vertex").DIRECTION
        self._out, self._in = direction.OUT, direction.IN

    def apply(self, difference: Difference) -> None:
        """Raises LookupError where the database does not hold what the difference begins at."""
        for label, id_ in difference.gone:
            self._vertex([label], id_).delete()
        self._cut(difference.cut_between_those_that_stay())
        for node in difference.nodes.values():
            found = self._found([node.label], node.id)
            self._set(self._java.newVertex(node.label) if found is None else found.modify(), node_row(node))
        for edge in difference.edges.values():
            sources, targets = end_labels(edge.type)
            source, target = self._vertex(sources, edge.source), self._vertex(targets, edge.target)
            self._set(source.newEdge(edge.type, target, []), edge_properties(edge))

    def _found(self, labels: Iterable[str], id_: str) -> Any:
        for label in labels:
            cursor = self._java.lookupByKey(label, ["id"], [id_])
            if cursor.hasNext():
                return cursor.next().getRecord().asVertex()
        return None

    def _vertex(self, labels: Iterable[str], id_: str) -> Any:
        found = self._found(labels, id_)
        if found is None:
            raise LookupError(f"no node {id_!r} in the store")
        return found

    def _set(self, record: Any, properties: Mapping[str, Any]) -> None:
        for name in list(record.getPropertyNames()):
            if str(name) not in properties:
                record.remove(name)
        written = self._wrap(record)
        for name, value in properties.items():
            written.set(name, value)
        written.save()

    def _cut(self, cut: Iterable[EdgeId]) -> None:
        """Delete edges, each looked for at that of its ends that has fewer of its type."""
        by_end: dict[tuple[str, str, bool], set[tuple[str, str]]] = defaultdict(set)
        for source, type_, target, key in cut:
            sources, targets = end_labels(type_)
            begins = self._vertex(sources, source).countEdges(self._out, type_)
            ends = self._vertex(targets, target).countEdges(self._in, type_)
            if begins <= ends:
                by_end[source, type_, True].add((target, key))
            else:
                by_end[target, type_, False].add((source, key))
        for (id_, type_, outwards), wanted in by_end.items():
            labels = end_labels(type_)[0 if outwards else 1]
            vertex = self._vertex(labels, id_)
            keys = {key for _, key in wanted}
            there = vertex.getEdges(self._out if outwards else self._in, [type_])
            for found in [found for found in there if str(found.get(EDGE_KEY)) in keys]:
                other = found.getInVertex() if outwards else found.getOutVertex()
                told = (str(other.get("id")), str(found.get(EDGE_KEY)))
                if told in wanted:
                    found.delete()
                    wanted.remove(told)
            if wanted:
                raise LookupError(f"no edge {type_} between {id_!r} and {min(wanted)[0]!r} in the store")
