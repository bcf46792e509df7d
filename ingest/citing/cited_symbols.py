"""Documents that a text cites by symbol, with the type before it and the date and issuer around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.citing.issuers import (
    implied_issuer,
    implied_name,
    issuer_at,
    issuer_behind,
    issuers_behind,
)
from ingest.citing.mentions import Mention
from ingest.dates import PrintedDate, date_at
from ingest.document_types import DocumentType, document_types, type_of_letters, type_of_name
from ingest.naming.agencies import Scope
from ingest.patterns import UPPER, any_of
from ingest.record import AgencyRef
from ingest.spacing import spaced
from ingest.symbols import Symbol, find_symbols
from ingest.values import value

_LOOK_BACK = 160
_LONGEST_TYPE = 90  # characters of a type with the spaces behind it
# words that lead away from the type: "các Kế hoạch và" + " số 5/…" is no kind of plan
_NO_KIND = r"(?:và|hoặc|các|của|tại|theo|ngày|có|do|trong|là|được|này|đã|với)(?!\w)"
# "số", "số:", "SỐ", and OCR's "sô", "sổ", right before the symbol
_NUMBER_WORD = spaced(r"(?<!\w)s[ốôồổộ]\s{0,2}[:.]?\s{0,4}$", re.IGNORECASE)
# "mẫu số 01/TB-KTT" is a form
_FORM = spaced(r"(?<!\w)mẫu(?: số)?:?\s{0,3}$", re.IGNORECASE)
# "3/ UBND các xã", "2- HĐND tỉnh": the number of an item before an abbreviation
_ITEM_NUMBER = re.compile(r"\d{1,3}\s?[/\-–—]\s+\w+")
# the last words of a list of symbols that share one type: "số 19-NQ/TW ngày 25/10/2017, " + "số 20-NQ/TW"
_LIST_LINK = spaced(r"\s{0,3}(?:[,;]|[,;]? (?:và|hoặc)) ")
# ", ngày 26/10/2023", "(ngày 1/2/2020", " năm 2021", ". ngày 1/2/2020" of a scan, " hồi 10 giờ 30 ngày 1/2/2020"
_DATE_LINK = spaced(
    r"\s{0,3}(?:[,(]|\.(?= ngày))?\s{0,3}(?:ban hành |ký )?"
    r"(?:(?:hồi|lúc|vào) \d{1,2}\s?(?:giờ|h|g)(?: ?\d{2}(?: phút)?)?,? )?(?=ngày|năm|tháng|\d)",
    re.IGNORECASE,
)
# "Ngày 5/6/2020, Bộ Chính trị (đã) ban hành Nghị quyết số 70-NQ/TW": date and issuer before
_ISSUED_BEFORE = spaced(r"(?: đã| có)? (?:ban hành|ký|ký ban hành|có) $")
# "Quyết định số 5/QĐ-BYT (ngày 1/2/2020" + ")", "Quyết định của Bộ Y tế (số 5/QĐ-BYT ngày 1/2/2020" + ")"
_CLOSES = spaced(r"\s{0,3}\)")
# "Công văn" + " ngày 1/2/2020" + " số 5/BYT-DP"
_DAY_BEFORE = r" ngày (?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
_DAY_BETWEEN = spaced(r"(?=ngày \d)")
_OF = spaced(rf" của (?=[{UPPER}])")
# "của Ban Bí thư" + " tại văn bản số 5-KL/TW"
_SAYS_ELSEWHERE = spaced(r" (?:tại|trong) (?:các )?[^\W\d]+(?: [^\W\d]+){0,3} (?:số )?\d")
# "theo đề nghị của Sở Xây dựng tại Tờ trình số …", "xét báo cáo của Sở Xây dựng (văn bản số …",
# "đề nghị của 5 đơn vị: Công ty A tại Văn bản số …; Công ty B tại …"
_SUBMITTED = spaced(rf"(?P<of> của |[:;] )(?=[{UPPER}])[^;.:()]{{3,110}}?(?P<at> tại | \()$")
# "Công ty cổ phần Xây dựng" + " và năng lượng Sông Bưởi": a firm's name goes on
_FIRM_GOES_ON = spaced(rf"(?: và| -|,)(?: [\w&-]+){{0,4}} [{UPPER}\d][\w&-]*(?: [\w&-]+){{0,5}}")


@value(frozen=True, slots=True)
class Naming:
    """What stands before a symbol: the type's printed words from `start` on, and its canonical name."""

    start: int
    type: str | None
    has_number_word: bool


@cache
def _type_words() -> str:
    names = any_of(n.lower() for t in document_types() for n in (t.name, *t.also))
    letters = any_of(s for t in document_types() for s in t.symbols if len(s) > 1)
    return rf"(?<!\w)(?P<type>(?i:{names})|{letters})"


@cache
def _unnamed_types() -> str:
    """Types that have no names of their own: what stands behind "Báo cáo" is its kind, behind "Luật" its name."""
    return any_of(t.name for t in document_types() if not t.bare)


@cache
def _type_before() -> tuple[re.Pattern[str], ...]:
    """A type at the end of a passage: "Chỉ thị", "NĐ"; with its day and its issuer between: "Luật của Quốc hội", "Công
    văn ngày 1/2/2020 của Bộ Y tế (", but not "quy định của Luật Hóa chất số …"; of a kind: "Báo cáo thẩm định", "Hướng
    dẫn liên ngành", where no other type is told.
    """
    return (
        spaced(_type_words() + r"(?: (?i:kết luận|liên tịch|chung|hành động|tổng thể|chi tiết))?\s{0,4}[:,(]?\s{0,4}$"),
        spaced(
            rf"{_type_words()}(?:{_DAY_BEFORE})?"
            r"(?: của(?! (?i:bộ luật|luật|pháp lệnh) )(?: [^\s,;.:()“”]{1,14}){1,7})?\s{0,4}[,(]?\s{0,4}$"
        ),
        spaced(rf"(?<!\w)(?P<type>{_unnamed_types()})(?: (?!{_NO_KIND})[a-zđà-ỹ]+){{1,3}} $"),
    )


def _canonical_type(printed: str) -> DocumentType | None:
    return type_of_name(printed) or type_of_letters(printed)


def _naming(text: str, symbol: Symbol) -> Naming | None:
    """The type and the "số" before a symbol; None for a symbol that stands alone ("Số: 41/KH-UBND" of a letterhead)."""
    begin = max(0, symbol.start - _LOOK_BACK)
    before = text[begin : symbol.start]
    number = _NUMBER_WORD.search(before)
    head = before[: number.start()] if number else before
    right, with_issuer, of_a_kind = _type_before()
    found = right.search(head, max(0, len(head) - _LONGEST_TYPE)) or with_issuer.search(head) or of_a_kind.search(head)
    if found and (number or found.re is not of_a_kind):
        kind = _canonical_type(found["type"])
        # "thi hành Luật Quy hoạch (Số 37/2019/NĐ-CP": the law's number is another
        if not (found[0].rstrip().endswith("(") and symbol.kind and symbol.kind != kind):
            return Naming(begin + found.start(), kind.name if kind else None, number is not None)
    # "các Quyết định của Bộ (Số 1/QĐ-BYT, số 2/QĐ-BYT)", "số 4/2020/NĐ-CP …; Số 5/2020/NĐ-CP …"
    inside = number and head.rstrip().endswith(("(", ";"))
    if number and number[0][0] == "S" and not number[0].startswith("SỐ") and not inside:
        return None  # a letterhead's own "Số: …"
    start = begin + number.start() if number else symbol.start
    return Naming(start, None, number is not None)


@value(frozen=True, slots=True)
class _Behind:
    end: int
    date: PrintedDate | None
    issuer: AgencyRef | None


def _behind(
    text: str, end: int, scope: Scope, joint: bool = False, year: str | None = None, *, bracketed: bool = False
) -> _Behind:
    """Date and issuer right behind a symbol, in either order, each once; the date is of the `year` in the symbol.

    `joint` where several issue it together, `bracketed` where a bracket before the symbol is still open.
    """
    date: PrintedDate | None = None
    issuer: AgencyRef | None = None
    for _ in range(3):
        link = _DATE_LINK.match(text, end)
        found = date_at(text, link.end()) if link and date is None else None
        if found and (issuer is None or not year or found.iso.startswith(year)):
            date, end = found, found.end
            closes = _CLOSES.match(text, end) if bracketed or (link and "(" in link[0]) else None
            end = closes.end() if closes else end
        elif issuer is None and (
            read := issuers_behind(text, end, scope) if joint else issuer_behind(text, end, scope)
        ):
            if text.startswith(",", end) and _SAYS_ELSEWHERE.match(text, read[1]):
                break  # "…, của Ban Bí thư tại văn bản số 5-KL/TW": whose the next one is
            issuer, end = read
        else:
            break
    return _Behind(end, date, issuer)


def _joint(symbol: Symbol) -> bool:
    return "LT" in symbol.letters or sum(map(bool, map(implied_name, symbol.bodies))) > 1


def _before(text: str, start: int, scope: Scope) -> tuple[PrintedDate | None, AgencyRef | None]:
    """Date and issuer before "ban hành Nghị quyết số …": "Ngày 5/6/2020, Bộ Chính trị đã ban hành …"."""
    begin = max(0, start - _LOOK_BACK)
    verb = _ISSUED_BEFORE.search(text, begin, start)
    if not verb:
        return None, None
    clause = max(
        text.rfind(mark, begin, verb.start()) for mark in (". ", "; ", ": ", ", ngày", "  ", " Ngày ", "\n", "\u2029")
    )
    opening = max(begin, clause + 1) if clause >= 0 else begin
    while opening < verb.start() and text[opening] in " .;:-–+":
        opening += 1
    date = date_at(text, opening)
    if date:
        opening = date.end
        while opening < verb.start() and text[opening] in " ,":
            opening += 1
    read = issuer_at(text, opening, scope)
    issuer = read[0] if read and read[1] >= verb.start() - 1 else None
    return (date, issuer) if issuer else (None, None)


def _between(text: str, naming: Naming, symbol: Symbol, scope: Scope) -> tuple[PrintedDate | None, AgencyRef | None]:
    """Date and issuer in "Công văn của Sở Xây dựng số 12/…", "Công văn ngày 1/2/2020 của Sở Xây dựng số 12/…"."""
    if not naming.type:
        return None, None
    day = _DAY_BETWEEN.search(text, naming.start, symbol.start)
    date = date_at(text, day.start(), symbol.start) if day else None
    of = _OF.search(text, naming.start, symbol.start)
    read = issuer_at(text, of.end(), scope) if of else None
    if not read:
        return date, None
    behind = text[date.end if date and date.start > read[1] else read[1] : symbol.start]
    return date, read[0] if not behind.replace("số", "").strip(" ,:(") else None


def _submitted_by(text: str, start: int, scope: Scope) -> AgencyRef | None:
    """The issuer in "theo đề nghị của Sở Xây dựng tại Công văn số …"."""
    of = _SUBMITTED.search(text, max(0, start - _LOOK_BACK), start)
    while of:  # "của Tổng Bí thư, của Bộ Chính trị tại": the last one
        read = issuer_at(text, of.end("of"), scope)
        if read and read[1] >= of.start("at"):
            return read[0]
        if read and read[0].kind == "doanh nghiệp" and _FIRM_GOES_ON.fullmatch(text, read[1], of.start("at")):
            firm, stop = read[0], of.start("at")
            rest = text[read[1] : stop]
            written = text[firm.start : stop]
            return replace(firm, name=firm.name + rest, head=firm.head + rest, written=written, end=stop)
        of = _SUBMITTED.search(text, of.end("of"), start)
    return None


def _type_of(symbol: Symbol, naming: Naming, previous: Mention | None, text: str) -> str | None:
    printed = text[naming.start : naming.start + len("công văn")].lower() == "công văn"
    if naming.type and (printed or not (naming.type == "Công văn" and symbol.kind)):
        return naming.type  # a "văn bản số 5-KH/TU" is a plan, a "công văn số 5/CT-NV" of a tax office no directive
    if symbol.kind:
        return symbol.kind.name
    if previous and _LIST_LINK.fullmatch(text, previous.end, naming.start):
        return previous.type  # "các Nghị quyết số 19/2019/QH14, số 20/2019/QH14"
    return "Công văn" if len(symbol.bodies) > 1 else None


@cache
def _numbers_before() -> re.Pattern[str]:
    """What shares the letters of the symbol behind it: "Nghị quyết số 18, " + "19-NQ/TW"."""
    return spaced(
        _type_words() + r"(?: số\s?:?)? "
        r"(?P<numbers>\d{1,5}(?:(?:[,;]|,? và) (?:số )?\d{1,5}){0,9})(?:[,;]|,? và) (?:số )?$"
    )


_LISTED = spaced(r"(?:[,;]|và) (?:số )?$")  # the end of such a list
_LIST_END = 60  # characters that it has at most


def _sharing_letters(text: str, symbol: Symbol, kind: str | None) -> Iterator[Mention]:
    """The documents of which only the number is printed before a whole symbol: "các Nghị quyết 18, 19-NQ/TW"."""
    if not symbol.number or not _LISTED.search(text, max(0, symbol.start - _LIST_END), symbol.start):
        return
    listed = _numbers_before().search(text, max(0, symbol.start - _LOOK_BACK), symbol.start)
    if not listed:
        return
    letters = symbol.key.lstrip("0123456789")
    for number in re.finditer(r"\d+", listed["numbers"]):
        start = listed.start("numbers") + number.start()
        bare = number[0].lstrip("0")
        shared = replace(symbol, start=start, end=start + len(number[0]), key=number[0] + letters, number=bare)
        yield Mention(
            start=start, end=shared.end, key=shared.key, type=kind, rule="number that shares letters", confidence=0.85,
            number=bare, symbol=shared,
        )  # fmt: skip


def _is_item(text: str, symbol: Symbol) -> bool:
    return _ITEM_NUMBER.fullmatch(text, symbol.start, symbol.end) is not None


def cite_symbols(text: str, scope: Scope) -> Iterator[Mention]:
    """Every citation by symbol.

    Args:
        text: as `ingest.spacing.level_text` gives it.
        scope: whose document it is, for issuers without a jurisdiction.
    """
    previous: Mention | None = None
    for symbol in find_symbols(text):
        naming = _naming(text, symbol)
        if naming is None or not (symbol.number or naming.type):
            continue
        if _FORM.search(text, max(0, symbol.start - 12), symbol.start):
            continue
        told = naming.type or naming.has_number_word
        if (symbol.weak and not (naming.type and naming.has_number_word)) or (not told and _is_item(text, symbol)):
            continue
        kind = _type_of(symbol, naming, previous, text)
        yield from _sharing_letters(text, symbol, kind)
        bracketed = naming.type is not None and "(" in text[naming.start : symbol.start]
        behind = _behind(text, symbol.end, scope, _joint(symbol), symbol.year, bracketed=bracketed)
        day, body = _between(text, naming, symbol, scope)
        date, issuer = behind.date or day, behind.issuer or body
        if not date and not issuer:
            date, issuer = _before(text, naming.start, scope)
        implied = None if issuer else implied_issuer(symbol, kind, scope)
        if not issuer and (not implied or implied.place):
            printed = _submitted_by(text, naming.start, scope)
            # of a symbol that every province has, the province that is printed
            issuer = printed if not implied or (printed and printed.head == implied.head) else None
        sure = 0.97 if naming.type else 0.9 if naming.has_number_word else 0.75
        previous = Mention(
            start=naming.start,
            end=behind.end,
            key=symbol.key,
            type=kind,
            rule="symbol",
            confidence=sure,
            number=symbol.number,
            symbol=symbol,
            issued_on=date.iso if date else None,
            issuer=issuer,
        )
        yield previous


def cite_number(text: str, found: re.Match[str], scope: Scope) -> Mention | None:
    """A citation without the letters of its symbol: "Nghị quyết số 18 ngày 25/10/2017 của …", "Nghị định 81/2021".

    Args:
        text: as `ingest.spacing.level_text` gives it.
        found: with the groups "type", "word" ("số", if printed), "number" and "year" (inside the symbol, if printed).
        scope: whose document it is.
    """
    kind = type_of_name(found["type"])
    behind = _behind(text, found.end(), scope)
    told = sum(map(bool, (found["word"], behind.date, behind.issuer))) > 1 or found["year"]
    if kind is None or not told or (kind.bare and kind.name != "Nghị quyết"):
        return None
    number = f"{found['number']}/{found['year']}" if found["year"] else found["number"]
    # a decree's letters are always the same
    decree = kind.name == "Nghị định" and found["year"]
    return Mention(
        start=found.start(), end=behind.end, key=f"{number}/NĐ-CP" if decree else f"{kind.name} số {number}",
        type=kind.name, rule="number without letters", confidence=0.75, number=found["number"].lstrip("0"),
        issued_on=behind.date.iso if behind.date else found["year"], issuer=behind.issuer,
    )  # fmt: skip
