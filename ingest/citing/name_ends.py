"""Where the name of a document ends that is called by name, in quotation marks or not."""

from __future__ import annotations

import re
from functools import cache

from ingest.citing.periods import bracketed_period_end, period_end
from ingest.lexicon import lexicon
from ingest.patterns import LOWER, UPPER
from ingest.spacing import spaced

# another document by its number, before which every name ends: " và Thông tư số 34"
_NUMBERED = (
    "Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Kết luận|Kế hoạch|Công văn|Thông báo|Chương trình|Văn bản"
    "|Hướng dẫn"
)
_NEXT_DOCUMENT = (
    rf"(?:(?:{_NUMBERED}|Luật|Bộ luật|Pháp lệnh)(?: \w+){{0,3}} (?:số:? ?)?\d|(?i:{_NUMBERED}) (?i:số)(?!\w)"
    r"|(?:QĐ|NQ|NĐ|TT|CT|KL|KH) (?:số:? ?)?\d)"
)
# the mark or the word that ends a name in any case
_HARD_END = spaced(
    rf"[;:“”\"()\[\]|\u2029]|\.(?!\d)|,? (?:và |của |cùng |theo |tại )?(?:các )?(?={_NEXT_DOCUMENT})"
    rf"|,? (?:ban hành kèm|kèm theo|được|đã|tại|cần|phải|sẽ|thì|bao gồm|theo (?=[{UPPER}])|do (?=[{UPPER}]))(?!\w)"
)
# … and of a name without a period the softer ones too
_SOFT_END = spaced(
    r",| (?:và (?:việc|các|những|tổ chức|triển khai)|để|nhằm|gắn với|bảo đảm|đảm bảo|với (?:các|những|mục tiêu)"
    r"|của (?=Thủ|UBND|Ủy|HĐND|Tỉnh|Bộ))(?!\w)"
)
# … and of a name that another's title closes with: what follows is a mark, the next document or a clause
_NEXT_CLAUSE = (
    r"đề nghị|yêu cầu|giao|để|nhằm|trong đó|theo|gồm|bao gồm|với|ngày|cụ thể"
    r"|các (?:sở|bộ)|khẩn trương|nghiêm túc|chủ động|kịp thời|tích cực|đồng thời|tiếp tục|trên cơ sở|phối hợp|chỉ đạo"
    r"|tham mưu|báo cáo|bảo đảm|đảm bảo|nhất là|đặc biệt|căn cứ|rà soát|tập trung|đẩy mạnh|triển khai"
    r"|tổ chức (?:triển|thực|tuyên|quán|kiểm)|thực hiện|từng bước|trước mắt|trong"
)
# an agency that does something: ", UBND tỉnh ban hành …"
_ACTOR = (
    r"(?:UBND|Ủy ban|Bộ|Sở|Tỉnh ủy|Thành ủy|Huyện ủy|Ban|Phòng|Thủ tướng|Chính phủ|Hội đồng) [^,;.]{0,80}?"
    r"(?:ban hành|xây dựng|yêu cầu|đề nghị|giao|thông báo|triển khai|hướng dẫn|chỉ thị|quyết định|báo cáo)(?!\w)"
)
_CARRIED_END = spaced(
    r"[;:“”\"()\[\]|\u2029]|\.(?!\d)"
    r"|,? (?:ban hành kèm|kèm theo|có hiệu lực|đã được|được (?:sửa|bổ sung|thay|Thủ|UBND|Ủy|cấp))(?!\w)"
    rf"|,? (?:và |của |cùng )?(?:các )?(?={_NEXT_DOCUMENT})| của (?=Thủ|UBND|Ủy|HĐND|Tỉnh|Thành ủy|Bộ )"
    rf"|, (?:{_NEXT_CLAUSE})(?!\w)(?!,| và )|, (?={_ACTOR})"
    r"|,? (?:và (?:việc|kết quả|tình hình)|cũng như|gắn với|lồng ghép)(?!\w)"
)
_LONGEST_CARRIED = 360  # characters
# "… thủ tục hành chính" + " (TTHC)" + " liên quan đến …": a name goes on behind a short form
_SHORT_FORM = spaced(rf"\([A-ZĐ&-]{{2,12}}\) (?=[{LOWER}])(?!theo |được |đã |do |tại |ban hành |kèm )")
_LINK = spaced(r"(?:[,;]|(?<!\w)và) $", re.IGNORECASE)
_LONGEST = 260
_WHERE = spaced(r" tại (?=Việt Nam|các |vùng |khu )")  # "Đề án rang muối" + " tại các bến" + " giai đoạn …"


@cache
def heads() -> re.Pattern[str]:
    """The types that begin a name, in their printed form: "Chương trình mục tiêu quốc gia", "ĐỀ ÁN"."""
    words = lexicon("named_documents")
    names = sorted([*words["types"], *words["carried"]], key=len, reverse=True)
    either = "|".join([*names, *(n.upper() for n in names)])
    return spaced(rf"(?P<type>{either})(?=\s{{0,3}}[“\"«‘']| \w)")


@cache
def _comma() -> re.Pattern[str]:
    """A comma behind which a carried name goes on: "… cứu nạn, cứu hộ, ứng phó thiên tai", but ", đề nghị …"."""
    clause = "|".join([*lexicon("named_documents")["no_name"], *lexicon("agencies")["name_ends"]])
    return spaced(
        rf",(?! (?:(?:{clause})(?!\w)|[{UPPER}\d]))"
        rf"(?= [{LOWER}]+(?: \w+){{0,5}}\s{{0,3}}(?:[,.;)\u2029]|$| và ))"
    )


def _is_another(text: str, head: re.Match[str]) -> bool:
    """Whether a type inside a name begins another one; in capitals it may be a word of the name itself."""
    return not head["type"].isupper() or bool(_LINK.search(text, max(0, head.start() - 8), head.start()))


def _search(pattern: re.Pattern[str], text: str, start: int, limit: int) -> re.Match[str] | None:
    """The first end that is no short form in parentheses."""
    found = pattern.search(text, start, limit)
    while found and (short := _SHORT_FORM.match(text, found.start(), limit)):
        found = pattern.search(text, short.end(), limit)
    return found


def end_with_period(text: str, start: int) -> tuple[int, int]:
    """Where a name that begins at `start` ends behind its period (-1 without one), and how far a name may reach."""
    limit = min(len(text), start + _LONGEST)
    hard = _search(_HARD_END, text, start, limit)
    if hard and _WHERE.match(text, hard.start()):  # "Đề án rang muối |tại Việt Nam| giai đoạn 2021 - 2030"
        behind = _HARD_END.search(text, hard.end(), limit)
        end = period_end(text, start, behind.start() if behind else limit)
        if end > 0 and "," not in text[hard.start() : end]:
            return end, end
    if hard and text[hard.start()] == "(":
        bracketed = bracketed_period_end(text, start, hard.start(), limit)
        if bracketed > 0:
            return bracketed, bracketed
    reach = hard.start() if hard else limit
    reach = next((m.start() for m in heads().finditer(text, start + 1, reach) if _is_another(text, m)), reach)
    return period_end(text, start, reach), reach


def soft_end(text: str, start: int, reach: int, commas: bool = False) -> int:
    """Where a name without a period ends; -1 where that is anybody's guess. `commas`: it may go on behind some."""
    soft = _SOFT_END.search(text, start, reach)
    while commas and soft and _comma().match(text, soft.start(), reach):
        soft = _SOFT_END.search(text, soft.end(), reach)
    end = soft.start() if soft else reach
    return end if 3 <= len(text[start:end].split()) <= 20 and end < start + _LONGEST else -1


def carried_end(text: str, start: int, least: int = 3) -> int:
    """Where a name of some words at least ends that another document's title closes with; -1 where none can tell."""
    limit = min(len(text), start + _LONGEST_CARRIED)
    stop = _search(_CARRIED_END, text, start, limit)
    end = stop.start() if stop else limit
    return end if len(text[start:end].split()) >= least and end < start + _LONGEST_CARRIED else -1
