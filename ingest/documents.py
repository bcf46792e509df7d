"""Documents that a text mentions: by symbol, by name, by a short form that the text defines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from graph.spelling import fold
from ingest.agencies import Scope
from ingest.cited_symbols import cite_symbols
from ingest.issuers import implied_issuer
from ingest.laws import find_laws
from ingest.mentions import Mention, level_text
from ingest.named_documents import find_named, is_carried, is_draft
from ingest.outline import Outline
from ingest.record import AgencyRef, CitedDocument, Header
from ingest.short_forms import find_short_forms
from ingest.text import CleanText

_ANCHOR = 80
# between a name and the symbol that belongs to it: "Luật Điện lực" + " số 61/2024/QH15"
_BELONGS = re.compile(r" {0,3}(?:\( {0,2})?(?:số {0,3}:? {0,3})?")
# what carries this text: "(Ban hành kèm theo Quyết định số …)"
_WITH = re.compile(r"kèm {1,3}theo {1,3}$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;.](?!\d)|\n\n")


@dataclass(slots=True)
class _Group:
    """All mentions of one document, in the order of the text."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def first(self) -> Mention:
        return self.mentions[0]

    @property
    def date(self) -> str | None:
        return max((m.issued_on for m in self.mentions if m.issued_on), key=len, default=None)

    @property
    def issuer(self) -> AgencyRef | None:
        return next((m.issuer for m in self.mentions if m.issuer), None)


def _joined(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions in the order of the text, a law's name and the symbol behind it made one, repetitions dropped."""
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    joined: list[Mention] = []
    for mention in ordered:
        last = joined[-1] if joined else None
        if last and mention.start < last.end and mention.symbol is None and last.symbol is not None:
            continue  # a name inside what a symbol's mention already covers
        joined.append(mention)
    return joined


def _named_symbols(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """ "Luật Điện lực" and "số 61/2024/QH15" behind it are one mention, known by the symbol."""
    merged: list[Mention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        symbol = mention.symbol
        if last and symbol and not last.symbol and _BELONGS.fullmatch(text, last.end, max(mention.start, last.end)):
            gap_has_number = "số" in text[last.end : symbol.start]
            if gap_has_number and (mention.type in (None, "Công văn") or mention.type == last.type):
                merged[-1] = replace(mention, start=last.start, type=last.type)
                continue
        merged.append(mention)
    return merged


def _exists(text: str, mention: Mention, previous: Mention | None) -> bool:
    """Whether a named document is there already, and not one that somebody is told to write."""
    if mention.symbol or mention.rule not in ("named document", "named document in quotes"):
        return True
    after = previous.end if previous else 0
    if previous and is_carried(text, mention.start, after) and not _CLAUSE_END.search(text, after, mention.start):
        return True
    return not is_draft(text, mention.start, after if previous and previous.end <= mention.start else 0)


def _own(mention: Mention, text: str, header: Header) -> bool:
    """Whether a mention is this document's own symbol; the decision that carries this text is another document."""
    if not header.symbol or mention.key.casefold() != header.symbol.casefold():
        return False
    return not (header.attached and _WITH.search(text, max(0, mention.start - 30), mention.start))


def _key(mention: Mention) -> str:
    return mention.key.casefold() if mention.symbol else fold(mention.key)


def _same_body(one: AgencyRef | None, other: AgencyRef | None) -> bool:
    return one is None or other is None or one.place == other.place or one.head == other.head


def _same_date(one: str | None, other: str | None) -> bool:
    """Partial dates agree with what they are part of; a slip in one part ("06/3/2026", "06/3/2025") is a slip."""
    if one is None or other is None or one.startswith(other) or other.startswith(one):
        return True
    return one[:4] == other[:4] or one[4:] == other[4:]


def _fits(group: _Group, mention: Mention) -> bool:
    same_issuer = _same_body(group.issuer, mention.issuer)
    if group.issuer and mention.issuer and group.issuer.place != mention.issuer.place:
        same_issuer = same_issuer and _same_date(group.date, mention.issued_on) and "?" in str(group.issuer.place)
    return same_issuer and _same_date(group.date, mention.issued_on)


def _grouped(mentions: Sequence[Mention]) -> list[_Group]:
    """One group for each document: the same key, and nothing stated that contradicts."""
    groups: dict[str, list[_Group]] = {}
    ordered: list[_Group] = []
    for mention in mentions:
        candidates = groups.setdefault(_key(mention), [])
        group = next((g for g in candidates if _fits(g, mention)), None)
        if group is None:
            group = _Group()
            candidates.append(group)
            ordered.append(group)
        group.mentions.append(mention)
    return _shortened(ordered)


def _shortened(groups: list[_Group]) -> list[_Group]:
    """A name cut short ("Đề án phát triển du lịch") joins the only longer one that begins with it."""
    kept: list[_Group] = []
    names = {id(g): _key(g.first) for g in groups if not g.first.symbol and g.first.rule.startswith("named")}
    for group in groups:
        name = names.get(id(group))
        longer = [g for g in groups if name and g is not group and names.get(id(g), "").startswith(name + " ")]
        if len(longer) == 1 and name and len(name.split()) > 3:
            longer[0].mentions = sorted(longer[0].mentions + group.mentions, key=lambda m: m.start)
        else:
            kept.append(group)
    return sorted(kept, key=lambda g: g.first.start)


def _anchor(text: str, start: int) -> str:
    passage = " ".join(text[start : start + _ANCHOR + 40].split())
    return passage if len(passage) <= _ANCHOR else passage[:_ANCHOR].rsplit(" ", 1)[0]


def _cited(group: _Group, ref: str, text: str, scope: Scope) -> CitedDocument:
    first = group.first
    # the fullest wording names a document that was first cited in short
    key = max((m.key for m in group.mentions), key=len) if not first.symbol else first.key
    kind = next((m.type for m in group.mentions if m.type), None)
    issuer, date, inferred = group.issuer, group.date, []
    if issuer is None and (first.symbol or kind):
        issuer = implied_issuer(first.symbol, kind, scope)
        inferred += ["issuer", "place"] if issuer else []
    if date is None and first.symbol and first.symbol.year:
        date = first.symbol.year
    return CitedDocument(
        start=first.start,
        end=first.end,
        rule=first.rule,
        confidence=first.confidence,
        ref=ref,
        key=key,
        type=kind,
        issued_on=date,
        issuer=issuer.name if issuer else None,
        level=issuer.level if issuer else None,
        place=issuer.place if issuer else ("?",),
        anchor=_anchor(text, first.start),
        inferred=tuple(inferred),
        mentions=tuple(sorted({(m.start, m.end) for m in group.mentions})),
    )


def find_documents(clean: CleanText, outline: Outline, header: Header, scope: Scope) -> list[CitedDocument]:
    """Every other document that the text mentions, once, with all its mentions; in the order of the first."""
    text = level_text(clean.text)
    found = [*cite_symbols(text, scope), *find_laws(text), *find_named(text, scope)]
    mentions = _named_symbols(text, _joined(found))
    known: list[Mention] = []
    for mention in mentions:
        previous = known[-1] if known else None
        if _exists(text, mention, previous) and not _own(mention, text, header):
            known.append(mention)
    short = find_short_forms(text, known)
    groups = _grouped(sorted([*known, *short], key=lambda m: (m.start, -m.end)))
    return [_cited(group, f"d{n}", clean.text, scope) for n, group in enumerate(groups, 1)]
