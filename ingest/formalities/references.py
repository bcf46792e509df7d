"""Whom an article or a section of a document names: what "Như Điều 4" and "tại mục IV" refer to."""

from __future__ import annotations

import re

from ingest.naming.agencies import Scope, find_agencies
from ingest.outlining.outline import Outline
from ingest.patterns import pattern
from ingest.record import AgencyRef
from ingest.text import CleanText

# "Điều 5. ", "ĐIỀU 5:", "Điều 5 - ", "Điều 5" alone on its line; "Diéu 5." of a scan
_ARTICLE = re.compile(
    r"^\s{0,6}[ĐD]i[ềeêé]u\s+(?P<number>\d+)(?:\s*[.:]| ?[-–](?= )| *$)", re.MULTILINE | re.IGNORECASE
)
_EXECUTE = re.compile(r"trách\s+nhiệm\s+th[iỉí]\s+hành")  # "… chịu trách nhiệm thi hành Quyết định này"
_NEXT_CLAUSE = re.compile(r"^\s{0,6}\d{1,2}\s*[.)]", re.MULTILINE)  # "3. "
_ANNOUNCES = re.compile(r"(?:đề nghị|giao|yêu cầu|đối với)\s*$", re.IGNORECASE)  # "6. Đề nghị: Hội Nông dân tỉnh"
_CHARGE = re.compile(r"có trách nhiệm|chịu trách nhiệm|căn cứ quyết định|thi hành")
# where those who are asked end and what they are asked begins
_ORDER = re.compile(
    r"\s(?:tăng cường|chỉ đạo|phối hợp|chủ trì|có trách nhiệm|thực hiện|triển khai|quan tâm|tổ chức thực|chủ động"
    r"|tham gia|tiếp tục|căn cứ|đẩy mạnh|hướng dẫn|tuyên truyền|xây dựng kế|báo cáo)(?!\w)"
)
# "Các đơn vị có tên trong Kế hoạch", "các sở, ngành được giao nhiệm vụ tại Chương trình này"
_ARE_NAMED = re.compile(
    r"[^:;]{4,60} (?:có tên|được nêu tên|được giao nhiệm vụ|được phân công(?: nhiệm vụ)?) (?:tại|trong|ở|theo)"
    r" (?:bản )?(?:kế hoạch|kh|chương trình|chỉ thị|phương án|đề án)(?: này)?"
)
# "V. TỔ CHỨC THỰC HIỆN", "IV. Phân công trách nhiệm"
_DUTIES = pattern(r"(?:tổ chức (?:thực hiện|triển khai)|phân công|trách nhiệm)(?!\w)")
_LIST_HEAD = pattern(r"(?:các|những) \w+(?: \w+)?:$")  # "UBND các phường: Bến Muối, Gò Chàm"
_IN_BRACKETS = re.compile(r"\([^()]*$")  # "Sở Nội vụ (|Ban Thi đua|)"
_LONGEST_HEADING = 160


def agencies_of_article(
    clean: CleanText, number: int, before: int, scope: Scope, clause: str | None = None
) -> list[AgencyRef]:
    """The agencies that an article, or a clause of it, charges.

    An earlier text of the same number (an attached plan's) does not count. Where the article that the list
    prints charges nobody, the last one is meant, which says who executes the decision.
    """
    heads = [*_ARTICLE.finditer(clean.text, 0, before)]
    at = next((i for i in reversed(range(len(heads))) if int(heads[i]["number"]) == number), None)
    found = _charged_by(clean, heads, at, before, scope, clause) if at is not None else []
    last = len(heads) - 1
    if not found and heads and at != last and _EXECUTE.search(clean.text, heads[last].end(), before):
        found = _charged_by(clean, heads, last, before, scope, None)
    return found


def _charged_by(
    clean: CleanText, heads: list[re.Match[str]], at: int, before: int, scope: Scope, clause: str | None
) -> list[AgencyRef]:
    start, end = heads[at].end(), heads[at + 1].start() if at + 1 < len(heads) else before
    if clause:
        start, end = _clause(clean.text, clause, start, end)
    charges = [m.start() for m in _CHARGE.finditer(clean.text, start, end)]
    return _once(find_agencies(clean, start, charges[-1] if charges else end, scope))


def _clause(text: str, number: str, start: int, end: int) -> tuple[int, int]:
    """Where a clause of an article stands; the whole article where it has none of the number."""
    head = re.compile(rf"^\s{{0,6}}{number}\s*[.)]", re.MULTILINE).search(text, start, end)
    following = _NEXT_CLAUSE.search(text, head.end(), end) if head else None
    return (head.end(), following.start() if following else end) if head else (start, end)


def agencies_of_section(clean: CleanText, outline: Outline, number: str, before: int, scope: Scope) -> list[AgencyRef]:
    """The agencies in the headings of a section: "IV. TỔ CHỨC THỰC HIỆN" with "1. Sở Y tế", "2. Công an tỉnh"."""
    blocks = outline.blocks
    at = next(
        (
            i
            for i in reversed(range(len(blocks)))
            if blocks[i].section == number.upper() and blocks[i].marker and blocks[i].start < before
        ),
        None,
    )
    return _agencies_under(clean, outline, at, before, scope)


def agencies_charged(clean: CleanText, outline: Outline, item: str, before: int, scope: Scope) -> list[AgencyRef]:
    """Whom an item means by "Các đơn vị có tên trong Kế hoạch": the headings of "V. TỔ CHỨC THỰC HIỆN" name them."""
    if not _ARE_NAMED.fullmatch(item):
        return []
    at = next(
        (
            i
            for i, block in reversed([*enumerate(outline.blocks)])
            if block.parent is None
            and block.marker
            and block.start < before
            and _DUTIES.match(clean.text, block.body, block.end)
        ),
        None,
    )
    return _agencies_under(clean, outline, at, before, scope) if at is not None else []


def _agencies_under(clean: CleanText, outline: Outline, at: int | None, before: int, scope: Scope) -> list[AgencyRef]:
    """The agencies in the headings under a block, or those whom it asks itself."""
    blocks = outline.blocks
    found: list[AgencyRef] = []
    for block in blocks if at is not None else ():
        if block.parent == at and block.marker and block.start < before:
            colon = clean.text.find(":", block.body, block.end)
            opens = colon < 0 or _ANNOUNCES.match(clean.text, block.body, colon)
            end = block.end if opens or _LIST_HEAD.search(clean.text, block.body, colon + 1) else colon
            if end - block.body <= _LONGEST_HEADING:
                named = find_agencies(clean, block.body, end, scope)
                found += [name for name in named if not _IN_BRACKETS.search(clean.text, block.body, name.start)]
    if (
        not found and at is not None
    ):  # "6. Đề nghị Văn phòng Tỉnh ủy, Hội Nông dân tỉnh tăng cường …": a paragraph that asks
        order = _ORDER.search(clean.text, blocks[at].body, blocks[at].end)
        found = find_agencies(clean, blocks[at].body, order.start() if order else blocks[at].end, scope)
    return _once(found)


def _once(found: list[AgencyRef]) -> list[AgencyRef]:
    return list({a.name: a for a in reversed(found)}.values())[::-1]
