from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from graph.places import places
from ingest.naming.abbreviations import explained
from ingest.naming.agencies import Scope, canonical, document, find_agencies
from ingest.naming.agency_boards import board_called, board_titled
from ingest.record import AgencyRef
from ingest.text import CleanText

FILE = yaml.safe_load((Path(__file__).parent / "cases" / "agencies.yaml").read_text("utf-8"))
SCOPES = {name: Scope(**{**raw, "place": tuple(raw["place"])}) for name, raw in FILE.pop("scopes").items()}
CASES = [pytest.param(case, id=f"{group}: {case['text'][:50]}") for group, cases in FILE.items() for case in cases]


def found(text: str, scope: str) -> list[AgencyRef]:
    return find_agencies(CleanText(text), 0, len(text), SCOPES[scope])


@pytest.mark.parametrize("case", CASES)
def test_agencies_of_a_passage(case: dict) -> None:
    assert [a.name for a in found(case["text"], case["scope"])] == case["names"]


def test_every_province_and_district_is_read() -> None:
    names = sorted({place.name for place in places() if place.level in ("tỉnh", "huyện")})
    read = {name: [agency.name for agency in found(f"UBND {name} gác đê", "centre")] for name in names}
    assert read == {name: [f"Ủy ban nhân dân {name}"] for name in names}


@pytest.mark.parametrize(
    ("definition", "name"),
    [
        ("Ban Chỉ đạo Nhà nước các tuyến\nđê biển, cống lớn", "Ban Chỉ đạo Nhà nước các tuyến đê biển, cống lớn"),
        ("Ban Chỉ đạo dọn lòng hồ", "Ban Chỉ đạo dọn lòng hồ tỉnh Thái Bình"),
        ("Ban Chỉ đạo phòng thủ dân sự tỉnh", "Ban Chỉ đạo phòng thủ dân sự tỉnh Thái Bình"),
    ],
)
def test_a_board_that_the_document_calls_by_its_head_has_its_full_name(definition: str, name: str) -> None:
    text = f"Họp Ban Chỉ đạo lần thứ ba, {definition} (sau đây gọi tắt là Ban Chỉ đạo).\n\nGiao Ban Chỉ đạo rà soát."
    scope = replace(SCOPES["province"], board=board_called(text))
    *_, last = find_agencies(CleanText(text), 0, len(text), scope)
    assert (last.name, last.written) == (name, "Ban Chỉ đạo")


def test_a_board_that_is_only_named_is_called_by_no_head() -> None:
    assert board_called("Ban Chỉ đạo phòng thủ dân sự tỉnh (thành lập năm 2024) và Ban Chỉ đạo họp.") is None


TITLED = (
    "Ban Chỉ đạo về làng chài nổi họp hằng quý, thưa với Ban Chỉ đạo về toàn bộ số liệu. "
    "Ban Chỉ đạo Nhà nước về Đê biển ban hành quy chế."
)


@pytest.mark.parametrize(
    ("title", "central", "board"),
    [
        ("Quy chế làm việc của BAN CHỈ ĐẠO VỀ LÀNG CHÀI NỔI", False, ("Ban Chỉ đạo", "Ban Chỉ đạo về làng chài nổi")),
        ("Lập văn phòng Ban Chỉ đạo nhà nước về đê biển", True, ("Ban Chỉ đạo", "Ban Chỉ đạo Nhà nước về Đê biển")),
        ("Triển khai kết luận của Ban Chỉ đạo Nhà nước về Đê biển", False, None),  # a province's own board is meant
        ("Phân công Ban Chỉ đạo về làng chài nổi, Ban Chỉ đạo Nhà nước về Đê biển", True, None),
        ("Theo Kế hoạch số 12/KH-BCĐ của Ban Chỉ đạo về làng chài nổi", False, None),
        ("Thành lập Ban Chỉ đạo di dân lòng hồ", False, ("Ban Chỉ đạo", "Ban Chỉ đạo di dân lòng hồ")),
        ("Kiện toàn Tổ công tác chợ nổi huyện Mỏ Cày", False, ("Tổ công tác", "Tổ công tác chợ nổi")),
        ("Về việc thành lập Ban Chỉ đạo huyện Mỏ Cày", False, None),
    ],
)
def test_a_document_about_one_board_means_it_by_the_head(
    title: str, central: bool, board: tuple[str, str] | None
) -> None:
    assert board_titled(title, document(TITLED, ()), central=central) == board


def test_a_board_s_office_and_its_name_in_short_are_those_of_the_only_one() -> None:
    text = "Văn phòng Ban Chỉ đạo gửi số liệu về Ban Chỉ đạo Nhà nước."
    scope = replace(SCOPES["ministry"], board=("Ban Chỉ đạo", "Ban Chỉ đạo Nhà nước về Đê biển"))
    office, board = find_agencies(CleanText(text), 0, len(text), scope)
    assert office.name == "Văn phòng Ban Chỉ đạo Nhà nước về Đê biển"
    assert board.name == "Ban Chỉ đạo Nhà nước về Đê biển"


@pytest.mark.parametrize(
    ("named", "short", "words"),
    [
        ("Trung tâm Lưu giữ giống ốc họp.", "Trung tâm LGGO", (("LGGO", "Lưu giữ giống ốc"),)),
        ("1\tTrung tâm Lưu giữ giống ốc\t12", "Trung tâm LGGO", (("LGGO", "Lưu giữ giống ốc"),)),
        ("Ban Lưu giữ giống ốc họp.", "Trung tâm LGGO", ()),
        ("Trung tâm Lưới gửi giống ổi sang xã bên.", "Trung tâm LGGO", ()),
        ("Trung tâm Lưu giữ ốc họp.", "Trung tâm LGO", (("LGO", "Lưu giữ ốc"),)),
        ("Trung tâm Giống ốc họp.", "Trung tâm GO", ()),
        ("Vụ Giống ốc họp.", "Vụ GO", (("GO", "Giống ốc"),)),
        ("Trung tâm Lưu giữ giống ốc họp.", "LGGO", ()),
    ],
)
def test_initials_behind_the_noun_of_a_name_are_that_name(named: str, short: str, words: tuple) -> None:
    assert explained(f"{named.replace('họp.', 'tổ chức họp.')}\n\nGiao {short} rà soát.") == words


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Đại học Diêm nghiệp Thành phố Cần Thơ (ĐHDN-CT) mở kho", "ĐHDN-CT"),
        ("Ban Chỉ đạo về phơi muối (BCĐPM) mở kho", "BCĐPM"),
    ],
)
def test_an_abbreviation_may_leave_out_the_small_words_of_a_name(text: str, short: str) -> None:
    assert dict(explained(text)) == {short: text.partition(" (")[0]}


def test_an_abbreviation_has_a_letter_of_every_other_word() -> None:
    assert explained("Đại học Diêm nghiệp miền Thượng Cần Thơ (ĐHDN-CT) mở kho") == ()


def test_two_of_a_kind_in_short_are_told_apart_by_their_part_in_the_work() -> None:
    text = "Giao ca: CSGD chủ trì và CSGD phối hợp ký sổ. CSGD chủ trì vớt bèo."
    scope = replace(SCOPES["university"], explained=(("CSGD", "cơ sở giáo dục"),))
    found = [agency.head for agency in find_agencies(CleanText(text), 0, len(text), scope)]
    assert found == ["cơ sở giáo dục chủ trì", "cơ sở giáo dục phối hợp", "cơ sở giáo dục"]


def test_only_the_passage_is_read_and_offsets_are_the_document_s() -> None:
    text = "Sở Y tế gửi văn bản. Giao Công an tỉnh chủ trì, phối hợp với Sở Tài chính."
    start, end = text.index("Giao"), text.index(", phối hợp")
    (agency,) = find_agencies(CleanText(text), start, end, SCOPES["province"])
    assert text[agency.start : agency.end] == agency.written == "Công an tỉnh"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("2. Công an huyện", "Công an huyện Hải Hậu"),
        ("3. Phòng Kinh tế", "Phòng Kinh tế huyện Hải Hậu"),
        ("Trung tâm Y tế huyện", "Trung tâm Y tế huyện Hải Hậu"),
    ],
)
def test_a_name_ends_with_the_passage_that_it_stands_in(heading: str, name: str) -> None:
    text = f"{heading}\n- Tổ chức tuần tra ban đêm.\nHuy động nhân dân."
    assert [a.name for a in find_agencies(CleanText(text), 0, len(heading), SCOPES["district"])] == [name]


@pytest.mark.parametrize(
    ("text", "scope", "place", "level", "collective"),
    [
        ("Bộ Y tế", "district", (), "trung ương", False),
        ("Sở Y tế", "district", ("tỉnh Nam Định",), "tỉnh", False),
        ("UBND các xã, thị trấn", "district", ("tỉnh Nam Định", "huyện Hải Hậu"), "xã", True),
        ("UBND xã Hải Trung", "district", ("tỉnh Nam Định", "huyện Hải Hậu", "xã Hải Trung"), "xã", False),
        ("Phòng Nghiệp vụ Y", "department", ("tỉnh Sơn La",), "cơ sở", False),
        ("Trường Cao đẳng Nghề Muối", "province", ("tỉnh Thái Bình",), "cơ sở", False),
        ("các sở, ban, ngành", "province", ("tỉnh Thái Bình",), "tỉnh", True),
        ("Sở Y tế", "unknown", ("?",), "tỉnh", False),
        ("UBND huyện", "nameless", ("tỉnh Nam Định", "huyện ?"), "huyện", False),
    ],
)
def test_place_and_level(text: str, scope: str, place: tuple[str, ...], level: str, collective: bool) -> None:
    (agency,) = found(text, scope)
    assert (agency.place, agency.level, agency.collective) == (place, level, collective)


def test_the_head_is_the_name_without_the_jurisdiction_and_the_parent_is_named() -> None:
    (agency,) = found("Phòng Kế hoạch - Tài chính thuộc Sở Y tế", "province")
    assert agency.head == "Phòng Kế hoạch - Tài chính Sở Y tế"
    assert agency.parent == "Sở Y tế tỉnh Thái Bình"


def test_an_unknown_jurisdiction_lowers_the_confidence() -> None:
    (unknown,), (known,) = found("Sở Y tế", "unknown"), found("Sở Y tế", "province")
    assert unknown.confidence < known.confidence


def test_canonical_reads_a_name_alone() -> None:
    agency = canonical("Sở LĐ-TBXH", SCOPES["province"])
    assert agency is not None
    assert (agency.name, agency.start, agency.end) == ("Sở Lao động - Thương binh và Xã hội tỉnh Thái Bình", 0, 0)


@pytest.mark.parametrize("written", ["", "  ", "mười lăm người", "thời gian thực hiện"])
def test_canonical_gives_nothing_for_what_is_no_agency(written: str) -> None:
    assert canonical(written, SCOPES["province"]) is None
