"""Who issued a cited document: printed behind it ("của UBND tỉnh"), before it, or implied by its symbol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.document_types import document_types
from ingest.lexicon import lexicon
from ingest.naming.agencies import Scope, canonical
from ingest.patterns import UPPER
from ingest.record import AgencyRef, Place
from ingest.spacing import spaced
from ingest.symbols import Symbol

# "của UBND tỉnh", "do Bộ Y tế", "của đồng chí Bí thư Tỉnh ủy", ", Hội nghị lần thứ sáu, Ban Chấp hành Trung ương"
_PLENUM = r"Hội nghị(?: Trung ương)?(?: lần thứ \w+)?,? "
_OF = spaced(
    rf",? (?:(?:của|do) (?:(?:đồng chí|ông|bà|các) )?(?:{_PLENUM})?|{_PLENUM}(?=Ban Chấp))(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE
)
# ", Hội nghị lần thứ sáu, Ban Chấp hành Trung ương khóa XII", " Hội nghị Trung ương 6 khóa XII": whose resolution it is
_OF_PLENUM = spaced(
    r",? (?:của )?Hội nghị(?: Trung ương(?: Đảng)?)?(?: lần thứ)?(?: \w{1,5}){0,2},?"
    r"(?: (?:BCH|Ban [Cc]hấp hành) (?:TW|Trung ương)(?: Đảng)?,?)? \(?[Kk]h(?:óa|oá) (?P<term>[XVI]{1,5})\)?"
)
_COMMITTEE = "Ban Chấp hành Trung ương Đảng"
# "đã được " before "Thủ tướng Chính phủ phê duyệt"
_APPROVED = spaced(rf"[”\"]?,? (?:đã )?được (?=[{UPPER}])")
_APPROVES = spaced(r" (?:phê duyệt|ban hành|thông qua|quyết định)(?!\w)")
# "Ban Chấp hành Trung ương Đảng khóa XII", "(Khóa XI)": each term is a committee of its own
_TERM = spaced(r",?\s{0,3}\(?[Kk]h(?:óa|oá) (?P<term>[XVI]{1,5})\)?")
_TYPES = "|".join(sorted((t.name for t in document_types()), key=len, reverse=True))
# an issuer's name never goes beyond one of these: "Bộ Chính trị" + " và Chỉ thị số 5", "Ban Bí thư" + " khóa XI",
# "Ban Bí thư" + " ngày 2/3/2020", "Bộ Chính trị" + " trên địa bàn tỉnh"
_END = spaced(
    r"[;:()“”\"\[\]|\u2029]| (?:VỀ|V/V|BAN HÀNH|PHÊ DUYỆT|QUY ĐỊNH|HƯỚNG DẪN|THỰC HIỆN|TRIỂN KHAI) "
    r"|,? [Kk]h(?:óa|oá) [XVI]|,? ngày \d| trên địa bàn|,? (?:bảo đảm|đảm bảo|nhằm|để|trong đó|gắn với)(?!\w)"
    rf"|(?:,|,? và|,? cùng(?: với)?) (?!Đề án \d\d\D)(?:các )?(?:(?:{_TYPES})(?: [a-zđà-ỹ]+){{0,2}} (?:số:? ?)?\d"
    r"|Luật |Bộ luật |Pháp lệnh )"
)
# "Thành ủy" + " Thành phố Hồ Chí Minh"
_CITY = spaced(rf" [Tt]hành phố(?: [{UPPER}]\w*){{0,4}}")
# "Bộ Y tế" + " (nay là Bộ …)": the same body
_NOW = spaced(r"\s{0,3}\((?:nay|trước đây|cũ)(?: là)?[^()]{0,100}\)", re.IGNORECASE)
# what joins those who issue a joint document
_JOINTLY = spaced(
    r"\s{0,3}(?:,|[-–]|,? và) "
    r"(?=Bộ |Ủy ban|UBND|Ban |Đoàn Chủ tịch|Chính phủ|Tòa án|Viện |Sở |Thanh tra|Tổng |Thường trực )"
)
# "Ban Chỉ đạo về nghề muối" + " về mở kho": what a board is for, and a title behind it
_BOARD = spaced(
    r"(?P<name>(?:(?:Phó )?(?:Trưởng|Chủ tịch|Tổ trưởng) )?"
    r"(?:Ban Chỉ đạo|Hội đồng|Tổ công tác|Tiểu ban)[^;.()“”]{0,40}? về [^;.()“”]{4,100}?)"
    r" (?:về|ban hành|phê duyệt|quy định|hướng dẫn|thông báo|thành lập|triển khai|kèm theo)(?!\w)",
    re.IGNORECASE,
)
_LONGEST = 160


@lru_cache(maxsize=2048)
def _agency(written: str, scope: Scope) -> AgencyRef | None:
    return canonical(written, scope)


def issuer_at(text: str, start: int, scope: Scope) -> tuple[AgencyRef, int] | None:
    """The agency whose name begins at `start`, and the offset where the name ends."""
    limit = min(len(text), start + _LONGEST)
    if board := _BOARD.match(text, start, limit):
        limit = board.end("name")
    end = _END.search(text, start, limit)
    # "Thành ủy Thành phố" is the committee of a city, "Thành" no place
    passage = text[start : end.start() if end else limit].replace("ủy Thành phố", "ủy thành phố")
    passage = passage.replace("Ban chấp hành Đảng", "Ban Chấp hành Đảng")
    agency = _agency(passage, scope)
    if not agency or not passage.startswith(agency.written):
        return None
    stop = start + len(agency.written)
    if agency.written.endswith("Thành ủy") and (city := _CITY.match(text, stop)):
        stop = city.end()
    if term := _TERM.match(text, stop):
        stop = term.end()
        if agency.name == _COMMITTEE:
            agency = replace(agency, name=f"{agency.name} khóa {term['term']}")
    return replace(agency, start=start, end=stop), stop


def approved_by(text: str, end: int, scope: Scope) -> AgencyRef | None:
    """Who is said to have approved the document whose name ends at `end`: "đã được Thủ tướng Chính phủ phê duyệt"."""
    found = _APPROVED.match(text, end)
    read = issuer_at(text, found.end(), scope) if found else None
    return read[0] if read and _APPROVES.match(text, read[1]) else None


def issuer_behind(text: str, end: int, scope: Scope) -> tuple[AgencyRef, int] | None:
    """The issuer that "của …" or "do …" names right behind a document that ends at `end`."""
    if plenum := _OF_PLENUM.match(text, end):
        committee = _agency(_COMMITTEE, scope)
        named = f"{_COMMITTEE} khóa {plenum['term']}"
        return (replace(committee, name=named, start=end, end=plenum.end()), plenum.end()) if committee else None
    of = _OF.match(text, end)
    read = issuer_at(text, of.end(), scope) if of else None
    if read and (now := _NOW.match(text, read[1])):
        return read[0], now.end()
    return read


def issuers_behind(text: str, end: int, scope: Scope) -> tuple[AgencyRef, int] | None:
    """As `issuer_behind`, for a joint document: "của Bộ Tài chính, Bộ Tư pháp" is one issuer."""
    first = read = issuer_behind(text, end, scope)
    names, stop = [], end
    while read:
        names.append(read[0].name)
        stop = read[1]
        link = _JOINTLY.match(text, stop)
        read = issuer_at(text, link.end(), scope) if link else None
    return (replace(first[0], name=_together(names)), stop) if first and len(names) > 1 else first


def _together(names: Sequence[str]) -> str:
    """ "A, B và C"."""
    return " và ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def implied_issuer(symbol: Symbol | None, kind: str | None, scope: Scope) -> AgencyRef | None:
    """The issuer that a symbol implies: "QĐ-TTg" the Prime Minister; "KH-UBND" only where the level is beyond doubt."""
    names = [name for letters in (symbol.bodies if symbol else ()) if (name := _implied_name(letters, scope))]
    if not names and kind in lexicon("symbol_issuers")["types"]:
        names = [lexicon("symbol_issuers")["types"][kind]]
    if not names:
        return None
    first = _agency(names[0], scope)
    # a joint document of ministries: "04/TTr-BKHCN-BTTTT"
    others = [n for letters in (symbol.bodies[1:] if symbol else ()) if (n := implied_name(letters))]
    # "TTLT-BTC-BTP", "NQLT-UBTVQH15-CP"
    listed = symbol is not None and symbol.letters.startswith(("TTLT", "NQLT"))
    joint = [a.name for n in others if (listed or n.startswith("Bộ")) and (a := _agency(n, scope))]
    return replace(first, name=_together([first.name, *joint])) if first and joint else first


def implied_place(symbol: Symbol | None, scope: Scope) -> tuple[Place, str] | None:
    """Jurisdiction and level that a symbol implies where it implies no name: "NQ/TW" is central."""
    table = lexicon("symbol_issuers")
    letters = symbol.bodies[0] if symbol and symbol.bodies else ""
    if letters in table["central_without_name"]:
        return (), "trung ương"
    if letters in table["district"] and scope.level == "tỉnh":
        return (*scope.place[:1], "huyện ?"), "huyện"
    return None


def implied_name(letters: str) -> str | None:
    """The central body that letters of a symbol stand for: "TTg", "QH15", "BGDĐT"."""
    table = lexicon("symbol_issuers")["central"]
    name = table.get(letters) or table.get(letters.rstrip("0123456789"))
    return str(name) if name else None


def _implied_name(letters: str, scope: Scope) -> str | None:
    table = lexicon("symbol_issuers")
    if name := implied_name(letters):
        return name
    known_province = bool(scope.place) and not scope.place[0].endswith("?")
    if scope.level == "trung ương" and (ministry := implied_name(f"B{letters}")):
        return ministry  # "1609/LĐTBXH-NCC" of former years
    if letters in table["provincial"] and known_province:
        return str(table["provincial"][letters])
    if letters in table["district"] and len(scope.place) > 1:
        return str(table["district"][letters])
    if letters in table["any_level"] and scope.level == "tỉnh":
        return f"{table['any_level'][letters]} {'thành phố' if scope.place[0].startswith('thành phố') else 'tỉnh'}"
    return None
