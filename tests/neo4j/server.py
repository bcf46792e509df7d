"""A real Neo4j 5 community server for the tests: jars from Maven and plain Java, or else Docker Compose."""

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

from tests.fetched import Unavailable, fetched

HERE = Path(__file__).parent
START_SECONDS = 120

_SETTINGS = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
dbms.security.auth_enabled={authentication}
dbms.usage_report.enabled=false
server.memory.heap.max_size={heap}
server.memory.pagecache.size={pages}
db.tx_log.preallocate=false
"""


@contextmanager
def running(home: Path, *, authentication: bool = False, heap: str = "768m", pages: str = "64m") -> Iterator[str]:
    """Start a server that knows nothing, give its Bolt address, stop it at the end.

    Args:
        home: a folder for its data.
        authentication: its user is "neo4j" with the password "neo4j", which must be changed first.
        heap, pages: how much memory it has for work, and for pages of its files; the process's id is in the file
            `pid` of `home` where it is no container.

    Raises:
        Unavailable: neither Maven and Java nor Docker Compose can start one; or it does not answer in time.
    """
    try:
        libraries = jars()
    except Unavailable as no_java:
        try:
            address = _composed(authentication)
        except Unavailable as no_docker:
            raise Unavailable(f"no Neo4j server: {no_java}; {no_docker}") from no_docker
        try:
            yield address
        finally:
            _compose("down", "--volumes", "--timeout", "0")
        return
    port = _free_port()
    settings = _SETTINGS.format(port=port, authentication=str(authentication).lower(), heap=heap, pages=pages)
    with _started(libraries, home, port, settings) as address:
        yield address


def bulk_import(folder: Path, home: Path) -> None:
    """Import a folder of `vanmach export --format neo4j-csv` with Neo4j's own tool, as the data of `home`.

    Raises:
        Unavailable: as `jars` says.
    """
    (home / "data").mkdir(parents=True)
    command = ["java", "--add-opens=java.base/java.nio=ALL-UNNAMED", "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool"]
    done = subprocess.run(
        [*command, "database", "import", "full", "neo4j", "@import.args"],
        cwd=folder,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-1500:]}{done.stderr[:1500]}"


def jars() -> Path:
    """The folder with the server's jars, filled by Maven the first time.

    Raises:
        Unavailable: Java or Maven is missing, or Maven cannot reach its repository.
    """
    if shutil.which("java") is None:
        raise Unavailable("Java 17 or newer is missing")
    version = ET.parse(HERE / "pom.xml").findtext(".//{*}dependency/{*}version")

    def fetch(part: Path) -> list[str]:
        if shutil.which("mvn") is None:
            shutil.rmtree(part)
            raise Unavailable("Maven is missing, which fetches Neo4j once")
        copy = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        return [*copy, f"-DoutputDirectory={part}"]

    return fetched(f"neo4j-{version}/lib", fetch, "Maven cannot fetch Neo4j")


@contextmanager
def _started(libraries: Path, home: Path, port: int, settings: str) -> Iterator[str]:
    home.mkdir(parents=True, exist_ok=True)
    (home / "neo4j.conf").write_text(settings, "utf-8")
    command = [
        # where there is setpriv (Linux), the server ends with the tests even if these are killed
        *(["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []),
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
    (home / "pid").write_text(str(process.pid), "utf-8")
    try:
        _wait(process, port, home / "server.log")
        yield f"bolt://127.0.0.1:{port}"
    finally:
        process.kill()  # what it holds is thrown away
        process.wait()
        shutil.rmtree(home / "data", ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise Unavailable(f"Neo4j does not start: {log.read_text('utf-8', 'replace')[-300:]}")


def _composed(authentication: bool) -> str:
    """Start the server of docker-compose.yml and give its address; nothing is left of one that does not start.

    Raises:
        Unavailable: there is no Docker with Compose, or the server does not start.
    """
    if shutil.which("docker") is None or _compose("version").returncode:
        raise Unavailable("Docker Compose is missing")
    # an empty NEO4J_AUTH is the image's own beginning: neo4j/neo4j, to be changed
    done = _compose("up", "--detach", "--wait", auth="" if authentication else "none")
    published = _compose("port", "neo4j", "7687") if done.returncode == 0 else done
    if published.returncode:
        _compose("down", "--volumes", "--timeout", "0")
        raise Unavailable(f"Docker Compose cannot start Neo4j: {(published.stderr + published.stdout).strip()[-300:]}")
    return f"bolt://{published.stdout.strip()}"


def _compose(*arguments: str, auth: str = "none") -> subprocess.CompletedProcess[str]:
    # a project of this process's own: two test runs, or one beside the graph of docker-compose.yml, do not meet
    command = ["docker", "compose", "--project-name", f"vanmach-tests-{os.getpid()}"]
    command += ["--file", str(HERE / "docker-compose.yml"), *arguments]
    environment = {**os.environ, "VANMACH_TEST_NEO4J_AUTH": auth}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
