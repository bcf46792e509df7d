"""The heading of the recipients where a scanner misread it: "Vơi nhận:" over a list is "Nơi nhận:"."""

from __future__ import annotations

import re

from ingest.cleaning.edits import Edit
from ingest.numbering import BULLET

_RIGHT = re.compile(r"n[oơ]i\s+(?:nh[âaậ][nm]|g[ửuư]i)(?:\s*:|\s*$|\s+-)", re.IGNORECASE | re.MULTILINE)
# a line of its own over the first item of a list: "-Vơi nhận:", "Noi nhdn:", "Nưi Nhện"
_LINE = re.compile(
    rf"^[^\w\n]{{0,3}}(?P<words>[NVM]\w{{1,2}}[iíì] [nN]\w{{1,4}})(?= ?[:;.]?[^\w\n]{{0,3}}\n\s*{BULLET} ?\w)",
    re.MULTILINE,
)


def misread_headings(text: str) -> list[Edit]:
    """Put the heading in the place of what was read for it, in a text that has none that is right."""
    return [] if _RIGHT.search(text) else [(*line.span("words"), "Nơi nhận") for line in _LINE.finditer(text)]
