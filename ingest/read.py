"""Files to text: what a file is, is seen from its content, not from its ending alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
    return SourceText(path.read_text("utf-8"), "text")
