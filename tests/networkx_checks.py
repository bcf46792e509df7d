"""What the checks find, answered with networkx alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.model import Graph
from tests.networkx_facts import Facts, Row, last, passages

Key = tuple[Any, ...]

_CALLS = ("Chỉ thị", "Nghị quyết", "Kết luận", "Kế hoạch", "Chương trình hành động")
_PLANS = ("Kế hoạch", "Chương trình", "Chương trình hành động")


def _sources(facts: Facts, document: str | None) -> set[str]:
    if document is not None:
        return facts.below(document)
    return {id_ for id_ in facts.all("Document") if facts.get(id_, "status") == "ingested"}


def _differ(one: str | None, other: str | None) -> int:
    """-1, 0 or 1 as one date is before, at or after another, as far as both are known; 0 where one is not."""
    if one is None or other is None:
        return 0
    length = min(len(one), len(other))
    return (one[:length] > other[:length]) - (one[:length] < other[:length])


def _agency(facts: Facts, agency: str) -> Row:
    own = {name: facts.get(agency, name) for name in ("level", "place")}
    return {"agency": facts.get(agency, "name"), "agency_id": agency, **own}


def _evidence(found: dict[Key, list[Row]]) -> Iterable[tuple[Key, list[Row]]]:
    return ((key, passages(links)) for key, links in found.items())


def task_without_lead(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    for source in _sources(facts, document):
        for _, task, link in facts.out(source, "GOM"):
            if facts.get(task, "label") == "Task" and not facts.targets(task, "GIAO", "Agency"):
                found[source, task].append(link)
    rows = [
        {"source": source, "task": task, **{n: facts.get(task, n) for n in ("section", "deadline")}, "evidence": read}
        for (source, task), read in _evidence(found)
    ]
    return sorted(rows, key=lambda row: (row["source"], facts.get(row["task"], "ordinal") or 0, row["task"]))


def lead_not_recipient(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    for source in _sources(facts, document):
        sent = set(facts.targets(source, "GUI", "Agency"))
        vague = any(facts.get(told, "collective") and not facts.members(told) for told in sent)
        for task in facts.tasks(source) if sent and not vague else ():
            for _, agency, link in facts.out(task, "GIAO"):
                near = {agency, *facts.targets(agency, "THUOC", "Agency"), *facts.sources(agency, "THUOC", "Agency")}
                own = source in facts.targets(agency, "BAN_HANH", "Document")
                if link.get("role") != "theo dõi" and not near & sent and not own:
                    found[source, agency].append(link)
    return _of_agencies(facts, found)


def _of_agencies(facts: Facts, found: dict[Key, list[Row]]) -> list[Row]:
    rows = [
        {**_agency(facts, agency), "source": source, "evidence": read} for (source, agency), read in _evidence(found)
    ]
    return sorted(rows, key=lambda row: (row["source"], *last(row["agency"], row["agency_id"])))


def deadline_after_upper(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    for source in _sources(facts, document):
        for task in facts.tasks(source):
            for _, upper, link in facts.out(task, "CU_THE_HOA"):
                if _differ(facts.get(task, "deadline"), facts.get(upper, "deadline")) > 0:
                    for other in facts.sources(upper, "GOM", "Document"):
                        found[source, task, other, upper].append(link)
    rows = [
        {
            "source": source,
            "task": task,
            **{name: facts.get(task, name) for name in ("section", "deadline")},
            "other": other,
            "upper_task": upper,
            "upper_deadline": facts.get(upper, "deadline"),
            "evidence": read,
        }
        for (source, task, other, upper), read in _evidence(found)
    ]
    return sorted(rows, key=lambda row: (row["source"], row["task"], row["other"], row["upper_task"]))


def basis_not_implemented(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    for source in _sources(facts, document):
        if facts.get(source, "type") in _PLANS:
            for _, other, link in facts.out(source, "CAN_CU"):
                named = facts.get(other, "type") in _CALLS and other != source
                if named and other not in facts.above(source):
                    found[source, other].append(link)
    return _pairs(found)


def missing_middle(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    for source in _sources(facts, document):
        for _, other, link in facts.out(source, "THUC_HIEN"):
            above = set(facts.targets(other, "THUC_HIEN", "Document")) - {other}
            if source != other and above and facts.get(other, "status") == "cited":
                found[source, other].append(link)
    return _pairs(found)


def _pairs(found: dict[Key, list[Row]]) -> list[Row]:
    rows = [{"source": source, "other": other, "evidence": read} for (source, other), read in _evidence(found)]
    return sorted(rows, key=lambda row: (row["source"], row["other"]))


def implements_replaced(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    for source in _sources(facts, document):
        own = facts.get(source, "issued_on")
        for _, other, link in facts.out(source, "THUC_HIEN"):
            for new, _, replaces in facts.into(other, "THAY_THE"):
                on = facts.get(new, "issued_on")
                if new not in (source, other) and own and on and _differ(on, own) <= 0:
                    found[source, other, new] += [link, replaces]
    rows = [
        {"source": source, "other": other, "replaced_by": new, "evidence": read}
        for (source, other, new), read in _evidence(found)
    ]
    return sorted(rows, key=lambda row: (row["source"], row["other"], row["replaced_by"]))


def symbol_used_twice(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    for source in _sources(facts, document):
        symbol, year = facts.get(source, "symbol"), (facts.get(source, "issued_on") or "")[:4]
        for agency, _, link in facts.into(source, "BAN_HANH"):
            for other in facts.targets(agency, "BAN_HANH", "Document"):
                same = symbol is not None and facts.get(other, "symbol") == symbol
                if same and year and (facts.get(other, "issued_on") or "")[:4] == year and source < other:
                    found[source, other, agency].append(link)
    rows = [
        {**_agency(facts, agency), "source": source, "other": other, "evidence": read}
        for (source, other, agency), read in _evidence(found)
    ]
    return sorted(rows, key=lambda row: (row["source"], row["other"], row["agency_id"]))


def missing_report(
    graph: Graph, document: str | None = None, today: str | None = None, reported: str | None = None
) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    made: dict[Key, list[str | None]] = {}
    there = (id_ for id_ in _sources(facts, document) if _differ(facts.get(id_, "issued_on"), today) <= 0)
    for source in there:
        for task in facts.tasks(source):
            dated = [link for _, _, link in facts.out(task, "BAO_CAO") if link.get("due")]
            due = [link for link in dated if today is None or _differ(today, link["due"]) > 0]
            told = [named for _, named, link in facts.out(task, "GIAO") if link.get("role") != "theo dõi"]
            for agency in {agency for named in told for agency in facts.members(named) or [named]}:
                reports = _reports(facts, agency, source, today)
                if not facts.get(task, "requires_plan") and (reported == "mọi" or not reports):
                    for link in due:
                        found[source, task, agency, link["due"]].append(link)
                        made[source, agency] = [facts.get(report, "issued_on") for report in reports]
    rows = [
        {
            **_agency(facts, agency),
            "source": source,
            "task": task,
            "section": facts.get(task, "section"),
            "deadline": deadline,
            "reports": len(made[source, agency]),
            "reported_on": None if None in made[source, agency] else min(made[source, agency], default=None),
            "evidence": read,
        }
        for (source, task, agency, deadline), read in _evidence(found)
    ]
    return sorted(
        rows, key=lambda row: (row["source"], row["task"], *last(row["agency"], row["agency_id"]), row["deadline"])
    )


def _reports(facts: Facts, agency: str, source: str, today: str | None) -> list[str]:
    """The agency's reports on a document that are there on the day."""
    return [
        one
        for one in facts.targets(agency, "BAN_HANH", "Document")
        if facts.get(one, "type") == "Báo cáo"
        and _differ(facts.get(one, "issued_on"), today) <= 0
        and any(to == source for _, to, _ in facts.out(one, "THUC_HIEN", "DAN_CHIEU", "CAN_CU"))
    ]


def agency_out_of_time(graph: Graph, document: str | None = None) -> list[Row]:
    facts = Facts(graph)
    found: dict[Key, list[Row]] = defaultdict(list)
    for source in _sources(facts, document):
        on = facts.get(source, "issued_on")
        for task in facts.tasks(source):
            for _, agency, link in facts.out(task, "GIAO", "PHOI_HOP"):
                over = _differ(on, facts.get(agency, "valid_to")) > 0
                if over or _differ(on, facts.get(agency, "valid_from")) < 0:
                    found[source, agency].append(link)
    return _of_agencies(facts, found)
