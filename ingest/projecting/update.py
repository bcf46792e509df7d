"""What the graph becomes with documents that were stored, replaced or taken out, out of what it was made of before.

Nothing is worked out anew but what those documents can affect, by the same functions that make the whole graph:

- statements about documents are decided on together only where they are linked by their keys (`linking_keys`);
- what an agency is follows from counted facts, which a record adds or takes away, and from those that imply it;
- what a record adds to the graph depends on others only by the documents that its refs mean.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

import orjson

from graph.difference import Difference, edge_id
from graph.model import Node
from graph.places import places as all_places
from ingest.corrections import Corrections
from ingest.projecting.contribution import Contribution, contribution, joined, own_properties, placed, resolved
from ingest.projecting.index import Index
from ingest.projecting.nodes import (
    agency_edges,
    agency_node,
    document_node,
    place_edges,
    place_node,
    places_beside,
)
from ingest.projecting.tables import AgencyTables, Digests, InGraph, Kept, Places, Records, Statements, digest
from ingest.record import Record
from ingest.resolving.agency_statements import AgencyStatements, Fact
from ingest.resolving.official_places import OfficialPlaces
from ingest.resolving.resolve import linking_keys, names_of, resolve_statements
from ingest.resolving.resolve_agencies import AgencyResolution, Implied, ResolvedAgency
from ingest.resolving.statements import Statement, statements_of

Loader = Callable[[str], tuple[Record, str] | None]
"""The record of an id with its cleaned text; None where there is none."""


class GlobalChange(Exception):
    """What changed may have an effect on everything: the graph must be made as a whole."""


def update(index: Index, records: Iterable[str], load: Loader, corrections: Corrections) -> Difference:
    """What changes in the graph; the index tells from then on of the graph as it is afterwards.

    Args:
        index: of the graph as it is; within a transaction that is ended when the graph has been changed.
        records: ids of records that were stored, replaced or taken out.
        load: gives those, and others that are affected.
        corrections: those that the graph was made with.

    Raises:
        GlobalChange: what a person said no longer holds of anything, perhaps; or the index is not of these records.
    """
    return _Update(index, load, corrections).run(sorted(set(records)))


class _Update:
    def __init__(self, index: Index, load: Loader, corrections: Corrections) -> None:
        self.difference = Difference()
        self._load, self._corrections = load, corrections
        self._gazetteer = all_places()
        self._official = OfficialPlaces(self._gazetteer)
        self._agency_statements = AgencyStatements(self._gazetteer, corrections)
        self._records, self._statements = Records(index), Statements(index)
        self._digests, self._agencies, self._places = Digests(index), _Noting(index, corrections), Places(index)
        self._facts: Counter[tuple[str, Fact]] = Counter()
        self._units: Counter[str] = Counter()  # places, by how many more agencies are of them
        self._keys: set[str] = set()  # of statements that came or went
        self._documents: set[str] = set()  # that statements meant which went
        self._new: dict[str, Contribution] = {}
        self._refs: dict[str, dict[str, str]] = {}  # what the refs of a record meant before

    def run(self, records: list[str]) -> Difference:
        for id_ in records:
            self._take_out(id_)
        for id_ in records:
            self._take_in(id_)
        self._decide_documents(set(records))
        self._decide_agencies()
        self._decide_places()
        for id_, made in self._new.items():
            refs = self._statements.refs(id_)
            for node in made.nodes:
                self.difference.nodes[node.id] = placed(node, refs["this"])
            for edge, place in resolved(made.edge_ids(), refs).items():
                self.difference.edges[edge] = joined(made.edges[place], edge)
        self.difference.gone = {(label, id_) for label, id_ in self.difference.gone if id_ not in self.difference.nodes}
        return self.difference

    # records

    def _take_out(self, id_: str) -> None:
        """Take away what a record said, as far as it was there."""
        kept = self._records.get(id_)
        if kept is None:
            return
        if kept.corrected or self._corrections.corrects(id_, kept.own.get("source")):
            raise GlobalChange(f"{id_} is named in the corrections")
        links = []
        for statement, place, document in self._statements.of(id_):
            keys = linking_keys(statement, self._corrections)
            links += [(key, place) for key in keys]
            self._keys.update(keys)
            if document:
                self._documents.add(document)
        self._refs[id_] = refs = self._statements.refs(id_)
        self.difference.gone.update(kept.nodes)
        self.difference.cut.update(resolved(kept.edges, refs))
        self._facts.subtract(kept.facts)
        self._statements.remove(id_, links)
        self._records.remove(id_)

    def _take_in(self, id_: str) -> None:
        loaded = self._load(id_)
        if loaded is None:
            return
        record = self._corrections.apply(id_, loaded[0])
        statements = [
            (statement, place, linking_keys(statement, self._corrections), None)
            for place, statement in enumerate(statements_of(id_, record, self._official))
        ]
        self._statements.put(statements)
        self._keys.update(key for _, _, keys, _ in statements for key in keys)
        said = self._agency_statements.read(id_, record)
        self._facts.update(said.facts)
        self._new[id_] = made = contribution(id_, record, loaded[1], said.ids)
        named = said.corrected.union(*(corrected_names(s, self._corrections) for s, *_ in statements))
        self._records.put(id_, kept_of(record, named, said.facts, made))

    # documents

    def _decide_documents(self, records: set[str]) -> None:
        found = self._linked()
        statements = [statement for statement, _ in found.values()]
        resolved_now = resolve_statements(statements, self._corrections)
        before = self._documents.union(document for _, document in found.values() if document)
        own = self._records.own({s.record for s in statements if s.is_own})
        for document in resolved_now:
            node = document_node(document, own)
            if self._digests.changes(node):
                self.difference.nodes[node.id] = node
        for gone in before - {document.id for document in resolved_now}:
            self.difference.gone.add(("Document", gone))
            self._digests.forget(gone)
        moved = defaultdict(list)
        places = {(statement.record, statement.ref): (place, was) for (_, place), (statement, was) in found.items()}
        for document in resolved_now:
            for statement in document.statements:
                place, was = places[statement.record, statement.ref]
                if was != document.id:
                    moved[statement.record].append((place, document.id))
        for record, decided in sorted(moved.items()):
            refs = self._statements.refs(record)
            for place, id_ in decided:
                self._statements.decide(record, place, id_)
            if record not in records:
                self._move(record, refs, self._statements.refs(record))

    def _linked(self) -> dict[tuple[str, int], tuple[Statement, str | None]]:
        """All statements that are decided on together with those that came or went, each with what it meant."""
        found: dict[tuple[str, int], tuple[Statement, str | None]] = {}
        seen: set[str] = set()
        waiting = set(self._keys)
        while waiting:
            key = waiting.pop()
            seen.add(key)
            for place, statement, document in self._statements.linked(key):
                if (statement.record, place) not in found:
                    found[statement.record, place] = statement, document
                    waiting.update(other for other in linking_keys(statement, self._corrections) if other not in seen)
        return dict(sorted(found.items()))

    def _move(self, record: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Draw what a record adds to the graph between other documents than before."""
        kept = self._records.get(record)
        if kept is None:
            raise GlobalChange(f"the index knows nothing of {record}")
        had, has = resolved(kept.edges, before), resolved(kept.edges, after)
        cut = {edge for edge, place in had.items() if has.get(edge) != place}
        new = {edge: place for edge, place in has.items() if had.get(edge) != place}
        self.difference.cut |= cut
        if not new and before["this"] == after["this"]:
            return
        made = self._made_again(record, kept)
        self.difference.edges.update((edge, joined(made.edges[place], edge)) for edge, place in new.items())
        if before["this"] != after["this"]:
            self.difference.nodes.update((node.id, placed(node, after["this"])) for node in made.nodes)

    def _made_again(self, id_: str, kept: Kept) -> Contribution:
        """What a record that has not changed adds to the graph."""
        loaded = self._load(id_)
        if loaded is None:
            raise GlobalChange(f"{id_} is no more")
        record = self._corrections.apply(id_, loaded[0])
        made = contribution(id_, record, loaded[1], self._agency_statements.read(id_, record).ids)
        if made.edge_ids() != kept.edges:
            raise GlobalChange(f"{id_} has changed")
        return made

    # agencies and places

    def _decide_agencies(self) -> None:
        changes = {fact: times for fact, times in self._facts.items() if times}
        self._agencies.count(changes)
        resolution = AgencyResolution(self._agency_statements, self._agencies)
        waiting = resolution.settle({agency for agency, _ in changes})
        for id_ in sorted(waiting):  # the parts of one that stands otherwise were there in another time
            before = self._agencies.get(id_)
            if before is None or before.standing != orjson.dumps(resolution.standing(id_)):
                waiting |= self._parts_of(id_)
        for id_ in sorted(waiting):
            self._decide_agency(id_, resolution)

    def _parts_of(self, id_: str) -> set[str]:
        """What is part of an agency, or of its parts."""
        parts: set[str] = set()
        waiting = [id_]
        while waiting:
            new = set(self._agencies.parts_of(waiting.pop())) - parts
            parts |= new
            waiting += new
        return parts

    def _decide_agency(self, id_: str, resolution: AgencyResolution) -> None:
        """Note what an agency is now, and what changes by it."""
        before, after = self._agencies.get(id_), None
        if agency := resolution.agency(id_):
            node = agency_node(agency)
            after = in_graph(resolution, agency, node)
            if before is None or before.digest != after.digest:
                self.difference.nodes[id_] = node
        if before == after:
            return
        had = {edge_id(edge): edge for edge in before.edges} if before else {}
        has = {edge_id(edge): edge for edge in after.edges} if after else {}
        self.difference.cut.update(edge for edge in had if has.get(edge) != had[edge])
        self.difference.edges.update((edge, told) for edge, told in has.items() if had.get(edge) != told)
        self._units.update(after.units if after else ())
        self._units.subtract(before.units if before else ())
        if after is None:
            self.difference.gone.add(("Agency", id_))
            self._agencies.remove(id_)
        else:
            self._agencies.put([(id_, after)])

    def _decide_places(self) -> None:
        # what comes before what goes: so no place comes and goes in between
        for unit, times in sorted(self._units.items(), key=lambda item: (-item[1], item[0])):
            self._count_place(unit, times)

    def _count_place(self, id_: str, times: int) -> None:
        """A place is there as long as an agency or another place needs it."""
        before, after = self._places.count(id_, times)
        if bool(before) == bool(after):
            return
        unit = self._gazetteer.get(id_)
        edges = {edge_id(edge): edge for edge in place_edges(unit, self._gazetteer)}
        if after:
            self.difference.nodes[id_] = place_node(unit)
            self.difference.edges.update(edges)
        else:
            self.difference.gone.add(("Place", id_))
            self.difference.cut.update(edges)
        for beside in places_beside(unit, self._gazetteer):
            self._count_place(beside, 1 if after else -1)


class _Noting(AgencyTables):
    """A ledger that minds what a person said: an agency that was named there may be implied no more."""

    def __init__(self, index: Index, corrections: Corrections) -> None:
        super().__init__(index)
        self._corrections = corrections

    def note(self, id_: str, implied: Mapping[str, Implied]) -> None:
        if self._corrections.names and self.implies(id_).keys() - implied.keys():
            raise GlobalChange("an agency that the corrections name may be gone")
        super().note(id_, implied)


def kept_of(
    record: Record, corrected: Iterable[str], facts: Mapping[tuple[str, Fact], int], made: Contribution
) -> Kept:
    """What the index keeps of a record."""
    nodes = tuple((node.label, node.id) for node in made.nodes)
    return Kept(own_properties(record), tuple(sorted(corrected)), facts, nodes, made.edge_ids())


def corrected_names(statement: Statement, corrections: Corrections) -> set[str]:
    """The names in the corrections that mean a statement."""
    return set(names_of(statement, corrections)).intersection(corrections.names) if corrections.names else set()


def in_graph(resolution: AgencyResolution, agency: ResolvedAgency, node: Node) -> InGraph:
    """What the index keeps of an agency."""
    edges = tuple(agency_edges(agency, resolution.heirs(agency.id)))
    return InGraph(orjson.dumps(resolution.standing(agency.id)), digest(node), agency.units, edges)
