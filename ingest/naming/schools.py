"""A school's own parts, which bear its name: its societies, a university's departments and the units under it."""

from __future__ import annotations

import re

from ingest.lexicon import lexicon
from ingest.naming.agency_parts import Mention
from ingest.naming.agency_words import lowered

_SCHOOLS = ("trường ", "đại học ", "học viện ")
_UNIVERSITIES = ("đại học ", "học viện ", "trường đại học ", "trường cao đẳng ")
_OFFICES = frozenset(["ban", "phòng", "trung tâm", "viện", "tổ", "văn phòng", "hội đồng"])
# "các ban chức năng", "các đơn vị thành viên", "các cơ sở đào tạo", "các trường thành viên", "các phòng, khoa"
_CLASSES = re.compile(
    r"(?:các )?(?:(?:cơ sở đào tạo|đơn vị|phòng|ban|khoa|viện|trung tâm|bộ phận|bộ môn)(?!\w)"
    r"|trường (?:đại học )?(?:thành viên|trực thuộc)(?!\w))"
)
_OF_THE_NATION = (" việt nam", " quốc gia", " trung ương")


def is_school(issuer_head: str | None) -> bool:
    """Whether a school issues a document: "Trường Tiểu học A", "Đại học B"."""
    return lowered(issuer_head or "").startswith(_SCHOOLS)


def is_of_school(mention: Mention, issuer_head: str | None) -> bool:
    """Whether a name without an owner is a part of the school that speaks.

    Societies are so in every school ("Công đoàn"), departments and classes of units in one of higher education
    ("Ban Đào tạo", "các đơn vị"), to which others ("các đơn vị" of the province) are seldom told anything.
    """
    if mention.head.kind == "đoàn thể":
        return is_school(issuer_head)
    if not lowered(issuer_head or "").startswith(_UNIVERSITIES):
        return False
    words = lowered(mention.words)
    if mention.head.kind == "nhóm":
        return _CLASSES.match(words) is not None
    if mention.words in lexicon("agencies")["over_schools"] or words.endswith(_OF_THE_NATION):
        return False
    return mention.head.kind in _OFFICES and mention.head.continues in ("field", "body")  # "Ban Pháp chế" is a body
