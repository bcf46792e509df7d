"""One spelling for many: what two ways of writing the same Vietnamese words share.

The text itself is never changed by this module's users: they compare folded copies and keep
the offsets of the original.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Old and new placement of the tone mark: "hoá" and "hóa", "uỷ" and "ủy" are one word.
_NEW_TO_OLD = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
# the vowel pair of an open syllable, "hoá", "UỶ", but not that of "quý"; every pair of the letters is one of the table
# (its first letter is a set of letters, which the regular expression's engine looks for fast)
_OPEN_SYLLABLE = re.compile(r"[oOuU](?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])[ỳýỷỹỵỲÝỶỸỴ])(?<![qQ]..)(?!\w)")

# a mark that a typewriter's habit leaves on the first vowel where it belongs on the second: "kế họach", "Hùynh"; no
# syllable is spelt so ("hóa" and "ủy" end behind the pair), so nothing else can be meant
_OLD_TO_NEW = {old: new for new, old in _NEW_TO_OLD.items()}
_CLOSED_SYLLABLE = re.compile(
    r"[òóỏõọÒÓỎÕỌùúủũụÙÚỦŨỤ](?:(?<=[òóỏõọÒÓỎÕỌ])[aAeE](?=\w)|(?<=[ùúủũụÙÚỦŨỤ])[yY](?:(?=\w)|(?<=[qQ]..)))"
)


def _modernised(syllable: re.Match[str]) -> str:
    found = syllable[0]
    low = found.lower()
    new = _NEW_TO_OLD.get(low) or _OLD_TO_NEW[low]
    return "".join(n.upper() if f.isupper() else n for f, n in zip(found, new, strict=True))


def modern_tone(text: str) -> str:
    """Put tone marks where the official spelling has them: "uỷ ban" → "ủy ban", "UỶ" → "ỦY", "kế họach" → "kế hoạch".

    "quý" and "toàn" stay: "qu" is a consonant, and in a closed syllable the second vowel has the mark.
    The result has as many characters as the NFC text, so offsets stay true.
    """
    return _CLOSED_SYLLABLE.sub(_modernised, _OPEN_SYLLABLE.sub(_modernised, text))


def fold(text: str) -> str:
    """Lower case, NFC, one tone-mark style, dashes and spaces made equal, no other punctuation.

    >>> fold("Sở Lao động – Thương binh & Xã hội")
    'sở lao động thương binh và xã hội'
    """
    text = modern_tone(unicodedata.normalize("NFC", text)).lower().replace("&", " và ")
    return " ".join(re.sub(r"[^\w/?]+", " ", text).split())


def plain(text: str) -> str:
    """Folded, and without diacritics: what a person types on a keyboard that has none.

    >>> plain("Kế hoạch của Đảng uỷ")
    'ke hoach cua dang uy'
    """
    decomposed = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(text: str) -> str:
    """ASCII letters, digits and single hyphens: "41/KH-UBND" → "41-kh-ubnd"."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")


def digest(text: str, length: int = 10) -> str:
    """The first hexadecimal digits of the text's SHA-256, for ids that must tell names apart.

    Ten of them: of a country's 11,000 communes each may have a plan of one number and an unknown date.
    """
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:length]
