"""How far the names of an item reach: a class goes on with what tells it, a company with the rest of its name."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.lexicon import lexicon
from ingest.naming.abbreviations import spell_out
from ingest.naming.agencies import Scope
from ingest.naming.agency_words import lowered
from ingest.naming.jurisdiction import bare_name
from ingest.patterns import LOWER
from ingest.record import AgencyRef

# what an item goes on with behind a class: " cho thuê kho bãi", ", chữa bệnh trên địa bàn tỉnh"
_TAIL = re.compile(
    rf"(?! (?:và|để|như|qua|theo dõi) | (?:thuộc|của) \w+\s*(?:[;.(]|$))(?:,? [{LOWER}][^;()]*)(?=\s*(?:[;.(]|$))"
)
_OWN_PLACE = re.compile(
    r"((?:^| )(?:trên )?(?:địa bàn|phạm vi|thuộc|trong) )((?:toàn )?(?:thành phố|tỉnh))$", re.IGNORECASE
)
_PLACED = re.compile(r"(?<!\w)(?:địa bàn|tỉnh|thành phố|huyện|xã|phường|địa phương)(?!\w)", re.IGNORECASE)
# "… |và tư vấn kỹ thuật|", but no second body: "… và các đơn vị thi công"
_REST_OF_COMPANY = re.compile(r"\s+và\s+(?!các\s|những\s|Công ty|Chi nhánh)[^;.,():\d]{2,60}(?=\s*(?:[;.,(]|$))")
_DIRECTLY_BELOW = re.compile(r"\s+trực thuộc Trung ương(?!\w)", re.IGNORECASE)  # "các đảng ủy |trực thuộc Trung ương|"
_LETTERED = re.compile(r"Vụ ([A-ZĐ]{2,6})(?!\w)")
_CLASS_OF = re.compile(r"(?:các|những)\s+(?!đồng chí|đ/c)[^;.:()\d]{3,80}\s(?:trực thuộc|thuộc)\s+", re.IGNORECASE)


def to_their_ends(text: str, named: list[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The agencies of an item, a class with all that the item says of it: "các doanh nghiệp" + "cho thuê kho bãi"."""
    found: list[AgencyRef] = []
    for agency in named:
        if found and found[-1].start < agency.start < found[-1].start + len(found[-1].written):
            continue
        following = next((other.start for other in named if other.start > agency.start), len(text))
        if agency.kind == "nhóm":
            agency = _to_its_end(text, agency, following, scope)
        elif agency.kind == "vụ":
            agency = _spelt_department(agency)
        elif agency.name == "Đảng ủy" and (behind := _DIRECTLY_BELOW.match(text, agency.start + len(agency.written))):
            name = f"các đảng ủy {behind[0].strip()}"
            agency = replace(agency, name=name, head=name, written=text[agency.start : behind.end()], collective=True)
        elif agency.kind == "doanh nghiệp" and following == len(text):
            agency = _whole_company(text, agency)
        found.append(agency)
    return [_class_of_owner(text, found[0])] if len(found) == 1 else found


def _spelt_department(agency: AgencyRef) -> AgencyRef:
    """A department of a ministry that a list shortens: "Vụ KH Bộ X"."""
    letters = _LETTERED.match(agency.name)
    words = lexicon("recipients")["departments"].get(letters[1].lower()) if letters else None
    if letters is None or words is None:
        return agency
    name, head = (f"Vụ {words}{part[letters.end() :]}" for part in (agency.name, agency.head))
    return replace(agency, name=name, head=head)


def _whole_company(text: str, agency: AgencyRef) -> AgencyRef:
    """A company with all of its name: "Công ty TNHH Vận tải" + "và tư vấn kỹ thuật"."""
    tail = _REST_OF_COMPANY.match(text, agency.start + len(agency.written))
    if tail is None:
        return agency
    name = f"{agency.name} {' '.join(tail[0].split())}"
    return replace(agency, name=name, head=name, written=text[agency.start : tail.end()])


def _class_of_owner(text: str, owner: AgencyRef) -> AgencyRef:
    """The class that an item names by its owner alone: "Các Bệnh viện, Viện có giường bệnh trực thuộc" + "Bộ Y tế"."""
    printed = _CLASS_OF.match(text, 0, owner.start)
    if printed is None or printed.end() != owner.start:
        return owner
    words = spell_out(" ".join(printed[0].split()))
    name = f"{words} {owner.name}"
    return replace(
        owner, name=name, head=name, start=printed.start(), written=text[: owner.start + len(owner.written)],
        kind="nhóm", collective=True, parent=owner.name,
    )  # fmt: skip


def _to_its_end(text: str, agency: AgencyRef, following: int, scope: Scope) -> AgencyRef:
    end = agency.start + len(agency.written)
    tail = _TAIL.match(text, end, following) if following == len(text) else None
    if tail is None:
        return agency
    shown = agency.place[-1] if agency.place else ""
    inferred = (
        shown and agency.name.endswith(f" {shown}") and not lowered(agency.written).endswith(lowered(bare_name(shown)))
    )
    head = agency.name.removesuffix(f" {shown}") if inferred else agency.name
    words = spell_out(tail[0].strip(" ."), scope.explained)
    words = with_own_place(words, scope)
    whole = f"{head}{'' if words[:1] == ',' else ' '}{words}"
    name = f"{whole} {shown}" if inferred and not _PLACED.search(words) else whole
    return replace(agency, name=name, head=whole, written=text[agency.start : tail.end()].rstrip())


def with_own_place(words: str, scope: Scope) -> str:
    """What is said of a class with the document's own place by its name: "trên địa bàn tỉnh", "trong tỉnh"."""
    return _OWN_PLACE.sub(lambda m: m[1] + _own_place(m[2], scope), words)


def _own_place(tier: str, scope: Scope) -> str:
    """The place of the document that "tỉnh", "toàn thành phố" means."""
    kind = f"{tier.lower().removeprefix('toàn ')} "
    return next((part for part in reversed(scope.place) if part.startswith(kind)), tier)
