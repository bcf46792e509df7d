"""A graph that is kept up to date is the one that is made anew of the same records, whatever came and went before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.errors import WorkspaceError
from graph.model import Graph
from ingest.build import Stored, build
from ingest.corrections import Corrections
from ingest.projecting.index import Index
from ingest.projecting.update import GlobalChange, update
from ingest.projection import made_anew
from ingest.record import Record
from tests.differences import changed
from tests.records import record
from tests.test_resolve_properties import AGENCIES, BG, YD, raw_records

MORE_AGENCIES = [
    {"name": "Phòng Nội vụ huyện Yên Dũng", "parent": "Ủy ban nhân dân huyện Yên Dũng", "place": [BG, YD]},
    {"name": "Ủy ban nhân dân huyện Yên Dũng", "place": [BG, YD], "level": "huyện"},
    {"name": "Ủy ban nhân dân xã Đồng Phúc", "place": [BG, YD, "xã Đồng Phúc"], "level": "xã"},
    {"name": "Ủy ban nhân dân các huyện", "place": [BG], "level": "huyện", "collective": True},
    {"name": "Bộ Nội vụ", "place": []},
    # two say that it is part of another ministry, of which one is no more
    {"name": "Tổng cục Việc làm", "parent": "Bộ Nội vụ", "place": []},
    {"name": "Tổng cục Việc làm", "parent": "Bộ Lao động - Thương binh và Xã hội", "place": []},
    {"name": "Vụ Tổ chức", "parent": "Tổng cục Việc làm", "place": []},
]
IDS = ["r0", "r1", "r2", "r3"]
NAMED = [f"{id_}#{ref}" for id_ in IDS[:2] for ref in ("this", "d1")]


@st.composite
def linked(draw: st.DrawFn) -> dict[str, Any]:
    """What is said of one of two documents, so that records meet in them."""
    key, place = draw(st.sampled_from([("21-CT/TW", []), ("7/KH-UBND", [BG])]))
    issuer = draw(st.sampled_from([None, "Ban Bí thư Trung ương Đảng" if not place else f"Ủy ban nhân dân {BG}"]))
    day = draw(st.sampled_from([None, "2023", "2023-05-04", "2023-05-04", "2023-04-05"]))
    return {"key": key, "type": None, "issued_on": day, "issuer": issuer, "place": place}


@st.composite
def whole_records(draw: st.DrawFn) -> dict[str, Any]:
    """Records with relations and tasks, of which many speak of the same."""
    raw = draw(raw_records())
    raw["documents"] += draw(st.lists(linked(), min_size=1, max_size=2))
    if draw(st.booleans()):
        own = draw(linked())
        raw["header"] = {"symbol": own.pop("key"), **own}
    raw["recipients"] += draw(st.lists(st.sampled_from(MORE_AGENCIES), max_size=3))
    refs = ["this", *(f"d{n}" for n in range(1, len(raw["documents"]) + 1))]
    ends = st.tuples(st.sampled_from(refs), st.sampled_from(["THUC_HIEN", "CAN_CU"]), st.sampled_from(refs))
    raw["relations"] = [
        {"source": source, "type": type_, "target": target}
        for source, type_, target in [("this", "THUC_HIEN", refs[-1]), *draw(st.lists(ends, max_size=3))]
        if source != target
    ]
    raw["tasks"] = [
        {"start": start, "end": start + 1, "assignments": [draw(AGENCIES | st.sampled_from(MORE_AGENCIES))]}
        for start in draw(st.lists(st.integers(0, 5), max_size=2, unique=True))
    ]
    return raw


@st.composite
def corrections(draw: st.DrawFn) -> Corrections:
    same = draw(st.sampled_from([(), (), (frozenset(NAMED[1:3]),)]))
    different = draw(st.sampled_from([(), (), (frozenset(NAMED[::2]),)]))
    headers = draw(st.sampled_from([{}, {}, {"r0": {"issuer": "Ủy ban nhân dân huyện Yên Dũng", "place": [BG, YD]}}]))
    return Corrections(headers=headers, same=same, different=different)


def stored(said: Record) -> Stored:
    return Stored(said, "Một câu. Hai câu.")


class Kept:
    """A graph that is kept up to date."""

    def __init__(self, said: Corrections) -> None:
        self.index = Index(Path(":memory:"))
        self.said = said
        self.records: dict[str, Stored] = {}
        self.graph = Graph()
        self.whole = 0

    def make(self) -> None:
        with self.index.changing():
            self.graph = made_anew(self.index, self.records, self.said)

    def become(self, records: dict[str, Stored]) -> None:
        """Raises WorkspaceError where the corrections name what is not there; then nothing has changed."""
        before, self.records = self.records, records
        touched = {id_ for id_ in before.keys() | records.keys() if before.get(id_) != records.get(id_)}
        try:
            with self.index.changing():
                found = update(self.index, touched, self._load, self.said)
        except GlobalChange:
            self.whole += 1
            try:
                self.make()
            except WorkspaceError:
                self.records = before
                raise
        else:
            self.graph = changed(self.graph, found)

    def _load(self, id_: str) -> tuple[Record, str] | None:
        found = self.records.get(id_)
        return (found.record, found.text) if found else None

    def check(self) -> None:
        anew = build(self.records, self.said).in_order().nx
        kept = self.graph.in_order().nx
        assert dict(kept.nodes(data=True)) == dict(anew.nodes(data=True))
        assert kept.adj == anew.adj


def holds(records: dict[str, Stored], said: Corrections) -> bool:
    try:
        build(records, said)
    except WorkspaceError:
        return False
    return True


@st.composite
def histories(draw: st.DrawFn, begun: bool = False) -> list[dict[str, Stored]]:
    """What a collection is at one time after another; what is gone may come back, as it was or otherwise.

    Args:
        begun: all are there at first.
    """
    versions = {id_: [stored(record(draw(whole_records()))) for _ in range(2)] for id_ in IDS}
    steps = st.dictionaries(st.sampled_from(IDS), st.integers(0, 1), max_size=4)
    return [
        {id_: versions[id_][n] for id_, n in step.items()} for step in draw(st.lists(steps, min_size=2, max_size=4))
    ]


@settings(max_examples=100, deadline=None)
@given(histories())
def test_what_is_kept_up_to_date_is_what_is_made_anew(history: list[dict[str, Stored]]) -> None:
    kept = Kept(Corrections())
    for records in history:
        kept.become(records)
        kept.check()
    assert kept.whole == 0


@settings(max_examples=50, deadline=None)
@given(histories(begun=True), corrections())
def test_what_a_person_said_holds_in_a_graph_that_is_kept_up_to_date(
    history: list[dict[str, Stored]], said: Corrections
) -> None:
    kept = Kept(said)
    assume(holds(history[0], said))
    kept.records = history[0]
    kept.make()
    for records in history[1:]:
        if holds(records, said):
            kept.become(records)
            kept.check()
        else:  # a name of the corrections that nothing has
            with pytest.raises(WorkspaceError):
                kept.become(records)
