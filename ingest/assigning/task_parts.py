"""Points that are no tasks of their own: they say of what consists what the passage over them orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.assigning.task_segments import is_imperative, sentences
from ingest.outlining.outline import Block
from ingest.patterns import UPPER, any_of, cues, pattern
from ingest.section_kinds import read_label

_TITLE_LENGTH = 130
"""Characters of an unmarked title, at most."""

_SHARE = 0.5
"""The part of a list's points that begin with a noun, at least, where none of the others orders something."""

# "Hệ thống đèn chiếu sáng", "02 trạm bơm", "“Sổ tay …”"
_THING = pattern(
    rf"[\W\d]*(?:{any_of(cues('task_cues', 'no_orders'))}|{any_of(cues('task_cues', 'things'))})(?!\w)|[“\"\d]"
)
_CONDITION = pattern(rf"(?:{any_of(cues('task_cues', 'conditions'))})(?!\w)")
# "… phải công khai các nội dung sau:", "… lưu giữ những tài liệu sau đây:": whatever their words, the points are shown;
# "lưu ý một số nội dung sau:" keeps nothing
_SHOWN = pattern(
    rf"(?<!\w)(?:{any_of(cues('task_cues', 'showing_verbs'))})(?!\w| ý)"
    rf"(?:(?! (?:{any_of(cues('task_cues', 'doing_verbs'))})(?!\w))[^.;:]){{0,80}}?"
    rf" (?:{any_of(cues('task_cues', 'shown_things'))})(?: \w+){{0,3}} sau(?: đây)?\s*:$"
)
# "… báo cáo số liệu hằng tháng, bao gồm:"
_CONSISTS = pattern(r"(?<!\w)(?:bao gồm|gồm)(?: \w+){0,3}\s*:$")
# "… cập nhật dữ liệu đối với:": what stands behind a preposition names things, whatever its words
_OF_WHAT = pattern(r"(?<!\w)(?:đối với|dành cho|bằng|tại)\s*:$")
# "Các hộ nuôi cá phải …": a sentence
_SENTENCE = pattern(
    rf"(?<!\w)(?:{any_of(cues('task_cues', 'strong_verbs'))}|giao|yêu cầu|đề nghị"
    r"|do(?! [^.;:]{1,60} (?:quy định|giao|phân công|yêu cầu|ban hành)))(?!\w)"
)
# "Xã Tân Lập: Lấy mẫu 02 vị trí;", "Cửa sông Lạch Cát: 01 mẫu"
_PLACE_POINT = pattern(
    rf"(?:cửa sông|sông|hồ|khu|thôn|bản|ấp|xã|phường|đặc khu|thị trấn|thị xã|huyện|quận|tỉnh|thành phố|tuyến|đoạn)"
    rf" (?-i:[{UPPER}])[^:.;]{{1,60}}:"
)
_PLACES = 0.7
"""The part of a list's points that are places, at least, where it says where something is done."""


def following_points(blocks: Sequence[Block], index: int) -> list[int]:
    """The marked points beside a paragraph that follow it, down to the next paragraph."""
    parent, found, seen = blocks[index].parent, list[int](), {index}
    for at in range(index + 1, len(blocks)):
        block = blocks[at]
        if block.parent in seen:
            seen.add(at)
            continue
        if block.parent != parent or not block.marker or block.kind == "row" or block.part != "body":
            break
        found.append(at)
        seen.add(at)
    return found


def are_places(text: str, points: Sequence[Block]) -> bool:
    """Whether points say place by place where the passage over them is carried out."""
    places = sum(_PLACE_POINT.match(text, point.body, point.end) is not None for point in points)
    return len(points) > 1 and places >= _PLACES * len(points)


def is_list_of_things(text: str, points: Sequence[Block]) -> bool:
    """Whether points only name things, most of them by a noun that is known, so that none of them orders anything."""
    if not points or any(_orders(text, point) for point in points):
        return False
    things = sum(bool(_THING.match(text, point.body, point.end)) for point in points)
    return things >= _SHARE * len(points)


def are_told_of(text: str, over: Block, points: Sequence[Block]) -> bool:
    """Whether a passage says that something is shown, kept or handed in, or consists of it, and the points what."""
    if _SHOWN.search(text, over.body, over.end) or _OF_WHAT.search(text, over.body, over.end):
        return bool(points)
    consists = points and _CONSISTS.search(text, over.body, over.end)
    return bool(consists) and not any(is_imperative(text, point.body, point.end) for point in points)


def _orders(text: str, point: Block) -> bool:
    if is_imperative(text, point.body, point.end) or _CONDITION.match(text, point.body, point.end):
        return True
    return _SENTENCE.search(text, point.body, point.end) is not None


def unmarked_titles(text: str, blocks: Sequence[Block]) -> set[int]:
    """The paragraphs that head those behind them like titles, though no number or bullet stands before any of them.

    A title has no full stop, what follows it has; one alone in its section may be a broken line.
    """
    found: dict[int | None, list[int]] = {}
    for index, block in enumerate(blocks[:-1]):
        following = blocks[index + 1]
        if block.part != "body" or block.kind != "paragraph" or block.marker or following.parent != block.parent:
            continue
        if _is_titled(text, block) and text[following.body : following.body + 1].isupper() and _ends(text, following):
            found.setdefault(block.parent, []).append(index)
    return {index for titles in found.values() if len(titles) > 1 for index in titles}


def titled_points(text: str, blocks: Sequence[Block], children: Mapping[int, Sequence[int]]) -> set[int]:
    """The numbered points that are titles though they end in a full stop: most in their list stand over longer words.

    "b) Nâng cao chất lượng kênh mương." over "Các xã chủ động nạo vét …", and "c) …" likewise.
    """
    found: set[int] = set()
    for points in children.values():
        numbered = [i for i in points if blocks[i].marker[:1].isalnum() and blocks[i].part == "body"]
        titled = [i for i in numbered if _stands_over_words(text, blocks, i, children.get(i, ()))]
        if len(titled) > 1 and len(titled) > len(numbered) / 2:
            found.update(titled)
    return found


def _stands_over_words(text: str, blocks: Sequence[Block], index: int, under: Sequence[int]) -> bool:
    """Whether a point is one short sentence over plain paragraphs, the first longer than itself and no label."""
    point = blocks[index]
    if not under or point.kind != "item" or point.end - point.body > _TITLE_LENGTH or text[point.end - 1] != ".":
        return False
    first = blocks[under[0]]
    plain = all(not blocks[i].marker and blocks[i].kind == "paragraph" for i in under)
    if not plain or first.end - first.body <= point.end - point.body or read_label(text, first.body, first.end):
        return False
    return len(sentences(text, point.body, point.end)) == 1 and ": " not in text[point.body : point.end]


def is_over_bullets(text: str, blocks: Sequence[Block], index: int) -> bool:
    """Whether a paragraph is one short line without a mark at its end, and the next point beside it a bullet."""
    block, following = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or following.parent != block.parent or following.marker[:1].isalnum():
        return False
    plain = block.kind == "paragraph" and not block.marker and block.end - block.body < _TITLE_LENGTH
    # a cell of a table that fell apart has its line breaks
    return (
        plain
        and following.marker != ""
        and text[block.end - 1] not in ".;:,"
        and "\n" not in text[block.body : block.end]
    )


def _ends(text: str, block: Block) -> bool:
    return text[block.end - 1] in ".;" and not block.marker


def _is_titled(text: str, block: Block) -> bool:
    words = text[block.body : block.end]
    return words[:1].isupper() and words[-1:].isalnum() and len(words) < _TITLE_LENGTH and words.count(" ") > 0
