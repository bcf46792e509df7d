"""Section paths: which open item a paragraph stands under, and what its path is."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.numbering import Marker

_DIVISIONS = ("phụ lục", "phần", "chương", "mục", "điều", "A", "I")
"""Styles from the top of a document down; one closes itself and all that stand behind it."""

_POINTS = frozenset(("-", "+", "*", "•", "o", "title"))
"""Styles that are counted: bullets, and headings without a number."""

_UNNAMED = frozenset(("phụ lục", "phần", "chương", "mục"))
"""Divisions that give no part of the paths of what stands under them."""


@dataclass(slots=True)
class OpenItem:
    """An item that more may stand under: its block's index, style, section path and the points counted in it."""

    index: int
    style: str
    path: str
    points: int = 0
    single: int | None = None  # the block of its first point, where that is a paragraph
    last_opens: bool = False  # whether the last block under it ended in a colon


def _closes(style: str, other: str) -> bool:
    """Whether a marker of one style ends an open item of another style."""
    if style == other:
        return True
    if style in _DIVISIONS:
        return other not in _DIVISIONS or _DIVISIONS.index(other) > _DIVISIONS.index(style)
    if _is_decimal(style):
        return _is_decimal(other) and len(other) > len(style)
    return False


def _is_decimal(style: str) -> bool:
    return style == "1" or style.startswith("1.")


class Sections:
    """The open items, from the top of the document down."""

    def __init__(self) -> None:
        self.root = OpenItem(-1, "", "")
        self.items: list[OpenItem] = []

    @property
    def top(self) -> OpenItem:
        return self.items[-1] if self.items else self.root

    def parent(self) -> int | None:
        """The index of the block that the next one stands under."""
        return self.items[-1].index if self.items else None

    def clear(self, *, divisions: bool) -> None:
        """End all items (and Phần, Chương, Phụ lục too): a new list, or a new document, begins in the same text."""
        self.items = [] if divisions else [item for item in self.items if item.style in _UNNAMED]
        self.root = OpenItem(-1, "", "")

    def close(self, marker: Marker) -> None:
        """End the items that a block with this marker does not stand under."""
        for depth, item in enumerate(self.items):
            if _closes(marker.style, item.style):
                del self.items[depth:]
                return
        # "7.1." behind the bullets of "7." is the item's, not the last bullet's
        above, _, _ = marker.label.rpartition(".")
        for depth, item in enumerate(self.items):
            if (
                above
                and _is_decimal(marker.style)
                and _is_decimal(item.style)
                and f".{item.path}".endswith(f".{above}")
            ):
                del self.items[depth + 1 :]
                return
        # "2." behind bullets is no list of theirs: the item before it has lost its number, or its list its "1."
        while marker.value > 1 and not marker.is_bullet and self.items and self.items[-1].style in _POINTS:
            self.items.pop()

    def close_points(self, titles: bool) -> None:
        """End bullets (and headings without a number): an unnumbered paragraph goes on with the item above them."""
        while self.items and self.items[-1].style in _POINTS and not self.items[-1].last_opens:
            if self.items[-1].style == "title" and not titles:
                return
            self.items.pop()

    def path(self, marker: Marker) -> str:
        """The path of a numbered block under the items that are open now."""
        if marker.style in _UNNAMED or marker.style == "điều":
            return marker.label
        above = [item for item in self.items if item.style not in _UNNAMED]
        if _is_decimal(marker.style):
            above = [item for item in above if not _is_decimal(item.style)]  # "2.1" says "2" itself
        return f"{above[-1].path}.{marker.label}" if above else marker.label

    def point(self) -> str:
        """The path of the next unnumbered point in the item that is open now."""
        top = self.top
        top.points += 1
        return f"{top.path}-{top.points}" if top.path else str(top.points)

    def open(self, index: int, style: str, path: str) -> None:
        """Let what follows stand under this block."""
        self.items.append(OpenItem(index, style, path))
