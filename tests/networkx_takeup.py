"""What may have become of the tasks and targets of a document in those below it, answered with networkx alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from graph.model import Graph
from tests.networkx_facts import Facts, Row, last, passages

_AT_LEAST = (">=", "=", "≈", "range")


def _asked(facts: Facts, document: str | None) -> list[str]:
    if document is not None:
        return [document] if facts.has(document, "Document") else []
    return [id_ for id_ in facts.all("Document") if facts.get(id_, "status") == "ingested"]


def _given(facts: Facts, source: str, label: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """The document below, its issuer, the task or target that the issuer has, and the link that gives it."""
    for other in facts.sources(source, "THUC_HIEN", "Document"):
        for agency in facts.sources(other, "BAN_HANH", "Agency") if other != source else ():
            classes = [a for a in facts.targets(agency, "THUOC", "Agency") if facts.get(a, "collective")]
            for item in facts.targets(source, "GOM", label):
                for _, named, link in facts.out(item, "GIAO"):
                    if named in {agency, *classes} and link.get("role") != "theo dõi":
                        yield other, agency, item, link


def _agency(facts: Facts, agency: str) -> Row:
    return {"agency": facts.get(agency, "name"), "agency_id": agency} | {
        name: facts.get(agency, name) for name in ("level", "place")
    }


def dropped_tasks(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for source in _asked(facts, document):
        for other, agency, task, link in _given(facts, source, "Task"):
            own = facts.tasks(other)
            taken = set(facts.sources(task, "CU_THE_HOA", "Task")) & set(own)
            other_duty = facts.get(task, "requires_plan") or facts.targets(task, "BAO_CAO", "Agency")
            if own and not taken and not other_duty:
                found[source, task, other, agency].append(link)
    rows = [
        {
            **_agency(facts, agency),
            "source": source,
            "task": task,
            "section": facts.get(task, "section"),
            "other": other,
            "evidence": passages(links),
        }
        for (source, task, other, agency), links in found.items()
    ]
    return sorted(rows, key=lambda r: (r["source"], r["task"], r["other"], *last(r["agency"], r["agency_id"])))


def left_out_targets(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for source in _asked(facts, document):
        for other, agency, target, link in _given(facts, source, "Target"):
            if facts.targets(other, "GOM", "Target"):
                found[source, target, other, agency].append(link)
    rows = [
        {
            **_agency(facts, agency),
            "source": source,
            "target": target,
            **{name: facts.get(target, name) for name in ("section", "subject")},
            "deadline": facts.get(target, "by"),
            "other": other,
            "subjects": sorted(
                {
                    subject
                    for own in facts.targets(other, "GOM", "Target")
                    if (subject := facts.get(own, "subject")) is not None
                }
            ),
            "evidence": passages(links),
        }
        for (source, target, other, agency), links in found.items()
    ]
    return sorted(rows, key=lambda r: (r["source"], r["target"], r["other"], *last(r["agency"], r["agency_id"])))


def lowered_targets(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    sources = facts.below(document) if document is not None else _asked(facts, None)
    found: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for source in sources:
        for other in set(facts.targets(source, "THUC_HIEN", "Document")) - {source}:
            for _, target, own in facts.out(source, "GOM"):
                for _, upper, above in facts.out(other, "GOM"):
                    if _lower(facts, target, upper):
                        found[source, target, other, upper] += [own, above]
    rows = [
        {
            "agency": facts.get(source, "issuer"),
            **{name: facts.get(source, name) for name in ("level", "place")},
            "source": source,
            "target": target,
            **{name: facts.get(target, name) for name in ("section", "subject", "value")},
            "other": other,
            "upper_target": upper,
            "upper_subject": facts.get(upper, "subject"),
            "upper_value": facts.get(upper, "value"),
            "unit": facts.get(target, "unit"),
            "deadline": facts.get(target, "by"),
            "evidence": passages(links),
        }
        for (source, target, other, upper), links in found.items()
    ]
    return sorted(rows, key=lambda row: (row["source"], row["target"], row["other"], row["upper_target"]))


def _lower(facts: Facts, target: str, upper: str) -> bool:
    if facts.get(target, "label") != "Target" or facts.get(upper, "label") != "Target":
        return False
    own, above = facts.get(target, "value"), facts.get(upper, "value")
    unit = facts.get(target, "unit") or ""
    if own is None or above is None or not unit.startswith("%") or facts.get(upper, "unit") != unit:
        return False
    if (facts.get(target, "by") or "") != (facts.get(upper, "by") or ""):
        return False
    comparators = facts.get(target, "comparator"), facts.get(upper, "comparator")
    if comparators == ("<=", "<="):
        return bool(own > above)
    return all(one in _AT_LEAST for one in comparators) and bool(own < above)
