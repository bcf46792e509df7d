"""What the words between two documents state of both: "A về thực hiện B", "B ban hành kèm theo A", "A thay thế B"."""

from __future__ import annotations

import re

from ingest.citing.laws import LAWS
from ingest.lexicon import lexicon
from ingest.outlining.outline import Block
from ingest.record import Relation
from ingest.relating.clause import At, Clause, Governor
from ingest.relating.possible_relations import may_be, may_change
from ingest.relating.stated_relations import DRAFT
from ingest.relation_cues import AMENDS, CARRIED_BY, CARRIES, IMPLEMENTS, POINTS, REPLACES, last_cue
from ingest.spacing import spaced

# "A, B", "A và B", "A; các B", with nothing else between
PROVISION = r"(?:(?:điểm|khoản|điều) [\w.]{1,4},? ){0,3}"  # "khoản 2 Điều 6 "
# what comes before goes on with another document: ", ", " và ", "; các "
LINKED = spaced(rf"(?:[,;:]|(?<!\w)(?:và|hoặc|cùng|cùng với))\s{{0,4}}(?:các )?{PROVISION}$", re.IGNORECASE)
# … or with what somebody said in one: " và hướng dẫn của Bộ Nội vụ tại "
LINKED_WORDS = spaced(
    r"(?:[,;]|(?<!\w)và) (?:các |sự |ý kiến )?(?:hướng dẫn|chỉ đạo|yêu cầu|đề nghị|ý kiến|kết luận|nhiệm vụ|nội dung)"
    r"(?!\w)[^;.()]{0,90} (?:tại|trong) (?:các )?$",
    re.IGNORECASE,
)
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
    rf"|(?:sửa đổi|bổ sung|thay thế) bởi) (?:các )?{PROVISION}$",
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
# "thi hành Nghị định quy định chi tiết một số điều của Luật …": the law is that decree's, which has no number here
UNNUMBERED = spaced(
    r"(?<!\w)(?:Nghị định|Thông tư|Nghị quyết|Quyết định|Chỉ thị)(?! (?:số|này|\d))(?= \w)", re.IGNORECASE
)
_NEAR = 70
_REACH = 120


class BetweenReader:
    """Reads what stands between two documents in one block of a text; `clause` is what is known of the sentence."""

    def __init__(self, text: str, block: Block, clause: Clause) -> None:
        self.text, self.block, self.clause = text, block, clause

    def between(self, source: At, kind: str, target: At, rule: str) -> Relation:
        """A relation of two mentions, read in all that lies from one to the other."""
        return Relation(
            source=source.document.ref, type=kind, target=target.document.ref, start=min(source.start, target.start),
            end=max(source.end, target.end), section=self.block.section, rule=rule, confidence=0.9,
        )  # fmt: skip

    def takes_place(self, source: At, target: At, start: int) -> Relation | None:
        """ "Nghị định A có hiệu lực từ ngày …, thay thế Nghị định B"."""
        if not _TAKES_PLACE.search(self.text, start, target.start):
            return None
        cue = last_cue(self.text, start, target.start, (AMENDS, REPLACES))
        if not cue or not may_change(source.document, target.document):
            return None
        self.clause.governor = Governor(source, cue.kind, target=target.document.type)
        return self.between(source, cue.kind, target, "title of another document")

    def is_at(self, carried: At, carrier: At, gap: str) -> bool:
        """Whether a programme stands at the decision that carries it: "Đề án B tại Quyết định A"."""
        open_type = str(carried.document.type).startswith(_OPEN_TYPES)
        numbered = carrier.document.key[:1].isdigit()  # what a congress resolved carries nothing
        return open_type and numbered and carrier.document.type in _CARRIERS and gap.strip(' ”"') in ("tại", "theo")

    def carried_by(self, carried: At, carrier: At, start: int) -> Relation | None:
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
        return self.between(carried, "KEM_THEO", carrier, "promulgated with")

    def changed_by(self, changed: At, changing: At, start: int) -> Relation | None:
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
        return self.between(changing, kind, found, "changed by")

    def in_title(self, source: At, target: At, start: int) -> list[Relation] | None:
        """What a document's title, whose words begin at `start`, states of one that it names; None where it is over."""
        gap = self.text[start : target.start]
        if any(over.search(gap) for over in (LINKED, LINKED_WORDS, _OVER, _PROPOSED)):
            return None
        cue = last_cue(self.text, start, target.start, (IMPLEMENTS, AMENDS, REPLACES, CARRIES))
        open_type = str(target.document.type).startswith(_OPEN_TYPES)
        if cue and target.document.type in LAWS:
            another = UNNUMBERED.search(self.text, start, target.start)
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
            return [self.between(target, "KEM_THEO", source, "title of its carrier")]
        return [self.between(source, POINTS, target, "title of another document")]

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
        found = [self.between(source, kind, target, "title of another document")]
        beside = self.clause.beside if self.clause.last is source and kind == IMPLEMENTS else ()
        for other in beside if before and _AT_ONCE.fullmatch(before) else ():
            if may_be(kind, other.document, target.document):
                found.append(self.between(other, kind, target, "title of another document"))
        return found
