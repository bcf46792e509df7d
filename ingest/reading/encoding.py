"""Bytes to text: UTF-8, UTF-16 and UTF-32, and windows-1258 where it is beyond doubt."""

from __future__ import annotations

import codecs
import re
import unicodedata

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096  # bytes looked at to tell UTF-16 by its zeros
_ODD_BYTES = 1000  # one undecodable place in so many characters is damage, not another encoding
# letters that only Vietnamese has: ă, đ, ơ, ư, and those with a mark over a mark
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_PRINTED = set("–—‘’“”…•«»°±²³·×§©®€ \u00a0")  # signs beyond ASCII that a document prints
_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes) -> str | None:
    """The text that bytes hold; None where they are no text in an encoding that can be told for sure."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    text = _without_mark(data)
    if text is None or len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 100:
        return None
    return text


def _without_mark(data: bytes) -> str | None:
    encoding = _utf16_by_zeros(data)
    if encoding:
        return _strict(data, encoding)
    text = _strict(data, "utf-8")
    return text if text is not None else _damaged_utf8(data) or _windows_1258(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_by_zeros(data: bytes) -> str | None:
    """Every other byte of much of UTF-16 text is zero: the upper halves of spaces, digits and plain letters."""
    sample = data[: min(_SAMPLE, len(data) // 2 * 2)]
    if len(data) % 2 or 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) // 5 or min(even, odd) > max(even, odd) // 20:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bad bytes, such as a text cut within a letter; they show as U+FFFD."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return text if bad * _ODD_BYTES <= len(text) or (bad == 1 and text[-1] == "\ufffd") else None


def _windows_1258(data: bytes) -> str | None:
    """Text in windows-1258, if it comes out as Vietnamese with nothing left over.

    Other 8-bit encodings (TCVN3, VNI, windows-1252) decode too, but into signs that no document prints, or into
    tone marks that have no letter to stand on.
    """
    text = _strict(data, "cp1258")
    if text is None:
        return None
    text = unicodedata.normalize("NFC", text)
    beyond = [c for c in text if ord(c) > 0x7F]
    if not all(c.isalpha() or c in _PRINTED for c in beyond) or 10 * len(_VIETNAMESE.findall(text)) < len(beyond):
        return None
    return text
