"""What tells one agency from another: its name without the jurisdiction, and the jurisdiction."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from graph.spelling import digest, fold, slug
from ingest.lexicon import lexicon
from ingest.naming.jurisdiction import bare_name as place_name
from ingest.naming.jurisdiction import tier_of
from ingest.record import AgencyRef, Place
from ingest.resolving.identity import is_known, place_key

AgencyKey = tuple[str, ...]
"""Name without the jurisdiction, folded; the parts of the jurisdiction; what else tells the agency apart."""

# "Bộ Y tế, Bộ Nội vụ và Bộ Tài chính", "Liên đoàn Lao động tỉnh X, Sở Nội vụ tỉnh X", "Bộ Chính trị, Ban Bí thư …"
_ISSUES_ALONE = (
    r"(?:Bộ|Sở|Liên đoàn|Tổng Liên đoàn|Hội(?! đồng)|Công an|Viện kiểm sát|Tòa án|Ủy ban Mặt trận|Thanh tra)"
)
_NEXT_ISSUER = re.compile(
    rf"(?:,| và| -) (?={_ISSUES_ALONE} [A-ZĐ\w]|Ban Bí thư|Ban Thường|Tỉnh đoàn|Bảo hiểm|Ngân hàng)"
)
_BEGINS_JOINTLY = re.compile(_ISSUES_ALONE)
_CENTRAL_DEPARTMENT = "tổng cục "  # there is one of a name in the country, whether its ministry is printed or not


def _alternatives(words: list[str]) -> re.Pattern[str]:
    """Any of these words, folded, the longest first."""
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(fold, words), key=len, reverse=True)) + r")(?!\w)")


@cache
def _heads() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every name that stands for an agency's own, and which: "tỉnh đoàn" → "đoàn thanh niên cộng sản hồ chí minh"."""
    heads: dict[str, list[str]] = lexicon("same_names")["heads"]
    own = {fold(other): fold(head) for head, others in heads.items() for other in (head, *others)}
    return _alternatives(list(own)), own


@cache
def _committees() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every name of a Party committee, and the right one by the kind of its unit: "tỉnh" → "tỉnh ủy"."""
    names = lexicon("same_names")
    by_unit = {unit: fold(name) for unit, name in names["by_unit"][0].items()}
    return _alternatives([*by_unit.values(), *names["any_committee"]]), by_unit


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    same: dict[str, str] = {fold(long): fold(short) for long, short in lexicon("same_names")["words"].items()}
    return _alternatives(list(same)), same


@cache
def _connector() -> re.Pattern[str]:
    return re.compile(r"(?: (?:" + "|".join(lexicon("same_names")["connectors"]) + r"))+$")


@lru_cache(maxsize=1 << 17)
def own_name(name: str, place: Place, collective: bool = False) -> str:
    """A name without the jurisdiction behind it, one for all its spellings, folded.

    >>> own_name("Tỉnh Đoàn Bắc Giang", ("tỉnh Bắc Giang",))
    'đoàn thanh niên cộng sản hồ chí minh'
    >>> own_name("Các sở, ngành có liên quan của tỉnh Bắc Giang", ("tỉnh Bắc Giang",), collective=True)
    'các sở ngành liên quan'
    """
    bare = fold(name)
    pattern, same = _words()
    bare = pattern.sub(lambda m: same[m[0]], bare)
    if not collective:  # "các tỉnh ủy, thành ủy" is a class of both
        pattern, same = _heads()
        bare = pattern.sub(lambda m: same[m[0]], bare)
    bare = _without_place(bare, place)
    if not collective and place:
        pattern, by_unit = _committees()
        bare = pattern.sub(lambda m: by_unit.get(tier_of(place[-1]), m[0]), bare)
    return bare


def _without_place(bare: str, place: Place) -> str:
    """Without the places at its end: "xã Đồng Phúc huyện Yên Dũng", "Báo Bắc Giang" (but for one of that name only)."""
    parts = [fold(part) for part in place]
    parts += [fold(place_name(part)) for part in place if not part.endswith("?")]
    while ending := next((part for part in parts if part and bare.endswith(f" {part}")), None):
        bare = bare.removesuffix(f" {ending}")
    return _connector().sub("", bare)


def head_of(name: str, place: Place) -> str:
    """A canonical name without the jurisdiction behind it, as it is spelt: "Tỉnh ủy Bắc Giang" → "Tỉnh ủy"."""
    parts = [part for part in place if "?" not in part]
    endings = [*parts, *map(place_name, parts)]
    while ending := next((e for e in endings if e and name.endswith(f" {e}")), None):
        name = name.removesuffix(f" {ending}")
    return name


def seated(head: str, place: Place) -> str:
    """A name with its jurisdiction: "Sở Y tế tỉnh Bắc Giang", but "Thành ủy Hải Phòng" where another had a Tỉnh ủy."""
    if not place:
        return head
    tier, bare = tier_of(place[-1]), place_name(place[-1])
    for words in lexicon("same_names")["by_unit"]:
        for word in words.values():
            if fold(head).endswith(fold(word)):
                head = f"{head[: len(head) - len(word)]}{words.get(tier, word)}"
                return f"{head} {place[-1] if bare.isdigit() else bare}"  # "Quận ủy quận 6"
    return f"{head} {place[-1]}"


@cache
def _organ() -> re.Pattern[str]:
    words = lexicon("same_names")
    return re.compile(rf"(?:{'|'.join(words['organs'])}) (?P<body>(?:{'|'.join(words['bodies'])})(?!\w).*)")


def body_of(name: str) -> str | None:
    """The body that a canonical name is an organ of: "Ban Thường vụ Tỉnh ủy Bắc Giang" → "Tỉnh ủy Bắc Giang"."""
    found = _organ().fullmatch(name)
    return found["body"] if found else None


def joint_issuers(name: str) -> list[str]:
    """The bodies that issued a document together: "Bộ Y tế và Bộ Tài chính" are two; any other name is one."""
    return _NEXT_ISSUER.split(name) if _BEGINS_JOINTLY.match(name) else [name]


def agency_key(ref: AgencyRef, record_id: str, place: Place) -> AgencyKey:
    """The key of an agency that a record names; what is unknown is one record's own unknown.

    Args:
        ref: the agency as the record has it.
        record_id: of the record.
        place: its jurisdiction in official spelling.
    """
    printed = ref.place if ref.place != place else ()
    bare = own_name(ref.name, (*printed, *place), ref.collective)
    if ref.parent and ref.parent != ref.name:
        above = own_name(ref.parent, (*printed, *place))
        if bare.startswith(_CENTRAL_DEPARTMENT) and not place:
            bare = bare.removesuffix(f" {above}")
        elif bare.endswith(f" {above}"):
            bare = f"{_connector().sub('', bare.removesuffix(f' {above}'))} {above}"
    unknown = not is_known(place) or "?" in ref.name
    return (bare, *place_key(place), *((record_id,) if unknown else ()))


def agency_id(key: AgencyKey, place: Place) -> str:
    """A readable, stable id: name and place, and a digest of all that tells the agency apart."""
    readable = " ".join((key[0], *place[-1:]))
    return f"{slug(readable)[:60].strip('-')}-{digest('|'.join(key))}"
