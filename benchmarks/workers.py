"""How much several processes save: the same files read by one process and by as many as there are cores.

The texts of the examples are joined into files of a plan's usual length. What can be compared is the ratio, measured in
one run; a worker's start is in it.

usage: workers.py [FILES]
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from ingest.intake import find_files
from ingest.reading.read import read
from ingest.workers import Job, extract_all, usable_cores

LENGTH = 20_000
"""Characters of a file."""
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def seconds(jobs: list[Job], workers: int) -> float:
    """How long it takes to read all files."""
    begin = time.perf_counter()
    with closing(extract_all(jobs, workers)) as outcomes:
        for _ in outcomes:
            pass
    return time.perf_counter() - begin


def main() -> int:
    counts = [int(sys.argv[1])] if len(sys.argv) > 1 else [25, 100, 400]
    whole = "\n\n".join(read(path).text for path in find_files([EXAMPLES]) if isinstance(path, Path))
    text = (whole * (LENGTH // len(whole) + 1))[:LENGTH]
    cores = usable_cores()
    print(f"{'files':>7}{'MB':>7}{'1 process':>11}{f'{cores} processes':>13}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        jobs = [Job(Path(folder) / f"{number}.txt", f"{number}.txt") for number in range(max(counts))]
        for job in jobs:
            job.path.write_text(text, "utf-8")
        seconds(jobs[:1], 1)  # loads the extraction
        for count in counts:
            one, many = seconds(jobs[:count], 1), seconds(jobs[:count], cores)
            size = count * len(text.encode()) / 1e6
            print(f"{count:7}{size:7.1f}{one:11.2f}{many:13.2f}{one / many:7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
