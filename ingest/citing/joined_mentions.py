"""Mentions that belong together: a law's name and its number, documents listed with one issuer or one day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.citing.laws import AMENDING, LAWS, name_behind
from ingest.citing.mentions import Mention
from ingest.spacing import spaced

_MANY_LAWS = 40  # laws that one law amends
_ASSEMBLY = ("QH", "UBTVQH")  # letters of laws and ordinances: "Luật Điện lực 61/2024/QH15"
# between a name and the symbol that belongs to it: "Luật Điện lực" + " số 61/2024/QH15"
_BELONGS = spaced(r"\s{0,3}(?:\(\s?)?(?:số\s{0,3}:?\s{0,3})?", re.IGNORECASE)
_TOGETHER = spaced(r" và ")
_LISTED = spaced(r"\s{0,3}(?:,|,? và) ")


def join_mentions(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions in the order of the text; a law's name and the symbol behind it ("Luật Điện lực số 61/…") made one."""
    joined: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        last = joined[-1] if joined else None
        if last and last.symbol and not mention.symbol and mention.start < last.end:
            continue  # a name inside what a symbol's mention already covers
        symbol = mention.symbol
        if last and symbol and not last.symbol and _BELONGS.fullmatch(text, last.end, max(mention.start, last.end)):
            number_word = "số" in text[last.end : symbol.start].lower()
            numbered = number_word or (last.type in LAWS and symbol.letters.startswith(_ASSEMBLY))
            if numbered and (mention.type in (None, "Công văn") or mention.type == last.type):
                amending = _amending(joined)
                if amending is not None:
                    outer = joined[amending]
                    joined[amending] = replace(mention, start=outer.start, type=outer.type, name=outer.key)
                    continue
                joined[-1] = replace(mention, start=last.start, type=last.type, name=last.key)
                continue
        if symbol and mention.type in LAWS:
            mention = replace(mention, name=name_behind(text, mention.end, mention.type))
        joined.append(mention)
    return _known_by_symbol(_sharing_day(text, _sharing_issuer(text, joined)))


def _amending(mentions: Sequence[Mention]) -> int | None:
    """Which mention a number behind the last one belongs to, if that is the last law in an amending law's name.

    In "Luật sửa đổi một số điều của Luật A, Luật B số 62/2020/QH14" it is the amending law's, unless other laws in its
    name have numbers too.
    """
    for at in range(len(mentions) - 2, max(-1, len(mentions) - _MANY_LAWS), -1):
        if mentions[at].symbol:
            return None
        if mentions[at].rule == AMENDING:
            return at if mentions[at].end == mentions[-1].end else None
    return None


def _sharing_issuer(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """What issued the last of a list issued those before it that bear its letters: "số 1-CT/TU, số 2-KH/TU của …"."""
    shared = list(mentions)
    for i in range(len(shared) - 2, -1, -1):
        this, following = shared[i], shared[i + 1]
        if this.issuer or not following.issuer or not this.symbol or not following.symbol:
            continue
        alike = this.symbol.bodies and this.symbol.bodies == following.symbol.bodies
        if alike and _LISTED.fullmatch(text, this.end, max(following.start, this.end)):
            shared[i] = replace(this, issuer=following.issuer)
    return shared


def _sharing_day(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Two of one kind that are named together are of one day: "Chỉ thị số 8/CT-TTg và số 9/CT-TTg ngày 2/3/2030"."""
    shared = list(mentions)
    for i in range(len(shared) - 2, -1, -1):
        this, following = shared[i], shared[i + 1]
        if this.issued_on or not following.issued_on or not this.symbol or not following.symbol:
            continue
        alike = this.symbol.letters == following.symbol.letters and not this.symbol.year
        if alike and this.issuer is None and _TOGETHER.fullmatch(text, this.end, max(following.start, this.end)):
            shared[i] = replace(this, issued_on=following.issued_on)
    return shared


def _known_by_symbol(mentions: Sequence[Mention]) -> list[Mention]:
    """A law that is called by name alone is the one of that name whose symbol the text prints elsewhere."""
    symbols: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in mentions:
        if mention.name:
            symbols[mention.name][mention.key] = mention
    known = []
    for mention in mentions:
        same = [m for m in symbols.get(mention.key, {}).values() if _may_be(m, mention)]
        if not mention.symbol and len(same) == 1:
            mention = replace(same[0], start=mention.start, end=mention.end, issued_on=mention.issued_on, name=None)
        known.append(mention)
    return known


def _may_be(law: Mention, called: Mention) -> bool:
    year = law.symbol.year if law.symbol else None
    return not called.issued_on or not year or called.issued_on.startswith(year)
