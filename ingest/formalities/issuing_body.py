"""Who issues a document: from its letterhead, its own sentence ("UBND huyện ban hành …"), or its symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from graph.places import places
from ingest.formalities.capitals import spelt_out
from ingest.formalities.letterhead import PrintedSymbol
from ingest.formalities.printed_boards import board_by_all_words, in_place_of_party, is_board
from ingest.lexicon import lexicon
from ingest.lines import Piece, letters_only
from ingest.naming.agencies import Scope, canonical, find_agencies
from ingest.naming.jurisdiction import known_words
from ingest.record import AgencyRef, Place
from ingest.spacing import spaced
from ingest.text import CleanText

# "xây dựng", "đã ban hành", "(sau đây gọi là Sở) thông báo": what an issuer says of itself
_OWN_SENTENCE = spaced(
    r"\s*(?:\([^()\n]{1,60}\)\s*)?(?:đã\s+)?(?:xây dựng|ban hành|triển khai|thông báo|yêu cầu|đề nghị|chỉ thị"
    r"|quyết định|báo cáo|lập|hướng dẫn)(?!\w)"
)
# "đã ban hành Công điện số 12/CĐ-TTg …" tells of another's document
_OTHER_DOCUMENT = spaced(r"\s*đã [^.;]{1,60}?\ssố\s{0,3}:?\s{0,3}\d")
_BARE_TIER = re.compile(r" (huyện|quận|thị xã|xã|phường|thị trấn|thành phố|đặc khu)$")  # "Ủy ban nhân dân huyện"
_HAVE_OFFICES = frozenset(["sở", "ủy ban nhân dân", "cục", "hội đồng nhân dân", "bộ"])
_HAVE_ORGANS = frozenset(["cấp ủy", "mặt trận", "đoàn thể", "trung ương"])
_OFFICES_OF_BOARDS = ("vanphongthuongtruc", "coquanthuongtruc", "togiupviec")
_OF_THEIR_OWN_LEVEL = frozenset(["trường", "bệnh viện", "trung tâm", "doanh nghiệp"])
_LETTERHEAD_REACH = 1500  # characters
# "giao Bộ A chủ trì, phối hợp Bộ B, " before a name: it is told to act
_TOLD_BEFORE = re.compile(r"(?<!\w)(?:phối\s+hợp|chủ\s+trì)(?!\w)[^.;:\n”]*$")
_TOLD_REACH = 200
# "Ban chỉ đạo của Chính phủ về … (sau đây viết là …)"
_BOARD = re.compile(
    r"(?<!\w)(?P<name>Ban [Cc]hỉ đạo\s[^.;:()“”]{5,180}?)\s*\(sau đây (?:được )?(?:viết|gọi)[^()]{0,70}\)"
)
# "Hội nghị lần thứ 6 Ban Chấp hành Hội A (khóa XI) họp ngày …"
_PLENUM = re.compile(
    r"^\W*Hội nghị\s+(?:lần\s+thứ\s+\w+,?\s+)?(?:của\s+)?(?P<name>Ban\s+Chấp\s+hành\s+[^,.;:()\n]{5,90}?)"
    r"\s+(?:\([Kk]h[oó][áa][^()]*\)|,?\s?[Kk]h[oó][áa]\s+[IVX\d]+)?,?\s*họp\s",
    re.MULTILINE,
)
# "HD/BTCTU" of "Số          -HD/BTCTU", whose number is not printed
_LETTERS_OF_SYMBOL = re.compile(r"-?\s?[A-ZĐ]{2,5}/[A-ZĐ][A-ZĐ-]+")
_SEVERAL = 2
_MISREAD = 0.85
"""How alike the letters of a misread place and of the one that the date line tells are at least (difflib's ratio)."""

_OWN_REACH = 6000  # characters of the beginning in which the issuer speaks of itself


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing agency with where it was read, the rule that read it and how sure that is (0 to 1)."""

    agency: AgencyRef
    start: int
    end: int
    rule: str
    confidence: float


def letterhead_names(lines: list[Piece], text: str) -> list[tuple[str, int, int]]:
    """The agencies of a letterhead from the top down, each joined over its lines and spelt out."""
    groups: list[list[Piece]] = []
    for piece in _mended([piece for piece in lines if not _LETTERS_OF_SYMBOL.fullmatch(piece.text)]):
        if groups and (_goes_on(groups[-1][-1].text) or not _begins_name(piece.text)):
            groups[-1].append(piece)
        elif _begins_name(piece.text):
            groups.append([piece])
    return [(spelt_out(" ".join(p.text for p in g).strip(" *-_"), text), g[0].start, g[-1].end) for g in groups]


def _mended(lines: list[Piece]) -> Iterator[Piece]:
    """The lines, a name that a narrow cell broke begun on one: "VĂN" / "PHÒNG CHÍNH PHỦ", "VĂN PHÒNG" / "CHÍNH PHỦ"."""
    before: Piece | None = None
    for piece in lines:
        if before:
            whole = f"{before.text} {piece.text}"
            office = " " not in before.text or _begins_name(piece.text)
            if piece.line == before.line + 1 and office and _begins_name(whole):
                piece = Piece(before.start, piece.end, whole, piece.line)
            else:
                yield before
            before = None
        alone = " " not in piece.text and not _begins_name(piece.text)
        if alone or letters_only(piece.text) in lexicon("letterhead_bodies")["unfinished"]:
            before = piece
        else:
            yield piece
    if before:
        yield before


def _goes_on(text: str) -> bool:
    """Whether a line cannot end a name: "BỘ KHOA HỌC VÀ" / "CÔNG NGHỆ"."""
    return letters_only(text.split()[-1]) in ("va", "ve", "cua") or text.rstrip().endswith((",", "-"))


def _begins_name(text: str) -> bool:
    key = letters_only(text)
    if re.match(r"SỐ\s*\d", text):  # "SỐ 12/QĐ-STC" is no Sở
        return False
    known = lexicon("letterhead_bodies")
    return key.startswith(tuple(known["begins"])) and not key.startswith(tuple(known["go_on"]))


def named_by(name: str, hint: Place) -> AgencyRef | None:
    """The one agency that a name stands for as an issuer: a class it cannot be, so a tier without a name is unknown."""
    agency = canonical(name, Scope(hint))
    if agency is None or not (agency.collective or agency.place == hint):
        return agency
    tier = _BARE_TIER.search(agency.head)
    if tier and agency.name == f"{agency.head} {hint[-1] if hint else ''}".strip():
        return canonical(name, Scope((*hint, f"{tier[1]} ?")))
    return None if agency.collective else agency


def from_letterhead(lines: list[Piece], text: str, hint: Place) -> Issuer | None:
    """The issuer that the letterhead names: its last name, under the jurisdiction of those above it."""
    names = letterhead_names(lines, text)
    scope = Scope(hint)
    found: Issuer | None = None
    for name, start, end in names:
        whole = _with_its_tier(_with_its_place(name, hint), hint)
        agency = _agency(whole, scope, found)
        if is_board(whole):
            agency = board_by_all_words(whole, agency, scope, found.agency if found else None)
        if agency is None:
            scope = in_place_of_party(whole, scope)
            continue
        found = Issuer(agency, start, end, "letterhead", 0.95)
        scope = Scope(agency.place if agency.place[-1:] != ("?",) else hint, agency.level, agency.name, agency.head)
    return found


def _with_its_place(name: str, hint: Place) -> str:
    """The name with the place that the date line tells, where OCR misread it: "UBND TĨNH QUANG NGÁÀI"."""
    place = hint[-1] if hint else ""
    printed = name.split()[-len(place.split()) :]
    misread = " ".join(printed)
    if not place or misread.lower() == place.lower() or known_words("", " ".join(printed[1:]), strict=True):
        return name
    alike = SequenceMatcher(None, letters_only(misread), letters_only(place)).ratio()
    return f"{name[: -len(misread)]}{place}" if alike >= _MISREAD else name


def _with_its_tier(name: str, hint: Place) -> str:
    """An office of a district with the kind of its place: "Phòng Giáo dục và Đào tạo| huyện| Yên Dũng"."""
    words = name.split()
    for length in (3, 2, 1) if name.startswith("Phòng ") else ():
        known = places().find(" ".join(words[-length:]), level="huyện") if len(words) > length + 1 else ()
        paths = {path for place in known if (path := places().path(place))[:1] == hint[:1]}
        if len(paths) == 1:
            return " ".join([*words[:-length], paths.pop()[-1]])
    return name


# "BỘ CÔNG AN - BỘ Y TẾ", "BỘ CHÍNH TRỊ, BAN BÍ THƯ": where one body of a joint letterhead ends and another may begin
_NEXT_BODY = re.compile(r"(\s*[-–+]\s+|\s+[-–+]|,\s+)")
_PARTS_OF_COMMITTEE = frozenset(["sở", "phòng"])


def from_joint_letterhead(lines: list[Piece], text: str, hint: Place, *, told: bool) -> Issuer | None:
    """The bodies that a letterhead names beside one another, as one issuer: "Bộ Công an, Bộ Y tế".

    Args:
        told: whether the document says that several issue it; else only those that a dash joins on one line do.
    """
    bodies = [agency for words in _bodies(lines) if (agency := canonical(spelt_out(words, text), Scope(hint)))]
    if any(agency.kind in _PARTS_OF_COMMITTEE for agency in bodies):  # the committee above them only heads the sheet
        bodies = [agency for agency in bodies if agency.kind != "ủy ban nhân dân"]
    once = {agency.name: agency for agency in bodies}
    if len(once) < _SEVERAL or not (told or _joined_on_a_line(lines)):
        return None
    first = bodies[0]
    whole = replace(first, name=", ".join(once), head=", ".join(agency.head for agency in once.values()))
    return Issuer(whole, lines[0].start, lines[-1].end, "letterhead", 0.9)


def _joined_on_a_line(lines: list[Piece]) -> bool:
    """Whether a dash stands between two names on one line: "LIÊN ĐOÀN LAO ĐỘNG - HỘI NÔNG DÂN"."""
    return any(
        all(_begins_name(part) for part in parts)
        for piece in lines
        if len(parts := re.split(r"\s[-–]\s", piece.text)) > 1
    )


def _bodies(lines: list[Piece]) -> list[str]:
    """The names of a letterhead as printed, those on one line apart and those over several lines joined."""
    found: list[str] = []
    open_name = False
    for piece in _mended(lines):
        between = " "
        for part in _NEXT_BODY.split(piece.text):
            if _NEXT_BODY.fullmatch(part):
                between = part
            elif found and part and (not _begins_name(part) or open_name):
                found[-1] += f"{between}{part}"
            elif part:
                found.append(part)
            open_name = False
        open_name = letters_only(piece.text.split()[-1]) in ("va", "ve", "cua")
    return [name.strip(" *-–_,") for name in found]


def _agency(name: str, scope: Scope, above: Issuer | None) -> AgencyRef | None:
    """One name of the letterhead under the one above it."""
    agency = canonical(name, scope)
    if above is None:
        return agency
    if letters_only(name).startswith(_OFFICES_OF_BOARDS) or (
        agency is None and letters_only(name).startswith("tieuban")
    ):
        within = above.agency
        whole, head = f"{name} {within.name}", f"{name} {within.head}"
        return replace(within, name=whole, head=head, parent=within.name)
    if above.agency.kind == "bộ" and agency and agency.place:  # of the whole country where no place is printed
        agency = canonical(name, Scope(()))
    if organ := _organ(name, above.agency):
        return organ
    if agency and above.agency.level == "trung ương" and not agency.place and agency.kind not in _OF_THEIR_OWN_LEVEL:
        agency = replace(agency, level="trung ương")  # "Cục Thuế" under its ministry
    if agency and agency.kind == "cục":  # as an issuer it stands without its ministry
        agency = canonical(name, replace(scope, issuer=None, issuer_head=None))
        return _to_its_end(agency, name) if agency else None
    team = agency and agency.kind == "đoàn công tác"
    inside = agency and agency.kind in ("văn phòng", "đoàn công tác") and above.agency.kind in _HAVE_OFFICES
    inside = inside or (agency and agency.kind == "ban" and above.agency.kind == "hội đồng nhân dân")
    inside = inside or (agency and agency.kind == above.agency.kind == "trường")  # a university's school
    if not agency or not inside or above.agency.name in agency.name:
        return agency
    head = name if team else agency.head
    level = "cơ sở" if team and above.agency.kind != "hội đồng nhân dân" else above.agency.level
    return replace(
        agency,
        name=f"{head} {above.agency.name}",
        head=f"{head} {above.agency.head}",
        level=level,
        place=above.agency.place,
        parent=above.agency.name,
    )


_COUNTRY = " Việt Nam"
# "Ban Chấp hành tỉnh Sơn La" below "Hội Nông dân Việt Nam"
_ORGAN_OF_PLACE = re.compile(
    r"(?P<organ>Ban (?:Chấp hành|Thường vụ))\s+(?P<place>(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\s.+)",
    re.IGNORECASE,
)


@cache
def _organs() -> dict[str, str]:
    return {letters_only(name): name for name in lexicon("letterhead_bodies")["organs"]}


def _organ(name: str, above: AgencyRef) -> AgencyRef | None:
    """A part of a committee ("BAN THƯỜNG TRỰC" below the Front's name); those of the centre bear its name in short."""
    printed = _ORGAN_OF_PLACE.match(name) if above.name.endswith(_COUNTRY) else None
    if printed and (place := canonical(f"Ủy ban nhân dân {printed['place']}", Scope(()))) and place.place:
        body = f"{printed['organ']} {above.head.removesuffix(_COUNTRY)}"
        whole = f"{body} {place.place[-1]}"
        return replace(above, name=whole, head=body, place=place.place, level=place.level, parent=None)
    organ = _organs().get(letters_only(name))
    if organ is None or above.kind not in _HAVE_ORGANS:
        return None
    central = letters_only(above.name).startswith("banchaphanhtrunguong")
    if above.kind == "trung ương" and not central:
        return None
    short = "Trung ương Đảng" if organ == "Văn phòng" else "Trung ương"
    return replace(
        above,
        name=f"{organ} {short if central else above.name}",
        head=f"{organ} {short if central else above.head}",
        parent=above.name,
    )


def _to_its_end(agency: AgencyRef, name: str) -> AgencyRef:
    """With all that the letterhead prints of it: a comma ends a name in running text only ("Cục Thuốc, Mỹ phẩm")."""
    if agency.place or not name.startswith(agency.written):
        return agency
    return replace(agency, name=name, head=name, written=name)


def from_own_sentence(clean: CleanText, start: int, hint: Place) -> Issuer | None:
    """The issuer as it speaks of itself in the preamble: "Ủy ban nhân dân thành phố ban hành Kế hoạch …"."""
    end = min(len(clean.text), start + _OWN_REACH)
    if board := _defined_board(clean.text, start, end, hint):
        return board
    for agency in find_agencies(clean, start, end, Scope(hint)):
        before = clean.text[max(0, agency.start - 5) : agency.start]
        if _TOLD_BEFORE.search(clean.text, max(start, agency.start - _TOLD_REACH), agency.start):
            continue
        starts = not before.strip(" \t") or before.rstrip(" \t")[-1] in "\n;,.”)"
        speaks = _OWN_SENTENCE.match(clean.text, agency.end) and not _OTHER_DOCUMENT.match(clean.text, agency.end)
        if starts and speaks and agency.kind != "nhóm":
            whole = named_by(" ".join(agency.written.split()), hint)
            if whole:
                return Issuer(whole, agency.start, agency.end, "own sentence", 0.85)
    return None


def _defined_board(text: str, start: int, end: int, hint: Place) -> Issuer | None:
    """A board that says what it is called from here on, as it speaks: "Ban chỉ đạo … (sau đây viết là …) yêu cầu"."""
    found = _BOARD.search(text, start, end)
    if not found or not _OWN_SENTENCE.match(text, found.end()):
        return None
    name = " ".join(found["name"].split()).replace("Ban chỉ đạo", "Ban Chỉ đạo")
    agency = named_by(name, hint)
    whole = replace(agency, name=name, head=name) if agency and name.startswith(agency.name) else agency
    return Issuer(whole, found.start("name"), found.end("name"), "own sentence", 0.8) if whole else None


def from_symbol(symbol: PrintedSymbol | None, hint: Place) -> Issuer | None:
    """The issuer that the letters of the symbol stand for: "KH-SLĐTBXH", "QĐ-TTg", "KH-UBND"."""
    if symbol is None or not symbol.suffix:
        return None
    suffix = symbol.suffix
    body = re.split(r"[-/]", suffix)[-1] if re.match(r"[A-ZĐ]{1,4}r?[-/]", suffix) else suffix
    table = lexicon("letterhead_bodies")["letters"]
    for letters in dict.fromkeys((body, *re.split(r"[-/]", suffix))):
        agency = canonical(table.get(letters, letters), Scope(hint)) if len(letters) > 1 else None
        if agency is None and letters.startswith("S"):
            agency = canonical(f"Sở {letters[1:]}", Scope(hint))
        if agency and agency.kind != "nhóm":
            return Issuer(agency, symbol.start, symbol.end, "letters of the symbol", 0.7)
    return None


def below_ministry(named: Issuer, symbol: PrintedSymbol | None) -> Issuer:
    """The body of a ministry whose letters its symbol bears, where the letterhead's second line was not read."""
    if named.agency.kind != "bộ":
        return named
    lettered = from_symbol(symbol, ())
    below = lettered and lettered.agency.name.startswith("Tổng cục")
    return lettered if lettered and below else named


def from_plenum(text: str, start: int, hint: Place) -> Issuer | None:
    """The committee whose plenum resolves: "Hội nghị lần thứ 4 Ban Chấp hành Tổng Liên đoàn … (Khoá X) họp …"."""
    found = _PLENUM.search(text, start, min(len(text), start + _LETTERHEAD_REACH))
    agency = named_by(" ".join(found["name"].split()), hint) if found else None
    return Issuer(agency, found.start("name"), found.end("name"), "own sentence", 0.8) if found and agency else None


def signed_for(agency: AgencyRef, body: str | None) -> AgencyRef:
    """A Party committee's document that its standing committee signs is that one's: "T/M BAN THƯỜNG VỤ"."""
    if body and agency.kind in _HAVE_ORGANS and letters_only(body).startswith("doanchutich"):
        whole, head = f"Đoàn Chủ tịch {agency.name}", f"Đoàn Chủ tịch {agency.head}"
        return replace(agency, name=whole, head=head, parent=agency.name)
    if agency.kind != "cấp ủy" or body is None or not letters_only(body).startswith("banthuongvu"):
        return agency
    name = f"Ban Thường vụ {agency.name}"
    return replace(agency, name=name, head=f"Ban Thường vụ {agency.head}", kind="ban thường vụ", parent=agency.name)
