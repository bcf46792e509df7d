"""The page's scripts, module by module, in Node: their tests are beside them, in JavaScript."""

from __future__ import annotations

import pytest

from tests.page_scripts.node import HERE, run

FILES = sorted(path.name for path in HERE.glob("*.test.mjs"))


@pytest.mark.parametrize("name", FILES)
def test_the_scripts_own_tests_pass(name: str) -> None:
    assert "\n# fail 0\n" in run("--test", "--test-reporter=tap", name)
