"""Tasks: who is told to do what, with whom, by when, and to whom it is reported."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.actors import read_actors
from ingest.assigning.addressees import Addressees
from ingest.assigning.deadlines import before_issue
from ingest.assigning.given import Given
from ingest.assigning.heading_names import is_name, lists_more, names_only
from ingest.assigning.names_behind import names_behind
from ingest.assigning.names_between import names_between
from ingest.assigning.occurrences import with_occurrences
from ingest.assigning.recurrence import find_recurrence
from ingest.assigning.role import COORDINATES, LEADS, Role
from ingest.assigning.roles import RoleReader
from ingest.assigning.sentence_actors import add_actors
from ingest.assigning.short_names import ShortNames
from ingest.assigning.task_afterwords import FoundTasks
from ingest.assigning.task_context import Context
from ingest.assigning.task_criteria import Criteria
from ingest.assigning.task_labels import Labels
from ingest.assigning.task_lists import PointLists
from ingest.assigning.task_parts import following_points, is_over_bullets, titled_points, unmarked_titles
from ingest.assigning.task_record import findable, row_task, segment_task
from ingest.assigning.task_segments import Segment, is_imperative, ordering_sentences, segments
from ingest.assigning.task_tables import task_rows
from ingest.assigning.team_members import TeamMembers
from ingest.naming.agencies import Scope, canonical, find_agencies
from ingest.outlining.outline import Block, Outline
from ingest.outlining.quotations import quoted
from ingest.patterns import cues, pattern
from ingest.record import AgencyRef, CitedDocument, Header, Task
from ingest.section_kinds import ACTIVE, CLOSED, PASSIVE, Label
from ingest.text import CleanText

_TITLE = 150
"""Characters: a longer item that ends in a full stop is no title of the points under it."""

_SENTENCE = 80
"""Characters of an order that stands before all headings, at least."""

_SEGMENTS = 30
"""Tasks of one point that are looked at, at most."""

_SUBSTANCE = 200
"""Characters behind the addressees of a preamble's order; a shorter one only announces the points after it."""

_CONCLUSIONS = ("Thông báo", "Thông báo kết luận")
_LETTERS = ("Công văn", "Công điện")
_DEMANDS = re.compile(r"(?:yêu cầu|đề nghị|phân công)\s+$", re.IGNORECASE)
_CLOSING = tuple(cues("task_cues", "closing"))
# "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh …" speaks to all, wherever it stands
_TROUBLE = re.compile(
    r"(?:trong\s+)?quá\s+trình\s[^.;:]{0,120}?(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh|vấn\s+đề\s+mới)", re.IGNORECASE
)
# "Bộ A đề nghị Quý Ủy ban quan tâm thực hiện./."
_ISSUER_ASKS = pattern(
    r"(?:bộ|sở|ban|phòng|văn phòng|tổng cục|cục|chi cục|chủ tịch|thủ tướng|ubnd|ủy ban|hđnd|hội đồng"
    r"|(?:tỉnh|thành|huyện|quận|thị|đảng) ủy|công an|trường|bệnh viện|trung tâm) [^.;:]{2,60}? (?:đề nghị|yêu cầu)"
    r" [^.;:]{10,300}\./"
)
# "Về việc này, Chủ tịch UBND tỉnh có ý kiến như sau: |Giao Sở A …": what is asked stands in the same paragraph
_OPINION = pattern(r"(?:có ý kiến(?: chỉ đạo)?|chỉ đạo|yêu cầu|đề nghị)(?: như sau)?\s?:\s+(?=\S)")
_SHORTEST = 20
"""Characters of an order, at least."""
# "UBND tỉnh| giao Sở A …", "Chủ tịch UBND tỉnh| đồng ý giao Sở A …"
_GIVES = pattern(r" (?:(?:đồng ý|thống nhất|quyết định|nhất trí) )?(?:giao|phân công) ")
_TEAM = re.compile(r"(?:Đoàn|Tổ|Tiểu ban|Ban (?:Chỉ đạo|Tổ chức|Chỉ huy|Bầu cử|bầu cử)|Ủy ban [Bb]ầu cử|Hội đồng)\b")
# "… các nhiệm vụ trọng tâm sau đây" at the end of a paragraph
_ANNOUNCES = re.compile(
    r"(?:nhiệm vụ|nội dung|giải pháp|công việc|yêu cầu)\b[\w\s]{0,20}\bsau(?:\s+đây)?\W{0,3}\w?\W?$", re.IGNORECASE
)


def _as_partner(role: Role) -> Role:
    """The subject of a point under "Chủ trì, phối hợp với:", who takes part."""
    return replace(role, part=COORDINATES) if role.rule.startswith("subject") else role


class _Reader:
    """Goes through the body's blocks and collects tasks."""

    def __init__(
        self,
        clean: CleanText,
        outline: Outline,
        header: Header,
        scope: Scope,
        recipients: Sequence[AgencyRef],
        documents: Sequence[CitedDocument],
    ) -> None:
        self.clean, self.text, self.scope = clean, clean.text, scope
        self.blocks = outline.blocks
        self.marked_children = {b.parent for b in self.blocks if b.parent is not None and b.marker}
        numbered = {b.parent for b in self.blocks if b.parent is not None and b.marker[:1].isalnum()}
        self.bulleted = self.marked_children - numbered
        self.parents = {b.parent for b in self.blocks if b.parent is not None}
        self.body = [i for i, block in enumerate(self.blocks) if block.part == "body"]
        self.names = sorted(span for document in documents for span in document.mentions)
        early = before_issue(clean.text, header.issued_on, told_later=header.type in _CONCLUSIONS)
        self.undue = sorted([*self.names, *early])
        team = scope.issuer if scope.issuer and _TEAM.match(scope.issuer) else None
        member = canonical(team, scope) if team else None
        self.context = Context(self.text, self.blocks, self.names, self.undue, scope, member)
        self.labels = Labels(self.text, self.blocks, self.context.children, self.names, self.context.run_in)
        bold = sorted((e.start, e.end) for e in clean.emphasis if e.kind in ("bold", "heading"))
        self.bold_starts, self.bold_ends = [b[0] for b in bold], [b[1] for b in bold]
        self.parts_of_task: set[int] = set()
        self.lists = PointLists(self.text, self.blocks, self.parents, self.context, self._actors, self._bold_end)
        self.titles = unmarked_titles(self.text, self.blocks)
        self.titled = titled_points(self.text, self.blocks, self.context.children)
        self.quoted = quoted(self.text, self.blocks, header.type)
        self.is_letter = header.type in _LETTERS
        self.found = FoundTasks(self.text, self.blocks, self.undue)
        self.criteria = Criteria(self.text, self.blocks, self.context.children, self.names, scope.issuer, header.type)
        begins = self.blocks[self.body[0]].start if self.body else 0
        self.addressees = Addressees(self.text, [agency for agency in recipients if agency.start < begins])
        self.short_names = ShortNames(self.text, scope)
        self.members = TeamMembers(clean, scope)
        self.named: dict[tuple[int, int], list[AgencyRef]] = {}  # in the blocks, by where their words stand
        self.over_rows: dict[int, Given] = {}  # what holds for a table's row, by where it starts

    def _actors(self, block: Block) -> list[AgencyRef]:
        """The agencies that a block names; the item over it has often asked for them before."""
        place = (block.body, block.end)
        if (known := self.named.get(place)) is None:
            known = self.named[place] = self._named_in(block)
        return list(known)

    def _named_in(self, block: Block) -> list[AgencyRef]:
        mentions = find_agencies(self.clean, block.body, block.end, self.scope)
        named = add_actors(self.text, block.body, block.end, mentions, self.scope)
        named = self.short_names.said(block.body, block.end, self.addressees.said(block.body, block.end, named))
        return self.members.said(block.body, block.end, named)

    def _read_label(self, index: int, label: Label, mentions: list[AgencyRef]) -> None:
        """Keep what a label tells: where not all of its list is known, whoever is printed ("Chủ trì: Phó Chủ tịch")."""
        end = self.blocks[index].end
        named = [m for m in mentions if m.end > label.body]
        if label.part in (LEADS, COORDINATES) and (not named or lists_more(self.text, label.body, end, named)):
            listed = read_actors(self.text, label.body, end, named, self.scope, among_actors=True, cell=True)
            mentions = listed if listed or not named else mentions
        self.labels.read_label(index, label, mentions)

    def _read_labelled(self, index: int, block: Block, label: Label, mentions: list[AgencyRef]) -> None:
        """A label's point, which says of the points beside it who or when; it may be work of its own as well."""
        self._read_label(index, label, mentions)
        if self.labels.acts(index, label, mentions):
            self._collect(index, label.body, block.end, mentions, replace(self.context.of(index), roles=()), ())

    def read(self) -> None:
        for index, block in enumerate(self.blocks):
            if block.part == "head":
                self.context.begin()
            # what begins like no preamble may be one: "Để chuẩn bị cho mùa lũ, … đề nghị các xã: "
            opens = block.part == "preamble" or (block.part == "head" and block.end - block.start > _SENTENCE)
            if opens and self.text[block.end - 1] == ":":
                self._read_order(index, block, self._actors(block))
            elif block.part == "preamble" and self.is_letter:
                self._read_request(index, block, block.end)
            if block.part == "body" and block.kind == "row":
                self.over_rows[block.start] = self.context.of(index)
            if block.part != "body" or block.kind == "row" or index in self.quoted:
                continue
            if index in self.parts_of_task or block.parent in self.parts_of_task:
                self.parts_of_task.add(index)
                if (label := self.labels.label(index)) and label.part != "nội dung":
                    self._read_labelled(index, block, label, self._actors(block))  # of the task, not of a part
                continue
            self._read_block(index, block, self._actors(block))

    def _read_order(self, index: int, block: Block, mentions: list[AgencyRef]) -> None:
        """The preamble's order holds for all that follows; one that says much of its own is a task too."""
        self.context.order(block, mentions)
        *before, (start, end) = ordering_sentences(self.text, block.body, block.end)
        if before and self.is_letter and block.part == "preamble":
            self._read_request(index, block, before[-1][1])
        roles = RoleReader(self.text, start, end, [m for m in mentions if start <= m.start < end]).roles()
        ordered = max((role.agency.end for role in roles if role.rule == "order"), default=end)
        if end - ordered > _SUBSTANCE:
            self.found.add(index, Segment(start, end, roles), Given())

    def _read_request(self, index: int, block: Block, end: int) -> None:
        """A letter may ask in the sentence that says why: "Thực hiện Công văn A, Sở B đề nghị các trường báo cáo …"."""
        mentions = [m for m in self._actors(block) if m.start < end]
        if opinion := _OPINION.search(self.text, block.body, end - _SHORTEST):
            behind = [m for m in mentions if m.start >= opinion.end()]
            for segment in segments(self.text, opinion.end(), end, behind):
                if any(role.agency.name != self.scope.issuer for role in segment.leads()):
                    self.found.add(index, segment, Given())
            return
        gives = next((m.end for m in mentions if m.name == self.scope.issuer and _GIVES.match(self.text, m.end)), end)
        if gives == end and not self.context.asks(block):
            return
        begun = False
        for segment in segments(self.text, block.body, end, mentions):
            asked = [role for role in segment.roles if role.rule == "order"]
            if not asked:
                continue
            whom = asked[0].agency.start
            begun = begun or gives < whom or self.context.asks(block, segment.start, whom)
            if begun:
                self.found.add(index, segment, Given())
                self.context.ask(asked)

    def _read_block(self, index: int, block: Block, mentions: list[AgencyRef]) -> None:
        context = self.context
        if index in self.titles or self._heads_bullets(index, block, mentions):
            context.title(index, mentions)
            return
        label = self.labels.label(index)
        if label and label.part != "nội dung":
            self._read_labelled(index, block, label, mentions)
            return
        if self._is_carrier(index, block):
            if self.lists.lists_things(block, mentions, self.context.children.get(index, ())) or (
                index in self.bulleted and self.lists.has_parts(index)
            ):
                begin = context.run_in.behind_noun(block, mentions)
                self._collect(index, begin, block.end, mentions, context.of(index), ())
                self.parts_of_task.add(index)
                return
            if leads := self._own_leads(block, mentions):
                self._collect(index, block.body, block.end, mentions, context.of(index), ())
                context.give_leads(index, leads)
                return
            if leads := self._run_in_leads(block, mentions):
                self._read_point(index, block, mentions, label)
                context.give_leads(index, leads)
                return
            context.give(index, mentions, each_named=self.lists.names_each(index, block))
            if self.lists.weighs(index, block):
                self._collect(index, block.body, block.end, mentions, context.of(index), ())
            elif upto := self.lists.orders_before(index, block):
                self._collect(index, block.body, upto, mentions, context.of(index), ())
            return
        if block.kind == "paragraph" and self._opens_list(block):
            self._read_lead_in(index, block, mentions)
            return
        if not context.is_member(index, mentions):
            self._read_point(index, block, mentions, label)

    def _heads_bullets(self, index: int, block: Block, mentions: list[AgencyRef]) -> bool:
        """Whether a line without a number or a colon is nothing but the agencies whose duties stand behind it."""
        if not is_over_bullets(self.text, self.blocks, index) or self.context.of(index).kind in (PASSIVE, CLOSED):
            return False
        return names_only(self.text, block.body, block.end, mentions)

    def _read_point(self, index: int, block: Block, mentions: list[AgencyRef], label: Label | None) -> None:
        """A block with words of its own, behind the names, the noun or the label that it begins with."""
        context = self.context
        body, roles = context.run_in.read(block, mentions, self._bold_end(block))
        body = label.body if label and not roles else body
        given = context.of(index)
        if body == block.body and not roles and (given.kind == ACTIVE or given.roles):
            body = context.run_in.behind_noun(block, mentions)
        if label and given.kind == PASSIVE:  # "Nhiệm vụ: Mua sắm …" in a section of means
            given = replace(given, kind=ACTIVE)
        if context.run_in.is_note(block):
            given = replace(given, roles=())
        if body > block.body and (often := find_recurrence(self.text, block.body, body)):
            given = given.timed(None, often)  # "Báo cáo 6 tháng: Các xã gửi …"
        self._collect(index, body, block.end, mentions, given, roles)
        if index in self.parents:
            context.give_on(index, roles or self._last_leads(index))

    def _last_leads(self, index: int) -> tuple[Role, ...]:
        """Whom a numbered point charges: the paragraphs that follow it speak to the same."""
        own = self.found.of(index, _SEGMENTS)
        # where it first orders without a subject, a later sentence speaks of something else
        if not own or not own[0].leads() or not self.blocks[index].marker:
            return ()
        return tuple(own[-1].leads())

    def _opens_list(self, block: Block) -> bool:
        """Whether a paragraph announces what follows; OCR may have lost its colon."""
        return self.text[block.end - 1] == ":" or bool(
            _ANNOUNCES.search(self.text[max(block.body, block.end - 60) : block.end])
        )

    def _read_lead_in(self, index: int, block: Block, mentions: list[AgencyRef]) -> None:
        """The sentences before the last one may order something themselves; the last one opens a list."""
        given = self.context.of(index)
        points = following_points(self.blocks, index)
        if self.lists.lists_things(block, mentions, points):
            self._collect(index, block.body, block.end, mentions, given, ())
            self.parts_of_task.update(points)
            return
        *before, last = ordering_sentences(self.text, block.body, block.end)
        self.context.lead_in(index, [m for m in mentions if m.start >= last[0]], last[0])
        if before:
            self._collect(index, block.body, before[-1][1], mentions, given, ())

    def _is_carrier(self, index: int, block: Block) -> bool:
        if block.marker and self.labels.is_only_labelled(index):
            self.criteria.labelled.add(index)
            self.parts_of_task.add(index)
            return False
        if block.marker and block.end - block.start > _TITLE and self.labels.is_told_below(index):
            self.criteria.labelled.add(index)
            return False
        if self.lists.is_only_noted(index):
            return False
        if block.kind == "heading" or index in self.marked_children:
            return True
        if index in self.titled and not self._actors(block):
            return True
        return block.kind == "item" and self.text[block.end - 1] == ":" and index in self.parents

    def _own_leads(self, block: Block, mentions: list[AgencyRef]) -> list[Role]:
        """Whom an item with points under it charges itself ("Sở A báo cáo trước 10/11." over a note)."""
        if block.end - block.start <= _TITLE or self.text[block.end - 1] != "." or self._opens_list(block):
            return []
        return [role for one in segments(self.text, block.body, block.end, mentions) for role in one.leads()]

    def _run_in_leads(self, block: Block, mentions: list[AgencyRef]) -> list[Role]:
        """Whom the run-in heading of a short item with points under it names ("Sở A: Bố trí kinh phí.")."""
        if self.text[block.end - 1] != "." or self._opens_list(block):
            return []
        body, leads = self.context.run_in.read(block, mentions, self._bold_end(block))
        return list(leads) if is_imperative(self.text, body, block.end) else []

    def _bold_end(self, block: Block) -> int:
        at = bisect_right(self.bold_starts, block.body) - 1
        return self.bold_ends[at] if at >= 0 else block.body

    def _collect(
        self, index: int, body: int, end: int, mentions: list[AgencyRef], given: Given, run_in: tuple[Role, ...]
    ) -> None:
        block = self.blocks[index]
        closing = self._closes(index, block)
        inherited = () if closing else run_in or given.roles
        given = Given(heading=given.heading) if closing else given
        if self._ends_body(index):
            given = replace(given, due=None, recurrence=None)
        if run_in:
            given = replace(given, kind=ACTIVE, roles=run_in, heading=self.text[block.body : body].strip(" :\n"))
        own = [m for m in mentions if body <= m.start < end]
        found = self.found.merged(segments(self.text, body, end, own), inherited)
        if block.marker and len(found) == 1 and not found[0].leads() and given.kind != PASSIVE:
            found[0].roles += names_behind(self.text, body, end, own, told=bool(inherited))
        nobody = not inherited and not self.labels.labelled(index)
        for segment in found:
            if nobody and not segment.leads():
                segment.roles += names_between(self.text, segment.start, segment.end, own)
            if given.with_whom:
                segment.roles = [_as_partner(role) for role in segment.roles]
            if any(role.rule in ("heading", "run-in heading") for role in inherited):
                segment.roles = [role for role in segment.roles if not self._is_object(role)]
            if is_name(self.text, segment.start, segment.end, own):
                continue
            if not self.found.take(index, segment) and self.criteria.is_task(index, segment, given, closing=closing):
                self.found.add(index, segment, given)

    def _is_object(self, role: Role) -> bool:
        """Whether a class is what the heading's agency makes others do ("… yêu cầu các đơn vị nộp phí")."""
        agency = role.agency
        # "Phân công giáo viên dạy thay", but "Yêu cầu mỗi cơ quan phải …"
        staff = agency.kind == "bộ phận" and agency.written[:1].islower() and not agency.written.startswith("mỗi ")
        order = role.rule == "order" and (agency.collective or staff or agency.written.lower().startswith("các "))
        return order and bool(_DEMANDS.search(self.text, max(0, agency.start - 20), agency.start))

    def _closes(self, index: int, block: Block) -> bool:
        """Whether a paragraph closes the document and speaks to all."""
        if block.marker or block.kind != "paragraph" or block.part != "body":
            return False
        if _TROUBLE.match(self.text, block.body, block.end):
            return True
        opening = self.text[block.body : block.body + 40].lower()
        # not the first words under a heading, but behind a point that is a sentence of its own
        behind = index - 1 != block.parent or self.text[self.blocks[index - 1].end - 1] == "."
        last = behind and (index == self.body[-1] or self.blocks[index + 1].part != "body")
        behind_points = index > 0 and index - 1 != block.parent and bool(self.blocks[index - 1].marker)
        asks = last and _ISSUER_ASKS.match(self.text, block.body, block.end)
        return bool(asks) or ((last or behind_points) and opening.startswith(_CLOSING))

    def _ends_body(self, index: int) -> bool:
        """Whether a paragraph ends the document, not the list that it stands behind: the list's time is not its own."""
        block = self.blocks[index]
        return not block.marker and index == self.body[-1] and "/." in self.text[block.end - 4 : block.end]

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
        labels = self.labels.labelled(index)
        if index in self.labels.label_of:  # what a labelled sentence says of its agencies it says itself
            labels = [replace(label, roles=[]) for label in labels]
        return segment_task(self.text, segment, given, labels, self.undue, self._section(index))


def find_tasks(
    clean: CleanText,
    outline: Outline,
    header: Header,
    scope: Scope,
    recipients: Sequence[AgencyRef],
    documents: Sequence[CitedDocument],
) -> list[Task]:
    """The document's tasks, in the order of the text."""
    reader = _Reader(clean, outline, header, scope, recipients, documents)
    reader.read()
    rows = task_rows(clean, outline, scope, reader.names, reader.undue, reader.over_rows, header.title or "")
    found = [*reader.tasks(), *(row_task(clean.text, row) for row in rows)]
    ordered = sorted(found, key=lambda task: (task.start, task.end))
    return with_occurrences(findable(ordered, clean), clean)
