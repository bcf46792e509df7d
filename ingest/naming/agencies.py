"""Agencies in a text: canonical names with their jurisdiction."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.lexicon import lexicon
from ingest.naming.abbreviations import Explained
from ingest.naming.agency_boards import is_of_the_centre
from ingest.naming.agency_lists import announced, read_list
from ingest.naming.agency_parts import Mention, Passage
from ingest.naming.agency_words import lowered
from ingest.naming.former_names import name_on
from ingest.naming.house_parts import OF_MINISTRIES, is_issuer, is_part
from ingest.naming.jurisdiction import DEPTH, LEVEL, UNKNOWN, Seat, bare_name, named, own, province_named, tier_of
from ingest.naming.schools import is_school
from ingest.naming.second_offices import of_one_holder
from ingest.naming.shared_seats import share_seats
from ingest.record import AgencyRef, Place
from ingest.text import CleanText
from ingest.values import value

PARTY_OF = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}
# no province has some: "các Bộ quản lý ngành", "các bộ, ngành liên quan"
_MINISTRIES = re.compile(r"(?:các )?bộ(?:,|\s(?:và|quản lý|chuyên ngành|liên quan|có liên quan)(?!\w))", re.IGNORECASE)
_SHOWN_LINKS = frozenset(
    [
        "đóng trên địa bàn",
        "đóng quân trên địa bàn",
        "đứng chân trên địa bàn",
        "trên địa bàn",
        "của",
        "thuộc",
        "trực thuộc",
        "trong",
    ]
)
_RULE = "agency name"
_PROVINCES = re.compile(r"(?:\d+ |các )tỉnh(?!\w)")  # "các tỉnh, thành phố" belong to no place


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose document it is: what a name without a jurisdiction ("Sở Tài chính", "UBND tỉnh") refers to.

    `issuer` is canonical, `issuer_head` the same without the jurisdiction; `place` is the issuer's jurisdiction;
    `explained` are the abbreviations that the document explains, `issued_on` is its day, perhaps partial; `about` is
    the province that the centre's document has in its title, which "Tỉnh" means there; `board` is the head by which
    the document says it calls a board, with the board's full name.
    """

    place: Place = UNKNOWN
    level: str | None = None
    issuer: str | None = None
    issuer_head: str | None = None
    explained: Explained = ()
    issued_on: str | None = None
    about: Place = ()
    board: tuple[str, str] | None = None


@value(frozen=True, slots=True)
class _Spelt:
    """A canonical name in the making."""

    name: str
    head: str
    place: Place
    level: str | None
    parent: str | None = None


@lru_cache(maxsize=1024)
def canonical(written: str, scope: Scope) -> AgencyRef | None:
    """The agency that a name alone stands for ("Sở LĐ-TBXH"), with start and end 0; None where it is no agency."""
    view = Passage(written.strip(), scope.explained)
    mentions = read_list(view, 0, len(view.text))
    found = _reference(view, mentions[0], scope) if mentions else None
    return replace(found, start=0, end=0) if found else None


@lru_cache(maxsize=2)
def document(text: str, explained: Explained) -> Passage:
    """The look-ups of a whole document, which is asked for passage by passage."""
    return Passage(text, explained)


def find_agencies(clean: CleanText, start: int, end: int, scope: Scope) -> list[AgencyRef]:
    """Every agency named in `clean.text[start:end]`, in the order of the text; lists are split, shared heads given."""
    whole = end - start == len(clean.text)
    view = Passage(clean.text, scope.explained) if whole else document(clean.text, scope.explained)
    mentions: list[Mention] = []
    at = start
    for match in view.between(start, end):
        if match.start < at:
            continue
        found = read_list(view, match.start, end)
        if [m for m in found if m.end > end]:
            found = _read_up_to(view, match.start, end)
        if found:
            mentions += found
            at = found[-1].end
    shared = share_seats(view, announced(view, mentions), of_centre=not scope.place)
    references = (_reference(view, m, scope) for m in shared)
    return of_one_holder(view, (r for r in references if r))


def _read_up_to(view: Passage, start: int, end: int) -> list[Mention]:
    """The names from a head on that do not go on behind `end`, where another heading or point begins."""
    cut = Passage(view.text[start:end], view.explained)
    return [replace(m, start=m.start + start, end=m.end + start) for m in read_list(cut, 0, end - start)]


def _reference(view: Passage, mention: Mention, scope: Scope) -> AgencyRef | None:
    spelt = _spell(mention, scope)
    if spelt is None:
        return None
    written = view.text[mention.start : mention.end]
    if mention.head.continues == "central" and lowered(written) != lowered(spelt.name):
        name = name_on(spelt.name, scope.issued_on)  # "Tập đoàn PVN" is what was called so on the day
        spelt = replace(spelt, name=name, head=name)
    return AgencyRef(
        start=mention.start,
        end=mention.end,
        rule=_RULE,
        confidence=0.6 if "?" in spelt.place or spelt.name.endswith("?") else 0.9,
        name=spelt.name,
        head=spelt.head,
        written=written,
        kind=mention.head.kind,
        level=spelt.level,
        place=spelt.place,
        collective=mention.collective,
        parent=spelt.parent,
    )


def _spell(mention: Mention, scope: Scope) -> _Spelt | None:
    """The canonical name; None where a short form ("Sở") is nobody's that the document tells of."""
    if mention.head.continues == "self":
        return _own_name(mention, scope)
    if mention.head.continues == "central":
        return _Spelt(mention.words, mention.words, (), mention.head.level or "trung ương")
    if mention.head.continues == "region":
        return _Spelt(mention.words, mention.words, (), mention.head.level)
    if mention.head.continues == "school part":
        if not is_school(scope.issuer_head):
            return None
        if mention.words in lexicon("agencies")["school_leaders"]:
            return _Spelt(scope.issuer or "", scope.issuer_head or "", scope.place, scope.level)
        return _part_of_issuer(mention, scope)
    if mention.owner:
        return _owned(mention, mention.owner, scope)
    if mention.head.continues == "party":
        return _party(mention, scope)
    if mention.seat and not mention.seat.tier and mention.seat.name:
        return _bare_place(mention, mention.seat.name, scope)
    if mention.seat:
        return _seated(mention, mention.seat, scope)
    if mention.words in ("sở", "Sở"):  # "Giám đốc Sở, Chủ tịch UBND xã": the one that speaks, or each of the province's
        return _own_name(replace(mention, words="Sở"), scope) or _inferred(mention, scope)
    return _called_board(mention, scope) or _inferred(mention, scope)


def _own_name(mention: Mention, scope: Scope) -> _Spelt | None:
    if not scope.issuer:
        return None
    above = f" {mention.words} "  # "Sở" in the plan of one of its teams: "Đoàn kiểm tra … Sở Y tế tỉnh …"
    if above in scope.issuer:
        head = (scope.issuer_head or "").partition(above)
        return _Spelt(
            (above + scope.issuer.partition(above)[2]).strip(), (above + head[2]).strip(), scope.place, "tỉnh"
        )
    if not lowered(scope.issuer_head or "").startswith(lowered(mention.words)):
        return None
    return _Spelt(scope.issuer, scope.issuer_head or "", scope.place, scope.level)


def _owned(mention: Mention, owner: Mention, scope: Scope) -> _Spelt | None:
    above = _spell(owner, scope)
    if above is None:
        return None
    link = f" {mention.link} " if mention.link else " "
    modifier = f" {mention.modifier}" if mention.modifier else ""
    level = above.level if mention.head.continues in ("body", "noun") else "cơ sở"
    if mention.head.kind == "cục" or mention.head.level == "trung ương":
        level = "trung ương"
    return _Spelt(
        f"{mention.words}{link}{above.name}{modifier}",
        f"{mention.words}{link}{above.head}",
        above.place,
        level,
        above.name,
    )


def _party(mention: Mention, scope: Scope) -> _Spelt:
    """ "Huyện ủy Yên Dũng": the place's name without its tier, but for those that custom writes in full."""
    seat = mention.seat
    assert seat is not None
    place = named(seat.tier, seat.name, scope.place) if seat.name else own(seat.tier, scope.place)
    if "trực thuộc trung ương" in lowered(mention.words):
        return _Spelt(mention.words, mention.words, (), "tỉnh")
    if lowered(mention.words).endswith((" trực thuộc tỉnh ủy", " trực thuộc thành ủy")):
        above = f" {bare_name(scope.place[0])}" if scope.place and scope.place != UNKNOWN else ""
        return _Spelt(f"{mention.words}{above}", mention.words, scope.place, LEVEL.get(seat.tier))
    if place is None or seat.many:  # one committee of each unit below: "Thường trực Huyện ủy" in a province's decision
        return _below(mention.words, seat.tier, scope)
    last = place[-1]
    words = (
        mention.words.replace(PARTY_OF.get(seat.tier, ""), PARTY_OF.get(tier_of(last), ""))
        if "?" not in last
        else mention.words
    )
    full = last in lexicon("agencies")["party_with_tier"] or bare_name(last).isdigit()  # "Quận ủy quận 6"
    level = _level_of(place, seat.tier)
    return _Spelt(f"{words} {last if full else bare_name(last)}", words, place, level)


def _below(words: str, tier: str, scope: Scope) -> _Spelt:
    name = f"{words} {_printed(scope.place)}".strip()
    return _Spelt(name, words, scope.place, LEVEL.get(tier, scope.level))


def _printed(place: Place) -> str:
    """What of a place stands behind a name: its last part."""
    return place[-1] if place else ""


def _level_of(place: Place, tier: str) -> str:
    return "huyện" if tier == "thành phố" and len(place) > 1 else LEVEL[tier]


def _seated(mention: Mention, seat: Seat, scope: Scope) -> _Spelt:
    modifier = f" {mention.modifier}" if mention.modifier else ""
    if seat.words.endswith("địa phương"):  # "Công an địa phương": wherever it is
        return _Spelt(
            " ".join(filter(None, [mention.words, seat.link, seat.words])) + modifier,
            mention.words,
            scope.place,
            mention.head.level,
        )
    # departments are a place's in any case: "các sở của tỉnh"
    own_anyway = seat.link == "của" and lowered(mention.words).startswith(("các sở", "sở"))
    linked = seat.link in _SHOWN_LINKS and mention.head.kind == "nhóm" and not own_anyway
    link = f" {seat.link} " if linked else " "
    if seat.many or (not seat.name and own(seat.tier, scope.place) is None):
        head = f"{mention.words}{link}{seat.words}{modifier}"
        level = mention.head.level or LEVEL.get(seat.tier) or scope.level
        if "trực thuộc trung ương" in lowered(seat.words) or _PROVINCES.match(lowered(seat.words)):
            return _Spelt(head, head, (), "tỉnh")
        if seat.tier == "thành phố" and len(scope.place) == 1 and "huyện" in seat.words:
            level = mention.head.level or "huyện"
        last = _printed(scope.place)
        if last and head.endswith(f"cấp {tier_of(last)}"):  # "cấp tỉnh Bắc Giang", not "cấp tỉnh tỉnh …"
            last = bare_name(last)
        return _Spelt(f"{head} {last}".strip(), head, scope.place, level)
    place = named(seat.tier, seat.name, scope.place) if seat.name else own(seat.tier, scope.place)
    assert place is not None
    level = mention.head.level or _level_of(place, seat.tier)
    bare = not seat.name and mention.words in lexicon("agencies")["with_bare_place"]
    shown = shown_place(place) if seat.name else bare_name(place[-1]) if bare else place[-1]
    return _Spelt(f"{mention.words}{link}{shown}{modifier}", mention.words + modifier, place, level)


def shown_place(place: Place) -> str:
    """A commune's name says little without what it lies in: "xã Yên Bình tỉnh Lào Cai", but "huyện Yên Dũng"."""
    return " ".join(reversed(place[-2:])) if LEVEL.get(tier_of(place[-1])) == "xã" and "?" not in place else place[-1]


def _bare_place(mention: Mention, name: str, scope: Scope) -> _Spelt:
    """A place printed without its tier: the document's own where it is one, or a province; else as printed."""
    inferred = _inferred(mention, scope)
    if mention.head.level in ("tỉnh", "huyện"):
        for depth in range(len(scope.place), 0, -1):
            if bare_name(scope.place[depth - 1]).lower() == name.lower():
                return replace(inferred, name=f"{mention.words} {scope.place[depth - 1]}", place=scope.place[:depth])
    if mention.head.level == "tỉnh" and (province := province_named(name)):
        return replace(inferred, name=f"{mention.words} {province}", head=mention.words, place=(province,))
    return replace(inferred, name=f"{mention.words} {name}", head=mention.words)


def _inferred(mention: Mention, scope: Scope) -> _Spelt:
    """A name without any jurisdiction: the document's own."""
    modifier = f" {mention.modifier}" if mention.modifier else ""
    words = mention.words + modifier
    if scope.issuer and is_issuer(mention, scope.issuer_head or ""):
        return _Spelt(scope.issuer, scope.issuer_head or "", scope.place, scope.level)
    if mention.words == "Đảng ủy" and (committee := _committee(scope.issuer or "")).startswith("Đảng ủy "):
        return _Spelt(committee, _committee(scope.issuer_head or ""), scope.place, scope.level)
    if scope.issuer and is_part(mention, scope.issuer_head or "", of_committee=bool(_committee(scope.issuer))):
        return _part_of_issuer(mention, scope)
    if mention.head.kind == "ban đảng" and (committee := _committee(scope.issuer or "")):
        head = f"{words} {_committee(scope.issuer_head or '')}".strip()
        return _Spelt(f"{words} {committee}", head, scope.place, scope.level, committee)
    # it is the country's
    if mention.head.continues == "field" and words.endswith((" Việt Nam", " Quốc gia", " Trung ương")):
        return _Spelt(words, words, (), "cơ sở" if mention.head.kind == "doanh nghiệp" else "trung ương")
    level = _of_no_place(mention, words)
    if level or (mention.head.level == "trung ương" and mention.head.kind != "vụ"):
        return _Spelt(words, words, (), level or "trung ương")
    if mention.head.kind == "doanh nghiệp" and mention.head.continues == "field":  # a firm is of no place's government
        return _Spelt(words, words, scope.place, mention.head.level)
    place = scope.place
    if mention.head.name == "Sở" and " " in words and mention.collective and place != UNKNOWN and place:
        words = words.split(" ", 1)[1]  # a province has one of each
    if mention.head.level in ("tỉnh", "huyện") and place != UNKNOWN:
        place = place[: DEPTH[mention.head.level]]
    level = mention.head.level or scope.level
    last = _printed(place)
    if lowered(words).endswith(f" {tier_of(last)}"):  # "các tổ chức thành viên Mặt trận Tổ quốc xã"
        last = bare_name(last)
    if (
        mention.head.continues == "field"
        and last not in ("", "?")
        and lowered(words).endswith(lowered(bare_name(last)))
    ):
        return _Spelt(words, words, place, level)
    return _Spelt(f"{words} {last}".strip(), words, place, level)


def _called_board(mention: Mention, scope: Scope) -> _Spelt | None:
    """The board that a document calls by its head alone; None for other names."""
    if scope.board is None or mention.head.continues != "board":
        return None
    head, full = scope.board
    # "Ban Chỉ đạo" and "Ban Chỉ đạo Nhà nước" for "Ban Chỉ đạo Nhà nước về …"
    if mention.words != head and not (
        mention.head.name == head and lowered(full).startswith(f"{lowered(mention.words)} ")
    ):
        return None
    found = canonical(full, replace(scope, board=None))
    if found and len(found.written) == len(full):
        return _Spelt(found.name, found.head, found.place, found.level)
    if is_of_the_centre(full, mention.head):
        return _Spelt(full, full, (), "trung ương")
    return _Spelt(f"{full} {_printed(scope.place)}".strip(), full, scope.place, scope.level)


def _of_no_place(mention: Mention, words: str) -> str | None:
    """The level of a class that is no place's: ministries, and the provinces themselves."""
    if mention.head.kind != "nhóm":
        return None
    return "trung ương" if _MINISTRIES.match(words) else "tỉnh" if _PROVINCES.match(lowered(words)) else None


def _committee(issuer: str) -> str:
    """The Party committee that issues a document, or whose standing committee does; empty where none does."""
    for above in ("Ban Thường vụ ", "Ban Chấp hành "):
        issuer = issuer.removeprefix(above)
    return issuer if issuer.startswith(("Đảng ủy", *PARTY_OF.values())) else ""


def _part_of_issuer(mention: Mention, scope: Scope) -> _Spelt:
    """ "Phòng Nghiệp vụ Y" in a document of the Sở Y tế, "Cục Hóa chất" in one of its ministry."""
    words = f"{mention.words} {mention.modifier}".strip()
    if words.endswith(" Việt Nam"):  # "Cục Đăng kiểm Việt Nam" is known by that name alone
        return _Spelt(words, words, (), "trung ương", scope.issuer)
    level = scope.level if mention.head.kind in ("văn phòng", "cục") else "cơ sở"
    issuer, above = scope.issuer or "", scope.issuer_head or ""
    if mention.head.kind == "nhóm" and (committee := _committee(issuer)):  # not of its standing committee
        issuer, above = committee, _committee(above)
    if mention.head.kind in OF_MINISTRIES and issuer.startswith("Văn phòng Bộ "):
        issuer, above = issuer.removeprefix("Văn phòng "), above.removeprefix("Văn phòng ")
    return _Spelt(f"{words} {issuer}", f"{words} {above}".strip(), scope.place, level, issuer)
