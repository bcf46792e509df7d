"""What the national benchmark measures: the embedded store, Neo4j over Bolt, and the plain networkx program.

Each is loaded in a process of its own and asked in another, so that the memory of one is not that of the other.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import orjson

from benchmarks import plain
from benchmarks.cascade import cascade
from graph.bolt import BoltStore
from graph.embedded import EmbeddedStore
from graph.model import Graph
from graph.serialise import write
from graph.store import Limits, Store
from ingest.workspace import Workspace
from queries.ask import run
from queries.compliance import check
from vanmach.app import collect_seldom

LIMITS = Limits(seconds=600, rows=1_000_000)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, as the query file that asks it and as what the plain program calls."""

    name: str
    query: str
    parameters: Mapping[str, str]
    plain: str
    same_rows: bool = True
    """Whether the plain program's rows are those of the query; its check is a set difference."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Seconds, bytes on the disk, and the most memory (bytes) that the loading process had, graph and all."""

    seconds: float
    size: int
    memory: int


@dataclass(frozen=True, slots=True)
class Answer:
    """How long a question took, and what tells its rows from other rows."""

    seconds: float
    rows: int
    digest: str


class Asked:
    """A process that keeps one system open and answers questions."""

    def __init__(self, system: str, where: str) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_answer, args=(theirs, system, where), daemon=True)
        self._process.start()
        self._get()

    def ask(self, question: Question) -> Answer:
        self._pipe.send(question)
        answer: Answer = self._get()
        return answer

    def close(self) -> int:
        """End the process; the most memory that it had, in bytes."""
        self._pipe.send(None)
        memory: int = self._get()
        self._process.join()
        return memory

    def _get(self) -> Any:
        found = self._pipe.recv()
        if isinstance(found, Exception):
            raise found
        return found


def make(share: int, file: Path) -> list[Question]:
    """Write the cascade of this share as the JSON that networkx reads, and say what to ask it."""
    found: list[Question] = _in_a_process(_make, share, file)
    return found


def load(system: str, share: int, where: str) -> Loaded:
    """Load the cascade of this share, in a process of its own that makes it first.

    Args:
        system: "embedded", "Neo4j" or "networkx".
        share: as `benchmarks.cascade` says.
        where: the folder of a workspace, the address of a server, or the file of `make`.
    """
    loaded: Loaded = _in_a_process(_LOAD[system], share, where)
    return loaded


def whole_check(workspace: str, document: str) -> tuple[float, float]:
    """The middle seconds of the whole check of a document, each in a process that has asked it before.

    Returns:
        where the store is asked each time, and where it was asked once and its answers are kept.
    """
    asked: float = _in_a_process(_whole_check, workspace, document, False)
    _in_a_process(_whole_check, workspace, document, True)  # asks what is kept from then on
    kept: float = _in_a_process(_whole_check, workspace, document, True)
    return asked, kept


def peak_memory(process: int | str = "self") -> int:
    """The most memory that a process has had, in bytes, as Linux counts it."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    return sum(file.stat().st_size for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())


# in the processes

_SPAWN = multiprocessing.get_context("spawn")


def _in_a_process(work: Callable[..., Any], *arguments: Any) -> Any:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_send, args=(theirs, work, *arguments), daemon=True)
    process.start()
    found = ours.recv()
    process.join()
    if isinstance(found, Exception):
        raise found
    return found


def _send(pipe: Connection, work: Callable[..., Any], *arguments: Any) -> None:
    try:
        pipe.send(work(*arguments))
    except Exception as error:
        pipe.send(error)


def _make(share: int, file: Path) -> list[Question]:
    graph = cascade(share)
    write(graph, "json", file)
    return questions(graph)


def _load_embedded(share: int, where: str) -> Loaded:
    graph = cascade(share)
    with Workspace(Path(where), create=True) as workspace:
        with EmbeddedStore(workspace.store_folder) as store:
            seconds = _seconds(lambda: store.load(graph))
        memory = peak_memory()
        # a command then finds the graph in the workspace as it finds one that was built of records
        (workspace.path / "stamp").write_text(workspace.stamp(), "utf-8")
        return Loaded(seconds, size_of(workspace.store_folder), memory)


def _load_neo4j(share: int, where: str) -> Loaded:
    graph = cascade(share)
    with BoltStore(where) as store:
        return Loaded(_seconds(lambda: store.load(graph)), 0, peak_memory())


def _load_networkx(share: int, where: str) -> Loaded:
    seconds = _seconds(lambda: plain.read(Path(where)))
    return Loaded(seconds, size_of(Path(where)), peak_memory())


_LOAD: Mapping[str, Callable[[int, str], Loaded]] = {
    "embedded": _load_embedded,
    "Neo4j": _load_neo4j,
    "networkx": _load_networkx,
}


def _whole_check(workspace: str, document: str, kept: bool) -> float:
    day = date.today().isoformat()
    collect_seldom()
    with (
        Workspace(Path(workspace), reading=True) as held,
        held.remembering_store() if kept else held.store() as store,
    ):
        taken = [_seconds(lambda: check(store, document, day, with_tasks=False)) for _ in range(20)]
    return statistics.median(taken[10:])


def _answer(pipe: Connection, system: str, where: str) -> None:
    collect_seldom()
    try:
        ask = _plain_program(Path(where)) if system == "networkx" else _store_program(_store(system, where))
        pipe.send("ready")
        while (question := pipe.recv()) is not None:
            began = time.perf_counter()
            rows = ask(question)
            seconds = time.perf_counter() - began
            pipe.send(Answer(seconds, len(rows), _digest(rows)))
            del rows
        pipe.send(peak_memory())
    except Exception as error:
        pipe.send(error)


def _store(system: str, where: str) -> Store:
    if system == "Neo4j":
        return BoltStore(where)
    return EmbeddedStore(Path(where) / "store", read_only=True)


def _store_program(store: Store) -> Callable[[Question], list[dict[str, Any]]]:
    return lambda question: run(store, question.query, question.parameters, LIMITS).dicts()


def _plain_program(path: Path) -> Callable[[Question], list[Any]]:
    graph = plain.read(path)
    gc.collect()
    gc.freeze()  # Python would look through the whole graph again and again
    return lambda question: list(getattr(plain, question.plain)(graph, *question.parameters.values()))


def _digest(rows: list[Any]) -> str:
    return hashlib.sha256(orjson.dumps(rows, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def questions(graph: Graph, directive: str = "d7") -> list[Question]:
    """The issue's questions about one directive, and about a province's committee and plan."""
    plan = min(lower for lower, _, type_ in graph.nx.in_edges(directive, data="type") if type_ == "THUC_HIEN")
    committee = next(agency for agency, _, type_ in graph.nx.in_edges(plan, data="type") if type_ == "BAN_HANH")
    symbol = str(graph.nx.nodes[plan]["symbol"])
    document = {"document": directive}
    return [
        Question("units of a directive", "units_implementing", document, "units"),
        Question("trace to all communes", "trace_down", document, "trace"),
        Question("path of one task", "task_path", {**document, "section": "III.1"}, "task_path"),
        Question("check nationwide", "missing_plans", document, "set_difference", same_rows=False),
        Question("document by symbol", "documents_of_symbol", {"symbol": symbol}, "by_symbol"),
        Question("neighbourhood", "neighbourhood", {"node": committee}, "neighbourhood"),
    ]


CORES = len(os.sched_getaffinity(0))
