"""SPARQL query files: the questions of the .cypher files beside them, for the graph as RDF.

    # name: documents_under
    # doc: Every document that implements a document.
    # param: document  id of the document at the top
    # returns: id, symbol, parents[], evidence[doc, start, end]

The header is that of a .cypher file. A row of SPARQL holds no list, so `returns` says how rows that are the same in
every other column become one: `parents[]` is the list of the different values of ?parents in the order of the rows,
`via[1]` the first of them, `tasks[n]` how many of ?tasks are different, and `evidence[doc, start]` the list of the
different pairs of ?evidence_doc and ?evidence_start. A literal takes the place of a parameter, which begins with "$".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from graph.errors import QueryFileError
from graph.rdf.sparql import used_parameters
from graph.rdf.store import RdfStore
from graph.store import STANDARD_LIMITS, Limits, Result
from queries.ask import unknown
from queries.header import Parameter, entries, only, parameters, wrong
from queries.parameters import all_typed, check_names, guessed, on_day

_MARK = "#"
_COLUMN = re.compile(r"(\w+)(?:\[([^\]]*)\])?(?:,\s*|$)")  # evidence[doc, start],
_NAME = re.compile(r"\s*\w+\s*")  # no SPARQL is one word


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the folded rows.

    `fold` is what becomes of its values: "" (it has one), "1" (the first), "n" (their number), "list"; a list whose
    members have `parts` is one of mappings.
    """

    name: str
    fold: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SparqlFile:
    """A query with what its header says."""

    name: str
    doc: str
    parameters: Mapping[str, Parameter]
    returns: tuple[Column, ...]
    sparql: str


def parse(text: str, where: str) -> SparqlFile:
    """Read a query file's text.

    Raises:
        QueryFileError: the header is incomplete, or a parameter is declared and not used, or used and not declared.
    """
    found = entries(text, _MARK)
    single = {key: only(found, key, where, _MARK) for key in ("name", "doc", "returns")}
    declared = parameters(found, where)
    used = used_parameters(text)
    for name, (_, line) in declared.items():
        if name not in used:
            raise wrong(where, line, f"parameter {name!r} is not used by the query")
    for name in used:
        if name not in declared:
            raise wrong(where, 1, f"parameter ${name} is not declared", f"{_MARK} param: {name}  what it means")
    return SparqlFile(
        name=single["name"].text,
        doc=single["doc"].text,
        parameters={name: parameter for name, (parameter, _) in declared.items()},
        returns=_columns(single["returns"].text, where, single["returns"].line),
        sparql=text,
    )


def _columns(text: str, where: str, line: int) -> tuple[Column, ...]:
    found, at = [], 0
    while at < len(text):
        match = _COLUMN.match(text, at)
        if match is None:
            raise wrong(where, line, f"{text[at:]!r} names no column", "write: id, parents[], evidence[doc, start]")
        name, inner = match[1], match[2]
        if inner in (None, "1", "n"):
            found.append(Column(name, inner or ""))
        else:
            found.append(Column(name, "list", tuple(part.strip() for part in inner.split(",") if part.strip())))
        at = match.end()
    return tuple(found)


@cache
def sparql_catalogue() -> Mapping[str, SparqlFile]:
    """The SPARQL queries that come with the program, by name."""
    with as_file(files("queries")) as folder:
        paths = sorted([*folder.glob("*.rq"), *folder.glob("checks/*.rq")])
        found = {path.stem: parse(path.read_text("utf-8"), str(path)) for path in paths}
    for stem, query in found.items():
        if query.name != stem:
            raise wrong(f"{stem}.rq", 1, f"the query is named {query.name!r}", "name it as its file")
    return found


def ask_sparql(
    store: RdfStore,
    query: str,
    given: Mapping[str, Any] | None = None,
    limits: Limits = STANDARD_LIMITS,
    as_of: str | None = None,
) -> Result:
    """Answer a query.

    Args:
        query: the name of a query file, the path of one (it ends in `.rq`), or SPARQL.
        given: parameters by name; a string is read as the type that the query's header declares. Where there is no
            header, `null`, `true`, `false` and numbers are those, and everything else is a string.
        as_of: the day (ISO 8601) on which is asked, for a query that takes one.

    Raises:
        QueryFileError: no such query or file, or the file breaks its own header.
        QueryParameterError: a parameter is missing, unknown or of the wrong type, or the query takes no day.
        QuerySyntaxError, QueryRefused, QueryLimit, StoreError: as `RdfStore.query` says.
    """
    given = given or {}
    if query in sparql_catalogue():
        return _answer(store, sparql_catalogue()[query], given, limits, as_of)
    if query.endswith(".rq"):
        text = _text(Path(query))
        if entries(text, _MARK):
            return _answer(store, parse(text, query), given, limits, as_of)
        query = text  # one that was written elsewhere
    elif _NAME.fullmatch(query):
        raise unknown(query, sparql_catalogue())
    used = used_parameters(query)
    given = on_day("the query", given, used, as_of)
    check_names("the query", given, required=(), known=used)
    return store.query(query, {name: guessed(value) for name, value in given.items()}, limits)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise QueryFileError(f"{path}: {reason}", "give the path of a .rq file") from error


def _answer(store: RdfStore, query: SparqlFile, given: Mapping[str, Any], limits: Limits, as_of: str | None) -> Result:
    typed = all_typed(query.name, query.parameters, on_day(query.name, given, query.parameters, as_of))
    return _folded(store.query(query.sparql, typed, limits), query)


def _folded(result: Result, query: SparqlFile) -> Result:
    """Where a column gathers values, rows that are the same in every other column as one."""
    plain = [column.name for column in query.returns if not column.fold]
    variables = {*plain, *(v for column in query.returns for v in _variables(column))}
    if missing := variables - set(result.columns):
        raise QueryFileError(f"{query.name}: the query gives no {', '.join(sorted(missing))}", "`# returns:` says so")
    if not any(column.fold for column in query.returns):  # two edges may give the same row: both count
        return Result(tuple(plain), tuple(tuple(row[name] for name in plain) for row in result.dicts()))
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in result.dicts():
        groups.setdefault(tuple(repr(row[name]) for name in plain), []).append(row)
    rows = [tuple(_cell(column, group) for column in query.returns) for group in groups.values()]
    return Result(tuple(column.name for column in query.returns), tuple(rows))


def _variables(column: Column) -> list[str]:
    return [f"{column.name}_{part}" for part in column.parts] if column.parts else [column.name]


def _cell(column: Column, rows: list[dict[str, Any]]) -> Any:
    if column.parts:
        return _different([{part: row[f"{column.name}_{part}"] for part in column.parts} for row in rows])
    values = [row[column.name] for row in rows]
    if not column.fold:
        return values[0]
    known = _different([value for value in values if value is not None])
    return {"1": next(iter(known), None), "n": len(known), "list": known}[column.fold]


def _different(values: list[Any]) -> list[Any]:
    return list({repr(value): value for value in values}.values())
