"""Actors that are named without a head of the agencies' lexicon: "Kế toán", "trưởng thôn", "các cấp, ngành"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from ingest.assigning.task_segments import is_imperative
from ingest.assigning.unknown_bodies import (
    begins_body,
    has_verb,
    is_bare,
    is_class,
    is_noun,
    is_proper,
    is_sentence,
)
from ingest.naming.abbreviations import spell_out
from ingest.naming.agencies import Scope
from ingest.naming.jurisdiction import bare_name, tier_of
from ingest.numbering import BULLET
from ingest.patterns import UPPER, any_of, cues, pattern
from ingest.record import AgencyRef
from ingest.section_kinds import kind_of

_LONGEST = 180
"""Characters: a longer heading is a sentence."""

_LONGEST_CLASS = 300
"""… which one of a class may be ("Các cơ sở sản xuất có lưu lượng khí thải lớn …")."""

WORDS = 22
"""Words of one actor at most."""

_RULE = "actor of a heading"
_KIND = "bộ phận"
_CONFIDENCE = 0.7

_ACTOR = pattern(rf"(?:(?:các|những|từng|mỗi) )?(?:{any_of(cues('task_cues', 'actors'))})(?!\w)")
# "Tổ chức đón khách về hội" is work, "Tổ chức đảng", "Tổ chức, cá nhân" are bodies
ARRANGES = pattern(
    rf"tổ chức (?!(?:{any_of(cues('task_cues', 'organised'))})(?! (?:nghị|thảo|thi|chợ|diễn|trại)(?!\w))(?!\w))[^\W\d_]"
)
# "Quản lý chợ nông thôn", "Phụ trách chuyên môn": a verb as well, which makes an actor among other actors only
VERB_TOO = pattern(rf"(?:quản lý|phụ trách) [^\W\d_]|{ARRANGES.pattern}")
# "V. TỔ CHỨC"
_BARE = pattern(r"(?:tổ chức|quản lý|phụ trách)\s*$")
_NO_ACTOR = pattern(rf"(?:{any_of(cues('task_cues', 'no_actors'))})(?!\w)")
# "Đối với …", "Đề nghị …", "Trách nhiệm của …", and "đồng chí" before a title
_DUTIES = r"(?:trách nhiệm|nhiệm vụ|quyền hạn|nghĩa vụ)"
_DUTY_OF = rf"{_DUTIES}(?:(?:,| và) {_DUTIES}){{0,2}}(?: chung| cụ thể| thực hiện| tổ chức thực hiện)? của"
_CHARGES = pattern(rf"{_DUTY_OF}(?!\w)")
_CONCERNING = pattern(r"đối với(?!\w)")
_OPENING = pattern(
    rf"(?:(?:đối với|(?:kính |trân trọng )?đề nghị|(?:tiếp tục )?giao|phân công|yêu cầu|{_DUTY_OF}"
    r"|đồng chí|đại diện|toàn thể|tập thể|lãnh đạo):? )+"
)
# ", các hộ", "; Đoàn trường", " và Tổ trưởng": where another actor of the list begins
_JOINT = re.compile(rf"\s*[,;+]\s*|\s+(?:và|cùng)\s+(?=(?:các|những)\s|[{UPPER}])")
EVERY = re.compile(r"các\s", re.IGNORECASE)
# "các tổ chức, cá nhân| và hộ gia đình| khai thác nước": households are no bodies
_HOUSEHOLDS = re.compile(r"(?:,| và) (?:các )?(?:hộ gia đình|hộ dân|người dân|nhân dân|du khách)(?= |$)", re.IGNORECASE)
# "người đứng đầu |cơ sở đóng thuyền" stands for it, as all heads do
_HEADING = pattern(
    r"^(?:người đứng đầu|thủ trưởng|lãnh đạo) (?=(?:các )?(?:cơ (?:sở|quan)|đơn vị|tổ chức|doanh nghiệp)(?!\w))"
)
_POINTING = re.compile(r"\s+(?:nêu|nói|kể|ghi) trên$|\s+(?:sau|dưới) đây$", re.IGNORECASE)
# "Văn phòng nhà trường", "các công ty thuộc phạm vi quản lý của Bộ": whose document it is
_SELF = re.compile(r"\s+(nhà trường|của Bộ|của Sở|thuộc Bộ|thuộc Sở|của trường|của cơ quan|của đơn vị)$", re.IGNORECASE)

# "Phó Hiệu trưởng Lê Văn An", "Ông Trần Bình": people are kept as printed
_PERSON = re.compile(
    r"(?:ông|bà|cô|thầy|anh|chị|đ/c|đồng chí|(?:phó )?(?:hiệu trưởng|giám đốc|chủ tịch|bí thư|trưởng)\b[\w\s-]*?)\.?\s+"
    rf"(?-i:[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{1,4}})",
    re.IGNORECASE,
)
# "Các Phó Chủ tịch": those who head no agency are kept as printed
_DEPUTY = re.compile(r"(?:các )?phó (?:chủ tịch|bí thư|chủ nhiệm|trưởng ban)(?!\w)", re.IGNORECASE)
# "Chuyên viên phụ trách lĩnh vực Hành chính": persons told by their field
_IN_CHARGE = re.compile(
    r"(?:(?:các|những) )?(?:ủy viên|chuyên viên|cán bộ)[^;:]*?\bphụ trách lĩnh vực\b.*", re.IGNORECASE
)
# "Đại sứ quán Lào", "các Đại sứ quán tại Việt Nam"
_FOREIGN = pattern(rf"(?:các )?(?:{any_of(cues('task_cues', 'foreign_bodies'))})(?!\w)")
# "các đồng chí| chuyên viên", "Đ/c |Phó Chủ tịch Thường trực"
_COURTESY = re.compile(r"^(?P<every>(?:các )?)(?:đồng chí|đ/c)\s+", re.IGNORECASE)
# "Kế toán phải", "Trưởng thôn được": a sentence
_PREDICATE = pattern(
    r"(?<!\w)(?:phải|cần|đã|sẽ"
    r"|được(?! (?:giao|phân công|cấp|ủy quyền|chỉ định|lựa chọn|thuê|đầu tư|hỗ trợ)(?!\w))"
    r"|bị|là|không|để|nhằm|do|(?<!cơ.quan.)(?<!đơn.vị.)chủ trì|thực hiện|phối hợp (?:với|cùng|chặt))(?!\w)"
)
_FAMILY = any_of(cues("task_cues", "family_names"))
_OTHER_NAMES = rf"(?:\s+[{UPPER}][^\W\d_{UPPER}]*){{1,4}}"
# "Lê Văn An", as a whole; two of them under one another, as a cell prints them
_NAME = re.compile(rf"{_FAMILY}{_OTHER_NAMES}")
_NAMES_BELOW = re.compile(rf"\s*[\n/]\s*(?={_FAMILY}\s+[{UPPER}])")
# "Nhà trường", "Ban giám hiệu": the school itself
_SCHOOL = re.compile(r"(?:ban giám hiệu|nhà trường|lãnh đạo (?:nhà )?trường|trường)(?:\s+nhà trường)?", re.IGNORECASE)

# "Các đơn vị |có giếng khoan", "Cơ quan |được giao lập quy hoạch": what goes on with a class
_TAIL = pattern(
    r"(?:có(?! trách nhiệm| nhiệm vụ)|được|tham gia|hoạt động|sử dụng|quản lý|cung cấp|sản xuất|kinh doanh|làm|đang"
    r"|thực hiện|cấp)(?!\w)"
)
# "Các đơn vị cấp nước| có trách nhiệm:", "Ban kiểm phiếu| có các nhiệm vụ, quyền hạn sau đây:" over points
_DUTY = pattern(
    r"\s+(?:có|chịu)(?: các| những)?(?: chức năng,)? (?:trách nhiệm|nhiệm vụ)"
    r"(?:(?:,| và) (?:quyền hạn|trách nhiệm|nhiệm vụ))?(?: chính| chủ yếu| cụ thể)?"
    r"(?: (?:như sau|(?:sau|dưới) đây|sau))?$"
)
# "Người đứng đầu cơ quan| trong phạm vi nhiệm vụ của mình"
_BOUNDS = pattern(r",? (?:trong phạm vi|theo (?:chức năng|thẩm quyền|nhiệm vụ)|căn cứ|tùy theo|tuỳ theo)(?!\w)")
_DUTY_REACH = 70
# "Sở Tư pháp tỉnh A |và|", "Doanh nghiệp |không| phải …": no name ends in these
_NO_END = pattern(
    r"(?:[\s,;:–-]|(?<!\w)(?:và|hoặc|không|đều|cũng|có thể|ra|xin|mà|thì|là|các|những"
    r"|(?<!chứng.)(?<!tín.)(?<!địa.)chỉ|(?<!trật.)(?<!thứ.)(?<!trình.)tự))+$"
)
# "tổ chức, cá nhân kê khai giá| có trách nhiệm| lập …"
_OBLIGED = pattern(r" (?:(?:có|chịu) trách nhiệm(?! tổng hợp)|có nhiệm vụ|phải)(?!\w)")
# "|- |Tổ A|. - |Tổ B": the bullets of a cell's lines
_BULLET = re.compile(rf"(?<![^\s.;|]){BULLET}\s+(?=[{UPPER}])")


# "Cơ quan chủ trì |giải quyết hồ sơ" among headings of actors: of what work
_OF_WORK = pattern(r"(?:cơ quan|đơn vị|bộ phận) (?:chủ trì|phối hợp|đầu mối)(?!\w)[^.:;]*$")


_ANY_BODY = "(?:cơ quan|tổ chức|đơn vị|cá nhân)"
GENERIC = pattern(
    rf"(?:các |những )?{_ANY_BODY}(?:(?:, | và )(?:các )?{_ANY_BODY})*(?: nhà nước)?(?: có thẩm quyền)?(?!\w)"
)
# "Các sở, ngành| chủ trì, tham gia các dự án" as a title: which of them
_DOES = pattern(r" (?:chủ trì|quản lý|tham gia|phụ trách|thực hiện|được)(?!\w)[^.:;]*$")


# "các đơn vị có quầy một cửa", "các cơ quan, đơn vị chủ trì nhiệm vụ" of a ministry's plan
_OWN_UNITS = pattern(
    r"các (?:cơ quan, )?đơn vị (?:được giao|chủ trì|có(?! (?:liên quan|thẩm quyền|chức năng)(?!\w)))(?!\w)"
)


def list_parts(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> Iterator[tuple[int, int]]:
    """The actors of a list; a class with one "các" ("Các tập đoàn, công ty thuộc Bộ") and known names stay whole."""
    at = start
    named = is_proper(text, start, end)
    indefinite = not named and begins_body(text, start, end) is not None  # "Báo, tạp chí ngành Tài chính"
    classes = {m.start for m in mentions if m.collective}
    small = not text[start : start + 1].isupper() and is_noun(text, start, end)  # "doanh nghiệp, viện nghiên cứu"
    joints = sorted([*_JOINT.finditer(text, start, end), *_NAMES_BELOW.finditer(text, start, end)], key=re.Match.start)
    for joint in joints:
        if joint.end() >= end:
            end = joint.start()  # "Đội vớt bèo,": nothing follows
            break
        inside = any(m.start < joint.start() and joint.end() < m.end for m in mentions)
        # "Phó Chủ tịch, phụ trách Giám sát và Phản biện" is one
        inside = inside or "phụ trách " in text[at : joint.end() + len("phụ trách ")]
        # "cơ quan, tổ chức, đơn vị quản lý người lao động" are one class
        if not inside and GENERIC.fullmatch(text, at, joint.start()) and GENERIC.match(text, joint.end(), end):
            continue
        # "Ban Chỉ huy cấp tỉnh, cấp xã" is one
        inside = inside or (text.startswith("cấp ", joint.end()) and " cấp " in text[at : joint.start()])
        every = (EVERY.match(text, at) or indefinite or at in classes) and not EVERY.match(text, joint.end())
        # "Viện Văn hóa, Nghệ thuật": the commas are the name's own
        inside = inside or (
            named and not any(m.start == joint.end() for m in mentions) and not is_noun(text, joint.end(), end)
        )
        capitals = text[at].isupper() and text[joint.end()].isupper() and not EVERY.match(text, at)
        if capitals and not inside and is_noun(text, joint.end(), end):
            yield at, joint.start()  # "Viện, Trường"
            at = joint.end()
            continue
        if small and not inside and not is_noun(text, joint.end(), end):
            continue  # "cơ quan thông tấn, báo chí"
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


def known_within(start: int, end: int, mentions: Sequence[AgencyRef], share: float = 0.7) -> list[AgencyRef]:
    """The agencies of the lexicon that make up a part, at least this share of it."""
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    covered = sum(m.end - m.start for m in inside)
    return inside if inside and covered > share * (end - start) else []


def _is_department(head: str, issuer: str) -> bool:
    """Whether a body that no list has is one of the ministry that writes ("Cục Phòng, chống HIV/AIDS")."""
    if issuer.startswith("Bộ ") and _OWN_UNITS.match(head):
        return True
    return issuer.startswith("Bộ ") and head.startswith(("Cục ", "Vụ ", "Thanh tra ")) and not head.endswith("Việt Nam")


def _name_end(text: str, start: int, end: int) -> int:
    """Where a name ends of which more was taken: before what it has to do, and before a word that no name ends in."""
    obliged = _OBLIGED.search(text, start, end)
    end = obliged.start() if obliged else end
    more = _NO_END.search(text, start, end)
    return more.start() if more and more.start() > start else end


def name_actor(text: str, start: int, end: int, scope: Scope) -> AgencyRef:
    end = _name_end(text, start, end)
    written = text[start:end]
    words = _POINTING.sub("", _HEADING.sub("", _HOUSEHOLDS.sub("", spell_out(written, scope.explained))))
    words = words if _PERSON.fullmatch(words) else _COURTESY.sub(r"\g<every>", words)
    head = words if EVERY.match(words) else words[:1].upper() + words[1:]
    parent = None
    shown = scope.place[-1] if scope.place else ""
    if shown and head.lower().endswith(f" {tier_of(shown)}"):
        shown = bare_name(shown)  # "Cấp huyện Yên Dũng", "các trạm bơm trên địa bàn huyện Yên Dũng"
    elif shown and head.endswith(f" {shown}"):
        shown = ""
    if _FOREIGN.match(words):
        scope, shown = replace(scope, place=(), level="trung ương"), ""
    elif _PERSON.fullmatch(words) or _NAME.fullmatch(words) or _DEPUTY.match(words) or _IN_CHARGE.fullmatch(words):
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
        collective=bool(EVERY.match(words)),
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
    end = duty.start() if duty else end
    bounds = _BOUNDS.search(text, start, end)
    return bounds.start() if bounds else end


def _may_be_actor(text: str, at: int, end: int, *, among_actors: bool) -> bool:
    """Whether no word of a heading says that it is a sentence, or names something else than actors."""
    if _PREDICATE.search(text, at, end) or _NO_ACTOR.match(text, at, end) or _BARE.match(text, at, end):
        return False
    return among_actors or not VERB_TOO.match(text, at, end)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a passage whose first begins with a bullet ("- Tổ A - Tổ B"); all of it where none does."""
    first = _BULLET.match(text, start, end)
    if first is None:
        return [(start, end)]
    marks = [(bullet.start(), bullet.end()) for bullet in _BULLET.finditer(text, first.end(), end)]
    return list(zip([first.end(), *(at for _, at in marks)], [*(at for at, _ in marks), end], strict=True))


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
    read = partial(_of_line, mentions=mentions, scope=scope, among_actors=among_actors, heading=heading, cell=cell)
    lines = _lines(text, start, end)
    if not cell:
        return read(text, lines[0][0], end)
    return [actor for at, stop in lines for actor in read(text, at, stop)]


def _of_line(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[AgencyRef],
    scope: Scope,
    *,
    among_actors: bool,
    heading: bool,
    cell: bool,
) -> list[AgencyRef]:
    """The actors of a heading, or of one line of a cell."""
    titled = heading and text[end - 1] not in ":."
    on_duty = heading and _DUTY.search(text[start:end].rstrip(" :.;\n\t")) is not None
    end = _end_of_names(text, start, end)
    opening = _OPENING.match(text, start, end)
    at = opening.end() if opening else start
    colon = text.find(": ", at, end)
    labelled = known_within(colon + 2, end, mentions) if colon > 0 and not known_within(at, colon, mentions, 0) else []
    if labelled:
        return labelled  # "Cơ quan quản lý: Sở Nông nghiệp"
    charged = at > start and _CHARGES.match(text, start, at) is not None
    charged = charged or (heading and _CONCERNING.match(text, start, at) is not None and is_class(text, at, end))
    of_work = among_actors and _OF_WORK.match(text, at, end) is not None
    if titled and among_actors and mentions and EVERY.match(text, at) and _DOES.match(text, mentions[0].end, end):
        tail = spell_out(text[mentions[0].end : end].strip(), scope.explained)
        return [_longer(text, mentions[0], end, tail)] if mentions[0].start == at else []
    if heading and not charged and not of_work and is_sentence(text, at, end, mentions):
        return []  # "Hội đồng A xét duyệt các danh hiệu sau:" leads as a sentence does
    unknown = heading and begins_body(text, at, end)
    if not 2 < end - at <= (_LONGEST_CLASS if unknown or cell else _LONGEST) or ARRANGES.match(text, at, end):
        return []
    if not charged and not cell and not _may_be_actor(text, at, end, among_actors=among_actors):
        return []
    told = charged or on_duty or (among_actors and not kind_of(text[at:end]))
    if unknown and not _ACTOR.match(text, at, end):
        told = charged or not has_verb(text, at, end, mentions)  # else it is a sentence
    elif is_imperative(text, at, end):
        told = False
    if not told and not _ACTOR.match(text, at, end):
        return []
    found: list[AgencyRef] = []
    for part_start, part_end in list_parts(text, at, end, mentions):
        if part_start > at and is_imperative(text, part_start, part_end) and not is_noun(text, part_start, part_end):
            return []  # "Quản lý, vận hành và khai thác" is work
        known = known_within(part_start, part_end, mentions)
        if not known and not unknown and text[part_start:part_end].count(" ") >= WORDS:
            return []
        found += known or [name_actor(text, part_start, part_end, scope)]
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
    return _longer(text, mention, stop, words)


def _longer(text: str, mention: AgencyRef, stop: int, words: str) -> AgencyRef:
    if mention.parent and mention.name.endswith(f" {mention.parent}"):  # "các phòng| tham gia lớp học" of the Sở
        alone = mention.name.removesuffix(f" {mention.parent}")
        named = f"{alone} {words}"
        return replace(mention, name=f"{named} {mention.parent}", end=stop, written=text[mention.start : stop])
    named = f"{mention.head} {words}"
    name = mention.name.replace(mention.head, named, 1) if mention.head in mention.name else mention.name
    return replace(mention, name=name, head=named, end=stop, written=text[mention.start : stop])
