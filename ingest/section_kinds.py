"""What a section is about (aims, means, work), and points that only say who does the work beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.lexicon import lexicon
from ingest.patterns import bare, pattern

PASSIVE, ACTIVE, NEUTRAL, CLOSED = "passive", "active", "neutral", "closed"

_KINDS = lexicon("section_kinds")
_KIND_OF = {bare(cue): kind for kind in (PASSIVE, ACTIVE, NEUTRAL, CLOSED) for cue in _KINDS[kind]}
_LABEL_OF = {label: part for part, labels in _KINDS["labels"].items() for label in labels}


def _pattern(choices: dict[str, str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(re.escape(c) for c in sorted(choices, key=len, reverse=True)) + r")(?!\w)")


_KIND = _pattern(_KIND_OF)
_LABEL = _pattern(_LABEL_OF)
_ROLE_LABELS = _KINDS["role_labels"]
_ROLE_PARTS = ("chủ trì", "phối hợp", "thực hiện")
_BODIES = tuple(_ROLE_LABELS["bodies"])
_NAMES = tuple(_ROLE_LABELS["names"])
ROLE_WORDS = frozenset(word for key, words in _ROLE_LABELS.items() if key != "names" for word in words)
"""The words of labels that give agencies a part ("đơn vị", "chủ trì", "phối hợp")."""

_ROLE_WORDS = _pattern(dict.fromkeys(ROLE_WORDS, ""))
_LABEL_LENGTH = 60
"""Characters: what stands before a colon farther off is no label."""

_TIME_LENGTH = 120
"""Characters: a longer heading is no time."""


@dataclass(frozen=True, slots=True)
class Label:
    """A point's label: its part ("chủ trì", "phối hợp", "thời gian", "nội dung", "ngoài") and where its text begins."""

    part: str
    body: int
    named: bool = False
    """Whether it says of what it is ("Thời gian trình khen thưởng: …")."""


def kind_of(heading: str) -> str | None:
    """The kind of section that a heading opens, None where its words do not tell."""
    words = " ".join(bare(heading).split()).strip(' *_.:-–"“')
    found = _KIND.match(words) or _KIND.match(words.removeprefix("ve "))  # "Về nhiệm vụ trọng tâm"
    if found:
        return _KIND_OF[found[0]]
    # "NỘI DUNG, NHIỆM VỤ …", "MỘT SỐ NHIỆM VỤ TRỌNG TÂM": the word may stand within a short heading in capitals
    if heading.isupper() and (inner := re.search(r"\b(?:nhiem vu|giai phap|to chuc thuc hien|phan cong)\b", words)):
        return ACTIVE if inner else None
    return None


# "NGÀY 1: THỨ HAI, NGÀY 24/8/2022", "Tháng 9 năm 2022", "Sáng ngày 03/3/2022"
_TIME = pattern(
    r"[\W\d]*(?:(?:đợt|bước|giai đoạn|lần)(?: thứ)? \w+\s*[:(–-]\s*)?"
    r"(?:(?:từ|trong|vào|đến|trước|chậm nhất|là|hết|đầu|giữa|cuối|dự kiến|khoảng) )*"
    r"(?:ngày|thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|tuần(?: \w+)?|tháng|qu[ýí]"
    r"|buổi|sáng|chiều|tối)(?: \d|[,:]? | ?[(]| [IV])"
    # "Trước 15/11/2022", "Từ 01/8 đến 15/8/2022"
    r"|\W*(?:(?:từ|trong|vào|đến|trước|chậm nhất|là|hết) )+\d{1,2}[/.]\d"
)


def is_time(text: str, start: int, end: int) -> bool:
    """Whether a heading or a cell is a time: what stands under it is due then."""
    return end - start <= _TIME_LENGTH and bool(_TIME.match(text, start, end))


def role_of(words: str) -> str | None:
    """The part that a label of agencies (in small letters) gives them, None where other words stand in it."""
    if words.startswith(_NAMES):
        return None
    part = next((part for part in _ROLE_PARTS if any(w in words for w in _ROLE_LABELS[part])), None)
    if part == "thực hiện":
        if words != part and not words.startswith(_BODIES):
            return None  # "Xây dựng, trình …" is work
        part = "chủ trì"
    return None if part is None or _ROLE_WORDS.sub("", words).strip(" ,/&-–()") else part


# "Thời gian thực hiện |từ tháng 6/2022.", "Thời hạn |sau khi Đề án được duyệt": a time needs no colon
_TIMED = pattern(
    r"[-–*\s]*(?:thời gian|thời hạn|tiến độ)(?: (?:thực hiện|hoàn thành|triển khai|tổ chức))?\s+"
    r"(?=(?:từ|sau khi|năm|quý|tháng|hằng|hàng)(?!\w)[^:;]*$)"
)

# "Trách nhiệm: |Sở A chủ trì|; các xã phối hợp", but not "Trách nhiệm: Phối hợp với các xã"
_SHARED_OUT = pattern(r"\s*(?!(?:chủ trì|phối hợp)(?!\w))(?-i:[A-ZĐ])[^:;.]{3,120}? (?:chủ trì|phối hợp)(?!\w)")


# "Phối hợp với các Sở|: Y tế, Tài chính rà soát …", "Chủ trì, phối hợp với các đơn vị|: …": the colon is a list's
_SHARED_HEAD = re.compile(
    r"phối hợp (?:(?:với|cùng) )?(?:các )?(?:sở|bộ|phòng|ban)\Z|chủ trì\W.*phối hợp (?:(?:với|cùng) )?các [\w, ]+\Z"
)


@lru_cache(maxsize=1 << 8)  # a point is asked for its label, and so are those above and beside it
def read_label(text: str, start: int, end: int) -> Label | None:
    """The label that a point begins with ("Thời gian thực hiện: …"), or that it consists of."""
    if timed := _TIMED.match(text, start, min(end, start + _TIME_LENGTH)) if end - start <= _TIME_LENGTH else None:
        return Label("thời gian", timed.end())
    colon = text.find(":", start, min(end, start + _LABEL_LENGTH))
    stop = colon if colon >= 0 else end
    if stop - start > _LABEL_LENGTH:
        return None
    words = " ".join(text[start:stop].lower().split()).strip(" *_.-–(")
    if colon < 0 and not words.startswith(_BODIES) and all(p in words for p in _ROLE_PARTS[:2]):
        return None  # "Chủ trì, phối hợp" over its points is no label
    if colon >= 0 and _SHARED_HEAD.search(words):
        return None
    if part := role_of(words):
        return Label(part, colon + 1 if colon >= 0 else end)
    found = _LABEL.match(words)
    if not found:
        return None
    if found[0] in _KINDS["inline_labels"] and not (colon >= 0 and text[colon + 1 : end].strip()):
        return None
    if found[0] in _KINDS["shared_labels"] and not (colon >= 0 and _SHARED_OUT.match(text, colon + 1, end)):
        return None
    # "Thời gian công bố quyết định: …" goes on up to its colon; others are fixed
    goes_on = colon >= 0 and (_LABEL_OF[found[0]] == "thời gian" or found[0] in _KINDS["open_labels"])
    if found.end() != len(words) and not goes_on:
        return None
    named = bool(words[found.end() :].strip()) and not words[found.end() :].startswith((",", " và", " dự kiến"))
    return Label(_LABEL_OF[found[0]], colon + 1 if colon >= 0 else end, named)
