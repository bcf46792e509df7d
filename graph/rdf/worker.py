"""The process that answers one SPARQL query, with no more memory than it was given; see `graph.rdf.store`.

It reads a request (JSON) from standard input and writes an answer: `columns` and `rows`, or `error` and `message`.
"""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
_WHOLE = {
    f"{_XSD}{name}"
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
}
_REAL = {f"{_XSD}{name}" for name in ("double", "float", "decimal")}


def main() -> None:
    request = json.load(sys.stdin)
    _limit_memory(request["memory"])
    try:
        found = answer(request)
    except SyntaxError as error:
        found = {"error": "syntax", "message": str(error.msg)}
    except (OSError, RuntimeError, ValueError) as error:
        found = {"error": "store", "message": str(error)}
    except MemoryError:
        found = {"error": "memory", "message": ""}
    json.dump(found, sys.stdout)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    store = Store.read_only(request["store"])
    found = store.query(request["query"], prefixes=request["prefixes"])
    if isinstance(found, QueryBoolean):
        return {"columns": ["answer"], "rows": [[bool(found)]]}
    if isinstance(found, QuerySolutions):
        columns = [variable.value for variable in found.variables]
        rows = [[plain(value) for value in solution] for solution in islice(found, request["rows"] + 1)]
    else:
        columns = ["subject", "predicate", "object"]
        rows = [[plain(part) for part in triple] for triple in islice(found, request["rows"] + 1)]
    return {"columns": columns, "rows": rows}


def plain(term: NamedNode | BlankNode | Literal | Triple | None) -> Any:
    """A term as `graph.store.Result` promises it: a literal as its value, a resource as its IRI."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else str(term)
    datatype = term.datatype.value
    if datatype in _WHOLE:
        return int(term.value)
    if datatype in _REAL:
        return float(term.value)
    if datatype == f"{_XSD}boolean":
        return term.value in ("true", "1")
    return json.loads(term.value) if datatype == _JSON else term.value


def _limit_memory(more: int) -> None:
    """Allow this process so many bytes more than it has now, where the system knows such a limit (Linux)."""
    statistics = Path("/proc/self/statm")
    if not statistics.exists():
        return
    import resource

    limit = int(statistics.read_text("ascii").split()[0]) * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an end for want of memory is no crash to look into


if __name__ == "__main__":
    main()
