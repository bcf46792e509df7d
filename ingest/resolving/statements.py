"""What one record says of one document, and the facts in it by which documents are told apart."""

from __future__ import annotations

from dataclasses import dataclass

from graph.spelling import fold
from ingest.record import CitedDocument, Header, Place, Record
from ingest.resolving.agency_identity import own_name
from ingest.resolving.document_names import Term, name_key, term_of
from ingest.resolving.identity import document_id, is_known, is_symbol, symbol_key, within_year_of
from ingest.resolving.official_places import OfficialPlaces

_NAMED_BY_TITLE = frozenset(["Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"])
"""Types whose documents are cited by number or by name: "61/2024/QH15" is the "Luật Điện lực"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one record says of one document: of itself (ref "this") or of one that it cites ("d3").

    `cited_on` is the date of the record, where it cites: what it cites cannot be younger. `place` is in official
    spelling, `printed_place` as the record has it.
    """

    record: str
    ref: str
    label: str
    type: str | None
    issued_on: str | None
    issuer: str | None
    level: str | None
    place: Place
    title: str | None
    inferred: tuple[str, ...] = ()
    cited_on: str | None = None
    printed_place: Place = ()

    @property
    def is_own(self) -> bool:
        return self.ref == "this"

    @property
    def has_symbol(self) -> bool:
        return is_symbol(self.label)

    @property
    def mention(self) -> str:
        """How a person names this statement alone: "41-kh-ubnd-2023-08-08-1a2b3c#d3"."""
        return f"{self.record}#{self.ref}"

    @property
    def symbol(self) -> str | None:
        return symbol_key(self.label) if self.has_symbol else None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys by which it finds others that may mean the same document."""
        if not self.label:  # nothing that cites a number can be proved to mean a document whose number is not printed
            return (self.mention,)
        if not self.has_symbol:
            return (name_key(self.label),)
        if self.type in _NAMED_BY_TITLE and self.title:
            name = self.title if fold(self.title).startswith(fold(self.type)) else f"{self.type} {self.title}"
            return (symbol_key(self.label), name_key(name))
        return (symbol_key(self.label),)

    @property
    def body(self) -> str | None:
        """The issuing body, without its jurisdiction."""
        return own_name(self.issuer, (*self.printed_place, *self.place)) if self.issuer else None

    @property
    def term(self) -> Term | None:
        """The term of the Central Committee that it names as the issuer."""
        return term_of(self.issuer)

    def id(self, apart: str = "") -> str:
        """The id of the document that is known by this statement.

        Args:
            apart: what tells it from others of which the same is said; an unknown jurisdiction is one record's own.
        """
        if self.is_own:
            return self.record
        if not is_known(self.place):
            apart = apart or self.record
        exact = self.has_symbol and len(self.issued_on or "") == 10
        return document_id(self.label, self.issued_on, "" if exact else self.body or "", self.place, apart)

    def names(self) -> tuple[str, ...]:
        """All that a person may know it by: the ids that its document has had, or may have when more is known."""
        return (self.mention, self.id(), self.id(self.record), self.id(self.mention))


def statements_of(id_: str, record: Record, places: OfficialPlaces) -> list[Statement]:
    """All that a record says of documents, its own statement first."""
    return [_own(id_, record.header, places), *(_cited(id_, cited, record, places) for cited in record.documents)]


def _own(id_: str, header: Header, places: OfficialPlaces) -> Statement:
    return Statement(
        record=id_,
        ref="this",
        label=header.symbol or "",
        type=header.type,
        issued_on=header.issued_on,
        issuer=header.issuer,
        level=header.level,
        place=places.official(header.place, header.issued_on),
        title=header.title,
        printed_place=header.place,
    )


def _cited(id_: str, cited: CitedDocument, record: Record, places: OfficialPlaces) -> Statement:
    return Statement(
        record=id_,
        ref=cited.ref,
        label=cited.key,
        type=cited.type,
        issued_on=within_year_of(cited.key, cited.issued_on),
        issuer=cited.issuer,
        level=cited.level,
        place=places.official(cited.place, cited.issued_on or record.header.issued_on),
        title=cited.title,
        inferred=cited.inferred,
        cited_on=record.header.issued_on,
        printed_place=cited.place,
    )
