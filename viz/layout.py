"""Where everything stands: levels from top to bottom, provinces and districts as columns, few crossings.

Lines between documents run through the gaps between layers and the gutters between columns (`viz.routes`).
No simulation: the same graph gives the same picture.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection

from graph.model import Graph
from viz.columns import LAST, PROVINCE, Column
from viz.items import AGENCIES, MARK, Item, Layer, items, links
from viz.routes import gaps_after, routes
from viz.table import ROW_GAP, Box, Picture, Seat, Table

PROVINCE_HEADER, DISTRICT_HEADER = 44, 32
BAND_PADDING = 16
_WANTED_ASPECT = 1.8
_TOO_WIDE = 5.0
_ROW_LIMITS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
_SWEEPS = 3


def lay_out(
    graph: Graph, shown: Collection[str], focus: str | None
) -> tuple[Picture, dict[tuple[str, str], list[float]]]:
    """The layout of a page.

    Args:
        graph: the whole graph.
        shown: ids of the nodes on the page.
        focus: id of the document that the page is about, if any.

    Returns:
        the picture, and the corners (x and y in turn) of its cascade's lines, keyed by (lower, upper) document.
    """
    pairs = list(links(graph, shown))
    table, rows = _best_table(items(graph, shown, focus))
    _uncross(table, rows, pairs)
    spans = table.spans(rows)
    seats, heights = table.seat(spans)
    picture = Picture(table.items, seats, spans, heights)
    cascade = [(lower, upper) for upper, lower in pairs if _is_downward(picture, upper, lower)]
    lanes, gaps = gaps_after(picture, cascade)
    _stack(picture, gaps)
    return picture, routes(picture, cascade, lanes)


def _is_downward(picture: Picture, upper: str, lower: str) -> bool:
    layers = picture.items[upper].layer, picture.items[lower].layer
    return layers[0] < layers[1] and AGENCIES not in (layers[0].kind, layers[1].kind)


def _size(table: Table, rows: int) -> tuple[float, float]:
    spans = table.spans(rows)
    _, heights = table.seat(spans)
    return spans[()].right, sum(heights.values()) + 40 * len(heights)


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


def _stack(picture: Picture, gaps: dict[Layer, float]) -> None:
    """Set the layers below each other, the given room for lines after each, and move every seat to its layer."""
    y = 0.0
    previous: Layer | None = None
    for layer in picture.layers:
        y += _headroom(picture, previous, layer)
        picture.tops[layer] = y
        y = picture.bottom(layer) + gaps.get(layer, ROW_GAP)
        previous = layer
    for id_, seat in picture.seats.items():
        item, box = picture.items[id_], seat.box
        moved = Box(box.x, box.y + picture.tops[item.layer], box.width, box.height)
        picture.seats[id_] = Seat(moved, seat.in_first_row, seat.in_last_row)
        for index, part in enumerate(item.parts):
            dx, dy = item.part_offset(index)
            picture.marks[part] = Box(moved.x + dx, moved.y + dy, MARK, MARK)


def _headroom(picture: Picture, previous: Layer | None, layer: Layer) -> float:
    """The room above a layer for the edge of its band and the names of provinces and districts."""
    before = -1 if previous is None else previous.rank
    if before == layer.rank:
        return 0.0
    room = 2.0 * BAND_PADDING
    if before < PROVINCE <= layer.rank:
        room += PROVINCE_HEADER
    if before <= PROVINCE < layer.rank and any(len(c) == 2 and c[1] for c in picture.spans):
        room += DISTRICT_HEADER
    return room
