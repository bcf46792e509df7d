"""By when, and how often, a task is due, and whether it orders a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.dates import PrintedDate, find_dates
from ingest.lexicon import lexicon


def _words(name: str) -> list[str]:
    return [word.strip() for word in lexicon("deadlines")[name].split(",")]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE = re.compile(rf"(?<!\w)(?:{_any(_words('before'))})(?!\w)", re.IGNORECASE)
# "giai đoạn 2021", "từ tháng 11/2013": right before the date
_NEVER = re.compile(rf"(?<!\w)(?:{_any(_words('never'))})\s*$", re.IGNORECASE)
# "năm 2023 và các năm tiếp theo", "năm 2030, tầm nhìn": right behind the date
_OPEN = re.compile(rf"[\s,;]*(?:{_any(_words('open'))})(?!\w)", re.IGNORECASE)
# "đến năm 2030" alone is an aim; "hoàn thành đến năm 2030" and "phấn đấu đến năm 2030" have an end
_UNTIL = re.compile(r"(?<!\w)(?:đến|tới)\s*$", re.IGNORECASE)
_FINISH = re.compile(r"(?<!\w)(?:hoàn thành|phấn đấu|chậm nhất|xong|kết thúc|chấm dứt)(?!\w)", re.IGNORECASE)
# "2016-", "2021 -" before a date, "-2025" behind one: a span of years
_SPAN_BEFORE = re.compile(r"\d\s?[-–]\s?(?:năm\s?)?$")
_SPAN_BEHIND = re.compile(r"\s?[-–]\s?\d")
_CLAUSE = re.compile(r"[.;:]\s|\n")
_LOOK = 90
"""Characters before a date in which its cue stands."""

# "hằng năm", "hàng quý", "định kỳ 6 tháng", "định kỳ", "6 tháng, 1 năm", "3 tháng một lần", "mỗi quý"
_EVERY = r"(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)"
_NUMBER = r"(?:\d{1,2}|một|hai|ba|sáu|chín)"
_RECURRENCE = re.compile(
    rf"(?<!\w)(?P<every>{_EVERY})(?!\w)"
    rf"|(?<!\w)(?P<times>{_NUMBER}\s+(?:tháng|năm|tuần|quý)\s*(?:/|một|1|01)\s*lần|(?:một|0?1)\s+năm\s+(?:hai|0?2)\s+lần)(?!\w)"
    rf"|(?<!\w)(?P<periodic>định kỳ)(?!\w)(?:[\s,:(]{{1,3}}(?:theo\s+)?(?P<unit>{_EVERY}|{_NUMBER}\s+tháng(?:\s+một\s+lần)?|quý|tháng|năm)(?!\w))?"
    r"|(?<!\w)(?P<half>(?:sơ kết|báo cáo|tổng kết)[\w\s]{0,40}?0?6 tháng)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """When a task is due: `iso` may be partial; `text` is what was printed."""

    iso: str
    text: str


def _clause_start(text: str, at: int, start: int) -> int:
    low = max(start, at - _LOOK)
    last = low
    for boundary in _CLAUSE.finditer(text, low, at):
        last = boundary.end()
    return last


def _is_due(text: str, date: PrintedDate, start: int, end: int, bare: bool) -> bool:
    before = text[_clause_start(text, date.start, start) : date.start]
    behind = text[date.end : min(end, date.end + 40)]
    if _SPAN_BEFORE.search(text[max(start, date.start - 12) : date.start]) or _SPAN_BEHIND.match(behind):
        return False
    if _NEVER.search(before) or _OPEN.match(behind):
        return False
    if _UNTIL.search(before):
        return bare or len(date.iso) > 4 or bool(_FINISH.search(before))
    return bare or bool(_BEFORE.search(before + text[date.start : date.start + 6]))


def find_deadline(text: str, start: int, end: int, names: list[tuple[int, int]], *, bare: bool = False) -> Due | None:
    """The date by which a passage is due; of several the last one printed.

    Args:
        text: the cleaned text; `start` and `end` are the passage's offsets in it.
        names: passages that are names of documents, whose dates are not deadlines.
        bare: whether the passage is nothing but a time ("Thời gian thực hiện: …"), where any date is due.
    """
    found: Due | None = None
    for date in find_dates(text, start, end):
        if any(a <= date.start < b for a, b in names) or not _is_due(text, date, start, end, bare):
            continue
        low = _clause_start(text, date.start, start)
        found = Due(date.iso, " ".join(text[low : date.end].split())[-_LOOK:])
    return found


def find_recurrence(text: str, start: int, end: int) -> str | None:
    """How often a passage is due, as printed ("định kỳ 6 tháng", "hằng năm"); several are joined by a comma."""
    found: list[str] = []
    for match in _RECURRENCE.finditer(text, start, end):
        if match["periodic"]:
            printed = "định kỳ " + match["unit"] if match["unit"] else "định kỳ"
        elif match["half"]:
            printed = "6 tháng"
        else:
            printed = match["every"] or match["times"]
        printed = " ".join(printed.lower().split()).replace("hàng ", "hằng ")
        if printed not in found:
            found.append(printed)
    if len(found) > 1 and "định kỳ" in found:
        found.remove("định kỳ")
    return ", ".join(found) or None


# "xây dựng, ban hành kế hoạch", "lập kế hoạch", "xây dựng chương trình hành động", "có kế hoạch và lộ trình"
_PLAN = re.compile(
    rf"(?<!\w)(?:{_any(_words('plan_verbs'))})"
    r"(?P<between>(?:[\s,]+(?!kế|chương)[\w-]+){0,9}?)[\s,]+"
    r"(?P<plan>(?:kế hoạch|chương trình hành động|chương trình, kế hoạch))(?!\w)",
    re.IGNORECASE,
)
_NOT_PLAN = re.compile(rf"(?:{_any(_words('not_plans'))})", re.IGNORECASE)


def orders_plan(text: str, start: int, end: int) -> bool:
    """Whether a passage tells its actor to draw up or issue a plan or a programme of action."""
    return any(not _NOT_PLAN.match(text, match.start("plan")) for match in _PLAN.finditer(text, start, end))
