"""Kill the program at random moments of what it writes, and see each time that nothing is lost and nothing half there.

A child process ingests made-up papers (new ones, changed ones, changed back), builds the graph anew, takes in a changed
corrections.yaml, or pushes to a Neo4j server, and is killed (SIGKILL) at a moment that is drawn. After each kill:

- every document that was acknowledged is there, as its file was then or as it is now;
- the workspace opens, and every document in it is whole;
- the stored graph, brought up to date, is byte for byte that of a rebuild from the records;
- a push that was killed, called again, makes the server hold that graph.

usage: python -m tools.soak [KILLS] [SEED]      VANMACH_NEO4J_URI, or one that is started as the tests start it
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from graph.bolt import BoltStore
from graph.read_back import read_back
from ingest.workspace import Workspace
from tests.fetched import Unavailable
from tests.neo4j.server import running
from tests.papers import TEXTS, exported

ROOT = Path(__file__).resolve().parent.parent
ACTIONS = ("ingest", "ingest", "ingest", "rebuild", "correct", "push")

_CHILD = """
import sys
from pathlib import Path
from graph.bolt import BoltStore
from ingest.intake import take_in
from ingest.workspace import Workspace
action, workspace, *arguments = sys.argv[1:]
print("begun", flush=True)
with Workspace(Path(workspace), create=True) as held:
    if action == "ingest":
        take_in([Path(file) for file in arguments], held, on_file=lambda file: print(file.name, flush=True))
        held.project()
    elif action == "rebuild":
        held.rebuild()
    elif action == "correct":
        held.store().close()
    else:
        with BoltStore(arguments[0]) as server:
            server.push(held.graph())
"""


class Soak:
    """A workspace that is maltreated.

    Args:
        folder: for it and the papers; empty.
        seed: the same seed draws the same deeds, though not the same moments.
        server: the address of a Neo4j server that may be emptied; "" leaves pushes out.
    """

    def __init__(self, folder: Path, seed: int, server: str = "") -> None:
        self.kills: Counter[str] = Counter()
        self._folder, self._workspace = folder, folder / "workspace"
        self._random = Random(seed)
        self._server = server
        self._actions = [action for action in ACTIONS if server or action != "push"]
        self._takes = dict.fromkeys(ACTIONS, 2.0)  # seconds, as far as is known
        self._sure: dict[str, set[str]] = {}  # file → texts of which one must be there; "" is none

    def run(self, kills: int) -> None:
        """Go on until so many children have been killed.

        Raises:
            AssertionError: something was lost, or is not what it should be.
        """
        self._deed("ingest", sorted(TEXTS), killed=False)
        while self.kills.total() < kills:
            action = self._random.choice(self._actions)
            files = self._random.sample(sorted(TEXTS), self._random.randint(1, len(TEXTS)))
            if self._deed(action, files, killed=True):
                self.kills[action] += 1
            self.check()

    def _deed(self, action: str, files: list[str], *, killed: bool) -> bool:
        """Have a child do something; whether it was killed before it came to its end."""
        arguments = [str(self._folder / file) for file in files] if action == "ingest" else [self._server]
        if action == "ingest":
            for file in files:
                (self._folder / file).write_text(text := self._random.choice(TEXTS[file]), "utf-8")
                self._sure.setdefault(file, {""}).add(text)
        elif action == "correct":
            self._correct()
        command = [sys.executable, "-c", _CHILD, action, str(self._workspace), *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "begun\n"
            begin = time.monotonic()
            if killed:
                time.sleep(self._random.uniform(0, self._takes[action]))
                child.kill()
            for acknowledged in child.stdout.read().splitlines():
                self._sure[acknowledged] = {(self._folder / acknowledged).read_text("utf-8")}
        if child.returncode == -signal.SIGKILL:
            return True
        assert child.returncode == 0, f"{action} ended with {child.returncode}"
        self._takes[action] = 0.5 * self._takes[action] + 0.5 * (time.monotonic() - begin)
        return False

    def _correct(self) -> None:
        """Another word of a person: a title for one of the files, or none."""
        file = self._random.choice(sorted(TEXTS))
        said = f"headers: {{{file}: {{title: về việc thứ {self._random.randint(1, 99)}}}}}\n"
        (self._workspace / "corrections.yaml").write_text(self._random.choice(["", said]), "utf-8")

    def check(self) -> None:
        """Raises AssertionError where something is not as it should be."""
        with Workspace(self._workspace) as held:
            self._check_documents(held)
            anew = exported(held.graph().in_order())
            with held.store() as store:
                assert exported(read_back(store)) == anew, "the stored graph is not that of the records"
            if self._server and self._random.random() < 0.2:
                with BoltStore(self._server) as server:
                    server.push(held.graph())
                    assert exported(read_back(server)) == anew, "the pushed graph is not that of the records"
            if self._random.random() < 0.1:
                held.rebuild()
                with held.store() as store:
                    assert exported(read_back(store)) == anew, "the rebuilt graph is another one"

    def _check_documents(self, held: Workspace) -> None:
        there: dict[str, set[str]] = {}
        for folder in (self._workspace / "documents").iterdir():
            assert not folder.name.startswith("."), f"{folder.name} was left"
            held.record(folder.name)
            assert held.text(folder.name).strip(), f"{folder.name} has no text"
            for source in held.sources(folder.name):
                there.setdefault(Path(source.path).name, set()).add(source.sha256)
        for file, texts in self._sure.items():
            found = there.get(file, {""})
            allowed = {sha256(text.encode()).hexdigest() if text else "" for text in texts}
            assert found <= allowed, f"{file}: what was acknowledged is lost"
            assert len(found) == 1, f"{file} has given two documents"


def main() -> int:
    kills, seed = (int(given) for given in (*sys.argv[1:], *("200", "1")[len(sys.argv) - 1 :]))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        try:
            server = os.environ.get("VANMACH_NEO4J_URI") or stack.enter_context(running(folder / "neo4j"))
        except Unavailable as reason:
            print(f"without pushes: {reason}")
            server = ""
        (folder / "papers").mkdir()
        soak = Soak(folder / "papers", seed, server)
        begin = time.monotonic()
        for done in range(10, kills + 10, 10):
            soak.run(min(done, kills))
            told = ", ".join(f"{number} of {action}" for action, number in sorted(soak.kills.items()))
            print(f"{soak.kills.total()} kills ({told}) in {time.monotonic() - begin:.0f} s: nothing lost", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
