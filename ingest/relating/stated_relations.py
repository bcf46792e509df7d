"""What a text states of its own relation to a document that it cites outside of any other document's title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.spelling import fold
from ingest.lexicon import lexicon
from ingest.outlining.outline import Block, Outline
from ingest.patterns import LOWER, UPPER
from ingest.record import CitedDocument, Header, Relation
from ingest.relation_cues import (
    AMENDS,
    BASED_ON,
    CARRIED_BY,
    IMPLEMENTS,
    POINTS,
    REPLACES,
    Cue,
    last_cue,
    words,
)  # fmt: skip
from ingest.spacing import spaced
from ingest.values import value

THIS = "this"
# "(Kèm theo Quyết định số …", "(Ban hành kèm theo …" at the start of a paragraph
_WITH = spaced(r"[\s(\[*_-]{0,6}(?:được )?(?:ban hành )?kèm theo ", re.IGNORECASE)
# "Quyết định này", "Nghị định này"
_SELF = spaced(r"(?<!\w)này(?!\w)", re.IGNORECASE)
# "Hướng dẫn này |thay thế Hướng dẫn số …", "Kế hoạch này có hiệu lực từ ngày ký và |thay thế Kế hoạch số …",
# "Hướng dẫn này và phụ lục kèm theo có hiệu lực, |thay thế …"
_CHANGES_ITSELF = spaced(
    r"(?<!\w)(?:Hướng dẫn|Kế hoạch|Công văn|Văn bản|Quy định|Quy chế|Chỉ thị|Thông báo|Chương trình|Kết luận"
    r"|Phương án|Đề án)"
    r" này(?:(?:,| và)(?: các)? phụ lục[^.;]{0,40}? kèm theo)?"
    r" (?:(?:sẽ|được|để) |(?:(?:có|bắt đầu có) )?(?:hiệu lực|giá trị)[^.;]{0,60}(?:và|,) )?$",
    re.IGNORECASE,
)
# "V/v |đính chính Công văn số …": what a letter is about
_SUBJECT = spaced(r"[\W_]*(?:(?:V/v|Về việc|Về)[\s:.]*)?(?:việc )?", re.IGNORECASE)
_PLANS = ("Quy hoạch", "Kế hoạch", "Đề án", "Chương trình")
_NEAR = 110  # characters
# "bãi bỏ| khoản 2 Điều 3 Quyết định số …": what is left stays in force
_PART_OF = spaced(
    r" (?:một phần|một số|(?:các )?(?:khoản|điểm|điều|chương|mục|cụm từ|phụ lục|nội dung|quy định tại)(?!\w))",
    re.IGNORECASE,
)
# "nhằm cụ thể hóa …", "góp phần cụ thể hóa …": what for, not what to do
_FOR = spaced(r"(?<!\w)(?:nhằm|góp phần|để)(?!\w)[^;.]{0,30}$", re.IGNORECASE)
# "góp phần thực hiện …": what is furthered, not what is implemented
_HELPS = spaced(r"(?<!\w)góp phần(?!\w)[^;.]{0,25}$", re.IGNORECASE)
# "sau 5 năm thực hiện …", "kết quả triển khai thực hiện …": what was done, not what this document does
_NARRATED = spaced(
    r"(?<!\w)(?:năm|tháng|kết quả|tình hình|quá trình|việc|thời gian|sau khi)"
    r"(?: (?:tổ chức|triển khai|quán triệt|học tập),?)*,? $",
    re.IGNORECASE,
)
DRAFT = spaced(r"(?<!\w)(?:dự án|dự thảo|chưa ban hành) $", re.IGNORECASE)  # "triển khai xây dựng dự án Luật …"
# "Trong những năm qua, quán triệt và thực hiện …": a sentence about the past
_PAST = spaced(
    r"(?<!\w)(?:(?:thời gian|những năm|các năm|năm) (?:vừa )?qua|những năm gần đây|(?:sau|qua) (?:hơn |gần )?\w+ năm)"
    r"(?!\w)[^.;]{0,80}$",
    re.IGNORECASE,
)
_PAST_REACH = 120
# "gắn với việc thực hiện …", "phù hợp với Kế hoạch thực hiện …": what it goes together with
_ALONGSIDE = spaced(
    r"(?<!\w)(?:gắn|phù hợp|kết hợp|gắn kết|thống nhất|đồng bộ|song song|lồng ghép|cùng)(?: chặt chẽ)? với(?!\w)"
    r"[^;.]{0,45}$",
    re.IGNORECASE,
)
# "thực hiện đúng quy định của Luật …": what is obeyed, not what is implemented
_OBEYS = spaced(r"(?: [^\s;.]+){0,6} (?:quy định|nguyên tắc)(?: (?:của|tại|trong))? ", re.IGNORECASE)
# "Điều 2", "Điều 1.3.a", "Điều 1-2", but not "Điều 1.II.3"
_ARTICLE = re.compile(r"Điều \d+[a-zđ]?(?:[.-](?!(?:[IVX]+|[A-ZĐ])(?![\w]))[^.-]+)*")
_SENTENCE = 400
_DEEPEST = 12
_TITLE = 80  # characters at the head of a title that tell what it is of
# "Yêu cầu các cấp ủy …", "Yêu cầu Sở A …": what somebody is told, no title
_ORDERS = spaced(rf"(?i:yêu cầu) (?:(?:các|những|đồng chí|cấp|chủ đầu tư) |(?=[{UPPER}][{LOWER}]))")
_LAWS = ("Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh")
_CALLED_BY_NAME = (*_LAWS, *lexicon("named_documents")["types"])


@dataclass(frozen=True, slots=True)
class Context:
    """The document that states: its text as `ingest.spacing.level_text` gives it, its header and outline."""

    text: str
    header: Header
    outline: Outline

    def is_under(self, block: Block, group: str) -> bool:
        """Whether a block stands under a title with a word of a group; an order ("2. Yêu cầu các xã …") is none."""
        index, depth = block.parent, 0
        while index is not None and depth < _DEEPEST:
            above = self.outline.blocks[index]
            title = self.text[above.body : min(above.end, above.body + _TITLE)]
            if words(group).search(title) and not _ORDERS.match(title):
                return True
            index, depth = above.parent, depth + 1
        return False

    def opened(self, block: Block) -> Cue | None:
        """The cue of a block that goes on below: "Căn cứ:", or a title's line that ends in "… triển khai thực hiện"."""
        end = self.text[max(block.start, block.end - 4) : block.end].rstrip()
        cue = last_cue(self.text, block.body, block.end) if end.endswith(":") or block.part == "head" else None
        return cue if cue and (end.endswith(":") or not self.text[cue.end : block.end].strip()) else None

    def may_carry(self, document: CitedDocument) -> bool:
        """Whether this text may be promulgated by a document: a name carries nothing, nor does another's decision."""
        if document.type in _CALLED_BY_NAME and not document.key[:1].isdigit():
            return False
        if self.header.symbol and self.header.symbol.casefold() == document.key.casefold():
            return True
        issuer = self.header.issuer
        return not issuer or not document.issuer or fold(issuer) == fold(document.issuer)


@value(frozen=True, slots=True)
class Passage:
    """A mention at `text[start:end]`; `first` where it is the first of its sentence."""

    start: int
    end: int
    first: bool


def stated(block: Block, context: Context, cue: Cue | None, document: CitedDocument, passage: Passage) -> Relation:
    """The relation of this document to one that it cites, by the cue that governs the mention."""
    kind, rule, sure = _kind(block, context, cue, document, passage)
    start = cue.start if cue and kind == cue.kind and cue.start < passage.start else passage.start
    return Relation(
        source=THIS, type=kind, target=document.ref, start=start, end=passage.end, section=block.section, rule=rule,
        confidence=sure,
    )  # fmt: skip


def _kind(
    block: Block, context: Context, cue: Cue | None, document: CitedDocument, passage: Passage
) -> tuple[str, str, float]:
    opening = passage.first and _WITH.match(context.text, block.body) is not None
    carried = opening or (cue is not None and cue.kind == CARRIED_BY and block.part == "head")
    if carried and context.may_carry(document):
        return "KEM_THEO", "promulgated with", 0.95
    may_end = context.header.type in (*lexicon("relation_cues")["amending_types"], document.type)
    if may_end and _ended(context.text, block, passage):
        return REPLACES, "loses its force", 0.9
    if cue is None:
        listed = block.part == "body" and context.is_under(block, "basis")
        return (BASED_ON, "listed as the legal basis", 0.85) if listed else (POINTS, "mentioned", 0.85)
    if cue.kind == BASED_ON:
        return _based(block, context, cue)
    if cue.kind == IMPLEMENTS:
        return _implementing(block, context, cue, passage.start)
    if cue.kind in (AMENDS, REPLACES):
        kind, rule, sure = _changing(block, context, cue, document)
        part = kind == REPLACES and _PART_OF.match(context.text, cue.end, passage.start)
        return (AMENDS if part else kind), rule, sure
    return POINTS, "mentioned", 0.85


def _based(block: Block, context: Context, cue: Cue) -> tuple[str, str, float]:
    opened_above = cue.start < block.start
    letter = context.header.type == "Công văn" and not block.marker and _opens(context.text, block, cue)
    if opened_above or letter or block.part in ("preamble", "head") or context.is_under(block, "basis"):
        return BASED_ON, "căn cứ", 0.95
    return POINTS, "căn cứ in a task", 0.7


def _implementing(block: Block, context: Context, cue: Cue, start: int) -> tuple[str, str, float]:
    """ "Thực hiện …" is what the document is for in its title, its preamble and its purpose, and a task elsewhere."""
    if DRAFT.search(context.text, max(block.body, start - 20), start):
        return POINTS, "mentioned", 0.85
    if _NARRATED.search(context.text, max(block.body, cue.start - 40), cue.start):
        return POINTS, "how it was carried out", 0.8
    if _PAST.search(context.text, max(block.body, cue.start - _PAST_REACH), cue.start):
        return POINTS, "how it was carried out", 0.75
    if block.part in ("head", "preamble"):
        rule = "thực hiện in the title" if block.part == "head" else "thực hiện in the preamble"
        return IMPLEMENTS, rule, 0.95
    helps = _HELPS.search(context.text, max(block.body, cue.start - 30), cue.start)
    alongside = _ALONGSIDE.search(context.text, max(block.body, cue.start - 70), cue.start)
    obeys = _OBEYS.match(context.text, cue.end, start)
    if context.is_under(block, "purpose") and not helps and not alongside and not obeys:
        return IMPLEMENTS, "thực hiện in the purpose", 0.8
    if context.text[cue.start : cue.end].lower().startswith("cụ thể"):
        purpose = _FOR.search(context.text, max(block.body, cue.start - 60), cue.start)
        if purpose or _opens(context.text, block, cue):
            return IMPLEMENTS, "cụ thể hóa", 0.85
    return POINTS, "thực hiện in a task", 0.8


def _opens(text: str, block: Block, cue: Cue) -> bool:
    """Whether a cue is the first that its paragraph says."""
    return cue.start - block.body < 20 and not text[block.body : cue.start].strip(" *:.")


def _changing(block: Block, context: Context, cue: Cue, document: CitedDocument) -> tuple[str, str, float]:
    """A document changes another in its title and in its own articles; elsewhere that is a task for somebody."""
    kind = context.header.type
    amending = lexicon("relation_cues")["amending_types"]
    amends = kind in amending and (document.type not in _LAWS or kind in _LAWS)
    # a row of a table lists what is to be drafted: "Nghị quyết sửa đổi Nghị quyết số 5/…", "tháng 5"
    # in a plan that an article approves ("Điều 1.II.3") it is a task
    if _CHANGES_ITSELF.search(context.text, max(block.body, cue.start - _NEAR), cue.start) and document.type == kind:
        return cue.kind, "changes it", 0.9
    article = block.part == "body" and block.kind != "row" and _ARTICLE.fullmatch(block.section)
    itself = _SELF.search(context.text, max(block.body, cue.start - _SENTENCE), cue.start)
    if amends and (block.part == "head" or (article and (_opens(context.text, block, cue) or itself))):
        return cue.kind, "changes it", 0.9
    if block.part == "head" and cue.kind == AMENDS and document.type in _PLANS:
        return AMENDS, "changes it", 0.85
    subject = _SUBJECT.fullmatch(context.text, block.body, cue.start)
    corrects = context.text[cue.start : cue.end].lower().startswith("đính")
    if block.part == "head" and subject and (document.type not in amending or corrects):
        return cue.kind, "changes it", 0.85
    return POINTS, "change as a task", 0.75


def _ended(text: str, block: Block, passage: Passage) -> bool:
    """ "Quyết định số … hết hiệu lực kể từ ngày Quyết định này có hiệu lực"."""
    behind = words("ends").search(text, passage.end, min(block.end, passage.end + 300))
    if not behind or ". " in text[passage.end : behind.start()]:
        return False
    return bool(_SELF.search(text, behind.end(), block.end))
