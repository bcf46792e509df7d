"""The graph as RDF: no fact is lost, and every term is one that the file or a known vocabulary explains."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef
from rdflib import Graph as RdfGraph

from graph.model import Graph, Node
from graph.rdf import ELI, VM, iri, to_rdf
from graph.rows import edge_rows
from graph.schema import schema
from graph.serialise import write
from tests.store_graph import TRICKY, small
from tests.strategies import graphs


@pytest.fixture(scope="module")
def rdf() -> RdfGraph:
    """The small graph, written as Turtle and read again."""
    stream = io.BytesIO()
    write(small(), "turtle", stream)
    return RdfGraph().parse(stream.getvalue(), format="turtle")


def test_nodes_are_what_others_call_them(rdf: RdfGraph) -> None:
    assert (iri("d1"), RDF.type, ELI.LegalResource) in rdf
    assert (iri("a1"), RDF.type, ORG.Organization) in rdf
    assert (iri("t1"), RDF.type, VM.Task) in rdf
    assert (iri("a1"), SKOS.prefLabel, Literal("Sở Nội vụ tỉnh Đông Hà")) in rdf


def test_values_have_their_types(rdf: RdfGraph) -> None:
    assert rdf.value(iri("d1"), DCTERMS.title) == Literal(TRICKY)
    assert set(rdf.objects(iri("d1"), SKOS.altLabel)) == {Literal("a"), Literal("b")}
    assert rdf.value(iri("t1"), VM.ordinal) == Literal(2**62)
    assert rdf.value(iri("t1"), VM.requiresPlan) == Literal(True)
    assert rdf.value(iri("g1"), VM.value) == Literal("5.0", datatype=XSD.double)


@pytest.mark.parametrize(
    ("written", "literal"),
    [
        ("2023", Literal("2023", datatype=XSD.gYear)),
        ("2023-10", Literal("2023-10", datatype=XSD.gYearMonth)),
        ("2023-10-05", Literal("2023-10-05", datatype=XSD.date)),
        ("2023-13", Literal("2023-13")),
        ("2023-02-30", Literal("2023-02-30")),
        ("quý IV", Literal("quý IV")),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(written: str, literal: Literal) -> None:
    graph = Graph()
    graph.add(Node("d1", "Document", {"issued_on": written}))
    value = to_rdf(graph).value(iri("d1"), DCTERMS.issued)
    assert isinstance(value, Literal)
    assert (str(value), value.datatype) == (str(literal), literal.datatype)


def test_an_edge_is_a_triple_and_a_statement_for_each_passage(rdf: RdfGraph) -> None:
    assert (iri("d1"), ELI.ensures_implementation_of, iri("d2")) in rdf
    statements = list(rdf.subjects(RDF.predicate, ELI.ensures_implementation_of))
    assert len(statements) == 2
    for statement in statements:
        assert (statement, RDF.type, PROV.Entity) in rdf
        assert (statement, PROV.wasQuotedFrom, iri("d1")) in rdf
    assert {rdf.value(statement, VM.start) for statement in statements} == {Literal(3), Literal(90)}
    assert Literal(TRICKY) in {rdf.value(statement, PROV.value) for statement in statements}


def test_a_structural_edge_names_its_source(rdf: RdfGraph) -> None:
    (statement,) = rdf.subjects(VM.edgeType, Literal("THUOC"))
    assert rdf.value(statement, DCTERMS.source) == Literal("gazetteer")


def test_every_own_term_is_explained_in_both_languages(rdf: RdfGraph) -> None:
    used = {term for triple in rdf for term in triple if isinstance(term, URIRef) and term.startswith(str(VM))}
    for term in used - {VM[""]}:
        assert (term, RDF.type, None) in rdf
        assert {label.language for label in rdf.objects(term, RDFS.label)} == {"vi", "en"}, term


def test_every_term_of_the_schema_is_named(rdf: RdfGraph) -> None:
    for edge in schema().edges.values():
        assert (None, RDFS.label, Literal(edge.vi, "vi")) in rdf
        assert (None, RDFS.label, Literal(edge.en, "en")) in rdf
    assert (VM.Task, RDF.type, OWL.Class) in rdf


@given(graphs())
@settings(max_examples=25)
def test_no_edge_is_lost(graph: Graph) -> None:
    stream = io.BytesIO()
    write(graph, "turtle", stream)
    rdf = RdfGraph().parse(stream.getvalue(), format="turtle")
    found = [
        (str(rdf.value(s, RDF.subject)), str(rdf.value(s, VM.edgeType)), str(rdf.value(s, RDF.object)))
        for s in rdf.subjects(RDF.type, RDF.Statement)
    ]
    expected = [
        (str(iri(row.source)), type_, str(iri(row.target)))
        for (_, type_, _), rows in edge_rows(graph).items()
        for row in rows
    ]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("id_", ["a b", "41/KH-UBND", "Đảng ủy", '<>"{}|^`\\', "a#b?c", "%20"])
def test_any_id_is_an_iri_of_its_own(id_: str) -> None:
    graph = Graph()
    graph.add(Node(id_, "Document"))
    graph.add(Node("a%20b", "Document"))
    stream = io.BytesIO()
    write(graph, "turtle", stream)
    rdf = RdfGraph().parse(stream.getvalue(), format="turtle")
    assert rdf.value(iri(id_), DCTERMS.identifier) == Literal(id_)
    assert len(set(rdf.subjects(RDF.type, ELI.LegalResource))) == 2
