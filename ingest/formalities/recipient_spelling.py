"""What lists of recipients shorten more than other texts do: "các huyện, TX, TP", "các phòng, ban, TT", "UBNDTP"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.lexicon import lexicon
from ingest.patterns import LOWER

Edit = tuple[int, int, str]
"""From where to where (characters) what is put instead."""

Parts = tuple[tuple[int, int], ...]
"""Where the pieces of an item begin: in its text, and in the document."""


@cache
def _behind() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """ "huyện" before ", TX, TP", with what each of the letters stands for there."""
    found = []
    for family in lexicon("recipients")["short_behind"]:
        letters = "|".join(sorted(map(re.escape, family["letters"]), key=len, reverse=True))
        nouns = "|".join(map(re.escape, family["nouns"]))
        listed = rf"(?:(?:\s*[,/]\s*|\s+và\s+)(?:{letters})\.?(?!\w))"
        first = rf"(?:\s+(?:{letters})(?!\w))?" if family.get("at_once") else ""
        whole = re.compile(rf"(?<!\w)(?i:{nouns}){first}{listed}{'*' if first else '+'}")
        found.append((whole, family["letters"]))
    return tuple(found)


@cache
def _anywhere() -> tuple[re.Pattern[str], dict[str, str]]:
    words = lexicon("recipients")["short"]
    return re.compile(rf"(?<![\w&-])(?:{'|'.join(map(re.escape, words))})(?![\w&])"), words


@cache
def _glued() -> re.Pattern[str]:
    """ "UBMTTQVNTP": the city's letters stuck to those of a body."""
    bodies = sorted(lexicon("recipients")["glued"], key=len, reverse=True)
    return re.compile(rf"(?<=\w)(?:{'|'.join(rf'(?<={re.escape(body)})' for body in bodies)})(?=TP(?!\w))")


# "Các phòng|.| ban|.| đơn vị": a comma as scanners misread it
_DOT_FOR_COMMA = re.compile(rf"(?<=[{LOWER}]{{2}})\.(?=\s[{LOWER}])")


# "Cục A|/|BTP": the ministry behind a stroke
_STROKE = re.compile(r"(?<=\w)/(?=(?:Bộ|BTP|BTC|BNV|BYT|BCA|BQP|VPCP)(?!\w))")


def edits_of(text: str) -> list[Edit]:
    """What stands in full instead of the letters of an item, in the order of the text."""
    found: list[Edit] = [(at.start(), at.start(), " ") for at in _glued().finditer(text)] if "TP" in text else []
    for whole, letters in _behind():
        found += (edit for run in whole.finditer(text) for edit in _in_run(run, letters))
    found += ((m.start(), m.end(), ",") for m in _DOT_FOR_COMMA.finditer(text))
    found += ((m.start(), m.end(), " - ") for m in _STROKE.finditer(text))
    anywhere, words = _anywhere()
    found += ((m.start(), m.end(), words[m[0]]) for m in anywhere.finditer(text))
    kept: list[Edit] = []
    for edit in sorted(found):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _in_run(run: re.Match[str], letters: dict[str, str]) -> Iterator[Edit]:
    for found in re.finditer(r"[A-ZĐ][A-ZĐ.&]*(?!\w)", run[0]):
        if words := letters.get(found[0].rstrip(".")):
            yield run.start() + found.start(), run.start() + found.end(), words


def spelt(text: str, parts: Parts, edits: Sequence[Edit]) -> tuple[str, Parts]:
    """An item with its edits made, and where its pieces stand then."""
    words, at = "", 0
    new = [(_moved(inside, edits), outside) for inside, outside in parts]
    for start, end, instead in edits:
        words += text[at:start] + instead
        at = end
        base = next(part for part in reversed(parts) if part[0] <= end)
        new.append((len(words), base[1] + end - base[0]))
    return words + text[at:], tuple(sorted(dict(new).items()))


def _moved(at: int, edits: Sequence[Edit]) -> int:
    return at + sum(len(words) - (end - start) for start, end, words in edits if end <= at)
