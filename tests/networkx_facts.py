"""What the answers with networkx share: a graph with its edges by type, orders to sort by, passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import networkx as nx

from graph.model import Graph

Row = dict[str, Any]
Edge = tuple[str, str, dict[str, Any]]
Link = tuple[tuple[Any, ...], dict[str, Any]]

EVIDENCE = ("doc", "start", "end", "section", "quote", "rule", "confidence")
DOCUMENT = ("id", "symbol", "type", "title", "issuer", "issued_on", "level", "place", "status")
OFFENDING = ("chậm", "chưa có", "không rõ")


def last(*values: Any) -> tuple[Any, ...]:
    """A key to sort by: what is not known comes last."""
    return tuple((value is None, value) for value in values)


def first(value: str | None) -> str:
    """A key to sort by: what is not known comes first."""
    return value if value is not None else ""


@lru_cache(maxsize=2)
def _by_type(graph: nx.MultiDiGraph[str]) -> dict[str, list[Edge]]:
    """The edges of a graph, which nobody changes while it is asked some hundred questions."""
    found: dict[str, list[Edge]] = {}
    for edge in graph.edges(data=True):
        found.setdefault(edge[2]["type"], []).append(edge)
    return found


@lru_cache(maxsize=2)
def _implementing(graph: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """The documents of a graph, with an edge from each to what it implements."""
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(id_ for id_, a in graph.nodes(data=True) if a["label"] == "Document")
    found.add_edges_from((a, b) for a, b, _ in _by_type(graph).get("THUC_HIEN", ()))
    return found


class Facts:
    """A graph with its edges by type, and the questions that several answers share."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph.nx
        self.implements = _implementing(graph.nx)

    def get(self, id_: str | None, name: str) -> Any:
        return None if id_ is None else self.graph.nodes[id_].get(name)

    def has(self, id_: str, label: str) -> bool:
        return id_ in self.graph and self.get(id_, "label") == label

    def all(self, label: str) -> list[str]:
        return [id_ for id_, attributes in self.graph.nodes(data=True) if attributes["label"] == label]

    def edges(self, *types: str) -> Iterator[Edge]:
        if len(types) == 1:
            return iter(_by_type(self.graph).get(types[0], ()))
        return (edge for edge in self.graph.edges(data=True) if not types or edge[2]["type"] in types)

    def out(self, id_: str, *types: str) -> list[Edge]:
        return [e for e in self.graph.out_edges(id_, data=True) if not types or e[2]["type"] in types]

    def into(self, id_: str, *types: str) -> list[Edge]:
        return [e for e in self.graph.in_edges(id_, data=True) if not types or e[2]["type"] in types]

    def targets(self, id_: str, type_: str, label: str) -> list[str]:
        """What edges of a type lead to, each once."""
        return list(dict.fromkeys(b for _, b, _ in self.out(id_, type_) if self.get(b, "label") == label))

    def sources(self, id_: str, type_: str, label: str) -> list[str]:
        return list(dict.fromkeys(a for a, _, _ in self.into(id_, type_) if self.get(a, "label") == label))

    def names(self, ids: Iterable[str]) -> list[str]:
        """The names of these nodes, each once, in order; one without a name is left out."""
        return sorted({name for id_ in ids if (name := self.get(id_, "name")) is not None})

    def below(self, document: str) -> set[str]:
        """The document and all that implements it, at any depth."""
        return nx.ancestors(self.implements, document) | {document} if self.has(document, "Document") else set()

    def above(self, document: str) -> set[str]:
        return nx.descendants(self.implements, document) | {document} if self.has(document, "Document") else set()

    def tasks(self, document: str) -> list[str]:
        return self.targets(document, "GOM", "Task")

    def members(self, agency: str) -> list[str]:
        """The agencies that stand behind a collective, as far as they are known; none behind any other agency."""
        return self.sources(agency, "THUOC", "Agency") if self.get(agency, "collective") else []

    def named_for(self, agency: str) -> list[tuple[str, str | None]]:
        """By what an agency is charged: itself, and each collective that it belongs to with that one's name."""
        collectives = [other for other in self.targets(agency, "THUOC", "Agency") if self.get(other, "collective")]
        return [(agency, None), *((other, self.get(other, "name")) for other in collectives)]

    def facts(self, document: str) -> Row:
        return {name: self.get(document, name) for name in DOCUMENT}


def by_document(facts: Facts, rows: Iterable[Row], item: str) -> list[Row]:
    """What agencies have to do or to reach, document by document, the oldest first; `item` is the column of its id."""
    return sorted(
        rows,
        key=lambda row: (
            first(row["issued_on"]),
            row["document"],
            *last(facts.get(row[item], "ordinal")),
            row[item],
            row["role"],
            first(row["via"]),
        ),
    )


def passages(links: Iterable[dict[str, Any]]) -> list[Row]:
    """Where the links were read, each place once, in the order of the text."""
    found: list[Row] = []
    for link in sorted(links, key=lambda a: last(a.get("doc"), a.get("start"), a.get("end"))):
        passage = {name: link.get(name) for name in EVIDENCE}
        if passage["confidence"] is not None:
            passage["confidence"] = float(passage["confidence"])
        if passage not in found:
            found.append(passage)
    return found


def in_section(section: str | None, asked: str) -> bool:
    return section is not None and (section == asked or section.startswith((asked + ".", asked + "-")))


def all_below(facts: Facts, document: str) -> set[str]:
    """What implements the document; in a ring it stands below itself."""
    below = facts.below(document)
    return below if any(b in below for b in facts.implements.succ[document]) else below - {document}


def role_of(type_: str, given: dict[str, Any]) -> str:
    return "phối hợp" if type_ == "PHOI_HOP" else str(given.get("role") or "thực hiện")


def implemented(facts: Facts, parents: set[str]) -> Iterator[Link]:
    for lower, upper, link in facts.edges("THUC_HIEN"):
        if upper in parents and lower != upper:
            yield (upper, "THUC_HIEN", None, None, None, lower), link
