"""Classes of agencies: "các sở, ban, ngành tỉnh", "các cơ sở giáo dục nghề nghiệp trên địa bàn huyện"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ingest.lexicon import lexicon
from ingest.naming.abbreviations import spell_out
from ingest.naming.agency_parts import OWNERS, Mention, Passage, known_field, read_seat, skip_space
from ingest.naming.agency_words import Head, HeadMatch, field_key, name_end
from ingest.patterns import any_of, cues
from ingest.spacing import spaced

NameReader = Callable[[Passage, int], Mention | None]

# between two nouns of a class: ", ", " và ", " - ", "/"
_JOIN = re.compile(r"\s*(?:,|/|[-–]|\bvà\b|&)\s*")
_WORD = re.compile(r"\s+(\w+)")
# "các cơ quan chuyên môn |về| lao động"
_FIELD = spaced(r" về(?= (?!việc|công tác|các|những|kết quả|tình hình|nội dung)\w)")
_COMPLEMENT_WORD = re.compile(r" ?(?:[-–&]|(,))?\s?(\w+)")
# " Trung ương, địa phương" behind "các cơ quan báo chí"
_REACH = spaced(r"\s+(?:trung ương|địa phương)(?:\s*(?:,|và)\s*(?:trung ương|địa phương|quân đội))*(?!\w)")
# what follows "tổ chức" where it is a noun; else it is a verb
_NOUN_FOLLOWS = spaced(
    r"\s*(?:[,.;:()\n]|$|(?:và|hoặc|cá nhân|có liên quan|liên quan|khác|mới|hữu quan|được|trên|thuộc"
    r"|có trách nhiệm|chịu trách nhiệm|phải)(?!\w))"
)
_CENTRE = spaced(r" (?:trung ương|tw)(?!\w)")  # "các đảng ủy trực thuộc Trung ương"
_EVERY = re.compile(r"(?:tất cả\s+)?các\s+|những\s+")
# "liên quan", "có liên quan", "khác có liên quan", "hữu quan", "có chức năng", "có thẩm quyền", "mới khác",
# "trong và ngoài tỉnh"
_MODIFIER = spaced(
    r" (?:mới )?(?:khác )?(?:(?:có )?chức năng )?"
    r"(?:(?:có )?liên quan(?: khác)?|hữu quan|(?:có )?chức năng(?! (?:quản lý|thanh tra|kiểm tra|giám sát|về))"
    r"|có thẩm quyền|khác|trong và ngoài (?:tỉnh|nước|thành phố|huyện|xã|ngành|trường|địa bàn))(?!\w)"
)
# "được giao nhiệm vụ tại Kế hoạch này", "nêu tại mục IV", "được kiểm tra"
_CHARGED = spaced(r"\s+(?:được (?:giao|phân công|kiểm tra|thanh tra)|nêu tại|có tên tại)(?!\w)")
_MAY_MODIFY = re.compile(r"\s+[mkclhđnt]")  # how all of them begin
_CHARGED_END = spaced(
    r",(?!\s+(?:hỗ trợ|tái định cư))|[.;:()\n]"
    r"|\s(?:phải|cần|để|nhằm|kịp thời|lập|rà soát|gửi|chủ động|tổ chức|căn cứ|triển khai|có trách nhiệm"
    r"|chịu|định kỳ|báo cáo|thường xuyên|khẩn trương|nghiêm túc|thực hiện|phối hợp|xây dựng|tiếp tục)(?!\w)"
)
# " ở Trung ương", " Trung ương và địa phương" behind the nouns of a class
_OF_THE_CENTRE = spaced(r"(?: ở)? (?:trung ương|tw)(?:,?(?: và)?(?: các)? địa phương)?(?!\w)")
# " thuộc ", " thuộc, trực thuộc ", " của ", " đóng trên địa bàn ", " đóng quân tại địa bàn "
_LINK = spaced(
    r"\s+((?:thuộc|thành viên)(?:,| và) trực thuộc|trực thuộc(?:,| và) thuộc|trực thuộc"
    r"|(?:đóng|đứng chân|đóng chân|đóng quân) (?:trên|tại) địa bàn"
    r"|thuộc(?: (?:phạm vi|quyền|thẩm quyền) quản lý(?: nhà nước)?(?: của)?)?|của|trên địa bàn|trong|ở"
    r"|tại(?: (?:trụ sở|hội sở|cơ quan)(?: chính)?(?: của)?)?)(?: phạm vi)?(?!\w)"
)
# "phối hợp với các cơ quan| nghiên cứu, xây dựng đề án": what is done together
_VERB_GOES_ON = spaced(
    r"\s+(?:nghiên cứu|tham mưu)\s*,\s*"
    r"(?:xây dựng|đề xuất|tham mưu|trình|rà soát|tổng hợp|ban hành|hoàn thiện|sửa đổi|bổ sung)(?!\w)"
)
_LOCAL = frozenset(["tỉnh", "huyện", "quận", "thành phố", "thị xã", "xã", "phường", "thị trấn"])
_PLURAL_ONLY = _LOCAL | {
    "sở",
    "bộ",
    "ban",
    "phòng",
    "hội",
    "đoàn",
    "báo",
    "đài",
    "văn phòng",
    "cục",
    "vụ",
    "viện",
    "trường",
    "trường học",
    "điểm trường",
    "bộ phận",
    "tổ chuyên môn",
    "khu phố",
}
_OPEN = frozenset(["chủ đầu tư", "cơ sở", "cơ quan", "doanh nghiệp", "tổ chức", "trường", "hội", "trung tâm"])
# "các đơn vị |điện ảnh", but "các đơn vị |rà soát …": behind these a verb is what they do
_OPEN_TO_NOUNS = frozenset(
    ["đơn vị", "công ty", "tập đoàn", "tổng công ty", "lực lượng", "chi cục", "hiệp hội", "bộ phận", "địa phương"]
)
_ACT = spaced(rf" (?:{any_of([*cues('task_cues', 'verbs'), *cues('task_cues', 'manner')])})(?!\w)")
# "các sở, ban, ngành, |chủ đầu tư kinh doanh hạ tầng": of another kind
_APART = frozenset(["chủ đầu tư", "nhà xuất bản"])
_NAMED_AT_ONCE = frozenset(["tập đoàn", "tổng công ty"])
# they are no parts of the administration
_OWNING = OWNERS | {"mặt trận"}
_OUTSIDE = frozenset(
    ["viện", "trường", "học viện", "doanh nghiệp", "hợp tác xã", "công ty", "tập đoàn", "tổng công ty", "hiệp hội"]
)
# "Đảng ủy xã, phường|, đảng ủy trực thuộc": committees go on with no class of places
_COMMITTEES = frozenset(["đảng ủy", "đảng bộ", "chi bộ"])
# "cơ quan |chủ trì| và cơ quan |phối hợp| gửi …", but not "cơ quan chủ trì, cơ quan phối hợp: Sở A"
_LEADS = spaced(r" chủ trì(?!\w)")
_TAKES_PART = spaced(r" phối hợp(?!\w)(?! (?:với|cùng)(?!\w))(?= \w)(?![^.;:\n]{0,40}:)")
_LED = spaced(r" chủ trì(?:,| và|,? hoặc) $")
_PAIR_REACH = 16  # characters of " chủ trì và "
_PARTY = "cấp ủy"
# "|cấp ủy|, tổ chức đảng", "các |cấp ủy|, cơ quan, đơn vị": two
_PARTY_AND = spaced(r"\s*(?:,|và)\s*(?:tổ chức đảng|chính quyền|cơ quan|đơn vị)(?!\w)")
# "cấp ủy, |chính quyền|, đoàn thể các cấp": two more
_GOVERNMENT = frozenset(["chính quyền", "chính quyền địa phương"])
_GOVERNMENT_AND = spaced(r"\s*(?:,|và)\s*(?:các )?(?:đoàn thể|mặt trận|tổ chức chính trị)(?!\w)")
_OF_EVERY_LEVEL = spaced(r" các cấp(?!\w)(?! (?:ủy|uỷ|chính quyền|học|ngành)(?!\w))")
_BODIES = frozenset(["chính quyền địa phương", "chính quyền các cấp", "quý đơn vị", "quý cơ quan"])
# "các sở, ban, ngành và |cơ quan, đơn vị liên quan" are two
_TWO = frozenset((first, "cơ quan") for first in ("sở", "ngành", "ban ngành", "sở ngành", "đoàn thể"))
# "|Giám đốc| sở, Thủ trưởng cơ quan, ban, ngành": each of them, though no "các" says so
_DIRECTOR_OF = spaced(r"(?<!\w)giám đốc $")
_AND_OTHERS = spaced(r"\s*(?:[,;]|và(?!\w))")
LONGEST_COMPLEMENT = 9  # words
_FIELD_WORDS = 4


@cache
def _complements() -> tuple[frozenset[str], frozenset[str]]:
    keys = [field_key(c) for c in lexicon("agencies")["complements"]]
    return frozenset(keys), frozenset(k[:n] for k in keys for n in range(1, len(k) + 1))


@cache
def _nouns() -> frozenset[str]:
    return frozenset(lexicon("agencies")["nouns"])


def _noun_at(view: Passage, at: int) -> HeadMatch | None:
    """The noun of a class at a position, unless a name of its own begins there."""
    matches = view.at(at)
    if not matches or matches[0].head.continues not in ("noun", "field", "body"):
        return None
    noun = next((m for m in matches if m.head.continues == "noun" and m.end == matches[0].end), None)
    return noun if noun and not _is_verb(view, noun) else None


def _is_verb(view: Passage, noun: HeadMatch) -> bool:
    """ "tổ chức" without "các" is a verb unless it has a complement of its own or ends its phrase."""
    if noun.head.name != "tổ chức" or _EVERY.match(view.low, noun.start) or _NOUN_FOLLOWS.match(view.low, noun.end):
        return False
    end = _known_complement(view, noun.end)
    return end == noun.end or view.low[noun.end : end].strip() in lexicon("agencies")["organised"]


def _known_complement(view: Passage, at: int) -> int:
    """The end of a complement of the lexicon ("giáo dục nghề nghiệp", "CT-XH"); `at` where there is none."""
    exact, beginnings = _complements()
    key, end, start = "", at, at
    while found := _COMPLEMENT_WORD.match(view.low, at):
        key, at = key + (found[1] or "") + found[2], found.end()
        if key not in beginnings:
            break
        if key in exact and not _VERB_GOES_ON.match(view.low, start):
            end = at
    reach = _REACH.match(view.low, end) if end > start else None
    field = None if reach or end == start else _FIELD.match(view.low, end)
    if field and key.startswith(("quảnlý", "chuyênmôn", "chuyênngành")):
        end = max(end, free_complement(view, field.end(), acts=True, most=_FIELD_WORDS))
    return reach.end() if reach else end


def free_complement(view: Passage, at: int, *, acts: bool = False, most: int = LONGEST_COMPLEMENT) -> int:
    """The end of the words that say of what kind a class is, where the lexicon does not have them.

    Args:
        acts: whether any verb behind the noun is what they do, and so ends the words.
        most: how many words they may be.
    """
    end = at
    for _ in range(most):
        found = _WORD.match(view.low, end)
        if not found or name_end().match(view.low, found.start(1)) or _LINK.match(view.low, end):
            break
        if acts and _ACT.match(view.low, end):
            break
        if view.capital(found.start(1)) and any(m.head.kind == "doanh nghiệp" for m in view.at(found.start(1))):
            break  # "các doanh nghiệp viễn thông |VNPT, Viettel"
        if _OF_THE_CENTRE.match(view.low, end):
            break
        if "\n" in found[0] and ("\n\n" in found[0] or not view.text[found.start(1)].islower()):
            break  # a wrapped line goes on small
        end = found.end()
    return end


def _names_members(view: Passage, noun: HeadMatch) -> bool:
    """Whether a capital behind state corporations begins the first of their names: "các Tập đoàn |EVN, VNPT"."""
    return noun.head.name in _NAMED_AT_ONCE and view.capital(skip_space(view, noun.end))


def _complement(view: Passage, noun: HeadMatch, every: bool) -> int:
    end = _known_complement(view, noun.end)
    if end == noun.end and noun.head.name in _OPEN and (every or noun.head.name == "chủ đầu tư"):
        end = free_complement(view, noun.end)
    elif end == noun.end and noun.head.name in _OPEN_TO_NOUNS and every and not _names_members(view, noun):
        end = free_complement(view, noun.end, acts=True)
    while end > noun.end and (join := _JOIN.match(view.low, end)):  # "trường trung cấp, cao đẳng"
        after = _known_complement(view, join.end())
        if view.capital(join.end()) and view.at(join.end()):
            break  # "các tổ chức chính trị - xã hội, Hội Làm vườn"
        if after == join.end() or _noun_at(view, join.end()):
            break
        if any(m.end > after for m in view.at(join.end())):
            break  # "các ban đảng, đảng ủy"
        end = after
    return end


def _names_itself(view: Passage, noun: HeadMatch, every: bool, read_name: NameReader) -> bool:
    """Whether a noun in a run begins an agency's name: "các phòng, Văn phòng Bộ", but "các Cục, Vụ Bộ"."""
    name = read_name(view, noun.start) if view.capital(noun.start) else None
    if name is None or name.head.continues == "noun" or name.end <= noun.end:
        return False
    many = every and noun.head.name != "văn phòng"  # of which each has one
    return not (many and name.owner and name.owner.head.continues == "self")


def _run(view: Passage, noun: HeadMatch, every: bool, read_name: NameReader) -> tuple[int, int, bool]:
    """The end of a run of nouns, how many there are, and whether the last has a complement of its own."""
    end, count = _complement(view, noun, every), 1
    while end == noun.end and (join := _JOIN.match(view.low, end)):
        following = _noun_at(view, join.end())
        if following is None or view.low.startswith("các", join.end()) or following.head.name in _APART:
            break
        if noun.head.name in _LOCAL and following.head.name in _COMMITTEES:
            break
        if noun.head.name in _GOVERNMENT or (noun.head.name == _PARTY and following.head.name not in _COMMITTEES):
            break
        if "và" in join[0] and (following.head.name in _BODIES or (noun.head.name, following.head.name) in _TWO):
            break
        if not every and view.capital(following.start) and _OUTSIDE & {noun.head.name, following.head.name}:
            break  # "Viện, Trường", "Doanh nghiệp, Sở, ban, ngành": each of its own
        if _known_complement(view, following.end) > following.end or _names_itself(view, following, every, read_name):
            break
        noun, end, count = following, following.end, count + 1
    return end, count, end > noun.end


def _qualified(view: Passage, match: HeadMatch, end: int) -> bool:
    """Whether something behind a single noun may make it an agency: "cơ quan có thẩm quyền", "đơn vị thuộc Sở"."""
    if match.head.name in _BODIES:
        return True
    if match.head.name in _PLURAL_ONLY:
        return False
    if _OF_EVERY_LEVEL.match(view.low, end):
        return True
    if _MAY_MODIFY.match(view.low, end) and (_MODIFIER.match(view.low, end) or _CHARGED.match(view.low, end)):
        return True
    return bool(_LINK.match(view.low, end))


def is_directed(view: Passage, match: HeadMatch, end: int) -> bool:
    """Whether "sở" alone stands in a list of those who head something ("Giám đốc sở, Chủ tịch UBND xã")."""
    begin = max(0, match.start - 12)
    return match.head.name.lower() == "sở" and bool(
        _DIRECTOR_OF.search(view.low, begin, match.start) and _AND_OTHERS.match(view.low, end)
    )


def read_class(view: Passage, match: HeadMatch, read_name: NameReader) -> Mention | None:
    """The class of agencies that begins with a noun ("các" before it included), or None."""
    every = bool(_EVERY.match(view.low, match.start))
    if not every and _is_verb(view, match):
        return None
    end, count, complemented = _run(view, match, every, read_name)
    if not every and count == 1 and match.head.name in _PLURAL_ONLY and known_field(view, match.end):
        return None  # "Phòng Kinh tế |được giao làm đầu mối": that department
    directed = not every and count == 1 and is_directed(view, match, end)
    directed = directed or (match.head.name == _PARTY and _PARTY_AND.match(view.low, end) is not None)
    directed = directed or (match.head.name in _GOVERNMENT and _GOVERNMENT_AND.match(view.low, end) is not None)
    part = None if every else part_in_work(view, match.start, end)
    directed, end = directed or part is not None, part or end
    if not every and count == 1 and not complemented and not directed and not _qualified(view, match, end):
        return None
    words = spell_out(view.text[match.start : end], view.explained)
    words = words.lower() if words.isupper() and every else words  # "CÁC TỔ CHỨC TÍN DỤNG" is no name of its own
    mention = Mention(match.start, end, Head(words, "nhóm", "noun"), words, collective=True)
    mention = _belonging(view, mention, read_name)
    told = mention.words != words or mention.modifier or mention.owner or _OF_EVERY_LEVEL.match(view.low, end)
    certain = every or count > 1 or complemented or told or match.head.name in _BODIES
    alone = match.head.name in _PLURAL_ONLY and not every and count == 1 and not complemented
    if not directed and (alone or not certain):
        return None
    return mention


def part_in_work(view: Passage, start: int, end: int) -> int | None:
    """Where a class ends that a sentence tells by its part: "cơ quan| chủ trì| và cơ quan phối hợp gửi …"."""
    words = view.low[start:end]
    if leads := _LEADS.match(view.low, end):
        again = join.end() if (join := _JOIN.match(view.low, leads.end())) else None
        paired = again and view.low.startswith(words, again) and _TAKES_PART.match(view.low, again + len(words))
        return leads.end() if paired else None
    takes_part = _TAKES_PART.match(view.low, end)
    before = view.low[max(0, start - len(words) - _PAIR_REACH) : start] if takes_part else ""
    return takes_part.end() if takes_part and words in before and _LED.search(before) else None


def _belonging(view: Passage, mention: Mention, read_name: NameReader) -> Mention:
    """With its modifier and whom or where it belongs to, in either order."""
    end, before = _modifiers(view, mention.end)
    words = f"{mention.words} {before}" if before else mention.words
    centre = _OF_THE_CENTRE.match(view.low, end)
    if centre:
        words, end = f"{words} {spell_out(view.text[end : centre.end()], view.explained)}", centre.end()
    link = _LINK.match(view.low, end)
    at = skip_space(view, link.end() if link else end)
    owner = read_name(view, at) if link or view.capital(at) else None
    seat = None
    if owner and link and owner.head.kind == "nhóm" and owner.words.lower().startswith("ngành "):
        words, end, owner, link = f"{words} {' '.join(link[1].split())} {owner.words}", owner.end, None, None
    serves = owner is not None and owner.head.kind == "cấp ủy" and words.endswith("giúp việc")
    if owner and not link and owner.head.continues != "self" and not serves:  # "các Vụ, Cục Bộ"
        owner = None
    if owner and owner.head.kind in _OWNING:
        end = owner.end
    else:
        owner, seat = None, read_seat(view, at if link else end)
        end = seat.end if seat else end
    shown = " ".join(link[1].split()) if link and (owner or seat) else ""
    alone = link is not None and (link[1].split()[0] in ("trực", "trên", "đóng", "đứng") or link[1].endswith("quản lý"))
    if link and alone and not owner and not seat:
        end = above.end() if (above := _CENTRE.match(view.low, link.end())) else link.end()
        words += f" {spell_out(view.text[link.start() : end], view.explained)}"
    end, after = _modifiers(view, end)
    head = Head(words, "nhóm", "central" if centre and not owner and not seat else "noun")
    modifier = after if (owner or seat) else " ".join(filter(None, [after]))
    if seat and shown:
        seat = type(seat)(seat.end, seat.tier, seat.name, seat.words, seat.many, shown)
    return Mention(mention.start, end, head, words, seat, owner, modifier or "", True, shown)


def _modifiers(view: Passage, at: int) -> tuple[int, str]:
    end = at
    if not _MAY_MODIFY.match(view.low, at):
        return at, ""
    for _ in range(2):
        if found := _MODIFIER.match(view.low, end):
            end = found.end()
        elif charged := _CHARGED.match(view.low, end):
            stop = _CHARGED_END.search(view.low, charged.end(), charged.end() + 100)
            end = stop.start() if stop else charged.end()
    return end, spell_out(view.text[at:end], view.explained) if end > at else ""
