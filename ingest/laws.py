"""Laws, codes, ordinances and the constitution, which are cited by name: "Luật Đất đai năm 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from graph.spelling import modern_tone
from ingest.dates import PrintedDate, date_at
from ingest.lexicon import lexicon
from ingest.mentions import Mention

# "Luật Đất đai", "BỘ LUẬT LAO ĐỘNG", "Pháp lệnh Dân số", "Bộ Luật Lao động"; never "luật sư" nor "pháp luật"
_HEAD = re.compile(r"(?<!\w)(?P<type>Bộ [lL]uật|Luật|Pháp lệnh|BỘ LUẬT|LUẬT|PHÁP LỆNH) {1,3}(?=[\w“\"])")
# "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B", "Luật sửa đổi, bổ sung Điều 3 của Luật C"
_AMENDING = re.compile(
    r"sửa đổi(?:, {1,3}bổ {1,3}sung| {1,3}và {1,3}bổ {1,3}sung)?"
    r"(?: {1,3}(?:một {1,3}số {1,3}(?:điều|nội {1,3}dung)|(?:các {1,3})?điều [^;.()“”]{0,60}?))?(?: {1,3}của)?"
    r"(?: {1,3}(?:các|\d{1,2}))? {1,3}(?=(?:bộ {1,3})?luật|pháp {1,3}lệnh)",
    re.IGNORECASE,
)
# between two amended laws: "Luật A, Luật B và Luật C"
_AND = re.compile(r"(?:,|;| {1,3}và) {1,3}(?=Bộ [lL]uật|[lL]uật|Pháp lệnh)")
_CONSTITUTION = re.compile(
    r"(?<!\w)(?:Hiến {1,3}pháp|HIẾN {1,3}PHÁP)(?: {1,3}nước {1,3}(?:Cộng {1,3}hòa {1,3}xã {1,3}hội {1,3}chủ {1,3}nghĩa {1,3}Việt {1,3}Nam|CHXHCN {1,3}Việt {1,3}Nam))?"
)
# a name that is not in the list ends before "," or one of these words
_NAME = re.compile(r"[A-ZĐÀ-Ỹ][^\s,;.:()“”\"/]*(?: {1,3}[^\s,;.:()“”\"/]+){0,9}")
_STOP = re.compile(
    r" {1,3}(?:năm|số|ngày|của|được|quy|có|theo|trong|để|đã|sửa|về|và|do|hoặc|này|tại|trên|từ|thì|bảo|như|hiện|khi"
    r"|là|cho|các|cũng|sẽ|phải|với|đối|nhằm|trình|ban|bằng|mới|nêu|thông|những|nếu|quốc hội) ",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?: {0,2}\(sửa đổi\))?(?:(?P<paren> {0,3}\( {0,2})|, {0,3}| {1,3})")
_YEAR_IN_PARENTHESES = re.compile(r"(?P<year>(?:19|20)\d\d) {0,2}\)")


@cache
def _names(group: str) -> re.Pattern[str]:
    """One pattern for all names of a group, the longest first: "Cán bộ, công chức" before "Công chức"."""
    names = sorted(map(modern_tone, lexicon("laws")[group]), key=len, reverse=True)
    spaced = (re.escape(name).replace(r"\ ", " {1,4}") for name in names)
    return re.compile("(?:" + "|".join(spaced) + r")(?!\w)", re.IGNORECASE)


def _group(kind: str) -> str:
    return {"bộ luật": "codes", "luật": "laws", "pháp lệnh": "ordinances"}[kind.lower()]


def _listed(name: str, kind: str) -> str:
    """The name as the list spells it ("tổ chức chính phủ" → "Tổ chức Chính phủ"), or as printed."""
    wanted = " ".join(name.lower().split())
    for known in lexicon("laws")[_group(kind)]:
        if modern_tone(known).lower() == wanted:
            return str(known)
    return " ".join(name.split())


def _type(printed: str) -> str:
    lowered = " ".join(printed.lower().split())
    return lowered[0].upper() + lowered[1:]


def _named(text: str, head: re.Match[str]) -> tuple[str, int] | None:
    """The law's own name behind "Luật ", and where it ends."""
    kind = _type(head["type"])
    found = _names(_group(kind)).match(text, head.end())
    if found:
        return _listed(found[0], kind), found.end()
    found = _NAME.match(text, head.end())
    if not found:
        return None
    stop = _STOP.search(found[0] + " ")
    name = found[0][: stop.start()] if stop else found[0]
    return (" ".join(name.split()), head.end() + len(name)) if len(name) > 2 else None


def issued_behind(text: str, end: int) -> PrintedDate | None:
    """The date right behind a name: "ngày 19/6/2015", "năm 2024", "(2013)"."""
    gap = _BEHIND.match(text, end)
    if not gap:
        return None
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
    while head := re.compile(_HEAD.pattern, re.IGNORECASE).match(text, position):
        named = _named(text, head)
        if not named:
            break
        found.append((_type(head["type"]), named[0], position, named[1]))
        link = _AND.match(text, named[1])
        if not link:
            break
        position = link.end()
    return found


def find_laws(text: str) -> Iterator[Mention]:
    """Every law, code, ordinance and constitution that the text calls by name; amended ones inside the amending.

    Args:
        text: as `ingest.mentions.level_text` gives it.
    """
    done = 0
    for head in _HEAD.finditer(text):
        if head.start() < done:
            continue
        kind = _type(head["type"])
        amending = _AMENDING.match(text, head.end())
        inner = _amended(text, amending.end()) if amending else []
        if amending and inner:
            names = " và ".join(
                [", ".join(f"{t} {n}" for t, n, _, _ in inner[:-1])] * (len(inner) > 1)
                + [f"{inner[-1][0]} {inner[-1][1]}"]
            )
            words = " ".join(text[head.end() : amending.end()].split())
            done = inner[-1][3]
            yield _mention(text, head.start(), done, kind, f"{kind} {words} {names}", "amending law")
            for inner_kind, name, start, end in inner:
                yield Mention(
                    start=start,
                    end=end,
                    key=f"{inner_kind} {name}",
                    type=inner_kind,
                    rule="law by name",
                    confidence=0.95,
                )
        elif named := _named(text, head):
            done = named[1]
            yield _mention(text, head.start(), done, kind, f"{kind} {named[0]}", "law by name")
    for found in _CONSTITUTION.finditer(text):
        yield _mention(text, found.start(), found.end(), "Hiến pháp", "Hiến pháp", "constitution")
