"""Whom a list of recipients names by titles and initials: the issuer's leaders, its office and the departments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.formalities.signature import family_name, person_name
from ingest.lexicon import lexicon
from ingest.naming.abbreviations import spell_out
from ingest.naming.agencies import Scope, canonical, find_agencies
from ingest.naming.agency_words import field_key, fields, lowered
from ingest.record import AgencyRef
from ingest.text import CleanText

# "các Vụ: TH, KTTH", "Phòng: VX, TCNS", "Trưởng phòng: THVX, NC", "Các Phòng CV", "các phòng, đơn vị: TH, ĐMPT"
_DEPARTMENTS = re.compile(
    r"(?:^|[:,;]\s*)(?:trưởng\s+|các\s+|lãnh đạo\s+)*(?P<kind>vụ|phòng|cục)"
    r"(?:, (?:vụ|cục|đơn vị|ban|tt|trung tâm)(?=[:,]))*\s*:?\s+"
    r"(?P<names>[\w&.]{1,12}(?:-\w{2,4}| i{1,3})?(?:\s*(?:,|và)\s*[\w&.]{1,12}(?:-\w{2,4}| i{1,3})?)*)"
    r"\s*(?:[.;:]|$|,\s*(?=cổng |công báo))"  # a scanner's ":" for ";"
)
# "các Vụ: CN, TH, |Cục KSTT": a head of its own inside the list
_OTHER_HEAD = re.compile(r",\s*(?=(?:các\s+)?(?:vụ|phòng|cục):?\s+[\w&.]{1,12}\s*(?:[,.]|$))")
_SEVERAL_HEADS = re.compile(r"(?:vụ|cục|phòng), (?:vụ|cục|phòng|đơn vị)\s*:")
_OFFICE_PARTS = re.compile(
    r"(?P<who>các vụ, cục, đơn vị(?: trực thuộc)?|các vụ(?:, cục)?(?=\s*(?:[.,;]|$))(?!, (?:vụ|cục))"
    r"|các đơn vị trực thuộc|các phòng(?:, (?:ban|đơn vị)| nghiên cứu(?: tổng hợp)?| chuyên môn)?(?: trực thuộc)?)"
    r"(?![\w:]|\s+\w|, (?:ban|đơn vị|tt)(?!\w))"
)
_CODE = re.compile(r"(?:[Pp]hòng |P\.)?(?P<code>[A-ZĐ][A-ZĐ&]{1,7})")  # "KGVX", "P.NC" among an office's leaders
# what a line of the Government Office names besides
_BESIDE_OFFICE = {
    "cổng t": "Cổng Thông tin điện tử Chính phủ",
    "ttđt": "Cổng Thông tin điện tử Chính phủ",
    "ttth": "Trung tâm Tin học Văn phòng Chính phủ",
    "công báo": "Công báo",
}
_GOVERNMENT_OFFICE = "Văn phòng Chính phủ"
_BESIDE = frozenset(["trung tâm", "báo chí"])  # what an own office's line may name besides: "Trung tâm Thông tin"
# "Các VP: Tỉnh ủy, Đoàn ĐBQH"
_OFFICES = re.compile(r"(?:các\s+)?(?:vp|văn phòng)\s*:", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;:]|\bvà\b)\s*")
# councils and deputies of a province have one office since then
_ONE_OFFICE_SINCE = "2021"
_OFFICE_OF_BOTH = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân"


_TEAM_OF_COUNCIL = re.compile(r"Đoàn [Gg]iám sát (?=Hội đồng nhân dân)")


def with_offices_of_council(scope: Scope) -> Scope:
    """Whose offices a team that a council sent writes to: the council's."""
    if not scope.issuer or not _TEAM_OF_COUNCIL.match(scope.issuer):
        return scope
    council, head = (_TEAM_OF_COUNCIL.sub("", name or "") for name in (scope.issuer, scope.issuer_head))
    return replace(scope, issuer=council, issuer_head=head)


def offices_of_bodies(text: str, scope: Scope) -> list[AgencyRef]:
    """The offices of several bodies: "Các VP: Tỉnh ủy, Đoàn ĐBQH và HĐND tỉnh"; each stands where its body does."""
    head = _OFFICES.match(text)
    bodies = find_agencies(CleanText(text), head.end(), len(text), scope) if head else []
    offices = ((body, canonical(f"Văn phòng {body.name}", scope)) for body in bodies)
    return [replace(office, start=body.start, end=body.start + len(body.written)) for body, office in offices if office]


def only_leaders(text: str) -> bool:
    """ "Giám đốc, PGĐ Minh", "CT, các PCT": leaders of the issuer and nothing else, but for a name of one word."""
    known = lexicon("recipients")
    printed = re.findall(r"[\w/]+", text)
    words = [lowered(word) for word in printed]
    rest = [p for p, w in zip(printed, words, strict=True) if w not in known["own_leaders"]]
    named = all(word[:1].isupper() or word.isdigit() for word in rest)  # "Trưởng thôn" is none of them
    return len(rest) <= 1 and named and any(w in known["own_leaders_need"] for w in words)


@cache
def _village_offices() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {form: name for name, forms in lexicon("recipients")["village_offices"].items() for form in forms}
    either = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?=\s*(?:[,;.(]|$)| và )"), words


def village_heads(text: str, scope: Scope) -> Iterator[AgencyRef]:
    """The heads of villages, named by their office alone: "Bí thư chi bộ, Trưởng thôn"."""
    pattern, words = _village_offices()
    for found in pattern.finditer(lowered(text)):
        name = words[found[0]]
        yield AgencyRef(
            start=found.start(), end=found.end(), rule="recipients", confidence=0.7,
            name=" ".join([name, *scope.place[-1:]]), head=name,
            written=text[found.start() : found.end()], kind="người giữ chức vụ", level="xã", place=scope.place,
        )  # fmt: skip


@cache
def _titled_name() -> re.Pattern[str]:
    """A title without its agency, perhaps with a person's name: "PCT. Trần Văn Lúa", "Đ/c Thứ trưởng", "các PCT"."""
    titles = sorted(lexicon("recipients")["titles"], key=len, reverse=True)
    either = "|".join(map(re.escape, titles))
    return re.compile(
        rf"(?:(?:các )?(?:đ/c|đồng chí) |các )?(?i:{either})(?!\w)\.?(?: {{0,3}}(?:[-–] )?(?P<name>[^\W\d_].*))?",
        re.IGNORECASE,
    )


def leaders_by_name(text: str) -> bool:
    """ "PCT. Trần Văn Lúa", "CT, PCT Trần Văn Lúa": titles without an agency, one of them at least with its name."""
    found = [_titled_name().fullmatch(part) for part in _PARTS.split(text.strip(" .;,:")) if part]
    names = [titled["name"] for titled in found if titled and titled["name"]]
    named = all(name.istitle() and person_name(name) and family_name(name.split()[0]) for name in names)
    return bool(names) and named and all(found)


def own_offices(text: str, scope: Scope) -> list[AgencyRef]:
    """The issuer's own office and its departments: "VP: LĐ, CV", "CPVP", "Phòng: VX", "VPCP: BTCN, các Vụ: TH".

    Args:
        text: one item of the list, without what stands in brackets.
        scope: whose document it is.
    """
    low = " ".join(lowered(text).strip(" .;,:✓").split())
    government = low.startswith(("vpcp", "văn phòng chính phủ:"))
    issuer = lowered(scope.issuer_head or "")
    if not government and not issuer.startswith(("ủy ban nhân dân", "văn phòng", "hội đồng nhân dân")):
        return []
    office = canonical(_GOVERNMENT_OFFICE if government else _own_office(scope), scope)
    if office is None:
        return []
    named = find_agencies(CleanText(text), 0, len(text), scope) if not government else []
    starts = government or _names_own_office(low, named, scope)
    found = [office] if starts else []
    of_province = scope.level == "tỉnh" and issuer.startswith(("ủy ban nhân dân", "hội đồng nhân dân"))
    own_rooms = of_province and low.startswith("các phòng") and not low.startswith("các phòng, ban")
    if starts or own_rooms or not _OFFICE_PARTS.search(low):
        # the Vụ and Cục of a ministry are no part of its office
        alone = not government and issuer.startswith(("ủy", "văn phòng bộ "))
        found += _departments(low, office, ("phòng",) if alone else ("vụ", "phòng", "cục"))
    if of_province and not found:
        found += [_in_full(room, office) for room in named if _is_room(room, scope)]
    if government:
        found += [a for w, name in _BESIDE_OFFICE.items() if w in low and (a := canonical(name, scope))]
    elif starts:
        found += _by_code(text, office, found)
        found += [agency for agency in named if agency.kind in _BESIDE]
    return found


def _is_room(agency: AgencyRef, scope: Scope) -> bool:
    """Whether a "Phòng" has no owner but the province, which has none: "Phòng Đô thị" beside the office's leaders."""
    inferred = agency.name == " ".join([agency.head, *scope.place[-1:]])
    return agency.kind == "phòng" and not agency.collective and inferred


def _in_full(room: AgencyRef, office: AgencyRef) -> AgencyRef:
    return replace(room, name=f"{room.head} {office.name}", parent=office.name, level="cơ sở", place=office.place)


def _names_own_office(low: str, named: list[AgencyRef], scope: Scope) -> bool:
    """Whether an item begins with the issuer's own office, and not with another body's ("VP Quốc hội")."""
    words = sorted(lexicon("recipients")["own_office"], key=len, reverse=True)
    begins = re.match(rf"(?:{'|'.join(map(re.escape, words))})(?=[\s,:;.+]|$)[\s.]*", low)
    if begins is None:
        return False
    first = named[0] if named else None
    other = first and first.start <= begins.end() < first.start + len(first.written)
    return not other or first is None or first.name in (scope.issuer, f"Văn phòng {scope.issuer}")


def _own_office(scope: Scope) -> str:
    """The office that serves the issuer; a district has one for both its council and its committee."""
    if lowered(scope.issuer_head or "").startswith("văn phòng"):
        return scope.issuer or ""
    place = scope.place[-1] if scope.place else ""
    if scope.level == "huyện":
        return f"Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {place}"
    if (scope.issuer_head or "").startswith("Hội đồng nhân dân") and (scope.issued_on or "") >= _ONE_OFFICE_SINCE:
        return f"{_OFFICE_OF_BOTH} {place}"
    return f"Văn phòng {scope.issuer}"


def _departments(low: str, office: AgencyRef, kinds: tuple[str, ...]) -> Iterator[AgencyRef]:
    """Departments of an office by their abbreviations."""
    low = _comma_before_codes().sub(r"\1:", low)
    if parts := _OFFICE_PARTS.search(low):
        words = parts["who"].replace("vụ", "Vụ").replace("cục", "Cục")
        yield replace(
            office, name=f"{words} {office.name}", head=words, kind="nhóm", collective=True, parent=office.name
        )
        return
    for part in (p for half in low.split(";") for p in _by_head(half)):
        found = _DEPARTMENTS.search(part.strip())
        for name in re.split(r"\s*(?:,|và)\s*", found["names"]) if found and found["kind"] in kinds else ():
            yield _department(found["kind"] if found else "", name, office)


@cache
def _comma_before_codes() -> re.Pattern[str]:
    """The comma of "các Vụ, QHQT, CN", which stands for a colon."""
    codes = "|".join(re.escape(code) for code in lexicon("recipients")["departments"])
    return re.compile(rf"((?:^|[:,;] )các (?:vụ|phòng|cục)),(?= (?:{codes})(?:\s*[,.;]|$))")


def _by_head(part: str) -> list[str]:
    """A list of departments, cut before a head of its own; "các vụ, cục: th, pl" has one head for all."""
    return [part] if _SEVERAL_HEADS.search(part) else _OTHER_HEAD.split(part)


def _department(kind: str, name: str, office: AgencyRef) -> AgencyRef:
    known = lexicon("recipients")["departments"]
    if centre := fields()[0].get(field_key(name).removeprefix("tt")) if name.startswith("tt") else None:
        head = f"Trung tâm {centre}"
        shown = f"{head} {office.place[-1]}" if office.place else head
        return replace(office, name=shown, head=head, kind="trung tâm", level="cơ sở")
    key = name.strip(". ").replace(".", "")
    key = key.replace(" ", "").removeprefix("v") if re.match(r"v\.?\s?i", name) else key
    words = known.get(key) or spell_out(key.upper())  # "KHTC": as other texts spell it
    head = "các Phòng chuyên viên" if key == "cv" else f"{kind.capitalize()} {words[:1].upper()}{words[1:]}"
    return replace(office, name=f"{head} {office.name}", head=head, kind=kind, level="cơ sở", parent=office.name)


def _by_code(text: str, office: AgencyRef, found: list[AgencyRef]) -> list[AgencyRef]:
    """Departments among an office's leaders: "CVP, PCVP Lúa, NC, KGVX, TH"."""
    if any(agency.parent == office.name and not agency.collective for agency in found):
        return []
    titles = {word.upper() for word in (*lexicon("recipients")["own_office"], *lexicon("recipients")["own_leaders"])}
    codes = [c["code"] for part in _PARTS.split(text.strip(" .;,:")) if (c := _CODE.fullmatch(part.strip()))]
    codes = [code for code in codes if code not in titles]
    known = any(code.lower() in lexicon("recipients")["departments"] for code in codes)
    return [_department("phòng", code.lower(), office) for code in codes] if known else []
