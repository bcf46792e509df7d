"""Committees of the Party in a text: "Huyện ủy Kim Bôi", "các huyện ủy, thị ủy", "các đảng ủy trực thuộc"."""

from __future__ import annotations

import re

from ingest.naming.abbreviations import spell_out
from ingest.naming.agency_classes import NameReader, read_class
from ingest.naming.agency_parts import (
    Mention,
    Passage,
    known_name,
    named_place,
    place_name,
    read_seat,
    skip_space,
    starts_agency,
)
from ingest.naming.agency_words import Head, HeadMatch
from ingest.naming.jurisdiction import Seat
from ingest.spacing import spaced

# "Huyện ủy, Thành ủy", "các huyện ủy, thị ủy và thành ủy", "các huyện, thị, thành ủy", "các tỉnh ủy";
# "các huyện đoàn, thành đoàn" of the Youth Union; "Tỉnh ủy, Thành ủy các tỉnh, thành phố"
_COMMITTEES = spaced(
    r"(?:các )?(?:văn phòng (?:các )?)?(?:(?:tỉnh|thành|huyện|quận|thị)(?: ủy| đoàn)?\s*(?:,|và|/)\s*)*"
    r"(?:tỉnh|thành|huyện|quận|thị) (?:ủy|đoàn(?! (?:kết|thể)(?!\w)))(?!\w)"
    r"(?:(?:\s*,(?: và)?| và) (?:các )?đảng ủy(?= trực thuộc))?"
    r"(?: trực thuộc(?: (?:trung ương|tw|tư|(?:tỉnh|thành|huyện|quận|thị|đảng) ủy)(?!\w))?(?!\w))?"
    r"(?:(?: của)? các tỉnh(?:,| và) thành phố(?: trực thuộc (?:trung ương|tw))?(?!\w))?"
)
_LONGEST_COMMITTEES = 120  # characters
_OTHERS = re.compile(r"(?:\s*,(?:\s+và)?|\s+và)\s+các\s+đảng\s+ủy")
_LAST_COMMITTEE = re.compile(r"(?:\s*,(?:\s+và)?|\s+và)\s+(?P<tier>[TQH]\w+)\s+ủy$")
# "Ban Thường vụ |các đảng ủy trực thuộc|", "Thường trực |cấp ủy cấp huyện|": nouns of the Party's committees
PARTY_NOUNS = frozenset(["đảng ủy", "cấp ủy", "đảng bộ", "chi bộ", "chi, đảng bộ"])
LED_BY_BODIES = frozenset(["ban thường vụ", "ban chấp hành", "thường trực", "ban đảng"])
_PARTY_TIERS = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}
_CLASS_OF_COMMITTEES = Head("các cấp ủy", "cấp ủy", "party")
_EVERY = re.compile(r"các\s+")


def read_committees(view: Passage, start: int) -> Mention | None:
    """A class of committees: "các huyện ủy, thị ủy, thành ủy", "các huyện, thành đoàn"; one of them alone is none."""
    if not any(word in view.low[start : start + _LONGEST_COMMITTEES] for word in (" ủy", " đoàn")):
        return None
    found = _COMMITTEES.match(view.low, start)
    if not found:
        return None
    end = found.end()
    every = view.low.startswith("các", start)
    if not every and (others := _OTHERS.search(view.low, start, end)):
        end = others.start()  # "Tỉnh ủy|, các đảng ủy trực thuộc"
    # "các huyện ủy, thị ủy|, Thành ủy Thanh Khê": the last one is a committee of its own
    last = _LAST_COMMITTEE.search(view.text, start, end)
    if last and named_place(view, end, _PARTY_TIERS[last["tier"].lower()]):
        end = last.start()
    words = spell_out(view.text[start:end])
    if not every and not re.search(r",|/|\svà\s", words):
        return None
    tier = next(_PARTY_TIERS[word] for word in re.findall(r"\w+", found[0]) if word in _PARTY_TIERS)
    return Mention(start, end, _CLASS_OF_COMMITTEES, words, Seat(end, tier, None, tier, True), collective=True)


def read_party(view: Passage, match: HeadMatch) -> Mention | None:
    if committees := read_committees(view, match.start):
        return committees
    name = place_name(view, match.end)
    if name and starts_agency(view, skip_space(view, match.end)):
        name = None
    tier = match.head.tier or ""
    known = known_name(view, match.end, tier) if tier else None
    if known and (name is None or known[0] > name[0]):  # "Huyện ủy Vụ Bản"
        name = known
    seat = Seat(name[0] if name else match.end, tier, name[1] if name else None, tier, False)
    return Mention(match.start, seat.end, match.head, match.head.name, seat)


def party_class(view: Passage, at: int, read_name: NameReader) -> Mention | None:
    """The class of Party committees that begins at a position: "các đảng ủy trực thuộc", "cấp ủy cấp huyện"."""
    noun = next((m for m in view.at(at) if m.head.continues == "noun" and m.head.name in PARTY_NOUNS), None)
    if noun is None:
        return None
    if committees := read_class(view, noun, read_name):
        return committees
    every = _EVERY.match(view.low, noun.start)
    if every and (named := read_name(view, every.end())) and named.head.kind == "cấp ủy":
        return named
    if noun.head.name != "cấp ủy":
        return None
    seat = read_seat(view, noun.end)
    words = spell_out(view.text[noun.start : seat.end if seat else noun.end], view.explained)
    return Mention(noun.start, seat.end if seat else noun.end, Head(words, "nhóm", "noun"), words, collective=True)
