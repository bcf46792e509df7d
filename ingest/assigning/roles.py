"""Who has which part in a sentence: the agencies' mentions, and the words that stand around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.assigning.name_lists import ASIDE, FILLER, GENITIVE, MANNER, NEAR, Group, any_cue, group, has_predicate
from ingest.assigning.report_phrases import channel_of, report_rule
from ingest.patterns import LOWER, UPPER, cues, loose, pattern, whole
from ingest.record import AgencyRef
from ingest.values import value

LEADS, DOES, FOLLOWS = "chủ trì", "thực hiện", "theo dõi"
COORDINATES, IS_TOLD = "phối hợp", "báo cáo"
_PASSIVE = "passive"
IN_LIST = "subject in a list"
"""The rule of names in a list whose end charges them all."""


@value(frozen=True, slots=True)
class Role:
    """An agency with its part, the rule that gave it and how sure that is (0 to 1)."""

    agency: AgencyRef
    part: str
    rule: str
    confidence: float


_TITLES_REACH = 30
"""Characters at the head of a sentence in which titles may stand before the name ("Thủ trưởng các …")."""

_CLAUSE_REACH = 2000
"""Characters before a name in which its clause may begin; without a bound a text of one sentence costs a square."""

_ISSUER_REACH = 20
"""Characters between the name of who orders and the verb ("thông báo và đề nghị")."""


_IMPERATIVE = pattern(rf"{MANNER}(?:{any_cue('verbs')})(?!\w)")
# "Sở X tiếp tục chủ trì", "Phòng Y (cơ quan thường trực) chịu trách nhiệm"
_LEADS_BEHIND = pattern(
    rf"{ASIDE}\s*(?:(?:{any_cue('leads_manner')})\s+)*(?:{any_cue('leads_behind')}|{loose('chủ trì')})(?!\w)"
)
# "phối hợp với", "phối hợp chặt chẽ cùng các", "chủ trì cùng", "kết hợp với", "Đơn vị phối hợp:", "với sự tham gia của"
# "kiểm tra việc |phối hợp với trưởng thôn": what is looked at
_OF_WHICH = pattern(r"(?<!\w)(?:kiểm tra|giám sát|đánh giá) việc (?:chủ trì, )?$")
_STAFF = r"(?:(?:cán bộ|công chức|viên chức|chuyên viên|nhân viên|lực lượng|bộ phận)(?: \w+){0,3}? (?:của|thuộc)\s+)?"
_COORDINATES = pattern(
    r"(?-i:[pPkKsScC])(?:(?<=c)hủ trì(?:,| và)? cùng(?: với)?"
    rf"|(?:(?<=p){loose('hối hợp')}|(?<=k)ết hợp)(?:\s+\w+){{0,3}}?\s+(?:với|vói|vơi|voi|cùng|cùng với)"
    rf"|(?<=p){loose('hối hợp')}(?: chặt chẽ| thực hiện)?\s*:?"
    rf"|(?<=s)ự (?:phối hợp|tham gia) của)\s+{_STAFF}{FILLER}$"
)
# "phối hợp, hướng dẫn Sở A", "phối hợp và hỗ trợ các xã"
_JOINED_VERB = pattern(
    rf"{whole(['phối hợp'])}(?: chặt chẽ)?(?:(?:,| và) {MANNER}(?:{any_cue('joined_verbs')}))+"
    rf"(?: với| cho)?\s+{FILLER}$"
)
# "cùng với các" at the head of a sentence
_TOGETHER = pattern(rf"\s*cùng(?: với)?\s+{_STAFF}{FILLER}$")
# "giao ", "UBND tỉnh yêu cầu các "
_ORDERS = pattern(
    rf"(?:{whole(cues('task_cues', 'orders'))}|(?-i:[dDđĐyY])(?<!\w.)"
    rf"(?:(?<=[dđ]){loose('ề nghị')}|(?<=y){loose('êu cầu')}))\s+{FILLER}$"
)
# "UBND tỉnh yêu cầu …", "… đánh giá cao …": who orders or praises does not act
_ORDERS_BEHIND = pattern(
    rf"\s*(?!(?:phân công|giao) (?:rõ|cụ thể|trách nhiệm|nhiệm vụ|cán bộ|công chức|lãnh đạo|người|thành viên))"
    rf"(?:{any_cue('issuer_verbs')})(?!\w)"
)
_CONCERNS = pattern(rf"(?:{any_cue('concerns')})\s+{FILLER}$")
# "Cơ quan chủ trì:", "Đơn vị thực hiện:", "Phân công thực hiện:"
_LABELLED = pattern(
    r"(?:^|[.;(,])\s*(?:(?:cơ quan|đơn vị|bộ phận|phân công|trách nhiệm|người)(?![^:.;]*phối hợp)[^:.;()]{0,40}"
    rf"|(?:chủ trì|phụ trách|thực hiện|đầu mối|giao|phân công)(?: thực hiện)?)\s*:\s*{FILLER}$"
)
# "(Sở X chủ trì)", "(giao Sở Y thực hiện)", "(do Sở Z tham mưu)": what stands behind the work says whose it is
_IN_BRACKETS = pattern(rf"[(]\s*(?:(?:{any_cue('orders')}|do)\s+)?{FILLER}$")
_ACTS_IN_BRACKETS = pattern(
    r"\s*(?:chủ trì(?! (?:dự án|tiểu dự án|chương trình|đề án|nhiệm vụ|nội dung|lĩnh vực)(?!\w))"
    r"|thực hiện|phụ trách|tham mưu|chịu trách nhiệm|có trách nhiệm|đảm nhiệm|triển khai|trình"
    r"|phối hợp(?= (?:với |cùng )?(?:các |(?-i:[A-ZĐ]))))(?!\w)"
)
# "do Văn phòng Sở bố trí"
_BY = pattern(rf"{whole(['do'])}\s+{FILLER}$")
_BY_BEHIND = pattern(rf"[\s,]*(?:{any_cue('passive_verbs')})")
# "… tán thành phương án của Sở A, đồng thời, |đề nghị Sở B …"
_AND_ALSO = pattern(r"[,;] (?:và )?(?:đồng thời|ngoài ra|bên cạnh đó|cùng với đó)\s*,?$")
# "Trường hợp |người dân, doanh nghiệp| yêu cầu bản giấy": they ask for something, they order nobody
_PEOPLE = pattern(
    r"(?:(?:trường hợp|khi|nếu|để) )?(?:các )?"
    r"(?:người|nhân dân|công dân|cá nhân|hộ|tổ chức|doanh nghiệp|khách hàng|cử tri|nhà đầu tư|nhà thầu|chủ|bên)"
    r"(?: \w+){0,4}$"
)
_ANY_ONE = pattern(rf"(?<!\w)(?:giao|phân công|chỉ định) (?:một|01) {FILLER}$")  # "phân công một |cơ quan| chủ trì"
_HEREWITH = pattern(r"trên đây là(?!\w)")
# "Là |cơ quan đầu mối| chủ trì …": what somebody is
_IS = pattern(rf"(?<!\w)là(?: một)? {FILLER}$")
_PAPER = pattern(r"(?<!\w)(?:danh sách|hồ sơ|tờ trình|văn bản|công văn|đơn|phiếu|giấy)$")
# a phrase before the subject: "Căn cứ …,", "Hằng năm,", "Đối với …,"
_ADVERBIAL = pattern(rf"(?:{any_cue('adverbials')}|{any_cue('conditions')})(?!\w)")
# "Đối với …, giao Sở X …": the order stands behind the case that it is for
_CASE = pattern(rf"(?:{any_cue('conditions')})(?!\w)")
# "…; đồng thời Sở Y …": between a clause and the next one's subject
_CONNECTIVE = pattern(r"(?:đồng thời|bên cạnh đó|ngoài ra|riêng|trong đó|mặt khác|còn lại)\s*,?(?: giao)?")
# "nếu có phát sinh, vướng mắc các đơn vị báo cáo": the comma before the subject is often left out; "…, thì Sở A"
# … and behind a time ("Trước ngày 30 tháng 11 năm 2014 các đơn vị …")
_OPENED = pattern(
    r"(?<!\w)(?:vướng mắc|phát sinh|khó khăn|thì|(?:ngày|tháng|năm) [\d/.-]+|\d+ (?:ngày|tháng)(?: làm việc)?"
    r"|(?:hằng|hàng) (?:năm|quý|tháng|tuần))$"
)
_ASKED_BY = pattern(rf"(?:đề xuất|đề nghị|ý kiến|báo cáo|hướng dẫn|thống nhất|chỉ đạo) của\s+{FILLER}$")
# "nỗ lực của Sở A, Sở B trong …" has no verb behind the names; "… theo chức năng rà soát" has
# "Đối với |các đơn vị| chủ trì hợp đồng, …", "giữa Sở A với |các đơn vị| chủ trì": which of them
_FOR_WHOM = pattern(rf"(?<!\w)(?:đối với|giữa|với|về) {FILLER}$")
_EVERY = pattern(r"(?:các|từng|mỗi|những) ")
_PREPOSITION = pattern(
    r"\s*(?:trong|ngoài|vào|bằng|dựa|về|hằng|hàng|định kỳ|theo(?! (?:chức năng|nhiệm vụ|thẩm quyền)))(?!\w)"
)
# "…, các đơn vị rà soát", but not "đối với công chức, phòng, chi cục có thành tích"
_DETERMINED = pattern(
    r"(?:các|mỗi|từng|những|toàn|mọi|cơ quan|đơn vị|tổ chức|chính quyền|cấp|địa phương|nhà trường"
    r"|(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?= (?-i:[A-ZĐ])))(?!\w)"
)
_TITLES = pattern(rf"\s*{FILLER}$")
# "Giám đốc Sở A; Chủ tịch các xã thuộc vùng cao; Sở B chịu trách nhiệm thi hành", "… căn cứ Quyết định thi hành"
_CHARGED = pattern(
    r"[^.;]{0,60}?(?<!\w)(?:(?:có|chịu) trách nhiệm(?: tổ chức| triển khai)?|căn cứ [^.;]{0,60}?)"
    r" (?:thi hành|thực hiện)(?!\w)"
    r"|\s*(?:(?:tổ chức|triển khai|nghiêm túc),? )*(?:thi hành|thực hiện) (?-i:[A-ZĐ])[\w ]{2,20} này(?!\w)"
)
# "Các ông (bà): ", "Các đồng chí: " before a list
_ALL_OF = pattern(rf"\s*(?:các )?(?:ông|đồng chí|đ/c)?(?:,? \(?bà\)?)?\s*:?\s*{FILLER}")
_VERB_INSIDE = pattern(rf"(?<!\w)(?=(?-i:[{LOWER}]))(?:{any_cue('verbs')}|phải|có trách nhiệm|chịu trách nhiệm)(?!\w)")
# "…, các cá nhân |có thành tích": what they are like
_QUALITY = pattern(
    r" có (?!trách nhiệm|nhiệm vụ|kế hoạch|văn bản|giải pháp|biện pháp|phương án|ý kiến|hình thức|báo cáo|thể|công văn)"
)
# "Phòng A chủ trì, |các xã| phối hợp": who takes part beside one that leads
_TAKES_PART = pattern(
    r"\s*(?:cùng |tham gia )?phối hợp(?: (?:tham gia|tổ chức|triển khai|thực hiện)(?!\w)|\s*(?:[;,.)]|$))"
)
# "Các đơn vị |không nộp báo cáo sẽ không được xét|": what befalls those who do not act
_BEFALLS = pattern(
    r"\s*(?:nào |mà )?(?:không|chưa|chậm|cố tình|vi phạm|để xảy ra|nếu)(?!\w)[^.;]{0,150}?"
    r"\s(?:(?:thì )?(?:sẽ )?(?:không được|bị|phải chịu)|sẽ (?!phối hợp|tổ chức))(?!\w)"
)
# "phải xem xét", "có trách nhiệm …": the name before it is a subject, wherever it stands
_MUST = pattern(r"\s+(?:phải|có trách nhiệm|chịu trách nhiệm|cần|chủ động|kịp thời|khẩn trương)(?!\w)")
# "UBND các huyện, thị xã| Long Khánh và thành phố Biên Hòa quản lý": capitals that the name before them did not take
_MORE_OF_NAME = re.compile(
    rf"(?:,?\s+(?:và\s+)?(?:(?:các|tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn)\s+){{0,2}}[{UPPER}]\w*"
    rf"(?:\s+[{UPPER}]\w*){{0,4}}){{1,12}}"
)
# "Bộ A, các địa phương|, cơ quan chủ quản các dự án đang thi công tiếp tục chỉ đạo": a body that was not read
_GOES_ON_AND_ACTS = pattern(
    rf"(?:(?:,| và) (?:các |những )?(?:{any_cue('bodies')})(?!\w)(?! (?:{any_cue('verbs')})(?!\w))"
    r"| (?:các|những) (?:dự án|công trình|chương trình|tuyến|khu|cụm|làng|cơ sở)(?!\w))[^.;:]{3,150}?"
    r" (?:tiếp tục|khẩn trương|chủ động|tập trung|tăng cường|có trách nhiệm|chịu trách nhiệm|nghiêm túc)(?!\w)"
)
# any word but one that goes on with the name or tells what was
_UNKNOWN_VERB = re.compile(rf"\s+(?!(?:{any_cue('no_verbs')})(?!\w))(?![{UPPER}])[^\W\d_]\w*")
# "Các đơn vị được phân bổ vốn nêu tại Điều 1 chịu trách nhiệm …"
_DUTY_BEHIND = pattern(
    r"\s*(?:khi|nếu|được|nêu|hoạt động|tham gia|có)(?!\w)[^,;.:]{0,130}?"
    r"\s(?:chịu trách nhiệm|có trách nhiệm|phải)(?!\w)"
)


# "(sau đây gọi tắt là |Bộ, cơ quan trung ương)", "(viết tắt là |UBND tỉnh)"
_IS_CALLED = pattern(r"\((?:(?:sau|dưới) đây )?(?:được )?(?:gọi|viết)(?: tắt| chung)*(?: là)?\s*:?\s*[\"“]?")
_NAMING_REACH = 40
"""Characters of "(sau đây gọi tắt là ", at most."""


def _without_clauses(roles: list[Role]) -> list[Role]:
    """Without those who do what only says which work is meant: "Vụ A kiểm tra công trình |do Cục B thực hiện|"."""
    acts = any(role.part in (LEADS, DOES) and role.rule != _PASSIVE for role in roles)
    return [role for role in roles if role.rule != _PASSIVE] if acts else roles


class RoleReader:
    """Reads the roles in one sentence."""

    def __init__(self, text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> None:
        self.text, self.start, self.end = text, start, end
        inside = [m for m in mentions if start <= m.start and m.end <= end]
        self.groups = group(text, [m for m in inside if not self._is_other_name(m)])

    def _is_other_name(self, mention: AgencyRef) -> bool:
        """Whether a name only says what those before it are called from here on: "(sau đây gọi là các hộ muối)"."""
        bracket = self.text.rfind("(", max(self.start, mention.start - _NAMING_REACH), mention.start)
        return bracket >= 0 and _IS_CALLED.fullmatch(self.text, bracket, mention.start) is not None

    def roles(self) -> list[Role]:
        """The roles of the sentence's agencies, in the order of the text."""
        found = [self._roles_of(one) for one in self.groups]
        if any(role.part == LEADS for roles in found for role in roles):
            found = [self._as_partners(one, roles) for one, roles in zip(self.groups, found, strict=True)]
        if len(found) > 1 and any(role.rule == "subject" for role in found[-1]) and self._is_charged(self.groups[-1]):
            self._share(found)
        elif len(found) > 1:
            self._spread(found)
        if found and (len(found) > 1 or not found[0]) and self._is_one_list():
            part = LEADS if "trách nhiệm" in self.text[self.groups[-1].end : self.end].lower() else DOES
            found = [[Role(m, part, IN_LIST, 0.75) for m in one.members] for one in self.groups]
        return _without_clauses([role for roles in found for role in roles])

    def _as_partners(self, one: Group, roles: list[Role]) -> list[Role]:
        """Those of whom a sentence in which others lead says no more than that they take part."""
        leads = any(role.part == LEADS for role in roles)
        return roles if leads or not _TAKES_PART.match(self.text, one.end, self.end) else self._coordinators(one)

    def _share(self, found: list[list[Role]]) -> None:
        """Give the names that begin the parts of a list what its last part says."""
        part = found[-1][0].part
        bare = [i for i, one in enumerate(self.groups[:-1]) if not found[i] and self._begins_clause(one)]
        for i in [*bare, len(found) - 1] if bare else ():
            found[i] = [Role(m, part, IN_LIST, 0.8) for m in self.groups[i].members]

    def _spread(self, found: list[list[Role]]) -> None:
        """Give a list that goes over semicolons ("Các sở; các xã; các chợ nghiêm túc …") what its end says."""
        heads = [i for i, one in enumerate(self.groups) if self._begins_clause(one)]
        if (
            len(heads) < 2
            or heads[0]
            or self.text.count(";", self.start, self.groups[heads[-1]].start) != len(heads) - 1
        ):
            return
        last = self.groups[heads[-1]]
        before = self.groups[: heads[-1]]
        if any(has_predicate(self.text, one.end, self.end) for one in before) or not has_predicate(
            self.text, last.end, self.end
        ):
            return
        part = LEADS if _LEADS_BEHIND.match(self.text, last.end, self.end) else DOES
        for i in heads:
            found[i] = [Role(m, part, IN_LIST, 0.75) for m in self.groups[i].members]

    def _is_one_list(self) -> bool:
        """Whether all that a sentence names is charged at its end, though some names of its list were not read."""
        if not self._is_charged(self.groups[-1]):
            return False
        opening = self.text[self.start : self.groups[0].start]
        gaps = [self.text[one.end : other.start] for one, other in pairwise(self.groups)]
        return bool(_ALL_OF.fullmatch(opening)) and not any(_VERB_INSIDE.search(gap) for gap in gaps)

    def _is_charged(self, last: Group) -> bool:
        """Whether a list ends in "… chịu trách nhiệm thi hành": all of it is charged, whatever stands in between."""
        return bool(_CHARGED.match(self.text, last.end, self.end))

    def _begins_clause(self, one: Group) -> bool:
        return bool(_TITLES.fullmatch(self.text, self._clause_start(one.start), one.start))

    def _clause_start(self, at: int) -> int:
        low = max(self.start, at - _CLAUSE_REACH)
        boundary = max(self.text.rfind(";", low, at), self.text.rfind(":", low, at))
        return low if boundary < 0 else boundary + 1

    def _roles_of(self, one: Group) -> list[Role]:
        text = self.text
        near = text[max(self.start, one.start - NEAR) : one.start]
        right = text[one.end : min(self.end, one.end + 160)]
        clause = text[self._clause_start(one.start) : one.start]
        together = _COORDINATES.search(near)
        if (together and not _OF_WHICH.search(near, 0, together.start())) or _TOGETHER.match(near):
            return self._coordinators(one)
        joined = [Role(m, COORDINATES, "phối hợp, hướng dẫn", 0.8) for m in one.members if _JOINED_VERB.search(near)]
        if rule := report_rule(text, self.start, one.start, right):
            return [*joined, *(Role(m, IS_TOLD, rule, 0.85) for m in self._told(one))]
        if joined or _IS.search(near) or _ANY_ONE.search(near):
            return joined
        if ":" in near and _LABELLED.search(near):
            return [Role(m, LEADS, "label", 0.9) for m in one.members]
        if self._is_named_in_brackets(one, near, right):
            return [Role(m, LEADS, "in brackets", 0.85) for m in one.members]
        if self._is_ordered(clause, one.start - len(clause), right):
            return [Role(m, LEADS, "order", 0.9) for m in one.members]
        if _BY.search(near) and _BY_BEHIND.match(right) and not _IMPERATIVE.match(clause.strip()):
            return [Role(m, DOES, _PASSIVE, 0.75) for m in one.members]
        return self._subject(one, clause, right)

    def _told(self, one: Group) -> tuple[AgencyRef, ...]:
        """To whom results go, an office through which they go as one of the agency named before it."""
        at = self.groups.index(one)
        if not at or len(one.members) > 1:
            return one.members
        return (channel_of(self.text, self.groups[at - 1].members[-1], one.members[0]),)

    def _coordinators(self, one: Group) -> list[Role]:
        return [Role(m, COORDINATES, "phối hợp với", 0.9) for m in one.members]

    @staticmethod
    def _is_named_in_brackets(one: Group, near: str, right: str) -> bool:
        found = _IN_BRACKETS.search(near)
        if not found:
            return False
        ordered = _ORDERS.search(near[found.start() + 1 :]) is not None
        return ordered or bool(_ACTS_IN_BRACKETS.match(right))

    def _is_ordered(self, clause: str, clause_start: int, right: str) -> bool:
        """Whether the clause up to the agency is an order: "Giao ", "UBND tỉnh yêu cầu ", "…, đề nghị "."""
        if _CONCERNS.fullmatch(clause.lstrip()):
            return right.lstrip().startswith(":")
        found = _ORDERS.search(clause)
        if not found:
            return False
        before = clause[: found.start()].strip()
        if _PAPER.search(before):
            return False  # "lập danh sách đề nghị Sở A quyết định": what the paper is for
        at = clause_start + found.start()
        if not before:
            # "Lập kế hoạch; giao trách nhiệm người đứng đầu các đơn vị": among what somebody else does
            hands_on = clause_start > self.start and "trách nhiệm" in found[0]
            return not (hands_on and _IMPERATIVE.match(self.text, self.start))
        if _CASE.match(before) and "," not in before and " thì " in self.text[at : self.end]:
            return False  # "Trường hợp đề nghị Sở A thẩm định thì nêu rõ lý do": the order is the case's
        if before.endswith(",") and _CASE.match(self.text, self.start):
            return True  # "Đối với hai chợ: A và B, giao Phòng X …"
        if _AND_ALSO.search(before):
            return True
        if _ADVERBIAL.match(before):
            # "Trong quá trình …, hướng dẫn, đôn đốc, yêu cầu các đơn vị": one verb among others
            last = before.rstrip(",").rpartition(",")[2].strip()
            return not _IMPERATIVE.match(last) and not (_PEOPLE.match(last) and not before.endswith(","))
        # "UBND tỉnh yêu cầu …", "Văn phòng UBND tỉnh thông báo và đề nghị …"
        return any(
            group.end <= at <= group.end + _ISSUER_REACH and self._begins_order(clause_start, group)
            for group in self.groups
        )

    def _begins_order(self, clause_start: int, one: Group) -> bool:
        """Whether who orders begins the clause, or follows a phrase ("Thực hiện Kế hoạch A; Công văn B, Sở C …")."""
        before = self.text[clause_start : one.members[-1].start].strip()
        named = not self.text[clause_start : one.start].strip()
        leads_in = self.text[self.start : self.end].rstrip().endswith(":")  # "…, Sở A đề nghị Công ty B:"
        return named or (before.endswith(",") and (leads_in or bool(_ADVERBIAL.match(self.text, self.start))))

    def _subject(self, one: Group, clause: str, right: str) -> list[Role]:
        leads = bool(_LEADS_BEHIND.match(right))
        part, confidence = (LEADS, 0.9) if leads else (DOES, 0.85)
        stripped = clause.strip()
        if _ORDERS_BEHIND.match(right) or _BEFALLS.match(right):
            return []
        if self._goes_on_small(one):
            return []
        initial = not stripped or bool(_CONNECTIVE.fullmatch(stripped)) or bool(_TITLES.match(stripped + " "))
        if initial and (leads or has_predicate(self.text, one.end, self.end) or right.lstrip().startswith(":")):
            return [Role(m, part, "subject", confidence) for m in one.members]
        more = _MORE_OF_NAME.match(self.text, one.end, self.end) if initial else None
        if more and has_predicate(self.text, more.end(), self.end):
            part = LEADS if _LEADS_BEHIND.match(self.text, more.end(), self.end) else DOES
            return [Role(m, part, "subject with more of its name", 0.7) for m in one.members]
        if initial and _GOES_ON_AND_ACTS.match(self.text, one.end, self.end):
            return [Role(m, DOES, "subject with more of its list", 0.7) for m in one.members]
        named = not self.text.startswith("Tổ chức", one.start)  # at the head of a sentence that is the verb
        if initial and _DUTY_BEHIND.match(right):
            return [Role(m, DOES, "subject with a clause", 0.75) for m in one.members]
        if initial and named and one.start - self.start < _TITLES_REACH and _UNKNOWN_VERB.match(right):
            return [Role(m, DOES, "subject of an unknown verb", 0.7) for m in one.members]
        if GENITIVE.search(clause, max(0, len(clause) - NEAR)):
            acts = leads or (has_predicate(self.text, one.end, self.end) and not _PREPOSITION.match(right))
            acts = acts and not right.lstrip().startswith(",")  # "theo văn bản của Sở A, phối hợp …": no subject
            opened = not _IMPERATIVE.match(stripped) or _ADVERBIAL.match(stripped)
            return self._behind_genitive(one, part, clause) if acts and opened else []
        if leads and not _IMPERATIVE.match(stripped) and not _FOR_WHOM.search(clause, max(0, len(clause) - NEAR)):
            return [Role(m, LEADS, "chủ trì", 0.85) for m in one.members]
        return self._behind_adverbial(one, part, stripped, right) if _ADVERBIAL.match(stripped) else []

    def _goes_on_small(self, one: Group) -> bool:
        """Whether a later clause goes on with the sentence's own subject ("…; đơn vị nào vi phạm …")."""
        if self._clause_start(one.start) == self.start or self.text[one.start].isupper():
            return False
        if _HEREWITH.match(self.text, self.start):  # "Trên đây là Kế hoạch …; các xã nghiêm túc thực hiện"
            return False
        first = self.groups[0]  # "Sở A rà soát …; |các xã| gửi …" has another subject
        acts = first is not one and self._begins_clause(first) and has_predicate(self.text, first.end, self.end)
        return not (acts and _EVERY.match(self.text, one.start))

    def _behind_adverbial(self, one: Group, part: str, phrase: str, right: str) -> list[Role]:
        """The subject of a clause that begins with a phrase ("Căn cứ …, |Sở A| rà soát")."""
        opened = (phrase.endswith(",") and self._may_open(one)) or _OPENED.search(phrase)
        if opened and not _QUALITY.match(right) and has_predicate(self.text, one.end, self.end):
            return [Role(m, part, "subject behind an adverbial", 0.8) for m in one.members]
        alone = len(one.members) == 1 and self.text[one.start].isupper() and phrase.find(",") == len(phrase) - 1
        if alone and _UNKNOWN_VERB.match(right) and not _QUALITY.match(right):
            return [Role(m, DOES, "subject of an unknown verb", 0.7) for m in one.members]
        return self._behind_comma(one, part) if _MUST.match(right) else []

    def _behind_comma(self, one: Group, part: str) -> list[Role]:
        """The subject in "Đối với đơn gửi đại biểu Hội đồng A, Sở B phải xem" stands behind the list's last comma."""
        joints = [self.text[before.end : after.start].strip() for before, after in pairwise(one.members)]
        behind = max((i + 1 for i, joint in enumerate(joints) if joint.startswith(",")), default=len(one.members))
        return [Role(m, part, "subject behind an adverbial", 0.75) for m in one.members[behind:]]

    def _may_open(self, one: Group) -> bool:
        """Whether a name may be a sentence's subject: a bare noun in small letters goes on with the list before it."""
        return self.text[one.start].isupper() or bool(_DETERMINED.match(self.text, one.start))

    def _behind_genitive(self, one: Group, part: str, clause: str) -> list[Role]:
        """The subject in "Trên cơ sở đề nghị của Sở A và Sở B, Sở C thẩm định" stands behind the list's end."""
        joints = [self.text[before.end : after.start].strip().lower() for before, after in pairwise(one.members)]
        ands = [i for i, joint in enumerate(joints) if joint.startswith("và")]
        commas = [i for i, joint in enumerate(joints) if joint.startswith(",")]
        behind = [i for i in commas if i > max(ands, default=-1)]
        if not ands and _ASKED_BY.search(clause, max(0, len(clause) - NEAR)):
            behind = commas[-1:]  # "đề nghị của Sở A, Sở B, Sở C thẩm định"
        first = next(iter(behind or commas), None)
        members = one.members[first + 1 :] if first is not None else ()
        if clause.rstrip().lower().endswith(" cho"):  # "tham mưu cho UBND tỉnh, Chủ tịch UBND tỉnh xử lý"
            before = {member.name for member in one.members[: len(one.members) - len(members)]}
            members = tuple(m for m in members if m.name not in before)
        return [Role(m, part, "subject behind an adverbial", 0.75) for m in members]
