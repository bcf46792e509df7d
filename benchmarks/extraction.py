"""How fast texts become records: one by one, and one long text, whose cost must grow as its length does.

Seconds are of this thread's work on this machine, the least of some runs, and tell little; what can be compared are
ratios of the same run: to splitting the same text into spaCy's tokens, and of a text to one of a tenth of its length.

usage: extraction.py [FOLDER]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy import blank
from spacy.language import Language

from graph.errors import ReadError
from ingest.extract import extract
from ingest.intake import find_files
from ingest.reading.read import SourceText, read

MEGABYTE = 1_000_000
SIZES = (MEGABYTE // 10, MEGABYTE, 10 * MEGABYTE)
"""Bytes of UTF-8 of the long texts."""
RUNS = 3


def texts(folder: Path) -> Iterator[str]:
    """The texts of a folder's files."""
    for path in find_files([folder]):
        if isinstance(path, Path):
            try:
                yield read(path).text
            except ReadError as error:
                print(f"left out: {error}", file=sys.stderr)


def seconds(work: Callable[[str], object], pieces: list[str]) -> float:
    """The least of some runs over texts, of this thread alone; no run finds what was kept of the one before it."""
    taken = []
    for run in range(RUNS):
        printed = [f"{text}\n\nBản in lần {run}." for text in pieces]
        begin = time.thread_time()
        for text in printed:
            work(text)
        taken.append(time.thread_time() - begin)
    return min(taken)


def measure(pieces: list[str], tokens: Language) -> tuple[float, float]:
    """Seconds that texts take: extraction, and splitting into tokens."""
    return seconds(lambda text: extract(SourceText(text, "text"), "text"), pieces), seconds(tokens.make_doc, pieces)


def row(name: str, size: int, ours: float, theirs: float, growth: float | None = None) -> None:
    """One line of the table."""
    grown = f"{growth:9.2f}" if growth else ""
    print(f"{name:<16}{size / MEGABYTE:8.2f}{size / MEGABYTE / ours:8.2f}{ours:9.2f}{ours / theirs:9.1f}{grown}")


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "examples"
    documents = list(texts(folder))
    if not documents:
        print(f"no text in {folder}", file=sys.stderr)
        return 2
    tokens = blank("xx")
    tokens.max_length = 2 * max(SIZES)
    print(f"{'':16}{'MB':>8}{'MB/s':>8}{'seconds':>9}{'/ tokens':>9}{'growth':>9}")
    for text in documents:
        extract(SourceText(text, "text"), "warm-up")
    row("one by one", sum(len(text.encode()) for text in documents), *measure(documents, tokens))
    whole = "\n\n".join(documents).encode()
    before: float | None = None
    for size in SIZES:
        text = (whole * (size // len(whole) + 1))[:size].decode(errors="ignore")
        ours, theirs = measure([text], tokens)
        row("one long text", size, ours, theirs, ours / before if before else None)
        before = ours
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
