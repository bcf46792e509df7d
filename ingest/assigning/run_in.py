"""Run-in headings: the names before a colon, or in bold, that a point begins with ("Sở A: Rà soát …")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.actors import read_actors
from ingest.assigning.heading_names import concerns, makes_act, names_only
from ingest.assigning.name_lists import group, has_predicate
from ingest.assigning.role import DOES, LEADS, Role
from ingest.assigning.task_segments import is_conditional, is_imperative
from ingest.assigning.unknown_bodies import is_bare
from ingest.naming.agencies import Scope
from ingest.outlining.outline import Block
from ingest.patterns import any_of, cues, pattern
from ingest.record import AgencyRef
from ingest.section_kinds import is_time, read_label

# "Về đề nghị Sở A sớm ban hành …: Sở A nghiên cứu …": what was asked, and the answer
_PROPOSAL = pattern(r"(?:về|đối với)(?: các| những)? (?:đề nghị|kiến nghị|đề xuất)(?!\w)")
# "Đối với nước sạch: Kiểm tra …", but not "Trường hợp thiếu nước: …"
_CONCERNING = pattern(r"đối với(?!\w)")
# "Về dự án trồng rừng ven hồ: Sở A …", "Về thiết bị: tăng số lượng, đổi mới: giao Sở B …"
_TOPIC = pattern(r"về \w")
_ORDER_BEHIND = pattern(r"(?:giao|đề nghị|yêu cầu|phân công|thống nhất giao|đồng ý giao|với (?:vai trò|tư cách))(?!\w)")
_COLON = re.compile(r":\s")
# "Chuyên đề 2: …", "Tuần 3: …" are items of a schedule, "Ví dụ: …" shows something
_NO_TOPIC = pattern(
    rf"[\W\d]*(?:{any_of(cues('task_cues', 'no_topics'))}"
    r"|(?:cuối |đầu |giữa )?(?:tháng|năm|quý|ngày|tuần|sáng|chiều))(?!\w)"
)
# "Quy mô: Thực hiện trên 3 xã", "Đất: Thực hiện theo quy định"
_AS_SAID = pattern(r"(?:thực hiện|triển khai|đảm bảo|bảo đảm|tuân thủ)(?: theo| trên| tại| đúng)(?!\w)")
_BREAK = re.compile(r"[.;()]")
_NOUN_LENGTH = 120
"""Characters of the noun before a colon, at most."""

_TOPIC_LENGTH = 1500
"""Characters of what was asked, or of what it is about, at most."""

_RUN_IN_LENGTH = 250
"""Characters: a colon farther off ends no run-in heading."""

# "Lưu ý: Đối với …"
_NOTE = pattern(r"[*_\s]*(?:lưu ý|chú ý|ghi chú)(?: \w+){0,3}[*_\s]*:")
# "Giám đốc các sở: Tài chính, Nội vụ": the colon belongs to the list
_LIST_HEAD = pattern(
    r"các (?:sở|bộ|ban|phòng|ngành|(?P<any>huyện|xã|phường|tỉnh|tập đoàn|tổng công ty|công ty|ngân hàng))\s*$"
)
# "…, các tổ chức hội" before the colon of a list
_CLASS_BEFORE = pattern(r"(?<!\w)các(?: \w+){1,5}$")
# "**Giao Sở A, Sở B** căn cứ …", "**Sở A**, Sở B …"; "Đề nghị Mặt trận A" heads what is asked of it
_ORDERS = pattern(r"(?:giao|phân công|yêu cầu)(?!\w)")
# "Hội đồng A gồm có: Chủ tịch, …": who is in it
_CONSISTS = pattern(r"(?<!\w)gồm(?: có)?\s*$")
_GOES_ON = pattern(r"[\s*_]*(?:[,;]|và(?!\w))")
# "Ông Nguyễn Văn A - Trưởng đoàn", "Đồng chí Trần Thị B, Phó Chủ tịch"
# "1. Phòng Y tế |Chủ trì, phối hợp …"
_WORK = re.compile(rf"(?:{any_of(cues('document_parts', 'work_begins'))})(?!\w)".replace(" ", r"\s+"))
_PERSON = re.compile(r"(?:(?:các\s+)?(?:ông|bà|đồng chí|đ/c))[.\s]", re.IGNORECASE)


class RunIn:
    """Reads what points of one text begin with; `team` is the team whose plan it is, where it is one's."""

    def __init__(self, text: str, scope: Scope, team: AgencyRef | None) -> None:
        self.text, self.scope, self.team = text, scope, team

    def read(self, block: Block, mentions: Sequence[AgencyRef], bold: int) -> tuple[int, tuple[Role, ...]]:
        """Where a point's own text begins behind a run-in heading ("Sở Y: …"), and the leads that it names.

        Args:
            bold: where the bold words that the point begins with end; the point's start where there are none.
        """
        if (order := self._behind_topic(block, mentions)) is not None:
            return order, ()
        colon = self.text.find(":", block.body, min(block.end - 1, block.body + _RUN_IN_LENGTH))
        if colon >= 0 and _CONSISTS.search(self.text, max(block.body, colon - 20), colon):
            return block.body, ()
        if colon >= 0 and not self._heads_list(block, mentions, colon):
            if self.is_note(block):
                return self.behind(colon + 1), ()
            if self.team and _PERSON.match(self.text, block.body, colon):
                member = replace(self.team, start=block.body, end=colon)
                return self.behind(colon + 1), (Role(member, DOES, "member of the team", 0.7),)
            if names_only(self.text, block.body, colon, mentions):
                inside = [m for m in mentions if m.end <= colon]
                return self.behind(colon + 1), _leading(inside, "run-in heading")
            inside = [m for m in mentions if m.end <= colon]
            if inside and concerns(self.text, block.body, inside[0].start):
                return self.behind(colon + 1), _leading(inside, "run-in heading")
            makes = makes_act(self.text, block.body, colon, mentions)
            if not makes and is_imperative(self.text, self.behind(colon + 1), block.end):
                actors = read_actors(self.text, block.body, colon, inside, self.scope, among_actors=False)
                if actors:
                    return self.behind(colon + 1), _leading(actors, "run-in heading")
        if (work := self._work_behind(block, mentions)) is not None:
            return work, _leading([m for m in mentions if m.end <= work], "run-in heading")
        heads = block.body < bold < block.end - 10 and not self._is_sentence(block.body, bold)
        if heads and names_only(self.text, block.body, bold, mentions):
            return self.behind(bold), _leading([m for m in mentions if m.end <= bold], "run-in heading")
        return block.body, ()

    def _work_behind(self, block: Block, mentions: Sequence[AgencyRef]) -> int | None:
        """Where the work begins behind the names that it is for, which a lost line break joined to it."""
        if not block.marker or not mentions or mentions[0].start != block.body:
            return None
        first = group(self.text, mentions)[0]
        if is_bare(first.members[-1]):
            return None
        at = self.behind(first.end)
        return at if at > first.end and _WORK.match(self.text, at, block.end) else None

    def behind_noun(self, block: Block, mentions: Sequence[AgencyRef]) -> int:
        """Where an order begins behind the noun that it is about ("Kênh mương: |Nạo vét …"), else the point's start."""
        colon = self.text.find(":", block.body, min(block.end - 1, block.body + _NOUN_LENGTH))
        if colon < 0 or not block.marker or _NO_TOPIC.match(self.text, block.body):
            return block.body
        if any(m.start < colon for m in mentions) or _BREAK.search(self.text, block.body, colon):
            return block.body
        if is_conditional(self.text, block.body, colon) and not _CONCERNING.match(self.text, block.body):
            return block.body
        if is_time(self.text, block.body, colon) or read_label(self.text, block.body, block.end):
            return block.body
        behind = self.behind(colon + 1)
        if not self.text[behind].isupper() or _AS_SAID.match(self.text, behind):
            return block.body
        acts = any(
            has_predicate(self.text, one.end, block.end) for one in group(self.text, mentions) if one.start == behind
        )
        # "Phát thẻ: Các xã phối hợp …" is theirs; "Nâng cấp trạm: Đảm bảo …" says how
        orders = is_imperative(self.text, behind, block.end) and not is_imperative(self.text, block.body, colon)
        return behind if acts or orders else block.body

    def _behind_topic(self, block: Block, mentions: Sequence[AgencyRef]) -> int | None:
        """Where the order begins behind what was asked, or what it is about."""
        if _PROPOSAL.match(self.text, block.body, block.end):
            return next(iter(self._colons(block)), block.body)
        if not _TOPIC.match(self.text, block.body, block.end):
            return None
        starts = {m.start for m in mentions}
        orders = (at for at in self._colons(block) if at in starts or _ORDER_BEHIND.match(self.text, at, block.end))
        return next(orders, None)

    def _colons(self, block: Block) -> list[int]:
        """Where what stands behind each colon of a point begins, but for one that ends it."""
        last = min(block.end - 1, block.body + _TOPIC_LENGTH)
        return [self.behind(found.end()) for found in _COLON.finditer(self.text, block.body, last)]

    def _is_sentence(self, start: int, bold: int) -> bool:
        """Whether bold words begin a sentence or a list that goes on behind them."""
        return bool(_ORDERS.match(self.text, start, bold) or _GOES_ON.match(self.text, bold))

    def is_note(self, block: Block) -> bool:
        """Whether a point says aside what holds for all ("Lưu ý: Đối với …")."""
        return bool(_NOTE.match(self.text, block.body, block.end))

    def _heads_list(self, block: Block, mentions: Sequence[AgencyRef], colon: int) -> bool:
        """Whether a colon belongs to a list ("Giám đốc các sở: Tài chính, …", "các hội: Hội A, Hội B …")."""
        behind = self.behind(colon + 1)
        if head := _LIST_HEAD.search(self.text, max(block.body, colon - 20), colon):
            # "Các xã: Rà soát …" heads what they do; "các sở: Thông tin và Truyền thông, …" is a list
            acts = is_imperative(self.text, behind, block.end) or is_conditional(self.text, behind, block.end)
            return not (acts and head["any"])
        if any(m.start < colon < m.end for m in mentions):
            return True
        named = any(m.start == behind for m in mentions)
        return named and bool(_CLASS_BEFORE.search(self.text, max(block.body, colon - 60), colon))

    def behind(self, at: int) -> int:
        """The first letter or figure from a place on, behind blanks, colons and mark-up."""
        while at < len(self.text) and (self.text[at].isspace() or self.text[at] in ":*_"):
            at += 1
        return at


def _leading(mentions: Sequence[AgencyRef], rule: str) -> tuple[Role, ...]:
    return tuple(Role(mention, LEADS, rule, 0.9) for mention in mentions)
