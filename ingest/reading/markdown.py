"""Writing light Markdown: what every format is turned into, so that one cleaner serves all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SIGNS = re.compile(
    r"[\\*|]"  # a printed star or pipe
    r"|`(?=``)"
    r"|(?<!_)_{1,2}(?!_)"  # _ and __ are emphasis, longer runs are printed blanks
    r"|<(?=[/!a-zA-Z])"  # a printed "<b>"
    r"|&(?=[#a-zA-Z][0-9a-zA-Z]{0,30};)"  # a printed "&amp;"
    r"|^#"
    r"|\](?=\()|\[(?=[^\[\]\n]{1,300}\]\()",  # a printed "[a](b)"
    re.MULTILINE,
)


MOST_COLUMNS = 200
"""A row of more cells is noise: no sheet of paper holds such a table."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph in one style; its text may hold line breaks and tabs."""

    text: str
    bold: bool = False
    italic: bool = False


def escape(text: str) -> str:
    """Plain text as Markdown that means the same."""
    return _SIGNS.sub(lambda sign: "".join("\\" + c for c in sign[0]), text)


def paragraph(runs: Iterable[Run]) -> str:
    """Runs as Markdown, neighbours of one style joined, each line's emphasis closed on that line."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (run.text.isspace() or (run.bold, run.italic) == (last.bold, last.italic)):
            joined[-1] = Run(last.text + run.text, last.bold, last.italic)
        elif run.text:
            joined.append(run)
    return "".join(_emphasised(run) for run in joined)


def _emphasised(run: Run) -> str:
    mark = "**" * run.bold + "*" * run.italic
    if not mark:
        return escape(run.text)
    lines = []
    for line in run.text.split("\n"):
        words = line.strip()
        if words:
            before, _, after = line.partition(words)
            line = f"{before}{mark}{escape(words)}{mark}{after}"
        lines.append(line)
    return "\n".join(lines)


def pipe_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells (Markdown already) as a pipe table; "" where no cell holds a word.

    Line breaks in a cell become <br>, a missing cell an empty one.
    """
    width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
    filled = [[_cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    filled = [row for row in filled if any(row)]
    if not filled:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in filled]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _cell(text: str) -> str:
    lines = (line.strip() for line in text.replace("\t", "   ").split("\n"))
    return "<br>".join(line for line in lines if line.strip("*-_ "))
