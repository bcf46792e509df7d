"""What a person says wins, is remembered, and can be wrong in clear words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import WorkspaceError
from graph.model import Graph
from ingest.assignment_corrections import AssignmentSaid
from ingest.build import Stored, build
from ingest.corrections import Corrections, WrongLink, load_corrections
from ingest.intake import take_in
from ingest.said import Said, add, entries, undo
from ingest.workspace import Workspace
from tests.records import record

NAMELESS = """KẾ HOẠCH
Dạy nghề may

UBND huyện ban hành Kế hoạch như sau:

1. Phòng Tư pháp rà soát hồ sơ.

TM. ỦY BAN NHÂN DÂN
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, "utf-8")
    return path


def test_no_file_corrects_nothing(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.yaml") == Corrections()


@pytest.mark.parametrize(
    "text,says",
    [
        ("headers: [", "mend the YAML"),
        ("- a", "only headers, same, different"),
        ("heders: {}", "heders"),
        ("headers: {a.txt: {isuer: x}}", "isuer"),
        ("headers: [a.txt]", "by id or file name"),
        ("headers: {a.txt: UBND X}", "by id or file name"),
        ("headers: {a.txt: {place: [1, 2]}}", "write it from the top"),
        ("headers: {a.txt: {issued_on: hôm qua}}", "is no date"),
        ("headers: {a.txt: {level: thôn}}", "known are trung ương"),
        ("headers: {a.txt: {title: [a]}}", "is no text"),
        ("same: 1", "two or more ids"),
        ("same: [[a]]", "two or more ids"),
        ("same: [a, b]", "two or more ids"),
        ("different: [[a, a]]", "two or more ids"),
        ("{same: [[a, b]], different: [[b, a]]}", "a and b cannot be the same and different"),
        ("{same: [[a, b], [b, c]], different: [[a, c]]}", "a and c cannot be the same and different"),
        ("wrong: [{document: a, to: b}]", "each entry says document, type"),
        ("wrong: [{document: a, type: THUC, to: b}]", "such as THUC_HIEN"),
        ("wrong: {document: a}", "each entry says document, type"),
        ("assignments: {document: a}", "each entry says document, task or target, agency"),
        ("assignments: [{document: a, task: b, agency: c}]", "each entry says document, task or target, agency"),
        ("assignments: [{document: a, task: b, agency: c, role: làm}]", "roles are chủ trì, thực hiện"),
        ("assignments: [{document: a, task: b, agency: c, role: chủ trì, instead: }]", "roles are chủ trì"),
        ("assignments: [{document: a, task: b, agency: c, role: chủ trì, section: 1.10}]", "in quotes"),
        ("assignments: [{document: a, task: b, target: b, agency: c, role: chủ trì}]", "task or target, agency"),
        ("assignments: [{document: a, target: b, agency: c, role: phối hợp}]", "of a target"),
        ("assignments: [{document: a, task: b, agency: c, role: chủ trì, place: [d]}]", "without role, place"),
        ("assignments: [{document: a, task: b, agency: c, instead: chủ trì, place: d}]", "without role, place"),
        ("said: {a: b}", "entries stand there in a list"),
        ("said: [{number: 1, who: a, when: b}]", "one of same, different, headers, wrong, assignments"),
        ("said: [{number: 1, who: a, when: b, same: [a, b], wrong: {}}]", "one of same"),
        ("said: [{number: 1, headers: {a: b}}]", "one of same"),
        ("said: [{number: 1, same: [a, b], undone: true}]", "who and when stand there"),
        ("said: [{number: 1, same: [a]}]", "two or more ids"),
        ("agencies: {Sở Y tế: Sở Nội vụ}", "a list of changes"),
        ("agencies: [{date: 2025, source: a, levl: tỉnh}]", "entry 1: date, source and level stand there"),
        ("agencies: [{date: 1/3/2025, source: a, level: tỉnh}]", "is no date"),
        ("agencies: [{date: 2025-02-30, source: a, level: tỉnh}]", "mend the YAML"),
        ('agencies: [{date: "2025-02-30", source: a, level: tỉnh}]', "is no date"),
        ('headers: {a.txt: {issued_on: "2025-13"}}', "is no date"),
        ("agencies: [{date: 2025, source: a, level: thôn}]", "level 'thôn' is none"),
        ("agencies: [{date: 2025, source: a, level: tỉnh, ended: [Sở Y tế]}]", "who is no more stands before"),
        ("agencies: [{date: 2025, source: a, level: tỉnh, ended: {Sở Y tế: 5}}]", "who is no more stands before"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(WorkspaceError, match=says):
        load_corrections(written(tmp_path, text))


def test_a_header_can_be_corrected_by_file_name(tmp_path: Path) -> None:
    given = load_corrections(written(tmp_path, "headers: {test.txt: {issuer: UBND X, place: [tỉnh Bắc Giang]}}"))
    corrected = given.apply("some-id", record({"header": {"symbol": "1/KH-UBND"}}))
    assert (corrected.header.issuer, corrected.header.place) == ("UBND X", ("tỉnh Bắc Giang",))
    assert corrected.header.symbol == "1/KH-UBND"


def test_a_place_may_be_written_as_one_text(tmp_path: Path) -> None:
    given = load_corrections(written(tmp_path, "headers: {test.txt: {place: tỉnh Quảng Trị/huyện Hải Lăng}}"))
    assert given.apply("some-id", record({})).header.place == ("tỉnh Quảng Trị", "huyện Hải Lăng")


def test_what_is_the_same_as_the_same_is_the_same(tmp_path: Path) -> None:
    given = load_corrections(written(tmp_path, "same: [[b, a], [c, b], [x, y]]"))
    assert set(given.same) == {frozenset("abc"), frozenset("xy")}


def test_a_day_may_be_written_without_quotes(tmp_path: Path) -> None:
    given = load_corrections(written(tmp_path, "headers: {test.txt: {issued_on: 2023-10-05}}"))
    assert given.apply("some-id", record({})).header.issued_on == "2023-10-05"


def agencies(stored: dict[str, Stored], corrections: Corrections | None = None) -> dict[str, list[str]]:
    """Names of the agencies of Bắc Giang → their ids, one for each that is of this name."""
    found: dict[str, list[str]] = {}
    for node in build(stored, corrections).nodes("Agency"):
        if node.properties.get("place") == "tỉnh Bắc Giang":
            found.setdefault(str(node.properties["name"]), []).append(node.id)
    return found


def of_bac_giang(*names: str) -> Stored:
    return Stored(record({"recipients": [{"name": name, "place": ["tỉnh Bắc Giang"]} for name in names]}), " " * 10)


def test_two_agencies_can_be_called_one() -> None:
    stored = {"a": of_bac_giang("Trường Trung cấp Nghề tỉnh Bắc Giang", "Trường Nghề tỉnh Bắc Giang")}
    ids = [id_ for found in agencies(stored).values() for id_ in found]
    assert len(ids) == 2
    assert len(agencies(stored, Corrections(same=(frozenset(ids),)))) == 1


def test_one_agency_can_be_called_two() -> None:
    name = "Trường Tiểu học Kim Đồng tỉnh Bắc Giang"
    stored = {id_: of_bac_giang(name) for id_ in "abc"}
    (id_,) = agencies(stored)[name]
    cut = Corrections(different=(frozenset([f"a#{id_}", f"b#{id_}"]),))
    assert len(agencies(stored, cut)[name]) == 3  # nobody said which of the two the third document means


def test_an_agency_can_be_called_another_in_one_document_alone() -> None:
    one, other = "Trường Trung cấp Nghề tỉnh Bắc Giang", "Trường Nghề tỉnh Bắc Giang"
    stored = {"a": of_bac_giang(one), "b": of_bac_giang(one, other)}
    found = agencies(stored)
    said = Corrections(same=(frozenset([f"a#{found[one][0]}", found[other][0]]),))
    graph = build(stored, said)
    sent = {(e.source, graph.node(e.target).id) for e in graph.edges("GUI")}
    assert sent == {("a", found[other][0]), ("b", found[one][0]), ("b", found[other][0])}


@pytest.mark.parametrize(
    "given,says",
    [
        (
            Corrections(same=(frozenset(["a", "no-such-1a2b3c4d5e"]),)),
            "same: nothing has the name 'no-such-1a2b3c4d5e'",
        ),
        (Corrections(different=(frozenset(["a", "a#d7"]),)), "different: nothing has the name 'a#d7'"),
        (Corrections(wrong=(WrongLink("a", "CAN_CU", "7/KH-UBND"),)), "wrong: a has no CAN_CU from this to 7/KH-UBND"),
        (Corrections(wrong=(WrongLink("b", "CAN_CU", "7/KH-UBND"),)), "wrong: b has no CAN_CU from this"),
        (
            Corrections(assignments=(AssignmentSaid("a", "Rà soát", "Sở Y tế tỉnh X", "chủ trì"),)),
            "assignments: a has no task “Rà soát” that Sở Y tế tỉnh X has the part 'chủ trì' in",
        ),
        (Corrections(headers={"no-such-1a2b3c4d5e": {}}), "headers: no document has the id 'no-such-1a2b3c4d5e'"),
    ],
)
def test_a_name_that_nothing_has_is_said(given: Corrections, says: str) -> None:
    with pytest.raises(WorkspaceError, match=says):
        build({"a": Stored(record({"documents": [{"key": "7/KH-UBND"}]}), " " * 10)}, given)


def test_a_header_may_be_given_before_its_file_comes() -> None:
    stored = {"a": Stored(record({}), " " * 10)}
    assert len(build(stored, Corrections(headers={"chua-co.docx": {"symbol": "1/KH-UBND"}}))) > 0


def test_a_place_that_was_given_survives_a_new_ingest(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(NAMELESS, "utf-8")
    place = ("tỉnh Quảng Trị", "huyện Hải Lăng")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([file], workspace, place)
        file.write_text(NAMELESS.replace("hồ sơ", "danh sách"), "utf-8")
        take_in([file], workspace)
        (id_,) = workspace.ids()
        assert "danh sách" in workspace.text(id_)
        assert workspace.record(id_).header.place == place


CITING = """ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG

Số: {number}/KH-UBND
Bắc Giang, ngày 20 tháng 9 năm 2023

KẾ HOẠCH
Thực hiện Chương trình hành động số 75-CTr/TU{day} của Tỉnh ủy về nghề trồng nấm

1. Sở Y tế rà soát hồ sơ.

TM. ỦY BAN NHÂN DÂN
"""
CITED = """TỈNH ỦY BẮC GIANG

Số 75-CTr/TU
Bắc Giang, ngày 12 tháng 6 năm 2023

CHƯƠNG TRÌNH HÀNH ĐỘNG
về nghề trồng nấm

1. Các cấp ủy quán triệt chương trình.

T/M BAN THƯỜNG VỤ
BÍ THƯ
"""


def plans(graph: Graph) -> dict[str, str]:
    """Symbol of each document that 75-CTr/TU is one of → its id."""
    found = [n for n in graph.nodes("Document") if n.properties.get("symbol") == "75-CTr/TU"]
    return {n.id: str(n.properties["status"]) for n in found}


def test_a_document_that_is_ingested_later_joins_what_was_only_cited(tmp_path: Path) -> None:
    for name, text in (
        ("a.txt", CITING.format(number=7, day=" ngày 12/6/2023")),
        ("b.txt", CITING.format(number=8, day="")),
        ("c.txt", CITED),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([tmp_path / "a.txt", tmp_path / "b.txt"], workspace)
        assert list(plans(workspace.graph()).values()) == ["cited"]
        take_in([tmp_path / "c.txt"], workspace)
        assert list(plans(workspace.graph()).values()) == ["ingested"]


def test_what_was_said_of_a_cited_document_holds_when_it_is_ingested(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CITING.format(number=7, day=""), "utf-8")
    (tmp_path / "c.txt").write_text(CITED, "utf-8")
    other = CITING.replace("75-CTr/TU", "57-CTr/TU")  # a slip, which a person mends
    (tmp_path / "b.txt").write_text(other.format(number=8, day=""), "utf-8")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([tmp_path / "a.txt", tmp_path / "b.txt"], workspace)
        cited = [n.id for n in workspace.graph().nodes("Document") if n.properties["status"] == "cited"]
        assert len(cited) == 2
        (workspace.path / "corrections.yaml").write_text(f"same: [[{', '.join(cited)}]]", "utf-8")
        assert len([n for n in workspace.graph().nodes("Document") if n.properties["status"] == "cited"]) == 1
        take_in([tmp_path / "c.txt"], workspace)
        graph = workspace.graph()
        assert [n for n in graph.nodes("Document") if n.properties["status"] == "cited"] == []
        (real,) = plans(graph)
        assert len({e.source for e in graph.edges("THUC_HIEN") if e.target == real}) == 2


def test_the_documented_file_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "corrections.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    given = load_corrections(written(tmp_path, example))
    lists = (given.same, given.different, given.wrong, given.assignments, given.agencies)
    assert list(map(len, lists)) == [2, 1, 1, 4, 1]
    assert given.headers["ke-hoach.docx"]["place"] == ["tỉnh Quảng Trị", "huyện Hải Lăng"]


def test_a_place_that_was_given_in_the_file_holds_for_what_the_text_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NAMELESS, "utf-8")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([tmp_path / "a.txt"], workspace)
        (workspace.path / "corrections.yaml").write_text(
            "headers: {a.txt: {place: tỉnh Quảng Trị/huyện Hải Lăng}}", "utf-8"
        )
        graph = workspace.graph()
        named = {e.target for e in graph.edges("GIAO")} | {e.source for e in graph.edges("BAN_HANH")}
        assert {graph.node(id_).properties["name"] for id_ in named} == {
            "Phòng Tư pháp huyện Hải Lăng",
            "Ủy ban nhân dân huyện Hải Lăng",
        }


IMPLEMENTING = """ỦY BAN NHÂN DÂN
HUYỆN TÂN LẬP
Số: 15/KH-UBND

Tân Lập, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Phát triển thư viện

Thực hiện Kế hoạch số 9/KH-UBND ngày 02/02/2024 của UBND tỉnh Sông Lam, UBND huyện ban hành Kế hoạch như sau:

1. Phòng Văn hóa rà soát tủ sách.
"""


def implementing(workspace: Workspace) -> int:
    return len(list(workspace.graph().edges("THUC_HIEN")))


def test_a_link_that_is_wrong_is_taken_out_and_comes_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(IMPLEMENTING, "utf-8")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([tmp_path / "a.txt"], workspace)
        path, (id_,) = workspace.path / "corrections.yaml", workspace.ids()
        assert implementing(workspace) == 1
        said = add(path, "wrong", {"document": id_, "type": "THUC_HIEN", "to": "9/KH-UBND"}, "Mai", "2026-11-29")
        assert implementing(workspace) == 0
        undo(path, said.number, "Bình", "2026-11-30")
        assert implementing(workspace) == 1


def test_a_record_that_lost_a_wrong_link_is_not_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(IMPLEMENTING, "utf-8")
    with Workspace(tmp_path / "workspace", create=True) as workspace:
        take_in([file], workspace)
        wrong = {"document": workspace.ids()[0], "type": "THUC_HIEN", "to": "9/KH-UBND"}
        add(workspace.path / "corrections.yaml", "wrong", wrong, "Mai", "2026-11-29")
        workspace.project()
        file.write_text(IMPLEMENTING.replace("Thực hiện Kế hoạch số 9/KH-UBND", "Nhân dịp đầu năm"), "utf-8")
        take_in([file], workspace)
        with pytest.raises(WorkspaceError, match="has no THUC_HIEN"):
            workspace.project()


def test_what_a_person_wrote_stays_beside_what_is_said(tmp_path: Path) -> None:
    own = "# của tôi\nsame: [[a, b]]  # hai là một\n"
    path = written(
        tmp_path, own + "said:\n- {number: 4, who: x, when: y, different: [c, d]}\nheaders: {e: {title: f}}\n"
    )
    add(path, "same", ["b", "g"], "Mai", "2026-11-29")
    text = path.read_text("utf-8")
    assert text.startswith(own + "headers: {e: {title: f}}\n")
    assert entries(path) == [
        Said(4, "x", "y", "different", ["c", "d"]),
        Said(5, "Mai", "2026-11-29", "same", ["b", "g"]),
    ]
    given = load_corrections(path)
    assert (given.same, given.different) == ((frozenset("abg"),), (frozenset("cd"),))


def test_the_later_word_on_a_header_wins_and_what_is_undone_says_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "headers: {a: {title: một, symbol: 1/KH}}\n")
    add(path, "headers", {"a": {"title": "hai"}}, "Mai", "2026-11-29")
    last = add(path, "headers", {"a": {"title": "ba"}, "b": {"title": "bốn"}}, "Mai", "2026-11-29")
    assert load_corrections(path).headers == {"a": {"title": "ba", "symbol": "1/KH"}, "b": {"title": "bốn"}}
    undo(path, last.number, "Bình", "2026-11-30")
    assert load_corrections(path).headers == {"a": {"title": "hai", "symbol": "1/KH"}}
    assert entries(path)[-1].undone == ("Bình", "2026-11-30")
    with pytest.raises(WorkspaceError, match="no correction 2 to undo"):
        undo(path, last.number, "Bình", "2026-11-30")
