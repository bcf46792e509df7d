"""Names of plans that say what they carry out: "Kế hoạch triển khai thi hành Luật Việc làm".

Such a name holds another document, by whose end it ends.
"""

from __future__ import annotations

import re

from ingest.citing.laws import law_end
from ingest.document_types import document_types
from ingest.lexicon import lexicon
from ingest.spacing import spaced
from ingest.symbols import find_symbols

# "hành động của Chính phủ triển khai thi hành " before what is carried out; not "của Bộ thực hiện" alone
_CARRYING_OUT = spaced(
    r" (?:(?:hành động|tổng thể|chi tiết)(?!\w) ?)?(?:của [^;,.()“”\"]{3,60}? )?(?:(?:để|nhằm|về việc|về) )?"
    r"(?:(?:tổ chức|tiếp tục|đẩy mạnh) )?(?:triển khai thực hiện|triển khai thi hành|triển khai|thực hiện|thi hành"
    r"|quán triệt) (?:các )?[“\"«]?",
    re.IGNORECASE,
)
# "Kết luận số " before the symbol of what is carried out
_NUMBERED = spaced(
    rf"(?:{'|'.join(t.name for t in document_types())})(?: [a-zđà-ỹ]+){{0,2}}(?: số)?:?\s{{0,3}}", re.IGNORECASE
)
_NEAR = 120  # characters from the verb to that symbol's end
_CONSTITUTION = spaced(r"Hiến pháp(?: nước Cộng hòa xã hội chủ nghĩa Việt Nam)?(?!\w)")


def implementing_end(text: str, start: int) -> tuple[int, bool]:
    """Where a name ends that goes on at `start` with what is carried out, a document by number, a law or a named one.

    The second is whether it is what another name tells ("… thực hiện Chiến lược …"), whose own end counts; then the
    first is where that name begins. (-1, False) where the name is no such name.

    Args:
        text: as `ingest.spacing.level_text` gives it.
        start: the offset behind the type, "Kế hoạch".
    """
    verb = _CARRYING_OUT.match(text, start)
    if not verb:
        return -1, False
    if known := _CONSTITUTION.match(text, verb.end()):
        return known.end(), False
    if law := law_end(text, verb.end()):
        return law, False
    symbol = next(find_symbols(text, verb.end(), verb.end() + _NEAR), None)
    if symbol and symbol.number and _NUMBERED.fullmatch(text, verb.end(), symbol.start):
        return symbol.end, False
    named = any(text.startswith(kind, verb.end()) for kind in lexicon("named_documents")["types"])
    return (verb.end(), True) if named else (-1, False)
