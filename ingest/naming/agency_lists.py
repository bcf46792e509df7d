"""Lists of agencies under one head, which holds forwards: "Sở Tài chính, Nội vụ"."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

from ingest.lexicon import lexicon
from ingest.naming.agency_names import read_modifier, read_name
from ingest.naming.agency_parts import (
    Mention,
    Passage,
    free_field,
    known_field,
    read_seat,
)
from ingest.naming.agency_words import Head, field_key, fields, lowered
from ingest.naming.listed_places import SEPARATOR, more_places, places_of_class
from ingest.patterns import cues

_EVERY = re.compile(r"các\s+")
_EACH_BEFORE = re.compile(r"(?<!\w)các\s+$")
_ANNOUNCES = re.compile(r" ?: ?")
_PLURAL_NOUN = re.compile(
    r"(?:các\s+)?(tập đoàn|tổng công ty|công ty|chi cục|trung tâm|học viện|ngân hàng|đảng ủy|\w+)"
    r"(?:, (?:cơ quan|ngành|ban))*$"
)
_COLON = re.compile(r"\s*:?\s*")  # "các Sở: Tài chính"
_ANNOUNCED_BY = re.compile(r"\s*:")
_WITH_OFFICES = frozenset(["cấp ủy", "hội đồng nhân dân", "ủy ban nhân dân", "đoàn đại biểu", "mặt trận"])
_OF_COMMITTEE = frozenset(["Ban Thường vụ", "Ban Chấp hành"])
SHARING = frozenset(["sở", "bộ", "phòng", "vụ", "ban", "cục", "cấp ủy", "ủy ban"])
_RESUMED = frozenset(["sở", "bộ"])  # heads that a list goes back to behind a name of its own
_FREE = frozenset(["phòng", "vụ"])  # departments whose names the lexicon need not know
_PLURAL = {"sở": "Sở", "bộ": "Bộ", "phòng": "Phòng", "vụ": "Vụ", "cục": "Cục"}
# heads that names of any kind share behind a colon: "các Tập đoàn: Dầu khí, Hóa chất"
_ANNOUNCED = {
    "tập đoàn": "Tập đoàn", "tổng công ty": "Tổng công ty", "công ty": "Công ty", "cục": "Cục", "chi cục": "Chi cục",
    "ban": "Ban", "hội": "Hội", "trung tâm": "Trung tâm", "viện": "Viện", "trường": "Trường", "học viện": "Học viện",
    "ngân hàng": "Ngân hàng", "báo": "Báo", "đài": "Đài", "đảng ủy": "Đảng ủy",
}  # fmt: skip
_NAMED_AT_ONCE = frozenset(["tập đoàn", "tổng công ty"])  # also without a colon: "các Tập đoàn EVN, VNPT"
_LONGEST_NAME = 120  # characters
_NEARLY = 0.9
"""How alike a misprinted field and the one that is meant are at least (difflib's ratio)."""
# "các Cục: Chăn nuôi, Thú y, |Thủ trưởng các đơn vị": the head is not shared any more
_TITLED = re.compile(
    r"(?:thủ trưởng|chánh|giám đốc|tổng giám đốc|chủ tịch|chủ nhiệm|hiệu trưởng|viện trưởng|cục trưởng|vụ trưởng"
    r"|trưởng|bí thư|người đứng đầu)\s"
)
_PLACES = frozenset(["tỉnh", "huyện", "quận", "xã", "phường", "thị trấn", "thị xã", "thành phố"])


def read_list(view: Passage, start: int, limit: int) -> list[Mention]:
    """The agencies named from a head on, with those that share its head; empty where there is none."""
    first = read_name(view, start)
    standing = None if first else next((m for m in view.at(start) if m.head.name == "Thường trực"), None)
    if standing:
        office = Mention(start, standing.end, standing.head, standing.head.name)
        return _offices(view, office, limit) or _beside_standing(view, office)
    if first is None or first.head.continues == "self":
        return _under_one_head(view, start, limit) or ([first] if first else [])
    if offices := _offices(view, first, limit):
        return offices
    if announced := _announced_names(view, first, limit):
        return announced
    plural = _plural(view, first)
    if plural:
        shared = _shared(view, plural[0], plural[1], limit, first.start)
        alone = len(shared) == 1 and ":" not in view.low[first.end : plural[1]]
        return [_of_each_place(view, shared[0])] if alone else shared
    first = _several(view, first)
    if places := places_of_class(view, first, limit):
        return places
    following = (
        _shared(view, first, first.end, limit, None)
        if first.head.kind in SHARING and not first.seat and not first.owner
        else []
    )
    if first.seat and first.seat.name and first.seat.tier and not first.seat.many:
        following = more_places(view, first, limit)
    if first.head.name == "Tổ đảng ở":
        following = _more_cells(view, first)
    if first.head.name == "Thường trực":
        following = _more_standing(view, first)
    if first.head.name == "Đảng ủy" and first.owner and _EACH_BEFORE.search(view.low, 0, start):
        following = _more_committees(view, first, first.owner, limit)
    return [first, *following]


def _under_one_head(view: Passage, start: int, limit: int) -> list[Mention]:
    """ "Sở: Nội vụ, Y tế": the head with a colon announces the fields, though no "các" stands before it."""
    head = next((m for m in view.at(start) if m.head.kind in _PLURAL and m.head.continues == "field"), None)
    colon = _COLON.match(view.low, head.end) if head else None
    if head is None or colon is None or ":" not in colon[0] or not view.capital(start):
        return []
    if not (view.capital(colon.end()) and known_field(view, colon.end())):
        return []
    return _shared(view, Mention(start, head.end, head.head, head.head.name), colon.end(), limit, start)


def _offices(view: Passage, first: Mention, limit: int) -> list[Mention]:
    """ "VP: Tỉnh ủy, HĐND tỉnh", "TT: HU, HĐND": the office of each."""
    if first.head.name not in ("Văn phòng", "Thường trực") or first.owner or first.seat:
        return []
    colon = _COLON.match(view.low, first.end)
    at = colon.end() if colon and ":" in colon[0] else limit
    found: list[Mention] = []
    while at < limit and (owner := read_name(view, at)) and owner.head.kind in _WITH_OFFICES:
        start = first.start if not found else owner.start
        alone = first.head.kind == "thường trực" and owner.head.kind == "ủy ban nhân dân"  # it has none
        found.append(replace(owner, start=start) if alone else replace(first, start=start, end=owner.end, owner=owner))
        separator = SEPARATOR.match(view.low, owner.end)
        at = separator.end() if separator else limit
    return found


def _beside_standing(view: Passage, standing: Mention) -> list[Mention]:
    """ "Thường trực, Ban Thường vụ Huyện ủy": either is of the same committee."""
    separator = SEPARATOR.match(view.low, standing.end)
    other = read_name(view, separator.end()) if separator else None
    if (
        other is None
        or other.head.name not in _OF_COMMITTEE
        or other.owner is None
        or other.owner.head.kind != "cấp ủy"
    ):
        return []
    return [replace(standing, owner=other.owner)]


def _of_each_place(view: Passage, mention: Mention) -> Mention:
    """ "các Sở Xây dựng": that department of each province; the first of "các Sở Y tế, Sở Nội vụ" is one."""
    if mention.head.name != "Sở" or _goes_on_alike(view, mention):
        return mention
    words = f"{view.text[mention.start : mention.start + 3]} {mention.words}"
    seat = read_seat(view, mention.end)
    end, modifier = read_modifier(view, seat.end if seat else mention.end)
    return replace(mention, end=end, words=words, seat=seat, modifier=modifier, collective=True)


def _several(view: Passage, mention: Mention) -> Mention:
    """ "các Ban Quản lý dự án": several with one name, where the class "các ban" says less."""
    every = _EVERY.match(view.low, mention.start) if mention.head.continues == "noun" else None
    inner = read_name(view, every.end()) if every else None
    if inner is not None and inner.end >= mention.end and _goes_on_alike(view, inner):
        return replace(inner, start=mention.start)
    if inner is None or inner.head.continues != "field" or inner.end <= mention.end:
        return mention
    words = f"{view.text[mention.start : every.end()].strip()} {inner.words}" if every else inner.words
    return replace(inner, start=mention.start, words=words, collective=True)


def _goes_on_alike(view: Passage, first: Mention) -> bool:
    """Whether the "các" of "các Tổng cục Thuế, Tổng cục Hải quan" is the list's: all begin with one head."""
    separator = SEPARATOR.match(view.low, first.end) if first.head.continues in ("field", "central") else None
    other = read_name(view, separator.end()) if separator and view.capital(separator.end()) else None
    return other is not None and other.words.split()[0] == first.words.split()[0]


def _announced_names(view: Passage, mention: Mention, limit: int) -> list[Mention]:
    """The names of "các Hội: Nông dân, Người cao tuổi", each read with the head that announces them."""
    noun = _PLURAL_NOUN.match(lowered(mention.words)) if mention.head.kind == "nhóm" and not mention.owner else None
    colon = _COLON.match(view.low, mention.end)
    if noun is None or noun[1] not in _ANNOUNCED or colon is None:
        return []
    if ":" not in colon[0] and not (noun[1] in _NAMED_AT_ONCE and view.capital(colon.end())):
        return []
    found: list[Mention] = []
    at = colon.end()
    while at < limit and view.capital(at) and not _TITLED.match(view.low, at):
        own, name = read_name(view, at), _headed(view, _ANNOUNCED[noun[1]], at)
        # "Hội" + "Liên hiệp Phụ nữ", "Đảng ủy" + "Bộ Tư pháp"
        known = name and (name.head.name != _ANNOUNCED[noun[1]] or name.head.kind == "cấp ủy")
        other = own and (own.seat or own.owner or own.head.continues in ("party", "board", "field"))  # "Công an tỉnh"
        if name is None or (other and not known):
            break
        found.append(replace(name, start=at if found else mention.start))
        separator = SEPARATOR.match(view.low, name.end)
        at = separator.end() if separator else limit
    owner = found[-1].owner if found else None
    return [replace(name, owner=owner) if name.head.continues == "body" and not name.owner else name for name in found]


def _headed(view: Passage, head: str, at: int) -> Mention | None:
    """The name that a head makes of the words at a position: "Hội" + "Nông dân"."""
    whole = Passage(f"{head} {view.text[at : at + _LONGEST_NAME]}", view.explained)
    name = read_name(whole, 0)
    if name is None or name.end <= len(head) + 1:
        return None
    return replace(name, start=at, end=at + name.end - len(head) - 1)


def _plural(view: Passage, mention: Mention) -> tuple[Mention, int] | None:
    """ "các Sở: Tài chính, Nội vụ": the head that the names behind share, and where they begin."""
    # "các phòng thuộc Sở: Mầm non, Tiểu học" are those of the house that writes
    elsewhere = mention.owner and not (
        mention.owner.head.continues == "self" and _ANNOUNCED_BY.match(view.low, mention.end)
    )
    if mention.head.continues not in ("noun", "central") or mention.seat or elsewhere:
        return None
    noun = _PLURAL_NOUN.match(lowered(mention.words))
    if not noun or noun[1] not in _PLURAL:
        return None
    colon = _COLON.match(view.low, mention.end)
    at = colon.end() if colon else mention.end
    announced = ":" in view.low[mention.end : at]
    free = noun[1] in _FREE and announced and free_field(view, at)
    every = _EVERY.match(view.low, mention.start)
    one = read_name(view, every.end()) if every and not announced else None
    if one and one.seat and one.seat.many and one.end > mention.end:  # "các Sở Y tế các tỉnh": one name, many places
        return None
    raw = lexicon("agencies")["heads"][_PLURAL[noun[1]]]
    head = Head(_PLURAL[noun[1]], raw["kind"], "field", raw.get("level"))
    shared = Mention(mention.start, mention.end, head, head.name)
    begins = known_field(view, at) or free or (announced and _set_between(view, at, shared))
    return (shared, at) if view.capital(at) and begins else None


def _shared(view: Passage, first: Mention, at: int, limit: int, start: int | None) -> list[Mention]:
    """Mentions with the head of `first`, as long as fields of work follow one another."""
    found: list[Mention] = []
    while at < limit:
        if start is None:
            separator = SEPARATOR.match(view.low, at)
            if not separator:
                break
            at = separator.end()
        if not view.capital(at) or _TITLED.match(view.low, at):
            break
        field = _shared_field(view, at, first.head.kind)
        if field is None and (other := _set_between(view, at, first)):
            found.append(other if start is None else replace(other, start=start))
            at, start = other.end, None
            continue
        if field is None:
            break
        found.append(
            replace(first, start=at if start is None else start, end=field[0], words=f"{first.head.name} {field[1]}")
        )
        at, start = field[0], None
    return found


def _set_between(view: Passage, at: int, first: Mention) -> Mention | None:
    """A name of its own behind which the shared head holds again: "các Sở: Y tế, |Ban Dân tộc|, Tài chính"."""
    own = read_name(view, at) if first.head.kind in _RESUMED else None
    if own is None or own.head.kind in (first.head.kind, "nhóm"):
        return None
    separator = SEPARATOR.match(view.low, own.end)
    resumed = separator and view.capital(separator.end()) and _shared_field(view, separator.end(), first.head.kind)
    return own if resumed else None


@cache
def _of_departments() -> frozenset[str]:
    """The fields of work that a province has a Sở for; no "Ban" has them."""
    return frozenset(field_key(name.removeprefix("Sở ")) for name in cues("collectives", "organs") if name[:3] == "Sở ")


def _shared_field(view: Passage, at: int, kind: str) -> tuple[int, str] | None:
    """A field of work that stands without its head, unless a name of its own begins there ("Công an tỉnh")."""
    field = known_field(view, at)
    if field and kind == "ban" and field_key(field[1]) in _of_departments():
        return None
    if field and field[1] in lexicon("agencies")["ministry_fields"] and kind != "bộ":
        field = None
    if field and kind == "bộ":
        field = _first_of_ministries(view, at, field)
    own = read_name(view, at)
    if own is not None and (kind != "bộ" or field is None or own.end > field[0]):
        return None
    return field or (free_field(view, at) if kind in _FREE else _misprinted(view, at))


def _misprinted(view: Passage, at: int) -> tuple[int, str] | None:
    """A field with a letter wrong before another one: "Tư pháp, Giáo dục và Đào tào, Y tế"."""
    printed = free_field(view, at)
    separator = SEPARATOR.match(view.low, printed[0]) if printed else None
    if printed is None or separator is None or not known_field(view, separator.end()):
        return None
    known = fields()[0]
    meant = get_close_matches(field_key(printed[1]), known, n=1, cutoff=_NEARLY)
    return (printed[0], known[meant[0]]) if meant else None


def _first_of_ministries(view: Passage, at: int, field: tuple[int, str]) -> tuple[int, str]:
    """The field before the comma, where a department has both but each is a ministry's: "Công Thương, Khoa học …"."""
    comma = view.low.find(",", at, field[0])
    if comma < 0 or field[1] in lexicon("agencies")["ministries_of_several"]:
        return field
    known = fields()[0]
    first, rest = (known.get(field_key(part)) for part in (view.low[at:comma], view.low[comma + 1 : field[0]]))
    return (comma, first) if first and rest else field


def _more_cells(view: Passage, first: Mention) -> list[Mention]:
    """ "Tổ đảng ở Thường trực A, các Ủy ban của B": the cell is in either (rule 25)."""
    separator = SEPARATOR.match(view.low, first.end)
    other = read_name(view, separator.end()) if separator else None
    if other is None or other.head.kind not in ("trung ương", "thường trực", "ủy ban") or "Ủy ban" not in other.words:
        return []
    inner = first.owner
    if inner and inner.owner and other.head.kind != "thường trực":
        other = replace(inner, start=other.start, end=other.end, owner=other)
    return [replace(first, start=other.start, end=other.end, owner=other)]


def _more_standing(view: Passage, first: Mention) -> list[Mention]:
    """ "Thường trực Huyện ủy, HĐND huyện": the standing committee of either."""
    separator = SEPARATOR.match(view.low, first.end)
    other = read_name(view, separator.end()) if separator else None
    if other is None or other.head.name != "Hội đồng nhân dân" or other.collective:
        return []
    return [replace(first, start=other.start, end=other.end, owner=other)]


def _more_committees(view: Passage, first: Mention, led: Mention, limit: int) -> list[Mention]:
    """ "các Đảng ủy Bộ Y tế, Bộ Nội vụ": the Party committee of each."""
    found: list[Mention] = []
    at = first.end
    while at < limit and (separator := SEPARATOR.match(view.low, at)):
        other = read_name(view, separator.end())
        if other is None or other.collective or other.head.kind != led.head.kind:
            break
        found.append(replace(first, start=other.start, end=other.end, owner=other))
        at = other.end
    return found


def announced(view: Passage, mentions: list[Mention]) -> list[Mention]:
    """Without the classes that only announce a list: "các tổ chức hội: Hội Nông dân, Hội Cựu chiến binh"."""
    found: list[Mention] = []
    for mention in mentions:
        before = found[-1] if found else None
        if before and before.head.kind == "nhóm" and _ANNOUNCES.fullmatch(view.low, before.end, mention.start):
            found[-1] = replace(mention, start=before.start)
        else:
            found.append(mention)
    return found
