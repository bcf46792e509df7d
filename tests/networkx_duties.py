"""What the check asks about duties, answered with networkx alone."""

from __future__ import annotations

from graph.model import Graph
from tests.networkx_facts import DOCUMENT, Facts, Row, first, last, passages

_COMMITTEES = ("cấp ủy", "hội đồng nhân dân")
_ORGANS = ("ban thường vụ", "thường trực", "ban chấp hành")


def ordering_documents(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    if document is None:
        sources = {id_ for id_ in facts.all("Document") if facts.get(id_, "status") == "ingested"}
    else:
        sources = facts.below(document)
    ordering = [id_ for id_ in sources if any(facts.get(task, "requires_plan") for task in facts.tasks(id_))]
    rows = [{name: facts.get(id_, name) for name in DOCUMENT} | {"id": id_} for id_ in ordering]
    return sorted(rows, key=lambda row: (first(row["issued_on"]), row["id"]))


def plans_under(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    rows = [
        {
            "id": plan,
            **{name: facts.get(plan, name) for name in ("type", "issued_on", "status")},
            "agency": facts.get(agency, "name"),
            "agency_id": agency,
            "parents": sorted(facts.implements.succ[plan]),
        }
        for plan in facts.below(document) - {document}
        for agency in facts.sources(plan, "BAN_HANH", "Agency")
    ]
    return sorted(rows, key=lambda row: (first(row["issued_on"]), row["id"], row["agency_id"]))


def stand_ins(graph: Graph) -> list[Row]:
    facts = Facts(graph)
    found = set()
    for agency in facts.all("Agency"):
        if facts.get(agency, "valid_to") is not None:
            heirs = [(heir, link) for heir, _, link in facts.into(agency, "KE_THUA") if facts.has(heir, "Agency")]
            found |= {(agency, heir, "kế thừa", link.get("date"), link.get("field")) for heir, link in heirs}
            found |= set() if heirs else {(agency, None, None, None, None)}
    for lower, upper, _ in facts.edges("THUOC"):
        if facts.get(lower, "kind") in _ORGANS and facts.get(upper, "kind") in _COMMITTEES:
            found |= {(upper, lower, "thay mặt", None, None), (lower, upper, "thay mặt", None, None)}
    rows = [
        {
            "agency_id": agency,
            "agency": facts.get(agency, "name"),
            "valid_to": facts.get(agency, "valid_to"),
            "stand_in_id": other,
            "stand_in": facts.get(other, "name"),
            "how": how,
            "date": date,
            "field": field,
        }
        for agency, other, how, date, field in found
    ]
    order = ("how", "stand_in_id", "date", "field")
    return sorted(rows, key=lambda row: (row["agency_id"], *(first(row[name]) for name in order)))


def holdings(graph: Graph) -> list[Row]:
    facts = Facts(graph)
    rows = []
    for agency in facts.all("Agency"):
        own = [id_ for id_ in facts.targets(agency, "BAN_HANH", "Document") if facts.get(id_, "status") != "cited"]
        if own:
            named = {name: facts.get(agency, name) for name in ("level", "place")}
            rows.append({"agency_id": agency, "agency": facts.get(agency, "name"), **named, "documents": len(own)})
    return sorted(rows, key=lambda row: row["agency_id"])


def expected_plans(graph: Graph, document: str) -> list[Row]:
    facts = Facts(graph)
    sent: dict[str, list[tuple[str | None, Row]]] = {}
    for _, named, link in facts.out(document, "GUI") if facts.has(document, "Document") else ():
        members = facts.members(named)
        for agency in members or [named]:
            sent.setdefault(agency, []).append((facts.get(named, "name") if members else None, link))
    rows = []
    for agency, links in sent.items():
        order = sorted(links, key=lambda v: last(v[1].get("doc"), v[1].get("start"), v[1].get("end"), v[0]))
        rows.append(
            {
                "agency": facts.get(agency, "name"),
                "agency_id": agency,
                **{name: facts.get(agency, name) for name in ("level", "place")},
                "via": next((via for via, _ in order if via is not None), None),
                "evidence": passages(link for _, link in links),
            }
        )
    return sorted(rows, key=lambda row: last(row["agency"], row["agency_id"]))
