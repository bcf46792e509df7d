"""Who signed a document, and as what: the block at its end, also in the middle where a decision carries a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from graph.spelling import modern_tone
from ingest.formalities.flat_cells import of_signature
from ingest.formalities.letter_spacing import is_spaced, joined
from ingest.lexicon import lexicon
from ingest.lines import Piece, is_capitals, letters_only, pieces, unaccented
from ingest.patterns import UPPER, cues

_NAME_WORD = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]+\.?")  # "Lúa", "H'Yim"
_MARK = re.compile(r"^[^\W\d_]['’]")
_TITLES = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|CN|KS|Ông|Bà|Đồng chí|(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng))\.?\s*)+", re.UNICODE
)
_BESIDE = re.compile(r"[Nn][ơo]i nh[ậâa]n\s*:?\s*[-–]?\s*(?=\S)")  # "Nơi nhận: KT. CHỦ TỊCH"
_RECIPIENTS = ("Nơi nhận", "Nơi  nhận", "Noi nhận")
_BLOCK = 3000  # characters that recipients and signature take
# "TM. UỶ", "KT. CHỦ", "Nơi nhận": begun with a set of letters, which the engine looks for fast
_SPOT = re.compile(
    rf"[TKQN](?:(?<!\w.)(?:(?<=T)(?:/?M|L|UQ)|(?<=K)/?T|(?<=Q))\s?[./]\s*[{UPPER}]{{2}}|(?<=N)[ơo]i\s+nh[ậâa]n)"
)
_SIGNED = re.compile(r"\W*(?:đã ký|ký tên|đã kí)\W*(?:đóng dấu)?\W*", re.IGNORECASE)
_ARCHIVE = re.compile(r"^\W{0,4}l[ưu]u\s?(?::|V[TPă]|TT)[^\n]*$", re.IGNORECASE | re.MULTILINE)  # "- Lưu: VT, KT."
_NAME_REACH = 150  # characters
_SIGNS_AROUND = re.compile(r"^[\Wˆ_]+|\W+$")
_LINES_TO_NAME = 16
_UNSIGNED_LINES = 2
_POSITION_END = " \n\t\r\u00a0,.:;*_"  # what follows an office: "CHỦ TỊCH" + " _____"


@dataclass(frozen=True, slots=True)
class Signature:
    """`signer` at `start:end`, in the office `position`; `body` is what "TM." names, in capitals as printed.

    `first` is where the first line of the block stands, which names the body, `office` where the position does.
    """

    signer: str | None
    position: str | None
    body: str | None
    start: int
    end: int
    first: tuple[int, int]
    office: tuple[int, int]


@cache
def _family_names() -> frozenset[str]:
    return frozenset((*cues("task_cues", "family_names"), *cues("letterhead", "more_family_names")))


@cache
def _positions() -> dict[str, str]:
    return {letters_only(p): p for p in lexicon("letterhead")["positions"]}


@cache
def _bare_phrases() -> tuple[str, ...]:
    """What no name begins with, where OCR left capitals without diacritics; one word alone may then be a name's."""
    return tuple(letters_only(words) for words in lexicon("letterhead")["not_names"] if " " in words.strip())


@cache
def _prefix() -> re.Pattern[str]:
    """ "TM. ", "KT.", "T/M " at the start of a line in capitals."""
    forms = "|".join(re.escape(p) for p in sorted(lexicon("letterhead")["signature_prefixes"], key=len, reverse=True))
    return re.compile(rf"(?P<prefix>{forms})(?!\w)\.?\s*", re.IGNORECASE)


def position_of(piece: Piece) -> str | None:
    """The office that a line in capitals names: "KT. CHỦ TỊCH" and "PHÓ CHỦ TỊCH" are two such lines."""
    text = piece.text.rstrip(_POSITION_END)
    if len(text) > 90 or not is_capitals(text):
        return None
    prefix = _prefix().match(text)
    bare = letters_only(text[prefix.end() :] if prefix else text)
    if bare in _positions():
        return _positions()[bare]
    if bare.startswith(("h", "p")) and bare[1:] and f"p{bare}" in _positions():  # "HÓ CHỦ TỊCH": the scan cut a letter
        return _positions()[f"p{bare}"]
    for key, name in _positions().items():
        if len(key) > 7 and bare.startswith(key) and len(bare) - len(key) < 45:
            return name
    return None


def _small_office(piece: Piece) -> str | None:
    """The office that a line in small letters names, and nothing else: "Phó Thủ tướng" below "KT. THỦ TƯỚNG"."""
    name = _positions().get(letters_only(piece.text))
    return name if name and name.lower() == modern_tone(piece.text).lower().strip(" .,:*") else None


def person_name(text: str) -> str | None:
    """A person's name: two to five capitalised words, ranks before them left out."""
    words = _TITLES.sub("", " ".join(text.split()).strip(" .,;:*_()")).split()
    if len(words) > 3 and len(words[0]) == 1 and words[1] in _family_names():  # what a stamp left: "Đ Lò Văn Thuốc"
        words = words[1:]
    if not 2 <= len(words) <= 5 or not all(_NAME_WORD.fullmatch(w) and w[0].isupper() for w in words):
        return None
    if modern_tone(" ".join(words)).lower().startswith(tuple(lexicon("letterhead")["not_names"])):
        return None
    if text.isupper() and letters_only(text).startswith(_bare_phrases()):  # "NHAN DAN" below "TM. ỦY BAN"
        return None
    letters = letters_only("".join(words))
    if _prefix().match(words[0] + " ") or any(len(key) > 8 and key in letters for key in _positions()):
        return None
    if any(len(w) > 8 for w in words) or all(len(w) <= 2 for w in words):
        return None
    if all(w.isupper() for w in words):
        words = [w.capitalize() for w in words]
        if words[0] not in _family_names():  # "QUY CHẾ", "NHỮNG ĐIỀU CẦN CHÚ Ý": what follows an unsigned office
            return None
    parts = [_MARK.sub("", w) for w in words]
    return " ".join(words) if all(w[1:].islower() or len(w) == 1 for w in parts) else None


def read_signature(text: str, start: int) -> Signature | None:
    """The first signature from `start` on (the head of the document left out), or None."""
    for first, last in _windows(text, start):
        lines = list(_joined(_unfolded(pieces(text, first, last))))
        for index, piece in enumerate(lines):
            marked = _marked(piece)
            if not marked and (position_of(piece) is None or len(piece.text) > 40):
                continue
            found = _read_block(lines, index)
            if found and (found.signer or marked):
                return found
            if found and last >= len(text) and index >= len(lines) - _UNSIGNED_LINES:
                return _behind_archive(text, start, found)  # a copy that nobody has signed ends with the office
    return _in_small_letters(text, start) or _behind_archive(text, start)


def _behind_archive(text: str, start: int, unsigned: Signature | None = None) -> Signature | None:
    """A signature by the name alone behind the archive's line, where a scan lost the office above it."""
    archive = _ARCHIVE.search(text, start)
    for piece in list(pieces(text, archive.end(), min(len(text), archive.end() + _NAME_REACH)))[:3] if archive else ():
        words = _SIGNS_AROUND.sub("", piece.text)
        name = person_name(words)
        family = family_name(name.split()[0]) if name else None
        if name and family:
            whole = " ".join([family, *name.split()[1:]])
            if unsigned:
                return replace(unsigned, signer=whole, start=piece.start, end=piece.end)
            return Signature(whole, None, None, piece.start, piece.end, _span(piece), _span(piece))
    return unsigned


def family_name(printed: str) -> str | None:
    """A family name, also one whose diacritics a scan misread: "Trân" for "Trần"; None for another word."""
    if printed in _family_names():
        return printed
    alike = [name for name in _family_names() if unaccented(name) == unaccented(printed)]
    return alike[0] if len(alike) == 1 else None


def _in_small_letters(text: str, start: int) -> Signature | None:
    """A signature whose office stands in small letters, alone on its line, right above the name: "Giám đốc"."""
    lines = [p for p in pieces(text, max(start, len(text) - _BLOCK), len(text)) if not _SIGNED.fullmatch(p.text)]
    for office, name in pairwise(lines):
        position = _small_office(office)
        signer = person_name(name.text)
        if position and signer:
            return Signature(signer, position, None, name.start, name.end, _span(office), _span(office))
    return None


def _windows(text: str, start: int) -> list[tuple[int, int]]:
    """Where a signature may stand: round the list of recipients, behind "TM." and "KT.", and at the end."""
    spots = [(m.start(), m.start() + _BLOCK) for m in _SPOT.finditer(text, start)]
    spots.append((max(start, len(text) - _BLOCK), len(text)))
    windows: list[tuple[int, int]] = []
    for first, last in spots:
        first = text.rfind("\n", start, first) + 1 or start
        if text.startswith(_RECIPIENTS, first):  # the office may stand in the row above, in the column beside
            first = text.rfind("\n", start, max(start, text.rfind("\n", start, max(start, first - 1)))) + 1 or start
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        else:
            windows.append((first, last))
    return windows


def _unfolded(found: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces, where "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn A" on one line is cut into offices and name."""
    for piece in found:
        if is_spaced(piece.text):
            piece = Piece(piece.start, piece.end, joined(piece.text), piece.line)
        if beside := _BESIDE.match(piece.text):
            piece = Piece(piece.start + beside.end(), piece.end, piece.text[beside.end() :], piece.line)
        words = piece.text.split(" ") if len(piece.text) < 160 else []
        capitals = next((n for n, word in enumerate(words) if not word.isupper() and len(word) > 1), 0)
        behind = next((n for n, word in enumerate(words) if n > capitals and word.isupper()), len(words))
        name = " ".join(words[capitals:behind])
        lettered = any(len(letters_only(word)) > 1 for word in words[:capitals])  # "Y Biêr Niê" is a name
        if not lettered or person_name(name) is None:
            offices = list(of_signature(piece))  # "KT. GIÁM ĐỐC| PHÓ GIÁM ĐỐC", but "TM. ĐOÀN CHỦ TỊCH"
            yield from offices if all(map(position_of, offices)) else [piece]
            continue
        printed = " ".join(words[:capitals])
        yield from of_signature(Piece(piece.start, piece.start + len(printed), printed, piece.line))
        begin = piece.start + len(printed) + 1
        yield Piece(begin, begin + len(name), name, piece.line)


def _joined(found: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces, an office that a narrow cell broke behind its first word made one again: "PHÓ" / "CHỦ TỊCH"."""
    before: Piece | None = None
    for piece in found:
        if before:
            both = Piece(before.start, piece.end, f"{before.text} {piece.text}", piece.line)
            if piece.line == before.line + 1 and letters_only(both.text) in _positions():
                yield both
                before = None
                continue
            yield before
        before = piece if " " not in piece.text and piece.text.isupper() else None
        if before is None:
            yield piece
    if before:
        yield before


def _marked(piece: Piece) -> bool:
    """ "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC"."""
    prefix = _prefix().match(piece.text)
    if not prefix or len(piece.text) > 100 or not is_capitals(piece.text):
        return False
    return prefix["prefix"].isupper() and len(piece.text) > prefix.end()


def _is_within_office(lines: list[Piece], at: int) -> bool:
    """Whether a line of capitals belongs to an office ("KT. TRƯỞNG BAN CHÍNH SÁCH," / "THUẾ QUỐC TẾ" / "PHÓ …")."""
    return lines[at - 1].text.endswith(",") or any(position_of(piece) for piece in lines[at + 1 : at + 2])


def _whole_name(lines: list[Piece], at: int) -> Piece:
    """A name that a narrow cell broke behind its first word or before its last: "Trần" / "Văn An"."""
    piece, following = lines[at], lines[at + 1 : at + 2]
    if not following or following[0].line != piece.line + 1 or not piece.text.istitle():
        return piece
    one = " " not in piece.text or " " not in following[0].text
    both = f"{piece.text} {following[0].text}"
    whole = one and following[0].text.istitle() and person_name(both)
    return Piece(piece.start, following[0].end, both, following[0].line) if whole else piece


def _continues_body(body: str, first: Piece, following: Piece) -> bool:
    """Whether a name that is no body's yet goes on in the next line: "TM. ỦY BAN" / "NHÂN DÂN"."""
    other = _marked(following) or position_of(following) is not None or not is_capitals(following.text)
    return not other and following.line == first.line + 1 and body.count(" ") < 2


def _read_block(lines: list[Piece], index: int) -> Signature | None:
    first = lines[index]
    prefix = _prefix().match(first.text)
    body = (
        first.text[prefix.end() :] if prefix and prefix["prefix"][:1] in "Tt" and position_of(first) is None else None
    )
    if body and lines[index + 1 : index + 2] and _continues_body(body, first, lines[index + 1]):
        body = f"{body} {lines[index + 1].text}"
    position, last = position_of(first), first
    for at, piece in enumerate(lines[index + 1 : index + 1 + 3 * _LINES_TO_NAME], index + 1):
        if piece.line > last.line + _LINES_TO_NAME:
            break
        if office := position_of(piece) or (position and _small_office(piece)):
            position, last = office, piece
            continue
        piece = _whole_name(lines, at)
        name = person_name(piece.text)
        if name and body and not position and at <= index + 2 and name.split()[0] in _family_names():
            return Signature(name, None, body, piece.start, piece.end, _span(first), _span(first))  # no office printed
        if name and position and not (piece.text.isupper() and _is_within_office(lines, at)):
            return Signature(name, position, body, piece.start, piece.end, _span(first), _span(last))
    if not position and not body:
        return None
    return Signature(None, position, body, first.start, first.end, _span(first), _span(last))


def _span(piece: Piece) -> tuple[int, int]:
    return piece.start, piece.end
