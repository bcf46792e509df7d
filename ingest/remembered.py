"""Answers kept on the disk for as long as the graph stays as it is: who asks the same again needs no engine."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from graph.model import Graph
from graph.store import STANDARD_LIMITS, Limits, Progress, Result, Store


class RememberingStore:
    """A `graph.store.Store` that gives an answer again without asking, and is opened only for one that it has not.

    Args:
        folder: where the answers are kept; those about another graph are thrown away with the first new one.
        stamp: what tells this graph from others.
        opened: opens the store that is asked, for reading.
    """

    def __init__(self, folder: Path, stamp: str, opened: Callable[[], Store]) -> None:
        self._folder = folder / stamp
        self._opened = opened
        self._store: Store | None = None

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, limits: Limits = STANDARD_LIMITS
    ) -> Result:
        """See `graph.store.Store.query`."""
        file = self._folder / _name(cypher, parameters or {})
        known = _read(file)
        if known is None or len(known.rows) > limits.rows:  # the store says what is wrong with too many
            known = self._asked().query(cypher, parameters, limits)
            self._keep(file, known)
        return known

    def _asked(self) -> Store:
        if self._store is None:
            self._store = self._opened()
        return self._store

    def _keep(self, file: Path, answer: Result) -> None:
        try:
            data = orjson.dumps({"columns": answer.columns, "rows": answer.rows})
        except orjson.JSONEncodeError:  # half of a surrogate pair in a value
            return
        beside = file.with_suffix(".part")
        try:
            if not self._folder.exists():
                shutil.rmtree(self._folder.parent, ignore_errors=True)
                self._folder.mkdir(parents=True)
            beside.write_bytes(data)
            beside.replace(file)
        except OSError:  # no room, or not ours to write in: it is asked again next time
            beside.unlink(missing_ok=True)

    def load(self, graph: Graph, progress: Progress | None = None) -> None:
        """See `graph.store.Store.load`; a store that is open for reading refuses."""
        self._asked().load(graph, progress)

    def counts(self) -> dict[str, int]:
        """See `graph.store.Store.counts`."""
        return self._asked().counts()

    def close(self) -> None:
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _name(cypher: str, parameters: Mapping[str, Any]) -> str:
    question = json.dumps([cypher, parameters], sort_keys=True)
    return hashlib.sha256(question.encode("ascii")).hexdigest() + ".json"


def _read(file: Path) -> Result | None:
    """The answer that a file holds; None where it is not there, cannot be read, or was cut off by a crash."""
    try:
        found = orjson.loads(file.read_bytes())
        return Result(tuple(found["columns"]), tuple(map(tuple, found["rows"])))
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return None
