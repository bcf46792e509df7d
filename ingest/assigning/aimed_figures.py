"""Which figures are to be reached: told from what was reached, from norms, shares, names and conditions."""

from __future__ import annotations

import re

from ingest.assigning.figures import Figure, is_share
from ingest.patterns import any_of, cues, pattern, whole

CLAUSE_LENGTH = 600
"""Characters: what stands farther from a figure says nothing about it."""
_NORM_REACH = 30
"""Characters behind a figure in which a word may still say that it is a norm."""
_GOAL_WORD = pattern(rf"{whole(cues('targets', 'goal_words'))}(?!\w)")
_STRONG_WORD = pattern(rf"{whole(cues('targets', 'strong_words'))}(?!\w)")
# "đạt mục tiêu tăng trưởng ", "so với mục tiêu cả năm (lần lượt là "
_GOAL_NAMED = pattern(
    r"(?<!\w)(?:mục tiêu|chỉ tiêu)(?: [^\s.;,()]+){0,6} \(?(?:lần lượt là |đạt |là )?(?:[\d,]+% và )?$"
)
# "- Dự án khu dân cư A: khoảng 195 tỷ đồng, diện tích 19 ha": what a project is like
_OF_PROJECT = pattern(r"(?:[^:;.]{3,40}: )?(?:các )?(?:dự án|tiểu dự án|công trình|hạng mục|tuyến đường)(?!\w)")
_PROJECT_AIMS = pattern(r"(?<!\w)(?:phấn đấu|đạt|hoàn thành|mục tiêu|ít nhất|tối thiểu)(?!\w)")
# but "thực hiện có hiệu quả" says nothing of what there is
_NORM = pattern(rf"(?<!thực\s){whole(cues('targets', 'norms'))}(?!\w)")
# "Hiện nay, …", "9 tháng năm 2025 …", "quý II ước đạt …": what was reached, unless the same sentence aims at more
_REACHED = pattern(
    rf"(?<!thực\s)(?<!\w)(?:{any_of(cues('targets', 'reached'))}|\d+ tháng(?: đầu)? năm"
    r"|quý [ivx\d]+(?: năm \d+)? (?:ước )?đạt)(?!\w)"
)
_AIMED = pattern(rf"{whole(cues('targets', 'aimed'))}(?!\w)")
# "khối lượng hoàn thành … khoảng 61%": how far it is
_HOW_FAR = pattern(r"(?<!\w)(?:khối lượng|tỷ lệ|tiến độ|mức độ|đã) $")
_SENTENCE_END = re.compile(r"\.\s|\n\s*\n")
_NO_UNITS = frozenset(cues("targets", "no_units"))
# "cách nhà ở ít nhất 200 m", "ống dày 80 mm"
_DIMENSIONS = frozenset(cues("targets", "dimensions"))
_LENGTHS = frozenset(cues("targets", "lengths"))
_PEOPLE = frozenset(cues("targets", "people"))
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
# "Phấn đấu có từ " before "80 mô hình trở lên", "… trung bình mỗi năm trồng mới từ " before "50 ha"
_AIMS_FROM = pattern(
    r"[\W\d]*(?:phấn đấu |đến năm \d{4},? |mỗi \w+ )*(?:có|đạt) từ "
    r"|[^;.]{0,200}(?<!\w)mỗi (?:năm|quý|tháng)(?: [^\W\d]+){1,4} từ "
)
# "Phấn đấu trồng ", "mở rộng cụm công nghiệp lên ", "Xây dựng ": a count right behind is what is to be reached
_TOLD = pattern(
    rf"(?<!\w)(?:(?:{any_of(cues('targets', 'counted_verbs'))})(?:(?: [^\s.;,:]+){{1,8}}:)?"
    rf"|(?:{any_of(cues('targets', 'raised'))})(?: [^\s.;,]+){{0,6}} lên)"
    r"(?: (?:khoảng|trên|hơn|gần|ít nhất|tối thiểu|thêm|từ)){0,2} $"
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
# "máy mới 100%", "doanh nghiệp 100% vốn nước ngoài": what something is
_BRAND_NEW = pattern(r"(?<!\w)mới $")
_OWNED = pattern(r"\s*(?:vốn|cổ phần)(?: đầu tư)? (?:của|góp|nhà nước|nước ngoài|điều lệ|tự có|chủ sở hữu)(?!\w)")
# "(trong đó đào tạo nghề đạt " before a share
_PART_REACHES = pattern(r"(?<!\w)(?:đạt|có|chiếm)(?: [^\W\d]+){0,2} $")
# "diện tích xây dựng 9 m2": no verb
_BUILT = pattern(r"(?<!\w)(?:diện tích|mật độ|chi phí|tổng mức|sở|quy hoạch|vật liệu|công trình) (?:xây dựng|đầu tư) $")
# "- Tổ chức 02 lớp tập huấn", "chuẩn bị và mở ít nhất 3 hội nghị": what is to be held, so many times
_HELD = pattern(r"(?:[\W\d]*|[^;.]{0,120}(?<!\w)và )(?:tổ chức|mở)(?: (?:ít nhất|tối thiểu|khoảng|trên))? ")
_EVENTS = frozenset(cues("targets", "events"))
# "Số lượng: 5.000 cuốn", "số lượng mẫu quan trắc 240 mẫu/năm"
_NUMBER_OF = pattern(r"(?<!\w)số lượng(?: (?!hồ sơ)[^\W\d]+){0,3}:? $")
# "phấn đấu đến hết năm 2027 toàn tỉnh có khoảng ", "hoàn thành mục tiêu đưa vào khai thác trên " before a count
_HAS_BY = pattern(
    r"(?<!\w)đến (?:hết |cuối )?năm \d{4},? [^;.\d]{0,60}(?:có|đạt|hoàn thành)"
    r"(?: (?:khoảng|trên|hơn|ít nhất|tối thiểu))? $"
    r"|(?<!\w)(?:hoàn thành|đạt) mục tiêu(?: [^\W\d]+){0,4} $"
)
# "(chiếm 32%)" tells a share of what is
_SHARE = pattern(r"\((?:[^()]{0,30} )?chiếm(?: khoảng| trên| gần| hơn)? $")
# "Trên địa bàn " before "12 xã, 100% thôn có loa": where it holds
_WHERE = pattern(r"(?<!\w)(?:địa bàn|trong số|trên tổng số)(?: (?:cả|toàn bộ|khoảng|hơn|trên))? $")
# "vượt 5% " before "dự toán", "kế hoạch vốn": of what it is a share
_OF_ESTIMATE = pattern(r"\s*(?:so với )?(?:dự toán|kế hoạch)(?!\w)")
# "(tiết kiệm) * 100%": a formula
_OPERATOR = ("*", "×", "/", " x")
_AIM_REACH = 130
"""Characters before a figure in which the aim begins that it ends."""
_TOLD_REACH = 60
"""Characters before a count in which the verb that tells to reach it stands."""
# "từ 7 triệu năm 2005 lên 14 triệu": what is raised, not to what
_STARTED_FROM = pattern(r"\d[\d.,]*\s?%?(?: (?!trở(?!\w))[^\s;,]+){0,6}? (?:lên|xuống)(?!\w)")
_RAISED_REACH = 60
_REDUCED_TO = re.compile(r"(?<!\w)(?:còn|xuống)\s$")  # "số giờ làm việc nhà … còn 1,7 lần"
_TIMES = pattern(
    r"(?<!\w)(?:gấp|bằng|tăng)(?: khoảng| ít nhất| trên| tối thiểu)? $"
)  # "thu nhập bình quân gấp 1,3 lần"
YEAR = re.compile(r"(?:19|20)\d\d")
"""A figure that is a year."""

# "2030 phấn đấu có ít nhất …": a year that a point begins with
_YEAR_BEGINS = pattern(r"\d{4},? (?:phấn đấu|đạt|có|hoàn thành|cơ bản)(?!\w)")
_COMPOSED = re.compile(r"\((?:gồm|trong đó|bao gồm)[^)]*$", re.IGNORECASE)


class Aims:
    """Tells which figures of a text are to be reached.

    Args:
        text: the cleaned text.
        normative: whether the document rules what is allowed or due, so that a figure is aimed at only in a section of
            targets.
    """

    def __init__(self, text: str, *, normative: bool) -> None:
        self.text, self.normative = text, normative

    def is_told(self, figure: Figure, start: int) -> bool:
        """Whether a heading tells to reach a figure: "2. Thành lập mới ít nhất 20 tổ", "+ Lắp đặt mới trạm: 8 trạm"."""
        told = _TOLD.search(self.text, max(start, figure.start - _TOLD_REACH), figure.start)
        percent = is_share(figure.unit)
        return bool(told) or (figure.comparator in (">=", "<=", "≈") and not percent)

    def is_target(self, figure: Figure, start: int, end: int, *, goal: bool, listed: bool) -> bool:
        """Whether a figure of the clause `start:end` is to be reached; in a section of targets (`goal`) most are, and
        those that go on with a list of targets (`listed`)."""
        before = self.text[max(start, figure.start - 40) : figure.start]
        unit = (figure.unit or "").lower()
        percent = is_share(unit)
        named = before.rstrip().lower().endswith(_NAMED)
        if named or (self._is_in_parts(figure) and not (goal and percent and _PART_REACHES.search(before))):
            return False
        if not percent and (not unit or _counts_nothing(unit)) and not _is_index(before):
            times = unit.startswith("lần") and bool(_TIMES.search(before))
            return goal and bool(unit) and (times or bool(_REDUCED_TO.search(before)))
        if before.endswith("(") and self.text[figure.start] in "<>≤≥":  # "công trình lớn (>10.000 m2)"
            return False
        if percent and (_BRAND_NEW.search(before) or _OWNED.match(self.text, figure.end)):
            return False
        if unit.startswith("con số") or before.rstrip().endswith(_OPERATOR) or (not goal and _SHARE.search(before)):
            return False
        if YEAR.fullmatch(self.text, figure.start, figure.start + 4) and _YEAR_BEGINS.match(self.text, figure.start):
            return False
        if self._was_reached(figure) or self._is_start(figure, before) or (not percent and _WHERE.search(before)):
            return False
        if figure.comparator == ">=" and not percent and _CONDITION.search(before):
            return bool(_AIMS_FROM.fullmatch(self.text, start, figure.start)) and (goal or not self.normative)
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
                or bool(_GOAL_WORD.search(self.text, start, min(end, start + CLAUSE_LENGTH)))
            )
        return self._is_strong(figure, start, end, before, percent=percent, listed=listed)

    def _is_in_parts(self, figure: Figure) -> bool:
        """Whether a figure is one of the parts of another: "166 dự án (gồm 40 dự án …)"."""
        return bool(_COMPOSED.search(self.text[max(0, figure.start - 300) : figure.start]))

    def _is_start(self, figure: Figure, before: str) -> bool:
        """Whether a figure is what is raised or lowered, not to what."""
        from_it = before.rstrip().lower().endswith("từ")
        return from_it and bool(_STARTED_FROM.match(self.text, figure.start, figure.end + _RAISED_REACH))

    def _was_reached(self, figure: Figure) -> bool:
        """Whether the sentence tells what is, not what is to be."""
        reach = max(0, figure.start - CLAUSE_LENGTH)
        begin = max([reach, *(end.end() for end in _SENTENCE_END.finditer(self.text, reach, figure.start))])
        if not _REACHED.search(self.text, begin, figure.start):
            return False
        aims = (aim.start() for aim in _AIMED.finditer(self.text, begin, figure.start))
        return all(_HOW_FAR.search(self.text, begin, aim) for aim in aims)

    def is_said(self, figure: Figure) -> bool:
        """Whether the sentence of a figure says that it is aimed at."""
        reach = max(0, figure.start - CLAUSE_LENGTH)
        begin = max([reach, *(end.end() for end in _SENTENCE_END.finditer(self.text, reach, figure.start))])
        return bool(_SAID.search(self.text, begin, figure.start))

    def _is_strong(self, figure: Figure, start: int, end: int, before: str, *, percent: bool, listed: bool) -> bool:
        """Whether a figure outside a section of targets is one all the same: it is told to be reached."""
        if percent and _GOAL_NAMED.search(before):
            return True
        if "đồng" in (figure.unit or ""):
            return False
        if percent and _AIMED_AT.search(self.text, max(start, figure.start - _AIM_REACH), figure.start):
            return True
        if self._is_norm(figure, start, end):
            return False
        if percent and figure.comparator == "<=" and self.is_said(figure):
            return True
        dimension = not percent and self._is_dimension(figure)
        if not percent and not dimension and self._is_told_count(figure, start, before):
            return True
        if _AIMED_AT.search(self.text, max(start, figure.start - _AIM_REACH), figure.start):
            return True
        aimed = figure.comparator != "=" and not percent
        if aimed and _AIMED_ABOUT.search(self.text, max(start, figure.start - _AIM_REACH), figure.start):
            return True
        if listed and (figure.comparator != "=" or (percent and self._is_listed(figure, start))):
            return True
        if dimension:
            return False
        least = bool(re.search(r"(?:ít nhất|tối thiểu)(?:\s+\w+){0,2}\s*$", before, re.IGNORECASE))
        if percent:
            has = _HAS.fullmatch(self.text, start, figure.start)  # "Có 30% ao nuôi …"
            return figure.comparator == ">=" or figure.value == 100 or bool(has or _STRONG_WORD.search(before))
        return least

    def _is_told_count(self, figure: Figure, start: int, before: str) -> bool:
        """Whether a count is told to be reached: "trồng 40 ha", "Tổ chức 02 lớp", "số lượng 240 mẫu/năm"."""
        if _CALLED.search(before) or _BUILT.search(before):
            return False
        unit = (figure.unit or "").lower()
        if _TOLD.search(self.text, max(start, figure.start - _TOLD_REACH), figure.start):
            return True
        if _HELD.fullmatch(self.text, start, figure.start):
            return any(unit.startswith(event) for event in _EVENTS)
        if _HAS_BY.search(self.text, max(start, figure.start - _AIM_REACH), figure.start):
            return True
        return bool(_NUMBER_OF.search(before)) and not any(unit.startswith(body) for body in _PEOPLE)

    def _is_dimension(self, figure: Figure) -> bool:
        """Whether a figure says how long, how heavy or how strong something has to be: a technical norm."""
        first = (figure.unit or "-").lower().split()[0]
        return first in _DIMENSIONS or (first in _LENGTHS and figure.comparator != "=")

    def _is_norm(self, figure: Figure, start: int, end: int) -> bool:
        if is_share(figure.unit) and _OF_ESTIMATE.match(self.text, figure.end):
            return False
        return bool(
            _NORM.search(self.text, max(start, figure.start - CLAUSE_LENGTH), min(end, figure.end + _NORM_REACH))
        )

    def _is_listed(self, figure: Figure, start: int) -> bool:
        """Whether a figure begins a point of a list: "…; 70% phụ nữ …", "… được trang bị, 50% …"."""
        return figure.start - start < 4 or self.text[max(0, figure.start - 4) : figure.start].endswith((", ", " và "))


def _counts_nothing(unit: str) -> bool:
    """Whether a unit is none of a target's: "tháng", "cá nhân" (who may be praised)."""
    words = unit.split()
    return words[0] in _NO_UNITS or " ".join(words[:2]) in _NO_UNITS


def _is_index(before: str) -> bool:
    """Whether a bare number is the value of an index ("chỉ số … duy trì trên 0,7")."""
    return bool(re.search(r"chỉ số[^.;]{0,40}$|\((?:HDI|ICOR|PCI|PAPI|PAR)[^)]*\)[^.;]{0,30}$", before, re.IGNORECASE))
