"""Relations between documents, also between two others than the one that is read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.mentions import level_text
from ingest.outline import Block, Outline
from ingest.record import CitedDocument, Header, Relation
from ingest.relation_cues import Cue, last_cue, opens_title
from ingest.stated_relations import Context, stated
from ingest.text import CleanText

THIS = "this"
STRENGTH = ("KEM_THEO", "THUC_HIEN", "SUA_DOI", "THAY_THE", "CAN_CU", "DAN_CHIEU")
"""Relations from the strongest to the weakest; a pair has one, the strongest (annotation rule 5)."""

_SENTENCE_END = re.compile(r"[.!?…]\)? {1,6}(?=[A-ZĐÀ-Ỹ“\"(+*-])")
# "(sau đây viết tắt là …)" closes the title of the document before it
_DEFINITION = re.compile(r"\([^()]{0,30}(?:viết|gọi)[^()]{0,20} là", re.IGNORECASE)
# "A, B", "A và B", "A; B", with nothing else between
_LIST_LINK = re.compile(r" {0,3}(?:[,;]|[,;]? {1,3}(?:và|hoặc|cùng)) {1,4}(?:các {1,3})?")
# between a cue and the document that it governs: "thực hiện có hiệu quả nội dung ", but no new clause
_FILLER = re.compile(r"[^;:()“”\"]{0,70}")
_OPEN_TYPES = ("Đề án", "Chiến lược", "Quy hoạch", "Chương trình", "Quy chế", "Kế hoạch", "Điều lệ", "Dự án")
_AMENDING = re.compile(r"sửa {1,4}đổi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _At:
    """One mention of a document in the text."""

    start: int
    end: int
    document: CitedDocument


@dataclass(slots=True)
class _Clause:
    """What is open while the mentions of one block are read from left to right.

    `titles` are the documents whose titles are open, the outermost first; `outer` the cue that governs documents
    which stand in no title; `governor` what the last mention was found under.
    """

    titles: list[_At] = field(default_factory=list)
    outer: Cue | None = None
    last: _At | None = None
    governor: tuple[_At, str, int] | None = None

    def close(self) -> None:
        self.titles.clear()
        self.governor = None


def _relation(
    source: str, kind: str, target: str, start: int, end: int, section: str, rule: str, sure: float
) -> Relation:
    return Relation(
        source=source, type=kind, target=target, start=start, end=end, section=section, rule=rule, confidence=sure
    )


def _is_open(document: CitedDocument) -> bool:
    return bool(document.type) and str(document.type).startswith(_OPEN_TYPES)


class _Reader:
    """Reads the relations of one block; `inherited` is the cue of the list that the block goes on with."""

    def __init__(self, text: str, block: Block, context: Context, inherited: Cue | None) -> None:
        self.text = text
        self.block = block
        self.context = context
        self.clause = _Clause(outer=inherited)

    def read(self, mentions: Sequence[_At]) -> Iterator[Relation]:
        for mention in mentions:
            clause = self.clause
            inside = clause.last
            if inside and mention.end <= inside.end:
                yield from self._within(inside, mention)
                continue
            yield from self._next(mention)
            clause.last = mention

    def _within(self, outer: _At, inner: _At) -> Iterator[Relation]:
        """A document inside another's name: "Luật sửa đổi, bổ sung một số điều của Luật B"."""
        if outer.document.ref == inner.document.ref:
            return
        cue = last_cue(self.text, outer.start, inner.start, ("THUC_HIEN", "SUA_DOI"))
        if cue is None and _AMENDING.search(self.text, outer.start, inner.start):
            kind = "SUA_DOI"
        elif cue:
            kind = cue.kind
        else:
            return
        yield self._between(outer, kind, inner, outer.start, "inside the name")

    def _between(self, source: _At, kind: str, target: _At, start: int, rule: str) -> Relation:
        end = max(source.end, target.end)
        return _relation(source.document.ref, kind, target.document.ref, start, end, self.block.section, rule, 0.9)

    def _next(self, mention: _At) -> Iterator[Relation]:
        start = self._gap_start(mention)
        clause = self.clause
        if clause.last and (
            ";" in self.text[start : mention.start] or _DEFINITION.search(self.text, start, mention.start)
        ):
            clause.close()
        elif clause.last and opens_title(self.text, start, mention.start):
            clause.titles.append(clause.last)
        nested = self._nested(mention, start)
        if nested:
            yield nested
            return
        clause.close()
        cue = last_cue(self.text, start, mention.start)
        if cue:
            clause.outer = cue
        yield stated(self.text, self.block, self.context, clause.outer, mention.document, (mention.start, mention.end))

    def _gap_start(self, mention: _At) -> int:
        """Where the words before a mention begin: behind the last mention, or at its sentence's start."""
        begin = self.clause.last.end if self.clause.last else self.block.body
        breaks = [m.end() for m in _SENTENCE_END.finditer(self.text, begin, mention.start)]
        if breaks:
            self.clause = _Clause()
            return breaks[-1]
        return begin

    def _nested(self, mention: _At, start: int) -> Relation | None:
        """The relation that another document's title, or a mention just before, states about this one."""
        clause = self.clause
        if clause.last is None:
            return None
        carried = self._carried_by(clause.last, mention, start)
        if carried:
            return carried
        if clause.titles:
            found = self._in_title(clause.titles[-1], mention, start)
            if found:
                return found
        if clause.governor and _LIST_LINK.fullmatch(self.text, start, mention.start):
            source, kind, at = clause.governor
            if source.document.ref != mention.document.ref:
                return self._between(source, kind, mention, at, "list in a title")
        return None

    def _carried_by(self, carried: _At, carrier: _At, start: int) -> Relation | None:
        """ "Đề án B ban hành kèm theo Quyết định A", "Đề án B được phê duyệt tại Quyết định A", "Đề án B (Quyết định A)"."""
        if carrier.document.type not in ("Quyết định", "Nghị quyết", "Nghị định", "Thông tư"):
            return None
        if not _is_open(carried.document) or carrier.start - start > 120:
            return None
        cue = last_cue(self.text, start, carrier.start, ("carried_by",))
        parenthesis = self.text[start : carrier.start].strip() == "("
        if not parenthesis and (cue is None or not _FILLER.fullmatch(self.text, cue.end, carrier.start)):
            return None
        self.clause.governor = None
        return self._between(carried, "KEM_THEO", carrier, carried.start, "promulgated with")

    def _in_title(self, source: _At, target: _At, start: int) -> Relation | None:
        if source.document.ref == target.document.ref:
            return None
        cue = last_cue(self.text, start, target.start, ("THUC_HIEN", "SUA_DOI", "THAY_THE", "carries"))
        gap = self.text[cue.end : target.start] if cue else ""
        if cue is None or len(gap) > 70 or re.search(r"[;:()]|(?:,|(?<!\w)và) {1,4}$|, .*, ", gap):
            if _is_open(target.document) and self.text[start : target.start].strip().lower() in ("về", "về việc"):
                return self._promulgated(source, target)
            return None
        if cue.kind == "carries":
            return self._promulgated(source, target) if _is_open(target.document) and len(gap.strip()) < 3 else None
        self.clause.governor = (source, cue.kind, cue.start)
        return self._between(source, cue.kind, target, source.start, "title of another document")

    def _promulgated(self, carrier: _At, carried: _At) -> Relation:
        self.clause.governor = None
        return _relation(
            carried.document.ref, "KEM_THEO", carrier.document.ref, carrier.start, carried.end, self.block.section,
            "title of another document", 0.9,
        )  # fmt: skip


def _mentions(documents: Sequence[CitedDocument]) -> list[_At]:
    found = [_At(start, end, d) for d in documents for start, end in d.mentions]
    return sorted(found, key=lambda m: (m.start, -m.end))


def _by_block(mentions: Sequence[_At], outline: Outline, length: int) -> Iterator[tuple[Block, list[_At]]]:
    """The mentions of each block, in the order of the text; a text without an outline is one block."""
    blocks = outline.blocks or (Block(0, length, 0, "paragraph", "", "", None, "body"),)
    starts = [b.start for b in blocks]
    held: dict[int, list[_At]] = {}
    for mention in mentions:
        held.setdefault(max(bisect_right(starts, mention.start) - 1, 0), []).append(mention)
    for index, block in enumerate(blocks):
        yield block, held.get(index, [])


def _strongest(relations: Sequence[Relation]) -> list[Relation]:
    """One relation for each pair, the strongest, the first passage that states it."""
    best: dict[tuple[str, str], Relation] = {}
    for relation in relations:
        if relation.source == relation.target:
            continue
        known = best.get((relation.source, relation.target))
        if known is None or STRENGTH.index(relation.type) < STRENGTH.index(known.type):
            best[relation.source, relation.target] = relation
    return sorted(best.values(), key=lambda r: (r.start, r.end, r.source, r.target))


def relate(clean: CleanText, outline: Outline, header: Header, documents: Sequence[CitedDocument]) -> list[Relation]:
    """One relation for each pair, the strongest that the text supports; every document has at least one."""
    text = level_text(clean.text)
    context = Context(text, header, outline)
    found: list[Relation] = []
    inherited: Cue | None = None
    for block, mentions in _by_block(_mentions(documents), outline, len(text)):
        starts_list = mentions and mentions[0].start - block.body <= 2
        reader = _Reader(text, block, context, inherited if starts_list else None)
        found += reader.read(mentions)
        inherited = (
            reader.clause.outer
            if mentions
            else context.opened_list(block) or (inherited if not mentions and block.part == "preamble" else None)
        )
    return _strongest([*found, *_unrelated(documents, found)])


def _unrelated(documents: Sequence[CitedDocument], found: Sequence[Relation]) -> Iterator[Relation]:
    """A document that nothing was said about is at least cited."""
    related = {r.source for r in found} | {r.target for r in found}
    for document in documents:
        if document.ref not in related:
            yield _relation(THIS, "DAN_CHIEU", document.ref, document.start, document.end, "", "mentioned", 0.8)
