"""Query files: Cypher with a header that says what it asks, what it takes and what it gives.

    // name: documents_under
    // doc: Every document that implements a document.
    //      A line that names no key goes on with the one before.
    // param: document  id of the document at the top
    // param: since?: date  only documents of this day or later; left out: all of them
    // returns: id, symbol

A parameter with "?" may be left out and is then null in the query. Its type, after a colon, is one of
`TYPES`; without one it is a string. A check (checks/) has a `severity` too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from graph.errors import QueryFileError
from queries.cypher import returned_columns, used_parameters

TYPES = ("string", "integer", "number", "boolean", "date", "words")
"""`date`: ISO 8601, perhaps partial (2023, 2023-10); `words`: the words of a text without case and diacritics."""

SEVERITIES = ("error", "warning", "info")

_HEADER_LINE = re.compile(r"^//\s?(?:(name|doc|param|returns|severity):)?\s*(.*)$")  # // param: role?  chủ trì, …
_PARAMETER = re.compile(r"^(\w+)(\?)?(?::\s*(\w+))?\s+(\S.*)$")  # role?: string  chủ trì or phối hợp


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query's parameter; where it is optional, the meaning says what leaving it out means."""

    name: str
    meaning: str
    optional: bool = False
    type: str = "string"


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query with what its header says; `severity` is None unless it is a check."""

    name: str
    doc: str
    parameters: Mapping[str, Parameter]
    returns: tuple[str, ...]
    cypher: str
    severity: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    text: str
    line: int


def parse(text: str, where: str) -> QueryFile:
    """Read a query file's text.

    Args:
        text: the whole file.
        where: how to name the file in an error.

    Raises:
        QueryFileError: the header is incomplete, or says something else than the query does.
    """
    entries = list(_header(text))
    single = {key: _only(entries, key, where) for key in ("name", "doc", "returns")}
    severity = [entry for entry in entries if entry.key == "severity"]
    if severity and severity[0].text not in SEVERITIES:
        raise _wrong(where, severity[0].line, f"no severity {severity[0].text!r}", f"one of {', '.join(SEVERITIES)}")
    parameters: dict[str, Parameter] = {}
    for entry in entries:
        if entry.key == "param":
            parameter = _parameter(entry, where)
            if parameter.name in parameters:
                raise _wrong(where, entry.line, f"parameter {parameter.name!r} is declared twice")
            parameters[parameter.name] = parameter
    query = QueryFile(
        name=single["name"].text,
        doc=single["doc"].text,
        parameters=parameters,
        returns=tuple(column.strip() for column in single["returns"].text.split(",")),
        cypher=text,
        severity=severity[0].text if severity else None,
    )
    _check_parameters(query, entries, where)
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
            raise _wrong(str(path), 1, f"there is another query named {query.name!r}")
        if query.name != path.stem:
            raise _wrong(str(path), 1, f"the query is named {query.name!r}", f"rename the file to {query.name}.cypher")
        if (query.severity is not None) != (path.parent.name == "checks"):
            raise _wrong(str(path), 1, "a query has a severity if and only if it stands in checks/")
        found[query.name] = query
    return found


@cache
def catalogue() -> Mapping[str, QueryFile]:
    """The queries and checks that come with the program, by name."""
    with as_file(files("queries")) as folder:
        return load_folder(folder)


def _header(text: str) -> Iterator[_Entry]:
    """The entries of the comment that the file begins with."""
    entry: _Entry | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        match = _HEADER_LINE.match(line)
        if match is None:
            break
        if match[1]:
            if entry:
                yield entry
            entry = _Entry(match[1], match[2].strip(), number)
        elif entry:
            entry = _Entry(entry.key, f"{entry.text} {match[2].strip()}".strip(), entry.line)
    if entry:
        yield entry


def _only(entries: list[_Entry], key: str, where: str) -> _Entry:
    found = [entry for entry in entries if entry.key == key and entry.text]
    if len(found) != 1:
        line = found[1].line if found else 1
        said = "is missing" if not found else "stands twice"
        raise _wrong(where, line, f"`// {key}:` {said}", "a query file begins with name, doc, param and returns")
    return found[0]


def _parameter(entry: _Entry, where: str) -> Parameter:
    match = _PARAMETER.match(entry.text)
    if match is None:
        raise _wrong(where, entry.line, f"{entry.text!r} declares no parameter", "// param: name?: type  what it means")
    name, optional, type_, meaning = match.groups()
    if type_ and type_ not in TYPES:
        raise _wrong(where, entry.line, f"parameter {name!r} has no known type", f"one of {', '.join(TYPES)}")
    if optional and "left out:" not in meaning:
        raise _wrong(where, entry.line, f"parameter {name!r} may be left out", "say what that means: “left out: …”")
    return Parameter(name, meaning, bool(optional), type_ or "string")


def _check_parameters(query: QueryFile, entries: list[_Entry], where: str) -> None:
    used = used_parameters(query.cypher)
    for name, line in used.items():
        if name not in query.parameters:
            raise _wrong(where, line, f"parameter ${name} is not declared", f"// param: {name}  what it means")
    for entry in entries:
        if entry.key == "param" and (name := _parameter(entry, where).name) not in used:
            raise _wrong(where, entry.line, f"parameter {name!r} is not used by the query")


def _check_columns(query: QueryFile, header_line: int, where: str) -> None:
    returned = returned_columns(query.cypher)
    if not returned:
        raise _wrong(where, header_line, "the query returns nothing", "end it with RETURN")
    for line, columns in returned:
        if None in columns:
            position = columns.index(None) + 1
            raise _wrong(where, line, f"column {position} of RETURN has no name", "write: … AS name")
        if tuple(columns) != query.returns:
            raise _wrong(where, line, f"RETURN gives {', '.join(map(str, columns))}", "`// returns:` says otherwise")


def _wrong(where: str, line: int, message: str, hint: str = "") -> QueryFileError:
    return QueryFileError(f"{where}:{line}: {message}", hint)
