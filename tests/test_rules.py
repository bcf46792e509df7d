"""Every rule that can stand in the evidence is explained in words, and none is explained that no code has."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ingest.extract import extract
from ingest.intake import find_files
from ingest.lexicon import lexicon
from ingest.reading.read import SourceText, read
from ingest.rules import Explanation, explain_rule
from tests.test_robustness import found_in

HERE = Path(__file__).parent
TREES = {path.name: ast.parse(path.read_text("utf-8")) for path in (HERE.parent / "ingest").rglob("*.py")}


def rule_places() -> dict[str, int]:
    """The functions and classes that take a rule's name, and at which place."""
    places = {}
    for node in (node for tree in TREES.values() for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            fields = [line.target for line in node.body if isinstance(line, ast.AnnAssign)]
            names = [field.id for field in fields if isinstance(field, ast.Name)]
        else:
            continue
        if "rule" in names:
            places[node.name] = names.index("rule")
    return places


PLACES = rule_places()


def rule_expressions(tree: ast.Module) -> Iterator[ast.expr]:
    """Where a rule's name stands: the argument `rule` or its default, before a confidence, what a …_rule returns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "rule")
            if name in PLACES and len(node.args) > PLACES[name]:
                yield node.args[PLACES[name]]
        elif isinstance(node, ast.Tuple):
            for value, behind in zip(node.elts, node.elts[1:], strict=False):
                if isinstance(behind, ast.Constant) and isinstance(behind.value, float):
                    yield value
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "rule":
            yield node.value
        elif isinstance(node, ast.FunctionDef):
            given = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            yield from (value for name, value in zip(given, node.args.defaults, strict=True) if name.arg == "rule")
            if node.name.endswith("_rule"):
                yield from (line.value for line in ast.walk(node) if isinstance(line, ast.Return) and line.value)


def names_in(value: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    """The names that an expression can be; what another place gives is found there. A context ends in ": "."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from names_in(value.body, constants)
        yield from names_in(value.orelse, constants)
    elif isinstance(value, ast.Name) and value.id in constants:
        yield constants[value.id]
    elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        yield str(value.values[0].value)


def constants_of(tree: ast.Module) -> dict[str, str]:
    assigned = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)]
    return {str(node.targets[0].id): str(node.value.value) for node in assigned}  # type: ignore[attr-defined]


def names_in_code() -> set[str]:
    found = set()
    everywhere = {name: value for tree in TREES.values() for name, value in constants_of(tree).items()}
    imported = {name: value for name, value in everywhere.items() if not name.startswith("_")}
    for tree in TREES.values():
        constants = imported | constants_of(tree)
        found |= {name for value in rule_expressions(tree) for name in names_in(value, constants) if name}
    return found


def texts() -> Iterator[str]:
    """The examples, and the texts of the test rows."""
    yield from (read(path).text for path in find_files([HERE.parent / "examples"]) if isinstance(path, Path))
    for cases in sorted((HERE / "cases").glob("*.yaml")):
        rows = yaml.safe_load(cases.read_text("utf-8"))
        yield from (row["text"] for row in rows if isinstance(row, dict) and isinstance(row.get("text"), str))


def test_every_rule_in_the_code_is_explained_and_no_other() -> None:
    explained = {*lexicon("rules")["rules"], *(f"{context}: " for context in lexicon("rules")["contexts"])}
    assert sorted(names_in_code() - explained) == []
    assert sorted(explained - names_in_code()) == []


def test_every_rule_that_a_record_names_is_explained() -> None:
    named = set()
    for text in texts():
        record = extract(SourceText(text, "text"), "a.txt")[1]
        named |= {fact.rule for fact in found_in(record)} | {fact.rule for fact in record.header.found.values()}
    assert len(named) > 40
    assert sorted(rule for rule in named if not explain_rule(rule).vi) == []


@pytest.mark.parametrize("kind", ["rules", "contexts"])
def test_an_explanation_is_a_sentence_in_each_language(kind: str) -> None:
    for name, told in lexicon("rules")[kind].items():
        assert set(told) == {"vi", "en"}, name
        assert all(text.endswith("." if kind == "rules" else ":") for text in told.values()), name


def test_a_context_stands_before_its_rule() -> None:
    told, inside = explain_rule("order"), explain_rule("lead-in: order")
    assert inside.vi.endswith(told.vi[1:]) and inside.vi.startswith("Câu dẫn")
    assert inside.en.endswith(told.en[1:]) and inside.en.startswith("In the sentence")


@pytest.mark.parametrize("name", ["", "no such rule", "no such context: order", "lead-in: no such rule"])
def test_a_rule_that_nobody_explained_has_no_words(name: str) -> None:
    assert explain_rule(name) == Explanation()
