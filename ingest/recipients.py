"""Who a document is sent to: "Nơi nhận" and "Kính gửi"."""

from __future__ import annotations

from ingest.agencies import Scope
from ingest.outline import Outline
from ingest.record import AgencyRef
from ingest.text import CleanText


def read_recipients(clean: CleanText, outline: Outline, scope: Scope) -> list[AgencyRef]:
    """Who the document is sent to (nơi nhận, kính gửi); archive lines (Lưu: VT) left out."""
    return []
