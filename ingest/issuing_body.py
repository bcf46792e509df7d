"""Who issues a document: out of its letterhead, its signature, its own sentence ("UBND huyện ban hành …") or its symbol."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from graph.places import places
from ingest.agencies import Scope, canonical, find_agencies
from ingest.agency_words import fields
from ingest.jurisdiction import DEPTH, UNKNOWN, bare_name, tier_of
from ingest.lexicon import lexicon
from ingest.lines import Piece, letters_only
from ingest.record import AgencyRef, Place
from ingest.text import CleanText

_OWN_SENTENCE = re.compile(
    r"\s*(?:\([^()\n]{1,60}\)\s*)?(?:đã\s+)?(?:xây dựng|ban hành|triển khai|thông báo|yêu cầu|đề nghị|chỉ thị|quyết định|báo cáo|lập|hướng dẫn)(?!\w)"
)
_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|[Tt]hành phố|TP\.?) (?P<name>[A-ZĐ]\w+(?:(?: - | – | )[A-ZĐÀ-Ỹ]\w+){0,3})")
_BARE_TIER = re.compile(r" (huyện|quận|thị xã|xã|phường|thị trấn|thành phố|đặc khu)$")  # "Ủy ban nhân dân huyện"
_HEADLESS = frozenset(["văn phòng", "phòng", "đoàn công tác", "ban chỉ đạo"])
_OWN_REACH = 6000  # characters of the beginning in which the issuer speaks of itself
TIER_WORDS = {"tinh": "tỉnh", "thanhpho": "thành phố", "tp": "thành phố", "huyen": "huyện", "quan": "quận", "thixa": "thị xã",
              "xa": "xã", "phuong": "phường", "thitran": "thị trấn", "dackhu": "đặc khu"}  # fmt: skip
_COMMITTEES = {
    "uybannhandan": "Ủy ban nhân dân",
    "ubnd": "Ủy ban nhân dân",
    "hoidongnhandan": "Hội đồng nhân dân",
    "hdnd": "Hội đồng nhân dân",
}
_PARTY = {"tinhuy": ("Tỉnh ủy", "tỉnh"), "thanhuy": ("Thành ủy", "thành phố"), "huyenuy": ("Huyện ủy", "huyện"),
          "quanuy": ("Quận ủy", "quận"), "thiuy": ("Thị ủy", "thị xã")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing agency with where it was read and the rule that read it."""

    agency: AgencyRef
    start: int
    end: int
    rule: str


@cache
def _central_keys() -> dict[str, str]:
    """Bodies of the centre and ministries by their letters alone, for letterheads that OCR has damaged."""
    keys = {letters_only(n): n for n in lexicon("agencies")["central"]}
    table, _ = fields()
    keys |= {"bo" + letters_only(f): f"Bộ {f}" for f in set(table.values())}
    return keys | {letters_only(n): n for n in lexicon("letterhead_bodies")["central"]}


@cache
def _field_keys() -> dict[str, str]:
    return {letters_only(f): f for f in set(fields()[0].values())}


@cache
def _place_keys() -> dict[tuple[str, str], list[str]]:
    """Names of provinces and districts by kind and letters: ("huyện", "yendung") → ["huyện Yên Dũng"]."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in places():
        if place.level in ("tỉnh", "huyện"):
            names = found.setdefault((tier_of(place.name), letters_only(bare_name(place.name))), [])
            if place.name not in names:
                names.append(place.name)
    return found


def spelt_out(capitals: str) -> str:
    """A name in capitals as it is written elsewhere: known names exactly, other words with one capital each."""
    key = letters_only(capitals)
    if key in _central_keys():
        return _central_keys()[key]
    if key.startswith("so") and key[2:] in _field_keys():
        return f"Sở {_field_keys()[key[2:]]}"
    if key.startswith("phong") and key[5:] in _field_keys():
        return f"Phòng {_field_keys()[key[5:]]}"
    for start, name in _COMMITTEES.items():
        if key.startswith(start) and (place := _place_of(key[len(start) :])):
            return f"{name} {place}"
    for start, (name, tier) in _PARTY.items():
        known = _place_keys().get((tier, key.removeprefix(start))) if key.startswith(start) else None
        if known:
            return f"{name} {bare_name(known[0])}"
    return " ".join(w.capitalize() if w.isupper() else w for w in capitals.split())


def _place_of(key: str) -> str | None:
    """ "thanhphohaiphong" → "thành phố Hải Phòng", where only one place is written so."""
    for start, tier in TIER_WORDS.items():
        found = _place_keys().get((tier, key[len(start) :]), []) if key.startswith(start) else []
        if len(found) == 1:
            return found[0]
    return None


def letterhead_names(lines: list[Piece]) -> list[tuple[str, int, int]]:
    """The agencies of a letterhead from the top down, each joined over its lines and spelt out."""
    groups: list[list[Piece]] = []
    for piece in lines:
        if groups and not _begins_name(piece.text):
            groups[-1].append(piece)
        elif _begins_name(piece.text):
            groups.append([piece])
    return [(spelt_out(" ".join(p.text for p in g).strip(" *-_")), g[0].start, g[-1].end) for g in groups]


def _begins_name(text: str) -> bool:
    key = letters_only(text)
    return key.startswith(tuple(lexicon("letterhead_bodies")["begins"]))


def named_by(name: str, hint: Place) -> AgencyRef | None:
    """The one agency that a name stands for as an issuer: a class it cannot be, so a tier without a name is unknown."""
    agency = canonical(name, Scope(hint))
    tier = (
        _BARE_TIER.search(agency.head) if (agency and agency.collective) or (agency and agency.place == hint) else None
    )
    if agency and tier and agency.name != f"{agency.head} {hint[-1] if hint else ''}".strip():
        tier = None
    if agency and tier:
        return canonical(name, Scope((*hint, f"{tier[1]} ?") if hint != UNKNOWN else ("?", f"{tier[1]} ?")))
    return agency if agency and not agency.collective else None


def from_letterhead(lines: list[Piece], hint: Place) -> Issuer | None:
    """The issuer that the letterhead names: its last name, under the jurisdiction of those above it."""
    names = letterhead_names(lines)
    scope = Scope(hint)
    found: Issuer | None = None
    for name, start, end in names:
        agency = _agency(name, scope, found)
        if agency is None:
            continue
        found = Issuer(agency, start, end, "letterhead")
        scope = Scope(agency.place if "?" not in agency.place else hint, agency.level, agency.name, agency.head)
    return found


def _agency(name: str, scope: Scope, above: Issuer | None) -> AgencyRef | None:
    """One name of the letterhead under the one above it."""
    agency = canonical(name, scope)
    if above is None:
        return agency
    if agency and agency.kind == "đoàn công tác" and " Theo Quyết" in name:
        charge = re.sub(
            r"^(Đoàn [Kk]iểm [Tt]ra|Đoàn [Tt]hanh [Tt]ra) Theo Quyết Định Số", r"\1 theo Quyết định số", name
        )
        full = f"{charge[:1]}{charge[1:].replace('Kiểm Tra', 'kiểm tra').replace('Thanh Tra', 'thanh tra')}"
        return replace(agency, name=f"{full} {above.agency.name}", head=full, level="cơ sở", place=above.agency.place)
    if agency and agency.kind in _HEADLESS and above.agency.name not in agency.name and agency.place:
        if above.agency.kind in ("sở", "ủy ban nhân dân", "cục") and agency.kind in ("văn phòng", "đoàn công tác"):
            level = above.agency.level if agency.kind == "văn phòng" else "cơ sở"
            head = f"{agency.head} {above.agency.head}"
            return replace(
                agency, name=f"{agency.head} {above.agency.name}", head=head, level=level, place=above.agency.place
            )
    return agency


def from_own_sentence(clean: CleanText, start: int, hint: Place) -> Issuer | None:
    """The issuer as it speaks of itself in the preamble: "Ủy ban nhân dân thành phố ban hành Kế hoạch …"."""
    end = min(len(clean.text), start + _OWN_REACH)
    for agency in find_agencies(clean, start, end, Scope(hint)):
        before = clean.text[max(0, agency.start - 5) : agency.start]
        starts = not before.strip(" \t") or before.rstrip(" \t")[-1] in "\n;,.”)"
        if starts and _OWN_SENTENCE.match(clean.text, agency.end) and agency.kind != "nhóm":
            whole = named_by(" ".join(agency.written.split()), hint)
            if whole:
                return Issuer(whole, agency.start, agency.end, "own sentence")
    return None


def from_suffix(suffix: str | None, hint: Place) -> Issuer | None:
    """The issuer that the letters of the symbol stand for: "KH-SLĐTBXH", "QĐ-TTg", "KH-UBND"."""
    if not suffix:
        return None
    body = re.split(r"[-/]", suffix)[-1] if re.match(r"[A-ZĐ]{1,4}r?[-/]", suffix) else suffix
    table = lexicon("letterhead_bodies")["letters"]
    for letters in dict.fromkeys((body, *re.split(r"[-/]", suffix))):
        agency = canonical(table.get(letters, letters), Scope(hint)) if len(letters) > 1 else None
        if agency is None and letters.startswith("S"):
            agency = canonical(f"Sở {letters[1:]}", Scope(hint))
        if agency and agency.kind != "nhóm":
            return Issuer(agency, 0, 0, "symbol")
    return None


def provinces_named(text: str) -> list[str]:
    """The provinces that a text names with their kind, the most frequent first."""
    counts: Counter[str] = Counter()
    for found in _PROVINCE.finditer(text):
        words = found["name"].split()
        for length in range(len(words), 0, -1):
            known = places().find(" ".join(words[:length]), level="tỉnh")
            if known:
                counts[known[0].name] += 1
                break
    return [name for name, _ in counts.most_common()]


def place_hint(date_place: str | None, text: str, on: str | None) -> Place:
    """The jurisdiction that the date line and the text tell of, before the issuer is known: ("tỉnh Hải Dương",)."""
    named = provinces_named(text)
    if date_place:
        printed = date_place.replace("Tp.", "TP.").strip(" .")
        found = places().find(printed, on=on) or places().find(printed)
        provinces = [p for p in found if p.level == "tỉnh" and not letters_only(printed) == "hanoi"]
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
    return (named[0],) if named else UNKNOWN


def under(place: Place, agency: AgencyRef, text: str) -> Place:
    """The whole path of an issuer's place: a district is completed to its province, where that is certain."""
    if agency.level == "trung ương" or not agency.place or (len(agency.place) > 1 and "?" not in agency.place):
        return agency.place
    last = agency.place[-1]
    depth = DEPTH.get(agency.level or "", 1)
    if depth >= 2 and "?" not in last:
        whole = places().complete(last)
        if whole:
            return whole
        named = provinces_named(text)
        fitting = [path for p in places().find(last) if (path := places().path(p))[0] in named]
        if len(set(fitting)) == 1:
            return fitting[0]
    return agency.place
