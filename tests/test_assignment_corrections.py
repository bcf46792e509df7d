"""A person says who does a task: it holds in the graph, through new ingests, and until it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import WorkspaceError
from ingest.assignment_corrections import ROLES, AssignmentSaid, also, corrected, said_of
from ingest.intake import take_in
from ingest.said import add, undo
from ingest.workspace import Workspace
from tests.records import record
from vanmach.web.assignments import PARTS
from vanmach.web.correcting import Role

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN TÂN LẬP
Số: 15/KH-UBND

Tân Lập, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Phát triển thư viện

UBND huyện ban hành Kế hoạch như sau:

{more}1. Phòng Văn hóa chủ trì, phối hợp với Phòng Tư pháp rà soát tủ sách.

TM. ỦY BAN NHÂN DÂN
"""
CULTURE, JUSTICE = "Phòng Văn hóa huyện Tân Lập", "Phòng Tư pháp huyện Tân Lập"
LED = {("chủ trì", CULTURE), ("phối hợp", JUSTICE)}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "a.txt").write_text(PLAN.format(more=""), "utf-8")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([tmp_path / "a.txt"], workspace)
        yield workspace


def said(workspace: Workspace, **more: str) -> dict[str, str]:
    """An entry that is about the part of the office of culture."""
    (id_,) = workspace.ids()
    return {"document": id_, "task": "Phòng Văn hóa chủ trì", "agency": CULTURE, "role": "chủ trì", **more}


def correct(workspace: Workspace, **more: str) -> int:
    entry = said(workspace, **more)
    return add(workspace.path / "corrections.yaml", "assignments", entry, "Mai", "2026-11-29").number


def parts(workspace: Workspace) -> set[tuple[str, str]]:
    """(role, agency) of everybody who has a part in the task about the shelves."""
    graph = workspace.graph()
    edges = [*graph.edges("GIAO"), *graph.edges("PHOI_HOP")]
    return {
        (str(e.properties.get("role") or "phối hợp"), str(graph.node(e.target).properties["name"]))
        for e in edges
        if "tủ sách" in str(graph.node(e.source).properties["text"])
    }


@pytest.mark.parametrize(
    ("instead", "expected"),
    [
        ({}, set()),
        ({"instead": "phối hợp"}, {("phối hợp", CULTURE)}),
        ({"instead": "theo dõi"}, {("theo dõi", CULTURE)}),
    ],
    ids=str,
)
def test_an_agency_has_the_part_that_is_said_and_the_read_one_again_when_that_is_undone(
    workspace: Workspace, instead: Any, expected: set[tuple[str, str]]
) -> None:
    assert parts(workspace) == LED
    number = correct(workspace, **instead)
    assert parts(workspace) == expected | {("phối hợp", JUSTICE)}
    undo(workspace.path / "corrections.yaml", number, "Bình", "2026-11-30")
    assert parts(workspace) == LED


def test_its_evidence_is_the_passage_and_that_a_person_said_so(workspace: Workspace) -> None:
    correct(workspace, instead="thực hiện")
    (edge,) = workspace.graph().edges("GIAO")
    assert edge.evidence is not None
    assert (edge.evidence.rule, edge.evidence.confidence) == ("correction", 1.0)
    assert CULTURE.startswith(workspace.text(edge.evidence.doc)[edge.evidence.start : edge.evidence.end])


HEALTH = "Phòng Y tế huyện Tân Lập"


def add_part(workspace: Workspace, agency: str, **more: Any) -> int:
    entry = {name: value for name, value in said(workspace).items() if name != "role"}
    entry |= {"agency": agency, "instead": "theo dõi", **more}
    return add(workspace.path / "corrections.yaml", "assignments", entry, "Mai", "2026-11-29").number


@pytest.mark.parametrize(
    ("agency", "more"),
    [
        (HEALTH, {}),  # as a name of the document's own jurisdiction
        (JUSTICE, {"instead": "chủ trì"}),  # which the document names
        ("Sở Y tế tỉnh Hà Nam", {"place": ["tỉnh Hà Nam"]}),
        ("Câu lạc bộ Bạn đọc tỉnh Hà Nam", {"place": ["tỉnh Hà Nam"], "instead": "phối hợp"}),  # of no known kind
        ("Bộ Y tế", {"place": []}),
    ],
)
def test_an_agency_that_nobody_read_has_the_part_that_is_said_until_that_is_undone(
    workspace: Workspace, agency: str, more: Any
) -> None:
    number = add_part(workspace, agency, **more)
    assert parts(workspace) == LED | {(more.get("instead", "theo dõi"), agency)}
    (edge,) = [e for e in workspace.graph().edges() if e.evidence and e.evidence.rule == "correction"]
    assert edge.evidence is not None
    assert edge.evidence.quote == "Phòng Văn hóa chủ trì, phối hợp với Phòng Tư pháp rà soát tủ sách."
    undo(workspace.path / "corrections.yaml", number, "Bình", "2026-11-30")
    assert parts(workspace) == LED


def test_a_part_that_was_added_holds_when_the_file_is_ingested_anew(workspace: Workspace, tmp_path: Path) -> None:
    add_part(workspace, HEALTH)
    workspace.project()
    (tmp_path / "a.txt").write_text(PLAN.format(more="0. Phòng Y tế kiểm tra phòng đọc.\n\n"), "utf-8")
    take_in([tmp_path / "a.txt"], workspace)
    assert parts(workspace) == LED | {("theo dõi", HEALTH)}


def test_a_part_that_is_read_by_now_is_no_error_and_no_second_part(workspace: Workspace) -> None:
    add_part(workspace, CULTURE, instead="chủ trì")
    assert parts(workspace) == LED
    assert len(list(workspace.graph().edges("GIAO"))) == 1


@pytest.mark.parametrize(
    ("agency", "more", "says"),
    [
        (HEALTH, {"task": "Xây cầu"}, "has no task “Xây cầu”"),
        ("Câu lạc bộ Bạn đọc", {}, "names no agency 'Câu lạc bộ Bạn đọc'"),
    ],
)
def test_a_part_in_nothing_or_of_nobody_is_told(workspace: Workspace, agency: str, more: Any, says: str) -> None:
    add_part(workspace, agency, **more)
    with pytest.raises(WorkspaceError, match=says):
        workspace.graph()


def test_who_is_to_reach_a_target_is_corrected_too() -> None:
    target = {
        "section": "I.2",
        "subject": "Tỷ lệ xã có thư viện",
        "comparator": ">=",
        "value": 80,
        "text": "80% xã có thư viện",
    }
    told = record(
        {"tasks": [_task("I.2", "Tỷ lệ xã có thư viện")], "targets": [{**target, "assignments": [{"name": "Sở Y tế"}]}]}
    )
    (name,) = {part.name for part in told.targets[0].assignments}
    (role,) = {part.role for part in told.targets[0].assignments}
    wrong = said_of("a", told, told.targets[0], told.targets[0].assignments[0], None)
    assert wrong.to_yaml() == {
        "document": "a", "section": "I.2", "target": "Tỷ lệ xã có thư viện", "agency": name, "role": role,
    }  # fmt: skip
    left = corrected(told, [wrong])
    assert (left.targets[0].assignments, len(left.tasks[0].assignments)) == ((), 1)
    more = corrected(told, [also("a", told, told.targets[0], "Bộ Y tế", (), "theo dõi")])
    assert [(p.role, p.name) for p in more.targets[0].assignments] == [(role, name), ("theo dõi", "Bộ Y tế")]
    assert more.tasks == told.tasks


def test_a_later_word_is_about_what_the_earlier_one_left(workspace: Workspace) -> None:
    first = correct(workspace, instead="phối hợp")
    correct(workspace, role="phối hợp")
    assert parts(workspace) == {("phối hợp", JUSTICE)}
    undo(workspace.path / "corrections.yaml", first, "Bình", "2026-11-30")
    with pytest.raises(WorkspaceError, match="has the part 'phối hợp' in"):
        workspace.graph()


def test_it_holds_when_the_file_is_ingested_anew_and_the_task_has_another_number(
    workspace: Workspace, tmp_path: Path
) -> None:
    correct(workspace, instead="phối hợp")
    workspace.project()
    (tmp_path / "a.txt").write_text(PLAN.format(more="0. Phòng Y tế kiểm tra phòng đọc.\n\n"), "utf-8")
    (tmp_path / "b.txt").write_text(PLAN.format(more="").replace("15/KH", "16/KH"), "utf-8")
    take_in([tmp_path / "a.txt", tmp_path / "b.txt"], workspace)
    changed = next(id_ for id_ in workspace.ids() if id_.startswith("15-"))
    with workspace.store() as store:
        rows = store.query(
            "MATCH (t:Task)-[:PHOI_HOP]->(a:Agency) WHERE t.id STARTS WITH $id "
            "RETURN t.ordinal, a.name AS name ORDER BY name",
            {"id": changed},
        ).rows
    assert [list(row) for row in rows] == [[2, JUSTICE], [2, CULTURE]]


def test_one_that_changes_nothing_any_more_is_told(workspace: Workspace, tmp_path: Path) -> None:
    correct(workspace)
    workspace.project()
    (tmp_path / "a.txt").write_text(PLAN.format(more="").replace("Phòng Văn hóa", "Phòng Y tế"), "utf-8")
    take_in([tmp_path / "a.txt"], workspace)
    with pytest.raises(WorkspaceError, match="has no task “Phòng Văn hóa chủ trì”"):
        workspace.project()


def _task(section: str, text: str) -> dict[str, Any]:
    return {"section": section, "text": text, "assignments": [{"name": "Sở Y tế"}]}


def test_a_section_tells_tasks_that_begin_alike_apart() -> None:
    two = record({"tasks": [_task("I.1", "Rà soát sổ"), _task("II.1", "Rà soát sách")]})
    (name,) = two.tasks[0].agencies("chủ trì")
    anywhere = AssignmentSaid("a", "Rà soát", name, "chủ trì")
    there = AssignmentSaid("a", "Rà soát", name, "chủ trì", section="II.1")
    left = [[len(task.assignments) for task in corrected(two, [one]).tasks] for one in (anywhere, there)]
    assert left == [[0, 0], [1, 0]]


def test_what_is_written_down_names_one_task_in_few_words() -> None:
    same = "Rà soát, bổ sung và thay thế đầu sách đã cũ ở tủ sách dùng chung của thôn, bản, tổ dân phố và trường học"
    told = record({"tasks": [_task("I.1", f"{same} trong quý một"), _task("I.1", f"{same} trong quý hai")]})
    alone = record({"tasks": [_task("I.1", f"{same} trong quý một"), _task("I.2", f"{same} trong quý hai")]})
    texts = [said_of("a", r, r.tasks[0], r.tasks[0].assignments[0], None).text for r in (told, alone)]
    assert texts[0] == f"{same} trong quý một"
    assert same.startswith(texts[1])


def test_the_interface_and_the_file_know_the_same_roles() -> None:
    assert Role.__args__ == ROLES == PARTS
