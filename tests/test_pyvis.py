"""The pyvis network for notebooks: offline, and text stays text."""

from __future__ import annotations

import re

from graph.model import Graph, Node
from tests.cascade_graph import HOSTILE, cascade_graph
from viz import to_pyvis


def test_it_has_the_nodes_and_edges_of_the_page() -> None:
    graph = cascade_graph()
    network = to_pyvis(graph)
    assert len(network.nodes) == len(graph)
    assert len(network.edges) == graph.nx.number_of_edges()


def test_its_page_loads_nothing() -> None:
    page = to_pyvis(cascade_graph()).generate_html()
    assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=", page, re.IGNORECASE)
    assert "vis-network" in page


def test_titles_and_labels_are_text() -> None:
    graph = Graph()
    graph.add(Node("d", "Document", {"symbol": HOSTILE, "title": "<img src=x onerror=alert(1)>", "status": "cited"}))
    (node,) = to_pyvis(graph).nodes
    assert "<" not in node["label"] and "<" not in node["title"]
    assert HOSTILE not in to_pyvis(graph).generate_html()


def test_nothing_moves() -> None:
    network = to_pyvis(cascade_graph())
    assert not network.options.physics.enabled
    assert len({(node["x"], node["y"]) for node in network.nodes}) == len(network.nodes)
