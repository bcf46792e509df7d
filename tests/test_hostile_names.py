"""A document that is called like a query is a document: names travel as parameters, from the file to the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import vanmach

NAMES = [
    "'}) DETACH DELETE n //",
    '"}) MATCH (m) SET m.id = 1 --',
    "`) SET n.title = $title --",
    "$text {id: 'x'} $where",
]
PLAN = """ỦY BAN NHÂN DÂN
HUYỆN HẢI LĂNG

Số: {number}/KH-UBND

Hải Lăng, ngày 12 tháng 4 năm 2024

KẾ HOẠCH
Dạy nghề {name}

1. Phòng Tư pháp: Rà soát {name} trước ngày 30/6/2024.
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for number, name in enumerate(NAMES, 1):
        (folder / f"{name.replace('/', '')}.txt").write_text(PLAN.format(number=number, name=name), "utf-8")
    assert vanmach("ingest", *sorted(folder.iterdir()), "-w", folder / "w").code == 0
    return folder / "w"


@pytest.mark.parametrize("name", NAMES)
def test_a_document_called_like_a_query_is_a_document(workspace: Path, name: str) -> None:
    (asked,) = vanmach("documents", f"dạy nghề {name}", "--format", "json", "-w", workspace).json
    assert name.split()[0] in asked["title"]
    shown = vanmach("show", asked["id"], "--format", "json", "-w", workspace).json
    (task,) = shown["tasks"]
    assert f"Rà soát {name} trước ngày" in task["text"]
    assert len(vanmach("documents", "--format", "json", "-w", workspace).json) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_like_a_query_changes_nothing(workspace: Path, name: str) -> None:
    assert "Traceback" not in vanmach("show", name, "-w", workspace).err
    assert len(vanmach("documents", "--format", "json", "-w", workspace).json) == len(NAMES)
