"""Relations that a text states between two other documents, in the title of the first.

"Kế hoạch số 1/KH-UBND … về triển khai thực hiện Chương trình số 2-CTr/TU … thực hiện Chỉ thị số 3-CT/TW" says that the
first implements the second and the second the third, and nothing of this document's own relation to the third.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.citing.laws import LAWS
from ingest.lexicon import lexicon
from ingest.outlining.outline import Block
from ingest.record import Relation
from ingest.relating.clause import At, Clause, Governor, Several
from ingest.relating.possible_relations import is_no_lower, may_be, may_change
from ingest.relating.stated_relations import DRAFT, Context, Passage, stated
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
# "A, B", "A và B", "A; các B", with nothing else between
_PROVISION = r"(?:(?:điểm|khoản|điều) [\w.]{1,4},? ){0,3}"  # "khoản 2 Điều 6 "
_LIST_LINK = spaced(rf"\s{{0,3}}(?:[,;]|[,;]? (?:và|hoặc|cùng)) (?:các )?{_PROVISION}", re.IGNORECASE)
_AND_LINK = spaced(r"\s{0,3} và ")
# what comes before goes on with another document: ", ", " và ", "; các "
_LINKED = spaced(rf"(?:[,;:]|(?<!\w)(?:và|hoặc|cùng|cùng với))\s{{0,4}}(?:các )?{_PROVISION}$", re.IGNORECASE)
# … or with what somebody said in one: " và hướng dẫn của Bộ Nội vụ tại "
_LINKED_WORDS = spaced(
    r"(?:[,;]|(?<!\w)và) (?:các |sự |ý kiến )?(?:hướng dẫn|chỉ đạo|yêu cầu|đề nghị|ý kiến|kết luận|nhiệm vụ|nội dung)"
    r"(?!\w)[^;.()]{0,90} (?:tại|trong) (?:các )?$",
    re.IGNORECASE,
)
# … and before the short form that it gives: "(sau đây gọi tắt là "
_DEFINING = spaced(r"\((?:[^()]{0,40} )?(?:viết|gọi)(?: chung)?(?: tắt)? là:? ?[“\"']?$", re.IGNORECASE)
_DEFINING_REACH = 80
# between a cue and the document that it governs there is no new clause
_NEW_CLAUSE = spaced(r"[;:]|\([^\d()]|(?<!\w)(?:trong đó|đồng thời|giao|chú trọng|nhằm|để)(?!\w)", re.IGNORECASE)
_CLAUSE = spaced(rf"{_NEW_CLAUSE.pattern}|, [^,]*, ", re.IGNORECASE)
# the document that follows is what the words before speak of: "… thuộc Chương trình A", "… về kinh phí của Đề án B"
_PART_OF = spaced(r"(?<!\w)(?:thuộc|của|cho|trong|với|ngoài|từ) (?:các )?$", re.IGNORECASE)
# "Kế hoạch A và Kế hoạch B" + " triển khai" + " thực hiện …", " quy định chi tiết một số điều và biện pháp" + " thi
# hành …": both do it
_AT_ONCE = spaced(
    r"\s{0,3}(?:(?:triển khai|tổ chức|quán triệt|để|nhằm),?\s{0,3}){0,3}"
    r"|\s{0,3}(?:quy định|hướng dẫn) (?:chi tiết )?(?:một số )?(?:điều|nội dung)?(?: (?:và|của) (?:các )?biện pháp)? ?",
    re.IGNORECASE,
)
# what another document may carry
_OPEN_TYPES = (*lexicon("named_documents")["types"], *lexicon("named_documents")["carried"], "Dự án")
_CARRIERS = ("Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Văn bản hợp nhất")
# "công văn … về dự thảo Kế hoạch thực hiện …": the letter is about a plan, it implements nothing itself
_ABOUT = spaced(r"(?<!\w)(?:dự thảo|chương trình|kế hoạch|đề án|nghị quyết|quyết định|báo cáo)(?!\w)", re.IGNORECASE)
# the title is over, though no mark says so: "… giai đoạn 2018-2025 lồng ghép với … và việc thực hiện Đề án …"
_OVER = spaced(r"(?<!\w)(?:và việc|lồng ghép|gắn với|đồng thời|trong đó)(?!\w)", re.IGNORECASE)
# "(được sửa đổi, bổ sung một số điều bởi ", " về nghề muối, đã được thay thế bằng các "
_CHANGED = spaced(
    r"(?<!\w)(?:(?:được|bị) (?:sửa đổi|bổ sung|thay thế|bãi bỏ|điều chỉnh)[^;.()]{0,60}? (?:b[ởớờ]i|tại|theo|bằng)"
    r"|được sửa đổi,? bổ sung(?: một số điều)?"
    rf"|(?:sửa đổi|bổ sung|thay thế) bởi) (?:các )?{_PROVISION}$",
    re.IGNORECASE,
)
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
# "Nghị định A … có hiệu lực từ ngày …, thay thế " before what it replaces
_TAKES_PLACE = spaced(
    r" (?:có|bắt đầu có) hiệu lực(?!\w)[^;.()]{0,80}?(?:,| và) (?:đồng thời )?(?:sẽ )?(?:thay thế|bãi bỏ|sửa đổi)(?!\w)"
    r"[^;.()]{0,30}$",
    re.IGNORECASE,
)
# "Kế hoạch A về nghề muối, trên cơ sở đề nghị của Sở B tại ": the title is over
_PROPOSED = spaced(r"[,;] (?:và )?(?:trên cơ sở|theo đề nghị|xét|căn cứ)(?!\w)", re.IGNORECASE)
_NUMBERS = spaced(r"\s{0,3}\((?:gồm:? )?(?:[Ss]ố:? )?(?=\d{1,5}\s?/)")
_SEVERAL = 2000  # characters of the numbers of several documents
_BRACKETS = 300  # characters of what stands in brackets
# "thi hành Nghị định quy định chi tiết một số điều của Luật …": the law is that decree's, which has no number here
_UNNUMBERED = spaced(
    r"(?<!\w)(?:Nghị định|Thông tư|Nghị quyết|Quyết định|Chỉ thị)(?! (?:số|này|\d))(?= \w)", re.IGNORECASE
)
# "dự thảo Nghị định " before "quy định chi tiết", "các văn bản quy định chi tiết, " before "hướng dẫn thi hành"
_UNNUMBERED_BEFORE = spaced(
    r"(?<!\w)(?:Nghị định|Thông tư|Nghị quyết|Quyết định|[Vv]ăn bản)(?: của [^,;.]{1,40}?)?"
    r"(?: (?:quy định chi tiết|hướng dẫn|và|thi hành),?){0,4} $"
)
_DETAILS = ("quy định chi tiết", "hướng dẫn", "thi hành")
_RULE = spaced(r"(?<!\w)quy định(?!\w)", re.IGNORECASE)
_NEAR = 70
_REACH = 120
_OPENING = 20  # "Để triển khai " may stand before the cue that opens a sentence


class BlockReader:
    """Reads the relations of one block; `outer` is the cue of the list that the block goes on with, if any."""

    def __init__(self, text: str, block: Block, context: Context, outer: Cue | None) -> None:
        self.text = text
        self.block = block
        self.context = context
        self.clause = Clause(outer=outer)
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

    def _between(self, source: At, kind: str, target: At, rule: str) -> Relation:
        return Relation(
            source=source.document.ref, type=kind, target=target.document.ref, start=min(source.start, target.start),
            end=max(source.end, target.end), section=self.block.section, rule=rule, confidence=0.9,
        )  # fmt: skip

    def _within(self, outer: At, inner: At) -> Iterator[Relation]:
        """A document inside another's name: "Luật sửa đổi, bổ sung một số điều của Luật B"."""
        if outer.document.type in LAWS:
            yield self._between(outer, AMENDS, inner, "amending law")
        elif inner.document.type in LAWS and _UNNUMBERED.search(self.text, outer.start, inner.start):
            return
        elif cue := last_cue(self.text, outer.start, inner.start, (IMPLEMENTS, AMENDS)):
            yield self._between(outer, cue.kind, inner, "inside the name")

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
            if clause.last and self._is_at(clause.last, mention, gap):
                yield self._between(clause.last, "KEM_THEO", mention, "promulgated with")
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
        linked = titled and (_LINKED.search(gap) or _LINKED_WORDS.search(gap))
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
            yield self._between(several.at, "KEM_THEO", mention, "title of several")
        elif may_be(several.kind, mention.document, several.at.document):
            yield self._between(mention, several.kind, several.at, "title of several")

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
        if cue and not _LINKED.search(self.text[start : cue.start]):  # "…; và hướng dẫn của Bộ A tại Công văn số …"
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
        if carried := self._carried_by(clause.last, mention, start):
            own = self._stated(clause.outer, mention, first=False)  # what changes a regulation changes its decision
            return [carried, own] if own.type in (AMENDS, REPLACES) else [carried]
        if change := self._changed_by(clause.last, mention, start):
            return self._with_changes(change, mention)
        if change := self._takes_place(clause.last, mention, start):
            return [change]
        if clause.titles and clause.titles[-1].document.ref != mention.document.ref:
            found = self._in_title(clause.titles[-1], mention, start)
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
            listed = self._between(source, governor.kind, target, "list in a title")
            return self._with_changes(listed, mention) if governor.passive else [listed]
        return None

    def _takes_place(self, source: At, target: At, start: int) -> Relation | None:
        """ "Nghị định A có hiệu lực từ ngày …, thay thế Nghị định B"."""
        if not _TAKES_PLACE.search(self.text, start, target.start):
            return None
        cue = last_cue(self.text, start, target.start, (AMENDS, REPLACES))
        if not cue or not may_change(source.document, target.document):
            return None
        self.clause.governor = Governor(source, cue.kind, target=target.document.type)
        return self._between(source, cue.kind, target, "title of another document")

    def _is_at(self, carried: At, carrier: At, gap: str) -> bool:
        """Whether a programme stands at the decision that carries it: "Đề án B tại Quyết định A"."""
        open_type = str(carried.document.type).startswith(_OPEN_TYPES)
        numbered = carrier.document.key[:1].isdigit()  # what a congress resolved carries nothing
        return open_type and numbered and carrier.document.type in _CARRIERS and gap.strip(' ”"') in ("tại", "theo")

    def _carried_by(self, carried: At, carrier: At, start: int) -> Relation | None:
        """ "Đề án B ban hành kèm theo Quyết định A", "Đề án B phê duyệt tại Quyết định A", "Đề án B (Quyết định A)"."""
        if carrier.document.type not in _CARRIERS or not str(carried.document.type).startswith(_OPEN_TYPES):
            return None
        gap = self.text[start : carrier.start]
        cue = last_cue(self.text, start, carrier.start, (CARRIED_BY,))
        near = cue and len(gap) < 120 and carrier.start - cue.end < _NEAR and ";" not in gap
        # "… đến năm 2030 (Nghị quyết số 5/NQ-CP)" may be how the document before is called from here on
        again = carrier.start != carrier.document.start
        if not near and (again or gap.strip() != "("):
            return None
        self.clause.governor = None
        return self._between(carried, "KEM_THEO", carrier, "promulgated with")

    def _changed_by(self, changed: At, changing: At, start: int) -> Relation | None:
        """ "Nghị định A của … về … được sửa đổi, bổ sung tại Nghị định B": the second changes the first.

        In "Nghị định A quy định chi tiết Luật B được sửa đổi tại Nghị định C" the law is beyond what a decree changes.
        """
        passive = _CHANGED.search(self.text, max(start, changing.start - _REACH), changing.start)
        if not passive:
            return None
        cue = last_cue(self.text, passive.start(), changing.start, (AMENDS, REPLACES))
        candidates = [changed, *reversed(self.clause.titles)]
        found = next((at for at in candidates if may_change(changing.document, at.document)), None)
        if not found:
            return None
        kind = cue.kind if cue else AMENDS  # "được điều chỉnh bởi"
        self.clause.governor = Governor(found, kind, passive=True)
        return self._between(changing, kind, found, "changed by")

    def _in_title(self, source: At, target: At, start: int) -> list[Relation] | None:
        gap = self.text[start : target.start]
        if any(over.search(gap) for over in (_LINKED, _LINKED_WORDS, _OVER, _PROPOSED)):
            return None
        cue = last_cue(self.text, start, target.start, (IMPLEMENTS, AMENDS, REPLACES, CARRIES))
        open_type = str(target.document.type).startswith(_OPEN_TYPES)
        if cue and target.document.type in LAWS:
            another = _UNNUMBERED.search(self.text, start, target.start)
            if another or DRAFT.search(self.text, max(start, target.start - 20), target.start):
                return []
        if cue and self._governs(cue.end, target.start):
            if cue.kind == CARRIES:
                return self._carried_in_title(source, target) if open_type else None
            return self._stated_in_title(source, cue.kind, target, gap[: cue.start - start])
        if open_type and gap.strip().lower() in ("về", "về việc"):
            return self._carried_in_title(source, target)
        pointer = last_cue(self.text, start, target.start, (POINTS,))
        directly = self.clause.last is source and not _NEW_CLAUSE.search(gap)
        if pointer and directly and self._governs(pointer.end, target.start):
            return self._stated_in_title(source, cue.kind if cue and cue.kind == IMPLEMENTS else POINTS, target, "")
        if self.clause.last is source and self.block.part != "body" and _PART_OF.search(gap):
            return self._stated_in_title(source, POINTS, target, "")
        return None

    def _carried_in_title(self, source: At, target: At) -> list[Relation]:
        """A decision carries what its title approves; a notice "về Đề án …" only speaks of it."""
        if source.document.type in _CARRIERS:
            return [self._between(target, "KEM_THEO", source, "title of its carrier")]
        return [self._between(source, POINTS, target, "title of another document")]

    def _governs(self, cue_end: int, start: int) -> bool:
        return start - cue_end <= _NEAR and not _CLAUSE.search(self.text, cue_end, start)

    def _stated_in_title(self, source: At, kind: str, target: At, before: str) -> list[Relation]:
        above = self.clause.governor if self.clause.governor and self.clause.last is source else None
        self.clause.governor = Governor(source, kind, target=target.document.type, above=above)
        proposal = source.document.type in ("Tờ trình", "Báo cáo")
        if kind in (AMENDS, REPLACES) and (proposal or source.document.type == "Công văn"):
            kind = POINTS  # it proposes the change
        if kind == IMPLEMENTS and (proposal or (source.document.type == "Công văn" and _ABOUT.search(before))):
            return []
        found = [self._between(source, kind, target, "title of another document")]
        beside = self.clause.beside if self.clause.last is source and kind == IMPLEMENTS else ()
        for other in beside if before and _AT_ONCE.fullmatch(before) else ():
            if may_be(kind, other.document, target.document):
                found.append(self._between(other, kind, target, "title of another document"))
        return found
