"""Whose duties stand under "Nhiệm vụ và quyền hạn": the body's of which an article before says what it is."""

from __future__ import annotations

from dataclasses import replace

from ingest.naming.agencies import Scope, canonical
from ingest.outlining.outline import Block
from ingest.patterns import UPPER, pattern
from ingest.record import AgencyRef

# "Điều 2. |Nhiệm vụ và quyền hạn|", "II. |CHỨC NĂNG, NHIỆM VỤ, QUYỀN HẠN|"
_DUTIES = pattern(r"(?:chức năng, )?nhiệm vụ(?:,| và) quyền hạn(?: (?:cụ thể|chủ yếu|chính))?\W*")
# "Điều 1. Vị trí và chức năng\n\n1. |Chi cục Thú y| là tổ chức hành chính …"
_IS = pattern(
    rf"vị trí(?:,| và|, vai trò và) chức năng\W*(?:(?:1|a)[.)] ?)?(?P<who>(?-i:[{UPPER}])[^.;:()\n]{{3,120}}?) là "
    r"(?:cơ quan|tổ chức|đơn vị|phòng|bộ phận|doanh nghiệp)(?!\w)"
)


def described(text: str, block: Block, scope: Scope) -> list[AgencyRef]:
    """The body whose duties a heading announces without its name; empty for another heading, or where none is told."""
    if not _DUTIES.fullmatch(text, block.body, block.end):
        return []
    told = [found.span("who") for found in _IS.finditer(text, 0, block.start)]
    if not told:
        return []
    start, end = told[-1]
    body = canonical(" ".join(text[start:end].split()), scope)
    return [replace(body, start=start, end=end)] if body else []
