"""Texts set with an empty line under every line, as converters write double spacing: the empty lines say nothing."""

from __future__ import annotations

from itertools import pairwise

_FEWEST = 8  # sentences that go on over an empty line; fewer may be the ends of pages
_MOST_LINES = 0.8  # part of the lines that an empty one follows
_GO_ON = 0.2  # part of the empty lines over which a sentence goes on


def single_spaced(text: str) -> str:
    """A text without the empty line under each of its lines; of several, which part paragraphs, one is kept."""
    lines = text.split("\n")
    printed = [number for number, line in enumerate(lines) if line.strip()]
    apart = [(above, below) for above, below in pairwise(printed) if below - above > 1]
    if len(apart) < _MOST_LINES * len(printed):
        return text
    # "… giao Ủy ban nhân dân các" / "" / "xã rà soát …"
    going_on = sum(lines[above].rstrip()[-1].isalnum() and lines[below].lstrip()[0].islower() for above, below in apart)
    if going_on < max(_FEWEST, _GO_ON * len(apart)):
        return text
    dropped = {above + 1 for above, _ in apart}
    return "\n".join(line for number, line in enumerate(lines) if number not in dropped)
