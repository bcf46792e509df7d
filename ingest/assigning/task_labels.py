"""What labels say about the points beside them: "Chủ trì: …", "Thời gian thực hiện: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.assigning.deadlines import Due, Span, find_deadline
from ingest.assigning.heading_names import names_only
from ingest.assigning.recurrence import Recurrence, find_recurrence
from ingest.assigning.role import COORDINATES, IS_TOLD, LEADS, Role
from ingest.assigning.roles import RoleReader
from ingest.assigning.run_in import RunIn
from ingest.assigning.task_segments import is_imperative, sentences
from ingest.outlining.outline import Block
from ingest.patterns import any_of, cues, pattern
from ingest.record import AgencyRef
from ingest.section_kinds import Label, is_time, read_label

_PARTED = re.compile(r"[;.]\s+")  # between labels in one line
_FEW_WORDS = 2  # behind a time, which say no work: "Tháng 5: cao điểm"
_PART_END = re.compile(r";|\.(?=\s+\S[^.;:]{2,58}:)")

# "Sở A |(chủ trì)|, các xã |(phối hợp)|"
_TAG = pattern(
    r"(?P<tag>\s*\((?:cơ quan |đơn vị )?(?:(?P<leads>chủ trì|đầu mối|chịu trách nhiệm chính)|phối hợp)\))?"
    r"[\s,;.)]*(?:và )?(?:các )?"
)

# "Trách nhiệm: Sở A chủ trì; các xã| phối hợp."
_TAKE_PART = pattern(r"\s+(?:cùng |tham gia )?phối hợp(?: (?:tổ chức )?thực hiện)?[\s.;,)]*")

# "- |Nghị định| xử phạt …" over "+ Nội dung: |quy định| chi tiết …"
_TO_BE_DRAWN_UP = pattern(r"(?:nghị định|thông tư|nghị quyết|quyết định|quy chế|quy định|đề án|chiến lược)(?!\w)")
_RULES = pattern(r"(?:quy định|hướng dẫn chi tiết|đề ra|nêu)(?!\w)")

# "Sở A đề nghị các xã chuẩn bị báo cáo.", "Trên đây là Kế hoạch …, yêu cầu các phòng thực hiện."
_ASKS = pattern(r"(?:trên đây là|(?:[^.;:]{0,100}? )?(?<!theo.)(?:đề nghị|yêu cầu|giao)) ")

_SUBJECTS = ("subject", "chủ trì")
# "Sở A |tiến hành rà soát …", "Sở A |chủ trì tham mưu …", but not "Sở A |chủ trì, phối hợp với Sở B"
_DOES_MORE = pattern(
    rf"(?: (?:có trách nhiệm|chịu trách nhiệm|chủ trì),?)? (?!phối hợp|chủ trì|thực hiện\W*$)"
    rf"(?:(?:{any_of(cues('task_cues', 'manner'))}),? )*(?:{any_of(cues('task_cues', 'verbs'))})(?!\w)"
)

# what opens a division as well as a label
_SHARED_OUT = ("phân công", "trách nhiệm")


@dataclass(slots=True)
class Labelled:
    """What labels that stand together (at the blocks `first` to `last`) say about the points beside them."""

    first: int
    last: int
    parts: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    due: Due | None = None
    recurrence: Recurrence | None = None
    timed: bool = False  # whether a label says when, be it without a date ("Thời gian: theo lịch riêng")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


class Labels:
    """Reads the labelled blocks of a body one after the other and keeps what they say.

    Args:
        children: the blocks under each block, by their index.
        names: passages whose dates are no deadlines, sorted.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        children: Mapping[int, Sequence[int]],
        names: Sequence[Span],
        run_in: RunIn,
    ) -> None:
        self.text, self.blocks, self.children, self.names, self.run_in = text, blocks, children, names, run_in
        self.groups: dict[int | None, list[Labelled]] = {}
        self.label_of: dict[int, str] = {}

    def label(self, index: int) -> Label | None:
        """The label of a block: its own, or that of the labelled block that it stands under."""
        block = self.blocks[index]
        own = read_label(self.text, block.body, block.end)
        if own and own.body >= block.end and (self._heads_work(index) or self._divides(index, own)):
            own = None
        # "2. Thời gian trình khen thưởng: …" among numbered points is a point of its own
        if own and own.named and own.part == "thời gian" and block.marker[:1].isalnum():
            own = None
        above = self.label_of.get(block.parent) if block.parent is not None else None
        if above in ("chủ trì", "phối hợp", "thời gian", "ngoài") and (own is None or own.part == "nội dung"):
            return None if self._asks_beside(block) else Label(above, block.body)
        # a heading "Yêu cầu" opens a section; only "Yêu cầu: …" says something aside
        return None if own and own.part == "ngoài" and own.body >= block.end else own

    def _asks_beside(self, block: Block) -> bool:
        """Whether a plain paragraph asks for something of its own, though it stands behind "5. Địa điểm: …"."""
        plain = block.kind == "paragraph" and not block.marker and self.text[block.end - 1] == "."
        return plain and _ASKS.match(self.text, block.body, block.end) is not None

    def is_only_labelled(self, index: int) -> bool:
        """Whether all that stands under an item says who does it, when or where: then the item is the task."""
        parts = {self._part_beside(index, self.blocks[i]) for i in self.children.get(index, ())}
        return bool(parts & {LEADS, COORDINATES, "thời gian"}) and not {None, "nội dung"} & parts

    def is_told_below(self, index: int) -> bool:
        """Whether a whole order has its time and its doers told under it, beside what they have to heed."""
        block = self.blocks[index]
        if self.text[block.end - 1] != "." or not is_imperative(self.text, block.body, block.end):
            return False
        parts = {self._part_beside(index, self.blocks[i]) for i in self.children.get(index, ())}
        return {LEADS, "thời gian"} <= parts

    def _part_beside(self, index: int, block: Block) -> str | None:
        """The part of a label under an item; "Nội dung: Cổng thông tin cung cấp …" describes what the item orders."""
        label = read_label(self.text, block.body, block.end)
        if label is None or label.part != "nội dung":
            return label.part if label else None
        body = _skip(self.text, label.body)
        describes = body < block.end and (
            not is_imperative(self.text, body, block.end) or self._rules_on(index, body, block.end)
        )
        return "ngoài" if describes and self._is_ordered(index) else label.part

    def _rules_on(self, index: int, body: int, end: int) -> bool:
        """Whether a content is what a document will say that is to be drawn up ("Nghị định …: quy định chi tiết …")."""
        item = self.blocks[index]
        return bool(_RULES.match(self.text, body, end) and _TO_BE_DRAWN_UP.match(self.text, item.body, item.end))

    def _is_ordered(self, index: int) -> bool:
        """Whether an item orders something, or is one of the things that the title over it orders: "5. Xây dựng Nghị
        định" over "- Nghị định về muối"."""
        item = self.blocks[index]
        over = self.blocks[item.parent] if item.parent is not None else item
        return any(is_imperative(self.text, block.body, block.end) for block in (item, over))

    def _heads_work(self, index: int) -> bool:
        """Whether the words of a label head a section of work: "2. Phân công thực hiện" over agencies with tasks."""
        return any(
            self._is_work(self.blocks[child])
            or self._heads_work(child)
            or self._is_time_over_points(child)
            or self._is_timed_work(self.blocks[child])
            for child in self.children.get(index, ())
        )

    def _divides(self, index: int, label: Label) -> bool:
        """Whether the words of a label are a division of its own over sentences: "Điều 9. Phân công thực hiện"."""
        block = self.blocks[index]
        division = block.marker.startswith("Điều") or block.marker.rstrip(".)").isupper()
        words = self.text[block.body : block.end].lower()
        return (
            division
            and label.part == LEADS
            and words.startswith(_SHARED_OUT)
            and any(self.text[self.blocks[child].end - 1] == "." for child in self.children.get(index, ()))
        )

    def _is_time_over_points(self, index: int) -> bool:
        """Whether an item is a time with points of its own: "1. Tháng 4/2024:" below "Tiến độ thực hiện"."""
        block = self.blocks[index]
        return bool(self.children.get(index)) and is_time(self.text, block.body, block.end)

    def _is_timed_work(self, block: Block) -> bool:
        """Whether a point says what is done at a time: "Từ ngày 01/8 đến ngày 15/8/2024: Các xã lập danh sách …",
        "Sở A kiểm tra các xã: Từ ngày 20/11"."""
        colon = self.text.find(":", block.body, block.end)
        if colon < 0 or read_label(self.text, block.body, block.end):
            return False
        before, behind = self.text[block.body : colon].split(), self.text[colon + 1 : block.end].split()
        if len(before) > _FEW_WORDS and is_time(self.text, _skip(self.text, colon + 1), block.end):
            return True
        return len(behind) > _FEW_WORDS and is_time(self.text, block.body, colon)

    def _is_work(self, block: Block) -> bool:
        """Whether a point orders something, itself or behind the name that it begins with."""
        if read_label(self.text, block.body, block.end):
            return False
        colon = self.text.find(":", block.body, block.end)
        return is_imperative(self.text, block.body, block.end) or (
            colon >= 0 and is_imperative(self.text, self.run_in.behind(colon + 1), block.end)
        )

    def read_label(self, index: int, label: Label, mentions: Sequence[AgencyRef]) -> None:
        """Keep what a labelled block says for the points beside it."""
        self.label_of[index] = label.part
        block = self.blocks[index]
        kept = self._labels_with(index, label.part, self.groups.setdefault(self._scope(block), []))
        if label.part == "thời gian":
            kept.timed = True
            kept.due = find_deadline(self.text, label.body, block.end, self.names, bare=True) or kept.due
            kept.recurrence = find_recurrence(self.text, label.body, block.end, bare=True) or kept.recurrence
        elif label.part in (LEADS, COORDINATES):
            kept.roles += self._labelled_roles(block, label, mentions)
        for start, end in self._times_inside(block, label):
            kept.timed = True
            kept.due = find_deadline(self.text, start, end, self.names, bare=True) or kept.due
            kept.recurrence = find_recurrence(self.text, start, end, bare=True) or kept.recurrence

    def _times_inside(self, block: Block, label: Label) -> Iterator[Span]:
        """What labels of time say inside a labelled block: "Chủ trì: Sở A; thời gian hoàn thành: Quý III/2024"."""
        for mark in _PARTED.finditer(self.text, label.body, block.end):
            stop = _PARTED.search(self.text, mark.end(), block.end)
            inner = read_label(self.text, mark.end(), stop.start() if stop else block.end)
            if inner and inner.part == "thời gian":
                yield inner.body, stop.start() if stop else block.end

    def _labels_with(self, index: int, part: str, groups: list[Labelled]) -> Labelled:
        """The labels that a label stands with: where it says again what one before it said, points between them, it
        speaks about other points ("- A. Chủ trì: … - B. Chủ trì: …").
        """
        if not groups or (part in groups[-1].parts and index > groups[-1].last + 1):
            groups.append(Labelled(index, index))
        groups[-1].last = index
        groups[-1].parts.add(part)
        return groups[-1]

    def _scope(self, block: Block) -> int | None:
        """The item whose points a label speaks about: the one that it stands in."""
        scope = block.parent
        while scope is not None and scope in self.label_of:
            scope = self.blocks[scope].parent
        # behind the last lettered point a label without a marker speaks about all of them
        if scope is not None and not block.marker and len(self.blocks[scope].marker) == 1:
            above = self.blocks[scope]
            if above.marker.islower() and above.marker != "a" and scope not in self.groups:
                return above.parent
        return scope

    def _labelled_roles(self, block: Block, label: Label, mentions: Sequence[AgencyRef]) -> list[Role]:
        """The roles of a labelled point, whose parts may have labels of their own ("…; Đơn vị phối hợp: …")."""
        found: list[Role] = []
        part, at = label.part, label.body
        while at < block.end:
            # "Chủ trì: Sở A. Phối hợp: Sở B; các xã.": a label ends with its sentence, a list may go over semicolons
            stop = _PART_END.search(self.text, at, block.end)
            end = stop.start() if stop else block.end
            inner = read_label(self.text, _skip(self.text, at), end)
            if inner and inner.part == "thời gian":
                part = "ngoài"
            elif inner and inner.part in (LEADS, COORDINATES, "ngoài"):
                part, at = inner.part, inner.body
            found += self._roles_of_part(part, at, end, [m for m in mentions if at <= m.start < end])
            at = end + 1
        return found

    def _roles_of_part(self, part: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> list[Role]:
        if part == "ngoài" or not mentions:
            return []
        if names_only(self.text, start, end, mentions):
            return [Role(mention, part, "label", 0.9) for mention in mentions]
        if _TAKE_PART.fullmatch(self.text, mentions[-1].end, end) and names_only(
            self.text, start, mentions[-1].end, mentions
        ):
            return [Role(mention, COORDINATES, "label", 0.85) for mention in mentions]
        if tagged := self._tagged(part, start, end, mentions):
            return tagged
        found: list[Role] = []
        for sentence_start, sentence_end in sentences(self.text, start, end):
            found += RoleReader(self.text, sentence_start, sentence_end, mentions).roles()
        return [replace(role, rule=f"label: {role.rule}") for role in found if role.part != IS_TOLD]

    def _tagged(self, part: str, start: int, end: int, mentions: Sequence[AgencyRef]) -> list[Role]:
        """The roles of a list that says in brackets who leads it: "Sở A (chủ trì), Sở B, Ban C (phối hợp)"."""
        ends = [*(mention.start for mention in mentions[1:]), end]
        gaps = [_TAG.fullmatch(self.text, m.end, stop) for m, stop in zip(mentions, ends, strict=True)]
        tags = [gap for gap in gaps if gap and gap["tag"]]
        if not tags or not all(gaps):
            return []
        led = any(tag["leads"] for tag in tags)
        parts = [LEADS if gap["leads"] else COORDINATES if gap["tag"] or led else part for gap in gaps if gap]
        return [Role(m, one, "label", 0.9) for m, one in zip(mentions, parts, strict=True)]

    def acts(self, index: int, label: Label, mentions: Sequence[AgencyRef]) -> bool:
        """Whether a label of agencies is followed by what each of them does ("Cơ quan thực hiện: Sở A rà soát …"), or a
        point under a label of times says who does what by then ("Thời gian:" over "+ Sở A gửi báo cáo trước 15/5").
        """
        block = self.blocks[index]
        own = read_label(self.text, block.body, block.end)
        body = own.body if own else block.body
        if label.part != (LEADS if own else "thời gian") or body >= block.end:
            return False
        named = [m for m in mentions if m.start >= body]
        if not named or names_only(self.text, body, block.end, named):
            return False
        start, end = sentences(self.text, _skip(self.text, body), block.end)[0]
        part = _PART_END.search(self.text, start, end)
        end = part.start() if part else end
        acting = [r.agency.end for r in RoleReader(self.text, start, end, named).roles() if r.rule in _SUBJECTS]
        return any(_DOES_MORE.match(self.text, at, end) for at in acting)

    def labelled(self, index: int) -> list[Labelled]:
        """What labels say about a block: those under it, those beside it, then those beside the items above it."""
        found = self._of_groups(index, index)
        at, parent = index, self.blocks[index].parent
        while parent is not None:
            found += self._of_groups(parent, at)
            at, parent = parent, self.blocks[parent].parent
        return found

    def _of_groups(self, scope: int, index: int) -> list[Labelled]:
        """The labels in one item that speak about the point `index`: of several groups the one behind or before it."""
        groups = self.groups.get(scope, [])
        if len(groups) < 2 or scope == index:
            return groups[:]
        if groups[0].first == scope + 1:  # each group stands before its points
            return [group for group in groups if group.last < index][-1:]
        return [group for group in groups if group.first > index][:1]
