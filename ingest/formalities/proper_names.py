"""The capitals that names have inside a sentence, given back to a title that was printed in capitals throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from graph.places import places
from ingest.document_types import document_types
from ingest.lexicon import lexicon
from ingest.naming.agency_words import fields
from ingest.patterns import LOWER, UPPER
from ingest.symbols import find_symbols

_WORD = re.compile(r"\S+")
_SYMBOL = re.compile(r"\S*\d\S*[/-]\S+")  # "12/qđ-ttg" of a title in lower case
_AROUND = "“”\"'‘’()[],.;:!?…/"
_LONGEST = 12  # words of a name: "Nông nghiệp và Phát triển nông thôn" and its ministry
_ROMAN = re.compile(r"[ivx]+")
_OFTEN_NO_ROMAN = 2  # "xi măng", "vi phạm"
_LETTERED_FIGURE = re.compile(r"\d+[a-z]")  # "5g"
# " Mai Văn Chính", " Đắk Lắk" inside a sentence: words with a capital each, behind a small letter or a comma
_RUN = re.compile(rf"(?<=[{LOWER},] )(?!Các |Những )(?:[{UPPER}][{LOWER}]+ ){{1,4}}[{UPPER}][{LOWER}]+(?!\w)")
_REACH = 20000  # characters of a text in which such names are looked for


def with_capitals(low: str, text: str) -> str:
    """A title in lower case with the capitals of the names in it.

    Args:
        low: the title.
        text: the document, whose sentences show how persons and places are written.
    """
    words = [(m.start(), m.end()) for m in _WORD.finditer(low)]
    runs = {run[0].lower(): run[0] for run in _RUN.finditer(text[:_REACH])}
    found = list(low)
    at = 0
    while at < len(words):
        for last in range(min(at + _LONGEST, len(words)) - 1, at - 1, -1):
            start, end = _bare(low, words[at][0], words[last][1])
            name = low[start:end]
            written = _names().get(name) or runs.get(name) or _document(low, words, at, last)
            if written and len(written) == len(name):
                found[start:end] = written
                at = last
                break
        else:
            start, end = _bare(low, *words[at])
            found[start:end] = _figure(low[start:end], low[: words[at][0]].split()[-1:])
        at += 1
    title = "".join(found)
    for symbol in reversed(list(find_symbols(symbols_in_capitals(title)))):
        title = title[: symbol.start] + symbol.key + title[symbol.end :]
    return title


def _bare(low: str, start: int, end: int) -> tuple[int, int]:
    """A passage without the signs around it."""
    while start < end and low[start] in _AROUND:
        start += 1
    while end > start and low[end - 1] in _AROUND:
        end -= 1
    return start, end


def _document(low: str, words: list[tuple[int, int]], first: int, last: int) -> str | None:
    """ "Quyết định" before "số", "Luật Đất đai": how a cited document is named."""
    start, end = _bare(low, words[first][0], words[last][1])
    name = low[start:end]
    following = low[slice(*words[last + 1])] if last + 1 < len(words) else ""
    if name in _types() and (following == "số" or "/" in following):
        return name[:1].upper() + name[1:]
    return None


def _figure(word: str, before: list[str]) -> str:
    """ "xvi" and "5g" are written in capitals, "xi" and "v" only where a number is expected."""
    if _LETTERED_FIGURE.fullmatch(word):
        return word.upper()
    expected = bool(before) and before[0] in lexicon("proper_names")["before_roman"]
    return word.upper() if _ROMAN.fullmatch(word) and (expected or len(word) > _OFTEN_NO_ROMAN) else word


def symbols_in_capitals(title: str) -> str:
    """A title in lower case with its symbols in capitals: "12/qđ-ttg" as "12/QĐ-TTG"."""
    return _SYMBOL.sub(lambda m: m[0].upper(), title)


@cache
def _types() -> frozenset[str]:
    return frozenset(form.lower() for kind in document_types() for form in (kind.name, *kind.also))


@cache
def _names() -> dict[str, str]:
    """Names in lower case, as they are written; of two the later one holds."""
    return {name.lower(): name for name in _written()}


def _written() -> Iterator[str]:
    words = lexicon("proper_names")
    yield from (*words["never"], *lexicon("agencies")["not_heads"])  # "cơ sở văn hóa" is no Sở
    yield from (name for name in lexicon("agencies")["central"] if name[0].isupper())
    yield from lexicon("agencies")["universities"]
    for field in {*fields()[0].values(), *lexicon("agencies")["ministry_fields"]}:
        yield from (f"{head} {field}" for head in ("Bộ", "Sở", "Bộ trưởng Bộ"))
    for place in places():
        if place.level in ("tỉnh", "huyện"):
            yield place.name
    laws = lexicon("laws")
    yield from (f"Luật {name}" for name in (*laws["laws"], *laws["also"]))
    yield from (f"Bộ luật {name}" for name in laws["codes"])
    yield from (f"Pháp lệnh {name}" for name in laws["ordinances"])
    yield from (f"{stem} {branch}" for stem in words["stems"] for branch in words["branches"])
    yield from words["always"]
