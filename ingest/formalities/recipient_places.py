"""Heads that share the places of a list: "Tỉnh ủy, HĐND, UBND các tỉnh: Sơn La, Hòa Bình" are six recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.naming.agencies import Scope, canonical
from ingest.naming.jurisdiction import bare_name
from ingest.record import AgencyRef

# "UBND các tỉnh: Sơn La", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương: Sơn La"
_EACH = re.compile(r"(?<!\w)các (?:tỉnh|thành phố)[^:]*:", re.IGNORECASE)
_LINK = re.compile(r"(?:\s|,|và|(?:Phó )?(?:Chủ tịch|Bí thư))*")
# "Tỉnh ủy", "Thành uỷ", "Tỉnh ủy, Thành ủy"
_COMMITTEES = re.compile(
    r"(?:(?:Đồng chí )?Bí thư )?(?:các )?(?:Tỉnh|Thành)\s(?:ủy|uỷ)(?:(?:\s*,\s*|\svà\s)(?:Tỉnh|Thành)\s(?:ủy|uỷ))?",
    re.IGNORECASE,
)
_CITY = "thành phố "


def of_each_place(text: str, named: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The agencies of an item, those before a list of provinces once for each of them.

    A committee's name tells whether it is a province's or a city's; one without a name keeps to those of its kind.
    """
    found = list(named)
    at = next((i for i, agency in enumerate(found) if _EACH.search(agency.written)), None)
    if not at:
        return found
    listed = [agency for agency in found[at:] if agency.head == found[at].head]
    first = at
    while first and _goes_with(text, found[first - 1], found[first]):
        first -= 1
    spread = [agency for one in found[first:at] for agency in _spread(one, listed, scope)]
    return [*found[:first], *spread, *found[at:]]


def with_place_behind(text: str, named: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The agencies of an item, standing bodies with the place behind the next name: "Thường trực HĐND, UBND tỉnh A"."""
    found = list(named)
    for at in range(len(found) - 2, -1, -1):
        this, following = found[at], found[at + 1]
        shares = this.head.startswith("Thường trực ") and this.name == this.head and following.place
        if not shares or not _LINK.fullmatch(text, this.start + len(this.written), following.start):
            continue
        of_party = this.head.endswith((" Tỉnh ủy", " Thành ủy"))
        place = following.place[-1]
        whole = canonical(f"{this.head} {bare_name(place) if of_party else place}", scope)
        found[at] = replace(whole, start=this.start, end=this.end, written=this.written) if whole else this
    return found


def _goes_with(text: str, this: AgencyRef, following: AgencyRef) -> bool:
    """Whether an agency shares what stands behind the next: nothing is between them but a comma and a title."""
    shares = this.head in ("Hội đồng nhân dân", "Ủy ban nhân dân") or _COMMITTEES.fullmatch(this.written)
    return bool(shares) and bool(_LINK.fullmatch(text, this.start + len(this.written), following.start))


def _spread(agency: AgencyRef, listed: Sequence[AgencyRef], scope: Scope) -> Iterator[AgencyRef]:
    """An agency of each of the places, at its own words."""
    committee = _COMMITTEES.fullmatch(agency.written)
    for place in (one.place[0] for one in listed if one.place):
        tier = "Thành" if place.startswith(_CITY) else "Tỉnh"
        whole = canonical(f"{tier} ủy {bare_name(place)}" if committee else f"{agency.head} {place}", scope)
        if whole:
            yield replace(whole, start=agency.start, end=agency.end, written=agency.written)
