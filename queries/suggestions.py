"""Which tasks of the documents below probably take up a task, on its way down to the communes.

No edge of the graph says so: the pairs are worked out from the words alone (`alignment`), and only those that are sure
are shown, as suggestions. A document that suggests none may have the task in other words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from graph.store import Store
from queries.alignment import align
from queries.answers import tasks, trace_tree
from queries.ask import run

Row = dict[str, Any]


def suggested_tree(store: Store, document: str, section: str, as_of: str | None = None) -> Row:
    """The documents below that probably take up a task, as a tree like `trace_tree`'s.

    The root has `tasks`, those of the section. Every branch has `suggested`, its tasks that take up one above: `id`,
    `section`, `text`, `upper` (id of the task above), `score` (0 to 1) and `words` (what the two have in common). It is
    compared with the nearest document above that has any; branches without any, themselves or below, are left out.

    Raises:
        LookupFailed: there is no such document, or no task at this section.
    """

    @cache
    def all_tasks(id_: str) -> Sequence[Row]:
        return run(store, "tasks_of_document", {"document": id_}).dicts()

    def below(branch: Row, upper: str, asked: frozenset[str]) -> list[Row]:
        kept = []
        for child in branch["children"]:
            id_ = child["document"]["id"]
            found = [] if child["cycle"] else _suggested(all_tasks(upper), all_tasks(id_), asked)
            ids = frozenset(row["id"] for row in found)
            children = below(child, id_, ids) if found else below(child, upper, asked)
            if found or children:
                kept.append({**child, "suggested": found, "children": children})
        return kept

    tree = trace_tree(store, document, as_of=as_of)
    own = tasks(store, document, section)
    children = below(tree, document, frozenset(row["id"] for row in own))
    return {**tree, "tasks": own, "suggested": [], "children": children}


def _suggested(
    uppers: Sequence[Mapping[str, Any]], lowers: Sequence[Mapping[str, Any]], asked: frozenset[str]
) -> list[Row]:
    return [
        {
            **{name: lowers[pair.lower][name] for name in ("id", "section", "text")},
            "upper": uppers[pair.upper]["id"],
            "score": pair.score,
            "words": list(pair.words),
        }
        for pair in align(uppers, lowers)
        if pair.sure and uppers[pair.upper]["id"] in asked
    ]
