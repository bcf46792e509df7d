"""Query files: Cypher with a header that says what it asks, what it takes and what it gives.

    // name: documents_under
    // doc: Every document that implements a document.
    //      A line that names no key goes on with the one before.
    // param: document  id of the document at the top
    // param: since?: date  only documents of this day or later; left out: all of them
    // returns: id, symbol

A parameter with "?" may be left out and is then null in the query. Its type, after a colon, is one of
`queries.header.TYPES`; without one it is a string. A check (checks/) has a `severity` too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from graph.errors import QueryFileError
from queries.cypher import returned_columns, used_parameters
from queries.header import Parameter, entries, only, parameters, wrong

SEVERITIES = ("error", "warning", "info")

_MARK = "//"


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query with what its header says; `severity` is None unless it is a check."""

    name: str
    doc: str
    parameters: Mapping[str, Parameter]
    returns: tuple[str, ...]
    cypher: str
    severity: str | None = None


def parse(text: str, where: str) -> QueryFile:
    """Read a query file's text.

    Args:
        text: the whole file.
        where: how to name the file in an error.

    Raises:
        QueryFileError: the header is incomplete, or says something else than the query does.
    """
    found = entries(text, _MARK)
    single = {key: only(found, key, where, _MARK) for key in ("name", "doc", "returns")}
    severity = [entry for entry in found if entry.key == "severity"]
    if severity and severity[0].text not in SEVERITIES:
        raise wrong(where, severity[0].line, f"no severity {severity[0].text!r}", f"one of {', '.join(SEVERITIES)}")
    declared = parameters(found, where)
    query = QueryFile(
        name=single["name"].text,
        doc=single["doc"].text,
        parameters={name: parameter for name, (parameter, _) in declared.items()},
        returns=tuple(column.strip() for column in single["returns"].text.split(",")),
        cypher=text,
        severity=severity[0].text if severity else None,
    )
    _check_parameters(query, {name: line for name, (_, line) in declared.items()}, where)
    _check_columns(query, single["returns"].line, where)
    return query


def load(path: Path) -> QueryFile:
    """Read a query file.

    Raises:
        QueryFileError: it cannot be read, or breaks what its header says.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise QueryFileError(f"{path}: {reason}", "give the path of a .cypher file") from error
    return parse(text, str(path))


def load_folder(folder: Path) -> dict[str, QueryFile]:
    """All query files of a folder and, as checks, of its folder `checks`, by name.

    Raises:
        QueryFileError: a file is wrong, is not called after its query, or two have one name; or a check has no
            severity, or a query that is none has one.
    """
    found: dict[str, QueryFile] = {}
    for path in [*sorted(folder.glob("*.cypher")), *sorted(folder.glob("checks/*.cypher"))]:
        query = load(path)
        if query.name in found:
            raise wrong(str(path), 1, f"there is another query named {query.name!r}")
        if query.name != path.stem:
            raise wrong(str(path), 1, f"the query is named {query.name!r}", f"rename the file to {query.name}.cypher")
        if (query.severity is not None) != (path.parent.name == "checks"):
            raise wrong(str(path), 1, "a query has a severity if and only if it stands in checks/")
        found[query.name] = query
    return found


@cache
def catalogue() -> Mapping[str, QueryFile]:
    """The queries and checks that come with the program, by name."""
    with as_file(files("queries")) as folder:
        return load_folder(folder)


def _check_parameters(query: QueryFile, lines: Mapping[str, int], where: str) -> None:
    used = used_parameters(query.cypher)
    for name, line in used.items():
        if name not in query.parameters:
            raise wrong(where, line, f"parameter ${name} is not declared", f"// param: {name}  what it means")
    for name, line in lines.items():
        if name not in used:
            raise wrong(where, line, f"parameter {name!r} is not used by the query")


def _check_columns(query: QueryFile, header_line: int, where: str) -> None:
    returned = returned_columns(query.cypher)
    if not returned:
        raise wrong(where, header_line, "the query returns nothing", "end it with RETURN")
    for line, columns in returned:
        if None in columns:
            position = columns.index(None) + 1
            raise wrong(where, line, f"column {position} of RETURN has no name", "write: … AS name")
        if tuple(columns) != query.returns:
            raise wrong(where, line, f"RETURN gives {', '.join(map(str, columns))}", "`// returns:` says otherwise")
