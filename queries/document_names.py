"""What a document is called in few words, in tables, reports and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.store import Store
from queries.ask import run


def short_name(row: Mapping[str, Any]) -> str:
    """A document in few words: "41/KH-UBND"; without a number by its type and issuer."""
    return str(row["symbol"] or " ".join(str(part) for part in (row["type"], row["issuer"]) if part) or row["id"])


def names_below(store: Store, id_: str) -> dict[str, str]:
    """What a document is called, and each that implements it at any depth, by id."""
    rows = run(store, "document", {"document": id_}).dicts() + run(store, "documents_under", {"document": id_}).dicts()
    return {row["id"]: short_name(row) for row in rows}


def all_names(store: Store) -> dict[str, str]:
    """What every document is called, by id."""
    return {row["id"]: short_name(row) for row in run(store, "documents").dicts()}
