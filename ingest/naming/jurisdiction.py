"""Which place a name belongs to: tiers ("huyện", "các xã, thị trấn") read under the document's own jurisdiction."""

from __future__ import annotations

import re
from functools import cache

from graph.places import places
from graph.spelling import modern_tone
from ingest.record import Place
from ingest.spacing import spaced
from ingest.values import value

# a scan's "tinh" counts where its phrase ends
_TIER = r"(?:tỉnh|tinh(?=\s{0,3}(?:[;,.)]|$))|thành phố|tp\.?|huyện|quận|thị xã|tx\.|xã|phường|thị trấn|tt\.|đặc khu)"
_VILLAGE = r"(?:thôn|ấp|bản|khu phố|tổ dân phố|khu dân cư|khóm|chợ)"  # they have no committee, but other bodies
# "huyện", "của tỉnh", "cấp huyện", "Thành phố", "TP. "
ONE = spaced(rf"\s*(?P<link>của\s+|thuộc\s+|trên địa bàn\s+|tại\s+)?(?P<tier>{_TIER})(?!\w)\s*")
# "Hội A huyện|, Huyện đoàn": the next name begins with a tier too
# "các xã, thị trấn", "11 phường", "quận, huyện", "các tỉnh, thành phố trực thuộc Trung ương", "huyện, thành phố"
MANY = spaced(
    rf"\s*(?P<link>của\s+|thuộc\s+|tại\s+)?(?P<words>(?:(?:(?:các|\d{{1,3}})\s+)?{_TIER}|(?:các|\d{{1,3}})\s+{_VILLAGE})(?!\w)"
    rf"(?:\s*(?:,|/|-|–|\bvà\b)\s*(?:các\s+)?(?:{_TIER}|{_VILLAGE})(?!\w)(?!\s+(?:đoàn|ủy|uỷ)(?!\w)))*)"
    r"(?P<central>\s+trực thuộc\s+(?:trung ương|tw|tư|t\.ư)(?!\w))?"
)
# "các cấp", "cấp tỉnh", "cấp huyện, cấp xã", "cấp xã, phường", "địa phương"
LEVELS = spaced(
    r"\s*(?P<words>(?:(?:của|các)\s+)?địa phương|các cấp|cùng cấp|cấp có thẩm quyền|cấp (?:trên|dưới)(?: trực tiếp)?"
    r"|(?:ở\s+)?cấp\s+(?:tỉnh|huyện|xã|cơ sở|trung ương|quân khu)(?!\w)"
    r"(?:(?:,|\s+và)\s+cấp\s+(?:tỉnh|huyện|xã|cơ sở|trung ương)(?!\w))*"
    r"(?P<also>(?:(?:,|\s+và)\s+(?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\w)"
    r"(?!\s+(?:đoàn|ủy|uỷ|đội)(?!\w)))+)?"
    r"|các\s+(?:quân khu|khu vực))(?!\w)"
)

LEVEL = {
    "tỉnh": "tỉnh",
    "thành phố": "tỉnh",
    "huyện": "huyện",
    "quận": "huyện",
    "thị xã": "huyện",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "đặc khu": "xã",
}
DEPTH = {"trung ương": 0, "tỉnh": 1, "huyện": 2, "xã": 3, "cơ sở": 3}
SHORT = {"tinh": "tỉnh", "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
UNKNOWN: Place = ("?",)


@value(frozen=True, slots=True)
class Seat:
    """A printed jurisdiction: one place (`tier`, `name` where printed), or a class of places (`words`)."""

    end: int
    tier: str
    name: str | None
    words: str
    many: bool
    link: str = ""


@cache
def _place_names() -> dict[str, frozenset[str]]:
    """The names of all places by their kind, letters only: "huyện" → {"yêndũng", …}."""
    found: dict[str, set[str]] = {}
    for place in places():
        found.setdefault(tier_of(place.name), set()).add(_name_key(bare_name(place.name)))
    return {tier: frozenset(names) for tier, names in found.items()}


@cache
def _all_names() -> frozenset[str]:
    return frozenset(name for names in _place_names().values() for name in names)


@cache
def _provinces() -> dict[str, str]:
    """The provinces by the letters of their names: "lâmđồng" → "tỉnh Lâm Đồng"; none that two have borne."""
    found: dict[str, set[str]] = {}
    for place in places():
        if place.level == "tỉnh":
            found.setdefault(_name_key(bare_name(place.name)), set()).add(place.name)
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}


def province_named(name: str) -> str | None:
    """The province that a name without its tier means: "tỉnh Lâm Đồng" for "Lâm Đồng"."""
    return _provinces().get(_name_key(name))


def _name_key(name: str) -> str:
    return re.sub(r"[\W_]+", "", modern_tone(name).lower())


def known_words(tier: str, name: str, strict: bool = False) -> int:
    """How many of the words printed behind a tier are a place's name; 0 where a province or city is named by none.

    The names of lower units are taken as printed where the gazetteer does not have them, unless `strict`.
    Tier "" is any.
    """
    words = name.split()
    names = _place_names().get(tier, frozenset()) if tier else _all_names()
    for length in range(len(words), 0, -1):
        if _name_key(" ".join(words[:length])) in names:
            return length
    return 0 if strict or tier in ("", "tỉnh", "thành phố") else len(words)


def full_tier(printed: str) -> str:
    """ "TP." is "thành phố"."""
    bare = " ".join(printed.rstrip(".").lower().split())
    return SHORT.get(bare, bare)


def tier_of(part: str) -> str:
    """The kind of a part of a place: "thành phố" of "thành phố Hải Phòng"."""
    low = part.lower()
    for tier in ("thành phố", "thị xã", "thị trấn", "đặc khu"):
        if low.startswith(tier):
            return tier
    return low.split(" ", 1)[0]


def bare_name(part: str) -> str:
    """ "Hải Phòng" of "thành phố Hải Phòng"."""
    return part[len(tier_of(part)) :].strip()


def own(tier: str, place: Place) -> Place | None:
    """The jurisdiction that a tier without a name means: the document's own of that kind, or the one above it.

    None where the tier is below the document's own: then it means every one of its class.
    """
    if place == UNKNOWN:
        return (f"{tier} ?",)
    for depth in range(len(place), 0, -1):
        if tier_of(place[depth - 1]) == tier:
            return place[:depth]
    wanted = DEPTH[LEVEL[tier]]
    if place and place[0] == "?" and wanted < DEPTH[LEVEL[tier_of(place[-1])]]:
        return ("?", f"{tier} ?")
    if tier == "tỉnh" and wanted <= len(place):  # "UBND tỉnh" printed by habit in a city under the centre
        return place[:1]
    return None


def named(tier: str, name: str, place: Place) -> Place:
    """The path of a place that is printed with its name."""
    part = f"{tier} {name}"
    for depth in range(len(place), 0, -1):
        if place[depth - 1].lower() == part.lower():
            return place[:depth]
    level = LEVEL[tier]
    if tier == "thành phố" and place and place != UNKNOWN and tier_of(place[0]) == "tỉnh":
        level = "huyện" if len(place) >= 1 else "tỉnh"
    if level == "tỉnh":
        return (part,)
    above = place[: DEPTH[level] - 1] if place and place != UNKNOWN else ()
    return (*above, part) if above else ("?", part)
