"""The type of a document and its title (trích yếu), also of the plan that a decision carries."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from graph.spelling import modern_tone
from ingest.lexicon import lexicon
from ingest.lines import Piece, is_capitals, letters_only, pieces, unaccented
from ingest.patterns import LOWER

# "V/v ", "v/v: ", "(V/v ", of a scan "Vw ", "-:V/w- ", "V/ "; also behind the number: "Số: 5/SYT-NV V/v …"
_SUBJECT_LABEL = re.compile(
    r"(?:[Ss]ố\s{0,2}:?\s{0,2}[\w.]{1,9}/[\w/&-]{2,24}\s{1,4}|[^\w\s]{1,3})?"
    r"(?:[Vv]\s?[/.|]?\s?[vVwW]\s?[:.-]?(?:\s+|$)|V/\s+(?=[^\W\d_]))"
)
ADDRESSED = re.compile(r"\s*kính gửi(?!\w)", re.IGNORECASE)
# "THỦ TƯỚNG CHÍNH PHỦ điện:" of a telegram
_SENT_BY = re.compile(r"[A-ZĐÀ-Ỹ][^\n\t:;,]{3,90}\s[đĐ][iI][ệỆ][nN]\s*:$")
_YEAR = re.compile(r"\d{4}")
# "tháng 5 năm 2021", "12 tháng 5", "năm 2021": the date line beside a subject goes on
_DATE_GOES_ON = re.compile(r"(?:\d{1,2}\s+)?(?:tháng|năm)\s*\d", re.IGNORECASE)
_STAMP = re.compile(r"[^\n]{1,30}?[|¬]\s*(?=V)")  # "Xy-K07 -| Về …": what a stamp left before the title
_END_OF_TITLE = re.compile(r"[.;:]$|\./\.$")
# "(Kèm theo Quyết định số … của Chủ tịch UBND tỉnh)"
_CARRIED = re.compile(r"\s*\((?:ban hành )?kèm theo[^()]*(?:\([^()]*\)[^()]*)?\)?\s*$", re.IGNORECASE)
# "CỦA BỘ TÀI CHÍNH SỐ 8/2010/TT-BTC NGÀY 14 THÁNG 01 NĂM 2010", "NGÀY 14 THÁNG 01 NĂM 2010" of old collections
_ISSUER_AND_NUMBER = re.compile(r"CỦA .{2,110}\sSỐ:?\s?\d+\S*|NGÀY\s+\d{1,2}\s+THÁNG\s+\d{1,2}\s+NĂM\s+\d{4}\s*$")
_RUN_IN_PREAMBLE = re.compile(rf"[^{LOWER}\n]{{8,120}}\sCăn cứ ")  # "GIÁM ĐỐC SỞ Y TẾ Căn cứ Luật …"
_FIGURES = re.compile(r"\d[\d\s./–-]*")
_TRIM_END = " .;,_—–-¬|~="  # what ends a title, and what a scan left behind one
_RULE_LINE = re.compile(r"[\W_]*")
# "… ĐÃ ĐƯỢC" / "QUỐC HỘI QUYẾT ĐỊNH …": a line that cannot end a title; without diacritics as OCR leaves capitals, but
# "… TỈNH SƠN LA", "… ĐẦU TƯ" end one
_OPEN_WORDS = "của|được|do|và|tại|về|với|cho|trong|theo|các|đến|ngày|là|có|bị|khi|giữa|từ|thực hiện|thi hành|bằng"
_OPEN_LINE = re.compile(rf"(?:[,-]|\s(?:{_OPEN_WORDS}))$")
_BARE_OPEN_LINE = re.compile(rf"(?:[,-]|\s(?:{unaccented(_OPEN_WORDS)}))$")
# "CỦA ĐỒNG CHÍ BÍ THƯ TỈNH ỦY" tells whose words a conclusion holds, not who issues it, but "CỦA BAN BÍ THƯ" does
_PERSON = re.compile(
    r"(?<!doan )(?<!ban )\b"
    r"(?:dong chi|ong|ba|pho|chu tich|bo truong|thu tuong|bi thu|chanh|giam doc|truong ban)\b(?! thu\b)"
)
_OF_OFFICES = ("Chỉ thị", "Quyết định", "Công điện", "Nghị quyết", "Nghị định", "Thông tư", "Lệnh")
"""Types that an office issues: "CHỈ THỊ" / "CỦA THỦ TƯỚNG CHÍNH PHỦ"."""

_LONGEST_FIRST_LINE = 350  # characters
_MOST_TITLE_LINES = 14
_BEGUN = 2  # characters of a line that only begins a title, at most
_NARROW = 45  # characters of a line in a letterhead's column, at most


Bold = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Title:
    """A type with its title: `text` joined on one line, found at `start:end`; `type_at` is where the type stands."""

    type: str
    type_at: int
    text: str | None
    start: int
    end: int


@cache
def _types(kind: str) -> dict[str, str]:
    """Letters only → the type; "KẾ HOẠCH LIÊN TỊCH" is a Kế hoạch where it is no type of its own."""
    words = lexicon("letterhead")
    shared = {letters_only(f"{name} {how}"): name for name in words[kind] for how in words["jointly"]}
    return shared | {letters_only(name): name for name in words[kind]}


def type_of_line(piece: Piece, kind: str = "title_types") -> str | None:
    """The type that a line names, if it says nothing else: "KẾ HOẠCH", "QUYẾT ĐỊNH:", "THONG BAO", "* KẾ HOẠCH"."""
    text = piece.text.strip(" *#_:.-–—")
    if len(text) > 60 or not text[:1].isupper():
        return None
    if is_capitals(text):
        text = text.partition(" CỦA ")[0]  # "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ"
    found = _types(kind).get(letters_only(text))
    if found is None and is_capitals(text) and letters_only(text).startswith("phuluc") and len(text) < 14:
        return "Phụ lục" if kind == "title_types" else None
    return found if found and (is_capitals(text) or text.count(" ") == found.count(" ")) else None


def is_joint(lines: list[Piece]) -> bool:
    """Whether a line says that several bodies issue the document: "HƯỚNG DẪN LIÊN NGÀNH"."""
    how = tuple(letters_only(words) for words in lexicon("letterhead")["jointly"])
    return any(is_capitals(p.text) and type_of_line(p) and letters_only(p.text).endswith(how) for p in lines)


def join_types(lines: list[Piece]) -> list[Piece]:
    """The lines, a type in capitals or "Kính gửi" that is broken behind its first word made one again."""
    found: list[Piece] = []
    for piece in lines:
        before = found[-1] if found else None
        if before and piece.line == before.line + 1 and " " not in before.text:
            both = Piece(before.start, piece.end, f"{before.text} {piece.text}", piece.line)
            head = before.text.isupper() and (type_of_line(both) or _SENT_BY.match(both.text))
            if head or ADDRESSED.match(both.text):
                found[-1] = both
                continue
        found.append(piece)
    return found


def starts_preamble(line: str) -> bool:
    """Whether a line is the first of the preamble, which begins with a capital."""
    line = line.lstrip("-– ")
    if line[:1].islower():
        return False
    if _RUN_IN_PREAMBLE.match(line):
        return True
    return f"{modern_tone(line).lower()} ".startswith(tuple(f"{words} " for words in lexicon("letterhead")["preamble"]))


def read_title(lines: list[Piece], index: int, type_name: str, bold: Bold) -> Title:
    """The title below the type's line `lines[index]`, joined over its lines; `bold` says which offsets are bold."""
    at = lines[index]
    taken: list[Piece] = []
    apart = len(lines) > index + 1 and lines[index + 1].line == at.line + 2
    for above, piece in pairwise(lines[index : index + 1 + _MOST_TITLE_LINES]):
        if _RULE_LINE.fullmatch(piece.text) and not taken:
            continue
        if _is_issuer_line(piece, above, taken, persons=type_name not in _OF_OFFICES):
            continue
        if _ends(taken, piece, bold, apart=apart):
            break
        taken.append(piece)
    if not taken:
        return Title(type_name, at.start, None, at.end, at.end)
    joined = " ".join(" ".join(p.text.split()) for p in taken).strip(" *_")
    joined = _CARRIED.sub("", joined)
    for noise in (_STAMP, _SUBJECT_LABEL):
        if found := noise.match(joined):
            joined = joined[found.end() :]
    joined = joined.rstrip(_TRIM_END)
    return Title(type_name, at.start, joined, taken[0].start, taken[-1].end)


def _is_issuer_line(piece: Piece, above: Piece, taken: list[Piece], *, persons: bool) -> bool:
    """ "CỦA BỘ CHÍNH TRỊ," / "BAN BÍ THƯ" between type and title says who issues it.

    Args:
        persons: whether a leader's title tells whose words the document holds, as a conclusion does.
    """
    plain = unaccented(piece.text)
    if not taken and _ISSUER_AND_NUMBER.match(piece.text):
        return True
    goes_on = unaccented(above.text).startswith("cua ") and above.text.endswith(",")
    begins = plain.startswith("cua ") or goes_on
    return not taken and is_capitals(piece.text) and begins and not (persons and _PERSON.search(plain))


def _ends(taken: list[Piece], piece: Piece, bold: Bold, *, apart: bool) -> bool:
    """Whether a title ends above a line.

    Args:
        apart: whether a blank line stands between the type and the title, as between all lines of some texts.
    """
    if _RULE_LINE.fullmatch(piece.text) or piece.text.startswith("(") or starts_preamble(piece.text):
        return True
    if ADDRESSED.match(piece.text):
        return True
    if not taken:
        return False
    last = taken[-1]
    if piece.text.startswith(("Thực hiện ", "Triển khai thực hiện ")):  # a title begins so, but no further line of it
        return True
    if type_of_line(piece) or (_END_OF_TITLE.search(last.text) and not _goes_on_in_capitals(last, piece)):
        return True
    if _SENT_BY.match(piece.text):
        return True
    if piece.line <= last.line + 1 and _FIGURES.fullmatch(piece.text):  # "… GIAI ĐOẠN" / "2026 - 2030"
        return False
    begun = len(last.text) <= _BEGUN and last.text.isupper()  # "Ý" / "KIẾN CHỈ ĐẠO CỦA …" of a page
    if not begun and is_capitals(piece.text) and not is_capitals(last.text) and piece.text[:1].isupper():
        return True  # the agency's name in capitals above the preamble
    if piece.line > last.line + 1 and taken[0].text.startswith("CỦA ") and len(taken) == 1:
        return not is_capitals(piece.text) or _is_office(piece.text)  # whose conclusion it is, and on what
    if piece.line > last.line + 1:  # a blank line: the title goes on only where its sentence does
        next_but_one = piece.line == last.line + 2
        capitals = apart and is_capitals(last.text) and is_capitals(piece.text) and not _is_office(piece.text)
        open_line = next_but_one and (_is_open(last.text) or capitals)
        return not (piece.text[:1].islower() or open_line or (bold(last.start) and bold(piece.start)))
    if is_capitals(last.text):
        return not is_capitals(piece.text) or (_is_office(piece.text) and not _is_open(last.text))
    return False


def _goes_on_in_capitals(last: Piece, piece: Piece) -> bool:
    """Whether a title in capitals goes on behind a semicolon ("… BẢO VỆ RỪNG;" / "GIẢM THIỂU CHÁY …")."""
    return last.text.endswith(";") and last.text.isupper() and piece.text.isupper() and piece.line == last.line + 1


def _is_open(line: str) -> bool:
    """Whether a line cannot be the last of a title."""
    low = modern_tone(line).lower()
    return bool((_BARE_OPEN_LINE if low.isascii() else _OPEN_LINE).search(low))


def _is_office(line: str) -> bool:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "CHÍNH PHỦ" right below a title that is in capitals too."""
    plain = unaccented(line)
    return plain.startswith(_offices()) and len(plain) < 80


@cache
def _offices() -> tuple[str, ...]:
    """How a line begins that names the body or the office that decides."""
    bodies = (
        *("uy ban nhan dan", "hoi dong nhan dan", "chinh phu", "quoc hoi", "uy ban thuong vu", "thuong truc"),
        *("ban thuong vu", "ban chap hanh", "ban thuong truc", "bo chinh tri", "ban bi thu"),
    )
    return (*bodies, *(unaccented(position) for position in lexicon("letterhead")["positions"]))


def read_first_line(lines: list[Piece]) -> Title | None:
    """The type and the title of a text that begins with both in one sentence: "Chỉ thị về việc tăng cường …"."""
    first = next((piece for piece in lines if not _RULE_LINE.fullmatch(piece.text)), None)
    if first is None or len(first.text) > _LONGEST_FIRST_LINE:
        return None
    low = modern_tone(first.text).lower()
    names = (name for name in lexicon("letterhead")["title_types"] if low.startswith(f"{name.lower()} "))
    name = max(names, key=len, default="")
    words = first.text[len(name) :].strip() if name else ""
    if name == "Thông báo kết luận" and words.lower().startswith("của "):
        name = "Thông báo"  # "Thông báo kết luận của Phó Thủ tướng …" tells what was concluded
        words = first.text[len(name) :].strip()
    if not words or words.lower().startswith(("này", "số ", "của ")):
        return None
    return Title(name, first.start, words.rstrip(" .;"), first.end - len(words), first.end)


def read_subject(lines: list[Piece]) -> Title | None:
    """The subject of a công văn: "V/v …" in the letterhead's left column, over several lines."""
    for index, piece in enumerate(lines):
        label = _SUBJECT_LABEL.match(piece.text)
        if not label and not _is_below_number(lines, index):
            continue
        taken, line = [piece], piece.line
        open_date = any(_is_open_date(before) for before in lines[max(index - 2, 0) : index])
        for following in lines[index + 1 :]:
            plain = unaccented(following.text)
            if plain.startswith("kinh gui") or starts_preamble(following.text):
                break
            if following.line > line + 1 and not _goes_on_below(taken[-1], following):
                break
            if _is_stamp(following):
                continue
            if following.line == line or _beside(following):
                open_date = _is_open_date(following) or (open_date and not _beside(following))
                continue
            if open_date and _DATE_GOES_ON.match(following.text):
                open_date = False
                continue
            taken.append(following)
            line = following.line
        joined = (
            " ".join(" ".join(p.text.split()) for p in taken)[label.end() if label else 0 :].strip().rstrip(_TRIM_END)
        )
        if joined:
            return Title("Công văn", piece.start, _closed(joined), piece.start, taken[-1].end)
    return None


def _closed(subject: str) -> str:
    """A subject in brackets without the one that closes: "(V/v trồng dâu)"."""
    return subject[:-1] if subject.endswith(")") and subject.count("(") < subject.count(")") else subject


def _is_stamp(piece: Piece) -> bool:
    return unaccented(piece.text).strip(" .*-_|[]") in lexicon("letterhead")["stamps"]


def _goes_on_below(last: Piece, piece: Piece) -> bool:
    """Whether a narrow column's subject goes on behind the blank line that a scan put between all its lines."""
    if piece.line != last.line + 2 or len(piece.text) > _NARROW or last.text.endswith((".", ";", ":")):
        return False
    capitals = piece.text.isupper() and (last.text.isupper() or " " not in piece.text)
    return piece.text[:1].islower() or (capitals and len(piece.text) <= _NARROW // 2)


def _is_below_number(lines: list[Piece], index: int) -> bool:
    """Whether a line "Về …", "về việc …" without the label stands right below the number."""
    piece = lines[index]
    above = (p for p in lines[max(index - 3, 0) : index] if piece.line - p.line <= 2)
    return piece.text.startswith(("Về ", "về việc ")) and any(
        unaccented(p.text).startswith("so") and "/" in p.text for p in above
    )


def _is_open_date(piece: Piece) -> bool:
    """Whether a date line goes on below: "Hà Nội, ngày 20"."""
    return ", ngay" in unaccented(piece.text) and not _YEAR.search(piece.text)


def _beside(piece: Piece) -> bool:
    plain = unaccented(piece.text)
    return ", ngay" in plain or "doc lap" in plain or "cong hoa" in plain


def read_attached(text: str, start: int, bold: Bold) -> Title | None:
    """The plan that a decision carries, from `start` on, behind the decision's own articles."""
    lines = join_types(list(pieces(text, start, len(text))))
    for index, piece in enumerate(lines):
        name = type_of_line(piece, "attached_types")
        if name and is_capitals(piece.text) and not piece.text.endswith(":"):
            return read_title(lines, index, name, bold)
    return None
