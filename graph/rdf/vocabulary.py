"""What the terms of a file mean, in Vietnamese and English, made of schema.yaml; a file holds all of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rdflib import OWL, PROV, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from graph.rdf.terms import EDGE_CLASSES, VM, concept, edge_term, term
from graph.schema import Property, schema

SCHEMES = {scheme: VM[f"{scheme}-scheme"] for scheme in schema().schemes}


@cache
def vocabulary() -> Graph:
    """The own terms with their kind and names, the names of the borrowed ones, and the concepts of every scheme."""
    made = Graph()
    made.add((VM[""], RDF.type, OWL.Ontology))
    for uri, kind, vi, en in _terms():
        if (uri, RDFS.label, None) in made:
            continue  # a term that serves several is called as the first of them
        if uri.startswith(VM):
            made.add((uri, RDF.type, kind))
            made.add((uri, RDFS.isDefinedBy, VM[""]))
        _name(made, uri, RDFS.label, vi, en)
    for type_, class_ in EDGE_CLASSES.items():
        made.add((class_, RDFS.subClassOf, RDF.Statement))
        made.add((class_, RDFS.subClassOf, PROV.Entity))
        made.add((class_, SKOS.notation, Literal(type_)))
    for node in schema().nodes.values():
        made.add((term(node.rdf), SKOS.notation, Literal(node.label)))
    for scheme in schema().schemes.values():
        made.add((SCHEMES[scheme.id], RDF.type, SKOS.ConceptScheme))
        _name(made, SCHEMES[scheme.id], SKOS.prefLabel, scheme.vi, scheme.en)
        for value in scheme.concepts:
            made += concept_graph(scheme.id, value)
    for level in schema().levels.values():
        made.add((concept("level", level.id), VM.rank, Literal(level.rank)))
    return made


def concept_graph(scheme: str, value: str) -> Graph:
    """A value as a concept of its scheme; in English too where the scheme knows it."""
    made, uri = Graph(), concept(scheme, value)
    made.add((uri, RDF.type, SKOS.Concept))
    made.add((uri, SKOS.inScheme, SCHEMES[scheme]))
    made.add((uri, SKOS.notation, Literal(value)))
    _name(made, uri, SKOS.prefLabel, value, schema().schemes[scheme].concepts.get(value))
    return made


def list_term(name: str) -> URIRef:
    """The own term under which a list stands whole: "ambiguous_with" → vm:ambiguousWithList."""
    first, *rest = name.split("_")
    return VM[first + "".join(map(str.capitalize, rest)) + "List"]


def _name(made: Graph, uri: URIRef, predicate: URIRef, vi: str, en: str | None) -> None:
    made.add((uri, predicate, Literal(vi, "vi")))
    if en is not None:
        made.add((uri, predicate, Literal(en, "en")))


def _terms() -> Iterator[tuple[URIRef, Node, str, str]]:
    """Every term with its kind and its names; edges first, for they say most of a term that a property shares."""
    model = schema()
    yield VM.rank, OWL.DatatypeProperty, "thứ bậc, từ trung ương xuống", "rank, from the centre down"
    for edge in model.edges.values():
        yield EDGE_CLASSES[edge.type], OWL.Class, f"quan hệ: {edge.vi}", f"statement: {edge.en}"
        for between in edge.between:
            yield edge_term(edge, between)[0], OWL.ObjectProperty, *(edge.inverse or (edge.vi, edge.en))
    for node in model.nodes.values():
        yield term(node.rdf), OWL.Class, node.vi, node.en
    of_nodes = [node.properties for node in model.nodes.values()]
    of_edges = [edge.properties for edge in model.edges.values()]
    for properties in (*of_nodes, *of_edges, model.evidence, model.structural):
        for known in properties.values():
            yield from _property_terms(known)


def _property_terms(known: Property) -> Iterator[tuple[URIRef, Node, str, str]]:
    kind = OWL.ObjectProperty if known.refers or known.scheme else OWL.DatatypeProperty
    yield term(known.rdf), kind, known.vi, known.en
    if known.type == "strings":
        vi, en = f"{known.vi}, cả danh sách theo thứ tự", f"{known.en}, the whole list in its order"
        yield list_term(known.name), OWL.DatatypeProperty, vi, en
