"""How long one more document takes, in the cascade of a hundredth of the country and in that of the whole.

The graph of `cascade.py` is taken apart into what each of its documents would say (itself, the plan above it and the
directive, its tasks), and these records are put into a workspace and projected as a whole. Then documents are ingested
by the command line, one by one, each a new plan of a commune that carries out the plan above it. Seconds are of this
machine and this moment; what can be compared is the ratio of the two, measured in the same run.

usage: python -m benchmarks.one_more FOLDER [SHARE …]        FOLDER takes some 6 GB for the whole country (share 1)
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.cascade import cascade
from graph.model import Graph
from ingest.record import AgencyRef, Assignment, CitedDocument, Header, Place, Record, Relation, Task, dump
from ingest.resolving.identity import record_id
from ingest.sources import Source
from ingest.workspace import Workspace

SHARES = (100, 1)
TIMES = 7
"""Documents that are ingested one by one; the first is left out: it finds nothing in the memory of the machine."""

FOUND = {"start": 0, "end": 20, "rule": "made", "confidence": 0.9}
ROLES = {"PHOI_HOP": "phối hợp", "BAO_CAO": "báo cáo"}
TEXT = "Ủy ban nhân dân ban hành kế hoạch và giao nhiệm vụ cho các cơ quan, đơn vị. "
PLAN = """ỦY BAN NHÂN DÂN
{unit}

Số: {number}/KH-UBND

{name}, ngày 12 tháng 4 năm 2024

KẾ HOẠCH
Thực hiện Chỉ thị số {directive} ngày {day} của Thủ tướng Chính phủ về việc thực hiện nhiệm vụ trọng tâm

Thực hiện Kế hoạch số {above} ngày {above_day} của {issuer}, Ủy ban nhân dân xã ban hành kế hoạch như sau:

1. Công chức Văn hóa - Xã hội: Rà soát, tổng hợp nhu cầu trước ngày 30/6/2024.
2. Các tổ chức đoàn thể phối hợp tuyên truyền đến nhân dân.
"""


def place_of(node: Any) -> Place:
    return tuple(reversed(str(node.properties["place"]).split(", "))) if node.properties.get("place") else ()


class Papers:
    """The documents of a cascade as records."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def __iter__(self) -> Iterator[Record]:
        for node in self._graph.nodes("Document"):
            yield self._record(node.id)

    def above(self, id_: str) -> str | None:
        """The document that one carries out."""
        return next((b for _, b, type_ in self._graph.nx.out_edges(id_, data="type") if type_ == "THUC_HIEN"), None)

    def _record(self, id_: str) -> Record:
        said = self._graph.node(id_).properties
        place = place_of(self._graph.node(id_))
        header = Header(
            **{name: said[name] for name in ("type", "symbol", "issued_on", "issuer", "level", "title")},  # type: ignore[arg-type]
            issuer_head="Ủy ban nhân dân" if place else "Thủ tướng Chính phủ",
            place=place,
        )
        above = self.above(id_)
        root = f"d{id_.removeprefix('d').partition('-')[0]}"
        cited = [one for one in dict.fromkeys((above, root)) if one and one != id_]
        return Record(
            file=f"{id_}.docx",
            header=header,
            recipients=tuple(
                AgencyRef(**FOUND, **self._agency(b))
                for _, b, type_ in self._graph.nx.out_edges(id_, data="type")
                if type_ == "GUI"
            ),
            documents=tuple(self._cited(n, one) for n, one in enumerate(cited, 1)),
            relations=(Relation(**FOUND, source="this", type="THUC_HIEN", target="d1"),) if cited else (),  # type: ignore[arg-type]
            tasks=tuple(self._tasks(id_)),
        )

    def _cited(self, number: int, id_: str) -> CitedDocument:
        node = self._graph.node(id_)
        said = {name: node.properties[name] for name in ("type", "issued_on", "issuer", "level")}
        ref = {"ref": f"d{number}", "key": node.properties["symbol"], "place": place_of(node)}
        return CitedDocument(**{**FOUND, "start": 25 * number, "end": 25 * number + 20}, **said, **ref)  # type: ignore[arg-type]

    def _agency(self, id_: str) -> dict[str, Any]:
        node = self._graph.node(id_)
        place, name = place_of(node), str(node.properties["name"])
        head = name.removesuffix(f" {place[-1]}") if place else name
        told = {key: node.properties[key] for key in ("level", "collective")}
        return {"name": name, "head": head, "written": head, "kind": "", "place": place, **told}

    def _tasks(self, id_: str) -> Iterator[Task]:
        for _, task, type_ in self._graph.nx.out_edges(id_, data="type"):
            if type_ == "GOM":
                told = self._graph.node(task).properties
                given = [
                    Assignment(**FOUND, **self._agency(b), role=ROLES.get(edge["type"]) or edge["role"])
                    for _, b, edge in self._graph.nx.out_edges(task, data=True)
                ]
                yield Task(
                    **FOUND,  # type: ignore[arg-type]
                    section=str(told["section"]),
                    anchor="",
                    text=str(told["text"]),
                    deadline=str(told["deadline"]),
                    requires_plan=bool(told["requires_plan"]),
                    assignments=tuple(given),
                )


def put(workspace: Path, record: Record) -> None:
    """Put a record where a workspace keeps it, without waiting for the disk each time."""
    id_ = record_id(record)
    folder = workspace / "documents" / id_
    folder.mkdir(parents=True, exist_ok=True)  # two plans of one unit and one day may have drawn one number
    (folder / "text.txt").write_text(TEXT * 3, "utf-8")
    (folder / "record.json").write_bytes(dump(record))
    source = Source(f"/nowhere/{record.file}", "", "")
    kept = {"path": source.path, "sha256": "", "program": "", "place": None, "also": []}
    (folder / "source.json").write_bytes(orjson.dumps(kept))


def plans(graph: Graph, folder: Path) -> Iterator[Path]:
    """New plans of communes, as files."""
    papers = Papers(graph)
    communes = [node for node in graph.nodes("Document") if node.properties["level"] == "xã"]
    for number, node in enumerate(communes[:: len(communes) // TIMES][:TIMES]):
        above = graph.node(papers.above(node.id) or "").properties
        directive = graph.node(f"d{node.id.removeprefix('d').partition('-')[0]}").properties
        unit = place_of(node)[-1]
        text = PLAN.format(
            unit=unit.upper(),
            name=unit.partition(" ")[2],
            number=401 + number,
            directive=directive["symbol"],
            day="/".join(reversed(str(directive["issued_on"]).split("-"))),
            above=above["symbol"],
            above_day="/".join(reversed(str(above["issued_on"]).split("-"))),
            issuer=above["issuer"],
        )
        file = folder / f"plan-{number}.txt"
        file.write_text(text, "utf-8")
        yield file


@dataclass(frozen=True, slots=True)
class Taken:
    """Records of a workspace, the seconds that its whole graph took, and those of one more document (the median)."""

    records: int
    whole: float
    clock: float
    processor: float


def prepared(folder: Path, share: int) -> tuple[int, float, list[Path]]:
    """Make a workspace where there is none: its records, the seconds that its graph takes, and files to ingest."""
    workspace, graph = folder / f"share-{share}", cascade(share)
    begin = time.perf_counter()
    if not (workspace / "stamp").exists():
        for record in Papers(graph):
            put(workspace, record)
        begin = time.perf_counter()
        with Workspace(workspace, create=True) as held:
            held.rebuild()
    whole = time.perf_counter() - begin
    (papers := folder / f"papers-{share}").mkdir(exist_ok=True)
    return sum(1 for _ in graph.nodes("Document")), whole, list(plans(graph, papers))


def ingested(file: Path, workspace: Path) -> tuple[float, float]:
    """Seconds, and the processor's, of the command for one document."""
    begin, before = time.perf_counter(), processor_time()
    command = [sys.executable, "-m", "vanmach", "ingest", str(file), "-w", str(workspace)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin, processor_time() - before


def processor_time() -> float:
    """Seconds that the processor has worked for commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(folder: Path, shares: Sequence[int]) -> dict[int, Taken]:
    """Ingest documents into the workspaces of all shares in turn: whatever else the machine does slows all of them."""
    made = {share: prepared(folder, share) for share in shares}
    taken: dict[int, list[tuple[float, float]]] = {share: [] for share in shares}
    for number in range(TIMES):
        for share in shares:
            taken[share].append(ingested(made[share][2][number], folder / f"share-{share}"))
    found = {}
    for share, (records, whole, _) in made.items():
        clock, processor = (statistics.median(times) for times in zip(*taken[share][1:], strict=True))
        found[share] = Taken(records, whole, clock, processor)
    return found


def main() -> int:
    folder, *given = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    found = measured(Path(folder), [int(share) for share in given] or SHARES)
    first = next(iter(found.values()))
    print(f"{'records':>9}{'whole s':>10}{'one more: s':>13}{'ratio':>7}{'processor s':>13}{'ratio':>7}")
    for one in found.values():
        clock, processor = one.clock / first.clock, one.processor / first.processor
        print(f"{one.records:9}{one.whole:10.1f}{one.clock:13.2f}{clock:7.2f}{one.processor:13.2f}{processor:7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
