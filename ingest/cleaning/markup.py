"""Mark-up within a passage: emphasis, escapes, entities, links and tags, as edits."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ingest.cleaning.edits import Edit
from ingest.spacing import bare_letters
from ingest.text import Emphasis

_TAGS = (
    "a|b|big|blockquote|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|mark"
    "|ol|p|pre|s|small|span|strong|su[bp]|u|ul"
)
_TARGET = r"\]\((?:https?:|mailto:|/|\#|\.)[^()\n]{0,500}\)"  # "](https://example.vn)", "](#muc-1)"
_MARKUP = re.compile(
    r"""
      (?P<escape>\\(?:[!-/:-@\[-`{-~]|$))                   # 57\-NQ/TW, or a backslash that ends a line
    | (?P<break><br\ {0,3}/?>\ *)                           # <br/>
    | (?P<link><(?:https?|mailto):[^<>\s]{1,500}>)          # <https://example.vn>
    | (?P<tag></?(?:TAGS)(?:\ [^<>\n]{0,300})?/?>           # <u>, </span>
      |<!--[^<>\n]{0,500}-->)                               # <!-- ghi chú -->
    | (?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)  # &nbsp; &#8211;
    | (?P<nothing>!\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)   # ![con dấu](image1.png)
      |\[\^[\w-]{1,10}\](?!:)                               # [^1]
      |\[bookmark:[^\[\]\n]{0,80}\]                         # [bookmark: _GoBack]
      |\[(?=[^\[\]\n]{1,300}TARGET))                        # the first bracket of [tên](https://…)
    | (?P<target>TARGET)                                    # … and what follows the name
    | (?P<rule>-{3,}\ *)                                    # "SỞ TÀI CHÍNH -------" in a letterhead
    | (?P<stars>\*+)
    | (?P<lows>_+)
    """.replace("TAGS", _TAGS).replace("TARGET", _TARGET),
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)

_CLOSED_AND_OPENED = len("****")
_SYLLABLE = 12  # characters at most
_WORD = re.compile(r"\w{1,12}")
_WORD_END = re.compile(r"\w{1,12}$")
_VOWELS = re.compile(r"[aeiouy]+")
_ITEM = re.compile(r"\s?(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,4}\.|[a-zđ]\))\s")
# what every piece of mark-up begins with
_SIGN = re.compile(r"[\\<&!\[\]*_-](?:(?<!-)|--)")


def inline_markup(text: str, start: int, end: int, in_cell: bool = False) -> tuple[list[Edit], list[Emphasis]]:
    """What to take out of `text[start:end]`, one paragraph or one table cell, and what it set apart.

    In a cell, where all lines of the print stand on one, a printed line ("-------") parts two of them.
    """
    edits: list[Edit] = []
    marks: list[tuple[int, int]] = []
    at = start
    while sign := _SIGN.search(text, at, end):
        match = _MARKUP.match(text, sign.start(), end)
        at = match.end() if match else sign.start() + 1
        if match is None:
            continue
        if match.lastgroup in ("stars", "lows"):
            marks.append(match.span())
        elif (new := _replacement(match, in_cell)) is not None:
            edits.append((*match.span(), new))
    if not marks:
        return edits, []
    removed, emphasis = _emphasis(text, start, end, marks)
    return sorted([*edits, *removed]), emphasis


def _replacement(match: re.Match[str], in_cell: bool) -> str | None:
    """What stands for a piece of mark-up; None where it is none and stays."""
    found = match[0]
    match match.lastgroup:
        case "escape":
            return found[1:]
        case "break":
            return "\n"
        case "rule":
            return "\n" if in_cell else None
        case "link":
            return found[1:-1]
        case "entity":
            plain = html.unescape(found).replace("\xa0", " ")
            return plain if plain.isprintable() and plain != found else " " if plain.isspace() else None
    return ""


def _emphasis(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> tuple[list[Edit], list[Emphasis]]:
    """Pair the runs of stars and low lines.

    Two stars or more are always mark-up, paired or not: converters leave "**a****b**" and lone ends behind.
    One star is mark-up only in a pair, low lines only around whole words ("ngày __ tháng __" is a printed blank).
    """
    removed: list[Edit] = []
    emphasis: list[Emphasis] = []
    opened: dict[str, tuple[int, int]] = {}  # mark → the run that opened it
    for first, last in marks:
        sign, length = text[first], last - first
        before = text[first - 1] if first > start else " "
        after = text[last] if last < end else "\n"
        if before == "(" and after == ")":  # a printed footnote sign: (*)
            continue
        if sign == "*" and length >= 2:
            parts = _parts_words(text, first, last) if length == _CLOSED_AND_OPENED else _opens_item(before, text, last)
            removed.append(
                (first, last, "\n" if parts and (length == _CLOSED_AND_OPENED or "bold" not in opened) else "")
            )
            bold = length // 2
            for _ in range(bold % 2 or 2):
                emphasis += _toggle(opened, "bold", first, last, opens=not after.isspace())
            if length % 2:
                emphasis += _toggle(opened, "italic", first, last, opens=not after.isspace())
        else:
            removed_pair, passage = _pair(opened, sign * length, first, last, before, after)
            removed += removed_pair
            emphasis += passage
    if "bold" in opened:
        emphasis.append(Emphasis(opened["bold"][1], end, "bold"))
    return removed, sorted((e for e in emphasis if e.start < e.end), key=lambda e: (e.start, e.end))


def _parts_words(text: str, first: int, last: int) -> bool:
    """Whether two passages in bold, one right behind the other, are two lines: "**KẾT LUẬN****CỦA BAN BÍ THƯ**", but
    "**KẾT LU****ẬN**" is one word: a syllable has its vowels together."""
    left, right = _WORD_END.search(text, max(0, first - _SYLLABLE), first), _WORD.match(text, last)
    if left is None or right is None:
        return False
    if left[0].isdigit() or right[0].isdigit() or left[0].isupper() != right[0].isupper():
        return left[0].isalpha() and right[0].isalpha() and len(right[0]) > 1 and left[0][-1].isupper()
    return len(_VOWELS.findall(bare_letters(left[0] + right[0]).lower())) > 1


def _opens_item(before: str, text: str, last: int) -> bool:
    """Whether bold words right behind the end of a sentence begin an item: "… như sau:**1. Sở A …"."""
    return before in ".:;" and bool(_ITEM.match(text, last))


def _toggle(opened: dict[str, tuple[int, int]], kind: str, first: int, last: int, opens: bool) -> Iterator[Emphasis]:
    if kind in opened:
        yield Emphasis(opened.pop(kind)[1], first, kind)
    elif opens:
        opened[kind] = (first, last)


def _pair(
    opened: dict[str, tuple[int, int]], mark: str, first: int, last: int, before: str, after: str
) -> tuple[list[Edit], list[Emphasis]]:
    """Marks that count in pairs only: "*", "_" and "__"."""
    if len(mark) > 2:
        return [], []
    word = mark[0] == "_"
    # converters leave the blank inside: "*a) *Tổ chức …", "*năm 2025 *" at a line's end; but "3 * 5" is none
    closes = not before.isspace() or (not word and (not after.isspace() or after == "\n"))
    if mark in opened and closes and not (word and after.isalnum()):
        opener = opened.pop(mark)
        kind = "bold" if len(mark) == 2 else "italic"
        return [(*opener, ""), (first, last, "")], [Emphasis(opener[1], first, kind)]
    if not after.isspace() and not (word and (before.isalnum() or not (after.isalnum() or after in '*"“('))):
        opened[mark] = (first, last)
    return [], []
