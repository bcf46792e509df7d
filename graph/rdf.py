"""The graph as RDF, in the vocabularies that others know (ELI, ORG, PROV, SKOS, Dublin Core) and one of its own.

A node is a resource; an edge is a triple and a statement about that triple, which carries the edge's own
properties and where it was read. The own vocabulary (`vm:`) is made of schema.yaml and stands in every export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import quote

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Literal, Namespace, URIRef
from rdflib import Graph as RdfGraph
from rdflib.term import Identifier

from graph.model import Edge, Graph
from graph.rows import EDGE_KEY, edge_properties, node_row
from graph.schema import Property, Value, schema
from graph.spelling import digest

VM = Namespace("urn:vanmach:vocabulary:")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
_RESOURCE = "urn:vanmach:id:"
_STATEMENT = "urn:vanmach:statement:"
_PREFIXES = {"vm": VM, "eli": ELI, "org": ORG, "prov": PROV, "skos": SKOS, "dcterms": DCTERMS}

_PARTIAL_DATES = {
    re.compile(r"\d{4}"): XSD.gYear,  # "2023"
    re.compile(r"\d{4}-(0[1-9]|1[0-2])"): XSD.gYearMonth,  # "2023-10"
}


def to_rdf(graph: Graph) -> RdfGraph:
    """Every node, edge, property and passage of the graph as RDF, with the vocabulary that it needs."""
    rdf = RdfGraph()
    for prefix, namespace in _PREFIXES.items():
        rdf.bind(prefix, namespace)
    rdf.bind("id", _RESOURCE)
    rdf.bind("statement", _STATEMENT)
    for triple in _vocabulary():
        rdf.add(triple)
    for node in graph.nodes():
        kind = schema().node(node.label)
        resource = iri(node.id)
        rdf.add((resource, RDF.type, _term(kind.rdf)))
        for predicate, value in _values(node_row(node), kind.properties):
            rdf.add((resource, predicate, value))
    for edge in graph.edges():
        for triple in _edge(edge):
            rdf.add(triple)
    return rdf


def iri(id_: str) -> URIRef:
    """The resource of a node: "41-kh-ubnd/2023" → <urn:vanmach:id:41-kh-ubnd/2023>."""
    return URIRef(_RESOURCE + quote(id_, safe="/:@-._~"))


Triple = tuple[Identifier, URIRef, Identifier]


def _edge(edge: Edge) -> Iterator[Triple]:
    kind = schema().edge(edge.type)
    source, predicate, target = iri(edge.source), _term(kind.rdf), iri(edge.target)
    yield source, predicate, target
    statement = URIRef(_STATEMENT + digest(f"{edge.source}\n{edge.key}\n{edge.target}", 20))
    yield statement, RDF.type, RDF.Statement
    yield statement, RDF.type, PROV.Entity
    yield statement, RDF.subject, source
    yield statement, RDF.predicate, predicate
    yield statement, RDF.object, target
    yield statement, VM.edgeType, Literal(edge.type)
    properties = edge_properties(edge)
    del properties[EDGE_KEY]  # says again what the ends, the type and the passage say
    doc = properties.pop("doc", None)
    if doc is not None:
        yield statement, _term(schema().evidence["doc"].rdf), iri(str(doc))
    for term, value in _values(properties, {**kind.properties, **schema().evidence, **schema().structural}):
        yield statement, term, value


def _values(properties: Mapping[str, Value], known: Mapping[str, Property]) -> Iterator[tuple[URIRef, Literal]]:
    for name, value in properties.items():
        for one in value if isinstance(value, (list, tuple)) else [value]:
            yield _term(known[name].rdf), _literal(one, known[name].type)


def _literal(value: Value, type_: str) -> Literal:
    if type_ == "date":
        return _date(str(value))
    if type_ == "integer":
        return Literal(value, datatype=XSD.integer)
    if type_ == "float":
        return Literal(value, datatype=XSD.double)
    return Literal(value)


def _date(text: str) -> Literal:
    """A date as exact as it is known; what is none stays text."""
    for form, datatype in _PARTIAL_DATES.items():
        if form.fullmatch(text):
            return Literal(text, datatype=datatype)
    try:
        return Literal(date.fromisoformat(text))
    except ValueError:
        return Literal(text)


def _term(curie: str) -> URIRef:
    prefix, _, name = curie.partition(":")
    return URIRef(f"{_PREFIXES[prefix]}{name}")


def _vocabulary() -> Iterator[Triple]:
    """What the terms are and what they are called, in Vietnamese and English; borrowed ones get the names only."""
    model = schema()
    yield VM[""], RDF.type, OWL.Ontology
    yield VM.edgeType, RDF.type, OWL.DatatypeProperty
    yield VM.edgeType, RDFS.label, Literal("loại quan hệ", "vi")
    yield VM.edgeType, RDFS.label, Literal("edge type", "en")
    for node in model.nodes.values():
        yield from _named(node.rdf, OWL.Class, node.vi, node.en)
    for edge in model.edges.values():
        yield from _named(edge.rdf, OWL.ObjectProperty, edge.vi, edge.en)
    of_nodes, of_edges = model.nodes.values(), model.edges.values()
    for properties in (*(kind.properties for kind in of_nodes), *(kind.properties for kind in of_edges)):
        for known in properties.values():
            yield from _named(known.rdf, OWL.DatatypeProperty, known.vi, known.en)
    for name, known in {**model.evidence, **model.structural}.items():
        kind = OWL.ObjectProperty if name == "doc" else OWL.DatatypeProperty
        yield from _named(known.rdf, kind, known.vi, known.en)


def _named(curie: str, kind: URIRef, vi: str, en: str) -> Iterator[Triple]:
    term = _term(curie)
    if curie.startswith("vm:"):
        yield term, RDF.type, kind
        yield term, RDFS.isDefinedBy, VM[""]
    yield term, RDFS.label, Literal(vi, "vi")
    yield term, RDFS.label, Literal(en, "en")
