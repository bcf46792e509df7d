"""Bodies that no list has, told by their place in a sentence: "Các nhà xuất bản tổ chức …", "giao Viện Địa chất …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assigning.named import is_inside, name_at, starting
from ingest.patterns import LOWER, UPPER, any_of, cues, pattern, unless_noun
from ingest.record import AgencyRef

_LONGEST = 200
"""Characters of a list of bodies, at most."""

_EVERY = r"(?:(?:tất cả |toàn bộ )?các|những|mỗi|từng)"
_NOUNS = frozenset(cues("task_cues", "bodies"))
_NOUN = any_of(_NOUNS)
_NO_BODY = any_of(cues("task_cues", "no_actors"))
# "các nhà xuất bản", "Viện Địa chất"
_BODY = pattern(
    rf"(?:{_EVERY} |(?=(?-i:[{UPPER}]))(?!tổ chức))(?!(?:{_NO_BODY})(?!\w))(?P<noun>{_NOUN})"
    r"(?! ?(?:trưởng|viên)(?!\w)|\w)"
)
_FIRST_SMALL = frozenset("cmnt")  # "các", "mỗi", "những", "từng", "toàn bộ các"
_NO_BODY_AT = pattern(rf"(?:{_NO_BODY})(?!\w)")
_NOUN_AT = pattern(rf"(?:{_NOUN})(?!\w)")
_IN_LIST = pattern(rf"(?<!\w)(?:các|những|mỗi|từng|và|,) (?P<noun>{_NOUN})(?!\w)")
# "Viện |Địa chất", "Ban Quản lý |các khu công nghiệp", "Báo|, tạp chí"
_CAPITAL = re.compile(rf"\s+[{UPPER}]|\s+các\s")
_NAME_FOLLOWS = pattern(rf" (?-i:[{UPPER}])| các |, (?:{_NOUN})(?!\w)")
_KIND_REACH = 100
"""Characters of the words that say of what kind a body is."""

# a verb right behind these says what they are for
_FOR_ONE_MATTER = pattern(r"(?<!\w)(?:tổ|đội|đoàn|ban|nhóm|bộ phận|hội đồng|tiểu ban)$")
# "phối hợp |phòng nghiệp vụ Công an huyện": what else can be worked with
_OFFICE = pattern(r"(?:phòng|chi cục|trung tâm|trạm|hạt kiểm lâm|lực lượng|công ty) (?!ngừa|chống|ban|tránh)\w")
# "Công ty |đã cơ bản chấp hành …": what was done or will be, by whom stands before it
_TENSE = pattern(r"(?<!\w)(?:đã|đang|sẽ|chưa)(?!\w)")
# "các cơ sở được phép nung vôi|, yêu cầu các đơn vị …": an order ends what is said before it
_LIMIT = pattern(rf"[.;:(]|\n\s*\n|, (?:đề nghị|yêu cầu|giao) (?:các(?!\w)|(?-i:[{UPPER}]))")
_INSIDE = frozenset(cues("task_cues", "verbs_in_names"))
_VERBS = {w for key in ("verbs", "manner", "predicates", "other_verbs") for w in cues("task_cues", key)}
_SMALL = {"trong", "ngoài", "bằng", "vào", "dựa", "theo", "không", "thường trực"}  # they go on with a name as well
# " phải ", " tổ chức ", " đã ": what may end a name
_VERB = pattern(
    rf" (?=(?-i:[{LOWER}])){unless_noun()}(?:{any_of(_VERBS - _INSIDE - _SMALL)}|đã|đang|chưa|vẫn|còn|là)(?!\w)"
)
_OTHER_VERB = pattern(rf" (?:{any_of(cues('task_cues', 'other_verbs'))})(?!\w)")
_BEHIND_PARTNER = pattern(rf"{_VERB.pattern}| (?:để|nhằm|trong|khi|theo|nếu|về|qua|vào|ở|trước|sau)(?!\w)")
_POINTS = pattern(r" (?:này|đó|ấy|nói trên|nêu trên|mình|chủ trì|phối hợp|đầu mối|thường trực)(?!\w)|[;.:)]")
_OWN = pattern(rf" (?:{any_of(cues('task_cues', 'own_verbs'))})(?!\w)")
# "cơ sở khám, chữa bệnh", "đơn vị quản lý chợ": a verb that says of what kind a body is
_KIND = pattern(rf" (?!có (?:trách nhiệm|nhiệm vụ))(?:{any_of(cues('task_cues', 'kind_verbs'))})(?!\w)")
# whatever stands behind these says which of a class is meant: "các xã |có| rừng", "đơn vị |được| lựa chọn quan trắc"
_SAYS_WHICH = pattern(
    r" (?:(?:có|còn)(?! (?:trách nhiệm|nhiệm vụ|kế hoạch|văn bản|giải pháp|biện pháp|phương án|ý kiến|hình thức"
    r"|báo cáo|thể|công văn|hiệu quả|liên quan|thẩm quyền|chức năng|sự|đủ|chuyển biến|tiến bộ)(?!\w))"
    r"|được|đang|do(?! (?:đó|vậy))|nhận(?= (?:ủy|uỷ|khoán|giao))"
    r"|(?:trực tiếp )?quản lý(?! (?:chặt|tốt|việc|công tác|các hoạt động|nghiêm))|thẩm tra(?= của)|ở|nơi)(?!\w)"
)
# "các cơ quan được phân công| chủ trì thực hiện kế hoạch"
_CHARGED = pattern(r" chủ trì(?! có)(?!\w)")
# they work with what follows: "các công ty cung cấp dịch vụ", not "các đơn vị cung cấp số liệu"
# "Cục |tin học và thống kê", "Hạt kiểm lâm |liên huyện": capitals in the name are not needed behind these
_PLAIN = frozenset(cues("task_cues", "plain_bodies"))
_WORKING = frozenset(cues("task_cues", "working_bodies"))
_SERVES = pattern(
    r" (?:cấp nước|cấp điện|cung cấp (?:dịch vụ|nước|điện)|quản lý (?!chặt)|hoạt động|thi công|tư vấn|vận hành)(?!\w)"
)
# "các đơn vị tổ chức rà soát" act; only "các đơn vị tổ chức lễ hội phải …" are of that kind
_ORDERED = pattern(
    r" (?:tổ chức|thực hiện|xây dựng|kiểm tra|giám sát|thẩm định|xử lý|tham gia|quản lý|phục vụ|có|cấp)(?!\w)"
)
# "cơ quan liên quan", "đơn vị khác": no words behind these say of what kind they are
_QUALIFIED = pattern(r"(?:liên quan|khác|hữu quan|chức năng|nêu trên|có thẩm quyền)$")
_ONE_OF_A_KIND = (_WORKING - {"tổ chức"}) | {"cơ quan", "đơn vị", "nhà cung cấp", "nhà đầu tư", "nhà mạng"}
_ONE_OF_A_KIND |= {noun for noun in _NOUNS if noun.startswith("chủ ")}
_KIND_WORDS = 50
"""Characters of the words that say of what kind a body without a name is."""

_KIND_ENDS = re.compile(r"[,.;:(]|\n\s*\n")
_OF_A_KIND = frozenset(["nhóm", "bộ phận", "doanh nghiệp"])
# "… tổ chức triển khai thực hiện |nghiêm túc"
_HOW = pattern(r" (?:nghiêm túc|kịp thời|khẩn trương|tích cực|thường xuyên|trực tiếp)(?!\w)")
_ENDS_IN_VERB = pattern(rf"(?<!\w)(?:{any_of(_VERBS - _INSIDE - _SMALL)})$")
_JOINED_VERB = pattern(rf"(?:,| và) (?:{any_of(_VERBS - _INSIDE - _SMALL)})$")
_STRONG = pattern(rf" (?:{any_of(cues('task_cues', 'strong_verbs'))})(?!\w)")
# what was, or what others have: no order follows
_TOLD = pattern(r" (?:đã|đang|chưa|vẫn|còn|là(?! (?:cơ quan|đơn vị|đầu mối)(?!\w)))(?!\w)")
# "được phân công", "việc kiểm tra", ", chế biến", " và truyền tải": the verb is part of the name
_WITHIN = pattern(r"(?:[,/–-]|(?<!\w)(?:và|hoặc|được|bị|do|để|việc|công tác|hoạt động|nhiệm vụ|dịch vụ))$")
# "các đơn vị, trong quý I hoàn thành": no name goes on with a phrase
_PHRASE = pattern(rf"(?:{any_of([*cues('task_cues', 'adverbials'), *cues('task_cues', 'conditions')])})(?!\w)")
_PASSIVE = frozenset(["được", "bị", "do", "để"])
_KINDS = frozenset(cues("task_cues", "kind_verbs"))
_ACT = pattern(rf" (?=(?-i:[{LOWER}]))(?:{any_of(_VERBS - _INSIDE - _SMALL - _KINDS)})(?!\w)")
_ACT_OF_ORGAN = pattern(rf" (?=(?-i:[{LOWER}]))(?:{any_of(_VERBS - _SMALL - {'có'})})(?!\w)")
_SENTENCE_WORDS = 3
"""Words behind a heading's verb, at least, where it is a sentence."""

# "các đoàn kiểm tra| khi làm việc phải …", "các ngành quản lý bến bãi| theo chức năng phải …"
_WHEN = pattern(r" (?:khi|nếu|trong quá trình|(?:theo|căn cứ) (?:chức năng|nhiệm vụ|thẩm quyền|phạm vi))(?!\w)")
_JOINT = pattern(rf"/(?=\w)|, (?=\w)| và (?=\w)| (?=(?-i:[{UPPER}]))")
_TITLES = (
    rf"(?:(?:{any_of({*cues('task_cues', 'fillers')} - {'các', 'những', 'có liên quan', 'liên quan', 'khác'})})[\s,]+)*"
)
# "…, Tổng biên tập, Giám đốc các |nhà xuất bản": between the members of a list
_AND = pattern(rf"(?:\s*[,;] (?:và )?| và | cùng ){_TITLES}")
_MEMBER = pattern(rf"(?:{_EVERY} )?(?!(?:{_NO_BODY})(?!\w))(?!tổ chức |ban hành )(?:{_NOUN})(?!\w)")
# "các đơn vị| đầu mối giao |kế hoạch", "các cơ quan| chủ trì |dự án": whose part in what they are
_PART_IN = pattern(
    r" (?:chủ trì|đầu mối|chủ quản|quản lý)(?: (?:giao|quản lý|thực hiện|theo dõi|tổng hợp))?"
    r"(?= (?:các |\d+ )?(?:tiểu dự án|dự án|chương trình|đề án|kế hoạch|nội dung thành phần)(?!\w))"
)
_MEMBER_END = pattern(rf"(?P<verb>{_BEHIND_PARTNER.pattern})|(?:, (?:và )?| và | cùng ){_TITLES}")
_MEMBER_REACH = 120
"""Characters of one member of a list, at most."""

_WITHIN_REACH = 12


def begins_body(text: str, at: int, end: int) -> re.Match[str] | None:
    """The noun of a body that begins at a place: behind "các", or as a name with capitals."""
    if text[at : at + 1].islower() and text[at] not in _FIRST_SMALL:
        return None
    found = _BODY.match(text, at, end)
    if found is None:
        return None
    plain = found["noun"].lower() in _PLAIN and text[found.end() : found.end() + 2].strip().isalpha()
    if found.start() == found.start("noun") and not plain and not _NAME_FOLLOWS.match(text, found.end(), end):
        return None
    return found


def is_bare(name: AgencyRef) -> bool:
    """Whether of a name nothing but its noun was read ("Hội đồng" of "Hội đồng giám định Y khoa")."""
    return not name.collective and " ".join(name.written.lower().split()) in _NOUNS


def is_noun(text: str, at: int, end: int) -> bool:
    """Whether the noun of a body stands at a place, whatever stands before it."""
    return _NOUN_AT.match(text, at, end) is not None and _NO_BODY_AT.match(text, at, end) is None


def is_class(text: str, at: int, end: int) -> bool:
    """Whether a passage names a class and charges nobody ("các đơn vị thực hiện dịch vụ thu gom rác")."""
    noun = begins_body(text, at, end)
    if noun is None or noun.start() == noun.start("noun"):
        return False
    verb = _STRONG if _KIND.match(text, noun.end(), end) else _VERB
    return verb.search(text, noun.end(), end) is None


def is_proper(text: str, at: int, end: int) -> bool:
    """Whether the name of one body begins at a place, with capitals ("Viện Địa chất, Khoáng sản")."""
    found = begins_body(text, at, end)
    if found is None:
        return False
    return found.start() == found.start("noun") and bool(_CAPITAL.match(text, found.end(), end))


def subject_end(text: str, at: int, end: int, taken: Sequence[AgencyRef]) -> int | None:
    """Where the bodies that begin at a place end and their verb follows; None where nothing tells them to act.

    Args:
        taken: the agencies that are known in the passage; inside their names no verb is looked for.
    """
    noun = begins_body(text, at, end)
    if noun is None:
        # "Tổ chức, cá nhân |hoạt động khoáng sản phải …", "Doanh nghiệp viễn thông| bảo đảm …"
        return class_end(text, at, end, taken, subject=True) or _one_of_a_kind(text, at, end, taken)
    stop = _LIMIT.search(text, noun.end(), min(end, at + _LONGEST))
    limit = stop.start() if stop else min(end, at + _LONGEST)
    # "Các |Tổ công tác| nghiên cứu …": several of a board, whose name is known
    if (one := name_at(taken, noun.start("noun"))) and one.start > at and _VERB.match(text, one.end, end):
        return one.end
    known = name_at(taken, at)
    known = None if known and is_bare(known) else known
    own = (
        _kind_end(text, known.end if known else noun.end(), limit, taken, subject=True)
        if _may_be_of_kind(known)
        else None
    )
    if own is not None:
        found: int | None = own
    elif known and not _goes_on(text, known.end, limit, taken, collective=known.collective):
        return None
    else:
        found = _first(_VERB, text, noun.end(), limit, taken)
    if found is None or _TOLD.match(text, found, limit) or _TENSE.search(text, noun.end(), found):
        return None
    aside = _WHEN.search(text, noun.end(), found)
    return aside.start() if aside else found


def _one_of_a_kind(text: str, at: int, end: int, taken: Sequence[AgencyRef]) -> int | None:
    """Where a body without a name ends that a sentence begins with and that says of what kind it is."""
    noun = _NOUN_AT.match(text, at, end)
    if noun is None or not text[at].isupper() or name_at(taken, at) or _NO_BODY_AT.match(text, at, end):
        return None
    if noun[0].lower() not in _ONE_OF_A_KIND or _TOLD.match(text, noun.end(), end):
        return None
    limit = min(end, noun.end() + _KIND_WORDS)
    stop = _KIND_ENDS.search(text, noun.end(), limit)
    found = _first(_OWN, text, noun.end(), stop.start() if stop else limit, taken)
    acts = _OTHER_VERB.match(text, noun.end(), end)  # "Chủ đầu tư| cam kết sẽ …"
    return found if found is not None and found > noun.end() and not acts else None


def class_end(text: str, at: int, end: int, taken: Sequence[AgencyRef], *, subject: bool = False) -> int | None:
    """Where a known class ends that goes on with what kind it is ("các cơ quan| thanh tra căn cứ …").

    Args:
        subject: whether the class is the sentence's subject, not one of those in it.
    """
    known = name_at(taken, at)
    if known is None or not _may_be_of_kind(known):
        return None
    stop = _LIMIT.search(text, known.end, min(end, at + _LONGEST))
    limit = stop.start() if stop else min(end, at + _LONGEST)
    if (own := _kind_end(text, known.end, limit, taken, subject=subject)) is not None:
        return aside.start() if (aside := _WHEN.search(text, known.end, own)) else own
    # "các doanh nghiệp bưu chính|, viễn thông phổ biến …": what they work in is a list
    noun = begins_body(text, at, end)
    listed = noun is not None and noun["noun"].lower() in _WORKING and _goes_on(text, known.end, limit, taken)
    return _first(_VERB, text, known.end, limit, taken) if listed else None


def _may_be_of_kind(known: AgencyRef | None) -> bool:
    """Whether words behind a name may say of what kind it is; organs ("UBND các xã") are of none."""
    return known is None or (known.kind in _OF_A_KIND and not _QUALIFIED.search(" ".join(known.written.split())))


def says_which(text: str, known: AgencyRef, end: int) -> bool:
    """Whether a known class goes on with what says which are meant ("đơn vị |quản lý đường| có trách nhiệm")."""
    which = _SAYS_WHICH.match(text, known.end, end) or _CHARGED.match(text, known.end, end)
    return which is not None and _may_be_of_kind(known)


def _kind_end(text: str, at: int, limit: int, taken: Sequence[AgencyRef], *, subject: bool) -> int | None:
    """Where the words end that say of what kind a body is, a verb of its own behind them.

    Args:
        subject: whether the body is the subject; "làm việc với các hãng có vốn nước ngoài rà soát" has another.
    """
    kind = _KIND.match(text, at, limit)
    if kind is None:
        return None
    stop = _LIMIT.search(text, kind.end(), min(limit, kind.end() + _KIND_REACH))
    upto = stop.start() if stop else min(limit, kind.end() + _KIND_REACH)
    # "các sở tổ chức |hội chợ phải …", "các xã đã hoàn thành", but "các sở có dự án| báo cáo …"
    which = subject and _SAYS_WHICH.match(text, at, limit)
    acts = (_ORDERED.match(text, at, limit) or _TOLD.match(text, at, limit)) and not which
    found = _first(_STRONG if acts else _OWN, text, kind.end(), upto, taken)
    if found is None or found == kind.end() or _JOINED_VERB.search(text, kind.end(), found):
        return None  # "các đơn vị thực hiện |nghiêm túc", "… trực đê và thực hiện |nghiêm túc": they act
    if _HOW.match(text, found, upto) and _ENDS_IN_VERB.search(text, kind.end(), found):
        return None
    return found


def _goes_on(text: str, at: int, limit: int, taken: Sequence[AgencyRef], *, collective: bool = True) -> bool:
    """Whether a known name goes on ("các viện Pasteur|, Vệ sinh dịch tễ", "Cục Phòng, chống HIV|/AIDS")."""
    found = _JOINT.match(text, at, limit)
    if found is None or name_at(taken, found.end()):
        return False
    if _PHRASE.match(text, found.end(), limit):
        return False
    # no subject goes on with "và" and a verb: "Cục Tin học| và thống kê Tài chính phối hợp …"
    listed = not collective and "v" in found[0].lower()
    if _VERB.match(text, found.end() - 1, limit) and not listed:
        return False
    return not is_noun(text, found.end(), limit) and not begins_body(text, found.end(), limit)


def is_sentence(text: str, at: int, end: int, taken: Sequence[AgencyRef]) -> bool:
    """Whether the bodies that begin at a place do something by a verb that says of no body what kind it is."""
    noun, known = begins_body(text, at, end), name_at(taken, at)
    if known and not is_bare(known):
        return (_ACT if _may_be_of_kind(known) else _ACT_OF_ORGAN).match(text, known.end, end) is not None
    found = _first(_ACT, text, noun.end(), end, taken) if noun else None
    return found is not None and text.count(" ", found + 1, end) >= _SENTENCE_WORDS


def has_verb(text: str, at: int, end: int, taken: Sequence[AgencyRef]) -> bool:
    """Whether the bodies that begin at a place are followed by a verb: then they begin a sentence."""
    noun = begins_body(text, at, end)
    return noun is not None and _first(_VERB, text, noun.end(), end, taken) is not None


def _is_of_kind(text: str, noun: re.Match[str], known: AgencyRef, end: int) -> bool:
    """Whether a known class goes on with a verb that says of what kind it is, not what it does ("công ty cấp nước")."""
    kind = _KIND.match(text, known.end, end)
    if kind is None or not known.collective or not _may_be_of_kind(known):
        return False
    return noun["noun"].lower() in _WORKING or _SERVES.match(text, known.end, end) is not None


def partner_end(text: str, at: int, end: int, taken: Sequence[AgencyRef], *, with_small: bool = False) -> int | None:
    """Where the bodies end that begin behind "phối hợp với", be it at a verb or with their clause.

    Args:
        with_small: whether "với" stands before them, so that a noun in small letters is one too.
    """
    noun = begins_body(text, at, end)
    if noun is None:
        named = name_at(taken, at)
        other = _NO_BODY_AT.match(text, at, end) or (named and not is_bare(named))
        small = (with_small and not text.startswith("tổ chức", at)) or _OFFICE.match(text, at, end)
        bare = _NOUN_AT.match(text, at, end) if not other and (small or text[at : at + 1].isupper()) else None
        if bare is None or _POINTS.match(text, bare.end()):
            return None
        kind = None if _ORDERED.match(text, bare.end(), end) else _KIND.match(text, bare.end(), end)
        return member_end(text, (kind or bare).end(), end, taken)
    known = name_at(taken, at)
    which = known and _may_be_of_kind(known) and _SAYS_WHICH.match(text, known.end, end)
    if known and not which and not _is_of_kind(text, noun, known, end):
        return None
    stop = _LIMIT.search(text, noun.end(), min(end, at + _LONGEST))
    limit = stop.start() if stop else min(end, at + _LONGEST)
    kind = _KIND.match(text, known.end if known else noun.end(), limit)
    found = _first(_BEHIND_PARTNER, text, kind.end() if kind else noun.end(), limit, taken)
    if kind and (found == kind.end() or (found is None and _ORDERED.match(text, kind.start(), limit))):
        return None if known else kind.start()  # "các cơ quan truyền thông |cung cấp kịp thời …": what is done together
    return limit if found is None and stop else found


def next_member(text: str, at: int, end: int, taken: Sequence[AgencyRef]) -> tuple[int, int] | None:
    """The body without a known name that a list goes on with behind a place ("Sở A|, các nhà xuất bản, Sở B")."""
    joint = _AND.match(text, at, end)
    if joint is None or is_inside(taken, joint.end()):
        return None
    noun = _MEMBER.match(text, joint.end(), end)
    if noun is None:
        return None
    part = _PART_IN.match(text, noun.end(), end)
    stop = member_end(text, part.end() if part else noun.end(), end, taken)
    return (joint.end(), stop) if stop is not None else None


def bare_end(text: str, name: AgencyRef, end: int, taken: Sequence[AgencyRef]) -> int | None:
    """Where a member of a list ends of which nothing but the noun was read; None for other names."""
    if not is_bare(name) or _NO_BODY_AT.match(text, name.start, end):
        return None
    return member_end(text, name.end, end, taken)


def part_end(text: str, name: AgencyRef, end: int, taken: Sequence[AgencyRef]) -> int | None:
    """Where a member of a list ends that says in what it has a part ("các cơ quan chủ trì| dự án"); None for others."""
    noun = begins_body(text, name.start, end)
    part = _PART_IN.match(text, noun.end(), end) if noun else None
    return member_end(text, part.end(), end, taken) if part else None


def member_end(text: str, at: int, end: int, taken: Sequence[AgencyRef]) -> int | None:
    """Where a member of a list ends whose noun ends at a place: at the next member, a verb or the clause's end."""
    stop = _LIMIT.search(text, at, min(end, at + _MEMBER_REACH))
    limit = stop.start() if stop else min(end, at + _MEMBER_REACH)
    for found in _MEMBER_END.finditer(text, at, limit):
        inside = is_inside(taken, found.start())
        if found["verb"] and found.start() == at and _FOR_ONE_MATTER.search(text, max(0, at - _WITHIN_REACH), at):
            continue  # "tổ |tư vấn tâm lý"
        if inside or (found["verb"] and _WITHIN.search(text, max(at, found.start() - _WITHIN_REACH), found.start())):
            continue
        named = name_at(taken, found.end()) or starting(taken, found.start() + 1, found.end())
        if found["verb"] or named or _MEMBER.match(text, found.end(), end):
            return found.start()
    return limit if stop and text[limit] in ";." else None


def _first(verb: re.Pattern[str], text: str, at: int, limit: int, taken: Sequence[AgencyRef]) -> int | None:
    """Where the first verb stands that is no part of a name."""
    behind, passive = at, False
    nouns = [noun.span("noun") for noun in _IN_LIST.finditer(text, at, limit)]
    for found in verb.finditer(text, at, limit):
        inside = is_inside(taken, found.start()) or any(start <= found.start() < stop for start, stop in nouns)
        goes_on = passive and found.start() == behind  # "được phân công chỉ đạo …": with the verb before it
        within = _WITHIN.search(text, max(at, found.start() - _WITHIN_REACH), found.start())
        if inside or goes_on or within:
            behind, passive = found.end(), goes_on or bool(within and within[0].lower() in _PASSIVE)
            continue
        return found.start()
    return None
