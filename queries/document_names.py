"""What a document is called in few words, in tables, reports and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.store import Store
from queries.ask import run


def short_name(row: Mapping[str, Any]) -> str:
    """A document in few words: "41/KH-UBND".

    Without a number one of the collection goes by its type and issuer, which tell two plans of one title apart, and
    one that is only cited by what it is called there ("Luật Giáo dục nghề nghiệp").
    """
    issued = " ".join(part for part in (row["type"], row["issuer"]) if part)
    cited = row["status"] == "cited"
    return str(row["symbol"] or (cited and row["title"]) or issued or row["title"] or row["id"])


def names_below(store: Store, id_: str) -> dict[str, str]:
    """What a document is called, and each that implements it at any depth, by id."""
    rows = run(store, "document", {"document": id_}).dicts() + run(store, "documents_under", {"document": id_}).dicts()
    return {row["id"]: short_name(row) for row in rows}


def names_of(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """What some documents are called, by id; of few, for each is asked by itself."""
    rows = (row for id_ in sorted(set(ids)) for row in run(store, "document", {"document": id_}).dicts())
    return {row["id"]: short_name(row) for row in rows}


def all_names(store: Store) -> dict[str, str]:
    """What every document is called, by id."""
    return {row["id"]: short_name(row) for row in run(store, "documents").dicts()}
