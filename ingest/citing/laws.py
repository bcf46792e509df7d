"""Laws, codes, ordinances and the constitution, which are cited by name: "Luật Đất đai năm 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from graph.spelling import modern_tone
from ingest.citing.mentions import Mention
from ingest.dates import PrintedDate, date_at
from ingest.lexicon import lexicon
from ingest.naming.jurisdiction import known_words
from ingest.patterns import LOWER, UPPER
from ingest.spacing import PARAGRAPH_END, bare_letters, folded, spaced

LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
"""The types that are cited by name and numbered by the National Assembly."""
AMENDING = "amending law"
"""The rule of a law that is called by the laws that it amends."""
# "Luật Đất đai", "BỘ LUẬT LAO ĐỘNG", "Pháp lệnh Dân số", "Bộ Luật Lao động"; never "LUẬT SƯ" nor "PHÁP LUẬT"
_HEAD = spaced(
    r"(?P<type>[BLP](?<!\w.)(?<![Pp]háp\s.)(?<!PHÁP\s.)"
    r"(?:(?<=B)(?:ộ [lL]uật|Ộ LUẬT)|(?<=L)(?:uật|UẬT)|(?<=P)(?:háp lệnh|HÁP LỆNH))) "
    r"(?!(?:[Ss]ư|SƯ|gia|GIA|học|HỌC)(?!\w))(?=[\w“\"])"
)
# "Trường Đại học " before "Luật Hà Nội", "Hội " before "Luật gia"
_OF_BODY = spaced(r"(?<!\w)(?:[Đđ]ại học|Học viện|Khoa|Viện|[Hh]ội|Đoàn|Tạp chí|Báo) $")
_ANY_HEAD = spaced(r"(?<!\w)(?P<type>bộ luật|luật|pháp lệnh) (?=[\w“\"])", re.IGNORECASE)
# "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B", "Luật sửa đổi, bổ sung Điều 3 của Luật C"
_AMENDING = spaced(
    r"s(?:ửa|ử|ữa) đổi(?:,? b[ổôố] sung| và bổ sung)?"
    r"(?: (?:một \w{1,3} (?:điều|nội dung)|(?:các )?điều [^;.()“”]{0,60}?))?(?: của)?"
    r"(?: (?:các|\d{1,2}))? (?=(?:bộ )?luật|pháp lệnh)",
    re.IGNORECASE,
)
# "37 luật có liên quan đến quy hoạch", "các luật về thuế": laws that are not named one by one
_UNNAMED = spaced(
    r"(?:(?:các|\d{1,3}) )?(?:bộ )?luật(?: (?:có )?liên quan)?(?: đến| tới| về)(?: [^\s,;.:()“”]{1,16}?){1,12}?"
    r"(?=\s{0,3}[,;.:()]| (?:ngày|năm|số|và|của|được) |$)",
    re.IGNORECASE,
)
# "các Luật: Đất đai, Nhà ở", "các luật Thủy sản và Thú y": one "Luật" for all names
_SHARED_HEAD = spaced(rf"(?-i:[cC])(?<!\w.)ác (?P<type>Bộ luật|Luật|Pháp lệnh)\s?:? (?=[{UPPER}“])", re.IGNORECASE)
_NEXT_NAME = spaced(rf"(?:[,;]|,? và) (?=[{UPPER}])")
# between two amended laws: "Luật A, Luật B và Luật C"
_AND = spaced(r"(?:,| và) (?=Bộ [lL]uật|[lL]uật|Pháp lệnh)")
# "Luật Đất đai" + " số 31/2024/QH15" + ", Luật Nhà ở …"
_ITS_SYMBOL = spaced(r" số \d{1,4}/(?:19|20)\d\d/(?:QH|UBTVQH|PL-UBTVQH)\d{1,2}")
_CONSTITUTION = spaced(
    # not "theo Hiến pháp và pháp luật": the whole legal order
    r"(?:Hiến pháp|HIẾN PHÁP)(?: nước (?:Cộng hòa xã hội chủ nghĩa Việt Nam|CHXHCN Việt Nam))?"
    r"(?!(?:,| và| -) (?:pháp luật|luật(?! [A-ZĐ])))"
)
# a name that is not in the list ends before "," or one of these words
_NAME = spaced(rf"[{UPPER}][^\s,;.:()“”\"/]*(?: [^\s,;.:()“”\"/]+){{0,9}}")
# … but over commas where a date or number stands behind: "Luật Trồng nấm, chế biến nấm" + " ngày 2/3/2020"
_DATED_NAME = spaced(rf"[{UPPER}][^\s,;.:()“”\"/]*(?:,? [{LOWER}]+){{1,14}}?(?= (?:ngày|số) \d)")
# … and one in small letters only there: "Luật hàng không" + " ngày 2/3/2020", "Luật trồng nấm" + " số 3/2020/QH14"
_SMALL_NAME = spaced(rf"(?!sửa đổi)[{LOWER}]{{2,}}(?:,? [{LOWER}]+){{0,12}}?(?= (?:ngày \d|số \d{{1,3}}/\d{{4}}/))")
# "Luật Phòng, chống tác hại của rượu": a name that holds a comma and "của"
_AGAINST = spaced(
    r"Phòng(?:,| và)? (?:chống|chữa)"
    r"(?: (?!(?:được|ngày|số|năm|theo|cho|để|nhằm|đã|sau|trình|quy|có|về|và|tại|trong)(?!\w))[^\s,;.:()“”\"/]+){1,10}",
    re.IGNORECASE,
)
_STOP = spaced(
    r" (?:năm|số|ngày|của|được|quy|có|theo|trong|để|đã|sửa|về|và|do|hoặc|này|tại|trên|từ|thì|bảo|như|hiện|khi"
    r"|là|cho|các|cũng|sẽ|phải|với|đối|nhằm|trình|ban|bằng|mới|nêu|thông|những|nếu|quốc hội) ",
    re.IGNORECASE,
)
# what follows the word in another cell or sentence: "dự án Luật" + "Báo cáo đánh giá", "TCTL"
_NO_LAW = spaced(
    r"(?:Các|Báo cáo|Dự thảo|Quyết định|Tờ trình|Nghị|Thông tư|Kế hoạch|Chương trình|Công văn|Ban |Tổ |Bộ |Vụ |Cục "
    r"|Tổng cục|Ủy ban|Chính phủ|Quốc hội|Hội thảo|Xây dựng và|Trình|Gửi|Họp"
    r"|Tổ chức (?!Chính|Quốc|chính|Tòa|Viện)|[A-ZĐ]{3,}(?!\w))"
)
_BEHIND = spaced(r"(?:\s{0,2}\(sửa đổi\))?(?:(?P<paren>\s{0,3}\(\s{0,2})|,\s{0,3}| |(?=ngày))")
# "Luật Đất đai" + " (sửa đổi)", a law of its own beside the one in force
_RENEWED = spaced(r"\s{0,3}\(sửa đổi\)", re.IGNORECASE)
_ABOUT = spaced(rf",? (?:về )?(?=[{UPPER}])")
_AMENDS = spaced(r",? (?:về )?(?:việc )?(?=sửa đổi)", re.IGNORECASE)
_LONG_NAME = "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"  # kept where the text prints it
_LONGEST = 160
_PLAIN_YEAR = spaced(r" (?P<year>(?:19[4-9]|20[0-4])\d)(?![\w/.-]\w|\w)")  # "Luật Công đoàn 2012"
_YEAR_IN_PARENTHESES = spaced(r"(?P<year>(?:19|20)\d\d)\s{0,2}\)")


@cache
def _printed_names(group: str) -> dict[str, str]:
    """The printed forms of a group's names, with what they stand for: "Bảo vệ BMNN" → "Bảo vệ bí mật nhà nước"."""
    names = {name: name for name in lexicon("laws")[group]}
    shorter = {}
    for short, words in lexicon("abbreviations").items():
        for name in names:
            at = name.lower().find(words.lower())
            if at >= 0:
                shorter[name[:at] + short + name[at + len(words) :]] = name
    also = {short: name for short, name in lexicon("laws")["also"].items() if name in names}
    return {**shorter, **also, **names}


@cache
def _names(group: str) -> re.Pattern[str]:
    """One pattern for all names of a group, the longest first: "Cán bộ, công chức" before "Công chức"."""
    names = sorted(map(modern_tone, _printed_names(group)), key=len, reverse=True)
    escaped = "|".join(re.escape(name).replace(r"\ ", " ") for name in names)
    tails = "|".join(lexicon("laws")["tails"])
    # a space may be lost behind it: "Luật Tổ chức Chính phủngày 25 tháng 12"
    return spaced(rf"(?:{escaped})(?: (?:{tails}))?(?:(?!\w)|(?=ngày|năm \d))", re.IGNORECASE)


@cache
def _bare_names(group: str) -> re.Pattern[str]:
    return spaced(bare_letters(_names(group).pattern.replace(r"\s{1,24}", " ")), re.IGNORECASE)


def is_listed(law: Mention) -> bool:
    """Whether a law's name is a whole one of the list ("Luật Đầu tư", though there is a "Luật Đầu tư công" too)."""
    kind = law.type or ""
    return kind in LAWS and law.key.removeprefix(f"{kind} ") in lexicon("laws")[_group(kind)]


@cache
def _types() -> re.Pattern[str]:
    return spaced(r"(?<!\w)(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị)(?!\w)")


def _group(kind: str) -> str:
    return {"bộ luật": "codes", "luật": "laws", "pháp lệnh": "ordinances"}[kind.lower()]


def _listed(name: str, kind: str) -> str:
    """The name as the list spells it ("tổ chức chính phủ" → "Tổ chức Chính phủ"), or as printed."""
    wanted = bare_letters(folded(name.lower()))
    return _spellings(_group(kind)).get(wanted, folded(name))


@cache
def _spellings(group: str) -> dict[str, str]:
    return {bare_letters(modern_tone(short).lower()): name for short, name in _printed_names(group).items()}


def _type(printed: str) -> str:
    return folded(printed).capitalize()


def _named(text: str, head: re.Match[str]) -> tuple[str, int] | None:
    """The law's own name behind "Luật ", and where it ends."""
    kind = _type(head["type"])
    passage = text[head.end() : head.end() + _LONGEST]
    # a scan loses diacritics: "Luật Quan lý thuê"
    found = _names(_group(kind)).match(passage) or _bare_names(_group(kind)).match(bare_letters(passage))
    if found and _may_be_read(passage[: found.end()], _listed(found[0], kind)):
        return _listed(found[0], kind), head.end() + found.end()
    # a name that is not in the list ends with its cell or paragraph
    if PARAGRAPH_END in head[0]:
        return None
    limit = text.find(PARAGRAPH_END, head.end(), head.end() + _LONGEST)
    limit = limit if limit >= 0 else len(text)
    if against := _AGAINST.match(text, head.end(), limit):
        return folded(against[0]), against.end()
    dated = _DATED_NAME.match(text, head.end(), limit) or _SMALL_NAME.match(text, head.end(), limit)
    if dated and not _STOP.search(f" {dated[0]}".replace(",", " ")):
        return folded(dated[0]), dated.end()
    found = _NAME.match(text, head.end(), limit)
    if not found or _NO_LAW.match(found[0]) or _STOP.match(f" {found[0]} "):
        return None
    stop = _STOP.search(found[0] + " ")
    name = found[0][: stop.start()] if stop else found[0]
    # "Luật Việt Nam", "Đại học Luật Hà Nội": no law's name
    several = _types().search(name)  # "Luật, Nghị định, Quyết định" whose commas a table lost
    of_a_place = name.endswith("Việt Nam") or known_words("", name, strict=True) == len(name.split())
    return (folded(name), head.end() + len(name)) if len(name) > 2 and not of_a_place and not several else None


def _may_be_read(printed: str, name: str) -> bool:
    """Whether a name without regard to diacritics is meant: a scan loses the stroke of "đ", but adds none to "d"."""
    letters = zip(printed.lower(), name.lower(), strict=False)
    return len(printed) != len(name) or not any(p == "đ" and n == "d" for p, n in letters)


def issued_behind(text: str, end: int) -> PrintedDate | None:
    """The date right behind a name: "ngày 19/6/2015", "năm 2024", "(2013)", "2012"."""
    if plain := _PLAIN_YEAR.match(text, end):
        return PrintedDate(plain.start("year"), plain.end(), plain["year"])
    gap = _BEHIND.match(text, end)
    if not gap or PARAGRAPH_END in gap[0] or text.startswith("Ngày", gap.end()):
        return None  # "… đến năm 2030" + "Ngày 3/4/2025, …": the next sentence
    if gap["paren"]:
        year = _YEAR_IN_PARENTHESES.match(text, gap.end())
        return PrintedDate(gap.end(), year.end(), year["year"]) if year else None
    return date_at(text, gap.end())


def _mention(text: str, start: int, end: int, kind: str, key: str, rule: str) -> Mention:
    date = issued_behind(text, end)
    return Mention(
        start=start,
        end=date.end if date else end,
        key=key,
        type=kind,
        rule=rule,
        confidence=0.95,
        issued_on=date.iso if date else None,
    )


def _amended(text: str, start: int) -> list[tuple[str, str, int, int]]:
    """The laws that stand in a list from `start` on: (type, name, start, end) each."""
    found = []
    position = start
    while head := _ANY_HEAD.match(text, position):
        named = _named(text, head)
        if not named:
            break
        found.append((_type(head["type"]), named[0], position, named[1]))
        numbered = _ITS_SYMBOL.match(text, named[1])
        link = _AND.match(text, numbered.end() if numbered else named[1])
        if not link:
            break
        position = link.end()
    return found


def _amending_words(printed: str) -> str:
    """As every law's official name has them: "sửa đổi, bổ sung …", not "sử đổi bổ sung …" nor a scan's "bô sung"."""
    return re.sub(r"^s(?:ửa|ử|ữa) đổi(?:,? (b)[ổôố] sung)?", _corrected, folded(printed), flags=re.IGNORECASE)


def _corrected(amends: re.Match[str]) -> str:
    return "sửa đổi, bổ sung" if amends[1] else "sửa đổi"


def _list(text: str, laws: list[tuple[str, str, int, int]]) -> str:
    """ "Luật A, Luật B và Luật C", joined as they are printed, but for their numbers."""
    listed = f"{laws[0][0]} {laws[0][1]}"
    for before, (kind, name, start, _) in pairwise(laws):
        link = " và " if "và" in text[before[3] : start] else ", "
        listed += f"{link}{kind} {name}"
    return listed


def _under_one_head(text: str) -> Iterator[Mention]:
    """The listed laws in "các Luật: Đất đai, Nhà ở"; one that has its own "Luật" is found by that."""
    for head in _SHARED_HEAD.finditer(text):
        kind, begin, start = _type(head["type"]), head.start("type"), head.end()
        while found := _names(_group(kind)).match(text, start):
            key = f"{kind} {_listed(found[0], kind)}"
            law = _mention(text, begin, found.end(), kind, key, "law in a list")
            yield law
            link = _NEXT_NAME.match(text, law.end)
            if not link:
                break
            begin = start = link.end()


def name_behind(text: str, end: int, kind: str) -> str | None:
    """What a law is called that ends with its symbol, date and issuer at `end`: "Luật số 1/2020/QH14 về Thú y", "Luật
    số 2/2021/QH15 sửa đổi, bổ sung một số điều của Luật Thú y".
    """
    amends = _AMENDS.match(text, end)
    amending = _AMENDING.match(text, amends.end()) if amends else None
    inner = _amended(text, amending.end()) if amends and amending else []
    if amends and amending and inner:
        return f"{kind} {_amending_words(text[amends.end() : amending.end()])} {_list(text, inner)}"
    link = _ABOUT.match(text, end)
    found = _names(_group(kind)).match(text, link.end()) if link else None
    return f"{kind} {_listed(found[0], kind)}" if found else None


def law_end(text: str, start: int) -> int | None:
    """Where the name of the law that begins at an offset ends, its date left out; None where none begins."""
    head = _HEAD.match(text, start)
    if not head:
        return None
    amending = _AMENDING.match(text, head.end())
    inner = _amended(text, amending.end()) if amending else []
    if inner:
        return inner[-1][3]
    named = None if amending else _named(text, head)
    return named[1] if named else None


def find_laws(text: str) -> Iterator[Mention]:
    """Every law, code, ordinance and constitution that the text calls by name; amended ones inside the amending.

    Args:
        text: as `ingest.spacing.level_text` gives it.
    """
    done = 0
    for head in _HEAD.finditer(text):
        if head.start() < done or _OF_BODY.search(text, max(0, head.start() - 10), head.start()):
            continue
        kind = _type(head["type"])
        amending = _AMENDING.match(text, head.end())
        inner = _amended(text, amending.end()) if amending else []
        if amending and inner:
            done = inner[-1][3]
            words = _amending_words(text[head.end() : amending.end()])
            yield _mention(text, head.start(), done, kind, f"{kind} {words} {_list(text, inner)}", AMENDING)
            for inner_kind, name, start, end in inner:
                yield Mention(
                    start=start,
                    end=end,
                    key=f"{inner_kind} {name}",
                    type=inner_kind,
                    rule="law by name",
                    confidence=0.95,
                )
        elif amending:
            if unnamed := _UNNAMED.match(text, amending.end()):
                done = unnamed.end()
                key = f"{kind} {_amending_words(text[head.end() : done])}"
                yield _mention(text, head.start(), done, kind, key, AMENDING)
        elif named := _named(text, head):
            renewed = _RENEWED.match(text, named[1])
            done = renewed.end() if renewed else named[1]
            yield _mention(
                text, head.start(), done, kind, f"{kind} {named[0]}{' (sửa đổi)' if renewed else ''}", "law by name"
            )
    yield from _under_one_head(text)
    constitutions = list(_CONSTITUTION.finditer(text))
    key = _LONG_NAME if any("nước" in found[0].lower() for found in constitutions) else "Hiến pháp"
    for found in constitutions:
        yield _mention(text, found.start(), found.end(), "Hiến pháp", key, "constitution")
