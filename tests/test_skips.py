"""VANMACH_NO_SKIP=1, which CI sets: no test is skipped in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CASES = {
    "a test that skips": "import pytest\ndef test_it():\n    pytest.skip('no server here')",
    "a test marked": "import pytest\n@pytest.mark.skipif(True, reason='no server here')\ndef test_it(): pass",
    "a fixture that skips": "import pytest\n@pytest.fixture\ndef x(): pytest.skip('no server here')"
    "\ndef test_it(x): pass",
    "a module": "import pytest\npytest.skip('no server here', allow_module_level=True)",
    "an import": "import pytest\npytest.importorskip('no_such_module', reason='no server here')",
}


def outcome(folder: Path, code: str, no_skip: str) -> tuple[int, str]:
    (folder / "test_it.py").write_text(code, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    environment = {**os.environ, "VANMACH_NO_SKIP": no_skip}
    done = subprocess.run(
        [*command, str(folder)], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("code", CASES.values(), ids=CASES)
def test_a_skip_is_a_failure_with_its_reason(tmp_path: Path, code: str) -> None:
    code_, said = outcome(tmp_path, code, "1")
    assert code_ not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED), said
    assert "no server here" in said


@pytest.mark.parametrize("code", CASES.values(), ids=CASES)
def test_elsewhere_a_skip_is_a_skip(tmp_path: Path, code: str) -> None:
    code_, said = outcome(tmp_path, code, "")
    assert code_ in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED), said


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    code = "import pytest\n@pytest.mark.xfail(reason='known')\ndef test_it(): assert False"
    assert outcome(tmp_path, code, "1")[0] == pytest.ExitCode.OK
