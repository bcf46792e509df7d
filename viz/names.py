"""What stands on a card: the symbol, and names short enough to fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.model import Node
from graph.spelling import modern_tone
from viz.columns import COMMUNE_KINDS

RuleWords = Callable[[str], tuple[str, str]]
"""What the rule of a name looks at, in Vietnamese and English; both empty where nobody has told."""


@cache
def words() -> dict[str, Any]:
    """The page's own words in both languages, out of words.yaml."""
    loaded: dict[str, Any] = yaml.safe_load(files("viz").joinpath("words.yaml").read_text("utf-8"))
    return loaded


def label(node: Node) -> str:
    """The name of a node in one short line; never empty."""
    get = node.properties.get
    if node.label == "Document":
        return str(get("symbol") or _unnumbered(node))
    if node.label == "Agency":
        return short(str(get("name") or node.id), str(get("place") or ""))
    if node.label == "Task":
        return " ".join(str(get(part)) for part in ("section", "heading") if get(part)) or _start(node)
    return str(get("subject") or get("name") or _start(node))


def second_line(node: Node) -> str:
    """What stands below the label on a document's card: who issued it, else where it is from."""
    get = node.properties.get
    return short(str(get("issuer") or get("place") or get("type") or "")) if node.label == "Document" else ""


def short(name: str, place: str = "") -> str:
    """A name with its long words abbreviated, and without the place that its column already tells.

    >>> short("Phòng Tư pháp huyện Yên Dũng", "huyện Yên Dũng, tỉnh Bắc Giang")
    'Phòng Tư pháp'
    """
    name = modern_tone(name)
    for part in filter(None, (p.strip() for p in place.split(","))):
        # many communes stand in one column, so their name must stay
        if part.startswith(COMMUNE_KINDS):
            continue
        if name.endswith(f" {modern_tone(part)}") and not _is_bare(name.removesuffix(modern_tone(part))):
            name = name.removesuffix(modern_tone(part)).rstrip(" ,")
    for long, brief in words()["short"]:
        name = name.replace(modern_tone(long), brief)
    return name


def _is_bare(head: str) -> bool:
    """Whether a name without its place would say nothing: "Ủy ban nhân dân", "Huyện ủy"."""
    return len(head.split()) < 3 or head.strip().lower() in ("ủy ban nhân dân", "hội đồng nhân dân")


def _unnumbered(node: Node) -> str:
    """A document whose number is not printed goes by its kind and the end of its symbol, or by its title."""
    get = node.properties.get
    if get("symbol_suffix"):
        return f"…{get('symbol_suffix')}"
    names = get("names")
    first = names[0] if isinstance(names, list) and names else None
    return str(get("title") or first or get("type") or node.id)


def _start(node: Node) -> str:
    return str(node.properties.get("text") or node.id)
