"""The measure of growth tells a line from a square."""

from __future__ import annotations

from tests.growth import grows_linearly


def test_a_loop_grows_linearly() -> None:
    assert grows_linearly(lambda size: [str(x) for x in range(size)], 50_000)


def test_a_loop_in_a_loop_does_not() -> None:
    assert not grows_linearly(lambda size: [x for x in range(size) for _ in range(size)], 1_000)
