"""Where the tests' Neo4j server comes from, and that it ends with them however they end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from tests.fetched import Unavailable
from tests.neo4j.server import HERE, jars, running

ROOT = Path(__file__).parent.parent

# stands for Docker, which no test may expect: notes what it is asked, and answers like it
DOCKER = """#!/bin/sh
echo "$* AUTH=$VANMACH_TEST_NEO4J_AUTH" >> "{log}"
case "$*" in
  *version*) exit {version} ;;
  *" up "*) echo "no such image" >&2; exit {up} ;;
  *" port "*) echo 127.0.0.1:32768 ;;
esac
"""


def only_docker(folder: Path, monkeypatch: pytest.MonkeyPatch, *, version: int = 0, up: int = 0) -> Path:
    """Let nothing be found but this Docker; gives the file in which it notes what it is asked."""
    log = folder / "asked"
    docker = folder / "docker"
    docker.write_text(DOCKER.format(log=log, version=version, up=up))
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return log


@pytest.mark.parametrize(("authentication", "auth"), [(False, "AUTH=none"), (True, "AUTH=")])
def test_docker_compose_serves_where_java_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authentication: bool, auth: str
) -> None:
    log = only_docker(tmp_path, monkeypatch)

    def use() -> None:
        with running(tmp_path / "home", authentication=authentication) as uri:
            assert uri == "bolt://127.0.0.1:32768"
            raise RuntimeError("a test failed")

    with pytest.raises(RuntimeError):
        use()
    asked = log.read_text().splitlines()
    assert [line.split("docker-compose.yml ")[1].split()[0] for line in asked] == ["version", "up", "port", "down"]
    assert asked[1].endswith(auth)
    assert all(f"--project-name vanmach-tests-{os.getpid()} " in line for line in asked)


def test_a_server_that_docker_cannot_start_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = only_docker(tmp_path, monkeypatch, up=1)
    with pytest.raises(Unavailable, match=r"Java 17 or newer is missing; .*no such image"), running(tmp_path / "home"):
        pass
    assert " down " in log.read_text().splitlines()[-1]


@pytest.mark.parametrize("there", [True, False], ids=["Docker without Compose", "no Docker"])
def test_where_nothing_is_there_the_reason_names_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    only_docker(tmp_path, monkeypatch, version=1)
    if not there:
        (tmp_path / "docker").unlink()
    with pytest.raises(Unavailable) as reason, running(tmp_path / "home"):
        pass
    assert str(reason.value) == "no Neo4j server: Java 17 or newer is missing; Docker Compose is missing"


def test_docker_would_start_the_version_of_maven() -> None:
    version = ET.parse(HERE / "pom.xml").findtext(".//{*}dependency/{*}version")
    service = yaml.safe_load((HERE / "docker-compose.yml").read_text("utf-8"))["services"]["neo4j"]
    assert service["image"] == f"neo4j:{version}-community"
    assert service["ports"] == ["127.0.0.1::7687"]


SUITE = """
import os
from pathlib import Path
def test_it(neo4j_address):
    Path({noted!r}).write_text(neo4j_address.uri)
    {then}
"""


@pytest.mark.neo4j
@pytest.mark.parametrize("then", ["assert False", "os.kill(os.getpid(), 9)", "import time; time.sleep(600)"])
def test_the_server_ends_with_the_tests(tmp_path: Path, then: str) -> None:
    try:
        jars()
    except Unavailable as reason:
        pytest.skip(str(reason))
    noted = tmp_path / "uri"
    (tmp_path / "test_it.py").write_text(SUITE.format(noted=str(noted), then=then), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    environment = {name: value for name, value in os.environ.items() if name != "VANMACH_NEO4J_URI"}
    suite = subprocess.Popen([*command, str(tmp_path)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 180
    while not noted.exists() or not noted.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    if "sleep" in then:
        suite.send_signal(signal.SIGTERM)
    suite.wait(timeout=60)
    port = int(noted.read_text().rpartition(":")[2])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    pytest.fail("the server still listens")
