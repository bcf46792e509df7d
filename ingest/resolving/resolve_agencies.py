"""Which names are one agency: canonical name with jurisdiction; what is unknown is one document's own unknown.

What all records say of each agency (`agency_statements`) makes it what it is, and tells of others: the members of a
class, and who took over from it, until now. Names that differ by a renaming are two agencies, of which the later takes
over from the earlier one. Nothing here depends on the order in which anything was said, so that it can be worked out
anew for a few agencies alone (`AgencyResolution.settle`).
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from graph.places import Gazetteer
from graph.places import Place as Unit
from graph.spelling import fold
from ingest.corrections import Corrections
from ingest.record import Place, Record
from ingest.resolving.agency_changes import level_of
from ingest.resolving.agency_identity import head_of
from ingest.resolving.agency_kinds import kind_of
from ingest.resolving.agency_statements import AgenciesSaid, AgencyStatements, Fact, facts_of
from ingest.resolving.collectives import Member
from ingest.resolving.identity import is_known
from ingest.resolving.successions import Period, Succession, narrowed, overlap, spanned


@dataclass(frozen=True, slots=True)
class ResolvedAgency:
    """One agency.

    `head` is its name without the jurisdiction, `parent` the id of the agency that it is a department of, `members_of`
    those of its collectives. `valid_from` and `valid_to` are its first and last day, perhaps partial; None is open or
    not known. `units` are the ids of the places that its jurisdiction was in that time.
    """

    id: str
    name: str
    head: str
    kind: str
    level: str | None
    place: Place
    collective: bool = False
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    members_of: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Implied:
    """Why there is an agency that perhaps no document names: it is a member of a class, or took over (`how`)."""

    agency: Member
    how: Succession | None = None


class Ledger(Protocol):
    """What is known of agencies, by their ids; in memory (`AgencyLedger`) or on disk (`index`)."""

    def facts(self, id_: str) -> Mapping[Fact, int]:
        """What all records say of it, and how often."""
        ...

    def implies(self, id_: str) -> Mapping[str, Implied]:
        """Those that there are because of it."""
        ...

    def implied_by(self, id_: str) -> Mapping[str, Implied]:
        """Those because of which it is there."""
        ...

    def note(self, id_: str, implied: Mapping[str, Implied]) -> None:
        """Keep what `implies` and `implied_by` give."""
        ...


class AgencyLedger:
    """A `Ledger` in memory."""

    def __init__(self) -> None:
        self._facts: dict[str, Counter[Fact]] = {}
        self._implies: dict[str, Mapping[str, Implied]] = {}
        self._implied_by: dict[str, dict[str, Implied]] = defaultdict(dict)

    def add(self, said: AgenciesSaid) -> None:
        for (id_, fact), times in said.facts.items():
            self._facts.setdefault(id_, Counter())[fact] += times

    def ids(self) -> set[str]:
        """All that records name or imply."""
        return self._facts.keys() | {id_ for id_, by in self._implied_by.items() if by}

    def all_facts(self) -> Iterator[tuple[str, Fact, int]]:
        return ((id_, fact, times) for id_, facts in self._facts.items() for fact, times in facts.items())

    def all_implied(self) -> Iterator[tuple[str, str, Implied]]:
        return ((id_, agency, why) for id_, implied in self._implies.items() for agency, why in implied.items())

    def facts(self, id_: str) -> Mapping[Fact, int]:
        return self._facts.get(id_, {})

    def implies(self, id_: str) -> Mapping[str, Implied]:
        return self._implies.get(id_, {})

    def implied_by(self, id_: str) -> Mapping[str, Implied]:
        return self._implied_by.get(id_, {})

    def note(self, id_: str, implied: Mapping[str, Implied]) -> None:
        for gone in self.implies(id_):
            del self._implied_by[gone][id_]
        self._implies[id_] = implied
        for agency, why in implied.items():
            self._implied_by[agency][id_] = why


@dataclass(slots=True)
class _Draft:
    """All that is said of one agency: how often each wording (name, head, kind, level) and as what it was printed."""

    own: str = ""
    place: Place = ()
    worded: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)
    parents: Counter[str] = field(default_factory=Counter)
    collective: bool = False
    members: tuple[Member, ...] = ()

    def most_said(self, index: int) -> str:
        """What most wordings say of one of the four; among equals the shortest."""
        counted: Counter[str] = Counter()
        for wording, times in self.worded.items():
            if wording[index]:
                counted[wording[index]] += times
        return min(counted, key=lambda v: (-counted[v], len(v), v)) if counted else ""

    @property
    def head(self) -> str:
        return head_of(self.most_said(1), self.place)

    @property
    def name(self) -> str:
        name = self.most_said(0)
        if len(self.place) > 1 and name.endswith(f" {self.place[-1]} {self.place[-2]}"):  # the place says the rest
            name = name.removesuffix(f" {self.place[-2]}")
        return name[:1].upper() + name[1:]

    def aliases(self) -> tuple[str, ...]:
        own = fold(self.name)
        others = self.written | {said for said, *_ in self.worded}
        return tuple(sorted(other for other in others if fold(other) != own))


class AgencyResolution:
    """Agencies out of a ledger, each worked out when it is asked for."""

    def __init__(self, statements: AgencyStatements, ledger: Ledger) -> None:
        self._statements = statements
        self._successions = statements.successions
        self._ledger = ledger
        self._drafts: dict[str, _Draft | None] = {}
        self.corrected: set[str] = set()
        """Names in the corrections that mean an agency which the settled ones imply."""

    # who there is

    def settle(self, ids: Iterable[str]) -> set[str]:
        """Work out whom agencies imply of which other things are said now than when that was noted.

        Returns:
            the ids of all of which something may have changed, those that were given among them.
        """
        changed = set(ids)
        waiting = deque(sorted(changed))
        while waiting:
            id_ = waiting.popleft()
            self._drafts.pop(id_, None)
            known, implied = self._ledger.implies(id_), self._implied(id_)
            if known == implied:
                continue
            self._ledger.note(id_, implied)
            others = sorted(o for o in known.keys() | implied.keys() if known.get(o) != implied.get(o))
            changed.update(others)
            waiting += others
        return changed

    def _implied(self, id_: str) -> dict[str, Implied]:
        """The members of a class, or who took over from an agency."""
        draft = self._draft(id_)
        if draft is None:
            return {}
        if draft.members:
            found = [Implied(member) for member in draft.members]
        elif draft.collective or not is_known(draft.place):
            return {}
        else:
            found = [
                Implied(Member(how.name, how.head, level_of(how.place), how.place), how)
                for how in self._successions.of(draft.own, draft.head, draft.place)
            ]
        implied = {self._statements.implied(one.agency, self.corrected): one for one in found}
        implied.pop(id_, None)
        return implied

    def _draft(self, id_: str) -> _Draft | None:
        """What is said of an agency; None where there is none."""
        if id_ not in self._drafts:
            facts = self._ledger.facts(id_)
            if not facts and self._is_there(id_):
                facts = facts_of(min((why.agency for why in self._ledger.implied_by(id_).values()), key=_sorting))
            self._drafts[id_] = self._drafted(facts) if facts else None
        return self._drafts[id_]

    def _is_there(self, id_: str) -> bool:
        """Whether a record names an agency, or one that leads to it."""
        seen: set[str] = set()
        waiting = [id_]
        while waiting:
            one = waiting.pop()
            if self._ledger.facts(one):
                return True
            seen.add(one)
            waiting += self._ledger.implied_by(one).keys() - seen
        return False

    def _drafted(self, facts: Mapping[Fact, int]) -> _Draft:
        draft = _Draft()
        known: list[Fact] = []
        classes: list[Fact] = []
        for fact, times in facts.items():
            kind, *said = fact
            if kind == "worded":
                draft.worded[said[0], said[1], said[2], said[3]] = times
            elif kind == "written":
                draft.written.add(said[0])
            elif kind == "parent":
                draft.parents[said[0]] = times
            elif kind == "collective":
                draft.collective = True
            else:
                (known if kind == "known" else classes).append(fact)
        _, _, draft.own, draft.place = min(known)  # the name that gives the id, before that of what is the same
        if classes:
            _, head, level, place, on = min(classes, key=repr)
            draft.members = self._statements.members(head, level, place, on)
        return draft

    # what they are

    def agency(self, id_: str) -> ResolvedAgency | None:
        """One agency; None where nothing tells of it."""
        draft = self._draft(id_)
        if draft is None:
            return None
        kind, level = kind_of(draft.name)
        period = self._period(id_)
        units = self._successions.units(draft.place)
        by = self._ledger.implied_by(id_)
        return ResolvedAgency(
            id=id_,
            name=draft.name,
            head=draft.head,
            kind=draft.most_said(2) or kind,
            level=draft.most_said(3) or level or (level_of(draft.place) if kind else None) or None,
            place=draft.place,
            collective=draft.collective,
            aliases=draft.aliases(),
            parent=self._parent(draft),
            members_of=tuple(sorted(class_ for class_, why in by.items() if why.how is None)),
            valid_from=period[0],
            valid_to=period[1],
            units=tuple(unit.id for unit in units if _was_in(period, unit)),
        )

    def heirs(self, id_: str) -> list[tuple[str, Succession]]:
        """Who took over from an agency: ids."""
        implied = self._ledger.implies(id_)
        return [(heir, why.how) for heir, why in sorted(implied.items()) if why.how is not None]

    def standing(self, id_: str) -> tuple[object, ...] | None:
        """What others that are part of an agency are told by; None where there is none."""
        draft = self._draft(id_)
        return (draft.own, draft.place, draft.collective, self._parent(draft)) if draft else None

    def _parent(self, draft: _Draft) -> str | None:
        """What most say that it is part of; a class has no parts but its members."""
        above = {id_: times for id_, times in draft.parents.items() if (d := self._draft(id_)) and not d.collective}
        return min(above, key=lambda id_: (-above[id_], id_), default=None)

    def _period(self, id_: str) -> Period:
        """When there was such an agency: its own time, its members' and that of the agencies that it is part of."""
        own: Period = (None, None)
        above: str | None = id_
        seen: set[str] = set()
        while above and above not in seen:
            seen.add(above)
            draft = self._draft(above)
            if draft is None:
                break
            own = narrowed(own, self._successions.period(draft.own, draft.place))
            above = self._parent(draft)
        first = self._draft(id_)
        members = first.members if first else ()
        return narrowed(own, spanned(self._successions.of_unit(member.place) for member in members))


def _sorting(member: Member) -> tuple[object, ...]:
    return (member.name, member.head, member.level, member.place)


def _was_in(period: Period, unit: Unit) -> bool:
    return overlap(period, (unit.valid_from, unit.valid_to))


class Agencies(AgencyResolution):
    """The agencies of a collection of records, and the way back from a record's names."""

    def __init__(self, statements: AgencyStatements, said: Mapping[str, AgenciesSaid]) -> None:
        self.ledger = AgencyLedger()
        self._ids = {record_id: one.ids for record_id, one in said.items()}
        for one in said.values():
            self.ledger.add(one)
        super().__init__(statements, self.ledger)
        self.settle(self.ledger.ids())
        self.names = self.corrected.union(*(one.corrected for one in said.values()))
        """The names in the corrections that mean one of these agencies."""

    def id_of(self, record_id: str, name: str, place: Place) -> str:
        """The id of the agency that a record calls `name`."""
        return self._ids[record_id][name, place]

    def agencies(self) -> list[ResolvedAgency]:
        """All agencies, sorted by id."""
        return self._found

    @cached_property
    def _found(self) -> list[ResolvedAgency]:
        return [agency for id_ in sorted(self.ledger.ids()) if (agency := self.agency(id_))]

    def successions(self) -> list[tuple[str, str, Succession]]:
        """Who took over from whom: ids of the later and the earlier one."""
        return sorted((heir, id_, how) for id_ in self.ledger.ids() for heir, how in self.heirs(id_))


def resolve_agencies(
    records: Mapping[str, Record], gazetteer: Gazetteer, corrections: Corrections | None = None
) -> Agencies:
    """Decide which names are one agency, who belongs to the collectives, and who took over from whom.

    Args:
        records: by id; the order does not matter.
        gazetteer: the dated administrative units.
        corrections: ids of agencies that a person called the same or different, and changes that a person knows.
    """
    statements = AgencyStatements(gazetteer, corrections or Corrections())
    return Agencies(statements, {id_: statements.read(id_, record) for id_, record in records.items()})
