"""The parameters of a query as they were typed, read as the types that its header declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graph.errors import QueryParameterError
from graph.spelling import plain
from queries.header import Parameter

_INTEGER = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")  # 2023, 2023-10, 2023-10-05
_NUMBER_SIGN = re.compile(r"\bso (?=\d)")  # chi thi [so ]21
_BOOLEANS = {"true": True, "false": False}

DAYS = ("as_of", "today")
"""What queries call the day on which is asked."""


def words(text: str) -> list[str]:
    """The words of a text as a document's `search` holds them, without the "số" before a number.

    >>> words("Chỉ thị số 21-CT/TW")
    ['chi', 'thi', '21', 'ct', 'tw']
    """
    return re.findall(r"[^\W_]+", _NUMBER_SIGN.sub("", plain(text)))


def all_typed(query: str, declared: Mapping[str, Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Every declared parameter with its value; one that may be left out and was is None.

    Raises:
        QueryParameterError: one is missing, unknown or of the wrong type.
    """
    required = [name for name, parameter in declared.items() if not parameter.optional]
    check_names(query, given, required, declared)
    return {name: _typed(query, declared[name], given.get(name)) for name in declared}


def check_names(query: str, given: Iterable[str], required: Iterable[str], known: Iterable[str] = ()) -> None:
    """Raise QueryParameterError unless what is given is known, and what is required given."""
    required = list(required)
    known = dict.fromkeys([*required, *known])
    listed = f"{query} takes {', '.join(known)}" if known else f"{query} takes no parameter"
    if unknown := [name for name in given if name not in known]:
        raise QueryParameterError(f"{query}: no parameter {', '.join(unknown)}", listed)
    if missing := [name for name in required if name not in given]:
        raise QueryParameterError(f"{query}: parameter {', '.join(missing)} is missing", listed)


def on_day(query: str, given: Mapping[str, Any], known: Iterable[str], as_of: str | None) -> Mapping[str, Any]:
    """The parameters, with the day on which is asked in the one that a query has for it.

    Args:
        known: all that the query takes.
        as_of: the day; None leaves them as they are.

    Raises:
        QueryParameterError: it has none, or the day is given twice.
    """
    if as_of is None:
        return given
    name = next((name for name in DAYS if name in known), None)
    if name is None:
        raise QueryParameterError(
            f"{query} asks of no day", f"--as-of goes with a query that takes {' or '.join(DAYS)}"
        )
    if name in given:
        raise QueryParameterError(f"{query}: the day is given twice", f"leave out --as-of or -p {name}")
    return {**given, name: as_of}


def guessed(value: Any) -> Any:
    """What a string stands for where no type is declared: null, true, false, a number, else itself."""
    if not isinstance(value, str):
        return value
    if value == "null":
        return None
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _NUMBER.fullmatch(value) else _BOOLEANS.get(value, value)


def _typed(query: str, parameter: Parameter, value: Any) -> Any:
    """A parameter's value as the store takes it: strings are read as the declared type."""
    if value is None:
        if not parameter.optional:
            raise QueryParameterError(f"{query}: parameter {parameter.name} is empty", parameter.meaning)
        return None
    if not isinstance(value, str):
        return value
    readers: dict[str, Callable[[], Any]] = {
        "string": lambda: value,
        "words": lambda: " ".join(words(value)),
        "integer": lambda: int(value) if _INTEGER.fullmatch(value) else None,
        "number": lambda: float(value) if _NUMBER.fullmatch(value) else None,
        "boolean": lambda: _BOOLEANS.get(value.lower()),
        "date": lambda: value if _DATE.fullmatch(value) else None,
    }
    if (typed := readers[parameter.type]()) is None:
        raise QueryParameterError(
            f"{query}: parameter {parameter.name} is {value!r}, not a {parameter.type}", parameter.meaning
        )
    return typed
