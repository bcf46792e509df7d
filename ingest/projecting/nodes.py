"""Documents, agencies and places as nodes of the graph, with the edges that no text tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.model import Edge, Node
from graph.places import Gazetteer
from graph.places import Place as Unit
from graph.schema import Value
from ingest.lexicon import lexicon
from ingest.projecting.contribution import known
from ingest.resolving.identity import place_name, search_text
from ingest.resolving.resolve import ResolvedDocument
from ingest.resolving.resolve_agencies import ResolvedAgency
from ingest.resolving.successions import SUCCESSION_DATA, Succession

GAZETTEER = "graph/data/places.csv"


def document_node(document: ResolvedDocument, own: Mapping[str, Mapping[str, Value]]) -> Node:
    """A document.

    Args:
        document: with all that was said of it.
        own: what only its own text tells (`contribution.Contribution.own`), by record, of the records that describe it.
    """
    symbol = document.symbol or ""
    names = sorted({s.label for s in document.statements if s.label and not s.has_symbol})
    title = document.best("title") or (names[0] if names else "")
    type_ = document.best("type")
    issuer = document.best("issuer")
    told: dict[str, Value] = {
        "symbol": symbol,
        "type": type_,
        "title": title,
        "issued_on": document.issued_on,
        "issuer": issuer,
        "level": document.best("level"),
        "place": place_name(document.place),
        "status": "ingested" if document.is_ingested else "cited",
        "texts": sorted({s.record for s in document.statements if s.is_own} - {document.id}),
        "inferred": sorted({f for s in document.statements[:1] for f in s.inferred}),
        "ambiguous_with": list(document.ambiguous_with),
        "names": names,
        "search": search_text(symbol, type_, *_abbreviations(type_), title, *names, issuer),
    }
    for statement in document.statements:
        if statement.is_own:
            told.update(own[statement.record])
    told["source"] = own.get(document.id, {}).get("source")
    return Node(document.id, "Document", known(told))


def _abbreviations(type_: str | None) -> list[str]:
    entry = lexicon("document_types").get(type_ or "") or {}
    return list(entry.get("abbreviations", ()))


def agency_node(agency: ResolvedAgency) -> Node:
    told: dict[str, Value] = {
        "name": agency.name,
        "kind": agency.kind,
        "level": agency.level,
        "place": place_name(agency.place),
        "aliases": list(agency.aliases),
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
        "search": search_text(agency.name, *agency.aliases),
    }
    return Node(agency.id, "Agency", {**known(told), "collective": agency.collective})


def agency_edges(agency: ResolvedAgency, heirs: Iterable[tuple[str, Succession]]) -> Iterator[Edge]:
    """THUOC from an agency to its classes, to what it is a department of and to its places; KE_THUA from its heirs."""
    for class_ in agency.members_of:
        yield Edge(agency.id, "THUOC", class_, None, GAZETTEER)
    if agency.parent and agency.parent != agency.id:
        yield Edge(agency.id, "THUOC", agency.parent, None, "name")
    for unit in agency.units:
        yield Edge(agency.id, "THUOC", unit, None, GAZETTEER)
    for heir, how in heirs:
        properties = known({"date": how.date, "field": how.field})
        yield Edge(heir, "KE_THUA", agency.id, None, how.source, properties)


def place_node(unit: Unit) -> Node:
    dates = {"valid_from": unit.valid_from, "valid_to": unit.valid_to}
    properties: dict[str, Value] = {"name": unit.name, "level": unit.level, "code": unit.code, **dates}
    return Node(unit.id, "Place", known(properties))


def place_edges(unit: Unit, gazetteer: Gazetteer) -> Iterator[Edge]:
    """THUOC from a place to the one that it is part of; KE_THUA from those that took over from it."""
    for parent in gazetteer.parents(unit)[:1]:
        yield Edge(unit.id, "THUOC", parent.id, None, GAZETTEER)
    for taken in gazetteer.taken_over(unit):
        yield Edge(taken.successor, "KE_THUA", unit.id, None, SUCCESSION_DATA, {"date": taken.date})


def places_beside(unit: Unit, gazetteer: Gazetteer) -> list[str]:
    """The places that are there with a place: the one above it, and those that took over; ids, each once."""
    above = [parent.id for parent in gazetteer.parents(unit)[:1]]
    return list(dict.fromkeys([*above, *(taken.successor for taken in gazetteer.taken_over(unit))]))
