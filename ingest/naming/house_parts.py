"""What a name without an owner is of the body whose document it stands in: its department, its team, or itself."""

from __future__ import annotations

import re

from ingest.lexicon import lexicon
from ingest.naming.agency_names import DEPARTMENTS
from ingest.naming.agency_parts import Mention
from ingest.naming.agency_words import lowered
from ingest.naming.schools import is_of_school
from ingest.patterns import any_of, cues

OF_MINISTRIES = frozenset(["cục", "vụ"])  # also where a ministry's office writes


def _starts(key: str) -> tuple[str, ...]:
    return tuple(cues("own_units", key))


_HOUSES = _starts("houses")
_WITH_TEAMS = _starts("with_teams")
_DIVIDED = _starts("divided") + _HOUSES
_OVER_OTHERS = _starts("over_others")
_OVER_OWNERS = _starts("over_owners")
_CLASSES = _starts("departments")
_NO_DIVISIONS = _starts("no_divisions")
_SAID = any_of(_starts("said_of_them"))
# "các chi bộ", "đảng bộ trực thuộc"
_CELLS = re.compile(rf"(?:các )?(?:{any_of(_starts('cells'))})(?!\w)")
# "các cục thuế các tỉnh"
_OFFICES_BELOW = re.compile(rf"{any_of(_starts('offices_below'))}(?!\w)")
# "các cơ quan, đơn vị được giao", "các đơn vị có nhiệm vụ"
_OWN_UNITS = re.compile(
    rf"các (?:cơ quan, )?đơn vị (?!{any_of(_starts('of_anybody'))}(?!\w)){any_of(_starts('of_ministries'))}(?!\w)"
)
# "các khoa", "các đơn vị thành viên có liên quan"
_UNITS_OF_HOUSES = re.compile(rf"các (?:{any_of(_starts('of_houses'))})(?!\w)(?: {_SAID})?(?: {_SAID})?")


def is_part(mention: Mention, issuer_head: str, *, of_committee: bool) -> bool:
    """Whether a name without an owner is a department, a unit or a team of the issuer.

    Args:
        issuer_head: the issuer's name without its jurisdiction.
        of_committee: whether the issuer is a committee of the Party, or speaks for one.
    """
    return (
        _is_department(mention, lowered(issuer_head), of_committee)
        or is_of_school(mention, issuer_head)
        or _is_team(mention, lowered(issuer_head))
    )


def is_issuer(mention: Mention, issuer_head: str) -> bool:
    """Whether a steering committee, a team or an office named in short is the one that issues the document."""
    office = mention.words == "Văn phòng"
    short = (office or mention.head.kind in ("ban chỉ đạo", "đoàn công tác")) and not mention.modifier
    issuer = lowered(issuer_head)
    return short and issuer.startswith(re.sub(r"\s+\d+$", "", lowered(mention.words)))


def _is_team(mention: Mention, issuer: str) -> bool:
    return mention.head.kind == "đoàn công tác" and issuer.startswith(_WITH_TEAMS)


def _is_department(mention: Mention, issuer: str, of_committee: bool) -> bool:
    """Whether a "Phòng", "Văn phòng" without an owner is one of the issuer's own."""
    kind = mention.head.kind
    if kind == "văn phòng" and mention.words == "Văn phòng":
        return not issuer.startswith("văn phòng")
    if kind in OF_MINISTRIES:
        issuer = issuer.removeprefix("văn phòng ")  # what its office writes is the ministry's
    if kind == "nhóm":
        return _is_class(mention, issuer, of_committee)
    if kind == "cục":
        within = ("bộ ", "tổng cục ") if mention.head.name == "Cục" else ("bộ ",)
        return issuer.startswith(within) and mention.head.name in ("Cục", "Tổng cục")
    if issuer.startswith("trường") and mention.words in lexicon("agencies")["over_schools"]:
        return False
    if issuer.startswith("bộ ") and kind in ("viện", "trung tâm") and not mention.collective:
        return _is_institute(mention, issuer)
    if kind == "ban" and issuer.startswith(_HOUSES):
        words = lowered(mention.words)
        return words.startswith("ban ") and not words.startswith(_NO_DIVISIONS)
    return issuer.startswith(_DIVIDED) and kind in ("phòng", "vụ", "tổ") and kind in DEPARTMENTS


def _is_class(mention: Mention, issuer: str, of_committee: bool) -> bool:
    """Whether a class of units is the issuer's own: "các phòng" of a Sở, "các chi bộ" of a committee of the Party."""
    words = lowered(mention.words)
    said = f"{words} {lowered(mention.modifier)}".strip()
    if of_committee and _CELLS.match(words):
        return True
    if issuer.startswith("bộ ") and _OWN_UNITS.match(said):
        return True
    if issuer.startswith(_HOUSES) and _UNITS_OF_HOUSES.fullmatch(said):
        return True
    if words.endswith(" trực thuộc"):
        return not issuer.startswith(_OVER_OWNERS)
    return words.startswith(_CLASSES) and not _OFFICES_BELOW.match(words) and not issuer.startswith(_OVER_OTHERS)


def _is_institute(mention: Mention, issuer: str) -> bool:
    """Whether a ministry's institute has no owner in its name: "Viện Chiến lược muối".

    Other names tell whose they are ("Viện Y tế …" of the Bộ Y tế), or that they are national.
    """
    told = lowered(mention.words).endswith((issuer.removeprefix("bộ "), "trung ương", "quốc gia"))
    return mention.head.continues == "field" and not told
