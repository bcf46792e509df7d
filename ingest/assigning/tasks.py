"""Tasks: who is told to do what, with whom, by when, and to whom it is reported."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.actors import add_actors
from ingest.assigning.deadlines import find_deadline, find_plan_order, find_recurrence
from ingest.assigning.occurrences import with_occurrences
from ingest.assigning.roles import COORDINATES, IN_LIST, IS_TOLD, Role, RoleReader
from ingest.assigning.task_context import Context, Given
from ingest.assigning.task_record import assignments, cut, found_in_task, row_task, told_apart
from ingest.assigning.task_segments import (
    Segment,
    is_conditional,
    is_imperative,
    is_no_task,
    may_order,
    segments,
    sentences,
)
from ingest.assigning.task_tables import task_rows
from ingest.naming.agencies import Scope, canonical, find_agencies
from ingest.outlining.outline import Block, Outline
from ingest.patterns import cues
from ingest.record import GIAO_ROLES, AgencyRef, CitedDocument, Header, Task
from ingest.section_kinds import ACTIVE, CLOSED, PASSIVE
from ingest.text import CleanText

_SCHEDULE_ITEM = 250
"""Characters: a longer passage with a date is no item of a schedule."""

_TITLE = 150
"""Characters: a longer item that ends in a full stop is no title of the points under it."""

_CASE = 200
"""Characters at the head of a passage in which the colon behind a case stands."""

_ONLY_ASSIGNS = 60
"""Characters behind the last name of a sentence that only assigns work, at most."""

_SUBSTANCE = 200
"""Characters behind the addressees of a preamble's order; a shorter one only announces the points after it."""

_DUE_LINE = 90
"""Characters of a line that only says when something is due, at most."""

# "Hoàn thành trong quý II", "Xong trước ngày 15/6"
_DUE_ONLY = re.compile(
    r"(?:hoàn thành|xong|thời hạn|thời gian)\s+(?:\w+\s+){0,2}(?:trong|trước|vào|chậm)", re.IGNORECASE
)
# "… phối hợp với Vụ B| thực hiện trong tháng 1/2014."
_DOES_IT = re.compile(r"\s*(?:tổ chức\s+)?(?:triển khai\s+)?thực hiện(?:\s+(?:trong|trước|vào|xong)\s[^.;]{0,40})?\W*$")
# the rules of leads that a point's own heading or order gives, not the document's
_CHARGED_ABOVE = ("heading", "run-in", "lead-in: order", "order")
_DEMANDS = re.compile(r"(?:yêu cầu|đề nghị)\s+$", re.IGNORECASE)
_CLOSING = tuple(cues("task_cues", "closing"))
# "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh …" speaks to all, wherever it stands
_TROUBLE = re.compile(
    r"(?:trong\s+)?quá\s+trình\s[^.;:]{0,120}?(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh|vấn\s+đề\s+mới)", re.IGNORECASE
)
# "Kết quả thực hiện …", "Báo cáo kết quả …"
_RESULTS = re.compile(
    r"[\W_]*(?:mọi\s+)?(?:kết\s+quả|báo\s+cáo|thông\s+tin|số\s+liệu|văn\s+bản|hồ\s+sơ)\b", re.IGNORECASE
)
_ORDERS = 3
"""Points of a list that must order something before an unknown one beside them does too."""

# "Phòng Y tế: không quá 02 cá nhân", "Ông A: 0912 …": how many, not what to do
# "Sở Y tế sẽ tổng hợp …" in its own letter: it says what it does itself
_WILL = re.compile(r"\s+sẽ\s")
_QUOTA = re.compile(r"[\W_]*(?:(?:không\s+quá|tối\s+đa|tối\s+thiểu|khoảng|từ|tổng\s+số)\s+)?\d", re.IGNORECASE)
_TEAM = re.compile(r"(?:Đoàn|Tổ|Tiểu ban|Ban (?:Chỉ đạo|Tổ chức|Chỉ huy|Bầu cử|bầu cử)|Ủy ban [Bb]ầu cử|Hội đồng)\b")
# the points under "… gồm:" or "… theo hướng:" are parts of that task
_PARTS_FOLLOW = re.compile(r"(?:bao gồm|gồm|theo hướng|trong đó)(?:\s+(?:sau|như sau))?\s*:?$", re.IGNORECASE)
# "Xử lý nghiêm …, trong đó chú trọng:" is a task, and so are the points on which it lays weight
_WEIGHS = re.compile(
    r".{60,}?,\s+(?:trong đó|trong khi|tập trung|chú trọng|ưu tiên|trước hết|nhất là|đặc biệt|lưu ý)\b[^;]{0,200}:$",
    re.IGNORECASE | re.DOTALL,
)
# "… thực hiện các nhiệm vụ sau:" opens a list of tasks, each of its own
_LIST_FOLLOWS = re.compile(r"\bsau(?:\s+đây)?\s*:$|nhiệm vụ|nội dung|cụ thể|phối hợp|chủ trì", re.IGNORECASE)
# "… các nhiệm vụ trọng tâm sau đây" at the end of a paragraph
_ANNOUNCES = re.compile(
    r"(?:nhiệm vụ|nội dung|giải pháp|công việc|yêu cầu)\b[\w\s]{0,20}\bsau(?:\s+đây)?\W{0,3}\w?\W?$", re.IGNORECASE
)
_ADDRESSED = re.compile(r"\W*kính gửi\b", re.IGNORECASE)
# "Đề nghị Quý cơ quan …": those whom the letter addresses
_YOU = re.compile(r"quý (?:cơ quan|đơn vị|sở|ban|phòng|trường|địa phương|bộ|ngành)\b", re.IGNORECASE)
_OWN_LEADS = ("order", "subject", IN_LIST, "subject behind an adverbial", "chủ trì", "passive", "run-in heading")


class _Reader:
    """Goes through the body's blocks and collects tasks."""

    def __init__(self, clean: CleanText, outline: Outline, scope: Scope, documents: Sequence[CitedDocument]) -> None:
        self.clean, self.text, self.scope = clean, clean.text, scope
        self.blocks = outline.blocks
        self.marked_children = {b.parent for b in self.blocks if b.parent is not None and b.marker}
        numbered = {b.parent for b in self.blocks if b.parent is not None and b.marker[:1].isalnum()}
        self.bulleted = self.marked_children - numbered
        self.parents = {b.parent for b in self.blocks if b.parent is not None}
        self.body = [i for i, block in enumerate(self.blocks) if block.part == "body"]
        self.names = sorted(span for document in documents for span in document.mentions)
        team = scope.issuer if scope.issuer and _TEAM.match(scope.issuer) else None
        member = canonical(team, scope) if team else None
        self.context = Context(self.text, self.blocks, self.names, scope, member)
        bold = sorted((e.start, e.end) for e in clean.emphasis if e.kind in ("bold", "heading"))
        self.bold_starts, self.bold_ends = [b[0] for b in bold], [b[1] for b in bold]
        self.parts_of_task: set[int] = set()
        self.found: list[tuple[int, Segment, Given]] = []
        self.lists_of_work: dict[int, bool] = {}
        self.labelled: set[int] = set()  # items that are tasks by what the labels under them say
        self.addressees: list[AgencyRef] = []
        self.over_rows: dict[int, Given] = {}  # what holds for a table's row, by where it starts

    def _actors(self, block: Block) -> list[AgencyRef]:
        mentions = find_agencies(self.clean, block.body, block.end, self.scope)
        return add_actors(self.text, block.body, block.end, mentions, self.scope)

    def read(self) -> None:
        for index, block in enumerate(self.blocks):
            if block.part == "head":
                self.context.begin()
            elif block.part == "preamble" and _ADDRESSED.match(self.text, block.start, block.end):
                self.addressees = self._actors(block)
            elif block.part == "preamble" and self.text[block.end - 1] == ":":
                self._read_order(index, block, self._actors(block))
            if block.part == "body" and block.kind == "row":
                self.over_rows[block.start] = self.context.of(index)
            if block.part != "body" or block.kind == "row":
                continue
            if block.parent in self.parts_of_task:
                self.parts_of_task.add(index)
                continue
            self._read_block(index, block, self._actors(block))

    def _read_order(self, index: int, block: Block, mentions: list[AgencyRef]) -> None:
        """The preamble's order holds for all that follows; one that says much of its own is a task too."""
        self.context.order(block, mentions)
        *_, (start, end) = sentences(self.text, block.body, block.end)
        roles = RoleReader(self.text, start, end, [m for m in mentions if start <= m.start < end]).roles()
        ordered = max((role.agency.end for role in roles if role.rule == "order"), default=end)
        if end - ordered > _SUBSTANCE:
            self.found.append((index, Segment(start, end, roles), Given()))

    def _read_block(self, index: int, block: Block, mentions: list[AgencyRef]) -> None:
        context = self.context
        label = context.label(index)
        if label and label.part != "nội dung":
            context.read_label(index, label, mentions)
            return
        if self._is_carrier(index, block):
            if index in self.bulleted and self._has_parts(index):
                self._collect(index, block.body, block.end, mentions, context.of(index), ())
                self.parts_of_task.add(index)
                return
            if leads := self._own_leads(block, mentions):
                self._collect(index, block.body, block.end, mentions, context.of(index), ())
                context.give_leads(index, leads)
                return
            context.give(index, mentions)
            if self._weighs(index, block):
                self._collect(index, block.body, block.end, mentions, context.of(index), ())
            return
        if block.kind == "paragraph" and self._opens_list(block):
            self._read_lead_in(index, block, mentions)
            return
        body, roles = context.run_in(block, mentions, self._bold_end(block))
        body = label.body if label and not roles else body
        given = context.of(index)
        if label and given.kind == PASSIVE:  # "Nhiệm vụ: Mua sắm …" in a section of means
            given = replace(given, kind=ACTIVE)
        if context.is_note(block):
            given = replace(given, roles=())
        self._collect(index, body, block.end, mentions, given, roles)
        if index in self.parents:
            context.give_on(index, roles or self._last_leads(index))

    def _last_leads(self, index: int) -> tuple[Role, ...]:
        """Whom a numbered point charges: the paragraphs that follow it speak to the same."""
        if not self.found or self.found[-1][0] != index or not self.blocks[index].marker:
            return ()
        return tuple(self.found[-1][1].leads())

    def _opens_list(self, block: Block) -> bool:
        """Whether a paragraph announces what follows; OCR may have lost its colon."""
        return self.text[block.end - 1] == ":" or bool(
            _ANNOUNCES.search(self.text[max(block.body, block.end - 60) : block.end])
        )

    def _read_lead_in(self, index: int, block: Block, mentions: list[AgencyRef]) -> None:
        """The sentences before the last one may order something themselves; the last one opens a list."""
        *before, last = sentences(self.text, block.body, block.end)
        given = self.context.of(index)
        self.context.lead_in(index, [m for m in mentions if m.start >= last[0]], last[0])
        if before:
            self._collect(index, block.body, before[-1][1], mentions, given, ())

    def _is_carrier(self, index: int, block: Block) -> bool:
        if block.marker and self.context.is_only_labelled(index):
            self.labelled.add(index)
            return False
        if block.kind == "heading" or index in self.marked_children:
            return True
        return block.kind == "item" and self.text[block.end - 1] == ":" and index in self.parents

    def _weighs(self, index: int, block: Block) -> bool:
        """Whether an item over points orders something itself, and the points only say what matters most."""
        if any(block.body <= role.agency.start < block.end for role in self.context.given[index].roles):
            return False  # "…, yêu cầu Sở A thực hiện, trong đó lưu ý:" hands on what it orders
        weighs = _WEIGHS.match(self.text[block.body : block.end])
        return bool(weighs) and is_imperative(self.text, block.body, block.end)

    def _own_leads(self, block: Block, mentions: list[AgencyRef]) -> list[Role]:
        """Whom an item with points under it charges itself ("Sở A báo cáo trước 10/11." over a note)."""
        if block.end - block.start <= _TITLE or self.text[block.end - 1] != "." or self._opens_list(block):
            return []
        return [role for one in segments(self.text, block.body, block.end, mentions) for role in one.leads()]

    def _has_parts(self, index: int) -> bool:
        """Whether an item is a task and the points under it are its parts."""
        block = self.blocks[index]
        passage = self.text[block.body : block.end]
        if block.marker[:1].isdigit() or block.marker.isupper() or not is_imperative(self.text, block.body, block.end):
            return False
        if self._are_charged(index) or (passage.endswith(":") and self._orders(block)):
            return False
        if _PARTS_FOLLOW.search(passage):
            return True
        return passage.endswith(":") and not _LIST_FOLLOWS.search(passage) and not self._is_list_of_work(index)

    def _orders(self, block: Block) -> bool:
        """Whether an item over points charges somebody ("Giao Sở A, trong đó:"): the points are that agency's tasks."""
        roles = RoleReader(self.text, block.body, block.end, self._actors(block)).roles()
        return any(role.rule == "order" for role in roles)

    def _are_charged(self, index: int) -> bool:
        """Whether most points under a bullet begin with whom they charge ("+ Sở A: …")."""
        under = [self.blocks[i] for i in self.context.children.get(index, ())]
        charged = sum(bool(self.context.run_in(b, self._actors(b), self._bold_end(b))[1]) for b in under)
        return charged > len(under) / 2

    def _is_list_of_work(self, index: int) -> bool:
        """Whether each point under a bullet orders something: then each is a task of its own."""
        under = self.context.children.get(index, ())
        return not self.blocks[index].marker[:1].isalnum() and all(
            is_imperative(self.text, self.blocks[i].body, self.blocks[i].end) for i in under
        )

    def _bold_end(self, block: Block) -> int:
        at = bisect_right(self.bold_starts, block.body) - 1
        return self.bold_ends[at] if at >= 0 else block.body

    def _collect(
        self, index: int, body: int, end: int, mentions: list[AgencyRef], given: Given, run_in: tuple[Role, ...]
    ) -> None:
        block = self.blocks[index]
        closing = self._closes(index, block)
        inherited = () if closing else run_in or given.roles
        given = replace(given, kind=given.kind if not closing else None, roles=inherited)
        if run_in:
            given = Given(ACTIVE, run_in, self.text[block.body : body].strip(" :\n"), given.due)
        own = [m for m in mentions if body <= m.start < end]
        for segment in self._merged(segments(self.text, body, end, own), inherited):
            segment.roles = [told for role in segment.roles for told in self._told(role)]
            if any(role.rule == "heading" for role in inherited):
                segment.roles = [role for role in segment.roles if not self._is_object(role)]
            if self._is_time_of_last(index, segment):
                self.found[-1][1].end = segment.end
                continue
            if self._assigns_last(index, segment):
                self.found[-1][1].roles += segment.roles
                self.found[-1][1].end = segment.end
                continue
            if self._is_task(index, segment, given, closing=closing):
                self.found.append((index, segment, given))

    def _told(self, role: Role) -> list[Role]:
        """A role of "Quý cơ quan" as that of each addressee of the letter; others as they are."""
        if not self.addressees:
            return [role]
        if not _YOU.match(role.agency.written):
            # "Cục Thuế" in a letter to "Cục Thuế các tỉnh"
            whole = [a for a in self.addressees if a.collective and a.name.startswith(f"{role.agency.name} các ")]
            return [replace(role, agency=replace(role.agency, name=whole[0].name))] if whole else [role]
        return [replace(role, agency=agency) for agency in self.addressees]

    def _is_object(self, role: Role) -> bool:
        """Whether a class is what the heading's agency makes others do ("… yêu cầu các đơn vị nộp phí")."""
        agency = role.agency
        order = role.rule == "order" and agency.collective
        return order and bool(_DEMANDS.search(self.text, max(0, agency.start - 20), agency.start))

    def _is_time_of_last(self, index: int, segment: Segment) -> bool:
        """Whether a line of its own only says when the task above it is due ("Hoàn thành trong quý II năm 2019.")."""
        if not self.found or self.blocks[index].marker or not _DUE_ONLY.match(self.text, segment.start, segment.end):
            return False
        last = self.found[-1][0]
        return last == index - 1 and segment.end - segment.start < _DUE_LINE and not segment.leads()

    def _assigns_last(self, index: int, segment: Segment) -> bool:
        """Whether a paragraph only says who does the point above it ("Vụ A chủ trì, phối hợp với Vụ B thực hiện.")."""
        if not self.found or self.blocks[index].marker or self.found[-1][0] != index - 1 or not segment.leads():
            return False
        _, above, given = self.found[-1]
        if any(role.rule == "order" for role in segment.roles) or any(r.part in GIAO_ROLES for r in given.roles):
            return False
        last = max(role.agency.end for role in segment.roles)
        return not above.leads() and bool(_DOES_IT.match(self.text, last, segment.end))

    def _merged(self, found: list[Segment], inherited: tuple[Role, ...]) -> list[Segment]:
        """A sentence that names the heading's own agency, or only who does it, goes on with the task before it."""
        names = {role.agency.name for role in inherited}
        kept: list[Segment] = []
        for segment in found:
            own = {role.agency.name for role in segment.leads()}
            if (
                kept
                and not kept[-1].leads()
                and (own <= names or (not names and self._only_assigns(kept[-1], segment)))
            ):
                kept[-1].end = segment.end
                kept[-1].roles += segment.roles
            else:
                kept.append(segment)
        return kept

    def _only_assigns(self, work: Segment, segment: Segment) -> bool:
        """Whether a sentence says no more than whose the work before it is ("Giao Phòng A chủ trì thực hiện.")."""
        if is_no_task(self.text, work.start, work.end):
            return False  # "… là nhiệm vụ cấp bách. Đề nghị các sở …": the order begins with its own sentence
        if not is_imperative(self.text, work.start, work.end) or not all(
            role.rule == "order" for role in segment.leads()
        ):
            return False
        last = max((role.agency.end for role in segment.roles), default=segment.start)
        return segment.end - last < _ONLY_ASSIGNS

    def _closes(self, index: int, block: Block) -> bool:
        """Whether a paragraph closes the document and speaks to all."""
        if block.marker or block.kind != "paragraph":
            return False
        if _TROUBLE.match(self.text, block.body, block.end):
            return True
        opening = self.text[block.body : block.body + 40].lower()
        last = index - 1 != block.parent and (index == self.body[-1] or self.blocks[index + 1].part != "body")
        behind_points = index > 0 and index - 1 != block.parent and bool(self.blocks[index - 1].marker)
        return (last or behind_points) and opening.startswith(_CLOSING)

    def _is_task(self, index: int, segment: Segment, given: Given, *, closing: bool) -> bool:
        if is_no_task(self.text, segment.start, segment.end) or self._is_fragment(index, segment):
            return False
        leads = segment.leads()
        if not leads and _QUOTA.match(self.text, segment.start, segment.end):
            return False
        if given.kind == CLOSED:
            return any(role.rule in ("order", "chủ trì") for role in leads)
        if given.kind == PASSIVE or closing:
            asks = closing and any(role.part == IS_TOLD for role in segment.roles)  # "… phản ánh kịp thời về Sở A"
            return asks or any(role.rule in _OWN_LEADS for role in leads)
        if leads or index in self.labelled:
            return True
        if is_imperative(self.text, segment.start, segment.end):
            return True
        if self._reports_results(segment):
            return True
        if given.kind != ACTIVE and not self._is_among_work(index):
            return False
        if is_conditional(self.text, segment.start, segment.end):
            told = any(role.part == IS_TOLD for role in segment.roles) or self._orders_for_case(segment)
            return told or any(role.rule.startswith(_CHARGED_ABOVE) for role in given.roles)
        if any(role.rule == "run-in heading" for role in given.roles):
            return True
        led = any(role.part in GIAO_ROLES for role in given.roles)
        listed = index not in self.parents and (bool(self.blocks[index].marker) or self._is_point(index))
        if (led or listed) and may_order(self.text, segment.start, segment.end):
            return True
        # the items of a schedule have a day ("Học kỳ I: kết thúc trước ngày …")
        short = segment.end - segment.start < _SCHEDULE_ITEM
        return short and find_deadline(self.text, segment.start, segment.end, self.names) is not None

    def _orders_for_case(self, segment: Segment) -> bool:
        """Whether an order stands behind the colon of a case ("Đối với nhà tạm: Tháo dỡ trước mùa bão")."""
        colon = self.text.find(": ", segment.start, min(segment.end, segment.start + _CASE))
        return colon >= 0 and is_imperative(self.text, colon + 2, segment.end)

    def _reports_results(self, segment: Segment) -> bool:
        """Whether a passage says where results go ("Kết quả thực hiện báo cáo về Sở A trước ngày 10/10.")."""
        told = any(role.part == IS_TOLD for role in segment.roles)
        return told and bool(_RESULTS.match(self.text, segment.start, segment.end))

    def _is_among_work(self, index: int) -> bool:
        """Whether a point stands in a list of which most others order something."""
        block = self.blocks[index]
        if not block.marker or block.parent is None:
            return False
        if block.parent not in self.lists_of_work:
            beside = self.context.children[block.parent]
            orders = sum(is_imperative(self.text, self.blocks[i].body, self.blocks[i].end) for i in beside)
            self.lists_of_work[block.parent] = orders >= _ORDERS and orders >= 0.6 * len(beside)
        return self.lists_of_work[block.parent]

    def _is_point(self, index: int) -> bool:
        """Whether an unmarked paragraph is one of several under a numbered heading, like a bullet."""
        parent = self.blocks[index].parent
        return parent is not None and self.blocks[parent].kind == "heading"

    def _is_fragment(self, index: int, segment: Segment) -> bool:
        """Whether a passage is a title, what OCR left of a line, or what the issuer promises to do itself."""
        passage = self.text[segment.start : segment.end].strip()
        if any(r.agency.name == self.scope.issuer and _WILL.match(self.text, r.agency.end) for r in segment.leads()):
            return True
        begins_within = not self.blocks[index].marker and not passage[:1].isupper() and not segment.leads()
        return begins_within or passage.isupper() or passage.count(" ") < 1

    def tasks(self) -> list[Task]:
        return [self._task(index, segment, given) for index, segment, given in self.found]

    def _section(self, index: int) -> str:
        """A closing paragraph belongs to the division that it closes ("II"), not to the last item."""
        block = self.blocks[index]
        if not self._closes(index, block):
            return block.section
        while block.parent is not None:
            block = self.blocks[block.parent]
        return block.section if block.marker.isupper() else ""

    def _task(self, index: int, segment: Segment, given: Given) -> Task:
        end = segment.end
        while end > segment.start and self.text[end - 1].isspace():
            end -= 1
        passage = " ".join(self.text[segment.start : end].split())
        labels = self.context.labelled(index)
        roles = list(segment.roles)
        told = [role for label in labels for role in label.roles if role.part in GIAO_ROLES]
        named = any(not role.agency.collective for role in told)
        if named and all(role.agency.collective for role in segment.leads()):
            # "Các đơn vị tập huấn … - Cơ quan thực hiện: Sở A": the label says who
            roles = [role for role in roles if role.part not in GIAO_ROLES]
        elif not segment.leads():
            roles = [*given.roles, *roles]
        for label in labels:
            led = any(role.part in GIAO_ROLES for role in roles)
            roles += [role for role in label.roles if role.part == COORDINATES or not led]
        due = find_deadline(self.text, segment.start, end, self.names)
        recurrence = find_recurrence(self.text, segment.start, end)
        if due is None:
            timed = next((label for label in labels if label.timed), None)
            due = timed.due if timed else None if recurrence else given.due
            recurrence = recurrence or (timed.recurrence if timed else None)
        plan = find_plan_order(self.text, segment.start, end)
        led = any(role.part in GIAO_ROLES for role in roles)
        return Task(
            start=segment.start,
            end=end,
            rule="own agency" if segment.leads() else "heading's agency" if led else "imperative",
            confidence=0.9 if led else 0.75,
            section=self._section(index),
            anchor=cut(passage),
            text=passage,
            heading=given.heading,
            assignments=assignments(roles),
            deadline=due.iso if due else None,
            deadline_text=due.text if due else None,
            recurrence=recurrence.text if recurrence else None,
            requires_plan=plan is not None,
            found=found_in_task(due, recurrence, plan),
        )


def find_tasks(
    clean: CleanText,
    outline: Outline,
    header: Header,
    scope: Scope,
    recipients: Sequence[AgencyRef],
    documents: Sequence[CitedDocument],
) -> list[Task]:
    """The document's tasks, in the order of the text."""
    reader = _Reader(clean, outline, scope, documents)
    reader.read()
    rows = task_rows(clean, outline, scope, reader.names, reader.over_rows)
    found = [*reader.tasks(), *(row_task(clean.text, row) for row in rows)]
    ordered = sorted(found, key=lambda task: (task.start, task.end))
    return with_occurrences(told_apart(ordered), clean, outline)
