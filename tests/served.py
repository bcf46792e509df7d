"""An embedded store served over Bolt by a process of its own, as `vanmach serve --bolt` does it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PASSWORD = "mật khẩu số 1"


@dataclass(frozen=True)
class Served:
    """A running `vanmach serve --bolt`."""

    uri: str
    port: int
    process: subprocess.Popen[str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(workspace: Path, *options: str) -> Iterator[Served]:
    """Serve a workspace until the end of the block; what it says is no error."""
    port = free_port()
    command = [sys.executable, "-m", "vanmach", "serve", "--bolt", "--port", str(port), "-w", str(workspace), *options]
    environment = {**os.environ, "VANMACH_SERVE_PASSWORD": PASSWORD}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            assert f"bolt://127.0.0.1:{port} by the user neo4j" in line, line + process.stderr.read()
            yield Served(f"bolt://127.0.0.1:{port}", port, process)
        finally:
            process.terminate()
            process.wait(timeout=60)
