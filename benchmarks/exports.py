"""How long the graph of a whole country takes to be written, and with how much memory on top of its own.

Seconds tell of this machine; what can be compared is the ratio to `plain`, the same nodes and edges as one line of JSON
each, written in the same run. `more` is what the format took of memory beyond all before it.

usage: exports.py [--share N] [FORMAT …]
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from benchmarks.cascade import cascade
from graph.model import Graph
from graph.serialise import FORMATS, write

STREAMED = ("nt", "turtle", "trig", "jsonld", "neo4j-csv", "csv")


def memory() -> float:
    """The most that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def plain(graph: Graph, path: Path) -> None:
    with path.open("wb") as stream:
        for _, attributes in graph.nx.nodes(data=True):
            stream.write(orjson.dumps(attributes, option=orjson.OPT_APPEND_NEWLINE))
        for source, target, attributes in graph.nx.edges(data=True):
            stream.write(orjson.dumps((source, target, attributes), option=orjson.OPT_APPEND_NEWLINE))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="1: the whole country; 100: a hundredth")
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(FORMATS)}")
    given = parser.parse_args()
    graph = cascade(share=given.share)
    print(f"{len(graph)} nodes, {graph.nx.number_of_edges()} edges, {memory():.0f} MB")
    print(f"{'format':<10} {'seconds':>8} {'ratio':>6} {'MB':>6} {'more':>6}")
    least = 0.0
    with TemporaryDirectory() as folder:
        for format_ in ("plain", *(given.formats or STREAMED)):
            path, before, started = Path(folder) / format_, memory(), time.perf_counter()
            if format_ == "plain":
                plain(graph, path)
            else:
                write(graph, format_, path)
            seconds = time.perf_counter() - started
            least = least or seconds
            size, more = path.stat().st_size / 1e6, memory() - before
            print(f"{format_:<10} {seconds:8.1f} {seconds / least:6.1f} {size:6.0f} {more:6.0f}", flush=True)
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
