"""What a text states of its own relation to a document that it cites outside of any other document's title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.lexicon import lexicon
from ingest.outline import Block, Outline
from ingest.record import CitedDocument, Header, Relation
from ingest.relation_cues import Cue, last_cue, words

# "(Kèm theo Quyết định số …", "(Ban hành kèm theo …": nothing before it in its paragraph
_OPENING = re.compile(r"[\s(\[*_-]{0,6}(?:được )?$")
# "Quyết định này", "Nghị định này"
_SELF = re.compile(r"(?<!\w)này(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """The document that states: its text as `level_text` gives it, its header and outline."""

    text: str
    header: Header
    outline: Outline

    def headings(self, block: Block) -> str:
        """The words of the headings that a block stands under, in lower case."""
        found = []
        index = block.parent
        for _ in range(12):
            if index is None:
                break
            above = self.outline.blocks[index]
            found.append(self.text[above.body : min(above.end, above.body + 80)])
            index = above.parent
        return " ".join(found).lower()

    def opened_list(self, block: Block) -> Cue | None:
        """The cue of a block that only announces a list: "Căn cứ:", "Thực hiện các văn bản sau:"."""
        if not self.text[block.start : block.end].rstrip().endswith(":"):
            return None
        return last_cue(self.text, block.body, block.end)

    @property
    def amends(self) -> bool:
        return self.header.type in lexicon("relation_cues")["amending_types"]


def stated(
    text: str, block: Block, context: Context, cue: Cue | None, document: CitedDocument, mention: tuple[int, int]
) -> Relation:
    """The relation of this document to one that it cites, by the cue that governs the mention."""
    start, end = mention
    kind, rule, sure = "DAN_CHIEU", "mentioned", 0.85
    if cue:
        start = cue.start if end - cue.start < 2000 else start
        kind, rule, sure = _by_cue(text, block, context, cue)
    elif block.part == "body" and words("basis").search(context.headings(block)):
        kind, rule, sure = "CAN_CU", "listed as the legal basis", 0.85
    if kind == "DAN_CHIEU" and _ended(text, block, mention):
        kind, rule, sure = "THAY_THE", "loses its force", 0.9
        start = mention[0]
    return Relation(
        source="this", type=kind, target=document.ref, start=start, end=end, section=block.section, rule=rule,
        confidence=sure,
    )  # fmt: skip


def _by_cue(text: str, block: Block, context: Context, cue: Cue) -> tuple[str, str, float]:
    if cue.kind == "carried_by" and _OPENING.fullmatch(text, block.body, cue.start):
        return "KEM_THEO", "promulgated with", 0.95
    if cue.kind == "CAN_CU":
        known = block.part in ("preamble", "head") or bool(words("basis").search(context.headings(block)))
        return ("CAN_CU", "căn cứ", 0.95) if known else ("DAN_CHIEU", "căn cứ in a task", 0.7)
    if cue.kind == "THUC_HIEN":
        return _implementing(text, block, context, cue)
    if cue.kind in ("SUA_DOI", "THAY_THE"):
        return _changing(text, block, context, cue)
    return "DAN_CHIEU", "mentioned", 0.85


def _implementing(text: str, block: Block, context: Context, cue: Cue) -> tuple[str, str, float]:
    """ "Thực hiện …" is what the document is for in its title, its preamble and its purpose, and a task elsewhere."""
    if block.part == "head":
        return "THUC_HIEN", "thực hiện in the title", 0.95
    if block.part == "preamble":
        return "THUC_HIEN", "thực hiện in the preamble", 0.95
    if words("purpose").search(context.headings(block)):
        return "THUC_HIEN", "thực hiện in the purpose", 0.8
    if text[cue.start : cue.end].lower().startswith("cụ thể"):
        return "THUC_HIEN", "cụ thể hóa", 0.85
    return "DAN_CHIEU", "thực hiện in a task", 0.8


def _changing(text: str, block: Block, context: Context, cue: Cue) -> tuple[str, str, float]:
    """A document changes another in its title and in its own articles; elsewhere that is a task for somebody."""
    article = block.part == "body" and context.amends
    first = text[block.body : cue.start].strip(" *:.")
    if block.part == "head" or (article and (not first or _SELF.search(text, block.body, cue.start))):
        return cue.kind, "changes it", 0.9
    return "DAN_CHIEU", "change as a task", 0.75


def _ended(text: str, block: Block, mention: tuple[int, int]) -> bool:
    """ "Quyết định số … hết hiệu lực kể từ ngày Quyết định này có hiệu lực"."""
    behind = words("ends").search(text, mention[1], min(block.end, mention[1] + 300))
    return bool(behind and _SELF.search(text, behind.end(), block.end) and "." not in text[mention[1] : behind.start()])
