"""Agencies in a text: canonical names with their jurisdiction."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.record import AgencyRef, Place
from ingest.text import CleanText


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose document it is: what a name without a jurisdiction ("Sở Tài chính", "UBND tỉnh") refers to.

    `issuer` is canonical, `issuer_head` the same without the jurisdiction; `place` is the issuer's jurisdiction.
    """

    place: Place = ("?",)
    level: str | None = None
    issuer: str | None = None
    issuer_head: str | None = None


def canonical(written: str, scope: Scope) -> AgencyRef | None:
    """The agency that a name alone stands for ("Sở LĐ-TBXH"), with start and end 0; None where it is no agency."""
    return None


def find_agencies(clean: CleanText, start: int, end: int, scope: Scope) -> list[AgencyRef]:
    """Every agency named in `clean.text[start:end]`, in the order of the text; lists are split, shared heads given."""
    return []
