"""Headings that are nothing but the names of agencies, over what these have to do."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.assigning.name_lists import has_predicate
from ingest.outlining.outline import Block
from ingest.patterns import any_of, cues, pattern, whole
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

_EVERY = pattern(r"(?:(?:đối với|đề nghị|giao|trách nhiệm của) )?các(?!\w)")
# "Nội dung |Phòng A| có trách nhiệm chủ trì", "Công việc do |Phòng B| thực hiện" over what that agency does
_WORK_OF = pattern(
    r"(?:các |những )?(?:nội dung|nhiệm vụ|công việc|phần việc|việc|hoạt động|trách nhiệm)(?: công việc| cụ thể)?"
    r"(?: (?:do|của|giao(?: cho)?|phân công(?: cho)?|thuộc trách nhiệm(?: của)?))? "
)
_IS_DONE = pattern(
    r" (?:(?:có|chịu) (?:trách nhiệm|nhiệm vụ)|chủ trì|tham mưu|thực hiện|phối hợp|đảm nhiệm|triển khai)"
    r"(?:(?:,| và)? (?:chủ trì|tham mưu|thực hiện|phối hợp|tổ chức|triển khai))*\W*$"
)
# "Thư viện:", "Nhà văn hóa, câu lạc bộ:"
_INSTITUTION = pattern(
    rf"(?:{any_of(cues('task_cues', 'institutions'))})(?:(?:,| và) (?:{any_of(cues('task_cues', 'institutions'))}))*\W*"
)
# over what is to be done, and over who does it
_CONTENT = pattern(r"(?<!\w)(?:giải pháp|nội dung|hoạt động)(?!\w)")
_DUTIES = pattern(r"(?<!\w)(?:trách nhiệm|phân công|tổ chức thực hiện|tổ chức triển khai|nhiệm vụ của)(?!\w)")
# "Phòng A |(cơ quan chủ trì)|", "Phòng B |(cơ quan thường trực Ban Chỉ đạo)|": what they are beside
_ASIDE = pattern(
    r"\s*\((?:là )?(?:các )?(?:cơ quan|đơn vị|bộ phận)? ?"
    r"(?:chủ trì|thường trực|đầu mối|tham mưu|giúp việc|phụ trách|theo dõi)(?!\w)[^()]*\)\W*$"
)
_ASIDE_REACH = 150
"""Characters at the end of a heading in which such a remark stands."""

# "Sở A; phối hợp: các xã", "Sở A chủ trì": no plain list
_PARTED = pattern(r"[:;.(](?= |\w)|(?<!\w)(?:chủ trì|phối hợp|giao)(?!\w)")

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
    aside = _ASIDE.search(text, max(start, end - _ASIDE_REACH), end)
    end = aside.start() if aside else end
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


def lists_more(text: str, start: int, end: int, named: Sequence[AgencyRef]) -> bool:
    """Whether a label's list holds more than the known names and says of none what it does."""
    acts = any(has_predicate(text, name.end, end) for name in named)
    return not acts and not _PARTED.search(text, start, end - 1) and not names_only(text, start, end, named)


def concerns(text: str, start: int, name: int) -> bool:
    """Whether a name follows "Đối với" at once: "Đối với đơn gửi Sở A: …" speaks of a case."""
    case = _CONCERNS.match(text, start, name)
    return bool(case) and letters(_HEADING_WORDS.sub(" ", text[start:name])) <= _BEFORE_NAME


def members_in_brackets(text: str, block: Block, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
    """The names that stand alone in the brackets behind a class: "Các cơ quan đăng ký (Sở A, Ban B):"."""
    bracket = text.find("(", block.body, block.end)
    close = text.find(")", bracket, block.end) if bracket >= 0 else -1
    every = _EVERY.match(text, block.body, block.end)
    if close < 0 or every is None or text[close + 1 : block.end].strip(" .:;"):
        return []
    inside = [m for m in mentions if bracket < m.start and m.end <= close]
    return inside if len(inside) > 1 and names_only(text, bracket + 1, close, inside) else []


def doers(text: str, block: Block, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
    """Who does the work that a heading is about: "Nội dung Phòng A có trách nhiệm chủ trì"."""
    work = _WORK_OF.match(text, block.body, block.end)
    done = _IS_DONE.search(text, work.end(), block.end) if work else None
    if work is None or done is None:
        return []
    inside = [m for m in mentions if work.end() <= m.start and m.end <= done.start()]
    return inside if names_only(text, work.end(), done.start(), inside) else []


def is_institution(text: str, blocks: Sequence[Block], block: Block) -> bool:
    """Whether a heading is an institution without a name ("a) Thư viện:"), among what to do and not who does it."""
    if not _INSTITUTION.fullmatch(text, block.body, block.end):
        return False
    above, headings = block.parent, ""
    while above is not None:
        headings += text[blocks[above].body : blocks[above].end] + "\n"
        above = blocks[above].parent
    return _CONTENT.search(headings) is not None and _DUTIES.search(headings) is None
