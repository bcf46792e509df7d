"""Query files and their headers, and how a query is named and given its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from graph.errors import QueryFileError, QueryParameterError
from graph.store import STANDARD_LIMITS, Limits, Result, Store
from queries.ask import ask, run
from queries.files import load, load_folder, parse
from queries.header import Parameter

CASES: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("query_files.yaml").read_text("utf-8")
)
QUERY = "// name: {name}\n// doc: A document.\n{more}// returns: id\nMATCH (d:Document) RETURN d.id AS id\n"
TYPED = "// name: q\n// doc: A value.\n// param: value: {type}  a value\n// returns: value\nRETURN $value AS value\n"


class Echo:
    """Stands for a store and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    def query(self, cypher: str, parameters: Mapping[str, Any], limits: Limits = STANDARD_LIMITS) -> Result:
        self.asked.append((cypher, parameters))
        return Result((), ())

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Those of the last query."""
        return self.asked[-1][1]


@pytest.fixture
def echo() -> Echo:
    return Echo()


def as_store(echo: Echo) -> Store:
    return cast(Store, echo)


@pytest.mark.parametrize("case", CASES["wrong"], ids=lambda case: case["says"])
def test_header_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(QueryFileError) as refused:
        parse(case["text"], "q.cypher")
    assert refused.value.message.startswith(f"q.cypher:{case['line']}: {case['error']}")


@pytest.mark.parametrize("case", CASES["right"], ids=lambda case: case["says"])
def test_header_is_read(case: dict[str, Any]) -> None:
    query = parse(case["text"], "q.cypher")
    assert (query.name, query.doc, query.severity) == ("q", case["doc"], case["severity"])
    assert query.parameters == {name: Parameter(name, *declared) for name, declared in case["parameters"].items()}
    assert list(query.returns) == case["returns"]
    assert query.cypher == case["text"]


def write(folder: Path, *names: str, severity: str = "", text: str = "") -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        more = f"// severity: {severity}\n" if severity else ""
        (folder / f"{name}.cypher").write_text(QUERY.format(name=text or name, more=more), "utf-8")


def test_folder_is_loaded_by_name(tmp_path: Path) -> None:
    write(tmp_path, "b", "a")
    write(tmp_path / "checks", "c", severity="error")
    assert {name: query.severity for name, query in load_folder(tmp_path).items()} == {
        "a": None,
        "b": None,
        "c": "error",
    }


def test_two_queries_of_one_name(tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path / "checks", "a", severity="error")
    with pytest.raises(QueryFileError, match=r"checks.a\.cypher:1: there is another query named 'a'"):
        load_folder(tmp_path)


def test_file_is_called_after_its_query(tmp_path: Path) -> None:
    write(tmp_path, "a", text="b")
    with pytest.raises(QueryFileError, match=r"a\.cypher:1: the query is named 'b'"):
        load_folder(tmp_path)


@pytest.mark.parametrize(("folder", "severity"), [(".", "error"), ("checks", "")])
def test_checks_and_only_checks_have_a_severity(tmp_path: Path, folder: str, severity: str) -> None:
    write(tmp_path / folder, "a", severity=severity)
    with pytest.raises(QueryFileError, match="severity"):
        load_folder(tmp_path)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QueryFileError, match=r"none\.cypher"):
        load(tmp_path / "none.cypher")


def test_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "a.cypher"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryFileError, match="not UTF-8"):
        load(path)


@pytest.mark.parametrize(("type_", "value", "expected"), CASES["typed"])
def test_parameter_is_read_as_its_type(echo: Echo, tmp_path: Path, type_: str, value: str, expected: object) -> None:
    path = tmp_path / "q.cypher"
    path.write_text(TYPED.format(type=type_), "utf-8")
    if expected == "error":
        with pytest.raises(QueryParameterError, match=f"q: parameter value is '{value}', not a {type_}"):
            ask(as_store(echo), str(path), {"value": value})
    else:
        ask(as_store(echo), str(path), {"value": value})
        assert repr(echo.parameters["value"]) == repr(expected)


@pytest.mark.parametrize(("value", "expected"), CASES["guessed"])
def test_parameter_of_typed_cypher_is_guessed(echo: Echo, value: str, expected: object) -> None:
    ask(as_store(echo), "RETURN $value AS value", {"value": value})
    assert repr(echo.parameters["value"]) == repr(expected)


def test_value_from_python_stays_as_it_is(echo: Echo) -> None:
    ask(as_store(echo), "RETURN $value AS value", {"value": ["21"]})
    assert echo.parameters == {"value": ["21"]}


def test_optional_parameters_are_null(echo: Echo) -> None:
    run(as_store(echo), "units_implementing", {"document": "d1"})
    assert echo.parameters == {"document": "d1", "role": None, "level": None, "as_of": None}


def test_ask_takes_a_name(echo: Echo) -> None:
    ask(as_store(echo), "document", {"document": "d1"})
    assert echo.asked[0][0].startswith("// name: document\n")


@pytest.mark.parametrize(
    ("query", "given", "message"),
    [
        ("document", {}, "document: parameter document is missing — document takes document"),
        ("document", {"document": None}, "document: parameter document is empty"),
        (
            "units_implementing",
            {"document": "a", "rol": "b"},
            "no parameter rol — units_implementing takes",
        ),
        ("RETURN $a AS a, $b AS b", {"a": "1"}, "parameter b is missing — the query takes a, b"),
        ("RETURN 1 AS one", {"a": "1"}, "no parameter a — the query takes no parameter"),
    ],
)
def test_parameters_are_checked(echo: Echo, query: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(QueryParameterError) as refused:
        ask(as_store(echo), query, given)
    assert message in str(refused.value)
    assert echo.asked == []


@pytest.mark.parametrize("question", [ask, run])
def test_unknown_query(echo: Echo, question: Any) -> None:
    with pytest.raises(QueryFileError, match="no query named 'units_implement' — did you mean units_implementing"):
        question(as_store(echo), "units_implement")
