"""How much of a cascade one picture shows: all of it, or what lies down to a level or in a province.

A picture of ten thousand documents takes long to lay out and says little: a large cascade is shown down to the level at
which it is still one, and a province of it down to the communes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import QueryParameterError
from graph.schema import schema
from queries.deficit import province

MOST = 3_000
"""Documents of one picture."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a cascade, and where it belongs."""

    id: str
    level: str | None
    place: str | None


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
    """The extents that a cascade can be shown in, and the one that is.

    `levels` and `provinces` are empty where all of it fits into one picture; `left_out` counts the documents of the
    chosen extent that are too many even so.
    """

    chosen: Extent
    members: Sequence[Member]
    total: int
    left_out: int = 0
    levels: Sequence[str] = ()
    provinces: Sequence[str] = ()


def choose(cascade: Sequence[Member], asked: Extent) -> Choice:
    """What is shown of a cascade.

    Args:
        cascade: its documents, the nearest to its top first.
        asked: what somebody asked for; nothing of it given is down to the deepest level that fits.

    Raises:
        QueryParameterError: the cascade has no such level or province.
    """
    if len(cascade) <= MOST:
        return Choice(Extent(), cascade, len(cascade))
    levels = [level for level in schema().levels if any(one.level == level for one in cascade)]
    provinces = sorted({name for one in cascade if (name := province(one.place))})
    for name, value, known in (("level", asked.level, levels), ("province", asked.province, provinces)):
        if value is not None and value not in known:
            raise QueryParameterError(f"the cascade has no {name} {value!r}", f"one of {', '.join(known)}")
    chosen = asked if asked != Extent() else Extent(level=_deepest(cascade, levels))
    members = [one for one in cascade if chosen.holds(one.level, one.place)]
    return Choice(chosen, members[:MOST], len(cascade), max(0, len(members) - MOST), levels, provinces)


def _deepest(cascade: Sequence[Member], levels: Sequence[str]) -> str | None:
    """The deepest level down to which a cascade fits into one picture; where even the highest does not, that one."""
    number = Counter(one.level for one in cascade)
    fitting = [level for n, level in enumerate(levels) if sum(number[above] for above in levels[: n + 1]) <= MOST]
    return fitting[-1] if fitting else levels[0] if levels else None
