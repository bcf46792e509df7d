"""The embedded store, Neo4j and a plain networkx program side by side: loading and asking the cascade of a country.

Every question is put to the three in turn, again and again, so that whatever else the machine does meets all of them;
the rows must be the same. Seconds are of this machine and this moment; what can be compared are ratios of one run, and
each bar of the table at the end is one. Neo4j is left out, and its bars with it, where none can be started.

usage: python -m benchmarks.national [hundredth|tenth|whole]     a hundredth is measured as well, for the growth
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import one_more
from benchmarks.systems import CORES, Answer, Asked, Loaded, Question, load, make, peak_memory, whole_check
from tests.fetched import Unavailable
from tests.neo4j.server import running

SHARES = {"hundredth": 100, "tenth": 10, "whole": 1}
WARMING = (200, 60.0)
"""How often each is asked before it counts, unless that takes longer than so many seconds: Java has to warm up."""
MEASURED = (25, 40.0)
MEMORY_BAR = 3_000_000_000

EMBEDDED, NEO4J, NETWORKX = "embedded", "Neo4j", "networkx"

BARE = """
import sys
from pathlib import Path
from graph.embedded import EmbeddedStore
from queries.ask import run
with EmbeddedStore(Path(sys.argv[1]), read_only=True) as store:
    rows = run(store, "units_implementing", {"document": sys.argv[2]}).dicts()
    print(len(rows))
"""


@dataclass(slots=True)
class Measured:
    """What was measured at one size: how systems were loaded, and their seconds for each question."""

    share: int
    loaded: dict[str, Loaded] = field(default_factory=dict)
    seconds: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    asking: dict[str, int] = field(default_factory=dict)
    """The most memory of the process that answered."""
    questions: list[Question] = field(default_factory=list)
    process: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Seconds of `vanmach units`, of a bare script that asks the same, of the first `vanmach check`, and of another."""
    check: tuple[float, float] = (0.0, 0.0)
    """Seconds of the whole check in a process that has asked it before: see `systems.whole_check`."""
    one_more: tuple[float, float] | None = None
    """Seconds of `vanmach ingest` for one more document, here and at a hundredth; None where nothing is compared."""

    def p50(self, system: str, question: str) -> float:
        return statistics.median(self.seconds[system, question])

    def p95(self, system: str, question: str) -> float:
        found = sorted(self.seconds[system, question])
        return found[min(len(found) - 1, round(0.95 * len(found)))]

    @property
    def systems(self) -> list[str]:
        return list(self.loaded)


def measure(share: int, folder: Path) -> Measured:
    """Load and ask the three systems at one size; `folder` takes their data."""
    measured = Measured(share)
    file, workspace = folder / "graph.json", folder / "workspace"
    measured.questions = make(share, file)
    with ExitStack() as stack:
        where = {EMBEDDED: str(workspace), NETWORKX: str(file)}
        try:
            home = folder / "neo4j"
            where[NEO4J] = stack.enter_context(running(home, heap="2g", pages="1g"))
        except Unavailable as reason:
            print(f"without Neo4j: {reason}", file=sys.stderr)
        for system in sorted(where):
            tell(f"loading {system} …")
            measured.loaded[system] = load(system, share, where[system])
        if NEO4J in where:
            measured.loaded[NEO4J] = _with_server(measured.loaded[NEO4J], home)
        asked = {system: Asked(system, where[system]) for system in measured.loaded}
        for question in measured.questions:
            tell(f"asking: {question.name} …")
            _ask(measured, asked, question)
            tell(", ".join(f"{s} {measured.p50(s, question.name) * 1000:.2f} ms" for s in measured.systems))
        measured.asking = {system: process.close() for system, process in asked.items()}
        if NEO4J in where:
            measured.asking[NEO4J] = _server_memory(home)
    tell("asking in new processes …")
    document = measured.questions[0].parameters["document"]
    measured.process = _processes(workspace, document)
    measured.check = whole_check(str(workspace), document)
    return measured


def _ask(measured: Measured, asked: Mapping[str, Asked], question: Question) -> None:
    for _ in _times(*WARMING):
        first = {system: process.ask(question) for system, process in asked.items()}
    _hold_to_the_same_rows(first, question)
    measured.rows[question.name] = first[EMBEDDED].rows
    for _ in _times(*MEASURED):
        for system, process in asked.items():
            measured.seconds.setdefault((system, question.name), []).append(process.ask(question).seconds)


def _hold_to_the_same_rows(answers: Mapping[str, Answer], question: Question) -> None:
    told = {s: (a.rows, a.digest) for s, a in answers.items() if question.same_rows or s != NETWORKX}
    if len(set(told.values())) > 1:
        raise SystemExit(f"{question.name}: the answers differ: {told}")


def _times(most: int, seconds: float) -> Iterator[int]:
    """Count to `most`, at least once, but begin nothing when so many seconds are over."""
    began = time.perf_counter()
    for number in range(most):
        if number and time.perf_counter() - began > seconds:
            return
        yield number


def _with_server(loaded: Loaded, home: Path) -> Loaded:
    """With what the server takes instead of what the program that fills it takes."""
    data = sum(f.stat().st_size for f in (home / "data").rglob("*") if f.is_file())
    return Loaded(loaded.seconds, data, _server_memory(home))


def _server_memory(home: Path) -> int:
    return peak_memory((home / "pid").read_text("utf-8")) if (home / "pid").exists() else 0


def _processes(workspace: Path, document: str) -> tuple[float, float, float, float]:
    """The middle seconds of `vanmach units`, of a script that opens the store and asks the same, and of `vanmach check`
    of the directive, for the first time since the graph changed and again; in turn."""
    check = [sys.executable, "-m", "vanmach", "check", document, "-w", str(workspace), "--format", "csv"]
    commands = (
        [sys.executable, "-m", "vanmach", "units", document, "-w", str(workspace), "--format", "json"],
        [sys.executable, "-c", BARE, str(workspace / "store"), document],
        check,
        check,
    )
    taken: tuple[list[float], ...] = ([], [], [], [])
    for number in range(6):
        shutil.rmtree(workspace / "answers", ignore_errors=True)
        for seconds, command in zip(taken, commands, strict=True):
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            if number:  # the first finds nothing in the memory of the machine
                seconds.append(time.perf_counter() - began)
    units, bare, first, again = map(statistics.median, taken)
    return units, bare, first, again


# tables


def tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def print_loading(measured: Measured) -> None:
    print(f"{'loading':<24}{'s':>9}{'MB disk':>9}{'MB memory':>11}{'MB memory asking':>18}")
    for system, loaded in measured.loaded.items():
        asking = measured.asking[system] / 1e6
        print(f"{system:<24}{loaded.seconds:9.1f}{loaded.size / 1e6:9.0f}{loaded.memory / 1e6:11.0f}{asking:18.0f}")


def print_questions(measured: Measured, small: Measured) -> None:
    systems = measured.systems
    heads = "".join(f"{system:>14} p50{'p95':>8}{'growth':>8}" for system in systems)
    print(f"\n{'ms':<24}{'rows':>7}{heads}")
    for question in measured.questions:
        cells = ""
        for system in systems:
            p50, p95 = measured.p50(system, question.name), measured.p95(system, question.name)
            growth = p50 / small.p50(system, question.name)
            cells += f"{p50 * 1000:18.2f}{p95 * 1000:8.1f}{growth:8.1f}"
        print(f"{question.name:<24}{measured.rows[question.name]:7}{cells}")


def print_bars(measured: Measured) -> None:
    print(f"\n{'bar':<60}{'ratio':>7}{'at most':>9}")
    for what, ratio, most in bars(measured):
        print(f"{what:<60}{ratio:7.2f}{most:9.2f}  {'met' if ratio <= most else 'NOT met'}")


def bars(measured: Measured) -> Iterator[tuple[str, float, float]]:
    """What is compared, its ratio, and the most that it may be."""
    for question in measured.questions:
        own = measured.p50(EMBEDDED, question.name)
        check = not question.same_rows
        if NEO4J in measured.loaded:
            yield f"{question.name}: to Neo4j", own / measured.p50(NEO4J, question.name), 1.0 if check else 0.5
        than = "a set difference in networkx" if check else "networkx"
        yield f"{question.name}: to {than}", own / measured.p50(NETWORKX, question.name), 2.0 if check else 1.5
    if NEO4J in measured.loaded:
        yield "load: to Neo4j over Bolt", measured.loaded[EMBEDDED].seconds / measured.loaded[NEO4J].seconds, 1.0
    yield "load: memory, to 3 GB", measured.loaded[EMBEDDED].memory / MEMORY_BAR, 1.0
    if measured.one_more:
        yield "one more document: to a hundredth", measured.one_more[0] / measured.one_more[1], 2.0
    yield "vanmach units as a process: to a bare script", measured.process[0] / measured.process[1], 1.3
    yield "vanmach check as a process again: to a bare script", measured.process[3] / measured.process[1], 0.5
    (check,) = (question for question in measured.questions if not question.same_rows)
    yield "the whole check again: to a set difference", measured.check[1] / measured.p50(NETWORKX, check.name), 1.0


def main() -> int:
    size = sys.argv[1] if len(sys.argv) > 1 else "whole"
    if size not in SHARES:
        print(__doc__)
        return 2
    measured: list[Measured] = []
    for share in dict.fromkeys((SHARES["hundredth"], SHARES[size])):
        with TemporaryDirectory(prefix="vanmach-national-") as folder:
            measured.append(measure(share, Path(folder)))
    if size != "hundredth":
        tell("one more document: making the workspaces …")
        with TemporaryDirectory(prefix="vanmach-national-") as folder:
            more = one_more.measured(Path(folder), (SHARES["hundredth"], SHARES[size]))
        measured[-1].one_more = more[SHARES[size]].clock, more[SHARES["hundredth"]].clock
    of = "the whole country" if size == "whole" else f"a {size} of the country"
    print(f"{of}, {date.today()}, {CORES} cores, growth from a hundredth\n")
    print_loading(measured[-1])
    print_questions(measured[-1], measured[0])
    own, bare, first, again = measured[-1].process
    print(f"\nvanmach units as a process: {own:.2f} s; a bare script: {bare:.2f} s")
    print(f"vanmach check as a process: {first:.2f} s for the first time, {again:.2f} s again")
    print("the whole check in a warm process: {:.2f} s, {:.3f} s again".format(*measured[-1].check))
    if measured[-1].one_more:
        print("one more document: {:.2f} s; in a hundredth: {:.2f} s".format(*measured[-1].one_more))
    print_bars(measured[-1])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
