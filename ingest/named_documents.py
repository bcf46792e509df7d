"""Documents that a text calls by name: "Đề án …", "Chiến lược … đến năm 2030", "Nghị quyết Đại hội XIII của Đảng"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.agencies import Scope
from ingest.issuers import issuer_behind, party_issuer
from ingest.laws import issued_behind
from ingest.lexicon import lexicon
from ingest.mentions import Mention

_YEARS = r"(?:19|20)\d\d(?: {0,2}[-–] {0,2}(?:19|20)\d\d)?"
# "giai đoạn 2021-2025", "thời kỳ 2021 - 2030", "đến năm 2030", "tầm nhìn đến năm 2045", "và những năm tiếp theo"
_PERIOD = (
    rf"(?:(?:trong {{1,3}})?giai {{1,3}}đoạn|thời {{1,3}}kỳ|(?:từ {{1,3}}nay {{1,3}})?đến(?: {{1,3}}(?:hết {{1,3}})?năm)?"
    rf"|tầm {{1,3}}nhìn(?: {{1,3}}đến)?(?: {{1,3}}năm)?|định {{1,3}}hướng(?: {{1,3}}đến)?(?: {{1,3}}năm)?|nhiệm {{1,3}}kỳ|năm) {{1,3}}{_YEARS}"
)
_FOLLOWING = r" {1,3}và {1,3}(?:những|các) {1,3}năm {1,3}tiếp {1,3}theo"
_PERIODS = re.compile(rf"{_PERIOD}(?:,? {{1,3}}(?:và {{1,3}})?{_PERIOD})*(?:{_FOLLOWING})?", re.IGNORECASE)
# the mark or the word that ends a name in any case
_HARD_END = re.compile(
    r"[;:“”\"()\[\]|]|\.(?!\d)|,? {1,3}(?:ban hành kèm|kèm theo|được|đã|tại|theo (?=[A-ZĐ])|do (?=[A-ZĐ]))(?!\w)| {3,}(?=[A-ZĐ]{2})"
)
# … and of a name without a period the softer ones too
_SOFT_END = re.compile(
    r",| {1,3}(?:và {1,3}(?:việc|các|những)|để|nhằm|trong|gắn với|của (?=[A-ZĐ])|bảo đảm|đảm bảo|theo|về)(?!\w)"
)
_QUOTED = re.compile(r" {0,3}[“\"«](?P<name>[^“”\"«»]{4,400})[”\"»]")
_LONGEST = 260

# "Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
# "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX, nhiệm kỳ 2020-2025"
_CONGRESS = re.compile(
    r"(?<!\w)Nghị {1,3}quyết {1,3}(?P<congress>Đại {1,3}hội(?: {1,3}đại {1,3}biểu)?(?: {1,3}toàn {1,3}quốc)?"
    r"(?: {1,3}Đảng(?: {1,3}toàn {1,3}quốc)?(?! {1,3}bộ))?"
    r"(?: {1,3}Đảng {1,3}bộ(?: {1,3}(?:tỉnh|thành {1,3}phố|huyện|quận|thị {1,3}xã|xã|phường|các {1,3}cấp)(?: {1,3}[A-ZĐ][\w]*){0,4})?)?"
    r"(?: {1,3}lần {1,3}thứ)?(?: {1,3}[XVI]+(?!\w))?(?: {1,3}của {1,3}Đảng)?"
    r"(?:,? {1,3}(?:\(?nhiệm {1,3}kỳ) {1,3}\d{4} {0,2}[-–] {0,2}\d{4})?)"
)
# "Nghị quyết Trung ương 6 khóa XII", "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XI"
_PLENUM = re.compile(
    r"(?<!\w)Nghị {1,3}quyết(?: {1,3}(?:của {1,3})?Hội {1,3}nghị)?(?: {1,3}lần {1,3}thứ {1,3}[\w]+)?,?(?: {1,3}Ban {1,3}Chấp {1,3}hành)?"
    r" {1,3}Trung {1,3}ương(?: {1,3}Đảng)?(?: {1,3}lần {1,3}thứ)?(?: {1,3}(?:\d{1,2}|bốn|năm|sáu|bảy|tám|chín|mười))?"
    r",?(?: {1,3}\(?khóa {1,3}(?P<term>[XVI]+)\)?)"
)
# "Điều lệ Đảng Cộng sản Việt Nam"
_CHARTER = re.compile(
    r"(?<!\w)Điều {1,3}lệ {1,3}(?:Đảng(?: {1,3}Cộng {1,3}sản {1,3}Việt {1,3}Nam)?|Công {1,3}đoàn {1,3}Việt {1,3}Nam)(?!\w)"
)


@cache
def _heads() -> re.Pattern[str]:
    """The types that begin a name, in their printed form: "Chương trình mục tiêu quốc gia", "ĐỀ ÁN"."""
    names = sorted(lexicon("named_documents")["types"], key=len, reverse=True)
    spaced = [n.replace(" ", " {1,4}") for n in names] + [n.upper().replace(" ", " {1,4}") for n in names]
    return re.compile(rf"(?<!\w)(?P<type>{'|'.join(spaced)})(?= {{0,3}}[“\"«]| {{1,4}}\w)")


@cache
def _refused() -> re.Pattern[str]:
    words = "|".join(lexicon("named_documents")["no_name"])
    return re.compile(rf" {{1,4}}(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _verbs(group: str) -> re.Pattern[str]:
    """One of a group's verbs as the last words of a passage: "trình Chính phủ phê duyệt ", "xây dựng và triển khai "."""
    words = "|".join(v.replace(" ", " {1,3}") for v in lexicon("named_documents")[group])
    return re.compile(rf"(?<!\w)(?:{words})(?: {{1,3}}(?:và|,)? {{0,3}}\w+ {{1,3}}\w+)?[ ,:]*$", re.IGNORECASE)


def _type(printed: str) -> str:
    lowered = " ".join(printed.lower().split())
    return lowered[0].upper() + lowered[1:]


def is_draft(text: str, start: int, after: int) -> bool:
    """Whether the words from `after` to `start` say that the document at `start` is still to be written."""
    return bool(_verbs("drafting").search(text, max(after, start - 60), start))


def is_carried(text: str, start: int, after: int) -> bool:
    """Whether the words from `after` to `start` say that another document promulgates the one at `start`."""
    return bool(_verbs("carrying").search(text, max(after, start - 60), start))


def _accepted(kind: str, name: str) -> bool:
    beginnings = lexicon("named_documents")["types"][kind]
    folded = name.lower().lstrip(' “"')
    return not beginnings or folded.startswith(tuple(beginnings))


def _unquoted_end(text: str, start: int, carried: bool) -> int | None:
    """Where an unquoted name that begins at `start` ends: behind its period, or at the first soft end where it is carried."""
    limit = min(len(text), start + _LONGEST)
    hard = _HARD_END.search(text, start, limit)
    reach = hard.start() if hard else limit
    another = _heads().search(text, start + 1, reach)
    reach = another.start() if another else reach
    period = _PERIODS.search(text, start, reach)
    if period and period.start() > start + 4:
        return period.end()
    if not carried or another:
        return None
    soft = _SOFT_END.search(text, start, reach)
    end = soft.start() if soft else reach
    return end if end > start + 6 and end < limit else None


def _mention(text: str, start: int, end: int, kind: str, name: str, rule: str, sure: float, scope: Scope) -> Mention:
    date = issued_behind(text, end)
    issuer = issuer_behind(text, date.end if date else end, scope)
    stop = issuer[1] if issuer else date.end if date else end
    return Mention(
        start=start,
        end=stop,
        key=f"{kind} {' '.join(name.split())}",
        type=kind,
        rule=rule,
        confidence=sure,
        issued_on=date.iso if date else None,
        issuer=issuer[0] if issuer else None,
    )


def _open_ended(text: str, scope: Scope) -> Iterator[Mention]:
    done = 0
    for head in _heads().finditer(text):
        if head.start() < done or _refused().match(text, head.end()):
            continue
        kind = _type(head["type"])
        quoted = _QUOTED.match(text, head.end())
        if quoted and _accepted(kind, quoted["name"]):
            done = quoted.end()
            yield _mention(text, head.start(), done, kind, quoted["name"], "named document in quotes", 0.9, scope)
        elif not quoted and _accepted(kind, text[head.end() : head.end() + 60]):
            end = _unquoted_end(text, head.end(), is_carried(text, head.start(), 0))
            if end:
                done = end
                name = text[head.end() : end].strip(" ,")
                yield _mention(text, head.start(), end, kind, name, "named document", 0.8, scope)


def _party_resolutions(text: str, scope: Scope) -> Iterator[Mention]:
    for pattern in (_CONGRESS, _PLENUM, _CHARTER):
        for found in pattern.finditer(text):
            words = " ".join(found[0].split()).replace("(", "").replace(")", "")
            kind = "Điều lệ" if pattern is _CHARTER else "Nghị quyết"
            issuer = party_issuer(found.groupdict(), scope, found.start(), found.end())
            yield Mention(
                start=found.start(), end=found.end(), key=words, type=kind, rule="party document by name",
                confidence=0.9, issuer=issuer,
            )  # fmt: skip


def find_named(text: str, scope: Scope) -> Iterator[Mention]:
    """Every document called by name, but laws (`ingest.laws`); also those still to be written (see `is_draft`).

    Args:
        text: as `ingest.mentions.level_text` gives it.
        scope: whose document it is, for issuers without a jurisdiction.
    """
    yield from _open_ended(text, scope)
    yield from _party_resolutions(text, scope)
