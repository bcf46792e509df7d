"""Which tables there are, by the address under which they are shown and can be had as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vanmach.web import assignments, interface, tables
from vanmach.web.collection import Collection
from vanmach.web.models_implementation import Matrix
from vanmach.web.tables import Column


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its columns, and where its rows come from (an id is that of the document or agency)."""

    columns: tuple[Column, ...]
    rows: Callable[[Collection, str], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class MatrixCount:
    """A cell of a matrix in a row of its own."""

    province: str
    level: str
    status: str
    units: int


def _counts(found: Matrix) -> list[MatrixCount]:
    return [
        MatrixCount(row.name, cell.column, count.status, count.units)
        for row in found.rows
        for cell in row.cells
        for count in cell.counts
    ]


_OF_DOCUMENTS = ("documents", "plan", "source")

_MATRIX = (
    Column("province"),
    Column("level", "level"),
    Column("status", "standing"),
    Column("units", "number"),
)

LISTS: Mapping[str, Sheet] = {
    "documents": Sheet(tables.DOCUMENTS, lambda of, _: interface.documents(of)),
    "agencies": Sheet(tables.AGENCIES, lambda of, _: interface.agencies(of)),
}
"""At /documents and /agencies."""

OF_DOCUMENT: Mapping[str, Sheet] = {
    "relations": Sheet(tables.RELATIONS, lambda of, id_: interface.document(of, id_).relations),
    "tasks": Sheet(tables.TASKS, assignments.document_tasks),
    "targets": Sheet(tables.TARGETS, assignments.document_targets),
    "units": Sheet(tables.UNITS, interface.units),
    "check": Sheet(tables.FINDINGS, interface.check),
    "matrix": Sheet(_MATRIX, lambda of, id_: _counts(interface.matrix(of, id_))),
    "timeline": Sheet(tables.PLANS, lambda of, id_: interface.timeline(of, id_).plans),
}
"""Below /documents/{id}."""

OF_AGENCY: Mapping[str, Sheet] = {
    "duties": Sheet(tables.DUTIES, lambda of, id_: interface.agency(of, id_).duties),
    "targets": Sheet(tables.AIMS, lambda of, id_: interface.agency(of, id_).targets),
    "plans": Sheet(tables.DOCUMENTS, lambda of, id_: interface.agency(of, id_).documents),
    "partners": Sheet(tables.PARTNERS, lambda of, id_: interface.agency(of, id_).partners),
}
"""Below /agencies/{id}."""


def with_names(columns: Iterable[Column], rows: Iterable[Any], of: Collection, top: str) -> tuple[Column, ...]:
    """Columns whose ids of documents are shown as what the documents are called.

    Args:
        top: id of the document whose page it is; what implements it is known at once, others are looked up.
    """
    shown = [column for column in columns if column.name in _OF_DOCUMENTS]
    if not shown:
        return tuple(columns)
    names = interface.names_below(of, top)
    others = interface.document_names(of, (id_ for row in rows for id_ in _ids(shown, row) if id_ not in names))
    return tuple(_named(column, {**others, **names}) if column in shown else column for column in columns)


def _ids(columns: Iterable[Column], row: Any) -> Iterator[str]:
    for column in columns:
        value = column.value(row)
        if value:
            yield from value if isinstance(value, list) else [value]


def _named(column: Column, names: Mapping[str, str]) -> Column:
    def get(row: Any) -> Any:
        value = column.value(row)
        if isinstance(value, list):
            return [names.get(id_, id_) for id_ in value]
        return names.get(value, value)

    return replace(column, get=get)
