"""Who has which part in a sentence: the agencies' mentions, and the words that stand around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.lexicon import lexicon
from ingest.record import AgencyRef

LEADS, DOES, FOLLOWS = "chủ trì", "thực hiện", "theo dõi"
COORDINATES, IS_TOLD = "phối hợp", "báo cáo"


def words(name: str) -> list[str]:
    """A list of `lexicon/task_cues.yaml`, which keeps it as words with commas between."""
    return [word.strip() for word in lexicon("task_cues")[name].split(",")]


def any_of(choices: Sequence[str]) -> str:
    """A regular expression's alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(choices), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Role:
    """An agency with its part, the rule that gave it and how sure that is (0 to 1)."""

    agency: AgencyRef
    part: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Group:
    """Agencies that are listed together: "Sở A, Sở B và các cơ quan liên quan"."""

    members: tuple[AgencyRef, ...]

    @property
    def start(self) -> int:
        return self.members[0].start

    @property
    def end(self) -> int:
        return self.members[-1].end


# words that may stand between the names of a list: ", và các ", " cùng với lãnh đạo "
_FILLER = (
    r"(?:(?:các|những|đồng chí|lãnh đạo|thủ trưởng|giám đốc|chủ tịch|chánh|tổ trưởng|người đứng đầu|toàn thể|đại diện"
    r"|có liên quan|liên quan|khác|trên địa bàn|một số|tất cả)\s+)*"
)
_JOINT = re.compile(
    rf"(?:\s*\([^()]{{0,80}}\))?(?:\s*[,;]\s*|\s+)(?:(?:và|cùng với|cùng|hoặc|với|&)\s+)?{_FILLER}", re.IGNORECASE
)
_MANNER = any_of(words("manner"))
_VERB = any_of(words("verbs"))
_PREDICATE = re.compile(
    rf"(?:\s*\([^()]{{0,120}}\))?[\s,]*(?:(?:{any_of(words('predicates'))})|(?:(?:{_MANNER})[\s,]+)*(?:{_VERB}|{_MANNER}))(?!\w)",
    re.IGNORECASE,
)
# "Sở X chủ trì", "Phòng Y chịu trách nhiệm", "Z là cơ quan đầu mối"
_LEADS_BEHIND = re.compile(
    r"(?:\s*\([^()]{0,120}\))?\s*(?:(?:tiếp tục|chủ động|khẩn trương|có trách nhiệm|trực tiếp|sẽ)\s+)*"
    r"(?:chủ trì|có trách nhiệm|chịu trách nhiệm|(?:là\s+)?(?:cơ quan|đơn vị)\s+(?:đầu mối|thường trực|chủ trì)|(?:là|làm)\s+đầu mối)",
    re.IGNORECASE,
)
# "phối hợp với", "phối hợp chặt chẽ cùng các", "kết hợp với", "Đơn vị phối hợp:", "với sự tham gia của"
_COORDINATES = re.compile(
    rf"(?:(?:phối|kết)\s+hợp(?:\s+\w+){{0,3}}?\s+(?:với|cùng|cùng với)|phối\s+hợp(?:\s+(?:chặt chẽ|thực hiện))?\s*:?"
    rf"|(?:sự\s+)?(?:phối hợp|tham gia)\s+của)\s+{_FILLER}$",
    re.IGNORECASE,
)
# "báo cáo", "gửi", "tổng hợp báo cáo" right before the addressee; "báo cáo kết quả về", "gửi … qua"
_REPORT_RIGHT = re.compile(
    rf"(?<!\w)(?:báo cáo|gửi|gửi về|báo cáo về|phản ánh về|báo cáo cho|gửi cho|báo cáo với|gửi báo cáo|thông tin cho)\s+(?:lên\s+|tới\s+|đến\s+)?{_FILLER}$",
    re.IGNORECASE,
)
_REPORT_FAR = re.compile(
    rf"(?<!\w)(?:báo cáo|gửi|phản ánh|tổng hợp)(?!\w)[^.;:]{{0,250}}?\s(?:về|cho|lên|gửi|báo cáo)\s+{_FILLER}$",
    re.IGNORECASE,
)
_CHANNEL = re.compile(rf"(?:\(|,|\s)\s*(?:thông\s+)?qua\s+{_FILLER}$", re.IGNORECASE)
_REPORTS = re.compile(r"(?<!\w)(?:báo cáo|gửi|phản ánh)(?!\w)", re.IGNORECASE)
# "báo cáo của Sở X" is a document, "gửi Sở X thẩm định" asks for an opinion
_NO_REPORT_BEHIND = re.compile(
    r"\s*(?:thẩm định|cho ý kiến|góp ý|tham gia ý kiến|thẩm tra|phê duyệt|xem xét,? phê duyệt)", re.IGNORECASE
)
# "giao", "yêu cầu", "đề nghị" as the sentence's own verb
_ORDERS = re.compile(
    rf"(?<!\w)(?:giao(?:\s+nhiệm vụ)?(?:\s+cho)?|phân công|yêu cầu|đề nghị|chỉ định|ủy quyền(?:\s+cho)?)\s+{_FILLER}$",
    re.IGNORECASE,
)
# "Đối với Sở X, …", "Trách nhiệm của Sở Y": only at the head of a sentence
_CONCERNS = re.compile(rf"(?:đối với|trách nhiệm(?:\s+chung)?\s+của|riêng)\s+{_FILLER}$", re.IGNORECASE)
# "Cơ quan chủ trì:", "Đơn vị thực hiện:", "Phân công thực hiện:"
_LABELLED = re.compile(
    r"(?:chủ trì|thực hiện|đầu mối|phân công|nhiệm vụ|trách nhiệm)[^:\n]{0,25}:\s*(?:\w+\s+)?$", re.IGNORECASE
)
# "do Văn phòng Sở bố trí"
_BY = re.compile(rf"(?<!\w)do\s+{_FILLER}$", re.IGNORECASE)
_BY_BEHIND = re.compile(
    r"[\s,]*(?:chủ trì|thực hiện|bố trí|đảm nhiệm|chịu trách nhiệm|bảo đảm|đảm bảo|chi trả|quy định|hướng dẫn|quyết định|ban hành)", re.IGNORECASE
)
# a phrase before the subject: "Căn cứ …,", "Hằng năm,", "Sau khi …,"
_ADVERBIAL = re.compile(
    r"(?:căn cứ|trên cơ sở|theo|hằng|hàng|định kỳ|sau|trong|để|nhằm|khi|đồng thời|từ|trước|ngoài|giai đoạn|kịp thời|đối với"
    r"|trường hợp|tùy|tuỳ|về|riêng|ngay|nếu|quá trình|vào|với|qua|bên cạnh|cùng với|thực hiện|ngày|quý|năm|tháng|giao)(?!\w)",
    re.IGNORECASE,
)
_GENITIVE = re.compile(rf"(?:của|tại|do|bởi|từ|theo|ở|trong|cho)\s+{_FILLER}$", re.IGNORECASE)
_TITLES = re.compile(rf"^\s*{_FILLER}$", re.IGNORECASE)


def group(text: str, mentions: Sequence[AgencyRef]) -> list[_Group]:
    """Lists of agencies, told from what stands between the mentions."""
    groups: list[list[AgencyRef]] = []
    for mention in mentions:
        last = groups[-1][-1] if groups else None
        if (
            last
            and mention.start >= last.start
            and (mention.start < last.end or _JOINT.fullmatch(text, last.end, mention.start))
        ):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [_Group(tuple(members)) for members in groups]


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a sentence between semicolons and colons."""
    at = start
    for boundary in re.compile(r"[;:](?=\s)").finditer(text, start, end):
        yield at, boundary.end()
        at = boundary.end()
    yield at, end


def has_predicate(text: str, at: int, end: int) -> bool:
    """Whether a verb (or what stands for one) follows at this place."""
    return bool(_PREDICATE.match(text, at, end))


class RoleReader:
    """Reads the roles in one sentence."""

    def __init__(self, text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> None:
        self.text, self.start, self.end = text, start, end
        self.groups = group(text, [m for m in mentions if start <= m.start and m.end <= end])

    def roles(self) -> list[Role]:
        found: list[Role] = []
        at = self.start
        for one in self.groups:
            found += self._roles_of(one, at)
        return found

    def _clause_start(self, at: int) -> int:
        boundary = max(self.text.rfind(";", self.start, at), self.text.rfind(":", self.start, at))
        return self.start if boundary < 0 else boundary + 1

    def _roles_of(self, one: _Group, _: int) -> list[Role]:
        text = self.text
        left = text[max(self.start, one.start - 300) : one.start]
        right = text[one.end : min(self.end, one.end + 160)]
        clause = text[self._clause_start(one.start) : one.start]
        if _COORDINATES.search(left):
            return self._coordinators(one)
        if rule := self._report_rule(left, right):
            return [Role(m, IS_TOLD, rule, 0.85) for m in one.members]
        if _LABELLED.search(left):
            return [Role(m, LEADS, "label", 0.9) for m in one.members]
        if self._is_ordered(clause):
            return [Role(m, LEADS, "order", 0.9) for m in one.members]
        if _BY.search(left) and _BY_BEHIND.match(right):
            return [Role(m, DOES, "passive", 0.75) for m in one.members]
        return self._subject(one, clause, right)

    def _coordinators(self, one: _Group) -> list[Role]:
        return [Role(m, COORDINATES, "phối hợp với", 0.9) for m in one.members]

    def _report_rule(self, left: str, right: str) -> str | None:
        if _NO_REPORT_BEHIND.match(right):
            return None
        if _REPORT_RIGHT.search(left):
            return "báo cáo"
        if _REPORT_FAR.search(left):
            return "báo cáo … về"
        if _CHANNEL.search(left) and _REPORTS.search(left):
            return "qua"
        return None

    def _is_ordered(self, clause: str) -> bool:
        """Whether the clause up to the agency is an order: "Giao ", "UBND tỉnh yêu cầu ", "…, đề nghị "."""
        if _CONCERNS.fullmatch(clause.lstrip()):
            return True
        found = _ORDERS.search(clause)
        if not found:
            return False
        before = clause[: found.start()].strip()
        return not before or before.endswith((",", "và")) or len(before) < 60 or bool(_ADVERBIAL.match(before))

    def _subject(self, one: _Group, clause: str, right: str) -> list[Role]:
        leads = bool(_LEADS_BEHIND.match(right))
        part, confidence = (LEADS, 0.9) if leads else (DOES, 0.85)
        stripped = clause.strip()
        initial = not stripped or bool(_TITLES.match(stripped + " "))
        if initial and (leads or has_predicate(self.text, one.end, self.end) or right.lstrip().startswith(":")):
            return [Role(m, part, "subject", confidence) for m in one.members]
        if _GENITIVE.search(clause):
            return self._behind_genitive(one, part) if leads or has_predicate(self.text, one.end, self.end) else []
        if leads:
            return [Role(m, LEADS, "chủ trì", 0.85) for m in one.members]
        if stripped.endswith(",") and _ADVERBIAL.match(stripped) and has_predicate(self.text, one.end, self.end):
            return [Role(m, part, "subject behind an adverbial", 0.8) for m in one.members]
        return []

    def _behind_genitive(self, one: _Group, part: str) -> list[Role]:
        """ "Trên cơ sở đề nghị của Sở A và Sở B, Sở C thẩm định": the subject is what follows the last comma."""
        for index in range(len(one.members) - 1, 0, -1):
            between = self.text[one.members[index - 1].end : one.members[index].start]
            if between.strip() == ",":
                return [Role(m, part, "subject behind an adverbial", 0.75) for m in one.members[index:]]
        return []
