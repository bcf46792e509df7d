"""The start page and the picture of the collection are there before anybody asks, and anew when the graph changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import WorkspaceBusy
from tests.web import copied, serving_folder
from vanmach.web import ahead, pictures
from vanmach.web.ahead import Ahead
from vanmach.web.collection import Collection, WorkspaceCollection
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
