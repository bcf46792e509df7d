"""The graph as lines of N-Triples, one node or edge after the other: nothing is kept, however large the graph is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import orjson
from rdflib import PROV, RDF, XSD, URIRef
from rdflib import Graph as RdfGraph

from graph.model import Graph
from graph.rdf.terms import EDGE_CLASSES, READ_IN, RESOURCE, concept, edge_term, escaped, statement, term
from graph.rdf.vocabulary import concept_graph, list_term, vocabulary
from graph.schema import Property, Value, schema

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_ESCAPED = re.compile(r'[\\"\n\r]')
_YEAR = re.compile(r"(?!0000)\d{4}", re.ASCII)  # "2023"; before 1 there is no year in every reader's calendar
_MONTH = re.compile(r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)  # "2023-10"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)  # "2023-10-05"
_TYPES = {"year": XSD.gYear, "month": XSD.gYearMonth, "day": XSD.date}
_END = " .\n"

Writer = Callable[[Any], list[str]]
"""Gives what stands after the subject, predicate and object, once for each triple that a value makes."""


def lines(graph: Graph, *, named_graphs: bool = False) -> Iterator[str]:
    """The vocabulary, then each node and each edge, as whole lines.

    Args:
        named_graphs: write N-Quads, in which what was read in a document stands in a named graph of that document.
    """
    yield _vocabulary()
    known = {(scheme.id, value) for scheme in schema().schemes.values() for value in scheme.concepts}
    for id_, attributes in graph.nx.nodes(data=True):
        for used in _concepts(attributes):
            if used not in known:
                known.add(used)
                yield _sorted(concept_graph(*used))
        yield _node(id_, attributes)
    documents: set[str] = set()
    for source, target, key, attributes in graph.nx.edges(keys=True, data=True):
        end = _END
        if named_graphs and not attributes.get("data_source"):
            doc = str(attributes["doc"])
            end = f" <{READ_IN}{escaped(doc)}>{_END}"
            if doc not in documents:
                documents.add(doc)
                yield f"<{READ_IN}{escaped(doc)}> {PROV.wasQuotedFrom.n3()} {_resource(doc)}{_END}"
        between = graph.nx.nodes[source]["label"], graph.nx.nodes[target]["label"]
        yield _edge(source, target, key, between, attributes, end)


@cache
def _vocabulary() -> str:
    return _sorted(vocabulary())


def _sorted(triples: RdfGraph) -> str:
    """An rdflib graph as lines, which are the same each time."""
    return "".join(f"{line}\n" for line in sorted(filter(None, triples.serialize(format="nt").split("\n"))))


def _concepts(attributes: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    for name, scheme in _schemes(str(attributes["label"])):
        if (value := attributes.get(name)) is not None:
            yield scheme, str(value)


@cache
def _schemes(label: str) -> tuple[tuple[str, str], ...]:
    return tuple((known.name, known.scheme) for known in schema().node(label).properties.values() if known.scheme)


def _node(id_: str, attributes: Mapping[str, Value]) -> str:
    label = str(attributes["label"])
    type_, columns = _node_columns(label)
    written = [type_]
    for name, value in attributes.items():
        if name in columns and value is not None:
            written += columns[name](value)
    subject = _resource(id_)
    return "".join(f"{subject} {predicate_object}{_END}" for predicate_object in written)


def _edge(
    source: str, target: str, key: str, between: tuple[str, str], attributes: Mapping[str, Value], end: str
) -> str:
    type_ = str(attributes["type"])
    predicate, inverse, types, columns = _edge_columns(type_, between)
    subject, object_ = (target, source) if inverse else (source, target)
    subject, object_ = _resource(subject), _resource(object_)
    written = [*types, f"{_SUBJECT} {subject}", f"{_PREDICATE} {predicate}", f"{_OBJECT} {object_}"]
    structural = bool(attributes.get("data_source"))
    for name, value in attributes.items():
        if name in columns and value is not None and (name == "data_source" or not structural or name not in _EVIDENCE):
            written += columns[name](value)
    about = f"<{statement(source, key, target)}>"
    return f"{subject} {predicate} {object_}{end}" + "".join(f"{about} {one}{end}" for one in written)


_EVIDENCE = frozenset(schema().evidence)
_SUBJECT, _PREDICATE, _OBJECT = (f"<{name}>" for name in (RDF.subject, RDF.predicate, RDF.object))


@cache
def _node_columns(label: str) -> tuple[str, dict[str, Writer]]:
    kind = schema().node(label)
    columns = {name: _writer(known) for name, known in kind.properties.items()}
    return f"<{RDF.type}> <{term(kind.rdf)}>", columns


@cache
def _edge_columns(type_: str, between: tuple[str, str]) -> tuple[str, bool, list[str], dict[str, Writer]]:
    model = schema()
    kind = model.edge(type_)
    predicate, inverse = edge_term(kind, between)
    types = [f"<{RDF.type}> <{class_}>" for class_ in (RDF.Statement, PROV.Entity, EDGE_CLASSES[type_])]
    columns = {
        name: _writer(known) for name, known in {**kind.properties, **model.evidence, **model.structural}.items()
    }
    return f"<{predicate}>", inverse, types, columns


def _writer(known: Property) -> Writer:
    predicate, object_ = f"<{term(known.rdf)}>", _object(known)
    if known.type != "strings":
        return lambda value: [f"{predicate} {object_(value)}"]
    whole = f"<{list_term(known.name)}>"

    def write_list(values: Sequence[str]) -> list[str]:
        one_each = [f"{predicate} {object_(one)}" for one in dict.fromkeys(values)]
        return [*one_each, f"{whole} {_literal(orjson.dumps(list(values)).decode(), RDF.JSON)}"]

    return write_list


def _object(known: Property) -> Callable[[Any], str]:
    if known.refers:
        return lambda value: _resource(str(value))
    if known.scheme:
        return lambda value: f"<{concept(known.scheme, str(value))}>"
    # a term of a namespace is looked up anew each time that it is named
    integer, double, boolean = (f"^^<{datatype}>" for datatype in (XSD.integer, XSD.double, XSD.boolean))
    return {
        "date": lambda value: _literal(str(value), _date_type(str(value))),
        "integer": lambda value: f'"{value}"{integer}',
        "float": lambda value: f'"{_double(float(value))}"{double}',
        "boolean": lambda value: f'"{str(value).lower()}"{boolean}',
    }.get(known.type, lambda value: _literal(str(value)))


def _resource(id_: str) -> str:
    return f"<{RESOURCE}{escaped(id_)}>"


def _literal(text: str, datatype: URIRef | None = None) -> str:
    if _ESCAPED.search(text):
        text = text.translate(_ESCAPES)
    return f'"{text}"^^<{datatype}>' if datatype else f'"{text}"'


def _double(value: float) -> str:
    """As XML Schema writes it: Python's "inf" is its INF."""
    return repr(value) if math.isfinite(value) else {"inf": "INF", "-inf": "-INF"}.get(repr(value), "NaN")


def _date_type(text: str) -> URIRef | None:
    """A date is as exact as it is known; what is none stays text."""
    if _YEAR.fullmatch(text):
        return _TYPES["year"]
    if _MONTH.fullmatch(text):
        return _TYPES["month"]
    if _DAY.fullmatch(text):
        try:
            date.fromisoformat(text)
            return _TYPES["day"]
        except ValueError:  # "2023-02-30"
            return None
    return None
