"""Lists of agencies: the seat and the owner of the last hold backwards ("Công an, Ban CHQS huyện")."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.naming.agency_names import HAVE_SOCIETIES
from ingest.naming.agency_parts import Mention, Passage
from ingest.naming.agency_words import Head, lowered
from ingest.naming.jurisdiction import LEVEL
from ingest.naming.listed_places import SEPARATOR

_IN_A_HOUSE = frozenset(["cấp ủy", "đoàn thể"])
# "Tỉnh ủy", "thành uỷ"
_COMMITTEE = re.compile(r"(?:tỉnh|thành|huyện|quận|thị)\s+(?:ủy|uỷ)", re.IGNORECASE)
_PARTY = frozenset(["cấp ủy", "tổ chức đảng"])
# "tổ chức đảng| có thẩm quyền", "chính quyền| các cấp", "cơ quan, đơn vị| trực thuộc Trung ương", "đơn vị| liên quan"
_WHICH = re.compile(
    r"(?:(?<=tổ chức đảng)|(?<=chính quyền)) .+| trực thuộc .+| (?:có thẩm quyền|(?:có )?liên quan)(?: .+)?$"
)
_EVERY_LEVEL = "các cấp"
_AT_EVERY_LEVEL = _PARTY | {"chính quyền", "đoàn thể", "cấp ủy đảng"}
# "các |Vụ|, Cục, Văn phòng Bộ": the divisions of a ministry beside its office
_DIVISIONS = re.compile(r"(?<!\w)(?:vụ|cục)(?!\w)")


def _standing_of_many(this: Mention, following: Mention) -> Mention | None:
    """ "TT. HĐND, UBND các xã, phường": the standing committees of all of them."""
    many = following.seat and following.seat.many
    if not many or this.head.kind != "thường trực" or this.owner is None or this.owner.seat:
        return None
    return replace(this, owner=replace(this.owner, seat=following.seat, collective=True))


def _committee_of(this: Mention, following: Mention) -> Mention | None:
    """ "Tỉnh ủy, HĐND, UBND tỉnh Ninh Bình": the Party's committee is of the place that is named."""
    if this.head.continues != "party" or this.seat is None or this.seat.name or this.seat.many:
        return None
    seat = following.seat
    if seat is None or not seat.name or seat.many or seat.tier != this.seat.tier:
        return None
    return replace(this, seat=replace(this.seat, name=seat.name))


def _sharing_house(this: Mention, following: Mention) -> Mention | None:
    """ "Đảng ủy, Công đoàn, Đoàn Thanh niên Bộ": all of them are the ministry's."""
    alike = this.head.kind in _IN_A_HOUSE and following.head.kind in _IN_A_HOUSE
    house = following.owner and following.owner.head.kind in HAVE_SOCIETIES
    return replace(this, owner=following.owner) if alike and house and not this.owner and not this.seat else None


def _sharing_committee(this: Mention, following: Mention) -> Mention | None:
    """ "các Ban đảng và Văn phòng Tỉnh ủy", "Ban Thường vụ, Thường trực Huyện ủy": of the same committee."""
    committee = following.owner if following.owner and following.owner.head.kind == "cấp ủy" else None
    of_committee = this.head.kind == "ban đảng" or this.words in ("Ban Thường vụ", "Ban Chấp hành")
    alone = of_committee and not this.owner and not this.seat
    return replace(this, owner=committee) if committee and alone else None


def _committees_apart(view: Passage, this: Mention, following: Mention) -> list[Mention]:
    """ "Tỉnh ủy, Thành ủy, HĐND các tỉnh, thành phố": each committee is of the places that the list ends in."""
    many = following.seat if following.seat and following.seat.many else None
    if this.head.name != "các cấp ủy" or not many or view.low.startswith("các", this.start):
        return []
    found: list[Mention] = []
    for name in _COMMITTEE.finditer(view.text, this.start, this.end):
        head = Head(name[0], "cấp ủy", "seat", "tỉnh")
        found.append(Mention(name.start(), name.end(), head, name[0].capitalize(), many, collective=True))
    return found


def _of_provinces(mention: Mention) -> bool:
    return bool(mention.seat and mention.seat.many and LEVEL.get(mention.seat.tier) == "tỉnh")


def _sharing_owner(this: Mention, following: Mention) -> Mention | None:
    """ "các cơ quan chuyên môn, đơn vị sự nghiệp thuộc UBND tỉnh": either belongs to it."""
    own = following.owner and following.owner.head.continues == "self"  # "các Tổng cục; Cục, Vụ Bộ"
    office = own and following.head.name in ("Văn phòng", "Thanh tra") and _DIVISIONS.search(this.words.lower())
    classes = this.head.kind == "nhóm" and this.head.continues == "noun"
    classes = classes and (following.head.kind == "nhóm" or bool(office))
    placed = lowered(this.words).endswith(
        ("địa phương", "trung ương")
    )  # "các cơ quan thuế địa phương, đơn vị thuộc Bộ"
    if not classes or placed or this.owner or this.seat or this.modifier or not (following.link or own):
        return None
    if following.link.startswith("thành viên"):  # "các ban chức năng, các đơn vị thành viên, trực thuộc Cục A"
        return None
    # "các sở, đơn vị sự nghiệp thuộc tỉnh"
    of_place = following.seat is not None and following.link in ("thuộc", "trực thuộc")
    of_place = of_place and not lowered(this.words).startswith("các tỉnh")
    if not following.owner and not of_place:
        return None
    return replace(this, owner=following.owner, seat=following.seat, link=following.link)


def _sharing_party(this: Mention, following: Mention) -> Mention | None:
    """ "các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy": what says which of them are meant holds for either."""
    if lowered(this.words).removeprefix("các ") not in _PARTY or this.modifier or this.seat or this.owner:
        return None
    if following.head.kind != "nhóm" or following.head.continues != "noun":
        return None
    which = _WHICH.search(following.words)
    return replace(
        this,
        words=f"{this.words}{which[0]}" if which else this.words,
        seat=following.seat,
        owner=following.owner,
        link=following.link,
        modifier=following.modifier,
    )


def _sharing_levels(this: Mention, following: Mention) -> Mention | None:
    """ "cấp ủy, chính quyền, đoàn thể các cấp", "Mặt trận Tổ quốc và các đoàn thể các cấp": each at every level."""
    levels = following.seat if following.seat and following.seat.words == _EVERY_LEVEL else None
    class_ = this.head.kind == "nhóm" and lowered(this.words).removeprefix("các ") in _AT_EVERY_LEVEL
    free = not this.seat and not this.owner and not this.modifier
    return (
        replace(this, seat=levels, collective=True)
        if levels and free and (class_ or this.head.kind == "mặt trận")
        else None
    )


def share_seats(view: Passage, mentions: list[Mention], *, of_centre: bool = False) -> list[Mention]:
    """What stands behind the last of a list holds for those before it that have none (rule 25).

    Args:
        of_centre: whether the document is the centre's, which has no council or department of its own.
    """
    shared = list(mentions)
    for i in range(len(shared) - 2, -1, -1):
        this, following = shared[i], shared[i + 1]
        if not SEPARATOR.fullmatch(view.low, this.end, following.start):
            continue
        alike = this.head.continues == following.head.continues and this.head.continues in ("seat", "field")
        if this.head.continues == "seat" and following.head.continues == "board":
            alike = bool(following.seat and following.seat.many)  # "UBND và Ban Chỉ huy … các xã"
        if alike and this.head.continues == "field":
            # "Trung tâm Y tế, Phòng Y tế các huyện", "Sở A, Sở B các tỉnh", but not "Sở Y tế, Phòng Y tế các huyện"
            lower = this.head.level not in ("tỉnh", "trung ương")
            level = lower or (following.head.kind == this.head.kind and _of_provinces(following))
            alike = bool(following.seat and following.seat.many) and level and this.owner is None
        provincial = this.head.level == "tỉnh" or this.head.continues == "seat"
        if of_centre and provincial and not this.owner and following.seat and LEVEL.get(following.seat.tier) == "tỉnh":
            alike = True  # "HĐND, UBND, Sở Tư pháp tỉnh Sơn La"
        if shared_class := _sharing_owner(this, following):
            shared[i] = shared_class
        body = this.head.continues == "body" and this.owner and following.owner is None
        if alike and not body and this.seat is None and following.seat:
            shared[i] = replace(this, seat=following.seat, collective=following.seat.many)
        for told in (
            _sharing_levels,
            _sharing_party,
            _sharing_house,
            _sharing_committee,
            _standing_of_many,
            _committee_of,
        ):
            shared[i] = told(this, following) or shared[i]
        if this.head.kind == "ban" and following.head.kind == "ủy ban" and following.owner and not this.owner:
            shared[i] = replace(this, owner=following.owner)
        shared[i : i + 1] = _committees_apart(view, shared[i], following) or [shared[i]]
    return shared
