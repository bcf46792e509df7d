"""Cells of a letterhead or a signature whose lines a converter joined: "UBND HUYỆN A PHÒNG NỘI VỤ Số: 12/KH-PNV"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from graph.places import places
from ingest.lines import Piece, is_capitals
from ingest.naming.jurisdiction import bare_name

# "…| Số: 12/KH-UBND", "…| Độc lập - Tự do", "… Hạnh phúc| Yên Dũng, ngày 12 tháng 3"
_HEAD_CUT = re.compile(
    r" (?=Số ?:)| (?=Độc lập ?[-–] ?Tự do)|(?:(?<=[Hh]ạnh phúc)|(?<=HẠNH PHÚC)) (?=[^,]{2,40},? ngày\b)"
)
_HEAD_WORDS = ("Số", "Độc lập", "ạnh phúc", "HẠNH PHÚC")  # one of which stands before or behind each of them
# the second name of a letterhead: "ỦY BAN MTTQ VIỆT NAM XÃ A| BAN THƯỜNG TRỰC", "SỞ Y TẾ| TRUNG TÂM Y TẾ B"
_BODY_CUT = re.compile(
    r" (?=(?:BAN THƯỜNG (?:TRỰC|VỤ)|BAN CHẤP HÀNH|TIỂU BAN|VĂN PHÒNG|(?<!HẢI )PHÒNG"
    r"|TRUNG TÂM|CHI CỤC|TRƯỜNG|BAN QUẢN LÝ)\b)"
)
# two names on one line with nothing behind them: "UBND TỈNH A| SỞ Y TẾ", "BỘ TÀI CHÍNH| TỔNG CỤC THUẾ",
# "TỈNH ỦY A| BAN TỔ CHỨC", "BỘ NỘI VỤ| VỤ PHÁP CHẾ", but "THÀNH ỦY HẢI PHÒNG", "UBND PHƯỜNG LONG TRƯỜNG"
_BODY = (
    r"(?:(?:SỞ|(?<!HẢI )PHÒNG|CHI CỤC|TRUNG TÂM|TRƯỜNG|BỆNH VIỆN)(?= )|VĂN PHÒNG|THANH TRA|HẠT KIỂM LÂM"
    r"|BAN (?:QUẢN LÝ|CHỈ ĐẠO|DÂN TỘC|TỔ CHỨC|TUYÊN GIÁO|NỘI CHÍNH|DÂN VẬN))"
)
_ABOVE = re.compile(
    rf"(?:(?:UBND|[ỦU]Y BAN NHÂN DÂN|UỶ BAN NHÂN DÂN) (?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN)"
    rf"|TỈNH [ỦU]Y|THÀNH [ỦU]Y|HUYỆN [ỦU]Y)(?: [A-ZĐÀ-Ỹ.-]+){{1,5}}?(?= {_BODY}\b)"
    r"|BỘ(?: [A-ZĐÀ-Ỹ,-]+){1,8}?(?= (?:TỔNG CỤC|CỤC|(?<!BỘ NỘI )VỤ|VĂN PHÒNG|THANH TRA)\b)"
)
# "TM. ỦY BAN NHÂN DÂN| KT. CHỦ TỊCH| PHÓ CHỦ TỊCH"
_OFFICE_CUT = re.compile(
    r" (?=(?:KT|TL|TUQ|Q)\. ?[A-ZĐ])"
    r"|(?<!KT\.)(?<!TL\.)(?<!TUQ\.)(?<!Q\.)(?<!PHÓ)(?<!HIỆU)(?<!TỔNG)(?<!CỤC)(?<!VỤ)(?<!BỘ)(?<!VIỆN)"
    r" (?=(?:PHÓ )?(?:CHỦ TỊCH|(?:TỔNG )?GIÁM ĐỐC|BÍ THƯ|(?:HIỆU )?TRƯỞNG|CHÁNH)\b)"
)
# "V/v nộp tờ khai |CỘNG HÒA XÃ HỘI …": the cell beside a subject
_NATIONAL_TITLE = re.compile(r"[\s|]+(?=CỘNG H[ÒO][AÀ] XÃ HỘI)")
_SIGNED = re.compile(r"(?:T ?M|K ?T|T ?L) ?[./]")
_SHORTEST = 40
"""Characters: a shorter line is no cell of several lines."""


@cache
def _date_beside() -> re.Pattern[str]:
    """Before the date line that a scan put behind a subject's words: "V/v gác kho thuốc| Hà Nội, ngày 5"."""
    names = sorted({bare_name(place.name) for place in places() if place.level == "tỉnh"}, key=len, reverse=True)
    either = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<!\w)(?<!tại )(?<!ở )(?<!, )(?<!phố )(?<!tỉnh )(?:TP\.? ?)?(?:{either}), ng[àa]y")


def of_letterhead(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of a head, where one that holds what stands beside it or below it is cut."""
    return _by_lines(part for piece in pieces for part in _by_columns(piece))


def _by_columns(piece: Piece) -> Iterator[Piece]:
    """A piece, cut before the national title and the date line that belong to the column beside it."""
    title = _NATIONAL_TITLE.search(piece.text) if "CỘNG H" in piece.text else None
    cut = title or (_date_beside().search(piece.text) if ", ng" in piece.text else None)
    yield from _cut(piece, [cut.start()] if cut and cut.start() else [])


def _by_lines(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, one that holds a number or the motto behind a name cut into its lines."""
    for piece in pieces:
        holds = len(piece.text) > _SHORTEST and any(words in piece.text for words in _HEAD_WORDS)
        cuts = [found.start() for found in _HEAD_CUT.finditer(piece.text)] if holds else []
        name = piece.text[: cuts[0]] if cuts else ""
        if not name and (above := _ABOVE.match(piece.text)) and is_capitals(piece.text):
            yield from _cut(piece, [above.end()])
            continue
        if not name or not is_capitals(name):
            yield piece
            continue
        cuts += [found.start() for found in _BODY_CUT.finditer(name)]
        yield from _cut(piece, sorted(cuts))


def of_signature(piece: Piece) -> Iterator[Piece]:
    """The offices that one line in capitals holds, each for itself."""
    cuts = [found.start() for found in _OFFICE_CUT.finditer(piece.text)] if _SIGNED.match(piece.text) else []
    yield from _cut(piece, cuts)


def _cut(piece: Piece, places: list[int]) -> Iterator[Piece]:
    for begin, end in zip([0, *places], [*places, len(piece.text)], strict=True):
        words = piece.text[begin:end].strip(" |")
        first = piece.start + piece.text.index(words, begin)
        yield Piece(first, first + len(words), words, piece.line)
