"""Whether the cost of a call grows as fast as its input, and no faster.

What is compared is a call with another of the same run, never a time with a figure. Only this thread's work counts:
the process's own clock also runs for the threads of the embedded store's Java machine, which collects its garbage
whenever Python collects its own.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 4
"""How much longer the longer input is. A cost that grows with the square would be this factor squared."""

_FACTOR = 2.5 * TIMES
_NOISE = 0.05
"""Seconds: below them a clock says nothing."""

_TRIES = 4
"""A busy machine may slow any one measurement; a cost that grows too fast is too high in every try."""


def grows_linearly(call: Callable[[int], object], size: int) -> bool:
    """Whether `call(TIMES * size)` costs about TIMES as much as `call(size)`."""
    call(size // TIMES)
    return any(_cost(call, TIMES * size) < _FACTOR * _cost(call, size) + _NOISE for _ in range(_TRIES))


def _cost(call: Callable[[int], object], size: int) -> float:
    """Seconds of this thread for one call."""
    gc.collect()
    gc.disable()
    try:
        begin = time.thread_time()
        call(size)
        return time.thread_time() - begin
    finally:
        gc.enable()
