"""Short forms of documents: those that a text defines ("gọi tắt là Chỉ thị 26"), bare numbers, type and issuer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.spelling import fold
from ingest.citing.cited_symbols import cite_number
from ingest.citing.issuers import issuer_behind
from ingest.citing.mentions import Mention
from ingest.document_types import document_types
from ingest.naming.agencies import Scope
from ingest.patterns import UPPER
from ingest.spacing import folded, spaced

# "(sau đây viết tắt là Kế hoạch 89)", "(gọi tắt là “Đề án”)", "(sau đây gọi là Nghị quyết 57)"
_DEFINITION = spaced(
    r"\(\s{0,2}(?:(?:sau|dưới) đây |từ đây )?(?:được )?(?:viết|gọi)(?: chung)?(?: tắt)? là:?\s{0,3}"
    r"[“\"']?(?P<short>[A-ZĐÀ-Ỹ][^()“”\"]{2,80}?)[”\"']?\s{0,2}\)",
    re.IGNORECASE,
)
# "(Đề án 06)" right behind the document
_PARENTHESES = re.compile(r"\s{0,3}\(\s{0,2}(?P<short>[A-ZĐ][^()\d]{3,30} \d{1,4})\s{0,2}\)")
_TYPES = "|".join(sorted((t.name for t in document_types()), key=len, reverse=True))
_PRINTED_TYPES = "|".join(
    sorted((n[0].upper() + n[1:] for t in document_types() for n in (t.name, *t.also)), key=len, reverse=True)
)
# "Chỉ thị 26", "Nghị quyết số 57", "Đề án 06", "Văn bản số 02"; not "Nghị quyết số 57-NQ/TW", "Quyết định 20.000"
_NUMBERED = spaced(
    rf"(?P<type>{_PRINTED_TYPES})(?: (?P<word>số))? (?P<number>\d{{1,5}})(?:/(?P<year>(?:19|20)\d\d))?"
    r"(?!\s{0,3}[/\-–—]\s?\w|[\d.,]\d)(?!\w)"
)
# "Chỉ thị của Bộ Chính trị", "Quyết định của Thủ tướng Chính phủ": one of them was cited before
_OF_ISSUER = spaced(rf"(?P<type>{_TYPES})(?= của [{UPPER}])")
_SEVERAL = re.compile(r"[Cc]ác\s")  # right before it
_NUMBER = re.compile(r"\d{1,5}")
# "Đề án 06", "chương trình 134, 135", "Chương trình 30a"; not "chương trình 35 tiết"
_SCHEMES = spaced(
    r"(?P<type>[ĐđCc](?:(?<=[Đđ])ề án|(?<=[Cc])hương trình)) "
    r"(?P<numbers>\d{2,3}a?(?:(?:,| và) \d{2,3}a?(?![\w/]|[.,]\d))*)"
    r"(?![\w/]|[.,–-]\s?\d)(?!\s{0,2}(?:%|giờ|tiết|tỷ|triệu|nghìn|ngày|tháng|năm|tuần|xã|huyện|người|hộ|km|ha)(?!\w))"
)
# "Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và Đề án 06"
_BOARD = spaced(
    r"(?:Ban Chỉ đạo|BCĐ|Tổ công tác)(?: (?!thực hiện|triển khai)[^\s;.:\d]+){0,34}?"
    r"(?:,| và| triển khai| thực hiện)? $",
    re.IGNORECASE,
)
_BOARD_REACH = 200
_REACH = 1500
_ONE_WORD = ("Kế hoạch", "Chương trình", "Đề án", "Quy chế", "Quyết định", "Chỉ thị")


def _first_word(kind: str | None) -> str:
    """What types have in common that are taken for one another: "Chương trình hành động", "Chương trình"."""
    return fold(kind or "").split(" ")[0]


def _definitions(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, int]]:
    for definition in _DEFINITION.finditer(text):
        yield folded(definition["short"]), definition.start()
    for mention in mentions:
        if not mention.symbol and (found := _PARENTHESES.match(text, mention.end)):
            yield folded(found["short"]), found.start()


def _defined(text: str, mentions: Sequence[Mention]) -> dict[str, Mention]:
    """What each defined short form stands for: a document of its type before the definition."""
    forms: dict[str, Mention] = {}
    starts = [m.start for m in mentions]
    for short, at in _definitions(text, mentions):
        number = _NUMBER.search(short)
        before = mentions[bisect_left(starts, at - _REACH) : bisect_left(starts, at)]
        fitting = [m for m in before if m.end <= at and fold(short).startswith(_first_word(m.type) or "?")]
        if number:
            fitting = [m for m in fitting if m.number == number[0].lstrip("0")] or [m for m in fitting if not m.symbol]
        if fitting and not _is_own(text, fitting[-1].end, at, short):
            forms.setdefault(short, _outermost(text, fitting, at))
    return forms


def _is_own(text: str, start: int, end: int, short: str) -> bool:
    """Whether a definition stands behind what the text itself issues: "… ban hành Kế hoạch A (gọi tắt là Kế hoạch)"."""
    between = text[max(start, end - _REACH) : end].lower()
    return short in _ONE_WORD and any(f"{verb} {short.lower()} " in between for verb in ("ban hành", "xây dựng"))


def _outermost(text: str, fitting: Sequence[Mention], end: int) -> Mention:
    """Of several documents of one type before a definition, the first in the clause: the others are in its title."""
    clause = max(text.rfind(mark, max(0, end - _REACH), end) for mark in (";", ". "))
    inside = [m for m in fitting if m.start > clause]
    return inside[0] if inside else fitting[-1]


def _again(document: Mention, found: re.Match[str], rule: str, sure: float, end: int | None = None) -> Mention:
    return replace(
        document, start=found.start(), end=end or found.end(), rule=rule, confidence=sure, issued_on=None, issuer=None
    )


def _under_short_form(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    # a symbol in a definition is found as one
    forms = {short: document for short, document in _defined(text, mentions).items() if "/" not in short}
    if not forms:
        return
    either = "|".join(re.escape(short).replace(r"\ ", " ") for short in sorted(forms, key=len, reverse=True))
    for found in spaced(rf"(?:{either})(?!\w)(?!\s{{1,3}}(?:này|số|“|\"))").finditer(text):
        yield _again(forms[folded(found[0])], found, "short form", 0.85)


def _numbers(mentions: Sequence[Mention]) -> dict[tuple[str, str], dict[str, Mention]]:
    """The documents cited by symbol, by the first word of their type and their number."""
    known: dict[tuple[str, str], dict[str, Mention]] = defaultdict(dict)
    for mention in mentions:
        if mention.symbol and mention.type:
            known[_first_word(mention.type), mention.number].setdefault(mention.key, mention)
    return known


def _by_number(text: str, mentions: Sequence[Mention], scope: Scope) -> Iterator[Mention]:
    """ "Chỉ thị 26" where one Chỉ thị of that number was cited; another one only with its date, issuer or year."""
    known = _numbers(mentions)
    for found in _NUMBERED.finditer(text):
        candidates = list(known.get((_first_word(found["type"]), found["number"].lstrip("0")), {}).values())
        if found["year"]:
            candidates = [c for c in candidates if c.symbol and c.symbol.year == found["year"]]
        if len(candidates) == 1:
            yield _again(candidates[0], found, "number alone", 0.8)
        elif not candidates and (cited := cite_number(text, found, scope)):
            yield cited


def _schemes(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """ "Đề án 06", "chương trình 134, 135": schemes that are called by their numbers alone."""
    known = _numbers(mentions)
    for found in _SCHEMES.finditer(text):
        kind = found["type"].capitalize()
        if _BOARD.search(text, max(0, found.start() - _BOARD_REACH), found.start()):
            continue
        for number in re.finditer(r"\w+", found["numbers"]):
            small = found["type"][0].islower() and len(number[0]) < 3
            if small or (_first_word(kind), number[0].lstrip("0")) in known:
                continue
            at = found.start("numbers") + number.start()
            yield Mention(
                start=at if number.start() else found.start(), end=at + len(number[0]), key=f"{kind} {number[0]}",
                type=kind, rule="number alone", confidence=0.7, number=number[0].lstrip("0"),
            )  # fmt: skip


def _by_issuer(text: str, mentions: Sequence[Mention], scope: Scope) -> Iterator[Mention]:
    """ "Chỉ thị của Bộ Chính trị" where only one was cited."""
    known: dict[tuple[str, str], dict[str, Mention]] = defaultdict(dict)
    for mention in mentions:
        if mention.symbol and mention.type and mention.issuer:
            known[_first_word(mention.type), mention.issuer.name].setdefault(mention.key, mention)
    for found in _OF_ISSUER.finditer(text) if known else ():
        if _SEVERAL.match(text, max(0, found.start() - 4), found.start()):
            continue
        issuer = issuer_behind(text, found.end(), scope)
        candidates = list(known.get((_first_word(found["type"]), issuer[0].name), {}).values()) if issuer else []
        if issuer and len(candidates) == 1:
            yield _again(candidates[0], found, "type and issuer", 0.65, issuer[1])


def find_short_forms(text: str, mentions: Sequence[Mention], scope: Scope) -> list[Mention]:
    """Further mentions: under a short form, by number, or by type and issuer alone; and documents known by number only.

    Args:
        text: as `ingest.spacing.level_text` gives it.
        mentions: those found so far, in the order of the text.
        scope: whose document it is.
    """
    found = [
        *_under_short_form(text, mentions),
        *_by_number(text, mentions, scope),
        *_by_issuer(text, mentions, scope),
        *_schemes(text, mentions),
    ]
    return _outside(found, sorted((m.start, m.end) for m in mentions))


def _outside(found: Sequence[Mention], taken: Sequence[tuple[int, int]]) -> list[Mention]:
    """Those that do not overlap what is taken, nor each other."""
    kept: list[Mention] = []
    position, end = 0, -1
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        while position < len(taken) and taken[position][1] <= mention.start:
            position += 1
        inside = position < len(taken) and taken[position][0] < mention.end
        if not inside and mention.start >= end:
            kept.append(mention)
            end = mention.end
    return kept
