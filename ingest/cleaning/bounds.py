"""Where a document begins and ends in its text: portals print lists, adverts and attributes around it.

A document begins with its letterhead and ends with its recipients and its signature, or with the annexes behind them;
what a portal says stands outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.formalities.signature import person_name, position_of
from ingest.lexicon import lexicon
from ingest.lines import Piece, is_capitals, letters_only
from ingest.numbering import BULLET, read_marker
from ingest.patterns import bare
from ingest.text import Cell, CleanText, Emphasis, Table
from ingest.values import value

_HEAD_REACH = 15000  # characters in which a letterhead stands behind what a portal prints
_MOST_LABELS_APART = 12  # lines between two labels of one table of attributes
_LONGEST_LABEL = 60
_ITEM = re.compile(rf"{BULLET} ?\w")  # "- Sở Y tế;"
_SHORTEST_TITLE = 25  # characters of a type with its title by which a document is known again
_NEAR = 10  # lines in which two words of a portal stand
_LINES_OF_TAIL = 80  # lines that recipients and signature take
_LINES_TO_NAME = 12
_LINES_OF_LETTERHEAD = 14
_LINES_OF_SUBJECT = 4
_SUBJECT = re.compile(r"\W*v\s?/\s?v(?!\w)")  # "V/v: nộp tờ khai"
# "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", over two lines too; "ĐẢNG CỘNG SẢN VIỆT NAM"
_NATIONAL_TITLE = re.compile(r"cong h.a\s+xa\s+hoi|chu nghia viet nam|dang cong san viet nam")
_ADDRESSED = re.compile(r"\W*kinh gui\b")
_TAIL = re.compile(r"^\W*noi nhan\b|^\W*(?:TM|T/M|KT|K/T|TL|TUQ)\s?[./]\s*[A-ZĐ]{2}|^\W*(?:luu|Lưu)\s?:", re.MULTILINE)
_OWN_NUMBER = re.compile(r"(?:^|\s)S[ốỐ]\s{0,3}:\s*(?P<symbol>\d{1,6}\s?[-/–]\s?[\w/&-]{2,30})")
_ARCHIVE = re.compile(r"\W*luu\s?[:,;]|\W*luu\s+v")  # "- Lưu: VT.", "Lưu VP"
_NOTE = re.compile(r"\W{0,2}\d|[¹²³⁴-⁹*\[]")  # notes at the end of a text
_SIGNS = re.compile(r"[\W_]+")


@value(frozen=True, slots=True)
class _Line:
    """A line, or a table's cell: `text` stands at `start:end`, `bare` is the same in small letters, no diacritics."""

    start: int
    end: int
    text: str
    bare: str


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(_folded(words) for words in lexicon("portal")[key])


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(_folded(words) for words in lexicon("portal")["behind_begin"])


def _folded(text: str) -> str:
    return _without_signs(bare(text))


def _without_signs(bare_text: str) -> str:
    return _SIGNS.sub(" ", bare_text).strip()


def within_bounds(clean: CleanText) -> CleanText:
    """The text of the document alone, with the map back; a text that shows nothing else comes out as it is."""
    lines = [line for line in _lines(clean.text) if line.text]
    start = _start(lines)
    end = _end(clean.text, [line for line in lines if line.start >= start], _own_symbol(lines))
    return clean if start == 0 and end == len(clean.text) else _cut(clean, start, end)


def _lines(text: str) -> Iterator[_Line]:
    """The lines of a text, cells of tables apart."""
    whole = bare(text)
    for found in re.finditer(r"[^\n\t]+", text):
        words = found[0].strip()
        first = found.start() + len(found[0]) - len(found[0].lstrip())
        last = first + len(words)
        yield _Line(first, last, words, whole[first:last] if len(whole) == len(text) else bare(words))


def _is_label(line: _Line) -> bool:
    """ "Số hiệu:", "Nơi ban hành: Tỉnh A", "Ngày ban hành" alone in its cell."""
    words = line.text[:_LONGEST_LABEL]
    label, colon, _ = words.partition(":")
    return (bool(colon) or len(line.text) < _LONGEST_LABEL) and _folded(label) in _words("attributes")


def _start(lines: list[_Line]) -> int:
    """Where the letterhead begins behind a portal's table of attributes; 0 where there is none."""
    head = [line for line in lines if line.start < _HEAD_REACH]
    anchor = next((i for i, line in enumerate(head) if _NATIONAL_TITLE.search(line.bare)), None)
    above = anchor
    if anchor is None:
        above = next((i for i, line in enumerate(head) if _ADDRESSED.match(line.bare)), None)
    labels = [i for i, line in enumerate(head[:above]) if _is_label(line)] if above is not None else []
    if len(labels) < 2:
        return _letterhead(head, anchor)
    if anchor is None:  # the page kept no letterhead: its attributes say what that would
        return head[labels[0]].start
    for index in range(labels[-1] + 1, anchor + 1):
        line = head[index]
        if index == anchor or _opens_letterhead(line):
            return line.start
    return 0


def _letterhead(head: list[_Line], anchor: int | None) -> int:
    """Where the letterhead begins below a page's title or a site's head: with an agency's name in capitals."""
    if anchor is None:
        return 0
    top = None
    for index in range(anchor, max(anchor - _LINES_OF_LETTERHEAD, -1), -1):
        line = head[index]
        if is_capitals(line.text) and _names_agency(line.text):
            top = index
        elif len(line.text) > _LONGEST_LABEL and not is_capitals(line.text) and not _is_subject(head[: index + 1]):
            break
    above = head[:top]
    prose = any(not is_capitals(line.text) and len(line.text) > _LONGEST_LABEL / 2 for line in above)
    return head[top].start if top and prose and not any(map(_is_of_document, above)) else 0


def _is_subject(lines: list[_Line]) -> bool:
    """Whether the last line belongs to a letter's subject: "V/v …", over several lines too."""
    return any(_SUBJECT.match(line.bare) for line in lines[-_LINES_OF_SUBJECT:])


def _is_of_document(line: _Line) -> bool:
    """Whether a line belongs to a document: the second letterhead of a text is that of the plan that it carries."""
    marker = read_marker(line.text)
    folded = _without_signs(line.bare[:60])
    return (
        (marker is not None and not marker.is_bullet)
        or folded in _types()
        or folded.startswith(("can cu ", "noi nhan", "kinh gui", "theo de nghi"))
    )


def _names_agency(text: str) -> bool:
    return letters_only(text).startswith(tuple(lexicon("letterhead_bodies")["begins"]))


def _opens_letterhead(line: _Line) -> bool:
    return is_capitals(line.text) or bool(_OWN_NUMBER.match(line.text))


def _end(text: str, lines: list[_Line], symbol: str | None) -> int:
    """Where the text of a portal begins behind recipients and signature; the text's end where none does."""
    tail = next((i for i, line in enumerate(lines) if _opens_tail(line)), None)
    if tail is None:
        return len(text)
    if copy := _second_copy(lines, tail):
        return min(lines[copy - 1].end, _end(text, lines[:copy], symbol))
    for index in range(tail + 1, len(lines)):
        line = lines[index]
        if _is_behind(lines, index) or (symbol and _repeats_title(line, symbol)) or _begins_attributes(lines, index):
            return lines[index - 1].end
    last = _last_of_tail(lines, tail)
    # items of a list without the archive's, behind which names and offices may stand
    while last + 1 < len(lines) and (_ITEM.match(lines[last + 1].text) or _may_be_signature(lines[last + 1])):
        last += 1
    return lines[last].end if _nothing_follows(lines[last + 1 :]) else len(text)


def _second_copy(lines: list[_Line], tail: int) -> int | None:
    """Where the letterhead of the same document stands again behind its signature: a draft or another copy of it."""
    first = next((i for i, line in enumerate(lines[:tail]) if _without_signs(line.bare) in _types()), None)
    if first is None or len(_title_at(lines, first)) < _SHORTEST_TITLE:
        return None
    title, length = _title_at(lines, first), len(lines[first].text)
    for index in range(tail + 1, len(lines) - 1):
        if len(lines[index].text) == length and _title_at(lines, index) == title:
            head = range(max(tail + 1, index - _LINES_OF_LETTERHEAD), index)
            national = next((i for i in head if _NATIONAL_TITLE.search(lines[i].bare)), None)
            above = national is not None and national - 1 in head and _opens_letterhead(lines[national - 1])
            return national - 1 if above and national is not None else national
    return None


def _title_at(lines: list[_Line], index: int) -> str:
    """A line's type and the beginning of the title below it."""
    following = lines[index + 1].text[:_LONGEST_LABEL] if index + 1 < len(lines) else ""
    return _folded(f"{lines[index].text} {following}")


def _may_be_signature(line: _Line) -> bool:
    """A short line below the archive's: a name, an office, what a stamp left."""
    return len(line.text) < _LONGEST_LABEL and not line.text.startswith(("-", "[", "(")) and not _NOTE.match(line.text)


def _last_of_tail(lines: list[_Line], tail: int) -> int:
    """The last line of recipients and signature: the archive's line or the signer's name."""
    last, office = tail, None
    for index in range(tail, min(len(lines), tail + _LINES_OF_TAIL)):
        piece = Piece(lines[index].start, lines[index].end, lines[index].text, index)
        if position_of(piece):
            last = office = index
        elif _ARCHIVE.match(lines[index].bare):
            last = index
        elif office is not None and index - office <= _LINES_TO_NAME and person_name(piece.text):
            last, office = index, None
    return last


def _nothing_follows(lines: list[_Line]) -> bool:
    """Whether what stands behind the tail holds no annex, no carried plan and no notes: no heading, number or table."""
    if not lines or _NOTE.match(lines[0].text):
        return False
    return not any(
        (is_capitals(line.text) and len(line.text) > 3)
        or line.text.startswith(("(", "["))
        or ((marker := read_marker(line.text)) is not None and not marker.is_bullet)
        or _without_signs(line.bare[:40]).startswith(_annexes())
        for line in lines
    )


@cache
def _annexes() -> tuple[str, ...]:
    words = lexicon("document_parts")
    return tuple(_folded(name) for name in (*words["annexes"], *words["type_lines"], "phụ lục"))


def _opens_tail(line: _Line) -> bool:
    return bool(_TAIL.match(line.bare) or _TAIL.match(line.text))


def _own_symbol(lines: list[_Line]) -> str | None:
    """The document's number as its letterhead prints it, or the table of attributes above it."""
    for index, line in enumerate(lines):
        if line.start > _HEAD_REACH:
            break
        if ("Số" in line.text or "SỐ" in line.text) and (found := _OWN_NUMBER.search(line.text)):
            return _folded(found["symbol"])
        if _is_label(line) and _without_signs(line.bare).startswith("so") and index + 1 < len(lines):
            value = line.text.partition(":")[2].strip() or lines[index + 1].text
            if re.match(r"\d", value):
                return _folded(value)
    return None


def _is_behind(lines: list[_Line], index: int) -> bool:
    line = lines[index]
    if line.text[0].islower():
        return False
    alone = _stands_alone(line)
    folded = _without_signs(line.bare[:_LONGEST_LABEL])
    if folded.startswith(_beginnings()):
        return True
    if not alone:
        return False
    if _without_count(folded) in _words("behind"):
        return True
    return _is_weak(line) and any(_is_weak(other) for other in lines[index + 1 : index + 1 + _NEAR])


def _stands_alone(line: _Line) -> bool:
    """Whether a line may be a heading or a button, and not the end of a wrapped sentence."""
    return len(line.text) < _LONGEST_LABEL and not line.text[:1].islower() and line.text[-1:] not in ".;,"


def _is_weak(line: _Line) -> bool:
    return _stands_alone(line) and _without_count(_without_signs(line.bare)) in _words("behind_together")


def _without_count(folded: str) -> str:
    return re.sub(r" \d+$", "", folded) if folded[-1:].isdigit() else folded  # "Bình luận (3)"


@cache
def _types() -> tuple[str, ...]:
    return tuple(_folded(name) for name in lexicon("letterhead")["title_types"])


def _repeats_title(line: _Line, symbol: str) -> bool:
    """The page's title below the document: "Kế hoạch 12/KH-UBND năm 2024 về … do tỉnh A ban hành"."""
    if symbol.partition(" ")[0] not in line.text or not line.text[0].isupper():
        return False
    folded = _without_signs(line.bare[:200])
    kind = next((name for name in _types() if folded.startswith(f"{name} ")), None)
    return kind is not None and folded[len(kind) + 1 :].removeprefix("so ").startswith(f"{symbol} ")


def _begins_attributes(lines: list[_Line], index: int) -> bool:
    """Whether a table of attributes stands below the document: three labels with a colon in few lines.

    Without colons they may head the columns of an annex that lists documents.
    """
    if ":" not in lines[index].text or not _is_label(lines[index]):
        return False
    following = lines[index : index + _MOST_LABELS_APART]
    return sum(":" in line.text and _is_label(line) for line in following) > 2


def _cut(clean: CleanText, start: int, end: int) -> CleanText:
    """A cleaned text from `start` to `end`, its tables, emphasis and map with it."""
    runs = [
        (max(s - start, 0), o + max(start - s, 0)) for s, o in zip(clean.starts, clean.origins, strict=True) if s < end
    ]
    first = max((i for i, (s, _) in enumerate(runs) if s == 0), default=0)
    runs = runs[first:] or [(0, 0)]
    tables = (_cut_table(table, start, end) for table in clean.tables)
    return CleanText(
        clean.text[start:end],
        tuple(s for s, _ in runs),
        tuple(o for _, o in runs),
        tuple(table for table in tables if table),
        tuple(
            Emphasis(max(e.start - start, 0), min(e.end, end) - start, e.kind)
            for e in clean.emphasis
            if e.end > start and e.start < end
        ),
        tuple(page_end - start for page_end in clean.page_ends if start < page_end < end),
    )


def _cut_table(table: Table, start: int, end: int) -> Table | None:
    """The rows of a table that lie within."""
    rows = tuple(
        tuple(Cell(cell.start - start, cell.end - start) for cell in row if start <= cell.start and cell.end <= end)
        for row in table.rows
    )
    kept = tuple(row for row in rows if row)
    return replace(table, rows=kept) if kept else None
