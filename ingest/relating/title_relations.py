"""Relations that a text states between two other documents, in the title of the first.

"Kế hoạch số 1/KH-UBND … về triển khai thực hiện Chương trình số 2-CTr/TU … thực hiện Chỉ thị số 3-CT/TW" says that the
first implements the second and the second the third, and nothing of this document's own relation to the third.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.citing.laws import LAWS
from ingest.outlining.outline import Block
from ingest.record import Relation
from ingest.relating.between_documents import LINKED, LINKED_WORDS, PROVISION, UNNUMBERED, BetweenReader
from ingest.relating.clause import At, Clause, Several
from ingest.relating.possible_relations import is_no_lower, may_be
from ingest.relating.stated_relations import Context, Passage, stated
from ingest.relation_cues import (
    AMENDS,
    BASED_ON,
    CARRIED_BY,
    CARRIES,
    IMPLEMENTS,
    POINTS,
    REPLACES,
    Cue,
    last_cue,
    opens_title,
    words,
)
from ingest.spacing import spaced

_SENTENCE_END = spaced(r"[.!?…]\)? (?=[A-ZĐÀ-Ỹ“\"(+*-])")
# "(sau đây viết tắt là …)" closes the title of the document before it
_DEFINITION = spaced(r"\([^()]{0,30}(?:viết|gọi)[^()]{0,20} là", re.IGNORECASE)
_LIST_LINK = spaced(rf"\s{{0,3}}(?:[,;]|[,;]? (?:và|hoặc|cùng)) (?:các )?{PROVISION}", re.IGNORECASE)
_AND_LINK = spaced(r"\s{0,3} và ")
# … and before the short form that it gives: "(sau đây gọi tắt là "
_DEFINING = spaced(r"\((?:[^()]{0,40} )?(?:viết|gọi)(?: chung)?(?: tắt)? là:? ?[“\"']?$", re.IGNORECASE)
_DEFINING_REACH = 80
# "các Nghị định ", "Các Quyết định ": several documents of one title; their numbers behind it: " (Số 3", " (số: 4"
_PLURAL = spaced(
    r"(?<!\w)[Cc]ác (?P<type>[Nn]ghị định|[Nn]ghị quyết|[Qq]uyết định|[Tt]hông tư|[Cc]hỉ thị|[Kk]ế hoạch)(?!\w)"
)
# "…, UBND huyện ban hành Kế hoạch thực hiện Chỉ thị số …": the text speaks of itself, the title before is over
_OWN_PLAN = spaced(
    r"[,;] (?-i:(?=[A-ZĐỦ]))[^,;.]{3,90}? (?:ban hành|xây dựng|đề ra|triển khai)(?: \w+){0,2}? "
    r"(?=(?:kế hoạch|chương trình) )",
    re.IGNORECASE,
)
_NUMBERS = spaced(r"\s{0,3}\((?:gồm:? )?(?:[Ss]ố:? )?(?=\d{1,5}\s?/)")
_SEVERAL = 2000  # characters of the numbers of several documents
_BRACKETS = 300  # characters of what stands in brackets
# "dự thảo Nghị định " before "quy định chi tiết", "các văn bản quy định chi tiết, " before "hướng dẫn thi hành"
_UNNUMBERED_BEFORE = spaced(
    r"(?<!\w)(?:Nghị định|Thông tư|Nghị quyết|Quyết định|[Vv]ăn bản)(?: của [^,;.]{1,40}?)?"
    r"(?: (?:quy định chi tiết|hướng dẫn|và|thi hành),?){0,4} $"
)
_DETAILS = ("quy định chi tiết", "hướng dẫn", "thi hành")
_RULE = spaced(r"(?<!\w)quy định(?!\w)", re.IGNORECASE)
_OPENING = 20  # "Để triển khai " may stand before the cue that opens a sentence


class BlockReader(BetweenReader):
    """Reads the relations of one block; `outer` is the cue of the list that the block goes on with, if any."""

    def __init__(self, text: str, block: Block, context: Context, outer: Cue | None) -> None:
        super().__init__(text, block, Clause(outer=outer))
        self.context = context
        self._inside: list[At] = []  # the documents named inside the last mention's name so far
        self._own: set[str] = set()  # what this document itself is based on or carries out

    @property
    def outer(self) -> Cue | None:
        """The cue that governed the last mention which stands in no title."""
        return self.clause.outer

    def read(self, mentions: Sequence[At]) -> Iterator[Relation]:
        """The relations that the block states, of this document and between others."""
        for mention in mentions:
            last = self.clause.last
            if _DEFINING.search(self.text, max(self.block.body, mention.start - _DEFINING_REACH), mention.start):
                continue
            if last and mention.start < last.end:
                around = next((at for at in reversed(self._inside) if mention.start < at.end), last)
                yield from self._within(around, mention)
                self._inside.append(mention)
                if mention.end >= last.end and mention.document.key[:1].isdigit():
                    self.clause.titles.append(last)
                    self.clause.last = mention  # what follows is the title of the inner one
                else:
                    self.clause.last = At(last.start, max(last.end, mention.end), last.document)
            else:
                yield from self._next(mention)
                self.clause.beside = (*self.clause.beside, last) if last and self._named_with(last, mention) else ()
                self.clause.last = mention
                self._inside.clear()

    def _named_with(self, last: At, mention: At) -> bool:
        """Whether a document goes on with the last: "Kế hoạch A và Kế hoạch B", "các Nghị định số 1/…, số 2/…"."""
        alike = last.document.type == mention.document.type
        numbered = self.text[mention.start : mention.start + 2].lower() == "số"
        link = _LIST_LINK if numbered else _AND_LINK
        return alike and bool(link.fullmatch(self.text, last.end, mention.start))

    def _within(self, outer: At, inner: At) -> Iterator[Relation]:
        """A document inside another's name: "Luật sửa đổi, bổ sung một số điều của Luật B"."""
        if outer.document.type in LAWS:
            yield self.between(outer, AMENDS, inner, "amending law")
        elif inner.document.type in LAWS and UNNUMBERED.search(self.text, outer.start, inner.start):
            return
        elif cue := last_cue(self.text, outer.start, inner.start, (IMPLEMENTS, AMENDS)):
            yield self.between(outer, cue.kind, inner, "inside the name")

    def _next(self, mention: At) -> Iterator[Relation]:
        start = self._gap_start(mention)
        clause = self.clause
        if several := self._title_of_several(mention, start):
            clause.several, clause.outer = several, several.outer
            return
        if clause.several and clause.last is clause.several.at:
            yield from self._one_of_several(clause.several, mention)
            return
        gap = self.text[start : mention.start]
        own_plan = _OWN_PLAN.search(self.text, start, mention.start) if self.block.part != "body" else None
        if own_plan and clause.last:
            clause.close()
            clause.outer = None
            cue = last_cue(self.text, own_plan.end(), mention.start)
            yield self._stated(cue, mention, first=False)
            return
        if clause.last and (";" in gap or "”," in gap or _DEFINITION.search(gap)):
            clause.close()
            titled = True
        else:
            if clause.last and opens_title(self.text, start, mention.start):
                clause.titles.append(clause.last)
            titled = bool(clause.titles)
            found = self._nested(mention, start)
            if found is not None:
                yield from found
                return
            if clause.last and self.is_at(clause.last, mention, gap):
                yield self.between(clause.last, "KEM_THEO", mention, "promulgated with")
            clause.close()
        if clause.several and mention.start < clause.several.end and mention.document.type == clause.several.type:
            yield from self._one_of_several(clause.several, mention)
            return
        cue = self._cue(mention, start, titled=titled)
        if cue and not (titled and cue.kind == POINTS) and not self._in_brackets(cue):
            clause.outer = cue
        yield self._stated(cue or clause.outer, mention, first=clause.last is None)

    def _stated(self, cue: Cue | None, mention: At, *, first: bool) -> Relation:
        """This document's own relation to one that it cites."""
        relation = stated(self.block, self.context, cue, mention.document, Passage(mention.start, mention.end, first))
        if relation.type in (BASED_ON, IMPLEMENTS):
            self._own.add(mention.document.ref)
        return relation

    def _with_changes(self, change: Relation, changing: At) -> list[Relation]:
        """What a text is based on, it is so as it was changed: "Căn cứ Nghị định A được sửa đổi tại Nghị định B"."""
        if change.target not in self._own:
            return [change]
        own = self._stated(self.clause.outer, changing, first=False)
        return [change, own] if own.type in (BASED_ON, IMPLEMENTS) else [change]

    def _cue(self, mention: At, start: int, *, titled: bool) -> Cue | None:
        """The cue before a mention, behind what belongs to the document before (its title, where `titled`)."""
        gap = self.text[start : mention.start]
        # words of the title of the document before are no cue for this one
        own = start + max((gap.rfind(mark) for mark in ",;)"), default=-1) + 1 if titled else start
        linked = titled and (LINKED.search(gap) or LINKED_WORDS.search(gap))
        cue = None if linked else last_cue(self.text, own, mention.start)
        if cue and cue.kind == IMPLEMENTS and self._is_of_unnumbered(cue):
            return replace(cue, kind=POINTS)
        if cue and cue.kind == POINTS:
            proposed = words("proposal").search(self.text, start + gap.rfind(";") + 1, cue.end)
            cue = (None if proposed else self._behind_pointer(cue, own, mention.start)) or cue
        if cue and cue.kind in (POINTS, CARRIED_BY):
            cue = self._changing(cue, own) or cue
        if cue and cue.kind == CARRIES and self.block.part != "body":
            # "Căn cứ các Quyết định phê duyệt quy hoạch: Quyết định số …": what they approve is told of all
            cue = last_cue(self.text, own, cue.start, (IMPLEMENTS, BASED_ON)) or self.clause.outer or cue
        return cue

    def _is_of_unnumbered(self, cue: Cue) -> bool:
        """Whether a document without a number details what follows: "dự thảo Nghị định quy định chi tiết Luật A"."""
        details = self.text[cue.start : cue.end].lower().startswith(_DETAILS)
        return details and bool(_UNNUMBERED_BEFORE.search(self.text, max(self.block.body, cue.start - 60), cue.start))

    def _changing(self, cue: Cue, start: int) -> Cue | None:
        """ "Sửa đổi một số điều của Quy định kèm theo Nghị quyết số …": what is changed is the resolution's."""
        article = self.block.section.startswith("Điều") and self.block.kind != "row"
        if self.block.part != "head" and not article:
            return None
        change = last_cue(self.text, start, cue.start, (AMENDS, REPLACES))
        if not change or change.start - start > _OPENING or ";" in self.text[change.end : cue.start]:
            return None
        return change

    def _title_of_several(self, mention: At, start: int) -> Several | None:
        """What a mention opens that stands in the title of several documents whose numbers follow in parentheses."""
        if not (numbers := _NUMBERS.match(self.text, mention.end, self.block.end)):
            return None
        plural = next(reversed(list(_PLURAL.finditer(self.text, start, mention.start))), None)
        cue = plural and last_cue(self.text, plural.end(), mention.start, (IMPLEMENTS, AMENDS, REPLACES, CARRIES))
        if not plural or not cue or not self._governs(cue.end, mention.start):
            return None
        end = self.text.find(")", numbers.end(), min(self.block.end, numbers.end() + _SEVERAL))
        outer = last_cue(self.text, start, plural.start()) or self.clause.outer
        return Several(mention, plural["type"].capitalize(), cue.kind, outer, end if end > 0 else self.block.end)

    def _one_of_several(self, several: Several, mention: At) -> Iterator[Relation]:
        yield self._stated(several.outer, mention, first=False)
        if several.kind == CARRIES:
            yield self.between(several.at, "KEM_THEO", mention, "title of several")
        elif may_be(several.kind, mention.document, several.at.document):
            yield self.between(mention, several.kind, several.at, "title of several")

    def _in_brackets(self, cue: Cue) -> bool:
        """Whether a cue stands in brackets, which say nothing of what follows them."""
        begin = max(self.block.body, cue.start - _BRACKETS)
        return self.text.rfind("(", begin, cue.start) > self.text.rfind(")", begin, cue.start)

    def _behind_pointer(self, pointer: Cue, start: int, end: int) -> Cue | None:
        """ "Thực hiện chỉ đạo của UBND tỉnh tại Công văn số …" in a preamble: the letter is implemented."""
        purpose = self.block.part == "body" and self.context.is_under(self.block, "purpose")
        if self.block.part not in ("head", "preamble") and not purpose:
            return None
        if purpose and _RULE.search(self.text, pointer.start, end):
            return None  # "Triển khai đầy đủ các nội dung theo quy định của Luật A": what is obeyed
        cue = last_cue(self.text, start, pointer.start, (IMPLEMENTS, BASED_ON))
        if cue and cue.start - start < _OPENING:
            return cue
        if cue and not LINKED.search(self.text[start : cue.start]):  # "…; và hướng dẫn của Bộ A tại Công văn số …"
            return None
        outer = self.clause.outer  # "Thực hiện …; nhiệm vụ được giao tại …"
        return outer if outer and outer.kind in (IMPLEMENTS, BASED_ON) else None

    def _gap_start(self, mention: At) -> int:
        """Where the words before a mention begin: behind the last mention, or at its sentence's start."""
        begin = self.clause.last.end if self.clause.last else self.block.body
        breaks = [m.end() for m in _SENTENCE_END.finditer(self.text, begin, mention.start)]
        if breaks:
            self.clause = Clause()
            return breaks[-1]
        return min(begin, mention.start)

    def _nested(self, mention: At, start: int) -> list[Relation] | None:
        """What another document's title states of this one, perhaps nothing; None where it stands in no title."""
        clause = self.clause
        if clause.last is None:
            return None
        if carried := self.carried_by(clause.last, mention, start):
            own = self._stated(clause.outer, mention, first=False)  # what changes a regulation changes its decision
            return [carried, own] if own.type in (AMENDS, REPLACES) else [carried]
        if change := self.changed_by(clause.last, mention, start):
            return self._with_changes(change, mention)
        if change := self.takes_place(clause.last, mention, start):
            return [change]
        if clause.titles and clause.titles[-1].document.ref != mention.document.ref:
            found = self.in_title(clause.titles[-1], mention, start)
            if found is not None:
                return found
        governor = clause.governor
        alike = clause.last.document.type == mention.document.type
        # "Kế hoạch A về thực hiện Nghị quyết B và Chương trình C": what is named with "và" belongs to the nearest verb
        near = governor and governor.kind == IMPLEMENTS and _AND_LINK.fullmatch(self.text, start, mention.start)
        if near and governor:
            alike = alike or is_no_lower(mention.document, governor.at.document)
        if governor and alike and _LIST_LINK.fullmatch(self.text, start, mention.start):
            if governor.target != mention.document.type and governor.above:
                # "A sửa B hướng dẫn Luật C và Nghị định D": what is alike goes on with its own verb
                outer = governor.above
                governor = outer if outer.target == mention.document.type else governor
            source, target = (mention, governor.at) if governor.passive else (governor.at, mention)
            if not may_be(governor.kind, source.document, target.document):
                return (
                    None  # "Nghị định A sửa đổi Nghị định B và Nghị định C", which is younger: the list outside goes on
                )
            listed = self.between(source, governor.kind, target, "list in a title")
            return self._with_changes(listed, mention) if governor.passive else [listed]
        return None
