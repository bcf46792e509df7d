"""The field of work that a name goes on with: "Y tế", "Nông nghiệp và Môi trường", and what the text adds to it."""

from __future__ import annotations

import re

from ingest.lexicon import lexicon
from ingest.naming.agency_parts import Passage, free_field, known_field
from ingest.naming.agency_words import HeadMatch, lowered
from ingest.patterns import LOWER, UPPER
from ingest.spacing import spaced

# "thuộc Sở |xây dựng kế hoạch": a verb, printed small before what is drawn up
_BUILDS = spaced(
    r" xây dựng(?=,? (?:và |ban hành |trình )*(?:kế hoạch|chương trình|đề án|lộ trình|phương án|dự án|dự thảo|dự toán"
    r"|văn bản|báo cáo|quy chế|quy trình|quy định|tiêu chí|mô hình|hệ thống|cơ sở dữ liệu|danh mục|nội dung|hồ sơ"
    r"|các|những)(?!\w))"
)
_LONG_NAMES = frozenset(["ban", "trung tâm", "trường", "viện", "doanh nghiệp"])
_ENUMERATING = frozenset(["trung tâm", "trường", "viện", "doanh nghiệp", "quỹ"])
# "Báo Thái Bình" ends at the first word in lower case
_SMALL_WORDS = {"báo chí": 0, "vụ": 8, "cục": 8, "chi cục": 8, "tổ": 7, "phòng": 6, "đội": 6}
_WITH_DASHES = frozenset(["cục", "vụ"])
_DASHED = re.compile(rf"\s?[-–]\s?(?=[{UPPER}])")  # "Cục Kinh tế" + " - Quản lý đầu tư xây dựng"
_NUMBERED_KINDS = frozenset(["đội"])
# " số 3", " 12 B" behind "Đội Quản lý thị trường"
_NUMBERED = spaced(r" (?:số )?\d{1,2}(?: [A-Z]|[A-Z])?(?![\w/])")
# "Trường |tiểu học |Đồng Phúc", "Trường |Tiểu học và Trung học cơ sở |Đồng Phúc": a proper name follows
_GENERAL = r"(?:tiểu học|trung học cơ sở|trung học phổ thông|mầm non|mẫu giáo|thcs|thpt|th|mn)"
_OF_GENERAL_EDUCATION = spaced(
    rf" (?P<kind>{_GENERAL}(?:(?:,| và|&| &| -) ?{_GENERAL})*)(?= (?-i:[{UPPER}]\w+ [{UPPER}][{LOWER}]))", re.IGNORECASE
)
NATIONAL = spaced(r" (?:Việt Nam|VN)(?!\w)")
SELF = frozenset(["sở", "bộ", "trường", "cục"])


def field_of(view: Passage, match: HeadMatch) -> tuple[int, str] | None:
    """Where the field of work behind a head ends, and its words: short forms of firms and schools are spelt out."""
    field, spelt = _printed_field(view, match), _SPELT.get(match.head.kind)
    return (field[0], spelt(field[1])) if field and spelt else field


def _printed_field(view: Passage, match: HeadMatch) -> tuple[int, str] | None:
    """The field of work: as the lexicon has it, and for bodies with long names what the text adds to it."""
    kind = match.head.kind
    if school := _school_by_its_name(view, match):
        return school
    known = known_field(view, match.end)
    if known and view.text[known[0] - 1].islower() and _BUILDS.match(view.text, match.end):
        return None  # "các đơn vị thuộc Bộ xây dựng kế hoạch": what they do
    if known and known[1] in lexicon("agencies")["ministry_fields"] and kind != "bộ":
        known = None
    if kind in _NUMBERED_KINDS and (field := known or free_field(view, match.end)):
        number = _NUMBERED.match(view.text, field[0])
        return (number.end(), " ".join([field[1], *number[0].split()])) if number else field
    if known and (national := NATIONAL.match(view.text, known[0])):  # "Cục Muối và Khoáng sản Việt Nam"
        return national.end(), f"{known[1]} Việt Nam"
    if known and kind in _WITH_DASHES and (dashed := _DASHED.match(view.text, known[0])) and not view.at(dashed.end()):
        longer = free_field(view, match.end, 8)
        return longer if longer and longer[0] > known[0] else known
    if known and kind not in _LONG_NAMES:
        return known
    small_words = 14 if kind in _LONG_NAMES else _SMALL_WORDS.get(kind, 4)
    free = free_field(view, match.end, small_words, kind in _ENUMERATING)
    if free and lowered(free[1]) in SELF:  # "các Cục, Vụ Bộ"
        return known
    if known and free and free[0] > known[0]:
        as_printed = lowered(free[1]).startswith(lowered(known[1]).split()[0])  # no abbreviation
        return free[0], free[1] if as_printed else " ".join([known[1], *view.text[known[0] : free[0]].split()])
    return known or free


def _school_by_its_name(view: Passage, match: HeadMatch) -> tuple[int, str] | None:
    """ "Trung học cơ sở Đồng Phúc" of "Trường trung học cơ sở Đồng Phúc |tư vấn …": such names are proper names."""
    kind = _OF_GENERAL_EDUCATION.match(view.text, match.end) if match.head.kind == "trường" else None
    name = free_field(view, kind.end(), 0) if kind else None
    if kind is None or name is None:
        return None
    end = number.end() if (number := _NUMBERED.match(view.text, name[0])) else name[0]
    words = " ".join([kind["kind"], *view.text[kind.end() : end].split()])
    return end, words[0].upper() + words[1:]


def _firm(name: str) -> str:
    """ "trách nhiệm hữu hạn một thành viên Muối Trắng" for "TNHH MTV Muối Trắng"."""
    kinds: dict[str, str] = lexicon("agencies")["firm_kinds"]
    return " ".join(kinds.get(word, word) for word in name.split())


def _school(name: str) -> str:
    """ "Trung học phổ thông Chu Văn An" for "THPT Chu Văn An"."""
    first, _, rest = name.partition(" ")
    kinds: dict[str, str] = lexicon("agencies")["school_kinds"]
    return f"{kinds[lowered(first)]} {rest}".strip() if first.isupper() and lowered(first) in kinds else name


_SPELT = {"doanh nghiệp": _firm, "trường": _school}
