"""The header of a document: letterhead, symbol, date, type, title, signer, and who receives it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graph.spelling import modern_tone
from ingest.document_types import type_of_letters
from ingest.formalities.attributes import Attributes, read_attributes
from ingest.formalities.capitals import sentence_case, spelt_out
from ingest.formalities.flat_cells import of_letterhead
from ingest.formalities.issuer_place import place_hint, placed_name, provinces_named, under
from ingest.formalities.issuing_body import (
    Issuer,
    below_ministry,
    from_joint_letterhead,
    from_letterhead,
    from_own_sentence,
    from_plenum,
    from_symbol,
    named_by,
    signed_for,
)
from ingest.formalities.letterhead import (
    DateLine,
    PrintedSymbol,
    read_adoption,
    read_at_annex,
    read_date_line,
    read_names,
    read_symbol,
)
from ingest.formalities.recipients import read_recipients
from ingest.formalities.signature import Signature, read_signature
from ingest.formalities.titles import (
    ADDRESSED,
    Bold,
    Title,
    is_joint,
    join_types,
    read_attached,
    read_first_line,
    read_subject,
    read_title,
    starts_preamble,
)
from ingest.formalities.type_lines import type_line, with_type_lines
from ingest.lines import Piece, letters_only, pieces
from ingest.naming.agencies import Scope, canonical
from ingest.naming.jurisdiction import LEVEL, UNKNOWN, tier_of
from ingest.outlining.outline import Outline
from ingest.record import AgencyRef, Attached, Found, Header, Place, said_by_a_person
from ingest.text import CleanText

__all__ = ["own_letters", "read_header", "read_recipients", "scope_of"]

_HEAD_REACH = 6000  # characters in which the head of a document ends, portal lines before it included
_HINT_REACH = 20000  # characters of the beginning that tell which province the document is of
# "CHỦ TỊCH" of "CHỦ TỊCH ỦY BAN NHÂN DÂN", "BỘ TRƯỞNG" of "BỘ TRƯỞNG BỘ TÀI CHÍNH"
_OFFICE = re.compile(
    r"^(?:CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|HIỆU TRƯỞNG|CHÁNH|TRƯỞNG)\s+(?=\S+\s)"
)
# "Ủy ban nhân dân tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh bắc kạn" as a line of its own
_COMMITTEE = re.compile(
    r"(?:chủ tịch )?ủy ban nhân dân (?P<tier>tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?P<name>(?: [^\W\d_]+){1,4})?",
    re.IGNORECASE,
)
# "quán triệt Kết luận này"
_ITSELF = re.compile(
    r"(?<!\w)(Kế hoạch|Chỉ thị|Kết luận|Nghị quyết|Quyết định|Chương trình|Hướng dẫn|Quy định|Quy chế|Thông báo)"
    r" này(?!\w)"
)
# "Trường A xây dựng Kế hoạch mở cửa thư viện, cụ thể như sau:" where no head tells
_ISSUES = re.compile(
    r"(?:ban\s+hành|xây\s+dựng|đề\s+ra|triển\s+khai)\s+(Kế\s?hoạch|Chương\s?trình|Hướng\s?dẫn|Quy\s?chế|Phương\s?án|Chỉ\s?thị)"
    r"\s[^.;:\n]{3,300}?,?\s(?:cụ\s+thể\s+)?(?:như\s+sau|với\s+(?:các|những)\s+nội\s+dung[^.;:\n]{0,40}):"
)
_OWN_SENTENCE = 4000  # characters of a text without a head in which its own sentence says what it is
_OFTEN = 2
# "CỦA BỘ CHÍNH TRỊ, BAN BÍ THƯ" between type and title
_OF_BODY = re.compile(r"[\s*_]*CỦA\s+(?P<names>[^a-z\d]{5,150}?)\s*(?=\n|$)")
_AND = re.compile(r",\s*(?=BAN|BỘ|ỦY|CHÍNH|HỘI|TỈNH|THÀNH)")
_CONCLUDED = re.compile(r"(?:về )?(?:ý kiến )?kết luận (?:chỉ đạo )?của (?:phó )?thủ tướng", re.IGNORECASE)
_CARRYING = ("Quyết định", "Nghị quyết")


@dataclass(frozen=True, slots=True)
class _Head:
    """What is printed above the body."""

    lines: list[Piece]
    symbol: PrintedSymbol | None
    date: DateLine | None
    title: Title | None
    names: list[Piece]
    end: int
    said: Attributes


def read_header(clean: CleanText, outline: Outline, place: Place | None = None) -> Header:
    """The header; a `place` that a person supplied wins over what the text says."""
    bold = _bold(clean)
    head = _read_head(clean.text, bold)
    signature = read_signature(clean.text, head.end)
    on = head.date.iso if head.date else None
    hint = (
        place if place is not None else place_hint(head.date.place if head.date else None, clean.text[:_HINT_REACH], on)
    )
    issuer = _issuer(clean, head, signature, hint)
    agency = signed_for(issuer.agency, signature.body if signature else None) if issuer else None
    seat = place if place is not None else (under(hint, agency, clean.text[:_HINT_REACH], on) if agency else hint)
    title = _title(clean.text, head, seat)
    kind = _type(head) or _self_named(clean.text)
    return Header(
        type=kind,
        symbol=head.symbol.key if head.symbol else None,
        symbol_suffix=head.symbol.suffix if head.symbol and not head.symbol.key else None,
        issued_on=_issued_on(head),
        issuer=placed_name(agency, seat) if agency else None,
        issuer_head=agency.head if agency else None,
        level=_level(agency, seat) if agency else None,
        place=seat,
        title=title,
        signer=signature.signer if signature else None,
        signer_position=signature.position if signature else None,
        attached=_attached(clean.text, head, kind, signature, seat, bold),
        found=_found(head, signature, issuer) | ({} if place is None else {"place": said_by_a_person("given place")}),
    )


def _level(agency: AgencyRef, seat: Place) -> str | None:
    """The issuer's level; a letterhead that says no more than "ỦY BAN NHÂN DÂN" has that of the place."""
    level = LEVEL.get(tier_of(seat[-1])) if seat else None
    if agency.kind == "phòng" and level == "xã":
        return level
    if agency.level or not seat:
        return agency.level
    return "huyện" if level == "tỉnh" and len(seat) > 1 else level


def _bold(clean: CleanText) -> Bold:
    """Which offsets of the head stand in bold or in a heading."""
    spans = [(e.start, e.end) for e in clean.emphasis if e.kind in ("bold", "heading")]
    starts = [start for start, _ in spans]

    def bold(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < spans[index][1]

    return bold


def _read_head(text: str, bold: Bold) -> _Head:
    lines = join_types(list(of_letterhead(pieces(text, 0, min(len(text), _HEAD_REACH)))))
    lines = list(with_type_lines(text, lines))
    index, name = type_line(lines)
    above = lines[: index + 1] if index is not None else _above_preamble(lines)
    near = lines[: index + 8] if index is not None else above
    symbol, date = read_symbol(text, near), read_date_line(text, near)
    title = (
        read_title(lines, index, name, bold)
        if index is not None and name
        else read_subject(above) or read_first_line(lines)
    )
    until = min([p.start for p in lines[index : index + 1]] if index is not None else [len(text)])
    names = read_names(above, until)
    said = read_attributes(above) if not names and symbol is None and date is None else Attributes()
    symbol, date = symbol or said.symbol, date or said.date
    ends = [x.end for x in (symbol, date, title) if x]
    if symbol is None and (date is None or date.iso is None):
        letter = any(ADDRESSED.match(piece.text) for piece in above)  # it prints no type
        symbol, date = read_at_annex(text, name or ("Công văn" if letter else None))
    elif (symbol is None or symbol.key is None) and name in _CARRYING:
        again, _ = read_at_annex(text, name)  # the number that a scan lost stands over the plan again
        symbol = again if again and (symbol is None or again.suffix == symbol.suffix) else symbol
    return _Head(above, symbol, date or read_adoption(text), title, names, max(ends, default=0), said)


def _above_preamble(lines: list[Piece]) -> list[Piece]:
    """The head of a document without a type line (a công văn): down to the first paragraph of its text."""
    addressed = next((i for i, p in enumerate(lines) if ADDRESSED.match(p.text)), None)
    first = next((i for i, p in enumerate(lines) if starts_preamble(p.text) and len(p.text) > 30), len(lines))
    return lines[: addressed + 1 if addressed is not None else min(first, 40)]


def _type(head: _Head) -> str | None:
    if head.title or head.said.type:
        return head.title.type if head.title else head.said.type
    letters = re.match(r"[A-ZĐa-z]+", head.symbol.suffix) if head.symbol else None
    addressed = any(ADDRESSED.match(piece.text) for piece in head.lines)  # no type is printed: an official letter
    kind = type_of_letters(letters[0]) if letters and not addressed else None
    return kind.name if kind else ("Công văn" if head.symbol or addressed else None)


def _self_named(text: str) -> str | None:
    """What a text without a head calls itself most often: "… thực hiện Kết luận này"."""
    (name, times), *_ = [*Counter(found[1] for found in _ITSELF.finditer(text)).most_common(1), ("", 0)]
    issues = _ISSUES.search(text, 0, _OWN_SENTENCE)
    return name if times >= _OFTEN else issues[1] if issues else None


def _issued_on(head: _Head) -> str | None:
    if head.date and head.date.iso:
        return head.date.iso
    year = re.search(r"/((?:19|20)\d\d)/", head.symbol.key or "") if head.symbol else None
    return year[1] if year else None


def _issuer(clean: CleanText, head: _Head, signature: Signature | None, hint: Place) -> Issuer | None:
    """The issuer from the surest source that tells it."""
    if joint := from_joint_letterhead(head.names, clean.text, hint, told=is_joint(head.lines)):
        return joint
    named = from_letterhead(head.names, clean.text, hint)
    if named and letters_only(named.agency.name).startswith("banchaphanhtrunguong"):
        named = _central_party(clean.text, head, signature) or named
    named = below_ministry(named, head.symbol) if named else None
    named = named or _enacting(head, clean.text, hint) or _said(head, hint) or _announcing(head)
    named = named or _below_type(head, clean.text, hint)
    if named:
        return named
    signed = named_by(spelt_out(signature.body), hint) if signature and signature.body else None
    own = from_own_sentence(clean, head.end, hint) or from_plenum(clean.text, head.end, hint)
    if own and (signed is None or own.agency.kind == signed.kind):
        return own
    if signed and signature:
        return Issuer(signed, *signature.first, "signature", 0.85)
    return from_symbol(head.symbol, hint) or own


def _announcing(head: _Head) -> Issuer | None:
    """What the Prime Minister or a deputy concluded is announced by the Government Office."""
    if not head.title or head.title.type != "Thông báo" or not _CONCLUDED.match(head.title.text or ""):
        return None
    agency = canonical("Văn phòng Chính phủ", Scope(()))
    return Issuer(agency, head.title.start, head.title.end, "named in the title", 0.8) if agency else None


def _said(head: _Head, hint: Place) -> Issuer | None:
    """The issuer that a portal's attributes name: an agency, or the place whose agency the symbol's letters name."""
    piece = head.said.issuer
    if piece is None:
        return None
    by_letters = from_symbol(head.symbol, hint)
    agency = named_by(piece.text, hint) or (by_letters.agency if by_letters else None)
    return Issuer(agency, piece.start, piece.end, "attributes", 0.85) if agency else None


def _central_party(text: str, head: _Head, signature: Signature | None) -> Issuer | None:
    """The Central Committee's letterhead is also that of Bộ Chính trị and Ban Bí thư: the title says whose."""
    window = letters_only(text[head.title.type_at : head.title.type_at + 300]) if head.title else ""
    # an annex may follow the signature
    tail = letters_only(text[-1500:]) + (f"tm{letters_only(signature.body)}" if signature and signature.body else "")
    for key, name in (("bochinhtri", "Bộ Chính trị"), ("banbithu", "Ban Bí thư")):
        if f"cua{key}" in window[:60] or f"tm{key}" in tail:
            agency = canonical(name, Scope(()))
            start, end = (head.title.type_at, head.title.end) if head.title else (0, 0)
            return Issuer(agency, start, end, "named in the title", 0.95) if agency else None
    return None


def _below_type(head: _Head, text: str, hint: Place) -> Issuer | None:
    """Whom the line between type and title names: "KẾT LUẬN" / "CỦA BỘ CHÍNH TRỊ, BAN BÍ THƯ" / "về nghề muối"."""
    at = head.title.type_at + len(head.title.type) if head.title and head.title.text else 0
    found = _OF_BODY.match(text, at, head.title.start) if head.title and at else None
    if not found:
        return None
    bodies = [named_by(spelt_out(words, text), hint) for words in _AND.split(" ".join(found["names"].split()))]
    named = [agency for agency in bodies if agency]
    if not named or len(named) < len(bodies):
        whole = named_by(spelt_out(" ".join(found["names"].split()), text), hint)
        named = [whole] if whole else []
    if not named:
        return None
    first = named[0]
    name, above = (", ".join(getattr(agency, part) for agency in named) for part in ("name", "head"))
    agency = replace(first, name=name, head=above) if len(named) > 1 else first
    return Issuer(agency, *found.span("names"), "named in the title", 0.9)


def _enacting(head: _Head, text: str, hint: Place) -> Issuer | None:
    """The agency in capitals between title and preamble: "CHÍNH PHỦ", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …"."""
    for piece in _in_one(pieces(text, head.end, min(len(text), head.end + 400))):
        name = spelt_out(_OFFICE.sub("", piece.text)) if piece.text.isupper() else _small_committee(piece.text)
        agency = named_by(name, hint) if name else None
        if agency:
            return Issuer(agency, piece.start, piece.end, "enacting line", 0.9)
        if starts_preamble(piece.text):
            break
    return None


def _small_committee(line: str) -> str | None:
    """A committee's name that fills a line of a text without capitals: "Ủy ban nhân dân tỉnh bắc kạn"."""
    found = _COMMITTEE.fullmatch(modern_tone(line))
    return f"Ủy ban nhân dân {found['tier'].lower()} {(found['name'] or '').strip().title()}".strip() if found else None


def _in_one(lines: Iterable[Piece]) -> Iterator[Piece]:
    """The lines, those in capitals that follow one another made one."""
    before: Piece | None = None
    for piece in lines:
        if before and piece.text.isupper() and piece.line == before.line + 1:
            before = Piece(before.start, piece.end, f"{before.text} {piece.text}", piece.line)
            continue
        if before:
            yield before
        before = piece if piece.text.isupper() else None
        if before is None:
            yield piece
    if before:
        yield before


def _names(seat: Place) -> tuple[str, ...]:
    return tuple(part for part in seat if part not in UNKNOWN and not part.endswith("?"))


def _title(text: str, head: _Head, seat: Place) -> str | None:
    if not head.title or not head.title.text:
        return None
    return sentence_case(head.title.text, text, _names(seat))


def _attached(
    text: str, head: _Head, kind: str | None, signature: Signature | None, seat: Place, bold: Bold
) -> Attached | None:
    if kind not in _CARRYING:
        return None
    found = read_attached(text, head.end, bold)
    if not found or not found.text:
        return None
    return Attached(type=found.type, title=sentence_case(found.text, text, _names(seat)), start=found.type_at)


def _found(head: _Head, signature: Signature | None, issuer: Issuer | None) -> dict[str, Found]:
    """Where each field was read."""
    found: dict[str, Found] = {}

    def read(field: str, start: int, end: int, rule: str, confidence: float) -> None:
        found[field] = Found(start=start, end=end, rule=rule, confidence=confidence)

    annexed = head.symbol is not None and head.symbol.start > head.end
    if head.title:
        read("type", head.title.type_at, head.title.type_at + len(head.title.type), "type line", 0.95)
        if head.title.text:
            read("title", head.title.start, head.title.end, "title", 0.95)
    if head.symbol:
        rule, confidence = ("annex line", 0.85) if annexed else ("number line", 0.95)
        read("symbol", head.symbol.start, head.symbol.end, rule, confidence)
    if head.date and head.date.iso:
        rule = "annex line" if annexed else "day of adoption" if head.date.start > head.end else "date line"
        read("issued_on", head.date.start, head.date.end, rule, 0.85 if annexed else 0.95)
    elif head.symbol and _issued_on(head):
        read("issued_on", head.symbol.start, head.symbol.end, "year of the symbol", 0.85)
    if signature and signature.signer:
        read("signer", signature.start, signature.end, "signature", 0.95)
    if signature and signature.position:
        read("signer_position", *signature.office, "signature", 0.95)
    if issuer:
        read("issuer", issuer.start, issuer.end, issuer.rule, issuer.confidence)
    return found


def scope_of(header: Header) -> Scope:
    """What the document's own names without a jurisdiction refer to."""
    named = provinces_named(header.title) if header.title and not header.place else []
    about = (named[0],) if len(named) == 1 else ()
    return Scope(header.place, header.level, header.issuer, header.issuer_head, issued_on=header.issued_on, about=about)


def own_letters(header: Header) -> tuple[tuple[str, str], ...]:
    """A ministry's letters in its own symbol, which other bodies may have too: "QĐ-BCT" of Bộ Công Thương."""
    letters = re.search(r"-(B[A-ZĐ]{2,7})$", header.symbol or header.symbol_suffix or "")
    if letters and header.issuer and header.issuer.startswith("Bộ "):
        return ((letters[1], header.issuer),)
    return ()
