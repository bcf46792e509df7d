"""What a table's columns hold, told from the words of its heading row, and how its rows are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.lexicon import lexicon
from ingest.numbering import BULLET
from ingest.patterns import any_of, bare, pattern
from ingest.section_kinds import ROLE_WORDS, is_time, role_of
from ingest.text import Cell, CleanText, Table

_CUES = [
    (cue, re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)"), column)
    for column, cues in lexicon("table_columns").items()
    for cue in cues
]
_WORDS = {
    bare(words): words for words in (*(c for cues in lexicon("table_columns").values() for c in cues), *ROLE_WORDS)
}
_BARE_WORDS = pattern(rf"(?<!\w)(?:{any_of(_WORDS)})(?!\w)")
_HEADING_ROWS = 3
"""A table's heading stands in one of its first rows."""

_HEADING_LENGTH = 90
"""Characters: a longer cell is no heading of a column."""

_SUBHEADING = 30
"""Characters: a longer cell of a second row is no heading."""

_ORDINAL = "số thứ tự"
_TIME = "thời gian"
_CONTENT = "nội dung"
_WORDY = 25
"""Characters: half of the cells of a column of work have more."""
# "I", "IV.", "A": a row that opens a group of rows; "II. HOÀN THIỆN CƠ CHẾ" over all columns
_GROUP = re.compile(r"(?:[IVXL]+|[A-H])[.)]?")
_GROUP_TITLE = re.compile(r"(?:phần\s+)?([IVXL]+|[A-H])\s?[.):/-]\s?(?=[^\W\d_])", re.IGNORECASE)
# "Đơn vị" alone heads units of measure; in front of other words it only begins the name of a column
_UNIT = "đơn vị"
_ROLES = ("chủ trì", "phối hợp")
# "Đơn vị" beside "Trách nhiệm": who has to do what
_BODIES, _DUTIES = (frozenset(lexicon("section_kinds")["duty_tables"][key]) for key in ("bodies", "duties"))
_NUMBER = re.compile(r"\d{1,3}[.)]?")
_BULLET = re.compile(BULLET)
# "nt", "-Nt-", "Như trên", "//": what the cell above says
_DITTO = re.compile(r"[\s\-–]*(?:n/?t|như trên|[\"”″]|''|//)[\s.\-–]*", re.IGNORECASE)
# "12", "2.1.", "IV", "a)", "-": what a column of ordinals holds
_ORDINAL_CELL = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,6}|[^\W\d_])?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what (`at["nội dung"]` is an index), the index of the heading row, and whether rows
    of fewer cells have nothing in the last columns, where elsewhere a cell from above may span them."""

    at: dict[str, int]
    heading: int
    ragged: bool = False

    def has(self, *names: str) -> bool:
        """Whether all of these columns are there."""
        return all(name in self.at for name in names)


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the heading: its cells by the names of their columns, its section path ("I.11.1"), whether it
    only opens a group of rows, whether that group is one of the table's divisions ("II"), and whether it has a dash
    in place of a number."""

    cells: dict[str, Cell]
    section: str
    opens_group: bool
    is_division: bool = False
    is_bullet: bool = False


def _folded(clean: CleanText, cell: Cell) -> str:
    return " ".join(clean.text[cell.start : cell.end].lower().split())


def filled(clean: CleanText, cell: Cell | None) -> bool:
    """Whether a cell is there and says something."""
    return cell is not None and bool(clean.text[cell.start : cell.end].strip())


@lru_cache(maxsize=1024)
def column_of(heading: str) -> str | None:
    """What a column holds by its heading: the cue that stands first decides, then the longer one."""
    if role := role_of(heading):
        return role
    hits = [
        (m.start(), -len(m[0]), column)
        for cue, whole, column in _CUES
        if cue in heading and (m := whole.search(heading)) and (cue != _UNIT or cue == heading)
    ]
    return min(hits)[2] if hits else None


def _named(clean: CleanText, cell: Cell, heading: str) -> str | None:
    """What a cell heads; capitals may have lost diacritics: "CHU TRI", "ĐƠN VI PHỐI HOP"."""
    if (name := column_of(heading)) or not clean.text[cell.start : cell.end].isupper():
        return name
    return column_of(_BARE_WORDS.sub(lambda m: _WORDS[m[0]], bare(heading)))


def read_columns(clean: CleanText, table: Table) -> Columns | None:
    """The columns of a table, None where no row of its first ones is a heading."""
    for row, cells in enumerate(table.rows[:_HEADING_ROWS]):
        at: dict[str, int] = {}
        literal: set[str] = set()  # roles whose heading holds their very name: "Cơ quan chủ trì"
        for index, cell in enumerate(cells):
            heading = _folded(clean, cell)
            name = _named(clean, cell, heading) if heading and len(heading) <= _HEADING_LENGTH else None
            plain = name in _ROLES and name in heading
            if name and (name not in at or (plain and name not in literal)):
                at[name] = index
                literal |= {name} if plain else set()
        if duties := _duties(clean, table, row):
            return duties
        if len(at) >= 2:
            columns = _with_second_row(clean, table, at, row)
            return _with_content(clean, table, columns)
    return None


def _duties(clean: CleanText, table: Table, row: int) -> Columns | None:
    """The columns of a table that says of each body what it has to do: "Đơn vị" beside "Trách nhiệm"."""
    headings = [_folded(clean, cell) for cell in table.rows[row]]
    bodies = [i for i, heading in enumerate(headings) if heading in _BODIES]
    work = [i for i, heading in enumerate(headings) if heading in _DUTIES]
    if len(bodies) != 1 or len(work) != 1:
        return None
    rows = table.rows[row + 1 :]
    lengths = sorted(cells[work[0]].end - cells[work[0]].start for cells in rows if work[0] < len(cells))
    if not lengths or lengths[len(lengths) // 2] < _WORDY:
        return None
    beside = {column: i for i, heading in enumerate(headings) if (column := column_of(heading)) in (_ORDINAL, _TIME)}
    return Columns({**beside, "chủ trì": bodies[0], _CONTENT: work[0]}, row)


def _with_content(clean: CleanText, table: Table, columns: Columns) -> Columns:
    """The columns with that of the work where its heading names it by no known word: "Tên dự án" beside who leads it
    and when. It is the first one whose cells hold more than a few words.
    """
    if columns.has(_CONTENT) or not columns.has("chủ trì") or not (columns.has(_TIME) or columns.has("phối hợp")):
        return columns
    rows = table.rows[columns.heading + 1 :]
    for index, cell in enumerate(table.rows[columns.heading] if columns.heading >= 0 else ()):
        lengths = sorted(row[index].end - row[index].start for row in rows if index < len(row))
        if index in columns.at.values() or not filled(clean, cell) or not lengths:
            continue
        if lengths[len(lengths) // 2] >= _WORDY:
            return Columns({**columns.at, _CONTENT: index}, columns.heading)
    return columns


def _with_second_row(clean: CleanText, table: Table, at: dict[str, int], row: int) -> Columns:
    """The columns of a heading of two rows ("Cơ quan thực hiện" over "Chủ trì" and "Phối hợp")."""
    if row + 1 >= len(table.rows):
        return Columns(at, row)
    cells = [_folded(clean, cell) for cell in table.rows[row + 1]]
    below = {name: i for i, cell in enumerate(cells) if len(cell) <= _SUBHEADING and (name := column_of(cell))}
    if len(below) >= 2 and len(cells) > len(table.rows[row]):
        return _spread(clean, table.rows[row], cells, below, row)
    others = [cell for i, cell in enumerate(cells) if i not in below.values()]
    if len(below) < 2 or any(others):
        return Columns(at, row)
    if len(cells) < len(table.rows[row]):
        return _parted(at, below, row)
    return Columns({**at, **below}, row + 1)


def _spread(clean: CleanText, first: Sequence[Cell], second: list[str], below: dict[str, int], row: int) -> Columns:
    """The columns where cells of the first row span several and are printed once: the second is blank below the others.

    "| STT | Nội dung | Phân công | Thời gian | Ghi chú |" over "| | | Chủ trì | Phối hợp | Bắt đầu | Hoàn thành | |"
    """
    left = next(i for i, cell in enumerate(second) if cell)
    right = next(i for i, cell in enumerate(reversed(second)) if cell)
    plain = [(i, first[i]) for i in range(min(left, len(first)))]
    plain += [(len(second) - 1 - i, first[-1 - i]) for i in range(min(right, len(first) - len(plain)))]
    at = {name: i for i, cell in plain if (name := column_of(_folded(clean, cell)))}
    return Columns({**at, **below}, row + 1)


def _parted(at: dict[str, int], below: dict[str, int], row: int) -> Columns:
    """The columns where the second row prints nothing but the parts of one column of the first."""
    whole = next((at[name] for name in below if name in at), None)
    if whole is None:
        return Columns(at, row)
    shift = len(below) - 1
    moved = {name: index + shift * (index > whole) for name, index in at.items()}
    return Columns({**moved, **{name: whole + index for name, index in below.items()}}, row + 1)


def continued(clean: CleanText, table: Table, before: Columns | None, width: int) -> Columns | None:
    """The columns of a table that goes on with the rows of the one before it, whose rows have `width` cells."""
    first = table.rows[0]
    goes_on = before is not None and len(first) == width and _NUMBER.fullmatch(_folded(clean, first[0]))
    return Columns(before.at, -1) if before and goes_on else None


def _ordinal(clean: CleanText, columns: Columns, cells: Sequence[Cell]) -> str:
    """The number that a row begins with, in capitals; empty where it has none."""
    index = columns.at.get(_ORDINAL, len(cells))
    return _folded(clean, cells[index]).upper().rstrip(".)") if index < len(cells) else ""


def read_rows(clean: CleanText, table: Table, columns: Columns, main: str) -> Iterator[Row]:
    """The rows under the heading; `main` names the column that a group's title stands in."""
    group = ""
    rows = table.rows[columns.heading + 1 :]
    behind: list[Sequence[Cell]] = [*rows[1:], ()]
    above: Row | None = None
    said: dict[str, Cell] = {}  # the cells of the row before that say something themselves
    numbered = ""  # the section of the last row with a number
    under = 1
    for cells, following in zip(rows, behind, strict=False):
        if above and _hangs(clean, columns, cells, main):
            under += 1
            yield Row({**above.cells, **_placed(clean, columns, cells)}, f"{above.section}-{under}", opens_group=False)
            continue
        named = {name: cells[index] for name, index in columns.at.items() if index < len(cells)}
        named = {name: said.get(name, c) if _is_ditto(clean, c) and name != main else c for name, c in named.items()}
        said = named
        ordinal = _ordinal(clean, columns, cells)
        timed = bool(_GROUP.fullmatch(ordinal)) and bool(_NUMBER.fullmatch(_ordinal(clean, columns, following)))
        aside = (_ORDINAL, main, _TIME) if timed else (_ORDINAL, main)  # "II | Chuẩn bị | | Tháng 5/2024" over its rows
        opens = not any(filled(clean, cell) for name, cell in named.items() if name not in aside)
        words = clean.text[cells[0].start : cells[0].end]
        division = opens
        if opens and (title := _GROUP_TITLE.match(words)):
            group = ordinal = title[1].upper()
        elif opens and _GROUP.fullmatch(ordinal):
            group = ordinal
        else:
            division = False
        if _BULLET.fullmatch(ordinal):
            under += 1
            yield Row(named, f"{numbered}-{under - 1}", opens, is_bullet=True)
            continue
        section = ordinal if not group or division else f"{group}.{ordinal}" if ordinal else group
        row = Row(named, section, opens, division)
        above, numbered, under = (row if ordinal and not opens else None), section, 1
        yield row


def _is_ditto(clean: CleanText, cell: Cell) -> bool:
    return cell.end - cell.start < _WORDY and bool(_DITTO.fullmatch(clean.text, cell.start, cell.end))


def _hangs(clean: CleanText, columns: Columns, cells: Sequence[Cell], main: str) -> bool:
    """Whether a row hangs on the numbered one above, whose number spans both: its first cell is the work, its other
    cells those that the upper row's do not span as well, and nothing stands for those that are spanned.
    """
    number, work = columns.at.get(_ORDINAL), columns.at.get(main)
    if number != 0 or work != 1 or len(cells) < 2 or len(cells) > max(columns.at.values()):
        return False
    own = [clean.text[cell.start : cell.end].strip() for cell in cells]
    return all(own) and len(own[0].split()) > 1 and not _ORDINAL_CELL.fullmatch(own[0])


def _placed(clean: CleanText, columns: Columns, cells: Sequence[Cell]) -> dict[str, Cell]:
    """The columns of a row whose first cell is the second column's; a time stands in its own column."""
    names = sorted((name for name, index in columns.at.items() if index), key=lambda name: columns.at[name])
    placed: dict[str, Cell] = {}
    for cell in cells:
        while _TIME in names and names[0] != _TIME and is_time(clean.text, cell.start, cell.end):
            names.pop(0)
        if names:
            placed[names.pop(0)] = cell
    return placed
