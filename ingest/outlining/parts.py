"""The parts of a document: head, preamble, body, tail; a decision that carries a plan has two heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from ingest.lexicon import lexicon
from ingest.outlining.line_layout import ends_sentence
from ingest.outlining.paragraphs import Paragraph
from ingest.patterns import bare

_LEXICON = lexicon("document_parts")


def _bare(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bare(words) for words in _LEXICON[key]))


_LETTERHEAD = _bare("letterhead")
_TYPES = _bare("type_lines")
_ANNEXES = _bare("annexes")
_PREAMBLE = _bare("preamble")
_ENACTING = frozenset(_bare("enacting"))
_TAIL = _bare("tail")
_TAIL_LETTERS = frozenset(words[0] for words in _TAIL)
_SIGNATURE = tuple(_LEXICON["signature"])

# "- Lưu: VT, TH.", "~ Lưu VT-NĐ": the last of the recipients
_ARCHIVE = re.compile(r"\W{1,3}Lưu\s?(?::|;|VT|VP|Văn\s(?:thư|phòng))")
_RECIPIENT = 160
"""Characters of a recipient's line, at most."""

_RECIPIENTS = 12
"""Characters in which "Nơi nhận" stands, behind a mark or two."""

_TABLE_ROWS = 3

_OPENING = 400
"""Characters of a passage in which its part is told."""

_TAIL_OPENING = 120
"""Characters of it in which it is told that the tail begins."""

_LONGEST_HEAD = 600
"""Characters: a longer passage is no part of a letterhead."""

_LONG_TITLE = 120
"""Characters: a longer passage that begins like a sentence of the preamble is no title any more."""

# "Thực hiện Công văn A của Bộ B, |Sở C đề nghị| các trường báo cáo số lớp."
_ASKS = re.compile(r"(?:[,;]\s+|\A)(?:[^,.;:]{2,80}\s)?(?:đề\s+nghị|yêu\s+cầu)\s")


def _folded(passage: str) -> str:
    return " ".join(bare(passage).split()).lstrip("| ")


def _opens_head(passage: str, folded: str) -> bool:
    if any(words in folded[:300] for words in _LETTERHEAD) and len(passage) < _LONGEST_HEAD:
        return True
    return passage.isupper() and folded.rstrip(":.*").strip() in _TYPES


def _in_letters_of_head(passage: str, folded: str) -> bool:
    """Whether the letterhead's words are a line of their own, not a part of a sentence that speaks of the Party."""
    if folded.startswith(_LETTERHEAD):
        return True
    return any(line.isupper() for line in passage.splitlines())


def _opens_tail(passage: str, folded: str) -> bool:
    return folded.startswith(_TAIL) or (passage.startswith(_SIGNATURE) and passage[:40].isupper())


def _opens_recipients(text: str, paragraph: Paragraph) -> bool:
    return _folded(text[paragraph.start : min(paragraph.end, paragraph.start + _RECIPIENTS)]).startswith("noi nhan")


def _opens_preamble(passage: str, folded: str) -> bool:
    if not folded.startswith(_PREAMBLE) or passage.isupper():
        return False
    return not folded.startswith("ngay ") or len(passage) > _LONG_TITLE


def _asks(passage: str) -> bool:
    """Whether a letter's paragraph asks for something and does not announce points."""
    asks = _ASKS.search(passage) if passage.rstrip().endswith((".", ")")) else None
    return asks is not None and ":" not in passage[asks.end() :]


def _recipient_lists(text: str, passages: Sequence[Paragraph]) -> set[int]:
    """Where the bullets begin that end in the archive's line: recipients, though no "Nơi nhận" was seen over them."""
    found: set[int] = set()
    for index, archive in enumerate(passages):
        if not _is_recipient(archive) or not _ARCHIVE.match(text, archive.start):
            continue
        first = index
        while first and _is_recipient(passages[first - 1]) and text[passages[first - 1].end - 1] != ".":
            first -= 1
        found.add(passages[first].start)
    return found


def _is_recipient(paragraph: Paragraph) -> bool:
    bullet = paragraph.marker is not None and paragraph.marker.is_bullet
    return bullet and paragraph.row is None and paragraph.end - paragraph.start <= _RECIPIENT


class _Reader:
    """Goes through the paragraphs with the part that it is in."""

    def __init__(self, text: str, passages: Sequence[Paragraph]) -> None:
        self.text = text
        self.rows = Counter(p.row for p in passages if p.row is not None)
        own = takewhile(
            lambda p: not _opens_recipients(text, p), passages
        )  # an annex may have points where it has none
        self.last_numbered = max((p.start for p in own if self._numbered(p)), default=-1)
        self.recipients = _recipient_lists(text, passages)
        self.part = "head"
        self.headed = False  # whether the type of the document was seen in this head
        self.titled = False  # whether it stood outside a table: the letterhead may be one, the title below it is not
        self.introduced = False  # whether the preamble ended in a colon
        self.addressed = False  # whether it is a letter, which names those to whom it speaks
        self.asked = False  # … and has asked them for something

    def read(self, paragraph: Paragraph) -> str:
        passage = self.text[paragraph.start : paragraph.end]
        if self.part == "body" and (paragraph.marker is not None or len(passage) >= _LONGEST_HEAD):
            # only the tail can begin here
            folded = _folded(passage[:_TAIL_OPENING]) if bare(passage[:1]) in _TAIL_LETTERS else ""
        else:
            folded = _folded(passage[:_OPENING])
        step = getattr(self, f"_{self.part}")
        self.part = step(paragraph, passage, folded)
        return self.part

    @staticmethod
    def _numbered(paragraph: Paragraph) -> bool:
        return paragraph.marker is not None and not paragraph.marker.is_bullet

    def _head(self, paragraph: Paragraph, passage: str, folded: str) -> str:
        # a plan may be nothing but a table below its title
        if paragraph.row is None:
            self.titled = self.titled or (_opens_head(passage, folded) and folded.startswith(_TYPES))
        elif self.titled and self.rows[paragraph.row] >= _TABLE_ROWS:
            return "body"
        if _opens_head(passage, folded) or paragraph.row is not None:
            self.headed = True
            return "head"
        if self._numbered(paragraph) and paragraph.marker is not None:
            return "body" if self.headed or paragraph.marker.opens_part or paragraph.marker.value == 1 else "head"
        # the title begins with the same words ("Thực hiện Chỉ thị …"), but ends like no sentence
        if _opens_preamble(passage, folded) and (ends_sentence(passage) or folded.startswith("kinh gui")):
            return self._close_preamble(folded, passage)
        # a directive or a resolution of the Party begins with plain sentences
        if len(passage) > 2 * _LONG_TITLE and passage.rstrip().endswith((".", ":")) and not passage.isupper():
            return self._close_preamble(folded, passage)
        return "head"

    def _close_preamble(self, folded: str, passage: str) -> str:
        addresses = folded.startswith("kinh gui")
        self.addressed = self.addressed or addresses
        self.introduced = not addresses and passage.rstrip().endswith(":")
        self.asked = self.addressed and _asks(passage)
        return "preamble"

    def _preamble(self, paragraph: Paragraph, passage: str, folded: str) -> str:
        if _opens_tail(passage, folded) or paragraph.start in self.recipients:
            return "tail"
        if self._numbered(paragraph) or self._orders(passage, folded):
            return "body"
        if folded.rstrip(": ") in _ENACTING and passage.isupper():
            self.introduced = True
            return "preamble"
        if _opens_preamble(passage, folded) and not self.introduced:
            return self._close_preamble(folded, passage)
        if (self.introduced or self.asked) and paragraph.start > self.last_numbered:
            return "body"  # the orders of an official letter may stand in plain paragraphs or bullets
        return self._close_preamble(folded, passage)

    @staticmethod
    def _orders(passage: str, folded: str) -> bool:
        """Whether a letter's first order stands in a plain paragraph ("Đề nghị các trường gửi danh sách …")."""
        return folded.startswith(("de nghi ", "kinh de nghi ", "yeu cau ")) and passage.rstrip().endswith((".", ")"))

    def _body(self, paragraph: Paragraph, passage: str, folded: str) -> str:
        if _opens_tail(passage, folded) or paragraph.start in self.recipients:
            return "tail"
        if paragraph.marker is None and _opens_head(passage, folded) and _in_letters_of_head(passage, folded):
            self.headed = True
            return "head"
        return "body"

    def _tail(self, paragraph: Paragraph, passage: str, folded: str) -> str:
        marker = paragraph.marker
        if marker and marker.style in ("phụ lục", "phần", "chương"):
            self.headed = True
            return "body"
        if _opens_tail(passage, folded):
            return "tail"
        # a plan that a decision carries, or an annex, may begin with its title alone
        if _opens_head(passage, folded) or (passage.isupper() and folded.startswith(_TYPES)):
            self.headed = True
            return "head"
        if marker and marker.style in ("I", "A", "điều") and marker.value == 1:
            return "body"
        # an annex: a title in capitals, or a table (recipients and signature stand in tables of two rows at most)
        if passage.isupper() and folded.startswith(_ANNEXES):
            return "body"
        if paragraph.row is not None and self.rows[paragraph.row] >= _TABLE_ROWS:
            return "body"
        return "tail"


def parts(text: str, passages: Sequence[Paragraph]) -> list[str]:
    """The part ("head", "preamble", "body", "tail") that each paragraph stands in."""
    reader = _Reader(text, passages)
    found = [reader.read(paragraph) for paragraph in passages]
    for index in range(1, len(found)):
        if found[index] == "head" and found[index - 1] == "tail":
            _reach_back(text, passages, found, index)
    return found


def _reach_back(text: str, passages: Sequence[Paragraph], found: list[str], head: int) -> None:
    """Give the second head the name of the agency, which stands above the words that it was known by."""
    for index in range(head - 1, max(head - 4, 0), -1):
        passage = text[passages[index].start : passages[index].end]
        if not passage.isupper() or passage.startswith(_SIGNATURE) or "CHỦ TỊCH" in passage:
            return
        found[index] = "head"
