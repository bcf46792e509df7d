"""Extract every annotated document and print the scorer's tables (`make accuracy`).

usage: accuracy.py [SHARED] [--details] [--only NAME]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.extract import extract
from ingest.read import read
from ingest.record import dump

HERE = Path(__file__).resolve().parent
FOLDERS = (("gold", "seeds"), ("gold/corpus", "corpus"))  # where annotations lie, and where their texts lie


def extract_annotated(shared: Path, gold: str, texts: str, target: Path, only: str = "") -> None:
    """Write `<stem>.json` into target for each annotation of a folder."""
    for annotation in sorted((shared / gold).glob("*.gold.json")):
        if only not in annotation.name:
            continue
        stem = annotation.name.removesuffix(".gold.json")
        (source,) = [p for p in (shared / texts).glob(f"{stem}.*") if p.suffix in (".txt", ".md", ".docx", ".pdf")]
        _, record = extract(read(source), source.name)
        (target / f"{stem}.json").write_bytes(dump(record))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=HERE.parent.parent / "shared")
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--only", default="", help="a part of a document's name")
    args = parser.parse_args()
    if not (args.shared / "gold" / "score").exists():
        print(f"no annotations in {args.shared}: name the folder that holds gold/ and seeds/")
        return 2
    for gold, texts in FOLDERS:
        with tempfile.TemporaryDirectory() as folder:
            extract_annotated(args.shared, gold, texts, Path(folder), args.only)
            print(f"\n{gold}", flush=True)
            annotations = Path(folder) / "annotations"
            annotations.mkdir()
            for path in (args.shared / gold).iterdir():
                if path.is_file() and args.only in path.name:
                    (annotations / path.name).write_bytes(path.read_bytes())
            command = [sys.executable, str(args.shared / "gold" / "score"), str(annotations), folder]
            options = ["--texts", str(args.shared / texts), *(["--details"] if args.details else [])]
            if list(annotations.glob("*.gold.json")):
                subprocess.run([*command, *options], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
