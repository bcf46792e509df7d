"""A small cascade of made-up papers, each in two versions, and a graph of them as bytes."""

from __future__ import annotations

from io import BytesIO

from graph.model import Graph
from graph.serialise import write

DIRECTIVE = """BAN BÍ THƯ
Số: 21-CT/TW
Hà Nội, ngày 04 tháng 5 năm 2023

CHỈ THỊ
về trồng nấm rơm {what}

1. Các tỉnh ủy, thành ủy ban hành kế hoạch thực hiện trước ngày 30/6/2023.
"""
PROVINCE = """ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG
Số: 75/KH-UBND
Bắc Giang, ngày 12 tháng 6 năm 2023

KẾ HOẠCH
Thực hiện Chỉ thị số 21-CT/TW ngày 04/5/2023 của Ban Bí thư về trồng nấm rơm

1. Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Tài chính {what} trước ngày 30/9/2023.
2. Ủy ban nhân dân các huyện, thành phố ban hành kế hoạch.
"""
DISTRICT = """ỦY BAN NHÂN DÂN
HUYỆN YÊN DŨNG
Số: 7/KH-UBND
Yên Dũng, ngày 02 tháng 8 năm 2023

KẾ HOẠCH
Thực hiện Kế hoạch số 75/KH-UBND {day}của Ủy ban nhân dân tỉnh Bắc Giang về trồng nấm rơm

1. Phòng Nông nghiệp và Phát triển nông thôn: Rà soát {what}.
2. Đề nghị Huyện đoàn phối hợp; thực hiện Chỉ thị số 21-CT/TW của Ban Bí thư.
"""
TEXTS = {
    "chi-thi.txt": [DIRECTIVE.format(what="trên cả nước"), DIRECTIVE.format(what="trong tình hình mới")],
    "tinh.txt": [PROVINCE.format(what="mở lớp"), PROVINCE.replace("75/KH", "57/KH").format(what="mua giống")],
    "huyen.txt": [DISTRICT.format(what="chuồng trại", day="ngày 12/6/2023 "), DISTRICT.format(what="kho bãi", day="")],
    "xa.txt": [
        DISTRICT.replace("HUYỆN YÊN DŨNG", "XÃ ĐỒNG PHÚC").format(what="đất", day="năm 2023 "),
        DISTRICT.format(what="bờ thửa", day="ngày 12/6/2023 "),  # the same document as huyen.txt
    ],
}


def exported(graph: Graph) -> bytes:
    stream = BytesIO()
    write(graph, "json", stream)
    return stream.getvalue()
