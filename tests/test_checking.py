"""`vanmach check`: how duties are counted, the report, the workbook, the exit code, and what is said of wrong input."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Browser

from queries.compliance import Compliance
from queries.deficit import by_level, by_province
from queries.standing import last_day
from tests.command import vanmach
from vanmach.calendar import write_calendar
from viz.report import render_report


def duty(agency: str, status: str, **other: Any) -> dict[str, Any]:
    named = {
        "agency": agency,
        "agency_id": agency.lower(),
        "level": "xã",
        "place": "xã A, huyện B, tỉnh C",
        "via": None,
    }
    told = {
        "status": status,
        "days_late": None,
        "deadline": None,
        "plan": None,
        "plan_by": None,
        "plan_issued_on": None,
    }
    rest = {"held": 1, "holders": [], "orphaned": False, "source": "d1", "section": "I", "task": "d1#1", "basis": None}
    quote = {"quote": "Các xã <b>ban hành</b> kế hoạch.", "doc": "d1", "start": 0, "end": 1}
    return {**named, **told, **rest, "evidence": [quote], **other}


def test_an_agency_with_two_duties_counts_once_with_the_worse() -> None:
    (row,) = by_level([duty("A", "có kế hoạch"), duty("A", "chậm", task="d1#2"), duty("B", "có kế hoạch")])
    assert (row["obliged"], row["has"], row["late"], row["deficit"]) == (2, 1, 1, 0.5)


def test_who_cannot_be_judged_is_no_part_of_the_deficit() -> None:
    rows = [duty("A", "có kế hoạch"), duty("B", "không rõ", held=0), duty("C", "chưa đến hạn"), duty("D", "chưa có")]
    (row,) = by_level(rows)
    assert (row["obliged"], row["unknown"], row["not_due"], row["held"], row["deficit"]) == (4, 1, 1, 3, 0.5)


def test_where_nobody_can_be_judged_there_is_no_deficit() -> None:
    (row,) = by_level([duty("A", "không rõ", held=0)])
    assert row["deficit"] is None


def test_levels_stand_from_the_top_and_provinces_are_told_apart() -> None:
    rows = [duty("A", "chậm"), duty("B", "chậm", level="tỉnh", place="tỉnh E"), duty("C", "chậm", place="xã F, tỉnh G")]
    assert [(row["level"], row["province"]) for row in by_province(rows)] == [
        ("tỉnh", "tỉnh E"), ("xã", "tỉnh C"), ("xã", "tỉnh G"),
    ]  # fmt: skip


def test_the_report_holds_quotes_and_nothing_in_them_is_markup() -> None:
    duties = [duty("A", "chậm", days_late=3, plan="d2"), duty("<i>", "chưa có", orphaned=True)]
    found = Compliance(None, "2024-01-01", by_level(duties), by_province(duties), duties, [], [], [])
    page = render_report(found, {"d1": "1/CT", "d2": "2/KH"})
    assert "Các xã &lt;b&gt;ban hành&lt;/b&gt; kế hoạch." in page and "&lt;i&gt;" in page
    assert "chậm (3 ngày)" in page and "không rõ ai tiếp nhận" in page
    assert not re.search(r"https?:|<script|\{\w*\}", page.partition("</style>")[2])


def test_the_report_says_that_the_document_itself_is_only_cited() -> None:
    cited = Compliance("d1", None, [], [], [], [], [], [], collected=False)
    assert "Kho không có toàn văn 1/CT" in render_report(cited, {"d1": "1/CT"})
    assert "Kho không có toàn văn" not in render_report(Compliance("d1", None, [], [], [], [], [], []), {"d1": "1/CT"})


def test_what_the_collection_holds_is_agencies_in_the_summary_and_documents_in_the_list() -> None:
    duties = [duty("A", "chưa có", held=4)]
    found = Compliance(None, None, by_level(duties), by_province(duties), duties, [], [], [])
    summary, _, listed = render_report(found, {"d1": "1/CT"}).partition("<h2>Theo tỉnh và cấp</h2>")
    assert "Có văn bản trong kho (số cơ quan)" in summary and '<td class="number">4</td>' not in summary
    assert "Số văn bản trong kho" in listed and '<td class="number">4</td>' in listed


def test_the_report_says_by_place_of_how_many_agencies_anything_is_held() -> None:
    duties = [duty("A", "có kế hoạch", held=4), duty("B", "chậm", held=0), duty("C", "không rõ", held=0)]
    found = Compliance(None, None, by_level(duties), by_province(duties), duties, [], [], [])
    assert "50 % (2/3; kho có 1)" in render_report(found, {"d1": "1/CT"})


def test_the_report_of_nothing_says_so() -> None:
    assert "Không có nhiệm vụ" in render_report(Compliance(None, None, [], [], [], [], [], []), {})


@pytest.fixture(scope="module")
def written(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the report and the workbook of one check."""
    folder = tmp_path_factory.mktemp("report")
    files = ("--report", folder / "r.html", "--xlsx", folder / "r.xlsx")
    done = vanmach("check", "21-CT/TW", "--as-of", "1/1/2024", *files, "-w", workspace)
    assert done.code == 0
    assert done.err.splitlines()[-2:] == [
        f"report written: {folder / 'r.html'}", f"report written: {folder / 'r.xlsx'}",
    ]  # fmt: skip
    assert re.match(
        r"\d+ more were only sent the document: --report and --format json show them\n\d+ findings of severity info: ",
        done.err,
    )
    return folder


def test_the_report_is_of_the_day_that_was_asked(written: Path) -> None:
    page = (written / "r.html").read_text("utf-8")
    assert "Tính đến ngày 2024-01-01." in page
    assert "120/KH-UBND" in page and "Ủy ban nhân dân xã Đồng Phúc" in page


LOWER = "Đến năm 2025, 35% học sinh tốt nghiệp trung học cơ sở của xã vào học nghề; đến năm 2030 là 45%."
UPPER = "120/KH-UBND: Đến năm 2025, trên 40% học sinh tốt nghiệp trung học cơ sở vào học nghề."


def test_of_a_lowered_target_both_passages_are_told(workspace: Path, written: Path) -> None:
    assert f"<td>{LOWER}<br>{UPPER}</td>" in (written / "r.html").read_text("utf-8")
    rows = list(load_workbook(written / "r.xlsx")["findings"].iter_rows(values_only=True))
    assert f"{LOWER}\n{UPPER}" in [row[-1] for row in rows if row[1] == "lowered_targets"]
    table = vanmach("check", "21-CT/TW", "--as-of", "2024-01-01", "-w", workspace).out
    assert "120/KH-UBND: Đến năm" in table


@pytest.mark.chromium
def test_the_report_fits_a_phone_and_a_sheet(written: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    try:
        page.goto((written / "r.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        printed = page.pdf(prefer_css_page_size=True)
    finally:
        page.close()
    with pdfplumber.open(BytesIO(printed)) as document:
        first = document.pages[0]
        words = first.extract_words()
        assert min(word["x0"] for word in words) > 30
        assert max(word["x1"] for word in words) < float(first.width) - 30
        assert f"1 / {len(document.pages)}" in first.extract_text()


def test_the_workbook_has_a_sheet_for_each_part(workspace: Path, written: Path) -> None:
    book = load_workbook(written / "r.xlsx")
    found = vanmach("check", "21-CT/TW", "--as-of", "2024-01-01", "--format", "json", "-w", workspace).json
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {
        name: len(found[name]) for name in ("summary", "duties", "tasks", "findings")
    }
    assert book.properties.title == "21-CT/TW 2024-01-01"
    assert {sheet.oddHeader.right.text for sheet in book} == {"21-CT/TW 2024-01-01"}
    late = [row for row in book["duties"].iter_rows(values_only=True) if row[6] == "chậm"]
    assert [(row[2], row[7]) for row in late] == [("Ủy ban nhân dân xã Đồng Phúc", 18)]


def test_fail_on_tells_by_its_exit_code(workspace: Path) -> None:
    asked = ("check", "21-CT/TW", "--as-of", "2024-01-01", "-w", workspace)
    assert vanmach(*asked, "--fail-on", "warning").code == 3
    assert vanmach(*asked).code == 0


def test_before_anything_was_ordered_there_is_nothing(workspace: Path) -> None:
    found = vanmach("check", "--as-of", "2023-01-01", "--format", "json", "-w", workspace).json
    assert found["duties"] == []


def test_a_document_cannot_be_checked_before_it_was_issued(workspace: Path) -> None:
    done = vanmach("check", "21-CT/TW", "--as-of", "2023-05-03", "--format", "json", "-w", workspace)
    assert (done.code, done.out) == (1, "")
    assert done.err == "vanmach: 21-CT/TW was issued on 2023-05-04 — there was none on 2023-05-03: name a later day\n"
    assert vanmach("check", "21-CT/TW", "--as-of", "2023-05-04", "-w", workspace).code == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--as-of", "2024-02-30"], "--as-of 2024-02-30: not a date — write 2025-07-01 or 1/7/2025"),
        (["--as-of", "tomorrow"], "--as-of tomorrow: not a date"),
        (["--fail-on", "bad"], "--fail-on bad: no such severity — one of error, warning, info"),
        (["--profile", "none.yaml"], "none.yaml: No such file or directory"),
        (["--report", "/nowhere/r.html"], "/nowhere/r.html: No such file or directory — name another file"),
        (["--xlsx", "/nowhere/r.xlsx"], "/nowhere/r.xlsx: No such file or directory — name another file"),
    ],
)
def test_wrong_input_gets_one_line(workspace: Path, options: list[str], says: str) -> None:
    done = vanmach("check", "21-CT/TW", *options, "-w", workspace)
    assert done.code == 1
    assert done.err.startswith(f"vanmach: {says}") and done.err.count("\n") == 1


_DUTY = "duties: [{documents: {types: [Chỉ thị], level: tỉnh}, agencies: UBND, of_level: huyện, basis: Điều 1%s}]"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("duty: []", "`duties:` with a list stands there alone, not duty"),
        ("[1]", "`duties:` with a list stands there alone, not list"),
        ("a: [", "not YAML"),
        (_DUTY % ", colour: red", "duty 1: no key 'colour'"),
        (_DUTY % ", within_days: soon", "duty 1: within_days is 'soon'"),
        (_DUTY.replace("basis: Điều 1%s", ""), "duty 1: basis is missing"),
        ((_DUTY % "").replace("level: tỉnh", "level: bang"), "duty 1: no level 'bang'"),
        ((_DUTY % "").replace("Chỉ thị", "Thư"), "duty 1: no type of documents 'Thư'"),
        ((_DUTY % "").replace("level: tỉnh}", "kind: x}"), "duty 1: documents: no key 'kind'"),
        ("duties: [1]", "duty 1: agencies, basis"),
        ("duties:", "no list stands under `duties:`"),
        ("", "`duties:` with a list stands there alone, not nothing"),
        (_DUTY % ", within_days: 40000", "duty 1: within_days is 40000"),
        (_DUTY % ", within_days: true", "duty 1: within_days is True"),
        (_DUTY.replace("basis: Điều 1%s", "basis:"), "duty 1: basis is None"),
        ((_DUTY % "").replace("agencies: UBND", "agencies: [UBND]"), "duty 1: agencies is ['UBND']"),
        ((_DUTY % "").replace("level: tỉnh", "level: [tỉnh]"), "duty 1: no level ['tỉnh']"),
        (
            (_DUTY % "").replace("of_level: huyện", "of_level: cơ sở"),
            "duty 1: no level 'cơ sở' — one of tỉnh, huyện, xã",
        ),
        ((_DUTY % "").replace("level: tỉnh", "level: xã"), "duty 1: of_level huyện is above level xã"),
        ((_DUTY % "").replace("[Chỉ thị]", "[{a: b}]"), "duty 1: no type of documents {'a': 'b'}"),
        ((_DUTY % "").replace("tỉnh}", "tỉnh, since: 1/7/2024}"), "duty 1: documents: since is '1/7/2024', not a date"),
        ((_DUTY % "").replace("tỉnh}", "tỉnh, until: 2024-02-30}"), "duty 1: documents: until is '2024-02-30', not a"),
    ],
)
def test_a_wrong_profile_gets_one_line(workspace: Path, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, "utf-8")
    done = vanmach("check", "--profile", path, "-w", workspace)
    assert done.code == 1
    assert done.err.startswith(f"vanmach: {path}: {says}") and done.err.count("\n") == 1


EXAMPLE = Path(__file__).parent.parent / "examples" / "profile.yaml"


def test_the_profile_of_the_examples_has_its_duties(workspace: Path) -> None:
    asked = ("check", "03/2024/NQ-HĐND", "--as-of", "2024-09-01", "--format", "json", "-w", workspace)
    by_law = [row for row in vanmach(*asked, "--profile", EXAMPLE).json["duties"] if row["origin"] == "pháp luật"]
    assert [(row["agency"], row["basis"], row["status"]) for row in by_law] == [
        ("Ủy ban nhân dân thành phố Hải Phòng", "khoản 2 Điều 114 Hiến pháp năm 2013", "có kế hoạch")
    ]
    assert [row for row in vanmach(*asked).json["duties"] if row["origin"] == "pháp luật"] == []


AGENCY = "Phòng Lao động - Thương binh và Xã hội huyện Yên Dũng"


def test_the_duties_of_an_agency_stand_by_deadline(workspace: Path) -> None:
    rows = vanmach("duties", AGENCY, "--as-of", "2024-01-01", "--format", "json", "-w", workspace).json
    dated = [row["deadline"] for row in rows if row["deadline"]]
    assert dated == sorted(dated) and len(dated) < len(rows)
    assert all(row["deadline"] is None for row in rows[len(dated) :])
    assert {row["inherited_from"] for row in rows} == {None}


def test_before_a_document_was_issued_its_tasks_are_nobodys(workspace: Path) -> None:
    done = vanmach("duties", AGENCY, "--as-of", "2023-01-01", "-w", workspace)
    assert (done.code, done.out, done.err) == (0, "", "nothing found\n")


def test_the_body_that_took_over_inherits(workspace: Path) -> None:
    before, after = (
        vanmach("duties", "Sở Nội vụ tỉnh Bắc Giang", "--as-of", day, "--format", "json", "-w", workspace).json
        for day in ("2025-02-28", "2025-03-01")
    )
    taken = [row for row in after if row["inherited_from"]]
    assert not [row for row in before if row["inherited_from"]]
    assert {row["inherited_from"] for row in taken} == {"Sở Lao động - Thương binh và Xã hội tỉnh Bắc Giang"}
    assert taken and len(after) == len(before) + len(taken)


def test_the_calendar_has_a_day_for_each_deadline(workspace: Path, tmp_path: Path) -> None:
    target = tmp_path / "d.ics"
    done = vanmach("duties", AGENCY, "--as-of", "2024-01-01", "--ics", target, "--format", "json", "-w", workspace)
    dated = [row for row in done.json if row["deadline"]]
    assert done.err == f"{len(dated)} of {len(done.json)} tasks have a deadline, written: {target}\n"
    calendar = Calendar.from_ical(target.read_bytes())
    days = [event["dtstart"].dt for event in calendar.walk("VEVENT")]
    assert days == [last_day(row["deadline"]) for row in dated]
    assert len({str(event["uid"]) for event in calendar.walk("VEVENT")}) == len(days)


def test_events_of_one_task_are_told_apart(tmp_path: Path) -> None:
    task = {"task": "d1#1", "role": "chủ trì", "document": "d1", "section": "1", "text": "Sửa cầu", "evidence": []}
    rows = [
        {**task, "deadline": "2025-09", "via": None, "inherited_from": f"UBND xã {name}", "part": part}
        for name, part in (("A", None), ("B", "cầu treo"))
    ]
    uids, told = set(), []
    for agency in ("UBND xã C", "UBND xã D"):
        write_calendar(rows, agency, {"d1": "1/KH"}, "2025-07-01", tmp_path / "c.ics")
        events = Calendar.from_ical((tmp_path / "c.ics").read_bytes()).walk("VEVENT")
        uids |= {str(event["uid"]) for event in events}
        told += [str(event["description"]) for event in events]
    assert len(uids) == 4
    assert told[:2] == ["chủ trì\nUBND xã A", "chủ trì\nUBND xã B (cầu treo)"]


def test_of_an_agency_that_is_gone_is_told_who_has_its_tasks(workspace: Path) -> None:
    def said(agency: str, day: str) -> str:
        return vanmach("duties", agency, "--as-of", day, "--format", "csv", "-w", workspace).err

    assert said(AGENCY, "2025-02-28") == ""
    assert said(AGENCY, "2025-03-01") == (
        f"{AGENCY} is no more on 2025-03-01: its tasks are with Phòng Giáo dục và Đào tạo huyện Yên Dũng, "
        "Phòng Nội vụ huyện Yên Dũng, Phòng Y tế huyện Yên Dũng\n"
    )
    club = "Hội Doanh nghiệp huyện Yên Dũng"
    assert said(club, "2025-07-01") == f"{club} is no more on 2025-07-01, and nobody is known to have taken over\n"


def test_what_part_of_the_work_was_taken_over_is_told(workspace: Path) -> None:
    asked = ("duties", "Sở Y tế tỉnh Bắc Giang", "--as-of", "2025-03-01", "--format", "csv", "-w", workspace)
    parts = {row["part"] for row in vanmach(*asked).rows if row["inherited_from"]}
    assert parts == {"bảo trợ xã hội, trẻ em, phòng, chống tệ nạn xã hội"}


@pytest.mark.parametrize(
    "typed", ["UBND xã Lão Hộ", "UBND xã lão hộ, huyện yên dũng", "UBND xã Lão Hộ, huyện Yên Dũng, tỉnh Bắc Giang"]
)
def test_an_agency_is_found_as_officials_write_it(workspace: Path, typed: str) -> None:
    rows = vanmach("duties", typed, "--as-of", "2024-01-01", "--format", "json", "-w", workspace).json
    assert {row["via"] for row in rows} == {"Ủy ban nhân dân các xã, thị trấn huyện Yên Dũng"}


def test_agencies_of_one_name_are_told_apart_by_their_place(tmp_path: Path) -> None:
    for number, province in enumerate(("Trà Vinh", "Bến Tre"), 1):
        text = f"""ỦY BAN NHÂN DÂN
TỈNH {province.upper()}
Số: {number}/KH-UBND
{province}, ngày 02 tháng 6 năm 2023

KẾ HOẠCH
Về trồng nấm rơm

1. Ủy ban nhân dân huyện Châu Thành mở lớp dạy trồng nấm.
"""
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    assert vanmach("ingest", tmp_path / "1.txt", tmp_path / "2.txt", "-w", tmp_path / "w").code == 0
    done = vanmach("duties", "UBND huyện Châu Thành", "-w", tmp_path / "w")
    assert done.code == 1
    assert "huyện Châu Thành, tỉnh Trà Vinh" in done.err and "huyện Châu Thành, tỉnh Bến Tre" in done.err
    asked = ("duties", "UBND huyện Châu Thành, tỉnh Bến Tre", "--format", "json", "-w", tmp_path / "w")
    assert [row["symbol"] for row in vanmach(*asked).json] == ["2/KH-UBND"]


def test_two_documents_with_one_symbol_are_told_apart(tmp_path: Path) -> None:
    for number, (day, work) in enumerate((("10/4", "trồng cây"), ("12/5", "mở hội chợ")), 1):
        text = f"""ỦY BAN NHÂN DÂN
HUYỆN YÊN DŨNG
Số: 21/KH-UBND

KẾ HOẠCH
Về việc {work}

1. Phòng Nội vụ {work}.

Yên Dũng, ngày {day.replace("/", " tháng ")} năm 2024
"""
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    assert vanmach("ingest", tmp_path / "1.txt", tmp_path / "2.txt", "-w", tmp_path / "w").code == 0
    assert vanmach("check", "--report", tmp_path / "r.html", "-w", tmp_path / "w").code == 0
    told = re.findall(
        r"<td>21/KH-UBND \((21-kh-ubnd-2024-0\d-\d\d-\w+)\)</td>", (tmp_path / "r.html").read_text("utf-8")
    )
    assert len(set(told)) == 2


def test_an_agency_that_does_not_exist_gets_one_line(workspace: Path) -> None:
    done = vanmach("duties", "Sở Du hành vũ trụ", "-w", workspace)
    assert done.code == 1
    assert done.err.startswith("vanmach: no agency answers to 'Sở Du hành vũ trụ' —") and done.err.count("\n") == 1
