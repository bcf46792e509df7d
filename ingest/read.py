"""Files to text: what a file is, is seen from its content, not from its ending alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.errors import ReadError


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text as light Markdown (tables as pipe tables, `**bold**` kept), and what the file was.

    `format` is "text", "markdown", "html", "docx" or "pdf".
    """

    text: str
    format: str


def read(path: Path) -> SourceText:
    """The text of a file.

    Raises:
        ReadError: there is none to be had, with the reason and what to do.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror}", "check the path and its permissions") from error
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not a text", "DOCX and PDF are not read yet") from error
    return SourceText(text, "markdown" if path.suffix == ".md" else "text")
