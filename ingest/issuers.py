"""Who issued a cited document: printed behind it ("của UBND tỉnh"), before it, or implied by its symbol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from ingest.agencies import Scope, canonical
from ingest.lexicon import lexicon
from ingest.record import AgencyRef, Place
from ingest.symbols import Symbol

# "của UBND tỉnh", "do Bộ Y tế", "của đồng chí Bí thư Tỉnh ủy"
_OF = re.compile(r",? {1,3}(?:của|do) {1,3}(?:(?:đồng chí|ông|bà|các) {1,3})?(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE)
# an issuer's name never goes beyond one of these
_END = re.compile(r"[;:()“”\"\[\]|]")
_LONGEST = 120


@lru_cache(maxsize=2048)
def _agency(written: str, scope: Scope) -> AgencyRef | None:
    return canonical(written, scope)


def issuer_at(text: str, start: int, scope: Scope) -> tuple[AgencyRef, int] | None:
    """The agency whose name begins at `start`, and the offset where the name ends."""
    limit = min(len(text), start + _LONGEST)
    end = _END.search(text, start, limit)
    agency = _agency(text[start : end.start() if end else limit], scope)
    if not agency or not text.startswith(agency.written, start):
        return None
    stop = start + len(agency.written)
    return replace(agency, start=start, end=stop), stop


def issuer_behind(text: str, end: int, scope: Scope) -> tuple[AgencyRef, int] | None:
    """The issuer that "của …" or "do …" names right behind a document that ends at `end`."""
    of = _OF.match(text, end)
    return issuer_at(text, of.end(), scope) if of else None


def implied_issuer(symbol: Symbol | None, kind: str | None, scope: Scope) -> AgencyRef | None:
    """The issuer that a symbol implies: "QĐ-TTg" the Prime Minister; "KH-UBND" only where the level is beyond doubt."""
    names = [name for letters in (symbol.bodies if symbol else ()) if (name := _implied_name(letters, scope))]
    if not names and kind in lexicon("symbol_issuers")["types"]:
        names = [lexicon("symbol_issuers")["types"][kind]]
    if not names:
        return None
    first = _agency(names[0], scope)
    # a joint document of ministries: "04/TTr-BKHCN-BTTTT"
    joint = [a.name for n in names[1:] if n.startswith("Bộ") and (a := _agency(n, scope))]
    return replace(first, name=" và ".join([first.name, *joint])) if first and joint else first


def _implied_name(letters: str, scope: Scope) -> str | None:
    table = lexicon("symbol_issuers")
    bare = letters.rstrip("0123456789")
    if name := table["central"].get(letters) or table["central"].get(bare):
        return str(name)
    known_province = bool(scope.place) and not scope.place[0].endswith("?")
    if letters in table["provincial"] and known_province:
        return str(table["provincial"][letters])
    if letters in table["district"] and len(scope.place) > 1:
        return str(table["district"][letters])
    if letters in table["any_level"] and scope.level == "tỉnh":
        return f"{table['any_level'][letters]} {'thành phố' if scope.place[0].startswith('thành phố') else 'tỉnh'}"
    return None


def party_issuer(found: Mapping[str, str | None], scope: Scope, start: int, end: int) -> AgencyRef | None:
    """Who adopted a resolution of a congress ("congress": its printed name) or of a plenum ("term": "XII")."""
    congress, term = found.get("congress"), found.get("term")
    if not congress and not term:
        return None
    name = f"Ban Chấp hành Trung ương Đảng khóa {term}" if term else " ".join((congress or "").split())
    place: Place = ()
    if "Đảng bộ" in name:
        place = scope.place
        bare = re.search(r"Đảng bộ (tỉnh|thành phố|huyện|quận|thị xã|xã|phường)$", name)
        if bare and (own := next((p for p in place if p.startswith(bare[1])), None)):
            name = f"{name[: bare.start(1)]}{own}"
    level = "trung ương" if not place else scope.level
    return AgencyRef(
        start=start, end=end, rule="party document by name", confidence=0.8, name=name, head=name, written=name,
        kind="đại hội" if congress else "ban chấp hành", level=level, place=place,
    )  # fmt: skip
