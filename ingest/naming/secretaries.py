"""Secretaries of the Party's committees who stand before the chairmen of the same places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.naming.agencies import PARTY_OF
from ingest.patterns import pattern
from ingest.record import AgencyRef

# "|Bí thư|, Chủ tịch Ủy ban nhân dân các xã": of the places that the chairmen govern
_SECRETARIES = pattern(
    r"bí thư(?=(?:,|;| và|,? đồng thời là)? (?:đồng chí )?chủ tịch (?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)(?!\w))"
)
_GOVERNMENT = "Ủy ban nhân dân"
_OF_PLACES = re.compile(r"(?:các |cấp )?(?P<tier>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\b")
# "Ủy ban nhân dân các tỉnh vùng bãi ngang|, nhất là các tỉnh: |An Hòa": how the list of places goes on
_GOES_ON = pattern(
    r"\s*[,;]?\s*(?:(?:và|nhất là|đặc biệt là|trong đó có)\s+)?(?:(?:các )?(?:tỉnh|thành phố|huyện|xã|phường)\s*)?:?\s*"
)


def secretaries(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
    """The Party's committees whose secretaries stand before the chairmen of the same places, where these are named."""
    found: list[AgencyRef] = []
    if text.find("í thư", start, end) < 0 and text.find("í Thư", start, end) < 0:
        return found
    for secretary in _SECRETARIES.finditer(text, start, end):
        at = None
        for name in mentions:
            if name.end <= secretary.end():
                continue
            goes_on = at is None or _GOES_ON.fullmatch(text, at, name.start)
            if not goes_on or not name.name.startswith(f"{_GOVERNMENT} "):
                break
            found.append(_committee(name))
            at = name.end
    return found


def _committee(government: AgencyRef) -> AgencyRef:
    """The Party's committee of the places that a people's committee governs."""
    places = government.name.removeprefix(f"{_GOVERNMENT} ")
    tier = _OF_PLACES.match(places)
    words = PARTY_OF.get(tier["tier"], "Đảng ủy") if tier else "Đảng ủy"
    if places.startswith("các tỉnh, thành phố"):
        words, places = "các tỉnh ủy, thành ủy", places.removeprefix("các tỉnh, thành phố").strip()
    elif words != "Đảng ủy" and not government.collective and tier:
        places = places[tier.end() :].strip()  # "Tỉnh ủy An Hòa"
    name = f"{words} {places}".strip()
    return replace(government, name=name, head=words, kind="cấp ủy")
