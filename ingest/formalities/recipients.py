"""Who a document is sent to: "Nơi nhận" at its end and "Kính gửi" at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from ingest.formalities.letter_spacing import joined
from ingest.formalities.recipient_ends import to_their_ends, with_own_place
from ingest.formalities.recipient_offices import (
    leaders_by_name,
    offices_of_bodies,
    only_leaders,
    own_offices,
    village_heads,
    with_offices_of_council,
)
from ingest.formalities.recipient_places import of_each_place, with_place_behind
from ingest.formalities.recipient_spelling import edits_of, spelt
from ingest.formalities.references import agencies_charged, agencies_of_article, agencies_of_section
from ingest.formalities.signature import person_name, position_of
from ingest.lexicon import lexicon
from ingest.lines import Piece, is_capitals, pieces, unaccented
from ingest.naming.abbreviations import spell_out
from ingest.naming.agencies import Scope, canonical, find_agencies
from ingest.naming.agency_words import lowered
from ingest.naming.secretaries import secretaries
from ingest.numbering import BULLET
from ingest.outlining.outline import Outline
from ingest.patterns import LOWER, UPPER, bare
from ingest.record import AgencyRef
from ingest.text import Cell, CleanText

_BLOCK = re.compile(
    r"n[oơ]i\s+(?:nh[âaậ][nm]|g[ửuư]i)(?:\s*:|\s*$|\s*\n|\s+-)", re.IGNORECASE | re.MULTILINE
)  # "Nơi nhận:", "Noi nhận", "Nơi gửi:"
_ADDRESSED = re.compile(r"k[íi]nh\s+g[ửuưứ]i\s*:?", re.IGNORECASE)  # "Kính gửi: "
_ADDRESSED_TOO = re.compile(r"\W*đồng k[íi]nh g[ửuưứ]i\s*:?\W*$", re.IGNORECASE)
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:", "BỘ XÂY DỰNG ĐIỆN:"
_TELEGRAM = re.compile(r"^[^\n\t:;,]{3,90}\s[đĐ][iI][ệỆ][nN]\s*:", re.MULTILINE)
_OPENINGS = tuple(
    f"{bare(words)} " for words in (*lexicon("document_parts")["preamble"], *lexicon("recipients")["letter_begins"])
)
_SPEAKS = re.compile(
    rf" (?:{'|'.join(map(bare, ('nhận được', 'có ý kiến', 'đã có công văn', 'như sau')))}) "
)  # no addressee does
_LONGEST_ADDRESSEE = 250  # characters of a line
_HEAD = 6000  # characters in which an address stands
_LONGEST_BLOCK = 4500  # characters
_ITEM = re.compile(rf"{BULLET}{{1,2}}\s*")  # "- UBND tỉnh", "- ", "· Sở Y tế"
_INNER_ITEM = re.compile(r"(?:(?<=[;:.)])|(?<=[;:.)] ))\s*[-–—•·]\s+(?=\S)")  # "…; - Bộ Tài chính; - …" on one line
_SEMICOLON = re.compile(r"(?<=;)\s+(?=[^\s-])(?![^()\n]{0,120}\))")  # "Sở Y tế; |UBND các xã; |Lưu: VT" on one line
_BRACKETS = re.compile(r"\([^()]{0,120}\)?|\|[^;\n]*")  # "(để b/c)", "(giao Sở X gửi)", "| để báo cáo"
# "(Cục A05 - để b/c)", "(Vụ Pháp chế)"
_INSIDE = re.compile(
    r"\((?:qua )?(?P<words>(?:Cục|Vụ|Phòng|Chi cục|Thanh tra|Văn phòng) [^()\n;,]{2,60}?)\s*"
    r"(?:[-–,]?\s*để [^()\n]{1,40})?\)"
)
# an office's, no further name: "các Phó Thủ tướng CP", "Công báo CP"
_OF_THE_GOVERNMENT = re.compile(
    r"(?:(?<=Phó Thủ tướng)|(?<=PTTg)|(?<=TTg)|(?<=[Cc]ông báo))"
    rf"\s*(?:CP|Chính phủ)(?!\w)(?!\s+[{UPPER}]\w*\s+[{UPPER}])"
)
# "Phó Giám đốc Sở |L.V.Thuốc|": a person's name in short
_INITIALED = re.compile(rf"(?<=\w )(?:[{UPPER}]\.\s?){{2,3}}[{UPPER}][{LOWER}]+(?=\s*(?:[;,.(]|$))")
# "Bộ trưởng (để b/c)", "BT. Trần Văn Lúa", "Các Thứ trưởng" of a department's list
_OF_MINISTRY = re.compile(r"(?:các )?(?:đ/c |đồng chí )?(?:bộ trưởng|thứ trưởng|bt\.)", re.IGNORECASE)
_BELOW_MINISTRY = (
    *("Tổng cục", "Cục", "Chi cục", "Vụ", "Viện", "Trường", "Trung tâm", "Đại học", "Học viện"),
    *("Văn phòng Bộ", "Thanh tra Bộ"),
)
_MINISTRY = re.compile(rf"(?<=\s)Bộ [{UPPER}].*$")  # "Văn phòng |Bộ Tư pháp|"
_MINISTERS = re.compile(
    r"[\s–+-]*((?:các\s+)?(?:đồng chí\s+)?bộ trưởng)(?=\s*[,;]\s*(?:các\s+)?thủ trưởng)", re.IGNORECASE
)
# "Như Điều 4", "Như khoản 2 Điều 5", "Các cơ quan có tên tại Điều 3"
_ARTICLE = re.compile(
    r"(?:các\s+(?:cơ quan|đơn vị|tổ chức|cá nhân|thành viên|ông)[^:;.\d]{0,40}\s(?=tại|ở|theo))?"
    r"(?:(?:như|tại|ở|theo)\s+)*(?:khoản\s+(?P<clause>\d+)[\s,]+)?[đd]i[ềêếe]u\s+(?P<number>\d+)"
)
# "tại mục IV", "Như phần III", "Mục IV", "phần B", "tại mục 6 III", "nêu tại mục 2, phần IV"
_SECTION = re.compile(
    r"(?:^|(?:tại|theo|ở|nêu tại|như)\s+)(?:mục|phần|điểm)\s+(?P<number>[ivxl]+|[a-eđ]|\d+(?:\.\d+)*)(?!\w)"
    r"(?:,?\s+(?:(?:mục|phần)\s+)?(?P<part>[ivxl]+|[a-eđ])(?!\w))?"
)
# "Cục Đê điều (Bộ Nông nghiệp và Môi trường)"
_UNIT_OF = re.compile(r"(?P<unit>(?:Cục|Vụ|Tổng cục|Viện|Ban)\s[^();:]{2,90}?)\s*\((?P<owner>[^();:]{2,60})\)")
_CLASS_OPENS = re.compile(r"(?<!\w)[Cc]ác (?:[Bb]ộ|[Ss]ở|[Bb]an|tỉnh|thành phố|huyện|xã|phường|cơ quan)[^:;.]{0,60}:$")
# "Giám đốc |các bệnh viện tuyến tỉnh", "Đ/c Hiệu trưởng |các trường …": whoever heads them
_TITLED_CLASS = re.compile(
    r"^(?:(?:các\s+)?(?:đ/c|đồng chí)\s+)?(?:lãnh đạo|thủ trưởng|người đứng đầu|giám đốc|tổng giám đốc|hiệu trưởng"
    r"|trưởng|chủ tịch|bí thư|viện trưởng|chỉ huy trưởng|chủ nhiệm)\s+"
    r"(?=(?:các|trung tâm|bệnh viện|trường|trạm|công ty)\s)",
    re.IGNORECASE,
)
_OFFICIALS = (
    "các chuyên viên",
    "các cv ",
    "các đồng chí",
    "các đ/c",
    "các ông",
    "các bà",
)  # persons of no body that is named
_SEVERAL = ("các ", "những ", "toàn thể ", "tất cả ")
_LONGEST_PRINTED = 150  # characters
_SIGNED = re.compile(r"\s*\(?(?:đã ký|ký tên|\[.*\])\)?\s*")


# "- Văn phòng UBND tỉnh:" over "|+ |Trung tâm Thông tin": parts of it
_INSIDE_MARKER = re.compile(r"\+\s*$")
_MARKER_REACH = 4


@dataclass(frozen=True, slots=True)
class _Item:
    """One line of the list, joined: `text`, and the offset in the document of each piece of it."""

    text: str
    parts: tuple[tuple[int, int], ...]  # (offset in `text`, offset in the document)

    def origin(self, at: int) -> int:
        inside, outside = next(p for p in reversed(self.parts) if p[0] <= at)
        return outside + at - inside

    def end_of(self, agency: AgencyRef) -> int:
        """Where a name ends in the document that was found in the item's text."""
        return max(self.origin(agency.start + max(len(agency.written), 1) - 1), self.origin(agency.start)) + 1


def read_recipients(clean: CleanText, outline: Outline, scope: Scope) -> list[AgencyRef]:
    """Who the document is sent to (nơi nhận, kính gửi); archive lines (Lưu: VT) left out."""
    found: list[AgencyRef] = []
    scope = with_offices_of_council(scope)
    for item in _addressees(clean):
        found += _recipients_of(clean, outline, item, scope)
    block = _block(clean.text)
    if block:
        house = scope
        for item in _items(clean.text, *block):
            if _is_archive(item.text):
                break
            inside = _INSIDE_MARKER.search(clean.text, max(0, item.parts[0][1] - _MARKER_REACH), item.parts[0][1])
            house = house if inside else scope
            of_item = _recipients_of(clean, outline, item, house, block[0])
            if item.text.rstrip().endswith(":") and len(of_item) == 1:
                house = replace(scope, issuer=of_item[0].name, issuer_head=of_item[0].head)
            found += of_item
    once: dict[str, AgencyRef] = {}
    for agency in found:
        once.setdefault(lowered(agency.name), agency)
    return list(once.values())


def _is_archive(text: str) -> bool:
    return unaccented(text).lstrip(" -:").startswith(("luu:", "luu vt", "luu :", "luu,", "luu ", "luu"))


def _block(text: str) -> tuple[int, int] | None:
    """Where the list of recipients stands, without its heading."""
    found = _BLOCK.search(text)
    if found is None:
        return None
    end = found.end() - (1 if found[0].endswith("-") else 0)
    return end, min(len(text), end + _LONGEST_BLOCK)


def _addressees(clean: CleanText) -> list[_Item]:
    """The items of "Kính gửi", or of "… điện:" in an urgent telegram."""
    text = clean.text
    found = _addressed(text)
    if not found:
        return []
    end = min(len(text), found.end() + 3000)
    items: list[list[Piece]] = []
    for piece in pieces(text, found.end(), min(end, _end_of_rows(clean, found.start()) or end)):
        if not items:
            items.append([piece])
            continue
        last = items[-1][-1]
        if _ADDRESSED_TOO.match(piece.text):  # what follows are more of them
            items.append([replace(piece, text="", start=piece.end, line=piece.line + 1)])
            continue
        # "- Bộ trưởng các Bộ:" goes on with which, in the next cell or line
        closed = last.text.endswith((".", "./.", ":")) and not _CLASS_OPENS.search(last.text)
        if _ITEM.match(piece.text):
            if closed and piece.line > last.line + 1:
                break
            items.append([piece])
        elif closed or piece.line > last.line + 1 or _begins_text(piece.text):
            break
        elif last.text.endswith(";"):
            items.append([piece])
        else:
            items[-1].append(piece)
    return [_item(i) for i in items]


def _end_of_rows(clean: CleanText, at: int) -> int | None:
    """Where the rows end that hold an address, one addressee a row; None where it stands in no table."""
    for table in clean.tables:
        last = next((index for index, row in enumerate(table.rows) if row[0].start <= at < row[-1].end), None)
        if last is None:
            continue
        while last + 1 < len(table.rows) and _ITEM.match(clean.text, _first_words(clean, table.rows[last + 1])):
            last += 1
        return table.rows[last][-1].end
    return None


def _first_words(clean: CleanText, row: Sequence[Cell]) -> int:
    """The offset of a row's first words, behind its empty cells."""
    return next((cell.start for cell in row if clean.text[cell.start : cell.end].strip()), row[0].start)


def _begins_text(line: str) -> bool:
    """Whether a line is the first of the letter's text and not a further addressee."""
    low = f"{bare(line)} "
    return low.startswith(_OPENINGS) or len(line) > _LONGEST_ADDRESSEE or bool(_SPEAKS.search(low))


def _addressed(text: str) -> re.Match[str] | None:
    """Where "Kính gửi" stands at the beginning of a line, "điện" at the end of one."""
    found = _ADDRESSED.search(text, 0, _HEAD)
    if found and (not found.start() or text[: found.start()].rstrip(" \t*")[-1:] in ("\n", "")):
        return found
    return _TELEGRAM.search(text, 0, _HEAD)


def _items(text: str, start: int, end: int) -> Iterator[_Item]:
    """The items of "Nơi nhận", the signature beside them left out."""
    current: list[Piece] = []
    run_in = _is_run_in(text, start, end)
    for piece in _inner(pieces(text, start, end), _SEMICOLON if run_in else _INNER_ITEM):
        if _is_signature(piece):
            continue
        if _ITEM.match(piece.text):
            if current:
                yield _item(current)
            current = [piece]
        elif current and piece.line - current[-1].line <= 2:
            # a list may have lost its dashes; behind a colon the line goes on with what that announces
            announced = not run_in and any(":" in part.text for part in current)
            over = current[-1].text.rstrip().endswith(";") and not announced
            if over:
                yield _item(current)
            current = [piece] if over else [*current, piece]
        elif not current and piece.line <= 2 and len(piece.text) > 3:
            current = [piece]
        elif current:
            break
    if current:
        yield _item(current)


def _is_run_in(text: str, start: int, end: int) -> bool:
    """Whether the list goes on behind its heading, without dashes: "Nơi nhận: Sở Y tế; UBND các xã; Lưu: VT."."""
    line = text[start : min(end, (text.find("\n", start) + 1 or end))].strip()
    return line.count(";") > 1 and not _ITEM.match(line) and not _INNER_ITEM.search(line)


def _inner(found: Iterator[Piece], between: re.Pattern[str]) -> Iterator[Piece]:
    """Pieces, cut once more where several items stand on one line."""
    for piece in found:
        at = 0
        for cut in between.finditer(piece.text):
            if cut.start() > at:
                yield Piece(piece.start + at, piece.start + cut.start(), piece.text[at : cut.start()], piece.line)
            at = cut.start() + len(cut[0]) - len(cut[0].lstrip())
        yield Piece(piece.start + at, piece.end, piece.text[at:], piece.line)


def _is_signature(piece: Piece) -> bool:
    text = piece.text
    if marker := _ITEM.match(text):  # "- BỘ TRƯỞNG, CHỦ NHIỆM": a scan's dash before the signer's office
        words = text[marker.end() :]
        return words.isupper() and position_of(replace(piece, text=words)) is not None
    capitals = is_capitals(text) and len(text) > 8 and " " in text and ";" not in text  # "QHĐP, NC, TH;" goes on
    office = position_of(piece) is not None or capitals
    return office or person_name(text) is not None or bool(_SIGNED.fullmatch(text.lower()))


def _item(parts: list[Piece]) -> _Item:
    text, places = "", []
    for piece in parts:
        words = piece.text
        marker = _ITEM.match(words) if not text else None
        cut = marker.end() if marker else 0
        text += " " if text else ""
        places.append((len(text), piece.start + cut))
        text += words[cut:]
    whole = joined(text)
    return _Item(*spelt(whole, tuple(places) if whole == text else (places[0],), edits_of(whole)))


def _recipients_of(
    clean: CleanText, outline: Outline, item: _Item, scope: Scope, block: int | None = None
) -> list[AgencyRef]:
    """The agencies that one item stands for."""
    text = _BRACKETS.sub(lambda m: " " * len(m[0]), _joined_to_owners(item.text, scope))
    low = " ".join(lowered(text).strip(" .;,:✓").split())
    if not low or any(low.startswith(a) for a in lexicon("recipients")["above"]):
        return []
    if block is not None and (article := _ARTICLE.match(low)):
        return agencies_of_article(clean, int(article["number"]), block, scope, article["clause"])
    if block is not None and (section := _SECTION.search(low)):
        number = ".".join(filter(None, [section["part"], section["number"]]))
        return agencies_of_section(clean, outline, number, block, scope)
    if block is not None and (charged := agencies_charged(clean, outline, low, block, scope)):
        return charged
    if _of_the_issuer(text, item.text):
        return [_placed(a, item) for a in _issuer(scope, item)]
    if special := [_placed(a, item) for a in own_offices(text, scope)] or _offices(item, scope):
        return special
    for words in (_OF_THE_GOVERNMENT, _INITIALED):
        text = words.sub(lambda m: " " * len(m[0]), text)
    named = _with_ministers(text, find_agencies(CleanText(text), 0, len(text), scope), scope)
    named = with_place_behind(text, named, scope)
    named = [*secretaries(text, 0, len(text), named), *of_each_place(text, named, scope)]
    named = sorted([*named, *village_heads(text, scope)], key=attrgetter("start"))
    if not named and only_leaders(text):
        return [_placed(a, item) for a in _issuer(scope, item)]
    inner = [*to_their_ends(text, named, scope), *_in_brackets(item.text, scope)] or _as_printed(
        text, scope, block is None
    )
    return [replace(a, start=item.origin(a.start), end=item.end_of(a), rule="recipients") for a in inner]


def _with_ministers(text: str, named: list[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The names with the ministries, whose ministers stand before other heads ("Bộ trưởng, Thủ trưởng cơ quan …")."""
    told = _MINISTERS.match(text)
    ministries = canonical("các Bộ", scope) if told else None
    if told is None or ministries is None or (named and named[0].name.startswith("các Bộ")):
        return named
    # the title was taken for one of the next name
    behind = [replace(n, start=max(n.start, told.end())) for n in named]
    behind = [replace(n, written=text[n.start : n.end].lstrip(" ,;")) for n in behind]
    return [replace(ministries, start=told.start(1), end=told.end(1), written=told[1]), *behind]


def _issuer(scope: Scope, item: _Item) -> list[AgencyRef]:
    name = scope.issuer or ""
    if _OF_MINISTRY.match(item.text) and name.startswith(_BELOW_MINISTRY):
        ministry = _MINISTRY.search(name)
        name = ministry[0] if ministry else ""  # its minister; which ministry may not be said
    own = canonical(name, scope) if name else None
    return [replace(own, name=name, written=item.text)] if own else []


def _of_the_issuer(text: str, printed: str) -> bool:
    """Whether an item names leaders of the issuer alone; a name alone is one of them where it is reported to."""
    return leaders_by_name(text) or (person_name(text.strip(" .;,:")) is not None and "(để b" in lowered(printed))


def _joined_to_owners(text: str, scope: Scope) -> str:
    """An item with the brackets round an owner blanked: "Cục Đê điều (Bộ X)" is "Cục Đê điều  Bộ X "."""

    def blank(found: re.Match[str]) -> str:
        owner = canonical(found["owner"], scope)
        house = owner and owner.kind in ("bộ", "trung ương") and len(owner.written) == len(found["owner"].strip())
        return f"{found['unit']} {found['owner']} " if house else found[0]

    return _UNIT_OF.sub(blank, text)


def _offices(item: _Item, scope: Scope) -> list[AgencyRef]:
    """The offices of several bodies, each where its body is named."""
    found = offices_of_bodies(item.text, scope)
    starts = [item.origin(office.start) for office in found]
    return [
        replace(office, start=start, end=start + office.end - office.start, rule="recipients")
        for office, start in zip(found, starts, strict=True)
    ]


def _in_brackets(text: str, scope: Scope) -> Iterator[AgencyRef]:
    """The department that a name is followed by in brackets: "Bộ Công an (Cục A05 - để b/c)"."""
    for found in _INSIDE.finditer(text):
        whole = canonical(f"{found['words']} {text[: found.start()].strip()}", scope)
        if whole and whole.parent:
            yield replace(whole, start=found.start("words"), end=found.end("words"), written=found["words"])


def _as_printed(text: str, scope: Scope, addressed: bool) -> list[AgencyRef]:
    """An item in which no agency is named, as it is printed: "Các hộ nuôi cá lồng"; of an address also a person."""
    item = text.strip(" .;,:-")
    printed = _TITLED_CLASS.sub("", item)
    words = printed.split()
    told = printed.lower().startswith(_SEVERAL) or (addressed and item[:1].isupper())
    if (
        not told
        or len(words) < 3
        or printed.lower().startswith(_OFFICIALS)
        or len(printed) > _LONGEST_PRINTED
        or re.search(r"[:\d]", printed)
    ):
        return []
    name = with_own_place(spell_out(printed, scope.explained), scope)
    person = words[0] in ("Ông", "Bà")
    return [
        AgencyRef(
            start=text.index(printed), end=text.index(printed) + len(printed), rule="recipients", confidence=0.6,
            name=name, head=name, written=printed, kind="người giữ chức vụ" if person else "nhóm", level=None,
            place=scope.place, collective=not person,
        )
    ]  # fmt: skip


def _placed(agency: AgencyRef, item: _Item, rule: str = "recipients") -> AgencyRef:
    start = item.parts[0][1]
    return replace(agency, start=start, end=item.origin(max(len(item.text) - 1, 0)) + 1, rule=rule)
