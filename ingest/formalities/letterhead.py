"""The letterhead: the names of the agency, the symbol, place and date, in columns of either order or in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.dates import date_at, find_dates
from ingest.lexicon import lexicon
from ingest.lines import Piece, is_capitals, letters_only, unaccented
from ingest.symbols import find_symbols

# "Số: ", "Số ", "SỐ:", "số: 12", and what OCR makes of it: "So:", "S6:", "$6:"
_NUMBER_LABEL = re.compile(
    r"(?<=Luật )số:\s*|^số:\s{0,3}(?=\d)|(?:^|(?<=[\s(|]))[S$5](?:ố|ó|ô|o|6|Ố|O|ồ|ổ|é)\s{0,3}(?:[:;.]\s*|(?=\s|\d|-|/))"
)
_LETTER = r"[A-ZĐÔƠƯÂĂ](?:[A-ZĐÔƠƯÂĂ&\d]|Tg|Tr|tg|[ri](?![a-zà-ỹ]))*(?![a-zà-ỹ])"
# "41/KH-UBND", "/KH- SYT", "57-NQ/TW", "....../TB-VP", "-CTr/HU", "32/QĐ - U B ND", "7.1/QD-BTC", "03/2024/NQ-HĐND"
_SYMBOL = re.compile(
    r"[\s.…_]*(?P<number>\d[\d.]{0,6}[a-z]?)?(?P<damaged>(?<=\d)[À-ỹ])?[\s.…_]*(?:/\s?(?P<year>(?:19|20)\d\d)\s?)?(?P<sep>[/\-–—])\s?"
    rf"(?P<letters>{_LETTER}(?:\s?[/\-–—]\s?{_LETTER}|(?: [A-ZĐ]{{1,2}}(?![\w,/]))){{0,8}}(?:\.[IVX]{{1,4}}(?![\w.]))?)"
)
# "§Ø7 /BTC-QLG", "ÊđŠ /SYT-NV", "45 6 /KH-UBND", "2/42 /KH-SYT": OCR made signs of the number
_UNREAD = re.compile(
    r"\s*(?:[^\s/]{1,6}(?: [^\s/]{1,4})?|\d{1,3}/(?!(?:19|20)\d\d)\d{1,4})\s?"
    r"(?P<number>)(?P<damaged>)(?P<year>)(?P<sep>/)\s?"
    rf"(?P<letters>{_LETTER}(?:\s?[/\-–—]\s?{_LETTER}){{1,4}})"
)
# "Nam Định, ngày tháng 5 năm 2021", "TP. Hồ Chí Minh, ngày 5/3/2024", "Ha Nội, ngay 3 thing 5 năm 2021",
# "Nam Định, ngàu/{ tháng 5 năm 2021"
_DATE_LINE = re.compile(
    r"(?<![/\w])(?<!\d-)(?P<place>[^\W\d_][^,\n\t:;/]{1,40}?)\s*,\s*ng[àaạ][yu]\s?(?P<rest>[^\n\t]{0,60})",
    re.IGNORECASE,
)
# "ngày 1 7 tháng 0 4 năm 2019": figures that a converter set apart
_SPLIT_FIGURES = re.compile(r"(?<!\d)(\d) (\d)(?=\s{0,3}(?:tháng|năm)(?!\w))")
_DAY = re.compile(r"ng[àaạ][yu]", re.IGNORECASE)
_LOOSE_DATE = re.compile(
    r"(?:(?<![^\W\d])(?P<d>(?=.?\d)[\dIlØ|]{1,2}))?\s*t?h[áaảâi]n?g\s*(?P<m>[\dIlØ|]{1,2})?\s*\S{0,2}[nm]\s*(?P<y>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MISREAD_FIGURES = str.maketrans("Il|Ø", "1110")  # "Ø3 tháng I1"
_DIGIT_DATE = re.compile(r"(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_GOES_ON = re.compile(
    r"(?:\d{1,2}\s+)?(?:tháng|năm)[\s\d]|(?:19|20)\d\d(?!\d)", re.IGNORECASE
)  # "19 tháng 05 năm 2022"
_OPEN_SYMBOL = re.compile(r"\d\s?/[A-ZĐ\d&-]{2,40}[-/]$")
_REST_OF_SYMBOL = re.compile(rf"\n\s{{0,40}}{_LETTER}(?:[-/&]{_LETTER}){{0,6}}[ \t]*$", re.MULTILINE)
_TRIM = ' “"_-—–*.|'
_LONGEST_PLACE = 40  # characters
_LONGEST_ISSUER = 120
# "CỦA BỘ TÀI CHÍNH SỐ 8/2010/TT-BTC NGÀY 14 THÁNG 01 NĂM 2010" of old collections, the day on a line of its own too
_DATED_LINE = re.compile(r"(?:^CỦA .*\bSỐ\s.*\s|^)NGÀY\s+(?P<rest>\d.{3,30})$")
# "Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa X, kỳ họp thứ 5 thông qua " before a day
_ADOPTED = re.compile(
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết) này (?:đã )?được[^.;]{5,240}?thông\s+qua\s+(?=ngày)", re.IGNORECASE
)
# "(Kèm theo Hướng dẫn số 40-HD/…, ngày …)" at the top of an annex
_ANNEXED = re.compile(
    r"^[ \t]*\(\s*(?:ban\s+hành\s+)?kèm\s+theo\s+(?P<type>[^\W\d][^\d(;.:]{3,40}?)\s+số:?", re.I | re.M
)
_BEFORE_DATE = re.compile(r"\s*,?\s*(?=ngày)")
_ADOPTION_REACH = 20000  # characters of the end, annexes included
# lines of a national title that narrow cells broke
_PARTS_OF_TITLE = (
    "cong",
    "viet nam",
    "cong hoa",
    "cong hoa xa",
    "xa hoi chu nghia",
    "hoa xa hoi chu nghia",
    "dang",
    "dang cong san",
)
NATIONAL_TITLES = ("conghoaxahoichunghiavietnam", "dangcongsanvietnam")
_MOST_TITLE_LINES = 6
_NO_LETTERS = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class PrintedSymbol:
    """A symbol at `start:end`: `key` where it has a number, else only its `suffix` ("KH-UBND")."""

    key: str | None
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateLine:
    """Place and date of issue; `iso` is partial where the day or the month is not filled in."""

    place: str | None
    iso: str | None
    start: int
    end: int


def _rest_of_line(text: str, piece: Piece) -> str:
    """A piece with what stands behind wide gaps on its line: a number that was never filled in is such a gap.

    A symbol that a narrow column broke behind its hyphen goes on in the next line: "Số: 24/HDLN-BCA-" / "BYT-BTC".
    """
    ends = [e for e in (text.find("\n", piece.start), text.find("\t", piece.start)) if e >= 0]
    line = text[piece.start : min([*ends, len(text), piece.start + 400])]
    more = _REST_OF_SYMBOL.match(text, piece.start + len(line)) if _OPEN_SYMBOL.search(line) else None
    return f"{line}{more[0]}" if more else line


def read_symbol(text: str, lines: list[Piece]) -> PrintedSymbol | None:
    """The document's own symbol, behind "Số"; one behind "Số:" before one without the colon."""
    found: PrintedSymbol | None = None
    for piece in lines:
        line = _rest_of_line(text, piece)
        label = _NUMBER_LABEL.search(line)
        if not label or label.start() > (_LONGEST_ISSUER if line.startswith("CỦA ") else 40):
            continue
        match = _SYMBOL.match(line, label.end())
        if not line[label.end() :].strip() and ":" in label[0]:  # narrow cells leave "Số:" alone on its line
            match = _SYMBOL.match(text[piece.start : piece.start + 120], label.end())
        match = match or (_UNREAD.match(line, label.end()) if ":" in label[0] else None)
        symbol = _symbol(match, piece.start) if match else None
        if symbol and ":" in label[0]:
            return symbol
        found = found or symbol
    return found


def symbol_in(piece: Piece) -> PrintedSymbol | None:
    """The symbol that a piece begins with: "4001/UBND-ĐT"."""
    match = _SYMBOL.match(piece.text)
    return _symbol(match, piece.start) if match else None


def _number(found: re.Match[str]) -> str:
    """The printed number; its dot stays in "66.22/2026/NQ-CP", but not in "1.234/QĐ-BCT" nor where a scan put it."""
    printed = str(found["number"] or "")
    numbered = found["year"] and re.fullmatch(r"\d{1,2}\.\d{1,2}", printed)
    return printed if numbered else printed.replace(".", "")


def _symbol(found: re.Match[str], offset: int) -> PrintedSymbol | None:
    letters = re.sub(r"\s*([/\-–—])\s*", lambda m: m[1], found["letters"]).replace("–", "-").replace("—", "-")
    letters = letters.replace(" ", "").strip("-/")
    number = "" if found["damaged"] else _number(found)
    separator = found["sep"].replace("–", "-").replace("—", "-")
    start, end = offset + found.start(), offset + found.end()
    if not number:
        return PrintedSymbol(None, normal_letters(letters), start, end) if len(letters) > 2 else None
    year = f"/{found['year']}" if found["year"] else ""
    return PrintedSymbol(f"{number}{year}{separator}{normal_letters(letters)}", normal_letters(letters), start, end)


def normal_letters(letters: str) -> str:
    """The letters with the spelling that a symbol has elsewhere: "QD-BTC" is "QĐ-BTC"."""
    found = next(find_symbols(f"1/{letters}"), None)
    return found.letters if found and found.key.startswith("1/") and found.end == len(letters) + 2 else letters


def read_date_line(text: str, lines: list[Piece]) -> DateLine | None:
    """Place and date: "Yên Dũng, ngày tháng 10 năm 2023"."""
    for index, piece in enumerate(lines):
        if len(piece.text) > 160 or not _DAY.search(piece.text):
            continue
        first, line = _whole_date_line(text, lines, index)
        found = _DATE_LINE.search(line)
        if not found:
            continue
        start = first + found.start("place")
        written = "ngày " + _SPLIT_FIGURES.sub(r"\1\2", found["rest"].strip())
        date = next(find_dates(written), None)
        return DateLine(
            _place(found["place"]), date.iso if date and date.start == 0 else _loose(found["rest"]), start, piece.end
        )
    dated = ((piece, m) for piece in lines if (m := _DATED_LINE.match(piece.text.strip())))
    for piece, found in dated:
        if date := next(find_dates("ngày " + found["rest"]), None):
            return DateLine(None, date.iso, piece.start, piece.end)
    return None


def read_adoption(text: str) -> DateLine | None:
    """The day that a law or a resolution prints at its end: "… được Quốc hội … thông qua ngày 16 tháng 6 năm 2022"."""
    ends = [found.end() for found in _ADOPTED.finditer(text, max(0, len(text) - _ADOPTION_REACH))]
    date = date_at(text, ends[-1]) if ends else None
    return DateLine(None, date.iso, date.start, date.end) if date else None


def read_at_annex(text: str, kind: str | None) -> tuple[PrintedSymbol | None, DateLine | None]:
    """Symbol and day where an annex says what it belongs to, for a text that lost its letterhead."""
    for found in _ANNEXED.finditer(text) if kind else ():
        match = _SYMBOL.match(text, found.end()) if letters_only(found["type"]) == letters_only(kind or "") else None
        symbol = _symbol(match, 0) if match and match["number"] else None
        if symbol:
            gap = _BEFORE_DATE.match(text, symbol.end)
            date = date_at(text, gap.end()) if gap else None
            return symbol, DateLine(None, date.iso, date.start, date.end) if date else None
    return None, None


def _whole_date_line(text: str, lines: list[Piece], index: int) -> tuple[int, str]:
    """Where a date line begins, and the line: narrow cells break it behind the comma or inside the date."""
    piece = lines[index]
    line = _rest_of_line(text, piece)
    following = text[piece.start + len(line) :].lstrip("\n")[:60].split("\n")[0].strip()
    if not _YEAR.search(line) and _DATE_GOES_ON.match(following):
        line = f"{line.rstrip()} {following}"
    before = lines[index - 1] if index else piece
    if _DAY.match(line) and before.text.endswith(",") and len(before.text) <= _LONGEST_PLACE:
        return before.start, f"{before.text} {line}"
    return piece.start, line


def _place(printed: str) -> str | None:
    """The place before the date, without what a column beside it left there ("03/NQ-CP Hà Nội")."""
    words = printed.split()
    while words and (
        any(c.isdigit() or c in "/:" for c in words[0]) or (is_capitals(words[0]) and not words[0].startswith("TP"))
    ):
        words.pop(0)
    return " ".join(words) or None


def _loose(rest: str) -> str | None:
    """A date that OCR has damaged ("3thing 5 ăm 2021"), as far as it can be read."""
    found = _DIGIT_DATE.search(rest) or _LOOSE_DATE.search(rest)
    if not found:
        year = re.search(r"(?:19|20)\d\d(?!\d)", rest)
        return year[0] if year else None
    day, month = (part and part.translate(_MISREAD_FIGURES) for part in (found["d"], found["m"]))
    if not month or not 1 <= int(month) <= 12:
        return str(found["y"])
    return f"{found['y']}-{int(month):02}" + (f"-{int(day):02}" if day and 1 <= int(day) <= 31 else "")


# "ĐẾN", "CÔNG VĂN ĐẾN Số: 1998"
_STAMP = re.compile(r"\W*(?:cong van )?den\W*(?:(?:so|gio|ngay)(?!\w)|$)")
_STAMP_TRIM = " >*|"
_STAMP_LINES = 6
_IN_STAMP = ("so", "ngay", "gio", "chuyen", "luu")


def _without_national_title(lines: list[Piece]) -> Iterator[Piece]:
    """The lines but those that make a national title or a motto together: "CỘNG" / "HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"."""
    skipped = 0
    for index, piece in enumerate(lines):
        skipped = skipped or _lines_of_title(lines[index : index + _MOST_TITLE_LINES])
        if not skipped:
            yield piece
        skipped = max(skipped - 1, 0)


def _lines_of_title(lines: list[Piece]) -> int:
    """How many of the first lines spell a whole national title; 0 where they do not."""
    spelt = ""
    for count, piece in enumerate(lines, 1):
        spelt += letters_only(piece.text)
        if spelt in NATIONAL_TITLES:
            return count
        if not any(title.startswith(spelt) for title in NATIONAL_TITLES):
            break
    return 0


def _without_stamps(lines: list[Piece]) -> list[Piece]:
    """The lines but those of a stamp "ĐẾN Số: …, Ngày: …, Chuyển: …", which begins with who received the document."""
    stamped: set[int] = set()
    for index, piece in enumerate(lines):
        following = [unaccented(line.text).lstrip(_STAMP_TRIM) for line in lines[index + 1 : index + _STAMP_LINES]]
        if _STAMP.match(unaccented(piece.text)) and any(words.startswith("chuyen") for words in following):
            stamped |= {index - 1, index}
            stamped |= {index + 1 + at for at, words in enumerate(following) if words.startswith(_IN_STAMP)}
    return [piece for index, piece in enumerate(lines) if index not in stamped]


def read_names(lines: list[Piece], until: int) -> list[Piece]:
    """The lines of capitals that name the agency, above the symbol and the title; the national title left out."""
    found: list[Piece] = []
    within_title = False
    for piece in _without_national_title(_without_stamps(lines)):
        if piece.start >= until:
            break
        if piece.text.startswith("/") and " " in piece.text:  # what a scan or a template left
            piece = Piece(piece.start + 1, piece.end, piece.text[1:], piece.line)
        country = unaccented(piece.text) == "viet nam"  # the end of an organisation's name, or of the national title
        text = _before_national_title(piece.text) if within_title or not country else piece.text
        within_title = text != piece.text
        if text is None or not is_capitals(text) or _is_noise(text):
            continue
        label = _NUMBER_LABEL.match(text)
        names = text.startswith("SỐ ") or text[label.end() :].lstrip()[:2].isalpha() if label else True
        if label and (":" in label[0] or not names):  # "SỐ 12/QĐ-STC" is part of a team's name, "SO Y TE" a Sở
            continue
        found.append(Piece(piece.start, piece.start + len(text), text, piece.line))
    return found


def _is_noise(text: str) -> bool:
    plain = unaccented(text)
    if _NO_LETTERS.fullmatch(text) or _SYMBOL.fullmatch(text):  # "/ABC-VP" below "Số:"
        return True
    return plain.startswith(tuple(lexicon("letterhead")["not_letterhead"]))


def _before_national_title(text: str) -> str | None:
    """What of a line is not "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" or its motto; None where nothing is left."""
    plain = unaccented(text)
    cut = len(text)
    for words in lexicon("letterhead")["national_title"]:
        at = plain.find(words)
        if at >= 0:
            cut = min(cut, at)
    if plain in _PARTS_OF_TITLE:
        return None
    fuzzy = re.search(r"c.{0,2}ng\s*h.a\s*x. h|ch.{0,2}\snghia v|^nghia viet nam|d.c lap", plain)
    if fuzzy:
        cut = min(cut, fuzzy.start())
    left = text[:cut].lstrip(_TRIM + ",").rstrip(_TRIM)  # a comma at the end of a line goes on in the next one
    return left if len(left) > 2 else None
