"""A collection out of a few lines for each document, as cases/check.yaml writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.model import Edge, Evidence, Graph, Node
from ingest.build import graph_of, resolve
from ingest.corrections import Corrections
from ingest.record import Place
from ingest.resolving.agency_changes import level_of, read_changes
from ingest.resolving.agency_identity import seated
from tests.records import record


@dataclass(frozen=True)
class Scenario:
    """The graph of a scenario, and the ids of its documents by their keys in the file."""

    graph: Graph
    ids: Mapping[str, str]

    def key(self, id_: str | None) -> str | None:
        """What the file calls a document."""
        return next((key for key, own in self.ids.items() if own == id_), id_)

    @property
    def tops(self) -> list[str]:
        """The documents that implement none of the others."""
        below = {edge.source for edge in self.graph.edges("THUC_HIEN")}
        return [id_ for id_ in self.ids.values() if id_ not in below]


def side_by_side(scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Scenarios whose graphs have no node in common, so that one store can hold them all."""
    return {name: _apart(made, f"s{number}-") for number, (name, made) in enumerate(scenarios.items())}


def _apart(made: Scenario, prefix: str) -> Scenario:
    graph = Graph()
    for node in made.graph.nodes():
        own = {name: f"{prefix}{value}" if name == "document" else value for name, value in node.properties.items()}
        graph.add(Node(prefix + node.id, node.label, own))
    for edge in made.graph.edges():
        evidence = edge.evidence and replace(edge.evidence, doc=prefix + edge.evidence.doc)
        graph.connect(
            Edge(prefix + edge.source, edge.type, prefix + edge.target, evidence, edge.data_source, edge.properties)
        )
    return Scenario(graph, {key: prefix + id_ for key, id_ in made.ids.items()})


def scenario(raw: Mapping[str, Any]) -> Scenario:
    """The collection that a scenario describes, resolved and built as an ingest does it."""
    documents: Mapping[str, Mapping[str, Any]] = raw["documents"]
    records = {
        key: record(_record(document, documents), f"{key}.txt")
        for key, document in documents.items()
        if not document.get("cited")
    }
    given = raw.get("corrections", {})
    corrections = Corrections(
        headers=given.get("headers", {}),
        agencies=read_changes(given.get("agencies", []), "corrections.yaml", "test"),
    )
    resolution = resolve(records, corrections)
    graph = graph_of(resolution, dict.fromkeys(records, "Văn bản."))
    ids = {key: resolution.document_of[key, "this"] for key in records}
    for key, document in documents.items():
        if document.get("cited"):
            named = [n.id for n in graph.nodes("Document") if n.properties.get("symbol") == document["number"]]
            ids[key] = min(named) if named else key
    for lower, upper in raw.get("concrete", ()):
        said = Evidence(ids[lower], 0, 8, "hand", 1.0, "", "Văn bản.")
        graph.connect(Edge(f"{ids[lower]}#1", "CU_THE_HOA", f"{ids[upper]}#1", said))
    return Scenario(graph, ids)


def _agency(written: str) -> dict[str, Any]:
    """ "Ủy ban nhân dân @ tỉnh Bắc Giang / huyện Yên Dũng" as a record has it; "các …" is a class, one level lower."""
    head, _, where = (part.strip() for part in written.partition("@"))
    place: Place = tuple(part.strip() for part in where.split("/")) if where else ()
    many = "các " in head.lower()
    level = next((level for level in ("xã", "huyện", "tỉnh") if level in head), None) if many else level_of(place)
    level = "xã" if many and "phường" in head else level
    name = seated(head, place) if not many else " ".join(filter(None, [head, place[-1] if place else ""]))
    return {"name": name, "head": head, "place": place, "level": level, "collective": many} | _kind(head)


def _kind(head: str) -> dict[str, str]:
    kinds = {
        "Ban Thường vụ": "ban thường vụ", "Tỉnh ủy": "cấp ủy", "Huyện ủy": "cấp ủy",
        "Ủy ban nhân dân": "ủy ban nhân dân", "Sở": "sở", "Phòng": "phòng",
    }  # fmt: skip
    kind = next((kind for word, kind in kinds.items() if head.startswith(word)), "")
    body = re.match(r"Ban Thường vụ (.*)", head)
    return {"kind": kind} | ({"parent": body[1]} if body else {})


def _record(document: Mapping[str, Any], all_: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    issuer = _agency(document["by"]) if "by" in document else {}
    if parent := issuer.pop("parent", None):
        issuer["parent"] = seated(parent, issuer["place"])
    named: list[str] = []

    def ref(key: str) -> str:
        if key not in named:
            named.append(key)
        return f"d{named.index(key) + 1}"

    relations = [
        {"source": "this", "type": type_, "target": ref(key)}
        for words, type_ in _RELATIONS.items()
        for key in document.get(words, ())
    ]
    relations += [{"source": ref(a), "type": "THUC_HIEN", "target": ref(b)} for a, b in document.get("says", ())]
    header = {"type": document["is"], "symbol": document.get("number"), "issued_on": _text(document.get("dated"))}
    if issuer:
        own = {"issuer": issuer["name"], "issuer_head": issuer["head"]}
        header |= own | {"level": issuer["level"], "place": issuer["place"]}
    tasks = [_task(number, task) for number, task in enumerate(document.get("tasks", ()), 1)]
    orders = [{"to": [to], "plan": True, "due": due} for to, due in document.get("orders", {}).items()]
    tasks += [_task(len(tasks) + number, order) for number, order in enumerate(orders, 1)]
    return {
        "header": header,
        "recipients": [_assigned(name) for name in document.get("sent", ())],
        "documents": [_cited(all_[key]) for key in named],
        "relations": relations,
        "tasks": tasks,
        "targets": [_target(number, target) for number, target in enumerate(document.get("targets", ()), 1)],
    }


_RELATIONS = {
    "implements": "THUC_HIEN", "based_on": "CAN_CU", "cites": "DAN_CHIEU", "replaces": "THAY_THE", "amends": "SUA_DOI",
}  # fmt: skip


def _cited(document: Mapping[str, Any]) -> dict[str, Any]:
    issuer = _agency(document["by"]) if "by" in document else {"name": None, "level": None, "place": ("?",)}
    return {
        "key": document.get("number", ""),
        "type": document["is"],
        "issued_on": _text(document.get("dated")),
        "issuer": issuer["name"],
        "level": issuer["level"],
        "place": issuer["place"],
    }


def _task(number: int, task: Mapping[str, Any]) -> dict[str, Any]:
    roles = {"to": "chủ trì", "follow": "theo dõi", "with": "phối hợp", "report": "báo cáo"}
    assigned = [{**_assigned(name), "role": role} for key, role in roles.items() for name in task.get(key, ())]
    return {
        "section": str(task.get("section", number)),
        "text": task.get("text", "Xây dựng kế hoạch" if task.get("plan") else "Thực hiện nhiệm vụ"),
        "anchor": "",
        "start": number,
        "end": number + 1,
        "deadline": _text(task.get("due")),
        "requires_plan": bool(task.get("plan")),
        "plan_deadline": _text(task.get("due")) if task.get("plan") else None,
        "assignments": assigned,
    }


def _target(number: int, target: Mapping[str, Any]) -> dict[str, Any]:
    comparator, value, unit = target["at"].split()
    return {
        "section": str(number),
        "subject": target["of"],
        "start": 100 + number,
        "end": 101 + number,
        "comparator": comparator,
        "value": float(value),
        "unit": unit,
        "by": _text(target.get("by")),
        "assignments": [{**_assigned(name), "role": "chủ trì"} for name in target.get("to", ())],
    }


def _assigned(written: str) -> dict[str, Any]:
    agency = _agency(written)
    if parent := agency.get("parent"):
        agency["parent"] = seated(parent, agency["place"])
    return agency


def _text(on: Any) -> str | None:
    return None if on is None else str(on)
