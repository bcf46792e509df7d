"""Extract every annotated document and print the scorer's tables (`make accuracy`).

The documents that rules may be written on and those that are held back are told apart by cases/split.yaml and printed
apart. Any further folder of annotations with their texts beside them is printed for itself.

usage: accuracy.py [FOLDER ...] [--shared SHARED] [--details] [--rules] [--only NAME]
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest.extract import extract
from ingest.reading.read import read
from ingest.record import dump
from tests.calibration import Judged, judge, report, scorer

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
FOLDERS = {"gold": "seeds", "gold/corpus": "corpus"}
"""Where annotations lie, and where their texts lie."""
READ = (".txt", ".md", ".docx", ".pdf")
HELD_BACK = frozenset(yaml.safe_load((Path(__file__).parent / "cases" / "split.yaml").read_text("utf-8"))["held_back"])
"""Names of the documents that no rule is written on."""

_ENDING = ".gold.json"


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated document: the annotation's file, and the file that it annotates."""

    gold: Path
    source: Path

    @property
    def name(self) -> str:
        return self.gold.name.removesuffix(_ENDING)


@dataclass(frozen=True, slots=True)
class Measured:
    """F1 by row of the scorer, and each fact with whether it is right."""

    f1: dict[str, float]
    facts: list[Judged]


def annotated(gold: Path, texts: Path) -> list[Annotated]:
    """The annotations of a folder with the files in another that they annotate."""
    found = []
    for annotation in sorted(gold.glob(f"*{_ENDING}")):
        stem = annotation.name.removesuffix(_ENDING)
        found += [Annotated(annotation, p) for p in sorted(texts.glob(f"{stem}.*")) if p.suffix in READ][:1]
    return found


def of_shared(shared: Path) -> list[Annotated]:
    """All annotated documents beside the repository."""
    return [document for gold, texts in FOLDERS.items() for document in annotated(shared / gold, shared / texts)]


def measure(documents: Sequence[Annotated], score: Path, *options: str) -> Measured:
    """Extract documents and let the scorer print its table.

    Args:
        documents: at least one.
        score: the scorer.
        options: for the scorer, such as `--details`.
    """
    module = scorer(score)
    facts: list[Judged] = []
    with tempfile.TemporaryDirectory() as folder:
        gold, records, texts, figures = (Path(folder) / part for part in ("gold", "records", "texts", "figures.json"))
        for part in (gold, records, texts):
            part.mkdir()
        for document in documents:
            record = dump(extract(read(document.source), document.source.name)[1])
            (records / f"{document.name}.json").write_bytes(record)
            shutil.copyfile(document.gold, gold / document.gold.name)
            text = module.text_of(document.name, document.source.parent, document.gold.parent)
            (texts / f"{document.name}.txt").write_text(text, "utf-8")
            facts += judge(module, json.loads(document.gold.read_text("utf-8")), json.loads(record), text)
        command = [sys.executable, str(score), str(gold), str(records), "--texts", str(texts)]
        subprocess.run([*command, "--json", str(figures), *options], check=True)
        rows = json.loads(figures.read_text("utf-8"))
    return Measured({row: float(values["f1"]) for row, values in rows.items()}, facts)


def _print(title: str, documents: Iterable[Annotated], score: Path, args: argparse.Namespace) -> None:
    counted = [document for document in documents if args.only in document.name]
    if not counted:
        return
    print(f"\n{title} ({len(counted)} documents)", flush=True)
    measured = measure(counted, score, *(["--details"] if args.details else []))
    print("\n".join(report(measured.facts, by_rule=args.rules)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", help="further annotations, their texts beside them")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--rules", action="store_true", help="how right each rule's facts are")
    parser.add_argument("--only", default="", help="a part of a document's name")
    args = parser.parse_args()
    score = args.shared / "gold" / "score"
    if not score.exists():
        print(f"no annotations in {args.shared}: name the folder that holds gold/ and seeds/ with --shared")
        return 2
    known = of_shared(args.shared)
    for folder in FOLDERS:
        _print(folder, (d for d in known if d.gold.parent == args.shared / folder), score, args)
    _print("all", known, score, args)
    _print("seen while rules are written", (d for d in known if d.name not in HELD_BACK), score, args)
    _print("held back", (d for d in known if d.name in HELD_BACK), score, args)
    for folder in args.folders:
        _print(str(folder), annotated(folder, folder), score, args)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
