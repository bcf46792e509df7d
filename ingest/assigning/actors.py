"""Actors that are named without a head of the agencies' lexicon: "Kế toán", "trưởng thôn", "các cấp, ngành"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.assigning.named import is_inside, starting, without
from ingest.assigning.task_segments import is_imperative, sentences
from ingest.assigning.unknown_bodies import (
    bare_end,
    begins_body,
    class_end,
    has_verb,
    is_bare,
    is_class,
    is_noun,
    is_proper,
    next_member,
    partner_end,
    subject_end,
)
from ingest.naming.abbreviations import spell_out
from ingest.naming.agencies import Scope, canonical
from ingest.naming.jurisdiction import bare_name, tier_of
from ingest.patterns import UPPER, any_of, cues, pattern, whole
from ingest.record import AgencyRef
from ingest.section_kinds import kind_of

_LONGEST = 180
"""Characters: a longer heading is a sentence."""

_LONGEST_CLASS = 300
"""… which one of a class may be ("Các cơ sở sản xuất có lưu lượng khí thải lớn …")."""

_WORDS = 22
"""Words of one actor at most."""

_RULE = "actor of a heading"
_KIND = "bộ phận"
_CONFIDENCE = 0.7

_ACTOR = pattern(rf"(?:(?:các|những|từng|mỗi) )?(?:{any_of(cues('task_cues', 'actors'))})(?!\w)")
# "Tổ chức đón khách về hội" is work, "Tổ chức đảng", "Tổ chức, cá nhân" are bodies
_ARRANGES = pattern(rf"tổ chức (?!(?:{any_of(cues('task_cues', 'organised'))})(?!\w))[^\W\d_]")
# "Quản lý chợ nông thôn", "Phụ trách chuyên môn": a verb as well, which makes an actor among other actors only
_VERB_TOO = pattern(r"(?:quản lý|phụ trách) [^\W\d_]")
_NO_ACTOR = pattern(rf"(?:{any_of(cues('task_cues', 'no_actors'))})(?!\w)")
# "Đối với …", "Đề nghị …", "Trách nhiệm của …", and "đồng chí" before a title
_DUTIES = r"(?:trách nhiệm|nhiệm vụ|quyền hạn)"
_DUTY_OF = rf"{_DUTIES}(?:(?:,| và) {_DUTIES})?(?: chung| cụ thể| thực hiện| tổ chức thực hiện)? của"
_CHARGES = pattern(rf"{_DUTY_OF}(?!\w)")
_CONCERNING = pattern(r"đối với(?!\w)")
_OPENING = pattern(rf"(?:(?:đối với|đề nghị|giao|yêu cầu|{_DUTY_OF}|đồng chí|đại diện|toàn thể|tập thể|lãnh đạo):? )+")
# ", các hộ", "; Đoàn trường", " và Tổ trưởng": where another actor of the list begins
_JOINT = re.compile(rf"\s*[,;+]\s*|\s+(?:và|cùng)\s+(?=(?:các|những)\s|[{UPPER}])")
_EVERY = re.compile(r"các\s", re.IGNORECASE)
# "Văn phòng nhà trường", "các công ty thuộc phạm vi quản lý của Bộ": whose document it is
# "các tổ chức, cá nhân| và hộ gia đình| khai thác nước": households are no bodies
_HOUSEHOLDS = re.compile(r"(?:,| và) (?:các )?(?:hộ gia đình|hộ dân|người dân|nhân dân|du khách)(?= |$)", re.IGNORECASE)
_POINTING = re.compile(r"\s+(?:nêu|nói|kể|ghi) trên$|\s+(?:sau|dưới) đây$", re.IGNORECASE)
_SELF = re.compile(r"\s+(nhà trường|của Bộ|của Sở|thuộc Bộ|thuộc Sở|của trường|của cơ quan|của đơn vị)$", re.IGNORECASE)

# "Phó Hiệu trưởng Lê Văn An", "Ông Trần Bình": people are kept as printed
_PERSON = re.compile(
    r"(?:ông|bà|cô|thầy|anh|chị|đ/c|đồng chí|(?:phó )?(?:hiệu trưởng|giám đốc|chủ tịch|bí thư|trưởng)\b[\w\s-]*?)\.?\s+"
    rf"(?-i:[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{1,4}})",
    re.IGNORECASE,
)
# "Kế toán phải", "Trưởng thôn được": a sentence
_PREDICATE = pattern(
    r"(?<!\w)(?:phải|cần|đã|sẽ|được|bị|là|không|để|nhằm|do|chủ trì|thực hiện|phối hợp (?:với|cùng|chặt))(?!\w)"
)
_FAMILY = any_of(cues("task_cues", "family_names"))
_OTHER_NAMES = rf"(?:\s+[{UPPER}][^\W\d_{UPPER}]*){{1,4}}"
# "Lê Văn An", as a whole; two of them under one another, as a cell prints them
_NAME = re.compile(rf"{_FAMILY}{_OTHER_NAMES}")
_NAMES_BELOW = re.compile(rf"\s*\n\s*(?={_FAMILY}\s+[{UPPER}])")
# "Nhà trường", "Ban giám hiệu": the school itself
_SCHOOL = re.compile(r"(?:ban giám hiệu|nhà trường|lãnh đạo (?:nhà )?trường|trường)(?:\s+nhà trường)?", re.IGNORECASE)

# "Các đơn vị |có giếng khoan", "Cơ quan |được giao lập quy hoạch": what goes on with a class
_TAIL = pattern(
    r"(?:có(?! trách nhiệm)|được|tham gia|hoạt động|sử dụng|quản lý|cung cấp|sản xuất|kinh doanh|làm|đang|thực hiện"
    r"|cấp)(?!\w)"
)
# "Các đơn vị cấp nước có trách nhiệm:", "Kế toán có nhiệm vụ:" over points
_DUTY = pattern(r"\s+(?:có|chịu) (?:trách nhiệm|nhiệm vụ)(?: (?:sau|như sau|sau đây))?$")
_DUTY_REACH = 40

_BEHIND_NAMES = ("verbs", "manner", "predicates", "no_verbs")
_INSIDE = frozenset(cues("task_cues", "verbs_in_names"))
# where an actor may stand in a sentence: behind an order or "phối hợp với"
_TOGETHER = [f"phối hợp{manner}{link}" for manner in ("", " chặt chẽ") for link in ("", " với", " cùng")]
_WITH = [f"phối hợp{link} {verb}" for link in (",", " và") for verb in cues("task_cues", "joined_verbs")]
_PLACE = pattern(f"{whole(['giao', 'yêu cầu', 'đề nghị', 'phân công', 'cùng với', *_TOGETHER, *_WITH])} ")
_IN_TEXT = pattern(rf"(?:(?:các|những|từng|mỗi) )?(?:{any_of(cues('task_cues', 'actors_in_text'))})(?!\w)")
# "mỗi cơ quan, tổ chức phải …", "từng địa phương": at the head of a sentence, or behind its first phrase
_BODY = r"(?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân|doanh nghiệp|cấp|ngành|gia đình)"
_EACH = pattern(
    rf"(?:mỗi|từng) {_BODY}(?:(?:,| và) {_BODY}(?!\w))*"
    r"(?= (?:phải|cần|có trách nhiệm|chịu trách nhiệm|chủ động|tự)(?!\w))"
)
# "trưởng thôn |lập danh sách", "lực lượng chức năng| trong …": where the name ends
_ENDS = pattern(
    rf"[,;:.()\n]| (?:{any_of({w for key in _BEHIND_NAMES for w in cues('task_cues', key)} - _INSIDE)})(?!\w)"
)
# "báo cáo Bộ trưởng định kỳ" in a document of the ministry; "Bộ trưởng Bộ Y tế" has a name of its own
_HEAD = pattern(
    r"(?:báo cáo|gửi|phản ánh)(?: (?:lên|với|cho))? (?P<title>(?P<unit>bộ|tổng cục|cục) trưởng|hiệu trưởng)"
    r"(?! (?:bộ|tổng|cục|các|trường)(?!\w))(?!\w)"
)
# "các đồng chí |Bộ trưởng|, Thủ trưởng cơ quan ngang Bộ"
_MINISTERS = pattern(
    r"(?:các )?(?:đồng chí )?bộ trưởng(?=(?:,|;| và) (?:các )?(?:đồng chí )?(?:thủ trưởng|chủ nhiệm)(?!\w))"
)
# "Sở A - cơ quan thường trực Ban Chỉ đạo", "(đơn vị đầu mối)"
_STANDING = pattern(r"(?:các )?(?:cơ quan|đơn vị|bộ phận) (?:thường trực|đầu mối|chủ trì|giúp việc)(?!\w)")
_APPOSED_WITHIN = pattern(r"\s*[-–] (?:là )?(?:cơ quan|đơn vị|bộ phận) (?:thường trực|đầu mối|chủ trì|giúp việc)(?!\w)")
_APPOSED = pattern(r"\s*[-–,(]\s*(?:là )?$")
# "báo cáo |cấp có thẩm quyền", "gửi |cơ quan tài chính cùng cấp để tổng hợp"
_TO_WHOM = pattern(
    r"(?:báo cáo|gửi|phản ánh)(?:[^.;:,]{0,80}? (?:về|lên|cho|đến|tới|với))?(?: (?:ngay|kịp thời))? "
    r"(?P<whom>(?:các )?(?:cấp|cơ quan|đơn vị)(?: nhà nước)? (?:có thẩm quyền|cấp trên|chủ quản|quản lý cấp trên"
    r"|tài chính(?: cùng cấp)?|quản lý trực tiếp|quản lý chuyên ngành|chịu trách nhiệm tổng hợp))(?!\w)"
)
# ", ", " và ": between the actors of a list
# "…; các nhà xuất bản", "…, mỗi trạm bơm": where a clause may have its subject
_CLAUSE = pattern(r"[;,] (?=(?:các|mỗi|từng|những) )|; ")
_LIST_REACH = 120
"""Characters before a comma in which the class stands that a list goes on with."""

_IN_LIST = pattern(
    r"(?<!\w)(?:các|những|mọi) [^,;.]*$"
)  # "… vận động các cấp, các ngành": the comma goes on with a list
_ADVERBIAL = pattern(rf"(?:{any_of([*cues('task_cues', 'adverbials'), *cues('task_cues', 'conditions')])})(?!\w)")
_NEXT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")
_LONGEST_IN_TEXT = 80
"""Characters of an actor's name in a sentence."""


def _parts(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> Iterator[tuple[int, int]]:
    """The actors of a list; a class with one "các" ("Các tập đoàn, công ty thuộc Bộ") and known names stay whole."""
    at = start
    named = is_proper(text, start, end)
    indefinite = not named and begins_body(text, start, end) is not None  # "Báo, tạp chí ngành Tài chính"
    joints = sorted([*_JOINT.finditer(text, start, end), *_NAMES_BELOW.finditer(text, start, end)], key=re.Match.start)
    for joint in joints:
        inside = any(m.start < joint.start() and joint.end() < m.end for m in mentions)
        # "Ban Chỉ huy cấp tỉnh, cấp xã" is one
        inside = inside or (text.startswith("cấp ", joint.end()) and " cấp " in text[at : joint.start()])
        every = (_EVERY.match(text, at) or indefinite) and not _EVERY.match(text, joint.end())
        # "Viện Văn hóa, Nghệ thuật": the commas are the name's own
        inside = inside or (
            named and not any(m.start == joint.end() for m in mentions) and not is_noun(text, joint.end(), end)
        )
        if not inside and not named and every and _splits(text, at, joint, end):
            yield at, joint.start()
            at = joint.end()
            continue
        if inside or (every and "," in joint[0] and not text[joint.end()].isupper()):
            continue
        if every and not any(m.start == joint.end() for m in mentions):
            continue
        yield at, joint.start()
        at = joint.end()
    yield at, end


def _splits(text: str, at: int, joint: re.Match[str], end: int) -> bool:
    """Whether a list of classes ends a class here: "các cơ sở lưu trú, khách sạn ven hồ" are two, each of a kind."""
    first = begins_body(text, at, joint.start())
    if first is None or not text[first.end() : joint.start()].strip():
        return False  # "các doanh nghiệp, hợp tác xã vận tải" are one
    return is_noun(text, joint.end(), end)


def _known(start: int, end: int, mentions: Sequence[AgencyRef], share: float = 0.7) -> list[AgencyRef]:
    """The agencies of the lexicon that make up a part, at least this share of it."""
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    covered = sum(m.end - m.start for m in inside)
    return inside if inside and covered > share * (end - start) else []


def _is_department(head: str, issuer: str) -> bool:
    """Whether a body that no list has is a department of the ministry that writes ("Cục Phòng, chống HIV/AIDS")."""
    return issuer.startswith("Bộ ") and head.startswith(("Cục ", "Vụ ", "Thanh tra ")) and not head.endswith("Việt Nam")


def _named(text: str, start: int, end: int, scope: Scope) -> AgencyRef:
    written = text[start:end]
    words = _POINTING.sub("", _HOUSEHOLDS.sub("", spell_out(written, scope.explained)))
    head = words if _EVERY.match(words) else words[:1].upper() + words[1:]
    parent = None
    shown = scope.place[-1] if scope.place else ""
    if head.lower().endswith(f"cấp {tier_of(shown)}"):
        shown = bare_name(shown)  # "Cấp huyện Yên Dũng"
    if _PERSON.fullmatch(words) or _NAME.fullmatch(words):
        shown = ""
    elif scope.level == "cơ sở" and scope.issuer and _SCHOOL.fullmatch(words):
        head, shown = "", scope.issuer
    elif own := _SELF.search(head):
        head = head[: own.start()]
        link = own[1].split()[0]
        parent, shown = scope.issuer, f"{link} {scope.issuer}" if link in ("của", "thuộc") else scope.issuer or ""
    elif scope.issuer and (scope.level == "cơ sở" or _is_department(head, scope.issuer)):
        parent = shown = scope.issuer
    return AgencyRef(
        start=start,
        end=end,
        rule=_RULE,
        confidence=_CONFIDENCE,
        name=f"{head} {shown}".strip(),
        head=head,
        written=written,
        kind=_KIND,
        level="cơ sở" if scope.level in ("xã", "cơ sở") else scope.level,
        place=scope.place,
        collective=bool(_EVERY.match(words)),
        parent=parent,
    )


def names_actor(text: str, start: int, end: int) -> bool:
    """Whether a passage begins with a word for people or bodies that are given work ("Giáo viên chủ nhiệm")."""
    opening = _OPENING.match(text, start, end)
    return bool(_ACTOR.match(text, opening.end() if opening else start, end))


def _end_of_names(text: str, start: int, end: int) -> int:
    """Where the names of a heading end: before a remark in brackets and before "có trách nhiệm:"."""
    end = start + len(text[start:end].rstrip(" :.;\n\t"))
    if text[end - 1] == ")" and (bracket := text.rfind("(", start, end)) > start:
        end = start + len(text[start:bracket].rstrip())
    duty = _DUTY.search(text, max(start, end - _DUTY_REACH), end)
    return duty.start() if duty else end


def _may_be_actor(text: str, at: int, end: int, *, among_actors: bool) -> bool:
    """Whether no word of a heading says that it is a sentence, or names something else than actors."""
    if _PREDICATE.search(text, at, end) or _NO_ACTOR.match(text, at, end):
        return False
    return among_actors or not _VERB_TOO.match(text, at, end)


def read_actors(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[AgencyRef],
    scope: Scope,
    *,
    among_actors: bool,
    heading: bool = False,
    cell: bool = False,
) -> list[AgencyRef]:
    """The actors that a heading `text[start:end]` names; empty where it names none.

    Args:
        mentions: the agencies that were found in it.
        among_actors: whether headings beside it name actors, so that this one does though no word of it tells.
        heading: whether it is a heading of its own, not words before a colon.
        cell: whether it is a table's cell in a column of actors, which is no sentence whatever words it holds.
    """
    end = _end_of_names(text, start, end)
    opening = _OPENING.match(text, start, end)
    at = opening.end() if opening else start
    charged = at > start and _CHARGES.match(text, start, at) is not None
    charged = charged or (heading and _CONCERNING.match(text, start, at) is not None and is_class(text, at, end))
    unknown = heading and begins_body(text, at, end)
    if not 2 < end - at <= (_LONGEST_CLASS if unknown else _LONGEST) or _ARRANGES.match(text, at, end):
        return []
    if not charged and not cell and not _may_be_actor(text, at, end, among_actors=among_actors):
        return []
    told = charged or (among_actors and not kind_of(text[at:end]))
    if unknown and not _ACTOR.match(text, at, end):
        told = charged or not has_verb(text, at, end, mentions)  # else it is a sentence
    elif is_imperative(text, at, end):
        told = False
    if not told and not _ACTOR.match(text, at, end):
        return []
    found: list[AgencyRef] = []
    for part_start, part_end in _parts(text, at, end, mentions):
        known = _known(part_start, part_end, mentions)
        if not known and not unknown and text[part_start:part_end].count(" ") >= _WORDS:
            return []
        found += known or [_named(text, part_start, part_end, scope)]
    return found


def with_tail(text: str, mention: AgencyRef, end: int, scope: Scope) -> AgencyRef:
    """A class that is a whole heading, with all that the heading says of it ("Các đơn vị có giếng khoan")."""
    tail = text[mention.end : end].partition("(")[0].strip(" :.;\n\t")
    bare = is_bare(mention)
    if not (mention.collective or bare) or not tail or not tail[0].isalpha() or set("(:;") & set(tail):
        return mention
    if "," in tail and (bare or not _TAIL.match(tail)):
        return mention
    words = spell_out(tail, scope.explained)
    if not bare and not _TAIL.match(words):
        return mention
    stop = mention.end + text[mention.end : end].rindex(tail) + len(tail)
    named = f"{mention.head} {words}"
    name = mention.name.replace(mention.head, named, 1) if mention.head in mention.name else mention.name
    return replace(mention, name=name, head=named, end=stop, written=text[mention.start : stop])


def _in_sentence(text: str, at: int, end: int, scope: Scope, taken: Sequence[AgencyRef]) -> list[AgencyRef]:
    """The list of actors that begins at a place; empty where an agency of the lexicon or another word stands there."""
    found: list[AgencyRef] = []
    while at < end and (word := _IN_TEXT.match(text, at, end)):
        stop = _ENDS.search(text, word.end(), min(end, at + _LONGEST_IN_TEXT))
        if stop is None or starting(taken, at, stop.start()):
            break
        if found and _EVERY.match(found[-1].written) and not _EVERY.match(text, at):
            at = found.pop().start  # "các cấp, ngành" is one (rule 18 of the annotations)
        found.append(_named(text, at, stop.start(), scope))
        joint = _NEXT.match(text, stop.start(), end)
        if joint is None:
            break
        at = joint.end()
    return found


def add_actors(text: str, start: int, end: int, mentions: list[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The agencies of a passage with the actors at its head, behind its orders and behind "phối hợp với"."""
    mentions = [_before_apposition(m, scope) for m in _with_ministries(text, start, end, mentions, scope)]
    mentions = _in_order(mentions)
    if bodies := _in_order(_unknown_bodies(text, start, end, mentions, scope)):
        mentions = _in_order([*without(mentions, [(b.start, b.end) for b in bodies]), *bodies])
    places = [start, *(place.end() for place in _PLACE.finditer(text, start, end))]
    # "Phòng Y tế, trưởng thôn": the list goes on behind an agency of the lexicon
    places += [joint.end() for m in mentions if (joint := _NEXT.match(text, m.end, end))]
    added = [actor for place in places for actor in _in_sentence(text, place, end, scope, mentions)]
    added += [*_each(text, start, end, scope), *_heads(text, start, end, mentions, scope)]
    added += _to_whom(text, start, end, scope)
    spans = sorted({(a.start, a.end) for a in added})
    named = _in_order([*without(mentions, spans), *added]) if added else mentions
    ends = {m.end for m in named}
    return [m for m in named if not _is_verb(text, m.start) and not _is_apposition(text, start, m, ends)]


def _before_apposition(name: AgencyRef, scope: Scope) -> AgencyRef:
    """A name without what it is said to be, where both were read as one ("Vụ A| - cơ quan thường trực Hội đồng B")."""
    apposed = _APPOSED_WITHIN.search(name.written)
    alone = canonical(name.written[: apposed.start()], scope) if apposed else None
    return replace(alone, start=name.start, end=name.start + apposed.start()) if alone and apposed else name


def _in_order(names: Sequence[AgencyRef]) -> list[AgencyRef]:
    return sorted(names, key=lambda name: name.start)


def _is_verb(text: str, at: int) -> bool:
    """Whether what looks like a body is the verb that a sentence begins with ("Tổ chức nghiên cứu …")."""
    return text.startswith("Tổ chức ", at) and _ARRANGES.match(text, at) is not None


def _with_ministries(
    text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope
) -> Sequence[AgencyRef]:
    """The names with the ministries, whose ministers stand before other heads ("Bộ trưởng, Thủ trưởng cơ quan …")."""
    if text.find("ộ trưởng", start, end) < 0:
        return mentions
    found = list(mentions)
    for told in _MINISTERS.finditer(text, start, end):
        at = next((i for i, m in enumerate(found) if m.start <= told.start() < m.end), None)
        if at is not None and (found[at].end <= told.end() or found[at].name.startswith("các Bộ")):
            continue
        if at is not None:  # the titles were taken for those of the next name
            found[at] = replace(found[at], start=told.end() + 1)
        actor = _named(text, *told.span(), replace(scope, place=()))
        found.append(replace(actor, name="các Bộ", head="các Bộ", level="trung ương", collective=True))
    return found


def _each(text: str, start: int, end: int, scope: Scope) -> list[AgencyRef]:
    return [_named(text, *each.span(), scope) for each in _EACH.finditer(text, start, end)]


def _to_whom(text: str, start: int, end: int, scope: Scope) -> list[AgencyRef]:
    """Those without a name of their own to whom something is reported ("cấp có thẩm quyền")."""
    told = (_named(text, *told.span("whom"), replace(scope, place=())) for told in _TO_WHOM.finditer(text, start, end))
    return [replace(whom, name=whom.name[:1].lower() + whom.name[1:]) for whom in told]


def _is_apposition(text: str, start: int, mention: AgencyRef, ends: set[int]) -> bool:
    """Whether a name only says what the one before it is ("Sở A - cơ quan thường trực Ban Chỉ đạo")."""
    if not _STANDING.match(text, mention.start, mention.end):
        return False
    link = _APPOSED.search(text, max(start, mention.start - 8), mention.start)
    return link is not None and link.start() in ends


def _unknown_bodies(text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """Bodies that no list has, where the sentence has its subject, behind its orders and behind "phối hợp với"."""
    known = {m.start: m for m in mentions}
    places: dict[int, Callable[[str, int, int, Sequence[AgencyRef]], int | None]] = {}
    for at, stop in sentences(text, start, end):
        places[at] = subject_end
        opened = _ADVERBIAL.match(text, at, stop)
        clauses = [c for c in _CLAUSE.finditer(text, at, stop) if c[0][0] == ";" or opened]
        clauses = [
            c
            for c in clauses
            if c[0][0] == ";" or not _IN_LIST.search(text, max(at, c.start() - _LIST_REACH), c.start())
        ]
        places.update({clause.end(): subject_end for clause in clauses})
    for place in _PLACE.finditer(text, start, end):
        places[place.end()] = partner_end if "hợp" in place[0].lower() else subject_end
    places.update({m.start: class_end for m in mentions if m.collective and m.start not in places})
    found: list[AgencyRef] = []
    for at, read_end in sorted(places.items()):
        if (found and at < found[-1].end) or (at in known and not _may_go_on(text, known[at])):
            continue
        ends = read_end(text, at, end, mentions)
        inside = starting(mentions, at, ends) if ends else ()
        parts = list(_parts(text, at, ends, inside)) if ends else []
        if any(text[s:e].count(" ") >= _WORDS for s, e in parts):
            continue
        for part in parts:
            found += _known(*part, inside, 0.95) or [_named(text, *part, scope)]
    return found + _list_members(text, end, [*mentions, *found], scope)


def _list_members(text: str, end: int, named: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """Bodies that no list has among those of a list ("Sở A, các nhà xuất bản, Sở B")."""
    found: list[AgencyRef] = []
    taken = _in_order([*named])
    for mention in taken:
        at = mention.end
        if (stop := bare_end(text, mention, end, taken)) and stop > at:
            found.append(_named(text, mention.start, stop, scope))
            at = stop
        while member := next_member(text, at, end, taken):
            found.append(_named(text, *member, scope))
            at = member[1]
    return found


def _may_go_on(text: str, known: AgencyRef) -> bool:
    return known.collective or is_bare(known) or text.startswith(("/", " và "), known.end)


def _heads(text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The issuer, where its head is told without a name."""
    found = []
    for head in _HEAD.finditer(text, start, end):
        unit = (head["unit"] or "trường").lower()
        taken = is_inside(mentions, head.start("title")) or starting(mentions, *head.span("title"))
        if not taken and scope.issuer and scope.issuer.lower().startswith(f"{unit} "):
            actor = _named(text, head.start("title"), head.end("title"), scope)
            found.append(replace(actor, name=scope.issuer, head=scope.issuer_head or scope.issuer))
    return found
