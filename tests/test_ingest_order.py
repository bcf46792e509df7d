"""However documents come in, the stored graph is the one that a rebuild makes of them, byte for byte when exported."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Graph
from graph.read_back import read_back
from graph.serialise import write
from ingest.intake import take_in
from ingest.workspace import Workspace

DIRECTIVE = """BAN BÍ THƯ
Số: 21-CT/TW
Hà Nội, ngày 04 tháng 5 năm 2023

CHỈ THỊ
về trồng nấm rơm {what}

1. Các tỉnh ủy, thành ủy ban hành kế hoạch thực hiện trước ngày 30/6/2023.
"""
PROVINCE = """ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG
Số: 75/KH-UBND
Bắc Giang, ngày 12 tháng 6 năm 2023

KẾ HOẠCH
Thực hiện Chỉ thị số 21-CT/TW ngày 04/5/2023 của Ban Bí thư về trồng nấm rơm

1. Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Tài chính {what} trước ngày 30/9/2023.
2. Ủy ban nhân dân các huyện, thành phố ban hành kế hoạch.
"""
DISTRICT = """ỦY BAN NHÂN DÂN
HUYỆN YÊN DŨNG
Số: 7/KH-UBND
Yên Dũng, ngày 02 tháng 8 năm 2023

KẾ HOẠCH
Thực hiện Kế hoạch số 75/KH-UBND {day}của Ủy ban nhân dân tỉnh Bắc Giang về trồng nấm rơm

1. Phòng Nông nghiệp và Phát triển nông thôn: Rà soát {what}.
2. Đề nghị Huyện đoàn phối hợp; thực hiện Chỉ thị số 21-CT/TW của Ban Bí thư.
"""
TEXTS = {
    "chi-thi.txt": [DIRECTIVE.format(what="trên cả nước"), DIRECTIVE.format(what="trong tình hình mới")],
    "tinh.txt": [PROVINCE.format(what="mở lớp"), PROVINCE.replace("75/KH", "57/KH").format(what="mua giống")],
    "huyen.txt": [DISTRICT.format(what="chuồng trại", day="ngày 12/6/2023 "), DISTRICT.format(what="kho bãi", day="")],
    "xa.txt": [
        DISTRICT.replace("HUYỆN YÊN DŨNG", "XÃ ĐỒNG PHÚC").format(what="đất", day="năm 2023 "),
        DISTRICT.format(what="bờ thửa", day="ngày 12/6/2023 "),  # the same document as huyen.txt
    ],
}


def exported(graph: Graph) -> bytes:
    stream = BytesIO()
    write(graph, "json", stream)
    return stream.getvalue()


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
