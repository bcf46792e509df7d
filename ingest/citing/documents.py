"""Documents that a text mentions: by symbol, by name, by a short form that the text defines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph.spelling import fold
from ingest.citing.cited_symbols import cite_symbols
from ingest.citing.cited_titles import title_behind
from ingest.citing.issuers import implied_issuer, implied_name, implied_place
from ingest.citing.joined_mentions import join_mentions
from ingest.citing.laws import find_laws
from ingest.citing.mentions import Mention
from ingest.citing.named_documents import (
    CARRIED,
    DRAFT,
    FOLLOWED,
    NAMED,
    changes,
    find_named,
    find_programmes,
    is_carried,
    is_draft,
    is_promulgated_by,
)
from ingest.citing.party_resolutions import find_party_resolutions
from ingest.citing.same_document import Group, group, key_of
from ingest.citing.short_forms import find_short_forms
from ingest.citing.technical_rules import find_technical_rules
from ingest.naming.agencies import Scope
from ingest.outlining.outline import Outline
from ingest.patterns import UPPER
from ingest.record import CitedDocument, Header
from ingest.spacing import bare_letters, folded, level_text, spaced
from ingest.text import CleanText

_ANCHOR = 80
_SHORT_NAME = 4  # words, which many plans begin with
_OPENING = 10  # words of a name that two plans of one body hardly share
_PROPOSALS = ("Tờ trình", "Báo cáo", "Công văn")
# a scheme has a life of its own, a strategy none that a day tells, and a master plan is decided long before
_DATED_ALONE = ("Đề án",)
# … and a plan or a letter "về Chương trình …" only speaks of it
_CARRIERS = ("Quyết định", "Nghị quyết", "Nghị định", "Thông tư")
_UNDATED = ("Quy hoạch", "Chiến lược")
_OF_NOBODY = ("Quy hoạch",)
_TITLED = 20  # mentions that are asked for a title
_LETTERHEAD = frozenset(["type", "title", "symbol", "issued_on", "issuer"])
_ONCE = spaced(r"(?<!\w)khi $", re.IGNORECASE)
_IS_ISSUED = spaced(r",? (?:mới )?được (?:[^;.,()]{0,40} )?(?:ban hành|phê duyệt|thông qua)(?!\w)", re.IGNORECASE)
# what carries this text: "(Ban hành kèm theo Quyết định số …)", "(Kèm theo Chương trình tại Nghị quyết số …)"
_WITH = spaced(r"kèm theo (?:[^;.()]{0,60} tại )?$", re.IGNORECASE)
# a decision's own tables are no document: "PHỤ LỤC (Kèm theo Quyết định số …)"
_PLAN = spaced(r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|QUY CHẾ|PHƯƠNG ÁN) (?!NÀY)")
_ANNEX = spaced(r"(?<!\w)(?:phụ lục|danh mục|biểu|bảng|mẫu số)(?!\w)", re.IGNORECASE)
# "… ban hành Quy chế …" and "Đề án … ban hành kèm theo Quyết định số …": the name has the symbol's date
_PROMULGATES = spaced(
    rf"(?: (?-i:(?=[{UPPER}]))[^;.,]{{1,40}}?| \([^()]{{1,60}}\))?"  # the rest of a name that was not read whole
    r",?(?: về)?(?: việc)? (?:ban hành|phê duyệt|về)(?: điều chỉnh)?\s{1,3}[“\"«]?",
    re.IGNORECASE,
)
_PROMULGATED = spaced(
    r"[”\"]?(?:\s{0,3}\([A-ZĐ&-]{2,12}\))?,? (?:(?:được )?ban hành (?:kèm )?theo"
    r"|(?:đã )?được (?:[^;,.()]{3,50}? )?(?:phê duyệt|ban hành|thông qua) (?:tại|theo|kèm theo))\s{1,3}",
    re.IGNORECASE,
)


def _with_programmes(text: str, mentions: Sequence[Mention], scope: Scope) -> Iterator[Mention]:
    """Programmes known by the document that they implement: the two names together are the programme's."""
    symbols = {m.start: m for m in mentions if m.symbol}
    for programme in find_programmes(text, scope):
        if implemented := symbols.get(programme.end):
            key = f"{programme.key} {implemented.type} số {implemented.key}"
            yield replace(programme, end=implemented.end, key=key)


def _existing(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Without the named documents that somebody is told to write, and names that nothing carries."""
    kept: list[Mention] = []
    drafts: list[str] = []
    known: set[str] = set()
    carrier: Mention | None = None
    awaited = {key_of(m) for m in mentions if m.rule in NAMED and _is_awaited(text, m)}
    for mention in mentions:
        if mention.rule in NAMED and key_of(mention) in awaited:
            continue
        again = mention.rule in NAMED and key_of(mention) in known
        if mention.rule in NAMED and not again and not _exists(text, mention, kept[-1] if kept else None, carrier):
            drafts.append(key_of(mention))
            continue
        if mention.rule == FOLLOWED and _begins_alike(key_of(mention), drafts):
            continue  # what was to be written above is carried out below
        kept.append(mention)
        known.add(key_of(mention))
        if mention.symbol:  # what is proposed is not carried
            carrier = None if mention.type in _PROPOSALS else mention
    return kept


def _begins_alike(key: str, drafts: Sequence[str]) -> bool:
    return any(key.startswith(draft) or draft.startswith(key) for draft in drafts[-50:])


def _exists(text: str, mention: Mention, previous: Mention | None, carrier: Mention | None) -> bool:
    # "Kế hoạch số 5/KH-UBND về Kế hoạch hành động …" is one plan
    if carrier and carrier.type != mention.type and is_promulgated_by(text, carrier.end, mention.start):
        return True
    after = previous.end if previous and previous.end <= mention.start else 0
    return mention.rule not in (CARRIED, DRAFT) and not is_draft(text, mention.start, after)


def _is_awaited(text: str, mention: Mention) -> bool:
    """Whether a document is still to be issued: "sau khi Chiến lược … được ban hành"."""
    before = _ONCE.search(text, max(0, mention.start - 12), mention.start)
    return before is not None and _IS_ISSUED.match(text, mention.end) is not None


def _carrying(header: Header) -> bool:
    return header.type in ("Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Thông báo", "Chỉ thị", "Tờ trình")


def _opening(mention: Mention) -> str:
    """As many words of a name as tell it from others; a scan does not print a long one twice alike."""
    return bare_letters(" ".join(key_of(mention).split()[:_OPENING]))


def _own_names(text: str, mentions: Sequence[Mention], outline: Outline, header: Header) -> set[str]:
    """How the names begin of what this document itself promulgates, "Phê duyệt Đề án …" in its title: no others."""
    own: set[str] = set()
    if not _carrying(header):
        return own
    heads = [b for b in outline.blocks if b.part == "head"]  # also of the plan that a decision carries
    starts = [b.start for b in heads]
    previous = 0
    for mention in mentions:
        block = bisect_right(starts, mention.start) - 1
        if block < 0 or mention.start > heads[block].end:
            continue
        carried = is_carried(text, mention.start, previous) and not is_promulgated_by(text, previous, mention.start)
        if mention.rule in NAMED and carried and not changes(text, mention.start):
            own.add(_opening(mention))
        if mention.symbol and mention.key != header.symbol:
            previous = mention.end
    return own


def _with_own_number(mention: Mention, text: str, header: Header) -> Mention:
    """ "(Kèm theo Quyết định số    /QĐ-TTg)" over the plan of a decision whose number is printed in its own head."""
    symbol = mention.symbol
    if not header.symbol or not symbol or symbol.number or not header.symbol.endswith(f"/{symbol.letters}"):
        return mention
    carried = _WITH.search(text, max(0, mention.start - 90), mention.start)
    return replace(mention, key=header.symbol, issued_on=header.issued_on) if carried else mention


def _is_own_title(mention: Mention, header: Header) -> bool:
    """ "Kế hoạch mở bến thuyền năm 2026" in a plan whose title is "Mở bến thuyền năm 2026 trên địa bàn tỉnh"."""
    if mention.type != header.type or mention.carrier or not header.title:
        return False
    title, name = fold(f"{header.type} {header.title}"), fold(mention.key)
    return f"{title} ".startswith(f"{name} ") and len(name.split()) > _SHORT_NAME


def _is_this(mention: Mention, text: str, header: Header, own: set[str]) -> bool:
    """Whether a mention is this document; the decision that carries this text is another one."""
    if "type" in header.found and mention.start == header.found["type"].start:
        return True  # a law's name is its title
    if mention.rule in NAMED:
        return _opening(mention) in own or _is_own_title(mention, header)
    if not header.symbol or not mention.symbol or mention.key.casefold() != header.symbol.casefold():
        return False
    carried = _WITH.search(text, max(0, mention.start - 90), mention.start)
    annex = _ANNEX.search(text, max(0, mention.start - 250), mention.start)
    if annex and _PLAN.search(text, annex.end(), mention.start):
        annex = None  # "PHỤ LỤC" over the title of a plan
    return not (carried and _carrying(header) and (header.attached or not annex))


def _promulgated(text: str, mentions: Sequence[Mention], scope: Scope) -> Iterator[Mention]:
    """A name takes date and issuer of the document that it is promulgated with."""
    ordered = list(mentions)
    times = Counter(key_of(m) for m in ordered if m.rule in NAMED)
    for index, mention in enumerate(ordered):
        before = ordered[index - 1] if index else None
        behind = ordered[index + 1] if index + 1 < len(ordered) else None
        carrier = None
        if (
            mention.rule in NAMED
            and before
            and before.symbol
            and (link := _PROMULGATES.fullmatch(text, before.end, mention.start))
            and (before.type in _CARRIERS or "ban hành" in link[0].lower() or "phê duyệt" in link[0].lower())
        ):
            carrier = before
        elif (
            mention.rule in NAMED
            and behind
            and behind.symbol
            and _PROMULGATED.fullmatch(text, mention.end, behind.start)
        ):
            carrier = behind
        if carrier:
            approved = carrier is before and "phê duyệt" in text[carrier.end : mention.start].lower()
            # a decision that is only called again by its number tells no more
            implied = implied_issuer(carrier.symbol, carrier.type, scope) if carrier.issued_on else None
            issuer = carrier.issuer or implied
            once = not approved or mention.type not in _DATED_ALONE or times[key_of(mention)] == 1
            mention = replace(
                mention,
                issued_on=mention.issued_on or (carrier.issued_on if once and mention.type not in _UNDATED else None),
                issuer=mention.issuer or (issuer if once and mention.type not in _OF_NOBODY else None),
                carrier=carrier.key,
            )
        yield mention


def _anchor(text: str, start: int) -> str:
    passage = folded(text[start : start + _ANCHOR + 80])
    return passage if len(passage) <= _ANCHOR else passage[:_ANCHOR].rsplit(" ", 1)[0]


def _key(document: Group) -> str:
    """The fullest wording of a name; of a symbol's spellings the one whose letters are its issuer's."""
    first = document.first
    if not first.symbol and first.type == "Nghị quyết":
        return first.key
    if not first.symbol:
        longer = [m.key for m in document.mentions if not m.symbol and key_of(m).startswith(key_of(first))]
        return max(longer, key=lambda key: (len(key), not key.isupper(), sum(map(str.islower, key))))
    issuer = document.issuer
    for mention in document.mentions:
        if issuer and mention.symbol and any(implied_name(b) == issuer.name for b in mention.symbol.bodies):
            return mention.key
    return first.key


def _title(document: Group, text: str, ends: Sequence[int]) -> str | None:
    """What a law is called beside its symbol, or the title behind a mention, the first that is not in capitals."""
    symbols = [m for m in document.mentions if m.symbol]
    called = next((m.name for m in symbols if m.name), None)
    if called:
        return called
    printed = [t for m in symbols[:_TITLED] if (t := title_behind(text, m.end, ends[bisect_left(ends, m.end)]))]
    return next((t for t in printed if not t.isupper()), printed[0] if printed else None)


def _cited(document: Group, ref: str, text: str, scope: Scope, ends: Sequence[int]) -> CitedDocument:
    first = document.first
    kind = next((m.type for m in document.mentions if m.type), None)
    date = document.date
    inferred = []
    implied = implied_issuer(first.symbol, kind, scope)
    # a notice of what a leader concluded is its office's: of several printed the one that the symbol implies
    office = implied if implied and implied.name.startswith("Văn phòng") else None
    issuer = next((i for i in document.issuers.values() if office and i.name == office.name), document.issuer)
    place, level = (issuer.place, issuer.level) if issuer else (("?",), None)
    if issuer is None and implied:
        issuer, place, level = implied, implied.place, implied.level
        inferred += ["issuer", "level", "place"]
    elif issuer is None and (known := implied_place(first.symbol, scope)):
        place, level = known
        inferred += ["level", "place"]
    if date is None and first.symbol and first.symbol.year:
        date = first.symbol.year
    return CitedDocument(
        start=first.start,
        end=first.end,
        rule=first.rule,
        confidence=first.confidence,
        ref=ref,
        key=_key(document),
        type=kind,
        issued_on=date,
        issuer=issuer.name if issuer else None,
        level=level,
        place=place,
        title=_title(document, text, ends),
        anchor=_anchor(text, first.start),
        inferred=tuple(inferred),
        mentions=tuple(sorted({(m.start, m.end) for m in document.mentions})),
    )


def _begin(header: Header) -> int:
    """Where the document begins; what stands before its letterhead (a portal's page title) is not the document."""
    if not any(name in header.found for name in ("symbol", "issued_on")):
        return 0  # no letterhead was found, so nothing tells where it begins
    if any(at.rule == "annex line" for at in header.found.values()):
        return 0  # … nor where only an annex tells the number
    return min(at.start for name, at in header.found.items() if name in _LETTERHEAD)


def _of_their_day(laws: Iterable[Mention], header: Header) -> Iterator[Mention]:
    """Laws, without a day behind the name that comes after the text's own: it tells from when a law is in force."""
    for law in laws:
        known = min(len(law.issued_on or ""), len(header.issued_on or ""))
        later = known and (law.issued_on or "")[:known] > (header.issued_on or "")[:known]
        yield replace(law, issued_on=None) if later else law


def _outside(taken: Sequence[Mention], mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that begin in none of those that are taken, which are in the order of the text."""
    starts = [m.start for m in taken]
    before = ((bisect_right(starts, mention.start) - 1, mention) for mention in mentions)
    return [mention for at, mention in before if at < 0 or mention.start >= taken[at].end]


def find_documents(clean: CleanText, outline: Outline, header: Header, scope: Scope) -> list[CitedDocument]:
    """Every other document that the text mentions, once, with all its mentions; in the order of the first.

    Args:
        clean: the cleaned text, which all offsets count in.
        outline: its outline; without blocks a document's own title is not told from its body.
        header: what the document itself is, so that it is not cited by itself.
        scope: whose document it is, for issuers without a jurisdiction.
    """
    text = level_text(clean.text)
    begin = _begin(header)
    rules = list(find_technical_rules(text, scope)) if "QCVN" in text else []
    names = [*_of_their_day(find_laws(text), header), *find_named(text, scope), *find_party_resolutions(text, scope)]
    told = [*cite_symbols(text, scope), *names]
    printed = [m for m in (*rules, *(_outside(rules, told) if rules else told)) if m.start >= begin]
    mentions = [_with_own_number(m, text, header) for m in _existing(text, join_mentions(text, printed))]
    own = _own_names(text, mentions, outline, header)
    others = [m for m in _promulgated(text, mentions, scope) if not _is_this(m, text, header, own)]
    others += _with_programmes(text, others, scope)
    others.sort(key=lambda m: (m.start, -m.end))
    others += find_short_forms(text, others, scope)
    groups = group(sorted(others, key=lambda m: (m.start, -m.end)))
    ends = [*sorted(b.end for b in outline.blocks), len(text)]
    return [_cited(document, f"d{n}", text, scope, ends) for n, document in enumerate(groups, 1)]
