"""The heading of the recipients where OCR misread it: "Vơi nhận:" over a list is "Nơi nhận:"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ingest.cleaning.edits import Edit
from ingest.patterns import bare

# a line of its own over the first item of a list: "-Vơi nhận:", "Nơi nhdn:"
_LINE = re.compile(r"^[^\w\n]{0,3}(?P<words>\w{1,3}i ?nh\w{2})(?= ?[:;.]?[^\w\n]{0,3}\n{1,2}[-–•+*])", re.MULTILINE)
_RIGHT = "Nơi nhận"
_LETTERS = bare(_RIGHT).replace(" ", "")
_NEARLY = 0.8
"""How alike the letters are at least (difflib's ratio)."""


def misread_headings(text: str) -> list[Edit]:
    """Put the heading in the place of what was read for it."""
    return [(*line.span("words"), _RIGHT) for line in _LINE.finditer(text) if _is_misread(line["words"])]


def _is_misread(words: str) -> bool:
    letters = bare(words).replace(" ", "")
    return letters != _LETTERS and SequenceMatcher(None, letters, _LETTERS).ratio() >= _NEARLY
