"""A query under watch: given up when its time is over, whatever the engine is doing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from graph.errors import QueryLimit
from graph.store import Limits

_GRACE = 1.0  # seconds that an engine's own clock gets before the watch here gives the query up

T = TypeVar("T")


def too_slow(limits: Limits) -> QueryLimit:
    return QueryLimit(
        f"the query takes longer than {limits.seconds:g} seconds", "narrow it down: fewer hops, a LIMIT, a WHERE"
    )


def watched(ask: Callable[[], T], limits: Limits) -> T:
    """Call `ask` on a thread of its own and give its answer, or raise what it raised.

    ArcadeDB and Neo4j look at their clocks between rows and not inside one long expression, and Python sees
    Ctrl-C only when its main thread is not inside a Java call: this thread waits for both.

    Raises:
        QueryLimit: there is no answer when the time is over; the thread is left to its end.
    """
    answer: list[T] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(ask())
        except BaseException as error:  # carried over to the caller's thread and raised there
            failure.append(error)

    thread = threading.Thread(target=work, daemon=True, name="query")
    thread.start()
    thread.join(limits.seconds + _GRACE)
    if thread.is_alive():
        raise too_slow(limits)
    if failure:
        raise failure[0]
    return answer[0]
