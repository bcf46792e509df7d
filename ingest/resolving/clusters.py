"""Which statements about one symbol (or name) of one jurisdiction mean one document.

The exact ones come first: those with a day, then a month, a year, none; within these the ones that say more. A
statement joins the only document that it fits and stays apart where it fits several, so the result depends neither
on the order of the records nor on their ids. Two facts that contradict are never one document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from graph.spelling import fold
from ingest.corrections import Marks
from ingest.resolving.document_names import Term
from ingest.resolving.identity import dates_agree
from ingest.resolving.statements import Statement

Facts = tuple[str | None, str, str | None, Term | None]
"""Symbol, date ("" for none), issuing body and its term: what a statement says that can contradict another."""

_DAY = 10  # characters of a date that is told to the day
_EXACTNESS = (_DAY, 7, 4, 0)
_SAME_TITLE = 5  # words of which two titles must share the first, where one is cut short


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with what it is compared by, worked out once; `citing` is the record, where it cites."""

    statement: Statement
    facts: Facts
    title: str
    marks: Marks
    citing: str | None

    @property
    def date(self) -> str:
        return self.facts[1]


def claim_of(statement: Statement, marks: Marks) -> Claim:
    facts = (statement.symbol, statement.issued_on or "", statement.body, statement.term)
    title = fold(statement.title or "").removeprefix("về việc ").removeprefix("về ")
    return Claim(statement, facts, title, marks, None if statement.is_own else statement.record)


@dataclass(slots=True, eq=False)
class Cluster:
    """Statements that mean one document.

    `rivals` are the others that it may be; `alone` says that it fits several of them.
    """

    claims: list[Claim]
    rivals: list[Cluster] = field(default_factory=list)
    alone: bool = False
    facts: set[Facts] = field(default_factory=set)
    citing: Counter[str] = field(default_factory=Counter)
    titles: set[str] = field(default_factory=set)
    same: set[int] = field(default_factory=set)
    different: set[tuple[int, str]] = field(default_factory=set)

    @property
    def first(self) -> Claim:
        """The one that says most: all others were added to it."""
        return self.claims[0]

    @property
    def is_own(self) -> bool:
        return any(claim.statement.is_own for claim in self.claims)

    def add(self, claim: Claim) -> None:
        self.claims.append(claim)
        self._note(claim)

    def _note(self, claim: Claim) -> None:
        self.facts.add(claim.facts)
        self.titles.add(claim.title)
        self.same |= claim.marks.same
        self.different |= claim.marks.different
        if claim.citing:
            self.citing[claim.citing] += 1


def cluster_of(claim: Claim, rivals: Iterable[Cluster] = (), alone: bool = False) -> Cluster:
    made = Cluster([], list(rivals), alone)
    made.add(claim)
    return made


def first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    """A string that no day of a partial date is behind: "2023-02" → "2023-02-31"."""
    return date + "-12-31"[len(date) - 4 :]


def _one_body(one: str | None, other: str | None) -> bool:
    """Whether two bodies may be one: a committee and its standing board are ("tỉnh ủy", "ban thường vụ tỉnh ủy")."""
    return one is None or other is None or f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _in_term(date: str, term: Term | None) -> bool:
    if not date or term is None:
        return True
    since, until = term
    return last_day(date) >= since and (until is None or first_day(date)[: len(until)] <= until)


def facts_agree(one: Facts, other: Facts) -> bool:
    """Whether nothing that is said contradicts. On one day a body numbers one document so, whatever body is named."""
    if one[0] and other[0] and one[0] != other[0]:
        return False
    if one[1] == other[1] and len(one[1]) == _DAY:
        return True
    if not dates_agree(one[1], other[1]) or not _one_body(one[2], other[2]):
        return False
    return _in_term(one[1], other[3]) and _in_term(other[1], one[3])


def was_there(claim: Claim, date: str) -> bool:
    """Whether a document of that date could be cited: it cannot be younger, but a date that is told stands."""
    cited_on = claim.statement.cited_on
    return not cited_on or not date or date == claim.date or first_day(date) <= last_day(cited_on)


def _kept_apart(claim: Claim, cluster: Cluster) -> bool:
    """Whether the record itself told the two apart, a person did, or two texts bear two titles."""
    if claim.citing and cluster.citing[claim.citing]:
        return True
    if claim.statement.is_own and cluster.is_own and not any(_same_title(claim.title, t) for t in cluster.titles):
        return True
    return bool(claim.marks.different) and are_different(claim.marks.different, cluster.different)


def are_different(one: Iterable[tuple[int, str]], other: Iterable[tuple[int, str]]) -> bool:
    """Whether a person said so: both are named in one entry, under different names."""
    return any(entry == entry_ and name != name_ for entry, name in one for entry_, name_ in other)


def fits(claim: Claim, cluster: Cluster) -> bool:
    """Whether a statement may be about the document of a cluster."""
    return (
        all(facts_agree(claim.facts, facts) for facts in cluster.facts)
        and was_there(claim, cluster.first.date)
        and not _kept_apart(claim, cluster)
    )


def cluster_claims(claims: Iterable[Claim]) -> list[Cluster]:
    """The documents that statements about one key and jurisdiction mean."""
    claims = list(claims)
    if len(claims) == 1:  # most documents are cited once
        return [cluster_of(claims[0])]
    by_exactness: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_exactness[next(n for n in _EXACTNESS if n <= len(claim.date))].append(claim)
    clusters: list[Cluster] = []
    for exactness in _EXACTNESS:
        clusters += _next(clusters, by_exactness[exactness])
    _flag(clusters)
    return clusters


class _Candidates:
    """The documents that a statement may mean; of those that stay apart with the same facts one stands for all."""

    def __init__(self, clusters: Iterable[Cluster] = ()) -> None:
        self._seen: set[Facts] = set()
        self._found: list[Cluster] = []
        for cluster in clusters:
            self.add(cluster)

    def add(self, cluster: Cluster) -> None:
        if cluster.alone and not cluster.same and not cluster.different:
            if cluster.first.facts in self._seen:
                return
            self._seen.add(cluster.first.facts)
        self._found.append(cluster)

    def fitting(self, claim: Claim) -> list[Cluster]:
        """Those that a statement fits; where a person said which it is, that one, whatever the facts are."""
        if claim.marks.same and (told := [c for c in self._found if claim.marks.same & c.same]):
            return told[:1]
        return [c for c in self._found if fits(claim, c)]


def _next(known: Sequence[Cluster], claims: Sequence[Claim]) -> list[Cluster]:
    """Add statements of one exactness to the documents that more exact ones told of; the new documents are returned."""
    wanting: dict[Cluster, list[Claim]] = defaultdict(list)
    rest: list[Claim] = []
    made: list[Cluster] = []
    candidates = _Candidates(known)
    for claim in claims:
        fitting = candidates.fitting(claim)
        chosen = _only(claim, fitting)
        if chosen is not None:
            wanting[chosen].append(claim)
        elif fitting:
            made.append(cluster_of(claim, fitting, alone=True))
        else:
            rest.append(claim)
    for cluster, wants in wanting.items():
        made += _join(cluster, wants)
    return made + _new(rest)


def _only(claim: Claim, fitting: Sequence[Cluster]) -> Cluster | None:
    """The one document that a statement fits; of several, the one that bears its title."""
    chosen = _one_of(fitting)
    if chosen is None and claim.title:
        chosen = _one_of([c for c in fitting if any(_same_title(claim.title, title) for title in c.titles)])
    return chosen


def _one_of(fitting: Sequence[Cluster]) -> Cluster | None:
    """The only one, what a person called the same or a slip of the pen taken together; None where there are several."""
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    first = fitting[0]
    if all(c is first or c.same & first.same for c in fitting):
        return first
    if all(_may_be_a_slip(first, c) for c in fitting[1:]):
        return _best_supported(fitting)
    return None


def _may_be_a_slip(one: Cluster, other: Cluster) -> bool:
    """Whether two days told of one number are of one year: a body gives a number once in a year, so one is a slip."""
    a, b = one.first.facts, other.first.facts
    days = len(a[1]) == len(b[1]) == _DAY and a[1][:4] == b[1][:4] and a[1] != b[1]
    return days and a[0] is not None and a[0] == b[0] and _one_body(a[2], b[2]) and not are_different(
        one.different, other.different
    )  # fmt: skip


def _best_supported(slips: Sequence[Cluster]) -> Cluster | None:
    """Of documents that are one but for a slip: the ingested one, else that which more records cite than any other."""
    ingested = [c for c in slips if c.is_own]
    if ingested:
        return ingested[0] if len(ingested) == 1 else None
    best, second, *_ = sorted(slips, key=lambda c: len(c.citing), reverse=True)
    return best if len(best.citing) > len(second.citing) else None


def _same_title(one: str, other: str) -> bool:
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter.split()) >= _SAME_TITLE and longer.startswith(shorter))


def _texts(claims: Iterable[Claim]) -> int:
    """How many documents the ingested texts among them are: those without a title are one of their own each."""
    titles = Counter(claim.title for claim in claims if claim.statement.is_own)
    return sum(count if not title else 1 for title, count in titles.items())


def _join(cluster: Cluster, wants: Sequence[Claim]) -> list[Cluster]:
    """Add the statements that fit one document; those of which only one can mean it, and any could, stay apart."""
    times = Counter(claim.citing for claim in wants if claim.citing)
    texts = _texts(wants)
    said = {claim.facts for claim in wants}
    contradicted = {one for one in said if not all(facts_agree(one, other) for other in said)}
    torn = set().union(*(claim.marks.different for claim in wants))
    apart = []
    for claim in wants:
        told = bool(claim.marks.same & cluster.same)
        alike = times[claim.citing] if claim.citing else texts
        any_could = claim.facts in contradicted or alike > 1
        if not told and (any_could or are_different(claim.marks.different, torn)):
            apart.append(cluster_of(claim, [cluster], alone=True))
        else:
            cluster.add(claim)
    return apart


def _new(claims: Sequence[Claim]) -> list[Cluster]:
    """Documents of which nothing more exact tells: those whose statements say more come first."""
    made: list[Cluster] = []
    candidates = _Candidates()
    times = Counter(claim.citing for claim in claims if claim.citing)
    alike: Counter[tuple[str | None, Facts]] = Counter((claim.citing, claim.facts) for claim in claims if claim.citing)
    torn = _texts(claims) > 1  # then each text is a document, and a citation may mean any of them

    def order(claim: Claim) -> tuple[object, ...]:
        text = (False, claim.title) if torn and claim.statement.is_own else (True, "")
        return (*text, *_order(claim, (-alike[claim.citing, claim.facts], -times[claim.citing or ""])))

    for claim in sorted(claims, key=order):
        fitting = candidates.fitting(claim)
        chosen = _one_of(fitting)
        if chosen is not None:
            chosen.add(claim)
        else:
            made.append(cluster_of(claim, fitting, alone=bool(fitting)))
            candidates.add(made[-1])
    return made


def _order(claim: Claim, set_apart: tuple[int, int]) -> tuple[object, ...]:
    """What says more first, then what a person or its own record set apart; the rest only keeps the order the same."""
    symbol, date, body, _ = claim.facts
    statement = claim.statement
    facts = (symbol is None, -len(body or ""), date, body or "", symbol or "")
    return (*facts, not claim.marks.different, set_apart, not statement.is_own, statement.record, statement.ref)


def _flag(clusters: Sequence[Cluster]) -> None:
    """Note for every document that is not told to the day what else it may be, and for slips of the pen each other."""
    by_year: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if not cluster.alone:
            by_year[cluster.first.date[:4]].append(cluster)
    for year, cluster in [(year, cluster) for year, some in by_year.items() for cluster in some]:
        nearby = (year, "") if year else tuple(by_year)
        for other in chain.from_iterable(by_year.get(near, ()) for near in nearby):
            if other is not cluster and (_may_be_a_slip(cluster, other) or _may_be(cluster, other)):
                cluster.rivals.append(other)


def _may_be(one: Cluster, other: Cluster) -> bool:
    """Whether a document that is not told to the day may be another, if one of the issuing bodies was told wrong."""
    a, b = one.first.facts, other.first.facts
    contradict = (a[0] and b[0] and a[0] != b[0]) or (a[3] and b[3] and a[3] != b[3])
    if len(a[1]) == _DAY or contradict or are_different(one.different, other.different):
        return False
    # a law may be called by its name before it is passed; a number is given on the day
    return dates_agree(a[1], b[1]) and (a[0] is None or all(was_there(claim, b[1]) for claim in one.claims))
