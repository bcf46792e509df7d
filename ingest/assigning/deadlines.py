"""By when a task is due."""

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
_NEVER = pattern(rf"(?:{whole(cues('deadlines', 'never'))}|(?<!\w)từ nay (?:cho )?đến(?: hết| cuối)?)\s*$")
# "tuần đầu của ", "tuần thứ hai của " before "tháng 9/2022"
_PART_OF = pattern(r"(?<!\w)(?:tuần|ngày)(?: [^\s,;.]+){0,2} của $")
# "năm 2023 và các năm tiếp theo", "năm 2030, tầm nhìn": right behind the date
_OPEN = pattern(rf"[\s,;]*(?:{any_of(cues('deadlines', 'open'))})(?!\w)")
# "đến năm 2030" alone is an aim; "hoàn thành đến năm 2030" and "đến năm 2030, hoàn thành" have an end
# also "đến 17 giờ 00, " before a day
_UNTIL = pattern(r"(?<!\w)(?:đến|tới)(?: \d{1,2} ?(?:giờ|h)(?: ?\d{2}(?: phút)?)?,?)?\s*$")
# "phấn đấu đến năm 2030 đạt 30% …", "… đến năm 2030, 100% bến đò …": by when a figure is reached
_REACHES = pattern(
    r" (?:đạt|có|tăng|giảm|nâng|chiếm)(?!\w)[^.;,]{0,40}\d|,? (?:ít nhất|tối thiểu|trên|khoảng)? ?\d[\d.,]* ?%"
)
_FINISH = pattern(r"(?<!\w)(?:hoàn thành|phấn đấu|chậm nhất|xong|kết thúc|chấm dứt)(?!\w)")
# "2016-", "2021 -" before a date, "-2025" behind one: a span of years
_SPAN_BEFORE = pattern(r"\d\s?[-–]\s?(?:năm\s?)?$")
_SPAN_BEHIND = pattern(r"\s?[-–]\s?\d")
# "Từ năm 2009 đến hết năm 2015": a span of years
_FROM_YEAR = pattern(r"(?<!\w)từ (?:năm )?\d{4} (?:đến|tới)(?: hết)?(?: năm)?\s*$")
# "quý II - IV/2014", "tháng 3 đến 5/2024": the date itself is a span, whose end is due though "từ" stands before it;
# "22-10-2018" and "tháng 11-2025" are none
_FROM = pattern(r"(?<!\w)từ\s*$")
_SPAN = pattern(r"(?<![\d-])\d{1,2} ?[-–] ?\d{1,2}(?![\d–-]| [–-])|[IV]+ ?[-–] ?[IV]+|(?<!\w)đến(?!\w)")
# "từ ngày 15/3/2024 - ", "từ ngày 04 - " before the day with which that time ends
_FROM_DAY = pattern(r"(?<!\w)từ (?:ngày )?\d{1,2}(?:[/.-]\d{1,2}){0,2}(?:[/.-]\d{4})? ?[-–] ?(?:ngày )?$")
# "10 tháng đầu năm 2022", "nửa đầu năm 2022", "6 tháng cuối năm 2022": a part of a year, by its last month
_PART = pattern(
    r"(?:(?<!\d)(?:(?P<months>0?[1-9]|1[01]) tháng|(?P<half>nửa|sáu tháng)|(?P<nine>chín tháng)) đầu"
    r"|(?P<last>(?<!\d)0?[369] tháng|nửa|(?:ba|sáu) tháng) cuối|(?<!\d)0?(?P<bare>9) tháng) $"
)
_PART_REACH = 18
_PART_OF_YEAR = pattern(r"(?:\S+ tháng|nửa) (?:đầu|cuối)(?!\w)")
_PART_DUE = pattern(r"(?:trong|xong|hoàn thành|chậm nhất|hết|vào|thời hạn|tiến độ)(?: trong| là|:)? $")
# "phấn đấu đến năm 2030 diện tích rừng của huyện đạt 700 ha", but "phấn đấu đến năm 2030 hoàn thành …"
_STRIVES = pattern(r"(?<!\w)phấn đấu(?!\w)(?![^;.]*(?:hoàn thành|xong))[^;.]*$")
_REACHES_LATER = pattern(
    r"(?!,|[^;.]{0,60}(?:hoàn thành|xong)(?!\w))[^;.]{0,120}?(?<!\w)(?:đạt|có|còn|chiếm|lên)(?!\w)[^;.,]{0,30}\d"
)
# "đạt mức phát thải bằng 0 vào ", "đạt 30% vào " before "năm 2050"
_REACHED_BY = pattern(
    r"(?<!\w)(?:đạt|còn|lên|xuống|bằng)(?!\w)[^;.,]{0,40}\d[\d.,]*(?: ?%)?(?: [^\W\d]+){0,4} (?:vào|trong|đến) $"
)
# "Ngày 05/9/2025, tổ chức …" is due, "Ngày 05/9/2025, Bộ A đã ban hành …" tells what was
_WAS = pattern(r"(?<!\w)(?:đã|vừa|theo đó|quy định|ban hành|có hiệu lực)(?!\w)")
_SENTENCE = 200
_YEAR = 4
_DAY = 10
_MONTHS_OF_YEAR = 12
_DUE_BY = pattern(rf"{whole(cues('deadlines', 'due_by'))} $")
# "Quyết định số 12/QĐ-UBND ngày …": the date of a document
_SYMBOL = pattern(r"\d[/-][\w/.-]*(?-i:[A-ZĐ])[\w/.-]*,?\s*$")
# a year alone is due only where it is told so: "trong năm 2025", "hoàn thành năm 2025", "năm 2023 và năm 2024"
_YEAR_DUE = pattern(
    rf"{whole(cues('deadlines', 'before_year'))}\s*:?\s*$|(?:trong|vào) năm \d{{4}}(?:,| và)\s*$"
    # "trong cuối năm 2025 và đầu " before "năm 2026"
    r"|(?<!\w)(?:trong|vào|từ)(?: [^\s,;.]+){0,4} năm \d{4}(?:,| và) (?:(?:những|các) tháng )?(?:đầu|giữa|cuối) $"
)
# "sơ kết (" before "năm 2028)": a review and the year it is due
_REVIEW = pattern(r"(?<!\w)(?:sơ kết|tổng kết|giữa kỳ|cuối kỳ|nghiệm thu|hoàn thành|kết thúc)(?!\w)[^;.()]{0,60}\($")
# "Năm 2026, cơ bản hoàn thành …": a year that the clause begins with
_FINISHES = pattern(r"[,:] (?:[^\s.;,:]+ ){0,3}(?:hoàn thành|xong|kết thúc|chấm dứt)(?!\w)")
# "các mục tiêu đề ra trong ", "các luật mới ban hành trong " before "năm 2026": what the words before are
_SAID_OF = pattern(
    rf"(?:{whole(cues('deadlines', 'said_of'))}|nhiệm vụ(?: [^\s.;,]+){{0,3}} giao hoàn thành)"
    r" (?:trong|vào|từ|trước)(?: hết)? $"
)
# "Quyết định có hiệu lực kể từ ngày ký đến hết " before "ngày 31/12/2026", "giá cũ được áp dụng từ tháng 2 đến "
_IN_FORCE = pattern(r"(?<!\w)(?:có hiệu lực|(?:hiệu lực|áp dụng|hỗ trợ|tính) (?:kể )?từ)(?!\w)[^;.,]*$")
# "giấy phép số 12, thời hạn đến ", "phương tiện hết hạn sử dụng vào " before the day: how long a paper is good
_GOOD_UNTIL = pattern(
    rf"{whole(cues('deadlines', 'papers'))}(?!\w)[^;]{{0,150}}(?<!\w)(?:thời hạn|có giá trị|hạn)(?: [^\s,;.()]+){{0,4}}"
    r" (?:đến|là)(?: hết)? $|(?<!\w)(?:hết hạn|hạn) sử dụng(?: [^\s,;.]+){0,8} (?:là|vào|đến)(?: hết)? $"
)
_PAPER_REACH = 250
# "nghị định sửa đổi đã được ban hành " before "ngày 12/02/2026"
_ISSUED_ON = pattern(r"(?<!\w)(?:đã|được) (?:ban hành|ký|cấp|phê duyệt|thông qua|công bố) $")
# "trình Quốc hội tại kỳ họp thứ 7 (" before "tháng 5/2014": when they meet
_MEETING = pattern(r"(?<!\w)(?:kỳ họp|phiên họp)(?: [^\s,;.()]+){0,5} \($")
# "số liệu tính đến " before "ngày 30/11/2022": up to when it is counted
_COUNTED_TO = pattern(
    r"(?<!\w)(?:tính|lũy kế|cộng dồn|số liệu|thống kê|chốt|cập nhật)(?: [^\s,;.()]+){0,2} đến(?: hết)? $"
)
# "chào mừng Ngày hội sông nước 12/6/2022", "kỷ niệm 20 năm ngày lập xã (" before its day: what is celebrated; but
# "tổ chức lễ kỷ niệm vào ngày 12/6/2022" is due
_OCCASION = pattern(rf"{whole(cues('deadlines', 'occasions'))}(?!\w)[^;.]*$")
_ON = pattern(r"(?:(?<!\w)(?:vào|trong|trước|từ|đến|hết|xong|là|ngày|sáng|chiều|tối|thời gian)|:) $")
# "(năm 2025, Sở A đã mở hai lớp … trong năm 2025)": what was
_TOLD_ASIDE = pattern(r"\([^()]{0,300}(?<!\w)đã(?!\w)[^()]{0,300}$")
_ASIDE = 400
# a cell or a label that says nothing but "2025", "2025, 2026"
_BARE_YEAR = re.compile(r"(?<![\w/.,-])(?<!năm\s)(?<!Năm\s)(?<!NĂM\s)(?:19|20)\d\d(?![\w/.]*\d)")
# "2025 - 2030", "năm 2026-2027" in such a cell: the end of the span; "giai đoạn 2025-2030" is none
_BARE_SPAN = re.compile(
    r"(?<![\w/.,-])(?:năm\s+)?(?:19|20)\d\d\s?[-–]\s?(?:năm\s+)?(?P<end>(?:19|20)\d\d)(?![\w/.]*\d)", re.IGNORECASE
)
# "… quy hoạch của xã (2026 - 2028).": the time of the work in brackets at its end
_TIME_AT_END = pattern(
    r"(?P<time>\((?:xuyên suốt |từ |trong |dự kiến |thực hiện |năm )*(?:19|20)\d\d\s?[-–]\s?(?:năm )?(?:19|20)\d\d\s?"
    r"\))[\s.;/]*$"
)
_TIME_REACH = 60
# … but not of the plan, the term or the stage that it names: "Kế hoạch 5 năm (2021 - 2025)"
_NAMED_SPAN = pattern(
    r"(?<!\w)(?:giai đoạn|nhiệm kỳ|kế hoạch|chương trình|đề án|chiến lược|quy hoạch|nghị quyết|khóa|khoá|thời kỳ"
    r"|\d+ năm)(?: [^\s,;.()]+){0,4} $"
)
_DIGIT = re.compile(r"\d")
# "Đối với các việc trong năm 2025, …", "Căn cứ kết quả thực hiện trong năm 2025, …": of what the sentence speaks
_TOPIC = pattern(r"\W*(?:đối với|trường hợp|căn cứ|trên cơ sở|từ kết quả|qua kết quả|theo kết quả)(?!\w)[^,]*$")
# "Trên đây là báo cáo công tác tháng 5 và nhiệm vụ " before "tháng 6/2026": what was read
_CLOSES = pattern(r"\W*trên đây(?!\w)(?![^;.]*(?:đề nghị|yêu cầu|trước|chậm nhất)(?!\w))[^;.]*$")
_CLAUSE_START = pattern(r"[.;:]\s")
_LOOK = 90
"""Characters before a date in which its cue stands."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a task is due: `iso` may be partial; `text` is what was printed, the date of it at `start:end`."""

    iso: str
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
    if _SPAN_BEHIND.match(behind) or (len(date.iso) == _YEAR and _is_of_target(text, date, end, before, behind)):
        return False
    # a span of years has no end, "20-25/9/2022" has
    if len(date.iso) == _YEAR and _SPAN_BEFORE.search(text[max(start, date.start - 12) : date.start]):
        return False
    if len(date.iso) == _YEAR and _FROM_YEAR.search(text[max(start, date.start - 40) : date.start]):
        return False
    spans = len(date.iso) > _YEAR and bool(_SPAN.search(text, date.start, date.end))
    if _OPEN.match(behind):
        return False
    if _NEVER.search(before) and not (spans and _FROM.search(before)) and not _PART_OF.search(before):
        return False
    if _SYMBOL.search(before) or (not bare and _is_of_something(text, date, start, before)):
        return False
    if len(date.iso) == _YEAR and _FROM_YEAR.search(before):
        return False
    if bare:
        return True
    if len(date.iso) == _YEAR:
        return _is_year_due(text, date, start, before, behind)
    if _UNTIL.search(before):
        return len(date.iso) > 4 or bool(_FINISH.search(before) or _FINISH.search(behind))
    # a day that the clause begins with is the item's own ("Khai giảng: Ngày 05/9/2024", "… (05/9/2024)")
    tells = behind.startswith(",") and _WAS.search(text, date.end, min(end, date.end + _SENTENCE))
    alone = not before.strip() and (date.start > start or behind.startswith(":") or (behind[:1] == "," and not tells))
    if len(date.iso) == _DAY and _FROM_DAY.search(before) and not _WAS.search(before):
        return True
    bracketed = before.rstrip().endswith("(") and behind.lstrip().startswith(")")
    return alone or bracketed or bool(_BEFORE.search(before + text[date.start : date.start + 6]))


def _is_year_due(text: str, date: PrintedDate, start: int, before: str, behind: str) -> bool:
    """Whether a year alone is when something is due: only where it is told so."""
    if _YEAR_DUE.search(text[max(start, date.start - _LOOK) : date.start]):
        return True
    if _UNTIL.search(before) and (_FINISH.search(before) or _FINISH.search(behind)):
        return True
    if behind.startswith(")") and _REVIEW.search(before):
        return True
    if behind.startswith(":") and not text[start : date.start].strip(" -–+•*"):  # "Năm 2026: Sửa chữa kè …"
        return True
    return not before.strip() and bool(_FINISHES.match(behind))


def _is_of_target(text: str, date: PrintedDate, end: int, before: str, behind: str) -> bool:
    """Whether a year is when a figure is reached, not when the task is due."""
    if _REACHES.match(behind) or _REACHED_BY.search(before):
        return True
    return bool(_STRIVES.search(before) and _REACHES_LATER.match(text, date.end, end))


def _is_of_something(text: str, date: PrintedDate, start: int, before: str) -> bool:
    """Whether a date says of what is spoken, not by when it is due."""
    if _TOPIC.match(before) or _CLOSES.match(before):
        return True
    if any(one.search(before) for one in (_SAID_OF, _MEETING, _IN_FORCE, _COUNTED_TO, _ISSUED_ON)):
        return True
    if _GOOD_UNTIL.search(text, max(start, date.start - _PAPER_REACH), date.start):
        return True
    if _OCCASION.search(before) and not _ON.search(before):
        return True
    aside = text.rfind("(", max(start, date.start - _ASIDE), date.start)
    return aside >= 0 and bool(_TOLD_ASIDE.match(text, aside, date.start))


def _inside(at: int, spans: Sequence[Span]) -> bool:
    """Whether an offset lies in one of the spans, which are sorted."""
    index = bisect_right(spans, (at, at + 1_000_000_000)) - 1
    return any(spans[i][0] <= at < spans[i][1] for i in range(index, max(index - 3, -1), -1))


def _to_its_month(text: str, date: PrintedDate, start: int, *, bare: bool) -> PrintedDate:
    """ "6 tháng đầu năm 2022" as the month that it ends with, where it is a time that something is due by."""
    low = max(start, date.start - _PART_REACH)
    part = _PART.search(text, low, date.start) if len(date.iso) == _YEAR else None
    if part is None or not (bare or _PART_DUE.search(text, max(start, part.start() - _LOOK), part.start())):
        return date
    month = int(part["months"] or (12 if part["last"] else 9 if part["nine"] or part["bare"] else 6))
    return PrintedDate(part.start(), date.end, f"{date.iso}-{month:02}")


def _printed(text: str, start: int, end: int, *, bare: bool) -> list[PrintedDate]:
    """The dates of a passage in the order of the text; with its years that stand alone where it is only a time."""
    found = [_to_its_month(text, date, start, bare=bare) for date in find_dates(text, start, end)]
    if bare:
        years = [PrintedDate(m.start(), m.end(), m[0]) for m in _BARE_YEAR.finditer(text, start, end)]
        spans = [PrintedDate(m.start(), m.end(), m["end"]) for m in _BARE_SPAN.finditer(text, start, end)]
        found = [d for d in found if not any(span.start <= d.start < span.end for span in spans)]
        found = [*spans, *found]
        found += [y for y in years if not any(date.start <= y.start < date.end for date in found)]
    return sorted(found, key=lambda date: date.start)


# "gửi Sở A trước ngày 20/9/2024| để tổng hợp, báo cáo UBND tỉnh trước |25/9/2024": what others do with it by then
_FOR_ANOTHER = pattern(r"[^.;:]{0,60}?(?<!\w)để (?:kịp )?(?:tổng hợp|báo cáo|trình)(?!\w)[^.;:]{0,120}")


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
        if found and len(date.iso) == _YEAR and found.iso.startswith(f"{date.iso}-"):
            continue  # "Trong quý I năm 2026 rà soát …, hoàn thành các mục tiêu trong năm 2026": the nearer time
        if found and _FOR_ANOTHER.fullmatch(text, found.end, date.start):
            continue
        low = _clause_start(text, date.start, start)
        found = Due(date.iso, _last_words(text[low : date.end]), date.start, date.end, _ALONE if bare else _CUED)
    return found or (None if bare else _span_at_end(text, start, end, names))


def _span_at_end(text: str, start: int, end: int, names: Sequence[Span]) -> Due | None:
    """The span of years in the brackets that a passage ends in, as the time of the work."""
    span = _TIME_AT_END.search(text, max(start, end - _TIME_REACH), end)
    if span is None or _inside(span.start(), names):
        return None
    if _NAMED_SPAN.search(text, max(start, span.start() - _LOOK), span.start()):
        return None
    return find_deadline(text, span.start("time"), span.end("time"), names, bare=True)


def _last_words(clause: str) -> str:
    """The end of a clause as people read it, in whole words."""
    printed = " ".join(clause.split())
    return printed if len(printed) <= _LOOK else printed[-_LOOK - 1 :].partition(" ")[2]


# "Để hoàn thành mục tiêu trong năm 2025, …" tells what for, not when
_AIM = pattern(r"\W*(?:để|nhằm|với mục tiêu|với mong muốn|phấn đấu)(?!\w)")
_HEAD = 45
"""Characters at the head of a sentence in which "Hằng năm, …:" speaks of all that follows."""


def due_of_lead_in(text: str, start: int, end: int, names: Sequence[Span]) -> Due | None:
    """By when the points after a sentence are due ("Trước ngày 15/6/2022, các xã thực hiện:")."""
    due = None if _AIM.match(text, start, end) else find_deadline(text, start, end, names)
    if due is None or _AIM.match(text, _clause_start(text, due.start, start)):
        return None
    # "…, các xã thực hiện các nhiệm vụ trong năm 2025 sau đây:" says of which year the work is
    head = max(start, text.rfind(";", start, due.start) + 1)  # "…; trước mắt trong năm 2025 phải …" begins anew
    of_work = due.start - head > _HEAD and bool(len(due.iso) == _YEAR or _PART_OF_YEAR.match(text, due.start))
    return None if of_work and not _FINISH.search(text, max(start, due.start - _LOOK), due.start) else due


def before_issue(text: str, issued: str | None, *, told_later: bool = False) -> list[Span]:
    """The dates of a text that lie before the day (or the month, the year) that it was issued: nothing is due then.

    Args:
        told_later: whether the text tells what was ordered before it was issued, as a notice of conclusions does: then
            "trước ngày …" may be due between the two.
    """
    if not issued:
        return []
    early = [d for d in find_dates(text) if d.iso[: len(issued)] < issued[: len(d.iso)]]
    return [(d.start, d.end) for d in early if not (told_later and _is_recent(text, d, issued))]


def _is_recent(text: str, date: PrintedDate, issued: str) -> bool:
    """Whether something was due by a day of the month in which a text was issued, or of the month before."""
    if not (_DUE_BY.search(text, max(0, date.start - _LOOK), date.start) and len(date.iso) == len(issued) == _DAY):
        return False
    months = [int(iso[:4]) * _MONTHS_OF_YEAR + int(iso[5:7]) for iso in (date.iso, issued)]
    return months[1] - months[0] <= 1
