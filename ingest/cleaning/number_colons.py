"""The colon that some offices print before a number: "Quyết định số: 12/QĐ-UBND" ends no clause and opens no list."""

from __future__ import annotations

import re

from ingest.patterns import LOWER

# "Kế hoạch số: 12/…", but neither a letterhead's "Số: 12/…" nor the number that a law has of its own ("Luật số: 12/…")
_COLON = re.compile(rf"(?<=[{LOWER}]\s)(?<!uật\s)số\s?:(?=\s{{0,3}}\d)")


def without_number_colons(text: str) -> str:
    """The same text, as long as before, with a space for each such colon."""
    return _COLON.sub(lambda match: match[0].replace(":", " "), text) if "số:" in text or "số :" in text else text
