"""Which mentions are one document: a pure function of all records, the gazetteer and a person's corrections.

It refuses to guess. Two statements are one document when symbol and jurisdiction agree and nothing else that they say
contradicts (`clusters`); a statement that fits several stays apart, flagged with them; a statement whose jurisdiction
is unknown joins nothing outside its own record. What a person said wins over all of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations

from graph.places import Gazetteer
from graph.spelling import fold
from ingest.corrections import UNMARKED, Corrections, Marks
from ingest.record import Place, Record
from ingest.resolving.clusters import Cluster, are_different, claim_of, cluster_claims, was_there
from ingest.resolving.identity import dates_agree, id_stem, is_known, place_key
from ingest.resolving.official_places import OfficialPlaces
from ingest.resolving.statements import Statement, statements_of

_SAME = "= "  # no symbol or name begins so

MOST_RIVALS = 20
"""As many documents a flag names at most: a number without a jurisdiction may be one of thousands."""


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """One document with all that was said of it; the statement of its own record, if there is one, comes first.

    `ambiguous_with` are ids of others that it may be.
    """

    id: str
    statements: tuple[Statement, ...]
    ambiguous_with: tuple[str, ...] = ()

    @property
    def is_ingested(self) -> bool:
        return self.statements[0].is_own

    def best(self, field: str) -> str | None:
        """What the document itself says of the field, else what most citations say, longest first among equals."""
        if self.is_ingested and (own := getattr(self.statements[0], field)):
            return str(own)
        values = [str(v) for s in self.statements if (v := getattr(s, field))]
        return self._most_said(v for v in values if "?" not in v) or self._most_said(values)

    @staticmethod
    def _most_said(values: Iterable[str]) -> str | None:
        said = Counter(values)
        return max(said, key=lambda v: (said[v], len(v), v), default=None)

    @property
    def symbol(self) -> str | None:
        """The symbol as the document prints it, else as most citations do."""
        if self.is_ingested and self.statements[0].label:
            return self.statements[0].label
        return self._most_said(s.label for s in self.statements if s.has_symbol)

    @property
    def place(self) -> Place:
        known = [s.place for s in self.statements if is_known(s.place)]
        return known[0] if known else self.statements[0].place

    @property
    def issued_on(self) -> str | None:
        """The most exact date that was stated; the document's own, where that is not only made more exact."""
        own = (self.statements[0].issued_on or "") if self.is_ingested else ""
        dates = Counter(s.issued_on for s in self.statements if s.issued_on and s.issued_on.startswith(own))
        return min(dates, key=lambda d: (-len(d), -dates[d], d), default=None) or own or None


def resolve_documents(
    records: Mapping[str, Record], gazetteer: Gazetteer, corrections: Corrections | None = None
) -> tuple[list[ResolvedDocument], dict[tuple[str, str], str]]:
    """Decide which mentions are one document.

    Args:
        records: by the id under which each was stored; the order does not matter.
        gazetteer: the dated administrative units.
        corrections: what a person said of documents that are the same, or different.

    Returns:
        the documents sorted by id, and for each (record id, ref) the id of its document.
    """
    official = OfficialPlaces(gazetteer)
    statements = (s for id_, record in sorted(records.items()) for s in statements_of(id_, record, official))
    documents = resolve_statements(statements, corrections or Corrections())
    return documents, {(s.record, s.ref): d.id for d in documents for s in d.statements}


def resolve_statements(statements: Iterable[Statement], corrections: Corrections) -> list[ResolvedDocument]:
    """The documents that statements are about, sorted by id.

    Those that share a key (`linking_keys`), directly or by way of others, are decided on together, and no others have
    a say in it: so it can be done anew for them alone.

    Args:
        statements: of one record one after the other, and the records in the order of their ids.
        corrections: what a person said of documents that are the same, or different.
    """
    marked: dict[int, list[ResolvedDocument]] = defaultdict(list)
    documents: list[ResolvedDocument] = []
    for group in _by_key(statements):
        for document, marks in _resolved(group, corrections):
            documents.append(document)
            for mark in marks.same:
                marked[mark].append(document)
    return sorted(_joined(documents, marked.values(), corrections), key=lambda d: d.id)


def linking_keys(statement: Statement, corrections: Corrections) -> tuple[str, ...]:
    """By what a statement is decided on together with others: its symbol or name, and what a person called the same."""
    return (*statement.keys, *(f"{_SAME}{number}" for number in sorted(_marks(statement, corrections).same)))


def _by_key(statements: Iterable[Statement]) -> Iterable[list[Statement]]:
    """Statements in groups that share a symbol or name, all in all: a law's number leads to its name and back."""
    by_first: dict[str, list[Statement]] = defaultdict(list)
    whole: dict[str, str] = {}  # a key → another of the same group
    for statement in statements:
        first, *others = statement.keys
        by_first[first].append(statement)
        for key in others:
            one, other = sorted((_root(whole, first), _root(whole, key)))
            if one != other:
                whole[other] = one
    groups: dict[str, list[Statement]] = defaultdict(list)
    for key in sorted(by_first):
        groups[_root(whole, key)] += by_first[key]
    return groups.values()


def _resolved(group: Sequence[Statement], corrections: Corrections) -> Iterator[tuple[ResolvedDocument, Marks]]:
    """The documents of one group, each with what a person said of it."""
    by_place: dict[Place, list[Statement]] = defaultdict(list)
    for statement in group:
        place = place_key(statement.place)
        by_place[place if is_known(place) else (statement.record, *place)].append(statement)
    clusters = [
        cluster
        for _, statements in sorted(by_place.items())
        for cluster in cluster_claims([claim_of(s, _marks(s, corrections)) for s in statements])
    ]
    _flag_unknown(clusters)
    ids = _ids(clusters)
    for cluster in clusters:
        ordered = sorted((claim.statement for claim in cluster.claims), key=_own_first)
        rivals = sorted({ids[rival] for rival in cluster.rivals} - {ids[cluster]})[:MOST_RIVALS]
        yield (
            ResolvedDocument(ids[cluster], tuple(ordered), tuple(rivals)),
            Marks(frozenset(cluster.same)),
        )


def _own_first(statement: Statement) -> tuple[bool, str, str]:
    return (not statement.is_own, statement.record, statement.ref)


def _marks(statement: Statement, corrections: Corrections) -> Marks:
    if not (corrections.same or corrections.different):
        return UNMARKED
    return corrections.marks(names_of(statement, corrections))


def names_of(statement: Statement, corrections: Corrections) -> tuple[str, ...]:
    """The names of a statement, as far as a person may have used one."""
    may_be_meant = statement.is_own or corrections.may_name(id_stem(statement.label))
    return statement.names() if may_be_meant else (statement.mention,)


def _ids(clusters: Sequence[Cluster]) -> dict[Cluster, str]:
    """An id for each: its record's, or what its first statement gives; with the record where that is another's too."""
    ids: dict[Cluster, str] = {}
    taken: set[str] = set()
    for cluster in clusters:
        own = min((c.statement.record for c in cluster.claims if c.statement.is_own), default=None)
        first = cluster.first.statement
        aparts = ("", first.record, first.mention)[1 if cluster.alone else 0 :]
        ids[cluster] = own or next(id_ for apart in aparts if (id_ := first.id(apart)) not in taken)
        taken.add(ids[cluster])
    return ids


def _flag_unknown(clusters: Sequence[Cluster]) -> None:
    """Note for each document of an unknown jurisdiction what else it may be, if what is unknown were known."""
    unknown = [cluster for cluster in clusters if not is_known(cluster.first.statement.place)]
    if not unknown:
        return
    by_province: dict[str, dict[str, list[Cluster]]] = defaultdict(lambda: defaultdict(list))
    for cluster in clusters:
        place = cluster.first.statement.place
        if place and not cluster.alone:  # what is central is not unknown
            by_province[_province(place)][cluster.first.date[:4]].append(cluster)
    for cluster in unknown:
        province, year = _province(cluster.first.statement.place), cluster.first.date[:4]
        nearby = by_province.values() if province == "?" else (by_province[province], by_province["?"])
        others = (some for years in nearby for told, some in years.items() if not (year and told and year != told))
        possible = (other for some in others for other in some if _may_be(cluster, other))
        cluster.rivals += islice(possible, MOST_RIVALS)


def _province(place: Place) -> str:
    return "?" if place[0].endswith("?") else fold(place[0])


def _may_be(one: Cluster, other: Cluster) -> bool:
    """Whether a document of unknown jurisdiction may be another."""
    a, b = one.first.statement, other.first.statement
    return (
        one is not other
        and dates_agree(one.first.date, other.first.date)
        and _could_be(place_key(a.place), place_key(b.place))
        and a.symbol == b.symbol
        and was_there(one.first, other.first.date)
    )


def _could_be(one: Place, other: Place) -> bool:
    """Whether two jurisdictions, with unknown parts, may be one."""
    if "?" in (one[0], other[0]):  # nothing is told of what is above, nor how many parts there are
        return one[-1] == other[-1] or one[-1].endswith("?") or other[-1].endswith("?")
    return len(one) == len(other) and all(
        a == b or a.endswith("?") or b.endswith("?") for a, b in zip(one, other, strict=True)
    )


def _joined(
    documents: Sequence[ResolvedDocument], groups: Iterable[Sequence[ResolvedDocument]], corrections: Corrections
) -> Iterator[ResolvedDocument]:
    """Documents that a person called the same become one, under the id of the ingested or else the first one."""
    whole: dict[str, str] = {}  # a document's id → that of the whole that it is part of
    for group in groups:
        roots = {_root(whole, document.id) for document in group}
        whole.update(dict.fromkeys(roots, min(roots)))
    parts: dict[str, list[ResolvedDocument]] = defaultdict(list)
    for document in documents:
        parts[_root(whole, document.id)].append(document)
    renamed = {}
    united = []
    for same in parts.values():
        made = list(_united(same, corrections)) if len(same) > 1 else same
        renamed.update(dict.fromkeys((d.id for d in same), made[0].id))
        united += made
    for document in united:
        rivals = {renamed.get(rival, rival) for rival in document.ambiguous_with} - {document.id}
        yield replace(document, ambiguous_with=tuple(sorted(rivals)))


def _united(same: Sequence[ResolvedDocument], corrections: Corrections) -> Iterator[ResolvedDocument]:
    """One document of several, and behind it the mentions of them that a person told apart from each other."""
    statements = sorted((s for d in same for s in d.statements), key=_own_first)
    marks = {s.mention: marks for s in statements if (marks := _marks(s, corrections)).different}
    torn = {
        one
        for one, other in permutations(marks, 2)
        if are_different(marks[one].different, marks[other].different) and not marks[one].same
    }
    kept = tuple(s for s in statements if s.mention not in torn)
    id_ = kept[0].record if kept[0].is_own else min(d.id for d in same)
    yield ResolvedDocument(id_, kept)
    for statement in statements:
        if statement.mention in torn:
            yield ResolvedDocument(statement.id(statement.mention), (statement,), (id_,))


def _root(whole: Mapping[str, str], id_: str) -> str:
    while whole.get(id_, id_) != id_:
        id_ = whole[id_]
    return id_
