"""Characters that mean another one, or nothing, and canonical composition (NFC), as edits."""

from __future__ import annotations

import re
import unicodedata

from ingest.cleaning.edits import Edit

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # form feed: a page ends
_HYPHENS = "\u2010\u2011\u00ad"  # U+2011 is Word's non-breaking hyphen: "21‑CT/TW"
COLUMN_GAP = "   "
_MARKER = 8  # characters: as far into its line as a marker with its tab may reach ("XVIII.\t")
_FONT_SIGNS = {"\uf02d": "-", "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓"}  # Symbol, Wingdings
# Cyrillic and Greek letters that keyboards and OCR leave for Latin ones of the same shape: "CР" is "CP"
_CYRILLIC = dict(zip("АВЕКМНОРСТУХІЈЅаеорсухіјѕ", "ABEKMHOPCTYXIJSaeopcyxijs", strict=True))
_GREEK = dict(zip("ΑΒΕΗΙΚΜΝΟΡΤΥΧΖο", "ABEHIKMNOPTYXZo", strict=True))
# Letters of other languages that fonts and converters leave for Vietnamese ones: "đƣợc" is "được"
_LOOKALIKES = {
    "\u01a2": "Ư",
    "\u01a3": "ư",
    "\u00d0": "Đ",
    "\u00f0": "đ",
    "\u0189": "Đ",
    **_CYRILLIC,
    **_GREEK,
}
_REPLACEMENTS = {
    **_LOOKALIKES,
    **_FONT_SIGNS,
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_BREAKS, "\n"),
    **dict.fromkeys(_HYPHENS, "-"),
    "\u00ad": "",  # a soft hyphen prints nothing
    "\r\n": "\n",
    "\r": "\n",
}
# "\r\n" of Windows, a tab, a zero-width space, a BOM, a control character, half of a surrogate pair
_ODD = re.compile(
    rf"[\r\t{_SPACES}{''.join(_FONT_SIGNS)}{''.join(_LOOKALIKES)}{_BREAKS}{_HYPHENS}\0-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
    r"\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff](?:(?<=\r)\n)?"
)

# No character in here changes under NFC, or joins the one before it: safe places to cut a text.
_STABLE = "\\0-\u02ff\u1e00-\u1eff\u2002-\u20cf\u2200-\u2328\u232b-\u2adb"
# "e" with the marks that follow it: "ệ" typed as e + U+0323 + U+0302
_COMPOSABLE = re.compile(f"[{_STABLE}]?[^{_STABLE}]+")


def plain_characters(text: str) -> list[Edit]:
    """Edits that leave plain spaces, "\\n" line breaks, plain hyphens, and nothing that does not print."""
    edits = []
    for match in _ODD.finditer(text):
        odd = match[0]
        if odd == "\t":
            new = _tab(text, match.start())
        elif "\ud800" <= odd <= "\udfff":
            new = "\ufffd"
        else:
            new = _REPLACEMENTS.get(odd, "")
        edits.append((match.start(), match.end(), new))
    return edits


def _tab(text: str, at: int) -> str:
    """A tab behind an indent or a marker ("1.\\t") is a space; elsewhere it parts columns, and stays a wide gap."""
    near = text[max(0, at - _MARKER) : at]
    return " " if "\n" in near or at < _MARKER else COLUMN_GAP


def composition(text: str) -> list[Edit]:
    """Edits that bring a text into NFC."""
    if unicodedata.is_normalized("NFC", text):
        return []
    return [
        (match.start(), match.end(), composed)
        for match in _COMPOSABLE.finditer(text)
        if (composed := unicodedata.normalize("NFC", match[0])) != match[0]
    ]
