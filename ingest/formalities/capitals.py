"""What is printed in capitals, as it is written elsewhere: names of agencies (also damaged by OCR) and titles."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from graph.places import places
from graph.spelling import modern_tone
from ingest.formalities.lost_diacritics import restored
from ingest.formalities.proper_names import symbols_in_capitals, with_capitals
from ingest.lexicon import lexicon
from ingest.lines import is_capitals, letters_only
from ingest.naming.agency_words import fields
from ingest.naming.jurisdiction import bare_name, tier_of

_TEAMS = ("doankiemtra", "doanthanhtra", "banto")
_PLACE_AT_END = re.compile(r"(?:^|\s)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn) ((?:[^\W\d_]+ ?){1,5})$")
# "CỤC" of "CỤC ĐỊA CHẤT VÀ KHOÁNG SẢN": an office named by several fields of work, not by a place
_OFFICE_OF_FIELDS = re.compile(r"((?:TỔNG )?CỤC|VỤ) (?=.*(?:,| VÀ ))")
_FIELD_START = re.compile(r"^\w|(?<=\bvà )\w")  # "đ" and "k" in "địa chất và khoáng sản"
_ROMAN = re.compile(r"[IVX]+")
_NUMBERED = ("VỰC", "VÙNG", "KHU", "CỤM", "SỐ")  # "KHU VỰC XI", "VÙNG IV"
_VOWEL = re.compile(r"[aeiouy]")  # "THPT" has none and stays
_REACH = 20000  # characters at either end of a text in which the same words are looked for


@cache
def _central_keys() -> dict[str, str]:
    """Bodies of the centre and ministries by their letters alone."""
    words = lexicon("agencies")
    keys = {"bo" + letters_only(f): f"Bộ {f}" for f in (*set(fields()[0].values()), *words["ministry_fields"])}
    keys |= {letters_only(n): n for n in lexicon("letterhead_bodies")["central"]}
    return keys | {letters_only(n): n for n in (*words["central"], *words["universities"])}


@cache
def _field_keys() -> dict[str, str]:
    return {letters_only(f): f for f in set(fields()[0].values())}


@cache
def _place_keys() -> dict[tuple[str, str], list[str]]:
    """Names of provinces and districts by kind and letters: ("huyện", "yendung") → ["huyện Yên Dũng"]."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in places():
        if place.level in ("tỉnh", "huyện"):
            names = found.setdefault((tier_of(place.name), letters_only(bare_name(place.name))), [])
            if place.name not in names:
                names.append(place.name)
    return found


def spelt_out(capitals: str, text: str = "") -> str:
    """A name in capitals as it is written elsewhere.

    Known names exactly, whatever OCR did to their diacritics and spaces; others as `text` writes them, else with a
    capital for each word (boards and teams: for the first).
    """
    key = letters_only(capitals)
    known = _known(key, capitals)
    if known:
        return known
    capitals = restored(capitals, text)
    if text and (same := same_words(capitals, text)):
        return _as_a_board(same[:1].upper() + same[1:])
    words = " ".join(capitals.split())
    if key.startswith((*_TEAMS, *lexicon("letterhead_bodies")["boards"])):
        return _as_a_board(_sentence(words, text))
    if office := _OFFICE_OF_FIELDS.match(words):
        return office[1].capitalize() + " " + _FIELD_START.sub(lambda m: m[0].upper(), words[office.end() :].lower())
    name = " ".join(_word(before, word) for before, word in pairwise(["", *words.split()]))
    for usual in lexicon("letterhead_bodies")["usual"]:
        name = name.replace(" ".join(w.capitalize() for w in usual.split()), usual)
    return name


def _word(before: str, word: str) -> str:
    if before in _NUMBERED and _ROMAN.fullmatch(word):
        return word
    return word.capitalize() if word.isupper() and _VOWEL.search(letters_only(word)) else word


def _known(key: str, printed: str) -> str | None:
    if key in _central_keys():
        return _central_keys()[key]
    bodies = lexicon("letterhead_bodies")
    for start, head in bodies["with_field"].items():
        if key.startswith(start) and key[len(start) :] in _field_keys():
            return f"{head} {_field_keys()[key[len(start) :]]}"
    for start, head in bodies["with_place"].items():
        if key == start:
            return str(head)
        if key.startswith(start) and (place := _place_of(key[len(start) :], printed)):
            return f"{head} {place}"
    for start, (head, tier) in bodies["party"].items():
        found = _place_keys().get((tier, key.removeprefix(start))) if key.startswith(start) else None
        if found and (place := _as_printed(found, printed)):
            return f"{head} {bare_name(place)}"
    return None


def _as_printed(names: list[str], printed: str) -> str | None:
    """The one of several places of the same letters that is printed ("Phú Ninh", "Phù Ninh"), or the only one."""
    low = modern_tone(printed).lower()
    same = [name for name in names if low.endswith(bare_name(name).lower())]
    return next(iter(same), names[0] if len(names) == 1 else None)


def _place_of(key: str, printed: str) -> str | None:
    """ "thanhphohaiphong" → "thành phố Hải Phòng", where one place is written so."""
    for start, tier in lexicon("letterhead_bodies")["tiers"].items():
        found = _place_keys().get((tier, key[len(start) :]), []) if key.startswith(start) else []
        if found:
            return _as_printed(found, printed)
    return None


def _sentence(capitals: str, text: str) -> str:
    """Lower case but for the first letter, names, symbols and the place at the end."""
    low = symbols_in_capitals(with_capitals(capitals.lower(), text))
    place = _PLACE_AT_END.search(low)
    if place:
        low = low[: place.start(2)] + place[2].title()
    low = low.replace("ban chỉ đạo", "Ban Chỉ đạo").replace("theo quyết định", "theo Quyết định")
    return low[:1].upper() + low[1:]


def _as_a_board(name: str) -> str:
    """A board's name with its first words as they are written: "Bạn tổ chức lễ hội", "BCĐ giảm nghèo"."""
    boards: dict[str, str] = lexicon("letterhead_bodies")["boards"]
    words = name.split()
    for count in (1, 2, 3):
        if len(words) > count and (head := boards.get(letters_only("".join(words[:count])))):
            return " ".join([head, *words[count:]])
    return name


def same_words(capitals: str, text: str) -> str | None:
    """The same words where a text has them in lower case; None where it does not."""
    pattern = re.compile(r"\s+".join(re.escape(w) for w in capitals.lower().split()))
    for part in (text[:_REACH], text[-_REACH:]):
        low = part.lower()
        if len(low) != len(part):
            continue
        for found in pattern.finditer(low):
            words = " ".join(part[found.start() : found.end()].split())
            if not is_capitals(words):
                return words
    return None


def sentence_case(title: str, text: str, names: tuple[str, ...] = ()) -> str:
    """A title printed in capitals, or without any, as it would be written in a sentence.

    Taken from the text itself where the same words stand there; else lower case but for names and symbols.
    """
    if is_capitals(title):
        title = restored(title, text)
        if same := same_words(title, text):
            return same[:1].upper() + same[1:]
    elif title[1:] != title[1:].lower():
        return title[:1].upper() + title[1:]
    lowered = with_capitals(title.lower(), text)
    for name in names:
        lowered = re.sub(rf"(?<!\w){re.escape(name.lower())}(?!\w)", name, lowered)
    return lowered[:1].upper() + lowered[1:]
