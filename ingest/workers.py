"""Many files at once: each worker is a process that reads a file and extracts its record.

Workers are spawned, never forked: the process that asks may hold a Java machine, which does not survive a fork.
Importing this module is cheap; a process loads the extraction (a second) with the first file that it reads.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from graph.errors import ReadError
from ingest.record import Place, dump
from ingest.resolving.identity import record_id

WORTH = 400_000
"""Bytes of files for which one more process pays: they take as long to read as it takes to start."""

_AHEAD = 2
"""Files that a worker is given at once, so that it need not wait while a result is stored."""

_GRACE = 5.0
"""Seconds that a worker whose master is gone may take for what it is sending."""

_SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, its name for the record, and its jurisdiction where a person supplied it."""

    path: Path
    name: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file gave: the id of its document, the cleaned text, and the record as it is written on disk."""

    id: str
    text: str
    record: bytes


Outcome = Extracted | ReadError


def usable_cores() -> int:
    """The cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # `read` says what is wrong with the file


def workers_for(jobs: Sequence[Job]) -> int:
    """How many processes are best for these files: 1 is this one, where starting others would take longer."""
    return max(1, min(usable_cores(), sum(_size(job.path) for job in jobs) // WORTH))


def extract_all(jobs: Sequence[Job], workers: int = 1) -> Generator[tuple[Job, Outcome], None, None]:
    """Read and extract files; each job comes back with what it gave, in the order in which they are finished.

    The caller closes the iterator (`contextlib.closing`), which stops the workers at once.

    Args:
        jobs: the files.
        workers: how many processes at most; with 1 it is done in this one, in order.
    """
    if workers == 1 or len(jobs) < 2:
        for job in jobs:
            yield job, _extract(job)
        return
    pool = _Pool(jobs, min(workers, len(jobs)))
    try:
        yield from pool.run()
    finally:
        pool.close()


def _extract(job: Job) -> Outcome:
    from ingest.extract import extract
    from ingest.reading.read import read

    try:
        cleaned, record = extract(read(job.path), job.name, job.place)
        return Extracted(record_id(record), cleaned.text, dump(record))
    except ReadError as error:
        return error
    except MemoryError:
        return ReadError(f"{job.path}: needs more memory than there is", "close other programs, or cut it in parts")


class _AtWork:
    """Whether this process is in the middle of a file. Its end must not fall on a result that is on its way:

    half a result would be waited for for ever.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy = False

    def __enter__(self) -> None:
        with self._lock:
            self._busy = True

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._busy = False

    def end(self) -> None:
        """End the process: at once in the middle of a file, which another thread cannot be made to leave."""
        with self._lock:
            if self._busy:
                os._exit(1)
        time.sleep(_GRACE)
        os._exit(1)


_AT_WORK = _AtWork()


def _extract_as_worker(job: Job) -> Outcome:
    with _AT_WORK:
        return _extract(job)


def _begin(lifeline: Connection) -> None:
    """Make a new process a worker: Ctrl-C is for the one that started it, which ends it by the lifeline."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        try:
            lifeline.recv_bytes()
        except (EOFError, OSError):
            _AT_WORK.end()

    threading.Thread(target=watch, daemon=True, name="lifeline").start()


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    """Keep Ctrl-C from a process that is started here until it ignores it; the signal waits and is not lost."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(slots=True)
class _Worker:
    """An executor with one process, so that it is known which file it was at when it died."""

    executor: ProcessPoolExecutor
    at: deque[tuple[Job, Future[Outcome]]] = field(default_factory=deque)


class _Pool:
    """Workers that share a queue of jobs; one that dies costs the file that it was at and is replaced."""

    def __init__(self, jobs: Sequence[Job], workers: int) -> None:
        self._waiting = deque(jobs)
        # workers hold one end of a pipe and end when the other one is closed, or its process is dead
        self._lifeline, self._ours = _SPAWN.Pipe(duplex=False)
        self._workers = [_Worker(self._executor()) for _ in range(workers)]

    def _executor(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, _SPAWN, _begin, (self._lifeline,))

    def run(self) -> Iterator[tuple[Job, Outcome]]:
        while True:
            for ahead in range(1, _AHEAD + 1):  # each worker gets one before any gets two
                for worker in self._workers:
                    self._give(worker, ahead)
            running = {future for worker in self._workers for _, future in worker.at}
            if not running:
                return
            wait(running, return_when=FIRST_COMPLETED)
            for worker in self._workers:
                while worker.at and worker.at[0][1].done():
                    yield self._take(worker)

    def close(self) -> None:
        self._ours.close()
        for worker in self._workers:
            worker.executor.shutdown(cancel_futures=True)
        self._lifeline.close()

    def _give(self, worker: _Worker, ahead: int) -> None:
        while self._waiting and len(worker.at) < ahead:
            try:
                with _ctrl_c_held():  # the executor starts its process with the first job
                    worker.at.append((self._waiting[0], worker.executor.submit(_extract_as_worker, self._waiting[0])))
                self._waiting.popleft()
            except BrokenProcessPool:
                if worker.at:
                    return  # what it was at tells
                worker.executor = self._executor()  # it died between two files

    def _take(self, worker: _Worker) -> tuple[Job, Outcome]:
        job, future = worker.at.popleft()
        if not isinstance(future.exception(), BrokenProcessPool):
            self._give(worker, _AHEAD)
            return job, future.result()
        self._waiting.extendleft(other for other, _ in reversed(worker.at))
        worker.at.clear()
        worker.executor = self._executor()
        return job, ReadError(
            f"{job.path}: the process that read it was killed", "if there was too little memory, try it with -j 1"
        )
