"""The rows of a question as a table: in a file what the question gave, on a page what a person reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from graph.schema import schema
from ingest.rules import explain_rule
from queries.standing import STATUSES
from vanmach.web import interface
from vanmach.web.collection import Collection
from vanmach.web.models import Table
from vanmach.web.tables import Column, Kind, agency_at, document_at, target_at, task_at
from vanmach.web.words import Words

Row = Sequence[Any]

_DOCUMENTS = ("document", "source", "plan", "parent", "other", "doc", "replaced_by", "documents", "parents", "children")
_AGENCIES = ("agency_id", "partner_id", "lead_id", "coordinator_id", "stand_in_id")
_ITEMS = ("task", "upper_task", "target", "upper_target")
_EDGES = ("edge", "relation")
_NAMES = ("symbol", "name", "text", "subject")
"""Columns that say what the thing is whose id stands in `id`, the first that there is."""
_PROPERTIES = [kind.properties for kind in schema().nodes.values()] + [k.properties for k in schema().edges.values()]
_DAYS = {"plan_issued_on", "upper_deadline"} | {
    name for properties in _PROPERTIES for name, known in properties.items() if known.type == "date"
}
_KINDS: Mapping[str, Kind] = {"level": "level", "role": "role", "type": "type"}
_ITEM = re.compile(r"(.+)#(c?)\d+")  # 120-kh-ubnd-2023-10-05-f6d9906a0b#2, and #c1 of a target
_AT_LABEL = {"Document": document_at, "Agency": agency_at, "Task": task_at, "Target": target_at}


def columns_of_file(table: Table) -> Sequence[Column]:
    """The columns as they are, values that are no texts as JSON."""
    return [_plain(table, number) for number in range(len(table.columns))]


def columns_of_page(table: Table, of: Collection, words: Words) -> Sequence[Column]:
    """The columns as a person reads them: what has an id by its name, which leads there; passages by their words."""
    return _Page(table, of, words).columns()


def _plain(table: Table, number: int) -> Column:
    if _is_of_numbers(row[number] for row in table.rows):
        return Column(table.columns[number], "number", get=lambda row: row[number])
    return Column(table.columns[number], get=lambda row: _text(row[number]))


def _is_of_numbers(values: Iterator[Any]) -> bool:
    found = [isinstance(value, int | float) and not isinstance(value, bool) for value in values]
    return bool(found) and all(found)


def _text(value: Any) -> str:
    """A value as a file has it: a node by its name, a list part by part, anything else as JSON."""
    if value is None or isinstance(value, str):
        return value or ""
    if _is_node(value):
        return _name_of(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    return orjson.dumps(value).decode()


def _is_node(value: Any) -> bool:
    return isinstance(value, Mapping) and "_label" in value


def _name_of(node: Mapping[str, Any]) -> str:
    return str(next(filter(None, (node.get(k) for k in ("symbol", "name", "title", "text", "subject", "id"))), ""))


class _Page:
    """The columns of one table, with the names of the documents that are in it."""

    def __init__(self, table: Table, of: Collection, words: Words) -> None:
        self._table = table
        self._words = words
        self._at = {name: number for number, name in enumerate(table.columns)}
        self._named = next((name for name in _NAMES if name in self._at), None) if "id" in self._at else None
        self._names = interface.document_names(of, self._documents())

    def columns(self) -> Sequence[Column]:
        return [self._column(name, number) for name, number in self._at.items() if self._is_shown(name)]

    def _is_shown(self, name: str) -> bool:
        """Whether no other column stands for it."""
        if name == "id":
            return self._named is None
        if name == "direction":
            return not any(edge in self._at for edge in _EDGES)
        return not (name in _AGENCIES and name.removesuffix("_id") in self._at)

    def _documents(self) -> Iterator[str]:
        """The ids in the rows that are or may be those of documents; what is none has no name."""
        for row in self._table.rows:
            for name, number in self._at.items():
                for value in row[number] if isinstance(row[number], list) else [row[number]]:
                    if isinstance(value, str):
                        yield from self._documents_in(name, value)

    def _documents_in(self, name: str, value: str) -> Iterator[str]:
        item = _ITEM.fullmatch(value)
        if item is not None:
            yield from [item[1]] if name in _ITEMS else []
        elif name in _DOCUMENTS or (name == "id" and not {"label", "collective"} & self._at.keys()):
            yield value

    def _column(self, name: str, number: int) -> Column:
        values = [row[number] for row in self._table.rows]
        known = [value for value in values if value is not None]
        if _is_of_numbers(iter(known)):
            return Column(name, "number", get=lambda row: row[number])
        if known and all(isinstance(value, list) and all(map(_is_passage, value)) for value in known):
            return Column(name, "quote", get=lambda row: _first_quote(row[number]))
        if known and all(_is_of_texts(value) for value in known):
            return Column(
                name, "list", get=lambda row: [self._read(name, one) for one in row[number] or []],
                links=lambda row: [self._link(name, one, row) for one in row[number] or []],
            )  # fmt: skip
        return Column(
            name, self._kind(name, known), get=self._value(name, number),
            links=lambda row: [self._link(name, row[number], row)],
        )  # fmt: skip

    def _kind(self, name: str, known: Sequence[Any]) -> Kind:
        if not all(isinstance(value, str) for value in known) or name == self._named:
            return "text"
        if name == "status":
            return "standing" if set(known) <= set(STATUSES) else "status"
        return "day" if name in _DAYS else _KINDS.get(name, "text")

    def _value(self, name: str, number: int) -> Callable[[Row], Any]:
        if name == self._named:
            # a document without a symbol is called something too
            return lambda row: row[number] or self._names.get(row[self._at["id"]]) or row[self._at["id"]]
        if name in _EDGES and "direction" in self._at:
            return lambda row: self._words.relation(row[number], row[self._at["direction"]])
        return lambda row: self._read(name, row[number])

    def _read(self, name: str, value: Any) -> str:
        """A value in the reader's words."""
        if isinstance(value, bool):
            return self._words("yes" if value else "no")
        if isinstance(value, str):
            return self._read_text(name, value)
        if isinstance(value, Mapping) and "_type" in value:
            quoted = f": “{value['quote']}”" if value.get("quote") else ""
            return self._words.label(str(value["_type"])) + quoted
        if isinstance(value, list) and value and all(map(_is_node, value)):
            return "; ".join(map(_name_of, value))
        return _text(value)

    def _read_text(self, name: str, value: str) -> str:
        if name in _DOCUMENTS or name == "id":
            return self._names.get(value, value)
        if name in _ITEMS and (item := _ITEM.fullmatch(value)):
            return f"{self._names.get(item[1], item[1])} #{value.rpartition('#')[2]}"
        if name in (*_EDGES, "label"):
            return self._words.label(value)
        if name == "rule":
            told = explain_rule(value)
            return (told.en if self._words.language == "en" else told.vi) or value
        return self._words.value(name, value)

    def _link(self, name: str, value: Any, row: Row) -> str | None:
        """Where a value leads: the page of what it is, or of what its row is."""
        if name == self._named:
            return self._page_of(row[self._at["id"]], row)
        if _is_node(value):
            at = _AT_LABEL.get(value["_label"])
            return at(str(value["id"])) if at and value.get("id") else None
        if f"{name}_id" in _AGENCIES and f"{name}_id" in self._at:
            value, name = row[self._at[f"{name}_id"]], f"{name}_id"
        if not isinstance(value, str) or not value:
            return None
        if name == "id":
            return self._page_of(value, row)
        if name in _ITEMS:
            return _item_at(value)
        return document_at(value) if name in _DOCUMENTS else agency_at(value) if name in _AGENCIES else None

    def _page_of(self, id_: Any, row: Row) -> str | None:
        """The page of what stands in the column `id`; its label is told, or its columns tell what it is."""
        if not isinstance(id_, str) or not id_:
            return None
        if "label" in self._at:
            at = _AT_LABEL.get(row[self._at["label"]])
            return at(id_) if at else None
        if _ITEM.fullmatch(id_):
            return _item_at(id_)
        if "symbol" in self._at or id_ in self._names:
            return document_at(id_)
        return agency_at(id_) if "collective" in self._at else None


def _item_at(id_: str) -> str | None:
    item = _ITEM.fullmatch(id_)
    return None if item is None else target_at(id_) if item[2] else task_at(id_)


def _is_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _is_passage(value: Any) -> bool:
    return isinstance(value, Mapping) and {"doc", "quote", "rule"} <= value.keys()


def _first_quote(passages: Sequence[Mapping[str, Any]] | None) -> str:
    return str(next((one["quote"] for one in passages or () if one["quote"]), ""))
