"""The answers that are more than rows: units, trees of documents, duties, in the JSON's shapes.

What is asked is in the query files; here their rows are put in order and into trees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from graph.errors import LookupFailed
from graph.schema import schema
from graph.store import Store
from queries.ask import run
from queries.duties import DutyBook
from queries.standing import not_after
from queries.successors import Successors

Row = dict[str, Any]

DOCUMENT_FACTS = ("id", "symbol", "type", "issuer", "issued_on", "level", "place", "status", "title")

# in task_path a document may be known under another in several ways: the one that says most comes first
_EDGES = ("CU_THE_HOA", "GIAO", "THUC_HIEN")


def units(
    store: Store, document: str, role: str | None = None, level: str | None = None, as_of: str | None = None
) -> list[Row]:
    """The agencies that have a part in a document's implementation, the highest levels first.

    Args:
        document: id of the document at the top.
        role: "chủ trì", "thực hiện", "theo dõi" or "phối hợp"; None is all.
        level: of the agency ("huyện"); None is all.
        as_of: the day (ISO 8601) on which is asked: documents that were issued later are not there.

    Returns:
        for each agency and role: `agency`, `agency_id`, `level`, `place`, `role`, `collective`, `via` (names of the
        collectives that it has tasks through), `tasks` (how many), `documents` (ids of those that give them) and
        `evidence` (`doc`, `start`, `end` in characters of its text, `section`, `quote`, `rule`, `confidence`);
        asked of a day also `holders` (names of those who hold its tasks on that day, where it is gone) and `orphaned`
        (it is gone, and nobody is known to have taken over); of a class both are told of its members.
    """
    asked = {"document": document, "role": role, "level": level, "as_of": as_of}
    rows = run(store, "units_implementing", asked).dicts()
    if as_of:
        successors = Successors.of(store)
        told = {name for row in rows for name in row["via"]}  # classes whose members stand in rows of their own
        with_them = {"holders": [], "orphaned": False}
        rows = [
            row | (with_them if row["agency"] in told else successors.standing(row["agency_id"], row["agency"], as_of))
            for row in rows
        ]
    return sorted(rows, key=lambda row: schema().rank(row["level"]))


def trace_tree(store: Store, document: str, up: bool = False, as_of: str | None = None) -> Row:
    """The tree of documents that implement a document, or (`up`) that it implements.

    A document that implements several others appears under each of them, but not under one that it implements through
    another of them too: the longer way says more (`relations_of` has the short cut). Where a document stands under
    itself the branch ends and says `cycle`.

    Args:
        as_of: the day (ISO 8601) on which is asked: documents that were issued later are not there.

    Returns:
        `document` (`DOCUMENT_FACTS`), `edge` (None at the root, else `type` and `evidence`, a list of passages),
        `tasks` (how many the document gives), `children` (more of the same) and `cycle`.

    Raises:
        LookupFailed: there is no document with this id.
    """
    links = not_after(run(store, "trace_up" if up else "trace_down", {"document": document}).dicts(), as_of)
    return _tree(_root(store, document), _by_parent({**link, "edge": "THUC_HIEN"} for link in links))


def with_tasks(store: Store, tree: Row, up: bool = False) -> Row:
    """A tree of `trace_tree` or `task_tree` whose `tasks` are the tasks themselves wherever they were a number.

    Each has `id`, `section`, `text`, `leads`, `coordinators`, `report_to`, `deadline`, `recurrence`, `requires_plan`.
    """
    of: dict[str, list[Row]] = defaultdict(list)
    if up:
        for id_ in _ids(tree):
            of[id_] = run(store, "tasks_of_document", {"document": id_}).dicts()
    else:
        for row in run(store, "tasks_under", {"document": tree["document"]["id"]}).dicts():
            of[row.pop("document")].append(row)
    return _listed(tree, of)


def _ids(tree: Row) -> set[str]:
    return {tree["document"]["id"]}.union(*map(_ids, tree["children"]))


def _listed(tree: Row, tasks: Mapping[str, list[Row]]) -> Row:
    children = [_listed(child, tasks) for child in tree["children"]]
    own = tree["tasks"] if isinstance(tree["tasks"], list) else tasks.get(tree["document"]["id"], [])
    return {**tree, "tasks": own, "children": children}


def task_tree(store: Store, document: str, section: str, as_of: str | None = None) -> Row:
    """The way of one task down to the communes, as a tree like `trace_tree`'s.

    The root has `tasks` as rows of tasks_of_document, those of the section. An edge's type is CU_THE_HOA, GIAO (then
    with `agency` and `via`) or THUC_HIEN, as task_path.cypher says; `concrete` holds the ids of the child's tasks that
    make the task concrete, where that is known.

    Raises:
        LookupFailed: there is no such document, or no task at this section.
    """
    root = _root(store, document)
    root["tasks"] = tasks(store, document, section)
    links = run(store, "task_path", {"document": document, "section": section}).dicts()
    return _tree(root, _by_parent(not_after(links, as_of)))


def tasks(store: Store, document: str, section: str = "") -> list[Row]:
    """The tasks of a document in the order of its text, or those at a section ("III.2") and below it.

    Raises:
        LookupFailed: there is no task at this section.
    """
    found = run(store, "tasks_of_document", {"document": document, "section": section or None}).dicts()
    if section and not found:
        facts = _root(store, document)["document"]
        name = facts["symbol"] or facts["title"] or document
        raise LookupFailed(f"{name} has no task at {section!r}", "`vanmach show` lists its tasks with their sections")
    return found


def plans_owed(store: Store, document: str | None = None, today: str | None = None) -> list[Row]:
    """Every unit that was told to issue a plan, and how it stands: rows of `DutyBook.duties`.

    Args:
        document: id; the duties given by what it implements, by itself and by what implements it. None is all.
        today: the day (ISO 8601) on which is asked.
    """
    book = DutyBook(store, today)
    found: dict[tuple[Any, ...], Row] = {}
    for top in _tops(store, document) if document else (None,):
        for row in book.duties(top):
            found[row["source"], row["task"], row["agency_id"]] = row
    return list(found.values())


def _tops(store: Store, document: str) -> list[str]:
    """The documents over a document that implement nothing themselves, or in a ring all of it; else itself."""
    over = run(store, "documents_over", {"document": document}).dicts()
    children = {child for row in over for child in row["children"]}
    return [row["id"] for row in over if row["id"] not in children] or [row["id"] for row in over] or [document]


def _root(store: Store, document: str) -> Row:
    found = run(store, "document", {"document": document}).dicts()
    if not found:
        raise LookupFailed(f"no document has the id {document!r}", "`vanmach documents` lists them")
    return {**_branch(found[0]), "edge": None}


def _branch(row: Mapping[str, Any]) -> Row:
    return {
        "document": {name: row[name] for name in DOCUMENT_FACTS},
        "edge": None,
        "tasks": row["tasks"],
        "children": [],
        "cycle": False,
    }


def _by_parent(links: Any) -> dict[str, list[Row]]:
    """The branches below each document: one for each document below it, with the strongest way that it is known."""
    grouped: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        grouped[link["parent"]][link["id"]].append(link)
    short_cuts = _short_cuts(grouped)
    return {
        parent: [
            _linked(sorted(links, key=lambda link: _EDGES.index(link["edge"])))
            for id_, links in below.items()
            if (parent, id_) not in short_cuts or any(link["edge"] != "THUC_HIEN" for link in links)
        ]
        for parent, below in grouped.items()
    }


def _short_cuts(below: Mapping[str, Mapping[str, Any]]) -> set[tuple[str, str]]:
    """The links to a document that stands under another one's child too; in a ring there is no shorter way."""
    ways: nx.DiGraph[str] = nx.DiGraph((parent, id_) for parent, children in below.items() for id_ in children)
    above = {id_: nx.ancestors(ways, id_) for id_ in ways}
    return {
        (parent, id_)
        for parent, id_ in ways.edges
        if any(parent in above[other] and other not in above[parent] for other in ways.pred[id_] if other != parent)
    }


def _linked(links: Sequence[Row]) -> Row:
    """A branch with its edge; links of one kind to one document (several agencies or tasks) are one edge."""
    first = links[0]
    same = [link for link in links if link["edge"] == first["edge"]]
    edge = {"type": first["edge"], "evidence": [passage for link in same for passage in link["evidence"]]}
    if first["edge"] == "GIAO":
        edge |= {"agency": first["agency"], "via": first["via"]}
    branch = {**_branch(first), "edge": edge}
    if first["edge"] == "CU_THE_HOA":
        branch["concrete"] = [link["task"] for link in same]
    return branch


def _tree(root: Row, below: Mapping[str, list[Row]], above: frozenset[str] = frozenset()) -> Row:
    id_ = root["document"]["id"]
    if id_ in above:
        return {**root, "cycle": True}
    return {**root, "children": [_tree(child, below, above | {id_}) for child in below.get(id_, [])]}
