"""A point's sentences, cut into tasks where another agency is told to act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from ingest.assigning.role import COORDINATES, IS_TOLD, Role
from ingest.assigning.roles import IN_LIST, RoleReader
from ingest.patterns import LOWER, UPPER, any_of, cues, pattern, whole
from ingest.record import AgencyRef
from ingest.section_kinds import read_label

# the end of a sentence: a full stop and a capital, but not "A. Lê", "TP. Hồ", "số 1. Điều", "v.v. Các"
# … "khóa XII. Các" is one
_SENTENCE = re.compile(rf"[.!?…](?<!(?<![IVX])[A-ZĐ].)(?<!TP.)(?<!CT.)(?<!\bv.)[\"”)]?\s+(?=[\"“(]?[{UPPER}])")
# "Giám sát bệnh tại cơ sở. |(Sở A chủ trì)|": who does what the sentence before it says
_IN_BRACKETS = re.compile(r"\([^()]{5,300}\)\W{0,3}")
_MANNER = any_of(cues("task_cues", "manner"))
_VERB = any_of(cues("task_cues", "verbs"))
# "Tiếp tục rà soát", "Khẩn trương, kịp thời tổ chức", "Xây dựng"
# … but "cấp bộ", "cấp ủy" are nouns
_LEVEL = (
    r"(?!cấp (?:bộ|tỉnh|huyện|xã|thôn|cơ sở|trung ương|thành phố|quận|phường|ủy|uỷ|trên|dưới|phó|trưởng|học)(?!\w))"
)
# "Kiến nghị bằng văn bản là …", "Báo cáo của các xã được …"
_NOUN = (
    r"(?!(?:kiến nghị|đề nghị|đề xuất|báo cáo|thông báo|quyết định|dự toán|quy hoạch|hướng dẫn|yêu cầu|phản hồi)"
    r" (?:của|thuộc|này|nêu|đã|đang|sẽ|được|là|có nội dung)(?!\w)|kiến nghị (?:bằng|trực|qua)(?!\w)"
    r"|(?:báo cáo|thông báo|quyết định|quy định|quy hoạch|hướng dẫn|kết luận|công bố) số \d"
    r"|(?:quyết định|quy hoạch|quy định|dự toán)(?: [^\W\d]+){1,12} (?:đang|đã hết|chưa|không còn)(?!\w)"
    r"|trình (?:tự|độ)(?!\w)|thông tin (?:chung|liên lạc|liên hệ)(?!\w)|tổ chức đảng(?! (?:viên|bộ|ký))(?!\w))"
)
_NO_NOUN = pattern(_NOUN)
# "(1) chuẩn bị thuyền; (2) …": a list inside a sentence
_NUMBER = r"(?:\((?:\d{1,2}|[ivx]{1,4})\)\s*)?"
_IMPERATIVE = pattern(rf"{_LEVEL}{_NOUN}{_NUMBER}[\"“(\s]*(?:(?:{_MANNER})[\s,]+)*(?:{_VERB}|{_MANNER})(?!\w)")
# "Căn cứ …, rà soát": the verb stands behind the first comma of an adverbial
_ADVERBIAL = pattern(rf"(?:{any_of(cues('task_cues', 'adverbials'))})(?!\w)")
_CONDITION = pattern(rf"(?:{any_of(cues('task_cues', 'conditions'))})(?!\w)")
_NO_ORDER = pattern(rf"(?:{any_of(cues('task_cues', 'no_orders'))})(?!\w)")
_STATEMENT = pattern(r"(?:quá (?:thời gian|thời hạn|hạn)|không có khả năng|thuộc trường hợp|chưa|đã)(?!\w)")
_DONE = pattern(r"(?<!\w)đã(?!\w)")
_OPENING = 60
"""Characters at the head of a passage in which "đã" makes it a report of what was done."""

# "Phạm vi nổ mìn: Tại bờ trái", "Máy bơm: 02 bộ": the words before a colon are what is told of
_TOLD_OF = re.compile(r"[^:.;]{2,60}:\s(?!https?:)")
# "UBND các huyện;", "RT cao.": letters that stand for a name
_LETTERS = re.compile(rf"[{UPPER}/]{{2,}}(?![{LOWER}])")
_NAME = pattern(rf"(?:{any_of(cues('task_cues', 'bodies'))}|bộ|sở|ủy ban|uỷ ban)(?!\w)")
_DOES = pattern(rf"(?<!\w)(?=(?-i:[{LOWER}]))(?:{_VERB}|{_MANNER})(?!\w)")
_SAID = 150
"""Characters behind the colon of what is told of in which a verb may say that it is an order."""


_NORM = pattern(rf"{whole(cues('task_cues', 'norms'))}(?!\w)")
_PASSIVE = pattern(r"(?<!\w)(?:được|bị)(?!\w)")
_COPULA = re.compile(r"[lL][àÀ]\s")  # most passages have none
_COPULA_REACH = 200
# "Phát triển X là nhiệm vụ quan trọng." states, it does not order
_STATES = pattern(
    r"(?:(?!trong đó|xác định|coi|xem|đây|lấy)[^;:.]){0,160}?"
    r"\blà (?:nhiệm vụ|một trong|vấn đề|yêu cầu|trách nhiệm|khâu|động lực|nền tảng)\b"
)
# "Chuyển đổi số là quá trình …", "Dữ liệu là tài nguyên": so is something else, be it named like work
_NO_COPULA = any_of(cues("task_cues", "no_copula"))
_IS_SO = pattern(rf"(?:(?!{_NO_COPULA})[^;:.]){{0,60}}? là(?! (?:cơ quan|đơn vị|đầu mối|lực lượng|nòng cốt))(?!\w)")
# "Hội đồng A gồm có: …", "Tổ công tác gồm 5 người": who is in it
_CONSISTS = pattern(r"[^,;:.]{2,90}? (?:bao gồm|gồm)(?: có)?(?:\s*:| \d)")
_IS_A = pattern(rf"(?:(?!{_NO_COPULA})[^;:.]){{0,110}}? là (?:{any_of(cues('task_cues', 'predicate_nouns'))})(?!\w)")
# "“Ý kiến điện tử” là ý kiến …": what a word means
_DEFINES = pattern(r"(?:\w{1,12} )?[“\"‘][^”\"’\n]{2,120}[”\"’],? (?:được hiểu )?là(?!\w)")
# "Cụ thể:", "Nội dung cụ thể như sau:"
_ONLY_ANNOUNCES = pattern(r"\W*(?:(?:nội dung|cụ thể|như sau|sau đây|trong đó|chi tiết|là|các|sau)[\s,]*)+:\W*")
# "Các xã được giao có trách nhiệm hoàn thành …|, |các đơn vị phối hợp có trách nhiệm …"
_DUTY = pattern(r"[^.;:]{3,150}? (?:có|chịu) trách nhiệm(?! của)(?!\w)")
OTHER_DUTY = pattern(r", (?:và |còn )?(?=(?:các|những) [^,.;:]{2,60}? có trách nhiệm (?!của))")
_LEAD_REACH = 40
"""Characters at the head of a clause in which its lead stands, where the clause is a task of its own."""

_REMARK = 400
"""Characters of a clause that a bracket may keep together; a bracket that is never closed keeps nothing."""

_LABEL_REACH = 120
"""Characters at the head of a sentence in which the colon of a label stands."""

# "Nhất trí chủ trương …; giao Sở X …": what is decided is no task, what follows is
# … but "Đồng ý |giao| Sở A …" orders
_DECIDES = pattern(rf"(?:{any_of(cues('task_cues', 'decisions'))})(?! giao(?!\w))(?!\w)")
_NO_TASK = tuple(cues("task_cues", "no_task"))
# "1. Ông: Trần Văn B - Phó Giám đốc, Trưởng đoàn;": the members of a body; they are charged in another sentence
_PERSON = re.compile(r"(?:mời\s+)?(?:ông|bà|đồng chí|đ/c)\s*:?\s+(?=(?-i:[A-ZĐ]))", re.IGNORECASE)
# "…, đại diện cử tri khóm A|, Ủy viên;": what a person is to be in a body, at the end of the item
_MEMBER_AS = pattern(
    r"[-–,;:] (?:làm |là )?(?:(?:phó )?trưởng (?:ban|đoàn|tiểu ban)|(?:tổ|đoàn) (?:trưởng|phó)"
    r"|(?:phó )?chủ tịch hội đồng|(?:ủy|uỷ) viên|thành viên|thư ký)(?: thường trực)?\W*$"
)
_CHARGED = pattern(rf"(?<!\w)(?=(?-i:[{LOWER}]))(?:{_VERB}|có trách nhiệm|nhiệm vụ)(?!\w)")
# "Văn phòng A xin trân trọng thông báo./."
_GREETS = pattern(r"(?<!\w)trân trọng (?:thông báo|báo cáo|cảm ơn)\W*$")
# "Sở A trân trọng cảm ơn sự phối hợp của …", "Rất mong nhận được …", "Mọi chi tiết xin liên hệ bà Lan, …"
_THANKS = pattern(
    r"[^.;:]{0,80}?(?<!\w)(?:trân trọng (?:cảm ơn|thông báo)|xin cảm ơn)(?!\w)"
    r"|(?:rất |kính )?mong (?:nhận được|sự|quý|được)(?!\w)"
    r"|(?:mọi |thông tin )?(?:chi tiết|thông tin)(?: \w+){0,3}?(?: xin| vui lòng| đề nghị)? liên hệ(?!\w)"
    r"|đầu mối liên hệ(?!\w)"
)
# "Quyết định có hiệu lực kể từ ngày ký.", "Nội quy này thay thế Nội quy ngày 05/8/2019"
_HOLDS = pattern(
    rf"(?:{any_of(cues('task_cues', 'own_names'))})(?: này)? (?:sẽ )?"
    r"(?:(?:có|hết) hiệu lực|thay thế|được phổ biến|phổ biến đến)(?!\w)"
)
# "Cần Giuộc, ngày    tháng    năm 2025": where and when a form is signed
_SIGNED_AT = pattern(r"[^,.;:]{2,40}, ngày[\s\d.…]*tháng[\s\d.…]*năm[\s\d.…]*")
# "Lưu: VT, TH.": the archive's line where no recipients were seen
_ARCHIVE = pattern(r"lưu ?(?::|(?:vt|vp|văn thư|văn phòng)(?!\w))")
# "Trạm A |có tư cách pháp nhân|, con dấu riêng.", "Trung tâm B |là đơn vị sự nghiệp| công lập": what a body is
_NATURE = pattern(
    r"[^,;:.]{3,90}? (?:là (?:đơn vị sự nghiệp|cơ quan chuyên môn|tổ chức hành chính)|có (?:tư cách pháp nhân|trụ sở)"
    r"|chịu sự (?:chỉ đạo|quản lý|lãnh đạo|kiểm tra))(?!\w)"
)
# "|Cử được 240| giảng viên đi học.": what came of it, or is to come of it
_RESULT = pattern(rf"(?:đến năm \d{{4}}\s*[:,]\s*)?(?:{_VERB}) được (?:khoảng |trên |hơn )?\d")
# "Chúng tôi xin cam kết …", "Kính trình …": somebody writes in a form that is attached
_IN_FORM = pattern(
    r"(?:chúng )?tôi(?: \w+)? (?:xin|cam kết|cam đoan|gửi kèm|chịu trách nhiệm|làm đơn)(?!\w)|kính (?:trình|mong)(?!\w)"
)
# "Bộ A kêu gọi toàn thể cán bộ …"
_CALLS = pattern(
    r"(?:quốc hội|chính phủ|thủ tướng|bộ|sở|ban|ủy ban|chủ tịch|đoàn|hội đồng) [^.;:,]{0,60}?kêu gọi(?!\w)"
)
_COURTESY_WORDS = ("trân", "cảm", "mong", "hệ", "kêu")  # one of which is in each of them …
_COURTESY_REACH = 200  # … near their beginning
_GREETING = 40
_MEMBER_REACH = 40
_ASKS = pattern(r"(?:đề nghị|yêu cầu)(?!\w)")
# "Ngày sinh: ........", "Điện thoại: …; Fax: …"
_DOTTED = re.compile(r"[.…_][.…_]{4}|:\s?…(?:[\s;,.]|$)")
_INFORMS = tuple(cues("task_cues", "informs"))
_ANSWERS = tuple(cues("task_cues", "answers"))


@dataclass(slots=True)
class Segment:
    """A passage `start:end` that is one task, with the roles that it states itself."""

    start: int
    end: int
    roles: list[Role] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of the leads

    def leads(self) -> list[Role]:
        return [role for role in self.roles if role.part not in (COORDINATES, IS_TOLD)]


@lru_cache(maxsize=16)  # one rule after the other goes through a passage's sentences
def sentences(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The sentences of a passage."""
    ends = [boundary.end() for boundary in _SENTENCE.finditer(text, start, end)]
    if ends and _IN_BRACKETS.fullmatch(text, ends[-1], end):
        del ends[-1]
    bounds = [start, *ends]
    if bounds[-1] < end:
        bounds.append(end)
    return tuple(pairwise(bounds))


def ordering_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a lead-in, the last with the one before it where it only announces ("Cụ thể như sau:")."""
    found = list(sentences(text, start, end))
    if len(found) > 1 and _ONLY_ANNOUNCES.fullmatch(text, *found[-1]):
        found[-2:] = [(found[-2][0], end)]
    return found


def is_imperative(text: str, start: int, end: int) -> bool:
    """Whether a passage begins like an order without a subject."""
    if _IMPERATIVE.match(text, start, end):
        return True
    if not _ADVERBIAL.match(text, start, end):
        return False
    comma = text.find(",", start, min(end, start + 400))
    while comma >= 0 and not _PASSIVE.search(text, start, comma):
        if _IMPERATIVE.match(text, comma + 1, end):
            return True
        comma = text.find(",", comma + 1, min(end, start + 400))
    return False


def may_order(text: str, start: int, end: int) -> bool:
    """Whether a passage may be an order by a verb that the lexicon does not know: it begins with no noun."""
    opening = text[start : start + 1]
    if _DONE.search(text, start, min(end, start + _OPENING)) or not _NO_NOUN.match(text, start, end):
        return False
    if not opening.isupper() or _IS_SO.match(text, start, end) or _CONSISTS.match(text, start, end):
        return False
    if _NO_ORDER.match(text, start, end) or _NORM.search(text, start, end) or _names_only(text, start, end):
        return False
    return text[start:end].count(" ") >= 2


def _names_only(text: str, start: int, end: int) -> bool:
    """Whether a passage is a name, a list of bodies, or says of a thing what it is, and nowhere what is done."""
    if _LETTERS.match(text, start, end) or _NAME.match(text, start, end):
        return not _DOES.search(text, start, end)
    told = _TOLD_OF.match(text, start, end)
    if told is None or is_imperative(text, told.end(), end):
        return False
    return not _DOES.search(text, told.end() - 1, min(end, told.end() + _SAID))


def is_statement(text: str, start: int, end: int) -> bool:
    """Whether a passage says what is so ("Quá thời gian tổ chức đại hội; …"), not what is to be done."""
    return bool(_STATEMENT.match(text, start, end))


def is_conditional(text: str, start: int, end: int) -> bool:
    """Whether a passage begins like a rule for cases ("Trường hợp …", "Đối với …")."""
    return bool(_CONDITION.match(text, start, end))


def _is_charged(text: str, start: int, end: int) -> bool:
    """Whether a person's line says what he does; "Thường |trực|", "Đào |tạo|" are the end of a name."""
    for verb in _CHARGED.finditer(text, start, end):
        before = text[start : verb.start()].split()
        if " " in verb[0] or not before or not before[-1][0].isupper():
            return True
    return False


def _names_member(text: str, start: int, end: int) -> bool:
    """Whether an item that begins with a person ends with what that is to be in a body."""
    return _MEMBER_AS.search(text, max(start, end - _MEMBER_REACH), end) is not None


def is_no_task(text: str, start: int, end: int) -> bool:
    """Whether a passage only announces, closes, gives effect or informs."""
    opening = " ".join(text[start : min(end, start + 80)].lower().split()).lstrip('("“*- ')
    if _DOTTED.search(text, start, end) or _DEFINES.match(text, start, end):
        return True
    if any(said.match(text, start, end) for said in (_HOLDS, _ARCHIVE, _IN_FORM, _NATURE, _RESULT)):
        return True
    if _SIGNED_AT.fullmatch(text, start, end):
        return True
    if end - start < _MEMBER_REACH and _names_member(text, start, end):
        return True  # "Phường, Thư ký;": what a page's end parted from the name
    if _PERSON.match(text, start, end) and (_names_member(text, start, end) or not _is_charged(text, start, end)):
        return True
    if _GREETS.search(text, max(start, end - _GREETING), end):
        return True
    said = text[start : min(end, start + _COURTESY_REACH)].lower()
    if any(word in said for word in _COURTESY_WORDS) and (
        _THANKS.match(text, start, end) or _CALLS.match(text, start, end)
    ):
        return True
    if opening.startswith(_NO_TASK) or _DECIDES.match(text, start, end):
        return True
    says_what_is = _COPULA.search(text, start, min(end, start + _COPULA_REACH)) is not None
    if says_what_is and (_STATES.match(text, start, end) or _IS_A.match(text, start, end)):
        return True
    if not any(words in opening for words in _ANSWERS):
        return False
    passage = " ".join(text[max(start, end - 160) : end].lower().split())
    return any(words in passage for words in _INFORMS)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence: up to its semicolons, and where others have a duty besides."""
    for at, stop in _between_semicolons(text, start, end):
        duty = _DUTY.match(text, at, stop) if "nhiệm" in text[at:stop].lower() else None
        other = OTHER_DUTY.search(text, duty.end(), stop) if duty else None
        if other:
            yield at, other.end()
            at = other.end()
        yield at, stop


def _between_semicolons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = looked = start
    depth = 0  # "(Phòng A chủ trì; các xã phối hợp)" is one remark
    while (semicolon := text.find("; ", looked, end)) >= 0:
        depth = max(0, depth + text.count("(", looked, semicolon) - text.count(")", looked, semicolon))
        looked = semicolon + 2
        if not depth or semicolon - at > _REMARK:
            yield at, semicolon + 1
            at, depth = looked, 0
    yield at, end


def _order_behind(text: str, start: int, end: int, roles: Sequence[Role]) -> int:
    """Where the order begins in "Trên đây là Kế hoạch …, đề nghị các đơn vị …"; the start of other clauses."""
    if not text[start : start + 40].lower().startswith(_NO_TASK):
        return start
    leads = [r.agency.start for r in roles if r.rule == "order"]
    order = max((asks.start() for asks in _ASKS.finditer(text, start, min(leads))), default=-1) if leads else -1
    return order if order > start else start


def _names(roles: Sequence[Role]) -> set[str]:
    return {role.agency.name for role in roles if role.part not in (COORDINATES, IS_TOLD)}


def segments(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> list[Segment]:
    """The tasks that a passage may be cut into: a new one begins where a sentence or a clause has other leads."""
    found: list[Segment] = []
    first = 0
    for sentence_start, sentence_end in sentences(text, start, end):
        last = first
        while last < len(mentions) and mentions[last].start < sentence_end:
            last += 1
        roles = RoleReader(text, sentence_start, sentence_end, mentions[first:last]).roles()
        first = last
        _cut_sentence(found, text, sentence_start, sentence_end, sorted(roles, key=lambda role: role.agency.start))
    return found


def _cut_sentence(found: list[Segment], text: str, start: int, end: int, roles: list[Role]) -> None:
    at = 0
    for clause_start, clause_end in _clauses(text, start, end):
        upto = at
        while upto < len(roles) and roles[upto].agency.start < clause_end:
            upto += 1
        own, at = roles[at:upto], upto
        begin = _order_behind(text, clause_start, clause_end, own)
        if not found or _opens(found[-1], own, text, begin, first=clause_start == start):
            found.append(Segment(begin, clause_end, own, _names(own)))
        else:
            found[-1].end = clause_end
            found[-1].roles += own
            found[-1].names |= _names(own)


def _is_labelled(text: str, at: int) -> bool:
    """Whether a sentence is a label's: "Đơn vị chủ trì: Sở A.", "(Chủ trì: Sở A)" speak of the work before them."""
    while at < len(text) and (text[at].isspace() or text[at] in "(-–"):
        at += 1
    label = read_label(text, at, min(len(text), at + _LABEL_REACH))
    return label is not None and label.part != "nội dung"


def _opens(last: Segment, own: list[Role], text: str, at: int, *, first: bool) -> bool:
    """Whether a clause with leads of its own begins another task than the one before it."""
    names = _names(own)
    if names <= last.names or (first and _is_labelled(text, at)):
        return False
    if not first and all(role.rule == IN_LIST for role in own):
        return False
    # "Sở A, Sở B; Sở C chịu trách nhiệm …": the list goes on behind a semicolon
    if last.roles and text[last.roles[-1].agency.end : at].strip(" ;,") == "":
        return False
    if first:
        return True
    if not last.names and (
        _DECIDES.match(text, last.start) or text[last.start : last.start + 40].lower().startswith(_NO_TASK)
    ):
        return True  # "Trên đây là Kế hoạch …; các xã nghiêm túc thực hiện"
    lead = min(role.agency.start for role in own if role.agency.name in names)
    return bool(last.names) and lead - at < _LEAD_REACH
