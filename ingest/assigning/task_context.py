"""What headings and lead-in sentences give to the points under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.actors import name_actor, read_actors, with_tail
from ingest.assigning.deadlines import Due, due_of_lead_in, find_deadline
from ingest.assigning.heading_names import names_only
from ingest.assigning.recurrence import Recurrence, recurrence_of_lead_in
from ingest.assigning.roles import COORDINATES, IS_TOLD, LEADS, Role, RoleReader
from ingest.assigning.run_in import RunIn
from ingest.assigning.task_segments import is_imperative, ordering_sentences, sentences
from ingest.assigning.team_members import team_of_issuer
from ingest.naming.agencies import Scope
from ingest.outlining.outline import Block
from ingest.patterns import any_of, cues, pattern
from ingest.record import AgencyRef
from ingest.section_kinds import ACTIVE, CLOSED, PASSIVE, is_time, kind_of
from ingest.values import value

Span = tuple[int, int]

# "Nhiệm vụ của |Tổ tiếp dân, xử lý đơn thư|:" over what a team that is named by its work has to do
_TEAM = pattern(
    r"(?:trách nhiệm|nhiệm vụ|quyền hạn)(?:(?:,| và) (?:trách nhiệm|nhiệm vụ|quyền hạn))?(?: cụ thể| chung)? của "
    r"(?P<team>(?:tổ|đoàn|tiểu ban|nhóm) (?!trưởng|phó|viên)[^.;:()]{3,150}?)\s*[:.]?"
)
# "Các cơ quan quản lý chuyên ngành (gồm các Sở: Xây dựng, Công Thương)"
_MEMBERS = pattern(r"\((?:(?:bao )?gồm(?!\w)(?: có)?|(?=các(?!\w)[^()]*,))")
_EVERY = pattern(r"(?:(?:đối với|đề nghị|giao|trách nhiệm của) )?các(?!\w)")
# "Các doanh nghiệp", "Đối với chủ rừng": who is spoken to, among whatever headings
_ADDRESSED = pattern(
    r"(?:các|những|toàn thể|mọi|đối với|đề nghị|giao|yêu cầu|đồng chí"
    r"|(?:trách nhiệm|nhiệm vụ|quyền hạn)(?: \w+){0,4} của)(?!\w)"
)
# "Về chính quyền địa phương hai cấp:": what the points are about
_TOPIC = pattern(r"về(?!\w)")
# "Chủ trì, phối hợp với:" over points that begin with the partners
_WITH_WHOM = pattern(r"(?<!\w)phối hợp(?: chặt chẽ)?(?: với| cùng)?(?: các (?:cơ quan|đơn vị|phòng|sở|bộ))?\s*:?$")
# "2. Đề nghị Ủy ban nhân dân xã |phối hợp"
_ASKED_TO = pattern(
    r"(?P<whom>(?:đề nghị|yêu cầu|giao) [^.;:]{3,150}?)"
    r" (?:quan tâm )?(?:phối hợp|tham gia|thực hiện|triển khai)(?: thực hiện)?\W*$"
)
# "Nội dung |Phòng A| có trách nhiệm chủ trì", "Công việc do |Phòng B| thực hiện" over what that agency does
_WORK_OF = pattern(
    r"(?:các |những )?(?:nội dung|nhiệm vụ|công việc|phần việc|việc|hoạt động|trách nhiệm)(?: công việc| cụ thể)?"
    r"(?: (?:do|của|giao(?: cho)?|phân công(?: cho)?|thuộc trách nhiệm(?: của)?))? "
)
_IS_DONE = pattern(
    r" (?:(?:có|chịu) (?:trách nhiệm|nhiệm vụ)|chủ trì|tham mưu|thực hiện|phối hợp|đảm nhiệm|triển khai)"
    r"(?:(?:,| và)? (?:chủ trì|tham mưu|thực hiện|phối hợp|tổ chức|triển khai))*\W*$"
)
# "…, Sở A đề nghị các trường báo cáo", but not "theo đề nghị của", "về việc đề nghị"
_ASKS = pattern(
    r"(?:[,;:.] |^|(?<!\w)(?!theo|việc|xét|nghị|các|những|trên|về|để|có)[^\W\d]+ )"
    r"(?:đề nghị|yêu cầu)(?! (?:của|tại|trên|nêu|này|trong|về|như)(?!\w))"
)
# "Sở A nhận được công văn của B, trong đó đề nghị …" tells what others asked for
_TELLS = pattern(
    r"(?<!\w)(?:nhận được|kiến nghị của|phản ánh|(?:đã|có)(?: \w+){0,2} (?:công văn|văn bản|tờ trình|báo cáo))(?!\w)"
)
_TOGETHER = pattern(r"(?:chủ trì(?:,| và) )?phối hợp(?: chặt chẽ)?(?: với| cùng)? ")
# "Kiểm tra bến đò: |Hoàn thành trước ngày 30/9/2022", "Công tác chuẩn bị. |Thời gian: tháng 8/2022."
_TIME_SAID = pattern(
    r"(?:[.:;,–-] |\()"
    r"(?P<time>(?:thời gian|thời hạn|tiến độ|hoàn thành|xong|chậm nhất|trước|trong (?:tháng|quý|năm))(?!\w)"
    r"[^:;]{0,60}(?::[^:;]{0,60})?)$"
)
_SAID_REACH = 150
_YEAR = 4
"""Figures of a year, which says of a heading what it speaks about, not when its points are due."""

# "Các hành vi vi phạm thì bị xử phạt như:": the points say what is punished
_PENALTIES = pattern(r"(?<!\w)hành vi(?!\w)[^:]*\s(?:xử phạt|phạt tiền|nghiêm cấm|bị cấm)(?!\w)")
# "… với các nhiệm vụ sau:", "cụ thể như sau:"
_ANNOUNCES = pattern(r"\s*(?:xác định|ban hành|đề ra|xây dựng)(?!\w)")
# "Giao các trạm bơm gồm:" over a list of them
_MEMBERS_FOLLOW = pattern(r"(?<!\w)(?:bao )?gồm(?: có)?(?: các \w+)?(?: sau(?: đây)?)?\s*:$")
# "Để …, huyện A cần tập trung một số nhiệm vụ sau đây:" orders, in whatever section it stands
_MUST_FOLLOW = pattern(
    r"(?<!\w)(?:cần|phải|yêu cầu|đề nghị) [^.;:]*(?:nhiệm vụ|giải pháp|công việc)[^.;:]{0,30} sau(?: đây)?\s*:$"
)
# "1. Căn cứ nhiệm vụ được giao, các Bộ … cụ thể như sau:" is a sentence, no heading of grounds
_BASIS = pattern(r"(?:căn cứ|trên cơ sở|theo) [^:]{20,}[,;][^:]{20,}:?$")
# "Hồ sơ gồm:", "2. Đề án gồm những nội dung sau đây:" over what a paper holds
_CONTENTS = pattern(
    rf"[\W\d]*(?:{any_of(cues('task_cues', 'papers'))})(?!\w)(?![^:]{{0,150}}(?:nhiệm vụ|giải pháp|công việc))"
    r"[^:;.]{0,120}?\s(?:bao gồm|gồm|có|phải có|cần có)(?: \w+){0,6}\s*:$"
)
# "các chỉ tiêu cụ thể như sau:"
_AIMS_FOLLOW = pattern(r"(?<!\w)(?:chỉ tiêu|mục tiêu)(?: \w+){0,3} sau(?: đây)?\s*:$")
_INSPECTED = pattern(r"[\W\d]*nội dung (?:kiểm tra|giám sát|thanh tra)(?!\w)")
_NORMS = pattern(r"[\W\d]*(?:các )?(?:tiêu chí|tiêu chuẩn|điều kiện|đối tượng|định mức|mức|số lượng|hình thức)(?!\w)")
_CONCERNING = pattern(r"[\W\d]*(?:\w\) )?đối với(?!\w)")
# "BƯỚC 2: …", "Đợt 1 (…)", but not "giai đoạn 2021-2025"
_STEP = pattern(r"[\W\d]*(?:đợt|bước|giai đoạn)(?: thứ)? (?:\d{1,2}|[IVX]+|một|hai|ba|nhất)(?![\w/]|[-–.]\d)")
_DEMANDS = pattern(r"[\W\d]*yêu cầu(?!\w)")
_WORK_FOLLOWS = re.compile(r"nhiệm vụ|giải pháp|công việc|nội dung|yêu cầu|cụ thể", re.IGNORECASE)


@value(frozen=True, slots=True)
class Given:
    """What a block gives to those under it: the kind of its section, roles, the heading's words, and times."""

    kind: str | None = None
    roles: tuple[Role, ...] = ()
    heading: str = ""
    due: Due | None = None
    with_whom: bool = False
    """Whether it ends in "phối hợp với": the names that the points begin with take part."""

    lists_members: bool = False
    """Whether it charges a class "gồm:": points that are nothing but names say who that is."""

    recurrence: Recurrence | None = None
    norms: bool = False
    """Whether it says by what people are judged, or what they are granted."""

    inspects: bool = False
    """Whether it says what is inspected: "Kiểm tra việc …" is a task there, "Việc …" is none."""

    def timed(self, due: Due | None, recurrence: Recurrence | None) -> Given:
        """The same, with the times that a block nearer to the points says; both are one saying."""
        return replace(self, due=due, recurrence=recurrence) if due or recurrence else self


_NOTHING = Given()
_MEMBER = "member of a list"


def _leads(roles: Sequence[Role]) -> bool:
    return any(role.part != COORDINATES for role in roles)


def _are_charged(roles: Sequence[Role], kind: str | None) -> bool:
    """Whether "Sở A chủ trì, phối hợp với các xã:" stands in a section of means or aims: then its points are work."""
    return kind == PASSIVE and any(role.part == LEADS for role in roles)


class Context:
    """Reads the blocks of the body one after the other and keeps what they give."""

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        names: Sequence[Span],
        undue: Sequence[Span],
        scope: Scope,
        team: AgencyRef | None,
    ) -> None:
        self.text, self.blocks, self.scope = text, blocks, scope
        self.run_in = RunIn(text, scope, team)
        self.names, self.undue = names, undue  # passages whose dates are no deadlines, in a time and in a sentence
        self.given: dict[int | None, Given] = {None: Given()}
        self.children: dict[int, list[int]] = {}
        for index, block in enumerate(blocks):
            if block.parent is not None:
                self.children.setdefault(block.parent, []).append(index)
        self.untitled: dict[int | None, Given] = {}  # what held in a section before its first title
        self.over_actors: set[int | None] = set()  # items whose points are headed by actors
        self.topics: dict[int | None, int] = {}  # how many headings in an item name no actors

    def of(self, index: int) -> Given:
        """What holds for a block by what stands above it."""
        return self.of_parent(self.blocks[index])

    def give(self, index: int, mentions: Sequence[AgencyRef], *, each_named: bool = False) -> None:
        """Read a heading, or an item with points under it.

        Args:
            each_named: whether the points name one by one those of whom it speaks as a class.
        """
        block, above = self.blocks[index], self.of(index)
        passage = self.text[block.body : block.end]
        heading = " ".join(passage.split())
        times = above.timed(*self._times(block))
        times = replace(times, inspects=above.inspects or bool(_INSPECTED.match(passage)))
        times = replace(times, norms=above.norms or bool(_NORMS.match(passage)))
        if each_named:
            self.over_actors.add(index)
            self.given[index] = replace(times, kind=ACTIVE, heading=heading, with_whom=False)
            return
        actors = self._actors(block, mentions)
        if actors and above.norms and _CONCERNING.match(passage):
            self.given[index] = replace(times, heading=heading)  # whom the criteria concern
            return
        if actors:
            self.over_actors.add(block.parent)
            self.given[index] = replace(
                times,
                kind=CLOSED if above.kind == CLOSED else ACTIVE,  # what a report has to say of each
                roles=self._all(actors, "heading"),
                heading=heading,
                with_whom=False,
                lists_members=bool(_MEMBERS_FOLLOW.search(passage)),
            )
            return
        self.topics[block.parent] = self.topics.get(block.parent, 0) + 1
        kind = self._kind(block, passage, above) or above.kind
        roles: tuple[Role, ...] = ()
        if passage.endswith(":") or len(passage) > 150 or self._names_partners(block, mentions):
            roles = self._lead_in(block, mentions)
            kind = ACTIVE if _leads(roles) and (kind not in (PASSIVE, CLOSED) or _are_charged(roles, kind)) else kind
        if kind is None and (is_imperative(self.text, block.body, block.end) or self._is_step(block)):
            kind = ACTIVE
        if roles and not _leads(roles):
            roles = (*above.roles, *roles)
        together = bool(_WITH_WHOM.search(passage))
        lists = _leads(roles) and bool(_MEMBERS_FOLLOW.search(passage))
        self.given[index] = replace(
            times, kind=kind, roles=roles or above.roles, heading=heading, with_whom=together, lists_members=lists
        )

    def _is_step(self, block: Block) -> bool:
        """Whether a heading is a step or a time of the work: "BƯỚC 2: TỪ THÁNG 6 …", "Tháng 7/2024"."""
        return bool(_STEP.match(self.text, block.body, block.end)) or is_time(self.text, block.body, block.end)

    def _kind(self, block: Block, passage: str, above: Given) -> str | None:
        """The kind of section that a heading opens; None where its words do not tell."""
        if block.marker.startswith("Phụ lục") or _AIMS_FOLLOW.search(passage):
            return PASSIVE
        if _CONTENTS.match(passage):
            return CLOSED
        # behind "… yêu cầu các sở thực hiện các nội dung sau:" what "1. Yêu cầu chung" says is theirs to do
        ordered = any(role.rule.startswith("preamble") for role in above.roles)
        if _BASIS.match(passage):
            return None
        return None if ordered and _DEMANDS.match(passage) else kind_of(passage)

    def _names_partners(self, block: Block, mentions: Sequence[AgencyRef]) -> bool:
        """Whether an item over points says no more than with whom: "a) Chủ trì, phối hợp với Sở A, Sở B"."""
        together = _TOGETHER.match(self.text, block.body, block.end)
        return together is not None and names_only(self.text, together.end(), block.end, mentions)

    def _times(self, block: Block) -> tuple[Due | None, Recurrence | None]:
        """The times that a heading, or an item over points, says for them."""
        if due := self._due_of_heading(block):
            return due, None
        if self.text[block.end - 1] != ":" or block.body >= block.end:
            return None, None
        *_, (start, end) = sentences(self.text, block.body, block.end)
        return due_of_lead_in(self.text, start, end, self.undue), recurrence_of_lead_in(self.text, start, end)

    def _due_of_heading(self, block: Block) -> Due | None:
        """The time that a heading is ("Ngày 2: Thứ Ba, 25/8/2022") or that it ends in ("Hội thi (tháng 9/2022)")."""
        if is_time(self.text, block.body, block.end):
            return find_deadline(self.text, block.body, block.end, self.names, bare=True)
        said = _TIME_SAID.search(self.text, max(block.body, block.end - _SAID_REACH), block.end)
        if said and self.text[block.end - 1] != ":":
            return find_deadline(self.text, said.start("time"), block.end, self.names, bare=True)
        bracket = self.text.rfind("(", block.body, block.end)
        if bracket < 0 or not self.text[block.end - 3 : block.end].rstrip(":. ").endswith(")"):
            return None
        due = find_deadline(self.text, bracket, block.end, self.undue)
        return due if due and len(due.iso) > _YEAR else None

    def _actors(self, block: Block, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
        """Whom a heading names, where it names nothing but actors."""
        if _TOPIC.match(self.text, block.body, block.end):
            return []
        team = _TEAM.fullmatch(self.text, block.body, block.end)
        if team and not any(m.start <= team.start("team") < m.end for m in mentions):
            return [team_of_issuer(name_actor(self.text, *team.span("team"), self.scope), self.scope)]
        members = _MEMBERS.search(self.text, block.body, block.end)
        if members and (inside := [m for m in mentions if m.start >= members.start()]):
            return inside
        if inside := self._members(block, mentions):
            return inside
        if doers := self._doers(block, mentions):
            return doers
        asked = _ASKED_TO.match(self.text, block.body, block.end)
        end = asked.end("whom") if asked else block.end
        if names_only(self.text, block.body, end, mentions):
            outside = self._outside_brackets(block, mentions)
            return [with_tail(self.text, outside[0], end, self.scope)] if len(outside) == 1 else outside
        if self.of_parent(block).kind in (PASSIVE, CLOSED):
            return []
        among = block.parent in self.over_actors
        # "9. Doanh nghiệp số" behind "7. Nhân lực số", "8. Công dân số" is what the points are about
        among_topics = not among and self.topics.get(block.parent, 0) > 1
        if among_topics and not _ADDRESSED.match(self.text, block.body, block.end):
            return []
        return read_actors(self.text, block.body, block.end, mentions, self.scope, among_actors=among, heading=True)

    def _members(self, block: Block, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
        """The names that stand alone in the brackets behind a class: "Các cơ quan đăng ký (Sở A, Ban B):"."""
        bracket = self.text.find("(", block.body, block.end)
        close = self.text.find(")", bracket, block.end) if bracket >= 0 else -1
        every = _EVERY.match(self.text, block.body, block.end)
        if close < 0 or every is None or self.text[close + 1 : block.end].strip(" .:;"):
            return []
        inside = [m for m in mentions if bracket < m.start and m.end <= close]
        return inside if len(inside) > 1 and names_only(self.text, bracket + 1, close, inside) else []

    def _doers(self, block: Block, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
        """Who does the work that a heading is about: "Nội dung Phòng A có trách nhiệm chủ trì"."""
        work = _WORK_OF.match(self.text, block.body, block.end)
        done = _IS_DONE.search(self.text, work.end(), block.end) if work else None
        if work is None or done is None:
            return []
        inside = [m for m in mentions if work.end() <= m.start and m.end <= done.start()]
        return inside if names_only(self.text, work.end(), done.start(), inside) else []

    def asks(self, block: Block, start: int | None = None, whom: int | None = None) -> bool:
        """Whether a letter's sentence asks (before the offset `whom`), and does not tell what others asked for."""
        at, end = block.body if start is None else start, block.end if whom is None else whom
        asked = _ASKS.search(self.text, at, end)
        return asked is not None and (whom is None or not _TELLS.search(self.text, at, asked.start()))

    def of_parent(self, block: Block) -> Given:
        return self.given.get(block.parent, _NOTHING)

    def give_on(self, index: int, run_in: tuple[Role, ...]) -> None:
        """Hand on to the paragraphs under an item what holds for the item itself."""
        above = self.of(index)
        self.given[index] = replace(above, kind=ACTIVE, roles=run_in) if run_in else above

    def lead_in(self, index: int, mentions: Sequence[AgencyRef], start: int) -> None:
        """Read a sentence (from `start` to the block's end) that may name actors for the points after it."""
        block = self.blocks[index]
        above = self.of(index)
        roles = self._lead_in(block, mentions)
        passage = self.text[start : block.end]
        if _PENALTIES.search(passage) or _CONTENTS.match(passage):
            self.given[block.parent] = replace(above, kind=CLOSED, roles=())
            return
        if not _leads(roles):
            roles = (*above.roles, *roles) if roles else ()
        announced = _WORK_FOLLOWS.search(passage) and above.kind is None
        kind = ACTIVE if roles or announced or _MUST_FOLLOW.search(passage) else above.kind
        kind = PASSIVE if _AIMS_FOLLOW.search(passage) else kind
        together = bool(_WITH_WHOM.search(passage))
        times = above.timed(
            due_of_lead_in(self.text, start, block.end, self.undue), recurrence_of_lead_in(self.text, start, block.end)
        )
        lists = _leads(roles) and bool(_MEMBERS_FOLLOW.search(passage))
        self.given[block.parent] = replace(
            times, roles=roles or above.roles, kind=kind, with_whom=together, lists_members=lists
        )

    def title(self, index: int, mentions: Sequence[AgencyRef]) -> None:
        """Read a title without a number, for the paragraphs behind it down to the next one."""
        block = self.blocks[index]
        section = self.untitled.setdefault(block.parent, self.of(index))
        actors = self._actors(block, mentions)
        if actors:
            self.over_actors.add(block.parent)
        kind = ACTIVE if actors else kind_of(self.text[block.body : block.end]) or section.kind
        self.given[block.parent] = replace(
            section, kind=kind, roles=self._all(actors, "heading") if actors else section.roles
        )

    def is_member(self, index: int, mentions: Sequence[AgencyRef]) -> bool:
        """Take a point that is nothing but names for some of those whom the lead-in "… gồm:" charges."""
        block = self.blocks[index]
        above = self.of(index)
        bracket = self.text.find("(", block.body, block.end)
        end = bracket if bracket >= 0 else block.end
        named = [m for m in mentions if m.end <= end]
        if not above.lists_members or not names_only(self.text, block.body, end, named):
            return False
        before = tuple(role for role in above.roles if role.rule == _MEMBER)
        self.given[block.parent] = replace(above, roles=(*before, *self._all(named, _MEMBER)))
        return True

    def begin(self) -> None:
        """Forget what was given: another document begins in the same text."""
        self.given[None] = Given()

    def order(self, block: Block, mentions: Sequence[AgencyRef]) -> None:
        """Read the preamble's order ("… yêu cầu Giám đốc các sở thực hiện các nhiệm vụ sau:") for all that follows."""
        last = ordering_sentences(self.text, block.body, block.end)[-1]
        roles = RoleReader(self.text, *last, [m for m in mentions if last[0] <= m.start < last[1]]).roles()
        ordered = tuple(replace(r, rule=f"preamble: {r.rule}") for r in roles if r.rule == "order")
        if ordered:
            self.given[None] = Given(ACTIVE, ordered)

    def _lead_in(self, block: Block, mentions: Sequence[AgencyRef]) -> tuple[Role, ...]:
        found: list[Role] = []
        for start, end in sentences(self.text, block.body, block.end):
            found += [r for r in RoleReader(self.text, start, end, mentions).roles() if r.part != IS_TOLD]
        ordered = next((i for i, role in enumerate(found) if role.rule == "order"), 0)
        # who agrees and orders others in the same breath does not do it: "Hội đồng A tán thành …, đề nghị B"
        found = [role for i, role in enumerate(found) if i >= ordered or not role.rule.startswith("subject")]
        # the issuer only announces: "Đảng đoàn X xác định các nhiệm vụ sau:"
        found = [
            r for r in found if not (r.agency.name == self.scope.issuer and _ANNOUNCES.match(self.text, r.agency.end))
        ]
        return tuple(replace(role, rule=f"lead-in: {role.rule}") for role in found)

    def _outside_brackets(self, block: Block, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
        """The names of a heading without what it says in brackets ("Sở X (cơ quan thường trực)")."""
        outside = [
            m
            for m in mentions
            if self.text.count("(", block.body, m.start) == self.text.count(")", block.body, m.start)
        ]
        return outside or list(mentions)

    def _all(self, mentions: Sequence[AgencyRef], rule: str) -> tuple[Role, ...]:
        return tuple(Role(mention, LEADS, rule, 0.9) for mention in mentions)

    def give_leads(self, index: int, leads: Sequence[Role]) -> None:
        """Hand on to the points under an item the leads that its own sentence names."""
        above = self.of(index)
        kind = above.kind if above.kind in (PASSIVE, CLOSED) else ACTIVE
        self.given[index] = replace(above, kind=kind, roles=tuple(leads))
