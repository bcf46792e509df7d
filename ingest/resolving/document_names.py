"""What all ways of calling one document by its name share, where it has no symbol."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from graph.spelling import fold
from ingest.lexicon import lexicon

Term = tuple[str, str | None]
"""The months in which a term of the Central Committee begins and ends; None is "not yet"."""

# "Luật Đất đai năm 2024": the year is a date, no part of the name
_YEAR = re.compile(r" năm \d{4}$")
# "nghị quyết đại hội đại biểu toàn quốc lần thứ xiii của đảng", "nghị quyết đại hội xx đảng bộ tỉnh …"
_CONGRESS = re.compile(r"nghị quyết (?:của )?đại hội\b(?P<rest>.*)")
_NUMERAL = re.compile(r"\b[ivx]+\b")
_TIER = re.compile(r"\bđảng bộ(?: (?P<tier>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|các cấp))?")
_YEARS = re.compile(r"\bnhiệm kỳ (?P<years>\d{4} \d{4})")
# what a national congress of the Party may be called with; "đại hội công đoàn việt nam xii" is another's
_FILLERS = re.compile(r"\b(?:đại biểu|toàn quốc|lần thứ|của|đảng|cộng sản việt nam|[ivx]+|nhiệm kỳ \d{4} \d{4})\b")
# "nghị quyết trung ương 6 khóa xii", "nghị quyết hội nghị lần thứ sáu ban chấp hành trung ương đảng khóa xii"
_PLENUM = re.compile(
    r"nghị quyết(?: của)?(?: hội nghị)?(?: lần thứ (?P<word>[^\d]+?))?(?: của)?(?: ban chấp hành)? trung ương(?: đảng)?"
    r"(?: lần thứ)?(?: (?P<number>\d{1,2}|\w+(?: \w+)?))? khóa (?P<term>[ivx]+)"
)
# "Ban Chấp hành Trung ương Đảng khóa XII"
_TERM = re.compile(r"khóa ([IVX]+)\b")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What all names of one document share, folded.

    >>> name_key("Luật Đất đai năm 2024")
    'luật đất đai'
    >>> name_key("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng") == name_key("Nghị quyết Đại hội XIII")
    True
    """
    folded = _YEAR.sub("", fold(name))
    if found := _CONGRESS.fullmatch(folded):
        return _congress(found["rest"]) or folded
    if found := _PLENUM.fullmatch(folded):
        return _plenum(found) or folded
    return folded


def _congress(rest: str) -> str | None:
    """The congress of the Party or of one of its organisations, by its number, else by its years; None: by neither.

    Whose it is the jurisdiction tells, so the place's name is left out.
    """
    numeral, tier, years = _NUMERAL.search(rest), _TIER.search(rest), _YEARS.search(rest)
    which = numeral[0] if numeral else years["years"] if years else None
    if which is None:
        return None
    if not tier and _FILLERS.sub("", rest).strip():
        return None
    whose = f"đảng bộ {tier['tier'] or ''}".strip() if tier else "toàn quốc"
    return f"nghị quyết đại hội {whose} {which}"


def _plenum(found: re.Match[str]) -> str | None:
    printed = found["number"] or found["word"]
    if printed is None:
        return None
    number = printed if printed.isdigit() else lexicon("party_terms")["ordinals"].get(printed)
    return f"nghị quyết trung ương {number} khóa {found['term']}" if number else None


@cache
def _terms() -> dict[str, Term]:
    return {name: (str(since), until) for name, (since, until) in lexicon("party_terms")["terms"].items()}


def term_of(issuer: str | None) -> Term | None:
    """The term that an issuer's name tells: "Ban Chấp hành Trung ương Đảng khóa XII" sat from 2016-01 to 2021-02."""
    found = _TERM.search(issuer or "")
    return _terms().get(found[1]) if found else None
