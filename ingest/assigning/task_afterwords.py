"""What is said of tasks behind them: when they are due, and who does them; and the list of what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.assigning.deadlines import find_deadline
from ingest.assigning.given import Given
from ingest.assigning.recurrence import find_recurrence
from ingest.assigning.role import Role
from ingest.assigning.task_segments import Segment, is_imperative, is_no_task, may_order
from ingest.outlining.outline import Block
from ingest.record import GIAO_ROLES

_ONLY_ASSIGNS = 60
"""Characters behind the last name of a sentence that only assigns work, at most."""

_DUE_LINE = 90
"""Characters of a line that only says when something is due, at most."""

# "Hoàn thành trong quý II", "Xong trước ngày 15/6", "Các nhiệm vụ trên phải hoàn thành trước …", "Bảo đảm xong trong …"
_DUE_ONLY = re.compile(
    r"(?:(?:tất\s+cả\s+)?(?:các|những)\s+(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|việc)\s+(?:[^\s.,;:]+\s+){0,4})?"
    r"(?:(?:phải|cần|yêu\s+cầu|đảm\s+bảo|bảo\s+đảm|phấn\s+đấu)\s+)?"
    r"(?:hoàn\s+thành|xong|thời\s+hạn|thời\s+gian|hạn)\s+(?:\w+\s+){0,2}"
    r"(?:trong|trước|vào|chậm|muộn|trễ|hết|là\s+ngày|không\s+(?:muộn|chậm|quá))",
    re.IGNORECASE,
)
# "… phối hợp với Vụ B| thực hiện trong tháng 1/2014.", "Phòng A| chủ trì thực hiện."
_DOES_IT = re.compile(
    r"\s*(?:(?:chủ trì,?\s+|phối hợp\s+)?(?:tổ chức\s+)?(?:triển khai\s+)?thực hiện|phối hợp|chủ trì)"
    r"(?:\s+(?:trong|trước|vào|xong)\s[^.;]{0,40})?(?:[,;]?\s+(?:hoàn thành|xong|thời gian)\s[^.;]{0,40})?\W*$"
)


class FoundTasks:
    """The tasks of a text as they are found: the index of a block, the passage, what holds for it from above.

    Args:
        text: the cleaned text.
        blocks: its blocks.
        undue: where dates stand that are no deadlines (characters).
    """

    def __init__(self, text: str, blocks: Sequence[Block], undue: Sequence[tuple[int, int]]) -> None:
        self.text, self.blocks, self.undue = text, blocks, undue
        self.all: list[tuple[int, Segment, Given]] = []

    def add(self, index: int, segment: Segment, given: Given) -> None:
        self.all.append((index, segment, given))

    def of(self, index: int, most: int) -> list[Segment]:
        """The tasks of a block among the last ones."""
        return [segment for at, segment, _ in self.all[-most:] if at == index]

    def __iter__(self) -> Iterator[tuple[int, Segment, Given]]:
        return iter(self.all)

    def take(self, index: int, segment: Segment) -> bool:
        """Whether a passage only says when the tasks above it are due, or who does the last one; then they have it."""
        if self._is_time_of_last(index, segment):
            self._give_time(segment)
            return True
        if self._assigns_last(index, segment):
            _, last, _ = self.all[-1]
            last.roles += segment.roles
            last.end = segment.end
            return True
        return False

    def _is_time_of_last(self, index: int, segment: Segment) -> bool:
        """Whether a line of its own only says when the task above it is due ("Hoàn thành trong quý II năm 2019.")."""
        if not self.all or self.blocks[index].marker or not _DUE_ONLY.match(self.text, segment.start, segment.end):
            return False
        last = self.all[-1][0]
        return last == index - 1 and segment.end - segment.start < _DUE_LINE and not segment.leads()

    def _give_time(self, line: Segment) -> None:
        """A line behind a list speaks of all its points, where none of them says when it is due itself."""
        last = self.all[-1][0]
        points = self._points_to(last)
        due = find_deadline(self.text, line.start, line.end, self.undue)
        if due and len(points) > 1 and not any(self._is_timed(segment) for _, segment, _ in points):
            self.all[-len(points) :] = [(i, segment, replace(given, due=due)) for i, segment, given in points]
        else:
            self.all[-1][1].end = line.end

    def _points_to(self, last: int) -> list[tuple[int, Segment, Given]]:
        """The tasks of the list that a point ends, from its first point on; they name no leads of their own."""
        parent, marked = self.blocks[last].parent, bool(self.blocks[last].marker)
        at = len(self.all)
        while at and self.blocks[self.all[at - 1][0]].parent == parent and not self.all[at - 1][1].leads():
            at -= 1
        return self.all[at:] if marked else self.all[-1:]

    def _is_timed(self, segment: Segment) -> bool:
        return bool(
            find_deadline(self.text, segment.start, segment.end, self.undue)
            or find_recurrence(self.text, segment.start, segment.end)
        )

    def _assigns_last(self, index: int, segment: Segment) -> bool:
        """Whether a paragraph only says who does the point above it ("Vụ A chủ trì, phối hợp với Vụ B thực hiện.")."""
        if not self.all or self.blocks[index].marker or self.all[-1][0] != index - 1 or not segment.leads():
            return False
        _, above, given = self.all[-1]
        if any(role.rule == "order" for role in segment.roles) or any(r.part in GIAO_ROLES for r in given.roles):
            return False
        last = max(role.agency.end for role in segment.roles)
        return not above.leads() and bool(_DOES_IT.match(self.text, last, segment.end))

    def merged(self, found: list[Segment], inherited: tuple[Role, ...]) -> list[Segment]:
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
            return self._does_it(work, segment)
        last = max((role.agency.end for role in segment.roles), default=segment.start)
        return segment.end - last < _ONLY_ASSIGNS

    def _does_it(self, work: Segment, segment: Segment) -> bool:
        """Whether a sentence says who does what the one before it orders ("Phòng A chủ trì, các xã thực hiện.")."""
        if not (is_imperative(self.text, work.start, work.end) or may_order(self.text, work.start, work.end)):
            return False
        last = max(role.agency.end for role in segment.roles)
        return bool(_DOES_IT.match(self.text, last, segment.end))
