"""What all tests share: no silent skips where VANMACH_NO_SKIP=1, and the stores to test against."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jpype  # type: ignore[import-untyped]
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from graph.bolt import BoltStore
from graph.embedded import EmbeddedStore
from graph.store import Store
from tests.browsers import CHROMIUM, FLAGS, Opened
from tests.command import vanmach
from tests.fetched import Unavailable
from tests.neo4j.server import running
from tests.npm import installed

_STATUS = pytest.StashKey[int]()

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

# a busy machine must not fail a property, and CI looks at the same examples each time: new ones are found on desks
settings.register_profile("vanmach", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("vanmach")


def _fail_instead(report: Any, what: str) -> None:
    if os.environ.get("VANMACH_NO_SKIP") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{what} may not be skipped where VANMACH_NO_SKIP=1: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where VANMACH_NO_SKIP=1, a test that would be skipped fails with the reason of its skip."""
    report = yield
    _fail_instead(report, item.nodeid)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself as a whole."""
    report = yield
    _fail_instead(report, collector.nodeid)
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End here, with pytest's status, where this process has a Java machine.

    Python and Java take each other down while threads of both still end, those of the servers that tests ran among
    them: a run of all tests was lost to a segmentation fault behind pytest's last line. Commands end in processes of
    their own, whose exit codes tests look at.
    """
    if jpype.isJVMStarted() and _STATUS in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[_STATUS])


@dataclass(frozen=True)
class Neo4jAddress:
    uri: str
    user: str = ""
    password: str = ""


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jAddress]:
    """A Neo4j server that may be emptied: VANMACH_NEO4J_URI (with …_USER, …_PASSWORD), or one started here."""
    if uri := os.environ.get("VANMACH_NEO4J_URI"):
        user, password = os.environ.get("VANMACH_NEO4J_USER", ""), os.environ.get("VANMACH_NEO4J_PASSWORD", "")
        yield Neo4jAddress(uri, user, password)
        return
    try:
        with running(tmp_path_factory.mktemp("neo4j")) as uri:
            yield Neo4jAddress(uri)
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def open_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Opens a store of every kind: a test that uses it runs once for each. Whoever opens a store closes it."""
    if request.param == "embedded":
        return lambda: EmbeddedStore(tmp_path_factory.mktemp("store"))
    address: Neo4jAddress = request.getfixturevalue("neo4j_address")
    return lambda: BoltStore(address.uri, address.user, address.password)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which finds faults of accessibility."""
    try:
        folder = installed(Path(__file__).parent / "axe", "checker of accessibility")
    except Unavailable as reason:
        pytest.skip(str(reason))
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    """The page that the module's fixture `file` wrote, opened; nothing may go wrong while a test uses it."""
    opened = Opened(browser, file)
    yield opened
    opened.page.close()
    assert opened.problems == []


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, ingested."""
    place = tmp_path_factory.mktemp("cli") / "workspace"
    done = vanmach("ingest", EXAMPLES, "-w", place)
    assert (done.code, done.out) == (0, ""), done.err
    assert done.err == f"18 documents read into {place}\n"
    return place
