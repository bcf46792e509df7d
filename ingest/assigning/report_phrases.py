"""To whom results are reported, told from the words before and behind a name."""

from __future__ import annotations

from dataclasses import replace

from ingest.assigning.name_lists import FILLER, NEAR, any_cue
from ingest.lexicon import lexicon
from ingest.patterns import cues, pattern, whole
from ingest.record import SENT, AgencyRef

ON_DEMAND = "báo cáo theo yêu cầu"
"""The rule of those on whose demand something is reported."""

_HOW = any_cue("report_manner")
# "báo cáo", "gửi về", "báo cáo và kiến nghị", "báo cáo kịp thời" right before the addressee;
# "nêu trong Báo cáo, Sở A …" is the noun
_REPORT_NEAR = pattern(
    rf"{whole(cues('task_cues', 'reports'))}(?:(?:,| và)\s+(?:{any_cue('with_report')}))*(?:,?\s+(?:{_HOW}))*"
    rf"(?-i:(?<!Báo.cáo),)?\s+{FILLER}$"
)
# "báo cáo tham mưu đề xuất |Ủy ban nhân dân tỉnh|", "báo cáo, đề xuất giải pháp và tham mưu |Ủy ban nhân dân tỉnh|"
_REPORT_CHAIN = pattern(
    r"(?<!\w)báo cáo(?:(?:,| và)? (?:tham mưu|(?:đề xuất|kiến nghị)(?: (?:giải pháp|phương án|biện pháp|hướng xử lý))?"
    rf"|trình|xin ý kiến chỉ đạo(?: của)?))+ {FILLER}$"
)
# "báo cáo kết quả thực hiện |Ủy ban nhân dân huyện| (qua Phòng A) trước ngày …"
_REPORT_OF = pattern(
    r"(?<!\w)báo cáo(?: bằng văn bản)? (?:kết quả|tình hình|tiến độ|số liệu|nội dung)"
    rf"(?: (?:tổ chức|triển khai|thực hiện|giải quyết|xử lý|cụ thể))*\s+{FILLER}$"
)
_REPORT_ENDS = pattern(
    r"\s*(?:[(.;]|$|(?:trước|để|theo|định kỳ|trong|vào|qua|thông qua|xem xét|biết|hằng|hàng|chậm nhất|muộn nhất"
    r"|trễ nhất|xong|không (?:muộn|chậm|quá)|đến hết|hạn)(?!\w))"
)
# "phản ánh, hướng dẫn kỹ năng cho …", "gửi xe hỗ trợ cho …": what is done for them is no report
_NO_SENDING = any_cue("done_for_others")
# "báo cáo kết quả thực hiện về", "gửi … cho", "tổng hợp … gửi"
_REPORT_FAR = pattern(
    r"(?<!\w)(?:(?:báo cáo|gửi|phản [áả]nh|phản hồi)(?!\w)"
    r"(?:[^.;:]{0,250}?\s(?:về|lên|gửi|báo cáo)"
    rf"|(?:(?!{_NO_SENDING})[^.;:]){{0,140}}?\s(?:cho|(?<!đối\s)với|tới|đến))"
    rf"|tổng hợp(?!\w)[^.;:]{{0,250}}?\s(?:về|gửi|báo cáo))\s+{FILLER}$"
)
# "(qua Sở X)", "thông qua Sở Y"
_CHANNEL = pattern(rf"(?:\(|,|\s)\s*(?:thông )?qua\s+{FILLER}$")
# "báo cáo định kỳ và theo yêu cầu của |Sở X|"
_ON_DEMAND = pattern(rf"(?<!\w)báo cáo(?!\w)[^.;:]{{0,160}}? theo yêu cầu của {FILLER}$")
_REPORTS = pattern(rf"{whole(['báo cáo', 'gửi', 'phản ánh', 'phản ảnh', 'phản hồi'])}(?!\w)")
_TELLS = pattern(rf"{whole(['báo cáo', 'gửi', 'phản ánh', 'phản ảnh', 'phản hồi', 'tổng hợp'])}(?!\w)")
_TELLING_WORDS = ("báo", "gửi", "phản", "tổng")
# "lập danh sách |gửi Ủy ban nhân dân huyện|": a paper is sent, no report; "… báo cáo gửi Sở A" is one
_SENDS = pattern(r"(?:gửi|tổng hợp)(?!\w)")
_IS_REPORT = pattern(rf"(?<!\w)(?:{any_cue('is_report')})(?!\w)")
# "đăng ký thời gian tập huấn về |Phòng A| để tổng hợp"
_COMES_TO = pattern(rf"(?<!\w)về {FILLER}$")
_TO_GATHER = pattern(r"(?:\s*\([^()]{0,80}\))?,? để tổng hợp(?!\w)")
_ASKED = pattern(rf"[\s,]*(?:{any_cue('asked')})(?!\w)")
_FAR = 300
"""Characters before a name in which the verb may stand that comes to it after a long object."""


def report_rule(text: str, start: int, at: int, right: str) -> str | None:
    """The rule by which results are reported to the agency named at a place; None where none are.

    Args:
        start: where the sentence begins.
        right: what stands behind the name.
    """
    before = text[max(start, at - NEAR) : at]
    low = before.lower()  # most names have no word before them that the patterns begin with
    reports = "báo" in low
    near = _REPORT_NEAR.search(before)
    through = "qua" in low and _CHANNEL.search(before)  # "gửi Ủy ban nhân dân huyện (qua Phòng A thẩm định)"
    reported = reports and (_REPORT_CHAIN.search(before) or (near and near[0].lower().startswith("báo")))
    if _ASKED.match(right) and not through and not reported:
        return None
    if near:
        return SENT if _sends_a_paper(text, start, at, near[0]) else "báo cáo"
    if reported:
        return "báo cáo"
    if reports and _REPORT_OF.search(before) and _REPORT_ENDS.match(right):
        return "báo cáo kết quả"
    if "về" in low and _COMES_TO.search(before) and _TO_GATHER.match(right):
        return "báo cáo … về"
    left = text[max(start, at - _FAR) : at]
    told = left.lower()
    if not any(word in told for word in _TELLING_WORDS) or not _TELLS.search(left):
        return None
    if far := _REPORT_FAR.search(left):
        return SENT if _sends_a_paper(text, start, at, far[0]) else "báo cáo … về"
    if _CHANNEL.search(left) and _REPORTS.search(left):
        return "qua"
    if _ON_DEMAND.search(left):
        return ON_DEMAND
    return None


def _sends_a_paper(text: str, start: int, at: int, verb: str) -> bool:
    """Whether a clause only sends something to an agency ("lập danh sách gửi Sở A"), and no report."""
    low = max(start, at - _FAR)
    clause = max(low, *(text.rfind(mark, low, at) for mark in (";", ". ")))
    return bool(_SENDS.match(verb)) and not _IS_REPORT.search(text, clause, at)


# "báo cáo Sở A (qua |Phòng B|)", "Công an tỉnh, qua |Phòng C|"
_THROUGH_ITS = pattern(rf"\s*[(,]?\s*(?:thông )?qua:? {FILLER}")
_WITH_OFFICES = ("Sở ", "Công an", "Bộ ", "Tổng cục", "Cục ", "Ban ", "Thanh tra", "Bảo hiểm xã hội", "Viện", "Tòa án")
_UNITS = frozenset(["phòng", "văn phòng", "vụ", "cục", "thanh tra"])


def channel_of(text: str, before: AgencyRef, name: AgencyRef) -> AgencyRef:
    """The office through which a report goes as one of the agency that it goes to, where it stands right behind it."""
    if before.collective or name.parent or name.kind not in _UNITS or not before.head.startswith(_WITH_OFFICES):
        return name
    if name.head in lexicon("collectives")["organs"]:
        return name  # "Công an huyện (qua Phòng Tư pháp)": the district's own
    if not _THROUGH_ITS.fullmatch(text, before.end, name.start) or not name.name.endswith(_end_of(before)):
        return name
    return replace(name, name=f"{name.head} {before.name}", head=f"{name.head} {before.head}", parent=before.name)


def _end_of(agency: AgencyRef) -> str:
    """What of its place stands at the end of an agency's name."""
    return agency.place[-1] if agency.place and "?" not in agency.place[-1] else ""
