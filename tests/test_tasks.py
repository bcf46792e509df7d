"""Tasks: what is a task, who leads, who takes part, to whom it is reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.assigning.tasks import find_tasks
from ingest.cleaning.clean import clean
from ingest.formalities.header import read_recipients
from ingest.naming.agencies import Scope
from ingest.outlining.outline import outline
from ingest.record import Header, Task
from tests.growth import grows_linearly

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "tasks.yaml").read_text("utf-8"))
PLACE = ("tỉnh Vân Lĩnh", "huyện Sơn Khê")
SCOPE = Scope(PLACE, "huyện", "Ủy ban nhân dân huyện Sơn Khê", "Ủy ban nhân dân")


def tasks_of(body: str, kind: str | None = None) -> list[Task]:
    cleaned = clean(f"KẾ HOẠCH\n\n{body}")
    structure = outline(cleaned)
    return find_tasks(cleaned, structure, Header(type=kind), SCOPE, read_recipients(cleaned, structure, SCOPE), [])


def short(names: list[str]) -> list[str]:
    """Names without what the test's document adds to them; "Công an huyện" keeps its own tier."""
    return [name.removesuffix(" Sơn Khê").removesuffix(" huyện") for name in names]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tasks_and_their_roles(case: dict[str, Any]) -> None:
    found = [
        [
            task.section,
            task.anchor,
            short(task.agencies("chủ trì", "thực hiện")),
            short(task.agencies("phối hợp")),
            short(task.agencies("báo cáo")),
            task.deadline,
        ]
        for task in tasks_of(case["text"], case.get("kind"))
    ]
    expected = [[s, a, *(short(names) for names in row[:3]), *row[3:]] for s, a, *row in case["tasks"]]
    assert [[f[0], f[1][: len(e[1])], *f[2 : len(e)]] for f, e in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("heading", "time", "due"),
    [
        ("NGÀY 2: THỨ SÁU, NGÀY 12/9/2025", "7h30 - 8h00", "2025-09-12"),
        ("NGÀY 2: THỨ SÁU, NGÀY 12/9/2025", "Thường xuyên", None),
        ("LỊCH", "7h30", None),
        ("LỊCH", "Năm 2025", "2025"),
        ("LỊCH", "2026", "2026"),
    ],
)
def test_when_the_row_of_a_table_is_due(heading: str, time: str, due: str | None) -> None:
    table = (
        f"| Nội dung | Phụ trách | Thời gian |\n|---|---|---|\n| Đón đại biểu ngày 01/5/2024 | Phòng Kinh tế | {time} |"
    )
    (task,) = tasks_of(f"II. NỘI DUNG\n\n{heading}\n\n{table}")
    assert task.deadline == due


@pytest.mark.parametrize(("term", "count"), [("", 0), (" Thời gian hoàn thành trước ngày 30/6/2023.", 1)])
def test_what_the_issuer_says_it_will_do_is_a_task_only_with_a_term(term: str, count: int) -> None:
    assert len(tasks_of(f"1. Ủy ban nhân dân huyện sẽ xem lại giá thuê ghe.{term}")) == count


def test_a_task_that_an_annex_repeats_says_which_is_meant() -> None:
    first, second = tasks_of(
        "II. NHIỆM VỤ\n\n1. Đo lại bãi bồi ven sông.\n\nPHỤ LỤC\n\n"
        "| TT | Nội dung | Thời hạn |\n|---|---|---|\n| 1 | Đo lại bãi<br>bồi ven sông. | 2025 |"
    )
    assert (first.anchor, first.anchor_occurrence) == ("Đo lại bãi bồi ven sông.", None)
    assert (second.anchor, second.anchor_occurrence) == ("Đo lại bãi bồi ven sông.", 2)


def test_a_task_whose_words_stand_behind_another_label_before_says_which_is_meant() -> None:
    body = "1. Ven sông: Đo lại bãi bồi\ntrước mùa lũ.\n\n2. Đo lại bãi bồi trước mùa lũ."
    tasks = tasks_of(f"II. NHIỆM VỤ\n\n{body}\n\n3. Đo bãi.")
    assert [task.anchor_occurrence for task in tasks if task.anchor.startswith("Đo lại")][-1] == 2
    assert tasks[-1].anchor_occurrence is None


def test_an_empty_cell_before_a_task_is_no_passage_that_begins_alike() -> None:
    (task,) = tasks_of("II. NHIỆM VỤ\n\n| TT | Nội dung | Thời hạn |\n|---|---|---|\n|  | Đo lại bãi bồi. | 2025 |")
    assert (task.anchor, task.anchor_occurrence) == ("Đo lại bãi bồi.", None)


@pytest.mark.parametrize(
    ("body", "due"),
    [
        ("1. Phòng Kinh tế xây dựng kế hoạch gieo trồng; nạo vét kênh mương, hoàn thành trong năm 2024.", None),
        ("1. Phòng Kinh tế xây dựng kế hoạch gieo trồng trước ngày 30/9/2024.", "2024-09-30"),
        ("1. Phòng Kinh tế xây dựng kế hoạch gieo trồng.\n\n- Thời gian: trước ngày 30/9/2024.", "2024-09-30"),
        ("1. Phòng Kinh tế nạo vét kênh mương trước ngày 30/9/2024.", None),
        (
            "1. Phòng Kinh tế xây dựng kế hoạch gieo trồng, ban hành trước ngày 30/9/2024, báo cáo kết quả về Phòng "
            "Nội vụ trước ngày 15/12/2024.",
            "2024-09-30",
        ),
        (
            "1. Phòng Kinh tế ban hành kế hoạch gieo trồng trước ngày 30/9/2024; nạo vét kênh mương, xong trước ngày "
            "15/12/2024.",
            "2024-09-30",
        ),
        ("1. Phòng Kinh tế xây dựng kế hoạch gieo trồng, báo cáo Phòng Nội vụ trước ngày 30/9/2024.", "2024-09-30"),
    ],
    ids=["other work", "the plan", "a label of the task", "no plan", "a report later", "other work later", "sent"],
)
def test_a_task_says_by_when_its_plan_is_due(body: str, due: str | None) -> None:
    (task,) = tasks_of(body)
    assert task.deadline is not None
    assert task.plan_deadline == due


def test_a_role_says_where_and_by_which_rule_it_was_read() -> None:
    (task,) = tasks_of("1. Giao Phòng Nội vụ chủ trì kiểm tra việc chấm công.")
    (lead,) = task.assignments
    assert (lead.role, lead.written, lead.rule) == ("chủ trì", "Phòng Nội vụ", "order")
    assert 0 < lead.confidence <= 1
    assert lead.start < lead.end


@pytest.mark.parametrize(
    ("body", "leads"),
    [
        ("1. Về đường ven biển: Tỉnh rà soát quỹ đất, báo cáo Bộ Xây dựng.", ["Tỉnh Thái Bình"]),
        ("1. Trường hợp thiếu xe, Tỉnh tổng hợp số liệu.", ["Tỉnh Thái Bình"]),
        ("1. Tỉnh căn cứ quy định để bố trí xe.", ["Tỉnh Thái Bình"]),
        ("1. Bộ Xây dựng rà soát tuyến đường mà Tỉnh nghiên cứu từ lâu.", ["Bộ Xây dựng"]),
    ],
)
def test_the_province_that_the_centre_speaks_of_is_told_as_such(body: str, leads: list[str]) -> None:
    cleaned = clean(f"THÔNG BÁO\n\n{body}")
    scope = Scope((), "trung ương", "Văn phòng Chính phủ", "Văn phòng Chính phủ", about=("tỉnh Thái Bình",))
    (task,) = find_tasks(cleaned, outline(cleaned), Header(type="Thông báo"), scope, [], [])
    assert task.agencies("chủ trì", "thực hiện") == leads


def test_the_head_of_the_issuer_stands_for_it() -> None:
    cleaned = clean("KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n1. Văn phòng Bộ rà soát và báo cáo Bộ trưởng định kỳ 6 tháng.")
    scope = Scope((), "trung ương", "Bộ Công Thương", "Bộ Công Thương")
    (task,) = find_tasks(cleaned, outline(cleaned), Header(), scope, [], [])
    assert task.agencies("báo cáo") == ["Bộ Công Thương"]


def test_an_office_of_the_team_that_writes_stands_for_the_team() -> None:
    cleaned = clean("KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n1. Ủy viên thường trực\n\na) Theo dõi việc đóng thuyền.")
    team = "Ban Chỉ đạo Đóng thuyền huyện Sơn Khê"
    scope = Scope(PLACE, "huyện", team, "Ban Chỉ đạo Đóng thuyền")
    (task,) = find_tasks(cleaned, outline(cleaned), Header(), scope, [], [])
    assert task.agencies("chủ trì", "thực hiện") == [team]


def test_the_centre_tells_a_province_to_act() -> None:
    order = "Để khắc phục hạn hán, hiệu quả, tỉnh Vân Lĩnh cần tập trung một số nhiệm vụ sau:"
    cleaned = clean(f"THÔNG BÁO\n\nI. ĐÁNH GIÁ CHUNG\n\n{order}\n\n1. Nạo vét kênh tại tỉnh Sơn Khê cần nước.")
    scope = Scope((), "trung ương", "Văn phòng Chính phủ", "Văn phòng Chính phủ")
    (task,) = find_tasks(cleaned, outline(cleaned), Header(), scope, [], [])
    assert task.agencies("chủ trì", "thực hiện") == ["Tỉnh Vân Lĩnh"]


def test_who_only_acts_has_another_role_than_who_leads() -> None:
    (task,) = tasks_of("II. NHIỆM VỤ\n\n1. Phòng Nội vụ kiểm tra việc chấm công.")
    assert [a.role for a in task.assignments] == ["thực hiện"]


def test_times_of_a_table_and_of_labels_reach_their_tasks() -> None:
    table = next(case for case in CASES if case["name"] == "a table of tasks")
    labels = next(case for case in CASES if case["name"] == "a block of labels under headings of its own")
    assert [task.deadline for task in tasks_of(table["text"])] == ["2022-05", "2022-09"]
    assert [task.deadline for task in tasks_of(labels["text"])] == ["2022-06", "2022-06"]


def test_anchors_that_begin_alike_are_longer() -> None:
    same = "Thực hiện các nội dung khác về phòng bệnh trong mùa mưa bão và sau mùa mưa bão theo chỉ đạo của cấp trên"
    found = tasks_of(f"II. NHIỆM VỤ\n\n- {same} tại chợ.\n\n- {same} tại trường học.")
    assert len({task.anchor for task in found}) == 2


FRAGMENTS = [
    "I. NHIỆM VỤ\n",
    "1. Phòng Y tế: ",
    "- Giao ",
    "Công an huyện ",
    "phối hợp với ",
    "báo cáo ",
    "; ",
    ". ",
    ":\n",
]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Phòng Y tế báo cáo Sở Y tế trước ngày 30/6/2024.", "báo cáo"),
        ("Phòng Y tế lập báo cáo gửi Sở Y tế trước ngày 30/6/2024.", "báo cáo"),
        ("Phòng Y tế gửi kết quả khám mắt về Sở Y tế trước ngày 30/6/2024.", "báo cáo … về"),
        ("Phòng Y tế lập danh sách trạm xá gửi Sở Y tế trước ngày 30/6/2024.", "gửi"),
        ("Phòng Y tế báo cáo tình hình; gửi bản vẽ trạm xá về Sở Y tế trước ngày 30/6/2024.", "gửi"),
    ],
)
def test_a_paper_that_is_sent_is_told_from_a_report(text: str, rule: str) -> None:
    (task,) = tasks_of(f"II. NHIỆM VỤ\n\n- {text}\n")
    assert [a.rule for a in task.assignments if a.role == "báo cáo"] == [rule]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=20), max_size=30))
@settings(max_examples=50)
def test_whatever_the_text_tasks_stand_in_it(parts: list[str]) -> None:
    for task in tasks_of("".join(parts)):
        assert 0 <= task.start < task.end
        assert all(a.start < a.end for a in task.assignments)


ADVERSARIAL = [
    "Phòng Y tế; ",
    "Phòng Y tế chủ trì, ",
    "Giao ",
    "phối hợp với ",
    "a, ",
    "- báo cáo ",
    "(",
    "định kỳ 6 tháng ",
]


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_cost_grows_linearly(unit: str) -> None:
    assert grows_linearly(lambda size: tasks_of("1. " + unit * (size // len(unit))), 25_000)
