"""The sample corpus, from files to the graph: what a newcomer is shown must be right."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.model import Graph
from ingest.build import Stored, build
from ingest.extract import extract
from ingest.intake import find_files
from ingest.reading.read import read
from ingest.resolving.identity import record_id

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def collected() -> dict[str, Stored]:
    found = {}
    for path in find_files([EXAMPLES]):
        assert isinstance(path, Path)
        cleaned, record = extract(read(path), path.name)
        found[record_id(record)] = Stored(record, cleaned.text)
    return found


@pytest.fixture(scope="module")
def collection() -> dict[str, Stored]:
    return collected()


@pytest.fixture(scope="module")
def graph(collection: dict[str, Stored]) -> Graph:
    return build(collection)


def links(graph: Graph, type_: str) -> set[tuple[str, str]]:
    """Pairs of symbols (a document without a number is known by its issuer)."""
    name = {n.id: str(n.properties.get("symbol") or n.properties.get("issuer")) for n in graph.nodes("Document")}
    return {(name[e.source], name[e.target]) for e in graph.edges(type_)}


@pytest.mark.parametrize(
    "lower,upper",
    [
        ("89-KH/TU", "21-CT/TW"),
        ("41/KH-UBND", "89-KH/TU"),
        ("71-CV/HU", "89-KH/TU"),
        ("120/KH-UBND", "41/KH-UBND"),
        ("85/KH-UBND", "120/KH-UBND"),
        ("64/KH-UBND", "120/KH-UBND"),
        ("71/KH-UBND", "120/KH-UBND"),
        ("90/KH-UBND", "120/KH-UBND"),
        ("58/KH-UBND", "120/KH-UBND"),
        ("102/KH-UBND", "120/KH-UBND"),
        ("75-CTr/TU", "21-CT/TW"),
        ("74/KH-UBND", "75-CTr/TU"),
        ("96/KH-UBND", "74/KH-UBND"),
        ("215/KH-UBND", "03/2024/NQ-HĐND"),
        ("231/KH-UBND", "215/KH-UBND"),
        ("Ủy ban nhân dân huyện Tiên Lãng", "215/KH-UBND"),
    ],
)
def test_a_plan_implements_what_it_says(graph: Graph, lower: str, upper: str) -> None:
    assert (lower, upper) in links(graph, "THUC_HIEN")


def test_every_example_is_one_document_of_the_graph(collection: dict[str, Stored], graph: Graph) -> None:
    ingested = {n.id for n in graph.nodes("Document") if n.properties["status"] == "ingested"}
    assert ingested == set(collection)
    assert len(collection) == 18


def test_no_symbol_stands_for_two_documents_of_the_examples(graph: Graph) -> None:
    symbols = [
        (n.properties["symbol"], n.properties["place"])
        for n in graph.nodes("Document")
        if n.properties.get("symbol") and n.properties.get("place")
    ]
    assert len(symbols) == len(set(symbols))


def test_every_issuer_of_an_example_is_known_in_full(collection: dict[str, Stored]) -> None:
    unknown = [
        s.record.file for s in collection.values() if not s.record.header.issuer or "?" in s.record.header.issuer
    ]
    assert unknown == []


def test_every_passage_lies_in_its_text_and_in_its_quote(collection: dict[str, Stored], graph: Graph) -> None:
    for edge in graph.edges():
        if edge.evidence is None:
            continue
        passage = " ".join(collection[edge.evidence.doc].text[edge.evidence.start : edge.evidence.end].split())
        assert passage, edge
        assert passage in edge.evidence.quote, edge
        assert 0 < edge.evidence.confidence <= 1


def test_the_communes_of_a_district_belong_to_the_collective(graph: Graph) -> None:
    (collective,) = [
        n for n in graph.nodes("Agency") if n.properties["name"] == "Ủy ban nhân dân các xã, thị trấn huyện Yên Dũng"
    ]
    members = {e.source for e in graph.edges("THUOC") if e.target == collective.id}
    assert len(members) == 18


def test_a_commune_that_issued_a_plan_is_the_member_of_the_collective(graph: Graph) -> None:
    (commune,) = [n for n in graph.nodes("Agency") if "nhân dân xã Đồng Phúc" in str(n.properties["name"])]
    assert {"BAN_HANH", "THUOC"} <= {e.type for e in graph.edges() if e.source == commune.id}


def test_the_order_of_files_does_not_matter(collection: dict[str, Stored], graph: Graph) -> None:
    order = list(collection)
    random.Random(3).shuffle(order)
    again = build({id_: collection[id_] for id_ in order})
    assert sorted(map(repr, again.nodes())) == sorted(map(repr, graph.nodes()))
    assert sorted(map(repr, again.edges())) == sorted(map(repr, graph.edges()))
