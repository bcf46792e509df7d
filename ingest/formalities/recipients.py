"""Who a document is sent to: "Nơi nhận" at its end and "Kính gửi" at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.formalities.letter_spacing import joined
from ingest.formalities.references import agencies_of_article, agencies_of_section
from ingest.formalities.signature import person_name, position_of
from ingest.lexicon import lexicon
from ingest.lines import Piece, is_capitals, pieces, unaccented
from ingest.naming.agencies import Scope, canonical, find_agencies
from ingest.naming.agency_words import lowered
from ingest.outlining.outline import Outline
from ingest.patterns import bare
from ingest.record import AgencyRef
from ingest.text import CleanText

_BLOCK = re.compile(
    r"n[oơ]i\s+(?:nh[âaậ][nm]|g[ửuư]i)(?:\s*:|\s*$|\s*\n|\s+-)", re.IGNORECASE | re.MULTILINE
)  # "Nơi nhận:", "Noi nhận", "Nơi gửi:"
_ADDRESSED = re.compile(r"k[íi]nh\s+g[ửuưứ]i\s*:?", re.IGNORECASE)  # "Kính gửi: "
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:", "BỘ XÂY DỰNG ĐIỆN:"
_TELEGRAM = re.compile(r"^[^\n\t:;,]{3,90}\s[đĐ][iI][ệỆ][nN]\s*:", re.MULTILINE)
_OPENINGS = tuple(f"{bare(words)} " for words in lexicon("document_parts")["preamble"])
_LONGEST_ADDRESSEE = 250  # characters of a line
_HEAD = 6000  # characters in which an address stands
_LONGEST_BLOCK = 4500  # characters
_ITEM = re.compile(r"[-–+•~*]\s*")  # "- UBND tỉnh", "- "
_INNER_ITEM = re.compile(r"(?:(?<=[;:.)])|(?<=[;:.)] ))\s*-\s+(?=\S)")  # "…; - Bộ Tài chính; - …" on one line
_BRACKETS = re.compile(r"\([^()]{0,120}\)?|\|[^;\n]*")  # "(để b/c)", "(giao Sở X gửi)", "| để báo cáo"
# "(Cục A05 - để b/c)", "(Vụ Pháp chế)"
_INSIDE = re.compile(
    r"\((?P<words>(?:Cục|Vụ|Phòng|Chi cục|Thanh tra|Văn phòng) [^()\n;,]{2,60}?)\s*(?:[-–,]?\s*để [^()\n]{1,40})?\)"
)
# an office's, no further name: "các Phó Thủ tướng CP"
_OF_THE_GOVERNMENT = re.compile(r"(?:(?<=Phó Thủ tướng)|(?<=PTTg))\s*(?:CP|Chính phủ)(?!\w)")
# "Các VP: Tỉnh ủy, Đoàn ĐBQH và HĐND tỉnh"
_OFFICES = re.compile(r"(?:các\s+)?(?:vp|văn phòng)\s*:", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:như\s+|(?:tại|theo)\s+)?điều\s+(?P<number>\d+)")  # "Như Điều 4"
_SECTION = re.compile(
    r"(?:^|(?:tại|theo|ở|nêu tại|như)\s+)(?:mục|phần)\s+(?P<number>[ivxl]+|\d+(?:\.\d+)*)(?!\w)"
)  # "tại mục IV", "Như phần III", "Mục IV"
_SIGNED = re.compile(r"\s*\(?(?:đã ký|ký tên|\[.*\])\)?\s*")
# "các Vụ: TH, KTTH", "Phòng: VX, TCNS", "Trưởng phòng: THVX, NC", "Các Phòng CV"
_DEPARTMENTS = re.compile(
    r"(?:^|[:,;]\s*)(?:trưởng\s+|các\s+|lãnh đạo\s+)*(?P<kind>vụ|phòng|cục)\s*:?\s+"
    r"(?P<names>[\w&.]{1,12}(?: i{1,3})?(?:\s*(?:,|và)\s*[\w&.]{1,12}(?: i{1,3})?)*)\s*(?:[.;]|$)"
)
_OFFICE_PARTS = re.compile(
    r"(?P<who>các vụ, cục, đơn vị(?: trực thuộc)?|các đơn vị trực thuộc|các phòng(?:, ban)?(?: trực thuộc)?)"
    r"(?![\w:]|\s+\w)"
)
# what a line of the Government Office names besides
_BESIDE_OFFICE = {"cổng t": "Cổng Thông tin điện tử Chính phủ", "công báo": "Công báo"}
_GOVERNMENT_OFFICE = "Văn phòng Chính phủ"


@dataclass(frozen=True, slots=True)
class _Item:
    """One line of the list, joined: `text`, and the offset in the document of each piece of it."""

    text: str
    parts: tuple[tuple[int, int], ...]  # (offset in `text`, offset in the document)

    def origin(self, at: int) -> int:
        inside, outside = next(p for p in reversed(self.parts) if p[0] <= at)
        return outside + at - inside


def read_recipients(clean: CleanText, outline: Outline, scope: Scope) -> list[AgencyRef]:
    """Who the document is sent to (nơi nhận, kính gửi); archive lines (Lưu: VT) left out."""
    found: list[AgencyRef] = []
    for item in _addressees(clean):
        found += _recipients_of(clean, outline, item, scope)
    block = _block(clean.text)
    if block:
        for item in _items(clean.text, *block):
            if _is_archive(item.text):
                break
            found += _recipients_of(clean, outline, item, scope, block[0])
    once: dict[str, AgencyRef] = {}
    for agency in found:
        once.setdefault(lowered(agency.name), agency)
    return list(once.values())


def _is_archive(text: str) -> bool:
    return unaccented(text).lstrip(" -:").startswith(("luu:", "luu vt", "luu :", "luu,", "luu ", "luu"))


def _block(text: str) -> tuple[int, int] | None:
    """Where the list of recipients stands, without its heading."""
    for found in _BLOCK.finditer(text):
        end = found.end() - (1 if found[0].endswith("-") else 0)
        return end, min(len(text), end + _LONGEST_BLOCK)
    return None


def _addressees(clean: CleanText) -> list[_Item]:
    """The items of "Kính gửi", or of "… điện:" in an urgent telegram."""
    text = clean.text
    found = _addressed(text)
    if not found:
        return []
    end = min(len(text), found.end() + 3000)
    row = next((r for t in clean.tables for r in t.rows if r[0].start <= found.start() < r[-1].end), None)
    items: list[list[Piece]] = []
    for piece in pieces(text, found.end(), min(end, row[-1].end) if row else end):
        if not items:
            items.append([piece])
            continue
        last = items[-1][-1]
        closed = last.text.endswith((".", "./.", ":"))
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


def _begins_text(line: str) -> bool:
    """Whether a line is the first of the letter's text and not a further addressee."""
    return f"{bare(line)} ".startswith(_OPENINGS) or len(line) > _LONGEST_ADDRESSEE


def _addressed(text: str) -> re.Match[str] | None:
    """Where "Kính gửi" stands at the beginning of a line, "điện" at the end of one."""
    found = _ADDRESSED.search(text, 0, _HEAD)
    if found and (not found.start() or text[: found.start()].rstrip(" \t*")[-1:] in ("\n", "")):
        return found
    return _TELEGRAM.search(text, 0, _HEAD)


def _items(text: str, start: int, end: int) -> Iterator[_Item]:
    """The items of "Nơi nhận", the signature beside them left out."""
    current: list[Piece] = []
    for piece in _inner(pieces(text, start, end)):
        if _is_signature(piece):
            continue
        if _ITEM.match(piece.text):
            if current:
                yield _item(current)
            current = [piece]
        elif current and piece.line - current[-1].line <= 2:
            current.append(piece)
        elif not current and piece.line <= 2 and len(piece.text) > 3:
            current = [piece]
        elif current:
            break
    if current:
        yield _item(current)


def _inner(found: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces, cut once more where several items stand on one line."""
    for piece in found:
        at = 0
        for cut in _INNER_ITEM.finditer(piece.text):
            if cut.start() > at:
                yield Piece(piece.start + at, piece.start + cut.start(), piece.text[at : cut.start()], piece.line)
            at = cut.start() + len(cut[0]) - len(cut[0].lstrip())
        yield Piece(piece.start + at, piece.end, piece.text[at:], piece.line)


def _is_signature(piece: Piece) -> bool:
    text = piece.text
    if _ITEM.match(text):
        return False
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
    return _Item(whole, tuple(places) if whole == text else (places[0],))


def _recipients_of(
    clean: CleanText, outline: Outline, item: _Item, scope: Scope, block: int | None = None
) -> list[AgencyRef]:
    """The agencies that one item stands for."""
    text = _BRACKETS.sub(lambda m: " " * len(m[0]), item.text)
    low = " ".join(lowered(text).strip(" .;,:✓").split())
    if not low or any(low.startswith(a) for a in lexicon("recipients")["above"]):
        return []
    if block is not None and (article := _ARTICLE.match(low)):
        return agencies_of_article(clean, int(article["number"]), block, scope)
    if block is not None and (section := _SECTION.search(low)):
        return agencies_of_section(clean, outline, section["number"], block, scope)
    if special := _office(item, low, scope) or _offices(item, scope):
        return special
    text = _OF_THE_GOVERNMENT.sub(lambda m: " " * len(m[0]), text)
    inner = [*find_agencies(CleanText(text), 0, len(text), scope), *_in_brackets(item.text, scope)]
    if not inner and scope.issuer and _only_leaders(low):
        own = canonical(scope.issuer, scope)
        return [_placed(replace(own, name=scope.issuer, written=item.text), item)] if own else []
    return [
        replace(a, start=item.origin(a.start), end=item.origin(a.start) + len(a.written), rule="recipients")
        for a in inner
    ]


def _offices(item: _Item, scope: Scope) -> list[AgencyRef]:
    """The offices of several bodies: "Các VP: Tỉnh ủy, Đoàn ĐBQH và HĐND tỉnh"."""
    head = _OFFICES.match(item.text)
    bodies = find_agencies(CleanText(item.text), head.end(), len(item.text), scope) if head else []
    offices = (canonical(f"Văn phòng {body.name}", scope) for body in bodies)
    return [
        replace(
            office, start=item.origin(body.start), end=item.origin(body.start) + len(body.written), rule="recipients"
        )
        for office, body in zip(offices, bodies, strict=True)
        if office
    ]


def _in_brackets(text: str, scope: Scope) -> Iterator[AgencyRef]:
    """The department that a name is followed by in brackets: "Bộ Công an (Cục A05 - để b/c)"."""
    for found in _INSIDE.finditer(text):
        whole = canonical(f"{found['words']} {text[: found.start()].strip()}", scope)
        if whole and whole.parent:
            yield replace(whole, start=found.start("words"), end=found.end("words"), written=found["words"])


def _placed(agency: AgencyRef, item: _Item, rule: str = "recipients") -> AgencyRef:
    start = item.parts[0][1]
    return replace(agency, start=start, end=item.origin(max(len(item.text) - 1, 0)) + 1, rule=rule)


def _only_leaders(low: str) -> bool:
    """ "Giám đốc, PGĐ Minh", "CT, các PCT": leaders of the issuer and nothing else, but for a name."""
    words = re.findall(r"[\w/]+", low)
    known = lexicon("recipients")
    rest = [w for w in words if w not in known["own_leaders"]]
    return len(rest) <= 1 and any(w in known["own_leaders_need"] for w in words)


def _office(item: _Item, low: str, scope: Scope) -> list[AgencyRef]:
    """The issuer's own office and its departments: "VP: LĐ, CV", "CPVP", "Phòng: VX", "VPCP: BTCN, các Vụ: TH"."""
    government = low.startswith(("vpcp", "văn phòng chính phủ:"))
    issuer = lowered(scope.issuer_head or "")
    if not government and not issuer.startswith(("ủy ban nhân dân", "văn phòng", "hội đồng nhân dân")):
        return []
    office = canonical(_GOVERNMENT_OFFICE if government else _own_office(scope), scope)
    if office is None:
        return []
    found: list[AgencyRef] = []
    starts = government or re.match(rf"(?:{'|'.join(map(re.escape, _own_office_words()))})(?=[\s,:;.]|$)", low)
    if starts and not (not government and re.search(r"ubnd|hđnd|đoàn đbqh|tỉnh ủy|huyện ủy", low)):
        found.append(_placed(office, item))
    if starts or not _OFFICE_PARTS.search(low):
        found += [_placed(d, item) for d in _departments(low, office)]
    if government:
        found += [
            _placed(a, item)
            for words in _BESIDE_OFFICE
            if words in low and (a := canonical(_BESIDE_OFFICE[words], scope))
        ]
    return found


def _own_office_words() -> list[str]:
    return sorted(lexicon("recipients")["own_office"], key=len, reverse=True)


def _own_office(scope: Scope) -> str:
    """The office that serves the issuer; a district has one for both its council and its committee."""
    if lowered(scope.issuer_head or "").startswith("văn phòng"):
        return scope.issuer or ""
    place = scope.place[-1] if scope.place else ""
    if scope.level == "huyện":
        return f"Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {place}"
    return f"Văn phòng {scope.issuer}"


def _departments(low: str, office: AgencyRef) -> Iterator[AgencyRef]:
    """Departments of an office by their abbreviations."""
    if parts := _OFFICE_PARTS.search(low):
        words = parts["who"].replace("vụ", "Vụ").replace("cục", "Cục")
        words += "" if words.endswith("trực thuộc") else " trực thuộc"
        yield replace(
            office, name=f"{words} {office.name}", head=words, kind="nhóm", collective=True, parent=office.name
        )
        return
    for part in low.split(";"):
        yield from _departments_of(part.strip(), office)


def _departments_of(low: str, office: AgencyRef) -> Iterator[AgencyRef]:
    """Departments that one part of an item lists: "các vụ: th, nc"."""
    found = _DEPARTMENTS.search(low)
    if not found:
        return
    known = lexicon("recipients")["departments"]
    for name in re.split(r"\s*(?:,|và)\s*", found["names"]):
        key = name.strip(". ").replace(".", "")
        key = key.replace(" ", "").removeprefix("v") if re.match(r"v\.?\s?i", name) else key
        head = "các Phòng chuyên viên" if key == "cv" else f"{found['kind'].capitalize()} {known.get(key, key.upper())}"
        yield replace(
            office, name=f"{head} {office.name}", head=head, kind=found["kind"], level="cơ sở", parent=office.name
        )
