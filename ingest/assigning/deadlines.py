"""By when, and how often, a task is due, and whether it orders a plan."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.dates import PrintedDate, find_dates
from ingest.patterns import any_of, cues, pattern, whole

Span = tuple[int, int]

_BEFORE = pattern(rf"{whole(cues('deadlines', 'before'))}(?!\w)")
# "giai đoạn 2021", "từ tháng 11/2013": right before the date
_NEVER = pattern(rf"(?:{whole(cues('deadlines', 'never'))}|(?<!\w)từ nay (?:cho )?đến(?: hết)?)\s*$")
# "năm 2023 và các năm tiếp theo", "năm 2030, tầm nhìn": right behind the date
_OPEN = pattern(rf"[\s,;]*(?:{any_of(cues('deadlines', 'open'))})(?!\w)")
# "đến năm 2030" alone is an aim; "hoàn thành đến năm 2030" and "đến năm 2030, hoàn thành" have an end
_UNTIL = pattern(r"(?<!\w)(?:đến|tới)\s*$")
_FINISH = pattern(r"(?<!\w)(?:hoàn thành|phấn đấu|chậm nhất|xong|kết thúc|chấm dứt)(?!\w)")
# "2016-", "2021 -" before a date, "-2025" behind one: a span of years
_SPAN_BEFORE = pattern(r"\d\s?[-–]\s?(?:năm\s?)?$")
_SPAN_BEHIND = pattern(r"\s?[-–]\s?\d")
# "từ năm 2009 đến năm 2015", "từ 2016 đến hết 2020": a span of years, too
_FROM_YEAR = pattern(r"(?<!\w)từ (?:năm )?\d{4} (?:cho )?đến (?:hết )?(?:năm )?$")
# "Từ năm 2009 đến hết năm 2015": a span of years
_FROM_YEAR = pattern(r"(?<!\w)từ (?:năm )?\d{4} (?:đến|tới)(?: hết)?(?: năm)?\s*$")
_YEAR = 4
# "Quyết định số 12/QĐ-UBND ngày …": the date of a document
_SYMBOL = pattern(r"\d[/-][\w/.-]*[A-ZĐ][\w/.-]*,?\s*$")
# a year alone is due only where it is told so: "trong năm 2025", "hoàn thành năm 2025", "năm 2023 và năm 2024"
_YEAR_DUE = pattern(rf"{whole(cues('deadlines', 'before_year'))}\s*:?\s*$|(?:trong|vào) năm \d{{4}}(?:,| và)\s*$")
# a cell or a label that says nothing but "2025", "2025, 2026"
_BARE_YEAR = re.compile(r"(?<![\w/.,-])(?<!năm\s)(?<!Năm\s)(?<!NĂM\s)(?:19|20)\d\d(?![\w/.]*\d)")
_DIGIT = re.compile(r"\d")
_CLAUSE_START = pattern(r"[.;:]\s")
_LOOK = 90
"""Characters before a date in which its cue stands."""

# "hằng năm", "hàng quý", "mỗi tháng"
_EVERY = r"(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm(?: học)?|học kỳ)"
_COUNT = r"(?:\d{1,2}|một|hai|ba|sáu|chín)"
# "3 tháng một lần", "01 năm/lần", "một năm hai lần"
_TIMES = rf"{_COUNT} (?:tháng|năm|tuần|quý)\s*(?:/|một|1|01)\s*lần|(?:một|0?1) năm (?:hai|0?2) lần"
_SUMS_UP = r"(?:sơ kết|báo cáo|tổng kết)\s+(?:(?!định)\w+\s+){0,6}?"
_UNIT = rf"{_EVERY}|{_COUNT} tháng(?: một lần|\s*/\s*lần)?|quý|tháng|năm"
_RECURRENCE = pattern(
    rf"(?<!\w)(?:(?P<every>{_EVERY})|(?P<times>{_TIMES})"
    # "định kỳ", "định kỳ 6 tháng", "Định kỳ hằng quý"
    rf"|(?P<periodic>định kỳ)(?:[\s,:(]{{1,3}}(?:theo )?(?P<unit>{_UNIT})(?!\w))?"
    # "sơ kết 6 tháng, 1 năm", "báo cáo 06 tháng"
    rf"|(?P<half>{_SUMS_UP}(?P<months>0?6 tháng)(?P<year>(?:,| và)\s*(?:một|0?1) năm)?))(?!\w)"
)
# what every recurrence has, by its first letter: "hằng năm", "mỗi quý", "định kỳ", "6 tháng", "năm/lần"
_RECURS = re.compile(
    r"[hHmMđĐ6lL](?:(?<=[hH])[ằàẰÀ][nN][gG]\s|(?<=[mM])[ỗỖ][iI]\s|(?<=[đĐ])[ịỊ][nN][hH]\s+[kK]|(?<=6)\s+[tT]"
    r"|(?<=[lL])[ầẦ][nN])"
)
# in a passage that is nothing but a time: "6 tháng, hằng năm và định kỳ"
_BARE_MONTHS = pattern(rf"(?<!\w){_COUNT} tháng(?!\w)(?!\s*(?:đầu|cuối|/|\d))")
# "trong dự toán chi ngân sách " before "hằng năm"
_BUDGET = pattern(r"(?:dự toán|ngân sách)(?: \w+){0,3} $")
# "theo Nghị quyết hằng năm", "căn cứ khả năng ngân sách hằng năm": of what the task rests on, not of the task
_RESTS_ON = pattern(r"(?:nghị quyết |(?:căn cứ|theo|trên cơ sở)(?: \w+){0,8} ngân sách )$")
# "tiêu chí đánh giá, xếp loại … hằng năm" says when people are judged, not when the task is due
_JUDGED = pattern(r"(?:xếp loại|khen thưởng|thi đua|phân loại)[^.;]{0,80}$")


@dataclass(frozen=True, slots=True)
class Due:
    """When a task is due: `iso` may be partial; `text` is what was printed, the date of it at `start:end`."""

    iso: str
    text: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a task is due: `text` as it is printed from `start` to `end`; several are joined by a comma."""

    text: str
    start: int
    end: int
    rule: str


_CUED = "date with a cue"
_ALONE = "time alone"


def _clause_start(text: str, at: int, start: int, look: int = _LOOK) -> int:
    low = max(start, at - look)
    last = low
    for boundary in _CLAUSE_START.finditer(text, low, at):
        last = boundary.end()
    return last


def _is_due(text: str, date: PrintedDate, start: int, end: int, *, bare: bool) -> bool:
    before = text[_clause_start(text, date.start, start) : date.start]
    behind = text[date.end : min(end, date.end + 40)]
    if _SPAN_BEHIND.match(behind):
        return False
    # a span of years has no end, "20-25/9/2022" has
    if len(date.iso) == 4 and _SPAN_BEFORE.search(text[max(start, date.start - 12) : date.start]):
        return False
    if len(date.iso) == 4 and _FROM_YEAR.search(text[max(start, date.start - 40) : date.start]):
        return False
    if _NEVER.search(before) or _OPEN.match(behind):
        return False
    if _SYMBOL.search(before):
        return False
    if len(date.iso) == _YEAR and _FROM_YEAR.search(before):
        return False
    if bare:
        return True
    if len(date.iso) == 4:
        told = text[max(start, date.start - _LOOK) : date.start]
        return bool(
            _YEAR_DUE.search(told) or (_UNTIL.search(before) and (_FINISH.search(before) or _FINISH.search(behind)))
        )
    if _UNTIL.search(before):
        return len(date.iso) > 4 or bool(_FINISH.search(before) or _FINISH.search(behind))
    # a day that the clause begins with is the item's own ("Khai giảng: Ngày 05/9/2024", "… (05/9/2024)")
    alone = not before.strip() and (date.start > start or behind.startswith(":"))
    bracketed = before.rstrip().endswith("(") and behind.lstrip().startswith(")")
    return alone or bracketed or bool(_BEFORE.search(before + text[date.start : date.start + 6]))


def _inside(at: int, spans: Sequence[Span]) -> bool:
    """Whether an offset lies in one of the spans, which are sorted."""
    index = bisect_right(spans, (at, at + 1_000_000_000)) - 1
    return any(spans[i][0] <= at < spans[i][1] for i in range(index, max(index - 3, -1), -1))


def _printed(text: str, start: int, end: int, *, bare: bool) -> list[PrintedDate]:
    """The dates of a passage in the order of the text; with its years that stand alone where it is only a time."""
    found = list(find_dates(text, start, end))
    if bare:
        years = [PrintedDate(m.start(), m.end(), m[0]) for m in _BARE_YEAR.finditer(text, start, end)]
        found += [y for y in years if not any(date.start <= y.start < date.end for date in found)]
    return sorted(found, key=lambda date: date.start)


def find_deadline(text: str, start: int, end: int, names: Sequence[Span], *, bare: bool = False) -> Due | None:
    """The date by which a passage is due; of several the last one printed.

    Args:
        text: the cleaned text; `start` and `end` are the passage's offsets in it.
        names: passages that are names of documents, sorted, whose dates are no deadlines.
        bare: whether the passage is nothing but a time ("Thời gian thực hiện: …"), where any date is due.
    """
    found: Due | None = None
    if not _DIGIT.search(text, start, end):
        return None
    for date in _printed(text, start, end, bare=bare):
        if _inside(date.start, names) or not _is_due(text, date, start, end, bare=bare):
            continue
        low = _clause_start(text, date.start, start)
        printed = " ".join(text[low : date.end].split())[-_LOOK:]
        found = Due(date.iso, printed, date.start, date.end, _ALONE if bare else _CUED)
    return found


def _of_a_budget(text: str, match: re.Match[str], before: str) -> bool:
    """Whether "hằng năm" names the estimate of each year ("trong dự toán ngân sách hằng năm của các đơn vị")."""
    return bool(_BUDGET.search(before)) and text[match.end() : match.end() + 4].split() == ["của"]


def find_recurrence(text: str, start: int, end: int, *, bare: bool = False) -> Recurrence | None:
    """How often a passage is due ("định kỳ 6 tháng", "hằng năm").

    Args:
        text: the cleaned text; `start` and `end` are the passage's offsets in it.
        bare: whether the passage is nothing but a time, where "6 tháng" alone is a recurrence too.
    """
    if not bare and not _RECURS.search(text, start, end):
        return None
    months = list(_BARE_MONTHS.finditer(text, start, end)) if bare else []
    found = [" ".join(m[0].split()) for m in months]
    at = [m.span() for m in months]
    for match in _RECURRENCE.finditer(text, start, end):
        before = text[max(start, match.start() - 100) : match.start()]
        if match["every"] and (_JUDGED.search(before) or _RESTS_ON.search(before) or _of_a_budget(text, match, before)):
            continue
        at.append(match.span())
        if match["periodic"]:
            printed = "định kỳ " + match["unit"] if match["unit"] else "định kỳ"
        else:
            printed = "6 tháng" if match["half"] else match["every"] or match["times"]
        found += [" ".join(printed.lower().split()).replace("hàng ", "hằng ")]
        found += ["hằng năm"] if match["year"] else []
    found = list(dict.fromkeys(found))
    if len(found) > 1 and bare:
        found = [p for p in found if not any(p != other and other.endswith(p) for other in found)]
    for printed in [p for p in found if p.startswith("định kỳ ")]:
        found = [p for p in found if p not in ("định kỳ", printed.removeprefix("định kỳ "))]
    if len(found) > 1 and found[0] == "định kỳ":  # "định kỳ trước ngày 01/6 hằng năm"
        del found[0]
    if not found:
        return None
    rule = _ALONE if bare else "word of recurrence"
    return Recurrence(", ".join(found), min(at)[0], max(end for _, end in at), rule)


# "xây dựng, ban hành kế hoạch", "ban hành các văn bản; kế hoạch", "lập kế hoạch",
# "xây dựng chương trình hành động", "có kế hoạch và lộ trình"
_PLAN = pattern(
    rf"(?<!\w)(?<!sở\s)(?<!bộ\s)(?:(?:{any_of(cues('deadlines', 'plan_verbs'))})"
    r"(?:[\s,]+(?!kế |chương |theo )[\w-]+){0,9}?[\s,;]+"
    r"|(?<!để\s)có )"
    r"(?P<plan>(?:kế hoạch|chương trình hành động|chương trình, kế hoạch))(?!\w)(?! này)"
)
_NOT_PLAN = pattern(rf"(?:{any_of(cues('deadlines', 'not_plans'))})")
# words that make the plan somebody else's, or an event: "chỉ đạo các cơ sở … xây dựng", "giám sát việc ban hành"
_OTHERS = pattern(rf"{whole(cues('deadlines', 'others_plans'))}[^,;.]*$")
_MAKES_OTHERS = pattern(
    rf"{whole(cues('deadlines', 'makes_others'))} (?:các|cơ quan|đơn vị|địa phương|cấp)(?!\w)"
    r"[^;.]{0,400}$"
)
_MAKES_REACH = 450
"""Characters before a plan in which its clause says who is made to draw it up."""

_OWN = pattern(r"(?:hoàn thành(?: việc)?|(?:có|chịu) trách nhiệm)\s*$")
# "Căn cứ Kế hoạch này, đề nghị các phòng … xây dựng kế hoạch": the document asks, nobody in between
_ASKS_ITSELF = pattern(r"\W*(?:(?:căn cứ|trên cơ sở|để|thực hiện)[^.;:]{0,200}, ?)?(?:đề nghị|yêu cầu) ")


def find_plan_order(text: str, start: int, end: int) -> Span | None:
    """The words with which a passage tells its actor to draw up or issue a plan or a programme of action."""
    for match in _PLAN.finditer(text, start, end):
        before = text[_clause_start(text, match.start(), start, _MAKES_REACH) : match.start()]
        if _NOT_PLAN.match(text, match.start("plan")):
            continue
        others = _OTHERS.search(before) or (_MAKES_OTHERS.search(before) and not _ASKS_ITSELF.match(before))
        if _OWN.search(before) or not others:
            return match.span()
    return None
