"""How much of a cascade, or of the collection, one picture shows: all, or what lies down to a level or in a province.

A picture of ten thousand documents takes long to lay out and says little: a large cascade is shown down to the level at
which it is still one, and a province of it down to the communes. Documents are only counted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import QueryParameterError
from graph.schema import schema
from queries.deficit import province

MOST = 3_000
"""Documents of one picture."""


Home = tuple[str | None, str | None]
"""The level and the place of a document."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What is shown: the documents down to a level (None: all levels), of one province alone (None: of all)."""

    level: str | None = None
    province: str | None = None

    def holds(self, level: str | None, place: str | None) -> bool:
        """Whether something of this level and place is shown; what is of no province stands above them all."""
        if self.level is not None and schema().rank(level) > schema().rank(self.level):
            return False
        return self.province is None or province(place) in ("", self.province)


@dataclass(frozen=True, slots=True)
class Choice:
    """The extents that documents can be shown in, and the one that is.

    `shown` and `total` count documents; `levels` and `provinces` are empty where all fit into one picture; `left_out`
    counts the documents of the chosen extent that are too many even so.
    """

    chosen: Extent
    shown: int
    total: int
    left_out: int = 0
    levels: Sequence[str] = ()
    provinces: Sequence[str] = ()


def choose(documents: Mapping[Home, int], asked: Extent) -> Choice:
    """What is shown of documents.

    Args:
        documents: how many there are of each level and place.
        asked: what somebody asked for; nothing of it given is down to the deepest level that fits.

    Raises:
        QueryParameterError: there is no document of such a level or province.
    """
    total = sum(documents.values())
    if total <= MOST:
        return Choice(Extent(), total, total)
    levels = [level for level in schema().levels if any(level == here for here, _ in documents)]
    provinces = sorted({name for _, place in documents if (name := province(place))})
    for name, value, known in (("level", asked.level, levels), ("province", asked.province, provinces)):
        if value is not None and value not in known:
            raise QueryParameterError(f"the picture has no {name} {value!r}", f"one of {', '.join(known)}")
    chosen = asked if asked != Extent() else Extent(level=_deepest(documents, levels))
    held = sum(number for home, number in documents.items() if chosen.holds(*home))
    return Choice(chosen, min(held, MOST), total, max(0, held - MOST), levels, provinces)


def _deepest(documents: Mapping[Home, int], levels: Sequence[str]) -> str | None:
    """The deepest level down to which documents fit into one picture; where even the highest does not, that one."""
    number: Counter[str | None] = Counter()
    for (level, _), here in documents.items():
        number[level] += here
    fitting = [level for n, level in enumerate(levels) if sum(number[above] for above in levels[: n + 1]) <= MOST]
    return fitting[-1] if fitting else levels[0] if levels else None
