"""Back from RDF to the graph: a file of `graph.rdf.syntax`, whatever program wrote it anew since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat
from rdflib import RDF

from graph.errors import ReadError
from graph.model import Edge, Graph, Node, edge_of
from graph.rdf.terms import EDGE_CLASSES, concept_value, edge_term, term, value_of
from graph.rdf.vocabulary import list_term
from graph.schema import Property, Value, schema

SYNTAXES: Mapping[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
"""The endings of files that are known as RDF."""

Facts = dict[str, list[str]]
"""What is said of one resource: objects (the IRI, or the text of the literal) by predicate."""


def parse(path: Path) -> Iterator[pyoxigraph.Quad]:
    """The statements of a file, whose ending tells its syntax.

    Raises:
        ReadError: it cannot be read, its ending is not known, or it breaks its syntax.
    """
    if path.suffix.lower() not in SYNTAXES:
        raise ReadError(f"{path}: not known as RDF", f"a file of RDF ends in {', '.join(SYNTAXES)}")
    try:
        yield from pyoxigraph.parse(path=path, format=SYNTAXES[path.suffix.lower()])
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise ReadError(f"{path}: no {path.suffix[1:]}: {error.msg}", "export it again") from error


def read_graph(path: Path) -> Graph:
    """The graph of a file.

    Raises:
        ReadError: as `parse` says, or a resource is not as an export writes it.
        SchemaError: a node or an edge that schema.yaml does not allow.
    """
    facts: dict[str, Facts] = {}
    for quad in parse(path):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            facts.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    graph = Graph()
    try:
        for resource, said in facts.items():
            for type_ in dict.fromkeys(said.get(str(RDF.type), ())):
                if label := _labels().get(type_):
                    graph.add(Node(value_of(resource), label, _node_properties(label, said)))
        for said in facts.values():
            for class_ in dict.fromkeys(said.get(str(RDF.type), ())):
                if class_ in _edge_types():
                    graph.connect(_edge(_edge_types()[class_], said))
    except ValueError as error:
        raise ReadError(f"{path}: {error}", "export it again") from error
    return graph


@cache
def _labels() -> dict[str, str]:
    return {str(term(kind.rdf)): label for label, kind in schema().nodes.items()}


@cache
def _edge_types() -> dict[str, str]:
    return {str(class_): type_ for type_, class_ in EDGE_CLASSES.items()}


def _node_properties(label: str, said: Facts) -> dict[str, Value]:
    return _properties(schema().node(label).properties, said, without=("id",))


def _edge(type_: str, said: Facts) -> Edge:
    model = schema()
    kind = model.edge(type_)
    source, target = (value_of(_only(said, end)) for end in (RDF.subject, RDF.object))
    inverse = all(edge_term(kind, between)[1] for between in kind.between)
    if inverse:
        source, target = target, source
    known = {**kind.properties, **model.evidence, **model.structural}
    return edge_of(source, target, {"type": type_, **_properties(known, said)})


def _only(said: Facts, predicate: str) -> str:
    objects = said.get(str(predicate), [])
    if len(objects) != 1:
        raise ValueError(f"a statement has {len(objects)} values of <{predicate}>, not one")
    return objects[0]


def _properties(known: Mapping[str, Property], said: Facts, without: tuple[str, ...] = ()) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, property_ in known.items():
        if name in without:
            continue
        objects = said.get(str(term(property_.rdf)), [])
        if property_.type == "strings":
            if whole := said.get(str(list_term(name))):
                found[name] = json.loads(whole[0])
        elif objects:
            found[name] = _value(property_, objects[0])
    return found


def _value(known: Property, text: str) -> Value:
    if known.refers:
        return value_of(text)
    if known.scheme:
        return concept_value(text, known.scheme)
    if known.type == "boolean":
        return text in ("true", "1")
    number: Value = {"integer": int, "float": float}.get(known.type, str)(text)
    return number
