"""A real Neo4j 5 community server for the tests, without Docker: jars from Maven, copied once, then plain Java."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
START_SECONDS = 120

_SETTINGS = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
dbms.security.auth_enabled={authentication}
dbms.usage_report.enabled=false
server.memory.heap.max_size=768m
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
"""


class Unavailable(Exception):
    """There is no server here, and why."""


def jars() -> Path:
    """The folder with the server's jars, filled by Maven the first time.

    Raises:
        Unavailable: Java or Maven is missing, or Maven cannot reach its repository.
    """
    if shutil.which("java") is None:
        raise Unavailable("Neo4j needs Java 17 or newer")
    version = ET.parse(HERE / "pom.xml").findtext(".//{*}dependency/{*}version")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "vanmach" / f"neo4j-{version}" / "lib"
    if folder.is_dir():
        return folder
    if shutil.which("mvn") is None:
        raise Unavailable("Maven is needed once to fetch Neo4j")
    part = folder.with_name(f"lib.{os.getpid()}")
    command = [
        "mvn",
        "-q",
        "-B",
        "-f",
        str(HERE / "pom.xml"),
        "dependency:copy-dependencies",
        f"-DoutputDirectory={part}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise Unavailable(f"Maven cannot fetch Neo4j: {(done.stdout + done.stderr).strip()[:300]}")
    if folder.is_dir():  # another test run was faster
        shutil.rmtree(part)
    else:
        part.rename(folder)
    return folder


@contextmanager
def running(home: Path, *, authentication: bool = False) -> Iterator[str]:
    """Start a server whose data lives in `home`, give its Bolt address, stop it at the end.

    With `authentication` its user is "neo4j" with the password "neo4j", which must be changed first.

    Raises:
        Unavailable: see `jars`; or the server does not answer within two minutes.
    """
    libraries = jars()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home.mkdir(parents=True, exist_ok=True)
    (home / "neo4j.conf").write_text(_SETTINGS.format(port=port, authentication=str(authentication).lower()), "utf-8")
    command = [
        "java",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "-cp",
        f"{libraries}/*",
        "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home}",
        f"--config-dir={home}",
    ]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _wait(process, port, home / "server.log")
        yield f"bolt://127.0.0.1:{port}"
    finally:
        process.kill()  # what it holds is thrown away
        process.wait()
        shutil.rmtree(home / "data", ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise Unavailable(f"Neo4j does not start: {log.read_text('utf-8', 'replace')[-300:]}")
