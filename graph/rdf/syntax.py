"""The graph in the syntaxes of RDF: N-Triples, Turtle, TriG and JSON-LD, or as an rdflib graph.

Every writer goes through the graph once and keeps nothing of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any, BinaryIO, cast

import pyoxigraph
import rdflib
from pyoxigraph import RdfFormat

from graph.model import Graph
from graph.rdf.ntriples import lines
from graph.rdf.terms import prefixes

_CHUNK = 1 << 20  # characters, or bytes, that are handed on at once


def write_ntriples(graph: Graph, stream: BinaryIO) -> None:
    """N-Triples, a line for a triple: the form that every tool for large graphs loads."""
    for chunk in _chunks(lines(graph)):
        stream.write(chunk)


def write_turtle(graph: Graph, stream: BinaryIO) -> None:
    """Turtle: prefixes, then a block for each node and each statement."""
    _convert(lines(graph), RdfFormat.N_TRIPLES, stream, RdfFormat.TURTLE)


def write_trig(graph: Graph, stream: BinaryIO) -> None:
    """Turtle with a named graph for what was read in each document; nodes and structural edges stand outside."""
    _convert(lines(graph, named_graphs=True), RdfFormat.N_QUADS, stream, RdfFormat.TRIG)


def write_jsonld(graph: Graph, stream: BinaryIO) -> None:
    """JSON-LD in its expanded form, which needs no context to be read."""
    triples = pyoxigraph.parse(as_file(lines(graph)), RdfFormat.N_TRIPLES, lenient=True)
    pyoxigraph.serialize(triples, stream, RdfFormat.JSON_LD)


def to_rdf(graph: Graph) -> rdflib.Graph:
    """Every node, edge, property and passage of the graph, with the vocabulary that it needs, for rdflib."""
    return as_rdflib("".join(lines(graph)))


def as_rdflib(ntriples: str) -> rdflib.Graph:
    """N-Triples as an rdflib graph that knows the prefixes."""
    made = rdflib.Graph()
    for prefix, namespace in prefixes().items():
        made.bind(prefix, namespace)
    return made.parse(data=ntriples, format="nt")


def as_file(text: Iterator[str]) -> io.BufferedReader:
    """Text that is made while it is read, as a binary file."""
    return io.BufferedReader(_Source(_chunks(text)), _CHUNK)


def _convert(text: Iterator[str], from_: RdfFormat, stream: BinaryIO, to: RdfFormat) -> None:
    quads = pyoxigraph.parse(as_file(text), from_, lenient=True)
    first = next(quads)
    # the serialiser writes the prefixes in an order that is another one each time
    alone = pyoxigraph.serialize([first], format=to, prefixes=prefixes()) or b""
    head = sorted(line for line in alone.splitlines(keepends=True) if line.startswith(b"@prefix "))
    stream.writelines(head)
    rest = cast(IO[bytes], _Behind(stream, sum(map(len, head))))
    pyoxigraph.serialize(chain([first], quads), rest, to, prefixes=prefixes())


def _chunks(text: Iterator[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    size = 0
    for part in text:
        waiting.append(part)
        size += len(part)
        if size > _CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


class _Source(io.RawIOBase):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        taken = min(len(buffer), len(self._rest))
        buffer[:taken], self._rest = self._rest[:taken], self._rest[taken:]
        return taken


class _Behind(io.BufferedIOBase):
    """A stream that leaves out the first bytes of what is written to it."""

    def __init__(self, stream: BinaryIO, left_out: int) -> None:
        self._stream = stream
        self._left_out = left_out

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        part = bytes(data)
        self._stream.write(part[self._left_out :])
        self._left_out = max(0, self._left_out - len(part))
        return len(part)
