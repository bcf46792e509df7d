"""Classes of agencies: "các sở, ban, ngành tỉnh", "các cơ sở giáo dục nghề nghiệp trên địa bàn huyện"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ingest.agency_parts import OWNERS, Mention, Passage, read_seat, skip_space
from ingest.agency_words import Head, HeadMatch, field_key, lowered, name_end
from ingest.lexicon import lexicon

NameReader = Callable[[Passage, int], Mention | None]

# between two nouns of a class: ", ", " và ", " - ", "/"
_JOIN = re.compile(r"\s*(?:,|/|[-–]|\bvà\b|&)\s*")
_WORD = re.compile(r"\s+(\w+)")
_EVERY = re.compile(r"(?:tất cả\s+)?các\s+|những\s+")
# "liên quan", "có liên quan", "khác có liên quan", "hữu quan", "chức năng", "có thẩm quyền", "mới khác"
_MODIFIER = re.compile(
    r"\s+(?:mới\s+)?(?:khác\s+)?(?:chức năng\s+)?(?:(?:có\s+)?liên quan(?:\s+khác)?|hữu quan|chức năng|có thẩm quyền|khác)(?!\w)"
)
# "được giao nhiệm vụ tại Kế hoạch này", "nêu tại mục IV", "được kiểm tra"
_CHARGED = re.compile(r"\s+(?:được (?:giao|phân công|kiểm tra|thanh tra)|nêu tại|có tên tại)(?!\w)")
_CHARGED_END = re.compile(
    r"[,.;:()\n]|\s(?:phải|chủ động|tổ chức|căn cứ|triển khai|có trách nhiệm|chịu|định kỳ|báo cáo|thường xuyên|khẩn trương|"
    r"nghiêm túc|thực hiện|phối hợp|xây dựng|tiếp tục)(?!\w)"
)
# " thuộc ", " trực thuộc ", " của ", " trên địa bàn "
_LINK = re.compile(r"\s+(trực thuộc|thuộc|của|trên địa bàn|trong|ở|tại)(?:\s+phạm vi)?(?=\s)")
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
}
_OPEN = frozenset(["chủ đầu tư", "cơ sở", "cơ quan", "doanh nghiệp", "tổ chức", "trường", "hội", "trung tâm"])
LONGEST_COMPLEMENT = 9  # words


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
    return next((m for m in matches if m.head.continues == "noun" and m.end == matches[0].end), None)


def _known_complement(view: Passage, at: int) -> int:
    """The end of a complement of the lexicon ("giáo dục nghề nghiệp", "CT-XH"); `at` where there is none."""
    exact, beginnings = _complements()
    key, end = "", at
    for found in re.finditer(r"\s*[-–&]?\s*(\w+)", view.low[at : at + 80]):
        key += found[1]
        if key not in beginnings:
            break
        if key in exact:
            end = at + found.end()
    return end


def free_complement(view: Passage, at: int) -> int:
    """The end of the words that say of what kind a class is, where the lexicon does not have them."""
    end = at
    for _ in range(LONGEST_COMPLEMENT):
        found = _WORD.match(view.low, end)
        if not found or name_end().match(view.low, found.start(1)) or "\n" in found[0] or _LINK.match(view.low, end):
            break
        end = found.end()
    return end


def _complement(view: Passage, noun: HeadMatch) -> int:
    end = _known_complement(view, noun.end)
    if end == noun.end and noun.head.name in _OPEN:
        end = free_complement(view, noun.end)
    while end > noun.end and (join := _JOIN.match(view.low, end)):  # "trường trung cấp, cao đẳng"
        after = _known_complement(view, join.end())
        if after == join.end() or _noun_at(view, join.end()):
            break
        end = after
    return end


def _run(view: Passage, noun: HeadMatch) -> tuple[int, int, bool]:
    """The end of a run of nouns, how many there are, and whether the last has a complement of its own."""
    end, count = _complement(view, noun), 1
    while end == noun.end and (join := _JOIN.match(view.low, end)):
        following = _noun_at(view, join.end())
        if following is None or view.low.startswith("các", join.end()):
            break
        complement = _complement(view, following)
        if complement > following.end:
            break
        noun, end, count = following, following.end, count + 1
    return end, count, end > noun.end


def read_class(view: Passage, match: HeadMatch, read_name: NameReader) -> Mention | None:
    """The class of agencies that begins with a noun ("các" before it included), or None."""
    every = bool(_EVERY.match(view.low, match.start))
    end, count, complemented = _run(view, match)
    words = spelt(view.text[match.start : end])
    mention = Mention(match.start, end, Head(words, "nhóm", "noun"), words, collective=True)
    mention = _belonging(view, mention, read_name)
    certain = every or count > 1 or complemented or mention.modifier or mention.owner
    if not certain or (match.head.name in _PLURAL_ONLY and not every and count == 1 and not complemented):
        return None
    return mention


def _belonging(view: Passage, mention: Mention, read_name: NameReader) -> Mention:
    """With its modifier and whom or where it belongs to, in either order."""
    end, before = _modifiers(view, mention.end)
    words = f"{mention.words} {before}" if before else mention.words
    link = _LINK.match(view.low, end)
    at = skip_space(view, link.end()) if link else end
    owner = read_name(view, at) if link else None
    seat = None
    if owner and owner.head.kind in OWNERS | {"mặt trận"}:
        end = owner.end
    else:
        owner, seat = None, read_seat(view, at)
        end = seat.end if seat else end
    shown = " ".join(link[1].split()) if link and (owner or seat) else ""
    end, after = _modifiers(view, end)
    head = Head(words, "nhóm", "noun")
    modifier = after if (owner or seat) else " ".join(filter(None, [after]))
    if seat and shown:
        seat = type(seat)(seat.end, seat.tier, seat.name, seat.words, seat.many, shown)
    return Mention(mention.start, end, head, words, seat, owner, modifier or "", True, shown)


def _modifiers(view: Passage, at: int) -> tuple[int, str]:
    end = at
    for _ in range(2):
        if found := _MODIFIER.match(view.low, end):
            end = found.end()
        elif charged := _CHARGED.match(view.low, end):
            stop = _CHARGED_END.search(view.low, charged.end(), charged.end() + 100)
            end = stop.start() if stop else charged.end()
    return end, spelt(view.text[at:end])


def spelt(words: str) -> str:
    """The words of a class with abbreviations spelt out and spaces folded."""
    text = " ".join(words.split())
    table = lexicon("abbreviations")
    return re.sub(r"[\w&]+(?:-[\w&]+)*", lambda m: table.get(lowered(m[0]), m[0]), text)
