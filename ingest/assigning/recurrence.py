"""How often a task is due: "hằng năm", "định kỳ 6 tháng"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.patterns import cues, pattern, whole

# "hằng năm", "hàng quý", "mỗi tháng"
_EVERY = r"(?:(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|qu[ýí]|năm(?: học)?|học k[ỳì])|hằng giờ)"
# "6", "sáu", "06 (sáu)"
_COUNT = r"(?:\d{1,2}|một|hai|ba|bốn|sáu|chín)(?: \([^\W\d]{2,5}(?: [^\W\d]{3,5})?\))?"
_IN_WORDS = re.compile(r"\s*\([^()]*\)")
_UNITS = r"(?:giờ|ngày|tuần|tháng|qu[ýí]|năm)"
# "3 tháng một lần", "01 năm/lần", "một năm hai lần", "02 lần/ngày", "01 lần mỗi quý", "hai lần trong một năm"
_TIMES = (
    rf"{_COUNT} {_UNITS}\s*(?:/\s*(?:một |0?1 )?|một|0?1(?: \(một\))?)\s*lần|(?:một|0?1) năm (?:hai|0?2) lần"
    rf"|{_COUNT} lần\s*(?:/\s*(?:0?1 )?|mỗi |trong (?:(?:một|0?1|mỗi) )?){_UNITS}(?! \d)"
    rf"|mỗi {_UNITS} (?:ít nhất |tối thiểu )?{_COUNT} lần"
)
_SUMS_UP = r"(?:sơ kết|báo cáo|tổng kết)\s+(?:(?!định)\w+\s+){0,6}?"
_UNIT = (
    rf"{_EVERY}|{_COUNT} (?:tháng|năm|tuần|ngày|quý)(?: (?:một|0?1(?: \(một\))?) lần|\s*/\s*(?:0?1 )?lần)?"
    r"|qu[ýí]|tháng|tuần|năm"
)
# "cuối mỗi học kỳ", "cuối năm học", "cuối Học kỳ 1", "theo nhiệm kỳ", "sau mỗi đợt"
_TERM = (
    r"(?<!đến\s)(?<!hết\s)cuối (?:mỗi )?(?:học kỳ|năm học)(?: (?:I{1,2}|[12])(?!\w))?(?! \d{4})"
    r"|theo (?:từng |mỗi )?nhiệm kỳ(?! (?:\d|Quốc|HĐND|Hội đồng))|sau mỗi (?:đợt|học kỳ|vụ)"
)
# ", 6 tháng và năm" behind "định kỳ hằng quý" (perhaps with its day in brackets): the list goes on
_GOES_ON = pattern(
    r"(?: đầu năm)?(?:\s*\([^()]{0,60}\))?(?:,|,? và|;) "
    rf"(?P<more>(?:{_EVERY})|{_COUNT} tháng(?! (?:đầu|cuối|một|/|kể|\d))|quý|(?:cả |0?1 |một )?năm"
    r"(?!\s*/| (?:học|\d|đầu|cuối|một)))(?!\w)(?! (?:tổ chức|có) )"
)
_RECURRENCE = pattern(
    rf"(?<!\w)(?:(?P<times>{_TIMES})|(?P<every>{_EVERY})"
    # "định kỳ", "định kỳ 6 tháng", "Định kỳ hằng quý"
    rf"|(?P<periodic>định k[ỳì])(?:[\s,:(]{{1,3}}(?:theo )?(?P<unit>{_UNIT})(?!\w))?"
    # "sơ kết 6 tháng, 1 năm", "báo cáo 06 tháng", but "sơ kết 06 tháng triển khai Đề án" is one event
    rf"|(?P<half>{_SUMS_UP}(?P<months>0?6 tháng)(?!\s*/| (?:việc|triển khai|thực hiện|đầu|cuối|(?:một|0?1) lần))"
    rf"(?P<year>(?:,| và)\s*(?:một|0?1) năm)?)|(?P<term>{_TERM})"
    # "trước ngày 20 của tháng cuối quý"
    r"|(?P<quarter>tháng cuối (?:của )?(?:mỗi )?quý)(?! ?(?:[IV]|\d)))(?!\w)"
)
# what every recurrence has, by its first letter: "cuối học kỳ", "theo nhiệm kỳ", "sau mỗi",
# "hằng năm", "mỗi quý", "định kỳ", "6 tháng", "năm/lần"
_RECURS = re.compile(
    r"[hHmMđĐ6lLcCtTsS](?:(?<=6)\s+[tT]|(?<!\w.)(?:(?<=[cC])[uU][ốỐ][iI]\s+(?:[mMqQ]|[cC][ủỦ][aA]|[hH][ọỌ]|[nN][ăĂ][mM]\s+[hH])|(?<=[tT])[hH][eE][oO]\s+[nN][hH]"
    r"|(?<=[sS])[aA][uU]\s+[mM][ỗỖ]|(?<=[hH])[ằàẰÀ][nN][gG]\s|(?<=[mM])[ỗỖ][iI]\s|(?<=[đĐ])[ịỊ][nN][hH]\s+[kK]"
    r"|(?<=[lL])[ầẦ][nN]))"
)
_RECURRING_WORDS = ("hằng", "hàng", "mỗi", "định", "lần", "cuối", "theo", "sau", "6")  # one of which is in each of them
# "- Báo cáo năm: gửi trước ngày 15/12": which of several reports a point speaks of
_YEARLY = pattern(r"báo cáo (?P<every>năm)\s*:")
# "gửi báo cáo năm (trước ngày 15/12)", not "so với báo cáo năm trước"
_YEARS_REPORT = pattern(r"(?<!\w)báo cáo (?P<every>năm)(?= ?\((?:trước|chậm nhất|gửi)(?!\w)| (?:trước ngày|gửi)(?!\w))")
_UNFORESEEN = pattern(r"(?:báo cáo )?đột xuất(?!\w)")
# in a passage that is nothing but a time: "6 tháng, hằng năm và định kỳ"
_BARE_MONTHS = pattern(rf"(?<!\w){_COUNT} tháng(?!\w)(?!\s*(?:đầu|cuối|/|\d))")
# "Quý", "6 tháng, năm", "Tháng/quý/năm", but neither "Quý III" nor "Trong năm"
_BARE_UNITS = pattern(
    r"(?:^|(?<=[,;/])|(?<=và)|(?<=cả))\s*(?P<unit>tuần|tháng|qu[ýí]|năm)(?=\s*(?:$|[,;/.(]|và(?!\w)))"
)
# "12 tháng (kể từ khi …)": how long it takes
_LASTS = pattern(r"[\s,(]*(?:kể )?từ(?!\w)")
_MONTHS_OF_YEAR = 12
# "được bố trí trong dự toán chi ngân sách " before "hằng năm"
_BUDGET = pattern(r"được(?: \w+){0,8} (?:dự toán|ngân sách)(?: \w+){0,3} $")
# "ngân hàng năm 2022", "khách hàng tháng 3": the goods' "hàng"
_GOODS = pattern(r"(?<!\w)(?:ngân|khách|cửa|mặt|bán|mua|giao|nhà|đơn|kho|đặt|gian|chở|nhận) $")
# "tiền, hàng quý" before "hiếm"
_RARE = pattern(r" (?:hiếm|giá)(?!\w)")
# "trợ cấp xã hội hằng tháng", "trả lãi hàng tháng", "báo in ra hằng ngày": how often something is paid or printed
_PAID = pattern(rf"{whole(cues('deadlines', 'paid'))}(?: [^\s,;.]+){{0,3}} $|(?<!\w)chi trả(?!\w)[^;.]{{0,90}} $")
# "khám thai định kỳ", "được khám sức khỏe định kỳ": what is so called
_HEALTH = pattern(
    r"(?<!\w)(?:khám thai|(?:được|sổ) khám(?: \w+){1,2}|sinh hoạt (?:đảng|chi bộ|chuyên môn)|báo cáo viên|ấn phẩm) $"
)
# "trước ngày 10/7 " before "hằng năm"
_EACH_DAY = pattern(r"\d $")
# "từ ngân sách hằng năm được giao"
_OF_FUNDS = pattern(r"(?<!\w)(?:từ|dự phòng)(?: nguồn)? ngân sách(?: \w+){0,3} $")
# "theo Nghị quyết hằng năm", "căn cứ khả năng ngân sách hằng năm": of what the task rests on, not of the task
_RESTS_ON = pattern(
    r"(?:nghị quyết |(?:căn cứ|theo|trên cơ sở)(?: \w+){0,8} ngân sách "
    r"|theo(?: các| những)? (?:kế hoạch|chương trình) )$"
)
# "mỗi tháng đạt 20%", "mỗi năm giảm ít nhất 2%": how much in one
_AT_A_RATE = pattern(r" (?:đạt|tăng|giảm)(?: [^\s,;.]+){0,3} \d")
# "trung bình mỗi năm", "bình quân hằng năm": how much in a year
_ON_AVERAGE = pattern(r"(?<!\w)(?:trung bình|bình quân) $")
# "tiêu chí đánh giá, xếp loại … hằng năm" says when people are judged, not when the task is due
_JUDGED = pattern(r"(?:xếp loại|khen thưởng|thi đua|phân loại)[^.;]{0,80}$")

_HEAD = 45
"""Characters at the head of a sentence in which "Hằng năm, …:" speaks of all that follows."""

_WORD = "word of recurrence"
_ALONE = "time alone"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a task is due: `text` as it is printed from `start` to `end`; several are joined by a comma."""

    text: str
    start: int
    end: int
    rule: str


def _of_a_budget(text: str, match: re.Match[str], before: str) -> bool:
    """Whether "hằng năm" names the estimate of each year ("được bố trí trong dự toán hằng năm của các đơn vị")."""
    return bool(_BUDGET.search(before)) and text[match.end() : match.end() + 4].split() == ["của"]


def _belongs_to_noun(text: str, match: re.Match[str], before: str) -> bool:
    """Whether the words are part of what the task speaks of, and do not tell how often it is done."""
    if match["periodic"]:
        return bool(_HEALTH.search(before))
    if not match["every"] or _EACH_DAY.search(before):
        return False
    if match[0][:4].lower() == "hàng" and (_GOODS.search(before) or _RARE.match(text, match.end())):
        return True
    if match[0][:3].lower() == "mỗi" and _AT_A_RATE.match(text, match.end()):
        return True
    words = (_PAID, _JUDGED, _RESTS_ON, _OF_FUNDS, _ON_AVERAGE)
    return any(one.search(before) for one in words) or _of_a_budget(text, match, before)


def _comes_again(text: str, months: re.Match[str], end: int) -> bool:
    """Whether "6 tháng" is how often, not "12 tháng (kể từ …)", how long."""
    count = months[0].split()[0]
    return not (count.isdigit() and int(count) >= _MONTHS_OF_YEAR) and not _LASTS.match(text, months.end(), end)


def _listed_with(text: str, match: re.Match[str], end: int) -> list[str]:
    """What stands in one list with a recurrence: "6 tháng" and "năm" in "định kỳ hằng quý, 6 tháng và năm"."""
    if not (match["every"] or match["unit"]):
        return []
    found = []
    at = match.end()
    while more := _GOES_ON.match(text, at, end):
        words = _modern(more["more"])
        unit = words.split()[-1]
        found.append(f"hằng {unit}" if unit in ("quý", "năm") else words)
        at = more.end()
    return found


def _words(match: re.Match[str]) -> str:
    """What a recurrence says, as it is written down."""
    if match["periodic"]:
        return "định kỳ " + match["unit"] if match["unit"] else "định kỳ"
    if match["quarter"]:
        return "hằng quý"
    return "6 tháng" if match["half"] else match["every"] or match["times"] or match["term"]


def _modern(printed: str) -> str:
    """Words in small letters and in one spelling: "Hàng quí" is "hằng quý"."""
    words = " ".join(_IN_WORDS.sub("", printed).lower().split()).replace("hàng ", "hằng ")
    return words.replace("quí", "quý").replace("kì", "kỳ")


def _may_recur(text: str, start: int, end: int) -> bool:
    low = text[start:end].lower()
    return any(word in low for word in _RECURRING_WORDS) and _RECURS.search(text, start, end) is not None


def find_recurrence(text: str, start: int, end: int, *, bare: bool = False) -> Recurrence | None:
    """How often a passage is due ("định kỳ 6 tháng", "hằng năm").

    Args:
        text: the cleaned text; `start` and `end` are the passage's offsets in it.
        bare: whether the passage is nothing but a time, where "6 tháng" alone is a recurrence too.
    """
    if not bare and (yearly := _YEARLY.match(text, start, end)):
        return Recurrence("hằng năm", yearly.start("every"), yearly.end("every"), _WORD)
    if not bare and not _may_recur(text, start, end):
        return _of_years_report(text, start, end)
    months = [m for m in _BARE_MONTHS.finditer(text, start, end) if _comes_again(text, m, end)] if bare else []
    found = [" ".join(_IN_WORDS.sub("", m[0]).split()) for m in months]
    at = [m.span() for m in months]
    for unit in _BARE_UNITS.finditer(text[start:end]) if bare else ():
        found.append(f"hằng {_modern(unit['unit'])}")
        at.append((start + unit.start("unit"), start + unit.end("unit")))
    for match in _RECURRENCE.finditer(text, start, end):
        before = text[max(start, match.start() - 100) : match.start()]
        if _belongs_to_noun(text, match, before):
            continue
        at.append(match.span())
        printed = _words(match)
        found += [_modern(printed)]
        found += ["hằng năm"] if match["year"] else _listed_with(text, match, end)
    found = list(dict.fromkeys(found))
    if len(found) > 1 and bare:
        found = [p for p in found if not any(p != other and other.endswith(p) for other in found)]
    for printed in [p for p in found if p.startswith("định kỳ ")]:
        found = [p for p in found if p not in ("định kỳ", printed.removeprefix("định kỳ "))]
    if len(found) > 1 and (found[0] == "định kỳ" or not bare):  # "định kỳ trước ngày 01/6 hằng năm"
        found = [printed for printed in found if printed != "định kỳ"]
    if not found:
        return None if bare else _of_years_report(text, start, end)
    rule = _ALONE if bare else _WORD
    return Recurrence(", ".join(found), min(at)[0], max(end for _, end in at), rule)


def _of_years_report(text: str, start: int, end: int) -> Recurrence | None:
    """That of a report on the year, where nothing else says how often."""
    report = _YEARS_REPORT.search(text, start, end) if "báo" in text[start:end].lower() else None
    return Recurrence("hằng năm", report.start("every"), report.end("every"), _WORD) if report else None


def recurrence_of_lead_in(text: str, start: int, end: int) -> Recurrence | None:
    """How often the points after a sentence are due ("Hằng năm, các xã có trách nhiệm:")."""
    found = find_recurrence(text, start, end)
    return found if found and found.start - start <= _HEAD else None


def is_unforeseen(text: str, start: int, end: int) -> bool:
    """Whether a point speaks of what comes up at no set time ("Báo cáo đột xuất: …"), whatever is said above it."""
    return bool(_UNFORESEEN.match(text, start, end))
