"""Headings that are nothing but the names of agencies, over what these have to do."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.patterns import cues, pattern, whole
from ingest.record import AgencyRef

# what may stand in a heading beside the names: "Đề nghị …", "Trách nhiệm của …", "Giám đốc …"
_HEADING_WORDS = pattern(rf"{whole(cues('task_cues', 'heading_words'))}(?!\w)")
# "Bộ X chủ trì, phối hợp với Bộ Y:" is a sentence, not a heading of agencies
_SENTENCE_WORDS = pattern(r"(?<!\w)(?:chủ trì|phối hợp|báo cáo|thực hiện|chịu trách nhiệm|có trách nhiệm)(?!\w)")
# "Sở A chỉ đạo các hợp tác xã: …" is one too
_MAKES_ACT = pattern(
    r"(?<!\w)(?:chỉ đạo|hướng dẫn|đôn đốc|yêu cầu|đề nghị|kiểm tra|giám sát|vận động|tham mưu|hỗ trợ|giúp)(?!\w)"
)
# "Đối với đơn vị được kiểm tra: …", "Trách nhiệm của …"
_CONCERNS = pattern(r"(?:đối với|trách nhiệm(?: chung)? của)(?!\w)")
_CONCERNED = 25
"""Characters at the head of a heading in which the name stands that it concerns."""

_UNCOVERED = 0.3
"""The part of a heading's letters that may stand outside the agencies' names in a heading of agencies."""

_BEFORE_NAME = 3
"""Letters that OCR may leave before the first name of a heading."""


def letters(passage: str) -> int:
    return sum(c.isalpha() for c in passage)


def makes_act(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> bool:
    """Whether the first name of a passage makes others act ("Sở A chỉ đạo các hợp tác xã: …")."""
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    return len(inside) > 1 and _MAKES_ACT.search(text, inside[0].end, inside[-1].start) is not None


def names_only(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> bool:
    """Whether a passage is nothing but agencies, as a heading over their tasks is."""
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    if not inside:
        return False
    at, outside = start, 0
    for mention in inside:
        if mention.start > at:
            if at > start and _MAKES_ACT.search(text, at, mention.start):
                return False
            between = letters(_HEADING_WORDS.sub(" ", text[at : mention.start]))
            if at == start and between > _BEFORE_NAME:
                return False  # "Bằng khen của Thủ tướng", "NHIỆM / VỤ": the words before the name are the heading's
            outside += between
        at = max(at, mention.end)
    outside += letters(_HEADING_WORDS.sub(" ", text[at:end]))
    if _CONCERNS.match(text, start, end) and inside[0].start - start < _CONCERNED and text[end - 1] != ":":
        return True  # "Trách nhiệm của các đơn vị hoạt động trong lĩnh vực …"
    if _SENTENCE_WORDS.search(text, start, end):
        return False
    return outside <= _UNCOVERED * max(letters(text[start:end]), 1)


def is_name(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> bool:
    """Whether a passage is one name and nothing more, as an item of a list of bodies is ("- Công đoàn Trường A;")."""
    return any(m.start == start and not text[m.end : end].strip(" .;,:\n\t/") for m in mentions if m.end <= end)


def concerns(text: str, start: int, name: int) -> bool:
    """Whether a name follows "Đối với" at once: "Đối với đơn gửi Sở A: …" speaks of a case."""
    case = _CONCERNS.match(text, start, name)
    return bool(case) and letters(_HEADING_WORDS.sub(" ", text[start:name])) <= _BEFORE_NAME
