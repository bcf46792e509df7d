"""What kind of section a heading or a lead-in opens, by more than the words that it begins with."""

from __future__ import annotations

from ingest.patterns import any_of, cues, pattern
from ingest.section_kinds import CLOSED, PASSIVE, is_time, kind_of

# "Các hành vi vi phạm thì bị xử phạt như:": the points say what is punished
_PENALTIES = pattern(r"(?<!\w)hành vi(?!\w)[^:]*\s(?:xử phạt|phạt tiền|nghiêm cấm|bị cấm)(?!\w)")
# "1. Căn cứ nhiệm vụ được giao, các Bộ … cụ thể như sau:" is a sentence, no heading of grounds
_BASIS = pattern(r"(?:căn cứ|trên cơ sở|theo) [^:]{20,}[,;][^:]{20,}:?$")
# "Hồ sơ gồm:", "2. Đề án gồm những nội dung sau đây:" over what a paper holds
_CONTENTS = pattern(
    rf"[\W\d]*(?:{any_of(cues('task_cues', 'papers'))})(?!\w)(?![^:]{{0,150}}(?:nhiệm vụ|giải pháp|công việc))"
    r"[^:;.]{0,120}?\s(?:bao gồm|gồm|có|phải có|cần có)(?: \w+){0,6}\s*:$"
)
# "các chỉ tiêu cụ thể như sau:"
_AIMS_FOLLOW = pattern(r"(?<!\w)(?:chỉ tiêu|mục tiêu)(?: \w+){0,3} sau(?: đây)?\s*:$")
# "BƯỚC 2: …", "Đợt 1 (…)", but not "giai đoạn 2021-2025"
_STEP = pattern(r"[\W\d]*(?:đợt|bước|giai đoạn)(?: thứ)? (?:\d{1,2}|[IVX]+|một|hai|ba|nhất)(?![\w/]|[-–.]\d)")
# "PHƯƠNG PHÁP, CÁC BƯỚC GIÁM SÁT", "Cách thức đánh giá": how it is looked at what others do
_METHODS = pattern(
    r"[\W\d]*(?:phương pháp|phương thức|hình thức|cách thức|các bước)(?!\w)[^:;.]{0,40}?(?<!\w)"
    r"(?:kiểm tra|giám sát|thanh tra|đánh giá)(?!\w)"
)
# "Điều 1. Phê duyệt Phương án A với các nội dung sau:", "Điều 1. Nay thành lập Trạm B gồm:"
_ENACTS = pattern(
    rf"(?:nay |thống nhất )?(?:{any_of(cues('task_cues', 'enacts'))})(?!\w)"
    r"(?![^:]*(?:nhiệm vụ|giải pháp|công việc)).*:$"
)
# "Ủy ban A |quyết định sáp nhập các bến như sau:|", but not "… quyết định một số nhiệm vụ như sau:"
_DECIDES = pattern(
    r"\s*(?:quyết định|quyết nghị|thống nhất|phê duyệt|công bố)(?!\w)"
    r"(?![^:]*(?:nhiệm vụ|giải pháp|công việc|giao|yêu cầu))[^:]*:$"
)
_DEMANDS = pattern(r"[\W\d]*yêu cầu(?!\w)")
# "Vốn ngân sách: 1.280 tỷ đồng, bao gồm:", "1. Tổng kinh phí: 900 triệu đồng": what stands under it says for what
_SUM = pattern(
    r"[\W\d]*(?:tổng |nhu cầu |nguồn )?(?:vốn|kinh phí|ngân sách|dự toán|chi phí|mức đầu tư|số tiền)(?!\w)"
    r"[^:\n]{0,80}[:\s]\s*(?:khoảng |dự kiến |là )?\d[\d.,]* ?(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|đ)(?!\w)"
)


def is_step(text: str, start: int, end: int) -> bool:
    """Whether a heading is a step or a time of the work: "BƯỚC 2: TỪ THÁNG 6 …", "Tháng 7/2024"."""
    return bool(_STEP.match(text, start, end)) or is_time(text, start, end)


def closes(passage: str) -> bool:
    """Whether a lead-in's points say what is punished, or what a paper holds: they tell nobody to act."""
    return bool(_PENALTIES.search(passage) or _CONTENTS.match(passage))


def states_aims(passage: str) -> bool:
    """Whether a lead-in's points are aims: "… các chỉ tiêu cụ thể như sau:"."""
    return bool(_AIMS_FOLLOW.search(passage))


def enacts(passage: str) -> bool:
    """Whether an article does itself what the points under it say: "Phê duyệt Dự án A với các nội dung sau:"."""
    return bool(_ENACTS.match(passage))


def decides(said: str) -> bool:
    """Whether a lead-in says behind its subject what that decides itself: "quyết định sáp nhập các bến như sau:"."""
    return bool(_DECIDES.match(said))


def kind_of_heading(passage: str, marker: str, *, ordered: bool) -> str | None:
    """The kind of section that a heading opens; None where its words do not tell.

    Args:
        ordered: whether a preamble's order holds for it; what "1. Yêu cầu chung" says is theirs to do then.
    """
    if marker.startswith("Phụ lục") or states_aims(passage) or _SUM.match(passage) or _METHODS.match(passage):
        return PASSIVE
    if _CONTENTS.match(passage):
        return CLOSED
    if _BASIS.match(passage):
        return None
    return None if ordered and _DEMANDS.match(passage) else kind_of(passage)
