"""The title (trích yếu) of a cited document, where one is printed behind its symbol."""

from __future__ import annotations

import re

from ingest.document_types import document_types
from ingest.relation_cues import opens_title
from ingest.spacing import folded, spaced

_TYPES = "|".join(sorted((t.name for t in document_types()), key=len, reverse=True))
# a title ends at a mark, at a definition, or where the sentence goes on: ", UBND huyện …", " và Kế hoạch số …",
# ", được sửa đổi tại …"
_BODIES = "UBND|HĐND|Ủy ban|Hội đồng|Ban |Bộ |Sở |Phòng |Văn phòng|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng|Chính phủ"
_END = spaced(
    r"[;”\"]|\.(?= |$)| \((?=(?:sau|dưới|từ|gọi|viết|ban hành|kèm))|\)(?=[\s,;.]|$)"
    rf"|, (?=(?:{_BODIES}|{_TYPES}|để |nhằm |trong đó ))|,? và (?:các )?(?={_TYPES})|,? ban hành kèm theo"
    r"|,?(?: đã)? (?:được|bị) (?:sửa đổi|bổ sung|thay thế|bãi bỏ)(?!\w)",
    re.IGNORECASE,
)
# "ngày 4/5/2021, " and what else the reader of symbols left over before the title
_LEAD = spaced(r"[\s,:–-]{0,4}[“\"(]?\s{0,2}")
_LONGEST = 600


def title_behind(text: str, end: int, paragraph_end: int) -> str | None:
    """The title that begins behind a document which ends at `end`: "về tăng cường …"; None where none does.

    Args:
        text: as `ingest.spacing.level_text` gives it.
        end: the offset behind the document's symbol, date and issuer.
        paragraph_end: the offset that the title cannot go beyond.
    """
    limit = min(paragraph_end, end + _LONGEST)
    if not opens_title(text, end, limit):
        return None
    lead = _LEAD.match(text, end)
    start = lead.end() if lead else end
    stop = _END.search(text, start, limit)
    title = folded(text[start : stop.start() if stop else limit])
    whole = stop or limit == paragraph_end
    return _closed(title) if whole and len(title.split()) > 3 else None


def _closed(title: str) -> str:
    """With the quotation mark at which the title was cut."""
    return f"{title}”" if title.count("“") > title.count("”") else title
