"""A short form of tools/soak.py: killed at random moments, nothing is lost and nothing is half there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.soak import Soak


@pytest.mark.timeout(900)
def test_nothing_is_lost_by_kills_at_random_moments(tmp_path: Path) -> None:
    soak = Soak(tmp_path, seed=1)
    soak.run(10)
    assert soak.kills.total() == 10
