"""A whole graph written into an empty ArcadeDB database."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson

from graph import jvm
from graph.model import Graph
from graph.rows import EdgeRow, each_edge, each_node
from graph.schema import Value
from graph.store import Progress

T = TypeVar("T")

_AT_ONCE = 10_000  # rows handed to the engine in one call


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one label or type.

    `text` is their JSON as the engine's bridge takes it; None where JSON would make other values of them.
    """

    name: str
    rows: list[dict[str, Value]]
    text: str | None


def fill(batch: Any, graph: Graph, progress: Progress) -> None:
    """Write the nodes and then the edges of a graph, in parts that are made while the engine writes the one before.

    Args:
        batch: the engine's own `GraphBatch` in the clothes of `arcadedb_embedded`.
        progress: told, after each part, how many nodes and edges are written, and of how many.
    """
    total = graph.nx.number_of_nodes() + graph.nx.number_of_edges()
    done = 0
    rids: dict[str, str] = {}
    for part in _ahead(_node_parts(graph)):
        written = _write_nodes(batch, part)
        rids.update(zip((str(row["id"]) for row in part.rows), written, strict=True))
        done += len(part.rows)
        progress(done, total)
    for part in _ahead(_edge_parts(graph, rids)):
        _write_edges(batch, part)
        done += len(part.rows)
        progress(done, total)


def _node_parts(graph: Graph) -> Iterator[_Part]:
    for label, rows in _batches(each_node(graph)):
        yield _Part(label, rows, _json(rows))


def _edge_parts(graph: Graph, rids: Mapping[str, str]) -> Iterator[_Part]:
    for type_, chunk in _batches(each_edge(graph)):
        rows = [_with_ends(row, rids) for row in chunk]
        yield _Part(type_, rows, _json(rows))


def _with_ends(row: EdgeRow, rids: Mapping[str, str]) -> dict[str, Value]:
    return {"_src": rids[row.source], "_dst": rids[row.target], **row.properties}


def _write_nodes(batch: Any, part: _Part) -> list[str]:
    """The engine's names of the nodes."""
    if part.text is None:
        named: list[str] = batch.create_vertices(part.name, part.rows)
        return named
    batcher = jvm.java_class("com.arcadedb.python.VertexBatcher")
    return str(batcher.createVerticesJson(batch._java_graph_batch, part.name, part.text)).split(";")


def _write_edges(batch: Any, part: _Part) -> None:
    if part.text is None:
        sources, targets = ([row.pop(end) for row in part.rows] for end in ("_src", "_dst"))
        batch.new_edges(sources, part.name, targets, part.rows)
        return
    batcher = jvm.java_class("com.arcadedb.python.EdgeBatcher")
    batcher.newEdgesJson(batch._java_graph_batch, part.name, part.text)


def _json(rows: list[dict[str, Value]]) -> str | None:
    for row in rows:
        for value in row.values():
            if type(value) is float and not math.isfinite(value):
                return None
    try:
        return orjson.dumps(rows).decode()
    except TypeError:  # half of a surrogate pair, or a number beyond 64 bits
        return None


def _ahead(parts: Iterator[T]) -> Iterator[T]:
    """The same parts, each made in a thread while the one before is used: the engine works without Python's lock."""
    with ThreadPoolExecutor(1) as beside:
        following = beside.submit(next, parts, None)
        while (part := following.result()) is not None:
            following = beside.submit(next, parts, None)
            yield part


def _batches(rows: Iterable[tuple[str, T]]) -> Iterator[tuple[str, list[T]]]:
    """Rows of one label or type together."""
    waiting: defaultdict[str, list[T]] = defaultdict(list)
    for name, row in rows:
        waiting[name].append(row)
        if len(waiting[name]) == _AT_ONCE:
            yield name, waiting.pop(name)
    yield from waiting.items()
