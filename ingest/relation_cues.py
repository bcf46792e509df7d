"""The words that tell how two documents are related, found in the text before the second one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.lexicon import lexicon

KINDS = ("THUC_HIEN", "SUA_DOI", "THAY_THE", "CAN_CU", "carries", "carried_by", "DAN_CHIEU")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at `text[start:end]`; `kind` is one of KINDS."""

    kind: str
    start: int
    end: int


def _alternatives(group: str) -> str:
    words = sorted(lexicon("relation_cues")[group], key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", " {1,4}") for w in words)


@cache
def _cues() -> re.Pattern[str]:
    groups = "|".join(
        f"(?P<{kind}>{_alternatives(kind)})" for kind in ("carried_by", *[k for k in KINDS if k != "carried_by"])
    )
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)", re.IGNORECASE)


@cache
def words(group: str) -> re.Pattern[str]:
    """A pattern for any of a group's words, as whole words."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(group)})(?!\w)", re.IGNORECASE)


# what may stand between a document's symbol and its title: "(khóa XII)", " của Hội nghị … ", a quotation mark
_OPENING = r" {0,4}(?:,? {0,3}(?:ngày|năm|của|do)(?!\w)[^;.()“”]{1,110})?[ ,:–-]{0,4}[“\"(]?"


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"{_OPENING}(?:{_alternatives('title')})(?!\w)", re.IGNORECASE)


def opens_title(text: str, start: int, end: int) -> bool:
    """Whether the words behind a document at `start` begin its title: " về việc …", " của Hội nghị … về …"."""
    return bool(_title().match(text, start, end))


def last_cue(text: str, start: int, end: int, kinds: tuple[str, ...] = KINDS) -> Cue | None:
    """The last cue of these kinds in `text[start:end]`."""
    last = None
    for match in _cues().finditer(text, start, end):
        if match.lastgroup in kinds:
            last = Cue(str(match.lastgroup), match.start(), match.end())
    return last
