"""The words that tell how two documents are related, found in the text before the second one."""

from __future__ import annotations

import re
from functools import cache

from ingest.lexicon import lexicon
from ingest.patterns import whole_groups
from ingest.spacing import bare_letters, spaced
from ingest.values import value

IMPLEMENTS, AMENDS, REPLACES, BASED_ON = "THUC_HIEN", "SUA_DOI", "THAY_THE", "CAN_CU"
CARRIES, CARRIED_BY, POINTS = "carries", "carried_by", "DAN_CHIEU"
NO_CUE = "no_cue"
KINDS = (CARRIED_BY, IMPLEMENTS, AMENDS, REPLACES, BASED_ON, CARRIES, POINTS)


@value(frozen=True, slots=True)
class Cue:
    """A cue at `text[start:end]`; `kind` is one of KINDS."""

    kind: str
    start: int
    end: int


def _alternatives(group: str) -> list[str]:
    return sorted(map(re.escape, lexicon("relation_cues")[group]), key=len, reverse=True)


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Cues of one word, as spelt; cues of several words, which are read without diacritics too ("thuc hiện").

    Words that only look like a cue ("phạm vi điều chỉnh") come first, so that nothing is found inside them.
    """
    words = {kind: list(lexicon("relation_cues")[kind]) for kind in (NO_CUE, *KINDS)}
    one = {kind: [w for w in of_kind if " " not in w] for kind, of_kind in words.items()}
    several = {kind: [bare_letters(w) for w in of_kind if " " in w] for kind, of_kind in words.items()}
    return (
        spaced(f"{whole_groups(one)}(?!\\w)", re.IGNORECASE),
        spaced(f"{whole_groups(several)}(?!\\w)", re.IGNORECASE),
    )


@cache
def words(group: str) -> re.Pattern[str]:
    """A pattern for any of a group's words, as whole words."""
    either = "|".join(w.replace(r"\ ", " ") for w in _alternatives(group))
    return spaced(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


@cache
def _title() -> re.Pattern[str]:
    """A title without diacritics behind symbol, date and issuer: " cua Hoi nghi …, ve …", " khoa XII quy dinh".

    Behind an issuer its short form may stand: " (Bo CT) ve".
    """
    either = "|".join(bare_letters(w.replace(r"\ ", " ")) for w in _alternatives("title"))
    between = r"(?:,?\s{0,3}(?:ngay|nam|cua|do|khoa)(?!\w)[^;.()“”]{1,110}?| (?-i:[A-Z])[^;.,()“”]{0,60}?)?"
    return spaced(
        rf"\s{{0,4}}(?:\([^();]{{2,25}}\))?{between}[\s,:–-]{{0,4}}[“\"(]?\s{{0,2}}(?:{either})(?!\w)", re.IGNORECASE
    )


def opens_title(text: str, start: int, end: int) -> bool:
    """Whether the words behind a document, from `start` on, begin its title."""
    return bool(_title().match(bare_letters(text[start : min(end, start + 250)])))


def last_cue(text: str, start: int, end: int, kinds: tuple[str, ...] = KINDS) -> Cue | None:
    """The last cue of these kinds in `text[start:end]`; of two that overlap the longer."""
    passage = text[start:end]
    last: tuple[int, int, str] | None = None  # the end, how far it begins before the passage's own end, the kind
    for pattern, read in zip(_cues(), (passage, bare_letters(passage)), strict=True):
        for match in pattern.finditer(read):
            cue = (match.end(), -match.start(), str(match.lastgroup))
            if cue[2] in kinds and (last is None or cue[:2] > last[:2]):
                last = cue
    return Cue(last[2], start - last[1], start + last[0]) if last else None
