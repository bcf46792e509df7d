"""The jurisdiction of whoever issues a document: what its date line and its text tell of it, and its whole path."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from graph.places import places
from ingest.lines import letters_only
from ingest.naming.agencies import shown_place
from ingest.naming.jurisdiction import LEVEL, UNKNOWN, bare_name, tier_of
from ingest.patterns import LOWER
from ingest.record import AgencyRef, Place
from ingest.spacing import spaced

# "tỉnh Bà Rịa - Vũng Tàu", "TP. Hồ Chí Minh" with words behind it
_PROVINCE = spaced(r"[tT](?<!\w.)(?:(?<=t)ỉnh|hành phố|(?<=T)P\.?) (?P<name>[A-ZĐ]\w+(?:(?: - | – | )\w+){0,3})")
_SMALL_PROVINCE = spaced(rf"(?<!\w)(?:tỉnh|thành phố) (?P<name>[{LOWER}]+(?: (?:- )?[{LOWER}]+){{1,4}})")
_OFFICE_OF_DISTRICT = re.compile(
    r"^\W*(?:PHÒNG|Phòng|HUYỆN ỦY|Huyện ủy|HUYỆN UỶ) (?P<words>[^\n\t:;,.]{3,80})", re.MULTILINE
)
_LETTERHEAD_REACH = 1500  # characters


def provinces_named(text: str) -> list[str]:
    """The provinces that a text names with their kind, the most frequent first."""
    counts: Counter[str] = Counter()
    for printed, times in Counter(found["name"] for found in _PROVINCE.finditer(text)).items():
        words = printed.split()
        for length in range(len(words), 0, -1):
            known = places().find(" ".join(words[:length]), level="tỉnh")
            if known:
                counts[known[0].name] += times
                break
    return [name for name, _ in counts.most_common()]


@cache
def _office_of_province() -> re.Pattern[str]:
    """ "SỞ Y TẾ ĐỒNG THÁP", "Tỉnh ủy Nghệ An": a province behind the name of an office, without its kind."""
    names = sorted({bare_name(p.name) for p in places() if p.level == "tỉnh"}, key=len, reverse=True)
    either = "|".join(re.escape(form).replace(r"\ ", r"\s+") for name in names for form in (name, name.upper()))
    return re.compile(
        r"(?<!\w)(?:Sở|SỞ|Tỉnh ủy|TỈNH ỦY|Thành ủy|THÀNH ỦY|Tỉnh đoàn|TỈNH ĐOÀN|Thành đoàn|THÀNH ĐOÀN)(?!\w)"
        rf"[^\n.;:,(]{{0,60}}?(?:\n\W{{0,4}})?(?<!\w)(?P<name>{either})(?!\w)"
    )


def _provinces_of_offices(text: str) -> list[str]:
    """The provinces whose offices a text names, the most frequent first."""
    counts: Counter[str] = Counter()
    for found in _office_of_province().finditer(text):
        known = places().find(" ".join(found["name"].split()).title(), level="tỉnh")
        if known:
            counts[known[0].name] += 1
    return [name for name, _ in counts.most_common()]


def _district_of_office(text: str) -> Place | None:
    """The district behind the name of an office without its kind: "PHÒNG GD&ĐT YÊN DŨNG"; None where several fit."""
    for found in _OFFICE_OF_DISTRICT.finditer(text[:_LETTERHEAD_REACH]):
        words = found["words"].split()
        for length in (3, 2, 1):
            paths = {places().path(p) for p in places().find(" ".join(words[-length:]).title(), level="huyện")}
            if len(words) > length and len(paths) == 1:
                return paths.pop()
    return None


def place_hint(date_place: str | None, text: str, on: str | None) -> Place:
    """The jurisdiction that the date line and the text tell of, before the issuer is known: ("tỉnh Hải Dương",)."""
    named = provinces_named(text)
    if date_place:
        printed = date_place.replace("Tp.", "TP.").strip(" .")
        found = places().find(printed, on=on) or places().find(printed)
        provinces = [p for p in found if p.level == "tỉnh" and letters_only(printed) != "hanoi"]
        if provinces and (not named or provinces[0].name in named or len(found) == len(provinces)):
            return (provinces[0].name,)
        districts = [places().path(p) for p in found if p.level == "huyện"]
        inside = [p for p in districts if p[0] in named] or (districts if len(districts) == 1 else [])
        if len(set(inside)) == 1:
            return inside[0]
        communes = {places().path(p) for p in found if p.level == "xã" and places().path(p)[0] in named[:1]}
        if len(communes) == 1:
            return communes.pop()
        if provinces:
            return (provinces[0].name,)
    named = named or _provinces_of_offices(text) or _province_in_small_letters(text[:_LETTERHEAD_REACH])
    return (named[0],) if named else _district_of_office(text) or UNKNOWN


def _province_in_small_letters(text: str) -> list[str]:
    """The province of a title that is printed without capitals: "trên địa bàn tỉnh đồng nai"."""
    for found in _SMALL_PROVINCE.finditer(text):
        words = found["name"].split()
        for length in range(len(words), 1, -1):
            if known := places().find(" ".join(words[:length]).title(), level="tỉnh"):
                return [known[0].name]
    return []


def under(place: Place, agency: AgencyRef, text: str, on: str | None = None) -> Place:
    """The whole path of an issuer's place: a district or commune is completed to those above it, where that is certain.

    Args:
        place: what the date line and the text tell of.
        agency: the issuer.
        text: the beginning of the document, which may name the places above.
        on: the day of issue, if known: a city may have risen to a province since.
    """
    if agency.level == "trung ương" or not agency.place:
        return agency.place
    last = agency.place[-1]
    tier = tier_of(last)
    if "?" in last or (LEVEL.get(tier) == "tỉnh" and len(agency.place) == 1 and tier == "tỉnh"):
        return agency.place
    known_then = places().find(last, on=on) or places().find(last)
    paths = list(dict.fromkeys(path for p in known_then if (path := places().path(p))))
    for known in (agency.place, place):
        fitting = [path for path in paths if path[:-1] and set(known) & set(path[:-1])]
        paths = fitting or paths
    scores = {path: sum(part in text for part in path[:-1]) for path in paths}
    best = [path for path in paths if scores[path] == max(scores.values())]
    if len(best) != 1:
        return agency.place
    told = scores[best[0]] or set(best[0][:-1]) & {*agency.place, *place}
    return best[0] if told or LEVEL.get(tier) != "xã" else agency.place  # a commune's province is not guessed


def placed_name(agency: AgencyRef, seat: Place) -> str:
    """The issuer's name under its whole path: a commune's says what it lies in."""
    printed = shown_place(agency.place) if agency.place else ""
    whole = shown_place(seat) if seat else ""
    if printed and agency.name.endswith(printed) and printed != whole and seat[-1] == agency.place[-1]:
        return f"{agency.name.removesuffix(printed)}{whole}"
    return agency.name
