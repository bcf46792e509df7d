"""Dates in every printed form, as ISO dates that may be partial: "2023-06-14", "2023-06", "2023"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest.values import value


@value(frozen=True, slots=True)
class PrintedDate:
    """A date in a text: `iso` has as many parts as were printed ("2023-10" for a month, a quarter its last month).

    `start` and `end` are offsets in characters; a "ngày", "tháng", "quý" or "năm" before the figures is inside.
    """

    start: int
    end: int
    iso: str


# months in words: "tháng Ba năm 2024", "tháng mười hai năm 2024"
_MONTHS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_IN_WORDS = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FORMS = (
    # "ngày 13 tháng 10 năm 2021", "ngày tháng 10 năm 2023", "Ngày … tháng … năm 2024", "ngày 05 tháng 9/2024"
    # and what a scan makes of it: "ngày 13 thẳng 10 nắm 2021"
    r"ngày\s{0,3}(?P<wd>\d{1,2}|[.…_]{0,12})\s{0,3},?\s{0,3}th[áắẳ]ng\s{0,3}"
    r"(?P<wm>\d{1,2}|(?:IN_WORDS)(?=\s)|[.…_]{0,12})\s{0,3},?\s{0,3}(?:n[ăắ]m\s{0,3}|[/\-]\s?)(?P<wy>\d{4})",
    # "13 tháng 10 năm 2021", "13 tháng 10/2021", without its "ngày"; of "tuần 2 tháng 10/2021" the month
    r"(?<![\d/.,])(?<!tuần\s)(?<!đợt\s)(?<!lần\s)(?<!kỳ\s)(?P<bd>\d{1,2})\s{1,3}tháng\s{0,3}(?P<bm>\d{1,2}|(?:IN_WORDS)(?=\s))"
    r"(?:\s{0,3},?\s{0,3}năm\s{0,3}|/)(?P<by>\d{4})",
    # "ngày 30/4 năm 2024"
    r"ngày\s{0,3}(?P<od>\d{1,2})/(?P<om>\d{1,2}),?\s{1,3}năm\s{0,3}(?P<oy>\d{4})",
    # "ngày 26/10/2023", "26-10-2023", "04. 5. 2023"; of "20-25/9/2023" the last
    r"(?:ngày\s{0,3})?(?<![\d/.,])(?<![^\W\d]-)(?P<nd>\d{1,2})\s?(?P<sep>[/.\-–])\s?(?P<nm>\d{1,2})\s?(?P=sep)\s?(?P<ny>\d{4})",
    # "tháng 10 năm 2023", "tháng 10/2023", "tháng 10-2023", "T10/2023"; of "tháng 9, 10, 11 năm 2023" the last
    r"(?:tháng\s{0,3}(?:\d{1,2}\s{0,3}(?:,|-|–|và|đến)\s{0,3}){0,4}|(?<!\w)T\.?)(?P<mm>\d{1,2}|(?<=tháng\s)(?:IN_WORDS)(?=\s))"
    r"\s{0,3}(?:,?\s{0,3}(?:của\s)?năm\s{0,3}|[/\-–.]\s?)(?P<my>\d{4})",
    # "quý III/2025", "Quý 4 năm 2024", "Quí IV-2025", "Q.IV/2025"; of "quý II, III và IV/2025" the last
    r"(?:qu[ýíyi]|(?<!\w)Q\.?(?=\s?[IV]))\s{0,3}"
    r"(?:(?:IV|I{1,3}|[1-4])\s{0,3}(?:,|-|–|và|đến)\s{0,3}(?:qu[ýí]\s)?){0,3}(?P<q>IV|I{1,3}|[1-4])\s{0,3}"
    r"(?:,?\s{0,3}(?:của\s)?năm\s{0,3}|[/\-–.]\s?)(?P<qy>\d{4})",
    # "10/2023", but neither "61/2021/NQ-HĐND" nor "2021/2025"
    r"(?<![\d/.,])(?<!\w-)(?P<sm>0?[1-9]|1[0-2])/(?P<sy>(?:19|20)\d\d)(?!\s?[/\-–]\s?[\w])",
    # "hai năm 2023 và 2024", "các năm 2023, 2024": the last
    r"(?:hai|ba|các|0?[23])\s{1,3}năm\s{0,3}(?:(?:19|20)\d\d\s{0,3}(?:,|-|–|và)\s{0,3}(?:năm\s{0,3})?){1,3}(?P<ly>(?:19|20)\d\d)",
    # "năm 2023"
    r"năm\s{0,3}(?P<y>(?:19|20)\d\d)",
)
_GAP = r"(?:\s{0,3}|\n? {3,40})"  # where a page has a margin, a line may begin with more blanks than three
_EITHER = "|".join(_FORMS).replace("IN_WORDS", _IN_WORDS).replace(r"\s{0,3}", _GAP)
# how any of them begins, so that elsewhere they are not tried one by one
_BEGINS = r"(?=\d|[nN][gGăĂ]|[tT][hH.\d]|[qQ]|[hHbB][aA]|[cC][áÁ])"
_DATE = re.compile(rf"{_BEGINS}(?:{_EITHER})(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")  # every form ends in one …
_LONGEST = 110  # … and has fewer characters than this before it
_QUARTER_ENDS = {"I": 3, "II": 6, "III": 9, "IV": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_GROUPS = (
    ("wd", "wm", "wy"), ("bd", "bm", "by"), ("od", "om", "oy"), ("nd", "nm", "ny"), (None, "mm", "my"),
    (None, "sm", "sy"),
)  # fmt: skip


def iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """The ISO date of printed figures, partial where one is missing: ("2023", "6", None) → "2023-06".

    None where there is no such day.
    """
    month = str(_MONTHS.get(" ".join(month.lower().split()), month)) if month else None
    if not month or not month.isdigit():
        return year
    if not day or not day.isdigit():
        return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _iso_of(match: re.Match[str]) -> str | None:
    if match["y"] or match["ly"]:
        return match["y"] or match["ly"]
    if match["q"]:
        return iso(match["qy"], str(_QUARTER_ENDS[match["q"].upper()]))
    for day, month, year in _GROUPS:
        if match[year]:
            return iso(match[year], match[month], match[day] if day else None)
    return None


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """Every date that `text[start:end]` prints with at least its year, in the order of the text."""
    end = len(text) if end is None else end
    at = start
    while year := _YEAR.search(text, at, end):
        match = _DATE.search(text, max(at, year.start() - _LONGEST), end)
        if not match:
            return
        found = _iso_of(match)
        if found:
            yield PrintedDate(match.start(), match.end(), found)
        at = match.end()


def date_at(text: str, start: int, end: int | None = None) -> PrintedDate | None:
    """The date that begins exactly at `start`, if one does."""
    match = _DATE.match(text, start, len(text) if end is None else end)
    found = _iso_of(match) if match else None
    return PrintedDate(match.start(), match.end(), found) if match and found else None
