"""The start page and the picture of the collection are there before anybody asks, and anew when the graph changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from graph.arcade import translated
from graph.errors import QueryLimit, VanmachError, WorkspaceBusy
from graph.store import STANDARD_LIMITS, Store
from tests.served import ROOT, free_port
from tests.web import copied, serving_folder
from vanmach.web import ahead, pictures
from vanmach.web.ahead import Ahead
from vanmach.web.collection import AsItStood, Collection, WorkspaceCollection
from viz import render_view

PATIENCE = 120
"""Seconds that a busy machine may need."""


class Asked:
    """A question that tells how often it was asked, and of which graph."""

    def __init__(self) -> None:
        self.versions: list[int] = []
        self._again = threading.Condition()

    def __call__(self, collection: Collection) -> None:
        with self._again:
            self.versions.append(collection.version)
            self._again.notify_all()

    def wait(self, times: int) -> list[int]:
        """The versions of the graph, when it was asked so often."""
        with self._again:
            assert self._again.wait_for(lambda: len(self.versions) >= times, PATIENCE)
            return self.versions


@pytest.fixture
def collection(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkspaceCollection]:
    monkeypatch.setattr(ahead, "QUIET", 0.2)
    with closing(WorkspaceCollection(copied(workspace, tmp_path / "workspace"))) as collection:
        yield collection


def change(collection: WorkspaceCollection) -> None:
    with collection.let_go():
        pass


def test_it_is_asked_at_the_start_and_after_each_change(collection: WorkspaceCollection) -> None:
    question = Asked()
    with closing(Ahead(collection, [question])):
        question.wait(1)
        change(collection)
        assert question.wait(2) == [0, 1]


def test_changes_one_after_the_other_are_waited_for(collection: WorkspaceCollection) -> None:
    question = Asked()
    with closing(Ahead(collection, [question])):
        for _ in range(3):
            change(collection)
        change(collection)
        question.wait(1)
    assert question.versions[-1] == 4
    assert len(question.versions) < 5


def test_a_question_that_fails_leaves_the_others(collection: WorkspaceCollection) -> None:
    def busy(_: Collection) -> None:
        raise WorkspaceBusy("the graph is being updated")

    question = Asked()
    with closing(Ahead(collection, [busy, question])):
        question.wait(1)


def test_the_picture_is_drawn_once_and_before_it_is_asked_for(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "QUIET", 0.0)
    drawn = threading.Semaphore(0)

    def draw(*given: object, **named: object) -> str:
        page = render_view(*given, **named)  # type: ignore[arg-type]
        drawn.release()
        return page

    monkeypatch.setattr(pictures, "render_view", draw)
    with serving_folder(copied(workspace, tmp_path / "served")) as web:
        assert drawn.acquire(timeout=PATIENCE)
        assert web.get("/picture/view").status_code == 200
        assert not drawn.acquire(blocking=False)


def test_closing_does_not_wait_for_a_question_that_takes_long(collection: WorkspaceCollection) -> None:
    asked, answered = threading.Event(), threading.Event()

    def long(_: Collection) -> None:
        asked.set()
        answered.wait(PATIENCE)

    before = Ahead(collection, [long])
    assert asked.wait(PATIENCE)
    began = time.monotonic()
    before.close()
    assert time.monotonic() - began < 2
    answered.set()


def test_a_graph_that_is_being_asked_stays_open_behind_a_closed_collection(collection: WorkspaceCollection) -> None:
    with collection.reading() as store:
        collection.close()
        assert store.query("MATCH (d:Document) RETURN count(d) AS n").rows[0][0] > 0
        with pytest.raises(WorkspaceBusy), collection.reading():
            pass
    store.close()  # type: ignore[attr-defined]


def short_of_memory() -> VanmachError:
    """What an engine says whose memory others use, in this program's words."""
    return translated(RuntimeError("Query heap budget exceeded: the queries that run use 900 MB"), STANDARD_LIMITS)


def test_who_finds_the_memory_used_by_others_asks_again_behind_them(collection: WorkspaceCollection) -> None:
    tried: list[bool] = []
    used, free = threading.Event(), threading.Event()

    def other() -> None:
        with collection.reading():
            used.set()
            free.wait(PATIENCE)

    def ask(store: Store) -> int:
        tried.append(free.is_set())
        if not free.is_set():
            threading.Timer(0.2, free.set).start()
            raise short_of_memory()
        return len(store.counts())

    beside = threading.Thread(target=other)
    beside.start()
    assert used.wait(PATIENCE)
    assert AsItStood(collection, "2024-01-01").remembered("one", ask) > 3
    assert tried == [False, True]
    beside.join()


def test_what_has_not_memory_enough_alone_is_told(collection: WorkspaceCollection) -> None:
    def ask(_: Store) -> int:
        raise short_of_memory()

    with pytest.raises(QueryLimit, match="too much memory"):
        collection.remembered("one", ask)


LONG = """
import sys, threading
from vanmach.web import ahead, interface
ahead.QUIET = 0.0
def long(of):
    print("asked", flush=True)
    threading.Event().wait(60)
interface.collection_summary = long
from vanmach.__main__ import main
main()
"""


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_server_at_once_while_answers_are_worked_out(
    workspace: Path, tmp_path: Path, signal_: signal.Signals
) -> None:
    port = free_port()
    command = [sys.executable, "-c", LONG, "serve", "--port", str(port), "-w", str(copied(workspace, tmp_path / "w"))]
    environment = {name: value for name, value in os.environ.items() if name != "VANMACH_SERVE_PASSWORD"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:  # type: ignore[call-overload]
        assert process.stderr.readline().startswith("open http")
        assert process.stdout.readline() == "asked\n"  # for the start page, beforehand

        def ask() -> None:
            with suppress(httpx.HTTPError):
                httpx.get(f"http://127.0.0.1:{port}/", trust_env=False, timeout=60)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        time.sleep(0.5)  # it waits for the same answer
        began = time.monotonic()
        process.send_signal(signal_)
        said = process.stderr.read()
        assert process.wait(30) == 0
        assert time.monotonic() - began < 10  # two seconds, and what a busy machine may need
        assert said == "stopped\n"
    assert list((tmp_path / "w" / "holders").iterdir()) == []
