"""What a query's own text tells: the parameters that it uses and the columns that it returns."""

from __future__ import annotations

import re

# a comment (// … or /* … */), a string ('…' or "…", with escapes) or a quoted name (`…`)
_NOT_CODE = re.compile(r"""//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`""", re.DOTALL)
_PARAMETER = re.compile(r"\$(\w+)")  # $document
_TOKEN = re.compile(r"[(\[{]|[)\]}]|,|;|\b[A-Za-z_]\w*")
_ALIAS = re.compile(r"(?:^|\bAS\s+)(\w+)$", re.IGNORECASE)  # document.id AS id, or a bare variable
_END_OF_RETURN = {"ORDER", "SKIP", "LIMIT", "UNION", ";"}


def code(text: str) -> str:
    """The text with comments, strings and quoted names blanked; offsets and lines stay as they are."""
    return _NOT_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def line_of(text: str, offset: int) -> int:
    """The line, counted from 1, in which an offset lies."""
    return text.count("\n", 0, offset) + 1


def used_parameters(text: str) -> dict[str, int]:
    """Each parameter that the query uses, with the line of its first use."""
    found: dict[str, int] = {}
    for match in _PARAMETER.finditer(code(text)):
        found.setdefault(match[1], line_of(text, match.start()))
    return found


def returned_columns(text: str) -> list[tuple[int, list[str | None]]]:
    """What each final RETURN gives: its line, and its columns in order; None stands for one that has no name.

    There are several where the query ends in a UNION. The RETURNs of subqueries do not count.
    """
    plain = code(text)
    found = []
    depth = 0
    start = None
    cuts: list[int] = []
    for match in [*_TOKEN.finditer(plain), None]:
        token = match[0].upper() if match else ";"
        at = match.start() if match else len(plain)
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif depth == 0 and token == "RETURN" and match:
            start, cuts = match.end(), []
        elif depth == 0 and start is not None and token == ",":
            cuts.append(at)
        elif depth == 0 and start is not None and token in _END_OF_RETURN:
            found.append((line_of(text, start), _names(plain, start, cuts, at)))
            start = None
    return found


def _names(plain: str, start: int, cuts: list[int], end: int) -> list[str | None]:
    bounds = zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True)
    return [_name(plain[a:b]) for a, b in bounds]


def _name(item: str) -> str | None:
    words = re.sub(r"^\s*DISTINCT\b", "", item, flags=re.IGNORECASE).strip()
    match = _ALIAS.search(words)
    return match[1] if match else None
