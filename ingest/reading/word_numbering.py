"""Word's automatic numbers: what Word prints before a paragraph, from numbering.xml and styles.xml.

Elements and attributes are looked up by their local names (see `docx`). The rules are those of
ECMA-376 part 1, 17.9 (numbering) and 17.7.2 (inheritance of styles).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

LEVELS = 9
_MOST_LETTERS = 780  # Word counts no further than thirty times "z"
_PLACE = re.compile(r"%([1-9])")  # lvlText "%1.%2."
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# as the fonts Symbol, Wingdings and Courier New print the letters that stand in lvlText
_FONT_BULLETS = {
    **dict.fromkeys(("", "\uf02d", "\u2212"), "-"),
    **dict.fromkeys(("\u00b7", "\uf0b7", "●"), "•"),
    **dict.fromkeys(("§", "\uf0a7", "n", "\uf06e"), "▪"),
    **dict.fromkeys(("Ø", "\uf0d8"), "➢"),
    **dict.fromkeys(("ü", "\uf0fc"), "✓"),
    "o": "○",
}


def value(element: Element | None, path: str) -> str | None:
    """The `val` of an element's child; None where there is no such child."""
    child = element.find(path) if element is not None else None
    return None if child is None else child.get("val")


def number(element: Element | None, path: str) -> int | None:
    """The `val` of an element's child, where it is a whole number."""
    found = value(element, path)
    return int(found) if found and found.lstrip("-").isdecimal() else None


def is_on(properties: Element | None, name: str) -> bool | None:
    """A toggle such as <w:b/>: True, False (val="0"), None where nothing is said."""
    child = properties.find(name) if properties is not None else None
    return None if child is None else child.get("val", "1") not in ("0", "false", "off")


def roman(count: int) -> str:
    """ "iv" for 4; Word has no other figures beyond 3999 either."""
    figures = ""
    for worth, sign in _ROMAN:
        figures += sign * (count // worth)
        count %= worth
    return figures


def letters(count: int) -> str:
    """ "a" … "z", "aa", "bb" …: Word repeats the letter."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def figure(count: int, style: str) -> str:
    """A count in one of Word's number formats; those not listed are printed in plain figures."""
    if style == "none":
        return ""
    if count > 0 and style in ("upperRoman", "lowerRoman"):
        return roman(count % 4000).upper() if style == "upperRoman" else roman(count % 4000)
    if 0 < count <= _MOST_LETTERS and style in ("upperLetter", "lowerLetter"):
        return letters(count).upper() if style == "upperLetter" else letters(count)
    return f"{count:02}" if style == "decimalZero" else str(count)


@dataclass(slots=True)
class Level:
    """One level of a list: how it counts and what it prints."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    joined: bool = False
    paragraph_style: str | None = None


def _level(element: Element) -> Level:
    start = number(element, "start")
    return Level(
        start=0 if start is None else start,
        style=value(element, ".//numFmt") or "decimal",  # within AlternateContent for formats of newer Words
        text=value(element, "lvlText") or "",
        restart=number(element, "lvlRestart"),
        legal=bool(is_on(element, "isLgl")),
        joined=value(element, "suff") == "nothing",
        paragraph_style=value(element, "pStyle"),
    )


@dataclass(slots=True)
class _List:
    """A numbering instance (w:num): the abstract list that it counts in, and its own levels."""

    abstract: str
    levels: dict[int, Level]
    overrides: dict[int, int] = field(default_factory=dict)


class Styles:
    """Paragraph styles with what they inherit."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall("style") if root is not None else []
        self._styles = {s.get("styleId", ""): s for s in found}
        defaults = [s for s in found if s.get("type") == "paragraph" and s.get("default") in ("1", "true")]
        self.default = defaults[0].get("styleId") if defaults else None

    def chain(self, style: str | None) -> list[Element]:
        """A style and those that it is based on, nearest first."""
        chain: list[Element] = []
        while style in self._styles and self._styles[style] not in chain:
            chain.append(self._styles[style])
            style = value(chain[-1], "basedOn")
        return chain

    def toggle(self, style: str | None, name: str) -> bool:
        """Whether a style says bold ("b") or italic ("i")."""
        said = (is_on(s.find("rPr"), name) for s in self.chain(style))
        return next((s for s in said if s is not None), False)

    def outline_level(self, style: str | None) -> int | None:
        """0 to 8 for the styles of headings."""
        levels = (number(s, "pPr/outlineLvl") for s in self.chain(style))
        level = next((level for level in levels if level is not None), None)
        return level if level is not None and level < LEVELS else None


class Numbering:
    """Counts a document's lists; ask for the paragraphs in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        abstracts = {a.get("abstractNumId", ""): a for a in root.findall("abstractNum")}
        numbers = {n.get("numId", ""): n for n in root.findall("num")}
        by_style = {link: a for a in abstracts.values() if (link := value(a, "styleLink"))}
        for identifier, num in numbers.items():
            abstract = abstracts.get(value(num, "abstractNumId") or "")
            if abstract is None:
                continue
            linked = by_style.get(value(abstract, "numStyleLink") or "", abstract)
            levels = {int(e.get("ilvl", "0")): _level(e) for e in linked.findall("lvl")}
            found = _List(linked.get("abstractNumId", ""), levels)
            for override in num.findall("lvlOverride"):
                self._override(found, override)
            self._lists[identifier] = found

    @staticmethod
    def _override(found: _List, override: Element) -> None:
        at = int(override.get("ilvl", "0"))
        replaced = override.find("lvl")
        if replaced is not None:
            found.levels[at] = _level(replaced)
        start = number(override, "startOverride")
        if start is not None and at < LEVELS:
            found.overrides[at] = start

    def _place(self, properties: Element | None, style: str | None) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, or its style's."""
        own = properties.find("numPr") if properties is not None else None
        identifier, level = value(own, "numId"), number(own, "ilvl")
        for inherited in self._styles.chain(style):
            if identifier is not None:
                break
            given = inherited.find("pPr/numPr")
            identifier = value(given, "numId")
            if identifier is not None and level is None:
                level = self._level_of_style(identifier, inherited.get("styleId")) or number(given, "ilvl")
        if identifier is None or identifier not in self._lists:
            return None
        return identifier, min(max(level or 0, 0), LEVELS - 1)

    def _level_of_style(self, identifier: str, style: str | None) -> int | None:
        levels = self._lists[identifier].levels if identifier in self._lists else {}
        return next((at for at, level in levels.items() if level.paragraph_style == style), None)

    def label(self, properties: Element | None, style: str | None) -> str:
        """What Word prints before a paragraph, with the space behind it ("2.1. ", "- "); "" for no number.

        Args:
            properties: the paragraph's w:pPr.
            style: the id of its style.
        """
        place = self._place(properties, style)
        if place is None:
            return ""
        identifier, at = place
        found = self._lists[identifier]
        level = found.levels.get(at)
        if level is None:
            return ""
        counts = self._count(identifier, found, at)
        if level.style == "bullet":
            return f"{_FONT_BULLETS.get(level.text, level.text)} "
        printed = _PLACE.sub(lambda m: self._figure(found, counts, int(m[1]) - 1, level.legal), level.text)
        return printed and (printed if level.joined else f"{printed.rstrip()} ")

    def _count(self, identifier: str, found: _List, at: int) -> list[int | None]:
        counts = self._counts.setdefault(found.abstract, [None] * LEVELS)
        if identifier not in self._begun:
            self._begun.add(identifier)
            for level, start in found.overrides.items():
                counts[level] = start - 1
        for above in range(at):  # a level that never came counts as begun
            if counts[above] is None:
                counts[above] = found.levels.get(above, Level()).start
        before = counts[at]
        counts[at] = found.levels[at].start if before is None else before + 1
        for below in range(at + 1, LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or at < restart:  # lvlRestart 0 never restarts, n only after level n
                counts[below] = None
        return counts

    @staticmethod
    def _figure(found: _List, counts: list[int | None], at: int, legal: bool) -> str:
        level = found.levels.get(at, Level())
        count = counts[at]
        return figure(level.start if count is None else count, "decimal" if legal else level.style)
