"""The text of a SPARQL query: its parameters put in as data, and what no query may ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rdflib import XSD

from graph.errors import QueryParameterError, QueryRefused

_SERVICE = re.compile(r"\bservice\b", re.IGNORECASE)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(0010[0-9A-Fa-f]{4}|000[0-9A-Fa-f]{5})")  # \u0053, \U0001F600

# what is no code: an IRI, a string (in one quote or three, of either kind), a comment; and "\#", a letter of a name
_NOT_CODE = r"""<[^<>"{}|^`\\\x00-\x20]*>
  | \"{3} (?: [^"\\] | \\. | "{1,2}(?!") )* \"{3} | '{3} (?: [^'\\] | \\. | '{1,2}(?!') )* '{3}
  | " (?: [^"\\\n\r] | \\. )* " | ' (?: [^'\\\n\r] | \\. )* '
  | \#[^\n\r]* | \\."""
_PARAMETER = re.compile(rf"{_NOT_CODE} | \$(?P<name>\w+)", re.VERBOSE | re.DOTALL)  # $document

_HINT = "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; the graph is changed by ingesting"


def used_parameters(query: str) -> list[str]:
    """The names behind "$" in a query's code, in their order, each once."""
    return list(dict.fromkeys(match["name"] for match in _PARAMETER.finditer(query) if match["name"]))


def with_parameters(query: str, parameters: Mapping[str, Any]) -> str:
    """The query with a literal in the place of each parameter; one that is None becomes an unbound variable.

    In SPARQL "$x" is a variable, so a name that is not given stays what it is.

    Raises:
        QueryParameterError: a value that no literal can hold.
    """

    def put_in(match: re.Match[str]) -> str:
        name = match["name"]
        return match[0] if name not in parameters else _literal(name, parameters[name])

    return _PARAMETER.sub(put_in, query)


def check_readable(query: str) -> None:
    """Refuse a query that asks other servers.

    The engine follows SERVICE and has no switch for it. So the word may stand nowhere in a query, not in a string or a
    comment either: then it does not matter how a text that means to deceive is taken apart. As a parameter it may.

    Raises:
        QueryRefused: the word is there.
    """
    if _SERVICE.search(query) or _SERVICE.search(_CODEPOINT.sub(_decoded, query)):
        raise QueryRefused(
            "a query may only read the graph: the word SERVICE would ask another server",
            "a text with that word can be given as a parameter",
        )


def writes(query: str) -> QueryRefused | None:
    """What to say of a text that is no query because it is an update."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        parsed = parseUpdate(query)
    except (ParseException, RecursionError):
        return None
    return QueryRefused("a query may only read the graph: this one writes, or loads", _HINT) if parsed.request else None


def _decoded(match: re.Match[str]) -> str:
    return chr(int(match[1] or match[2], 16))


def _literal(name: str, value: Any) -> str:
    if value is None:
        return f"?_{name}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f'"{value}"^^<{XSD.integer}>'
    if isinstance(value, float):
        return f'"{value!r}"^^<{XSD.double}>'
    if isinstance(value, str):
        return '"' + "".join(map(_escaped, value)) + '"'
    raise QueryParameterError(f"parameter {name} is {value!r}: no text, number or truth value")


def _escaped(character: str) -> str:
    """A character by its number: nothing of a value can be taken for code, wherever the value stands."""
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
