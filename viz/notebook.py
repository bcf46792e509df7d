"""The graph as a pyvis network, for a notebook; for a person's screen `viz.write_view` is the better page."""

from __future__ import annotations

import html
import re

from pyvis.network import Network  # type: ignore[import-untyped]

from graph.model import Edge, Graph, Node
from graph.schema import schema
from viz.cascade import shown
from viz.layout import lay_out, stacked
from viz.names import label

_SHAPES = {"Document": "box", "Agency": "ellipse", "Task": "diamond", "Target": "triangle"}
_COLOURS = {"Document": "#9cc3e6", "Agency": "#efd08b", "Task": "#b99cf0", "Target": "#86cfa9"}
# <link href="https://cdn.example.org/bootstrap.min.css" rel="stylesheet"/> and <script src="https://…"></script>
_LOADED = re.compile(r"<link\b[^>]*\bhref=[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>", re.IGNORECASE)


class OfflineNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network whose page loads nothing: pyvis links Bootstrap from a CDN whatever it is told."""

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        page: str = super().generate_html(name, local, notebook)
        self.html = _LOADED.sub("", page)
        return self.html


def to_pyvis(graph: Graph) -> Network:
    """A network with the layout of the page, physics off, and titles and labels that are text, never HTML.

    Places are left out, as on the page. `cdn_resources` is "in_line", so its HTML works offline.
    """
    network = OfflineNetwork(height="760px", width="100%", directed=True, notebook=True, cdn_resources="in_line")
    network.toggle_physics(False)
    ids = shown(graph)
    boxes = stacked(lay_out(graph, ids, None))
    for id_ in sorted(ids):
        node = graph.node(id_)
        network.add_node(
            id_,
            label=_inert(label(node)),
            title=_title(node),
            shape=_SHAPES[node.label],
            color=_COLOURS[node.label],
            x=boxes[id_].middle,
            y=boxes[id_].y,
            physics=False,
        )
    for edge in sorted(graph.edges(), key=lambda e: (e.source, e.key, e.target)):
        if edge.source in ids and edge.target in ids:
            network.add_edge(edge.source, edge.target, label=schema().edge(edge.type).vi, title=_passage(edge))
    return network


def _title(node: Node) -> str:
    kind = schema().node(node.label)
    facts = [f"{kind.properties[k].vi}: {v}" for k, v in node.properties.items() if k != "search"]
    return _inert("\n".join([kind.vi, *facts]))


def _passage(edge: Edge) -> str:
    return _inert(edge.evidence.quote if edge.evidence else edge.data_source)


def _inert(text: str) -> str:
    """Escaped, because pyvis puts titles into the page as HTML."""
    return html.escape(text)
