"""Office holders with a second office: "Bộ trưởng Bộ A - Phó Trưởng ban Ban Chỉ đạo B" is one person, and one of the
two agencies is meant: the one that he heads; where he heads both, or neither, the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ingest.lexicon import lexicon
from ingest.naming.agency_parts import Passage
from ingest.patterns import any_of, pattern
from ingest.record import AgencyRef

# "Bộ trưởng |Bộ Y tế", "Phó Trưởng ban Thường trực |Ban Chỉ đạo"
_HOLDS = pattern(rf"(?:{any_of(lexicon('agencies')['leaders'])})(?!\w)")
_DEPUTY = pattern(r"(?:các )?(?:phó|thứ trưởng|ủy viên|thành viên|pct|pgđ)(?!\w)")


def of_one_holder(view: Passage, agencies: Iterable[AgencyRef]) -> list[AgencyRef]:
    """The agencies of a passage, of an office holder's two the one that is meant, which reaches over both."""
    found: list[AgencyRef] = []
    for agency in agencies:
        first = found[-1] if found else None
        if first is None or not _hold_both(view, first, agency):
            found.append(agency)
            continue
        second = _DEPUTY.match(view.text, first.start) and not _DEPUTY.match(view.text, agency.start)
        found[-1] = replace(agency if second else first, start=first.start, end=agency.end)
    return found


def _hold_both(view: Passage, first: AgencyRef, second: AgencyRef) -> bool:
    """Whether two names are two offices of one person: a dash stands between, and each begins with an office."""
    if view.text[first.end : second.start].strip() not in ("-", "–"):
        return False
    return bool(_HOLDS.match(view.text, first.start) and _HOLDS.match(view.text, second.start))
