"""One agency's name in a text: its head, what the name goes on with, whom it belongs to, and where it ends."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.lexicon import lexicon
from ingest.naming.agency_boards import board_name, ends_board, is_of_the_centre
from ingest.naming.agency_classes import free_complement, is_directed, part_in_work, read_class
from ingest.naming.agency_fields import NATIONAL, SELF, field_of
from ingest.naming.agency_parts import (
    OWNERS,
    Mention,
    Passage,
    bare_place,
    known_field,
    place_name,
    read_seat,
    skip_space,
)
from ingest.naming.agency_words import HeadMatch, lowered
from ingest.naming.jurisdiction import LEVEL
from ingest.naming.party_committees import LED_BY_BODIES, PARTY_NOUNS, party_class, read_committees, read_party
from ingest.patterns import UPPER
from ingest.spacing import spaced

_FROM_TO = spaced(rf" từ(?: [{UPPER}]\w*){{1,4}} đến(?: [{UPPER}]\w*){{1,4}}")
# between an office and whom it belongs to: " thuộc ", " - ", " của ", " trực thuộc ", " (PC08) - "
_OWNER = re.compile(r"\s*(?:\([a-zđ]{1,4}\d{2,3}\)\s*)?(?:[-–]\s*|(?:trực\s+)?thuộc\s+|của\s+|tại\s+)?")
_COMMA_OWNER = re.compile(r"\s*[,(]\s*")  # "Phòng Cảnh sát giao thông, Công an tỉnh", "Cục Muối (Bộ Công Thương)"
_COLON_FOLLOWS = re.compile(r"\s*:")
_LIST_COMMA = re.compile(r",\s*")
_ITEM_ENDS = re.compile(r"\)?\s*(?:[;.)\n]|$)")
# "liên quan", "có liên quan", "khác có liên quan", "chức năng", "hữu quan", "có thẩm quyền"
_MODIFIER = spaced(
    r" (?:khác )?(?:(?:có )?liên quan(?: khác)?|hữu quan|chức năng(?: (?:có )?liên quan)?|có thẩm quyền|khác)(?!\w)"
)
# "có cụm công nghiệp", but not "có trách nhiệm"; "diễn ra lễ hội"; "nơi có rừng"
_HAVING = spaced(
    r"\s+(?P<where>nơi )?(?:có|diễn ra|xảy ra)(?=\s)"
    r"(?!\s+(?:liên quan|trách nhiệm|nhiệm vụ|thẩm quyền|một|hai|đủ|ít nhất|từ"
    r"|văn bản|kế hoạch|thể|ý kiến|biện pháp|giải pháp|hiệu))"
)
# " khu vực V", " khu vực 12": an office for several provinces stands without one
_REGION = spaced(r" [Kk]hu vực (?:[IVX]{1,5}|\d{1,2})(?!\w)")
_OF_THE_NATION = (" việt nam", " vn")
# between a title and its agency: " ", ", các ", " của "
_UNDER_IT = spaced(r" (?:cơ sở |khác )?trực thuộc(?! trung ương)(?!\w)")  # "đảng ủy |trực thuộc Tỉnh ủy"
_SECOND_OFFICE = re.compile(r"\s*[-–]\s*(?=trưởng\s)")
_TITLE_LINK = re.compile(r"\s*(?:,|và|của)?\s*")
_EVERY = re.compile(r"các\s+")
# "Đảng ủy UBND tỉnh", "Đảng ủy các bộ, ngành"
_HAVE_COMMITTEES = frozenset(["ủy ban nhân dân", "sở", "bộ", "công an", "quân sự", "trung ương", "nhóm"])
_HAVE_INSPECTORS = frozenset(["sở", "bộ"])  # "Thanh tra Sở"
# "Công đoàn Bộ", "Đoàn Thanh niên Kiểm toán Nhà nước"
HAVE_SOCIETIES = frozenset(["sở", "bộ", "cục", "trung ương", "doanh nghiệp"])
_HAVE_COUNCILS = frozenset(["trường"])  # "Hội đồng Khoa học Trường Đại học A"
_DEEPEST = 6  # names in one another: title, office, committee, body, seat
_BODIES = frozenset(["mặt trận", "đoàn thể", "ủy ban", "hội đồng", "thường trực", "ban đảng"])
_OF_ONE_FIELD = frozenset(["sở", "bộ"])
_OF_THE_SCHOOL = spaced(r" (?:của )?nhà trường(?!\w)")
_COUNCIL = spaced(r" (?:hđnd|hội đồng nhân dân)\s?[,-] ?")  # "Văn phòng" + " HĐND, " + "UBND xã"
_POLICE = (" An ninh", " Cảnh sát", " Quản lý xuất nhập cảnh")
_WORD_GOES_ON = re.compile(r"\s*[-–]?\s*[A-ZĐ]{2}")  # "Sở GTVTXD": an abbreviation that the lexicon lacks
DEPARTMENTS = frozenset(
    ["phòng", "ban", "cục", "vụ", "chi cục", "trung tâm", "viện", "tổ", "đội", "văn phòng", "thanh tra", "ủy ban"]
)


def read_name(view: Passage, start: int) -> Mention | None:
    """The longest name that begins at start, or None."""
    if start in view.names:
        return view.names[start]
    if view.nesting == _DEEPEST:
        return None
    best: Mention | None = None
    view.nesting += 1
    for match in view.at(start):
        found = _READERS[match.head.continues](view, match)
        if found and (best is None or found.end > best.end) and not _only_goes_on(view, found, best):
            best = found
    view.nesting -= 1
    if view.nesting == 0:
        view.names[start] = best
    return best


def _only_goes_on(view: Passage, found: Mention, best: Mention | None) -> bool:
    """Whether a reading only adds small words to a whole name: "Ban Tổ chức Trung ương" + "tổng hợp đề án".

    So does "Hội Nông dân" + "trồng cây", but not "Hội Doanh nghiệp" + "trẻ".
    """
    if best is None or found.head.continues != "field" or found.owner:
        return False
    society = best.head.kind == "đoàn thể" and best.head.continues == "seat" and "Doanh nghiệp" not in best.words
    return (best.head.continues == "central" or society) and not view.capital(skip_space(view, best.end))


def read_owner(view: Passage, at: int, kinds: frozenset[str], classes: bool = False) -> Mention | None:
    """Whom an office belongs to, where that is printed behind it ("thuộc Sở Y tế", "- Bộ Quốc phòng", "UBND tỉnh")."""
    link = _OWNER.match(view.low, at)
    if not link:
        return None
    owner = read_name(view, link.end())
    return owner if owner and owner.head.kind in kinds and (classes or not owner.collective) else None


def read_modifier(view: Passage, at: int) -> tuple[int, str]:
    """What says that only some are meant ("liên quan"), and where it ends."""
    found = _MODIFIER.match(view.low, at)
    return (found.end(), " ".join(view.text[at : found.end()].split())) if found else (at, "")


def _central(view: Passage, match: HeadMatch) -> Mention | None:
    return Mention(match.start, match.end, match.head, match.head.name, collective=match.head.name[0].islower())


def _field(view: Passage, match: HeadMatch) -> Mention | None:
    head = match.head
    if any(m.head.continues == "board" and not m.head.bare and board_name(view, m) for m in view.at(match.start)):
        return None  # "Ban Chỉ huy tổng hợp …" where the text has one "Ban Chỉ huy Phòng thủ dân sự"
    if any(ends_board(view, m) for m in view.at(match.start)):
        return None
    field = field_of(view, match)
    if field and match.head.kind in _OF_ONE_FIELD and not view.capital(skip_space(view, match.end)):
        field = known_field(view, match.end)  # "các sở quản lý nhà nước chuyên ngành" are a class
    if field is None or (" " in match.head.name and _is_common(view, match)):
        return _alone(view, match)
    mention = Mention(match.start, field[0], head, f"{head.name} {field[1]}")
    if head.kind != "bộ" and (place := bare_place(view, field[0])):
        return replace(mention, end=place.end, seat=place)
    return _with_owner(view, mention)


def _is_common(view: Passage, match: HeadMatch) -> bool:
    """Whether a head of several words and what follows are printed small: "các trung tâm dịch vụ" is nobody's name."""
    return not view.capital(match.start) and not view.capital(skip_space(view, match.end))


def _alone(view: Passage, match: HeadMatch) -> Mention | None:
    """A head without a field: an agency of its own ("Ban Chỉ đạo"), or the issuer's short name ("Lãnh đạo Sở")."""
    if match.head.bare:
        return _with_seat(view, Mention(match.start, match.end, match.head, match.head.name))
    if is_directed(view, match, match.end):
        return None
    if match.head.kind in SELF and view.capital(match.start) and not _WORD_GOES_ON.match(view.text, match.end):
        return Mention(match.start, match.end, replace(match.head, continues="self"), match.head.name)
    return None


def _comma_owner(view: Passage, mention: Mention) -> Mention | None:
    """Whom a department belongs to that is named behind a comma: no one else has a police department, or a Cục."""
    police = mention.head.kind in ("phòng", "đội") and mention.words.startswith(_POLICE, len(mention.head.name))
    if not police and mention.head.kind not in ("cục", "vụ"):
        return None
    comma = _COMMA_OWNER.match(view.text, mention.end)
    owner = read_name(view, comma.end()) if comma else None
    if owner is None or (police and owner.head.kind != "công an"):
        return None
    if police:
        return owner
    central = owner.head.kind == "bộ" or owner.words == "Văn phòng Chính phủ"
    return owner if central and _ITEM_ENDS.match(view.text, owner.end) else None


def _with_owner(view: Passage, mention: Mention) -> Mention:
    if above := _comma_owner(view, mention):
        return replace(mention, end=above.end, owner=above)
    if mention.head.kind == "hội đồng" and (school := read_owner(view, mention.end, _HAVE_COUNCILS)):
        return replace(mention, end=school.end, owner=school)
    if mention.head.kind in DEPARTMENTS and (owner := read_owner(view, mention.end, OWNERS)):
        of = "của" if view.low[mention.end : owner.start].strip() == "của" and owner.head.kind == "trung ương" else ""
        return replace(mention, end=owner.end, owner=owner, link=of)
    return _with_seat(view, mention)


def _with_seat(view: Passage, mention: Mention) -> Mention:
    seat = read_seat(view, mention.end) if mention.head.kind != "bộ" else None  # a ministry is of no place
    if mention.head.kind == "đoàn thể" and (school := _OF_THE_SCHOOL.match(view.low, mention.end)):
        return replace(mention, end=school.end())
    if seat:
        mention = replace(mention, end=seat.end, seat=seat, collective=mention.collective or seat.many)
    if not (seat and seat.many):  # "có liên quan" behind one agency belongs to the list that it closes
        return mention
    end, modifier = _with_having(view, mention.end)
    return replace(mention, end=end, modifier=modifier)


def _with_having(view: Passage, at: int) -> tuple[int, str]:
    """What a class of places has in common: "UBND các xã, phường" + "có cụm công nghiệp"."""
    if between := _FROM_TO.match(view.text, at):  # "các tỉnh, thành phố từ Hà Tĩnh đến Khánh Hòa"
        return between.end(), " ".join(between[0].split())
    having = _HAVING.match(view.low, at)
    end = free_complement(view, having.end()) if having else at
    if having is None or end == having.end():
        return read_modifier(view, at)
    # "nơi có rừng" is said beside the name, which goes on without it
    return end, "" if having["where"] else " ".join(view.text[at:end].split())


def _board(view: Passage, match: HeadMatch) -> Mention | None:
    """A steering committee or a team, with the matter that it is for: "Ban Chỉ đạo Trung ương về chuyển đổi số"."""
    found = board_name(view, match)
    if found is None:
        return None
    words, end = found
    if is_of_the_centre(words, match.head):
        return Mention(match.start, end, replace(match.head, level="trung ương"), words)
    house = read_owner(view, end, _HAVE_INSPECTORS)
    if house and not view.low[end : house.start].strip():  # "Ban Chỉ huy Phòng thủ dân sự Bộ Xây dựng"
        return Mention(match.start, house.end, match.head, words, owner=house)
    return _with_seat(view, Mention(match.start, end, match.head, words))


def _person(view: Passage, match: HeadMatch) -> Mention | None:
    """An office holder who heads no agency is kept as printed: "Phó Thủ tướng Trần Văn A"."""
    if office := _SECOND_OFFICE.match(view.low, match.end):  # "Phó Thủ tướng - |Trưởng Ban Chỉ đạo quốc gia"
        headed = read_name(view, office.end())
        return replace(headed, start=match.start) if headed else None
    name = place_name(view, match.end)
    if not name or not 2 <= len(name[1].split()) <= 4:
        return None
    return Mention(match.start, name[0], match.head, f"{match.head.name} {name[1]}")


def _seat(view: Passage, match: HeadMatch) -> Mention | None:
    if match.head.name in lexicon("agencies")["capital_heads"] and not view.capital(match.start):
        return None
    if region := _REGION.match(view.text, match.end):
        words = " ".join([match.head.name, *region[0].split()])
        return Mention(match.start, region.end(), replace(match.head, continues="region"), words)
    if match.head.name in lexicon("agencies")["portals"] and (owner := read_owner(view, match.end, OWNERS)):
        return Mention(match.start, owner.end, match.head, match.head.name, owner=owner)
    owners = _HAVE_COMMITTEES if match.head.kind == "cấp ủy" else _HAVE_INSPECTORS
    places = read_seat(view, match.end)
    if match.head.kind in (*DEPARTMENTS, "cấp ủy") and (
        owner := read_owner(view, match.end, owners, classes=match.head.kind == "cấp ủy")
    ):
        owner = _with_more_classes(view, owner)
        if places is None or not places.many or places.end < owner.end:  # "Đảng ủy các xã, phường" are those of places
            return Mention(match.start, owner.end, match.head, match.head.name, owner=owner)
    house = read_owner(view, match.end, HAVE_SOCIETIES) if match.head.kind == "đoàn thể" else None
    if house and not view.low[match.end : house.start].strip():
        return Mention(match.start, house.end, match.head, match.head.name, owner=house)
    mention = _with_seat(view, Mention(match.start, match.end, match.head, match.head.name))
    if mention.seat and mention.seat.tier == "tỉnh" and mention.head.name == "Ban Chỉ huy Quân sự":
        mention = replace(mention, words="Bộ Chỉ huy Quân sự")  # a province has no lesser one: "BCHQS tỉnh"
    if mention.seat is None and match.head.kind == "đoàn thể" and (national := _of_the_nation(view, match)):
        return national
    if mention.seat is None and (place := bare_place(view, match.end)):  # "Điện lực Kim Bôi"
        mention = replace(mention, end=place.end, seat=place)
    return mention if mention.seat or match.head.bare else None


def _with_more_classes(view: Passage, owner: Mention) -> Mention:
    """ "Đảng ủy các bộ, ngành|, tổ chức chính trị - xã hội ở Trung ương": a committee of each in the whole list."""
    comma = _LIST_COMMA.match(view.low, owner.end) if _is_class(owner) and not owner.seat else None
    more = read_name(view, comma.end()) if comma and not view.low.startswith("các", comma.end()) else None
    if more is None or not _is_class(more) or lowered(more.words).startswith(tuple(PARTY_NOUNS)):
        return owner  # "Đảng ủy xã, phường|, đảng ủy trực thuộc": those are committees themselves
    words = f"{owner.words}, {more.words}"
    return replace(owner, end=more.end, words=words, head=replace(more.head, name=words), seat=more.seat)


def _is_class(mention: Mention) -> bool:
    """Whether a name is that of many: "các bộ, ngành", "các cơ quan ngang Bộ"."""
    return mention.head.kind == "nhóm" or (mention.head.continues == "central" and mention.words.startswith("các "))


def _of_the_nation(view: Passage, match: HeadMatch) -> Mention | None:
    """ "Hội Nông dân Việt Nam": the whole country's, but "… Việt Nam tỉnh" is the province's."""
    following = NATIONAL.match(view.text, match.end)
    if not following and not view.low.endswith(_OF_THE_NATION, match.start, match.end):
        return None
    end = following.end() if following else match.end
    if read_seat(view, end):
        return _with_seat(view, Mention(match.start, end, match.head, match.head.name))
    return Mention(match.start, end, replace(match.head, continues="central"), f"{match.head.name} Việt Nam")


def _part_of_school(view: Passage, match: HeadMatch) -> Mention | None:
    """ "Ban Giám hiệu", "giáo viên chủ nhiệm" where a school speaks; with a school's name behind, that school."""
    at = skip_space(view, match.end)
    school = read_name(view, at) if at > match.end else None
    if school and lowered(school.words).startswith(("trường ", "các trường")):
        return replace(school, start=match.start)
    if match.head.name == "Nhà trường" and not view.capital(match.start):
        return None  # "gia đình và nhà trường"
    own = _OF_THE_SCHOOL.match(view.low, match.end)
    return Mention(match.start, own.end() if own else match.end, match.head, match.head.name)


def _joint_office(view: Passage, match: HeadMatch) -> Mention | None:
    """ "Văn phòng HĐND, UBND xã": below the province one office serves both."""
    joint = _COUNCIL.match(view.low, match.end) if match.head.name == "Văn phòng" else None
    committee = read_name(view, joint.end()) if joint else None
    if committee is None or committee.head.kind != "ủy ban nhân dân":
        return None
    if committee.seat and LEVEL.get(committee.seat.tier) == "tỉnh":
        return None
    both = replace(committee, words="Hội đồng nhân dân và Ủy ban nhân dân")
    return Mention(match.start, committee.end, match.head, match.head.name, owner=both)


def _national(view: Passage, match: HeadMatch) -> Mention | None:
    """ "Trung ương Hội Cựu chiến binh": the society's body for the whole country."""
    society = read_name(view, skip_space(view, match.end)) if view.capital(match.start) else None
    if society is None or society.head.kind != "đoàn thể" or society.seat:
        return None
    end = at.end() if (at := NATIONAL.match(view.text, society.end)) else society.end
    words = " ".join([match.head.name, society.words, *view.text[society.end : end].split()])
    return Mention(match.start, end, replace(society.head, continues="central"), words)


def _body(view: Passage, match: HeadMatch) -> Mention | None:
    if joint := _joint_office(view, match):
        return joint
    owner = _class_led(view, match) or read_owner(view, match.end, OWNERS | _BODIES, classes=True)
    if owner and match.head.kind == "thường trực" and "thuộc" in view.low[match.end : owner.start]:
        return None  # "các phòng, ban, TT thuộc Văn phòng": centres, no standing committee
    if owner:
        several = match.head.name.startswith("các ") and view.low[match.end : owner.start].strip() == "của"
        link = "của" if several else ""
        return Mention(match.start, owner.end, match.head, match.head.name, owner=owner, link=link)
    return _with_seat(view, Mention(match.start, match.end, match.head, match.head.name)) if match.head.bare else None


def _class_led(view: Passage, match: HeadMatch) -> Mention | None:
    """The class of Party committees whose body it is: "Ban Thường vụ" + "các đảng ủy trực thuộc"."""
    link = _OWNER.match(view.low, match.end) if match.head.kind in LED_BY_BODIES else None
    return party_class(view, link.end(), read_name) if link else None


def _compound(view: Passage, match: HeadMatch) -> Mention | None:
    """ "TTTU", "TT HĐND huyện": the words stand for a prefix and a body."""
    whole = Passage(match.head.name + view.text[match.end : match.end + 60])
    inner = read_name(whole, 0)
    if inner is None:
        return None
    shift = match.end - len(match.head.name)
    part = part_in_work(view, match.start, match.end) if inner.head.continues == "noun" else None
    if part:  # "CSGD chủ trì, CSGD phối hợp"
        words = f"{inner.words} {' '.join(view.text[match.end : part].split())}"
        return replace(inner, start=match.start, end=part, words=words)
    return replace(inner, start=match.start, end=max(inner.end + shift, match.end))


def _leader(view: Passage, match: HeadMatch) -> Mention | None:
    """A title stands for the agency that it heads; "Chủ tịch, các Phó Chủ tịch UBND tỉnh" too."""
    link = _TITLE_LINK.match(view.low, match.end)
    if match.head.name == "cấp ủy" and link and link[0].strip():
        return None  # "Cấp ủy, tổ chức đảng" are two
    at = link.end() if link else match.end
    inner = read_name(view, at)
    if inner is None and (every := _EVERY.match(view.low, at)):  # "Chủ tịch, các Phó Chủ tịch UBND tỉnh"
        inner = read_name(view, every.end())
    if inner and match.head.name == "cấp ủy" and inner.collective and "," in inner.words:
        return None  # "cấp ủy, chính quyền, cơ quan" are bodies, "cấp ủy Sở" stands for the Sở
    return replace(inner, start=match.start) if inner else None


def _noun(view: Passage, match: HeadMatch) -> Mention | None:
    if committees := read_committees(view, match.start):
        return committees
    alone = not _COLON_FOLLOWS.match(view.text, match.end) and not _UNDER_IT.match(view.low, match.end)
    if match.head.name == "đảng ủy" and alone:
        return None  # "các đảng ủy: Chính phủ, Quốc hội" are announced, "Đảng ủy các cơ quan" is one
    return read_class(view, match, read_name)


_READERS = {
    "central": _central,
    "field": _field,
    "seat": _seat,
    "party": read_party,
    "body": _body,
    "board": _board,
    "person": _person,
    "national": _national,
    "compound": _compound,
    "school part": _part_of_school,
    "leader": _leader,
    "noun": _noun,
}
