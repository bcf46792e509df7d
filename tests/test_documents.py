from pathlib import Path

import pytest
import yaml

from ingest.citing.documents import find_documents
from ingest.naming.agencies import Scope
from ingest.outlining.outline import outline
from ingest.record import Attached, CitedDocument, Found, Header
from ingest.symbols import find_symbols
from ingest.text import CleanText

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "documents.yaml").read_text("utf-8"))
TITLES = yaml.safe_load((Path(__file__).parent / "cases" / "cited_titles.yaml").read_text("utf-8"))
THAI_BINH = {"place": ["tỉnh Thái Bình"], "level": "tỉnh"}


def cited(text: str, header: Header | None = None, scope: dict | None = None) -> list[CitedDocument]:
    of = scope or THAI_BINH
    clean = CleanText(text)
    return find_documents(clean, outline(clean), header or Header(), Scope(place=tuple(of["place"]), level=of["level"]))


def shown(document: CitedDocument, like: str) -> str:
    """The document in the form of a row, with as many parts as the row has; "-" stands for what is not known."""
    values = (document.key, document.type, document.issued_on, document.issuer)
    wanted = [part.strip() for part in like.split("|")]
    return " | ".join(str(value or "-") if part else "" for value, part in zip(values, wanted, strict=False))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_cited_documents(case: dict) -> None:
    found = cited(case["text"], scope=case.get("scope"))
    wanted = case["documents"]
    assert [d.key for d in found] == [w.split("|")[0].strip() for w in wanted]
    assert [shown(d, w) for d, w in zip(found, wanted, strict=True)] == [
        " | ".join(part.strip() for part in w.split("|")) for w in wanted
    ]
    if "mentions" in case:
        assert [len(d.mentions) for d in found] == case["mentions"]


@pytest.mark.parametrize("case", TITLES, ids=lambda c: c["text"][:60])
def test_titles_of_cited_documents(case: dict) -> None:
    assert [d.title for d in cited(case["text"]) if "/" in d.key] == case["titles"]


def test_offsets_and_anchor_are_the_texts_own() -> None:
    text = "Theo   Quyết định số\n 7/QĐ-UBND ngày 3/2/2019 của UBND tỉnh về việc thành lập Ban Quản lý các bến phà"
    (found,) = cited(text)
    assert text[found.start : found.end] == "Quyết định số\n 7/QĐ-UBND ngày 3/2/2019 của UBND tỉnh"
    assert found.anchor.startswith("Quyết định số 7/QĐ-UBND ngày 3/2/2019")
    assert 40 <= len(found.anchor) <= 80
    assert found.mentions == ((found.start, found.end),)


def test_what_is_implied_is_said_to_be() -> None:
    printed, implied = cited("Quyết định số 1/QĐ-TTg của Thủ tướng Chính phủ và Quyết định số 2/QĐ-TTg")
    assert printed.inferred == ()
    assert implied.inferred == ("issuer", "level", "place")
    assert implied.issuer == "Thủ tướng Chính phủ"
    assert implied.place == ()


def test_the_partys_centre_is_known_without_its_body() -> None:
    (found,) = cited("Nghị quyết số 11-NQ/TW ngày 3/6/2017")
    assert (found.issuer, found.level, found.place) == (None, "trung ương", ())
    assert found.inferred == ("level", "place")


def test_a_plan_of_nobody_in_particular_has_no_place() -> None:
    (found,) = cited("Kế hoạch số 6/KH-UBND", scope={"place": ["tỉnh Thái Bình", "huyện Vũ Thư"], "level": "huyện"})
    assert (found.issuer, found.level, found.place) == (None, None, ("?",))


def test_a_law_is_no_younger_than_what_names_it() -> None:
    header = Header(type="Quyết định", symbol="15/QĐ-TTg", issued_on="2014-01-10")
    laws = cited("Luật Giá 01/7/2014\n\nLuật Điện ảnh ngày 15/6/2006", header)
    assert [(law.key, law.issued_on) for law in laws] == [("Luật Giá", None), ("Luật Điện ảnh", "2006-06-15")]


def test_a_document_does_not_cite_itself() -> None:
    header = Header(type="Kế hoạch", symbol="15/KH-UBND")
    assert cited("Kế hoạch số 15/KH-UBND ngày 2/2/2022 có 03 phụ lục", header) == []


def test_the_decision_that_carries_a_plan_is_another_document() -> None:
    header = Header(type="Quyết định", symbol="15/QĐ-UBND", attached=Attached(type="Kế hoạch", title="", start=0))
    found = cited("KẾ HOẠCH\nTrồng rừng\n(Kèm theo Quyết định số 15/QĐ-UBND ngày 2/2/2022)", header)
    assert [d.key for d in found] == ["15/QĐ-UBND"]


def test_the_number_and_the_day_that_a_plan_leaves_open_are_its_decision_s() -> None:
    plan = Attached(type="Kế hoạch", title="", start=0)
    header = Header(type="Quyết định", symbol="15/QĐ-UBND", issued_on="2022-02-02", attached=plan)
    (found,) = cited("KẾ HOẠCH\nTrồng rừng\n(Kèm theo Quyết định số      /QĐ-UBND ngày     tháng    năm 2022)", header)
    assert (found.key, found.issued_on) == ("15/QĐ-UBND", "2022-02-02")


def test_what_a_decision_approves_in_its_title_is_itself() -> None:
    text = (
        "QUYẾT ĐỊNH\nVề việc phê duyệt Đề án phát triển chợ nổi giai đoạn 2021-2025\n\n"
        "Căn cứ Luật Giá;\n\nĐiều 1. Phê duyệt Đề án phát triển chợ nổi giai đoạn 2021-2025."
    )
    assert [d.key for d in cited(text, Header(type="Quyết định", symbol="15/QĐ-UBND"))] == ["Luật Giá"]


def test_a_number_at_an_annex_does_not_tell_where_the_document_begins() -> None:
    text = "Thực hiện Chỉ thị số 4/CT-TTg ngày 3/4/2020.\n\nPHỤ LỤC\n(Kèm theo Công văn số 63/SCT-NM)"
    at = Found(start=text.index("63/"), end=len(text) - 1, rule="annex line", confidence=0.85)
    assert [d.key for d in cited(text, Header(type="Công văn", symbol="63/SCT-NM", found={"symbol": at}))] == [
        "4/CT-TTg"
    ]


@pytest.mark.parametrize("text", ["", "9" * 5000, "số " * 3000, "Nghị quyết " * 3000, "“" * 4000, "1/KH-UBND, " * 2000])
def test_any_text_is_read(text: str) -> None:
    assert isinstance(cited(text), list)


def test_a_symbol_knows_its_parts() -> None:
    (symbol,) = find_symbols("theo số 04/2021/TTr-BKHCN-BTTTT")
    assert (symbol.number, symbol.year, symbol.bodies) == ("4", "2021", ("BKHCN", "BTTTT"))
    assert symbol.kind is not None
    assert symbol.kind.name == "Tờ trình"
