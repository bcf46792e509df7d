"""The graph of a workspace's records, as a whole or by what changes in it, with the index of what it was made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from graph.model import Graph
from graph.places import places as all_places
from ingest.build import Resolution, Stored, graph_of, resolve
from ingest.corrections import Corrections
from ingest.projecting.contribution import Contribution
from ingest.projecting.index import Index
from ingest.projecting.nodes import places_beside
from ingest.projecting.tables import AgencyTables, Digests, Places, Records, Statements, digest
from ingest.projecting.update import corrected_names, in_graph, kept_of
from ingest.resolving.resolve import linking_keys
from ingest.resolving.statements import Statement


def made_anew(index: Index, collection: Mapping[str, Stored], corrections: Corrections) -> Graph:
    """The graph of a collection (see `build.build`); the index tells of it from then on.

    Args:
        index: within a transaction that is ended when the graph has been stored.
    """
    index.empty()
    resolution = resolve({id_: stored.record for id_, stored in collection.items()}, corrections)
    said: dict[str, list[Statement]] = defaultdict(list)
    for document in resolution.documents:
        for statement in document.statements:
            said[statement.record].append(statement)
    records = Records(index)

    def keep(id_: str, made: Contribution) -> None:
        agencies = resolution.said[id_]
        named = agencies.corrected.union(*(corrected_names(s, corrections) for s in said[id_]))
        records.put(id_, kept_of(resolution.records[id_], named, agencies.facts, made))

    graph = graph_of(resolution, {id_: stored.text for id_, stored in collection.items()}, keep)
    Statements(index).put(_statements(resolution, corrections))
    Digests(index).note((node.id, digest(node)) for node in graph.nodes("Document"))
    _keep_agencies(index, resolution, graph)
    return graph


def _statements(
    resolution: Resolution, corrections: Corrections
) -> Iterator[tuple[Statement, int, tuple[str, ...], str]]:
    places = {id_: {ref: n for n, ref in enumerate(resolution.refs(id_))} for id_ in resolution.records}
    for document in resolution.documents:
        for statement in document.statements:
            place = places[statement.record][statement.ref]
            yield statement, place, linking_keys(statement, corrections), document.id


def _keep_agencies(index: Index, resolution: Resolution, graph: Graph) -> None:
    agencies, tables = resolution.agencies, AgencyTables(index)
    facts = {(id_, fact): times for id_, fact, times in agencies.ledger.all_facts()}
    tables.count(facts)
    tables.note_all(agencies.ledger.all_implied())
    tables.put((a.id, in_graph(agencies, a, graph.node(a.id))) for a in agencies.agencies())
    times = Counter(unit for agency in agencies.agencies() for unit in agency.units)
    gazetteer = all_places()
    for place in graph.nodes("Place"):
        times.update(places_beside(gazetteer.get(place.id), gazetteer))
    Places(index).put(times)
