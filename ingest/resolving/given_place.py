"""A jurisdiction that a person gave for a document, for all in its record that took the document's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ingest.naming.jurisdiction import LEVEL, UNKNOWN, bare_name, named, own, tier_of
from ingest.record import AgencyRef, Place, Record
from ingest.resolving.identity import is_known

Ref = TypeVar("Ref", bound=AgencyRef)

_DEPTH = {"trung ương": 0, "tỉnh": 1, "huyện": 2}  # at other levels an agency is of the whole place


def placed(record: Record, place: Place) -> Record:
    """The record with a jurisdiction in place of the one that was read, or was not known.

    What the text prints with a place of its own keeps it.
    """
    there = _Placed(record.header.place, place)
    header = record.header
    issuer = there.name(header.issuer, header.place, place) if header.issuer else None
    return replace(
        record,
        header=replace(header, place=place, issuer=issuer),
        recipients=tuple(map(there.agency, record.recipients)),
        documents=tuple(
            replace(d, place=new, issuer=there.name(d.issuer, d.place, new) if d.issuer else None)
            if (new := there.place(d.place, d.level)) != d.place and ("?" in str(d.place) or "place" in d.inferred)
            else d
            for d in record.documents
        ),
        tasks=tuple(replace(t, assignments=tuple(map(there.agency, t.assignments))) for t in record.tasks),
        targets=tuple(replace(t, assignments=tuple(map(there.agency, t.assignments))) for t in record.targets),
    )


class _Placed:
    """From the jurisdiction that a record had to the one that was given."""

    def __init__(self, had: Place, given: Place) -> None:
        self._had, self._given = had, given

    def agency(self, ref: Ref) -> Ref:
        if is_known(ref.place) and any(bare_name(part) in ref.written for part in ref.place[-1:]):
            return ref  # printed with its place
        place = self.place(ref.place, ref.level)
        if place == ref.place:
            return ref
        parent = self.name(ref.parent, ref.place, place) if ref.parent else None
        return replace(ref, place=place, name=self.name(ref.name, ref.place, place), parent=parent)

    def place(self, had: Place, level: str | None) -> Place:
        """The jurisdiction that one of the record's becomes; as it is where it is not the document's own."""
        if not had:
            return had
        if had == UNKNOWN:
            return self._given[: _DEPTH.get(level or "", len(self._given))]
        if is_known(had):
            depth = len(had)
            known_above = self._had[:depth] == had and len(self._given) >= depth
            return self._given[:depth] if known_above else had
        last = had[-1]
        tier = tier_of(last)
        if last.endswith("?"):
            return own(tier, self._given) or had if tier in LEVEL else had
        return named(tier, bare_name(last), self._given)

    def name(self, name: str, had: Place, place: Place) -> str:
        """A name with the new jurisdiction where it had the old one."""
        if not place or not had:
            return name
        old, new = had[-1], place[-1]
        if name.endswith(old):
            return name.removesuffix(old) + new
        return f"{name.removesuffix('?')}{new}" if name.endswith(" ?") else name.replace(old, new)
