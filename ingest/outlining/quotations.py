"""Provisions of other documents that a text quotes over several paragraphs: what they order is not its own order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.outlining.outline import Block

# "“Điều 10. Thẩm quyền …", "“2. Khoản 1 Điều 10 được sửa đổi …", "“b) Chủ đầu tư …"
_PROVISION = re.compile(r"[“\"]\s*(?:Điều \d|Khoản \d|Điểm [a-zđ]|\d{1,2}[.)]\s|[a-zđ]\)\s)")
_CLOSES = re.compile(r"[”\"][.;,]?$")
_LONGEST = 80
"""Blocks of one quotation, at most."""

_RULING = frozenset(["Luật", "Pháp lệnh", "Nghị định", "Nghị quyết", "Thông tư", "Quyết định"])
"""Types whose quoted provisions are what they put in place of others."""


def quoted(text: str, blocks: Sequence[Block], kind: str | None) -> frozenset[int]:
    """The indices of the blocks that quote a provision, behind a colon and between quotation marks.

    Args:
        kind: the type of the document that quotes.
    """
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if kind in _RULING or index in found or not index or not _PROVISION.match(text, block.start):
            continue
        if text[blocks[index - 1].end - 1] == ":" and (last := _last(text, blocks, index)):
            found.update(range(index, last + 1))
    return frozenset(found)


def _last(text: str, blocks: Sequence[Block], first: int) -> int | None:
    """The block in which a quotation ends; None where its closing mark is missing."""
    ends = (
        number
        for number in range(first, min(first + _LONGEST, len(blocks)))
        if _CLOSES.search(text, max(blocks[number].start, blocks[number].end - 3), blocks[number].end)
    )
    return next(ends, None)
