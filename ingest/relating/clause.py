"""What is open while the mentions of a clause are read from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.record import CitedDocument
from ingest.relation_cues import Cue
from ingest.values import value


@value(frozen=True, slots=True)
class At:
    """One mention of a document, at `text[start:end]`."""

    start: int
    end: int
    document: CitedDocument


@dataclass(frozen=True, slots=True)
class Governor:
    """Whose title states what a list goes on with; `passive` where the listed change it: "A được sửa đổi bởi B, C"."""

    at: At
    kind: str
    passive: bool = False
    target: str | None = None  # the type of what it was last said of
    above: Governor | None = None  # whose title this one stands in


@dataclass(frozen=True, slots=True)
class Several:
    """Documents of one title that are numbered behind it: "các Nghị định quy định chi tiết Luật A (số 1/…, số 2/…)".

    `at` is what the title names, `kind` how each is related to it, `outer` the cue that governs them; the numbers end
    at `end`.
    """

    at: At
    type: str
    kind: str
    outer: Cue | None
    end: int


@dataclass(slots=True)
class Clause:
    """What is open while mentions are read from left to right.

    `titles` are the mentions whose titles are open, the outermost first; `outer` the cue that governs documents which
    stand in no title; `governor` is what a list goes on with, if the last mention may begin one; `beside` what the last
    mention is named in one breath with ("Kế hoạch A và Kế hoạch B").
    """

    titles: list[At] = field(default_factory=list)
    outer: Cue | None = None
    last: At | None = None
    governor: Governor | None = None
    beside: tuple[At, ...] = ()
    several: Several | None = None

    def close(self) -> None:
        self.titles.clear()
        self.governor = None
