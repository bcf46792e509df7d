"""ArcadeDB's engine inside this process: its Java machine is started once, silently, and shut in.

Importing this module is cheap; the engine is loaded by `engine()`.
"""

from __future__ import annotations

import atexit
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import StoreError

_JVM_OPTIONS = [
    "-Xrs",  # signals (Ctrl-C, kill) stay Python's; JPype's own handler crashes on a SIGTERM
    # enough for the country (benchmarks/national.py); ARCADEDB_JVM_ARGS=-Xmx4g gives a larger graph more
    "-Xmx1200m",
    # a question leaves hundreds of megabytes behind at once and keeps next to nothing: collected in parallel, in room
    # enough for one, that takes a tenth of the time of its answer; Java's own choice took a third
    "-XX:+UseParallelGC",
    "-Xmn600m",
    # Java's plain logging: the engine's own makes a folder `log` wherever a command is called, and puts itself
    # back on the console at its first message
    "-Darcadedb.log.impl=slf4j",
]

_BRIEF = "-XX:TieredStopAtLevel=1"
"""Compile code once, quickly, and never again: half the work of a process that asks a few questions and ends."""

_CLOSED_DOORS = {
    # a query may read the graph, and nothing else of this machine or of the network
    "OPENCYPHER_LOAD_CSV_ALLOW_FILE_URLS": False,
    "OPENCYPHER_LOAD_CSV_ALLOW_REMOTE_URLS": False,
    # no scripting languages: nobody here needs them
    "POLYGLOT_ENGINE_ENABLED": False,
    # `range(1, 10000000)` inside an expression is not looked at by the engine's clock
    "QUERY_MAX_RANGE_SIZE": 1_000_000,
}


def be_brief() -> None:
    """Say, before the engine is there, that this process will ask a few questions and end."""
    if _BRIEF not in _JVM_OPTIONS:
        _JVM_OPTIONS.append(_BRIEF)


@cache
def engine(folder: Path) -> Any:
    """The module `arcadedb_embedded` with its Java machine running; started by the first call of a process.

    Args:
        folder: where the Java machine leaves its report if it crashes.

    Raises:
        StoreError: the Java machine does not start.
    """
    with _interrupt_held():  # numpy, which JPype imports, swallows one in places
        return _start(folder)


def _start(folder: Path) -> Any:
    os.environ.setdefault("ARCADEDB_JVM_ERROR_FILE", str(folder / "crash-%p.log"))
    import arcadedb_embedded  # type: ignore[import-untyped]
    import jpype  # type: ignore[import-untyped]
    from arcadedb_embedded.jvm import start_jvm  # type: ignore[import-untyped]

    if not jpype.isJVMStarted():
        with _quiet() as said:
            try:
                start_jvm(jvm_args=_JVM_OPTIONS)
            except arcadedb_embedded.ArcadeDBError as error:
                raise StoreError(
                    f"the graph engine does not start: {said() or error}", "is there enough memory?"
                ) from error
        options = java_class("com.arcadedb.GlobalConfiguration")
        for name, value in _CLOSED_DOORS.items():
            getattr(options, name).setValue(value)
        java_class("java.util.logging.LogManager").getLogManager().reset()  # takes the messages off the console
        # a few go past the logging
        nowhere = java_class("java.io.PrintStream")(java_class("java.io.OutputStream").nullOutputStream())
        java_class("java.lang.System").setOut(nowhere)
        java_class("java.lang.System").setErr(nowhere)
        # ends the Java machine undisturbed: what was asked has been answered
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
    return arcadedb_embedded


def java_class(name: str) -> Any:
    """A class of the running Java machine, by its full name."""
    import jpype

    return jpype.JClass(name)


@contextmanager
def warnings_in(file: Path) -> Iterator[None]:
    """Write the engine's warnings and errors to this file for as long as the block runs."""
    handler = java_class("java.util.logging.FileHandler")(str(file).replace("%", "%%"), 1_000_000, 1, True)
    handler.setFormatter(java_class("java.util.logging.SimpleFormatter")())
    handler.setLevel(java_class("java.util.logging.Level").WARNING)
    root = java_class("java.util.logging.LogManager").getLogManager().getLogger("")
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done, for code that would swallow it."""
    if threading.current_thread() is not threading.main_thread():  # only that one is interrupted
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def _quiet() -> Iterator[Any]:
    """Keep what a library writes to standard error behind Python's back; yields a function that gives the last line."""
    kept = os.dup(2)
    with tempfile.TemporaryFile() as file:

        def said() -> str:
            file.seek(0)
            return (file.read().decode("utf-8", "replace").strip().splitlines() or [""])[-1]

        os.dup2(file.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(kept, 2)
            os.close(kept)
