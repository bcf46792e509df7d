"""PDF files for tests, with a text layer in Vietnamese."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import reportlab
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0  # A4 in points
SIZE = 12.0
_FONTS = {"Vera": "Vera.ttf", "Vera-Bold": "VeraBd.ttf", "Vera-Italic": "VeraIt.ttf"}

Text = tuple[float, float, str]
"""Where a line begins (from the left and from the top, in points), and its words; "**…**" is bold."""


def _register() -> None:
    """Give the fonts that reportlab ships the letters of Vietnamese.

    They are drawn without their marks, which no test looks at; the text layer has them whole.
    """
    for name, file in _FONTS.items():
        font = TTFont(name, str(Path(reportlab.__file__).parent / "fonts" / file))
        face = font.face
        for code in [*range(0x100, 0x1B1), *range(0x1EA0, 0x1EFA)]:
            plain = ord(unicodedata.normalize("NFD", chr(code))[0].translate({0x111: "d", 0x110: "D"}))
            if code not in face.charToGlyph and plain in face.charToGlyph:
                face.charToGlyph[code] = face.charToGlyph[plain]
                face.charWidths[code] = face.charWidths[plain]
        pdfmetrics.registerFont(font)


def width(text: str) -> float:
    """How wide a line of the plain font is, in points."""
    _register()
    return float(pdfmetrics.stringWidth(text, "Vera", SIZE))


def pdf_file(
    pages: Sequence[Sequence[Text]],
    grids: Sequence[tuple[list[float], list[float]]] = (),
    password: str = "",
    scanned: bool = False,
) -> bytes:
    """A PDF file.

    Args:
        pages: the lines of each page.
        grids: a table for each page, as the places of its upright lines and of its level ones.
        password: encrypts the file, if given.
        scanned: whether a picture covers each page.
    """
    _register()
    stream = io.BytesIO()
    canvas = Canvas(stream, (WIDTH, HEIGHT), encrypt=StandardEncryption(password) if password else None)
    for i, lines in enumerate(pages):
        for columns, rows in grids[i : i + 1]:
            canvas.grid(columns, [HEIGHT - y for y in rows])
        if scanned:
            canvas.drawInlineImage(Image.new("L", (8, 8), 255), 0, 0, WIDTH, HEIGHT)
        for x, y, text in lines:
            font = "Vera-Bold" if text.startswith("**") else "Vera"
            canvas.setFont(font, SIZE)
            canvas.drawString(x, HEIGHT - y, text.strip("*"))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
