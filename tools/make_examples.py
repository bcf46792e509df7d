"""Make the Word and PDF documents of examples/ out of the texts in tools/example_sources.

Run by a maintainer after changing one of those texts; the files are committed:

    python tools/make_examples.py [--font-dir DIR]

A text is named <folder>--<document>.<ending>.yaml and gives `left` and `right` (lines of the letterhead's columns),
`title`, `body`, `recipients` and `signature`. An item of the body is a paragraph, or {h1: …} ("I."), {h2: …} ("1."),
{bullet: …} ("-") or {table: rows}. Word numbers them itself, as real documents do: no number stands in the text.
The same text gives the same bytes. The PDF embeds a font that has Vietnamese letters (DejaVu Serif).
"""

from __future__ import annotations

import argparse
import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.table import _Cell
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

SOURCES = Path(__file__).parent / "example_sources"
EXAMPLES = Path(__file__).parent.parent / "examples"
EPOCH = datetime.datetime(2023, 1, 1, tzinfo=datetime.UTC)
ROMAN = ("I", "II", "III", "IV", "V", "VI")

Source = dict[str, Any]

# Two lists, as people make them: "I." with "1." under it (beginning again under each), and bullets.
_LISTS = {"h1": (90, 0), "h2": (90, 1), "bullet": (91, 0)}
_NUMBERING = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="90">
  <w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="91">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum>
<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>
<w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>
</w:numbering>"""


def fill(cell: _Cell, lines: list[str], bold: bool = True) -> None:
    """Write centred lines into a cell of the letterhead or the signature, one paragraph each."""
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = bold and line.isupper()


def add_item(document: WordDocument, kind: str, text: str) -> None:
    """A paragraph that Word numbers by itself."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = kind == "h1"
    number, level = _LISTS[kind]
    numbering = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    paragraph._p.get_or_add_pPr().append(numbering)


def add_table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0


def word(source: Source) -> bytes:
    """The document as a .docx."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = EPOCH
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    numbering = document.part.numbering_part.element
    numbering.clear()
    for definition in list(parse_xml(_NUMBERING)):
        numbering.append(definition)

    head = document.add_table(rows=1, cols=2).rows[0].cells
    fill(head[0], source["left"])
    fill(head[1], source["right"])
    for line in source["title"]:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    for item in source["body"]:
        if isinstance(item, str):
            document.add_paragraph(item)
            continue
        ((kind, content),) = item.items()
        if kind == "table":
            add_table(document, content)
        else:
            add_item(document, kind, content)
    foot = document.add_table(rows=1, cols=2).rows[0].cells
    foot[0].paragraphs[0].add_run("Nơi nhận:").bold = True
    for line in source["recipients"]:
        foot[0].add_paragraph(f"- {line}")
    fill(foot[1], source["signature"])
    return _same_time_everywhere(document)


def _same_time_everywhere(document: WordDocument) -> bytes:
    """The file with the same time on every part, so that the same text gives the same bytes."""
    made = io.BytesIO()
    document.save(made)
    result = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts.infolist():
            archive.writestr(
                zipfile.ZipInfo(part.filename, EPOCH.timetuple()[:6]), parts.read(part), zipfile.ZIP_DEFLATED
            )
    return result.getvalue()


def pdf(source: Source, font_dir: Path) -> bytes:
    """The document as a PDF with a text layer."""
    pdfmetrics.registerFont(TTFont("Serif", font_dir / "DejaVuSerif.ttf"))
    pdfmetrics.registerFont(TTFont("Serif-Bold", font_dir / "DejaVuSerif-Bold.ttf"))
    text = ParagraphStyle("text", fontName="Serif", fontSize=11, leading=16, alignment=TA_JUSTIFY, spaceAfter=5)
    bold = ParagraphStyle("bold", text, fontName="Serif-Bold")
    centred = ParagraphStyle("centred", bold, fontSize=10, leading=15, alignment=TA_CENTER)
    small = ParagraphStyle("small", text, fontSize=9, leading=12, spaceAfter=0)

    def columns(left: list[Flowable], right: list[Flowable]) -> Table:
        return Table([[left, right]], [7 * cm, 10 * cm], style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))

    flow: list[Flowable] = [
        columns([Paragraph(x, centred) for x in source["left"]], [Paragraph(x, centred) for x in source["right"]]),
        Spacer(1, 12),
        *(Paragraph(x, centred) for x in source["title"]),
        Spacer(1, 8),
    ]
    sections = items = 0
    for item in source["body"]:
        if isinstance(item, str):
            flow.append(Paragraph(item, text))
            continue
        ((kind, content),) = item.items()
        if kind == "h1":
            sections, items = sections + 1, 0
            flow.append(Paragraph(f"{ROMAN[sections - 1]}. {content}", bold))
        elif kind == "h2":
            items += 1
            flow.append(Paragraph(f"{items}. {content}", text))
        else:
            flow.append(Paragraph(f"- {content}", text))
    recipients = [Paragraph("Nơi nhận:", small), *(Paragraph(f"- {x}", small) for x in source["recipients"])]
    flow += [Spacer(1, 10), columns(recipients, [Paragraph(x, centred) for x in source["signature"]])]

    made = io.BytesIO()
    template = SimpleDocTemplate(made, pagesize=A4, leftMargin=2.5 * cm, rightMargin=1.5 * cm, invariant=1)
    template.build(flow, onLaterPages=lambda canvas, page: canvas.drawCentredString(A4[0] / 2, 28 * cm, str(page.page)))
    return made.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--font-dir", type=Path, default=Path("/usr/share/fonts/truetype/dejavu"))
    font_dir = parser.parse_args().font_dir
    for path in sorted(SOURCES.glob("*.yaml")):
        source: Source = yaml.safe_load(path.read_text(encoding="utf-8"))
        target = EXAMPLES / path.stem.replace("--", "/")
        target.write_bytes(word(source) if target.suffix == ".docx" else pdf(source, font_dir))
        print(target.relative_to(EXAMPLES.parent))


if __name__ == "__main__":
    main()
