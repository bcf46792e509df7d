"""The words that agencies are named with, compiled out of `lexicon/agencies.yaml` for fast look-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from graph.spelling import modern_tone
from ingest.lexicon import lexicon

TOKEN = re.compile(r"\w{1,40}|[^\w\s]")
_VOWEL = re.compile(r"[aeiouyăâêôơưà-ỹ]")
AND = frozenset(["và", "va"])  # the second is what OCR often leaves
_OTHER = "\0"  # any word that no head has
LONGEST_FIELD = 20  # words in "Quản lý dự án, Phát triển quỹ đất và Cụm công nghiệp", and a few more


@dataclass(frozen=True, slots=True)
class Head:
    """How a name begins. `continues` says what follows it: a key of `agency_names._READERS`."""

    name: str
    kind: str
    continues: str
    level: str | None = None
    tier: str | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class HeadMatch:
    """`text[start:end]` is how a head is printed."""

    start: int
    end: int
    head: Head


def lowered(text: str) -> str:
    """Lower case with modern tone marks, character for character as long as the text."""
    low = modern_tone(text).lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in modern_tone(text))


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
        for form in (name, *aliases):
            yield form, Head(name, "trung ương", "central", "trung ương")


@cache
def _matcher() -> tuple[Vocab, PhraseMatcher, dict[int, tuple[Head, ...]], frozenset[str]]:
    """The vocabulary, the matcher of all heads, the heads by the matcher's keys, and every word that is in one."""
    vocab = Vocab()
    matcher = PhraseMatcher(vocab, attr="ORTH")
    heads: dict[int, tuple[Head, ...]] = {}
    known: set[str] = set()
    for form, head in _entries():
        key = lowered(form)
        words = TOKEN.findall(key)
        matcher.add(key, [Doc(vocab, words=words)])
        known.update(words)
        heads[vocab.strings[key]] = (head, *heads.get(vocab.strings[key], ()))
    return vocab, matcher, heads, frozenset(known)


def _allowed(text: str, start: int, end: int) -> bool:
    """An abbreviation of up to three letters counts in capitals only ("CT", "TU", not the syllables)."""
    word = text[start:end]
    short = (len(word) <= 2 and word.isascii()) or (len(word) == 3 and not _VOWEL.search(word.lower()))
    return not short or word.isupper()


def head_matches(low: str, text: str) -> tuple[HeadMatch, ...]:
    """Where heads of names stand in a text (`low`: the same, lowered), from left to right, the longer first.

    Words that no head has are one and the same to the matcher, so that its vocabulary does not grow with the texts.
    """
    vocab, matcher, heads, known = _matcher()
    spans = [m.span() for m in TOKEN.finditer(low)]
    if not spans:
        return ()
    doc = Doc(vocab, words=[w if (w := low[a:b]) in known else _OTHER for a, b in spans])
    found: list[HeadMatch] = []
    for key, first, last in matcher(doc):
        start, end = spans[first][0], spans[last - 1][1]
        if _allowed(text, start, end):
            found += [HeadMatch(start, end, head) for head in heads[key]]
    found.sort(key=lambda m: (m.start, -m.end))
    return tuple(found)


def field_key(name: str) -> str:
    """What spellings of a field of work share: "LĐ - TB&XH" and "LĐTBXH" are "lđtbxh"."""
    low = lowered(name).replace("&", " và ")
    return "".join(w for w in re.findall(r"\w+|,", low) if w not in AND)


@cache
def fields() -> tuple[dict[str, str], frozenset[str]]:
    """Canonical field by key, and every beginning of a key."""
    table: dict[str, str] = {}
    for name, forms in lexicon("agencies")["fields"].items():
        for form in (name, *forms):
            table[field_key(form)] = name
            table.setdefault(field_key(form).replace(",", ""), name)
    return table, frozenset(k[:n] for k in table for n in range(1, len(k) + 1))


@cache
def not_heads() -> frozenset[str]:
    """Words of two syllables or three that only look as if a head stood in them."""
    return frozenset(lexicon("agencies")["not_heads"])


@cache
def name_end() -> re.Pattern[str]:
    """A word, or the first two of a phrase, that no name contains."""
    forms = sorted(lexicon("agencies")["name_ends"], key=len, reverse=True)
    return re.compile("(?:" + "|".join(f.replace(" ", r"\s+") for f in forms) + r")(?!\w)")
