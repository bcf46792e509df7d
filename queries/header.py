"""The comment that a query file begins with: entries of a key and a text, and the parameters that they declare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import QueryFileError

TYPES = ("string", "integer", "number", "boolean", "date", "words")
"""`date`: ISO 8601, perhaps partial (2023, 2023-10); `words`: the words of a text without case and diacritics."""

_LINE = r"^{mark}\s?(?:(name|doc|param|returns|severity):)?\s*(.*)$"  # // param: role?  chủ trì, …
_PARAMETER = re.compile(r"^(\w+)(\?)?(?::\s*(\w+))?\s+(\S.*)$")  # role?: string  chủ trì or phối hợp


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query's parameter; where it is optional, the meaning says what leaving it out means."""

    name: str
    meaning: str
    optional: bool = False
    type: str = "string"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the header, its text with the lines that go on with it, and the line that it begins in."""

    key: str
    text: str
    line: int


def entries(text: str, mark: str) -> list[Entry]:
    """The entries of the comment that the file begins with; `mark` begins a comment ("//" in Cypher)."""
    return list(_entries(text, re.compile(_LINE.format(mark=re.escape(mark)))))


def _entries(text: str, form: re.Pattern[str]) -> Iterator[Entry]:
    entry: Entry | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        match = form.match(line)
        if match is None:
            break
        if match[1]:
            if entry:
                yield entry
            entry = Entry(match[1], match[2].strip(), number)
        elif entry:
            entry = Entry(entry.key, f"{entry.text} {match[2].strip()}".strip(), entry.line)
    if entry:
        yield entry


def only(found: Sequence[Entry], key: str, where: str, mark: str) -> Entry:
    """The one entry of a key.

    Raises:
        QueryFileError: there is none, or there are several.
    """
    own = [entry for entry in found if entry.key == key and entry.text]
    if len(own) != 1:
        line = own[1].line if own else 1
        said = "is missing" if not own else "stands twice"
        raise wrong(where, line, f"`{mark} {key}:` {said}", "a query file begins with name, doc, param and returns")
    return own[0]


def parameters(found: Sequence[Entry], where: str) -> dict[str, tuple[Parameter, int]]:
    """The declared parameters by name, each with its line.

    Raises:
        QueryFileError: one is declared wrongly, or twice.
    """
    declared: dict[str, tuple[Parameter, int]] = {}
    for entry in found:
        if entry.key == "param":
            parameter = _parameter(entry, where)
            if parameter.name in declared:
                raise wrong(where, entry.line, f"parameter {parameter.name!r} is declared twice")
            declared[parameter.name] = parameter, entry.line
    return declared


def _parameter(entry: Entry, where: str) -> Parameter:
    match = _PARAMETER.match(entry.text)
    if match is None:
        raise wrong(where, entry.line, f"{entry.text!r} declares no parameter", "// param: name?: type  what it means")
    name, optional, type_, meaning = match.groups()
    if type_ and type_ not in TYPES:
        raise wrong(where, entry.line, f"parameter {name!r} has no known type", f"one of {', '.join(TYPES)}")
    if optional and "left out:" not in meaning:
        raise wrong(where, entry.line, f"parameter {name!r} may be left out", "say what that means: “left out: …”")
    return Parameter(name, meaning, bool(optional), type_ or "string")


def wrong(where: str, line: int, message: str, hint: str = "") -> QueryFileError:
    """The error of a line of a query file."""
    return QueryFileError(f"{where}:{line}: {message}", hint)
