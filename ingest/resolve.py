"""Which mentions are one document: a pure function of all records and a person's corrections.

It refuses to guess. Two statements are one document when symbol and jurisdiction agree and their dates do
not contradict; a statement with no date joins the only candidate and stays apart, flagged, where there are
several; a statement whose jurisdiction is unknown joins nothing outside its own document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.spelling import fold
from ingest.corrections import Corrections
from ingest.identity import dates_agree, document_id, document_key, is_known, is_symbol, same_place
from ingest.record import CitedDocument, Header, Place, Record


@dataclass(frozen=True, slots=True)
class Statement:
    """What one record says of one document: of itself (ref "this") or of one that it cites ("d3")."""

    record: str
    ref: str
    label: str
    type: str | None
    issued_on: str | None
    issuer: str | None
    level: str | None
    place: Place
    title: str | None
    inferred: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        return self.ref == "this"

    @property
    def has_symbol(self) -> bool:
        return is_symbol(self.label)


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """One document with all that was said of it; the statement of its own record, if there is one, comes first."""

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
        said = Counter(str(v) for s in self.statements if (v := getattr(s, field)) and "?" not in str(v))
        said = said or Counter(str(v) for s in self.statements if (v := getattr(s, field)))
        return max(said, key=lambda v: (said[v], len(v), v)) if said else None

    @property
    def place(self) -> Place:
        known = [s.place for s in self.statements if is_known(s.place)]
        return known[0] if known else self.statements[0].place

    @property
    def issued_on(self) -> str | None:
        """The most exact date that was stated."""
        dates = sorted({s.issued_on for s in self.statements if s.issued_on}, key=lambda d: (-len(d), d))
        return dates[0] if dates else None


def _own_statement(id_: str, header: Header) -> Statement:
    label = header.symbol or ""
    return Statement(
        id_, "this", label, header.type, header.issued_on, header.issuer, header.level, header.place, header.title
    )


def _cited_statement(id_: str, cited: CitedDocument) -> Statement:
    return Statement(
        id_,
        cited.ref,
        cited.key,
        cited.type,
        cited.issued_on,
        cited.issuer,
        cited.level,
        cited.place,
        cited.title,
        cited.inferred,
    )


def statements_of(id_: str, record: Record) -> list[Statement]:
    """All that a record says of documents, its own statement first."""
    return [_own_statement(id_, record.header), *(_cited_statement(id_, cited) for cited in record.documents)]


def _agree(one: Statement, other: Statement) -> bool:
    """Whether nothing that two statements with one key say contradicts, and their jurisdictions agree."""
    if one.record == other.record and not (one.is_own or other.is_own):
        return False  # the record itself told them apart
    if not same_place(one.place, other.place) or not dates_agree(one.issued_on, other.issued_on):
        return False
    if one.issued_on and one.issued_on == other.issued_on and len(one.issued_on) == 10:
        return True
    # the Politburo and the Secretariat share a symbol: with no date, two different bodies may mean two documents
    return one.place != () or not one.issuer or not other.issuer or _one_body(one.issuer, other.issuer)


def _one_body(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return a in b or b in a


def _cluster(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Group the statements of one key. Dated ones first, so that an undated one sees every candidate."""
    clusters: list[list[Statement]] = []
    for statement in sorted(statements, key=_by_exactness):
        fitting = [c for c in clusters if all(_agree(statement, s) for s in c)]
        if len(fitting) == 1:
            fitting[0].append(statement)
        else:
            clusters.append([statement])
    return clusters


def _by_exactness(statement: Statement) -> tuple[int, bool, str, str, str]:
    date = statement.issued_on or ""
    return (-len(date), not statement.is_own, date, statement.record, statement.ref)


def _keyed(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        # a document without a printed number is only itself: nothing that cites a number can be proved to mean it
        groups[document_key(statement.label) if statement.label else f"{statement.record}|{statement.ref}"].append(
            statement
        )
    return groups


def _is_exact(cluster: Sequence[Statement]) -> bool:
    """Whether symbol, jurisdiction and day are all known: then nothing else can be meant."""
    return any(is_known(s.place) and len(s.issued_on or "") == 10 for s in cluster)


def _may_be(one: Statement, other: Statement) -> bool:
    """Whether two statements could be about one document, if what is unknown were known."""
    places = same_place(one.place, other.place) or (
        not (is_known(one.place) and is_known(other.place)) and _could_be(one.place, other.place)
    )
    return places and dates_agree(one.issued_on, other.issued_on)


def _could_be(one: Place, other: Place) -> bool:
    """Whether two jurisdictions, with unknown parts, may be one."""
    if one == ("?",) or other == ("?",):
        return () not in (one, other)
    return len(one) == len(other) and all(
        fold(a) == fold(b) or a.endswith("?") or b.endswith("?") for a, b in zip(one, other, strict=True)
    )


def _resolved(cluster: Sequence[Statement], has_rivals: bool) -> ResolvedDocument:
    """A cluster with its id; `ambiguous_with` is filled in when all ids are known."""
    ordered = tuple(sorted(cluster, key=lambda s: (not s.is_own, s.record, s.ref)))
    first = ordered[0]
    if first.is_own:
        return ResolvedDocument(first.record, ordered)
    draft = ResolvedDocument("", ordered)
    # what is unknown is unknown to this one record only: it must not fall together with another's unknown
    apart = first.record if has_rivals or not is_known(draft.place) else ""
    issuer = "" if first.has_symbol and is_known(draft.place) else draft.best("issuer") or ""
    return ResolvedDocument(
        document_id(draft.best("label") or "", draft.issued_on, issuer, draft.place, apart), ordered
    )


def _identified(clusters: Sequence[Sequence[Statement]]) -> list[ResolvedDocument]:
    """The documents of one key, those that are not exact flagged with the others that they may be."""
    rivals = {
        i: [j for j, other in enumerate(clusters) if j != i and all(_may_be(a, b) for a in cluster for b in other)]
        for i, cluster in enumerate(clusters)
        if not _is_exact(cluster)
    }
    documents = [_resolved(cluster, bool(rivals.get(i))) for i, cluster in enumerate(clusters)]
    return [
        replace(document, ambiguous_with=tuple(sorted(documents[j].id for j in rivals.get(i, ()))))
        for i, document in enumerate(documents)
    ]


def _joined(documents: list[ResolvedDocument], corrections: Corrections) -> list[ResolvedDocument]:
    """Documents that a person called the same become one, under the id of the ingested or else the first one."""
    for wanted in corrections.same:
        group = [d for d in documents if d.id in wanted]
        if len(group) > 1:
            statements = sorted((s for d in group for s in d.statements), key=lambda s: (not s.is_own, s.record, s.ref))
            id_ = statements[0].record if statements[0].is_own else min(d.id for d in group)
            documents = [d for d in documents if d not in group] + [ResolvedDocument(id_, tuple(statements))]
    return documents


def _kept_apart(cluster: list[Statement], corrections: Corrections) -> list[list[Statement]]:
    """A cluster cut where a person said that two ingested documents are different."""
    for pair in corrections.different:
        inside = [s for s in cluster if s.is_own and s.record in pair]
        if len(inside) > 1:
            return [[s for s in cluster if s not in inside[1:]], *([s] for s in inside[1:])]
    return [cluster]


def resolve_documents(
    records: Mapping[str, Record], corrections: Corrections | None = None
) -> tuple[list[ResolvedDocument], dict[tuple[str, str], str]]:
    """Decide which mentions are one document.

    Args:
        records: by the id under which each was stored; the order does not matter.
        corrections: what a person said of documents that are the same, or different.

    Returns:
        the documents sorted by id, and for each (record id, ref) the id of its document.
    """
    corrections = corrections or Corrections()
    groups = _keyed(s for id_, record in sorted(records.items()) for s in statements_of(id_, record))
    documents: list[ResolvedDocument] = []
    for key in sorted(groups):
        documents += _identified([part for c in _cluster(groups[key]) for part in _kept_apart(c, corrections)])
    documents = sorted(_joined(documents, corrections), key=lambda d: d.id)
    return documents, {(s.record, s.ref): d.id for d in documents for s in d.statements}
