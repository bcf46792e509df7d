"""Lines to paragraphs: undoes the line breaks of PDF, OCR and hard-wrapped text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.cleaning.footnotes import notes_above
from ingest.lexicon import lexicon
from ingest.numbering import Marker, read_marker
from ingest.patterns import LOWER, UPPER
from ingest.text import CleanText
from ingest.values import value

# a page number, a page break, a rule: "2", "- 3 -", "--- PAGE BREAK ---", "-------"
_NOISE = re.compile(r"[-–—_=*\s\d.]{1,80}|[-\s]*PAGE BREAK[-\s]*|Trang\s+\d+(?:/\d+)?", re.IGNORECASE)
# "2025." ends a sentence whose last line it is; no document has so many pages
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# "1.", "2.3." or "-" over the line that it numbers
_MARKER_ALONE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,2}\.|-)[ \t]*\n[ \t]*(?=[^\W\d_]|[\"“(])")
_DIVISIONS = ("phần", "chương", "mục", "phụ lục", "điều")
"""Styles of markers that stand alone on their line, over a title of their own."""

_SENTENCE_END = re.compile(r"[.;:!?…](?:[\"”’)\]]|/\.)?$|/\.$")
# a footnote: "1 Các quy định của Luật …", without a dot behind its number
_FOOTNOTE = re.compile(rf"\d{{1,2}} {{1,2}}[{UPPER}]\w+ \w+")
# no sentence ends with one of these: "Kế hoạch số / 12/KH-UBND", "Nghị quyết của Chính phủ về / Quy hoạch …"
_OPEN_ENDS = (" số", " về", " theo", " tại", " với", " các", " cho", " hoặc", " trong", " bởi", " từ", " thuộc")
# … and in hard-wrapped text with none of these, which take an object: "phối hợp, hướng dẫn / Sở Y tế"
_TRANSITIVE = (" hướng dẫn", " chỉ đạo", " đôn đốc", " hỗ trợ", " đề nghị", " yêu cầu", " giao", " báo cáo")
# … nor with one of these before a number: "ngày / 20/3/2020"
_BEFORE_NUMBERS = ("ngày", "tháng", "năm", "quý", "Điều", "khoản", "Khoản", "giai đoạn", "nhiệm kỳ", "thời kỳ")
# a leader's title before the name of what is led: "Kính gửi: Bộ trưởng / Bộ Y tế"
_LEADERS = (" Bộ trưởng", " Chủ tịch", " Giám đốc", " Thủ trưởng", " Chủ nhiệm", " Cục trưởng", " Trưởng phòng")
_LED = ("Bộ ", "Ủy ban ", "Uỷ ban ", "UBND ", "Sở ", "Hội đồng ", "HĐND ", "Văn phòng ", "Cục ", "Phòng ")
_FOOTNOTE_LINES = 16
_ENDS_BEFORE = 3  # ends of pages and rules back to which footnotes are pointed at
# a gap between the columns of a letterhead: "TỈNH A          Độc lập - Tự do"
_GAP = " " * 5

_MARKER_REACH = 40  # characters of a line in which its marker stands
_FEW_ITEMS = 5
_SHORT = 0.7
"""Part of the text's width that a line keeps below where it was broken early."""

_EARLY = 2
"""Paragraphs whose first line is broken early, at least, where a text is set so."""

# markers of headings that may be printed in capitals over several lines
_HEADING_STYLES = frozenset(("A", "I", "1", "1.1", "1.1.1", "a"))

_NAME_TAILS = tuple(lexicon("document_parts")["name_tails"])


@value(frozen=True, slots=True)
class Paragraph:
    """A passage `start:end` that belongs together; `body` is where its words begin behind its marker."""

    start: int
    end: int
    body: int
    marker: Marker | None
    row: int | None = None  # index of the table that it is a row of


@value(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_blank: bool

    def __len__(self) -> int:
        return self.end - self.start


def ends_sentence(text: str) -> bool:
    """Whether a passage ends like a sentence or an item ("." ";" ":" "./.")."""
    return bool(_SENTENCE_END.search(text[-4:].rstrip()))


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """The lines of a passage that say something; page numbers and rules are left out."""
    found: list[_Line] = []
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
            _drop_footnotes(text, found, ends[-_ENDS_BEFORE])
            ends.append(at)
        else:
            lead = len(raw) - len(raw.lstrip())
            found.append(_Line(at + lead, at + lead + len(content), lead, blank))
            blank = False
        at = stop + 1
    return found


def _is_noise(text: str, start: int, content: str) -> bool:
    """Whether a line is a page number or a rule, and no marker over its words."""
    return bool(_NOISE.fullmatch(content)) and not _YEAR.search(content) and not _MARKER_ALONE.match(text, start)


def _drop_footnotes(text: str, lines: list[_Line], low: int) -> None:
    """Take the footnotes above a page number out of the lines, so that the sentence goes on behind them; the text from
    `low` on may point at them."""
    if lines and (notes := notes_above(text, lines[-1].end, low)):
        while lines and lines[-1].start >= notes[0]:
            del lines[-1]
        return
    for back in range(1, min(_FOOTNOTE_LINES, len(lines)) + 1):
        line = lines[-back]
        if _FOOTNOTE.match(text, line.start, line.end) and line.indent > 0:
            del lines[-back:]
            return


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a text is set: hard-wrapped or not, how wide, whether paragraphs are indented or apart by blank lines."""

    wrapped: bool
    width: int
    margin: int
    indented: bool
    spaced: bool
    apart: bool  # whether a blank line stands between all paragraphs, so that no other line ends one
    early: bool  # whether the first line of most paragraphs is broken early, the others at the full width


def _layout(text: str, lines: list[_Line]) -> _Layout:
    pairs = broken = indents = marked = apart = closings = parted = 0
    for above, line in pairwise(lines):
        if text[above.end - 1] == ".":
            closings += 1
            parted += line.after_blank
        if read_marker(text[line.start : min(line.end, line.start + _MARKER_REACH)]):
            marked += 1
            apart += line.after_blank
        if line.after_blank:
            continue
        pairs += 1
        if text[line.start].islower() and not ends_sentence(text[above.start : above.end]):
            broken += 1
            indents += above.indent > line.indent
    lengths = sorted([line.end - line.start for line in lines])
    margins = sorted(line.indent for line in lines)
    wrapped = broken >= 3 and broken > 0.2 * pairs
    width = lengths[len(lengths) * 8 // 10] if lengths else 0
    spaced = wrapped and marked > _FEW_ITEMS and apart >= 0.8 * marked
    margin = margins[len(margins) // 4] if margins else 0
    early = wrapped and _breaks_early(text, lines, width)
    between = wrapped and closings > _FEW_ITEMS and closings - parted <= max(1, 0.1 * closings)
    return _Layout(wrapped, width, margin, indents > 0.3 * broken > 0, spaced, between, early)


def _breaks_early(text: str, lines: list[_Line], width: int) -> bool:
    """Whether most paragraphs have a short first line that goes on in the next, as pages made from HTML have."""
    begun = broken = 0
    for before, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if below.after_blank or not (line.after_blank or ends_sentence(text[before.start : before.end])):
            continue
        begun += 1
        short = len(line) < _SHORT * width and not ends_sentence(text[line.start : line.end])
        broken += short and text[below.start].islower()
    return broken >= _EARLY and broken >= begun / 2


def _is_capitals(passage: str) -> bool:
    return passage.isupper() and len(passage) > 3


def _is_open(last: str, this: str) -> bool:
    """Whether a line cannot be the last of its sentence, whatever the text's layout."""
    if last.endswith(_LEADERS) and this.startswith(_LED):
        return True
    return last.endswith(_OPEN_ENDS) or (this[0].isdigit() and last.endswith(_BEFORE_NUMBERS))


def _continues(text: str, above: _Line, line: _Line, layout: _Layout, begun: int) -> bool:
    """Whether an unmarked line goes on with the paragraph of the line above it, which began at `begun`."""
    last, this = text[above.start : above.end], text[line.start : line.end]
    if _GAP in last or _GAP in this:
        return False
    closed = ends_sentence(last)
    if _YEAR.match(this) and not line.after_blank and last.endswith(_BEFORE_NUMBERS):
        return True
    if this[0].islower() or (this[0] in "),;" and not closed):
        if _is_capitals(last) and line.after_blank:
            return False
        return not closed or (layout.wrapped and not line.after_blank and len(above) >= 0.75 * layout.width)
    if _is_capitals(this) and _is_capitals(last) and last.endswith(","):
        return True
    if _is_capitals(this):
        return _is_capitals(last) and layout.wrapped and not line.after_blank and len(above) > 0.6 * layout.width
    if last.endswith((",", " và", " -", " –", "của")) or (not line.after_blank and _is_open(last, this)):
        return True
    if not layout.wrapped or _is_capitals(last):
        return False
    return _continues_wrapped(last, above, line, layout, begun)


def _continues_wrapped(last: str, above: _Line, line: _Line, layout: _Layout, begun: int) -> bool:
    """As `_continues`, in a hard-wrapped text for a line that begins like a sentence."""
    closed = ends_sentence(last)
    if layout.apart and last.endswith((".", ";")) and not line.after_blank:
        return last[-1] == ";" or len(above) >= 0.75 * layout.width
    # a text whose items all stand behind blank lines has no other breaks between paragraphs
    if (layout.spaced or last.endswith(_TRANSITIVE)) and not line.after_blank and not closed:
        return True
    # the middle of a long sentence, on a line that the source broke early
    if not closed and not line.after_blank and above.end - begun > 1.5 * layout.width:
        return True
    if len(above) < 0.7 * layout.width:
        return False
    if layout.indented:
        return line.indent <= layout.margin + 1
    return not closed and not (line.after_blank and len(above) < 0.85 * layout.width)


def _goes_on_as_heading(text: str, above: _Line, line: _Line, open_marker: Marker | None) -> bool:
    """Whether a numbered heading in capitals is broken over lines: "III. NHIỆM" / "VỤ TRỌNG TÂM"."""
    if open_marker is None or open_marker.style not in _HEADING_STYLES or line.after_blank:
        return False
    last, this = text[above.start : above.end], text[line.start : line.end]
    return last.isupper() and this.isupper() and not ends_sentence(last)


def _follows(marker: Marker, last: dict[str, int]) -> bool:
    """Whether a numbered marker is the first of a list or the next of one that is open."""
    return marker.value <= 1 or 0 < marker.value - last.get(marker.style, 0) <= 2


# "giai đoạn 2026" / "- 2030 phấn đấu …"
_YEAR_ENDS = re.compile(r"(?<!\d)20\d\d$")
_YEAR_GOES_ON = re.compile(r"[-–]\s20\d\d(?=\s+[^\W\d]|[,.;])")


def _is_broken_name(
    text: str, above: _Line, line: _Line, marker: Marker, layout: _Layout, last: dict[str, int], bulleted: bool
) -> bool:
    """Whether what looks like a marker is the middle of a sentence ("ngày / 20. …", "Lao động / - Thương binh …")."""
    if _YEAR_ENDS.search(text, max(above.start, above.end - 5), above.end) and _YEAR_GOES_ON.match(text, line.start):
        return not line.after_blank
    if not layout.wrapped or line.after_blank or len(above) < 0.7 * layout.width:
        return False
    if ends_sentence(text[above.start : above.end]) or _is_capitals(text[above.start : above.end]):
        return False
    if marker.is_bullet:
        words = text[line.start + marker.end : line.end].strip()
        if not text[above.end - 1].isalpha():
            return False
        # "đường Ninh Bình / - Hải Phòng, đoạn …" in a paragraph that is no bullet itself
        between_names = not bulleted and _NAME.match(words) and _NAME_ENDS.search(text, above.start, above.end)
        return words.lower().startswith(_NAME_TAILS) or bool(between_names)
    return not _follows(marker, last)


# a name of two syllables or more: "… cao tốc Ninh Bình" / "- Hải Phòng, đoạn …"
_NAME = re.compile(rf"\b[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+")
_NAME_ENDS = re.compile(rf"{_NAME.pattern}$")


class _Emphases:
    """The passages that are bold or headings: one that goes on over the end of a line holds both lines together."""

    def __init__(self, clean: CleanText) -> None:
        runs = sorted((e.start, e.end) for e in clean.emphasis if e.kind in ("bold", "heading"))
        self.starts = [start for start, _ in runs]
        self.ends = [end for _, end in runs]

    def hold(self, first: int, last: int) -> bool:
        """Whether one passage reaches from `first` over `last`."""
        at = bisect_right(self.starts, first) - 1
        return at >= 0 and self.ends[at] > last


def _is_held(text: str, above: _Line, line: _Line, emphases: _Emphases) -> bool:
    """Whether a heading set in bold goes on in the next line; not a type's line before its title."""
    if line.after_blank or not emphases.hold(above.end - 1, line.start):
        return False
    last, this = text[above.start : above.end], text[line.start : line.end]
    return not ends_sentence(last) and (last.isupper() == this.isupper() or read_marker(last) is not None)


def _is_broken_early(
    text: str,
    above: _Line,
    line: _Line,
    layout: _Layout,
    open_at: tuple[int, int, Marker | None] | None,
    emphases: _Emphases,
) -> bool:
    """Whether a paragraph's first line was broken before a capital ("Thực hiện ý kiến của Ban / Tổ chức …")."""
    if not layout.early or line.after_blank or open_at is None or open_at[0] != above.start or open_at[2] is not None:
        return False
    last = text[above.start : above.end]
    if ends_sentence(last) or last.isupper() or len(above) >= _SHORT * layout.width or _GAP in last:
        return False
    # a title in bold over plain words is no broken line
    title = emphases.hold(above.start, above.end - 1) and not emphases.hold(above.start, line.start)
    whole = len(line) >= _SHORT * layout.width or ends_sentence(text[line.start : line.end])
    return not title and whole


def _marker(text: str, lines: Sequence[_Line], number: int, before: Marker | None) -> Marker | None:
    """The marker of a line; a bullet may stand alone on its line, over its words."""
    line = lines[number]
    if text.startswith("-", line.start) and len(line) == 1 and number + 1 < len(lines):
        return Marker("-", "", 0, 1)
    return read_marker(text[line.start : line.end], before)


def _is_marker_alone(open_at: tuple[int, int, Marker | None] | None, above: _Line) -> bool:
    """Whether the paragraph of the line above is a number or a bullet without words; annexes have titles below."""
    marker = open_at[2] if open_at else None
    return open_at is not None and open_at[1] == above.end and marker is not None and marker.style not in _DIVISIONS


def _passage(text: str, lines: list[_Line], layout: _Layout, emphases: _Emphases) -> Iterator[Paragraph]:
    last: dict[str, int] = {}
    before: Marker | None = None
    above: _Line | None = None
    open_at: tuple[int, int, Marker | None] | None = None
    for number, line in enumerate(lines):
        marker = _marker(text, lines, number, before)
        bulleted = bool(open_at and open_at[2] and open_at[2].is_bullet)
        if above and marker and _is_broken_name(text, above, line, marker, layout, last, bulleted):
            marker = None
            goes_on = True
        else:
            begun = open_at[0] if open_at else line.start
            goes_on = (
                above is not None
                and marker is None
                and (
                    _is_marker_alone(open_at, above)
                    or _continues(text, above, line, layout, begun)
                    or _is_held(text, above, line, emphases)
                    or _is_broken_early(text, above, line, layout, open_at, emphases)
                    or _goes_on_as_heading(text, above, line, open_at[2] if open_at else None)
                )
            )
        if goes_on and open_at and above and _is_marker_alone(open_at, above):
            open_at = (open_at[0], line.start, open_at[2])
        if not goes_on:
            if open_at and above:
                yield Paragraph(open_at[0], above.end, open_at[1], open_at[2])
            body = line.start + marker.end if marker else line.start
            while body < line.end and text[body].isspace():
                body += 1
            open_at = (line.start, body, marker)
            if marker and not marker.is_bullet:
                before = marker
                last[marker.style] = marker.value
        above = line
    if open_at and above:
        yield Paragraph(open_at[0], above.end, open_at[1], open_at[2])


def _outside_tables(clean: CleanText) -> Iterator[tuple[int, int]]:
    """The passages between tables, whose lines tell how the text is set."""
    at = 0
    for table in clean.tables:
        yield at, table.start
        at = table.end
    yield at, len(clean.text)


def paragraphs(clean: CleanText) -> Iterator[Paragraph]:
    """The paragraphs and table rows of a text, in its order."""
    text = clean.text
    stretches = [_lines(text, start, end) for start, end in _outside_tables(clean)]
    layout = _layout(text, [line for lines in stretches for line in lines])
    emphases = _Emphases(clean)
    for number, (lines, table) in enumerate(zip(stretches, clean.tables, strict=False)):
        yield from _passage(text, lines, layout, emphases)
        for row in table.rows:
            yield Paragraph(row[0].start, row[-1].end, row[0].start, None, number)
    yield from _passage(text, stretches[-1], layout, emphases)
