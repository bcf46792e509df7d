"""One distribution: its rooms are its own, its exceptions are one tree."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import graph.errors
import vanmach

HOME = Path(vanmach.__file__).resolve().parent.parent


@pytest.mark.parametrize("room", vanmach.ROOMS)
def test_a_room_is_this_distributions_own(room: str) -> None:
    assert room not in vanmach.foreign_rooms()


def test_a_foreign_room_is_refused_in_words(tmp_path: Path) -> None:
    foreign = tmp_path / "graph"
    foreign.mkdir()
    (foreign / "__init__.py").write_text("", "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(HOME)])}
    done = subprocess.run(
        [sys.executable, "-c", "import vanmach"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert "packages that are not its own: graph from" in done.stderr


def test_the_exceptions_are_one_tree() -> None:
    def tree(of: type) -> dict[str, object]:
        return {child.__name__: tree(child) for child in sorted(of.__subclasses__(), key=lambda c: c.__name__)}

    assert tree(graph.errors.VanmachError) == {
        "LookupFailed": {},
        "QueryFileError": {"QueryParameterError": {}},
        "ReadError": {},
        "RecordError": {},
        "SchemaError": {},
        "StoreError": {"QueryLimit": {}, "QueryRefused": {}, "QuerySyntaxError": {}},
        "WorkspaceError": {"WorkspaceBusy": {}},
    }


def test_the_docstring_draws_every_exception() -> None:
    drawn = graph.errors.__doc__ or ""
    for name, kind in inspect.getmembers(graph.errors, inspect.isclass):
        if kind.__module__ != graph.errors.__name__:
            continue
        assert name in drawn


EXPORTS = yaml.safe_load((Path(__file__).parent / "cases" / "exports.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", EXPORTS)
def test_a_module_offers_what_others_rely_on(name: str) -> None:
    module = import_module(name)
    own = {
        n
        for n, value in vars(module).items()
        if not n.startswith("_") and callable(value) and getattr(value, "__module__", "").startswith(name)
    }
    assert sorted(own) == sorted(EXPORTS[name])
