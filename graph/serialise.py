"""The whole graph as a file: GraphML, JSON, CSV for people and for Neo4j, a Cypher script, RDF, SHACL."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import orjson

from graph.bulk_import import bulk_files
from graph.cypher_script import write_script
from graph.errors import VanmachError
from graph.graphml import write_graphml
from graph.model import Graph
from graph.rows import EDGE_KEY, edge_rows, node_rows
from graph.schema import Value, schema

Writer = Callable[[Graph, BinaryIO], None]
Files = Callable[[Graph], Iterator[tuple[str, Iterator[str]]]]
"""The names of files and their text, in parts."""


def write(graph: Graph, format_: str, target: Path | BinaryIO) -> None:
    """Write the graph in one of FORMATS to a file or a stream.

    A file is written whole or not at all. The formats of FOLDERS are several files: in `target` where that is a
    folder, else in a ZIP file.

    Raises:
        VanmachError: an unknown format, or a file that cannot be written.
    """
    if format_ not in FORMATS:
        raise VanmachError(f"no format {format_!r}", f"known are {', '.join(FORMATS)}")
    if not isinstance(target, Path):
        FORMATS[format_](graph, target)
        return
    try:
        if format_ in FOLDERS and target.is_dir():
            for name, text in FOLDERS[format_](graph):
                with _whole(target / name) as stream:
                    stream.writelines(part.encode() for part in text)
        else:
            with _whole(target) as stream:
                FORMATS[format_](graph, stream)
    except OSError as error:
        raise VanmachError(f"{target}: {error.strerror}", "name another file with -o") from error


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A stream into a file that is there when the block has come to its end, and not before."""
    if path.is_dir():
        raise VanmachError(f"{path}: a folder", f"name a file with -o; only {' and '.join(FOLDERS)} go into a folder")
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _edges(graph: Graph) -> Iterator[dict[str, Value]]:
    for (_, type_, _), rows in edge_rows(graph).items():
        for row in rows:
            yield {"source": row.source, "target": row.target, "type": type_, **row.properties}


def _nodes(graph: Graph) -> Iterator[dict[str, Value]]:
    for label, rows in node_rows(graph).items():
        for row in rows:
            yield {"label": label, **row}


# JSON: the node-link form of networkx, `networkx.node_link_graph(json.load(…), edges="edges")`


def _json(graph: Graph, stream: BinaryIO) -> None:
    nodes, edges = list(_nodes(graph)), list(_edges(graph))
    content = {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}
    stream.write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


# CSV, for spreadsheets


def _tables(graph: Graph) -> Iterator[tuple[str, Iterator[str]]]:
    model = schema()
    of_nodes = {name: None for kind in model.nodes.values() for name in kind.properties}
    of_edges = {name: None for kind in model.edges.values() for name in kind.properties}
    yield "nodes.csv", _table(["label", *of_nodes], _nodes(graph))
    ends = ["source", "type", "target", EDGE_KEY]
    yield "edges.csv", _table([*ends, *of_edges, *model.evidence, *model.structural], _edges(graph))


def _table(columns: list[str], rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    yield "\ufeff"  # without the mark Excel takes Vietnamese for another encoding
    line = io.StringIO()
    table = csv.writer(line)
    for cells in chain([columns], ([_cell(row.get(column)) for column in columns] for row in rows)):
        table.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _cell(value: Value) -> str:
    """A list as JSON; a text that a spreadsheet would run as a formula ("- Sở Nội vụ", "=1+1") behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return repr(value)


# RDF; its libraries take a while to import, and most commands have no use for them


def _rdf(syntax: str) -> Writer:
    def write_rdf(graph: Graph, stream: BinaryIO) -> None:
        from graph.rdf import syntax as writers

        writer: Writer = getattr(writers, f"write_{syntax}")
        writer(graph, stream)

    return write_rdf


def _shapes(_: Graph, stream: BinaryIO) -> None:
    """The SHACL shapes that every export in RDF keeps to; they are the same for every graph."""
    from graph.rdf.shapes import shapes

    shapes().serialize(stream, format="turtle", encoding="utf-8")


# Formats of several files


def _archive(files: Files) -> Writer:
    def write_archive(graph: Graph, stream: BinaryIO) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files(graph):
                # a date of its own would make two exports of one graph differ
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w", force_zip64=True) as member:
                    for part in text:
                        member.write(part.encode())

    return write_archive


FOLDERS: Mapping[str, Files] = {"csv": _tables, "neo4j-csv": bulk_files}

FORMATS: Mapping[str, Writer] = {
    "graphml": write_graphml,
    "json": _json,
    "csv": _archive(_tables),
    "neo4j-csv": _archive(bulk_files),
    "cypher": write_script,
    "turtle": _rdf("turtle"),
    "nt": _rdf("ntriples"),
    "jsonld": _rdf("jsonld"),
    "trig": _rdf("trig"),
    "shacl": _shapes,
}
