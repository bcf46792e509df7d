"""Commands for one's own questions: query, sparql and queries."""

from __future__ import annotations

from typing import Annotated
from unicodedata import normalize

import typer

from graph.errors import QueryParameterError
from queries.ask import ask
from queries.files import catalogue
from vanmach.app import DEFAULT, WorkspaceOption, app, open_rdf, open_store
from vanmach.as_of import AsOfOption, day_given
from vanmach.asking import FormatOption
from vanmach.headings import headings
from vanmach.output import Format, print_rows

ParameterOption = Annotated[
    list[str] | None, typer.Option("-p", "--param", metavar="KEY=VALUE", help="A parameter; may be repeated.")
]


@app.command()
def query(
    query: Annotated[
        str, typer.Argument(metavar="NAME|FILE|CYPHER", help="A query's name, a .cypher file, or Cypher.")
    ],
    parameters: ParameterOption = None,
    as_of: AsOfOption = "",
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """Ask a query, read-only: one of `vanmach queries`, a file of your own, or Cypher.

    Example: vanmach query "MATCH (d:Document {level: $level}) RETURN d.symbol AS symbol" -p level=huyện
    """
    day = day_given(as_of)
    with open_store(workspace) as store:
        result = ask(store, query, dict(_parameter(given) for given in parameters or ()), as_of=day)
    print_rows(result.dicts(), headings(result.columns), format_)


@app.command()
def sparql(
    query: Annotated[str, typer.Argument(metavar="NAME|FILE|QUERY", help="A query's name, a .rq file, or SPARQL.")],
    parameters: ParameterOption = None,
    as_of: AsOfOption = "",
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """Ask the graph as RDF, read-only: most of `vanmach queries`, a file of your own, or SPARQL.

    The prefixes of an export (vm, eli, org, prov, skos, dcterms, id …) are known.

    Example: vanmach sparql "SELECT ?symbol { ?d eli:id_local ?symbol ; vm:level level:huyện }"
    """
    from queries.sparql import ask_sparql

    day = day_given(as_of)
    with open_rdf(workspace) as store:
        result = ask_sparql(store, query, dict(_parameter(given) for given in parameters or ()), as_of=day)
    print_rows(result.dicts(), headings(result.columns), format_)


def _parameter(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name.strip():
        raise QueryParameterError(f"-p {given}: not KEY=VALUE", "write for example -p document=21-CT/TW")
    return name.strip(), normalize("NFC", value)


@app.command()
def queries(format_: FormatOption = Format.table) -> None:
    """List the queries that can be asked by name, with their parameters.

    Example: vanmach queries
    """
    rows = [
        {
            "name": name,
            "doc": found.doc,
            "parameters": [f"{p.name}{'?' if p.optional else ''}: {p.meaning}" for p in found.parameters.values()],
            "returns": list(found.returns),
            "severity": found.severity,
        }
        for name, found in sorted(catalogue().items())
    ]
    print_rows(rows, headings(("name", "doc", "parameters")), format_)
