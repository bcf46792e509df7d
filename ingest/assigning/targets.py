"""Targets: figures to be reached, with comparator, unit and year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.assigning.deadlines import Span, find_deadline
from ingest.assigning.figures import Figure, find_figures, find_in_words
from ingest.assigning.target_tables import table_targets
from ingest.naming.agencies import Scope
from ingest.outlining.outline import Block, Outline
from ingest.patterns import any_of, cues, pattern, whole
from ingest.record import CitedDocument, Header, Target
from ingest.section_kinds import CLOSED, kind_of
from ingest.text import CleanText

_ANCHOR = 110
"""Characters of a target's text that its anchor holds at most."""

_CLAUSE_LENGTH = 600
"""Characters: what stands farther from a figure says nothing about it."""

_NORM_REACH = 30
"""Characters behind a figure in which a word may still say that it is a norm."""

_GOAL_SECTION = pattern(rf"(?:{any_of(cues('targets', 'goal_sections'))})(?!\w)")
_GOAL_WORD = pattern(rf"{whole(cues('targets', 'goal_words'))}(?!\w)")
_STRONG_WORD = pattern(rf"{whole(cues('targets', 'strong_words'))}(?!\w)")
# "đạt mục tiêu tăng trưởng ", "so với mục tiêu cả năm (lần lượt là "
_GOAL_NAMED = pattern(
    r"(?<!\w)(?:mục tiêu|chỉ tiêu)(?: [^\s.;,()]+){0,6} \(?(?:lần lượt là |đạt |là )?(?:[\d,]+% và )?$"
)
# "- Dự án khu dân cư A: khoảng 195 tỷ đồng, diện tích 19 ha": what a project is like
_OF_PROJECT = pattern(r"(?:[^:;.]{3,40}: )?(?:các )?(?:dự án|tiểu dự án|công trình|hạng mục|tuyến đường)(?!\w)")
_PROJECT_AIMS = pattern(r"(?<!\w)(?:phấn đấu|đạt|hoàn thành|mục tiêu|ít nhất|tối thiểu)(?!\w)")
_NORM = pattern(rf"{whole(cues('targets', 'norms'))}(?!\w)")
# "Hiện nay, …", "9 tháng năm 2025 …", "quý II ước đạt …": what was reached, unless the same sentence aims at more
_REACHED = pattern(
    rf"(?<!\w)(?:{any_of(cues('targets', 'reached'))}|\d+ tháng(?: đầu)? năm"
    r"|quý [ivx\d]+(?: năm \d+)? (?:ước )?đạt)(?!\w)"
)
_AIMED = pattern(rf"{whole(cues('targets', 'aimed'))}(?!\w)")
_SENTENCE_END = re.compile(r"\.\s|\n\s*\n")
# what may stand before "85% học sinh" in a clause that it begins: "- Phấn đấu ", "bảo đảm "
_BEGINNING = 20
_COMMA = re.compile(r"[,:]\s")
_FAR = 160
"""Characters between the beginning of a clause and its figure beyond which a target's passage begins later."""

_SUBJECT = 25
"""Characters that tell what a figure counts, at least."""

_AND_AS_MANY = re.compile(r"[^.;,\d]{1,40}(?:,|\svà)\s")  # " tủ sách và " before another "01"
# between figures of one list: "90% thôn, 75% xã và 50% bản"
_JOINT = re.compile(r"(?:[,;]|(?<!\w)và)\s+")
_NUMBER = re.compile(r"\d|(?<!\w)(?:[Mm]ỗi|nhất|thiểu)(?!\w)")
_NO_UNITS = frozenset(cues("targets", "no_units"))
# the clauses that a figure stands in: "… đạt 36%; trong đó …"
_BOUNDARY = re.compile(
    r"[.;,\s](?:(?<=[.;])(?=\s|$)|(?<=\d%,)(?=\s)|(?:(?<=,)\s|(?<=\s))(?=trong đó\b)"
    r"|(?<=,)(?<!\d{4},)\s(?=(?:nâng|nhóm|phấn đấu|số hóa)\b))"  # but "Năm 2027, phấn đấu …" is one
)
# "đến năm 2030", "giai đoạn 2026-2030", "đến hết năm 2025"
_BY = re.compile(r"(?:năm|giai đoạn|thời kỳ)\s+(?:(?:20\d\d)\s?[-–]\s?)?(20\d\d)", re.IGNORECASE)
# "gấp 1,5 lần mức " before "năm 2022", "so với " before "giai đoạn 2016-2020"
_COMPARED = pattern(r"(?<!\w)(?:mức(?: bình quân)?|so với(?: cùng kỳ)?|so|của cùng kỳ) $")
# " triệu vào năm 2010", " năm 2025", "m2/người năm 2020" right behind a figure
_BY_BEHIND = re.compile(
    r"(?:[^\W\d]{1,6}\d?(?:/[^\W\d]{1,8})?)?(?:(?:\s[^\W\d][\w/]*){0,3}?\s(?:(?:vào|trong|đến|tới)\s(?:hết\s)?năm\s"
    r"|(?:giai đoạn|thời kỳ)\s20\d\d\s?[-–]\s?)|\snăm\s)"
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
# in the preamble a figure is aimed at only where its sentence says so
_SAID = pattern(r"(?<!\w)(?:mục tiêu|chỉ tiêu|phấn đấu)(?!\w)")
# "khóa XIII", "số 12", "Điều 3", "quý 4": the number is a name
_NAMED = (
    "số", "khoá", "khóa", "điều", "khoản", "điểm", "mục", "quý", "tháng", "năm", "ngày", "phụ lục", "thứ", "cấp",
    "hạng", "loại", "nghị định", "nghị quyết", "quyết định", "chỉ thị", "kết luận", "thông tư", "giai đoạn",
    "trung ương", "quốc lộ", "đề án", "chương trình",
)  # fmt: skip
# "từ 03 tháng trở lên", "từ 15 tuổi": a condition in the subject, not the figure aimed at
_CONDITION = re.compile(r"(?:từ|tốc độ(?:\s+\w+)?|độ tuổi)\s*$", re.IGNORECASE)
# "Phấn đấu trồng ", "mở rộng cụm công nghiệp lên ", "Xây dựng ": a count right behind is what is to be reached
_TOLD = pattern(
    rf"(?<!\w)(?:(?:{any_of(cues('targets', 'counted_verbs'))})(?:(?: [^\s.;,:]+){{1,8}}:)?"
    rf"|(?:{any_of(cues('targets', 'raised'))})(?: [^\s.;,]+){{0,6}} lên) $"
)
# "Phấn đấu tổng tỷ suất sinh đạt "
_AIMED_AT = pattern(r"(?<!\w)phấn đấu (?:[^\s.;,]+ ){1,18}?(?:đạt|còn|lên) $")
# "phấn đấu đến năm 2030 hoàn thành khoảng ", "mục tiêu bình quân hằng năm dạy nghề cho trên ": before no bare count
_AIMED_ABOUT = pattern(
    r"(?<!\w)(?:phấn đấu,? (?:(?:đến|trong|vào|hết|cuối) [^;.]{0,20}\d{4},? )?(?:[^\W\d]+,? ){1,6}"
    r"|(?:mục tiêu|chỉ tiêu) (?:[^\W\d]+ ){1,10})$"
)
# "dự án trồng mới " before "5 triệu ha rừng": what it is called
_CALLED = pattern(r"(?<!\w)(?:dự án|đề án|chương trình) (?:[^\W\d]+ ){1,2}$")
_HAS = re.compile(r"\W*Có\s")
# "(chiếm 32%)" tells a share of what is
_SHARE = pattern(r"\((?:[^()]{0,30} )?chiếm(?: khoảng| trên| gần| hơn)? $")
# "(tiết kiệm) * 100%": a formula
_OPERATOR = ("*", "×", "/", " x")
_AIM_REACH = 130
"""Characters before a figure in which the aim begins that it ends."""

_TITLE = 150
"""Characters of a heading at most; a longer one is a sentence."""

_TOLD_REACH = 60
"""Characters before a count in which the verb that tells to reach it stands."""

# "từ 7 triệu năm 2005 lên 14 triệu": what is raised, not to what
_STARTED_FROM = pattern(r"\d[\d.,]*\s?%?(?: [^\s;,]+){0,6}? (?:lên|xuống)(?!\w)")
_RAISED_REACH = 60
_REDUCED_TO = re.compile(r"(?<!\w)(?:còn|xuống)\s$")  # "số giờ làm việc nhà … còn 1,7 lần"
_TIMES = pattern(
    r"(?<!\w)(?:gấp|bằng|tăng)(?: khoảng| ít nhất| trên| tối thiểu)? $"
)  # "thu nhập bình quân gấp 1,3 lần"
# "Trước mắt, đến năm 2013 phấn đấu đạt được các chỉ tiêu sau."
_OPENS_TARGETS = pattern(
    r"(?:chỉ tiêu|mục tiêu)(?: [^\s.;:,]+){0,4}[.:]$|(?<!\w)đến (?:hết |cuối )?năm \d{4}(?: [^\s.;:,]+){0,3}:$"
)
_OPENING = 60
"""Characters at the end of a passage in which it says that targets follow."""

# "2030 phấn đấu có ít nhất …": a year that a point begins with
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_BEGINS = pattern(r"\d{4},? (?:phấn đấu|đạt|có|hoàn thành|cơ bản)(?!\w)")
_COMPOSED = re.compile(r"\((?:gồm|trong đó|bao gồm)[^)]*$", re.IGNORECASE)


class _Reader:
    """Goes through the body's blocks and collects figures that are to be reached."""

    def __init__(self, text: str, blocks: tuple[Block, ...], header: Header, names: Sequence[Span]) -> None:
        self.text, self.blocks, self.names = text, blocks, names
        attached = header.attached.type if header.attached else None
        ruling = header.type in _RULING and bool(_RULES.match(header.title or ""))
        self.normative = ruling or bool({header.type, attached} & _NORMATIVE)
        self.goals: dict[int | None, bool] = {None: False}
        self.by: dict[int | None, str | None] = {None: _year_of(header)}
        self.period: dict[int | None, str | None] = {None: None}  # "2. Kế hoạch giai đoạn 2026 - 2030" over tasks
        self.closed: dict[int | None, bool] = {None: False}

    def read(self) -> Iterator[Target]:
        for index, block in enumerate(self.blocks):
            if block.part == "preamble":
                yield from self._block(index, block)
            if block.part != "body" or block.kind == "row":
                continue
            self._inherit(index, block)
            if not self.closed[index]:
                yield from self._block(index, block)

    def _inherit(self, index: int, block: Block) -> None:
        heading = block.kind == "heading"
        tells_what_is = heading and kind_of(self.text[block.body : block.end]) == CLOSED
        self.closed[index] = tells_what_is or self.closed.get(block.parent, False)
        said = bool(_OPENS_TARGETS.search(self.text, max(block.body, block.end - _OPENING), block.end))
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
        goal = self.goals.get(index, False)
        title = block.kind == "heading" and block.end - block.start <= _TITLE
        at = block.body
        last_by: str | None = None
        listed = False  # whether a list of targets was begun: "phấn đấu … đạt 2,1; …; 70% …"
        for start, end in _clauses(self.text, block.body, block.end):
            years = _BY.finditer(self.text, start, min(end, start + _CLAUSE_LENGTH))
            first_year = next((y for y in years if not _COMPARED.search(self.text, start, y.start())), None)
            last_by = first_year[1] if first_year else last_by
            in_clause = list(find_figures(self.text, start, end))
            for figure in () if title else find_in_words(self.text, start, end, goal=goal):
                year = self._year_for(figure, first_year, in_clause)
                by = (self.by[index] or last_by) if goal and not year else self._due(start, end, year, goal=goal)
                yield self._target(block, figure, start, end, by)
            last: Figure | None = None  # the last target of the clause
            of_whole = False  # "100% các xã có …": what counts follow tells what is reached
            for printed in in_clause:
                figure = self._as_many(printed, last)
                is_more = figure is not printed
                if not is_more and (of_whole and _is_count_at_least(figure)):
                    continue
                if self._is_in_name(figure) or (title and not self._is_told(figure, start)):
                    continue
                if block.part == "preamble" and not (figure.unit and self._is_said(figure)):
                    continue
                if is_more or self._is_target(figure, start, end, goal=goal, listed=listed):
                    begin = self._begin(max(start, at), figure) if last else max(start, at)
                    own = _BY_BEHIND.match(self.text, figure.end, end)
                    year = self._year_for(figure, first_year, in_clause)
                    by = (self.by[index] or last_by) if goal and not year else self._due(start, end, year, goal=goal)
                    by = by or (None if goal else self.period.get(index))
                    yield self._target(block, figure, begin, end, own[1] if own else by)
                    at = figure.end
                    of_whole = of_whole or (figure.start - start < _BEGINNING and (figure.unit or "").startswith("%"))
                    last, listed = figure, True
            listed = listed and self.text[end - 1 : end] != "."

    def _year_for(self, figure: Figure, year: re.Match[str] | None, figures: Sequence[Figure]) -> re.Match[str] | None:
        """The clause's year where it speaks of a figure: in the middle of a list it does not reach back, nor to the
        next point ("70% …, từ năm 2027 … ít nhất 2 tờ báo, 90% …")."""
        if year is None or len(figures) < 2:
            return year
        before = [f.end for f in figures if f.end <= figure.start and not _YEAR.fullmatch(self.text, f.start, f.end)]
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

    def _is_told(self, figure: Figure, start: int) -> bool:
        """Whether a heading tells to reach a figure: "2. Thành lập mới ít nhất 20 tổ", "+ Lắp đặt mới trạm: 8 trạm"."""
        told = _TOLD.search(self.text, max(start, figure.start - _TOLD_REACH), figure.start)
        percent = (figure.unit or "").startswith("%")
        return bool(told) or (figure.comparator in (">=", "<=", "≈") and not percent)

    def _is_target(self, figure: Figure, start: int, end: int, *, goal: bool, listed: bool) -> bool:
        before = self.text[max(start, figure.start - 40) : figure.start]
        unit = (figure.unit or "").lower()
        percent = unit.startswith("%")
        named = before.rstrip().lower().endswith(_NAMED)
        if named or _COMPOSED.search(self.text[max(0, figure.start - 300) : figure.start]):
            return False
        if not percent and (not unit or _counts_nothing(unit)) and not _is_index(before):
            times = unit.startswith("lần") and bool(_TIMES.search(before))
            return goal and bool(unit) and (times or bool(_REDUCED_TO.search(before)))
        if before.endswith("(") and self.text[figure.start] in "<>≤≥":  # "công trình lớn (>10.000 m2)"
            return False
        if unit.startswith("con số") or before.rstrip().endswith(_OPERATOR) or (not goal and _SHARE.search(before)):
            return False
        if _YEAR.fullmatch(self.text, figure.start, figure.start + 4) and _YEAR_BEGINS.match(self.text, figure.start):
            return False
        if self._was_reached(figure) or self._is_start(figure, before):
            return False
        if figure.comparator == ">=" and not percent and _CONDITION.search(before):
            return False
        if self.normative and not goal:
            return False
        if (
            not percent
            and _OF_PROJECT.match(self.text, start)
            and not _PROJECT_AIMS.search(self.text, start, figure.end)
        ):
            return False
        if goal:
            return (
                percent
                or figure.start - start < 4
                or bool(_GOAL_WORD.search(self.text, start, min(end, start + _CLAUSE_LENGTH)))
            )
        return self._is_strong(figure, start, end, before, percent=percent, listed=listed)

    def _is_start(self, figure: Figure, before: str) -> bool:
        """Whether a figure is what is raised or lowered, not to what."""
        from_it = before.rstrip().lower().endswith("từ")
        return from_it and bool(_STARTED_FROM.match(self.text, figure.start, figure.end + _RAISED_REACH))

    def _was_reached(self, figure: Figure) -> bool:
        """Whether the sentence tells what is, not what is to be."""
        reach = max(0, figure.start - _CLAUSE_LENGTH)
        begin = max([reach, *(end.end() for end in _SENTENCE_END.finditer(self.text, reach, figure.start))])
        reached = _REACHED.search(self.text, begin, figure.start)
        return bool(reached) and not _AIMED.search(self.text, begin, figure.start)

    def _is_said(self, figure: Figure) -> bool:
        """Whether the sentence of a figure says that it is aimed at."""
        reach = max(0, figure.start - _CLAUSE_LENGTH)
        begin = max([reach, *(end.end() for end in _SENTENCE_END.finditer(self.text, reach, figure.start))])
        return bool(_SAID.search(self.text, begin, figure.start))

    def _is_strong(self, figure: Figure, start: int, end: int, before: str, *, percent: bool, listed: bool) -> bool:
        """Whether a figure outside a section of targets is one all the same: it is told to be reached."""
        if percent and _GOAL_NAMED.search(before):
            return True
        if "đồng" in (figure.unit or "") or self._is_norm(figure, start, end):
            return False
        told = max(start, figure.start - _TOLD_REACH)
        if not percent and not _CALLED.search(before) and _TOLD.search(self.text, told, figure.start):
            return True
        if _AIMED_AT.search(self.text, max(start, figure.start - _AIM_REACH), figure.start):
            return True
        aimed = figure.comparator != "=" and not percent
        if aimed and _AIMED_ABOUT.search(self.text, max(start, figure.start - _AIM_REACH), figure.start):
            return True
        if listed and (figure.comparator != "=" or (percent and self._is_listed(figure, start))):
            return True
        least = bool(re.search(r"(?:ít nhất|tối thiểu)(?:\s+\w+){0,2}\s*$", before, re.IGNORECASE))
        if percent:
            has = _HAS.fullmatch(self.text, start, figure.start)  # "Có 30% ao nuôi …"
            return least or figure.value == 100 or bool(has or _STRONG_WORD.search(before))
        return least

    def _is_norm(self, figure: Figure, start: int, end: int) -> bool:
        return bool(
            _NORM.search(self.text, max(start, figure.start - _CLAUSE_LENGTH), min(end, figure.end + _NORM_REACH))
        )

    def _is_listed(self, figure: Figure, start: int) -> bool:
        """Whether a figure begins a point of a list: "…; 70% phụ nữ …", "… được trang bị, 50% …"."""
        return figure.start - start < 4 or self.text[max(0, figure.start - 4) : figure.start].endswith((", ", " và "))

    def _target(self, block: Block, figure: Figure, start: int, end: int, by: str | None) -> Target:
        if figure.start - start > _FAR:  # a long sentence comes to its figure with its last words
            joints = [m.end() for m in _COMMA.finditer(self.text, start, figure.start - _SUBJECT)]
            start = joints[-1] if joints else start
        while start < figure.start and (self.text[start].isspace() or self.text[start] in ",;.:"):
            start += 1
        start, end = max(start, figure.start - _CLAUSE_LENGTH), min(end, figure.end + _CLAUSE_LENGTH)
        while end > figure.end and self.text[end - 1].isspace():
            end -= 1
        passage = " ".join(self.text[start:end].split())
        return Target(
            start=start,
            end=end,
            rule="figure",
            confidence=0.85,
            section=block.section,
            anchor=_cut(passage),
            subject=self._subject(start, end, figure),
            comparator=figure.comparator,
            value=figure.value,
            value_max=figure.value_max,
            unit=figure.unit,
            by=by,
            text=passage,
        )

    def _subject(self, start: int, end: int, figure: Figure) -> str:
        before = " ".join(self.text[start : figure.start].split())
        behind = " ".join(self.text[figure.end : end].split()).strip(" .;,")
        return f"{before} {behind}".strip() if len(before) < 30 else before


def _year_of(header: Header) -> str | None:
    """The year of a plan that its own title names: the one that it ends in, or the only one where it names nothing
    else. One before the issue is that of what it names."""
    title = header.title or ""
    years = list(_TITLE_YEAR.finditer(title))
    own = bool(years) and (years[-1]["last"] is not None or (len(years) == 1 and not _OTHER_DOCUMENT.search(title)))
    return years[-1][1] if own and years[-1][1] >= (header.issued_on or "")[:4] else None


def _is_count_at_least(figure: Figure) -> bool:
    return figure.comparator == ">=" and not (figure.unit or "").startswith("%")


def _counts_nothing(unit: str) -> bool:
    """Whether a unit is none of a target's: "tháng", "cá nhân" (who may be praised)."""
    words = unit.split()
    return words[0] in _NO_UNITS or " ".join(words[:2]) in _NO_UNITS


def _is_index(before: str) -> bool:
    """Whether a bare number is the value of an index ("chỉ số … duy trì trên 0,7")."""
    return bool(re.search(r"chỉ số[^.;]{0,40}$|\((?:HDI|ICOR|PCI|PAPI|PAR)[^)]*\)[^.;]{0,30}$", before, re.IGNORECASE))


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for boundary in _BOUNDARY.finditer(text, start, end):
        if boundary.end() > at:
            yield at, boundary.end()
        at = boundary.end()
    if at < end:
        yield at, end


def _cut(passage: str) -> str:
    return passage if len(passage) <= _ANCHOR else passage[:_ANCHOR].rpartition(" ")[0]


def find_targets(
    clean: CleanText, outline: Outline, header: Header, scope: Scope, documents: Sequence[CitedDocument] = ()
) -> list[Target]:
    """The document's targets, in the order of the text; figures inside the names of `documents` are none."""
    names = sorted(span for document in documents for span in document.mentions)
    found = [*_Reader(clean.text, outline.blocks, header, names).read(), *table_targets(clean, outline, scope)]
    return sorted(found, key=lambda target: (target.start, target.end))
