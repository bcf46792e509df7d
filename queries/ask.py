"""Running a query: one of the files by its name, a file of one's own, or Cypher as it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from graph.errors import QueryFileError
from graph.store import STANDARD_LIMITS, Limits, Result, Store
from queries.cypher import returned_columns, used_parameters
from queries.files import QueryFile, catalogue, load
from queries.parameters import all_typed, check_names, guessed, on_day

_NAME = re.compile(r"\s*\w*\s*")  # no Cypher is one word


def ask(
    store: Store,
    query: str,
    parameters: Mapping[str, Any] | None = None,
    limits: Limits = STANDARD_LIMITS,
    as_of: str | None = None,
) -> Result:
    """Answer a query read-only.

    Args:
        query: the name of a query file, the path of one (it ends in `.cypher`), or Cypher.
        parameters: by name; a string is read as the type that the query's header declares. In Cypher as typed,
            which declares none, `null`, `true`, `false` and numbers are those, and everything else is a string.
        limits: of time and rows.
        as_of: the day (ISO 8601) on which is asked, for a query that takes one.

    Raises:
        QueryFileError: no such query or file, or the file breaks its own header.
        QueryParameterError: a parameter is missing, unknown or of the wrong type, or the query takes no day.
        QuerySyntaxError, QueryRefused, QueryLimit, StoreError: as `Store.query` says.
    """
    given = parameters or {}
    if query in catalogue() or query.endswith(".cypher"):
        file = catalogue()[query] if query in catalogue() else load(Path(query))
        return _answer(store, file, on_day(file.name, given, file.parameters, as_of), limits)
    if _NAME.fullmatch(query):
        raise unknown(query, catalogue())
    return ask_cypher(store, query, on_day("the query", given, used_parameters(query), as_of), limits)


def ask_cypher(
    store: Store, cypher: str, parameters: Mapping[str, Any] | None = None, limits: Limits = STANDARD_LIMITS
) -> Result:
    """Answer Cypher as it is typed, and nothing else: what looks like the name of a query or of a file is none here.

    Raises:
        QueryParameterError, QuerySyntaxError, QueryRefused, QueryLimit, StoreError: see `ask`.
    """
    given = parameters or {}
    check_names("the query", given, required=used_parameters(cypher))
    result = store.query(cypher, {name: guessed(value) for name, value in given.items()}, limits)
    return _with_columns(result, [name for _, names in returned_columns(cypher)[:1] for name in names])


def run(
    store: Store, name: str, parameters: Mapping[str, Any] | None = None, limits: Limits = STANDARD_LIMITS
) -> Result:
    """Answer the query file `name`; an optional parameter that is not given is null.

    Raises:
        QueryFileError: there is no query of that name.
        QueryParameterError: a parameter is missing, unknown or of the wrong type.
        StoreError: as `Store.query` says.
    """
    if name not in catalogue():
        raise unknown(name, catalogue())
    return _answer(store, catalogue()[name], parameters or {}, limits)


def _answer(store: Store, query: QueryFile, given: Mapping[str, Any], limits: Limits) -> Result:
    typed = all_typed(query.name, query.parameters, given)
    return _with_columns(store.query(query.cypher, typed, limits), query.returns)


def _with_columns(result: Result, columns: Sequence[str | None]) -> Result:
    """The result with what it would have returned: ArcadeDB does not say it over Bolt where there is no row."""
    if result.columns or None in columns:
        return result
    return Result(tuple(map(str, columns)), result.rows)


def unknown(name: str, known: Iterable[str]) -> QueryFileError:
    """The error for a name that no query has."""
    near = get_close_matches(name.strip(), known, n=3)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return QueryFileError(f"no query named {name.strip()!r}", f"{hint}`vanmach queries` lists them")
