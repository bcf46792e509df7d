"""Markers at the head of a line: "III.", "2.1.", "a)", "Điều 2.", "- ", and which may follow which."""

from __future__ import annotations

import re

from ingest.patterns import UPPER
from ingest.values import value

LETTERS = "abcdđefghijklmnopqrstuvwxyz"
"""The alphabetical order of points; f, j, w and z are no Vietnamese letters, but some lists have them."""

BULLETS = {
    **dict.fromkeys("-–—―‑−_~●⁃", "-"),
    **dict.fromkeys("•·▪■□‣►❖◆\uf0b7\uf0a7", "•"),  # \uf0b7 and the like: bullets of Word's symbol fonts
    **dict.fromkeys("+✓\uf0fc", "+"),
    **dict.fromkeys("*➢\uf0d8", "*"),
    **dict.fromkeys("◦○", "o"),
}
"""A bullet as printed (or as OCR reads a dash) → its style; bullets of one style are siblings."""

BULLET = f"[{re.escape(''.join(BULLETS))}]"
"""Any of these signs, in a pattern."""

# "Phần I", "PHẦN THỨ NHẤT", "Chương II.", "Mục 1:", "Phụ lục 01", "Phụ lục"
_DIVISION = re.compile(
    r"(?P<word>phần|chương|mục|phụ\s+lục|phụ\s+biểu|biểu\s+số)\b\s*"
    r"(?:số\s*)?(?P<number>thứ\s+\w+|[IVXL]+\b|\d{1,3}[A-Za-z]?\b|[A-HĐ]\b)?\s*[.:)/-]?",
    re.IGNORECASE,
)
# "Điều 2.", "ĐIỀU 12:", "Điều 4 - Hiệu lực", "Điều 3" alone on its line; not "Điều 2 Quyết định số …"
_ARTICLE = re.compile(rf"(?:Điều|ĐIỀU|Diều|Điêu)\s+(\d{{1,3}}[a-zđ]?)(?:\s*(?:[.:]|$)|\s?[-–](?=\s+[{UPPER}]))")
# "Khoản 1.", "Khoản 2:"
_CLAUSE = re.compile(r"Khoản\s+(\d{1,2})\s*[.:]")
# "II. ", "IV/ ", "I- ", "III) ", "II MỤC TIÊU" is read by _ROMAN_BARE
# "Il. ", "IIl. ": OCR reads a small l for I; "Iii. ": a converter's capital at the head of a line
_ROMAN = re.compile(r"([IVXL][IVXLl]{0,6}|[IVX][ivx]{1,4})\s?[.)/:](?=\s|[A-ZĐ][^.\s]|$)|([IVXL]{1,7})\s?[-–]\s")
# "H. Đối tượng", "HI. NỘI DUNG", "M. Nội dung": what a scan makes of "II." and "III."
_MISREAD_ROMAN = re.compile(rf"(?:(?P<two>H)|(?P<three>HI|IH|IIH|TH|IU)|M)[.,/]\s+(?=[{UPPER}])")
# "A. ", "B/ ", "C) "
_CAPITAL = re.compile(r"([A-HKMĐ])\s?[.)/](?=\s)|([A-HKĐ])\s[-–]\s")
# "2.1.", "2.1 Phòng", "3.2.1)", "1.1- "
_DECIMAL = re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:\s?[.):/](?!\d)|\s?-\s|(?=\s+[{UPPER}\"“]))")
# "2.1.a. ", "1.b) ": a letter that repeats its item's number
_DECIMAL_LETTER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}\.([a-zđ])[.)](?=\s)")
# "1. ", "12) ", "3/ ", "2- ", "1.Mục đích" (blank lost); but not the symbol of a wrapped line, "749/QĐ-TTg ngày"
_NUMBER = re.compile(rf"(\d{{1,3}})(?!/\w{{1,8}}[-/][A-ZĐ])\s?(?:([.)/:])(?=\s|[{UPPER}][^.\s]|$)|([-–])\s)")
# "(1) ", "(12)"
_IN_BRACKETS = re.compile(r"\((\d{1,2})\)\s?")
# "(i) ", "(iv)", "ii) "; "i)" alone may be the letter
_SMALL_ROMAN = re.compile(r"\(([ivx]{1,5})\)|([ivx]{2,5})[.)]\s")
# "a) ", "đ. ", "(b) ", "a/ "; OCR leaves a blank before the bracket
_LETTER = re.compile(rf"\(?([a-zđ])\s?[.)/](?=\s|[{UPPER}])")

# ". Để thúc đẩy"
_LOST_NUMBER = re.compile(rf"\.\s+[{UPPER}]")

_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@value(frozen=True, slots=True)
class Marker:
    """A marker: its style (siblings share it), its label as in a section path, its value, where it ends."""

    style: str
    label: str
    value: int
    end: int

    @property
    def is_bullet(self) -> bool:
        return self.style in ("-", "+", "*", "•", "o")

    @property
    def opens_part(self) -> bool:
        """Whether it is of the kind that divides a whole document (Phần, Chương, Mục, Phụ lục, Điều, A, I)."""
        return self.style in ("phần", "chương", "mục", "phụ lục", "điều", "A", "I")


def roman(text: str) -> int:
    """The value of a Roman numeral ("XIV" → 14)."""
    values = [_ROMAN_VALUES[c] for c in text.upper()]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def misread_roman(line: str, value: int) -> Marker | None:
    """The "II." or "III." that a scan read as other letters, where `value` is the next of the numerals."""
    found = _MISREAD_ROMAN.match(line) if value in (2, 3) and line[:1] in "HMIT" else None
    if not found or (found["two"] and value != 2) or (found["three"] and value != 3):
        return None
    return Marker("I", "I" * value, value, found.end())


def _letter(letter: str) -> int:
    return LETTERS.find(letter) + 1


def _division(line: str) -> Marker | None:
    found = _DIVISION.match(line)
    if not found:
        return None
    word = " ".join(found["word"].lower().split())
    style = {"phụ biểu": "phụ lục", "biểu số": "phụ lục"}.get(word, word)
    number = found["number"] or ""
    if not number:
        # "Phụ lục" stands alone on its line; "Phần lớn …", "Mục tiêu …" are words of a sentence
        if style != "phụ lục" or (line[found.end() :].strip() and not line.isupper()):
            return None
        return Marker(style, "Phụ lục", 0, found.end())
    if not line[0].isupper() or (line[found.end() - 1].isalnum() and line[found.end() : found.end() + 1].strip()):
        return None
    if line[found.end() :].lstrip()[:1].islower():
        return None  # "Phụ lục 1 kèm theo Quyết định này …" goes on as a sentence
    value = roman(number) if re.fullmatch(r"[IVXL]+", number) else _ORDINALS.get(number.split()[-1].lower(), 0)
    value = value or int(re.match(r"\d*", number)[0] or 0)  # type: ignore[index]
    return Marker(style, f"{style.capitalize()} {number}", value, found.end())


def _capital_or_roman(line: str, before: Marker | None) -> Marker | None:
    capital = _CAPITAL.match(line)
    if found := _ROMAN.match(line):
        text = (found[1] or found[2]).replace("l", "I").upper()
        # "I." after "H.", and "V." after "U." are letters
        if not (capital and before and before.style == "A" and before.label == "H"):
            return Marker("I", text, roman(text), found.end())
    if capital:
        text = capital[1] or capital[2]
        return Marker("A", text, _letter(text.lower()), capital.end())
    return None


def _numbered(line: str) -> Marker | None:
    if (found := _DECIMAL_LETTER.match(line)) and _letter(found[1]):
        return Marker("a", found[1], _letter(found[1]), found.end())
    if found := _DECIMAL.match(line):
        parts = found[1].split(".")
        return Marker("1" + ".1" * (len(parts) - 1), found[1], int(parts[-1]), found.end())
    if found := _NUMBER.match(line):
        style = "1)" if found[2] == ")" else "1"
        return Marker(style, str(int(found[1])), int(found[1]), found.end())
    return None


def _follows_bracketed(found: re.Match[str], before: Marker | None) -> bool:
    """Whether "(i)" is the letter, in a list that has its letters in two brackets: "(g)", "(h)"."""
    return found[1] == "i" and before is not None and before.label in ("g", "h") and before.end > len("h)")


def _lettered(line: str, before: Marker | None) -> Marker | None:
    found = _SMALL_ROMAN.match(line)
    if found and not _follows_bracketed(found, before):
        text = found[1] or found[2]
        return Marker("i", text, roman(text), found.end())
    if (found := _LETTER.match(line)) and _letter(found[1]):
        text = found[1]
        if text == "đ" and before and before.style == "a" and before.label == "c":
            text = "d"  # OCR: "d" comes before "đ"
        if text == "i" and not (before and before.style == "a" and before.label in "gh"):
            return Marker("i", "i", 1, found.end())
        return Marker("a", text, _letter(text), found.end())
    return None


def _lost_number(line: str, before: Marker | None) -> Marker | None:
    """The number before ". Để thúc đẩy …", which OCR lost: the next of the list."""
    found = _LOST_NUMBER.match(line)
    if not found or before is None or before.style != "1":
        return None
    return Marker("1", str(before.value + 1), before.value + 1, found.end() - 1)


def read_marker(line: str, before: Marker | None = None) -> Marker | None:
    """The marker that a line (without its indentation) begins with, or None.

    Args:
        line: one line of text.
        before: the last marker of the same list, which tells the letter "i)" from the numeral "i)".
    """
    first = line[:1]
    if first == ".":
        return _lost_number(line, before)
    if first in BULLETS:
        end = 2 if line[1:2] in BULLETS and line[1:2] == first else 1
        follows = line[end : end + 1]
        # "-5 %", "*****" are no bullets; a bullet's blank may be lost ("-Chủ trì")
        if follows.isspace() or follows.isalpha() or follows in '“"(':
            return Marker(BULLETS[first], "", 0, end) if line[end:].strip() else None
        return None
    if before and line.startswith(("I)", "1)")) and (before.style, before.label) == ("a", "k"):
        return Marker("a", "l", _letter("l"), 2)  # "k)", "I)", "m)": the letter is printed like the figure
    if first.isdigit():
        return _numbered(line)
    if first == "(":
        if found := _IN_BRACKETS.match(line):
            return Marker("(1)", found[1], int(found[1]), found.end())
        return _lettered(line, before)
    if first == "K" and (found := _CLAUSE.match(line)):
        return Marker("1", found[1], int(found[1]), found.end())
    if first in "ĐD" and (found := _ARTICLE.match(line)):
        return Marker("điều", f"Điều {found[1]}", int(re.match(r"\d+", found[1])[0]), found.end())  # type: ignore[index]
    if first.isupper():
        return _division(line) or _capital_or_roman(line, before)
    return _lettered(line, before)
