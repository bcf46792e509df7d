"""The subject of a sentence or a clause: who is told to act because a verb stands behind the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.assigning.name_lists import ASIDE, FILLER, GENITIVE, MANNER, NEAR, Group, any_cue, has_predicate
from ingest.assigning.role import DOES, LEADS, Role
from ingest.patterns import UPPER, loose, pattern

_TITLES_REACH = 30
"""Characters at the head of a sentence in which titles may stand before the name ("Thủ trưởng các …")."""

_CLAUSE_REACH = 2000
_NUMBER = re.compile(r"^\((?:[ivx]{1,4}|\d{1,2}|[a-zđ])\)\s*")  # "(i) Chỉ đạo …", "(2) Sở A …" in a sentence
"""Characters before a name in which its clause may begin; without a bound a text of one sentence costs a square."""

IMPERATIVE = pattern(rf"{MANNER}(?:{any_cue('verbs')})(?!\w)")
# "Sở X tiếp tục chủ trì", "Phòng Y (cơ quan thường trực) chịu trách nhiệm"
LEADS_BEHIND = pattern(
    rf"{ASIDE}\s*(?:(?:{any_cue('leads_manner')})\s+)*(?:{any_cue('leads_behind')}|{loose('chủ trì')})(?!\w)"
)
# a phrase before the subject: "Căn cứ …,", "Hằng năm,", "Đối với …,"
ADVERBIAL = pattern(rf"(?:{any_cue('adverbials')}|{any_cue('conditions')})(?!\w)")
# "UBND tỉnh yêu cầu …", "… đánh giá cao …": who orders or praises does not act
_ORDERS_BEHIND = pattern(
    rf"\s*(?!(?:phân công|giao) (?:rõ|cụ thể|trách nhiệm|nhiệm vụ|cán bộ|công chức|lãnh đạo|người|thành viên))"
    rf"(?:{any_cue('issuer_verbs')})(?!\w)"
)
HEREWITH = pattern(r"trên đây là(?!\w)")
"""How the paragraph begins that closes a document, before it asks somebody for something."""

# "…; đồng thời Sở Y …": between a clause and the next one's subject
_CONNECTIVE = pattern(r"(?:đồng thời|bên cạnh đó|ngoài ra|riêng|trong đó|mặt khác|còn lại)\s*,?(?: giao)?")
# "nếu có phát sinh, vướng mắc các đơn vị báo cáo": the comma before the subject is often left out; "…, thì Sở A"
# … and behind a time ("Trước ngày 30 tháng 11 năm 2014 các đơn vị …"), or "Trong quá trình thực hiện Thủ trưởng các xã"
_OPENED = pattern(
    rf"(?<!\w)trong quá trình (?:(?:tổ chức|triển khai) ){{0,2}}thực hiện\s*{FILLER}$"
    r"|(?<!\w)(?:vướng mắc|phát sinh|khó khăn|thì|(?:ngày|tháng|năm) [\d/.-]+|\d+ (?:ngày|tháng)(?: làm việc)?"
    r"|(?:hằng|hàng) (?:năm|quý|tháng|tuần))$"
)
_ASKED_BY = pattern(rf"(?:đề xuất|đề nghị|ý kiến|báo cáo|hướng dẫn|thống nhất|chỉ đạo) của\s+{FILLER}$")
# "nỗ lực của Sở A, Sở B trong …" has no verb behind the names; "… theo chức năng rà soát" has
# "Đối với |các đơn vị| chủ trì hợp đồng, …", "giữa Sở A với |các đơn vị| chủ trì": which of them
_FOR_WHOM = pattern(rf"(?<!\w)(?:đối với|giữa|với|về) {FILLER}$")
_EVERY = pattern(r"(?:các|từng|mỗi|những) ")
# "… trong phạm vi nhiệm vụ của mình tổ chức" has a verb too
_PREPOSITION = pattern(
    r"\s*(?:trong(?! phạm vi (?:chức năng|nhiệm vụ|quyền hạn|thẩm quyền))|ngoài|vào|bằng|dựa|về|hằng|hàng|định kỳ"
    r"|theo(?! (?:chức năng|nhiệm vụ|thẩm quyền)))(?!\w)"
)
# "…, các đơn vị rà soát", but not "đối với công chức, phòng, chi cục có thành tích"
_DETERMINED = pattern(
    r"(?:các|mỗi|từng|những|toàn|mọi|cơ quan|đơn vị|bộ phận|tổ chức|chính quyền|cấp|địa phương"
    r"|nhà trường|chủ đầu tư|chủ rừng"
    r"|(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?= (?-i:[A-ZĐ])))(?!\w)"
)
_TITLES = pattern(rf"\s*{FILLER}$")
# "…, các cá nhân |có thành tích": what they are like
_QUALITY = pattern(
    r" có (?!trách nhiệm|nhiệm vụ|kế hoạch|văn bản|giải pháp|biện pháp|phương án|ý kiến|hình thức|báo cáo|thể|công văn)"
)
# "Các đơn vị |không nộp báo cáo sẽ không được xét|": what befalls those who do not act
_BEFALLS = pattern(
    r"\s*(?:nào |mà )?(?:không|chưa|chậm|cố tình|vi phạm|để xảy ra|nếu|có (?:thành tích|công|hành vi))(?!\w)"
    r"[^.;]{0,150}?"
    r"\s(?:(?:thì )?(?:sẽ )?(?:không được|bị|phải chịu)|sẽ (?!phối hợp|tổ chức))(?!\w)"
)
# "phải xem xét", "có trách nhiệm …": the name before it is a subject, wherever it stands
_MUST = pattern(r"\s+(?:vẫn |còn )?(?:phải|có trách nhiệm|chịu trách nhiệm|cần|chủ động|kịp thời|khẩn trương)(?!\w)")
# "UBND các huyện, thị xã| Đông Sơn và thành phố Tây Hải quản lý": capitals that the name before them did not take
_MORE_OF_NAME = re.compile(
    rf"(?:,?\s+(?:và\s+)?(?:(?:các|tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn)\s+){{0,2}}[{UPPER}]\w*"
    rf"(?:\s+[{UPPER}]\w*){{0,4}}){{1,12}}"
)
# "Bộ A, các xã|, chủ các công trình còn dở tiếp tục chỉ đạo": a body that was not read
_GOES_ON_AND_ACTS = pattern(
    rf"(?:(?:,| và) (?:các |những )?(?:{any_cue('bodies')})(?!\w)(?! (?:{any_cue('verbs')})(?!\w))"
    r"| (?:các|những) (?:dự án|công trình|chương trình|tuyến|khu|cụm|làng|cơ sở)(?!\w)"
    r"| (?:tại|ở|trong|thuộc) (?:các |những )?(?:khu vực|vùng|địa bàn|lưu vực|tuyến)(?!\w))[^.;:]{3,150}?"
    r" (?:tiếp tục|khẩn trương|chủ động|tập trung|tăng cường|có trách nhiệm|chịu trách nhiệm|nghiêm túc)(?!\w)"
)
# "các xã, các trường| và mọi người dân phát động …": people act with them, who are no body
_PEOPLE_TOO = pattern(
    rf"(?:\s*\([^()]{{0,120}}\))?(?:,| và| cùng(?: với)?) (?:(?:mọi|toàn thể|các tầng lớp|toàn bộ|các|đông đảo) )?"
    rf"(?:{any_cue('people')})(?:(?:,| và) (?:{any_cue('people')}))*"
    r"(?: (?:tỉnh|thành phố|huyện|xã|phường))?"
    r"(?: (?:trong|trên|thuộc|của|ở) (?:toàn |địa bàn )?(?:tỉnh|thành phố|huyện|xã|phường|ngành|cơ quan|đơn vị|thôn))?"
    r"(?!\w)"
)
_PEOPLE = pattern(rf"(?:{any_cue('people')})(?!\w)")
# any word but one that goes on with the name or tells what was
_UNKNOWN_VERB = re.compile(rf"\s+(?!(?:{any_cue('no_verbs')})(?!\w))(?![{UPPER}])[^\W\d_]\w*")
# "Các đơn vị được phân bổ vốn nêu tại Điều 1 chịu trách nhiệm …"
_DUTY_BEHIND = pattern(
    r"\s*(?:(?:khi|nếu|được|nêu|hoạt động|tham gia|có)(?!\w)[^,;.:]{0,130}?|đối với(?!\w)[^;.:]{0,130}?)"
    r"\s(?:chịu trách nhiệm|có trách nhiệm|phải)(?!\w)"
)


class SubjectReader:
    """Reads the subjects of one sentence `start:end`, of which the groups are the lists of agencies."""

    def __init__(self, text: str, start: int, end: int, groups: Sequence[Group]) -> None:
        self.text, self.start, self.end, self.groups = text, start, end, groups

    def begins_clause(self, one: Group) -> bool:
        return bool(_TITLES.fullmatch(self.text, self.clause_start(one.start), one.start))

    def clause_start(self, at: int) -> int:
        low = max(self.start, at - _CLAUSE_REACH)
        boundary = max(self.text.rfind(";", low, at), self.text.rfind(":", low, at))
        return low if boundary < 0 else boundary + 1

    def roles_of(self, one: Group, clause: str, right: str) -> list[Role]:
        """The roles of a list that may be a subject.

        Args:
            clause: the words of its clause before it.
            right: what stands behind it.
        """
        leads = bool(LEADS_BEHIND.match(right))
        part, confidence = (LEADS, 0.9) if leads else (DOES, 0.85)
        if _ORDERS_BEHIND.match(right) or _BEFALLS.match(right) or self._goes_on_small(one):
            return []
        stripped = _NUMBER.sub("", clause.strip())
        initial = not stripped or bool(_CONNECTIVE.fullmatch(stripped)) or bool(_TITLES.match(stripped + " "))
        if initial and (leads or has_predicate(self.text, one.end, self.end) or right.lstrip().startswith(":")):
            return [Role(m, part, "subject", confidence) for m in one.members]
        more = _MORE_OF_NAME.match(self.text, one.end, self.end) if initial else None
        if more and has_predicate(self.text, more.end(), self.end):
            part = LEADS if LEADS_BEHIND.match(self.text, more.end(), self.end) else DOES
            return [Role(m, part, "subject with more of its name", 0.7) for m in one.members]
        people = _PEOPLE_TOO.match(self.text, one.end, self.end) if initial else None
        if people and has_predicate(self.text, people.end(), self.end):
            return [Role(m, part, "subject with more of its list", 0.75) for m in one.members]
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
            opened = not IMPERATIVE.match(stripped) or ADVERBIAL.match(stripped)
            return self._behind_genitive(one, part, clause) if acts and opened else []
        if leads and not IMPERATIVE.match(stripped) and not _FOR_WHOM.search(clause, max(0, len(clause) - NEAR)):
            return [Role(m, LEADS, "chủ trì", 0.85) for m in one.members]
        return self._behind_adverbial(one, part, stripped, right) if ADVERBIAL.match(stripped) else []

    def _goes_on_small(self, one: Group) -> bool:
        """Whether a later clause goes on with the sentence's own subject ("…; đơn vị nào vi phạm …")."""
        if self.clause_start(one.start) == self.start or self.text[one.start].isupper():
            return False
        if HEREWITH.match(self.text, self.start):  # "Trên đây là Kế hoạch …; các xã nghiêm túc thực hiện"
            return False
        if one is self.groups[0] and _EVERY.match(self.text, one.start) and ADVERBIAL.match(self.text, self.start):
            return False  # "Để chào mừng ngày hội; |các sở, các xã| thi đua …"
        first = self.groups[0]  # "Sở A rà soát …; |các xã| gửi …" has another subject
        acts = first is not one and self.begins_clause(first) and has_predicate(self.text, first.end, self.end)
        return not (acts and _EVERY.match(self.text, one.start))

    def _behind_adverbial(self, one: Group, part: str, phrase: str, right: str) -> list[Role]:
        """The subject of a clause that begins with a phrase ("Căn cứ …, |Sở A| rà soát")."""
        listed = "," in self.text[one.members[0].end : one.members[-1].start]
        must = not listed and _MUST.match(right) and not _PEOPLE.match(self.text, one.start)
        opened = (phrase.endswith(",") and (must or self._may_open(one))) or _OPENED.search(phrase)
        if opened and not _QUALITY.match(right) and (must or has_predicate(self.text, one.end, self.end)):
            return [Role(m, part, "subject behind an adverbial", 0.8) for m in one.members]
        alone = len(one.members) == 1 and self.text[one.start].isupper() and phrase.find(",") == len(phrase) - 1
        if alone and _UNKNOWN_VERB.match(right) and not _QUALITY.match(right):
            return [Role(m, DOES, "subject of an unknown verb", 0.7) for m in one.members]
        of_what = alone and phrase.endswith(",") and _DUTY_BEHIND.match(right)
        return self._behind_comma(one, part) if of_what or _MUST.match(right) else []

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
