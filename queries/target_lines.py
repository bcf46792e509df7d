"""The line of each target of a document up and down: the targets beside it, and the plans that leave it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import Any

from graph.store import Store
from queries import takeup
from queries.ask import run
from queries.standing import not_after

Row = dict[str, Any]

ALIKE, LOWERED, LEFT_OUT = "giống", "thấp hơn", "không nêu"
"""How a target stands to one above it: it is of the same subject; what it asks for is less; there is none."""


def target_lines(store: Store, document: str, as_of: str | None = None) -> dict[str, dict[str, list[Row]]]:
    """For each target of a document what stands beside it in those that it implements, and that implement it.

    Only documents one step away are looked at. Which targets are of one subject their words tell, and may be wrong;
    what is lower or left out is what `vanmach check` finds.

    Args:
        document: its id.
        as_of: the day (ISO 8601) on which is asked: documents that were issued later are not there.

    Returns:
        by the target's id `up` and `down`: rows with `document` (id of the other one), `target` (a row of
        targets_of_document, None where that has none), and `standing` of the lower of both to the upper.
    """
    own = _targets(store, document)
    found: dict[str, dict[str, list[Row]]] = {row["id"]: {"up": [], "down": []} for row in own}
    if not own:
        return found
    relations = not_after(run(store, "relations_of", {"document": document}).dicts(), as_of)
    lowered = _lowered(store, document)
    left_out = _left_out(store, document)
    for direction, way in (("out", "up"), ("in", "down")):
        for other in _implementing(relations, direction, document):
            others = _targets(store, other)
            for row in own:
                beside = [that for that in others if _are_alike(row, that)]
                found[row["id"]][way] += [_beside(other, that, row, way, lowered) for that in beside]
                if way == "down" and not beside and other in left_out[row["id"]]:
                    found[row["id"]][way].append({"document": other, "target": None, "standing": LEFT_OUT})
    return found


def _targets(store: Store, document: str) -> list[Row]:
    return run(store, "targets_of_document", {"document": document}).dicts()


def _implementing(relations: Iterable[Row], direction: str, document: str) -> list[str]:
    """The documents at the other ends of what implements, each once."""
    ends = (row["id"] for row in relations if (row["direction"], row["relation"]) == (direction, "THUC_HIEN"))
    return [id_ for id_ in dict.fromkeys(ends) if id_ != document]


def _lowered(store: Store, document: str) -> set[tuple[str, str]]:
    """Pairs of a target and the one above that it is lower than, under a document."""
    rows = run(store, "lowered_targets", {"document": document}).dicts()
    return {(row["target"], row["upper_target"]) for row in takeup.lowered_targets(rows)}


def _left_out(store: Store, document: str) -> Mapping[str, set[str]]:
    """By the target's id the documents that leave it out."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in takeup.left_out_targets(run(store, "left_out_targets", {"document": document}).dicts()):
        found[row["target"]].add(row["other"])
    return found


def _are_alike(one: Row, other: Row) -> bool:
    """Whether each has half of the other's words: for whether a plan leaves a target out half of the upper one's do."""
    return all(takeup.is_alike(*pair) for pair in permutations((one["subject"], other["subject"])))


def _beside(other: str, that: Row, row: Row, way: str, lowered: set[tuple[str, str]]) -> Row:
    pair = (that["id"], row["id"]) if way == "down" else (row["id"], that["id"])
    return {"document": other, "target": that, "standing": LOWERED if pair in lowered else ALIKE}
