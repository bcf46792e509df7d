"""Tables as pages show them: columns out of the models; filtered, sorted and cut by what the address says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import parse_qsl, quote, urlencode

from graph.schema import schema
from graph.spelling import plain
from queries.document_names import short_name
from queries.files import SEVERITIES
from vanmach.web.words import Words

Kind = Literal[
    "text", "number", "day", "level", "standing", "status", "role", "type", "list", "quote", "section", "kind",
    "severity", "check", "figure", "agency_kind",
]  # fmt: skip

SIZE = 100
"""Rows of a page."""

_TEXT_AT_MOST = 200  # characters to filter by


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name (a key of words.yaml, or a property), what its values are, and where they lead.

    `get` gives a row's value where it is not the field of that name; `links` gives addresses: one for the value, or
    for a list one for each of its parts. Pages show `below` under the value, and leave out what stands only `in_file`.
    """

    name: str
    kind: Kind = "text"
    get: Callable[[Any], Any] | None = None
    links: Callable[[Any], Sequence[str | None]] | None = None
    below: Callable[[Any], str | None] | None = None
    in_file: bool = False

    def value(self, row: Any) -> Any:
        return self.get(row) if self.get else getattr(row, self.name)


def document_at(id_: str, page: str = "") -> str:
    """The address of a document's page."""
    return f"/documents/{quote(id_, safe='')}{page}"


def agency_at(id_: str, page: str = "") -> str:
    return f"/agencies/{quote(id_, safe='')}{page}"


def task_at(id_: str) -> str:
    return f"/tasks/{quote(id_, safe='')}"


def target_at(id_: str) -> str:
    return f"/targets/{quote(id_, safe='')}"


def item_anchor(id_: str) -> str:
    """Where the text of a document has one of its tasks or targets: the end of its id."""
    return f"item-{id_.rpartition('#')[2]}"


def kept(address: str, day: str | None) -> str:
    """An address with the day that is asked about, if any."""
    return f"{address}{'&' if '?' in address else '?'}as_of={day}" if day else address


def named(document: Any) -> str:
    """What a model of a document is called in few words."""
    return short_name(document.model_dump(include={"id", "symbol", "title", "type", "issuer", "status"}))


def _place(row: Any) -> str | None:
    told: str | None = row.place
    return told


def _first_quote(row: Any) -> str:
    return (row.evidence[0].quote or "") if row.evidence else ""


def _item_at(row: Any) -> str | None:
    """The address of the task or target that a finding is about."""
    return task_at(row.task) if row.task else target_at(row.target) if row.target else None


def _words(row: Any) -> str | None:
    """A target's words: its sentence, or else what it counts."""
    told: str | None = row.text or row.subject
    return told


def _figure(row: Any) -> tuple[Any, ...]:
    return (row.comparator, row.value, row.value_max, row.unit)


def _self(row: Any) -> Sequence[str]:
    return [document_at(row.id)]


def _agency(row: Any) -> Sequence[str]:
    return [agency_at(row.agency_id)]


DOCUMENTS = (
    Column("symbol", get=named, links=_self),
    Column("type", "type"),
    Column("issued_on", "day"),
    Column("issuer"),
    Column("title"),
    Column("level", "level"),
    Column("in_collection", "status", get=lambda row: row.status),
)
AGENCIES = (
    Column("name", links=lambda row: [agency_at(row.id)]),
    Column("kind", "agency_kind"),
    Column("level", "level"),
    Column("place"),
)
RELATIONS = (
    Column("relation", "kind", get=lambda row: f"{row.direction} {row.relation}"),
    Column("symbol", get=named, links=_self),
    Column("issuer"),
    Column("issued_on", "day"),
    Column("quote", "quote", get=lambda row: (row.evidence.quote or "") if row.evidence else ""),
)
TASKS = (
    Column("section", "section"),
    Column("text", links=lambda row: [task_at(row.id)]),
    Column("leads", "list"),
    Column("coordinators", "list"),
    Column("deadline", "day"),
    Column("recurrence"),
    Column("report_to", "list"),
)
TARGETS = (
    Column("section", "section"),
    Column("target", get=_words, links=lambda row: [target_at(row.id)]),
    Column("figure", "figure", get=_figure),
    Column("deadline", "day"),
    Column("leads", "list"),
)
UNITS = (
    Column("agency", links=_agency, below=_place),
    Column("level", "level"),
    Column("place", in_file=True),
    Column("role", "role"),
    Column("tasks", "number"),
    Column("via", "list"),
    Column("documents", "list", links=lambda row: [document_at(id_) for id_ in row.documents]),
    Column("holders", "list"),
    Column("quote", "quote", get=_first_quote),
)
FINDINGS = (
    Column("severity", "severity"),
    Column("check", "check"),
    Column("agency", links=lambda row: [agency_at(row.agency_id) if row.agency_id else None], below=_place),
    Column("status", "standing"),
    Column("deadline", "day"),
    Column("quote", "quote", get=_first_quote),
    Column("source", links=lambda row: [document_at(row.source) if row.source else None]),
    Column("section", "section", links=lambda row: [_item_at(row)]),
    Column("plan", links=lambda row: [document_at(row.plan) if row.plan else None]),
    Column("days_late", "number"),
    Column("holders", "list"),
    Column("place", in_file=True),
)
PLANS = (
    Column("days", "number"),
    Column("symbol", get=named, links=_self),
    Column("issued_on", "day"),
    Column("issuer"),
    Column("level", "level"),
    Column("status", "standing", get=lambda row: row.standing),
)
DUTIES = (
    Column("text", links=lambda row: [task_at(row.task)]),
    Column("role", "role"),
    Column("deadline", "day"),
    Column("recurrence"),
    Column("via"),
    Column("inherited_from"),
    Column("document", get=lambda row: row.name, links=lambda row: [document_at(row.document)]),
    Column("section", "section"),
    Column("issued_on", "day"),
)
AIMS = (
    Column("target", get=_words, links=lambda row: [target_at(row.target)]),
    Column("figure", "figure", get=_figure),
    Column("deadline", "day"),
    Column("role", "role"),
    Column("via"),
    Column("inherited_from"),
    Column("document", get=lambda row: row.name, links=lambda row: [document_at(row.document)]),
    Column("section", "section"),
    Column("quote", "quote", get=_first_quote),
    Column("issued_on", "day"),
)
PARTNERS = (
    Column("partner", links=lambda row: [agency_at(row.partner_id)]),
    Column("level", "level"),
    Column("shared", "number", get=lambda row: row.tasks),
)


def on_day(columns: Sequence[Column], day: str | None) -> Sequence[Column]:
    """Columns whose links keep the day that is asked about, if any."""
    return [_on_day(column, column.links, day) if day and column.links else column for column in columns]


def _on_day(column: Column, links: Callable[[Any], Sequence[str | None]], day: str) -> Column:
    return replace(column, links=lambda row: [address and kept(address, day) for address in links(row)])


def filled(columns: Sequence[Column], rows: Sequence[Any]) -> Sequence[Column]:
    """The columns of a page in which some row says something; without rows all of them."""
    own = [column for column in columns if not column.in_file]
    return [column for column in own if not rows or any(_is_known(column.value(row)) for row in rows)]


def _is_known(value: Any) -> bool:
    return value not in (None, "", [])


@dataclass(frozen=True, slots=True)
class Order:
    """How an address wants a table: `?text=…&sort=-level&page=2`."""

    text: str = ""
    sort: str = ""
    down: bool = False
    page: int = 1

    @staticmethod
    def of(asked: Mapping[str, str]) -> Order:
        """Out of the parameters of an address; what is no order is none."""
        sort, page = asked.get("sort", ""), asked.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        return Order(asked.get("text", "")[:_TEXT_AT_MOST], sort.lstrip("-"), sort.startswith("-"), max(number, 1))


def said(column: Column, value: str, words: Words) -> str:
    """A value that is a word of the model, in the reader's language; any other is what it is."""
    if column.kind == "kind":
        direction, _, type_ = value.partition(" ")
        return words.relation(type_, direction)
    if column.kind in ("severity", "check"):
        return words.finding(column.kind, value)
    return words.value(column.kind, value)


def ordered(rows: Sequence[Any], columns: Sequence[Column], order: Order, words: Words) -> Sequence[Any]:
    """The rows that hold every word of the text as they are shown, sorted by a column; what is not known comes last."""
    if wanted := plain(order.text).split():
        rows = [row for row in rows if _holds(row, columns, wanted, words)]
    by = next((column for column in columns if column.name == order.sort), None)
    if by is None:
        return rows
    known = [row for row in rows if _is_known(by.value(row))]
    unknown = [row for row in rows if not _is_known(by.value(row))]
    return [*sorted(known, key=lambda row: _key(by, row), reverse=order.down), *unknown]


def _holds(row: Any, columns: Sequence[Column], wanted: Sequence[str], words: Words) -> bool:
    shown = plain(" ".join(_shown(column, row, words) for column in columns))
    return all(word in shown for word in wanted)


def _shown(column: Column, row: Any, words: Words) -> str:
    """What is read in a cell; a day also as it is written in the model."""
    value = column.value(row)
    if isinstance(value, str):
        return f"{words.day(value)} {value}" if column.kind == "day" else said(column, value, words)
    if column.kind == "figure":
        return words.figure(*value)
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(map(_text, value))
    return "" if value is None else str(value)


def _key(column: Column, row: Any) -> Any:
    value = column.value(row)
    if column.kind == "number":
        return value
    if column.kind == "figure":
        return [part or 0 for part in value[1:3]]
    if column.kind == "level":
        return schema().rank(value)
    if column.kind == "severity":
        return SEVERITIES.index(value)
    if column.kind == "section":
        return [(int(part), "") if part.isdigit() else (-1, part) for part in value.replace("-", ".").split(".")]
    return plain(_text(value))


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a table."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Any]
    total: int
    found: int
    order: Order
    address: str
    downloads: str

    @property
    def given(self) -> Sequence[tuple[str, str]]:
        """What its address asks for beside the order, by name."""
        return parse_qsl(self.address.partition("?")[2])

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // SIZE))

    def at(self, **changes: Any) -> str:
        """The address of the same table in another order or on another page."""
        order = {"text": self.order.text, "sort": self._sort(), "page": self.order.page, **changes}
        if "page" not in changes:
            order["page"] = 1
        asked = {k: v for k, v in order.items() if v and not (k == "page" and v == 1)}
        return self.address + (("&" if "?" in self.address else "?") + urlencode(asked) if asked else "")

    def sorted_by(self, column: Column) -> str:
        """The address of the table sorted by a column; by the one that it is sorted by the other way round."""
        down = self.order.sort == column.name and not self.order.down
        return self.at(sort=f"-{column.name}" if down else column.name)

    def download(self, format_: str) -> str:
        """The address of all its rows as a file."""
        asked = {k: v for k, v in {"text": self.order.text, "sort": self._sort()}.items() if v}
        path, _, given = self.downloads.partition("?")
        query = "&".join(filter(None, (given, urlencode(asked))))
        return f"{path}.{format_}" + (f"?{query}" if query else "")

    def _sort(self) -> str:
        return f"{'-' if self.order.down else ''}{self.order.sort}" if self.order.sort else ""


def shown(
    name: str,
    total: int,
    found: Sequence[Any],
    columns: Sequence[Column],
    order: Order,
    address: str,
    downloads: str | None = None,
) -> Shown:
    """A page of a table.

    Args:
        name: what it is called, for the download.
        total: how many rows there are before anything is filtered.
        found: the rows, `ordered`.
        columns: what is shown of them.
        order: how they are, and which page is wanted.
        address: of the page.
        downloads: address of the files without their ending; left out: the page's own.
    """
    page = min(order.page, max(1, -(-len(found) // SIZE)))
    order = Order(order.text, order.sort, order.down, page)
    first = (page - 1) * SIZE
    return Shown(name, columns, found[first : first + SIZE], total, len(found), order, address, downloads or address)
