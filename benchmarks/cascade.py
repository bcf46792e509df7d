"""The cascade of a whole country, made up from a seed through the program's own model.

As the country was before July 2025: each directive has a plan in every province (63), every district (705) and every
commune (10,599), each implementing the one above it, with tasks, leads, coordinators, reports, deadlines and evidence.
Names of places are those of the gazetteer; everything that a document says is made up. A share of the units has no
plan, and some are late, so that the check has something to find.

    graph = cascade(share=100)        # a hundredth of the country
    python benchmarks/cascade.py --share 10 -o cascade.json
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from graph.model import Edge, Evidence, Graph, Node
from graph.places import Place, places
from graph.schema import Value
from graph.serialise import write
from ingest.resolving.identity import search_text

ON = "2023-10"
"""The country of this month."""

DIRECTIVES = 20
SEED = 21

_TASKS = {"trung ương": 12.0, "tỉnh": 10.0, "huyện": 4.0, "xã": 0.6}
"""How many tasks a document of each level gives, on average."""
_MISSING = {"tỉnh": 0.03, "huyện": 0.05, "xã": 0.08}
"""The share of units that were told to issue a plan and have none."""
_LATE = 0.1
_DAYS = {"tỉnh": 120, "huyện": 60, "xã": 45}
"""Days that a unit has for its plan after the one above it."""
_OFFICES = {
    "trung ương": ("Bộ Nội vụ", "Bộ Tài chính", "Bộ Giáo dục và Đào tạo", "Bộ Y tế"),
    "tỉnh": ("Sở Nội vụ", "Sở Tài chính", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Tư pháp", "Sở Công Thương"),
    "huyện": ("Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Giáo dục và Đào tạo", "Phòng Tư pháp"),
    "xã": ("Công chức Văn hóa - Xã hội",),
}
_WORK = (
    "rà soát, tổng hợp nhu cầu và đề xuất giải pháp",
    "tuyên truyền đến cán bộ và nhân dân",
    "tổ chức tập huấn cho cán bộ phụ trách",
    "kiểm tra, giám sát việc thực hiện",
    "bố trí kinh phí trong dự toán hằng năm",
    "báo cáo kết quả thực hiện hằng quý",
)
_BELOW = {"trung ương": "tỉnh", "tỉnh": "huyện", "huyện": "xã"}
_COLLECTIVE = {
    "tỉnh": "Ủy ban nhân dân các tỉnh, thành phố",
    "huyện": "Ủy ban nhân dân các huyện, thị xã, thành phố",
    "xã": "Ủy ban nhân dân các xã, phường, thị trấn",
}


@dataclass(frozen=True, slots=True)
class _Unit:
    """A place with its committee and its offices (ids of agencies)."""

    place: Place
    path: str
    committee: str
    offices: tuple[str, ...]
    collective: str | None
    """The class of the committees below it."""


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    symbol: str
    issued: date


class _Cascade:
    def __init__(self, share: int, directives: int, seed: int, *, complete: bool) -> None:
        self.graph = Graph()
        self.random = Random(seed)
        self.share = share
        self.directives = directives
        self.complete = complete
        self.gazetteer = places()
        self.below: dict[str, list[_Unit]] = {}

    # who there is

    def make(self) -> Graph:
        country = self._unit(self.gazetteer.get("vn"), None)
        for unit in self._provinces():
            self._units_below(self._unit(unit, country), country)
        for number in range(1, self.directives + 1):
            self._issue(number, country)
        return self.graph

    def _provinces(self) -> list[Place]:
        """One province of each `share`, at least one, spread over the country."""
        found = self.gazetteer.children(self.gazetteer.get("vn"), on=ON)
        step = min(self.share, len(found))
        return found[step // 2 :: step]

    def _units_below(self, unit: _Unit, above: _Unit) -> None:
        self.below.setdefault(above.place.id, []).append(unit)
        parts = self.gazetteer.children(unit.place, on=ON)
        # beyond one province in sixty-three the share is taken of the districts
        if unit.place.level == "tỉnh" and self.share > 63:
            parts = parts[: max(1, len(parts) * 63 // self.share)]
        for part in parts:
            self._units_below(self._unit(part, unit), unit)

    def _unit(self, place: Place, above: _Unit | None) -> _Unit:
        path = ", ".join(reversed(self.gazetteer.path(place)))
        self.graph.add(Node(place.id, "Place", {"name": place.name, "level": place.level, "code": place.code}))
        if above is None:
            committee = self._agency("chinh-phu", "Chính phủ", "chính phủ", place, "")
        else:
            self._connect(place.id, "THUOC", above.place.id)
            name = f"Ủy ban nhân dân {place.name}"
            committee = self._agency(f"ubnd-{place.id}", name, "ủy ban nhân dân", place, path)
            if above.collective:
                self._connect(committee, "THUOC", above.collective)
        offices = tuple(
            self._agency(f"{place.id}-{index}", f"{name} {place.name}".strip(), "sở", place, path, committee)
            for index, name in enumerate(_OFFICES[place.level])
        )
        below = _BELOW.get(place.level)
        collective = None
        if below:
            named = f"{_COLLECTIVE[below]} {place.name if above else ''}".strip()
            collective = self._agency(f"cac-{place.id}", named, "nhóm", place, path, collective=True, level=below)
        return _Unit(place, path, committee, offices, collective)

    def _agency(
        self,
        id_: str,
        name: str,
        kind: str,
        place: Place,
        path: str,
        parent: str | None = None,
        *,
        collective: bool = False,
        level: str | None = None,
    ) -> str:
        facts: dict[str, Value] = {"name": name, "kind": kind, "level": level or place.level, "collective": collective}
        placed: dict[str, Value] = {"place": path} if path else {}
        self.graph.add(Node(id_, "Agency", {**facts, **placed, "search": search_text(name)}))
        if parent:
            self._connect(id_, "THUOC", parent)
        elif not collective:
            self._connect(id_, "THUOC", place.id)
        return id_

    # what is issued

    def _issue(self, number: int, country: _Unit) -> None:
        issued = date(2022, 1, 10) + timedelta(days=30 * number)
        symbol, title = f"{number}/CT-TTg", f"Về việc thực hiện nhiệm vụ trọng tâm thứ {number}"
        top = self._document(f"d{number}", symbol, "Chỉ thị", title, country, issued)
        self._tasks(top, country, issued)
        for unit in self.below.get(country.place.id, ()):
            self._plan(number, unit, top, title)

    def _plan(self, number: int, unit: _Unit, above: _Document, title: str) -> None:
        level = unit.place.level
        if self.random.random() < _MISSING[level] and not self.complete:
            return  # and so have none of those below it: their order was never given
        days = _DAYS[level] + (15 if self.random.random() < _LATE else -self.random.randrange(1, 30))
        issued = above.issued + timedelta(days=days)
        plan = self._document(
            f"d{number}-{unit.place.id}", f"{self.random.randrange(1, 400)}/KH-UBND", "Kế hoạch",
            f"Thực hiện {above.symbol} {title[0].lower()}{title[1:]}", unit, issued,
        )  # fmt: skip
        self._state(plan.id, "THUC_HIEN", above.id, plan.id, 300, f"Thực hiện {above.symbol} ngày {above.issued}")
        self._tasks(plan, unit, issued)
        for part in self.below.get(unit.place.id, ()):
            self._plan(number, part, plan, title)

    def _document(self, id_: str, symbol: str, type_: str, title: str, unit: _Unit, issued: date) -> _Document:
        issuer = "Thủ tướng Chính phủ" if unit.place.level == "trung ương" else f"Ủy ban nhân dân {unit.place.name}"
        properties = {
            "symbol": symbol,
            "type": type_,
            "title": title,
            "issued_on": issued.isoformat(),
            "issuer": issuer,
            "level": unit.place.level,
            "place": unit.path,
            "status": "ingested",
            "source": f"{id_}.docx",
            "search": search_text(symbol, type_, title, issuer),
        }
        self.graph.add(Node(id_, "Document", {k: v for k, v in properties.items() if v}))
        self._state(unit.committee, "BAN_HANH", id_, id_, 0, issuer)
        if unit.collective:
            self._state(id_, "GUI", unit.collective, id_, 9_000, self.graph.nx.nodes[unit.collective]["name"])
        return _Document(id_, symbol, issued)

    def _tasks(self, document: _Document, unit: _Unit, issued: date) -> None:
        whole, rest = divmod(_TASKS[unit.place.level], 1)
        for ordinal in range(1, int(whole) + (self.random.random() < rest) + 1):
            orders = ordinal == 1 and unit.collective is not None
            self._task(document, ordinal, unit, issued, orders=orders)

    def _task(self, document: _Document, ordinal: int, unit: _Unit, issued: date, *, orders: bool) -> None:
        lead = unit.collective if orders and unit.collective else self.random.choice(unit.offices)
        name = str(self.graph.nx.nodes[lead]["name"])
        work = "ban hành kế hoạch thực hiện" if orders else self.random.choice(_WORK)
        due = issued + timedelta(days=_DAYS[_BELOW[unit.place.level]] if orders else self.random.randrange(90, 400))
        id_, start = f"{document.id}#{ordinal}", 1_000 + 200 * ordinal
        text = f"{name} {work}, hoàn thành trước ngày {due:%d/%m/%Y}."
        properties: dict[str, Value] = {
            "document": document.id,
            "ordinal": ordinal,
            "section": f"III.{ordinal}",
            "heading": "Tổ chức thực hiện",
            "text": text,
            "deadline": due.isoformat(),
            "deadline_text": f"trước ngày {due:%d/%m/%Y}",
            "requires_plan": orders,
            **({"plan_deadline": due.isoformat()} if orders else {}),
            "start": start,
            "end": start + len(text),
        }
        self.graph.add(Node(id_, "Task", properties))
        self._state(document.id, "GOM", id_, document.id, start, text)
        self._state(id_, "GIAO", lead, document.id, start, text, role="chủ trì")
        for office in self.random.sample(unit.offices, min(2, len(unit.offices))):
            if office != lead:
                self._state(id_, "PHOI_HOP", office, document.id, start + 20, text)
        self._state(id_, "BAO_CAO", unit.committee, document.id, start + 40, text)

    # edges

    def _connect(self, source: str, type_: str, target: str) -> None:
        self.graph.connect(Edge(source, type_, target, None, "graph/data/places.csv"))

    def _state(self, source: str, type_: str, target: str, doc: str, start: int, quote: str, **own: str) -> None:
        evidence = Evidence(doc, start, start + len(quote), "made up", 0.9, "III", quote)
        self.graph.connect(Edge(source, type_, target, evidence, "", own))


def cascade(share: int = 1, directives: int = DIRECTIVES, seed: int = SEED, *, complete: bool = False) -> Graph:
    """The graph of a share of the country.

    Args:
        share: 1 is the whole country, 10 its tenth, 100 its hundredth.
        directives: how many directives travel through it.
        seed: the same seed gives the same graph.
        complete: every unit has its plan; else a share of them has none.
    """
    return _Cascade(share, directives, seed, complete=complete).make()


def counts(graph: Graph) -> Iterator[str]:
    """How many nodes and edges there are, one line each."""
    yield f"{graph.nx.number_of_nodes():,} nodes, {graph.nx.number_of_edges():,} edges"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="1: the whole country, 10: its tenth (default: 1)")
    parser.add_argument("-o", "--output", type=Path, help="write the graph as JSON")
    args = parser.parse_args()
    graph = cascade(args.share)
    print("\n".join(counts(graph)), file=sys.stderr)
    if args.output:
        write(graph, "json", args.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
