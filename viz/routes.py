"""The lines of the cascade: out of the upper document, along a lane in the gap below it, down to the lower one.

Lines from one document share its lane, so that a hundred plans under one directive are one clean comb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from viz.items import Layer
from viz.table import GUTTER, ROW_GAP, Picture

LANE = 7
FIRST_LANE, AFTER_LANES = 12, 14
_MOST_LANES = 14
_BIN = 6


def _gutter(picture: Picture, id_: str) -> float:
    return picture.seats[id_].box.x - GUTTER / 2


class Ways:
    """Where a line can come straight down to a document without passing behind another card."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.layers = picture.layers
        self.taken: dict[Layer, set[int]] = defaultdict(set)
        for id_, seat in picture.seats.items():
            columns = range(int(seat.box.x // _BIN), int((seat.box.x + seat.box.width) // _BIN) + 1)
            self.taken[picture.items[id_].layer].update(columns)

    def is_free(self, lower: str, upper: str) -> bool:
        seat = self.picture.seats[lower]
        first = self.layers.index(self.picture.items[upper].layer) + 1
        between = self.layers[first : self.layers.index(self.picture.items[lower].layer)]
        return seat.in_first_row and all(int(seat.box.middle // _BIN) not in self.taken[layer] for layer in between)


def gaps_after(picture: Picture, cascade: Collection[tuple[str, str]]) -> tuple[dict[str, int], dict[Layer, float]]:
    """Give each upper document a lane that no other one's lines overlap; also the room that each layer's lanes need."""
    ways = Ways(picture)
    reach: dict[str, list[float]] = defaultdict(list)
    for lower, upper in cascade:
        here = picture.seats[upper]
        reach[upper].append(here.box.middle if here.in_last_row else _gutter(picture, upper))
        seat = picture.seats[lower]
        reach[upper].append(seat.box.middle if ways.is_free(lower, upper) else _gutter(picture, lower))
    lanes: dict[str, int] = {}
    ends: dict[Layer, list[float]] = defaultdict(list)
    for upper in sorted(reach, key=lambda u: (picture.items[u].layer, min(reach[u]), u)):
        taken = ends[picture.items[upper].layer]
        lane = next((i for i, end in enumerate(taken) if end < min(reach[upper]) - LANE), len(taken))
        lane = min(lane, _MOST_LANES - 1)
        taken[lane : lane + 1] = [max(reach[upper])]
        lanes[upper] = lane
    gaps: dict[Layer, float] = {layer: FIRST_LANE + LANE * len(taken) + AFTER_LANES for layer, taken in ends.items()}
    return lanes, gaps


def routes(
    picture: Picture, cascade: Collection[tuple[str, str]], lanes: dict[str, int]
) -> dict[tuple[str, str], list[float]]:
    """The corners of each line, x and y in turn, from the lower document up to the upper one."""
    ways = Ways(picture)
    found: dict[tuple[str, str], list[float]] = {}
    for lower, upper in cascade:
        bus = picture.bottom(picture.items[upper].layer) + FIRST_LANE + LANE * lanes[upper]
        low, up = picture.seats[lower].box, picture.seats[upper].box
        if ways.is_free(lower, upper):
            points = [low.middle, low.y, low.middle, bus]
        else:
            gutter = _gutter(picture, lower)
            middle = low.y + min(low.height, 44) / 2
            points = [low.x, middle, gutter, middle, gutter, bus]
        if picture.seats[upper].in_last_row:
            points += [up.middle, bus, up.middle, up.bottom]
        else:
            side, turn = _gutter(picture, upper), up.bottom + ROW_GAP / 2
            points += [side, bus, side, turn, up.middle, turn, up.middle, up.bottom]
        found[lower, upper] = points
    return found
