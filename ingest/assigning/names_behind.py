"""Names behind the work, that say whose it is: "Tưới cây: Sở A, Sở B", "Dựng rào (Sở A, tháng 5)", "Vẽ cổng - Sở A"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.assigning.heading_names import letters, names_only
from ingest.assigning.role import LEADS, Role
from ingest.patterns import pattern
from ingest.record import AgencyRef

_RULE = "named behind"
_CONFIDENCE = 0.75
_REACH = 250
"""Characters at the end of a passage in which the names stand, at most."""

_WORK = 2
"""Blanks of the work before the names, at least."""

_MARKS = (":", " - ", " – ", " — ")
_DASHES = str.maketrans("–—", "--")
_BRACKET = re.compile(r"\((?P<inside>[^()]+)\)[\s.;/]*$")
# "chủ trì", "thường xuyên", "hoàn thành trong quý II", "từ tháng 3 đến tháng 5"
_TIMES = pattern(
    r"(?<!\w)(?:chủ trì|thực hiện|hoàn thành|xong|thường xuyên|định kỳ|hằng|hàng|trong|trước|từ|đến|quý|tháng|năm|ngày"
    r"|tuần|cuối|đầu|giữa|và|các|thời gian|thời hạn|[IVX]+)(?!\w)"
)
# "Thành phần gồm: Sở A", "phối hợp với: Sở B", "các cơ quan sau: …", "gửi: …": they are in it, or take part
_NOT_WHOSE = pattern(
    r"(?:gồm|gồm có|như|sau|sau đây|là|với|cùng|phối hợp|gửi|về|của|từ|tại|cho|dự|mời|thành phần|đối tượng|nơi nhận"
    r"|danh sách|địa điểm|khối|cụm|nhóm|số|đơn vị|cơ quan|tổ chức|tham gia|thành viên|thường trực)\s*$"
    r"|(?<!\w)(?:các|những)(?: \w+){1,5}\s*$|(?:thành phần|đối tượng|địa điểm|thành viên)(?!\w)"
)


def names_behind(text: str, start: int, end: int, mentions: Sequence[AgencyRef], *, told: bool) -> list[Role]:
    """Whose work a passage is by the names that it ends in; none where it does not end in names alone.

    Args:
        told: whether the heading says whose it is; then only a name behind a dash says something else.
    """
    if not mentions or (told and " - " not in text[start:end].translate(_DASHES)):
        return []
    low = max(start, end - _REACH)
    bracket = _BRACKET.search(text, low, end)
    if bracket and not told:
        named = _in_bracket(text, *bracket.span("inside"), mentions)
    else:
        named = _behind_mark(text, low, end, mentions, _MARKS[told:])
    work = text[start : named[0].start] if named else ""
    return [Role(m, LEADS, _RULE, _CONFIDENCE) for m in named] if work.strip().count(" ") >= _WORK else []


def _in_bracket(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
    """The names of a bracket that says nothing but them and a time; not what the name before it is ("Kho A (Sở B)")."""
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    before = [m for m in mentions if m.end < start]
    if not inside or text[start : inside[0].start].strip() or (before and not letters(text[before[-1].end : start])):
        return []
    outside = "".join(text[a.end : b.start] for a, b in pairwise(inside)) + text[inside[-1].end : end]
    return inside if not letters(_TIMES.sub(" ", outside)) else []


def _behind_mark(
    text: str, start: int, end: int, mentions: Sequence[AgencyRef], marks: Sequence[str]
) -> list[AgencyRef]:
    """The names behind the last of some marks."""
    mark = max(text.rfind(mark, start, end) for mark in marks)
    if mark < 0:
        return []
    at = mark + (3 if text[mark] == " " else 1)
    inside = [m for m in mentions if m.start >= at]
    if not inside or text[at : inside[0].start].strip():
        return []
    # "các sở: Tài chính", "Phòng Lao động - Thương binh": the mark is the name's own
    if any(m.start < mark < m.end for m in mentions) or any(m.end == mark for m in mentions):
        return []
    named = not _NOT_WHOSE.search(text, start, mark) and names_only(text, at, end, inside)
    return inside if named else []
