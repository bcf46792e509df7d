"""From records to the graph: everything resolved, and every node and edge made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.model import Graph
from graph.places import Gazetteer
from graph.places import places as all_places
from ingest.corrections import Corrections
from ingest.projecting.contribution import Contribution, contribution, joined, own_properties, placed, resolved
from ingest.projecting.nodes import agency_edges, agency_node, document_node, place_edges, place_node, places_beside
from ingest.record import Record
from ingest.resolving.agency_statements import AgenciesSaid, AgencyStatements
from ingest.resolving.resolve import ResolvedDocument, names_of, resolve_documents
from ingest.resolving.resolve_agencies import Agencies


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with the cleaned text that its offsets count in."""

    record: Record
    text: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided on a collection: its documents, and which of them each (record, ref) means; its agencies."""

    records: Mapping[str, Record]
    documents: list[ResolvedDocument]
    document_of: Mapping[tuple[str, str], str]
    said: Mapping[str, AgenciesSaid]
    agencies: Agencies

    def refs(self, record_id: str) -> dict[str, str]:
        """The ids of all documents that a record speaks of, by its refs."""
        refs = ["this", *(cited.ref for cited in self.records[record_id].documents)]
        return {ref: self.document_of[record_id, ref] for ref in refs}


def build(collection: Mapping[str, Stored], corrections: Corrections | None = None) -> Graph:
    """The graph of a collection: a pure function of its records, the gazetteer and the corrections.

    Args:
        collection: by the id under which each document is stored; the order does not matter.
        corrections: what a person said; it wins.

    Raises:
        WorkspaceError: the corrections name what is not there.
    """
    texts = {id_: stored.text for id_, stored in collection.items()}
    return graph_of(resolve({id_: stored.record for id_, stored in collection.items()}, corrections), texts)


def resolve(records: Mapping[str, Record], corrections: Corrections | None = None) -> Resolution:
    """Decide what is one document and one agency in all records; see `build`."""
    corrections = corrections or Corrections()
    corrections.check_read(records)
    records = {id_: corrections.apply(id_, record) for id_, record in sorted(records.items())}
    documents, document_of = resolve_documents(records, all_places(), corrections)
    statements = AgencyStatements(all_places(), corrections)
    said = {id_: statements.read(id_, record) for id_, record in records.items()}
    resolution = Resolution(records, documents, document_of, said, Agencies(statements, said))
    _check(corrections, resolution)
    return resolution


def _check(corrections: Corrections, resolution: Resolution) -> None:
    """Refuse corrections that name nothing that is there."""
    named: set[str] = set()
    if corrections.names:
        named = {name for d in resolution.documents for s in d.statements for name in names_of(s, corrections)}
        named = named.intersection(corrections.names) | resolution.agencies.names
    corrections.check(named, resolution.records)


def graph_of(
    resolution: Resolution,
    texts: Mapping[str, str],
    on_record: Callable[[str, Contribution], None] = lambda id_, made: None,
) -> Graph:
    """The graph of what was decided.

    Args:
        texts: the cleaned text of each record.
        on_record: told what each record adds.
    """
    graph = Graph()
    own = {id_: own_properties(record) for id_, record in resolution.records.items()}
    for document in resolution.documents:
        graph.add(document_node(document, own))
    _add_agencies(graph, resolution.agencies)
    for id_, record in resolution.records.items():
        ids = resolution.said[id_].ids
        made = contribution(id_, record, texts[id_], ids)
        on_record(id_, made)
        refs = resolution.refs(id_)
        for node in made.nodes:
            graph.add(placed(node, refs["this"]))
        for edge, place in resolved(made.edge_ids(), refs).items():
            graph.connect(joined(made.edges[place], edge))
    return graph


def _add_agencies(graph: Graph, agencies: Agencies) -> None:
    gazetteer = all_places()
    found = agencies.agencies()
    for agency in found:
        graph.add(agency_node(agency))
    for unit in sorted(_with_those_beside({unit for agency in found for unit in agency.units}, gazetteer)):
        graph.add(place_node(gazetteer.get(unit)))
    for node in list(graph.nodes("Place")):
        for edge in place_edges(gazetteer.get(node.id), gazetteer):
            graph.connect(edge)
    for agency in found:
        for edge in agency_edges(agency, agencies.heirs(agency.id)):
            graph.connect(edge)


def _with_those_beside(units: set[str], gazetteer: Gazetteer) -> set[str]:
    """Places with all that are there because of them: those above them, and those that took over, until now."""
    waiting = list(units)
    while waiting:
        beside = set(places_beside(gazetteer.get(waiting.pop()), gazetteer)) - units
        units |= beside
        waiting += beside
    return units
