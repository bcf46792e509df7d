"""However documents come in, the stored graph is the one that a rebuild makes of them, byte for byte when exported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.read_back import read_back
from ingest.intake import take_in
from ingest.workspace import Workspace
from tests.papers import TEXTS, exported


def stored(workspace: Workspace) -> bytes:
    """What the store holds, which must not be built anew to be asked."""
    with workspace.store(lambda: pytest.fail("the store does not stand at the records")) as store:
        return exported(read_back(store))


# file → its version, None where it is not named to this ingest
STEPS = st.lists(
    st.dictionaries(st.sampled_from(sorted(TEXTS)), st.integers(0, 1), min_size=1, max_size=4), min_size=1, max_size=4
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace(tmp_path_factory.mktemp("order") / "workspace", create=True) as workspace:
        yield workspace


@settings(max_examples=12, deadline=None)
@given(STEPS, st.permutations(sorted(TEXTS)))
def test_the_stored_graph_is_that_of_its_records(
    workspace: Workspace, steps: list[dict[str, int]], order: list[str]
) -> None:
    for id_ in workspace.ids():
        workspace.remove(id_)
    for step in steps:
        files = [workspace.path.parent / file for file in order if file in step]
        for file in files:
            file.write_text(TEXTS[file.name][step[file.name]], "utf-8")
        take_in(files, workspace)
        workspace.project()
    assert stored(workspace) == exported(workspace.graph().in_order())


def test_a_rebuild_gives_the_same_graph_again(workspace: Workspace) -> None:
    for name, texts in TEXTS.items():
        file = workspace.path.parent / name
        file.write_text(texts[0], "utf-8")
        take_in([file], workspace)
        workspace.project()
    kept = stored(workspace)
    workspace.rebuild()
    assert stored(workspace) == kept
