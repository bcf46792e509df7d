"""What is a task and what is not: whether a passage orders something, by its words and by the section it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.assigning.deadlines import Span, find_deadline
from ingest.assigning.given import Given
from ingest.assigning.regulations import is_anybody, regulated
from ingest.assigning.role import IS_TOLD
from ingest.assigning.roles import IN_LIST
from ingest.assigning.task_segments import Segment, is_conditional, is_imperative, is_no_task, is_statement, may_order
from ingest.outlining.outline import Block
from ingest.patterns import any_of, cues, pattern
from ingest.record import GIAO_ROLES, AgencyRef
from ingest.section_kinds import ACTIVE, CLOSED, PASSIVE

_SCHEDULE_ITEM = 250
"""Characters: a longer passage with a date is no item of a schedule."""

_CASE = 200
"""Characters at the head of a passage in which the colon behind a case stands."""

_ORDERS = 3
"""Points of a list that must order something before an unknown one beside them does too."""

# the rules of leads that a point's own heading or order gives, not the document's
_CHARGED_ABOVE = ("heading", "run-in", "lead-in: order", "order")
# "Kết quả thực hiện …", "Báo cáo kết quả …"
_RESULTS = re.compile(
    r"[\W_]*(?:mọi\s+)?(?:kết\s+quả|báo\s+cáo|thông\s+tin|số\s+liệu|văn\s+bản|hồ\s+sơ)\b", re.IGNORECASE
)
# "Sở Y tế sẽ tổng hợp …" in its own letter: it says what it does itself
_WILL = re.compile(r"\s+sẽ\s")
# … but with a term it binds itself: "Thời gian hoàn thành trước ngày 30/6/2023."
_BY_WHEN = pattern(
    r"(?<!\w)(?:hoàn thành|xong|chậm nhất|muộn nhất|thời hạn|hạn)(?!\w)[^.;:]{0,30}?:? "
    r"(?:(?:ngày|tháng|quý|năm) \d|\d{1,2}[/.-]\d)"
)
# "Phòng Y tế: không quá 02 cá nhân", "Ông A: 0912 …": how many, not what to do
_QUOTA = re.compile(
    r"(?!\(\d{1,2}\)\s)[\W_]*(?:(?:chỉ\s+tiêu\s+)?xét\s+(?=tối\s+đa|không\s+quá))?"
    r"(?:(?:không\s+quá|tối\s+đa|tối\s+thiểu|khoảng|từ|tổng\s+số)\s+)?\d",
    re.IGNORECASE,
)
# "Năm 2009: 1.300.000.000đ", "Xây dựng kè: 2.000 triệu đồng;": what it costs
_AMOUNT = re.compile(
    r"[^:\n]{2,150}:\s*(?:khoảng\s+|dự\s+kiến\s+)?\d[\d.,]*\s*(?:(?:tỷ|tỉ|triệu|nghìn|ngàn)(?:\s+đồng)?|đồng|đ|vnđ)\W*",
    re.IGNORECASE,
)
# "Việc mua sắm …", "Công tác …": what something must be like
_MATTER = pattern(r"(?:việc|công tác|hoạt động)(?!\w)")
_MUST = pattern(r"(?<!\w)(?:phải|cần)(?! (?:chịu|căn cứ))(?!\w)")
# "Chủ rừng là hộ gia đình: Phát dọn …"
_PEOPLE = re.compile(
    r"(?:hộ|người|cá\s+nhân|chủ|nhân\s+dân|học\s+sinh|cha\s+mẹ|phụ\s+huynh)(?!\w)[^.;:]{0,80}:", re.IGNORECASE
)
# "Nếu có dịch |thì khoanh vùng", "Trường hợp thiếu, |báo cáo …"
_THEN = re.compile(r",\s|\sthì\s", re.IGNORECASE)
# "Giám sát việc lập danh sách", but "Kiểm tra phải khách quan", "Kiểm tra hồ sơ: …"
INSPECTS = re.compile(
    r"(?:kiểm\s+tra|giám\s+sát|thanh\s+tra)(?:(?:,|\s+và)\s+(?:kiểm\s+tra|giám\s+sát))*"
    r"\s+(?!(?:phải|cần|được|là|trực)\s)[^:]{20}",
    re.IGNORECASE,
)
# "Điều 1. Nay phê duyệt kèm theo Quyết định này …"
_ENACTS = pattern(rf"(?:nay )?(?:{any_of(cues('task_cues', 'enacts'))})(?!\w)")
# "Thực hiện theo Mục III Kế hoạch …", "Về quy trình họp: thực hiện tương tự khoản 2 …": rules, told by where they stand
_REFERS = pattern(
    r"(?:[^.:;]{0,90}: )?thực hiện (?:tương tự )?(?:theo |như )?(?:các |những )?(?:nội dung |quy định |hướng dẫn )?"
    r"(?:tại |ở )?(?:điểm|khoản|mục|điều|phần|phụ lục) (?:\d|[IVX]|[a-zđ](?!\w))"
)
# "Các xã |được phép giữ lại …", "Trưởng ban |có thể triệu tập …": who may do something is not told to; nor is one told
# whose work ends: "Tổ kiểm kê |tự giải thể sau khi …"
_MAY = pattern(
    r"\s*(?:(?:thì )?(?:cũng )?được phép|có thể|có quyền|(?:sẽ )?(?:hết nhiệm vụ|tự giải thể"
    r"|(?:tự )?chấm dứt hoạt động|kết thúc (?:hoạt động|nhiệm vụ)))(?!\w)"
)
# "Hội đồng |làm việc theo nguyên tắc tập trung|", "Ủy viên |sử dụng con dấu của Sở A|": how a body works
_WORKS_BY = pattern(r"\s*(?:làm việc|hoạt động) (?:theo|dưới|trên cơ sở|tập trung)(?!\w)|\s*sử dụng (?:con )?dấu(?!\w)")
# "Bổ sung khoản 3 Điều 7 như sau:", "Thay thế cụm từ “thị trấn” …": what becomes of another text's words
_AMENDS = pattern(
    r"(?:(?:sửa đổi|bổ sung|thay thế|bãi bỏ|thay|bỏ)(?:, | và | )){1,3}(?:một số )?"
    r"(?:cụm từ|từ [“\"]|điểm [a-zđ](?!\w)|khoản \d|điều \d|mục [\dIVX]|tên (?:điều|khoản|mục)|đoạn |phụ lục"
    r"|gạch đầu dòng)"
)
_SUBMISSION = "Tờ trình"
_OWN_LEADS = ("order", "subject", IN_LIST, "subject behind an adverbial", "chủ trì", "passive", "run-in heading")


def _is_place(agency: AgencyRef) -> bool:
    """Whether a place stands for all who govern it: "Thành phố A là nơi đi đầu" among aims orders nothing."""
    return bool(agency.place) and agency.name.lower() == agency.place[-1].lower()


class Criteria:
    """Tells the tasks among a document's passages.

    Args:
        children: the blocks under each block, by their index.
        names: passages that are names of documents, sorted.
        issuer: whose document it is; what it promises to do itself is no task.
        kind: its type; a submission tells what was done and proposes, so only what it says is to be ordered is a task.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        children: Mapping[int, Sequence[int]],
        names: Sequence[Span],
        issuer: str | None,
        kind: str | None,
    ) -> None:
        self.text, self.blocks, self.children, self.names = text, blocks, children, names
        self.issuer, self.proposes = issuer, kind == _SUBMISSION
        self.parents = {b.parent for b in blocks if b.parent is not None}
        self.labelled: set[int] = set()  # items that are tasks by what the labels under them say
        self.lists_of_work: dict[int, bool] = {}
        self.regulated = regulated(text, blocks)

    def is_task(self, index: int, segment: Segment, given: Given, *, closing: bool) -> bool:
        if self._is_ruled_out(index, segment, given, closing=closing):
            return False
        leads = segment.leads()
        if given.kind == CLOSED or self.proposes:
            return any(role.rule in ("order", "chủ trì") for role in leads)
        if given.kind == PASSIVE or closing:
            asks = closing and any(role.part == IS_TOLD for role in segment.roles)  # "… phản ánh kịp thời về Sở A"
            inspects = given.inspects and INSPECTS.match(self.text, segment.start, segment.end)
            return (
                asks or bool(inspects) or any(role.rule in _OWN_LEADS and not _is_place(role.agency) for role in leads)
            )
        if leads or index in self.labelled:
            return True
        if is_imperative(self.text, segment.start, segment.end):
            return True
        if self._reports_results(segment) or (given.kind == ACTIVE and self._asks_people(segment)):
            return True
        if given.kind != ACTIVE and not self._is_among_work(index):
            return False
        if is_conditional(self.text, segment.start, segment.end):
            return self._orders_in_case(index, segment, given)
        if any(role.rule == "run-in heading" for role in given.roles):
            return not is_statement(self.text, segment.start, segment.end)
        led = any(role.part in GIAO_ROLES for role in given.roles)
        if led and _MATTER.match(self.text, segment.start, segment.end) and self._must(segment):
            return True  # "Việc mua sắm xe phải đúng định mức" tells those who are charged above
        listed = index not in self.parents and (bool(self.blocks[index].marker) or self._is_point(index))
        if (led or listed) and may_order(self.text, segment.start, segment.end):
            return True
        return self._is_scheduled(segment)

    def _is_scheduled(self, segment: Segment) -> bool:
        """Whether a passage is the item of a schedule, which has a day ("Học kỳ I: kết thúc trước ngày …")."""
        short = segment.end - segment.start < _SCHEDULE_ITEM
        return short and find_deadline(self.text, segment.start, segment.end, self.names) is not None

    def _is_ruled_out(self, index: int, segment: Segment, given: Given, *, closing: bool) -> bool:
        """Whether a passage tells nobody anything, wherever it stands."""
        start, end = segment.start, segment.end
        if is_no_task(self.text, start, end) or self._is_fragment(index, segment) or self._may(segment):
            return True
        if index in self.regulated and not closing and self._is_norm(segment, given):
            return True
        if segment.leads():
            return False
        if given.decides and not self._is_scheduled(segment):
            return index not in self.labelled
        if _AMOUNT.fullmatch(self.text, start, end) or (not given.roles and _AMENDS.match(self.text, start, end)):
            return True
        return self._tells_nobody(index, segment, given) or _REFERS.match(self.text, start, end) is not None

    def _may(self, segment: Segment) -> bool:
        """Whether a passage says what somebody may do, and orders nothing."""
        leads = [role.agency for role in segment.leads()]
        places = [agency.end for agency in leads] or [segment.start]
        return all(_MAY.match(self.text, at, segment.end) for at in places)

    def _is_norm(self, segment: Segment, given: Given) -> bool:
        """Whether an article says what holds for anybody: no authority is charged, and nothing is reported."""
        leads = segment.leads() or [role for role in given.roles if role.part in GIAO_ROLES]
        if any(_WORKS_BY.match(self.text, role.agency.end, segment.end) for role in segment.leads()):
            return True
        if any(role.part == IS_TOLD for role in segment.roles) and leads:
            return False
        if not leads:
            return True
        return given.kind != ACTIVE and all(is_anybody(role.agency) for role in leads)

    def _tells_nobody(self, index: int, segment: Segment, given: Given) -> bool:
        """Whether a passage says how many, or is an article that does what the decision is for ("Phê duyệt …")."""
        if given.roles or _QUOTA.match(self.text, segment.start, segment.end):
            return _QUOTA.match(self.text, segment.start, segment.end) is not None
        article = self.blocks[index].marker.startswith("Điều") and segment.start == self.blocks[index].body
        return article and _ENACTS.match(self.text, segment.start, segment.end) is not None

    def _orders_in_case(self, index: int, segment: Segment, given: Given) -> bool:
        """Whether a rule for cases orders something: it says who is told, or those who are charged above must act."""
        if any(role.part == IS_TOLD for role in segment.roles) or self._orders_for_case(segment):
            return True
        charged = any(role.rule.startswith(_CHARGED_ABOVE) for role in given.roles)
        led = any(role.part in GIAO_ROLES for role in given.roles)
        told = charged or (led and (self._must(segment) or self._then_orders(segment)))
        return told and not self._rules_for_case(index, segment)

    def _then_orders(self, segment: Segment) -> bool:
        """Whether an order stands behind the comma of a case ("Trường hợp có vi phạm, tiến hành lập biên bản")."""
        end = min(segment.end, segment.start + _CASE)
        return any(is_imperative(self.text, then.end(), end) for then in _THEN.finditer(self.text, segment.start, end))

    def _orders_for_case(self, segment: Segment) -> bool:
        """Whether an order stands behind the colon of a case ("Đối với nhà tạm: Tháo dỡ trước mùa bão")."""
        colon = self.text.find(": ", segment.start, min(segment.end, segment.start + _CASE))
        return colon >= 0 and is_imperative(self.text, colon + 2, segment.end)

    def _asks_people(self, segment: Segment) -> bool:
        """Whether people are told what to do behind a colon; they are no body that leads."""
        return _PEOPLE.match(self.text, segment.start, segment.end) is not None and self._orders_for_case(segment)

    def _must(self, segment: Segment) -> bool:
        """Whether a passage says early what must be done ("Đối với xe công phải …")."""
        return _MUST.search(self.text, segment.start, min(segment.end, segment.start + _CASE)) is not None

    def _rules_for_case(self, index: int, segment: Segment) -> bool:
        """Whether "Đối với các xã: Nếu …" goes on with what is so in a case, not with what is to be done in it."""
        block = self.blocks[index]
        if segment.start == block.body or not is_conditional(self.text, block.body, segment.start):
            return False
        return not self._then_orders(segment)

    def _reports_results(self, segment: Segment) -> bool:
        """Whether a passage says where results go ("Kết quả thực hiện báo cáo về Sở A trước ngày 10/10.")."""
        told = any(role.part == IS_TOLD for role in segment.roles)
        return told and bool(_RESULTS.match(self.text, segment.start, segment.end))

    def _is_among_work(self, index: int) -> bool:
        """Whether a point stands in a list of which most others order something."""
        block = self.blocks[index]
        if not block.marker or block.parent is None:
            return False
        if block.parent not in self.lists_of_work:
            beside = self.children[block.parent]
            orders = sum(is_imperative(self.text, self.blocks[i].body, self.blocks[i].end) for i in beside)
            self.lists_of_work[block.parent] = orders >= _ORDERS and orders >= 0.6 * len(beside)
        return self.lists_of_work[block.parent]

    def _is_point(self, index: int) -> bool:
        """Whether an unmarked paragraph is one of several under a numbered heading, like a bullet."""
        parent = self.blocks[index].parent
        return parent is not None and self.blocks[parent].kind == "heading"

    def _is_fragment(self, index: int, segment: Segment) -> bool:
        """Whether a passage is a title, what OCR left of a line, or what the issuer promises to do itself."""
        passage = self.text[segment.start : segment.end].strip()
        if any(r.agency.name == self.issuer and _WILL.match(self.text, r.agency.end) for r in segment.leads()):
            return not _BY_WHEN.search(passage)
        block = self.blocks[index]
        lower = segment.start == block.body and not passage[:1].isupper()  # not behind "**Phòng A**"
        begins_within = not block.marker and lower and not segment.leads()
        return begins_within or passage.isupper() or passage.count(" ") < 1
