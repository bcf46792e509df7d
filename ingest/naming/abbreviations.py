"""Abbreviations spelt out: those of the lexicon, and those that a text explains itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from graph.spelling import modern_tone
from ingest.lexicon import lexicon
from ingest.patterns import UPPER, any_of
from ingest.spacing import bare_letters

Explained = tuple[tuple[str, str], ...]
"""Abbreviations that a text explains, with their words: (("BMNN", "bí mật nhà nước"), …)."""

_LETTERS = rf"[{UPPER}][{UPPER}&-]{{1,11}}"
# "(BMNN)", "(sau đây gọi tắt là BMNN)", "(viết tắt: “BMNN”)" behind the words
_DEFINITION = re.compile(
    r"\((?:(?:sau|từ|dưới)\s+đây\s+)?(?:(?:được\s+)?(?:viết|gọi|sau)(?:\s+chung)?(?:\s+tắt)?(?:\s+là)?\s*:?\s*)?"
    rf"[“\"']?(?P<short>{_LETTERS})[”\"']?\)"
)
_WORD = re.compile(r"\w+|[^\w\s]")
_REACH = 160  # characters before a definition
# an abbreviation of so many letters has no other words by chance: "BCHPTDS", "TTPVHCC"
_LONG = re.compile(rf"[{UPPER}](?<![\w/&-].)[{UPPER}]{{5,11}}(?![\w/&-])")
# "Ban QLBT", "Vụ PC": one of three letters has none either, behind the noun that the full name begins with, nor one
# of two that is a ministry's
_HEADED = re.compile(
    r"(?P<head>[BCHPSTV](?<!\w.)(?:(?<=T)(?:ổng cục|rường|rung tâm)|(?<=C)(?:hi cục|ục|ông ty)"
    r"|(?<=V)(?:ụ|iện|ăn phòng)|(?<=H)(?:ọc viện|ội)|(?<=B)an|(?<=P)hòng|(?<=S)ở))"
    rf"\s+(?P<short>[{UPPER}]{{3,6}}|(?:(?<=Vụ\s)|(?<=Cục\s))[{UPPER}]{{2}})(?![\w/&-])"
)
# where a name ends: "Ban Muối chuẩn bị đo" before "đạc" is none
_ENDS = re.compile(r" *(?:[^\w ]|$)| +(?:và|có|phối hợp|chủ trì|thuộc|của|tổ chức|thực hiện|là)(?!\w)")
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]")  # the first letter of a word
_UNTONED = str.maketrans({c: bare_letters(c) for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c != "Đ"})
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[.;:()\d|]|\n\s*\n")
_MOST = 30  # unexplained abbreviations that are looked for
_AND = frozenset(["và", "va"])
# words of a name that its letters leave out: "Đại học A |Thành phố| Cần Thơ (ĐHA-CT)"
_LEFT_OUT = frozenset([*_AND, "thành", "phố", "tỉnh", "của", "về"])


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/]){any_of(lexicon('abbreviations'))}(?![\w/])")


@lru_cache(maxsize=8)
def _of_text(own: Explained) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/]){any_of(short for short, _ in own)}(?![\w/])")


@lru_cache(maxsize=1 << 12)  # the same names are spelt out again and again
def spell_out(words: str, own: Explained = (), kept: frozenset[str] = frozenset()) -> str:
    """Words with modern tone marks and single spaces, their abbreviations spelt out but those that are `kept`.

    Those that the text explains itself (`own`) win.
    """
    text = " ".join(modern_tone(words).split())
    if own:
        table = dict(own)
        text = _of_text(own).sub(lambda m: m[0] if m[0] in kept else table[m[0]], text)
    return _known().sub(lambda m: m[0] if m[0] in kept else str(lexicon("abbreviations")[m[0]]), text)


def _words_before(text: str, end: int, short: str) -> str | None:
    """The words that end at `end` whose first letters are those of an abbreviation; "và" may be left out of it."""
    letters = [c for c in short.lower() if c.isalnum()]
    found = list(_WORD.finditer(text, max(0, end - _REACH), end))
    start = end
    for word in reversed(found):
        if not letters:
            break
        printed = modern_tone(word[0]).lower()
        if printed[0] == letters[-1]:
            letters.pop()
        elif printed not in _LEFT_OUT and printed not in (",", "-", "–", "&"):
            return None
        start = word.start()
    return " ".join(text[start:end].split()) if not letters else None


def _words_begun(text: str, end: int, short: str) -> str | None:
    """The words up to `end` that begin with an abbreviation's letters: "Ban Quản lý rừng Đà Bắc" for "BQLR"."""
    letters = [c for c in short.lower() if c.isalnum()]
    found = [w for w in _PLAIN_WORD.finditer(text, max(0, end - _REACH), end) if w[0].lower() not in _AND]
    for at in range(len(found) - len(letters), -1, -1):
        begun = found[at : at + len(letters)]
        if [modern_tone(w[0])[0].lower() for w in begun] == letters and begun[0][0][0].isupper():
            words = text[begun[0].start() : end]
            return None if _BREAK.search(words) else " ".join(words.split())
    return None


def explained(text: str) -> Explained:
    """The abbreviations that a text explains: "bí mật nhà nước (BMNN)", "… (sau đây viết tắt là BQL)"."""
    return tuple(_explained(text))


def _initials(text: str, unknown: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Words whose first letters an unexplained abbreviation has: "Ban Chỉ huy Phòng thủ dân sự" for "BCHPTDS".

    Where it stands behind the noun of a name ("Cục"), the words stand behind the same noun.
    """
    # "TRƯỜNG" is one word in capitals: first letters are compared without their diacritics
    spelt = [short for short in sorted(unknown) if short == short.translate(_UNTONED)][:_MOST]
    letters = "".join(_INITIAL.findall(text)).upper().translate(_UNTONED) if spelt else ""
    heads = {short: "".join(word[0] for word in head.split()).upper() for short, head in unknown.items()}
    sought = [short for short in spelt if heads[short] + short in letters]
    starts = [m.start() for m in _INITIAL.finditer(text)] if sought else []
    for short in sought:
        behind = len(heads[short])
        at = letters.find(heads[short] + short)
        while at >= 0:
            last = _PLAIN_WORD.match(text, starts[at + behind + len(short) - 1])
            phrase = " ".join(text[starts[at] : last.end()].split()) if last else ""
            own = phrase[len(unknown[short]) :].lstrip() if phrase.startswith(unknown[short]) else ""
            ends = not unknown[short] or (last and _ENDS.match(text, last.end()))
            if ends and own[:1].isupper() and own[1:2].islower() and not _BREAK.search(phrase):
                yield short, own
                break
            at = letters.find(heads[short] + short, at + 1)


def _shortens(words: str, short: str) -> bool:
    """Whether words are those of the lexicon with some left out: "khám chữa bệnh" for "khám bệnh, chữa bệnh"."""
    own = iter(_PLAIN_WORD.findall(lexicon("abbreviations").get(short, "").lower()))
    return all(word in own for word in _PLAIN_WORD.findall(modern_tone(words).lower()))


def _explained(text: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for definition in _DEFINITION.finditer(text):
        short = definition["short"]
        words = None if short in seen else _words_before(text, definition.start(), short)
        if not words and short not in seen and "tắt" in definition[0]:
            words = _words_begun(text, definition.start(), short)
        if words:
            seen.add(short)
        if words and not _shortens(words, short):
            yield short, words
    known = lexicon("abbreviations")
    unknown = {t["short"]: t["head"] for t in _HEADED.finditer(text)} | {t[0]: "" for t in _LONG.finditer(text)}
    unknown = {short: head for short, head in unknown.items() if short not in known and short not in seen}
    yield from _initials(text, unknown) if unknown else ()
