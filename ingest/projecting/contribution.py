"""What one record adds to the graph: its tasks and targets, and every edge that was read in its text.

A pure function of the record, its text and the ids of the agencies that it names; which documents it speaks of other
records have a say in. So each stands here by its ref ("@d3", its own as "@this") until that is known (`resolved`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from graph.difference import EdgeId, edge_id
from graph.model import Edge, Evidence, Node
from graph.schema import Value
from ingest.corrections import CORRECTED
from ingest.quote import quote
from ingest.record import SENT, Assignment, Found, Place, Record, Target, Task
from ingest.resolving.agency_identity import joint_issuers

_EDGE_OF_ROLE = {"phối hợp": "PHOI_HOP", "báo cáo": "BAO_CAO"}  # every other role is GIAO
_REF = "@"
OWN = f"{_REF}this"


@dataclass(slots=True)
class Contribution:
    """Nodes and edges of one record."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def edge_ids(self) -> list[EdgeId]:
        """Of all edges, in their order."""
        return list(map(edge_id, self.edges))


def resolved(edges: list[EdgeId], document_of: Mapping[str, str]) -> dict[EdgeId, int]:
    """The edges between what is meant, each with the place in the list of the one that tells of it.

    Two that come to be one are told of by the later one; a document has none to itself.

    Args:
        edges: of a contribution.
        document_of: the ids of documents by their refs.
    """
    found: dict[EdgeId, int] = {}
    for place, edge in enumerate(edges):
        source, target = (meant(end, document_of) for end in (edge.source, edge.target))
        if source != target:
            found[EdgeId(source, edge.type, target, edge.key)] = place
    return found


def meant(end: str, document_of: Mapping[str, str]) -> str:
    """The id of a node that stands in a contribution."""
    return document_of[end.removeprefix(_REF)] if end.startswith(_REF) else end


def joined(edge: Edge, id_: EdgeId) -> Edge:
    """An edge of a contribution between what is meant."""
    return replace(edge, source=id_.source, target=id_.target)


def placed(node: Node, document: str) -> Node:
    """A task or target of a contribution in its document."""
    return Node(node.id, node.label, {**node.properties, "document": document})


def known(properties: Mapping[str, Value]) -> dict[str, Value]:
    """Without what is not known."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], ())}


def own_properties(record: Record) -> dict[str, Value]:
    """What only a document's own text tells of it, and the file."""
    header = record.header
    return known(
        {
            "source": record.file,
            "symbol_suffix": None if header.symbol else header.symbol_suffix,
            "signer": header.signer,
            "signer_position": header.signer_position,
        }
    )


def contribution(id_: str, record: Record, text: str, agencies: Mapping[tuple[str, Place], str]) -> Contribution:
    """What a record adds to the graph.

    Args:
        id_: of the record.
        record: what the document says.
        text: its cleaned text.
        agencies: the ids of those that the record names, by name and jurisdiction.
    """
    reader = _Reader(id_, text, agencies)
    made = Contribution()
    made.edges += reader.issuers(record)
    made.edges += reader.recipients(record)
    made.edges += reader.relations(record)
    for ordinal, task in enumerate(record.tasks, 1):
        made.nodes.append(reader.task(ordinal, task))
        made.edges += reader.assigned(made.nodes[-1].id, task, task.assignments)
    for ordinal, target in enumerate(record.targets, 1):
        made.nodes.append(reader.target(ordinal, target))
        lasting = tuple(a for a in target.assignments if a.role not in _EDGE_OF_ROLE)
        made.edges += reader.assigned(made.nodes[-1].id, target, lasting)
    return made


class _Reader:
    def __init__(self, id_: str, text: str, agencies: Mapping[tuple[str, Place], str]) -> None:
        self._id, self._text, self._agencies = id_, text, agencies

    def _evidence(self, found: Found, section: str = "", near: Found | None = None) -> Evidence:
        """Evidence for a fact; where its passage is a heading, the quote goes on with the item under it."""
        passage = quote(self._text, found.start, found.end) if found.end else ""  # what a person said stands nowhere
        if near is not None and not near.start <= found.start < near.end:
            item = quote(self._text, near.start, min(near.start + 1, near.end))
            if item != passage:  # two cells of one row of a table have the same quote
                passage = f"{passage} … {item}" if passage else item
        return Evidence(self._id, found.start, found.end, found.rule, found.confidence, section, passage)

    def _ordered(self, evidence: Evidence, order: Found | None) -> Evidence:
        """The evidence of whom a task is given to, its quote with the words that order a plan, wherever these stand."""
        words = " ".join(self._text[order.start : order.end].split()) if order else ""
        if order is None or not words or words in evidence.quote:
            return evidence
        return replace(evidence, quote=f"{evidence.quote} … {quote(self._text, order.start, order.end)}")

    def issuers(self, record: Record) -> Iterator[Edge]:
        header = record.header
        if header.issuer:
            yield from self._issued(OWN, header.issuer, header.place, header.found.get("issuer", CORRECTED))
        for cited in record.documents:
            if cited.issuer:
                yield from self._issued(_REF + cited.ref, cited.issuer, cited.place, cited)

    def _issued(self, document: str, issuer: str, place: Place, found: Found) -> Iterator[Edge]:
        for name in joint_issuers(issuer):
            yield Edge(self._agencies[name, place], "BAN_HANH", document, self._evidence(found))

    def recipients(self, record: Record) -> Iterator[Edge]:
        for recipient in record.recipients:
            agency = self._agencies[recipient.name, recipient.place]
            yield Edge(OWN, "GUI", agency, self._evidence(recipient))

    def relations(self, record: Record) -> Iterator[Edge]:
        for relation in record.relations:
            evidence = self._evidence(relation, relation.section)
            yield Edge(_REF + relation.source, relation.type, _REF + relation.target, evidence)

    def task(self, ordinal: int, task: Task) -> Node:
        told: dict[str, Value] = {
            "ordinal": ordinal,
            "section": task.section,
            "heading": task.heading,
            "text": task.text,
            "deadline": task.deadline,
            "deadline_text": task.deadline_text,
            "recurrence": task.recurrence,
            "plan_deadline": task.plan_deadline,
        }
        where: dict[str, Value] = {"requires_plan": task.requires_plan, "start": task.start, "end": task.end}
        return Node(f"{self._id}#{ordinal}", "Task", {**known(told), **where})

    def target(self, ordinal: int, target: Target) -> Node:
        told: dict[str, Value] = {
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
        return Node(f"{self._id}#c{ordinal}", "Target", {**known(told), "start": target.start, "end": target.end})

    def assigned(self, node: str, item: Task | Target, assignments: tuple[Assignment, ...]) -> Iterator[Edge]:
        """A task or target in its document, and to whom it is given."""
        yield Edge(OWN, "GOM", node, self._evidence(item, item.section))
        for assignment in assignments:
            type_ = _EDGE_OF_ROLE.get(assignment.role, "GIAO")
            properties: dict[str, Value] = {}
            if type_ == "GIAO":
                properties = {"role": assignment.role}
            elif type_ == "BAO_CAO" and isinstance(item, Task):
                report = assignment.rule != SENT  # a list that is sent is no report that is due
                properties = known({"due": item.deadline if report else None, "recurrence": item.recurrence})
            agency = self._agencies[assignment.name, assignment.place]
            evidence = self._evidence(assignment, item.section, item)
            if type_ == "GIAO" and isinstance(item, Task):
                evidence = self._ordered(evidence, item.found.get("requires_plan"))
            yield Edge(node, type_, agency, evidence, "", properties)
