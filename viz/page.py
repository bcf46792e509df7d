"""The page: one HTML file with everything inside, which loads nothing and opens by double click.

The picture is drawn on a two-dimensional canvas by the scripts in `assets`; docs/view.md says why not by sigma.js.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from graph.errors import VanmachError
from graph.model import Graph
from viz.data import page_data
from viz.duties import Row
from viz.names import RuleWords, words
from viz.packing import pack

_MODULES = (
    "fold", "dom", "words", "unpack", "graph", "standing", "filter", "style", "lines", "stack", "routes", "scene",
    "camera", "keys", "cards", "frame", "painter", "sight", "svg", "key", "save", "search", "panel", "searchbox",
    "legend", "filterbox", "matrix", "timeline", "theme", "address", "main",
)  # fmt: skip
# import { plain } from "./fold.js";
_IMPORT = re.compile(r"^import (\{[^}]*\}) from \"\./(\w+)\.js\";$", re.MULTILINE)
# export class Graph {
_EXPORT = re.compile(r"^export (?=(?:class|function|async function|const) (\w+))", re.MULTILINE)
# {{style}}
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def write_view(
    graph: Graph,
    target: Path,
    focus: str | None = None,
    duties: Iterable[Row] = (),
    day: str | None = None,
    rules: RuleWords | None = None,
) -> None:
    """Write the page to a file; arguments are those of `render_view`.

    Raises:
        LookupFailed: `focus` is not a document of the graph.
        VanmachError: the file cannot be written.
    """
    page = render_view(graph, focus, duties, day, rules=rules)
    try:
        target.write_text(page, "utf-8", newline="\n")
    except OSError as error:
        raise VanmachError(f"{target}: {error.strerror}", "name another file") from error


def render_view(
    graph: Graph,
    focus: str | None = None,
    duties: Iterable[Row] = (),
    day: str | None = None,
    within: Collection[str] | None = None,
    rules: RuleWords | None = None,
) -> str:
    """The page as HTML; the same graph and duties give the same text.

    Args:
        graph: the whole graph.
        focus: id of the document whose cascade is shown; None shows everything.
        duties: who was told to issue a plan and how that stands: what `queries.answers.plans_owed` gives.
        day: only what was there on it (ISO 8601); None shows everything.
        within: ids of the nodes of which some are shown; the others only lend their names. None: all.
        rules: what a rule that read something looks at, in Vietnamese and English, by its name. None: only its name.

    Raises:
        LookupFailed: `focus` is not a document of the graph.
    """
    style, script = _asset("view.css"), _script()
    slots = {
        "policy": _policy(style, script),
        "title": html.escape(words()["interface"]["heading"]["vi"]),
        "style": style,
        "data": pack(page_data(graph, focus, duties, day, within, rules)),
        "script": script,
    }
    # in one pass, so that "{{style}}" inside a document's title stays what it is
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("template.html"))


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, and only this style and this script may act."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return files("viz").joinpath("assets", name).read_text("utf-8").replace("\r\n", "\n")


@cache
def _script() -> str:
    """The modules one after the other, each in a scope of its own that gives what the module exports."""
    return '"use strict";\n(() => {\n' + "".join(map(_scoped, _MODULES)) + "})();\n"


def _scoped(module: str) -> str:
    text = _asset(f"{module}.js")
    exported = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = \2Module;", text))
    return f"const {module}Module = (() => {{\n{body}return {{ {exported} }};\n}})();\n"
