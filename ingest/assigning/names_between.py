"""Those between whom there is to be concert, where nobody else is told: "Tăng cường phối hợp giữa Sở A với Sở B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.assigning.name_lists import FILLER, MANNER, group
from ingest.assigning.role import COORDINATES, DOES, Role
from ingest.assigning.task_segments import sentences
from ingest.patterns import pattern
from ingest.record import AgencyRef

_RULE = "named between"
_CONFIDENCE = 0.7

# "Tăng cường phối hợp giữa |Sở A", "Nâng cao hiệu quả công tác phối hợp chặt chẽ giữa các |phòng"
_CONCERT = pattern(
    rf"\W*{MANNER}(?:tăng cường|đẩy mạnh|nâng cao (?:hiệu quả|chất lượng)|bảo đảm|đảm bảo|duy trì|thực hiện(?: tốt)?)"
    rf"(?: sự| công tác| việc| hoạt động)? phối hợp(?: chặt chẽ| hiệu quả| đồng bộ)* giữa {FILLER}"
)
_WITH = re.compile(r"(?<!\w)với(?!\w)")


def names_between(text: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> list[Role]:
    """Who acts in concert by a sentence that says no more of whose work it is: those before "với", with the others."""
    for at, stop in sentences(text, start, end):
        opened = _CONCERT.match(text, at, stop)
        listed = group(text, [m for m in mentions if opened.end() <= m.start < stop]) if opened else []
        if opened and listed and len(listed[0].members) > 1 and not text[opened.end() : listed[0].start].strip():
            return _roles(text, listed[0].members)
    return []


def _roles(text: str, names: Sequence[AgencyRef]) -> list[Role]:
    part = DOES
    found = [Role(names[0], part, _RULE, _CONFIDENCE)]
    for before, name in pairwise(names):
        part = COORDINATES if _WITH.search(text, before.end, name.start) else part
        found.append(Role(name, part, _RULE, _CONFIDENCE))
    return found
