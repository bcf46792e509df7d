"""How fast text becomes records, and whether the cost grows linearly.

The examples are joined into texts of growing size. Seconds are of this machine and this moment; what can be
compared is the ratio to splitting the same text into spaCy's tokens, measured in the same run.

usage: extraction.py [FOLDER]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from spacy import blank

from graph.errors import ReadError
from ingest.extract import extract
from ingest.intake import find_files
from ingest.read import SourceText, read

SIZES = (100_000, 400_000, 1_600_000)
"""Characters."""
RUNS = 3


def texts(folder: Path) -> str:
    """All texts of a folder, one behind the other."""
    found = []
    for path in find_files([folder]):
        if isinstance(path, Path):
            try:
                found.append(read(path).text)
            except ReadError as error:
                print(f"left out: {error}", file=sys.stderr)
    return "\n\n".join(found)


def seconds(run: Callable[[], object]) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return median(taken)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "examples"
    whole = texts(folder)
    if not whole:
        print(f"no text in {folder}", file=sys.stderr)
        return 2
    tokens = blank("xx")
    tokens.max_length = max(SIZES) + 1
    extract(SourceText(whole, "text"), "warm-up")
    print(f"{'characters':>12}{'MB/s':>8}{'seconds':>9}{'tokens':>9}{'ratio':>7}")
    for size in SIZES:
        text = (whole * (size // len(whole) + 1))[:size]
        source = SourceText(text, "text")
        ours = seconds(lambda source=source: extract(source, "text"))  # type: ignore[misc]
        theirs = seconds(lambda text=text: tokens.make_doc(text))  # type: ignore[misc]
        speed = len(text.encode()) / 1e6 / ours
        print(f"{size:12,}{speed:8.2f}{ours:9.2f}{theirs:9.2f}{ours / theirs:7.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
