"""docker-compose.yml: what must hold for a graph that others can reach (there may be no Docker here to try it)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def neo4j() -> dict[str, Any]:
    service: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]["neo4j"]
    return service


def test_the_image_is_the_version_that_the_tests_run_against(neo4j: dict[str, Any]) -> None:
    version = ET.parse(ROOT / "tests" / "neo4j" / "pom.xml").findtext(".//{*}dependency/{*}version")
    assert neo4j["image"] == f"neo4j:{version}-community"


def test_nothing_starts_without_a_password_of_its_own(neo4j: dict[str, Any]) -> None:
    assert re.fullmatch(r"neo4j/\$\{NEO4J_PASSWORD:\?.+\}", neo4j["environment"]["NEO4J_AUTH"])
    assert re.findall(r"^NEO4J_PASSWORD=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE) == [""]
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_only_this_machine_reaches_it(neo4j: dict[str, Any]) -> None:
    assert neo4j["ports"]
    assert all(port.startswith("127.0.0.1:") for port in neo4j["ports"])


def test_memory_is_limited_to_more_than_the_server_takes(neo4j: dict[str, Any]) -> None:
    settings = neo4j["environment"]
    taken = [settings[f"NEO4J_server_memory_{part}"] for part in ("heap_max__size", "pagecache_size")]
    assert sum(int(size.removesuffix("G")) for size in taken) < int(neo4j["mem_limit"].removesuffix("g"))


def test_the_server_reports_to_nobody_and_reads_no_files(neo4j: dict[str, Any]) -> None:
    for setting in (
        "NEO4J_dbms_usage__report_enabled",
        "NEO4J_client_allow__telemetry",
        "NEO4J_dbms_security_allow__csv__import__from__file__urls",
    ):
        assert neo4j["environment"][setting] == "false"


def test_the_graph_outlives_the_container_and_its_health_is_known(neo4j: dict[str, Any]) -> None:
    assert "neo4j-data:/data" in neo4j["volumes"]
    assert neo4j["healthcheck"]["test"]
