"""How soon the web application answers 50 people at once, on the cascade of a country.

A process serves the graph; 50 people ask again and again, pausing as people do, for the units page of one directive,
the pages beside it, and for a style, which costs nothing but the application's guards. Seconds are of this machine and
this moment; what can be compared is the ratio of a page to the style in the same run. The bar is that of the units
page: 95 of 100 answers in half a second, and no error. What is asked first after a change is worked out then, and told
apart.

usage: python -m benchmarks.web [hundredth|tenth|whole]
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.cascade import cascade
from graph.embedded import EmbeddedStore
from tests.served import free_port

SHARES = {"hundredth": 100, "tenth": 10, "whole": 1}
DIRECTIVE = "d1"
PEOPLE, TIMES = 50, 12
PAUSE = (0.3, 1.2)
"""Seconds between an answer and the next question of one person."""
BAR = 0.5
ASKED = {
    "units": f"/documents/{DIRECTIVE}/units",
    "units, filtered and sorted": f"/documents/{DIRECTIVE}/units?text=so+y+te&sort=-tasks",
    "check": f"/documents/{DIRECTIVE}/check",
    "start": "/",
    "style": "/static/pages.css",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of the first answer, and of those to everybody; and how many were no answers."""

    name: str
    first: float
    seconds: list[float]
    errors: int

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1]


def serve(store: Path, port: int) -> None:
    """Serve a store until the process is ended."""
    from vanmach.web.access import Access
    from vanmach.web.collection import Collection
    from vanmach.web.running import bound, opened, server

    class Unchanging(Collection):
        fresh = None  # nobody changes this graph, as nobody changes a workspace that is held

    collection = Unchanging(EmbeddedStore(store, read_only=True))
    with bound("127.0.0.1", port) as listening, opened(collection, Access(), "127.0.0.1") as application:
        server(application).run(sockets=[listening])


async def measure(url: str, name: str, path: str) -> Measured:
    """Have everybody ask for one address."""
    seconds: list[float] = []
    errors = 0

    async def person(client: httpx.AsyncClient, seed: int) -> None:
        nonlocal errors
        chance = random.Random(seed)
        await asyncio.sleep(chance.uniform(0, PAUSE[1]))
        for _ in range(TIMES):
            begun = time.perf_counter()
            answer = await client.get(path)
            seconds.append(time.perf_counter() - begun)
            errors += answer.status_code != 200
            await asyncio.sleep(chance.uniform(*PAUSE))

    limits = httpx.Limits(max_connections=PEOPLE)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits, trust_env=False) as client:
        begun = time.perf_counter()
        (await client.get(path)).raise_for_status()
        first = time.perf_counter() - begun
        await asyncio.gather(*(person(client, seed) for seed in range(PEOPLE)))
    return Measured(name, first, seconds, errors)


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            httpx.get(f"{url}/static/pages.css", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the application does not start")


def main() -> int:
    share = SHARES[sys.argv[1] if len(sys.argv) > 1 else "whole"]
    with TemporaryDirectory() as home:
        with EmbeddedStore(Path(home) / "store") as store:
            graph = cascade(share=share)
            store.load(graph)
        print(f"{len(graph)} nodes, {graph.nx.number_of_edges()} edges; {PEOPLE} people, {TIMES} times each")
        del graph
        port = free_port()
        process = multiprocessing.get_context("spawn").Process(
            target=serve, args=(Path(home) / "store", port), daemon=True
        )
        process.start()
        url = f"http://127.0.0.1:{port}"
        wait_for(url)
        found = [asyncio.run(measure(url, name, path)) for name, path in ASKED.items()]
        process.terminate()
        process.join()
    style = next(one for one in found if one.name == "style")
    print(f"{'page':30}{'first s':>10}{'median s':>10}{'p95 s':>10}{'to style':>10}{'errors':>8}")
    for one in found:
        median = statistics.median(one.seconds)
        ratio = median / statistics.median(style.seconds)
        print(f"{one.name:30}{one.first:10.3f}{median:10.3f}{one.p95:10.3f}{ratio:10.1f}{one.errors:8}")
    units = found[0]
    met = units.p95 < BAR and not any(one.errors for one in found)
    print(f"units: p95 {units.p95:.3f} s, bar {BAR} s: {'met' if met else 'NOT met'}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
