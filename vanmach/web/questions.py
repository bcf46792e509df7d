"""Questions of people's own: the query files, and Cypher as it is typed; read-only and within limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.store import Limits, Result, Store
from queries.ask import ask_cypher, run
from queries.files import catalogue
from queries.lookup import AgencyRow, DocumentRow, find_agency, find_document
from vanmach.web.collection import Collection
from vanmach.web.models import Query, QueryParameter, Table

QUERY_LIMITS = Limits(seconds=10.0, rows=5_000)
"""Of one's own Cypher, and of the query files as they are asked here."""


def queries() -> list[Query]:
    """The questions that are ready."""
    return [
        Query(
            name=name,
            doc=found.doc,
            parameters=[
                QueryParameter(name=p.name, type=p.type, optional=p.optional, meaning=p.meaning)
                for p in found.parameters.values()
            ],
            returns=list(found.returns),
            severity=found.severity,
        )
        for name, found in sorted(catalogue().items())
    ]


def ready(collection: Collection, name: str, parameters: Mapping[str, Any]) -> Table:
    """The rows of a query file; a document or an agency may be named as people do.

    Raises:
        QueryFileError: there is none of this name, or a parameter is wrong.
        LookupFailed: a name means nothing, or several.
        QueryLimit: it breaks `QUERY_LIMITS`.
    """
    finders: dict[str, Callable[[Store, str], DocumentRow | AgencyRow]] = {
        "document": find_document,
        "agency": find_agency,
    }
    with collection.asking() as store:
        meant = {k: finders[k](store, v).id if k in finders and v else v for k, v in parameters.items()}
        return _table(run(store, name, meant, QUERY_LIMITS))


def cypher(collection: Collection, text: str, parameters: Mapping[str, Any]) -> Table:
    """The rows of a question in Cypher, read-only and within `QUERY_LIMITS`.

    Raises:
        QuerySyntaxError, QueryRefused, QueryLimit, QueryParameterError.
    """
    with collection.asking() as store:
        return _table(ask_cypher(store, text, parameters, QUERY_LIMITS))


def _table(result: Result) -> Table:
    return Table(columns=list(result.columns), rows=[list(row) for row in result.rows])
