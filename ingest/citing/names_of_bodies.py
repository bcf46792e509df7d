"""Names that hold whose they are: "Quy chế làm việc của UBND tỉnh", "Kế hoạch thanh tra năm 2030 của Sở Nội vụ"."""

from __future__ import annotations

from ingest.citing.issuers import issuer_at, issuer_behind
from ingest.naming.agencies import Scope
from ingest.patterns import UPPER
from ingest.record import AgencyRef
from ingest.spacing import spaced

# "Quy chế" + " làm việc của " + "Ban Chấp hành Trung ương, Bộ Chính trị và Ban Bí thư khóa XIII"
_RULES = spaced(rf" (?:làm việc|(?:tổ chức (?:và|,) )?hoạt động) của (?:các )?(?=[{UPPER}])")
_LINK = spaced(rf"(?:,| và) (?=[{UPPER}])")
# ", nhiệm kỳ 2025 - 2030"
_TERM = spaced(r",? nhiệm kỳ \d{4}\s{0,2}[-–]\s{0,2}\d{4}")
# no word that goes on with a body's name: "Đại học" + " quốc gia"
_OVER = spaced(r"(?=[;:.,()“”\"\n\u2029]| (?:và|được|đã|do|tại|để|ban hành|kèm|theo|trong|cần|phải) |\s*$)")
_OF = spaced(rf" của (?=[{UPPER}])")
_MOST = 5
_FEW = 2
"""Words of a plan's name at least: "Kế hoạch thanh tra năm 2030"."""


def rules_begin(text: str, start: int) -> int:
    """Where the bodies begin whose own rules of work are called at `start`, behind "Quy chế"; -1 where none are."""
    rules = _RULES.match(text, start)
    return rules.end() if rules else -1


def bodies_end(text: str, start: int, scope: Scope) -> int:
    """Where the list of bodies ends that begins at an offset, with their term; -1 where their names cannot be told.

    Args:
        text: as `ingest.spacing.level_text` gives it.
        start: the offset behind "của ".
        scope: whose document it is.
    """
    ends: list[int] = []  # behind each body, up to the one behind "và", which closes the list
    links: list[str] = []
    at = start
    while len(ends) < _MOST and (read := issuer_at(text, at, scope)):
        ends.append(read[1])
        link = _LINK.match(text, read[1])
        if not link or (links and "và" in links[-1]):
            break
        links.append(link[0])
        at = link.end()
    if not ends:
        return -1
    # ", Sở Nội vụ …" behind a list without "và" begins a clause
    closed = len(ends) > 1 and any("và" in link for link in links[: len(ends) - 1])
    end = ends[-1] if closed else ends[0]
    term = _TERM.match(text, end)
    end = term.end() if term else end
    return end if _OVER.match(text, end) else -1


def plan_of_body(text: str, start: int, end: int, scope: Scope) -> AgencyRef | None:
    """Whose plan it is whose name with its period is `text[start:end]`: inside the name, or right behind it.

    Args:
        text: as `ingest.spacing.level_text` gives it.
        start: the offset behind the type, "Kế hoạch".
        end: the offset behind the period, "năm 2030".
        scope: whose document it is.
    """
    of = _OF.search(text, start, end)
    if len(text[start : of.start() if of else end].split()) < _FEW:
        return None
    if not of:
        behind = issuer_behind(text, end, scope) if _OF.match(text, end) else None
        return behind[0] if behind else None
    inside = issuer_at(text, of.end(), scope)
    # " năm 2030", " giai đoạn 2026-2030"
    return inside[0] if inside and inside[1] <= end and len(text[inside[1] : end].split()) <= _MOST else None
