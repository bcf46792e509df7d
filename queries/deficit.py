"""How many had a duty and how many of them have met it, by document, level and place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graph.schema import schema
from queries.standing import HAS, LATE, MISSING, NOT_DUE, STATUSES, UNKNOWN

Row = dict[str, Any]

NAMES = {HAS: "has", LATE: "late", MISSING: "missing", UNKNOWN: "unknown", NOT_DUE: "not_due"}
"""The columns that count each status."""


def province(place: str | None) -> str:
    """The province that a place lies in; "" where there is none.

    >>> province("huyện Yên Dũng, tỉnh Bắc Giang"), province(None)
    ('tỉnh Bắc Giang', '')
    """
    return (place or "").rpartition(", ")[2]


def by_level(duties: Iterable[Mapping[str, Any]]) -> list[Row]:
    """For each document that gives duties and each level: how many agencies are obliged, and how they stand.

    An agency with several duties by one document counts once, with the worst of their statuses.

    Returns:
        rows with `source`, `level`, `obliged`, `has`, `late`, `missing`, `unknown`, `not_due`, `held` (agencies of
        which the collection holds any document) and `deficit`: of the agencies that can be judged the share that is
        late or missing, 0 to 1; None where none can be.
    """
    return _counted(duties, ("source", "level"), lambda row: (row["source"], row["level"]))


def by_province(duties: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The same for each level and province of all documents together; `province` is "" for the centre."""
    return _counted(duties, ("level", "province"), lambda row: (row["level"], province(row["place"])))


def _counted(
    duties: Iterable[Mapping[str, Any]],
    keys: tuple[str, ...],
    key_of: Callable[[Mapping[str, Any]], tuple[Any, ...]],
) -> list[Row]:
    agencies: dict[tuple[Any, ...], dict[tuple[str, str], Mapping[str, Any]]] = defaultdict(dict)
    for row in duties:
        group = agencies[key_of(row)]
        agency = (row["source"], row["agency_id"] or row["agency"])
        if agency not in group or _rank(row) < _rank(group[agency]):
            group[agency] = row
    rows = [{**dict(zip(keys, key, strict=True)), **_count(list(group.values()))} for key, group in agencies.items()]
    return sorted(rows, key=lambda row: [_order(key, row[key]) for key in keys])


def _order(key: str, value: Any) -> tuple[int, str]:
    return (schema().rank(value) if key == "level" else 0, str(value or ""))


def _rank(row: Mapping[str, Any]) -> int:
    return STATUSES.index(row["status"])


def _count(rows: list[Mapping[str, Any]]) -> Row:
    found = Counter(row["status"] for row in rows)
    counts = {name: found[status] for status, name in NAMES.items()}
    judged = counts["has"] + counts["late"] + counts["missing"]
    return {
        "obliged": len(rows),
        **counts,
        "held": sum(row["held"] > 0 for row in rows),
        "deficit": round((judged - counts["has"]) / judged, 3) if judged else None,
    }
