"""What things are called in RDF: namespaces, the terms of schema.yaml, the resources of nodes, edges and concepts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, XSD, Namespace, URIRef

from graph.schema import EdgeType, schema

VM = Namespace("urn:vanmach:vocabulary:")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
RESOURCE = "urn:vanmach:id:"
STATEMENT = "urn:vanmach:statement:"
READ_IN = "urn:vanmach:read-in:"
"""Begins the name of the named graph (in TriG) that holds what was read in one document."""

_SAFE = "/:@-._~"  # what an id keeps as it is: "41-kh-ubnd/2023"
# what is no Vietnamese letter; and a full stop at the end, which Turtle writes as "\." and rdflib does not read
_UNREADABLE = re.compile(r"[^ A-Za-z0-9.~\u00C0-\u024F\u1EA0-\u1EF9-]|\.\Z")
_INVERSE = "^"  # "^eli:passed_by"


def prefixes() -> dict[str, str]:
    """The prefixes of every file and query, with the namespaces that they stand for."""
    known = {"vm": VM, "eli": ELI, "org": ORG, "prov": PROV, "skos": SKOS, "dcterms": DCTERMS}
    known |= {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "sh": SH}
    own = {scheme: _scheme(scheme) for scheme in schema().schemes}
    return {
        **{prefix: str(namespace) for prefix, namespace in known.items()},
        "id": RESOURCE,
        "statement": STATEMENT,
        "read-in": READ_IN,
        **own,
    }


def term(curie: str) -> URIRef:
    """A term of schema.yaml: "dcterms:title"."""
    prefix, _, name = curie.partition(":")
    return URIRef(prefixes()[prefix] + name)


def edge_term(kind: EdgeType, between: tuple[str, str]) -> tuple[URIRef, bool]:
    """The predicate of an edge type between two labels, and whether it goes from the target to the source."""
    curie = kind.rdf[between]
    return term(curie.removeprefix(_INVERSE)), curie.startswith(_INVERSE)


def iri(id_: str) -> URIRef:
    """The resource of a node: "41-kh-ubnd/2023" → <urn:vanmach:id:41-kh-ubnd/2023>."""
    return URIRef(RESOURCE + escaped(id_))


def concept(scheme: str, value: str) -> URIRef:
    """The concept that a value of a scheme is: ("level", "cơ sở") → <urn:vanmach:level:cơ_sở>."""
    readable = _UNREADABLE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), value)
    return URIRef(_scheme(scheme) + readable.replace(" ", "_"))


def _scheme(scheme: str) -> str:
    return f"urn:vanmach:{scheme}:"


@lru_cache(maxsize=10_000)  # most of the ends of edges stand near each other
def escaped(text: str) -> str:
    """A text as the last part of a name; `value_of` gives it back."""
    name = quote(text, safe=_SAFE)
    return f"{name[:-1]}%2E" if name.endswith(".") else name  # as `_UNREADABLE` says


def value_of(resource: str, namespace: str = RESOURCE) -> str:
    """The id (or other text) that a resource of this namespace was named after; ValueError for any other resource."""
    if not resource.startswith(namespace):
        raise ValueError(f"<{resource}> does not begin with {namespace}")
    return unquote(resource.removeprefix(namespace), errors="strict")


def concept_value(resource: str, scheme: str) -> str:
    """The value that a concept of this scheme stands for; ValueError for any other resource."""
    return value_of(resource.replace("_", " "), _scheme(scheme))


def statement(source: str, key: str, target: str) -> str:
    """The name of the statement of an edge; the same for the same edge in every export."""
    return STATEMENT + hashlib.sha256(f"{source}\n{key}\n{target}".encode()).hexdigest()[:24]


EDGE_CLASSES: Mapping[str, URIRef] = {type_: VM[type_] for type_ in schema().edges}
"""The class of the statements of each edge type: vm:THUC_HIEN."""
