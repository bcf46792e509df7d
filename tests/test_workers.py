"""Several processes that read: the same records as one, and a process that dies costs one file."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Mapping
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import pytest

from graph.errors import ReadError
from graph.serialise import write
from ingest.intake import find_files, take_in
from ingest.workers import WORTH, Extracted, Job, Outcome, extract_all, usable_cores, workers_for
from ingest.workspace import Workspace

EXAMPLES = Path(__file__).parent.parent / "examples"
PLAN = "ỦY BAN NHÂN DÂN\nHUYỆN HẢI LĂNG\n\nSố: {}/KH-UBND\n\nKẾ HOẠCH\nDạy nghề\n\n"
TASK = "1. Phòng Tư pháp: Rà soát văn bản.\n"


def plan(folder: Path, number: int, tasks: int = 1) -> Job:
    path = folder / f"{number}.txt"
    path.write_text(PLAN.format(number) + TASK * tasks, "utf-8")
    return Job(path, path.name)


def ingested(place: Path, workers: int, *, seed: int = 0) -> tuple[dict[str, bytes], bytes]:
    """The records of the examples, and the canonical export of their graph."""
    files = find_files([EXAMPLES])
    random.Random(seed).shuffle(files)
    with Workspace(place / "w", create=True) as workspace:
        assert take_in(files, workspace, workers=workers).exit_code == 0
        write(workspace.graph(), "json", place / "graph.json")
        records = {id_: (place / "w" / "documents" / id_ / "record.json").read_bytes() for id_ in workspace.ids()}
    return records, (place / "graph.json").read_bytes()


def test_neither_the_number_of_workers_nor_the_order_of_files_matters(tmp_path: Path) -> None:
    for name in ("one", "two", "shuffled"):
        (tmp_path / name).mkdir()
    one = ingested(tmp_path / "one", workers=1)
    assert len(one[0]) == 18
    assert ingested(tmp_path / "two", workers=2) == one
    assert ingested(tmp_path / "shuffled", workers=2, seed=1) == one


def test_a_file_that_cannot_be_read_is_told_as_by_one_process(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    jobs = [Job(tmp_path / "empty.txt", "empty.txt"), plan(tmp_path, 1), Job(tmp_path / "missing.txt", "missing.txt")]
    told: list[dict[str, object]] = []
    for workers in (1, 2):
        with closing(extract_all(jobs, workers)) as outcomes:
            told.append({job.name: str(o) if isinstance(o, ReadError) else o for job, o in outcomes})
    assert told[0] == told[1]
    assert [name for name, outcome in told[0].items() if isinstance(outcome, str)] == ["empty.txt", "missing.txt"]
    assert all(" — " in outcome for outcome in told[0].values() if isinstance(outcome, str))  # with what to do


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_a_worker_that_is_killed_costs_the_file_that_it_was_at(tmp_path: Path) -> None:
    long = plan(tmp_path, 0, tasks=60_000)
    jobs = [long, *(plan(tmp_path, number) for number in range(1, 8))]
    found: dict[str, Outcome] = {}
    with closing(extract_all(jobs, workers=2)) as outcomes:
        for job, outcome in outcomes:
            found[job.name] = outcome
            if len(found) == len(jobs) - 2:  # all but the long one, and the one that waits behind it
                for child in active_children():
                    os.kill(child.pid or 0, signal.SIGKILL)
    error = found.pop(long.name)
    assert isinstance(error, ReadError)
    assert str(error).startswith(f"{long.path}: the process that read it was killed — ")
    assert len(found) == 7 and all(isinstance(outcome, Extracted) for outcome in found.values())


def test_closing_stops_the_workers_at_once(tmp_path: Path) -> None:
    jobs = [plan(tmp_path, 0, tasks=60_000), *(plan(tmp_path, number) for number in range(1, 4))]
    with closing(extract_all(jobs, workers=2)) as outcomes:
        job, _ = next(outcomes)
        assert job is not jobs[0]  # somebody is still at the long one
    assert active_children() == []


@pytest.mark.parametrize(
    ("sizes", "workers"),
    [([], 1), ([10], 1), ([WORTH - 1], 1), ([WORTH // 2] * 4, 2), ([WORTH] * 100, 4), ([10_000] * 1000, 4)],
    ids=str,
)
def test_as_many_workers_as_pay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sizes: list[int], workers: int
) -> None:
    monkeypatch.setattr("ingest.workers.usable_cores", lambda: 4)
    made: Mapping[int, Path] = {size: tmp_path / str(size) for size in sizes}
    for size, path in made.items():
        path.write_bytes(bytes(size))
    assert workers_for([Job(made[size], "") for size in sizes]) == workers


def test_a_file_that_is_missing_needs_no_worker(tmp_path: Path) -> None:
    assert workers_for([Job(tmp_path / "missing.txt", "")]) == 1
    assert usable_cores() >= 1
