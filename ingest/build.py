"""From resolved records to the graph: nodes with their properties, edges with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model import Edge, Evidence, Graph, Node
from graph.places import Gazetteer
from graph.places import Place as Unit
from graph.places import places as all_places
from graph.schema import Value
from ingest.corrections import CORRECTED, Corrections
from ingest.lexicon import lexicon
from ingest.quote import quote
from ingest.record import Assignment, Found, Place, Record, Target, Task
from ingest.resolving.agency_identity import joint_issuers
from ingest.resolving.identity import place_name, search_text
from ingest.resolving.resolve import ResolvedDocument, names_of, resolve_documents
from ingest.resolving.resolve_agencies import Agencies, ResolvedAgency, resolve_agencies
from ingest.resolving.successions import SUCCESSION_DATA

_EDGE_OF_ROLE = {"phối hợp": "PHOI_HOP", "báo cáo": "BAO_CAO"}  # every other role is GIAO
GAZETTEER = "graph/data/places.csv"


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with the cleaned text that its offsets count in."""

    record: Record
    text: str


def build(collection: Mapping[str, Stored], corrections: Corrections | None = None) -> Graph:
    """The graph of a collection: a pure function of its records, the gazetteer and the corrections.

    Args:
        collection: by the id under which each document is stored; the order does not matter.
        corrections: what a person said; it wins.
    """
    corrections = corrections or Corrections()
    records = {id_: corrections.apply(id_, stored.record) for id_, stored in sorted(collection.items())}
    texts = {id_: stored.text for id_, stored in collection.items()}
    gazetteer = all_places()
    documents, document_of = resolve_documents(records, gazetteer, corrections)
    agencies = resolve_agencies(records, gazetteer, corrections)
    _check(corrections, documents, agencies, records)
    builder = _Builder(texts, document_of, agencies, gazetteer)
    for document in documents:
        source = collection[document.id].record.file if document.id in collection else ""
        builder.add_document(document, source)
    resolved = agencies.agencies()
    for agency in resolved:
        builder.add_agency(agency)
    builder.join_agencies(resolved)
    builder.join_places()
    for id_, record in records.items():
        builder.add_record(id_, record)
    return builder.graph


def _check(
    corrections: Corrections,
    documents: Iterable[ResolvedDocument],
    agencies: Agencies,
    records: Mapping[str, Record],
) -> None:
    """Refuse corrections that name nothing that is there."""
    if corrections.names:
        named = {name for d in documents for s in d.statements for name in names_of(s, corrections)}
        corrections.check(named.intersection(corrections.names) | agencies.names, records)
    else:
        corrections.check((), records)


def _known(properties: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value not in (None, "", [], ())}


def _abbreviations(type_: str | None) -> list[str]:
    entry = lexicon("document_types").get(type_ or "") or {}
    return list(entry.get("abbreviations", ()))


class _Builder:
    def __init__(
        self,
        texts: Mapping[str, str],
        document_of: Mapping[tuple[str, str], str],
        agencies: Agencies,
        gazetteer: Gazetteer,
    ) -> None:
        self.graph = Graph()
        self._texts = texts
        self._document_of = document_of
        self._agencies = agencies
        self._gazetteer = gazetteer

    # nodes

    def add_document(self, document: ResolvedDocument, source: str) -> None:
        symbol = document.symbol or ""
        names = sorted({s.label for s in document.statements if s.label and not s.has_symbol})
        title = document.best("title") or (names[0] if names else "")
        type_ = document.best("type")
        issuer = document.best("issuer")
        self.graph.add(
            Node(
                document.id,
                "Document",
                _known(
                    {
                        "symbol": symbol,
                        "type": type_,
                        "title": title,
                        "issued_on": document.issued_on,
                        "issuer": issuer,
                        "level": document.best("level"),
                        "place": place_name(document.place),
                        "status": "ingested" if document.is_ingested else "cited",
                        "source": source,
                        "inferred": sorted({f for s in document.statements[:1] for f in s.inferred}),
                        "ambiguous_with": list(document.ambiguous_with),
                        "names": names,
                        "search": search_text(symbol, type_, *_abbreviations(type_), title, *names, issuer),
                    }
                ),
            )
        )

    def add_agency(self, agency: ResolvedAgency) -> None:
        self.graph.add(
            Node(
                agency.id,
                "Agency",
                {
                    **_known(
                        {
                            "name": agency.name,
                            "kind": agency.kind,
                            "level": agency.level,
                            "place": place_name(agency.place),
                            "aliases": list(agency.aliases),
                            "valid_from": agency.valid_from,
                            "valid_to": agency.valid_to,
                            "search": search_text(agency.name, *agency.aliases),
                        }
                    ),
                    "collective": agency.collective,
                },
            )
        )

    def join_agencies(self, agencies: Iterable[ResolvedAgency]) -> None:
        """THUOC: members to their collectives, departments to their agencies, agencies to their places; KE_THUA."""
        for agency in agencies:
            for collective in agency.members_of:
                self.graph.connect(Edge(agency.id, "THUOC", collective, None, GAZETTEER))
            if agency.parent and agency.parent != agency.id:
                self.graph.connect(Edge(agency.id, "THUOC", agency.parent, None, "name"))
            for unit in agency.units:
                self.graph.connect(Edge(agency.id, "THUOC", self._add_unit(self._gazetteer.get(unit)), None, GAZETTEER))
        for later, earlier, how in self._agencies.successions():
            properties = _known({"date": how.date, "field": how.field})
            self.graph.connect(Edge(later, "KE_THUA", earlier, None, how.source, properties))

    def join_places(self) -> None:
        """KE_THUA: what became of the places, until now."""
        for place in list(self.graph.nodes("Place")):
            for taken in self._gazetteer.taken_over(self._gazetteer.get(place.id)):
                later = self._add_unit(self._gazetteer.get(taken.successor))
                self.graph.connect(Edge(later, "KE_THUA", place.id, None, SUCCESSION_DATA, {"date": taken.date}))

    def _add_unit(self, unit: Unit) -> str:
        if unit.id in self.graph.nx:
            return unit.id
        dates = {"valid_from": unit.valid_from, "valid_to": unit.valid_to}
        properties = {"name": unit.name, "level": unit.level, "code": unit.code, **dates}
        self.graph.add(Node(unit.id, "Place", _known(properties)))
        for parent in self._gazetteer.parents(unit)[:1]:
            self.graph.connect(Edge(unit.id, "THUOC", self._add_unit(parent), None, GAZETTEER))
        return unit.id

    # what a record says

    def _evidence(self, id_: str, found: Found, section: str = "", near: Found | None = None) -> Evidence:
        """Evidence for a fact; where its passage is a heading, the quote goes on with the item under it."""
        text = self._texts[id_]
        passage = quote(text, found.start, found.end) if found.end else ""  # what a person said stands nowhere
        if near is not None and not near.start <= found.start < near.end:
            item = quote(text, near.start, min(near.start + 1, near.end))
            if item != passage:  # two cells of one row of a table have the same quote
                passage = f"{passage} … {item}"
        return Evidence(id_, found.start, found.end, found.rule, found.confidence, section, passage)

    def add_record(self, id_: str, record: Record) -> None:
        document = self._document_of[(id_, "this")]
        self._add_properties_of_its_own(document, record)
        self._add_issuers(id_, record)
        for recipient in record.recipients:
            agency = self._agencies.id_of(id_, recipient.name, recipient.place)
            self.graph.connect(Edge(document, "GUI", agency, self._evidence(id_, recipient)))
        for relation in record.relations:
            source, target = (self._document_of[(id_, ref)] for ref in (relation.source, relation.target))
            if source != target:
                evidence = self._evidence(id_, relation, relation.section)
                self.graph.connect(Edge(source, relation.type, target, evidence))
        for ordinal, task in enumerate(record.tasks, 1):
            self._add_task(id_, document, ordinal, task)
        for ordinal, target_ in enumerate(record.targets, 1):
            self._add_target(id_, document, ordinal, target_)

    def _add_properties_of_its_own(self, document: str, record: Record) -> None:
        """What only the document's own text tells: signer, and the symbol without its number."""
        header = record.header
        own = {
            "symbol_suffix": None if header.symbol else header.symbol_suffix,
            "signer": header.signer,
            "signer_position": header.signer_position,
        }
        self.graph.nx.nodes[document].update(_known(own))

    def _add_issuers(self, id_: str, record: Record) -> None:
        header = record.header
        if header.issuer:
            self._issued(id_, "this", header.issuer, header.place, header.found.get("issuer", CORRECTED))
        for cited in record.documents:
            if cited.issuer:
                self._issued(id_, cited.ref, cited.issuer, cited.place, cited)

    def _issued(self, id_: str, ref: str, issuer: str, place: Place, found: Found) -> None:
        for name in joint_issuers(issuer):
            agency = self._agencies.id_of(id_, name, place)
            self.graph.connect(Edge(agency, "BAN_HANH", self._document_of[(id_, ref)], self._evidence(id_, found)))

    def _add_task(self, id_: str, document: str, ordinal: int, task: Task) -> None:
        node = f"{id_}#{ordinal}"
        self.graph.add(
            Node(
                node,
                "Task",
                {
                    **_known(
                        {
                            "document": document,
                            "ordinal": ordinal,
                            "section": task.section,
                            "heading": task.heading,
                            "text": task.text,
                            "deadline": task.deadline,
                            "deadline_text": task.deadline_text,
                            "recurrence": task.recurrence,
                        }
                    ),
                    "requires_plan": task.requires_plan,
                    "start": task.start,
                    "end": task.end,
                },
            )
        )
        self.graph.connect(Edge(document, "GOM", node, self._evidence(id_, task, task.section)))
        for assignment in task.assignments:
            self._assign(id_, node, assignment, task)

    def _assign(self, id_: str, node: str, assignment: Assignment, item: Task | Target) -> None:
        type_ = _EDGE_OF_ROLE.get(assignment.role, "GIAO")
        properties: dict[str, Value] = {}
        if type_ == "GIAO":
            properties = {"role": assignment.role}
        elif type_ == "BAO_CAO" and isinstance(item, Task):
            properties = _known({"due": item.deadline, "recurrence": item.recurrence})
        agency = self._agencies.id_of(id_, assignment.name, assignment.place)
        evidence = self._evidence(id_, assignment, item.section, item)
        self.graph.connect(Edge(node, type_, agency, evidence, "", properties))

    def _add_target(self, id_: str, document: str, ordinal: int, target: Target) -> None:
        node = f"{id_}#c{ordinal}"
        properties: dict[str, Value] = {
            "document": document,
            "ordinal": ordinal,
            "section": target.section,
            "subject": target.subject,
            "comparator": target.comparator,
            "value": target.value,
            "value_max": target.value_max,
            "unit": target.unit,
            "by": target.by,
            "text": target.text,
        }
        self.graph.add(Node(node, "Target", {**_known(properties), "start": target.start, "end": target.end}))
        self.graph.connect(Edge(document, "GOM", node, self._evidence(id_, target, target.section)))
        for assignment in target.assignments:
            if assignment.role not in _EDGE_OF_ROLE:
                self._assign(id_, node, assignment, target)
