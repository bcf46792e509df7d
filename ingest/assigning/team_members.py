"""Members of a team who are told by the article that names them ("các ông, bà có tên tại Điều 1") are the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.named import is_inside
from ingest.naming.agencies import Scope, find_agencies
from ingest.patterns import pattern
from ingest.record import AgencyRef
from ingest.text import CleanText

# "Điều 1. Thành lập |Tổ công tác chăm sóc cây xanh| gồm các ông, bà sau:"
_FORMED = pattern(
    r"(?:thành lập|kiện toàn) (?P<team>(?:tổ|đoàn|ban|hội đồng|tiểu ban|nhóm) [^.;:\n]{3,200}?)"
    r"(?: (?:gồm|bao gồm|như sau|sau đây)(?!\w)|[.;:,(]|\n)"
)
# "các ông (bà) có tên tại Điều 1", "các thành viên có tên ở Điều 1"
_NAMED_THERE = pattern(
    r"(?:các )?(?:(?:ông|đồng chí)(?:,?\s*[/(]?\s*bà\)?)?|thành viên) (?:có|nêu)(?: tên)? (?:tại|ở|trong) điều \d+"
)
# … at the end of which stands
_THERE = pattern(r"(?:có|nêu)(?: tên)? (?:tại|ở|trong) điều \d")

# "Ủy viên thường trực", "các Phó Trưởng ban", "Thư ký"
_OFFICE = pattern(
    r"(?:các )?(?:(?:phó )?trưởng (?:tiểu )?(?:ban|đoàn)|tổ (?:trưởng|phó)|thành viên|ủy viên|thư ký)(?: thường trực)?"
)
# who governs a place, whose teams are the place's
_OF_THE_PLACE = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Chính phủ", "Thủ tướng")
_STANDING = ("Ban Thường trực ", "Thường trực ", "Ban Thường vụ ")


def team_of_issuer(team: AgencyRef, scope: Scope) -> AgencyRef:
    """A team without a place in its name, as one of the body that writes, where that governs no place."""
    issuer = scope.issuer or ""
    for standing in _STANDING:
        issuer = issuer.removeprefix(standing)
    if team.parent or not issuer or issuer.startswith(_OF_THE_PLACE):
        return team
    return replace(team, name=f"{team.head} {issuer}", parent=issuer)


def as_team(names: Sequence[AgencyRef], team: AgencyRef | None) -> list[AgencyRef]:
    """Who holds an office of the team that writes stands for it: "Trách nhiệm của |Ủy viên thường trực|"."""
    if team is None:
        return list(names)
    return [replace(team, start=n.start, end=n.end) if _OFFICE.fullmatch(n.written) else n for n in names]


class TeamMembers:
    """Whom a decision that forms a team means by those whom it names; nobody where it forms none."""

    def __init__(self, clean: CleanText, scope: Scope) -> None:
        self._text = clean.text
        formed = _FORMED.search(clean.text) if _THERE.search(clean.text) else None
        formed = formed if formed and _NAMED_THERE.search(clean.text) else None
        named = find_agencies(clean, *formed.span("team"), scope) if formed else []
        self.team = named[0] if formed and named and named[0].start == formed.start("team") else None

    def said(self, start: int, end: int, names: list[AgencyRef]) -> list[AgencyRef]:
        """The names of a passage with the team, where its members are told."""
        if self.team is None:
            return names
        told = [member.span() for member in _NAMED_THERE.finditer(self._text, start, end)]
        found = [replace(self.team, start=at, end=stop) for at, stop in told if not is_inside(names, at)]
        return sorted([*names, *found], key=lambda name: name.start) if found else names
