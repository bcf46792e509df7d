"""The kind and level of an agency by the words that its name begins with: "Ban Thường vụ …", "Sở …"."""

from __future__ import annotations

from functools import cache, lru_cache

from graph.spelling import fold
from ingest.lexicon import lexicon

Kind = tuple[str, str | None]
"""The kind, and the level where every agency of it has one."""

UNKNOWN: Kind = ("", None)


@cache
def _kinds() -> dict[str, Kind]:
    words = lexicon("agencies")
    heads: dict[str, Kind] = {fold(head): (of["kind"], of.get("level")) for head, of in words["heads"].items()}
    heads |= {fold(name): ("trường", "cơ sở") for name in words["universities"]}
    return heads | {fold(name): ("trung ương", "trung ương") for name in words["central"]}


@lru_cache(maxsize=1 << 16)
def kind_of(name: str) -> Kind:
    """What the lexicon has for the longest beginning that it knows."""
    words = fold(name).split()
    beginnings = (" ".join(words[:length]) for length in range(len(words), 0, -1))
    return next((_kinds()[words] for words in beginnings if words in _kinds()), UNKNOWN)
