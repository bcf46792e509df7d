"""What a name without an owner is of the body whose document it stands in: its department, its team, or itself."""

from __future__ import annotations

import re

from ingest.lexicon import lexicon
from ingest.naming.agency_names import DEPARTMENTS
from ingest.naming.agency_parts import Mention
from ingest.naming.agency_words import lowered
from ingest.naming.schools import is_of_school

OF_MINISTRIES = frozenset(["cục", "vụ"])  # also where a ministry's office writes
_NO_DIVISIONS = ("Ban Quản lý", "Ban Chỉ")
# "các chi bộ, đảng bộ cơ sở" of the committee that writes to them
_CELLS = re.compile(r"(?:các )?(?:chi bộ|chi, đảng bộ|đảng bộ (?:cơ sở|trực thuộc)|đảng ủy (?:cơ sở|trực thuộc))(?!\w)")
# "các Cục Thuế": offices in the provinces, no departments of whom writes to them
_OFFICES_BELOW = re.compile(r"các cục (?:thuế|hải quan|thống kê|thi hành án|quản lý thị trường)(?!\w)")
# "các đơn vị được giao nhiệm vụ" in a ministry's letter are its own; "các đơn vị liên quan" may be anybody's
_OWN_UNITS = re.compile(r"các (?:cơ quan, )?đơn vị (?:được giao|chủ trì|có (?!liên quan|thẩm quyền|chức năng))(?!\w)")
# bodies of no place that speak of their own: "Ban Tổ chức cán bộ" of the Cục, "các đơn vị liên quan" of a school
_HOUSES = (
    "cục",
    "tổng cục",
    "trường",
    "đại học",
    "học viện",
    "ngân hàng nhà nước",
    "kho bạc nhà nước",
    "kiểm toán nhà nước",
)
_UNITS_OF_HOUSES = re.compile(
    r"các (?:đơn vị|ban|khoa)(?!\w)(?: chức năng| thành viên)?(?: (?:có )?liên quan| chức năng| thành viên)?"
)


def is_part(mention: Mention, issuer_head: str, *, of_committee: bool) -> bool:
    """Whether a name without an owner is a department, a unit or a team of the issuer.

    Args:
        issuer_head: the issuer's name without its jurisdiction.
        of_committee: whether the issuer is a committee of the Party, or speaks for one.
    """
    return (
        _is_department(mention, issuer_head, of_committee)
        or is_of_school(mention, issuer_head)
        or _is_team(mention, issuer_head)
    )


def _is_team(mention: Mention, issuer_head: str) -> bool:
    """Whether a team is one that a department sets up: "Đoàn kiểm tra" in what the Sở Y tế decides."""
    return mention.head.kind == "đoàn công tác" and issuer_head.startswith(("Sở ", "Cục ", "Chi cục "))


def is_issuer(mention: Mention, issuer_head: str) -> bool:
    """Whether a steering committee, a team or an office named in short is the one that issues the document."""
    office = mention.words == "Văn phòng"
    short = (office or mention.head.kind in ("ban chỉ đạo", "đoàn công tác")) and not mention.modifier
    issuer = lowered(issuer_head)
    return short and issuer.startswith(re.sub(r"\s+\d+$", "", lowered(mention.words)))


def _is_department(mention: Mention, issuer_head: str, of_committee: bool) -> bool:
    """Whether a "Phòng", "Văn phòng" without an owner is one of the issuer's own."""
    issuer = lowered(issuer_head)
    if mention.head.kind == "văn phòng" and mention.words == "Văn phòng":
        return not issuer.startswith("văn phòng")
    if mention.head.kind in OF_MINISTRIES:
        issuer = issuer.removeprefix("văn phòng ")  # what its office writes is the ministry's
    if mention.head.kind == "nhóm":
        if of_committee and _CELLS.match(lowered(mention.words)):
            return True
        whole = f"{lowered(mention.words)} {lowered(mention.modifier)}".strip()
        if issuer.startswith("bộ ") and _OWN_UNITS.match(whole):
            return True
        if issuer.startswith(_HOUSES) and _UNITS_OF_HOUSES.fullmatch(whole):
            return True
        if lowered(mention.words).endswith(" trực thuộc"):
            return not issuer.startswith(("ủy ban nhân dân", "hội đồng nhân dân", "chính phủ", "thủ tướng"))
        parts = (
            "các phòng",
            "phòng",
            "các bộ phận",
            "các vụ",
            "các cục",
            "các tổng cục",
            "cục, vụ",
            "các tổ chuyên môn",
        )
        below = _OFFICES_BELOW.match(lowered(mention.words))
        return lowered(mention.words).startswith(parts) and not below and not issuer.startswith(("ủy ban", "hội đồng"))
    if mention.head.kind == "cục":
        within = ("bộ ", "tổng cục ") if mention.head.name == "Cục" else ("bộ ",)
        return issuer.startswith(within) and mention.head.name in ("Cục", "Tổng cục")
    if issuer.startswith("trường") and mention.words in lexicon("agencies")["over_schools"]:
        return False
    if issuer.startswith("bộ ") and mention.head.kind in ("viện", "trung tâm") and not mention.collective:
        # "Viện Chiến lược muối" of the ministry that speaks; other names tell whose they are, or that they are national
        told = lowered(mention.words).endswith((issuer.removeprefix("bộ "), "trung ương", "quốc gia"))
        return mention.head.continues == "field" and not told
    if mention.head.kind == "ban" and issuer.startswith(_HOUSES):
        return mention.words.startswith("Ban ") and not mention.words.startswith(_NO_DIVISIONS)
    inside = issuer.startswith(("sở", "ban ", "bộ", "văn phòng", "chi cục", "trung tâm", *_HOUSES))
    return inside and mention.head.kind in ("phòng", "vụ", "tổ") and mention.head.kind in DEPARTMENTS
