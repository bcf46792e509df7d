"""How often somebody may ask: a bucket that fills evenly and is emptied by asking."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

_KNOWN = 10_000  # buckets that are kept; a full one that is forgotten is a full one anew


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second in the long run."""

    at_once: float
    a_second: float


class Buckets:
    """A bucket for each who asks."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> float:
        """Take one; 0, or the seconds until there is one."""
        now = time.monotonic()
        with self._lock:
            left, then = self._left.get(who, (self._rate.at_once, now))
            left = min(self._rate.at_once, left + (now - then) * self._rate.a_second)
            missing = 1 - left
            self._left[who] = (left if missing > 0 else left - 1, now)
            self._left.move_to_end(who)
            while len(self._left) > _KNOWN:
                self._left.popitem(last=False)
        return missing / self._rate.a_second if missing > 0 else 0.0
