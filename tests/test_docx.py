import io
import zipfile
from pathlib import Path

import docx
import pytest
import yaml

from graph.errors import ReadError
from ingest.cleaning.clean import clean
from ingest.reading import docx as reading
from ingest.reading.docx import read_docx
from ingest.reading.word_numbering import figure
from tests.word_file import list_level, numbered, word_file

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", yaml.safe_load((CASES / "docx.yaml").read_text("utf-8")), ids=lambda c: c["name"])
def test_a_body_becomes_markdown(case: dict) -> None:
    assert read_docx(word_file(case["body"]), "x.docx") == case["markdown"]


@pytest.mark.parametrize(
    "case", yaml.safe_load((CASES / "word_numbers.yaml").read_text("utf-8")), ids=lambda c: c["name"]
)
def test_lists_are_numbered_as_word_prints_them(case: dict) -> None:
    levels = "".join(list_level(i, *level) for i, level in enumerate(case["levels"]))
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = "".join(numbered("Sở", level) for level in case["paragraphs"])
    lines = read_docx(word_file(body, numbering), "x.docx").split("\n\n")
    assert lines == [f"{printed} Sở".strip() for printed in case["printed"]]


ONE_LIST = f'<w:abstractNum w:abstractNumId="0">{list_level(0, "decimal", "%1.")}</w:abstractNum>'
LIST_1 = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def test_two_instances_of_a_list_go_on_counting_unless_one_starts_anew() -> None:
    numbering = ONE_LIST + LIST_1 + '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    numbering += '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    numbering += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = "".join(numbered("a", list_id=i) for i in (1, 1, 2, 3, 3))
    assert read_docx(word_file(body, numbering), "x").split() == ["1.", "a", "2.", "a", "3.", "a", "1.", "a", "2.", "a"]


def test_a_style_gives_number_bold_and_heading() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Goc"><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Goc"/></w:style>'
    )
    body = '<w:p><w:pPr><w:pStyle w:val="Muc"/></w:pPr><w:r><w:t>MỤC ĐÍCH</w:t></w:r></w:p>'
    assert read_docx(word_file(body, ONE_LIST + LIST_1, styles), "x") == "# **1. MỤC ĐÍCH**"


def test_a_paragraph_can_leave_the_list_of_its_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="M"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="M"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    )
    assert read_docx(word_file(body, ONE_LIST + LIST_1, styles), "x") == "a"


def test_an_empty_paragraph_is_numbered_as_word_does_it() -> None:
    body = numbered("a") + numbered("") + numbered("b")
    assert read_docx(word_file(body, ONE_LIST + LIST_1), "x") == "1. a\n\n2.\n\n3. b"


def test_the_numbers_of_rows_stand_in_empty_paragraphs() -> None:
    row = f"<w:tr><w:tc>{numbered('')}</w:tc><w:tc><w:p><w:r><w:t>Sở</w:t></w:r></w:p></w:tc></w:tr>"
    text = read_docx(word_file(f"<w:tbl>{row}{row}</w:tbl>", ONE_LIST + LIST_1), "x")
    assert text == "| 1. | Sở |\n|---|---|\n| 2. | Sở |"


def test_an_empty_bullet_is_nothing() -> None:
    bullets = f'<w:abstractNum w:abstractNumId="0">{list_level(0, "bullet", "-")}</w:abstractNum>'
    assert read_docx(word_file(numbered("") + numbered("a"), bullets + LIST_1), "x") == "- a"


@pytest.mark.parametrize(("count", "style", "printed"), [(27, "lowerLetter", "aa"), (1994, "upperRoman", "MCMXCIV")])
def test_figures(count: int, style: str, printed: str) -> None:
    assert figure(count, style) == printed


def test_a_file_of_python_docx() -> None:
    made = docx.Document()
    made.add_heading("KẾ HOẠCH", level=1)
    made.add_paragraph("Tiêm phòng cho đàn lợn", style="List Number")
    made.add_paragraph("Khử trùng chuồng trại", style="List Number")
    made.add_paragraph("Sở Y tế", style="List Bullet")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Xã", "An Lạc"
    stream = io.BytesIO()
    made.save(stream)
    assert clean(read_docx(stream.getvalue(), "x")).text == (
        "KẾ HOẠCH\n\n1. Tiêm phòng cho đàn lợn\n\n2. Khử trùng chuồng trại\n\n• Sở Y tế\n\nXã\tAn Lạc\n"
    )


def test_printed_signs_come_out_of_the_cleaner_as_they_were() -> None:
    printed = "5 * 6 &lt;b&gt; a|b __x__ &amp;amp; \\ [a](b) _"
    markdown = read_docx(word_file(f"<w:p><w:r><w:t>{printed}</w:t></w:r></w:p>"), "x")
    assert clean(markdown).text == "5 * 6 <b> a|b __x__ &amp; \\ [a](b) _"


def package(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("body", "numbering"),
    [
        ('<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999999999"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>', ""),
        ('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>', ""),
        (
            numbered("a"),
            f'<w:abstractNum w:abstractNumId="0">{list_level(0, "lowerLetter", "%1.")}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="99999999999999"/>'
            '</w:lvlOverride><w:lvlOverride w:ilvl="99"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
        ),
    ],
    ids=["a row set far in", "a cell over many columns", "a letter far down the alphabet"],
)
def test_hostile_numbers_take_no_memory(body: str, numbering: str) -> None:
    assert len(read_docx(word_file(body, numbering), "x")) < 1000


WHOLE = word_file("<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p>" * 50)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (WHOLE[: len(WHOLE) // 2], "a broken DOCX"),
        (WHOLE[:40] + bytes(30) + WHOLE[70:], "a broken DOCX"),
        (package(xl__workbook="<x/>"), "a zip archive without a Word document"),
        (package(word__document="<w:document"), "a broken DOCX"),
        (package(word__document="<document/>"), "no body"),
        (
            package(word__document="<document><body>" + "<sdt>" * 5000 + "</sdt>" * 5000 + "</body></document>"),
            "broken",
        ),
    ],
    ids=["cut short", "damaged", "a workbook", "broken XML", "no body", "nested without end"],
)
def test_what_is_no_word_document_is_one_clear_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_docx(data, "ke-hoach.docx")
    assert caught.value.message.startswith("ke-hoach.docx: ")
    assert "\n" not in str(caught.value)


def test_a_part_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_XML", 2000)
    with pytest.raises(ReadError, match="unpacks to more than"):
        read_docx(word_file("<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p>" * 50), "x")
