"""The documentation says what the program does: its commands are run, and what they print is what is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from queries.files import catalogue
from tools.write_docs import REFERENCE, ROOT, commands, pages, reference, rendered

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")  # [the model](graph/schema.yaml)
_COMMAND = re.compile(r"^(?:\$ )?vanmach ([a-z]+)\b", re.MULTILINE)  # $ vanmach trace


def test_the_reference_is_that_of_the_commands() -> None:
    assert REFERENCE.read_text("utf-8") == reference()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_shows_what_its_commands_print(page: Path) -> None:
    assert page.read_text("utf-8") == rendered(page)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in _LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert broken == []


def test_only_real_commands_are_named() -> None:
    blocks = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
    shown = "\n".join(block for page in DOCUMENTS for block in blocks.findall(page.read_text("utf-8")))
    assert set(_COMMAND.findall(shown)) <= set(commands())


def test_every_command_has_an_example() -> None:
    assert [name for name, help_ in commands().items() if f"Example: vanmach {name}" not in help_] == []


def test_the_architecture_names_every_module_of_ingest() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    modules = {path.stem for path in (ROOT / "ingest").rglob("*.py")} - {"__init__"}
    assert sorted(m for m in modules if not re.search(rf"`(?:\w+\.)?{m}(?:\.\w+)?`", page)) == []


def test_every_check_has_a_page_and_a_name_in_the_report() -> None:
    checks = {name: query.severity for name, query in catalogue().items() if query.severity is not None}
    pages_of = {page.stem: page.read_text("utf-8") for page in (ROOT / "docs" / "checks").glob("*.md")}
    assert {
        name: f"`{name}`, severity {severity}." in pages_of[name] for name, severity in checks.items()
    } == dict.fromkeys(pages_of, True)
    named = yaml.safe_load((ROOT / "viz" / "report.yaml").read_text("utf-8"))["checks"]
    assert set(named) == set(checks)
