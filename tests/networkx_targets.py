"""The targets of a document and of an agency, answered with networkx alone."""

from __future__ import annotations

from typing import Any

from graph.model import Graph
from tests.networkx_facts import Facts, Row, by_document, last, passages, role_of


def targets_of_document(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(document, "Document"):
        return []
    rows = [
        {
            "id": target,
            **_target(facts, target),
            **{name: facts.get(target, name) for name in ("start", "end")},
            "leads": facts.names(facts.targets(target, "GIAO", "Agency")),
        }
        for target in facts.targets(document, "GOM", "Target")
    ]
    return sorted(rows, key=lambda row: last(facts.get(row["id"], "ordinal"), row["start"], row["id"]))


def targets_of_agency(graph: Graph, agency: str) -> list[Row]:
    facts = Facts(graph)
    if not facts.has(agency, "Agency"):
        return []
    found: dict[tuple[str, str, str, str | None], list[dict[str, Any]]] = {}
    for other, via in facts.named_for(agency):
        for target, _, link in facts.into(other, "GIAO"):
            if facts.has(target, "Target"):
                for source in facts.sources(target, "GOM", "Document"):
                    found.setdefault((source, target, role_of("GIAO", link), via), []).append(link)
    rows = [
        {
            "document": source,
            "symbol": facts.get(source, "symbol"),
            "issued_on": facts.get(source, "issued_on"),
            "target": target,
            **_target(facts, target),
            "role": role,
            "via": via,
            "evidence": passages(links),
        }
        for (source, target, role, via), links in found.items()
    ]
    return by_document(facts, rows, "target")


def _target(facts: Facts, target: str) -> Row:
    own = ("section", "subject", "comparator", "unit", "text")
    return {
        **{name: facts.get(target, name) for name in own},
        **{
            # written in words ("hai lần") they are whole numbers
            name: None if (value := facts.get(target, name)) is None else float(value)
            for name in ("value", "value_max")
        },
        "deadline": facts.get(target, "by"),
    }
