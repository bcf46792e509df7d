"""Lines to paragraphs: undoes the line breaks of PDF, OCR and hard-wrapped text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from ingest.lexicon import lexicon
from ingest.numbering import Marker, misread_roman, read_marker
from ingest.outlining.broken_places import is_broken_place
from ingest.outlining.line_layout import SHORT, YEAR, Layout, Line, ends_sentence, layout_of, lines_of
from ingest.patterns import LOWER, UPPER, any_of, bare, cues
from ingest.text import CleanText
from ingest.values import value

_TYPICAL = 0.85
"""Part of the usual length of a first line broken early that a point's has too, at least."""

_DIVISIONS = ("phần", "chương", "mục", "phụ lục")
"""Styles of markers that stand alone on their line, over a title of their own."""

# no sentence ends with one of these: "Kế hoạch số / 12/KH-UBND", "Nghị quyết của Chính phủ về / Quy hoạch …"
# … nor "… các loại cây như: / Cam, bưởi", where no marker stands below
_OPEN_ENDS = (
    *(" số", " về", " theo", " tại", " với", " các", " cho", " hoặc", " trong", " bởi", " từ", " thuộc"),
    " như:",
)
# … and in hard-wrapped text with none of these, which take an object: "phối hợp, hướng dẫn / Sở Y tế"
_TRANSITIVE = (" hướng dẫn", " chỉ đạo", " đôn đốc", " hỗ trợ", " đề nghị", " yêu cầu", " giao", " báo cáo")
# … nor with one of these before a number: "ngày / 20/3/2020"
_BEFORE_NUMBERS = ("ngày", "tháng", "năm", "quý", "Điều", "khoản", "Khoản", "giai đoạn", "nhiệm kỳ", "thời kỳ")
# "Phụ lục II Nghị quyết" / "14/NQ-CP": a document's symbol begins no paragraph
_SYMBOL = re.compile(r"\d{1,5}(?:/\d{4})?/[A-ZĐ]{2}")
# "Thông tư số 9/TT-" / "BYT;": its letters are broken at a hyphen
_SYMBOL_BREAKS = re.compile(rf"[/-][{UPPER}]{{1,8}}-$|(?<!\w)[{UPPER}]{{3,8}}-$")
_SYMBOL_GOES_ON = re.compile(rf"[{UPPER}]{{2,8}}(?![\w/])")
_PREAMBLE = tuple(bare(words) for words in cues("document_parts", "preamble"))
# "Bộ" / "Y tế yêu cầu …", "1. Giao Sở" / "Y tế …": the noun of a name that goes on in the next line
_NOUNS = "Sở|Bộ|Ủy ban|Uỷ ban|UBND|Cục|Vụ|Ban|Hội"
_NOUN_ALONE = re.compile(
    rf"(?:.*(?: và|,|với) )?(?:{_NOUNS})"
    rf"|(?:\S{{1,4}} )?(?:[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu) (?:{_NOUNS}|Phòng|Văn phòng|Chi cục|Trung tâm)"
)
# "1. Phòng Y tế" / "Chủ trì, phối hợp …": work under whom it is for, or what it is about
_WORK = re.compile(rf"(?:{any_of(cues('document_parts', 'work_begins'))})(?!\w)".replace(" ", r"\s+"))
_FOR_WHOM = re.compile(rf"(?:{any_of(cues('document_parts', 'titles_begin'))})(?!\w)".replace(" ", r"\s+"))
_ACTS = re.compile(rf"(?<!\w)(?:{any_of(cues('document_parts', 'no_titles'))})(?!\w)".replace(" ", r"\s+"))
_LONGEST_TITLE = 150
"""Characters of such a title, at most."""

_LIST_REACH = 1500
"""Characters behind "(i)" in which "(ii)" tells that the list goes on inside a sentence."""

_RECIPIENTS = ("Nơi nhận:", "Nơi nhận :", "NƠI NHẬN:")
_SMALL_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
# a leader's title before the name of what is led: "Kính gửi: Bộ trưởng / Bộ Y tế"
_LEADERS = (
    " Thủ tướng",
    " Bộ trưởng",
    " Chủ tịch",
    " Giám đốc",
    " Thủ trưởng",
    " Chủ nhiệm",
    " Cục trưởng",
    " Trưởng phòng",
)
_LED = ("Chính phủ", "Bộ ", "Ủy ban ", "Uỷ ban ", "UBND ", "Sở ", "Hội đồng ", "HĐND ", "Văn phòng ", "Cục ", "Phòng ")
# a gap between the columns of a letterhead: "TỈNH A          Độc lập - Tự do"
_GAP = " " * 5

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


def _is_capitals(passage: str) -> bool:
    return passage.isupper() and len(passage) > 3


def _is_open(last: str, this: str) -> bool:
    """Whether a line cannot be the last of its sentence, whatever the text's layout."""
    if last.endswith(_LEADERS) and this.startswith(_LED):
        return True
    if this[0].isupper() and (_NOUN_ALONE.fullmatch(last) or is_broken_place(last, this)):
        return True
    if ")" in this and last.rfind("(") > last.rfind(")"):
        return True  # "(trong đó: Sở A:" / "5 lớp, Sở B: 3 lớp)"
    return last.endswith(_OPEN_ENDS) or (this[0].isdigit() and last.endswith(_BEFORE_NUMBERS))


def _continues(text: str, above: Line, line: Line, layout: Layout, begun: int) -> bool:
    """Whether an unmarked line goes on with the paragraph of the line above it, which began at `begun`."""
    last, this = text[above.start : above.end], text[line.start : line.end]
    if _GAP in last or _GAP in this:
        return False
    closed = ends_sentence(last)
    if YEAR.match(this) and not line.after_blank and last.endswith(_BEFORE_NUMBERS):
        return True
    if this[0].islower() or (this[0] in "),;" and not closed):
        if _is_capitals(last) and line.after_blank:
            return False
        # a first line that the source broke early may end at a semicolon: "- Đề nghị cấp ủy; / thủ trưởng các …"
        early = layout.early and above.start == begun and last.endswith(";")
        whole = len(above) >= 0.75 * layout.width
        goes_on = layout.wrapped and not line.after_blank and bool(whole or early)
        return goes_on or not closed or last.endswith(" như:")
    if _SYMBOL_BREAKS.search(last) and _SYMBOL_GOES_ON.match(this):
        return True
    if _is_capitals(this) and _is_capitals(last) and last.endswith(","):
        return True
    if _SYMBOL.match(this) and last[-1].islower() and not line.after_blank:
        return True
    if _is_capitals(this):
        return _is_capitals(last) and layout.wrapped and not line.after_blank and len(above) > 0.6 * layout.width
    if last.endswith((",", " và", " -", " –", "của")) or (not line.after_blank and _is_open(last, this)):
        return True
    if not layout.wrapped or _is_capitals(last):
        return False
    if not closed and text.startswith("Căn cứ ", begun) and len(above) >= 0.7 * layout.width:
        return not bare(this).startswith(_PREAMBLE)
    return _continues_wrapped(last, above, line, layout, begun)


def _continues_wrapped(last: str, above: Line, line: Line, layout: Layout, begun: int) -> bool:
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


def _goes_on_as_heading(text: str, above: Line, line: Line, open_marker: Marker | None) -> bool:
    """Whether a numbered heading in capitals is broken over lines: "III. NHIỆM" / "VỤ TRỌNG TÂM"."""
    if open_marker is None or open_marker.style not in _HEADING_STYLES or line.after_blank:
        return False
    last, this = text[above.start : above.end], text[line.start : line.end]
    return last.isupper() and this.isupper() and not ends_sentence(last)


def _follows(marker: Marker, last: dict[str, int]) -> bool:
    """Whether a numbered marker is the first of a list or the next of one that is open."""
    return marker.value <= 1 or 0 < marker.value - last.get(marker.style, 0) <= 2


# "… phát triển kinh tế" / "- xã hội của huyện", but not under "- một điểm của danh sách", nor "- a) …"
_GOES_ON_SMALL = re.compile(rf"[-–]\s[{LOWER}]{{2,}}[\s,]")
_SMALL_POINT = re.compile(rf"[-–]\s+[{LOWER}]")
# "giai đoạn 2026" / "- 2030 phấn đấu …"
_YEAR_ENDS = re.compile(r"(?<!\d)20\d\d$")
_YEAR_GOES_ON = re.compile(r"[-–]\s20\d\d(?=\s+[^\W\d]|[,.;])")


def _is_broken_name(
    text: str, above: Line, line: Line, marker: Marker, layout: Layout, last: dict[str, int], bulleted: bool
) -> bool:
    """Whether what looks like a marker is the middle of a sentence ("ngày / 20. …", "Lao động / - Thương binh …")."""
    if _YEAR_ENDS.search(text, max(above.start, above.end - 5), above.end) and _YEAR_GOES_ON.match(text, line.start):
        return not line.after_blank
    small = _GOES_ON_SMALL.match(text, line.start) and not _SMALL_POINT.match(text, above.start)
    if small and not line.after_blank and text[above.end - 1].isalpha():
        return True
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


def _is_lone_dash(
    text: str, lines: Sequence[Line], number: int, open_at: tuple[int, int, Marker | None] | None
) -> bool:
    """Whether a dash heads a line in the middle of an item's long sentence: "về Cục A / - Cơ quan đầu mối …"."""
    above = lines[number - 1]
    if open_at is None or open_at[2] is None or open_at[2].is_bullet:
        return False
    if above.end - open_at[1] <= _LONGEST_TITLE or not text[above.end - 1].isalpha() or text[above.start].isupper():
        return False
    markers = (_marker(text, lines, later, open_at[2], {}) for later in range(number + 1, len(lines)))
    following = next((marker for marker in markers if marker), None)
    return following is None or not following.is_bullet


def _is_inside_sentence(text: str, begun: int, line: Line, marker: Marker, layout: Layout) -> bool:
    """Whether "(i)" or "(2)" at the head of a wrapped line is one of a list inside a sentence: "(i) …; (ii) …"."""
    if marker.style not in ("i", "(1)") or not layout.wrapped or line.after_blank or text[line.start] != "(":
        return False
    value = marker.value
    if value >= len(_SMALL_ROMANS) - 1:
        return False
    names = _SMALL_ROMANS if marker.style == "i" else [str(number) for number in range(len(_SMALL_ROMANS))]
    if value > 1:
        other = text.rfind(f"({names[value - 1]})", begun, line.start)
    else:
        other = text.find(f"({names[2]})", line.start, line.start + _LIST_REACH)
    return other >= 0 and bool(text[text.rfind("\n", 0, other) + 1 : other].strip())


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


def _is_held(text: str, above: Line, line: Line, emphases: _Emphases) -> bool:
    """Whether a heading set in bold goes on in the next line; not a type's line before its title."""
    if line.after_blank or not emphases.hold(above.end - 1, line.start):
        return False
    last, this = text[above.start : above.end], text[line.start : line.end]
    return not ends_sentence(last) and (last.isupper() == this.isupper() or read_marker(last) is not None)


def _ends_title(
    text: str, above: Line, line: Line, open_at: tuple[int, int, Marker | None] | None, emphases: _Emphases
) -> bool:
    """Whether a title ends above a line that begins a paragraph: bold words over plain ones ("**3. Rà soát …**" over
    "Các xã …"), or whom work is for over the work ("1. Phòng Y tế" over "Chủ trì, phối hợp …").
    """
    if open_at is None or not text[line.start].isupper():
        return False
    _, body, marker = open_at
    numbered = marker is not None and not marker.is_bullet
    if body >= above.end:
        return False  # "1." alone over its words
    bold = emphases.hold(body, above.end - 1) and not emphases.hold(line.start, line.start)
    if bold and (line.after_blank or numbered):
        return True
    title = text[body : above.end]
    if not numbered or len(title) > _LONGEST_TITLE or not _WORK.match(text, line.start, line.end):
        return False
    return _FOR_WHOM.match(title) is not None and _ACTS.search(title) is None and not ends_sentence(title)


def _is_broken_early(
    text: str,
    above: Line,
    line: Line,
    layout: Layout,
    open_at: tuple[int, int, Marker | None] | None,
    emphases: _Emphases,
) -> bool:
    """Whether a paragraph's first line was broken before a capital ("Thực hiện ý kiến của Ban / Tổ chức …")."""
    if not layout.early or line.after_blank or open_at is None or open_at[0] != above.start:
        return False
    if open_at[2] is not None and (len(above) < _TYPICAL * layout.early or _WORK.match(text, line.start)):
        return False  # "1. Phòng Y tế" over "Mở lớp …" is a title
    last = text[above.start : above.end]
    if ends_sentence(last) or last.isupper() or len(above) >= SHORT * layout.width or _GAP in last:
        return False
    # a title in bold over plain words is no broken line
    title = emphases.hold(above.start, above.end - 1) and not emphases.hold(above.start, line.start)
    whole = len(line) >= SHORT * layout.width or ends_sentence(text[line.start : line.end])
    return not title and whole


def _marker(
    text: str, lines: Sequence[Line], number: int, before: Marker | None, last: Mapping[str, int]
) -> Marker | None:
    """The marker of a line; a bullet may stand alone on its line, over its words."""
    line = lines[number]
    if text.startswith("-", line.start) and len(line) == 1 and number + 1 < len(lines):
        return Marker("-", "", 0, 1)
    passage = text[line.start : line.end]
    misread = "A" not in last and misread_roman(passage, last.get("I", 0) + 1)
    return misread or read_marker(passage, before)


def _is_marker_alone(open_at: tuple[int, int, Marker | None] | None, above: Line) -> bool:
    """Whether the paragraph of the line above is a number or a bullet without words; annexes have titles below."""
    marker = open_at[2] if open_at else None
    return open_at is not None and open_at[1] == above.end and marker is not None and marker.style not in _DIVISIONS


def _opens_recipients(text: str, line: Line) -> bool:
    """Whether a line begins the list of recipients, whatever OCR left behind the sentence above it."""
    return text.startswith(_RECIPIENTS, line.start)


def _passage(text: str, lines: list[Line], layout: Layout, emphases: _Emphases) -> Iterator[Paragraph]:
    last: dict[str, int] = {}
    before: Marker | None = None
    above: Line | None = None
    open_at: tuple[int, int, Marker | None] | None = None
    for number, line in enumerate(lines):
        marker = _marker(text, lines, number, before, last)
        bulleted = bool(open_at and open_at[2] and open_at[2].is_bullet)
        if (
            above
            and marker
            and (
                _is_broken_name(text, above, line, marker, layout, last, bulleted)
                or _is_inside_sentence(text, open_at[0] if open_at else line.start, line, marker, layout)
                or (layout.wrapped and marker.is_bullet and _is_lone_dash(text, lines, number, open_at))
            )
        ):
            marker = None
            goes_on = True
        else:
            begun = open_at[0] if open_at else line.start
            goes_on = (
                above is not None
                and marker is None
                and not _ends_title(text, above, line, open_at, emphases)
                and not _opens_recipients(text, line)
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
    stretches = [lines_of(text, start, end) for start, end in _outside_tables(clean)]
    layout = layout_of(text, [line for lines in stretches for line in lines])
    emphases = _Emphases(clean)
    for number, (lines, table) in enumerate(zip(stretches, clean.tables, strict=False)):
        yield from _passage(text, lines, layout, emphases)
        for row in table.rows:
            yield Paragraph(row[0].start, row[-1].end, row[0].start, None, number)
    yield from _passage(text, stretches[-1], layout, emphases)
