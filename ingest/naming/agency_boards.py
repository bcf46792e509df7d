"""Steering committees, boards of command and teams: what they are for is part of their name."""

from __future__ import annotations

import re
from functools import cache

from ingest.lexicon import lexicon
from ingest.naming.abbreviations import spell_out
from ingest.naming.agency_parts import Passage
from ingest.naming.agency_words import Head, HeadMatch, lowered
from ingest.spacing import spaced

# "báo cáo Ban Chỉ đạo |về tiến độ": what is reported
_REPORTED = (
    "tiến độ|kết quả|tình hình|việc|sự|nội dung|những|các|số liệu|mức độ|kế hoạch|vấn đề|quá trình|hiệu quả"
    "|chất lượng|danh sách|khó khăn|vướng mắc|toàn bộ|mọi|phần việc|nhiệm vụ"
)
# "gửi Ban Chỉ đạo| hồ sơ", "… Ban Chỉ đạo| thanh toán": no name goes on so
_GIVEN = spaced(rf"\s+(?:{_REPORTED}|hồ sơ|báo cáo|văn bản|chứng từ|thanh toán|quyết toán|nghiệm thu)(?!\w)")
# " quốc gia về tìm kiếm cứu nạn", " Trung ương về phòng, chống tham nhũng", " 389", " theo Quyết định số 12/QĐ-UBND",
# " số 02"
_MATTER = spaced(
    r"\s+số\s\d{1,2}(?![\w/-])|\s+[Tt]heo [Qq]uyết định số\s\S{3,30}"
    r"|\s+\d{2,4}\s?/?\s?(?:[Qq]uốc gia|[Tt]rung ương|TW|TƯ)(?!\w)"
    r"|(?:\s+(?:[Qq]uốc gia|[Tt]rung ương|TW|[Nn]hà nước|của Chính phủ)(?!\w))?(?:\s+\d{2,4}(?![\w/]))?"
    rf"(?:\s+(?:về(?!\s+(?:{_REPORTED})(?!\w))|[Pp]hòng,? chống)"
    r"\s[^;.:()\n]{3,120}?"
    r"(?=\s+(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|tổ chức|ban hành|hướng dẫn|báo cáo|xem xét|quyết định"
    r"|định kỳ|thường xuyên|để|đã|sẽ|được|tiếp tục|chỉ đạo|họp|làm việc|có nhiệm vụ|có chức năng"
    r"|(?:và\s+)?(?:các|thủ trưởng|giám đốc|chủ tịch|người đứng đầu))(?!\w)"
    r"|[;.:()\n]|,\s*[A-ZĐ]|,\s*(?:do|gồm|với) |$)"
    r"|\s+(?:thực hiện|hỗ trợ|xây dựng|cải cách|chuyển đổi số|giảm nghèo|phổ cập)(?:\s[^;.:,()\n]{3,90}?)?"
    r"(?=\s+(?:các\s+)?(?:tỉnh|huyện|quận|thành phố|xã|phường)(?!\w)))?"
)
# "Ban Chỉ đạo |Nhà nước các công trình trọng điểm| (sau đây gọi tắt là Ban Chỉ đạo)"
_CALLED = spaced(
    r"(?P<full>(?P<short>Ban [Cc]hỉ đạo|Tổ công tác|Tổ giúp việc|Ban Chỉ huy) (?:(?!Ban Chỉ|Tổ )[^;.:()]){6,220}?)\s*"
    r"\((?:(?:sau|dưới|từ) đây )?(?:được )?(?:viết|gọi)(?: chung)?(?: tắt)?(?: là)?:? [“\"']?(?P=short)[”\"']?\)"
)
# "Về việc thành lập |Ban Chỉ đạo phòng bệnh dại| tỉnh Hà Nam"
_SETS_UP = spaced(
    r"(?:[Tt]hành lập|[Kk]iện toàn)\s(?P<full>(?P<head>Ban Chỉ đạo|Tổ công tác)\s"
    r"(?!tỉnh|huyện|quận|thành phố|xã|phường|của)"
    r"[^;.:()“”\"]{4,120}?)(?=\s*(?:$|[;.:(]|,\s|\s(?:tỉnh|huyện|quận|thành phố|xã(?!\shội)|phường|trên địa bàn"
    r"|giai đoạn|năm|nhiệm kỳ|và\s(?:ban hành|Tổ|Quy chế))(?!\w)))"
)
_OF_TW = re.compile(r"(\d)\s?/?\s?T[WƯ](?!\w)")  # "127TW", "127/TW"
_CITED = spaced(r"(?<!\w)(?:số|ngày) ?:? ?\d")  # "Quyết định |số 12|/QĐ-UBND": another document
_BETWEEN = re.compile(r"[\W_]+")
_SET_UP = ("Ban Chỉ đạo", "Tổ công tác")  # boards that documents are about
_ABOUT = " về "
_OF_THE_CENTRE = (" quốc gia", " trung ương", " nhà nước")
_OF_THE_GOVERNMENT = " của chính phủ"


@cache
def _matters() -> re.Pattern[str]:
    """What a board is for where that follows its head at once: " phòng thủ dân sự", " chuyển đổi số quốc gia"."""
    known = sorted(lexicon("agencies")["board_matters"], key=len, reverse=True)
    either = "|".join(words.replace(",", ",?") for words in known)
    return spaced(
        rf"(?: (?:quốc gia|trung ương|TW))?"
        rf" (?:(?:về )?(?:{either})(?:(?:,| và|,? và) (?:{either})){{0,5}}"
        r"(?: (?:quốc gia|trung ương|TW|của Chính phủ|trong các cơ quan (?:của )?Đảng))?"
        r"|(?:phong trào|cuộc vận động) [“\"][^”\"\n]{3,110}[”\"])(?!\w)",
        re.IGNORECASE,
    )


def board_name(view: Passage, match: HeadMatch) -> tuple[str, int] | None:
    """The name of a board, spelt out, and where it ends; None for a head that tells nothing alone ("Ban Chỉ huy").

    A short name ("Ban Chỉ đạo Trung ương", "Ban Chỉ huy") stands for the only full one of the text.
    """
    words, end = _printed(view, match)
    if _ABOUT not in words and (words != match.head.name or not match.head.bare):
        full = {lowered(name): name for name in _full_boards(view) if name.startswith(f"{words} ")}
        words = next(iter(full.values())) if len(full) == 1 else words
    return None if words == match.head.name and not match.head.bare else (words, end)


def ends_board(view: Passage, match: HeadMatch) -> bool:
    """Whether a head of a board has no more of a name behind it ("báo cáo Ban Chỉ đạo |kết quả dọn kênh")."""
    return match.head.continues == "board" and _GIVEN.match(view.low, match.end) is not None


def board_called(text: str) -> tuple[str, str] | None:
    """The head that a text says it uses for a board, with the board's full name; None where it says so of none."""
    called = _CALLED.search(text)
    return (spell_out(called["short"]), spell_out(called["full"])) if called else None


def board_titled(title: str, view: Passage, *, central: bool) -> tuple[str, str] | None:
    """The head and the full name of a board that the title sets up, or of the only one that both it and the text name.

    In such a document ("Quy chế hoạt động của Ban Chỉ đạo …") the head alone is that board. One of the centre is so
    only in the centre's own documents, and one behind another document's symbol is not: "thực hiện Kế hoạch số
    12-KH/BCĐ của Ban Chỉ đạo Trung ương về …".
    """
    if set_up := _SETS_UP.search(title):
        return " ".join(set_up["head"].split()), " ".join(set_up["full"].split())
    cited = _CITED.search(title)
    key = _key(title[: cited.start()] if cited else title)
    titled = sorted({n for n in _full_boards(view) if n.startswith(_SET_UP) and _key(n) in key}, key=len)
    if not titled or any(_key(name) not in _key(titled[-1]) for name in titled):
        return None
    head = next(h for h in _SET_UP if titled[-1].startswith(h))
    theirs = is_of_the_centre(titled[-1], Head(head, "ban chỉ đạo", "board")) and not central
    return None if theirs else (head, titled[-1])


def _key(words: str) -> str:
    """Letters and digits alone, small: titles are printed with other capitals and dashes than the text."""
    return _BETWEEN.sub("", words.lower())


def _full_boards(view: Passage) -> tuple[str, ...]:
    """The names of a text's boards that tell what these are for."""
    if view.boards is None:
        found = [(m.head.name, _printed(view, m)[0]) for m in view.heads if m.head.continues == "board"]
        view.boards = tuple(dict.fromkeys(name for head, name in found if _is_full(head, name)))
    return view.boards


def _is_full(head: str, name: str) -> bool:
    return _ABOUT in name or bool(_matters().match(name, len(head)))


def _printed(view: Passage, match: HeadMatch) -> tuple[str, int]:
    found = _matters().match(view.text, match.end) or _MATTER.match(view.text, match.end)
    end = found.end() if found else match.end
    matter = _OF_TW.sub(r"\1 Trung ương", view.text[match.end : end])
    return " ".join([match.head.name, *spell_out(matter, view.explained).split()]), end


def is_of_the_centre(words: str, head: Head) -> bool:
    """Whether a board is the country's: "Ban Chỉ đạo Trung ương về …", "Ban Chỉ đạo phòng thủ dân sự quốc gia"."""
    matter = words.removeprefix(head.name).lower().removesuffix("mục tiêu quốc gia")
    return matter.startswith((*_OF_THE_CENTRE, _OF_THE_GOVERNMENT)) or matter.endswith(
        (*_OF_THE_CENTRE, _OF_THE_GOVERNMENT)
    )
