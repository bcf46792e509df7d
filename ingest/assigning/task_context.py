"""What headings and lead-in sentences give to the points under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.actors import name_actor, read_actors, with_tail
from ingest.assigning.deadlines import Due, due_of_lead_in, find_deadline
from ingest.assigning.described_bodies import described
from ingest.assigning.given import Given
from ingest.assigning.heading_kinds import closes, decides, enacts, is_step, kind_of_heading, states_aims
from ingest.assigning.heading_names import doers, is_institution, members_in_brackets, names_only
from ingest.assigning.name_lists import FILLER, has_predicate
from ingest.assigning.recurrence import Recurrence, recurrence_of_lead_in
from ingest.assigning.role import COORDINATES, IS_TOLD, LEADS, Role
from ingest.assigning.roles import RoleReader
from ingest.assigning.run_in import RunIn
from ingest.assigning.task_segments import is_imperative, ordering_sentences, sentences
from ingest.assigning.team_members import as_team, team_of_issuer
from ingest.naming.agencies import Scope
from ingest.outlining.outline import Block
from ingest.patterns import pattern
from ingest.record import AgencyRef
from ingest.section_kinds import ACTIVE, CLOSED, NEUTRAL, PASSIVE, is_time, kind_of

Span = tuple[int, int]

# "Tất cả các đơn vị đang hoạt động trên địa bàn |gồm:|" among whom an inspection looks at: they are named, not told
_NAMES_ALL = pattern(r"(?<!\w)(?:bao gồm|gồm|gồm có)(?: các \w+(?: \w+)?)?(?: sau)?\s*:\W*$")
# "2. Kiến nghị |Chủ tịch Ủy ban nhân dân huyện|:" over what an inspection asks of it
_PROPOSES = pattern(r"kiến nghị(?: với| đối với)? (?!của|này)")
# "Nội dung giám sát của |chủ chương trình|:" over what that body looks at
_LOOKS_AT = pattern(
    r"nội dung(?: (?:giám sát|kiểm tra|theo dõi|đánh giá)(?:,| và)?){1,3} của (?P<who>[^.;:()]{3,150}?)\s*[:.]?"
)
# "Nhiệm vụ của |Tổ tiếp dân, xử lý đơn thư|:" over what a team that is named by its work has to do
_TEAM = pattern(
    r"(?:trách nhiệm|nhiệm vụ|quyền hạn)(?:(?:,| và) (?:trách nhiệm|nhiệm vụ|quyền hạn))?(?: cụ thể| chung)? của "
    r"(?P<team>(?:tổ|đoàn|tiểu ban|nhóm) (?!trưởng|phó|viên)[^.;:()]{3,150}?)\s*[:.]?"
)
# "Các cơ quan quản lý chuyên ngành (gồm các Sở: Xây dựng, Công Thương)"
_MEMBERS = pattern(r"\((?:(?:bao )?gồm(?!\w)(?: có)?|(?=các(?!\w)[^()]*,))")
# "Các doanh nghiệp", "Đối với chủ rừng": who is spoken to, among whatever headings
_ADDRESSED = pattern(
    r"(?:các|những|toàn thể|mọi|đối với|(?:kính |trân trọng )?đề nghị|(?:tiếp tục )?giao|phân công|yêu cầu|đồng chí"
    r"|(?:trách nhiệm|nhiệm vụ|quyền hạn)(?: \w+){0,4} của)(?!\w)"
)
# "Về chính quyền địa phương hai cấp:": what the points are about
_TOPIC = pattern(r"về(?!\w)")
# "NGÀNH VĂN HÓA VÀ THỂ THAO" under "CHƯƠNG TRÌNH CÔNG TÁC"
_SECTOR = re.compile(r"NGÀNH [^.:;]+$")
# "Chủ trì, phối hợp với:" over points that begin with the partners
_WITH_WHOM = pattern(
    r"(?<!\w)phối hợp(?: chặt chẽ)?(?: với| cùng với| cùng)?(?: các (?:cơ quan|đơn vị|phòng|sở|bộ))?\s*:?$"
)
# "2. Đề nghị Ủy ban nhân dân xã |phối hợp"
_ASKED_TO = pattern(
    r"(?P<whom>(?:(?:kính |trân trọng )?đề nghị|yêu cầu|(?:tiếp tục )?giao) [^.;:]{3,150}?)"
    r" (?:quan tâm )?(?:phối hợp|tham gia|thực hiện|triển khai)(?: thực hiện)?\W*$"
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
_TOGETHER = pattern(r"(?:chủ trì(?:,| và) )?phối hợp(?: chặt chẽ)?(?: với| cùng với| cùng)? ")
# "Kiểm tra bến đò: |Hoàn thành trước ngày 30/9/2022", "Công tác chuẩn bị. |Thời gian: tháng 8/2022."
_TIME_SAID = pattern(
    r"(?:[.:;,–-] |\()"
    r"(?P<time>(?:thời gian|thời hạn|tiến độ|hoàn thành|xong|chậm nhất|muộn nhất|không (?:muộn|chậm)|hạn|trước"
    r"|trong (?:tháng|quý|năm))(?!\w)"
    r"[^:;]{0,60}(?::[^:;]{0,60})?)$"
)
_SAID_REACH = 150
_YEAR = 4
"""Figures of a year, which says of a heading what it speaks about, not when its points are due."""

# "Bộ |hướng dẫn |Sở A", "Sở |hướng dẫn Giám đốc |các trung tâm"
_GUIDES = pattern(rf"(?<!\w)hướng dẫn {FILLER}$")
# "… với các nhiệm vụ sau:", "cụ thể như sau:"
_ANNOUNCES = pattern(r"\s*(?:xác định|ban hành|đề ra|xây dựng)(?!\w)")
# "Giao các trạm bơm gồm:" over a list of them
_MEMBERS_FOLLOW = pattern(r"(?<!\w)(?:bao )?gồm(?: có)?(?: các \w+)?(?: sau(?: đây)?)?\s*:$")
# "Để …, huyện A cần tập trung một số nhiệm vụ sau đây:" orders, in whatever section it stands
_MUST_FOLLOW = pattern(
    r"(?<!\w)(?:cần|phải|yêu cầu|đề nghị) [^.;:]*(?:nhiệm vụ|giải pháp|công việc)[^.;:]{0,30} sau(?: đây)?\s*:$"
)
_INSPECTED = pattern(
    r"[\W\d]*(?:nội dung (?:kiểm tra|giám sát|thanh tra)|kiểm tra (?:kết quả|tình hình) thực hiện)(?!\w)"
)
_NORMS = pattern(r"[\W\d]*(?:các )?(?:tiêu chí|tiêu chuẩn|điều kiện|đối tượng|định mức|mức|số lượng|hình thức)(?!\w)")
_CONCERNING = pattern(r"[\W\d]*(?:\w\) )?đối với(?!\w)")
_WORK_FOLLOWS = re.compile(r"nhiệm vụ|giải pháp|công việc|nội dung|yêu cầu|cụ thể", re.IGNORECASE)


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
        times = replace(
            above.timed(*self._times(block)),
            inspects=above.inspects or bool(_INSPECTED.match(passage)),
            norms=above.norms or bool(_NORMS.match(passage)),
            told=self._told(block, mentions) or above.told,
            decides=False,
        )
        if each_named:
            self.over_actors.add(index)
            self.given[index] = replace(times, kind=ACTIVE, heading=heading, with_whom=False)
            return
        actors = self._actors(block, mentions) or described(self.text, block, self.scope)
        if (above.kind in (PASSIVE, CLOSED) or (actors and above.norms)) and _CONCERNING.match(passage):
            self.given[index] = replace(times, heading=heading)  # whom the aims or the criteria concern
            return
        if actors and above.inspects and above.kind == PASSIVE:
            self.given[index] = replace(times, heading=heading)  # where it is looked at what stands under the heading
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
        ordered = any(role.rule.startswith("preamble") for role in above.roles)
        kind = kind_of_heading(passage, block.marker, ordered=ordered) or above.kind
        if kind == NEUTRAL and above.kind == PASSIVE:
            kind = PASSIVE  # "1. Phương pháp" under "PHƯƠNG PHÁP VÀ CÁC BƯỚC GIÁM SÁT"
        # under what a report has to say stands nothing else ("Nội dung báo cáo" over "a) Công tác văn thư"), but for a
        # division whose own place a scan has lost
        if above.kind == CLOSED and not block.marker[:1].isupper():
            kind = CLOSED
        roles: tuple[Role, ...] = ()
        opens = passage.endswith(":") and not is_institution(self.text, self.blocks, block)
        if opens or len(passage) > 150 or self._names_partners(block, mentions):
            roles = self._lead_in(block, mentions)
            kind = ACTIVE if _leads(roles) and (kind not in (PASSIVE, CLOSED) or _are_charged(roles, kind)) else kind
        labels = above.decides and kind is None and not roles and passage.endswith(":")  # "1. Tên, địa chỉ:"
        enacted = labels or (block.marker.startswith("Điều") and enacts(passage))
        if (
            kind is None
            and not enacted
            and (is_imperative(self.text, block.body, block.end) or is_step(self.text, block.body, block.end))
        ):
            kind = ACTIVE
        if roles and not _leads(roles):
            roles = (*above.roles, *roles)
        together = bool(_WITH_WHOM.search(passage))
        lists = _leads(roles) and bool(_MEMBERS_FOLLOW.search(passage))
        self.given[index] = replace(
            times,
            kind=kind,
            roles=roles or above.roles,
            heading=heading,
            with_whom=together,
            lists_members=lists,
            decides=enacted,
        )

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
        if (not block.marker and _SECTOR.match(self.text, block.body, block.end)) or is_institution(
            self.text, self.blocks, block
        ):
            return []
        team = _TEAM.fullmatch(self.text, block.body, block.end)
        if team and not any(m.start <= team.start("team") < m.end for m in mentions):
            return [team_of_issuer(name_actor(self.text, *team.span("team"), self.scope), self.scope)]
        if inside := self._proposed_to(block, mentions) or self._looking(block, mentions):
            return inside
        members = _MEMBERS.search(self.text, block.body, block.end)
        if members and (inside := [m for m in mentions if m.start >= members.start()]):
            return inside
        if inside := members_in_brackets(self.text, block, mentions):
            return inside
        if inside := doers(self.text, block, mentions):
            return inside
        asked = _ASKED_TO.match(self.text, block.body, block.end)
        end = asked.end("whom") if asked else block.end
        if names_only(self.text, block.body, end, mentions):
            outside = self._outside_brackets(block, mentions)
            return [with_tail(self.text, outside[0], end, self.scope)] if len(outside) == 1 else outside
        if self.of_parent(block).kind in (PASSIVE, CLOSED):
            return []
        among = block.parent in self.over_actors
        # "9. Doanh nghiệp số" behind "7. Nhân lực số", "8. Công dân số" is what the points are about
        if (
            not among
            and self.topics.get(block.parent, 0) > 1
            and not _ADDRESSED.match(self.text, block.body, block.end)
        ):
            return []
        found = read_actors(self.text, block.body, block.end, mentions, self.scope, among_actors=among, heading=True)
        return as_team(found, self.run_in.team)

    def _proposed_to(self, block: Block, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
        """To whom an inspection proposes what stands under a heading."""
        proposed = _PROPOSES.match(self.text, block.body, block.end)
        names = proposed is not None and names_only(self.text, proposed.end(), block.end, mentions)
        return list(mentions) if names else []

    def _looking(self, block: Block, mentions: Sequence[AgencyRef]) -> list[AgencyRef]:
        """Who looks at what stands under a heading: "Nội dung giám sát của chủ chương trình"."""
        looks = _LOOKS_AT.fullmatch(self.text, block.body, block.end)
        if looks and not mentions:
            return [name_actor(self.text, *looks.span("who"), self.scope)]
        names = looks is not None and names_only(self.text, *looks.span("who"), mentions)
        return list(mentions) if names else []

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
        if closes(passage):
            self.given[block.parent] = replace(above, kind=CLOSED, roles=())
            return
        if any(m.name == self.scope.issuer and decides(self.text[m.end : block.end]) for m in mentions):
            self.given[block.parent] = replace(above, decides=True)
            return
        if not _leads(roles):
            roles = (*above.roles, *roles) if roles else ()
        announced = _WORK_FOLLOWS.search(passage) and above.kind is None
        kind = ACTIVE if roles or announced or _MUST_FOLLOW.search(passage) else above.kind
        kind = PASSIVE if states_aims(passage) else kind
        if above.kind in (PASSIVE, CLOSED) and _NAMES_ALL.search(passage):
            kind, roles = above.kind, ()
        together = bool(_WITH_WHOM.search(passage))
        above = replace(above, told=self._told(block, mentions) or above.told)
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

    def ask(self, asked: Sequence[Role]) -> None:
        """Take those whom a letter asks for something for those to whom its next paragraphs speak."""
        self.given[None] = Given(roles=tuple(replace(role, rule=f"preamble: {role.rule}") for role in asked))

    def order(self, block: Block, mentions: Sequence[AgencyRef]) -> None:
        """Read the preamble's order ("… yêu cầu Giám đốc các sở thực hiện các nhiệm vụ sau:") for all that follows."""
        last = ordering_sentences(self.text, block.body, block.end)[-1]
        roles = RoleReader(self.text, *last, [m for m in mentions if last[0] <= m.start < last[1]]).roles()
        orders = [r for r in roles if r.rule == "order"] or self._all(self._guided(mentions, *last), "guidance")
        ordered = tuple(replace(r, rule=f"preamble: {r.rule}") for r in orders)
        if ordered:
            self.given[None] = Given(ACTIVE, ordered)

    def _guided(self, mentions: Sequence[AgencyRef], start: int, end: int) -> list[AgencyRef]:
        """Whom a lead-in guides in what they do: "Bộ hướng dẫn Sở Nội vụ các tỉnh lập danh sách như sau:"."""
        return [
            named
            for named in mentions
            if start < named.start and _GUIDES.search(self.text, start, named.start)
            if has_predicate(self.text, named.end, end)
        ]

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

    def _told(self, block: Block, mentions: Sequence[AgencyRef]) -> tuple[Role, ...]:
        """To whom the last sentence of a lead-in has results reported."""
        if not mentions or self.text[block.end - 1] != ":":
            return ()
        start, end = ordering_sentences(self.text, block.body, block.end)[-1]
        roles = RoleReader(self.text, start, end, mentions).roles()
        return tuple(replace(role, rule=f"lead-in: {role.rule}") for role in roles if role.part == IS_TOLD)

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
