"""Relations between documents, also between two others than the one that is read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest.document_types import type_of_name
from ingest.outlining.outline import Block, Outline
from ingest.record import CitedDocument, Header, Relation
from ingest.relating.clause import At
from ingest.relating.possible_relations import possible
from ingest.relating.stated_relations import THIS, Context
from ingest.relating.title_relations import BlockReader
from ingest.relation_cues import Cue
from ingest.spacing import level_text, spaced
from ingest.text import CleanText

# "Để thực hiện Quyết định trên", "Căn cứ nội dung Công văn nêu trên"
_BACK = spaced(
    r"(?<!\w)(?P<cue>thực hiện|triển khai(?: thực hiện)?|căn cứ)"
    r" (?:(?:các )?(?:nội dung|(?:ý kiến )?chỉ đạo|yêu cầu)(?: của(?: [^\s,;.]+){1,8}? tại| của| tại)? )?"
    r"(?P<type>công văn|văn bản|công điện|quyết định|chỉ thị|kế hoạch|thông báo|nghị quyết|kết luận|nghị định|thông tư)"
    r" (?:(?:đã )?(?:nêu|nói) )?trên(?! (?:địa bàn|cơ sở|phạm vi))(?!\w)",
    re.IGNORECASE,
)
STRENGTH = ("KEM_THEO", "THUC_HIEN", "SUA_DOI", "THAY_THE", "CAN_CU", "DAN_CHIEU")
"""Relations from the strongest to the weakest; a pair has one, the strongest (annotation rule 5)."""


def _by_block(documents: Sequence[CitedDocument], outline: Outline, length: int) -> Iterator[tuple[Block, list[At]]]:
    """The mentions of each block, in the order of the text; a text without an outline is one block."""
    mentions = sorted((At(s, e, d) for d in documents for s, e in d.mentions), key=lambda m: (m.start, -m.end))
    blocks = outline.blocks or (Block(0, length, 0, "paragraph", "", "", None, "body"),)
    starts = [b.start for b in blocks]
    held: dict[int, list[At]] = {}
    for mention in mentions:
        held.setdefault(max(bisect_right(starts, mention.start) - 1, 0), []).append(mention)
    for index, block in enumerate(blocks):
        yield block, held.get(index, [])


def _stated(context: Context, documents: Sequence[CitedDocument]) -> Iterator[Relation]:
    """What the text states, block by block; a list goes on in the blocks below the one that opened it."""
    listed: Cue | None = None
    for block, mentions in _by_block(documents, context.outline, len(context.text)):
        if not mentions:
            listed = context.opened(block) or (listed if block.part == "preamble" else None)
            continue
        goes_on = mentions[0].start - block.body <= 2
        reader = BlockReader(context.text, block, context, listed if goes_on else None)
        yield from reader.read(mentions)
        listed = reader.outer


def _pointing_back(context: Context, documents: Sequence[CitedDocument]) -> Iterator[Relation]:
    """What the preamble implements by pointing back at it: "Bộ A có Công văn số …. Thực hiện Công văn trên, …"."""
    for block, mentions in _by_block(documents, context.outline, len(context.text)):
        if block.section or block.part not in ("preamble", "body") or not mentions:
            continue
        for back in _BACK.finditer(context.text, block.body, block.end):
            kind = type_of_name(back["type"])
            before = [m.document for m in mentions if m.end <= back.start() and kind and m.document.type == kind.name]
            if before:
                based = back["cue"].lower().startswith("căn")
                yield Relation(
                    source=THIS, type="CAN_CU" if based else "THUC_HIEN", target=before[-1].ref, start=back.start(),
                    end=back.end(), section=block.section, rule="pointed back at in the preamble", confidence=0.85,
                )  # fmt: skip


def _unrelated(documents: Sequence[CitedDocument], found: Sequence[Relation]) -> Iterator[Relation]:
    """A document that nothing was said about is at least cited."""
    related = {r.source for r in found} | {r.target for r in found}
    for document in documents:
        if document.ref not in related:
            yield Relation(
                source=THIS, type="DAN_CHIEU", target=document.ref, start=document.start, end=document.end,
                rule="mentioned", confidence=0.8,
            )  # fmt: skip


def _strongest(relations: Sequence[Relation]) -> list[Relation]:
    """One relation for each pair, the strongest, out of the first passage that states it."""
    best: dict[tuple[str, str], Relation] = {}
    for relation in relations:
        known = best.get((relation.source, relation.target))
        if relation.source != relation.target and (
            known is None or STRENGTH.index(relation.type) < STRENGTH.index(known.type)
        ):
            best[relation.source, relation.target] = relation
    return sorted(best.values(), key=lambda r: (r.start, r.end, r.source, r.target))


def _but_of_its_own(relations: Sequence[Relation]) -> list[Relation]:
    """Without what a document is said to implement or to change although it carries that itself."""
    carried = {(r.target, r.source) for r in relations if r.type == "KEM_THEO"}
    return [r for r in relations if (r.source, r.target) not in carried]


def relate(clean: CleanText, outline: Outline, header: Header, documents: Sequence[CitedDocument]) -> list[Relation]:
    """One relation for each pair, the strongest that the text supports; every document has at least one.

    Args:
        clean: the cleaned text, which all offsets count in.
        outline: its outline, which tells title, preamble and tasks apart.
        header: what the document itself is.
        documents: those that it cites, with all their mentions.
    """
    context = Context(level_text(clean.text), header, outline)
    told = [*_stated(context, documents), *_pointing_back(context, documents)]
    found = list(possible(told, {d.ref: d for d in documents}))
    found = _but_of_its_own(found)
    return _strongest([*found, *_unrelated(documents, found)])
