"""Who acts for an agency: the organ that speaks for it, and whoever took over from it by a given day.

What is known of that stands in the graph (query stand_ins): it comes from the dated tables of units and agencies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.store import Store
from queries.ask import run
from queries.standing import is_after

_LEAD = ("Ban cán sự đảng ", "Đảng đoàn ", "Đảng ủy ")
"""Party boards, and the committees that followed them in 2025: "Ban cán sự đảng Chính phủ lãnh đạo xây dựng chương
trình" is met by what Chính phủ issues. A unit's own committee ("Đảng ủy xã X") leads no body of the name that is left.
"""

_ACTS_BY = {"Mặt trận Tổ quốc Việt Nam": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"}
"""Whose committee at the centre has another name than theirs: in a province the Front and its committee are one."""


def acting_body(name: str) -> str | None:
    """The body that a Party board leads, or by which the Front acts; None for any other agency.

    >>> acting_body("Ban cán sự đảng Chính phủ"), acting_body("Đảng ủy Chính phủ"), acting_body("Chính phủ")
    ('Chính phủ', 'Chính phủ', None)
    """
    if not name.startswith(_LEAD):
        return _ACTS_BY.get(name)
    return next(name.removeprefix(board) for board in _LEAD if name.startswith(board))


@dataclass(frozen=True, slots=True)
class StandIn:
    """An agency in another's place.

    Args:
        since: the day from which it holds the duty ("" for an organ of the same committee), perhaps partial.
        part: which part of the work it took over, "" for all.
    """

    id: str
    name: str
    since: str = ""
    part: str = ""


@dataclass(frozen=True)
class Successors:
    """All that is known of who took over from whom; `of` reads it out of a store once."""

    heirs: Mapping[str, Sequence[StandIn]] = field(default_factory=dict)
    organs: Mapping[str, Sequence[StandIn]] = field(default_factory=dict)
    ended: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> Successors:
        heirs: dict[str, list[StandIn]] = defaultdict(list)
        organs: dict[str, list[StandIn]] = defaultdict(list)
        ended: dict[str, str] = {}
        names: dict[str, str] = {}
        for row in run(store, "stand_ins").dicts():
            names[row["agency_id"]] = row["agency"]
            if row["valid_to"]:
                ended[row["agency_id"]] = row["valid_to"]
            if row["how"] == "kế thừa":
                heirs[row["agency_id"]].append(
                    StandIn(row["stand_in_id"], row["stand_in"], row["date"] or "", row["field"] or "")
                )
            elif row["how"]:
                organs[row["agency_id"]].append(StandIn(row["stand_in_id"], row["stand_in"]))
        return cls(heirs, organs, ended, names)

    def gone(self, on: str | None) -> Iterator[tuple[str, str]]:
        """Id and name of each agency that is no more on a day; None is after every change."""
        for id_, ended in self.ended.items():
            if on is None or is_after(on, ended):
                yield id_, self.names[id_]

    def stand_ins(self, agency: str, on: str | None = None) -> Iterator[StandIn]:
        """Who may have done what the agency had to do: its organs, then its heirs and theirs.

        Args:
            on: only who had taken over by this day; None is any time.
        """
        seen = {agency}
        waiting = [StandIn(agency, "")]
        while waiting:
            one = waiting.pop(0)
            for other in (*self.organs.get(one.id, ()), *self.heirs.get(one.id, ())):
                since = max(one.since, other.since)
                if other.id not in seen and not (on and is_after(since, on)):
                    seen.add(other.id)
                    found = StandIn(other.id, other.name, since, other.part or one.part)
                    yield found
                    waiting.append(found)

    def standing(self, agency: str, name: str, on: str | None) -> dict[str, Any]:
        """Whether an agency's duties are with others on a day (`holders`, their names) or with nobody (`orphaned`)."""
        if agency not in self.ended:
            return {"holders": [], "orphaned": False}
        found = self.holders(agency, name, on)
        return {"holders": [one.name for one in found if one.id != agency], "orphaned": not found}

    def holders(self, agency: str, name: str, on: str | None) -> list[StandIn]:
        """Who holds an agency's duties on a day: itself, or whoever took over; none where it is gone without an heir.

        Args:
            on: None is now as far as the tables know, after every change.
        """
        found: dict[str, StandIn] = {}
        seen = {agency}
        waiting = [StandIn(agency, name)]
        while waiting:
            one = waiting.pop(0)
            ended = self.ended.get(one.id)
            if ended is None or (on and not is_after(on, ended)):
                found[one.id] = one
                continue
            for heir in self.heirs.get(one.id, ()):
                if heir.id not in seen:
                    seen.add(heir.id)
                    waiting.append(StandIn(heir.id, heir.name, heir.since, heir.part or one.part))
        return list(found.values())
