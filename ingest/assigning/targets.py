"""Targets: figures to be reached, with comparator, unit and year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.assigning.aim_lists import aim_lists
from ingest.assigning.aimed_figures import CLAUSE_LENGTH, YEAR, Aims
from ingest.assigning.deadlines import Span, find_deadline
from ingest.assigning.figures import Figure, find_figures, find_in_words, is_share
from ingest.assigning.occurrences import anchor_of, with_occurrences
from ingest.assigning.target_subjects import subject
from ingest.assigning.target_tables import table_targets
from ingest.naming.agencies import Scope
from ingest.outlining.outline import Block, Outline
from ingest.outlining.quotations import quoted
from ingest.patterns import any_of, cues, pattern
from ingest.record import CitedDocument, Header, Target
from ingest.section_kinds import CLOSED, kind_of
from ingest.text import CleanText

_ANCHOR = 110
"""Characters of a target's text that its anchor holds at most."""
_GOAL_SECTION = pattern(rf"(?:{any_of(cues('targets', 'goal_sections'))})(?!\w)")
# what may stand before "85% học sinh" in a clause that it begins: "- Phấn đấu ", "bảo đảm "
_BEGINNING = 20
_COMMA = re.compile(r"[,:]\s")
_SENTENCE_END = re.compile(r"[.;]\s|\n")
_FAR = 160
"""Characters between the beginning of a clause and its figure beyond which a target's passage begins later."""
_SUBJECT = 25
"""Characters that tell what a figure counts, at least."""
# " trạm (Bưu điện: " between "58" and "25 trạm", " trạm, Công ty Sao: " before "33 trạm": who does how many
_SHARED_OUT = re.compile(r"\s[^.;:(),\d]{1,30}(?:\(|,)\s?(?:[Tt]rong đó:?\s)?(?P<who>[^\W\d_][^.;:(),\d]{0,40}):\s")
_AND_AS_MANY = re.compile(r"[^.;,\d]{1,40}(?:,|\svà)\s")  # " tủ sách và " before another "01"
# between figures of one list: "90% thôn, 75% xã và 50% bản", but "20% xã, phường có chợ"
_JOINT = re.compile(r"(?:[;,]|(?<!\w)và)\s+(?!(?:phường|thị\s+trấn|đặc\s+khu|thị\s+xã|thành\s+phố|quận)\s)")
_NUMBER = re.compile(r"\d|(?<!\w)(?:[Mm]ỗi|nhất|thiểu)(?!\w)")
# the clauses that a figure stands in: "… đạt 36%; trong đó …"
_BOUNDARY = re.compile(
    r"[.;,\s](?:(?<=[.;])(?=\s|$)|(?<=\d%,)(?=\s)|(?:(?<=,)\s|(?<=\s))(?=trong đó\b)"
    r"|(?<=,)(?<!\d{4},)\s(?=(?:nâng|nhóm|phấn đấu|số hóa)\b))"  # but "Năm 2027, phấn đấu …" is one
)
# "đến năm 2030", "giai đoạn 2026-2030", "đến hết năm 2025", "phấn đấu đến 2030 đạt", not "từ năm 2026"
_BY = re.compile(
    r"(?:(?<!từ\s)năm|giai đoạn|thời kỳ"
    r"|(?:đến|tới)(?:\s+hết)?(?=\s+20\d\d(?:\s*[,;.:)]|\s+(?:đạt|có|còn|phấn|tỷ|số|trên|ít|tăng|giảm))))"
    r"\s+(?:(?:20\d\d)\s?[-–]\s?)?(20\d\d)",
    re.IGNORECASE,
)
# "Năm 2026, bãi bỏ 30% …; cắt giảm 20% …" speaks of all clauses of its sentence
_SENTENCE_YEAR = pattern(r"\W*(?:(?:phấn đấu )?đến |trong |riêng )?(?:hết |cuối )?năm (?P<year>20\d\d),")
# "gấp 1,5 lần mức ", "gấp 2 lần " before "năm 2022", "so với trung bình của " before "giai đoạn 2016-2020",
# "so với trung bình 5 "
_COMPARED = pattern(
    r"(?<!\w)(?:mức(?: bình quân)?|so|so với(?: (?!(?:năm|giai|thời|vào|đến|trong|tới)(?!\w))[^\s,;.()]+){0,5}"
    r"|của cùng kỳ|\d lần) $"
)
# " triệu vào năm 2010", " năm 2025", "m2/người năm 2020" right behind a figure
_BY_BEHIND = re.compile(
    r"(?:[^\W\d]{1,6}\d?(?:/[^\W\d]{1,8})?)?(?:(?:\s[^\W\d][\w/]*){0,3}?\s(?:(?:vào|trong|đến|tới)\s(?:hết\s|cuối\s)?năm\s"
    r"|\((?:đến\s)?năm\s|(?:giai đoạn|thời kỳ)\s20\d\d\s?[-–]\s?)|\snăm\s)"
    r"(20\d\d)(?!\s?[-–])",
    re.IGNORECASE,
)
# "Kế hoạch phát triển giai đoạn 2026 - 2030": a heading's span of years
_PERIOD = re.compile(r"(?:giai đoạn|thời kỳ)\s+20\d\d\s?[-–]\s?(20\d\d)", re.IGNORECASE)
# "Phát triển nghề muối năm 2027" in a title, not the year of a date
_TITLE_YEAR = re.compile(
    r"(?<!đến\s)(?<!tháng\s\d\s)(?<!tháng\s\d\d\s)năm\s+(20\d\d)(?!\s?[-–]\s?\d)(?P<last>\W*$)?", re.IGNORECASE
)
_OTHER_DOCUMENT = re.compile(r"số\s+\d|\d[/-][A-ZĐ]")
# of these only what stands in a section of targets is one: the rest are norms
_NORMATIVE = frozenset(cues("targets", "normative"))
# a decision or a council's resolution "Quy định mức hỗ trợ …", "Về việc công bố danh mục thủ tục hành chính …"
_RULING = ("Quyết định", "Nghị quyết")
_RULES = pattern(rf"(?:(?:về )?việc )?(?:ban hành )?(?:{any_of(cues('targets', 'rules'))})(?!\w)")
_TITLE = 150
"""Characters of a heading at most; a longer one is a sentence."""
# "Trước mắt, đến năm 2013 phấn đấu đạt được các chỉ tiêu sau."
_OPENS_TARGETS = pattern(
    r"(?:chỉ tiêu|mục tiêu)(?: [^\s.;:,]+){0,4}[.:]$|(?<!\w)đến (?:hết |cuối )?năm \d{4}(?: [^\s.;:,]+){0,3}:$"
)
_OPENING = 60
"""Characters at the end of a passage in which it says that targets follow."""


class _Reader:
    """Goes through the body's blocks and collects figures that are to be reached."""

    def __init__(self, text: str, blocks: tuple[Block, ...], header: Header, names: Sequence[Span]) -> None:
        self.text, self.blocks, self.names = text, blocks, names
        attached = header.attached.type if header.attached else None
        ruling = header.type in _RULING and bool(_RULES.match(header.title or ""))
        self.aims = Aims(text, normative=ruling or bool({header.type, attached} & _NORMATIVE))
        self.quoted = quoted(text, blocks, header.type)
        self.goals: dict[int | None, bool] = {None: False}
        self.by: dict[int | None, str | None] = {None: _year_of(header)}
        self.period: dict[int | None, str | None] = {None: None}  # "2. Kế hoạch giai đoạn 2026 - 2030" over tasks
        self.closed: dict[int | None, bool] = {None: False}

    def read(self) -> Iterator[Target]:
        for index, block in enumerate(self.blocks):
            if block.part == "preamble":
                yield from self._block(index, block)
            if block.part != "body" or block.kind == "row" or index in self.quoted:
                continue
            self._inherit(index, block)
            if not self.closed[index]:
                yield from self._block(index, block)

    def _inherit(self, index: int, block: Block) -> None:
        heading = block.kind == "heading"
        tells_what_is = heading and kind_of(self.text[block.body : block.end]) == CLOSED
        self.closed[index] = tells_what_is or self.closed.get(block.parent, False)
        announces = self.text[block.end - 1] in ".:"
        said = announces and bool(_OPENS_TARGETS.search(self.text, max(block.body, block.end - _OPENING), block.end))
        opens = heading or said
        year = _BY.search(self.text, block.body, block.end) if opens else None
        self.by[index] = year[1] if year else self.by.get(block.parent)
        span = _PERIOD.search(self.text, block.body, block.end) if heading else None
        self.period[index] = span[1] if span else self.period.get(block.parent)
        announced = said and (not heading or self.text[block.end - 1] == ":")
        goal = bool(_GOAL_SECTION.match(self.text, block.body)) or announced
        self.goals[index] = goal or self.goals.get(block.parent, False)
        if announced and not block.marker and not heading:  # what follows stands beside it, not under it
            self.by[block.parent], self.goals[block.parent] = self.by[index], True

    def _block(self, index: int, block: Block) -> Iterator[Target]:
        if not _NUMBER.search(self.text, block.body, block.end):
            return
        in_section = self.goals.get(index, False)
        lists = [] if in_section else list(aim_lists(self.text, block.body, block.end))
        title = block.kind == "heading" and block.end - block.start <= _TITLE
        at = block.body
        last_by: str | None = None
        of_sentence: str | None = None  # the year that a sentence of several clauses begins with
        begins = True
        listed = False  # whether a list of targets was begun: "phấn đấu … đạt 2,1; …; 70% …"
        told_last: Figure | None = None  # the last target of the block
        of_time: str | None = None  # the last year that a sentence names
        for start, end in _clauses(self.text, block.body, block.end):
            in_list = any(begin < end and start < stop for begin, stop in lists)
            goal = in_section or in_list
            first_year = self._first_year(start, min(end, start + CLAUSE_LENGTH))
            last_by = first_year[1] if first_year else last_by
            if begins:
                told = _SENTENCE_YEAR.match(self.text, start, end)
                of_sentence = told["year"] if told else None
                of_time = None
            of_time = first_year[1] if first_year else of_time
            begins = self.text[start:end].rstrip().endswith(".")
            in_clause = list(find_figures(self.text, start, end))
            for figure in () if title else find_in_words(self.text, start, end, goal=goal):
                year = self._year_for(figure, first_year, in_clause)
                by = self._by(index, last_by) if goal and not year else self._due(start, end, year, goal=goal)
                yield self._target(block, figure, start, end, by)
            last: Figure | None = None  # the last target of the clause
            of_whole = False  # "100% các xã có …": what counts follow tells what is reached
            for printed in in_clause:
                figure = self._as_many(printed, last)
                part = self._shared_out(figure, told_last)
                is_more = figure is not printed or part is not None
                if not is_more and (of_whole and _is_count_at_least(figure)):
                    continue
                if self._is_in_name(figure) or (title and not part and not self.aims.is_told(figure, start)):
                    continue
                if block.part == "preamble" and not (figure.unit and (in_list or self.aims.is_said(figure))):
                    continue
                if is_more or self.aims.is_target(figure, start, end, goal=goal, listed=listed):
                    begin = self._begin(max(start, at), figure) if last else max(start, at)
                    begin = part.start("who") if part else begin
                    own = _BY_BEHIND.match(self.text, figure.end, end)
                    year = self._year_for(figure, first_year, in_clause)
                    by = self._by(index, last_by) if goal and not year else self._due(start, end, year, goal=goal)
                    by = by or (None if goal else of_sentence or self.period.get(index) or of_time)
                    yield self._target(block, figure, begin, end, own[1] if own else by)
                    at = figure.end
                    of_whole = of_whole or (figure.start - start < _BEGINNING and is_share(figure.unit))
                    last, told_last, listed = figure, figure, True
            listed = listed and self.text[end - 1 : end] != "."

    def _by(self, index: int, last: str | None) -> str | None:
        """The year of a section of targets, or of the document; else the last one that the block names."""
        return self.by.get(index, self.by[None]) or last

    def _first_year(self, start: int, end: int) -> re.Match[str] | None:
        """The first year of a clause by which something is reached."""
        years = _BY.finditer(self.text, start, end) if self.text.find("20", start, end) >= 0 else ()
        return next((year for year in years if not _COMPARED.search(self.text, start, year.start())), None)

    def _year_for(self, figure: Figure, year: re.Match[str] | None, figures: Sequence[Figure]) -> re.Match[str] | None:
        """The clause's year where it speaks of a figure: in the middle of a list it does not reach back, nor to the
        next point ("70% …, từ năm 2027 … ít nhất 2 tờ báo, 90% …")."""
        if year is None or len(figures) < 2:
            return year
        before = [f.end for f in figures if f.end <= figure.start and not YEAR.fullmatch(self.text, f.start, f.end)]
        own = [*_BY.finditer(self.text, max([year.pos, *before]), figure.start)]
        if own and before and not _COMPARED.search(self.text, year.pos, own[-1].start()):
            return own[-1]  # "… 20% năm 2027, đến năm 2030 đạt 50%": the year between the two
        within = self.text.startswith("trong đó", year.pos) or figures[0].start < year.start()
        if not within or year.start() > figures[-1].start:
            return year
        if figure.start < year.start():
            return year if not any(figure.start < f.start < year.start() for f in figures) else None
        begun = [f for f in figures if year.end() < f.start <= figure.start]
        return None if any(self.text[max(0, f.start - 2) : f.start] == ", " for f in begun) else year

    def _as_many(self, figure: Figure, last: Figure | None) -> Figure:
        """ "ít nhất 01 tủ sách và 01 tổ đọc báo", "khoảng 85 hợp tác xã và 6.600 tổ": as many of the second, too."""
        if last is None or last.comparator not in (">=", "≈") or figure.comparator != "=" or not figure.unit:
            return figure
        percent = "%" in f"{figure.unit}{last.unit}"
        joint = not percent and _AND_AS_MANY.fullmatch(self.text, last.end, figure.start)
        return replace(figure, comparator=last.comparator) if joint else figure

    def _shared_out(self, figure: Figure, last: Figure | None) -> re.Match[str] | None:
        """What stands between a count and what one of several does of it: "58 trạm (Bưu điện: 25 trạm, …)"."""
        if last is None or not figure.unit or not last.unit or is_share(figure.unit):
            return None
        alike = figure.unit.split()[0].lower() == last.unit.split()[0].lower()
        return _SHARED_OUT.fullmatch(self.text, last.end, figure.start) if alike else None

    def _begin(self, at: int, figure: Figure) -> int:
        """Where the passage of a figure behind another begins: right before it, or where what it counts does."""
        joints = [joint.end() for joint in _JOINT.finditer(self.text, at, figure.start)]
        return (figure.start if figure.start in joints else joints[0]) if joints else at

    def _due(self, start: int, end: int, year: re.Match[str] | None, *, goal: bool) -> str | None:
        """By when a figure is to be reached: of a task's figure its day ("100% … trước ngày 06/12/2022")."""
        due = None if goal else find_deadline(self.text, start, end, ())
        return due.iso if due else year[1] if year else None

    def _is_in_name(self, figure: Figure) -> bool:
        """Whether a figure is part of a document's name: "Đề án “Trồng ít nhất 01 triệu cây chắn cát”"."""
        at = bisect_right(self.names, (figure.start, figure.end + 1)) - 1
        return any(start <= figure.start < end for start, end in self.names[max(at - 2, 0) : at + 1])

    def _target(self, block: Block, figure: Figure, start: int, end: int, by: str | None) -> Target:
        if figure.start - start > _FAR:  # a long sentence comes to its figure with its last words
            joints = [m.end() for m in _COMMA.finditer(self.text, start, figure.start - _SUBJECT)]
            start = joints[-1] if joints else start
        while start < figure.start and (self.text[start].isspace() or self.text[start] in ",;.:"):
            start += 1
        start, end = max(start, figure.start - CLAUSE_LENGTH), min(end, figure.end + CLAUSE_LENGTH)
        while end > figure.end and self.text[end - 1].isspace():
            end -= 1
        passage = " ".join(self.text[start:end].split())
        return Target(
            start=start,
            end=end,
            rule="figure",
            confidence=0.85,
            section=block.section,
            anchor=anchor_of(self.text, start, end, _ANCHOR),
            subject=self._subject(start, end, figure),
            comparator=figure.comparator,
            value=figure.value,
            value_max=figure.value_max,
            unit=figure.unit,
            by=by,
            text=passage,
        )

    def _subject(self, start: int, end: int, figure: Figure) -> str:
        """What a figure counts; the clause before tells where its own says no more than how much."""
        behind = " ".join(self.text[figure.end : end].split())
        if counted := subject(" ".join(self.text[start : figure.start].split()), behind):
            return counted
        reach = max(0, start - _FAR)
        begin = max([reach, *(end.end() for end in _SENTENCE_END.finditer(self.text, reach, start))])
        return subject(" ".join(self.text[begin:start].split()), "") or " ".join(
            self.text[start : figure.start].split()
        )


def _year_of(header: Header) -> str | None:
    """The year of a plan that its own title names: the one that it ends in, or the only one where it names nothing
    else. One before the issue is that of what it names."""
    title = header.title or ""
    years = list(_TITLE_YEAR.finditer(title))
    own = bool(years) and (years[-1]["last"] is not None or (len(years) == 1 and not _OTHER_DOCUMENT.search(title)))
    return years[-1][1] if own and years[-1][1] >= (header.issued_on or "")[:4] else None


def _is_count_at_least(figure: Figure) -> bool:
    return figure.comparator == ">=" and not is_share(figure.unit)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for boundary in _BOUNDARY.finditer(text, start, end):
        if boundary.end() > at:
            yield at, boundary.end()
        at = boundary.end()
    if at < end:
        yield at, end


def find_targets(
    clean: CleanText, outline: Outline, header: Header, scope: Scope, documents: Sequence[CitedDocument] = ()
) -> list[Target]:
    """The document's targets, in the order of the text; figures inside the names of `documents` are none."""
    names = sorted(span for document in documents for span in document.mentions)
    found = [*_Reader(clean.text, outline.blocks, header, names).read(), *table_targets(clean, outline, scope)]
    return with_occurrences(sorted(found, key=lambda target: (target.start, target.end)), clean)
