"""Documents that a text calls by name: "Đề án …", "Chiến lược … đến năm 2030", "Quy hoạch tỉnh"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.citing.implementing_names import carries_out
from ingest.citing.issuers import approved_by, issuer_behind
from ingest.citing.laws import issued_behind
from ingest.citing.mentions import Mention
from ingest.citing.name_ends import carried_end, end_with_period, heads, soft_end
from ingest.citing.names_of_bodies import bodies_end, plan_of_body, rules_begin
from ingest.citing.periods import known_period_end
from ingest.lexicon import lexicon
from ingest.naming.abbreviations import spell_out
from ingest.naming.agencies import Scope
from ingest.patterns import UPPER
from ingest.spacing import folded, spaced

CARRIED = "name carried by another document"
"""The rule of a name that counts only right behind a document by symbol: "Quyết định số … ban hành Quy chế …"."""
DRAFT = "name to be written"
"""The rule of a name that is no document yet; it tells that the same name elsewhere in the text is none either."""
FOLLOWED = "name behind a verb"
NAMED = frozenset(
    (
        "name in quotes", "name with a period", "name in a list of names", "name and its carrier", "known name",
        "provincial plan", FOLLOWED, CARRIED, DRAFT,
    )
)  # fmt: skip
"""The rules of this module's mentions, but programmes."""

# "kế hoạch 5 năm của Chính phủ thực hiện" before "Nghị quyết số 3/…": no whole name
_DANGLING = spaced(r"(?<!\w)(?:thực hiện|triển khai|thi hành|về|của|và|theo|cho)\s{0,3}$", re.IGNORECASE)
# "… ban hành kèm theo Quyết định số …" right behind a name, perhaps its abbreviation between them: " (QCTT)";
# "… đã được Thủ tướng Chính phủ phê duyệt tại Quyết định số …"
_PROMULGATED = spaced(
    r"[”\"]?(?:\s{0,3}\([A-ZĐ&-]{2,12}\))?,? (?:(?:được )?ban hành kèm theo"
    r"|(?:đã )?được (?:[^;,.()]{3,50}? )?(?:phê duyệt|ban hành|thông qua) (?:tại|theo|kèm theo))"
    r" (?:các )?(?=(?i:Quyết định|Nghị quyết|Nghị định|Thông tư)|QĐ |NQ |NĐ |TT )"
)
# "Kế hoạch xử lý bãi thải" + " theo Quyết định số …", " theo QĐ số: …"
_BY_DECISION = spaced(r" (?:theo|tại) (?=(?:(?i:quyết định)|QĐ) (?:(?i:số):? ?)?\d)")
_SUBJECT = spaced(
    r" (?:về|các|phân công|phân cấp) \w"
)  # "Quy định" + " các mức phí", which is a name with its decision
_PLANS = ("Kế hoạch", "Phương án")
_ANNEX = spaced(r"(?<!\w)(?:Phụ lục|Mẫu|Mục [IVX])|…|\.\.\.")  # a form out of an annex, a number to be filled in
_QUOTED = spaced(r"\s{0,3}(?:[“\"«‘]|'{1,2})(?P<name>[^“”\"«»‘]{4,400}?)(?:[”\"»’]|'{1,2}(?!\w))")
# "; chương trình chuyển đổi số …" right behind a name: the list goes on in lower case
_LISTED = spaced(r"[;,] (?:và )?(?P<type>chiến lược|quy hoạch|đề án|chương trình|kế hoạch)(?= \w)")
# "Quyết định số … phê duyệt quy hoạch …": in lower case behind what carries it
_CARRIED_TYPE = spaced(
    r"[pbtv](?<!\w.)(?:(?<=p)hê duyệt|(?<=b)an hành|(?<=t)hông qua|(?<=v)ề(?: việc)?)(?: điều chỉnh)?(?: bổ sung)? "
    r"(?P<type>chiến lược|quy hoạch|đề án|chương trình mục tiêu quốc gia|chương trình|kế hoạch|quy chế)(?= \w)"
)
# "Quy hoạch tỉnh Quảng Trị"; "Quy hoạch tỉnh" without a name is the citing document's own
_PROVINCIAL_PLAN = spaced(
    rf"Quy hoạch (?P<place>(?:tỉnh|thành phố)(?: [{UPPER}]\w*){{0,4}})(?=\s?[,;.]| (?:và|được|đã|theo|tại|về) |$)"
)
# "Chương trình hành động của Chính phủ thực hiện " right before "Nghị quyết số …"
_PROGRAMME = spaced(
    r"(?P<type>Chương trình hành động|Chương trình|Kế hoạch) của (?P<issuer>[^;.()“”\"]{3,80}?)"
    r"(?: (?:về việc|để|nhằm))? (?:triển khai |tổ chức )?thực hiện "
    r"(?=(?i:Nghị quyết|Chỉ thị|Kết luận|Chiến lược) |NQ |CT |KL )"
)
_CHANGING = spaced(r"(?<!\w)(?:điều chỉnh|sửa đổi|bổ sung|rà soát|cập nhật)(?:,? (?:và )?bổ sung)? $", re.IGNORECASE)
# "Quy hoạch chung Thủ đô" + " đã được cấp có thẩm quyền phê duyệt"
_APPROVED = spaced(r" đã được [^;.,()]{0,70}?(?:phê duyệt|ban hành|thông qua)(?!\w)", re.IGNORECASE)
# "Kế hoạch hành động" + " số 8-KHHĐ/TU": it is known by its symbol
_BY_NUMBER = spaced(r"(?: [a-zđà-ỹ]+){0,3} số:? ?\d")
# "Công ước về kiểm soát thuốc lá": these are called by what they are about
_ABOUT = spaced(r"(?:Công ước|Hiệp định|Bộ tiêu chí) (?:khung |quốc gia )?về \w")
_IS_ABOUT = spaced(r" về (?!việc)\w")  # "ban hành Quy định" + " về quản lý bến đò"
_OF_A_BODY = spaced(r" tổ chức (?:và|,) hoạt động(?!\w)", re.IGNORECASE)  # "Quy chế" + " tổ chức và hoạt động của …"
# "theo " or "sửa đổi, bổ sung và cập nhật " before a programme that there is
_EXISTING = spaced(
    r"(?<!\w)(?:theo|tại|trong|căn cứ|thực hiện|nêu trong|của|sửa đổi|bổ sung|cập nhật|điều chỉnh) $", re.IGNORECASE
)
_SHORT_FORM = spaced(r" \([A-ZĐ&-]{2,12}\)(?= )")
# how something is carried out: "triển khai có hiệu quả Đề án …"
_MANNER = " có hiệu quả| hiệu quả| tốt| nghiêm túc| nghiêm| đồng bộ| kịp thời| thành công| thắng lợi| đầy đủ"
_NATIONAL = "Chương trình mục tiêu quốc gia"
_YEAR = 4
# "Chương trình giám sát| năm 2026": what a body does in a year, not the end of a period ("đến năm 2030")
_OF_A_YEAR = spaced(r"(?<!đến)(?<!nhìn)(?<!hướng) năm (?:19|20)\d\d$", re.IGNORECASE)


@cache
def _known() -> re.Pattern[str]:
    known = sorted(lexicon("named_documents")["known"], key=len, reverse=True)
    names = "|".join(map(re.escape, known)).replace(r"\ ", " ")
    names = names.replace("mục tiêu quốc gia ", "(?:mục tiêu quốc gia|MTQG) (?:về )?")
    tails = "|".join(lexicon("named_documents")["known_tails"])
    return spaced(rf"(?:{names})(?:\s{{0,24}}(?:{tails}))?(?!\w)", re.IGNORECASE)


@cache
def _refused() -> re.Pattern[str]:
    """What goes on with a number or with one of these words is no name: "Đề án 06", "Đề án này"."""
    words = "|".join(lexicon("named_documents")["no_name"])
    return spaced(rf" (?:(?:{words})(?!\w)|\d{{1,4}}(?! (?:triệu|nghìn|tỷ|năm \()))", re.IGNORECASE)


@cache
def _verbs(group: str) -> re.Pattern[str]:
    """One of a group's verbs as the last words of a passage: "Chính phủ phê duyệt ", "xây dựng và triển khai "."""
    words = "|".join(lexicon("named_documents")[group])
    return spaced(rf"(?<!\w)(?:{words})(?:(?:,| và)? \w+ \w+)?(?:{_MANNER})?[\s,:]*$", re.IGNORECASE)


def _type(printed: str) -> str:
    return folded(printed).capitalize()


def is_draft(text: str, start: int, after: int) -> bool:
    """Whether the words from `after` to `start` say that the document at `start` is still to be written."""
    begin = max(after, start - 60)
    return bool(_verbs("drafting").search(text, begin, start)) and not _CHANGING.search(text, begin, start)


def changes(text: str, start: int) -> bool:
    """Whether the words before a name say that it is changed: "Về bổ sung Kế hoạch …" is about another's plan."""
    return bool(_CHANGING.search(text, max(0, start - 40), start))


def is_carried(text: str, start: int, after: int) -> bool:
    """Whether the words from `after` to `start` say that another document promulgates the one at `start`."""
    return bool(_verbs("carrying").search(text, max(after, start - 60), start))


@cache
def _carrier() -> re.Pattern[str]:
    """Between a document and what it carries: " của UBND tỉnh về việc ban hành ", " phê duyệt "."""
    words = "|".join(lexicon("named_documents")["carrying"])
    return spaced(
        rf"\s{{0,3}}(?:,? (?:của|do|ngày) [^;.]{{1,100}}?| (?-i:(?=[{UPPER}]))[^;.]{{1,40}}?| \([^()]{{1,60}}\))?"
        rf"[,:]? (?:về )?(?:việc )?"
        rf"(?:{words})(?: (?!xây dựng|lập|soạn|dự thảo)\w+){{0,3}}\s{{1,24}}",
        re.IGNORECASE,
    )


def is_promulgated_by(text: str, end: int, start: int) -> bool:
    """Whether the document that ends at `end` is said to promulgate the one at `start`: "Quyết định số … ban hành"."""
    return start - end < 160 and bool(_carrier().fullmatch(text, end, start))


def _expand(name: str, scope: Scope) -> str:
    """A name with its abbreviations spelt out, but short forms behind words: "phát triển KT-XH" → "phát triển kinh tế -
    xã hội", "thủ tục hành chính (TTHC)" → "thủ tục hành chính".
    """
    return spell_out(_SHORT_FORM.sub("", name), scope.explained, frozenset(lexicon("named_documents")["kept"]))


def _accepted(kind: str, name: str) -> bool:
    beginnings = lexicon("named_documents")["types"].get(kind, ["-"])
    return not beginnings or folded(name).lower().lstrip('“" ').startswith(tuple(beginnings))


def _mention(text: str, start: int, end: int, kind: str, name: str, rule: str, sure: float, scope: Scope) -> Mention:
    date = issued_behind(text, end)
    date = date if date and len(date.iso) > _YEAR else None  # "… giảm nghèo bền vững năm 2025": when it is carried out
    issuer = issuer_behind(text, date.end if date else end, scope)
    approved = None if issuer else approved_by(text, date.end if date else end, scope)
    key = f"{kind} {_expand(name.strip(' ,'), scope)}"
    return Mention(
        start=start,
        end=issuer[1] if issuer else date.end if date else end,
        key=key,
        type=_NATIONAL if key.startswith(_NATIONAL) else kind,
        rule=rule,
        confidence=sure,
        issued_on=date.iso if date else None,
        issuer=issuer[0] if issuer else approved,
    )


def _open_ended(text: str, head: re.Match[str], scope: Scope) -> Mention | None:
    """The document whose type stands at `head`, if a name follows whose end can be told."""
    kind, start = _type(head["type"]), head.end()
    if known := _known().match(text, head.start()):
        end = known_period_end(text, known.end())
        return _mention(text, head.start(), end, kind, text[start:end], "known name", 0.9, scope)
    if _BY_NUMBER.match(text, start):
        return None
    carried = is_carried(text, head.start(), 0)
    if carried and kind == "Kế hoạch" and carries_out(text, start):
        return None  # the decision that promulgates it carries the other document out
    about = _ABOUT.match(text, head.start()) or (carried and _IS_ABOUT.match(text, start))
    about = about or (carried and _OF_A_BODY.match(text, start))
    if with_decision := _with_decision(text, head, kind, scope):
        return with_decision
    if _refused().match(text, start) and not about:
        return None
    if kind == "Quy chế" and (bodies := rules_begin(text, start)) > 0:
        return _rules(text, head, bodies, scope)
    quoted = _QUOTED.match(text, start)
    if not quoted and not carried and (of_body := _plan(text, head, kind, scope)):
        return of_body
    if not _accepted(kind, quoted["name"] if quoted else text[start : start + 60]) and not carried:
        return None
    if quoted:
        return _mention(text, head.start(), quoted.end(), kind, quoted["name"], "name in quotes", 0.9, scope)
    end, rule, sure = _unquoted(text, head, kind)
    return _mention(text, head.start(), end, kind, text[start:end], rule, sure, scope) if end > start else None


def _with_decision(text: str, head: re.Match[str], kind: str, scope: Scope) -> Mention | None:
    """A name right before its decision, whatever its words: "Quy định các mức phí ban hành kèm theo Quyết định số …";
    for a plan that is carried out "… theo Quyết định số …" is enough.
    """
    start = head.end()
    end = end_with_period(text, start)[1]
    few = len(text[start:end].split()) < 3
    if few or _ANNEX.search(text, start, end) or (_refused().match(text, start) and not _SUBJECT.match(text, start)):
        return None
    followed = kind in _PLANS and _is_pointed_at(text, head.start()) and not is_draft(text, head.start(), 0)
    if not _PROMULGATED.match(text, end) and not (followed and _BY_DECISION.match(text, end)):
        return None
    return _mention(text, head.start(), end, kind, text[start:end], "name and its carrier", 0.85, scope)


def _is_pointed_at(text: str, start: int) -> bool:
    return any(_verbs(group).search(text, max(0, start - 60), start) for group in ("following", "pointing"))


def _rules(text: str, head: re.Match[str], bodies: int, scope: Scope) -> Mention | None:
    """The rules of work of some bodies, where they are carried or obeyed: "Căn cứ Quy chế làm việc của UBND tỉnh"."""
    carried = is_carried(text, head.start(), 0)
    if not carried and not _is_pointed_at(text, head.start()):
        return None
    end = carried_end(text, bodies, 1) if carried else bodies_end(text, bodies, scope)
    rule = CARRIED if carried else FOLLOWED
    return _mention(text, head.start(), end, "Quy chế", text[head.end() : end], rule, 0.8, scope) if end > 0 else None


def _plan(text: str, head: re.Match[str], kind: str, scope: Scope) -> Mention | None:
    """A body's plan that is carried out: "theo Kế hoạch thanh tra năm 2030 của Sở Nội vụ"."""
    if kind != "Kế hoạch" or is_draft(text, head.start(), 0):
        return None
    end = end_with_period(text, head.end())[0] if _is_pointed_at(text, head.start()) else -1
    issuer = plan_of_body(text, head.end(), end, scope) if end > 0 else None
    if not issuer:
        return None
    found = _mention(text, head.start(), end, kind, text[head.end() : end], "name with a period", 0.75, scope)
    return replace(found, issuer=found.issuer or issuer)


def _may_follow(kind: str, name: str) -> bool:
    """Whether a name of this type, behind a verb, counts though nothing tells where it ends but a comma or a verb."""
    beginnings = lexicon("named_documents")["followed"].get(kind)
    return beginnings is not None and (not beginnings or folded(name).lower().strip().startswith(tuple(beginnings)))


def _unquoted(text: str, head: re.Match[str], kind: str) -> tuple[int, str, float]:
    """Where a name without quotation marks ends (-1 where nothing tells), by which rule, how sure."""
    start, before = head.end(), max(0, head.start() - 60)
    end, reach = end_with_period(text, start)
    carried = _verbs("carrying").search(text, before, head.start())
    if end > 0:
        annual = carried and kind == "Chương trình" and _OF_A_YEAR.search(text, start, end)
        return (-1, "", 0.0) if annual else (end, "name with a period", 0.85)
    if _PROMULGATED.match(text, reach):
        return reach, "name and its carrier", 0.85
    soft = soft_end(text, start, reach, commas=True)
    if soft > start and _APPROVED.match(text, soft) and not is_draft(text, head.start(), 0):
        return soft, FOLLOWED, 0.75
    if carried:  # a plan that a decision promulgates without a period is the decision's own
        return (-1, "", 0.0) if kind == "Kế hoạch" else (carried_end(text, start), CARRIED, 0.8)
    if is_draft(text, head.start(), 0):
        return soft_end(text, start, reach), DRAFT, 0.7
    if _may_follow(kind, text[start : start + 60]) and _verbs("following").search(text, before, head.start()):
        return soft, FOLLOWED, 0.7
    return -1, "", 0.0


def _all_open_ended(text: str, scope: Scope) -> Iterator[Mention]:
    done = 0
    for head in heads().finditer(text):
        if head.start() < done:
            continue
        found = _open_ended(text, head, scope)
        if not found:
            continue
        yield found
        done = found.end
        while (listed := _LISTED.match(text, done)) and (end := end_with_period(text, listed.end())[0]) > 0:
            kind, name = _type(listed["type"]), text[listed.end() : end]
            yield _mention(text, listed.start("type"), end, kind, name, "name in a list of names", 0.75, scope)
            done = end


def _carried_small(text: str, scope: Scope) -> Iterator[Mention]:
    """Names whose type is printed in lower case behind the verb that says what a decision carries."""
    for found in _CARRIED_TYPE.finditer(text):
        kind, start = _type(found["type"]), found.end()
        if _refused().match(text, start):
            continue
        end = end_with_period(text, start)[0]
        if kind == "Kế hoạch":
            end = -1 if end > 0 and _OF_A_YEAR.search(text, start, end) else end
        elif end < 0 and not found[0].lower().startswith("về"):
            end = carried_end(text, start)
        if end > 0 and not _DANGLING.search(text, start, end):
            yield _mention(text, found.start("type"), end, kind, text[start:end], CARRIED, 0.8, scope)


def _provincial_plans(text: str, scope: Scope) -> Iterator[Mention]:
    own = next((p for p in scope.place if not p.endswith("?")), None)
    for found in _PROVINCIAL_PLAN.finditer(text):
        place = folded(found["place"])
        if place in ("tỉnh", "thành phố"):
            place = own or f"{place} ?"
        yield Mention(
            start=found.start(), end=found.end("place"), key=f"Quy hoạch {place}", type="Quy hoạch",
            rule="provincial plan", confidence=0.75,
        )  # fmt: skip


def find_programmes(text: str, scope: Scope) -> Iterator[Mention]:
    """Programmes known only by what they implement: "theo Chương trình của Chính phủ thực hiện Nghị quyết số …".

    A mention ends where the implemented document begins, and its key lacks that document.
    """
    for found in _PROGRAMME.finditer(text):
        if not _EXISTING.search(text, max(0, found.start() - 20), found.start()):
            continue
        issuer = issuer_behind(text, found.end("type"), scope)
        yield Mention(
            start=found.start(), end=found.end(), key=folded(found[0]), type=_type(found["type"]),
            rule="programme of an issuer", confidence=0.75, issuer=issuer[0] if issuer else None,
        )  # fmt: skip


def find_named(text: str, scope: Scope) -> list[Mention]:
    """Every document called by name, but laws (`laws`) and Party resolutions; drafts too (see `is_draft`).

    Args:
        text: as `ingest.spacing.level_text` gives it.
        scope: whose document it is, for issuers and plans without a jurisdiction.
    """
    return [*_all_open_ended(text, scope), *_carried_small(text, scope), *_provincial_plans(text, scope)]
