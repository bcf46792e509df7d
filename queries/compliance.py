"""The compliance check: duties and how they stand, the deficit that they sum up to, and what every check finds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.store import Store
from queries.ask import run
from queries.deficit import by_level, by_province
from queries.duties import DutyBook
from queries.files import SEVERITIES, catalogue
from queries.profile import LegalDuty
from queries.standing import LATE, MISSING, UNKNOWN, is_after, not_after
from queries.successors import Successors
from queries.takeup import by_words

Row = dict[str, Any]

PLANS, REPORTS = "missing_plans", "missing_report"
_ABOUT = ("THUC_HIEN", "DAN_CHIEU", "CAN_CU")
"""How a report may stand to the document that it reports on."""
_OTHERS = ("other", "replaced_by")
"""The columns of a check that name another document: where it is not there yet, nothing is found."""

FINDING = (
    "check", "severity", "agency", "agency_id", "level", "place", "status", "days_late", "deadline", "plan", "held",
    "holders", "source", "task", "target", "section", "other", "evidence",
)  # fmt: skip
"""What every finding has; what a check does not tell is None. `other` is the id of another document concerned."""


@dataclass(frozen=True, slots=True)
class Compliance:
    """What the check of a document, or of a whole collection, gives.

    Args:
        document: id, None for the whole collection.
        as_of: the day that was asked about.
        summary, provinces: rows of `deficit.by_level` and `deficit.by_province`.
        duties, expected: rows of `DutyBook.duties` and `DutyBook.expected` (of a document alone).
        tasks: rows of the query tasks_under.
        findings: rows with `FINDING`, the most severe first.
        collected: whether the text of the document is in the collection: of one that is only cited nothing is known of
            the duties that it gives itself.
    """

    document: str | None
    as_of: str | None
    summary: Sequence[Row]
    provinces: Sequence[Row]
    duties: Sequence[Row]
    expected: Sequence[Row]
    tasks: Sequence[Row]
    findings: Sequence[Row]
    collected: bool = True


def check(
    store: Store,
    document: str | None = None,
    as_of: str | None = None,
    profile: Sequence[LegalDuty] = (),
    with_tasks: bool = True,
) -> Compliance:
    """Check a document and what implements it, or the whole collection; see `Compliance`.

    Args:
        with_tasks: whether its tasks are wanted, which are no part of the check; of a country there are many.
    """
    book = DutyBook(store, as_of, profile)
    duties = list(book.duties(document))
    tasks = run(store, "tasks_under", {"document": document}).dicts() if document and with_tasks else []
    later = _later(store, document, as_of)
    return Compliance(
        document,
        as_of,
        by_level(duties),
        by_province(duties),
        duties,
        book.expected(document, duties) if document else [],
        [row for row in tasks if row["document"] not in later],
        findings(store, duties, document, as_of, book.held, later, book.successors),
        document is None or _is_collected(store, document),
    )


def _is_collected(store: Store, document: str) -> bool:
    return any(row["status"] == "ingested" for row in run(store, "document", {"document": document}).dicts())


def _later(store: Store, document: str | None, as_of: str | None) -> set[str]:
    """The documents (ids) among those looked at that were not there on the day, since they were issued later."""
    if not as_of:
        return set()
    # of one document's the dates are asked for and not the day: an answer that serves every day can be kept
    asked = {"document": document} if document else {"as_of": as_of}
    rows = run(store, "issued_after", asked).dicts()
    return {row["id"] for row in rows if is_after(row["issued_on"], as_of)}


def findings(
    store: Store,
    duties: Sequence[Row],
    document: str | None,
    as_of: str | None,
    held: Mapping[str, int],
    later: Collection[str] = (),
    successors: Successors | None = None,
) -> list[Row]:
    """What all checks find, the most severe first.

    Args:
        duties: of which those that are late, missing or not known to be met are findings.
        document: only in this document and those that implement it.
        as_of: the day that is asked about.
        held: how many documents of an agency (id) the collection holds: of one without any it is not known whether
            it has reported.
        later: documents (ids) that were not there on that day: nothing is said of them.
        successors: who acts for whom; left out: the store is asked.
    """
    severity = catalogue()[PLANS].severity
    offending = [row for row in duties if row["status"] in (LATE, MISSING, UNKNOWN)]
    found = [_finding(PLANS, severity, row) for row in offending]

    @cache
    def is_later(other: str | None) -> bool:
        """Whether a document was issued after the day; the others of a finding need not be under `document`."""
        rows = run(store, "document", {"document": other}).dicts() if other and as_of else []
        return bool(rows) and is_after(rows[0]["issued_on"], as_of)

    for query in catalogue().values():
        if query.severity is not None and query.name != PLANS:
            # whatever the day, so that an answer serves every day; of reports also those that may have come after it
            asked = {"document": document, "reported": "mọi"} if query.name == REPORTS else {"document": document}
            rows = [row for row in run(store, query.name, asked).dicts() if row["source"] not in later]
            there = [row for row in rows if not any(is_later(row.get(name)) for name in _OTHERS)]
            rows = by_words(store, query.name, there)
            if query.name == REPORTS:
                rows = _unreported(store, there, as_of, held, successors)
            found += [_finding(query.name, query.severity, row) for row in rows]
    return sorted(found, key=lambda row: SEVERITIES.index(row["severity"]))


def _unreported(
    store: Store, rows: Sequence[Row], as_of: str | None, held: Mapping[str, int], successors: Successors | None
) -> list[Row]:
    """The rows of missing_report that were due by the day, without those that they, or others for them, sent by then.

    A report of a later day is not there yet; one without a date is. Each row has how many documents of the agency there
    are and what that allows to say, and who holds its duties.
    """
    overdue = [row for row in rows if is_after(as_of, row["deadline"])]
    due = [row for row in overdue if not row["reports"] or is_after(row["reported_on"], as_of)]
    acting = successors or (Successors.of(store) if due else Successors())

    @cache
    def reports(source: str) -> list[Row]:
        about = not_after(run(store, "relations_of", {"document": source}).dicts(), as_of)
        to_it = [row for row in about if row["direction"] == "in" and row["relation"] in _ABOUT]
        return [row for row in to_it if row["type"] == "Báo cáo"]

    found = []
    for row in due:
        others = [other for other in acting.stand_ins(row["agency_id"], as_of) if held.get(other.id)]
        since = {other.name: other.since for other in others}
        if others and any(
            one["issuer"] in since and not is_after(since[one["issuer"]], one["issued_on"])
            for one in reports(row["source"])
        ):
            continue
        documents = held.get(row["agency_id"], 0) + sum(held[other.id] for other in others if not other.since)
        holders = acting.standing(row["agency_id"], row["agency"], as_of)["holders"]
        found.append({**row, "held": documents, "status": MISSING if documents else UNKNOWN, "holders": holders})
    return found


def quotes(row: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What a person reads as the ground of a duty or a finding: the first passage of each document concerned.

    That of its own document stands first; those of others begin with what they are called (`names`, by id).
    """
    first: dict[str, str] = {}
    for passage in row["evidence"]:
        first.setdefault(passage["doc"], passage["quote"])
    own = [first.pop(row["source"])] if row["source"] in first else []
    return own + [f"{names.get(other, other)}: {quote}" for other, quote in first.items()]


def at_least(rows: Sequence[Mapping[str, Any]], severity: str) -> bool:
    """Whether there is a finding of a severity, or of a worse one."""
    return any(SEVERITIES.index(row["severity"]) <= SEVERITIES.index(severity) for row in rows)


def _finding(check_: str, severity: str | None, row: Row) -> Row:
    return {name: row.get(name) for name in FINDING} | {"check": check_, "severity": severity}
