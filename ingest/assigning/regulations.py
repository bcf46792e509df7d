"""Regulations: texts set out in articles, where what nobody is charged with is a norm and no task."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.outlining.outline import Block
from ingest.patterns import pattern
from ingest.record import AgencyRef

_ARTICLES = 5
"""Articles that follow one another, at least, in a regulation; a decision that carries a plan has three or four."""

_ARTICLE = pattern(r"điều (?P<number>\d+)")
# "Tổ chức, cá nhân sử dụng điện phải …", "Doanh nghiệp cung cấp dịch vụ …": whoever does such things
_ANYBODY = pattern(
    r"(?:các |mọi |mỗi |những )?(?:tổ chức|cá nhân|doanh nghiệp|cơ sở|hộ|người|gia đình|cộng đồng|chủ|đại lý|nhà đầu tư"
    r"|nhà thầu|bên|khách|cơ quan, (?:tổ chức|đoàn thể|đơn vị))(?!\w)"
)
_PEOPLE = r"(?:cán bộ|công chức|viên chức|nhân viên|người lao động|đảng viên)"
# "Cán bộ, công chức", "Công chức thuế", but not "Công chức Văn hóa - Xã hội xã"
_STAFF = pattern(rf"(?:các |mọi |mỗi )?{_PEOPLE}(?:(?:,| và) {_PEOPLE})*(?: \w+)?")


# "Điều 1. Phê duyệt Đề án A với các nội dung sau:" over the sections of a plan
_APPROVES = pattern(r"(?:nay )?(?:phê duyệt|thông qua|ban hành)(?!\w)")


def regulated(text: str, blocks: Sequence[Block]) -> set[int]:
    """The blocks that stand in a regulation: its articles and all under them, but no plan that one of them approves."""
    found: set[int] = set()
    stretch: list[int] = []
    last = 0
    for index, block in enumerate(blocks):
        article = _ARTICLE.fullmatch(block.marker) if block.part == "body" else None
        if article is None:
            continue
        number = int(article["number"])
        if number != last + 1:
            stretch = []
        stretch.append(index)
        last = number
        if len(stretch) >= _ARTICLES:
            found.update(i for i in stretch if not _APPROVES.match(text, blocks[i].body, blocks[i].end))
    for index, block in enumerate(blocks):
        if block.parent in found:
            found.add(index)
    return found


def is_anybody(agency: AgencyRef) -> bool:
    """Whether a class is no authority, but all who do something ("Tổ chức, cá nhân sử dụng điện")."""
    return _ANYBODY.match(agency.written) is not None or _STAFF.fullmatch(agency.written) is not None
