"""Names of plans that say what they carry out: "Kế hoạch triển khai thi hành Luật Việc làm"."""

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


def carries_out(text: str, start: int) -> bool:
    """Whether a plan's name goes on at `start` with what it carries out: a document by number, a law or a named one.

    A decision that promulgates such a plan carries the other document out itself; the plan has no name of its own.

    Args:
        text: as `ingest.spacing.level_text` gives it.
        start: the offset behind the type, "Kế hoạch".
    """
    verb = _CARRYING_OUT.match(text, start)
    if not verb:
        return False
    at = verb.end()
    if _CONSTITUTION.match(text, at) or law_end(text, at):
        return True
    symbol = next(find_symbols(text, at, at + _NEAR), None)
    if symbol and symbol.number and _NUMBERED.fullmatch(text, at, symbol.start):
        return True
    return any(text.startswith(kind, at) for kind in lexicon("named_documents")["types"])
