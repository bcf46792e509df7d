"""Actors in a sentence: at its head, behind its orders, behind "phối hợp với", and to whom something is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from ingest.assigning.acting_places import acting_places, listed_places
from ingest.assigning.actors import (
    ARRANGES,
    EVERY,
    GENERIC,
    VERB_TOO,
    WORDS,
    known_within,
    list_parts,
    name_actor,
    names_actor,
)
from ingest.assigning.named import starting, without
from ingest.assigning.office_holders import as_deputies, heads_alone, in_charge, with_ministries
from ingest.assigning.task_segments import OTHER_DUTY, is_imperative, sentences
from ingest.assigning.unknown_bodies import (
    bare_end,
    class_end,
    is_bare,
    is_noun,
    next_member,
    part_end,
    partner_end,
    says_which,
    subject_end,
)
from ingest.naming.agencies import Scope, canonical
from ingest.naming.secretaries import secretaries
from ingest.patterns import LOWER, any_of, begun, cues, pattern, unless_noun, whole
from ingest.record import AgencyRef

_BEHIND_NAMES = ("verbs", "manner", "predicates", "no_verbs", "other_verbs")
_INSIDE = frozenset(cues("task_cues", "verbs_in_names"))
# where an actor may stand in a sentence: behind an order or "phối hợp với"
_MANNERS = ("", " chặt chẽ", " tốt", " hiệu quả", " kịp thời", " thường xuyên", " đồng bộ", " thực hiện")
_TOGETHER = [f"phối hợp{manner}{link}" for manner in _MANNERS for link in ("", " với", " cùng", " cùng với")]
_WITH = [f"phối hợp{link} {verb}" for link in (",", " và") for verb in cues("task_cues", "joined_verbs")]
_PLACE = pattern(f"{whole([*cues('task_cues', 'orders'), 'cùng với', *_TOGETHER, *_WITH])} ")
_IN_TEXT = pattern(rf"(?:(?:các|những|từng|mỗi) )?(?:{any_of(cues('task_cues', 'actors_in_text'))})(?!\w)")
# "bản giấy", "xã hội hóa"
_NO_ACTOR = pattern(rf"(?:{any_of(cues('task_cues', 'no_actors'))})(?!\w)")
# "mỗi cơ quan, tổ chức phải …", "từng địa phương": at the head of a sentence, or behind its first phrase
_BODY = r"(?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân|doanh nghiệp|cấp|ngành|gia đình)"
_EACH = pattern(
    rf"{begun(['mỗi', 'từng'])} {_BODY}(?:(?:,| và) {_BODY}(?!\w))*"
    r"(?= (?:phải|cần|có trách nhiệm|chịu trách nhiệm|chủ động|tự)(?!\w))"
)
_EACH_OF = pattern(r"(?<!\w)(mỗi|từng)\s+$")
# "trưởng thôn |lập danh sách", "lực lượng chức năng| trong …": where the name ends
_ENDING = any_of({w for key in _BEHIND_NAMES for w in cues("task_cues", key)} - _INSIDE)
_ENDS = pattern(rf"[,;:.()]|\n\s*\n| {unless_noun()}(?:{_ENDING})(?!\w)")
# "Sở A - cơ quan thường trực Ban Chỉ đạo", "(đơn vị đầu mối)"
_STANDING = pattern(r"(?:các )?(?:cơ quan|đơn vị|bộ phận) (?:thường trực|đầu mối|chủ trì|giúp việc)(?!\w)")
_APPOSED_WITHIN = pattern(r"\s*[-–] (?:là )?(?:cơ quan|đơn vị|bộ phận) (?:thường trực|đầu mối|chủ trì|giúp việc)(?!\w)")
_APPOSED = pattern(r"\s*[-–,(]\s*(?:là )?$")
# "báo cáo |cấp có thẩm quyền", "gửi |cơ quan tài chính cùng cấp để tổng hợp"
_TO_WHOM = pattern(
    r"(?<!để.)(?<!để.tổng.hợp.)(?<!để.tổng.hợp,.)(?:báo cáo|gửi|phản [áả]nh)"
    r"(?:[^.;:,]{0,80}? (?:về|lên|cho|đến|tới|với))?"
    rf"(?:(?:,| và|,? hoặc) (?:{any_of(cues('task_cues', 'with_report'))}))*(?: (?:ngay|kịp thời))? "
    r"(?P<whom>(?:các )?(?:cấp thẩm quyền|(?:cấp|cơ quan|đơn vị)(?: nhà nước)? (?:có thẩm quyền|cấp trên|chủ quản"
    r"|quản lý (?:cấp trên|trực tiếp|chuyên ngành)|tài chính(?: cùng cấp)?|chịu trách nhiệm tổng hợp)))(?!\w)"
)
_REPORT_WORDS = ("thẩm", "cấp", "quản", "tài", "tổng")  # one of which is in each of them
# "các cơ quan| chủ trì": whoever that is, not all agencies
_WHOEVER = pattern(r" (?:chủ trì|phối hợp|đầu mối|soạn thảo|chủ trì (?:soạn thảo|thẩm định|xây dựng))$")
# "…; các nhà xuất bản", "…, mỗi trạm bơm": where a clause may have its subject
_CLAUSE = pattern(r"[;,](?: (?=(?:các|mỗi|từng|những) )|(?<=;) )")
_LIST_REACH = 120
"""Characters before a comma in which the class stands that a list goes on with."""

# "… vận động các cấp, các ngành": the comma goes on with a list
_IN_LIST = pattern(r"(?<!\w)(?:các|những|mọi) [^,;.]*$")
_ADVERBIAL = pattern(rf"(?:{any_of([*cues('task_cues', 'adverbials'), *cues('task_cues', 'conditions')])})(?!\w)")
# "bộ phận được phân công| có trách nhiệm …", but "… có trách nhiệm của nhiều người"
_DUTY = pattern(r" (?:(?:có|chịu) trách nhiệm|có nhiệm vụ|(?P<must>phải))(?! của)(?!\w)")
_DUTY_WORDS = ("nhiệm", "phải")  # one of which is in each of them
_ACTS = pattern(
    r"(?<!\w)(?:phải|cần|đã|sẽ|có thể|là|thì|mà|căn cứ|khẩn trương|nghiêm túc|tiếp tục|tập trung|kịp thời)(?!\w)"
)
# "Các hộ tự cắt tỉa cây |và| chịu trách nhiệm": the duty is the second thing that they do
_JOINS_VERB = pattern(r"(?:,|và)$")
# "Trong thời hạn 05 ngày, |đơn vị chủ trì| gửi hồ sơ", not "phân công cơ quan, đơn vị chủ trì giải quyết"
_PARTY = pattern(
    r",(?<!cơ.quan,) (?P<party>(?:cơ quan|đơn vị|bộ phận) (?:chủ trì|phối hợp|đầu mối|thường trực)) "
    rf"(?=(?-i:[{LOWER}])){unless_noun()}(?:{any_of(cues('task_cues', 'verbs'))})(?!\w)"
)
_DUTY_REACH = 200
"""Characters at the head of a sentence in which its subject stands."""

# "…, |Tỉnh| nghiên cứu …": a place acts, whose name was told before
_PLACE_ALONE = re.compile(rf"(?:Tỉnh|Thành phố) [{LOWER}]")
_BREAK = re.compile(r"[.;:()]|\n\s*\n")
_MORE = pattern(r",| và ")
# "Đối với vụ việc ở thôn thì |cơ quan, tổ chức quản lý người đó …"
_THEN = pattern(r" thì ")
_COMMA = re.compile(r",\s+")
# ", ", " và ": between the actors of a list
_NEXT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")
_JOINED = pattern(r"\s*,\s*(?:và )?| và |\s*và ")
_LONGEST_IN_TEXT = 80
"""Characters of an actor's name in a sentence."""


def _in_sentence(text: str, at: int, end: int, scope: Scope, taken: Sequence[AgencyRef]) -> list[AgencyRef]:
    """The list of actors that begins at a place; empty where an agency of the lexicon or another word stands there."""
    found: list[AgencyRef] = []
    while at < end and (word := _IN_TEXT.match(text, at, end)) and not _NO_ACTOR.match(text, at, end):
        stop = _ENDS.search(text, word.end(), min(end, at + _LONGEST_IN_TEXT))
        others = starting(taken, at, stop.start()) if stop else ()
        if stop is None or (others and not (_WHOEVER.search(word[0]) and others[-1].end < word.end())):
            break
        if found and EVERY.match(found[-1].written) and not EVERY.match(text, at):
            at = found.pop().start  # "các cấp, ngành" is one (rule 18 of the annotations)
        name_end = at + len(text[at : stop.start()].rstrip())
        found.append(name_actor(text, at, name_end, scope))
        joint = _NEXT.match(text, stop.start(), end)
        if joint is None:
            break
        at = joint.end()
    return found


def add_actors(text: str, start: int, end: int, mentions: list[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The agencies of a passage with the actors at its head, behind its orders and behind "phối hợp với"."""
    mentions = [as_deputies(_before_apposition(m, scope)) for m in with_ministries(text, start, end, mentions, scope)]
    mentions = _in_order(mentions)
    ordered = list(_PLACE.finditer(text, start, end))
    if bodies := _in_order(_unknown_bodies(text, start, end, ordered, mentions, scope)):
        mentions = _in_order([*without(mentions, [(b.start, b.end) for b in bodies]), *bodies])
    places = [start, *(place.end() for place in ordered)]
    # "Phòng Y tế, trưởng thôn": the list goes on behind an agency of the lexicon
    places += [other.end() for other in OTHER_DUTY.finditer(text, start, end)]
    places += [joint.end() for m in mentions if (joint := _NEXT.match(text, m.end, end))]
    added = [actor for place in places for actor in _in_sentence(text, place, end, scope, mentions)]
    if added:
        taken = _in_order([*mentions, *added])
        added += [member for actor in added for member in _members_behind(text, actor.end, end, taken, scope)]
    added += [
        *_each(text, start, end, scope),
        *acting_places(text, start, end, mentions, scope),
        *heads_alone(text, start, end, mentions, scope),
        *in_charge(text, start, end, scope),
    ]
    added += _to_whom(text, start, end, scope)
    added += _parties(text, start, end, mentions, scope)
    listed = listed_places(text, start, end, mentions, scope)
    added = [*without(_in_order(added), [(a.start, a.end) for a in listed]), *listed] if listed else added
    spans = sorted({(a.start, a.end) for a in added})
    named = _in_order([*without(mentions, spans), *added]) if added else mentions
    if committees := secretaries(text, start, end, named):
        named = _in_order([*named, *committees])
    ends = {m.end for m in named}
    kept = (m for m in named if not _is_verb(text, m.start) and not _is_apposition(text, start, m, ends))
    return [_each_of(text, start, m) for m in kept]


def _parties(text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """Who a text calls by their part in the work, as the subject behind a sentence's first phrase."""
    if _PARTY.search(text, start, end) is None:
        return []
    taken = {m.start for m in mentions}
    return [
        name_actor(text, *party.span("party"), scope)
        for at, stop in sentences(text, start, end)
        if _ADVERBIAL.match(text, at, stop)
        for party in _PARTY.finditer(text, at, min(stop, at + _DUTY_REACH))
        if party.start("party") not in taken
    ]


def _before_apposition(name: AgencyRef, scope: Scope) -> AgencyRef:
    """A name without what it is said to be, where both were read as one ("Vụ A| - cơ quan thường trực Hội đồng B")."""
    apposed = _APPOSED_WITHIN.search(name.written)
    alone = canonical(name.written[: apposed.start()], scope) if apposed else None
    return replace(alone, start=name.start, end=name.start + apposed.start()) if alone and apposed else name


def _each_of(text: str, start: int, name: AgencyRef) -> AgencyRef:
    """A class with the word before it that says that each of it is meant: "|từng| sở, ngành", "|mỗi| xã, phường"."""
    each = _EACH_OF.search(text, max(start, name.start - 8), name.start) if name.collective else None
    if each is None:
        return name
    written, word = text[each.start() : name.end], each[1].lower()
    return replace(name, start=each.start(), name=f"{word} {name.name}", head=f"{word} {name.head}", written=written)


def _in_order(names: Sequence[AgencyRef]) -> list[AgencyRef]:
    return sorted(names, key=lambda name: name.start)


def _is_verb(text: str, at: int) -> bool:
    """Whether what looks like a body is the verb that a sentence begins with ("Tổ chức nghiên cứu …")."""
    return text.startswith("Tổ chức ", at) and ARRANGES.match(text, at) is not None


def _each(text: str, start: int, end: int, scope: Scope) -> list[AgencyRef]:
    low = text[start:end].lower()
    if "mỗi" not in low and "từng" not in low:
        return []
    return [name_actor(text, *each.span(), scope) for each in _EACH.finditer(text, start, end)]


def _to_whom(text: str, start: int, end: int, scope: Scope) -> list[AgencyRef]:
    """Those without a name of their own to whom something is reported ("cấp có thẩm quyền")."""
    low = text[start:end].lower()
    if not any(word in low for word in _REPORT_WORDS):
        return []
    told = (
        name_actor(text, *told.span("whom"), replace(scope, place=())) for told in _TO_WHOM.finditer(text, start, end)
    )
    return [replace(whom, name=whom.name[:1].lower() + whom.name[1:]) for whom in told]


def _is_apposition(text: str, start: int, mention: AgencyRef, ends: set[int]) -> bool:
    """Whether a name only says what the one before it is ("Sở A - cơ quan thường trực Ban Chỉ đạo")."""
    if not _STANDING.match(text, mention.start, mention.end):
        return False
    link = _APPOSED.search(text, max(start, mention.start - 8), mention.start)
    # "Sở A, các đơn vị đầu mối giao kế hoạch" is a list
    listed = link is not None and "," in link[0] and EVERY.match(text, mention.start) is not None
    return link is not None and link.start() in ends and not listed


def _unknown_bodies(
    text: str, start: int, end: int, ordered: Sequence[re.Match[str]], mentions: Sequence[AgencyRef], scope: Scope
) -> list[AgencyRef]:
    """Bodies that no list has, where the sentence has its subject, behind its orders and behind "phối hợp với".

    Args:
        ordered: the passage's orders and words of concert.
    """
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
    for place in ordered:
        with_small = place[0].rstrip().lower().endswith(("với", "cùng"))
        reads_partner = partial(partner_end, with_small=with_small)
        places[place.end()] = reads_partner if "hợp" in place[0].lower() else subject_end
    partners = _partners(text, [at for at, read_end in places.items() if isinstance(read_end, partial)], mentions)
    for m in mentions:
        if m.collective and m.start not in places:
            places[m.start] = partner_end if m.start in partners else class_end
    found: list[AgencyRef] = []
    for at, read_end in sorted(places.items()):
        if (found and at < found[-1].end) or (at in known and not _may_go_on(text, known[at])):
            continue
        if _PLACE_ALONE.match(text, at):
            continue
        ends = read_end(text, at, end, mentions)
        inside = starting(mentions, at, ends) if ends else ()
        parts = list(list_parts(text, at, ends, inside)) if ends else []
        if any(text[s:e].count(" ") >= WORDS for s, e in parts):
            continue
        for part in parts:
            found += known_within(*part, inside, 0.95) or [name_actor(text, *part, scope)]
    taken = {body.start for body in found}
    found += [actor for actor in _on_duty(text, start, end, mentions, scope) if actor.start not in taken]
    return found + _list_members(text, end, [*mentions, *found], scope)


def _partners(text: str, starts: Sequence[int], mentions: Sequence[AgencyRef]) -> set[int]:
    """Where the names stand with which a list of partners that begins at one of the places goes on."""
    found: set[int] = set()
    listed = set(starts)
    for before, name in pairwise(mentions):
        if before.start in listed and _JOINED.fullmatch(text, before.end, name.start):
            listed.add(name.start)
            found.add(name.start)
    return found


def _on_duty(text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """Those before "có trách nhiệm" whom no list has: "Tổ chức hành nghề công chứng, UBND xã có trách nhiệm …"."""
    found: list[AgencyRef] = []
    low = text[start:end].lower()
    if not any(word in low for word in _DUTY_WORDS):
        return found
    for at, stop in sentences(text, start, end):
        duty = _DUTY.search(text, at, min(stop, at + _DUTY_REACH))
        if duty is None or _BREAK.search(text, at, duty.start()) or _JOINS_VERB.search(text, at, duty.start()):
            continue
        phrase = _ADVERBIAL.match(text, at, stop)
        if duty["must"] and not phrase:
            continue
        begin = _behind_phrase(text, at, duty.start(), mentions) if phrase else at
        if begin is None or not (names_actor(text, begin, stop) or starting(mentions, begin, begin + 1)):
            continue
        for part in _actors_on_duty(text, begin, duty.start(), mentions):
            known = [m for m in starting(mentions, part[0], part[0] + 1) if not _MORE.match(text, m.end)]
            # "cơ quan, tổ chức| quản lý người đó có trách nhiệm": which of them
            which = any(m.end < part[1] - 1 and says_which(text, m, part[1]) for m in known)
            known = [m for m in known if m.end >= part[1] - 1 or not GENERIC.fullmatch(m.written)]
            known = [] if which else known or known_within(*part, mentions, 0.5)
            # "Cơ quan A phải báo cáo, người đứng đầu| chịu trách nhiệm" is a sentence, "Khoa học| phải …" is no body
            other = _ACTS.search(text, *part) or _NO_ACTOR.match(text, *part) or VERB_TOO.match(text, *part)
            if not known and not other and names_actor(text, *part):
                found.append(name_actor(text, *part, scope))
    return found


def _actors_on_duty(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> list[tuple[int, int]]:
    """The parts of a subject; one that begins with a verb goes on with the one before ("đơn vị quản lý|, vận hành")."""
    parts: list[tuple[int, int]] = []
    for at, stop in list_parts(text, start, end, mentions):
        if parts and text[at].islower() and is_imperative(text, at, stop) and not is_noun(text, at, stop):
            at = parts.pop()[0]
        parts.append((at, stop))
    return parts


def _behind_phrase(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> int | None:
    """Where the subject begins behind a sentence's first phrase ("Hằng quý, |bộ phận được phân công")."""
    then = _THEN.search(text, start, end)
    if then and (names_actor(text, then.end(), end) or starting(mentions, then.end(), then.end() + 1)):
        return then.end()
    for comma in _COMMA.finditer(text, start, end):
        if names_actor(text, comma.end(), end) or starting(mentions, comma.end(), comma.end() + 1):
            return comma.end()
    return None


def _list_members(text: str, end: int, named: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """Bodies that no list has among those of a list ("Sở A, các nhà xuất bản, Sở B")."""
    found: list[AgencyRef] = []
    taken = _in_order([*named])
    for mention in taken:
        at = mention.end
        stop = bare_end(text, mention, end, taken) or part_end(text, mention, end, taken)
        if stop and stop > at:
            found.append(name_actor(text, mention.start, stop, scope))
            at = stop
        found += _members_behind(text, at, end, taken, scope)
    return found


def _members_behind(text: str, at: int, end: int, taken: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The bodies that a list goes on with behind a place."""
    found: list[AgencyRef] = []
    while member := next_member(text, at, end, taken):
        found.append(name_actor(text, *member, scope))
        at = member[1]
    return found


def _may_go_on(text: str, known: AgencyRef) -> bool:
    return known.collective or is_bare(known) or text.startswith(("/", " và "), known.end)
