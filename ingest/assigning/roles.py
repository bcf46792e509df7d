"""Who has which part in a sentence: the agencies' mentions, and the words that stand around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.assigning.name_lists import FILLER, MANNER, NEAR, Group, any_cue, group, has_predicate
from ingest.assigning.report_phrases import ON_DEMAND, channel_of, report_rule
from ingest.assigning.role import COORDINATES, DOES, IS_TOLD, LEADS, Role
from ingest.assigning.subjects import ADVERBIAL, HEREWITH, IMPERATIVE, LEADS_BEHIND, SubjectReader
from ingest.naming.jurisdiction import DEPTH, LEVEL
from ingest.patterns import LOWER, cues, loose, pattern, unless_noun, whole
from ingest.record import AgencyRef

IN_LIST = "subject in a list"
"""The rule of names in a list whose end charges them all."""

_PASSIVE = "passive"
_ISSUER_REACH = 20
"""Characters between the name of who orders and the verb ("thông báo và đề nghị")."""


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
_ORDERS_TOO = pattern(r" (?:đề nghị|yêu cầu|giao) (?:các(?!\w)|(?-i:[A-ZĐ]))")
_CONCERNS = pattern(rf"(?:{any_cue('concerns')})\s+{FILLER}$")
# "Đối với các chủ lò |cần sớm dọn …|"
_MUST = pattern(rf"\s*(?:cần|phải) {MANNER}(?:{any_cue('verbs')})(?!\w)")
# "Cơ quan chủ trì:", "Đơn vị thực hiện:", "Phân công thực hiện:"
_LABELLED = pattern(
    r"(?:^|[.;(,])\s*(?:(?:cơ quan|đơn vị|bộ phận|phân công|trách nhiệm|người)(?![^:.;]*phối hợp)[^:.;()]{0,40}"
    rf"|(?:chủ trì|phụ trách|thực hiện|đầu mối|giao|phân công)(?: thực hiện)?)\s*:\s*{FILLER}$"
)
# "|đơn vị phối hợp|: Sở B"
_LABEL_AT = pattern(r"(?:cơ quan|đơn vị|bộ phận)(?:, đơn vị)? (?:tham gia )?phối hợp(?: thực hiện)?\s*:")
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
# "tính theo bảng giá |do UBND tỉnh| ban hành", "trong hạn mức |do Sở A| quy định": whose rule something follows
_RULE_OF = pattern(
    rf"(?<!\w)(?:theo|tại|trong|trên cơ sở|căn cứ|đúng|so với|vượt)(?:\s[\w/-]+){{1,12}}? do\s+{FILLER}$"
)
_RULES = pattern(r"\s*(?:ban hành|quy định|hướng dẫn|công bố|quyết định|thông báo)(?!\w)")
# "|Khi| cần thiết, UBND xã đề nghị UBND huyện …": who asks those above is who acts
_WHEN = pattern(r"(?:trong )?(?:khi|trường hợp|nếu)(?!\w)")
_ASKS = pattern(rf" (?:đề nghị|kiến nghị|yêu cầu) {FILLER}")
_ASKS_THE_CENTRE = pattern(r"\s*(?:đề nghị|kiến nghị) (?:trung ương|cấp trên|cấp có thẩm quyền)(?!\w)")
_OF_TIER = pattern(r"(?<!\w)(?:cấp|các) (tỉnh|huyện|xã|phường)(?!\w)")
# "|Kính |đề nghị Sở A", "Phòng B |trân trọng |đề nghị Sở A"
_POLITE = pattern(r"(?<!\w)(?:kính|trân trọng|xin)$")
# "… tán thành phương án của Sở A, đồng thời, |đề nghị Sở B …"
_AND_ALSO = pattern(r"[,;] (?:và )?(?:đồng thời|ngoài ra|bên cạnh đó|cùng với đó)\s*,?$")
# "Trường hợp |người dân, doanh nghiệp| yêu cầu bản giấy": they ask for something, they order nobody
_PEOPLE = pattern(
    r"(?:(?:trường hợp|khi|nếu|để) )?(?:các )?"
    r"(?:người|nhân dân|công dân|cá nhân|hộ|tổ chức|doanh nghiệp|khách hàng|cử tri|nhà đầu tư|nhà thầu"
    r"|chủ(?! (?:tịch|nhiệm)(?!\w))|bên)"
    r"(?: \w+){0,4}$"
)
_ANY_ONE = pattern(rf"(?<!\w)(?:giao|phân công|chỉ định) (?:một|01) {FILLER}$")  # "phân công một |cơ quan| chủ trì"
# "Là |cơ quan đầu mối| chủ trì …": what somebody is
_IS = pattern(rf"(?<!\w)là(?: một)? {FILLER}$")
_PAPER = pattern(r"(?<!\w)(?:danh sách|hồ sơ|tờ trình|văn bản|công văn|đơn|phiếu|giấy)$")
# "Phòng A |xem xét, |đề nghị Sở B …": who weighs something asks for it, and orders nobody
_WEIGHS = pattern(r" (?:(?:bình |xem )?xét|thẩm định|tổng hợp)(?:,| và) ?")
# "Đối với …, giao Sở X …": the order stands behind the case that it is for
_CASE = pattern(rf"(?:{any_cue('conditions')})(?!\w)")
# "Ủy ban nhân dân xã chỉ đạo |Trạm Y tế| chủ trì …": who directs leads (rule 25)
_DIRECTED = pattern(rf"(?<!\w)chỉ đạo {FILLER}$")
# "Giám đốc Sở A; Chủ tịch các xã thuộc vùng cao; Sở B chịu trách nhiệm thi hành", "… căn cứ Quyết định thi hành"
_CHARGED = pattern(
    r"[^.;]{0,60}?(?<!\w)(?:(?:có|chịu) trách nhiệm (?!của)|căn cứ [^.;]{0,60}? (?:thi hành|thực hiện)(?!\w))"
    r"|\s*(?:(?:tổ chức|triển khai|nghiêm túc),? )*(?:thi hành|thực hiện) (?-i:[A-ZĐ])[\w ]{2,20} này(?!\w)"
)
# "(trong đó: Sở A|: 5 lớp, |Sở B: 3 lớp)": what part of the work is whose
_SHARE = pattern(r"\s*:\s*\d[\d.,]*(?: [^\W\d]+){1,4}\s*[,;]\s*(?:và )?")
# "các nhà mạng| (gồm: |Viettel, VNPT|, …)": the members of a class
_OPENS = pattern(r"\s*\((?:gồm|bao gồm|như|là)?:?\s*")
_CLOSES = pattern(r"(?:\s*,?\s*(?:\.{2,3}|…))?\s*\)")
# "Các ông (bà): ", "Các đồng chí: " before a list
_ALL_OF = pattern(rf"\s*(?:các )?(?:ông|đồng chí|đ/c)?(?:,? \(?bà\)?)?\s*:?\s*{FILLER}")
# "Sở A| rà soát, |Sở B", "Sở A|, chủ trì rà soát; |Sở B", but not "Sở A|, các nhóm soạn thảo và |Sở B"
_VERB_INSIDE = pattern(
    rf"(?:^|[,;]|(?<!\w)và)\s*(?=(?-i:[{LOWER}])){unless_noun()}"
    rf"(?!tổ chức (?:{any_cue('organised')})(?!\w))(?:{any_cue('verbs')})(?!\w)"
    r"|(?<!\w)(?:phải|có trách nhiệm|chịu trách nhiệm|với|theo|sau khi)(?!\w)"
)
# "Phòng A chủ trì, |các xã| phối hợp", "|các xã| phối hợp kiểm tra": who takes part beside one that leads
_TAKES_PART = pattern(r"\s*(?:cùng |tham gia )?phối hợp(?!\w| (?:chặt chẽ )?(?:với|cùng)(?!\w))")
# "Giám sát bệnh do |Sở A| chủ trì, Sở B phối hợp": it is no work that is described, but whose work it is
_LEADS_WITH_PARTNERS = pattern(r"\s*chủ trì(?:\s*[,;] [^.;:]{2,120}?)?,? phối hợp(?!\w)")
# "(sau đây gọi tắt là |Bộ, cơ quan trung ương)", "(viết tắt là |UBND tỉnh)"
_IS_CALLED = pattern(r"\((?:(?:sau|dưới) đây )?(?:được )?(?:gọi|viết)(?: tắt| chung)*(?: là)?\s*:?\s*[\"“]?")
_NAMING_REACH = 40
"""Characters of "(sau đây gọi tắt là ", at most."""


def _without_clauses(roles: list[Role]) -> list[Role]:
    """Without those who do what only says which work is meant: "Vụ A kiểm tra công trình |do Cục B thực hiện|"."""
    acts = any(role.part in (LEADS, DOES) and role.rule != _PASSIVE for role in roles)
    return [role for role in roles if role.rule != _PASSIVE] if acts else roles


def _depth(agency: AgencyRef) -> int:
    """How far below the centre an agency stands, a class by what it is of ("Ủy ban nhân dân cấp xã")."""
    tier = _OF_TIER.search(agency.name)
    return DEPTH.get(LEVEL[tier[1].lower()] if tier else agency.level or "", 0)


class RoleReader:
    """Reads the roles in one sentence."""

    def __init__(self, text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> None:
        self.text, self.start, self.end = text, start, end
        inside = [m for m in mentions if start <= m.start and m.end <= end]
        self.groups = group(text, [m for m in inside if not (self._is_other_name(m) or self._begins_label(m))])
        self.subjects = SubjectReader(text, start, end, self.groups)

    def _is_other_name(self, mention: AgencyRef) -> bool:
        """Whether a name only says what those before it are called from here on: "(sau đây gọi là các hộ muối)"."""
        bracket = self.text.rfind("(", max(self.start, mention.start - _NAMING_REACH), mention.start)
        return bracket >= 0 and _IS_CALLED.fullmatch(self.text, bracket, mention.start) is not None

    def _begins_label(self, mention: AgencyRef) -> bool:
        """Whether what was read as a body is the label before a colon: "(Chủ trì: Sở A; |đơn vị| phối hợp: Sở B)"."""
        return _LABEL_AT.match(self.text, mention.start, self.end) is not None

    def roles(self) -> list[Role]:
        """The roles of the sentence's agencies, in the order of the text."""
        found = [self._roles_of(one) for one in self.groups]
        if any(role.part == LEADS for roles in found for role in roles):
            found = [self._as_partners(one, roles) for one, roles in zip(self.groups, found, strict=True)]
        if len(found) > 1 and any(role.rule == "subject" for role in found[-1]) and self._is_charged(self.groups[-1]):
            self._share(found)
        elif len(found) > 1:
            self._spread(found)
        for i, (one, other) in enumerate(pairwise(self.groups)):
            if found[i] and not found[i + 1] and _SHARE.fullmatch(self.text, one.end, other.start):
                found[i + 1] = [replace(found[i][0], agency=m) for m in other.members]
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
        bare = [i for i, one in enumerate(self.groups[:-1]) if not found[i] and self.subjects.begins_clause(one)]
        for i in [*bare, len(found) - 1] if bare else ():
            found[i] = [Role(m, part, IN_LIST, 0.8) for m in self.groups[i].members]

    def _spread(self, found: list[list[Role]]) -> None:
        """Give a list that goes over semicolons ("Các sở; các xã; các chợ nghiêm túc …") what its end says."""
        heads = [i for i, one in enumerate(self.groups) if self.subjects.begins_clause(one)]
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
        part = LEADS if LEADS_BEHIND.match(self.text, last.end, self.end) else DOES
        for i in heads:
            found[i] = [Role(m, part, IN_LIST, 0.75) for m in self.groups[i].members]

    def _is_one_list(self) -> bool:
        """Whether all that a sentence names is charged at its end, though some names of its list were not read."""
        if not self._is_charged(self.groups[-1]):
            return False
        opening = self.text[self.start : self.groups[0].start]
        gaps = [self.text[one.end : other.start] for one, other in pairwise(self.groups)]
        said = any(_VERB_INSIDE.search(gap) or " là " in gap for gap in gaps)  # "Sở A| là |cơ quan thường trực"
        return bool(_ALL_OF.fullmatch(opening)) and not said

    def _is_charged(self, last: Group) -> bool:
        """Whether a list ends in "… chịu trách nhiệm thi hành": all of it is charged, whatever stands in between."""
        return bool(_CHARGED.match(self.text, last.end, self.end))

    def _roles_of(self, one: Group) -> list[Role]:
        text = self.text
        near = text[max(self.start, one.start - NEAR) : one.start]
        right = text[one.end : min(self.end, one.end + 160)]
        clause = text[self.subjects.clause_start(one.start) : one.start]
        together = _COORDINATES.search(near)
        if (together and not _OF_WHICH.search(near, 0, together.start())) or _TOGETHER.match(near):
            return self._coordinators(one)
        with_verb = _JOINED_VERB.search(near)
        joined = [Role(m, COORDINATES, "phối hợp, hướng dẫn", 0.8) for m in one.members] if with_verb else []
        if rule := report_rule(text, self.start, one.start, right):
            told = [m for m in self._told(one) if rule != ON_DEMAND or not m.collective]
            return [*joined, *(Role(m, IS_TOLD, rule, 0.85) for m in told)]
        low = near.lower()
        is_one = ("là" in low and _IS.search(near)) or (("một" in low or "01" in low) and _ANY_ONE.search(near))
        if joined or is_one:
            return joined
        if ":" in near and _LABELLED.search(near):
            return [Role(m, LEADS, "label", 0.9) for m in one.members]
        if self._is_named_in_brackets(one, near, right):
            return [Role(m, LEADS, "in brackets", 0.85) for m in one.members]
        if self._is_ordered(one, clause, right):
            return [Role(m, LEADS, "order", 0.9) for m in one.members]
        if _RULES.match(right) and _RULE_OF.search(clause, max(0, len(clause) - NEAR)):
            return []
        if _BY.search(near) and (passive := self._passive(one, clause, right)):
            return passive
        director = any(one.start - len(clause) <= other.start < one.start for other in self.groups)
        if director and _DIRECTED.search(near) and LEADS_BEHIND.match(right):
            return []
        following = next((other for other in self.groups if other.start >= one.end), None)
        asks = following and self._asks_above(one, following)
        if asks or (_ASKS_THE_CENTRE.match(right) and _WHEN.match(text, self.start)):
            return [Role(m, DOES, "subject behind an adverbial", 0.75) for m in one.members]
        return self.subjects.roles_of(one, clause, right)

    @staticmethod
    def _passive(one: Group, clause: str, right: str) -> list[Role]:
        """Those by whom something is done ("Hội nghị do |Sở A| chuẩn bị"), but not by whom the thing in hand was."""
        if _LEADS_WITH_PARTNERS.match(right):
            return [Role(m, LEADS, "chủ trì", 0.85) for m in one.members]
        if _BY_BEHIND.match(right) and not IMPERATIVE.match(clause.strip()):
            return [Role(m, DOES, _PASSIVE, 0.75) for m in one.members]
        return []

    def _told(self, one: Group) -> tuple[AgencyRef, ...]:
        """To whom results go, an office through which they go as one of the agency named before it."""
        at = self.groups.index(one)
        if not at or len(one.members) > 1:
            return one.members
        return (channel_of(self.text, self.groups[at - 1].members[-1], one.members[0]),)

    def _coordinators(self, one: Group) -> list[Role]:
        members = (*one.members, *self._named_in_brackets(one))
        return [Role(m, COORDINATES, "phối hợp với", 0.9) for m in members]

    def _named_in_brackets(self, one: Group) -> tuple[AgencyRef, ...]:
        """Those whom a bracket names of a class: "các nhà mạng (Viettel, VNPT)"; one alone may be its owner."""
        following = next((other for other in self.groups if other.start >= one.end), None)
        if following is None or not one.members[-1].collective or len(following.members) < 2:
            return ()
        inside = _OPENS.fullmatch(self.text, one.end, following.start) and _CLOSES.match(self.text, following.end)
        return following.members if inside else ()

    @staticmethod
    def _is_named_in_brackets(one: Group, near: str, right: str) -> bool:
        found = _IN_BRACKETS.search(near)
        if not found:
            return False
        ordered = _ORDERS.search(near[found.start() + 1 :]) is not None
        return ordered or bool(_ACTS_IN_BRACKETS.match(right))

    def _is_ordered(self, one: Group, clause: str, right: str) -> bool:
        """Whether the clause up to the agency is an order: "Giao ", "UBND tỉnh yêu cầu ", "…, đề nghị "."""
        clause_start = one.start - len(clause)
        if _CONCERNS.fullmatch(clause.lstrip()):
            return right.lstrip().startswith(":") or bool(_MUST.match(right) and one is self.groups[-1])
        found = _ORDERS.search(clause)
        if not found:
            return False
        before = _POLITE.sub("", clause[: found.start()].strip()).strip()
        if _PAPER.search(before):
            return False  # "lập danh sách đề nghị Sở A quyết định": what the paper is for
        at = clause_start + found.start()
        if not before:
            # "Lập kế hoạch; giao trách nhiệm người đứng đầu các đơn vị": among what somebody else does
            hands_on = clause_start > self.start and "trách nhiệm" in found[0]
            return not (hands_on and IMPERATIVE.match(self.text, self.start))
        if _CASE.match(before) and "," not in before and " thì " in self.text[at : self.end]:
            return False  # "Trường hợp đề nghị Sở A thẩm định thì nêu rõ lý do": the order is the case's
        asking = next((other for other in self.groups if other.end < at <= other.end + 1), None)
        if asking and self._asks_above(asking, one):
            return False
        if before.endswith(",") and _CASE.match(self.text, self.start):
            return True  # "Đối với hai chợ: A và B, giao Phòng X …"
        if before.endswith(",") and self._orders_already(clause_start):
            return True  # "UBND tỉnh đề nghị Báo A, Đài B, yêu cầu các xã …"
        if _AND_ALSO.search(before) or HEREWITH.match(self.text, self.start):
            return True  # "Trên đây là Kế hoạch kiểm tra, cấp giấy phép, đề nghị Sở A …"
        if ADVERBIAL.match(before):
            # "Trong quá trình …, hướng dẫn, đôn đốc, yêu cầu các đơn vị": one verb among others
            last = before.rstrip(",").rpartition(",")[2].strip()
            if not before.endswith(",") and self._has_acted(clause_start + clause.rfind(",", 0, found.start()), at):
                return False
            return not IMPERATIVE.match(last) and not (_PEOPLE.match(last) and not before.endswith(","))
        # "UBND tỉnh yêu cầu …", "Văn phòng UBND tỉnh thông báo và đề nghị …"
        return any(
            group.end <= at <= group.end + _ISSUER_REACH
            and not _WEIGHS.fullmatch(self.text, group.end, at)
            and self._begins_order(clause_start, group)
            for group in self.groups
        )

    def _orders_already(self, clause_start: int) -> bool:
        """Whether a clause begins with who orders, and its first order: another follows a comma."""
        first = next((one for one in self.groups if one.start >= clause_start), None)
        begins = first is not None and not self.text[clause_start : first.start].strip()
        return begins and first is not None and _ORDERS_TOO.match(self.text, first.end) is not None

    def _has_acted(self, comma: int, at: int) -> bool:
        """Whether behind a phrase's comma somebody does other work before a place ("Căn cứ …, Sở A trình B giao C")."""
        first = next((one for one in self.groups if one.start > comma), None)
        if first is None or self.text[comma + 1 : first.start].strip() or at <= first.end + _ISSUER_REACH:
            return False
        return has_predicate(self.text, first.end, at)

    def _asks_above(self, one: Group, asked: Group) -> bool:
        """Whether an agency asks one above it where the need arises: "Khi cần thiết, UBND xã đề nghị UBND huyện …"."""
        if not _WHEN.match(self.text, self.start) or not _ASKS.fullmatch(self.text, one.end, asked.start):
            return False
        return _depth(one.members[-1]) > _depth(asked.members[0])

    def _begins_order(self, clause_start: int, one: Group) -> bool:
        """Whether who orders begins the clause, or follows a phrase ("Thực hiện Kế hoạch A; Công văn B, Sở C …")."""
        before = self.text[clause_start : one.members[-1].start].strip()
        named = not self.text[clause_start : one.start].strip()
        leads_in = self.text[self.start : self.end].rstrip().endswith(":")  # "…, Sở A đề nghị Công ty B:"
        return named or (before.endswith(",") and (leads_in or bool(ADVERBIAL.match(self.text, self.start))))
