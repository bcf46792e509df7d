"""The SHACL shapes: what the model allows keeps to them, and what breaks them is told in words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from rdflib import DCTERMS, ORG, PROV, RDF, RDFS, SKOS, Literal, URIRef
from rdflib import Graph as RdfGraph

from graph.model import Graph, Node
from graph.rdf.shapes import shapes
from graph.rdf.syntax import to_rdf
from graph.rdf.terms import ELI, VM, iri
from graph.rdf.validation import Finding, load, validate
from graph.schema import schema
from graph.serialise import write
from tests.query_graph import query_graph
from tests.store_graph import small
from tests.strategies import cascades, graphs

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("validation.yaml").read_text("utf-8"))


def with_all_documents(graph: Graph) -> Graph:
    """The graph with every document that it refers to: a file that keeps to the shapes holds them."""
    referring = [known for kind in schema().nodes.values() for known in kind.properties.values() if known.refers]
    named = {str(doc) for _, _, doc in graph.nx.edges(data="doc") if doc is not None}
    for _, attributes in graph.nx.nodes(data=True):
        for known in referring:
            value = attributes.get(known.name)
            if value is not None and known.name in schema().node(attributes["label"]).properties:
                named |= set(value) if isinstance(value, (list, tuple)) else {str(value)}
    for id_ in named - set(graph.nx):
        graph.add(Node(id_, "Document"))
    return graph


@pytest.mark.parametrize("graph", [small(), query_graph(), Graph()], ids=["small", "hand-made", "empty"])
def test_a_graph_keeps_to_the_shapes(graph: Graph) -> None:
    report = validate(to_rdf(with_all_documents(graph)))
    assert report.findings == ()
    assert (report.nodes, report.edges) == (len(graph), graph.nx.number_of_edges())


@given(graphs() | cascades())
@settings(max_examples=15)
def test_any_graph_keeps_to_the_shapes(graph: Graph) -> None:
    assert validate(to_rdf(with_all_documents(graph))).findings == ()


def broken(change: str) -> RdfGraph:
    """The small graph with one thing wrong."""
    rdf = to_rdf(small())
    document, task, agency = iri("d1"), iri("t1"), iri("a1")
    (given_,) = rdf.subjects(RDF.type, VM.GIAO)
    match change:
        case "two dates":
            rdf.add((document, DCTERMS.issued, Literal("2024")))
        case "a number for a date":
            rdf.set((document, DCTERMS.issued, Literal(2024)))
        case "no id":
            rdf.remove((agency, DCTERMS.identifier, None))
        case "no concept":
            rdf.add((document, VM.level, iri("d2")))
        case "a concept of another scheme":
            rdf.add((document, VM.level, next(rdf.subjects(SKOS.notation, Literal("Chỉ thị")))))
        case "a role that nobody has":
            rdf.set((given_, VM.role, Literal("giám sát")))
        case "no origin":
            rdf.remove((given_, PROV.wasQuotedFrom, None))
        case "read in nothing":
            rdf.set((given_, PROV.wasQuotedFrom, iri("d9")))
        case "wrong ends":
            rdf.remove((agency, RDF.type, ORG.Organization))
        case "no statement":
            rdf.add((document, ELI.cites, iri("d2")))
        case "no edge":
            rdf.remove((task, VM.assignedTo, agency))
    return rdf


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["change"])
def test_what_is_wrong_is_told(case: dict[str, str]) -> None:
    finding = Finding(case["node"], case["message"], case.get("value", ""))
    assert finding in validate(broken(case["change"])).findings


def test_what_others_say_beside_is_no_fault() -> None:
    rdf = to_rdf(small())
    rdf.add((iri("d1"), RDFS.seeAlso, URIRef("https://example.org/")))
    assert validate(rdf).findings == ()


@pytest.mark.parametrize("format_", ["turtle", "nt", "jsonld", "trig"])
def test_a_file_is_held_to_them(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"graph.{'ttl' if format_ == 'turtle' else format_}"
    write(small(), format_, path)
    assert validate(load(path)).findings == ()


def test_the_shapes_can_be_exported(tmp_path: Path) -> None:
    write(Graph(), "shacl", tmp_path / "shapes.ttl")
    assert len(RdfGraph().parse(tmp_path / "shapes.ttl")) == len(shapes())
