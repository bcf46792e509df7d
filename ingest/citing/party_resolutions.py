"""Resolutions of congresses and plenary sessions, which are cited by name: "Nghị quyết Đại hội XIII của Đảng"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.citing.mentions import Mention
from ingest.naming.agencies import Scope
from ingest.record import AgencyRef, Place
from ingest.spacing import folded, spaced

# "Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
# "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX, nhiệm kỳ 2020-2025", "Nghị quyết Đại hội XX Đảng bộ tỉnh", "Nghị quyết
# Đại hội Tỉnh Đảng bộ lần thứ VIII" of former years
_CONGRESS = spaced(
    r"Nghị quyết (?:của )?(?P<congress>[Đđ]ại hội(?: đại biểu)?(?: toàn quốc)?"
    r"(?: [Tt]ỉnh Đảng bộ| Đảng [Tt]ỉnh bộ| Đảng(?: toàn quốc)?(?! bộ))?"
    r"(?:(?: lần thứ)? [XVI]+(?= Đảng bộ))?"
    r"(?: Đảng bộ(?: (?P<tier>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|các cấp))?(?: [A-ZĐ]\w*){0,4})?"
    r"(?: lần thứ)?(?: [XVI]+(?!\w))?(?: của Đảng)?(?:,? \(?nhiệm kỳ \d{4}\s{0,2}[-–]\s{0,2}\d{4})?)"
)
# "Nghị quyết Trung ương 6 khóa XII", "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XI"
_PLENUM = spaced(
    r"Nghị quyết(?: (?:của )?Hội nghị)?(?: lần thứ \w+)?,?(?: Ban [Cc]hấp hành)? Trung ương(?: Đảng)?(?: lần thứ)?"
    r"(?: (?:\d{1,2}|bốn|năm|sáu|bảy|tám|chín|mười))?,? \(?[Kk]hóa (?P<term>[XVI]+)\)?"
)
# "Nghị quyết 20 Ban Chấp hành Trung ương Đảng khóa X"
_NUMBERED = spaced(
    r"Nghị quyết (?:số )?\d{1,3} (?:của )?(?:Ban Chấp hành )?Trung ương(?: Đảng)?,? \(?[Kk]hóa (?P<term>[XVI]+)\)?"
)
# "Điều lệ Đảng Cộng sản Việt Nam"
_CHARTER = spaced(r"Điều lệ (?:Đảng(?: Cộng sản Việt Nam)?|Công đoàn Việt Nam)(?!\w)")
_TURNED = re.compile(r"[Tt]ỉnh Đảng bộ|Đảng [Tt]ỉnh bộ")
_NUMERAL = re.compile(r"[XVI]+$|toàn quốc|của Đảng|Đảng bộ")


def _congress(found: re.Match[str], scope: Scope) -> tuple[str, Place]:
    """The congress's name and place; one without a name is the citing document's own: "Đại hội Đảng bộ tỉnh"."""
    name = folded(found["congress"]).replace("(", "").replace("đại hội", "Đại hội", 1)
    name = _TURNED.sub("Đảng bộ tỉnh", name)
    if "Đảng bộ" not in name:
        return name, ()
    tier = found["tier"] or ("tỉnh" if "Đảng bộ tỉnh" in name else None)
    if tier and name.endswith(f"Đảng bộ {tier}"):
        own = next((p for p in scope.place if p.startswith(tier) and not p.endswith("?")), None)
        name = f"{name.removesuffix(tier)}{own}" if own else name
    return name, scope.place


def _issuer(name: str, kind: str, place: Place, scope: Scope, found: re.Match[str]) -> AgencyRef:
    return AgencyRef(
        start=found.start(), end=found.end(), rule="party resolution by name", confidence=0.85, name=name, head=name,
        written=name, kind=kind, level=scope.level if place else "trung ương", place=place,
    )  # fmt: skip


def find_party_resolutions(text: str, scope: Scope) -> Iterator[Mention]:
    """Every resolution of a congress or plenum, and charter, that the text calls by name."""
    for found in _CONGRESS.finditer(text):
        name, place = _congress(found, scope)
        if _NUMERAL.search(name):  # "Nghị quyết Đại hội" alone tells nothing
            yield _mention(found, "Nghị quyết", _issuer(name, "đại hội", place, scope, found))
    for found in (*_PLENUM.finditer(text), *_NUMBERED.finditer(text)):
        name = f"Ban Chấp hành Trung ương Đảng khóa {found['term']}"
        yield _mention(found, "Nghị quyết", _issuer(name, "ban chấp hành", (), scope, found))
    for found in _CHARTER.finditer(text):
        yield _mention(found, "Điều lệ", None)


def _mention(found: re.Match[str], kind: str, issuer: AgencyRef | None) -> Mention:
    words = folded(found[0]).replace("(", "").replace(")", "").replace("đại hội", "Đại hội", 1)
    return Mention(
        start=found.start(), end=found.end(), key=words, type=kind, rule="party resolution by name", confidence=0.9,
        issuer=issuer,
    )  # fmt: skip
