"""What only the embedded store can go wrong in: other processes, kills, damage, and noise on the console."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.embedded import EmbeddedStore
from graph.errors import QueryLimit, StoreError, WorkspaceBusy
from tests.store_graph import same, small

ROOT = Path(__file__).parent.parent


def python(code: str, *arguments: str, cwd: Path = ROOT) -> subprocess.Popen[str]:
    """Another process that runs this code; it says what it is at on its standard output."""
    command = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=pipe, stderr=pipe, text=True)


HOLD = """
import sys, time
from pathlib import Path
from graph.embedded import EmbeddedStore
with EmbeddedStore(Path(sys.argv[1]), read_only=sys.argv[2] == "True"):
    print("open", flush=True)
    time.sleep(600)
"""
LOAD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from graph.embedded import EmbeddedStore
from tests.store_graph import small
def die(done, total):
    os.kill(os.getpid(), signal.SIGKILL)
store = EmbeddedStore(Path(sys.argv[1]))
store.load(small())
store.load(small(), die)
"""
LOAD_AND_DIE_AFTERWARDS = """
import os, signal, sys
from pathlib import Path
from graph.embedded import EmbeddedStore
from tests.store_graph import small
EmbeddedStore(Path(sys.argv[1])).load(small())
os.kill(os.getpid(), signal.SIGKILL)
"""
ASK = """
import sys
from pathlib import Path
from graph.embedded import EmbeddedStore
from graph.errors import StoreError
from graph.model import Graph, Node
from tests.store_graph import small
with EmbeddedStore(Path(sys.argv[1])) as store:
    store.load(small())
    store.query("MATCH (n) RETURN n")
    store.query("RETURN 0.0 / 0.0")
    not_finite = Graph()
    not_finite.add(Node("g1", "Target", {"value": float("nan")}))
    store.load(not_finite)
    store.query("MATCH (n) RETURN n")
    try:
        store.query("LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line")
    except StoreError:
        print("refused")
"""


CTRL_C_WHILE_STARTING = """
import os, signal, sys
from importlib.abc import MetaPathFinder
from pathlib import Path
from graph.embedded import EmbeddedStore
class Finder(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "numpy":  # JPype imports it; deep inside it does what is done here
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                pass
sys.meta_path.insert(0, Finder())
try:
    EmbeddedStore(Path(sys.argv[1]))
    print("went on")
except KeyboardInterrupt:
    print("stopped")
"""


@contextmanager
def held(folder: Path, signal_: int, read_only: bool = False) -> Iterator[None]:
    """Another process has the store open; it ends by this signal."""
    process = python(HOLD, str(folder), str(read_only))
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield
    finally:
        process.send_signal(signal_)
        out, err = process.communicate(timeout=60)
    assert process.returncode == -signal_, f"ended by the signal and not by a crash: {out}{err}"


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGKILL])
def test_a_store_that_another_process_has_open_is_busy_until_it_ends(tmp_path: Path, signal_: int) -> None:
    with held(tmp_path, signal_), pytest.raises(WorkspaceBusy, match="another process"):
        EmbeddedStore(tmp_path)
    with EmbeddedStore(tmp_path) as store:
        assert store.counts() == {}


def test_a_store_that_is_open_in_this_process_is_busy(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path) as store:
        with pytest.raises(WorkspaceBusy):
            EmbeddedStore(tmp_path)
        store.load(small())
        same(store, small())


def test_several_processes_may_ask_and_none_load_meanwhile(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path) as store:
        store.load(small())
    with held(tmp_path, signal.SIGKILL, read_only=True):
        with EmbeddedStore(tmp_path, read_only=True) as store:
            same(store, small())
        with pytest.raises(WorkspaceBusy):
            EmbeddedStore(tmp_path)
    with EmbeddedStore(tmp_path) as store:
        same(store, small())


def test_nobody_asks_while_another_process_may_load(tmp_path: Path) -> None:
    with held(tmp_path, signal.SIGTERM), pytest.raises(WorkspaceBusy):
        EmbeddedStore(tmp_path, read_only=True)


def test_a_new_store_is_empty_also_for_reading_only(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "new", read_only=True) as store:
        assert store.query("MATCH (n) RETURN n").rows == ()


def test_what_was_loaded_is_there_in_the_next_process(tmp_path: Path) -> None:
    process = python(LOAD_AND_DIE_AFTERWARDS, str(tmp_path))
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    with EmbeddedStore(tmp_path) as store:
        same(store, small())


def test_a_load_that_was_killed_is_noticed_by_the_next_process(tmp_path: Path) -> None:
    process = python(LOAD_AND_DIE, str(tmp_path))
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    with EmbeddedStore(tmp_path) as store:
        with pytest.raises(StoreError, match="vanmach rebuild"):
            store.query("RETURN 1")
        store.load(small())
        same(store, small())


@pytest.mark.parametrize("lost", ["schema*.json", "Document_0.*.bucket"])
def test_a_damaged_store_is_told_and_loading_mends_it(tmp_path: Path, lost: str) -> None:
    with EmbeddedStore(tmp_path) as store:
        store.load(small())
    for file in list((tmp_path / "graph").glob(lost)):
        file.unlink()
    with EmbeddedStore(tmp_path) as store:
        with pytest.raises(StoreError, match=r"damaged.*vanmach rebuild"):
            store.counts()
        store.load(small())
        same(store, small())


def test_a_read_only_store_answers_and_refuses_a_load(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path) as store:
        store.load(small())
    with EmbeddedStore(tmp_path, read_only=True) as store:
        with pytest.raises(StoreError, match="reading only"):
            store.load(small())
        same(store, small())


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN size(reduce(s = 'aaaaaaaaaa', x IN range(1, 40) | s + s))",
        "UNWIND range(1, 1000000) AS x RETURN size(collect(range(1, 1000000)))",
    ],
)
def test_a_query_that_would_fill_the_memory_is_given_up(tmp_path: Path, cypher: str) -> None:
    with EmbeddedStore(tmp_path) as store:
        with pytest.raises(QueryLimit, match="memory"):
            store.query(cypher)
        assert store.query("RETURN 1").rows == ((1,),)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()  # stands where the store writes; permissions do not hold root back
    with pytest.raises(StoreError, match="write"):
        EmbeddedStore(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        EmbeddedStore(tmp_path / "file" / "store")


def test_the_engine_says_nothing_on_the_console(tmp_path: Path) -> None:
    process = python(ASK, str(tmp_path))
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (0, "refused\n", "")


def test_a_ctrl_c_while_the_engine_starts_is_not_lost(tmp_path: Path) -> None:
    process = python(CTRL_C_WHILE_STARTING, str(tmp_path))
    assert process.communicate(timeout=120) == ("stopped\n", "")


def test_importing_the_store_starts_no_engine() -> None:
    process = python("import sys, graph.embedded; print('jpype' in sys.modules)")
    assert process.communicate(timeout=60)[0] == "False\n"


def test_nothing_is_left_beside_the_store(tmp_path: Path) -> None:
    process = python(ASK, str(tmp_path / "store"), cwd=tmp_path)
    assert process.communicate(timeout=120)[0] == "refused\n"
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
