"""The sample corpus: its README names every file, and the awkward forms that it promises are really there."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"


def documents() -> set[str]:
    return {
        path.relative_to(EXAMPLES).as_posix()
        for path in EXAMPLES.rglob("*")
        if path.is_file() and path.name not in ("README.md", "profile.yaml", ".gitattributes")
    }


def test_the_readme_lists_the_documents_that_are_there() -> None:
    listed = re.findall(r"^\| `(.+?)` \|", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(listed) == documents()
    assert len(listed) == 18


def test_one_text_is_decomposed_unicode() -> None:
    text = (EXAMPLES / "bac-giang" / "cv-71-cv-hu.txt").read_text(encoding="utf-8")
    assert not unicodedata.is_normalized("NFC", text)


def test_one_text_has_crlf_line_ends() -> None:
    assert b"\r\n" in (EXAMPLES / "bac-giang" / "tien-dung-kh-64.txt").read_bytes()


def test_every_word_and_pdf_document_has_its_text_in_the_sources() -> None:
    sources = {path.stem for path in (EXAMPLES.parent / "tools" / "example_sources").glob("*.yaml")}
    made = {name.replace("/", "--") for name in documents() if name.endswith((".docx", ".pdf"))}
    assert made == sources
