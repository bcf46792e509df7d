"""The picture as a table: rows are layers, columns are provinces with their districts, cells hold items."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from viz.columns import LAST, Column, column, settled, with_provinces
from viz.items import AGENCIES, CARD_WIDTH, DOCUMENTS, LOOSE, Item, Layer

GUTTER = 18
"""Free room at the left of every card, for the line that comes down to it."""
PITCH = GUTTER + CARD_WIDTH + 6
ROW_GAP = 12
PROVINCE_GAP, DISTRICT_GAP, PADDING = 36, 14, 12


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in layout units (CSS pixels at zoom 1), y downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an item stands inside its cell."""

    box: Box
    in_first_row: bool
    in_last_row: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The left and right end of a column."""

    left: float
    right: float


@dataclass(slots=True)
class Picture:
    """The finished layout: the column and the seat of each item, spans of columns, layers with their heights."""

    items: dict[str, Item]
    homes: dict[str, Column]
    seats: dict[str, Seat]
    spans: dict[Column, Span]
    heights: dict[Layer, float]

    @property
    def layers(self) -> list[Layer]:
        return sorted(self.heights)


class Table:
    """Items sorted into cells (layer × column); an arrangement can be tried with any limit of rows in a cell."""

    def __init__(self, found: Collection[Item], *, districts: bool) -> None:
        self.items = {item.id: item for item in found}
        self.districts = districts
        homes = {item.id: column(item.place, item.layer.rank, districts=districts) for item in found}
        inhabited = with_provinces(homes[item.id] for item in found if item.layer.kind in (DOCUMENTS, LOOSE))
        self.home = {id_: settled(home, inhabited) for id_, home in homes.items()}
        self.cells: dict[Layer, dict[Column, list[Item]]] = {}
        for item in sorted(found, key=lambda item: item.layer):
            self.cells.setdefault(item.layer, {}).setdefault(self.home[item.id], []).append(item)
        provinces = {home[0] for home in self.home.values() if home}
        self.provinces: list[str] = sorted(provinces, key=lambda name: (name in LAST, name))
        self.leaves: dict[str, list[Column]] = {name: [] for name in self.provinces}
        for home in sorted({home for home in self.home.values() if len(home) == 2}):
            self.leaves[home[0]].append(home)

    def spans(self, rows: int) -> dict[Column, Span]:
        """How wide every column is, and where, when a cell may have so many rows of documents."""
        need: dict[Column, int] = defaultdict(int)
        for layer, cells in self.cells.items():
            for home, cell in cells.items():
                need[home] = max(need[home], math.ceil(len(cell) / _row_limit(layer, rows)))
        spans: dict[Column, Span] = {}
        x = 0.0
        for province in self.provinces:
            left = x
            x += PADDING
            for leaf in self.leaves[province]:
                spans[leaf] = Span(x, x + need[leaf] * PITCH)
                x = spans[leaf].right + DISTRICT_GAP
            x = max(x - DISTRICT_GAP if self.leaves[province] else x, left + PADDING + need[(province,)] * PITCH)
            self._centre(spans, self.leaves[province], left + PADDING, x)
            spans[(province,)] = Span(left + PADDING, x)
            x += PADDING + PROVINCE_GAP
        right = max(x - PROVINCE_GAP, need[()] * PITCH)
        self._centre(spans, [c for c in spans if c], 0, right)
        spans[()] = Span(0, right)
        return spans

    @staticmethod
    def _centre(spans: dict[Column, Span], columns: Iterable[Column], left: float, right: float) -> None:
        """Shift columns that are narrower than what stands above them to its middle."""
        inside = [spans[c] for c in columns]
        if inside:
            shift = (left + right - min(s.left for s in inside) - max(s.right for s in inside)) / 2
            for c in columns:
                spans[c] = Span(spans[c].left + shift, spans[c].right + shift)

    def seat(self, spans: dict[Column, Span]) -> tuple[dict[str, Seat], dict[Layer, float]]:
        """Put every cell's items in rows, y from the layer's top; also each layer's height."""
        seats: dict[str, Seat] = {}
        heights: dict[Layer, float] = {}
        for layer, cells in self.cells.items():
            heights[layer] = max(_seat_cell(cell, spans[home], seats) for home, cell in cells.items())
        return seats, heights


def _row_limit(layer: Layer, rows: int) -> int:
    return {AGENCIES: max(4, 2 * rows), LOOSE: max(4, 2 * rows)}.get(layer.kind, rows)


def _seat_cell(cell: list[Item], span: Span, seats: dict[str, Seat]) -> float:
    """Fill balanced rows, each centred in the span; return the height."""
    fit = max(1, int((span.right - span.left + 1) // PITCH))
    row_count = math.ceil(len(cell) / fit)
    per_row = math.ceil(len(cell) / row_count)
    y = 0.0
    for index in range(row_count):
        row = cell[index * per_row : (index + 1) * per_row]
        # rows of a many-rowed cell start at one left edge, so that their gutters are one line
        x = (span.left + span.right - (len(row) if row_count == 1 else per_row) * PITCH) / 2 + GUTTER
        for item in row:
            seats[item.id] = Seat(Box(x, y, item.width, item.height), index == 0, index == row_count - 1)
            x += PITCH
        y += max((item.height for item in row), default=0) + ROW_GAP
    return max(0.0, y - ROW_GAP)
