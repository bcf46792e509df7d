"""Which columns of a table of targets hold figures to be reached, and for which year each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.patterns import pattern
from ingest.tables import Columns
from ingest.text import Cell, CleanText, Table

# a column that is a year of its own: "Năm 2026", "2026"
_YEAR = re.compile(r"(?:năm\s+)?(20\d\d)", re.IGNORECASE)
# … or what is planned for one: "Kế hoạch năm 2026", "Mục tiêu đến 2030"; and what was reached: "Thực hiện năm 2024"
_PLANNED = pattern(r"(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|dự kiến|giao|đến|kh)(?!\w)")
_WAS = pattern(r"(?<!\w)(?:thực hiện|hiện trạng|hiện tại|hiện có|ước|ưth|th|đã|đạt được|năm gốc|cơ sở)(?!\w)")
# "Sản lượng (tấn)"
_UNIT = re.compile(r"\(([^()\d]{1,20})\)$")
# "I | Giai đoạn 2026-2027": a row that opens a group of indicators
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-H])(?:\.\d{1,2})?[.)]?")
# "1.250", "12,5%": what no heading is, unless it is a year
_FIGURE = re.compile(r"[\d.,%\s-]+")
_SUBHEADING = 60
"""Characters: a longer cell of a second row is no heading."""

_SINGLE = ("số thứ tự", "chỉ tiêu", "đơn vị tính", "ghi chú", "theo dõi", "chủ trì", "phối hợp")
"""Columns whose heading stands over one of them."""


@dataclass(frozen=True, slots=True)
class Aim:
    """The year and the unit that the heading of a column with figures to be reached prints."""

    year: str | None
    unit: str | None


Heading = tuple[str, str]
"""What heads a column: the words over several of them ("Kế hoạch"; else none), and its own ("Năm 2026")."""


def printed(clean: CleanText, cell: Cell | None) -> str:
    """What a cell says, on one line."""
    return " ".join(clean.text[cell.start : cell.end].split()) if cell else ""


def read_values(clean: CleanText, table: Table, columns: Columns) -> tuple[Columns, dict[int, Aim]]:
    """The columns of a table whose heading may have a second row, and those of them with figures to be reached."""
    first = [printed(clean, cell) for cell in table.rows[columns.heading]]
    headings: Sequence[Heading] = [("", own) for own in first]
    width = max((len(row) for row in table.rows[columns.heading + 1 :]), default=0)
    second = _second_row(clean, table, columns, width)
    if second and (parted := _parted(first, second, columns, width)):
        headings = parted
        places = {own: index for index, (over, own) in enumerate(parted) if not over}
        at = {name: places[first[index]] for name, index in columns.at.items() if first[index] in places}
        columns = Columns(at, columns.heading + 1)
    known = columns.at.values()
    aims = ((i, _aim(h, i == columns.at.get("kết quả"), i in known)) for i, h in enumerate(headings))
    return columns, {index: aim for index, aim in aims if aim}


def _aim(heading: Heading, result: bool, known: bool) -> Aim | None:
    """What a column is to be reached for; None where it holds something else."""
    over, own = heading
    year = _YEAR.search(own)
    planned = _PLANNED.match(own)
    if over:
        if not planned and (_WAS.search(own) or (_WAS.search(over) and not _PLANNED.match(over))):
            return None
        year = year or _YEAR.search(over)
        planned = planned or _PLANNED.match(over)
    result = result or bool(year and year[0] == own)
    if (result and (planned or not _WAS.search(own))) or (planned and not known):
        unit = _UNIT.search(own)
        return Aim(year[1] if year else None, unit[1] if unit else None)
    return None


def with_indicators(clean: CleanText, table: Table, columns: Columns) -> Columns:
    """The columns with that of what is to be reached where its heading names it by no known word: "Sản phẩm" beside
    what is planned for several years, and nothing of work or money."""
    if any(columns.has(name) for name in ("chỉ tiêu", "nội dung", "chủ trì", "thời gian", "kinh phí")):
        return columns
    headings = [printed(clean, cell) for cell in table.rows[columns.heading]]
    planned = [i for i, own in enumerate(headings) if _PLANNED.match(own) and _YEAR.search(own)]
    own = [i for i, words in enumerate(headings) if words and i != columns.at.get("số thứ tự")]
    if len(planned) < 2 or own[0] in planned:
        return columns
    return Columns({**columns.at, "chỉ tiêu": own[0]}, columns.heading)


def _second_row(clean: CleanText, table: Table, columns: Columns, width: int) -> list[str]:
    """The second row of a heading, "Năm 2026 | Năm 2027" below "Kế hoạch"; empty where there is none."""
    if columns.heading + 2 >= len(table.rows):
        return []
    row = [printed(clean, cell) for cell in table.rows[columns.heading + 1]]
    while len(row) < width and row[-1:] == [""]:
        row.pop()
    own = [words for words in row if words]
    if _GROUP.fullmatch(row[0]):
        return []
    single = [row[i] for name, i in columns.at.items() if name in _SINGLE and i < len(row)]
    if len(own) < 2 or (len(row) == width and any(single)):
        return []
    if any(len(words) > _SUBHEADING or (_FIGURE.fullmatch(words) and not _YEAR.fullmatch(words)) for words in own):
        return []
    over = (printed(clean, cell) for cell in table.rows[columns.heading])
    return row if any(_YEAR.search(words) or _PLANNED.match(words) for words in (*own, *over)) else []


def _parted(first: Sequence[str], second: Sequence[str], columns: Columns, width: int) -> list[Heading]:
    """The headings of all columns where a second row parts some of the first; empty where they do not fit."""
    if len(first) == len(second) == width:
        return list(_below(first, second))
    spanning = len(first) + len(second) - width
    if spanning < 1 or len(second) % spanning:
        return []
    single = {index for name, index in columns.at.items() if name in _SINGLE}
    ends = [i for i in range(spanning, len(first) + 1) if not single.intersection(range(i - spanning, i))]
    if not ends:
        return []
    each = len(second) // spanning
    begin = ends[-1] - spanning
    found: list[Heading] = [("", own) for own in first[:begin]]
    for number, over in enumerate(first[begin : ends[-1]]):
        found += [(over, own) for own in second[number * each : (number + 1) * each]]
    return found + [("", own) for own in first[ends[-1] :]]


def _below(first: Sequence[str], second: Sequence[str]) -> Iterator[Heading]:
    """The headings where a merged cell's further places are empty."""
    over = ""
    for above, own in zip(first, second, strict=True):
        over = above or over
        yield (over, own) if own else ("", above)
