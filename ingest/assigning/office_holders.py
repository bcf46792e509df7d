"""Office holders in a sentence, who stand for what they head: ministers, deputies, "Bộ trưởng" alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.actors import name_actor
from ingest.assigning.named import is_inside, starting
from ingest.naming.agencies import Scope
from ingest.patterns import begun, pattern
from ingest.record import AgencyRef

# "báo cáo Bộ trưởng định kỳ" in a document of the ministry; "Bộ trưởng Bộ Y tế" has a name of its own
_HEAD = pattern(
    rf"{begun(['báo cáo', 'gửi', 'phản ánh'])}(?: (?:lên|với|cho))?"
    r" (?P<title>(?P<unit>bộ|tổng cục|cục) trưởng|hiệu trưởng)"
    r"(?! (?:bộ|tổng|cục|các|trường)(?!\w))(?!\w)"
)
# "các đồng chí |Bộ trưởng|, Thủ trưởng cơ quan ngang Bộ"
_MINISTERS = pattern(
    r"(?:các )?(?:đồng chí )?bộ trưởng(?=(?:,|;| và) (?:các )?(?:đồng chí )?(?:thủ trưởng|chủ nhiệm)(?!\w))"
)
_DEPUTIES = pattern(r"(?:các )?phó thủ tướng")
_DEPUTIES_NAME = "các Phó Thủ tướng Chính phủ"
# "Thủ tướng và |Phó Thủ tướng phụ trách lĩnh vực|": one of them, who is not named
_IN_CHARGE = pattern(r"phó thủ tướng(?: chính phủ)? phụ trách(?: lĩnh vực)?(?: liên quan)?(?!\w)")


def as_deputies(name: AgencyRef) -> AgencyRef:
    """Office holders who head no agency are kept as printed: "các Phó Thủ tướng Chính phủ" are not their head."""
    if name.name == "Thủ tướng Chính phủ" and _DEPUTIES.match(name.written):
        return replace(name, name=_DEPUTIES_NAME, head=_DEPUTIES_NAME, collective=True)
    return name


def with_ministries(
    text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope
) -> Sequence[AgencyRef]:
    """The names with the ministries, whose ministers stand before other heads ("Bộ trưởng, Thủ trưởng cơ quan …")."""
    if text.find("ộ trưởng", start, end) < 0:
        return mentions
    found = list(mentions)
    for told in _MINISTERS.finditer(text, start, end):
        at = next((i for i, m in enumerate(found) if m.start <= told.start() < m.end), None)
        if at is not None and (found[at].end <= told.end() or found[at].name.startswith("các Bộ")):
            continue
        if at is not None:  # the titles were taken for those of the next name
            found[at] = replace(found[at], start=told.end() + 1)
        actor = name_actor(text, *told.span(), replace(scope, place=()))
        found.append(replace(actor, name="các Bộ", head="các Bộ", level="trung ương", collective=True))
    return found


def in_charge(text: str, start: int, end: int, scope: Scope) -> list[AgencyRef]:
    """Deputies of the head of government who are told by what they are in charge of, kept as printed."""
    if text.find("hó Thủ tướng", start, end) < 0:
        return []
    found = [name_actor(text, *told.span(), replace(scope, place=())) for told in _IN_CHARGE.finditer(text, start, end)]
    return [replace(deputy, level="trung ương") for deputy in found]


def heads_alone(text: str, start: int, end: int, mentions: Sequence[AgencyRef], scope: Scope) -> list[AgencyRef]:
    """The issuer, where its head is told without a name."""
    found: list[AgencyRef] = []
    if "trưởng" not in text[start:end].lower():
        return found
    for head in _HEAD.finditer(text, start, end):
        unit = (head["unit"] or "trường").lower()
        taken = is_inside(mentions, head.start("title")) or starting(mentions, *head.span("title"))
        if not taken and scope.issuer and scope.issuer.lower().startswith(f"{unit} "):
            actor = name_actor(text, head.start("title"), head.end("title"), scope)
            found.append(replace(actor, name=scope.issuer, head=scope.issuer_head or scope.issuer))
    return found
