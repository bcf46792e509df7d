"""Whom an article or a section of a document names: what "Như Điều 4" and "tại mục IV" refer to."""

from __future__ import annotations

import re

from ingest.agencies import Scope, find_agencies
from ingest.record import AgencyRef
from ingest.text import CleanText

_NEXT_ARTICLE = re.compile(r"^\s{0,6}[ĐD]i[ềeêé]u\s+\d+\s*[.:]", re.MULTILINE)  # "Điều 5. "
_NEXT_SECTION = re.compile(r"^\s{0,6}(?P<number>[IVXL]{1,5})\s*[.)-]\s", re.MULTILINE)  # "V. KINH PHÍ"
_HEADING = re.compile(
    r"^[ \t]{0,6}(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)/]\s*(?P<words>[^\n]{3,300})", re.MULTILINE
)  # "2. Sở Y tế:"
_CHARGE = re.compile(r"có trách nhiệm|chịu trách nhiệm|căn cứ quyết định|thi hành")
_LONGEST_HEADING = 160


def agencies_of_article(clean: CleanText, number: int, before: int, scope: Scope) -> list[AgencyRef]:
    """The agencies that an article charges; an earlier text of the same number (an attached plan's) does not count."""
    head = re.compile(rf"^\s{{0,6}}[ĐD]i[ềeêé]u\s+{number}\s*[.:]", re.MULTILINE)
    starts = [m.end() for m in head.finditer(clean.text, 0, before)]
    if not starts:
        return []
    start = starts[-1]
    following = _NEXT_ARTICLE.search(clean.text, start, before)
    end = following.start() if following else before
    charges = [m.start() for m in _CHARGE.finditer(clean.text, start, end)]
    return _once(find_agencies(clean, start, charges[-1] if charges else end, scope))


def agencies_of_section(clean: CleanText, number: str, before: int, scope: Scope) -> list[AgencyRef]:
    """The agencies in the headings of a section: "IV. TỔ CHỨC THỰC HIỆN" with "1. Sở Y tế", "2. Công an tỉnh"."""
    sections = [m for m in _NEXT_SECTION.finditer(clean.text, 0, before) if m["number"] == number.upper()]
    if not sections:
        return []
    start = sections[-1].end()
    following = _NEXT_SECTION.search(clean.text, start, before)
    end = following.start() if following else before
    found: list[AgencyRef] = []
    for heading in _HEADING.finditer(clean.text, start, end):
        words = heading["words"].split(":", 1)[0]
        if len(words) <= _LONGEST_HEADING:
            found += find_agencies(clean, heading.start("words"), heading.start("words") + len(words), scope)
    return _once(found)


def _once(found: list[AgencyRef]) -> list[AgencyRef]:
    return list({a.name: a for a in reversed(found)}.values())[::-1]
