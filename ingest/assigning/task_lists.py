"""What the points under an item are: tasks of their own, parts of the item's task, or things that it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from ingest.assigning.roles import RoleReader
from ingest.assigning.task_context import Context
from ingest.assigning.task_criteria import INSPECTS
from ingest.assigning.task_parts import are_places, are_told_of, is_list_of_things
from ingest.assigning.task_segments import is_imperative, ordering_sentences
from ingest.outlining.outline import Block
from ingest.patterns import pattern
from ingest.record import GIAO_ROLES, AgencyRef

_ORDERED = 20
"""Characters of what is ordered behind the name of who is charged, at least."""

_OPENING = 40
"""Characters at the head of a point in which it names who it charges ("Giao trách nhiệm cho Sở A …")."""

_SENTENCE = 60
"""Characters of a sentence that is a task though something stands under it, at least."""

# "TRÁCH NHIỆM CỦA CÁC CƠ QUAN, ĐƠN VỊ"
_DUTIES_OF_ALL = pattern(
    r"(?:phân công |tổ chức )?(?:trách nhiệm|nhiệm vụ)[\w, ]{0,40} (?:của|cho|đối với) (?:các|từng|mỗi) "
    r"(?:cơ quan|đơn vị|tổ chức|bên|thành viên)(?!\w)[\w, ]{0,60}\W*"
)
# the points under "… gồm:", "… theo hướng:" or "… để:" are parts of that task
_PARTS_FOLLOW = re.compile(r"(?:bao gồm|gồm|theo hướng|trong đó|để|nhằm)(?:\s+(?:sau|như sau))?\s*:?$", re.IGNORECASE)
# "Xử lý nghiêm …, trong đó chú trọng:" is a task, and so are the points on which it lays weight
_WEIGHS = re.compile(
    r".{60,}?,\s+(?:trong đó|trong khi|tập trung|chú trọng|ưu tiên|trước hết|nhất là|đặc biệt|lưu ý)\b[^;]{0,200}:$",
    re.IGNORECASE | re.DOTALL,
)
# "… thực hiện các nhiệm vụ sau:" opens a list of tasks, each of its own
_LIST_FOLLOWS = re.compile(r"\bsau(?:\s+đây)?\s*:$|nhiệm vụ|nội dung|cụ thể|phối hợp|chủ trì", re.IGNORECASE)


class PointLists:
    """Tells what the points under the items of one text are.

    Args:
        blocks: the text's blocks.
        parents: the blocks that others stand under.
        context: what headings and lead-ins give.
        actors: reads the agencies that a block names.
        bold_end: tells where the bold words that a block begins with end.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        parents: Collection[int | None],
        context: Context,
        actors: Callable[[Block], list[AgencyRef]],
        bold_end: Callable[[Block], int],
    ) -> None:
        self.text, self.blocks, self.parents, self.context = text, blocks, parents, context
        self._actors, self._bold_end = actors, bold_end

    def weighs(self, index: int, block: Block) -> bool:
        """Whether an item over points orders something itself, and the points only say what matters most."""
        if any(block.body <= role.agency.start < block.end for role in self.context.given[index].roles):
            return False  # "…, yêu cầu Sở A thực hiện, trong đó lưu ý:" hands on what it orders
        weighs = _WEIGHS.match(self.text[block.body : block.end])
        return bool(weighs) and is_imperative(self.text, block.body, block.end)

    def orders_before(self, index: int, block: Block) -> int | None:
        """Where the sentences end with which an item orders something itself, before the one that leads in to its
        points ("Tăng cường quản lý chợ. Trong đó, chú ý:"); None where it does not.
        """
        if self.text[block.end - 1] != ":" or self._are_charged(index):
            return None
        before = ordering_sentences(self.text, block.body, block.end)[:-1]
        if not before or self.text[block.body : before[-1][1]].rstrip().endswith("/."):
            return None  # "Thông tin chung a/. Địa chỉ:" ends no sentence
        return before[-1][1] if self._orders_itself(block) else None

    def is_only_noted(self, index: int) -> bool:
        """Whether an item is a sentence that orders, and what stands under it is only noted ("Lưu ý: …")."""
        block, under = self.blocks[index], self.context.children.get(index, ())
        if not block.marker or block.end - block.body < _SENTENCE or self.text[block.end - 1] not in ".;":
            return False
        noted = bool(under) and all(self.context.run_in.is_note(self.blocks[i]) for i in under)
        return noted and is_imperative(self.text, block.body, block.end)

    def has_parts(self, index: int) -> bool:
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

    def lists_things(self, block: Block, mentions: Sequence[AgencyRef], points: Sequence[int]) -> bool:
        """Whether a passage orders something and the points under it only say of what ("… lắp đặt tại bến xe:")."""
        under = [self.blocks[i] for i in points]
        if self.text[block.end - 1] == ":" and self._inspects(block, under):
            return True
        with_points = sum(i in self.parents for i in points)
        if self.text[block.end - 1] != ":" or with_points > len(points) / 4:
            return False
        if are_places(self.text, under):
            start, end = ordering_sentences(self.text, block.body, block.end)[-1]
            behind = self.text.find(": ", start, end - 1)
            return is_imperative(self.text, start, end) or (behind >= 0 and is_imperative(self.text, behind + 2, end))
        if not are_told_of(self.text, block, under) and not is_list_of_things(self.text, under):
            return False
        if any(name.start == self.blocks[i].body for i in points for name in self._actors(self.blocks[i])):
            return False
        start, end = ordering_sentences(self.text, block.body, block.end)[-1]
        if is_imperative(self.text, start, end):
            return True
        roles = RoleReader(self.text, start, end, mentions).roles()
        charged = [role.agency.end for role in roles if role.part in GIAO_ROLES]
        return bool(charged) and end - max(charged) > _ORDERED

    def _inspects(self, block: Block, under: Sequence[Block]) -> bool:
        """Whether it inspects something, and the points say what of it ("Kiểm tra việc thu phí chợ, cụ thể:")."""
        if not under or not self.context.of_parent(block).inspects:
            return False
        inspects, *each = (INSPECTS.match(self.text, one.body, one.end) for one in (block, *under))
        return inspects is not None and not any(each)

    def _orders(self, block: Block) -> bool:
        """Whether an item over points charges somebody ("Giao Sở A, trong đó:"): the points are that agency's tasks."""
        roles = RoleReader(self.text, block.body, block.end, self._actors(block)).roles()
        return any(role.rule == "order" for role in roles)

    def _are_charged(self, index: int) -> bool:
        """Whether most points under a bullet begin with whom they charge ("+ Sở A: …")."""
        under = [self.blocks[i] for i in self.context.children.get(index, ())]
        charged = sum(bool(self.context.run_in.read(b, self._actors(b), self._bold_end(b))[1]) for b in under)
        return charged > len(under) / 2

    def names_each(self, index: int, block: Block) -> bool:
        """Whether a heading tells of the duties of all ("Trách nhiệm của các cơ quan"), and the points name whose."""
        if not _DUTIES_OF_ALL.fullmatch(self.text, block.body, block.end):
            return False
        under = [self.blocks[i] for i in self.context.children.get(index, ())]
        named = sum(any(name.start - b.body < _OPENING for name in self._actors(b)) for b in under)
        return named > len(under) / 2

    def _is_list_of_work(self, index: int) -> bool:
        """Whether each point under a bullet orders something: then each is a task of its own."""
        return all(self._orders_itself(self.blocks[i]) for i in self.context.children.get(index, ()))

    def _orders_itself(self, block: Block) -> bool:
        """Whether a point begins like an order, or with whom it charges ("Chính quyền xã tăng cường …")."""
        if is_imperative(self.text, block.body, block.end):
            return True
        named = self._actors(block)
        begins = bool(named) and named[0].start == block.body
        return begins and any(r.part in GIAO_ROLES for r in RoleReader(self.text, block.body, block.end, named).roles())
