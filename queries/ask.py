"""Running a query: one of the files by its name, a file of one's own, or Cypher as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from graph.errors import QueryFileError, QueryParameterError
from graph.spelling import plain
from graph.store import Result, Store
from queries.cypher import returned_columns, used_parameters
from queries.files import Parameter, QueryFile, catalogue, load

_INTEGER = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")  # 2023, 2023-10, 2023-10-05
_NUMBER_SIGN = re.compile(r"\bso (?=\d)")  # chi thi [so ]21
_NAME = re.compile(r"\s*\w*\s*")  # no Cypher is one word
_BOOLEANS = {"true": True, "false": False}


def ask(store: Store, query: str, parameters: Mapping[str, Any] | None = None) -> Result:
    """Answer a query read-only.

    Args:
        query: the name of a query file, the path of one (it ends in `.cypher`), or Cypher.
        parameters: by name; a string is read as the type that the query's header declares. In Cypher as typed,
            which declares none, `null`, `true`, `false` and numbers are those, and everything else is a string.

    Raises:
        QueryFileError: no such query or file, or the file breaks its own header.
        QueryParameterError: a parameter is missing, unknown or of the wrong type.
        QuerySyntaxError, QueryRefused, QueryLimit, StoreError: as `Store.query` says.
    """
    given = parameters or {}
    if query in catalogue():
        return run(store, query, given)
    if query.endswith(".cypher"):
        return _answer(store, load(Path(query)), given)
    if _NAME.fullmatch(query):
        raise _unknown(query)
    _check_names("the query", given, required=used_parameters(query))
    result = store.query(query, {name: _guessed(value) for name, value in given.items()})
    return _with_columns(result, [name for _, names in returned_columns(query)[:1] for name in names])


def run(store: Store, name: str, parameters: Mapping[str, Any] | None = None) -> Result:
    """Answer the query file `name`; an optional parameter that is not given is null.

    Raises:
        QueryFileError: there is no query of that name.
        QueryParameterError: a parameter is missing, unknown or of the wrong type.
        StoreError: as `Store.query` says.
    """
    if name not in catalogue():
        raise _unknown(name)
    return _answer(store, catalogue()[name], parameters or {})


def words(text: str) -> list[str]:
    """The words of a text as a document's `search` holds them, without the "số" before a number.

    >>> words("Chỉ thị số 21-CT/TW")
    ['chi', 'thi', '21', 'ct', 'tw']
    """
    return re.findall(r"[^\W_]+", _NUMBER_SIGN.sub("", plain(text)))


def _answer(store: Store, query: QueryFile, given: Mapping[str, Any]) -> Result:
    declared = query.parameters
    required = [name for name, parameter in declared.items() if not parameter.optional]
    _check_names(query.name, given, required, declared)
    typed = {name: _typed(query.name, declared[name], given.get(name)) for name in declared}
    return _with_columns(store.query(query.cypher, typed), query.returns)


def _with_columns(result: Result, columns: Sequence[str | None]) -> Result:
    """The result with what it would have returned: ArcadeDB does not say it over Bolt where there is no row."""
    if result.columns or None in columns:
        return result
    return Result(tuple(map(str, columns)), result.rows)


def _check_names(query: str, given: Iterable[str], required: Iterable[str], known: Iterable[str] = ()) -> None:
    required = list(required)
    known = dict.fromkeys([*required, *known])
    listed = f"{query} takes {', '.join(known)}" if known else f"{query} takes no parameter"
    if unknown := [name for name in given if name not in known]:
        raise QueryParameterError(f"{query}: no parameter {', '.join(unknown)}", listed)
    if missing := [name for name in required if name not in given]:
        raise QueryParameterError(f"{query}: parameter {', '.join(missing)} is missing", listed)


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


def _guessed(value: Any) -> Any:
    """What a string stands for where no type is declared."""
    if not isinstance(value, str):
        return value
    if value == "null":
        return None
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _NUMBER.fullmatch(value) else _BOOLEANS.get(value, value)


def _unknown(name: str) -> QueryFileError:
    near = get_close_matches(name.strip(), catalogue(), n=3)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return QueryFileError(f"no query named {name.strip()!r}", f"{hint}`vanmach queries` lists them")
