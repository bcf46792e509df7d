"""The lines of a text that say something, and how the text is set: hard-wrapped or not, how wide, with what between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.cleaning.footnotes import notes_above
from ingest.numbering import read_marker
from ingest.patterns import LOWER, UPPER
from ingest.values import value

# a page number, a page break, a rule: "2", "- 3 -", "--- PAGE BREAK ---", "-------"
# … or what a scan has of a speck: "_ :", "|"
_NOISE = re.compile(
    r"[-–—_=*\s\d.]{1,80}|[-\s]*PAGE BREAK[-\s]*|Trang\s+\d+(?:/\d+)?|[|:;,'‘’`´~^°ˆ¬<>\\/_!?=\s-]{1,8}", re.IGNORECASE
)
# "2025." ends a sentence whose last line it is; no document has so many pages
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# "1.", "2.3." or "-" over the line that it numbers
_MARKER_ALONE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,2}\.|-)[ \t]*\n[ \t]*(?=[^\W\d_]|[\"“(])")
# "Điều" over "10. Cập nhật thông tin", "Chương" over "III": a marker that a line's end breaks
_BROKEN_MARKER = re.compile(
    r"(?:Điều|Chương|Phần|Mục|ĐIỀU|CHƯƠNG|PHẦN|MỤC)\s*\n[ \t]*(?:\d{1,3}|[IVXL]{1,5})(?=\s?[.:]|\s*$)", re.M
)
_DIVISION_WORD = 8  # characters of "Chương" and the like, and one more
_SENTENCE_ENDS = tuple(".;:!?…")
_CLOSING = tuple('"”’)]')  # may stand behind them
# a footnote: "1 Các quy định của Luật …", without a dot behind its number
_FOOTNOTE = re.compile(rf"\d{{1,2}} {{1,2}}[{UPPER}]\w+ \w+")
_FOOTNOTE_LINES = 16
_ENDS_BEFORE = 3  # ends of pages and rules back to which footnotes are pointed at
# "I. MỤC TIÊU 1. Trồng cây …", "II. NHIỆM VỤ Các xã rà soát …": a heading in capitals before what stands under it
_JOINED_HEADING = re.compile(
    rf"(?:[IVXL]{{1,5}}|[A-HĐ])\s?[.)/-]\s+[{UPPER}]{{2,}}[,\s][{UPPER}\s,&()/–-]{{2,150}}?\s+"
    rf"(?=(?:1|a|A|I)\s?[.)/]\s*[{UPPER}]|[-–+]\s[{UPPER}]|[{UPPER}][{LOWER}]+\s[{LOWER}])"
)
_HEADING_NUMBERS = frozenset("IVXLABCDĐEFGH")

_MARKER_REACH = 40  # characters of a line in which its marker stands
_FEW_ITEMS = 5
SHORT = 0.7
"""Part of the text's width that a line keeps below where it was broken early."""

_EARLY = 2
"""Paragraphs whose first line is broken early, at least, where a text is set so."""


@value(frozen=True, slots=True)
class Line:
    start: int
    end: int
    indent: int
    after_blank: bool

    def __len__(self) -> int:
        return self.end - self.start


def ends_sentence(text: str) -> bool:
    """Whether a passage ends like a sentence or an item ("." ";" ":" "./.")."""
    end = text[-4:].rstrip()
    return (end[:-1] if end.endswith(_CLOSING) else end).endswith(_SENTENCE_ENDS)


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """The lines of a passage that say something; page numbers and rules are left out."""
    found: list[Line] = []
    ends = [start] * _ENDS_BEFORE  # of pages, perhaps: the last numbers and rules
    at, blank = start, True
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        raw = text[at:stop]
        content = raw.strip()
        if not content:
            blank = True
        elif (not content[0].isalpha() or content[0] in "PpTt") and _is_noise(text, text.index(content, at), content):
            blank = blank and not _drop_footnotes(text, found, ends[-_ENDS_BEFORE])
            ends.append(at)
        else:
            lead = len(raw) - len(raw.lstrip())
            if len(content) < _DIVISION_WORD and _BROKEN_MARKER.match(text, at + lead):
                stop = text.find("\n", stop + 1, end)
                stop = end if stop < 0 else stop
                content = text[at + lead : stop].rstrip()
            begin = at + lead
            joined = (
                _JOINED_HEADING.match(text, begin, begin + len(content)) if content[0] in _HEADING_NUMBERS else None
            )
            if joined:
                found.append(Line(begin, begin + len(joined[0].rstrip()), lead, blank))
                begin, blank = joined.end(), True
            found.append(Line(begin, at + lead + len(content), lead, blank))
            blank = False
        at = stop + 1
    return found


def _is_noise(text: str, start: int, content: str) -> bool:
    """Whether a line is a page number or a rule, and no marker over its words."""
    return bool(_NOISE.fullmatch(content)) and not YEAR.search(content) and not _MARKER_ALONE.match(text, start)


def _drop_footnotes(text: str, lines: list[Line], low: int) -> bool:
    """Take the footnotes above a page number out of the lines, so that the sentence goes on behind them; the text from
    `low` on may point at them. Whether a sentence that is not over stands above them."""
    if lines and (notes := notes_above(text, lines[-1].end, low)):
        while lines and lines[-1].start >= notes[0]:
            del lines[-1]
        return bool(lines) and not ends_sentence(text[lines[-1].start : lines[-1].end])
    for back in range(1, min(_FOOTNOTE_LINES, len(lines)) + 1):
        line = lines[-back]
        if _FOOTNOTE.match(text, line.start, line.end) and line.indent > 0:
            del lines[-back:]
            break
    return False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set: hard-wrapped or not, how wide, whether paragraphs are indented or apart by blank lines."""

    wrapped: bool
    width: int
    margin: int
    indented: bool
    spaced: bool
    apart: bool  # whether a blank line stands between all paragraphs, so that no other line ends one
    early: int  # how long first lines are where most paragraphs have theirs broken early, the others at the full width


def layout_of(text: str, lines: list[Line]) -> Layout:
    lengths = sorted([line.end - line.start for line in lines])
    width = lengths[len(lengths) * 8 // 10] if lengths else 0
    pairs = broken = indents = marked = apart = closings = parted = 0
    for above, line in pairwise(lines):
        if text[above.end - 1] == ".":
            closings += 1
            parted += line.after_blank or not _has_room(text, above, line, width)
        if read_marker(text[line.start : min(line.end, line.start + _MARKER_REACH)]):
            marked += 1
            apart += line.after_blank
        if line.after_blank:
            continue
        pairs += 1
        if text[line.start].islower() and not ends_sentence(text[above.start : above.end]):
            broken += 1
            indents += above.indent > line.indent
    margins = sorted(line.indent for line in lines)
    wrapped = broken >= 3 and broken > 0.2 * pairs
    spaced = wrapped and marked > _FEW_ITEMS and apart >= 0.8 * marked
    margin = margins[len(margins) // 4] if margins else 0
    early = _breaks_early(text, lines, width) if wrapped else 0
    between = wrapped and closings > _FEW_ITEMS and closings - parted <= max(1, 0.1 * closings)
    return Layout(wrapped, width, margin, indents > 0.3 * broken > 0, spaced, between, early)


def _has_room(text: str, above: Line, line: Line, width: int) -> bool:
    """Whether the first word of a line would have stood in the line above, were it of the same paragraph."""
    return len(above) + 1 + len(text[line.start : line.end].split(" ", 1)[0]) <= width


def _breaks_early(text: str, lines: list[Line], width: int) -> int:
    """How long the first lines are where most paragraphs have a short one that goes on in the next, as pages made from
    HTML have; 0 in other texts.
    """
    begun = 0
    broken: list[int] = []
    for before, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if below.after_blank or not (line.after_blank or ends_sentence(text[before.start : before.end])):
            continue
        begun += 1
        short = len(line) < SHORT * width and not ends_sentence(text[line.start : line.end])
        if short and text[below.start].islower():
            broken.append(len(line))
    return sorted(broken)[len(broken) // 2] if len(broken) >= _EARLY and len(broken) >= begun / 2 else 0
