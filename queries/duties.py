"""Who had to issue a plan, by what order, and how that stands on a day.

The rows of the query missing_plans, with what the day asked for changes: a plan that came later is not there yet, an
organ of the same committee or the body that took over counts for whoever had the duty, and the duty of an agency that
is gone lies with its heirs, or with nobody. Whoever was only sent a document has no duty: that is an expectation.

One document at the top is asked at a time: the duties of a whole country need no more memory than one directive's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from graph.places import Place, places
from graph.schema import schema
from graph.store import Store
from queries.ask import run
from queries.plans import Plan, Plans
from queries.profile import LegalDuty
from queries.standing import days_late, is_after, status
from queries.successors import StandIn, Successors, acting_body

Row = dict[str, Any]

ORDER, LAW, SENT = "giao", "pháp luật", "nơi nhận"
"""Where a duty comes from: a task of the document, the law (by a profile), or only the list of recipients."""


@dataclass(frozen=True)
class DutyBook:
    """All that one question about duties shares.

    Args:
        store: the graph.
        as_of: the day (ISO 8601) on which is asked: orders and plans of later days are not there yet. None: all are,
            and what is still to come cannot be told from what is late.
        profile: the duties that the law gives.
    """

    store: Store
    as_of: str | None = None
    profile: Sequence[LegalDuty] = ()

    def duties(self, document: str | None = None) -> Iterator[Row]:
        """Duties to issue a plan, directive by directive.

        Args:
            document: id; duties given by it and by what implements it. None is all.

        Returns:
            rows with `origin` (`ORDER` or `LAW`), `basis` (the law, else None), `agency`, `agency_id` (None where the
            graph does not hold it), `level`, `place`, `via`, `status`, `days_late`, `deadline`, `plan`, `plan_type`,
            `plan_issued_on`, `plan_by` (the issuer, where it stands in for the agency), `held` (how many documents of
            the agency, or of an organ or body whose plan counts for it, the collection holds), `holders` (names of
            those who hold the duty on the day), `orphaned`, `source`, `source_issued_on`, `task`, `section` and
            `evidence`.
        """
        seen: set[tuple[str, str | None, str]] = set()
        for top in [document] if document else self._tops():
            below = _Below(self.store, top)
            for row in (*self._ordered(below), *self._by_law(below)):
                key = (row["source"], row["task"] or row["basis"], row["agency_id"] or row["agency"])
                if key not in seen:
                    seen.add(key)
                    yield row

    def expected(self, document: str, duties: Iterable[Row] | None = None) -> list[Row]:
        """Those that a document was sent to and that have no duty by it: they may be expected to act on it.

        Recipients above the document's own level, and the issuer, are left out: they are told, not asked.

        Args:
            document: its id.
            duties: those by it, where they are known already.
        """
        below = _Below(self.store, document)
        found = run(self.store, "document", {"document": document}).dicts()
        if not found or is_after(found[0]["issued_on"], self.as_of):
            return []
        facts = found[0]
        known = self.duties(document) if duties is None else duties
        obliged = {row["agency_id"] for row in known if row["source"] == document}
        rank = schema().rank(facts["level"])
        return [
            self._row(
                below,
                {**row, "source": document, "task": None, "section": None, "deadline": None},
                SENT,
                facts["issued_on"],
            )
            for row in run(self.store, "expected_plans", {"document": document}).dicts()
            if row["agency_id"] not in obliged
            and row["agency"] != facts["issuer"]
            and row["level"] in schema().levels
            and schema().rank(row["level"]) >= rank
        ]

    @cached_property
    def successors(self) -> Successors:
        return Successors.of(self.store)

    @cached_property
    def held(self) -> Mapping[str, int]:
        """How many documents of an agency (id) the collection holds."""
        return {row["agency_id"]: row["documents"] for row in self._holdings}

    @cached_property
    def _holdings(self) -> list[Row]:
        return run(self.store, "holdings").dicts()

    @cached_property
    def _held_by_name(self) -> Mapping[str, int]:
        return {row["agency"]: row["documents"] for row in self._holdings}

    def _held_for(self, id_: str | None, name: str) -> int:
        """How many documents there are whose like would meet an agency's duty: its own, those of the organs of its
        committee, and those of the body that it leads or acts by.
        """
        organs = self.successors.organs.get(id_, ()) if id_ else ()
        held = self.held.get(id_ or "", 0) + sum(self.held.get(organ.id, 0) for organ in organs)
        acting = acting_body(name)
        return held + (self._held_by_name.get(acting, 0) if acting else 0)

    def _tops(self) -> Iterator[str]:
        """Documents that order a plan, or that the profile is about, each but those below an earlier one."""
        below: set[str] = set()
        orders = [row["id"] for row in run(self.store, "ordering_documents").dicts()]
        of_law = [row["id"] for row in self._all_documents if self._laws(row)] if self.profile else []
        for id_ in (*orders, *of_law):
            if id_ not in below:
                below |= {id_, *self._below(id_)}
                yield id_

    def _below(self, document: str) -> Iterator[str]:
        """Those documents below a document that may be a top themselves."""
        for query in ("ordering_documents", "documents_under") if self.profile else ("ordering_documents",):
            yield from (row["id"] for row in run(self.store, query, {"document": document}).dicts())

    @cached_property
    def _all_documents(self) -> list[Row]:
        return run(self.store, "documents").dicts()

    def _ordered(self, below: _Below) -> Iterator[Row]:
        asked = {"document": below.top, "status": "mọi"}  # whatever the day: `_row` says how they stand on it
        for row in run(self.store, "missing_plans", asked).dicts():
            if not is_after(below.ordered_on(row["source"]), self.as_of):
                yield self._row(below, row, ORDER, below.ordered_on(row["source"]))

    def _by_law(self, below: _Below) -> Iterator[Row]:
        for id_, facts in below.facts.items() if self.profile else ():
            for law in () if is_after(facts["issued_on"], self.as_of) else self._laws(facts):
                deadline = _deadline(facts["issued_on"], law.within_days)
                for agency in self._bound(law, facts):
                    asked = {**agency, "source": id_, "task": None, "section": None, "deadline": deadline}
                    row = self._row(below, {**asked, "via": None, "evidence": []}, LAW, facts["issued_on"])
                    yield {**row, "basis": law.basis}

    def _laws(self, document: Mapping[str, Any]) -> list[LegalDuty]:
        return [law for law in self.profile if law.is_about(document)]

    def _bound(self, law: LegalDuty, document: Mapping[str, Any]) -> Iterator[Row]:
        """The agencies that a law binds: one of each unit of the document's area on its day, in the graph or not."""
        path = tuple(reversed(document["place"].split(", "))) if document["place"] else ()
        area = places().resolve_path(path, document["issued_on"])
        for unit in _units(area, law.of_level, document["issued_on"]) if area else ():
            where = ", ".join(reversed(places().path(unit)))
            known = self._agencies.get((law.agencies, where))
            name = f"{law.agencies} {unit.name}"
            yield {
                "agency": known["name"] if known else name,
                "agency_id": known["id"] if known else None,
                "level": law.of_level,
                "place": where,
            }

    @cached_property
    def _agencies(self) -> dict[tuple[str, str], Row]:
        """The agencies that the profile speaks of, by their kind of body and place."""
        found = {}
        for body in {law.agencies for law in self.profile}:
            for row in run(self.store, "agencies", {"text": body}).dicts():
                if row["name"].startswith(f"{body} ") and not row["collective"] and row["place"]:
                    found[body, row["place"]] = row
        return found

    def _row(self, below: _Below, row: Row, origin: str, since: str | None) -> Row:
        """A duty; `since` is the date of the document that gives it."""
        id_ = row["agency_id"]
        plan = self._plan(below, row, since)
        held = self._held_for(id_, row["agency"] or "")
        standing = (
            self.successors.standing(id_, row["agency"], self.as_of) if id_ else {"holders": [], "orphaned": False}
        )
        return {
            "origin": origin,
            "basis": None,
            "agency": row["agency"],
            "agency_id": id_,
            "level": row["level"],
            "place": row["place"],
            "via": row["via"],
            "status": status(row["deadline"], plan.issued_on if plan else None, plan is not None, self.as_of, held),
            "days_late": days_late(row["deadline"], plan.issued_on if plan else None),
            "deadline": row["deadline"],
            "plan": plan.id if plan else None,
            "plan_type": plan.type if plan else None,
            "plan_issued_on": plan.issued_on if plan else None,
            "plan_by": plan.by if plan else None,
            "held": held,
            **standing,
            "source": row["source"],
            "source_issued_on": since,
            "task": row["task"],
            "section": row["section"],
            "evidence": row["evidence"],
        }

    def _plan(self, below: _Below, row: Row, since: str | None) -> Plan | None:
        """The first document that meets a duty: the agency's own, or that of one who stands in for it."""
        found = []
        later = is_after(row.get("plan_issued_on"), self.as_of)
        if row.get("plan") and not later:
            found.append(Plan(row["plan"], row["plan_type"], row["plan_issued_on"]))
        if row["agency_id"]:
            if "plan" not in row or later:  # one without a date, which is there, stands behind all that have one
                found += below.plans.of(row["agency_id"], row["source"], since, self.as_of)
            others = list(self.successors.stand_ins(row["agency_id"], self.as_of))
            for one in (StandIn(row["agency_id"], row["agency"] or ""), *others):
                if (acting := acting_body(one.name)) and (body := below.plans.issuer(acting)):
                    others.append(StandIn(body, acting, one.since))
            if others:
                found += below.plans.of_others(others, row["source"], since, self.as_of)
        return min(found, key=lambda plan: plan.order, default=None)


class _Below:
    """A document and what implements it, asked for when needed."""

    def __init__(self, store: Store, top: str) -> None:
        self._store = store
        self.top = top

    @cached_property
    def facts(self) -> dict[str, Row]:
        """The document and all below it, by id."""
        rows = run(self._store, "document", {"document": self.top}).dicts()
        rows += run(self._store, "documents_under", {"document": self.top}).dicts()
        return {row["id"]: row for row in rows}

    @cached_property
    def plans(self) -> Plans:
        return Plans(self._store, self.top)

    @cached_property
    def _ordering(self) -> dict[str, str | None]:
        rows = run(self._store, "ordering_documents", {"document": self.top}).dicts()
        return {row["id"]: row["issued_on"] for row in rows}

    def ordered_on(self, document: str) -> str | None:
        """The date of a document that orders a plan."""
        return self._ordering.get(document)


def _units(area: Place, level: str, on: str | None) -> list[Place]:
    """The units of a level in an area, which may be one itself."""
    return [area] if area.level == level else places().children(area, level, on)


def _deadline(issued_on: str | None, within_days: int | None) -> str | None:
    """The last day of a term that runs from a document's date; None where either is not known to the day."""
    if within_days is None or not issued_on or len(issued_on) < 10:
        return None
    return str(date.fromisoformat(issued_on) + timedelta(days=within_days))
