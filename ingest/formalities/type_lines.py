"""Which line of a head names the document's type, alone or with the beginning of the title behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.formalities.letterhead import NATIONAL_TITLES, read_symbol
from ingest.formalities.titles import ADDRESSED, starts_preamble, type_of_line
from ingest.lexicon import lexicon
from ingest.lines import Piece, is_capitals, letters_only

_LINES_OF_LETTERHEAD = 14
_FEW_LINES = 5
_LAWS = ("luat", "boluat", "phaplenh")  # their type's line has the title, and stands above the number
_LONGEST_LINE = 350  # characters
_LONGEST_TYPE = 5  # words
_NO_TITLE = re.compile(r"\W|\d|(?:SỐ|NÀY|CỦA)\b")  # what no title behind its type begins with


def type_line(lines: list[Piece]) -> tuple[int | None, str | None]:
    """Which piece names the type alone, before any paragraph of the body."""
    for index, piece in enumerate(lines):
        if piece.text.startswith("Căn cứ "):  # what follows enacts: "QUYẾT ĐỊNH:"
            break
        labelled = index > 0 and lines[index - 1].text.endswith(":")  # "Loại văn bản:" of a portal's attributes
        if (name := type_of_line(piece)) and not labelled and not _heads_letterhead(lines, index):
            return index, name
        if ADDRESSED.match(piece.text):
            break
    for index, piece in enumerate(lines[:25]):
        if ADDRESSED.match(piece.text):
            break
        if name := type_at_end(piece):
            return index, name
    return None, None


def _heads_letterhead(lines: list[Piece], index: int) -> bool:
    """Whether a type is a page's heading: the whole letterhead stands between it and the same type again."""
    name = letters_only(lines[index].text)
    below = lines[index + 1 : index + 1 + _LINES_OF_LETTERHEAD]
    again = next((at for at, piece in enumerate(below) if letters_only(piece.text) == name), 0)
    return any(letters_only(piece.text).startswith(NATIONAL_TITLES) for piece in below[:again])


def with_type_lines(text: str, lines: list[Piece]) -> Iterator[Piece]:
    """The lines, a type below the number that goes on with the title cut from it, where none stands alone.

    A word that tells more of the type ("GIẤY MỜI| HỌP") is no title where the next line is not in capitals.
    """
    open_head = True
    numbered = False
    for index, piece in enumerate(lines):
        open_head = open_head and not (starts_preamble(piece.text) or type_of_line(piece))
        of_law = letters_only(piece.text).startswith(_LAWS)
        cut = cut_behind_type(piece) if open_head and (numbered or of_law) else None
        numbered = numbered or read_symbol(text, [piece]) is not None
        if cut is None or _type_alone(lines[index + 1 :]):
            yield piece
            continue
        open_head = False
        first, rest = cut
        yield first
        following = lines[index + 1].text if lines[index + 1 :] else ""
        if of_law or rest.text.count(" ") > 1 or is_capitals(following) or not following:
            yield rest


def _type_alone(lines: list[Piece]) -> bool:
    """Whether a type stands alone on one of the next lines: what begins with one above it names the issuer."""
    return any(type_of_line(piece) and not piece.text.endswith(":") for piece in lines[:_FEW_LINES])


def type_at_end(piece: Piece) -> str | None:
    """The type in capitals at the end of a line that a stamp runs into: "SO DEN: -¬ CHỈ THỊ"."""
    for name in lexicon("letterhead")["title_types"]:
        if piece.text.endswith(name.upper()) and not is_capitals(piece.text[: -len(name)].strip() or "X y z"):
            return str(name)
    return None


def cut_behind_type(piece: Piece) -> tuple[Piece, Piece] | None:
    """A line in capitals whose type goes on with the title, cut in two: "QUYẾT ĐỊNH| CHO THUÊ ĐẤT", "GIẤY MỜI| HỌP"."""
    text = piece.text.strip(" *#_")
    words = text.split(" ")
    if not is_capitals(text) or len(text) > _LONGEST_LINE:
        return None
    for count in range(min(len(words) - 1, _LONGEST_TYPE), 0, -1):
        at = piece.text.index(words[0]) + len(" ".join(words[:count]))
        first = Piece(piece.start, piece.start + at, piece.text[:at], piece.line)
        if type_of_line(first) and not _NO_TITLE.match(" ".join(words[count:])):
            title = piece.text[at:].lstrip(" :-–")
            return first, Piece(piece.end - len(title), piece.end, title, piece.line)
    return None
