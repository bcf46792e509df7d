"""The project's YAML files say each thing once: of a key that stands twice only the last would be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path for room in ("graph", "ingest", "queries", "vanmach", "viz", "tests") for path in (ROOT / room).rglob("*.yaml")
)


def repeated(node: yaml.Node) -> Iterator[str]:
    """Keys that stand twice in one mapping, in a node or below it."""
    if isinstance(node, yaml.MappingNode):
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        yield from (key for key, times in keys.items() if times > 1)
        for _, value in node.value:
            yield from repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from repeated(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_key_stands_twice(path: Path) -> None:
    assert list(repeated(yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader))) == []
