"""Files to text: what a file is, is seen from its content, not from its ending."""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ReadError
from ingest.reading.docx import read_docx
from ingest.reading.encoding import decode
from ingest.reading.html import read_html
from ingest.reading.line_spacing import single_spaced
from ingest.reading.pdf import read_pdf
from ingest.reading.run_on_tables import laid_out
from ingest.reading.word97 import read_doc
from ingest.reading.wrapped_tables import unwrapped

MOST_BYTES = 64 * 1024 * 1024
"""Largest file that is read. Plans with scanned annexes have up to 40 MB, and a file is held in memory whole."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and any Office document with a password
_PDF = b"%PDF-"
_PDF_WITHIN = 1024  # bytes that may stand before a PDF's header (ISO 32000-1, annex H.3, note 13)
_UNREADABLE = (  # how a file begins → what it is, what to do
    (b"\x89PNG", "an image", "make a text of it with OCR first"),
    (b"\xff\xd8\xff", "an image", "make a text of it with OCR first"),
    (b"II*\0", "an image", "make a text of it with OCR first"),
    (b"MM\0*", "an image", "make a text of it with OCR first"),
    (b"{\\rtf", "an RTF file", "open it in Word or LibreOffice and save it as .docx"),
    (b"Rar!", "an archive", "unpack it"),
    (b"7z\xbc\xaf", "an archive", "unpack it"),
    (b"\x1f\x8b", "an archive", "unpack it"),
)
# "<!DOCTYPE html>", "<html lang='vi'>", "<meta charset=…>", "<div class=…>" at the beginning
_HTML = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|table|center|section|article)\b)", re.I)
_PROLOGUE = re.compile(r"<(?:\?xml[^<>]{0,200}\?|!--[^<>]{0,2000}--)>")  # <?xml version="1.0"?>, <!-- saved from … -->
_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]{0,500}>", re.I)  # <table border="1">
# "# KẾ HOẠCH", "|---|---|", "**KẾ HOẠCH**"
_MARKDOWN = re.compile(r"^#{1,6} \S|^\|? ?:?-{3,}:? ?\||\*\*[^*\n]{1,200}\*\*", re.M)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text as light Markdown (tables as pipe tables, `**bold**` kept), and what the file was.

    `format` is "text", "markdown", "html", "docx", "doc" or "pdf".
    """

    text: str
    format: str


def read(path: Path) -> SourceText:
    """The text of a file.

    Args:
        path: the file; its ending plays no part.

    Raises:
        ReadError: there is none to be had, with the reason and what to do.
    """
    source = _read_bytes(_bytes(path), str(path))
    if not any(c.isalnum() for c in source.text):
        raise ReadError(f"{path}: holds no words", "check that it is the right file")
    return source


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{path}: a folder", "name a file")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{path}: no regular file", "copy its content into a file")
        if status.st_size > MOST_BYTES:
            size, most = status.st_size >> 20, MOST_BYTES >> 20
            raise ReadError(f"{path}: too large ({size} MiB, at most {most})", "split it, or leave out its annexes")
        data = path.read_bytes()
    except FileNotFoundError as error:
        if path.is_symlink():
            raise ReadError(f"{path}: a link to a file that is not there", "mend or remove the link") from error
        raise ReadError(f"{path}: no such file", "check the name") from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path}: cannot be opened ({reason})", "check its permissions") from error
    if not data:
        raise ReadError(f"{path}: empty (0 bytes)", "check that it was copied whole")
    return data


def _read_bytes(data: bytes, name: str) -> SourceText:
    if data.startswith(_ZIP):
        return SourceText(read_docx(data, name), "docx")
    if data.startswith(_OLE):
        return SourceText(read_doc(data, name), "doc")
    if _PDF in data[:_PDF_WITHIN]:
        return SourceText(read_pdf(data, name), "pdf")
    for beginning, what, mend in _UNREADABLE:
        if data.startswith(beginning):
            raise ReadError(f"{name}: {what}", mend)
    text = decode(data)
    if text is None:
        raise ReadError(f"{name}: binary, or text in an unknown encoding", "save it as UTF-8 text, .docx or .pdf")
    text = unicodedata.normalize("NFC", text)  # tables are laid out by how wide lines are
    if _is_html(text):
        return SourceText(read_html(text, name), "html")
    text = laid_out(unwrapped(single_spaced(text)))
    return SourceText(_with_pipe_tables(text, name), "markdown" if _MARKDOWN.search(text) else "text")


def _is_html(text: str) -> bool:
    begins = re.match(r"[\s\ufeff]*", text)
    at = begins.end() if begins else 0
    while prologue := _PROLOGUE.match(text, at):
        at = prologue.end()
        while text[at : at + 1].isspace():
            at += 1
    return _HTML.match(text, at) is not None and "</" in text


def _with_pipe_tables(text: str, name: str) -> str:
    """Markdown whose tables are HTML, as some converters write it, with pipe tables in their place."""
    pieces: list[str] = []
    done = depth = opened = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            opened = opened if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                table = read_html(text[opened : tag.end()], name)
                pieces += [text[done:opened], "\n\n", table, "\n\n"]
                done = tag.end()
    return "".join([*pieces, text[done:]])
