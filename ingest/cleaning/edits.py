"""Edits of a text that keep the way back to where each character came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace `text[start:end]` by a string. The edits of one step are sorted and do not overlap."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and its map back: the run of characters from `starts[i]` on comes from `origins[i]` on."""

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)


class Forward:
    """Where an offset of the text before a step of edits stands in the text after it."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._ends = [end for _, end, _ in edits]
        self._shifts = [0]
        for start, end, new in edits:
            self._shifts.append(self._shifts[-1] + len(new) - (end - start))

    def __call__(self, offset: int) -> int:
        done = bisect_right(self._ends, offset)
        if done < len(self._edits) and self._edits[done][0] < offset:  # inside what is replaced
            start, _, new = self._edits[done]
            return start + self._shifts[done] + min(offset - start, len(new))
        return offset + self._shifts[done]


def edit(before: Traced, edits: Sequence[Edit]) -> tuple[Traced, Forward]:
    """Apply one step of edits; the map of what comes out leads back to where `before` leads back to."""
    forward = Forward(edits)
    if not edits:
        return before, forward
    pieces: list[str] = []
    starts: list[int] = []
    middles: list[int] = []
    length = at = 0

    def put(piece: str, middle: int) -> None:
        nonlocal length
        if piece:
            starts.append(length)
            middles.append(middle)
            pieces.append(piece)
            length += len(piece)

    for start, end, new in edits:
        put(before.text[at:start], at)
        put(new[: end - start], start)
        for extra in new[end - start :]:  # longer than what it replaces: the rest comes from its last character
            put(extra, max(start, end - 1))
        at = end
    put(before.text[at:], at)
    return Traced("".join(pieces), *_compose(starts, middles, length, before)), forward


def _compose(
    starts: Sequence[int], middles: Sequence[int], length: int, before: Traced
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The map through two steps: each run is cut where a run of the step before begins."""
    out_starts: list[int] = []
    out_origins: list[int] = []
    for i, (start, middle) in enumerate(zip(starts, middles, strict=True)):
        end = starts[i + 1] if i + 1 < len(starts) else length
        run = bisect_right(before.starts, middle) - 1
        out_starts.append(start)
        out_origins.append(before.origins[run] + middle - before.starts[run])
        for cut in range(run + 1, bisect_left(before.starts, middle + end - start)):
            out_starts.append(start + before.starts[cut] - middle)
            out_origins.append(before.origins[cut])
    return tuple(out_starts) or (0,), tuple(out_origins) or (0,)
