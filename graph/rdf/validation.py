"""Whether RDF keeps to the model: the SHACL shapes, run by pyshacl, and what SHACL says about edges only slowly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pyshacl
from pyoxigraph import RdfFormat
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from graph.rdf.reading import parse
from graph.rdf.shapes import shapes
from graph.rdf.syntax import as_rdflib
from graph.rdf.terms import EDGE_CLASSES, RESOURCE, STATEMENT, edge_term, term, value_of
from graph.schema import schema


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong.

    `node` is the id of the node that it is about, or "source → target" for an edge; `value` the value that is wrong,
    empty where one is missing.
    """

    node: str
    message: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """How many nodes and edges were looked at, and what is wrong with them, in order."""

    nodes: int
    edges: int
    findings: tuple[Finding, ...]


def load(path: Path) -> Graph:
    """A file of RDF for rdflib.

    Raises:
        ReadError: as `graph.rdf.reading.parse` says.
    """
    triples = (quad.triple for quad in parse(path))
    return as_rdflib((pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode())


def validate(rdf: Graph) -> Report:
    """Hold a graph to the shapes."""
    _, results, _ = pyshacl.validate(rdf, shacl_graph=shapes(), inference="none", inplace=True)
    found = {*_violations(rdf, results), *_unstated(rdf), *_only_stated(rdf)}
    counted = [sum(1 for _ in rdf.subjects(RDF.type, class_)) for class_ in EDGE_CLASSES.values()]
    nodes = sum(1 for kind in schema().nodes.values() for _ in rdf.subjects(RDF.type, term(kind.rdf)))
    return Report(nodes, sum(counted), tuple(sorted(found)))


def _violations(rdf: Graph, results: Graph) -> Iterator[Finding]:
    for result in results.objects(None, SH.result):
        focus, value, path = (results.value(result, part) for part in (SH.focusNode, SH.value, SH.resultPath))
        message = str(results.value(result, SH.resultMessage))
        yield Finding(_name(rdf, focus), message, _wrong(rdf, focus, value, path))


def _wrong(rdf: Graph, focus: Node | None, value: Node | None, path: Node | None) -> str:
    """The value that is wrong, or, where only their number is, all of them."""
    if value is not None and value != focus:
        return _name(rdf, value)
    return "; ".join(sorted(_name(rdf, one) for one in rdf.objects(focus, path))) if isinstance(path, URIRef) else ""


def _unstated(rdf: Graph) -> Iterator[Finding]:
    stated = set(_statements(rdf))
    for edge in schema().edges.values():
        for between in edge.between:
            predicate, inverse = edge_term(edge, between)
            first, last = (term(schema().node(label).rdf) for label in (reversed(between) if inverse else between))
            for subject, object_ in rdf.subject_objects(predicate):
                ends_fit = (subject, RDF.type, first) in rdf and (object_, RDF.type, last) in rdf
                if ends_fit and (subject, predicate, object_) not in stated:
                    ends = (object_, subject) if inverse else (subject, object_)
                    message = f"{edge.type}: no statement says where this edge was read"
                    yield Finding(" → ".join(_name(rdf, end) for end in ends), message)


def _only_stated(rdf: Graph) -> Iterator[Finding]:
    for subject, predicate, object_ in _statements(rdf):
        if (subject, predicate, object_) not in rdf:
            ends = f"{_name(rdf, subject)} → {_name(rdf, object_)}"
            yield Finding(ends, "there is a statement about this triple, and not the triple", str(predicate))


def _statements(rdf: Graph) -> Iterator[tuple[Node, Node, Node]]:
    for statement, subject in rdf.subject_objects(RDF.subject):
        for predicate in rdf.objects(statement, RDF.predicate):
            for object_ in rdf.objects(statement, RDF.object):
                yield subject, predicate, object_


def _name(rdf: Graph, resource: Node | None) -> str:
    """The id of a node, the ends of an edge's statement; anything else as it stands."""
    if isinstance(resource, URIRef) and resource.startswith(STATEMENT):
        ends = rdf.value(resource, RDF.subject), rdf.value(resource, RDF.object)
        return " → ".join(_name(rdf, end) for end in ends) if None not in ends else str(resource)
    if isinstance(resource, URIRef) and resource.startswith(RESOURCE):
        return value_of(resource)
    return str(resource)
