"""Which mentions inside one text are one document: the same key, and nothing stated that contradicts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from graph.spelling import fold
from ingest.citing.laws import LAWS, is_listed
from ingest.citing.mentions import Mention
from ingest.record import AgencyRef

_CONGRESS = re.compile(
    r"Nghị quyết(?: của)? Đại hội(?: (?:đại biểu|toàn quốc|Đảng|lần thứ))*(?: (?P<numeral>[XVI]+))?(?: của)?(?: Đảng)?"
    r"(?: bộ (?P<tier>tỉnh|thành phố|huyện|quận|thị xã|xã|phường)[^,]*?)?(?: toàn quốc)?(?: lần thứ)?"
    r"(?: (?P<late>[XVI]+))?"
    r"(?: của Đảng)?(?:, nhiệm kỳ .*)?"
)
_SHOUTED = re.compile(r"[A-ZĐÀ-Ỹ]{2,} [A-ZĐÀ-Ỹ]{2,}")  # a place out of a title in capitals: "tỉnh THỪA THIÊN HUẾ"


_SHORT_NAMES = (*LAWS, "Điều lệ")  # "Luật Đất đai", "Điều lệ Đảng": three words may be a whole name
_ORGANS = ("Ban Thường vụ ", "Ban Chấp hành Đảng bộ ")


@dataclass(slots=True)
class Group:
    """All mentions of one document; `date` is the fullest that one prints, `issuers` are all that are printed."""

    mentions: list[Mention] = field(default_factory=list)
    date: str | None = None
    issuers: dict[str, AgencyRef] = field(default_factory=dict)

    @property
    def first(self) -> Mention:
        return self.mentions[0]

    @property
    def issuer(self) -> AgencyRef | None:
        """The first issuer that is printed, rather one whose jurisdiction is known."""
        known = (
            issuer
            for issuer in self.issuers.values()
            if "?" not in str(issuer.place) and not _SHOUTED.search(issuer.name)
        )
        first = next(known, next(iter(self.issuers.values()), None))
        if first is None or first.kind != "cấp ủy":
            return first
        # "của Tỉnh ủy", elsewhere "của Ban Thường vụ Tỉnh ủy", which is who decides
        organs = (i for i in self.issuers.values() if i.place == first.place and i.name.startswith(_ORGANS))
        return next(organs, first)

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        if mention.issued_on and len(mention.issued_on) > len(self.date or ""):
            self.date = mention.issued_on
        if mention.issuer:
            self.issuers.setdefault(mention.issuer.name, mention.issuer)

    def take(self, other: Group) -> None:
        """Add all mentions of another group, in the order of the text."""
        ordered = sorted(self.mentions + other.mentions, key=lambda m: (m.start, -m.end))
        self.mentions, self.date, self.issuers = [], None, {}
        for mention in ordered:
            self.add(mention)


def key_of(mention: Mention) -> str:
    """What spellings of one key share: "53-NQ/TW" and "53/NQ-TW" are one symbol."""
    if mention.symbol:
        return _bare_key(mention.key)
    congress = _CONGRESS.fullmatch(mention.key) if mention.type == "Nghị quyết" else None
    # "Đại hội XIII của Đảng" is "Đại hội đại biểu toàn quốc lần thứ XIII", whatever is said of its terms and its place
    return (
        f"congress {congress['tier'] or ''} {congress['numeral'] or congress['late']}"
        if congress
        else _folded_key(mention.key)
    )


@lru_cache(maxsize=4096)
def _bare_key(key: str) -> str:
    return re.sub(r"\W", "", key).casefold()


@lru_cache(maxsize=4096)
def _folded_key(key: str) -> str:
    return fold(key)


def _same_body(one: AgencyRef | None, other: AgencyRef | None) -> bool:
    """Whether two printed issuers may be one; a leader's office and its own body are ("Văn phòng", "Tỉnh ủy")."""
    if one is None or other is None or one.name == other.name:
        return True
    if "?" in str(one.place) or "?" in str(other.place):
        return True
    return fold(str(one.place)) == fold(str(other.place))


def _same_date(one: str | None, other: str | None) -> bool:
    """Partial dates agree with what they are part of; a slip in one part ("06/3/2026", "06/3/2025") is a slip.

    Numbers start again each year, so two days in one year are one document as well.
    """
    if one is None or other is None or one.startswith(other) or other.startswith(one):
        return True
    return one[:4] == other[:4] or one[4:] == other[4:]


def group(mentions: Sequence[Mention]) -> list[Group]:
    """One group for each document, in the order of the first mentions."""
    by_key: dict[str, list[Group]] = defaultdict(list)
    groups: list[Group] = []
    for mention in mentions:
        fitting = (
            g
            for g in by_key[key_of(mention)]
            if _same_body(g.issuer, mention.issuer) and _same_date(g.date, mention.issued_on)
        )
        found = next(fitting, None)
        if found is None:
            found = Group()
            by_key[key_of(mention)].append(found)
            groups.append(found)
        found.add(mention)
    groups = _of_one_mark(_shortened(_of_one_mark(groups, _carried)), _printed_on_a_day)
    return sorted(groups, key=lambda g: (g.first.start, -g.first.end))


def _shortened(groups: Sequence[Group]) -> list[Group]:
    """A name cut short ("Đề án phát triển du lịch", "Luật Bầu cử") joins the only longer one that begins with it."""
    words = {id(g): key_of(g.first).split() for g in groups if not g.first.symbol and g.first.type != "Nghị quyết"}
    longer: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for g in groups:
        for count in range(3 if g.first.type in _SHORT_NAMES else 4, len(words.get(id(g), ()))):
            longer[tuple(words[id(g)][:count])].append(g)
    kept = []
    for g in groups:
        candidates = [] if is_listed(g.first) else longer.get(tuple(words.get(id(g), ())), [])
        candidates = [c for c in candidates if _may_share_carrier(c, g)]
        if len(candidates) == 1:
            candidates[0].take(g)
        else:
            kept.append(g)
    return kept


def _may_share_carrier(one: Group, other: Group) -> bool:
    """Not "Quy hoạch A" of one decision and "Quy hoạch A làm vật liệu xây dựng" of another."""
    carriers = [{m.carrier for m in g.mentions if m.carrier} for g in (one, other)]
    return not all(carriers) or bool(carriers[0] & carriers[1])


def _of_one_mark(groups: Sequence[Group], mark: Callable[[Group], tuple[str, ...] | None]) -> list[Group]:
    """The groups, those with the same mark made one; None is no mark."""
    seen: dict[tuple[str, ...], Group] = {}
    kept = []
    for g in groups:
        its = mark(g)
        if its in seen and its is not None:
            seen[its].take(g)
            continue
        if its is not None:
            seen[its] = g
        kept.append(g)
    return kept


def _carried(g: Group) -> tuple[str, ...] | None:
    """Names of one type that one decision promulgates are one document, whatever the wording."""
    carrier = next((m.carrier for m in g.mentions if m.carrier), None)
    return (g.first.type or "", carrier) if carrier and not g.first.symbol else None


def _printed_on_a_day(g: Group) -> tuple[str, ...] | None:
    """One number and year, one day and issuer, but letters that differ: one of them is a slip ("98/2013/TT-BXD")."""
    symbol, issuer = g.first.symbol, g.issuer
    if not symbol or not symbol.year or not g.date or not issuer or len(g.date) != 10:
        return None
    return symbol.number, symbol.year, g.date, issuer.name
