"""Extract every annotated document and print the scorer's tables (`make accuracy`).

usage: accuracy.py [SHARED] [--details] [--only NAME]
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.extract import extract
from ingest.read import read
from ingest.record import dump

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
FOLDERS = {"gold": "seeds", "gold/corpus": "corpus"}
"""Where annotations lie, and where their texts lie."""
READ = (".txt", ".md", ".docx", ".pdf")


def score(shared: Path, gold: str, *options: str, only: str = "") -> dict[str, float]:
    """Extract a folder's annotated documents, let the scorer print its table, and return its F1 by row.

    Args:
        shared: the folder that holds gold/, seeds/ and corpus/.
        gold: a key of FOLDERS.
        options: for the scorer, such as `--details`.
        only: a part of the names of the documents that count; empty is all.
    """
    texts = shared / FOLDERS[gold]
    with tempfile.TemporaryDirectory() as name:
        annotations, records, figures = (Path(name) / part for part in ("gold", "records", "figures.json"))
        annotations.mkdir()
        records.mkdir()
        for path in (p for p in (shared / gold).iterdir() if p.is_file() and only in p.name):
            shutil.copyfile(path, annotations / path.name)
        for annotation in annotations.glob("*.gold.json"):
            stem = annotation.name.removesuffix(".gold.json")
            (source,) = [p for p in texts.glob(f"{stem}.*") if p.suffix in READ]
            (records / f"{stem}.json").write_bytes(dump(extract(read(source), source.name)[1]))
        if not list(annotations.glob("*.gold.json")):
            return {}
        command = [sys.executable, str(shared / "gold" / "score"), str(annotations), str(records)]
        subprocess.run([*command, "--texts", str(texts), "--json", str(figures), *options], check=True)
        return {row: float(values["f1"]) for row, values in json.loads(figures.read_text("utf-8")).items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--only", default="", help="a part of a document's name")
    args = parser.parse_args()
    if not (args.shared / "gold" / "score").exists():
        print(f"no annotations in {args.shared}: name the folder that holds gold/ and seeds/")
        return 2
    for gold in FOLDERS:
        print(f"\n{gold}", flush=True)
        score(args.shared, gold, *(["--details"] if args.details else []), only=args.only)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
