"""Values: dataclasses that nothing changes once they are made, which mypy holds.

At run time they are plain dataclasses with a hash: a frozen one sets each field by a call, which takes three times as
long, and a text makes thousands of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

__all__ = ["value"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
        """As `dataclass(frozen=True, slots=True)`, without the check at run time."""
        return dataclass(slots=slots, kw_only=kw_only, unsafe_hash=frozen)
