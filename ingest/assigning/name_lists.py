"""Lists of names in a sentence, and whether a verb stands behind one."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.patterns import any_of, begun, cues, pattern
from ingest.record import AgencyRef
from ingest.values import value


def any_cue(name: str) -> str:
    """An expression for any of the words under a key of task_cues.yaml."""
    return any_of(cues("task_cues", name))


FILLER = rf"(?:(?:{any_cue('fillers')})\s*,?\s+)*"
"""What may stand between the names of a list: "và các ", "cùng với lãnh đạo "."""

# ", từng cán bộ, công chức": people among the names of a list
_PEOPLE = rf"(?:\s*(?:,|và)\s+(?:(?:các|từng|mỗi|mọi|toàn thể)\s+)?(?:{any_cue('people')})(?!\w)){{0,8}}"
_JOINT = pattern(
    rf"(?:\s*\([^()]{{0,80}}\))?{_PEOPLE}(?:\s*[,;/]\s*|\s+)"
    rf"(?:(?:và|cùng với|cùng|hoặc|với|nhất là|đặc biệt là|trước hết là|&)\s+)?"
    rf"{FILLER}(?:sở|bộ|ban)?\s*:?\s*"
)
# "các ngành như: Công an, …", "các hội gồm Hội A, …"
_SUCH_AS = pattern(r"\s*(?:như|gồm|bao gồm|là)?\s*:?\s*")

ASIDE = (
    r"(?:\s*\([^()]{0,250}\)|\s*[-–,]\s*(?:là )?(?:cơ quan|đơn vị|bộ phận) (?:thường trực|đầu mối|giúp việc)(?!\w)"
    r"[^.;:()]{0,140}?|,? với (?:vai trò|tư cách|trách nhiệm) [^,.;:()]{3,120}?"
    r"(?=,| (?:chủ trì|chủ động|có trách nhiệm|chịu trách nhiệm|tiếp tục|khẩn trương)(?!\w))"
    r"| được (?:chọn|giao|phân công|chỉ định|cử) (?:làm|là) [^,.;:()]{3,80}?(?=,| (?:có|chịu) trách nhiệm(?!\w)))?"
)
"""What may stand between a name and its verb: "(Phòng A)", " - cơ quan thường trực", " với vai trò là đầu mối,",
" được chọn làm điểm,".
"""

MANNER = rf"(?:(?:{any_cue('manner')})[\s,]+)*"
"""How something is done, before the verb: "chủ động, "."""

_PREDICATE = pattern(
    rf"{ASIDE}[\s,]*(?:(?:{any_cue('predicates')})|{MANNER}(?:{any_cue('verbs')}|{any_cue('manner')}))(?!\w)"
)
GENITIVE = pattern(rf"{begun(['của', 'tại', 'do', 'bởi', 'từ', 'theo', 'ở', 'trong', 'cho'])}\s+{FILLER}$")
"""What makes a name that follows another's owner or place, not the subject: "của các ", "tại "."""

NEAR = 120
"""Characters before a name in which the cue stands that the name follows at once."""


# "Các xã là |đơn vị đầu mối|, …": what they are in the work, no name of theirs
_PART_IN_WORK = pattern(r"(?:cơ quan|đơn vị|bộ phận) (?:đầu mối|chủ trì|thường trực|phối hợp)")


@value(frozen=True, slots=True)
class Group:
    """Agencies that are listed together: "Sở A, Sở B và các cơ quan liên quan"; the list begins at `start`."""

    start: int
    members: tuple[AgencyRef, ...]

    @property
    def end(self) -> int:
        return self.members[-1].end


def group(text: str, mentions: Sequence[AgencyRef]) -> list[Group]:
    """Lists of agencies, told from what stands between the mentions."""
    groups: list[list[AgencyRef]] = []
    starts: list[int] = []
    for mention in mentions:
        last = groups[-1][-1] if groups else None
        such = last and last.collective and _SUCH_AS.fullmatch(text, last.end, mention.start)
        if such and not _PART_IN_WORK.fullmatch(mention.written):
            groups[-1][-1] = mention  # "các hội: Hội A, Hội B" are those that are named
            continue
        if last and _ends_clause(text, last.end, mention, groups[-1][0]):
            groups.append([mention])
            starts.append(mention.start)
        elif (
            last
            and mention.start >= last.start
            and (mention.start < last.end or _JOINT.fullmatch(text, last.end, mention.start))
        ):
            groups[-1].append(mention)
        else:
            groups.append([mention])
            starts.append(mention.start)
    return [Group(start, tuple(members)) for start, members in zip(starts, groups, strict=True)]


def _ends_clause(text: str, at: int, mention: AgencyRef, first: AgencyRef) -> bool:
    """Whether a semicolon ends what is said "của các đơn vị; Sở A rà soát …": a new subject stands behind it."""
    if not text[at : mention.start].lstrip().startswith(";") or not text[mention.start].isupper():
        return False
    return bool(GENITIVE.search(text, max(0, first.start - NEAR), first.start)) and has_predicate(
        text, mention.end, min(len(text), mention.end + NEAR)
    )


def has_predicate(text: str, at: int, end: int) -> bool:
    """Whether a verb (or what stands for one) follows at this place."""
    return bool(_PREDICATE.match(text, at, end))
