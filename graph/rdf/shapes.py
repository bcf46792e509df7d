"""SHACL shapes of an exported file, made of schema.yaml: what a node and an edge must have, may have and may hold."""

from __future__ import annotations

from functools import cache

from rdflib import RDF, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.rdf.terms import EDGE_CLASSES, VM, edge_term, prefixes, term
from graph.rdf.vocabulary import SCHEMES, list_term
from graph.schema import EdgeType, NodeType, Property, schema

_DATATYPES = {
    "string": [XSD.string],
    "strings": [XSD.string],
    "date": [XSD.date, XSD.gYearMonth, XSD.gYear, XSD.string],
    "integer": [XSD.integer],
    "float": [XSD.double],
    "boolean": [XSD.boolean],
}
_MEANING = {
    "string": "text",
    "strings": "text",
    "date": "date (2023, 2023-10, 2023-10-05; as text where it is none of these)",
    "integer": "whole number",
    "float": "number (xsd:double)",
    "boolean": "truth value",
}


@cache
def shapes() -> Graph:
    """Shapes for the nodes of each label, for the statements of each edge type, and for the concepts of each scheme."""
    made = Graph()
    for prefix, namespace in prefixes().items():
        made.bind(prefix, namespace)
    for scheme in schema().schemes:
        shape = _node_shape(made, _concept_shape(scheme))
        _property(made, shape, SKOS.inScheme, f"a concept of {scheme}", (SH.hasValue, SCHEMES[scheme]))
    for node in schema().nodes.values():
        _label_shape(made, node)
    for edge in schema().edges.values():
        _edge_shapes(made, edge)
    return made


def _label_shape(made: Graph, node: NodeType) -> None:
    shape = _node_shape(made, VM[f"{node.label}Shape"], term(node.rdf))
    for known in node.properties.values():
        _value_shapes(made, shape, node.label, known)


def _edge_shapes(made: Graph, edge: EdgeType) -> None:
    model, class_ = schema(), EDGE_CLASSES[edge.type]
    read_in, known_from = model.evidence["doc"], model.structural["data_source"]
    shape = _node_shape(made, VM[f"{edge.type}Shape"], class_)
    for known in (*edge.properties.values(), *model.evidence.values(), *model.structural.values()):
        _value_shapes(made, shape, edge.type, known)

    joined = " or ".join(f"{a} to {b}" for a, b in edge.between)
    message = f"{edge.type}: joins {joined}, by the predicate of the edge"
    if len(edge.between) == 1:
        _joins(made, shape, edge, edge.between[0], message)
    else:
        ends = _node_shape(made, VM[f"{edge.type}EndsShape"], class_)
        _say(made, ends, message)
        _one_of(made, ends, [_joins(made, BNode(), edge, between) for between in edge.between])

    origin = BNode()
    made.add((origin, SH.alternativePath, _list(made, [term(one.rdf) for one in (read_in, known_from)])))
    _property(made, shape, origin, f"{edge.type}: was read in a document, or names its data source", _THERE)


_THERE, _ONCE = (SH.minCount, Literal(1)), (SH.maxCount, Literal(1))


def _joins(made: Graph, shape: Node, edge: EdgeType, between: tuple[str, str], message: str = "") -> Node:
    """The shape, which asks now for a statement of one triple of the right predicate between nodes of these labels."""
    predicate, inverse = edge_term(edge, between)
    first, last = (term(schema().node(label).rdf) for label in (reversed(between) if inverse else between))
    _property(made, shape, RDF.subject, message, _THERE, _ONCE, (SH["class"], first))
    _property(made, shape, RDF.predicate, message, _ONCE, (SH.hasValue, predicate))
    _property(made, shape, RDF.object, message, _THERE, _ONCE, (SH["class"], last))
    return shape


def _value_shapes(made: Graph, shape: Node, owner: str, known: Property) -> None:
    several = known.type == "strings"
    number = "exactly one" if known.key else "any number of" if several else "at most one"
    message = f"{owner}.{known.name}: {number} {_meaning(known)}"
    limits = [*([_THERE] if known.key else []), *([] if several else [_ONCE])]
    one = _property(made, shape, term(known.rdf), message, *limits)
    if known.refers:
        _one_of(made, one, [_node_of(made, known.refers), _other_text(made, known.refers)])
    elif known.scheme:
        made.add((one, SH.node, _concept_shape(known.scheme)))
    elif known.values:
        made.add((one, SH["in"], _list(made, [Literal(value) for value in known.values])))
    elif len(datatypes := _DATATYPES[known.type]) == 1:
        made.add((one, SH.datatype, datatypes[0]))
    else:
        _one_of(made, one, [_datatype(made, datatype) for datatype in datatypes])
    if several:
        whole = f"{owner}.{known.name}: at most one whole list (rdf:JSON)"
        _property(made, shape, list_term(known.name), whole, _ONCE, (SH.datatype, RDF.JSON))


def _node_of(made: Graph, label: str) -> Node:
    one = BNode()
    made.add((one, SH["class"], term(schema().node(label).rdf)))
    return one


def _other_text(made: Graph, label: str) -> Node:
    """The shape of what is another text of a document: facts that were read there have its id."""
    one, back = BNode(), BNode()
    made.add((back, SH.inversePath, term(schema().node(label).properties["texts"].rdf)))
    _property(made, one, back, "", _THERE)
    return one


def _meaning(known: Property) -> str:
    if known.refers:
        return f"{known.refers} that is in the file"
    if known.scheme:
        return f"concept of {known.scheme}"
    return f"of {', '.join(known.values)}" if known.values else _MEANING[known.type]


def _concept_shape(scheme: str) -> URIRef:
    return VM[f"{scheme}-shape"]


def _node_shape(made: Graph, name: URIRef, target: URIRef | None = None) -> URIRef:
    made.add((name, RDF.type, SH.NodeShape))
    if target is not None:
        made.add((name, SH.targetClass, target))
    return name


def _property(made: Graph, shape: Node, path: Node, message: str, *constraints: tuple[URIRef, Node]) -> Node:
    """A property shape in a shape."""
    one = BNode()
    made.add((shape, SH.property, one))
    made.add((one, SH.path, path))
    if message:
        _say(made, one, message)
    for predicate, value in constraints:
        made.add((one, predicate, value))
    return one


def _datatype(made: Graph, datatype: URIRef) -> Node:
    one = BNode()
    made.add((one, SH.datatype, datatype))
    return one


def _one_of(made: Graph, shape: Node, alternatives: list[Node]) -> None:
    made.add((shape, SH["or"], _list(made, alternatives)))


def _list(made: Graph, items: list[Node]) -> Node:
    head = BNode()
    Collection(made, head, items)
    return head


def _say(made: Graph, shape: Node, message: str) -> None:
    made.add((shape, SH.message, Literal(message, "en")))
