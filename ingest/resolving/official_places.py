"""The official spelling of a record's jurisdictions, and their upper parts where the lower one tells them."""

from __future__ import annotations

from collections.abc import Sequence

from graph.places import Gazetteer
from ingest.record import Place
from ingest.resolving.identity import is_known


class OfficialPlaces:
    """Jurisdictions as the gazetteer has them; remembers what it was asked, for a country's documents ask the same."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._known: dict[tuple[Place, tuple[int, int] | None], Place] = {}
        self._parts: dict[str, frozenset[str]] = {}

    def official(self, place: Place, on: str | None) -> Place:
        """A jurisdiction as the gazetteer spells it on a date; as it came where the gazetteer tells no single one.

        An unknown part above a known one is filled in where only one place fits: ("tỉnh ?", "huyện Yên Dũng") is
        Bắc Giang's. What is unknown at the end ("huyện ?") stays so.
        """
        if not place or place[0] == place[-1] == "?":
            return place
        asked = (place, self.gazetteer.period(on))
        if asked not in self._known:
            self._known[asked] = self._official(place, on)
        return self._known[asked]

    def _official(self, place: Place, on: str | None) -> Place:
        *above, last = place
        if last.endswith("?"):
            upper = self.official(tuple(above), on) if above else ()
            return (*upper, last)
        paths = self._paths(last, above, on) or self._paths(last, above, None)
        return paths.pop() if len(paths) == 1 else place

    def _paths(self, last: str, above: Sequence[str], on: str | None) -> set[Place]:
        """The paths of all places of a name that lie in what is known above it."""
        known = [self._names(part) for part in above if not part.endswith("?")]
        paths = {self.gazetteer.path(unit) for unit in self.gazetteer.find(last, on=on)}
        fitting = {path for path in paths if all(names & set(path[:-1]) for names in known)}
        if above[:1] == ["?"]:  # nothing is told, nor how many parts there are
            return fitting
        return {path for path in fitting if len(path) == len(above) + 1} or (fitting if is_known((*above,)) else set())

    def _names(self, part: str) -> frozenset[str]:
        """The official names that a part of a place may have: "tỉnh Đắc Lắc" → {"tỉnh Đắk Lắk"}."""
        if part not in self._parts:
            self._parts[part] = frozenset(unit.name for unit in self.gazetteer.find(part)) | {part}
        return self._parts[part]
