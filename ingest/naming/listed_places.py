"""Agencies of several places: "UBND xã Đồng Phúc, Tư Mại", "UBND các huyện Yên Dũng, Hiệp Hòa"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ingest.naming.agency_parts import Mention, Passage, place_name, read_seat, skip_space, starts_agency
from ingest.naming.jurisdiction import LEVEL, Seat, known_words

SEPARATOR = re.compile(r"\s*(?:,|;|\bvà\b|&|/)\s*")
"""What stands between two agencies of a list."""
_LAST_JOINT = re.compile(r"\s*(?:,|;|\bvà\b|&|/)\s*$")
_CENTRAL = re.compile(r"\s+trực thuộc trung ương$", re.IGNORECASE)
_JOINED = re.compile(r",\s*|\s+và\s+|/")  # in "xã, phường và thị trấn"
# "UBND các xã|, nhất là |các xã: Tân Lập, Phú Mỹ"
_ABOVE_ALL = re.compile(r"\s*,?\s*(?:nhất là|đặc biệt là|trong đó có|trước hết là|trọng tâm là)(?=\s+các\s)")
_COLON = re.compile(r"\s*:?\s*")  # "UBND các xã: Tân Lập, Phú Mỹ"


def places_of_class(view: Passage, first: Mention, limit: int) -> list[Mention]:
    """The agencies of the places that are named in or behind a class of places; empty where none is named."""
    if each := _each_named(view, first):
        return [each, *more_places(view, each, limit, _tiers(first))]
    if last := _last_named(view, first, limit):
        return last
    named = _above_all(view, first, limit) if first.seat and first.seat.many else []
    return [first, *named] if named else []


def _each_named(view: Passage, mention: Mention) -> Mention | None:
    """The first of "UBND các huyện Yên Dũng, Hiệp Hòa": named units are meant themselves, not their whole class."""
    seat = mention.seat
    if seat is None or not seat.many or not seat.words.startswith("các "):
        return None
    tiers = _tiers(mention)
    colon = _COLON.match(view.low, seat.end)
    at = colon.end() if colon else seat.end
    if len(tiers) > 1 and ":" not in view.low[seat.end : at] and not _several_names(view, at):
        return None  # "các huyện, thị xã Thái Hòa": all the districts, and that town
    first = read_seat(view, at)
    if first is None or not first.name or first.tier not in tiers:
        found = place_name(view, at)
        tier = _tier_of_name(found[1], tiers) if found else None
        if found is None or tier is None:
            return None
        first = Seat(found[0], tier, found[1], tier, False)
    return replace(mention, end=first.end, seat=replace(first, link=seat.link), collective=False)


def _above_all(view: Passage, first: Mention, limit: int) -> list[Mention]:
    """The places that are named behind their class: "UBND các xã, nhất là các xã: Tân Lập, Phú Mỹ"."""
    above = _ABOVE_ALL.match(view.low, first.end)
    seat = read_seat(view, above.end()) if above and first.seat else None
    if seat is None or not seat.many or not first.seat or seat.tier != first.seat.tier:
        return []
    every = replace(first, start=skip_space(view, above.end()) if above else first.end, end=seat.end, seat=seat)
    each = _each_named(view, every)
    return [each, *more_places(view, each, limit, _tiers(every))] if each else []


def _last_named(view: Passage, first: Mention, limit: int) -> list[Mention]:
    """ "UBND các huyện|, thành phố Vinh": what looks like the last kind of a class is one place beside it."""
    seat, tiers = first.seat, _tiers(first)
    name = place_name(view, seat.end) if seat and len(tiers) > 1 else None
    if seat is None or name is None or known_words("", name[1], strict=True) != len(name[1].split()):
        return []  # of whatever kind it is now: "thị xã Long Khánh" became a city
    last = _tier_at_end(tiers[-1]).search(view.low, first.start, seat.end)
    if last is None:
        return []
    begin = last.start()
    words = _LAST_JOINT.sub("", seat.words[: seat.words.rindex(tiers[-1])])
    end = first.start + len(_LAST_JOINT.sub("", view.low[first.start : begin]))
    one = Seat(name[0], tiers[-1], name[1], tiers[-1], False, seat.link)
    named = replace(first, start=begin, end=name[0], seat=one, collective=False)
    return [
        replace(first, end=end, seat=replace(seat, end=end, words=words)),
        named,
        *more_places(view, named, limit),
    ]


@cache
def _tier_at_end(tier: str) -> re.Pattern[str]:
    """The last kind of a class as it may be printed: "thành phố", in two lines too, "TP."."""
    short = r"|tp\.?" if tier == "thành phố" else ""
    whole = r"\s+".join(tier.split())
    return re.compile(rf"(?<!\w)(?:{whole}{short})\s*$")


def more_places(view: Passage, first: Mention, limit: int, tiers: list[str] | None = None) -> list[Mention]:
    """ "UBND xã Đồng Phúc, Tư Mại": each place has the agency; of several `tiers` each has the one that it bears."""
    found: list[Mention] = []
    at = first.end
    assert first.seat is not None
    while at < limit and (separator := SEPARATOR.match(view.low, at)):
        seat = _next_seat(view, separator.end(), first.seat, tiers or [])
        if seat is None:
            return found + _places_of_a_class(view, separator.end(), first, limit)
        found.append(replace(first, start=separator.end(), end=seat.end, seat=seat))
        at = seat.end
    return found


def _places_of_a_class(view: Passage, at: int, first: Mention, limit: int) -> list[Mention]:
    """ "UBND các phường: Tân An, Nội Hoàng|; các xã: Lãng Sơn", "UBND thị xã Chũ |và các huyện": the agency of each."""
    many = read_seat(view, at)
    if many is None or not many.many or not first.seat or not _side_by_side(many.tier, first.seat.tier):
        return []
    whole = replace(first, start=at, end=many.end, seat=many, collective=True)
    each = _each_named(view, whole)
    if each:
        return [each, *more_places(view, each, limit, _tiers(whole))]
    # "Trạm Y tế xã A, các xã" may be the communes themselves
    joined = first.head.kind == "ủy ban nhân dân" or view.low[:at].rstrip().endswith("và")
    return [whole] if joined else []


def _next_seat(view: Passage, at: int, first: Seat, tiers: list[str]) -> Seat | None:
    """Another place of the same kind: "quận 8" or "Tư Mại" behind "quận 7" and "xã Đồng Phúc"."""
    own = read_seat(view, at)
    if own and not own.many and own.name and _side_by_side(own.tier, first.tier):
        return own
    name = None if view.at(at) or starts_agency(view, at) else place_name(view, at)
    if name is None:
        return None
    tier = _tier_of_name(name[1], tiers) if len(tiers) > 1 else None
    return Seat(name[0], tier or first.tier, name[1], tier or first.words, False, first.link)


def _several_names(view: Passage, at: int) -> bool:
    """Whether names of places follow one another without what they are: "các xã, phường |Tân An, Nội Hoàng"."""
    first = place_name(view, at)
    separator = SEPARATOR.match(view.low, first[0]) if first else None
    if separator is None or view.at(separator.end()) or starts_agency(view, separator.end()):
        return False
    return place_name(view, separator.end()) is not None


def _tiers(mention: Mention) -> list[str]:
    """The kinds of places in a class: "tỉnh", "thành phố" of "các tỉnh, thành phố"."""
    words = mention.seat.words if mention.seat and mention.seat.many else ""
    words = _CENTRAL.sub("", words.removeprefix("các "))
    return _JOINED.split(words) if words else []


def _tier_of_name(name: str, tiers: list[str]) -> str | None:
    """Of which of the kinds in "các xã, phường" the gazetteer knows a place of this name."""
    return next((t for t in tiers if known_words(t, name, strict=True) == len(name.split())), None)


def _side_by_side(tier: str, other: str) -> bool:
    """Whether two kinds of places stand side by side: "thị xã" and "huyện", "thành phố" with either."""
    if "thành phố" in (tier, other):
        return {LEVEL.get(tier), LEVEL.get(other)} <= {"tỉnh", "huyện"}
    return LEVEL.get(tier) == LEVEL.get(other)
