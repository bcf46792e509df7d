"""Places that act, for all who govern them: "thành phố Đà Nẵng cần …", "Các tỉnh Nghệ An, Quảng Ngãi khẩn trương …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.actors import name_actor
from ingest.assigning.named import is_inside
from ingest.assigning.task_segments import sentences
from ingest.naming.agencies import Scope
from ingest.naming.jurisdiction import LEVEL, named, own, province_named
from ingest.patterns import LOWER, UPPER, any_of, cues, pattern, whole
from ingest.record import AgencyRef, Place

# "…, |thành phố Đà Nẵng| cần tập trung …", "|Tỉnh| phải …"
_PLACE_ACTS = pattern(
    rf"(?P<tier>{whole(['tỉnh', 'thành phố', 'huyện', 'quận', 'thị xã', 'xã', 'phường'])})"
    rf"(?P<name>(?-i:(?: [{UPPER}][^\W\d_]*){{1,4}}))?"
    r"(?= (?:cần|phải|tiếp tục|khẩn trương|chủ động|tập trung)(?!\w))"
)
_ACT_WORDS = ("cần", "phải", "tiếp", "khẩn", "động", "trung", "với")  # one of which is in each of them
# "Về đường ven biển: |Tỉnh| rà soát …" in what the centre concludes of one province
_DOES = any_of(["căn cứ", *(verb for key in ("verbs", "manner", "own_verbs") for verb in cues("task_cues", key))])
_THE_PLACE_ACTS = pattern(rf"(?-i:(?P<tier>Tỉnh|Thành phố))(?P<name>)(?= (?:{_DOES})(?!\w))")
# "Đối với |huyện Yên Dũng|: yêu cầu khẩn trương tiêm phòng": who is to do what stands behind the colon
_CONCERNED = pattern(
    rf"đối với (?P<tier>{whole(['tỉnh', 'thành phố', 'huyện', 'quận', 'thị xã', 'xã', 'phường'])})"
    rf"(?P<name>(?-i:(?: [{UPPER}][^\W\d_]*){{1,4}}))(?= ?: (?:(?:yêu cầu|đề nghị),? )?(?:{_DOES})(?!\w))"
)
# "|Các tỉnh Nghệ An, Quảng Ngãi| khẩn trương …", "|Thành phố Hà Nội và tỉnh Bắc Ninh| đẩy nhanh …"
_TIER = r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)"
_NAMED = rf"(?-i:[{UPPER}][^\W\d_]*(?: (?:- )?[{UPPER}][^\W\d_]*){{0,4}})"
_ACT = any_of([*cues("task_cues", "verbs"), *cues("task_cues", "manner")])
_PLACES_ACT = pattern(
    rf"(?:các )?(?P<list>{_TIER}:? {_NAMED}(?:(?:,| và) (?:(?:các )?{_TIER} )?{_NAMED}){{0,30}})"
    rf"(?= (?-i:[{LOWER}]))(?= (?:{_ACT})(?!\w))"
)
_ONE_PLACE = pattern(rf"(?:(?P<tier>{_TIER}):? )?(?P<name>{_NAMED})")
# "Bộ A, |các tỉnh| Nghệ An, Quảng Ngãi", "phối hợp với |các xã|: Tân Lập, Hòa Phú"
_CLASS = pattern(rf"các (?P<tier>{_TIER})")
_NAMES = pattern(rf":? (?P<list>{_NAMED}(?:(?:,| và) (?:{_TIER} )?{_NAMED}){{1,30}})")
_CLAUSE_BEFORE = re.compile(r"[,.;:]\s*$")
# "…; |các tỉnh Nghệ An, Quảng Ngãi| …": where a clause may have its subject
_CLAUSE = pattern(r"; ")


def acting_places(text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """A place that is told what it must do, for all who govern it: "thành phố Đà Nẵng cần …", "Tỉnh phải …"."""
    found: list[AgencyRef] = []
    low = text[start:end].lower()
    if not scope.about and not any(word in low for word in _ACT_WORDS):
        return found
    patterns = (_PLACE_ACTS, _CONCERNED, _THE_PLACE_ACTS) if scope.about else (_PLACE_ACTS, _CONCERNED)
    for place in (place for acts in patterns for place in acts.finditer(text, start, end)):
        begins = place.re is _CONCERNED or place.start() == start
        clause = begins or _CLAUSE_BEFORE.search(text, max(start, place.start() - 5), place.start())
        if not clause or is_inside(mentions, place.start()) or any(a.start == place.start() for a in found):
            continue
        tier = " ".join(place["tier"].lower().split())
        name = " ".join((place["name"] or "").split())
        seat = named(tier, name, scope.place) if name else own(tier, scope.place or scope.about)
        if seat and "?" not in seat[-1]:
            found.append(_governed(text, (place.start("tier"), place.end()), seat, tier, scope))
    return sorted(found, key=lambda actor: actor.start)


def listed_places(text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The places that begin a clause and act, or that are named behind their class, each for all who govern it."""
    found = _behind_class(text, end, mentions, scope)
    for at, stop in sentences(text, start, end):
        for clause in (at, *(c.end() for c in _CLAUSE.finditer(text, at, stop))):
            acting = _PLACES_ACT.match(text, clause, stop)
            tier = ""
            for one in _ONE_PLACE.finditer(text, *acting.span("list")) if acting else ():
                tier = " ".join((one["tier"] or tier).lower().split())
                if seat := named(tier, " ".join(one["name"].split()), scope.place):
                    found.append(_governed(text, one.span(), seat, tier, scope))
    return found


def _behind_class(text: str, end: int, mentions: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The places of "Bộ A, các tỉnh Nghệ An, Quảng Ngãi", which are meant, not their whole class."""
    found: list[AgencyRef] = []
    starts = [m.start for m in mentions]
    for mention in mentions:
        if (tier := _CLASS.fullmatch(text, mention.start, mention.end)) is None:
            continue
        following = bisect_left(starts, mention.end)
        names = _NAMES.match(text, mention.end, starts[following] if following < len(starts) else end)
        places = _each_place(text, names, tier["tier"].lower(), scope) if names else []
        if places:
            found += [replace(places[0], start=mention.start), *places[1:]]
    return found


def _each_place(text: str, names: re.Match[str], tier: str, scope: Scope) -> list[AgencyRef]:
    """The places of a list; empty where it has something else ("các tỉnh Tây Nguyên, Đông Nam Bộ")."""
    found: list[AgencyRef] = []
    for one in _ONE_PLACE.finditer(text, *names.span("list")):
        tier = " ".join((one["tier"] or tier).lower().split())
        name = " ".join(one["name"].split())
        seat = named(tier, name, scope.place) if tier != "tỉnh" or province_named(name) else None
        if seat is None:
            return []
        found.append(_governed(text, one.span(), seat, tier, scope))
    return found


def _governed(text: str, span: tuple[int, int], seat: Place, tier: str, scope: Scope) -> AgencyRef:
    actor = name_actor(text, *span, replace(scope, place=()))
    name = seat[-1][:1].upper() + seat[-1][1:]
    return replace(actor, name=name, head=name, place=seat, level=LEVEL[tier])
