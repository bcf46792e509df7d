"""What a document says does not hang on how it is set: its facts are the same under other bullets and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from graph.spelling import fold
from ingest.extract import extract
from ingest.reading.read import SourceText, read
from ingest.record import GIAO_ROLES, Record
from tests.conftest import EXAMPLES

Restyle = Callable[[str], str]

DIRECTIVE = """
ỦY BAN NHÂN DÂN
TỈNH TRÀ VINH

Số: 9/CT-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Trà Vinh, ngày 14 tháng 3 năm 2022

CHỈ THỊ
Về việc giữ nước ngọt trong mùa khô

Thực hiện Công điện số 71/CĐ-TTg ngày 02/3/2022 của Thủ tướng Chính phủ, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Nông nghiệp và Phát triển nông thôn

a) Chủ trì, phối hợp với Sở Tài chính mua thêm máy bơm trước ngày 30/4/2022;

b) Báo cáo Ủy ban nhân dân tỉnh kết quả vào ngày 25 hằng tháng.

2. UBND các huyện, thị xã, thành phố

a) Đắp đập tạm ở đầu các kênh;

b) Ban hành kế hoạch chở nước cho hộ nghèo, hoàn thành trong tháng 4/2022.

3. Đài Phát thanh và Truyền hình tỉnh đưa tin về độ mặn mỗi ngày.

Nơi nhận:
- Thủ tướng Chính phủ;
- Sở Tài chính;
- UBND các huyện, thị xã, thành phố;
- Lưu: VT.

CHỦ TỊCH

Lê Thị Hoà
"""

PLAN = """
ỦY BAN NHÂN DÂN
HUYỆN CẦU KÈ

Số: 77/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Cầu Kè, ngày 8 tháng 6 năm 2022

KẾ HOẠCH
Dạy bơi cho trẻ em trong dịp hè

Căn cứ Kế hoạch số 31/KH-UBND ngày 20/5/2022 của UBND tỉnh Trà Vinh;

I. MỤC TIÊU

- Ít nhất 60% trẻ em từ 8 tuổi biết bơi vào năm 2024.

II. NHIỆM VỤ

1. Phòng Giáo dục và Đào tạo

- Chủ trì, phối hợp với Huyện đoàn mở lớp dạy bơi trước ngày 15/7/2022.

- Xây dựng kế hoạch thuê hồ bơi trong tháng 6/2022.

2. UBND các xã, thị trấn

- Cắm biển ở các bến sông sâu.

- Báo cáo Phòng Giáo dục và Đào tạo trước ngày 20/8/2022.

Nơi nhận:
- UBND tỉnh;
- Huyện đoàn;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Văn Thuỷ
"""


def lines(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Restyle:
    """Another head for all lines that begin so."""
    head = re.compile(pattern, re.MULTILINE)
    return lambda text: head.sub(new, text)


def bullets(sign: str) -> Restyle:
    return lambda text: text if re.search(r"^[+•]", text, re.MULTILINE) else lines(r"^- (?=\S)", f"{sign} ")(text)


def outside_tables(change: Restyle) -> Restyle:
    """The change of every line that is no row of a table."""
    return lambda text: "\n".join(line if "|" in line else change(line) for line in text.split("\n"))


def with_page_numbers(printed: str) -> Restyle:
    """A page's number behind every tenth line that ends a sentence, outside tables."""

    def change(text: str) -> str:
        found: list[str] = []
        for number, line in enumerate(text.split("\n")):
            found.append(line)
            if number % 10 == 0 and line.endswith((".", ";")) and "|" not in line:
                found += ["", printed.format(len(found) // 10 + 1), ""]
        return "\n".join(found)

    return change


STYLES: dict[str, Restyle] = {
    **{f"bullets {sign}": bullets(sign) for sign in "–—•·▪+"},
    **{f"numbers 1{sign}": lines(r"^(\**\d{1,2})\. (?=\S)", rf"\1{sign} ") for sign in (")", "/", "-", " .")},
    **{f"numbers I{sign}": lines(r"^(\**[IVX]{1,4})\. (?=\S)", rf"\1{sign} ") for sign in ("/", " -", ")")},
    **{f"letters a{sign}": lines(r"^([a-zđ])\) (?=\S)", rf"\1{sign} ") for sign in (".", "/")},
    "letters (a)": lines(r"^([a-zđ])\) (?=\S)", r"(\1) "),
    "articles with a colon": lines(r"^(\**Điều \d+)\. ", r"\1: "),
    "tabs behind markers": lines(r"^(-|\d{1,2}\.|[IVX]{1,4}\.|[a-zđ]\)) ", "\\1\t"),
    "indented": outside_tables(lines(r"^(?=-|\d{1,2}\. |[a-zđ]\) )", "    ")),
    "doubled spaces": outside_tables(lambda line: re.sub(r"(?<=\w) (?=\w+ \w+ \w+ \w+$)", "  ", line)),
    "lines of Windows": lambda text: text.replace("\n", "\r\n"),
    "marks apart from letters": lambda text: unicodedata.normalize("NFD", text),
    "old tone marks": lambda text: re.sub(r"òa\b", "oà", re.sub(r"(?<!q)úy\b", "uý", text)).replace("ủy", "uỷ"),
    "no semicolons": outside_tables(lines(r";$", "")),
    "capitals in headings": lines(r"^\**[IVX]{1,4}\. .*$", lambda heading: heading[0].upper()),
    "bold headings": lines(r"^[IVX]{1,4}\. .*$", r"**\g<0>**"),
    "headings of Markdown": lines(r"^\**([IVX]{1,4}\. [^*\n]*?)\**$", r"## \1"),
    "recipients in one line": lines(r"^Nơi nhận:\n- (.*;)\n- (.*;)\n- (.*;)\n- (.*)$", r"Nơi nhận: \1 \2 \3 \4"),
    "page numbers": with_page_numbers("{}"),
    "page numbers in dashes": with_page_numbers("- {} -"),
    "page numbers in words": with_page_numbers("Trang {}/12"),
}


@cache
def sources() -> dict[str, SourceText]:
    examples = {path.name: read(path) for path in EXAMPLES.glob("*/*") if path.suffix != ".pdf"}
    first = next(iter(examples.values()))
    own = {name: replace(first, text=text) for name, text in (("directive", DIRECTIVE), ("plan", PLAN))}
    return {**own, **examples}


def facts(record: Record) -> dict[str, object]:
    """What a record says, however the passages are spelt that say it."""
    header = record.header
    keys = {"this": "this", **{d.ref: fold(d.key) for d in record.documents}}
    return {
        "header": [header.type, header.symbol, header.issued_on, header.level, header.signer_position],
        "names": [fold(name or "") for name in (header.issuer, header.title, header.signer)],
        "recipients": [fold(agency.name) for agency in record.recipients],
        "documents": [(fold(d.key), d.type, d.issued_on, fold(d.issuer or "")) for d in record.documents],
        "relations": sorted((keys[r.source], r.type, keys[r.target]) for r in record.relations),
        "tasks": [
            [t.deadline, t.recurrence, t.requires_plan]
            + [[fold(a) for a in t.agencies(*roles)] for roles in (GIAO_ROLES, ("phối hợp",), ("báo cáo",))]
            for t in record.tasks
        ],
        "targets": [(t.comparator, t.value, t.unit, t.by) for t in record.targets],
    }


@cache
def facts_as_printed(name: str) -> dict[str, object]:
    return facts(extract(sources()[name], name)[1])


def test_the_texts_say_something() -> None:
    for name in ("directive", "plan"):
        assert all(facts_as_printed(name)[kind] for kind in ("recipients", "documents", "relations", "tasks"))


@pytest.mark.parametrize("style", STYLES)
def test_the_facts_are_the_same_in_another_style(style: str) -> None:
    restyled = 0
    for name, source in sources().items():
        text = STYLES[style](source.text)
        if text == source.text:
            continue
        restyled += 1
        assert facts(extract(replace(source, text=text), name)[1]) == facts_as_printed(name), name
    assert restyled
