"""The parts of an agency's name: its field of work, its seat, and where either ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from ingest.lexicon import lexicon
from ingest.naming.abbreviations import Explained, spell_out
from ingest.naming.agency_words import (
    AND,
    LONGEST_FIELD,
    Head,
    HeadMatch,
    bare_fields,
    fields,
    head_matches,
    lowered,
    name_end,
)
from ingest.naming.jurisdiction import LEVELS, MANY, ONE, Seat, full_tier, known_words
from ingest.patterns import UPPER
from ingest.spacing import bare_letters
from ingest.values import value

_LONGEST_BARE = 100
"""Characters in which a field of work stands whose diacritics were misread."""

# the next word of a name with what joins it: " Tài", " - Thương", ", Thể", " và Du", "&ĐT"
_NEXT = re.compile(r"\s*(?P<join>[-–&,.]?)\s*(?P<word>\w+)")
# ", Nghệ thuật, Thể thao và Du lịch" behind the first field of a name; where each begins
_ENUMERATION = re.compile(
    rf",\s*(?:[{UPPER}]\w*(?:\s+\w+){{0,4}},\s*){{0,3}}[{UPPER}]\w*(?:\s+\w+){{0,4}}?\s+và\s+(?=[{UPPER}])"
)
_PART = re.compile(r"(?:,|\bvà)\s*")
_BUILDS = re.compile(r"(?<=\w)\s+xây\s+dựng\Z")  # "Sở Giao thông vận tải| xây dựng| bến xe": the verb
_UNION = re.compile(r"Công đoàn(?!\w)")  # "Trường Đại học Công đoàn" is the union's, not a school and the union
_NUMBER = re.compile(r"\d{1,2}(?![\w/])")  # "12" of "phường 12"
_CLASS_WORDS = re.compile(r"các\s|^\d|[,/–-]|\svà\s")  # what a class of places has and one place has not
_TIERS = re.compile(r"tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu")
_SEAT_BEGINS = frozenset("tphqxđcở0123456789")  # "tỉnh", "các", "của", "địa phương", "11 phường"
_INSIDE_NAMES = frozenset(
    ["Đại học", "Hội", "Hiệp hội", "Tổ", "Đội", "Báo", "Đài", "Quỹ", "Viện", "Ban", "Tập đoàn", "Công ty"]
)
OWNERS = frozenset(
    [
        "sở", "bộ", "ủy ban nhân dân", "hội đồng nhân dân", "cấp ủy", "văn phòng", "trung ương", "cục",
        "ban chỉ đạo", "đoàn đại biểu", "trường", "công an", "thuế", "hải quan", "kho bạc", "thống kê", "thi hành án",
        "bảo hiểm xã hội", "quân sự", "tòa án", "viện kiểm sát",
    ]
)  # fmt: skip

# "các tỉnh |khu vực Trung Bộ|", "các tỉnh, thành phố |vùng Đồng bằng sông Cửu Long|": which of them
_REGION = re.compile(
    r"\s+(?:(?:tại|ở|trong|thuộc)\s+)?(?:khu\s+vực|vùng|miền)\s+(?:(?:phía|miền|duyên\s+hải|trung\s+du)\s+)*"
    rf"[{UPPER}]\w*(?:\s+(?:[{UPPER}]\w*|bằng|sông|hải|núi|du|nguyên)(?!\w)){{0,6}}"
)
_AND_THE_LIKE = re.compile(r"\s+và\s+tương\s+đương(?!\w)")  # "các xã, phường| và tương đương"
_IN = re.compile(r"\s+tại(?=\s)")  # "Trung tâm Việc làm" + " tại " + "Lào Cai"


@value(frozen=True, slots=True)
class Mention:
    """An agency as printed at `start:end`, its parts already spelt out; no jurisdiction is inferred yet."""

    start: int
    end: int
    head: Head
    words: str
    seat: Seat | None = None
    owner: Mention | None = None
    modifier: str = ""
    collective: bool = False
    link: str = ""


class Passage:
    """A text with the look-ups that reading names in it needs."""

    def __init__(self, text: str, explained: Explained = ()) -> None:
        self.text = text
        self.explained = explained
        self.low = lowered(text)
        self.heads = _with_explained(head_matches(self.low, text), text, explained)
        self._starts = [h[0] for h in self.heads]
        self._at = {start: tuple(heads) for start, heads in groupby(self.heads, key=itemgetter(0))}
        self.names: dict[int, Mention | None] = {}  # what was read, by where it begins
        self.boards: tuple[str, ...] | None = None  # full names of steering committees, once they were looked for
        self.nesting = 0  # how many names the one that is being read stands behind ("Chủ tịch" + "UBND" + …)

    def at(self, start: int) -> Sequence[HeadMatch]:
        """The heads that begin at an offset, the longest first."""
        return self._at.get(start, ())

    def between(self, start: int, end: int) -> tuple[HeadMatch, ...]:
        """The heads that begin in a passage, from left to right, the longer first."""
        return self.heads[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def capital(self, at: int) -> bool:
        return at < len(self.text) and self.text[at].isupper()


@lru_cache(maxsize=16)
def _agencies_in(explained: Explained) -> dict[str, Head]:
    """The abbreviations that stand for an agency's name: "BQL" for "Ban Quản lý Khu kinh tế"."""
    begun = ((short, words, head_matches(lowered(words), words)) for short, words in explained)
    return {short: Head(words, "", "compound") for short, words, heads in begun if heads and heads[0].start == 0}


def _with_explained(heads: tuple[HeadMatch, ...], text: str, explained: Explained) -> tuple[HeadMatch, ...]:
    agencies = _agencies_in(explained) if explained else {}
    printed = {short: head for short, head in agencies.items() if short in text}
    if not printed:
        return heads
    found = re.finditer(rf"(?<![\w/&-])(?:{'|'.join(map(re.escape, printed))})(?![\w/&-])", text)
    own = [HeadMatch(m.start(), m.end(), printed[m[0]]) for m in found]
    return tuple(sorted([*own, *heads], key=lambda m: (m.start, -m.end)))


def skip_space(view: Passage, at: int) -> int:
    while at < len(view.low) and view.low[at] in " \t\n":
        at += 1
    return at


def _breaks(found: re.Match[str]) -> bool:
    """Whether a new paragraph or item begins between two words."""
    gap = found.string[found.start() : found.start("word")]
    dashed = found["join"] in ("-", "–") and "\n" not in found.string[found.start() : found.start("join")]
    # no name ends at "Thanh Khê –⏎Sơn Trà"
    return "\n" in gap and not dashed and (bool(found["join"]) or gap.count("\n") > 1)


def known_field(view: Passage, at: int) -> tuple[int, str] | None:
    """The field of work of the lexicon that stands at a position: its end and canonical wording.

    A capital begins one that OCR may have read without its diacritics or with others ("Giáo dục và Đảo tạo").
    """
    if found := _field_in(view.low, at, *fields()):
        verb = _BUILDS.search(view.text, at, found[0])
        return _field_in(view.low[: verb.start()], at, *fields()) or found if verb else found
    if not view.capital(skip_space(view, at)):
        return None
    return _field_in(bare_letters(view.low[at : at + _LONGEST_BARE]), 0, *bare_fields(), shift=at)


def _field_in(
    low: str, at: int, table: Mapping[str, str], beginnings: Container[str], shift: int = 0
) -> tuple[int, str] | None:
    best, key, start = None, "", at
    for _ in range(LONGEST_FIELD):
        found = _NEXT.match(low, at)
        wrapped = found and found["join"] == "," and found[0].count("\n") == 1  # "Văn hóa,⏎Thể thao và Du lịch"
        if not found or (not key and found["join"]) or (_breaks(found) and not wrapped):
            break
        key += ("," if found["join"] == "," else "") + ("" if found["word"] in AND else found["word"])
        if key not in beginnings:
            break
        at = found.end()
        if key in table and found["word"] not in AND:
            best = at + shift, (table.get(f"{key}-") if "-" in low[start:at] else None) or table[key]
    return best


@cache
def _small_starts() -> tuple[str, ...]:
    return tuple(f"{words} " for words in lexicon("agencies")["small_starts"])


def free_field(view: Passage, at: int, small_words: int = 4, lists: bool = False) -> tuple[int, str] | None:
    """Capitalised words (with lower-case second syllables) from a position on: "Trung tâm" + "Văn hóa Kim Đồng".

    `small_words` is how many words in lower case may follow one another in the name; with `lists` it may be a list
    that "và" closes: "Viện" + "Văn hóa, Nghệ thuật và Du lịch".
    """
    start = skip_space(view, at)
    begins = view.capital(start) or view.text[start : start + 1].isdigit()
    if not begins and not view.text.startswith(_small_starts(), start):
        return None
    end, small = start, 0
    for _ in range(LONGEST_FIELD):
        found = _NEXT.match(view.low, end)
        if not found or found["join"] == "." or _breaks(found):
            break
        if found["join"] == "," and end > start and (_prevents(view, found) or (lists and _enumerates(view, end))):
            small, end = 0, found.end()
            continue
        union = lists and not found["join"] and end > start and _UNION.match(view.text, found.start("word"))
        if found["join"] == "," or not (union or _continues(view, found, small_words - small, end == start)):
            break
        small = 0 if view.capital(found.start("word")) else small + 1
        end = found.end()
    return (end, _spelt_out(view, start, end)) if end > start else None


def _prevents(view: Passage, comma: re.Match[str]) -> bool:
    """The comma in "Phòng, chống thiên tai"."""
    return comma["word"] in ("chống", "tránh") and view.low.endswith("phòng", 0, comma.start())


def _enumerates(view: Passage, at: int) -> bool:
    """Whether a comma stands in a list of fields that "và" closes, and none of them is an agency of its own."""
    found = _ENUMERATION.match(view.text, at)
    return bool(found) and not any(
        view.at(m.end()) for m in _PART.finditer(view.text, at, found.end() + 1 if found else at)
    )


def _spelt_out(view: Passage, start: int, end: int) -> str:
    """A name's own words; what an abbreviation at its head stands for begins with a capital."""
    words = spell_out(view.text[start:end], view.explained)
    return words[:1].upper() + words[1:] if view.capital(start) else words


def _continues(view: Passage, found: re.Match[str], left: int, first: bool) -> bool:
    word_at = found.start("word")
    capital = view.capital(word_at)
    if found["join"] and not capital:
        return False
    if found["word"] == "và":  # "Cục Địa chất và Khoáng sản", but "Trung tâm A và Công an tỉnh"
        following = _NEXT.match(view.low, found.end())
        at = following.start("word") if following else len(view.low)
        return not first and view.capital(at) and not view.at(at)
    if not first and capital and starts_agency(view, word_at):
        return False
    if ONE.match(view.low, word_at) and not first:
        return False
    after_number = view.low[max(0, found.start() - 1) : found.start()].isdigit()
    return capital or (left > 0 and not after_number and not name_end().match(view.low, word_at))


def starts_agency(view: Passage, at: int) -> bool:
    """Whether the head of another agency stands at a position, so that a name ends before it."""
    return any(
        h.head.continues in ("seat", "central", "party", "body", "compound", "board")
        or (h.head.continues == "field" and h.head.name not in _INSIDE_NAMES)
        for h in view.at(at)
    )


_NUMBERED = re.compile(r" \d{1,2}(?![\d%]|[/.,-]\d)")  # "phường Móng Cái| 1"


def place_name(view: Passage, at: int) -> tuple[int, str] | None:
    """A place's own name at a position: capitalised words or a number ("Bà Rịa - Vũng Tàu", "12")."""
    start = end = skip_space(view, at)
    if view.text[start : start + 1].isdigit():
        if "\n" in view.low[at:start]:
            return None  # the next line's own number
        number = _NUMBER.match(view.low, start)
        return (number.end(), number[0]) if number else None
    if view.low.count("\n", at, start) > 1:
        return None
    for _ in range(5):
        found = _NEXT.match(view.low, end)
        if not found or found["join"] not in ("", "-", "–") or not view.capital(found.start("word")):
            break
        if _breaks(found) or starts_agency(view, found.start("word")):
            break
        end = found.end()
    number = _NUMBERED.match(view.text, end) if end > start else None
    if number and known_words("", name := view.text[start : number.end()], strict=True) == len(name.split()):
        end = number.end()
    return (end, " ".join(view.text[start:end].split())) if end > start else None


# "huyện| Cư M'gar" with what words in capitals follow
_WORDS_OF_PLACE = re.compile(rf" ?(?P<name>[{UPPER}][\w'’]*(?: [{UPPER}][\w'’]*){{0,3}})")


def known_name(view: Passage, at: int, tier: str) -> tuple[int, str] | None:
    """The longest name of a place of a kind at a position, as the gazetteer has it."""
    words = _WORDS_OF_PLACE.match(view.text, at)
    count = known_words(tier, words["name"], strict=True) if words else 0
    if words is None or not count:
        return None
    name = " ".join(words["name"].split(" ")[:count])
    return words.start("name") + len(name), name


# "phường Núi Đất –⏎Suối Bạc"
_DASH_ENDS = re.compile(r"\s*[-–][^\S\n]*\n\s*")


def named_place(view: Passage, at: int, tier: str) -> tuple[int, str] | None:
    """The name behind a tier, without the words that follow it ("tỉnh Hòa Bình Nguyễn Văn A")."""
    found = place_name(view, at)
    known = known_name(view, at, tier) if tier else None
    if known and (found is None or known[0] > found[0]):  # "huyện Vụ Bản", "huyện Cư M'gar"
        return known
    if not found or found[1].isdigit():
        return found
    # a line break may end the name, a single syllable may begin a sentence ("huyện Hỗ trợ"): only a known one counts
    single = " " not in found[1] and view.text[found[0] + 1 : found[0] + 2].islower()
    count = known_words(tier, found[1], strict=single or "\n" in _DASH_ENDS.sub(" - ", view.low[at : found[0]]))
    if count == len(found[1].split()):
        return found
    end = skip_space(view, at)
    for _ in range(count):
        word = _NEXT.match(view.low, end)
        end = word.end() if word else end
    return (end, " ".join(view.text[skip_space(view, at) : end].split())) if count else None


def read_seat(view: Passage, at: int) -> Seat | None:
    """The jurisdiction printed at a position."""
    first = skip_space(view, at)
    if view.low[first : first + 1] not in _SEAT_BEGINS:
        return None
    if levels := LEVELS.match(view.low, at):
        end = levels.end()
        if levels["also"] and view.capital(skip_space(view, end)):
            end = levels.start("also")  # "cấp huyện|, xã Tân Lập": a place of its own
        return Seat(end, "", None, " ".join(view.low[levels.start("words") : end].split()), True)
    one, many = ONE.match(view.low, at), MANY.match(view.low, at)
    if not one and not many:
        return None
    single = many is None or (not _CLASS_WORDS.search(many["words"]) and not many["central"])
    name = named_place(view, one.end(), full_tier(one["tier"])) if one else None
    if one and (single or name):
        tier = full_tier(one["tier"])
        end = name[0] if name else one.end("tier")
        return Seat(end, tier, name[1] if name else None, tier, False, (one["link"] or "").strip())
    assert many is not None
    words = re.sub(r"\btp\.?(?!\w)", "thành phố", " ".join(many["words"].split()))
    if many["central"]:
        words += " trực thuộc " + (
            "trung ương" if "trung ương" in view.text[many.start() : many.end()] else "Trung ương"
        )
    end = many.end()
    if words.endswith("đặc khu") and (zone := named_place(view, end, "đặc khu")):  # "các xã, phường, đặc khu Cồn Cỏ"
        end, words = zone[0], f"{words} {zone[1]}"
    tiers = _TIERS.findall(words)
    for more in (_REGION, _AND_THE_LIKE):
        if found := more.match(view.text, end):
            end, words = found.end(), words + " " + " ".join(found[0].split())
    return Seat(end, tiers[0] if tiers else "", None, words, True, (many["link"] or "").strip())


def bare_place(view: Passage, at: int) -> Seat | None:
    """A place without its tier behind a field of work: "Trung tâm Dịch vụ việc làm Kim Bôi", "… tại Lào Cai"."""
    link = _IN.match(view.low, at)
    start = link.end() if link else at
    at = skip_space(view, start)
    place = None if starts_agency(view, at) or not view.capital(at) else named_place(view, start, "")
    return Seat(place[0], "", f"tại {place[1]}" if link else place[1], "", False) if place else None
