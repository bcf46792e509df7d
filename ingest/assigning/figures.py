"""Figures in a text: number or range, comparator and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.patterns import any_of, cues, pattern, whole
from ingest.values import value

# "2.989,5", "40", "33,59", "12.000", but no "5G"
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_FIGURE = re.compile(
    r"(?=[\d≥≤<>≈~])(?<![\w/.,-])(?P<sign>[≥≤<>≈~]=?\s?)?"
    rf"(?P<low>{_NUMBER})(?P<percent>\s?[%‰])?(?:\s?(?:[-–]|đến|tới)\s?(?P<high>{_NUMBER}))?"
    r"(?:(?P<ratio>/1(?:00?)?(?:\.000)+)|(?![\dA-Z/]))"  # "4/100.000 trẻ sinh ra"
    r"(?P<unit>\s?(?:phần trăm(?!\w)|%(?:\s?/\s?năm|\s(?:GDP|GRDP|dân số|tổng chi NSNN))?|‰))?"
)
# "ít nhất vào năm 2025 đạt 40%", "tối thiểu đạt mức 40%", "trên mức 40%", "ít nhất khoảng 40%"
_LINK = (
    r"(?:\s+vào năm \d{4})?(?:\s+(?:có|đạt|là|từ|bằng|khoảng))?(?:\s+(?:được|tới|ở))?(?:\s+(?:mức|tỷ lệ|tỉ lệ))?:?\s*"
)
_COMPARATORS = (
    (pattern(rf"{whole(cues('targets', 'at_least'))}{_LINK}$|(?:tối thiểu|ít nhất)(?: [^\W\d]+){{1,4}}\s*: $"), ">="),
    (pattern(rf"{whole(cues('targets', 'at_most'))}{_LINK}$|tối đa(?: [^\W\d]+){{1,4}}\s*: $"), "<="),
    (pattern(rf"{whole(cues('targets', 'about'))}{_LINK}$"), "≈"),
)
_COUNTS = {word: n for n, word in enumerate(cues("targets", "counts"), start=1)}
_SIGNS = {"≥": ">=", ">": ">=", "≤": "<=", "<": "<=", "≈": "≈", "~": "≈"}
_BEHIND = (
    (pattern(rf"[\w\s/%]{{0,40}}?(?<!\w){any_of(cues('targets', 'or_more'))}"), ">="),
    (pattern(rf"[\w\s/%]{{0,40}}?(?<!\w){any_of(cues('targets', 'or_less'))}"), "<="),
)
# "mỗi xã chọn một thôn", "Mỗi thôn xây dựng hai mô hình": a count in words
_EACH = re.compile(
    r"(?<!\w)mỗi\s+(?:[^\W\d]+\s+){1,4}?(?:chọn|xây dựng|thành lập|duy trì|ít nhất|tối thiểu)\s+"
    rf"(?P<count>{'|'.join(_COUNTS)})(?=\s+[^\W\d])",
    re.IGNORECASE,
)
# "Tổ chức ít nhất một ngày hội" outside a section of targets
_TOLD_LEAST = re.compile(r"\W*(?:tổ chức|xây dựng|thành lập|duy trì|trồng|có)\s+$", re.IGNORECASE)
# "có ít nhất một trạm y tế", not "ít nhất một trong các …"
_LEAST = re.compile(
    rf"(?<!\w)(?:ít nhất|tối thiểu)\s+(?P<count>{'|'.join(_COUNTS)})(?=\s+[^\W\d])(?!\s+trong)", re.IGNORECASE
)
_BEFORE_COUNTS = ("mỗi", "ít", "tối")  # one of which is in each of them
_UNIT_WORD = re.compile(r"\s?([^\W\d_][\w/]*)")
_UNIT_ENDS = frozenset(cues("targets", "unit_ends"))
_LABELS = re.compile(r"(?:năm|chỉ tiêu)\s+\d+", re.IGNORECASE)  # digits that count nothing
_UNIT_WORDS = 3
"""A unit's words at most: "cơ sở", "tổ chức", "doanh nghiệp", "mẫu nhà ở"."""


@value(frozen=True, slots=True)
class Figure:
    """A printed figure; offsets in characters, `comparator` as in a target, `unit` as printed."""

    start: int
    end: int
    comparator: str
    value: float
    value_max: float | None
    unit: str | None


def number(printed: str) -> float:
    """The value of a Vietnamese number: "2.989,5" → 2989.5, "12.000" → 12000, "99.86" → 99.86."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed):
        printed = printed.replace(".", "")
    return float(printed.replace(",", "."))


def is_share(unit: str | None) -> bool:
    """Whether a unit says that the figure is a share: "%", "% GDP", "‰", "phần trăm"."""
    return (unit or "").startswith(("%", "‰", "phần trăm"))


def _comparator(text: str, match: re.Match[str], unit_end: int) -> str:
    if match["high"]:
        return "range"
    if match["sign"]:
        return _SIGNS[match["sign"].strip()[0]]
    before = text[max(0, match.start() - 40) : match.start()]
    cued = [(told.start(), comparator) for cue, comparator in _COMPARATORS if (told := cue.search(before))]
    found = min(cued, key=lambda cue: cue[0])[1] if cued else "="  # of "không lớn hơn" and "lớn hơn" the whole one
    if found in ("=", "≈"):  # "khoảng 12% trở lên" is at least 12%
        found = next((comparator for cue, comparator in _BEHIND if cue.match(text, unit_end)), found)
    return found


def _unit(text: str, match: re.Match[str]) -> tuple[str | None, int]:
    if match["unit"] or match["percent"]:
        return (match["unit"] or match["percent"]).strip(), match.end()
    words, at = _words(text, match.end())
    return (f"{match['ratio']} {words or ''}".strip() if match["ratio"] else words), at


def _words(text: str, at: int) -> tuple[str | None, int]:
    found: list[str] = []
    while len(found) < _UNIT_WORDS and (word := _UNIT_WORD.match(text, at)) and word[1].lower() not in _UNIT_ENDS:
        found.append(word[1])
        at = word.end()
    return " ".join(found) or None, at


def find_in_words(text: str, start: int, end: int, *, goal: bool) -> Iterator[Figure]:
    """Counts in words: of what each of several is told to have ("mỗi xã chọn một thôn"); where no digits stand also
    "ít nhất một trạm", anywhere in a section of targets (`goal`), elsewhere right behind the verb of a clause."""
    passage = text[start:end]
    low = passage.lower()
    if not any(word in low for word in _BEFORE_COUNTS):
        return
    least = not any(character.isdigit() for character in _LABELS.sub("", passage))
    for match in [*_EACH.finditer(text, start, end), *(_LEAST.finditer(text, start, end) if least else ())]:
        each = match.re is _EACH
        if not each and not goal and not _TOLD_LEAST.fullmatch(text, start, match.start()):
            continue
        at, count = match.start("count"), _COUNTS[match["count"].lower()]
        comparator = "=" if each and match[0].lower().split()[-2] not in ("nhất", "thiểu") else ">="
        yield Figure(at, match.end(), comparator, count, None, _words(text, match.end())[0])


def find_figures(text: str, start: int, end: int) -> Iterator[Figure]:
    """Every figure in `text[start:end]`, whatever it counts."""
    for match in _FIGURE.finditer(text, start, end):
        unit, unit_end = _unit(text, match)
        low = number(match["low"])
        high = number(match["high"]) if match["high"] else None
        yield Figure(match.start(), match.end(), _comparator(text, match, unit_end), low, high, unit)
