"""The words that agencies are named with, compiled out of `lexicon/agencies.yaml` for fast look-up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from graph.spelling import modern_tone
from ingest.lexicon import lexicon
from ingest.patterns import LOWER, unless_noun
from ingest.spacing import bare_letters
from ingest.values import value

TOKEN = re.compile(r"\w{1,40}|[^\w\s]")
_VOWEL = re.compile(r"[aeiouyăâêôơưà-ỹ]")
AND = frozenset(["và", "va"])  # the second is what OCR often leaves
_OTHER = "\0"  # any word that is in no pattern
_EVERY = "các "
# letters of a document's symbol name nobody: "09/2013/TT-BXD", "12-KH/TU", but those of the item "3/ UBND các xã" do
_SYMBOL = re.compile(
    r"\d(?<!\w.)\d{0,4}(?:/\d{4})? ?[/-](?!\s\w{1,16}(?![\w&/–-]|\s[/-]))\s?[A-ZĐ]{1,8}[rg]?"
    rf"(?![{LOWER}])(?:\s?[/-]\s?[A-ZĐ][\wĐ&]{{0,12}}){{0,3}}"
)
_SHORT = 3  # letters of an abbreviation that may also be a syllable
_LONG_PIECE = 50  # characters: longer pieces are not kept in memory
_MOST_PIECES = 1 << 16
_LONG_NAME = 150  # nor longer names
LONGEST_FIELD = 20  # words in "Quản lý dự án, Phát triển quỹ đất và Cụm công nghiệp", and a few more


@value(frozen=True, slots=True)
class Head:
    """How a name begins. `continues` says what follows it: a key of `agency_names._READERS`."""

    name: str
    kind: str
    continues: str
    level: str | None = None
    tier: str | None = None
    bare: bool = False


class HeadMatch(NamedTuple):
    """`text[start:end]` is how a head is printed."""

    start: int
    end: int
    head: Head


def lowered(text: str) -> str:
    """Lower case with modern tone marks, character for character as long as the text."""
    return _lowered_name(text) if len(text) < _LONG_NAME else _lowered(text)


def _lowered(text: str) -> str:
    low = modern_tone(text).lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in modern_tone(text))


# the same names are asked for again and again
_lowered_name = lru_cache(maxsize=1 << 14)(_lowered)


def _shortened_centre(*forms: str) -> Iterator[str]:
    """Forms with the centre's abbreviations: "Ban Nội chính Trung ương", "ban nội chính tw", "ban nội chính tư"."""
    for form in forms:
        yield form
        low = lowered(form)
        if " trung ương" in low:
            yield from (low.replace(" trung ương", f" {short}") for short in ("tw", "tư", "t.ư"))


def _entries() -> Iterator[tuple[str, Head]]:
    """Each printed form with the head that it stands for; later ones win."""
    words: dict[str, Any] = lexicon("agencies")
    for noun in words["nouns"]:
        yield noun, Head(noun, "", "noun")
    yield from ((f"các {noun}", Head(noun, "", "noun")) for noun in words["nouns"])
    for title in words["leaders"]:
        yield title, Head(title, "", "leader")
    for name in words["school_parts"]:
        yield name, Head(name[0].upper() + name[1:], "bộ phận", "school part", "cơ sở")
    for name, raw in words["heads"].items():
        head = Head(name, raw["kind"], raw["continues"], raw.get("level"), raw.get("tier"), raw.get("bare", False))
        for form in (name, *raw.get("written", ())):
            yield form, head
    for form, name in words["compounds"].items():
        yield form, Head(name, "", "compound")
    for name, aliases in words["central"].items():
        for form in dict.fromkeys(_shortened_centre(name, *aliases)):
            yield form, Head(name, "trung ương", "central", "trung ương")
    for name, aliases in words["universities"].items():
        yield from ((form, Head(name, "trường", "central", "cơ sở")) for form in (name, *aliases))


@dataclass(frozen=True, slots=True)
class _Matcher:
    """The matcher of all heads and of the words that only contain one, with what its keys stand for."""

    vocab: Vocab
    phrases: PhraseMatcher
    heads: dict[int, tuple[Head, ...]]
    not_heads: frozenset[int]
    lengths: dict[int, int]  # of every word that is in a pattern, by its key
    other: int  # the key of all other words


@cache
def _matcher() -> _Matcher:
    vocab = Vocab()
    phrases = PhraseMatcher(vocab, attr="ORTH")
    heads: dict[int, tuple[Head, ...]] = {}
    lengths: dict[int, int] = {}

    def add(form: str) -> int:
        words = TOKEN.findall(form)
        phrases.add(form, [Doc(vocab, words=words)])
        lengths.update((vocab.strings[word], len(word)) for word in words)
        return int(vocab.strings[form])

    for form, head in _entries():
        key = add(lowered(form))
        heads[key] = (head, *heads.get(key, ()))
    inside = frozenset(add(words) for words in lexicon("agencies")["not_heads"])
    return _Matcher(vocab, phrases, heads, inside, lengths, vocab.strings.add(_OTHER))


_Tokens = tuple[tuple[int, ...], tuple[int, ...]]


def _read_tokens(piece: str) -> _Tokens:
    """The keys of the words and signs in what stands between two blanks, and where in it they begin."""
    matcher = _matcher()
    found = [(matcher.vocab.strings[token[0]], token.start()) for token in TOKEN.finditer(piece)]
    keys = tuple(key if key in matcher.lengths else matcher.other for key, _ in found)
    return keys, tuple(start for _, start in found)


class _KnownPieces(dict[str, _Tokens]):
    """The tokens of pieces. Vietnamese is written with some thousand syllables: nearly every piece was seen before."""

    def __missing__(self, piece: str) -> _Tokens:
        tokens = _read_tokens(piece)
        if len(piece) < _LONG_PIECE and len(self) < _MOST_PIECES:
            self[piece] = tokens
        return tokens


_known_pieces = _KnownPieces()


def _phrases(low: str) -> list[tuple[int, int, int]]:
    """Where the matcher's phrases stand in a text: key, start and end."""
    matcher = _matcher()
    pieces = low.replace("\n", " ").replace("\t", " ").split(" ")  # or a line's last word would be one with the next
    tokens = list(map(_known_pieces.__getitem__, pieces))
    keys_of = [keys for keys, _ in tokens]
    keys = list(chain.from_iterable(keys_of))
    if not keys:
        return []
    doc = Doc(matcher.vocab, words=keys)  # type: ignore[arg-type]  # keys spare it to look words up
    first = list(accumulate(map(len, keys_of), initial=0))  # number of each piece's first token
    offsets = list(accumulate(map(len, pieces), initial=0))  # without the blanks, of which one stands before each

    def start_of(number: int) -> int:
        piece = bisect_right(first, number) - 1
        return offsets[piece] + piece + tokens[piece][1][number - first[piece]]

    found: list[tuple[int, int, int]] = []
    for key, a, b in matcher.phrases(doc):
        start = start_of(a)
        last = start_of(b - 1) if b - a > 1 else start
        found.append((key, start, last + matcher.lengths[keys[b - 1]]))
    return found


def _allowed(text: str, start: int, end: int) -> bool:
    """An abbreviation of up to three letters counts in capitals only ("CT", "TU", not the syllables)."""
    word = text[start:end]
    short = (len(word) <= 2 and word.isascii()) or (len(word) == 3 and not _VOWEL.search(word.lower()))
    return not short or word[:2].isupper()


def _in_order(match: HeadMatch) -> tuple[int, int]:
    return match[0], -match[1]


def head_matches(low: str, text: str) -> tuple[HeadMatch, ...]:
    """Where heads of names stand in a text (`low`: the same, lowered), from left to right, the longer first."""
    matcher = _matcher()
    matches = _phrases(low)
    ends: dict[int, int] = {}  # where a word that only contains a head ends, by its start, and the other way round
    starts: dict[int, int] = {}
    for key, start, end in matches:
        if key in matcher.not_heads:
            ends[start], starts[end] = max(end, ends.get(start, 0)), min(start, starts.get(end, start))
    small_heads = lexicon("agencies")["small_heads"]
    found: list[HeadMatch] = []
    for key, start, end in matches:
        heads = matcher.heads.get(key)
        if heads is None or (end - start <= _SHORT and not _allowed(text, start, end)):
            continue
        every = low.startswith(_EVERY, start)
        own = start + len(_EVERY) if every else start
        first = starts.get(end, own)  # "Ban cán sự đảng Bộ Y tế": a capital behind a small letter begins a name
        inside = ends.get(own, 0) > end or (first < own and not (text[own].isupper() and text[first].islower()))
        if inside and every:
            continue
        for head in heads:
            # "Sở", "phòng Y tế", but neither "cơ sở" nor "xã hội" nor "vụ lúa"
            if head.continues == "field" and " " not in (form := low[start:end]):
                if inside or (not text[start].isupper() and form not in small_heads):
                    continue
            elif inside and head.continues == "noun":
                continue
            found.append(HeadMatch(start, end, head))
    found.sort(key=_in_order)
    begun = [match.start for match in found]
    in_symbols: set[int] = set()
    for symbol in _SYMBOL.finditer(text):
        in_symbols.update(range(bisect_right(begun, symbol.start()), bisect_left(begun, symbol.end())))
    return tuple([match for number, match in enumerate(found) if number not in in_symbols] if in_symbols else found)


_SURE = 6
"""Letters of a field of work that is known without its diacritics, at least: "yte" may be anything."""


def field_key(name: str) -> str:
    """What spellings of a field of work share: "LĐ - TB&XH" and "LĐTBXH" are "lđtbxh"."""
    low = lowered(name).replace("&", " và ")
    return "".join(w for w in re.findall(r"\w+|,", low) if w not in AND)


def _shortened(field: str) -> list[str]:
    """A field of work with words of it printed short: "qlda đầu tư xây dựng", "quản lý dự án đtxd" …"""
    found = [lowered(field)]
    for words, shorts in lexicon("agencies")["shortened"].items():
        found += [form.replace(words, short) for form in found for short in shorts if words in form and words != form]
    return found[1:]


@cache
def fields() -> tuple[dict[str, str], frozenset[str]]:
    """Canonical field by key, and every beginning of a key.

    Where one wording has a dash for another's "và", the former stands under its key with a dash behind it.
    """
    table: dict[str, str] = {}
    known = lexicon("agencies")["fields"]
    for name, forms in known.items():
        for form in (name, *forms):
            key = field_key(form)
            table[f"{key}-" if key in table and " - " in form and not forms else key] = name
            table.setdefault(field_key(form).replace(",", ""), name)
    for name, forms in known.items():
        for form in chain.from_iterable(map(_shortened, (name, *forms))):
            table.setdefault(field_key(form), name)
    return table, frozenset(k[:n] for k in table for n in range(1, len(k) + 1))


@cache
def bare_fields() -> tuple[dict[str, str], frozenset[str]]:
    """Canonical field of several words by its key without diacritics, which OCR loses, and every beginning of a key."""
    table: dict[str, str] = {}
    for key, name in fields()[0].items():
        if " " in name and len(key) >= _SURE:
            table.setdefault(bare_letters(key), name)
    return table, frozenset(k[:n] for k in table for n in range(1, len(k) + 1))


@cache
def name_end() -> re.Pattern[str]:
    """A word, or the first two of a phrase, that no name contains; "ký" of "Ban Thư ký" is none."""
    forms = sorted(lexicon("agencies")["name_ends"], key=len, reverse=True)
    inside = "|".join(words.replace(" ", r"\s+") for words in lexicon("agencies")["inside_names"])
    return re.compile(
        unless_noun() + rf"(?!(?:{inside})(?!\w))(?:" + "|".join(f.replace(" ", r"\s+") for f in forms) + r")(?!\w)"
    )
