"""What a target's figure counts: the words around it, without those of time and of measure."""

from __future__ import annotations

from ingest.patterns import any_of, cues, pattern

_YEAR = r"20\d\d(?: ?[-–] ?20\d\d)?"
# "đến hết năm 2027", "giai đoạn 2026 - 2030", "vào cuối quý IV năm 2026", "đến 2027"
_TIME = (
    r"(?:(?:tính |từ nay )?(?:đến|tới|trong|vào|hết|cuối|trước)(?: hết| cuối| giữa| đầu)?"
    rf"(?: quý [ivx\d]+)?(?: năm)? {_YEAR}|(?:trong |cho )?(?:giai đoạn|thời kỳ|(?:\d )?năm) {_YEAR})(?!\w)"
)
# "- ", "Phấn đấu đến năm 2027, ", "2.1. Trong đó: "
_OPENING = pattern(rf"(?:[-–+•*:;,.\s]|(?:{any_of(cues('targets', 'subject_opens'))})(?!\w)|{_TIME})+")
# " đạt trên", " năm 2027 còn", ", ít nhất"
_CLOSING = pattern(rf"(?:[\s,:;(≥≤<>≈~–-]|(?<!\w)(?:{any_of(cues('targets', 'subject_ends'))}|{_TIME}))$")
# " từ 30% (năm 2024) lên" before what it is raised to
_FROM = pattern(r"(?:,| )(?:tăng |giảm )?từ (?:mức )?\d[^;]{0,60}? (?:lên|xuống)(?: còn)?(?: trên| dưới| khoảng)?$")
_FROM_REACH = 90
_CLOSING_REACH = 40
_BEHIND_END = pattern(
    r"[,;(]|(?<!\w)(?:so với|trong đó|nhằm|để|vào năm|trong năm|đến năm|năm 20\d\d|trước)(?!\w)|\.(?!\d)"
)
# "xã|, phường|, thị trấn có chợ", "các khu công nghiệp|, khu chế xuất|": one list of what is counted
_COUNTED = pattern(r"\s*(?:(?:các|số|những|tổng số) )*(?P<noun>\w+)")
_PLACES = frozenset(["xã", "phường", "thị", "đặc", "huyện", "quận", "thành", "tỉnh"])
_WORD_BEHIND = pattern(r", ?(?P<noun>\w+)")
_SHORT = 25
"""Characters: a shorter passage before a figure does not tell what it counts without what stands behind."""
# "Giảm tỷ lệ hộ nghèo": a rate is told in full before its figure
_RATE = pattern(r"(?<!\w)t[ỷỉ] (?:lệ|suất|trọng)(?: [^\W\d]+){2}")


def subject(before: str, behind: str) -> str:
    """What a figure counts; empty where its passage says no more than how much.

    Args:
        before: the words of its passage up to the figure, `behind` those from its end on, with single blanks.
    """
    named = _stripped(before)
    if len(named) >= _SHORT or _RATE.search(named):
        return named
    counted = behind[: _end_of_counted(behind)].strip(" .;,")
    return f"{named} {counted}".strip()


def _end_of_counted(behind: str) -> int:
    """Where what stands behind a figure ends: at its first comma that does not go on with things of the same kind."""
    head = _COUNTED.match(behind)
    for stop in _BEHIND_END.finditer(behind):
        following = _WORD_BEHIND.match(behind, stop.start())
        if head is None or following is None:
            return stop.start()
        nouns = {head["noun"].lower(), following["noun"].lower()}
        if len(nouns) > 1 and not nouns <= _PLACES:
            return stop.start()
    return len(behind)


def _stripped(before: str) -> str:
    opening = _OPENING.match(before)
    words = before[opening.end() :] if opening else before
    if risen := _FROM.search(words, max(0, len(words) - _FROM_REACH)):
        words = words[: risen.start()]
    while closing := _CLOSING.search(words, max(0, len(words) - _CLOSING_REACH)):
        words = words[: closing.start()]
    return words
