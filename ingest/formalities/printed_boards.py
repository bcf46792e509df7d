"""Boards in a letterhead, which may be for anything, and what a Party organisation above them tells of their place."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.lexicon import lexicon
from ingest.lines import letters_only
from ingest.naming.agencies import Scope, canonical
from ingest.record import AgencyRef

# "Hội đồng tuyển dụng viên chức| tỉnh Yên Bái", "Đảng Bộ| Huyện Văn Chấn"; "thẩm định văn hóa, xã hội" tells no place
_ITS_PLACE = re.compile(
    r"(?P<words>.+?) (?P<place>(?!xã hội)(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn) [^,]{2,40})",
    re.IGNORECASE,
)


def is_board(name: str) -> bool:
    """Whether a printed name is that of a board: "Hội đồng tuyển dụng viên chức", "Ban Tổ chức lễ hội hoa ban"."""
    return letters_only(name).startswith(tuple(lexicon("letterhead_bodies")["boards"]))


def board_by_all_words(name: str, read: AgencyRef | None, scope: Scope, above: AgencyRef | None) -> AgencyRef | None:
    """A board by all that is printed of it; its place is printed behind it, or that of its owner.

    Args:
        name: as it is printed, spelt out.
        read: the agency that was read in the name, perhaps in its first words only.
        scope: where the letterhead is.
        above: the body that the letterhead names above it.
    """
    if read is None or not _is_whole(read, name):
        read = _whole(name, scope, above)
    if read and not read.place:  # "Ban Chỉ đạo … của Chính phủ"
        read = replace(read, level="trung ương")
    return read


def _is_whole(agency: AgencyRef, name: str) -> bool:
    return agency.written.endswith(name.split()[-1]) or letters_only(name) in letters_only(agency.name)


def _whole(name: str, scope: Scope, above: AgencyRef | None) -> AgencyRef | None:
    printed = _ITS_PLACE.fullmatch(name)
    place = printed["place"] if printed else scope.place[-1] if scope.place else ""
    owner = above if above and not printed else canonical(f"Ủy ban nhân dân {place}", scope) if place else None
    if owner is None:
        return None
    words = printed["words"] if printed else name
    whole = " ".join([words, *owner.place[-1:]])
    return replace(owner, name=whole, head=words, written=name, kind="ban chỉ đạo", collective=False, parent=None)


def in_place_of_party(name: str, scope: Scope) -> Scope:
    """The scope of what stands below a Party organisation ("ĐẢNG BỘ HUYỆN VĂN CHẤN"), which is no body itself."""
    printed = _ITS_PLACE.fullmatch(name)
    if not printed or letters_only(printed["words"]) != "dangbo":
        return scope
    committee = canonical(f"Ủy ban nhân dân {printed['place']}", scope)
    return replace(scope, place=committee.place) if committee and committee.place else scope
