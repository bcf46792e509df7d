"""What every store of the graph can do: the embedded one, Neo4j, and whatever else speaks Bolt.

A store is a projection of a `graph.model.Graph`: it can be emptied and loaded again at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from graph.model import Graph

Progress = Callable[[int, int], None]
"""Called with (done, total), in nodes and edges."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may run (seconds) and how many rows it may give; beyond either it raises QueryLimit."""

    seconds: float = 60.0
    rows: int = 100_000


STANDARD_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a query: plain Python values (str, int, float, bool, None, list, dict).

    A node in a row becomes a dict of its properties with `_label`, an edge one with `_type` (and with `key`, see
    `graph.rows`), a path one of `nodes` and `edges`; dates and durations become ISO 8601 text.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Store(Protocol):
    """One battery of tests (tests/test_store.py) holds every implementation to the same behaviour."""

    def load(self, graph: Graph, progress: Progress | None = None) -> None:
        """Replace what is stored by this graph; after a crash in between, loading again mends it."""
        ...

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, limits: Limits = STANDARD_LIMITS
    ) -> Result:
        """Ask, read-only: whatever would write, or read outside the graph, raises QueryRefused.

        Raises:
            QuerySyntaxError, QueryParameterError, QueryRefused, QueryLimit, StoreError.
        """
        ...

    def counts(self) -> dict[str, int]:
        """How many nodes of each label and edges of each type there are; zero counts are left out."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
