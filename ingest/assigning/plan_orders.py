"""Whether a task tells somebody to draw up or issue a plan of its own, and whether a time in it is that plan's."""

from __future__ import annotations

import re

from ingest.patterns import any_of, cues, pattern, whole

Span = tuple[int, int]

_NOUN = pattern(rf"{whole(['kế hoạch', 'chương trình hành động'])}(?!\w)")
# "lập kế hoạch", "lên kế hoạch", "hoàn thành xây dựng kế hoạch", but "quyết định thành lập đoàn và kế hoạch kiểm tra",
# "trong quá trình"
_PLANS = (
    r"(?:(?<!thành\s)|(?<=hoàn\sthành\s))(?<!độc\s)(?<!công\s)(?<!quá\s)(?<!quy\s)(?<!chương\s)"
    rf"(?<!\w)(?:{any_of(cues('deadlines', 'plan_verbs'))}|lên(?= (?:các )?kế hoạch))"
)
_VERB = pattern(rf"{_PLANS}(?!\w)")
# "xây dựng, " before "ban hành kế hoạch": one chain of verbs
_CHAIN = pattern(rf"(?:{_PLANS}(?:,| và)? )+$")
# words between the verb and its plan: "xây dựng và trình Ủy ban … phê duyệt kế hoạch", "ban hành các văn bản; kế hoạch"
_NO_GAP = r"(?!kế |chương trình hành |theo |của |trong |tại |việc |để |nhằm |vào |đẩy |đánh giá )"
_GAP = rf"(?P<gap>(?:[\s,]+{_NO_GAP}[\w-]+){{0,13}}?)[\s,;]+"
# "ban hành ngay trong tháng 3 năm 2026 kế hoạch"
_AT_ONCE = r"(?:(?:ngay )?trong (?:tháng|quý|năm) [\w/]{1,7}(?: năm \d{4})?[\s,]+)?"
_PLAN = pattern(
    rf"{_GAP}{_AT_ONCE}[“\"]?(?P<plan>(?:kế hoạch|chương trình hành động|chương trình,? kế hoạch))(?!\w)(?! này)"
)
# "có kế hoạch", "có mục tiêu, kế hoạch cụ thể", "có chương trình, kế hoạch"
_HAS = pattern(
    rf"(?<!\w)có (?:(?:{any_of(cues('deadlines', 'had_with_plans'))})(?:,| và) )?"
    r"(?P<plan>kế hoạch|chương trình hành động)(?!\w)"
)
# "những hoạt động có kế hoạch", "để có kế hoạch": what has a plan is no actor
_HAD = pattern(rf"{whole(cues('deadlines', 'have_plans'))} $")
# "trình … phê duyệt kế hoạch" is to draw it up, "trình kế hoạch" alone is not
_SUBMITS = pattern(r"trình(?!\w)")
_IS_ISSUED = pattern(r"(?<!\w)(?:phê duyệt|ban hành|thông qua)(?!\w)")
_DONE = pattern(r"(?<!\w)(?:thực hiện|triển khai)(?!\w)")
# what may stand before "thực hiện" where a plan is drawn up and carried out: "xây dựng và tổ chức thực hiện kế hoạch"
_BESIDES = pattern(rf"(?<!\w)(?:và|{any_of(cues('deadlines', 'done_with_plans'))})(?!\w)|[\s,]")
# "quy hoạch xây dựng", "Sở Xây dựng": no verb
_BUILDING = pattern(rf"{whole(cues('deadlines', 'building'))} $")
_BUILDS = pattern(r"xây dựng(?!\w)")
# "phục vụ công tác lập kế hoạch", "trong quá trình xây dựng kế hoạch": it is spoken of; "để lập kế hoạch nạo vét", but
# "để xây dựng kế hoạch" ends in an order
_SERVES = pattern(rf"{whole(cues('deadlines', 'plans_spoken_of'))} $")
# "xây dựng " + "khung hướng dẫn lập" + " kế hoạch"
_FRAMES = pattern(rf"{whole(cues('deadlines', 'plans_spoken_of'))} (?:xây dựng|lập|ban hành)$")
_TO_LIST = pattern(r"(?<!\w)để lập$")
# "xây dựng báo cáo kế hoạch sản xuất": the report is written
_REPORT_ON = pattern(r"(?<!\w)báo cáo$")
# "cụ thể hóa đề án thành kế hoạch", not "cụ thể hóa kế hoạch"
_MAKES_OF_IT = pattern(r"cụ thể h(?:óa|oá)(?!\w)")
_INTO = pattern(r"(?<!\w)(?:thành|bằng)(?!\w)")
# "tham mưu … kế hoạch phân bổ vốn", not "tham mưu triển khai kế hoạch"
_ADVISES = pattern(r"tham mưu(?!\w)")
_HANDLES = pattern(rf"(?<!\w)(?:{any_of(cues('deadlines', 'plans_handled'))})(?!\w)")
_APPROVES = pattern(r"phê duyệt(?!\w)")
# "Nghị quyết số 15/NQ-CP … của Chính phủ " before "ban hành kế hoạch": what a document is called
_NAMED = pattern(r"số \S{2,30}[^;.]{0,60} của [^,;.]{1,60}$|(?<!\w)đã $|số \S{2,30},? (?:ngày [^;.,]{0,30} )?$")
# "ban hành văn bản " + "hướng dẫn các địa phương xây dựng " + "kế hoạch": others draw it up
_FOR_OTHERS = pattern(rf"{whole(cues('deadlines', 'makes_others'))} (?:các|cơ quan|đơn vị|địa phương|cấp)(?!\w)")
# "Theo dõi, kiểm tra công tác quản lý: Lập kế hoạch …; …": what is looked at
_OVERSEES = pattern(r"[\W_]*(?:theo dõi|kiểm tra|giám sát|đánh giá|thanh tra)(?!\w)[^.;:]{0,150}: ")
_CHARGES = pattern(r"(?<!\w)(?:giao|đề nghị|yêu cầu|chủ trì)(?!\w)")
# "cụ thể hóa các mục tiêu của Nghị quyết … thành các chương trình, đề án, kế hoạch"
_MADE_PLAN = pattern(
    r"cụ thể h(?:óa|oá)(?!\w)[^;.]{0,260}?(?<!\w)(?:thành|bằng)(?: các| những)?(?: [^\s;.]+){0,8}?"
    r" (?:kế hoạch|chương trình hành động)(?!\w)"
)

_NOT_PLAN = pattern(rf"(?:{any_of(cues('deadlines', 'not_plans'))})")
# words that make the plan somebody else's, or an event: "chỉ đạo các cơ sở … xây dựng", "giám sát việc ban hành"
_OTHERS = pattern(rf"{whole(cues('deadlines', 'others_plans'))}[^,;.]*$")
_MAKES_OTHERS = pattern(
    rf"{whole(cues('deadlines', 'makes_others'))}(?:,(?: \w+){{2}})?(?: và(?: \w+){{2}})?"
    r" (?:các|cơ quan|đơn vị|địa phương|cấp)(?!\w)[^;.]{0,400}$"
)
_MAKES_REACH = 450
"""Characters before a plan in which its clause says who is made to draw it up."""

_REST = 140
"""Characters behind a verb in which its plan stands."""

_CLAUSE_START = pattern(r"[.;:]\s")
_OWN = pattern(r"(?:hoàn thành(?: việc)?|(?:có|chịu) trách nhiệm|(?<!\w)để)\s*$")
# "Phối hợp các đơn vị (nếu có) xây dựng kế hoạch", "Các xã có trách nhiệm chủ động lập kế hoạch": what makes no other
# the one who does it
_ASIDE = pattern(r"\([^()]{0,80}\)|(?<!\w)(?:có|chịu) trách nhiệm(?!\w)")
# "Căn cứ Kế hoạch này, đề nghị các phòng … xây dựng kế hoạch": the document asks, nobody in between
_ASKS_ITSELF = pattern(r"\W*(?:(?:căn cứ|trên cơ sở|để|thực hiện)[^.;:]{0,200}, ?)?(?:đề nghị|yêu cầu) ")


# "…; |hoàn thành trước ngày", "…; |và gửi về Sở", not "…; |báo cáo kết quả thực hiện"
_FINISHED = pattern(
    rf"\s*(?:và |đồng thời |cơ bản )?(?:(?!báo cáo (?:{any_of(cues('deadlines', 'results_reported'))})(?!\w))"
    rf"(?:{any_of(cues('deadlines', 'plans_finished'))}))(?!\w)"
)


def is_due_by(text: str, order: Span, due: Span) -> bool:
    """Whether a time that a task holds is that of the plan which it orders.

    It is in the order's own clause, and in a later one that says how the plan is finished; a clause with other work
    ("…; phối hợp với Sở B sửa chợ, hoàn thành trong năm 2025") has its own.

    Args:
        order: where the plan is ordered, as `find_plan_order` gives it.
        due: where the date stands.
    """
    if due[0] < order[0]:
        return not _CLAUSE_START.search(text, due[1], order[0])
    clauses = [boundary.end() for boundary in _CLAUSE_START.finditer(text, order[1], due[0])]
    return not clauses or _FINISHED.match(text, clauses[-1], due[1]) is not None


def find_plan_order(text: str, start: int, end: int) -> Span | None:
    """The words with which a passage tells its actor to draw up or issue a plan or a programme of action."""
    if not _NOUN.search(text, start, end):
        return None
    looks_at = _OVERSEES.match(text, start, end)
    if looks_at and not _CHARGES.search(text, looks_at.end(), end):
        return None
    for verb in sorted([*_VERB.finditer(text, start, end), *_HAS.finditer(text, start, end)], key=re.Match.start):
        plan = verb if verb.re is _HAS else _PLAN.match(text, verb.end(), min(end, verb.end() + _REST))
        if plan is None or _NOT_PLAN.match(text, plan.start("plan")):
            continue
        if plan is not verb and _FOR_OTHERS.search(plan["gap"]):
            continue
        before = _CHAIN.sub("", text[_clause_start(text, verb.start(), start) : verb.start()])
        if _is_drawn_up(text, verb, plan, before) and _is_own(before):
            return verb.start(), plan.end()
    made = _MADE_PLAN.search(text, start, end)
    return made.span() if made and _is_own(text[_clause_start(text, made.start(), start) : made.start()]) else None


def _clause_start(text: str, at: int, start: int) -> int:
    low = max(start, at - _MAKES_REACH)
    return max([low, *(boundary.end() for boundary in _CLAUSE_START.finditer(text, low, at))])


def _is_drawn_up(text: str, verb: re.Match[str], plan: re.Match[str], before: str) -> bool:
    """Whether the verb is one, and the plan its object: no "quy hoạch xây dựng", no "biện pháp thực hiện kế hoạch"."""
    if plan is verb:
        return not _HAD.search(before)
    word, gap = verb[0], plan["gap"]
    if _NAMED.search(before) or _SERVES.search(before) or _TO_LIST.search(before + word):
        return False
    if _REPORT_ON.search(gap) or _FRAMES.search(gap):
        return False
    if _BUILDS.match(word) and gap and _BUILDING.search(before):
        return False
    if _APPROVES.match(word) and (before.strip() or not gap):
        return False  # "đã được phê duyệt, kế hoạch …", "Điều 1. Phê duyệt Kế hoạch …"
    if (_SUBMITS.match(word) and not _IS_ISSUED.search(gap)) or (_MAKES_OF_IT.match(word) and not _INTO.search(gap)):
        return False
    if _ADVISES.match(word) and _HANDLES.search(gap):
        return False
    done = _DONE.search(gap)
    return done is None or not _BESIDES.sub("", gap[: done.start()])


def _is_own(before: str) -> bool:
    if _MAKES_OTHERS.search(before) and not _ASKS_ITSELF.match(before):
        return False
    return bool(_OWN.search(before)) or not _OTHERS.search(_ASIDE.sub("", before))
