"""The graph as RDF: nothing is lost on the way out and back, and every term is explained in the file."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef
from rdflib import Graph as RdfGraph

from graph.errors import ReadError, SchemaError
from graph.model import Edge, Graph, Node
from graph.rdf.reading import parse, read_graph
from graph.rdf.syntax import to_rdf
from graph.rdf.terms import ELI, VM, concept, concept_value, iri, prefixes, value_of
from graph.schema import schema
from graph.serialise import write
from ingest.lexicon import lexicon
from tests.store_graph import TRICKY, evidence, expected, small
from tests.strategies import graphs, texts

ENDINGS = {"turtle": ".ttl", "nt": ".nt", "jsonld": ".jsonld", "trig": ".trig"}


@pytest.fixture(scope="module")
def rdf() -> RdfGraph:
    """The small graph, written as Turtle and read again by rdflib."""
    return RdfGraph().parse(written(small(), "turtle"), format="turtle")


def written(graph: Graph, format_: str) -> bytes:
    stream = io.BytesIO()
    write(graph, format_, stream)
    return stream.getvalue()


def held(graph: Graph) -> tuple[list[str], list[str]]:
    """All that a graph holds, down to the types of the values."""

    def flat(row: dict[str, object]) -> str:
        return repr(sorted(row.items()))

    nodes, edges = expected(graph)
    return sorted(map(flat, nodes)), sorted(repr((source, flat(row), target)) for source, row, target in edges)


def test_nodes_are_what_others_call_them(rdf: RdfGraph) -> None:
    assert (iri("d1"), RDF.type, ELI.LegalResource) in rdf
    assert (iri("a1"), RDF.type, ORG.Organization) in rdf
    assert (iri("t1"), RDF.type, VM.Task) in rdf
    assert (iri("a1"), SKOS.prefLabel, Literal("Sở Nội vụ tỉnh Đông Hà")) in rdf
    assert (iri("t1"), DCTERMS.isPartOf, iri("d1")) in rdf


def test_values_have_their_types(rdf: RdfGraph) -> None:
    assert rdf.value(iri("d1"), DCTERMS.title) == Literal(TRICKY)
    assert rdf.value(iri("t1"), VM.ordinal) == Literal(2**62)
    assert rdf.value(iri("t1"), VM.requiresPlan) == Literal(True)
    assert rdf.value(iri("g1"), VM.value) == Literal("5.0", datatype=XSD.double)


def test_a_list_stands_value_by_value_and_whole_in_its_order() -> None:
    graph = Graph()
    graph.add(Node("d1", "Document", {"names": ["b", "a", "b"], "inferred": []}))
    rdf = to_rdf(graph)
    assert set(rdf.objects(iri("d1"), SKOS.altLabel)) == {Literal("a"), Literal("b")}
    assert json.loads(str(rdf.value(iri("d1"), VM.namesList))) == ["b", "a", "b"]
    assert json.loads(str(rdf.value(iri("d1"), VM.inferredList))) == []


@pytest.mark.parametrize(
    ("written", "literal"),
    [
        ("2023", Literal("2023", datatype=XSD.gYear)),
        ("2023-10", Literal("2023-10", datatype=XSD.gYearMonth)),
        ("2023-10-05", Literal("2023-10-05", datatype=XSD.date)),
        ("0000", Literal("0000")),
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


def test_types_kinds_and_levels_are_concepts_with_names_in_both_languages() -> None:
    graph = Graph()
    graph.add(Node("d1", "Document", {"type": "Chỉ thị", "level": "trung ương"}))
    graph.add(Node("a1", "Agency", {"kind": "một loại chưa biết"}))
    rdf = to_rdf(graph)
    type_, level = rdf.value(iri("d1"), ELI.type_document), rdf.value(iri("d1"), VM.level)
    assert set(rdf.objects(type_, SKOS.prefLabel)) == {Literal("Chỉ thị", "vi"), Literal("directive", "en")}
    assert set(rdf.objects(level, SKOS.prefLabel)) == {Literal("trung ương", "vi"), Literal("central", "en")}
    kind = rdf.value(iri("a1"), ORG.classification)
    assert (kind, SKOS.inScheme, VM["agency-kind-scheme"]) in rdf
    assert set(rdf.objects(kind, SKOS.prefLabel)) == {Literal("một loại chưa biết", "vi")}


def test_every_type_and_kind_of_the_lexicon_has_an_english_name() -> None:
    types = {entry["name"] for entry in lexicon("document_types")["types"]}
    assert types - set(schema().schemes["document-type"].concepts) == set()
    kinds = set(_kinds(lexicon("agencies")))
    assert kinds - set(schema().schemes["agency-kind"].concepts) == set()


def _kinds(entry: object) -> list[str]:
    if isinstance(entry, dict):
        own = [entry["kind"]] if isinstance(entry.get("kind"), str) else []
        return own + [kind for value in entry.values() for kind in _kinds(value)]
    return [kind for value in entry for kind in _kinds(value)] if isinstance(entry, list) else []


def test_an_edge_is_a_triple_and_a_statement_for_each_passage(rdf: RdfGraph) -> None:
    assert (iri("d1"), ELI.ensures_implementation_of, iri("d2")) in rdf
    statements = list(rdf.subjects(RDF.predicate, ELI.ensures_implementation_of))
    assert len(statements) == 2
    for statement in statements:
        assert {RDF.Statement, PROV.Entity, VM.THUC_HIEN} == set(rdf.objects(statement, RDF.type))
        assert (statement, PROV.wasQuotedFrom, iri("d1")) in rdf
    assert {rdf.value(statement, VM.start) for statement in statements} == {Literal(3), Literal(90)}
    assert Literal(TRICKY) in {rdf.value(statement, PROV.value) for statement in statements}


def test_what_an_agency_issues_is_told_in_the_words_of_eli() -> None:
    graph = small()
    graph.connect(Edge("a1", "BAN_HANH", "d1", evidence(0)))
    rdf = to_rdf(graph)
    assert (iri("d1"), ELI.passed_by, iri("a1")) in rdf
    (statement,) = rdf.subjects(RDF.type, VM.BAN_HANH)
    assert (rdf.value(statement, RDF.subject), rdf.value(statement, RDF.object)) == (iri("d1"), iri("a1"))


def test_a_part_of_an_agency_is_one_in_the_words_of_org(rdf: RdfGraph) -> None:
    assert (iri("a1"), ORG.subOrganizationOf, iri("a1")) in rdf
    (statement,) = rdf.subjects(RDF.type, VM.THUOC)
    assert rdf.value(statement, DCTERMS.source) == Literal("gazetteer")


def test_trig_has_a_graph_for_what_was_read_in_each_document(tmp_path: Path) -> None:
    write(small(), "trig", tmp_path / "graph.trig")
    quads = list(parse(tmp_path / "graph.trig"))
    read_in = prefixes()["read-in"] + "d1"
    stated = {quad.predicate.value for quad in quads if getattr(quad.graph_name, "value", "") == read_in}
    outside = {quad.predicate.value for quad in quads if isinstance(quad.graph_name, pyoxigraph.DefaultGraph)}
    assert {str(ELI.ensures_implementation_of), str(PROV.wasQuotedFrom), str(PROV.value)} <= stated
    assert str(ORG.subOrganizationOf) in outside - stated
    assert [q.object.value for q in quads if getattr(q.subject, "value", "") == read_in] == [str(iri("d1"))]


@pytest.mark.parametrize("format_", ENDINGS)
def test_an_export_is_the_same_bytes_each_time(format_: str) -> None:
    assert written(small(), format_) == written(small(), format_)


def test_every_own_term_is_explained_in_both_languages(rdf: RdfGraph) -> None:
    used = {term for triple in rdf for term in triple if isinstance(term, URIRef) and term.startswith(str(VM))}
    assert VM.namesList in used
    for term in used - {VM[""]}:
        assert (term, RDF.type, None) in rdf
        labels = {*rdf.objects(term, RDFS.label), *rdf.objects(term, SKOS.prefLabel)}
        assert sorted(label.language for label in labels if isinstance(label, Literal)) == ["en", "vi"], term


def test_every_term_of_the_schema_is_named(rdf: RdfGraph) -> None:
    for edge in schema().edges.values():
        assert (VM[edge.type], RDFS.label, Literal(f"quan hệ: {edge.vi}", "vi")) in rdf
        assert (VM[edge.type], SKOS.notation, Literal(edge.type)) in rdf
    assert (VM.Task, RDF.type, OWL.Class) in rdf
    assert (ELI.passed_by, RDFS.label, Literal("is issued by", "en")) in rdf


# There and back


@pytest.mark.parametrize("format_", ENDINGS)
@given(graph=graphs())
@settings(max_examples=40)
def test_no_fact_is_lost(tmp_path_factory: pytest.TempPathFactory, format_: str, graph: Graph) -> None:
    path = tmp_path_factory.mktemp("rdf") / f"graph{ENDINGS[format_]}"
    write(graph, format_, path)
    assert held(read_graph(path)) == held(graph)


def test_rdflib_reads_names_that_end_with_a_full_stop() -> None:
    graph = Graph()
    graph.add(Node("a.", "Agency", {"kind": "sở."}))
    assert set(RdfGraph().parse(written(graph, "turtle"), format="turtle")) == set(to_rdf(graph))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
@given(graphs())
@settings(max_examples=25)
def test_rdflib_reads_the_same_in_every_syntax(graph: Graph) -> None:
    expected_ = set(to_rdf(graph))
    for format_, its_name in {"turtle": "turtle", "nt": "nt", "jsonld": "json-ld"}.items():
        assert set(RdfGraph().parse(written(graph, format_), format=its_name)) == expected_, format_


@given(graphs())
@settings(max_examples=25)
def test_what_rdflib_writes_anew_is_the_same_graph(tmp_path_factory: pytest.TempPathFactory, graph: Graph) -> None:
    path = tmp_path_factory.mktemp("rdf") / "graph.nt"
    to_rdf(graph).serialize(path, format="nt", encoding="utf-8")
    nodes, edges = held(read_graph(path))
    assert (len(nodes), len(edges)) == (len(graph), graph.nx.number_of_edges())


@given(texts | texts.map(lambda text: f"{text} _%"))
def test_any_text_is_a_name_of_its_own(text: str) -> None:
    assert value_of(iri(text)) == text
    assert concept_value(concept("level", text), "level") == text


@pytest.mark.parametrize("id_", ["a b", "41/KH-UBND", "Đảng ủy", '<>"{}|^`\\', "a#b?c", "%20", "a\u0301"])
def test_any_id_is_an_iri_of_its_own(tmp_path: Path, id_: str) -> None:
    graph = Graph()
    graph.add(Node(id_, "Document"))
    graph.add(Node("a%20b", "Document"))
    graph.add(Node("á", "Document"))
    write(graph, "turtle", tmp_path / "graph.ttl")
    assert set(read_graph(tmp_path / "graph.ttl").nx) == {id_, "a%20b", "á"}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("graph.xls", "", "not known as RDF"),
        ("graph.ttl", "<a> <b", "no ttl"),
        ("graph.ttl", "@prefix x: <urn:x:> . x:a a <http://www.w3.org/ns/org#Organization> .", "does not begin with"),
        ("graph.ttl", "<urn:vanmach:statement:1> a <urn:vanmach:vocabulary:GUI> .", "subject"),
    ],
)
def test_a_file_that_is_no_graph_is_told(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ReadError, match=says) as caught:
        read_graph(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.ttl"):
        read_graph(tmp_path / "none.ttl")


def test_an_edge_that_the_model_does_not_allow_is_told(tmp_path: Path) -> None:
    turtle = written(small(), "turtle").replace(b"vm:GIAO ;", b"vm:THUC_HIEN ;")
    (tmp_path / "graph.ttl").write_bytes(turtle)
    with pytest.raises(SchemaError, match="THUC_HIEN does not join Task to Agency"):
        read_graph(tmp_path / "graph.ttl")
