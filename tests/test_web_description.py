"""The description of the JSON interface says what it does: schemathesis asks by it whatever it allows, and more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web import Web, copied, serving_folder
from vanmach.web.access import Access
from vanmach.web.application import make_application

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def web(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving_folder(copied(workspace, tmp_path_factory.mktemp("description") / "workspace")) as web:
        yield web


def _operations() -> dict[str, Any]:
    """Every operation that an application describes, by its method and path."""
    nothing: Any = None
    described = make_application(nothing, None, Access(), ()).openapi()
    schema = schemathesis.openapi.from_dict(described)
    found = [result.ok() for result in schema.get_all_operations()]
    return {f"{operation.method.upper()} {operation.path}": operation for operation in found}


OPERATIONS = _operations()
CHANGING = {name for name in OPERATIONS if name.startswith("POST") and ("ingests" in name or "corrections" in name)}


# what takes nothing cannot be asked wrongly
ASKED = [(name, GenerationMode.POSITIVE) for name in OPERATIONS] + [
    (name, GenerationMode.NEGATIVE)
    for name, operation in OPERATIONS.items()
    if {"parameters", "requestBody"} & set(operation.definition.raw)
]


@pytest.mark.parametrize(("name", "mode"), ASKED, ids=lambda part: getattr(part, "value", part))
def test_whatever_is_asked_is_answered_as_described(web: Web, name: str, mode: GenerationMode) -> None:
    # one that changes the graph takes seconds
    @settings(max_examples=4 if name in CHANGING else 25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(base_url=web.url, checks=CHECKS, timeout=60)

    ask()
    if name in CHANGING:
        _wait_for_changes(web)


def _wait_for_changes(web: Web) -> None:
    """Wait until all is done: while the graph is being updated whoever asks waits too, and not for ever (503)."""
    while any(change["state"] not in ("done", "failed") for change in web.json("/changes")):
        time.sleep(0.1)


def test_every_operation_has_a_description_and_every_parameter_an_example_or_a_meaning(web: Web) -> None:
    described = web.json("/openapi.json")
    operations = [(path, way, told) for path, ways in described["paths"].items() for way, told in ways.items()]
    assert len(operations) > 20
    assert [path for path, _, _ in operations if not path.startswith("/api/v1/")] == []
    assert [path for path, _, told in operations if not told.get("description")] == []
    assert [
        (path, one["name"])
        for path, _, told in operations
        for one in told.get("parameters", [])
        if not (one.get("description") or one.get("examples") or one["schema"].get("enum") or one.get("example"))
    ] == []


def test_examples_are_answered(web: Web) -> None:
    """The examples of the description are those of the sample corpus."""
    described = web.json("/openapi.json")
    for path, ways in described["paths"].items():
        parameters = [p for p in ways.get("get", {}).get("parameters", []) if p["in"] == "path"]
        if "get" not in ways or not all(p["schema"].get("examples") for p in parameters):
            continue
        filled = path
        for parameter in parameters:
            example = parameter["schema"]["examples"][0].replace("#", "%23")
            filled = filled.replace(f"{{{parameter['name']}}}", example)
        query = "?text=giao" if path.endswith("/search") else ""
        assert web.get(filled + query).status_code == 200, filled
