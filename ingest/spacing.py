"""Text whose spaces vary, as broken and aligned lines leave it, and patterns that do not mind."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from graph.spelling import modern_tone

PARAGRAPH_END = "\u2029"
_BLANKS = "\n\r\t\x0b\x0c\u00a0\u2003\u2002\u2009\u202f"
# what a scan takes for figures inside a number: "2O13", "1O5/QĐ", "l2/QĐ", "O3/7"; inside a date: "ngày l6 tháng",
# "ngày Ø3 tháng", "ngày 0] tháng", "tháng L1 năm"
_MISREAD = re.compile(
    r"[OoIl](?:(?<=\d.)(?=[\d/])|(?<![\w.,].)(?=\d{1,4}/))"
    r"|[OIlLØ](?:(?<=ngày\s.)(?=\d\stháng\s)|(?<=tháng\s.)(?=\d\snăm\s))"
    r"|[OoIl\]](?:(?<=ngày\s\d.)(?=\stháng\s)|(?<=tháng\s\d.)(?=\snăm\s))"
)
_FIGURES = {"O": "0", "o": "0", "Ø": "0", "I": "1", "l": "1", "L": "1", "]": "1"}
_LETTERS = [chr(c) for c in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(c).isalpha()]
_BARE = {ord(c): {"đ": "d", "Đ": "D"}.get(c, unicodedata.normalize("NFD", c)[0]) for c in _LETTERS}


# What nearly all Vietnamese text is printed with fits into a code page of 256 characters. Written in it and read in
# another that has bare letters in their place, a text loses its diacritics ten times faster than letter by letter.
_VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_PRINTED = "\0\t\n" + "".join(map(chr, range(0x20, 0x7F))) + _VIETNAMESE + _VIETNAMESE.lower() + "“”‘’–—…•§°\u2029"
_PAGE = _PRINTED.ljust(256, "\ufffe")  # the sign of codecs for what is not defined
_BARE_PAGE = _PAGE.translate(_BARE)
_ENCODING = codecs.charmap_build(_PAGE)


def bare_letters(text: str) -> str:
    """NFC text without diacritics, as long as it was: "thực hiện" → "thuc hien"."""
    try:
        return codecs.charmap_decode(codecs.charmap_encode(text, "strict", _ENCODING)[0], "strict", _BARE_PAGE)[0]
    except UnicodeEncodeError:
        return text.translate(_BARE)


@lru_cache(maxsize=2)
def level_text(text: str) -> str:
    """The text with plain spaces, modern tone marks and figures in numbers, as long as it was, so that offsets hold.

    An empty line and the end of a table's cell keep a `PARAGRAPH_END`, which patterns take for a space too.
    """
    text = text.replace("\n\n", f"\n{PARAGRAPH_END}").replace("\t", PARAGRAPH_END)
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return _MISREAD.sub(lambda m: _FIGURES[m[0]], modern_tone(text))


def spaced(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which a space stands for one or more, up to an indented line, and " ?" for any or none.

    A space inside a character class must be written as `\\s`.
    """
    return re.compile(source.replace(" ?", r"\s{0,24}").replace(" ", r"\s{1,24}"), flags)


def folded(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())
