"""The header of a document: letterhead, symbol, date, type, title, signer, and who receives it."""

from __future__ import annotations

from ingest.agencies import Scope
from ingest.outline import Outline
from ingest.record import AgencyRef, Header, Place
from ingest.text import CleanText


def read_header(clean: CleanText, outline: Outline, place: Place | None = None) -> Header:
    """The header; a `place` that a person supplied wins over what the text says."""
    return Header()


def scope_of(header: Header) -> Scope:
    """What the document's own names without a jurisdiction refer to."""
    return Scope(header.place, header.level, header.issuer, header.issuer_head)


def read_recipients(clean: CleanText, outline: Outline, scope: Scope) -> list[AgencyRef]:
    """Who the document is sent to (nơi nhận, kính gửi); archive lines (Lưu: VT) left out."""
    return []
