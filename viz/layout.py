"""Where everything stands: levels from top to bottom, provinces and districts as columns, few crossings.

Here is decided who stands beside whom, in which column and row. Where that is on the page depends on which provinces
are folded, so the page adds it up (`assets/stack.js`) and leads the lines (`assets/routes.js`).
No simulation: the same graph gives the same picture.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from graph.model import Graph
from viz.columns import LAST, Column
from viz.duties import Ghost
from viz.items import MARK, Item, Layer, items, links
from viz.table import Box, Picture, Seat, Table

_LAYER_GAP = 60
_WANTED_ASPECT = 1.8
_TOO_WIDE = 5.0
_UNFOLDED_AT_ONCE = 4
_ROW_LIMITS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
_SWEEPS = 3


def lay_out(graph: Graph, shown: Collection[str], focus: str | None, missing: Sequence[Ghost] = ()) -> Picture:
    """The layout of a page.

    Args:
        graph: the whole graph.
        shown: ids of the nodes on the page.
        focus: id of the document that the page is about, if any.
        missing: the plans that are missing.

    Returns:
        every item's seat: x from the left of the whole, y from the top of the item's layer.
    """
    pairs = list(links(graph, shown)) + [(source, ghost.id) for ghost in missing for source in ghost.sources]
    table, rows = _best_table(items(graph, shown, focus, missing))
    _uncross(table, rows, pairs)
    spans = table.spans(rows)
    seats, heights = table.seat(spans)
    return Picture(table.items, table.home, seats, spans, heights)


def stacked(picture: Picture) -> dict[str, Box]:
    """All layers below each other, the marks of tasks and targets in their cards, for a picture that does not fold."""
    tops: dict[Layer, float] = {}
    y = 0.0
    for layer in picture.layers:
        tops[layer] = y
        y += picture.heights[layer] + _LAYER_GAP
    boxes: dict[str, Box] = {}
    for id_, seat in picture.seats.items():
        item, box = picture.items[id_], seat.box
        boxes[id_] = replace(box, y=box.y + tops[item.layer])
        for index, part in enumerate(item.parts):
            dx, dy = item.part_offset(index)
            boxes[part] = Box(boxes[id_].x + dx, boxes[id_].y + dy, MARK, MARK)
    return boxes


def _size(table: Table, rows: int) -> tuple[float, float]:
    """How large the picture would be; of many provinces only a few are unfolded at once."""
    spans = table.spans(rows)
    _, heights = table.seat(spans)
    share = min(1.0, _UNFOLDED_AT_ONCE / max(1, len(table.provinces)))
    return spans[()].right * share, sum(heights.values()) + 40 * len(heights)


def _aspect(size: tuple[float, float]) -> float:
    return max(1.0, size[0]) / max(1.0, size[1])


def _best_table(found: list[Item]) -> tuple[Table, int]:
    """The arrangement nearest to the shape of a screen; districts lose their columns only where it gets too wide."""
    for districts in (True, False):
        table = Table(found, districts=districts)
        sizes = {rows: _size(table, rows) for rows in _ROW_LIMITS}
        rows = min(_ROW_LIMITS, key=lambda r: abs(math.log(_aspect(sizes[r]) / _WANTED_ASPECT)))
        if _aspect(sizes[rows]) <= _TOO_WIDE:
            break
    return table, rows


def _uncross(table: Table, rows: int, pairs: Collection[tuple[str, str]]) -> None:
    """Sort every cell, and the columns, by where their neighbours stand (barycentre), downwards then upwards."""
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for upper, lower in pairs:
        above[lower].append(upper)
        below[upper].append(lower)
    for sweep in range(_SWEEPS * 2):
        neighbours = above if sweep % 2 == 0 else below
        seats, _ = table.seat(table.spans(rows))

        def pull(id_: str, seats: dict[str, Seat] = seats, neighbours: dict[str, list[str]] = neighbours) -> float:
            xs = [seats[n].box.middle for n in neighbours[id_] if n in seats]
            return round(sum(xs) / len(xs), 1) if xs else seats[id_].box.middle

        for cells in table.cells.values():
            for cell in cells.values():
                cell.sort(key=lambda item: (pull(item.id), item.order))
        if sweep % 2 == 0:
            _sort_columns(table, above, seats)


def _sort_columns(table: Table, above: dict[str, list[str]], seats: dict[str, Seat]) -> None:
    """Provinces, and districts inside a province, by what stands above them outside; the unplaced stay last."""
    pulls: dict[Column, list[float]] = defaultdict(list)
    for id_, home in table.home.items():
        for upper in above[id_]:
            if upper not in seats:
                continue
            for depth in range(1, len(home) + 1):
                if table.home[upper][:depth] != home[:depth]:
                    pulls[home[:depth]].append(seats[upper].box.middle)

    def key(name: Column) -> tuple[int, float, Column]:
        xs = pulls[name]
        last = LAST.index(name[-1]) + 1 if name[-1] in LAST else 0
        return last, round(sum(xs) / len(xs), 1) if xs else 0.0, name

    table.provinces.sort(key=lambda name: key((name,)))
    for leaves in table.leaves.values():
        leaves.sort(key=key)
