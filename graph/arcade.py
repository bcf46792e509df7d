"""ArcadeDB's values and errors as this program's own: plain Python values, the error tree of `graph.errors`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import orjson

from graph import jvm
from graph.errors import QueryLimit, QueryParameterError, QueryRefused, QuerySyntaxError, StoreError, VanmachError
from graph.store import Limits
from graph.watch import too_slow

_ROWS_AT_ONCE = 1_000  # that cross from Java in one call; the bridge ends a call earlier at a few megabytes
_TAG = rb"\u0001"  # how the bridge marks, in JSON, a value that JSON has no form for


def read_rows(found: Any, most: int) -> list[dict[str, Any]]:
    """The rows of a result set of the engine, up to `most`; their values as `graph.store.Result` promises them.

    The result set's own ways to read are one call into Java for a row, or everything at once however much it is.
    """
    taken: list[dict[str, Any]] = []
    take = jvm.java_class("com.arcadedb.python.TypedRows").nextRows
    while len(taken) < most:
        text, beside, drained = take(found._java_result_set, min(_ROWS_AT_ONCE, most - len(taken)))
        taken += _read(bytes(text.getBytes("UTF-8")), beside)
        if drained:
            break
    return taken


def _read(text: bytes, beside: Any) -> list[dict[str, Any]]:
    if _TAG not in text:
        try:
            read: list[dict[str, Any]] = orjson.loads(text)
        except orjson.JSONDecodeError:  # half of a surrogate pair in a value
            pass
        else:
            return read
    from arcadedb_embedded.results import _typed_hook  # type: ignore[import-untyped]

    tagged = json.loads(text, object_hook=_typed_hook(beside))
    return [{name: plain(value) for name, value in row.items()} for row in tagged]


def plain(value: Any) -> Any:
    """A value of a row as `graph.store.Result` promises it."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    if hasattr(value, "getTypeName") and hasattr(value, "toJSON"):
        name = "_type" if hasattr(value, "getInVertex") else "_label"
        # one call into Java for the whole record; the engine's own fields in it begin with "@"
        record = json.loads(str(value.toJSON().toString()))
        return {name: str(value.getTypeName()), **{k: v for k, v in record.items() if not k.startswith("@")}}
    if hasattr(value, "getEdges") and hasattr(value, "getVertices"):
        return {
            "nodes": [plain(node) for node in value.getVertices()],
            "edges": [plain(edge) for edge in value.getEdges()],
        }
    return _temporal(value)


def _temporal(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    text = str(value.toString() if hasattr(value, "toString") else value)
    kind = type(value).__name__.rpartition(".")[2]
    if kind in ("CypherDateTime", "CypherLocalDateTime"):
        # "2023-01-01T10:00+07:00[Asia/Ho_Chi_Minh]"
        return datetime.fromisoformat(text.partition("[")[0]).isoformat()
    if kind in ("CypherTime", "CypherLocalTime"):
        return time.fromisoformat(text).isoformat()
    return text


def check_readable(statement: Any) -> None:
    """Refuse a parsed statement that is no question to the graph.

    Raises:
        QueryRefused: it looks at users, sessions, transactions, or changes the schema.
    """
    kind = str(statement.getClass().getSimpleName())
    if kind not in ("SimpleCypherStatement", "UnionStatement", "CypherShowSchemaStatement"):
        raise QueryRefused("a query may only read the graph: this one is about the server or the schema")


def columns(statement: Any) -> tuple[str, ...]:
    """What a query that gave no rows would have returned."""
    while statement.getClass().getSimpleName() == "UnionStatement":
        statement = statement.getQueries()[0]
    clause = statement.getReturnClause()
    if clause is None or clause.isReturnAll():  # the engine does not say what * would have been
        return ()
    return tuple(str(item.getOutputName()) for item in clause.getReturnItems())


# "Unexpected input 'WHER' at line 1, column 19", "Syntax error at line 1:19 - mismatched input 'RETURN' …"
_JAVA_NAME = re.compile(r": \w+Exception$")  # ": NoViableAltException" behind what is wrong
_PLACE = re.compile(r"at line (\d+)(?:, column |:)(\d+)")


def placed(text: str) -> str:
    """A message of the engine about a query, with the place where people look for it."""
    return _PLACE.sub(_place, _JAVA_NAME.sub("", text))


def _place(match: re.Match[str]) -> str:
    # the engine counts columns from 0, people and Neo4j from 1
    return f"at line {match[1]}, column {int(match[2]) + 1}"


def translated(error: BaseException, limits: Limits) -> VanmachError:
    """The error to raise for one that the engine raised while it answered a query."""
    names = {name for java in _java_chain(error) for name in _class_names(java)}
    text = one_line(error)
    if "CommandParameterMissingException" in names:
        return QueryParameterError(text, "give it with the query")
    if "CommandParsingException" in names:
        return QuerySyntaxError(placed(text))
    if names & {"QueryNotIdempotentException", "DatabaseIsReadOnlyException"}:
        return QueryRefused("a query may only read the graph: this one writes, or calls a procedure")
    if "SecurityException" in names:
        # "LOAD CSV file:/// URLs are disabled. Set … to enable." is no advice for who asks
        return QueryRefused(f"a query may only read the graph: {text.partition('. Set ')[0]}")
    if names & {"TimeoutException", "QueryTerminatedException"}:
        return too_slow(limits)
    # the engine wraps the last of these in a general exception that keeps only the words
    if names & {"HeapLimitExceededException", "OutOfMemoryError"} or text.startswith("Query heap budget exceeded"):
        return QueryLimit(f"the query needs too much memory: {text}", "narrow it down")
    return StoreError(text)


def one_line(error: BaseException) -> str:
    """What the engine says, without Java's class names and without its drawing of the place."""
    java = list(_java_chain(error))
    # the outermost says where in the query, the innermost why a file cannot be opened
    said = [str(one.getMessage() or one.getClass().getSimpleName()).strip() for one in (java[:1] + java[1:][-1:])]
    lines = [text.splitlines()[0] for text in said or [str(error)] if text]
    return ": ".join(dict.fromkeys(lines)) or type(error).__name__


def _java_chain(error: Any) -> Iterator[Any]:
    while error is not None and not hasattr(error, "getStackTrace"):
        error = error.__cause__
    for _ in range(20):  # a chain of causes may be a ring
        if error is None:
            return
        yield error
        error = error.getCause()


def _class_names(java: Any) -> Iterator[str]:
    class_ = java.getClass()
    while class_ is not None:
        yield str(class_.getSimpleName())
        class_ = class_.getSuperclass()
