"""Questions about tasks and targets, in models as those of `interface`: who has a part, and the line up and down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.errors import LookupFailed
from graph.store import Store
from queries import answers
from queries.ask import run
from queries.target_lines import target_lines
from vanmach.web import interface
from vanmach.web.collection import Collection
from vanmach.web.models import DocumentSummary
from vanmach.web.models_tasks import DocumentTarget, DocumentTask, Target, TargetBeside, Task, TaskAgency, TaskLink

TARGET_PARTS = ("chủ trì", "thực hiện", "theo dõi")
"""What an agency can have to do with a target."""

PARTS = (*interface.ROLES, "báo cáo")
"""What an agency can have to do with a task: `interface.ROLES`, or it is reported to."""


def document_tasks(collection: Collection, id_: str) -> list[DocumentTask]:
    """The tasks of a document in the order of its text.

    Raises:
        LookupFailed: there is no such document.
    """

    def asked(store: Store) -> list[DocumentTask]:
        interface.document_facts(collection, store, id_)
        return [DocumentTask(**row) for row in answers.tasks(store, id_)]

    return collection.remembered(("tasks", id_), asked)


def task(collection: Collection, id_: str) -> Task:
    """A task with its agencies, what it makes concrete, and its line up and down.

    Raises:
        LookupFailed: there is none of this id.
    """
    return collection.remembered(("task", id_), lambda store: _task(collection, store, id_))


def _task(collection: Collection, store: Store, id_: str) -> Task:
    around = run(store, "neighbourhood", {"node": id_}).dicts()
    sources = [row["id"] for row in around if row["edge"] == "GOM" and row["direction"] == "in"]
    own = [t for source in sources for t in answers.tasks(store, source) if t["id"] == id_]
    if not own:
        raise LookupFailed(f"no task has the id {id_!r}", "the page of its document lists its tasks")
    document, day = interface.document_summary(collection, store, sources[0]), collection.day
    down = answers.task_tree(store, sources[0], own[0]["section"], day) if own[0]["section"] else None
    return Task(
        **own[0],
        document=document,
        agencies=_agencies(around),
        concretises=[
            TaskLink(id=row["id"], text=row["name"], evidence=interface.passage_of(row))
            for row in around
            if row["edge"] == "CU_THE_HOA" and row["direction"] == "out"
        ],
        up=interface.branch_of(answers.trace_tree(store, sources[0], up=True, as_of=day)),
        down=interface.branch_of(down or {**answers.trace_tree(store, sources[0], as_of=day), "tasks": own}),
    )


def _agencies(around: Iterable[Mapping[str, Any]]) -> list[TaskAgency]:
    """Who has a part in a task or target, out of what it is linked to."""
    named = {"GIAO": None, "PHOI_HOP": "phối hợp", "BAO_CAO": "báo cáo"}
    return [
        TaskAgency(
            agency=row["name"],
            agency_id=row["id"],
            role=named[row["edge"]] or row["role"] or "thực hiện",
            evidence=interface.passage_of(row),
        )
        for row in around
        if row["edge"] in named and row["label"] == "Agency"
    ]


def document_targets(collection: Collection, id_: str) -> list[DocumentTarget]:
    """The targets of a document in the order of its text.

    Raises:
        LookupFailed: there is no such document.
    """

    def asked(store: Store) -> list[DocumentTarget]:
        interface.document_facts(collection, store, id_)
        return [DocumentTarget(**row) for row in run(store, "targets_of_document", {"document": id_}).dicts()]

    return collection.remembered(("targets", id_), asked)


def target(collection: Collection, id_: str) -> Target:
    """A target with who has to reach it, and those that stand beside it in the documents above and below.

    Raises:
        LookupFailed: there is none of this id.
    """
    return collection.remembered(("target", id_), lambda store: _target(collection, store, id_))


def _target(collection: Collection, store: Store, id_: str) -> Target:
    around = run(store, "neighbourhood", {"node": id_}).dicts()
    links = [row for row in around if row["edge"] == "GOM" and row["direction"] == "in"]
    own = [
        row
        for link in links
        for row in run(store, "targets_of_document", {"document": link["id"]}).dicts()
        if row["id"] == id_
    ]
    if not own:
        raise LookupFailed(f"no target has the id {id_!r}", "the page of its document lists its targets")
    line = target_lines(store, links[0]["id"], collection.day)[id_]
    documents = {
        row["document"]: interface.document_summary(collection, store, row["document"])
        for rows in line.values()
        for row in rows
    }
    return Target(
        **own[0],
        document=interface.document_summary(collection, store, links[0]["id"]),
        agencies=_agencies(around),
        evidence=interface.passage_of(links[0]),
        up=[_beside(row, documents) for row in line["up"]],
        down=[_beside(row, documents) for row in line["down"]],
    )


def _beside(row: Mapping[str, Any], documents: Mapping[str, DocumentSummary]) -> TargetBeside:
    other = None if row["target"] is None else DocumentTarget(**row["target"])
    return TargetBeside(document=documents[row["document"]], target=other, standing=row["standing"])
