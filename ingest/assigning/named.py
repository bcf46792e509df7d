"""Where names stand among those of a passage, which are sorted by where they start."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest.record import AgencyRef


def _start(name: AgencyRef) -> int:
    return name.start


def starting(names: Sequence[AgencyRef], start: int, end: int) -> Sequence[AgencyRef]:
    """The names that begin in `start:end`."""
    low = bisect_left(names, start, key=_start)
    return names[low : bisect_left(names, end, lo=low, key=_start)]


def name_at(names: Sequence[AgencyRef], at: int) -> AgencyRef | None:
    """The name that begins at an offset."""
    found = bisect_left(names, at, key=_start)
    return names[found] if found < len(names) and names[found].start == at else None


def is_inside(names: Sequence[AgencyRef], at: int) -> bool:
    """Whether an offset lies in a name."""
    last = bisect_right(names, at, key=_start) - 1
    return last >= 0 and at < names[last].end


def without(names: Sequence[AgencyRef], spans: Sequence[tuple[int, int]]) -> list[AgencyRef]:
    """The names that share no letter with the spans, which are sorted and do not overlap."""
    starts = [start for start, _ in spans]
    kept = []
    for name in names:
        last = bisect_left(starts, name.end) - 1
        if last < 0 or spans[last][1] <= name.start:
            kept.append(name)
    return kept
