"""Periods with which names of plans end: "giai đoạn 2021 - 2025, tầm nhìn đến năm 2045"."""

from __future__ import annotations

import re

from ingest.spacing import spaced

_YEARS = r"(?:19|20)\d\d(?:\s{0,2}(?:[-–]|và)\s{0,2}(?:19|20)\d\d)?"
# "giai đoạn 2021-2025", "thời kỳ 2021 - 2030", "đến năm 2030", "tầm nhìn đến năm 2045", "từ nay đến năm 2020",
# "2021-2030" alone
_PERIOD = (
    r"(?:(?:(?:trong )?giai đoạn|thời kỳ|(?:từ nay )?đến(?: năm)?|tầm nhìn(?: đến)?(?: năm)?"
    rf"|định hướng(?: đến)?(?: năm)?|nhiệm kỳ|trung hạn|năm) {_YEARS}|nhiệm kỳ Quốc hội khóa [XVI]+"
    r"|(?<!học.)(?:19|20)\d\d\s{0,2}[-–]\s{0,2}(?:19|20)\d\d(?![\w/-]))"
)
# … and what may follow them: "và những năm tiếp theo", ", tầm nhìn đến năm 2045"
_PERIODS = spaced(rf"{_PERIOD}(?:,? (?:và )?{_PERIOD})*(?: và (?:những|các) năm tiếp theo)?", re.IGNORECASE)
# "5 năm (2021 - 2025)", "giai đoạn (2021-2025)": the period in brackets, which end a name elsewhere
_IN_BRACKETS = spaced(rf"(?:\d{{1,2}} năm|giai đoạn|trung hạn|nhiệm kỳ),? \({_YEARS}\)", re.IGNORECASE)
_BEFORE_BRACKET = 16
# of a name whose end is known only what belongs to it: no " năm 2025", which is when something is done
_KNOWN_PERIOD = spaced(
    rf",? (?:(?:trong )?giai đoạn|đến(?: năm)?) {_YEARS}(?:,? giai đoạn (?:I|1)\s?:? từ năm \d{{4}} đến năm \d{{4}})?",
    re.IGNORECASE,
)
# … or ", giai đoạn I: từ năm 2021 đến năm 2025"
_STAGE = spaced(r",? giai đoạn (?:I|1)\s?:? từ năm (?:19|20)\d\d đến năm (?:19|20)\d\d", re.IGNORECASE)
_NO_PERIOD = spaced(r"(?<!\w)(?:trong|tháng \d{1,2}) $")  # "trong năm 2025", "ngày 3 tháng 4 năm 2025"
_LEAST = 4
"""Characters of a name, at least, before its period."""


def period_end(text: str, start: int, reach: int) -> int:
    """Where a name that begins at `start` ends behind its period; -1 where it has none before `reach`."""
    period = _PERIODS.search(text, start, reach)
    if period is None or period.start() <= start + _LEAST or _NO_PERIOD.search(text, start, period.start()):
        return -1
    stage = _STAGE.match(text, period.end())
    return (stage or period).end()


def bracketed_period_end(text: str, start: int, bracket: int, limit: int) -> int:
    """Where a name ends behind its period in the brackets that open at `bracket`; -1 where these hold none."""
    found = _IN_BRACKETS.search(text, max(start, bracket - _BEFORE_BRACKET), limit)
    return found.end() if found and found.start() < bracket < found.end() else -1


def known_period_end(text: str, end: int) -> int:
    """Where a name that is known up to `end` ends with the period that belongs to it."""
    period = _KNOWN_PERIOD.match(text, end)
    return period.end() if period else end
