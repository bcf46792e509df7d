"""The dated gazetteer: how many units there were, how they are found by name, and what became of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.errors import LookupFailed
from graph.places import Place, places

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "places.yaml").read_text(encoding="utf-8"))


def one(name: str, on: str) -> Place:
    (place,) = places().find(name, on=on)
    return place


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['written']} {case['date']}")
def test_a_name_as_people_write_it(case: dict[str, Any]) -> None:
    assert [p.id for p in places().find(case["written"], case.get("level"), on=case["date"])] == case["ids"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2023", {"tỉnh": 63, "huyện": 705, "xã": 10_599}), ("2025-07-01", {"tỉnh": 34, "xã": 3_321})],
)
def test_totals(on: str, expected: dict[str, int]) -> None:
    assert Counter(p.level for p in places() if p.existed(on) and p.level != "trung ương") == expected


@pytest.mark.parametrize(
    ("province", "districts", "communes"),
    [
        ("tỉnh Bắc Giang", 10, 209),
        ("tỉnh Quảng Trị", 10, 125),
        ("thành phố Hải Phòng", 15, 217),
        ("tỉnh Hải Dương", 12, 235),
        ("tỉnh Trà Vinh", 9, 106),
    ],
)
def test_parts_of_a_province_in_2023(province: str, districts: int, communes: int) -> None:
    place = one(province, "2023")
    assert len(places().children(place)) == districts
    assert len(places().children(place, level="xã")) == communes


@pytest.mark.parametrize(
    ("province", "units"),
    [("tỉnh Bắc Ninh", 99), ("tỉnh Quảng Trị", 78), ("thành phố Hải Phòng", 114), ("tỉnh Vĩnh Long", 124)],
)
def test_parts_of_a_province_after_june_2025(province: str, units: int) -> None:
    assert len(places().children(one(province, "2025-07-01"))) == units


def test_names_of_communes_that_are_not_unique() -> None:
    names = Counter(p.name for p in places() if p.level == "xã" and p.existed("2023"))
    # 3,836 as the source prints them, and 48 more where only the place of a tone mark told two names apart
    assert sum(count for count in names.values() if count > 1) == 3_836 + 48


def test_every_place_stands_under_one_that_lived_at_the_same_time() -> None:
    table = places()
    for place in table:
        if place.parent:
            parent = table.get(place.parent)
            assert parent.valid_from <= (place.valid_to or "9999"), place
            assert place.valid_from <= (parent.valid_to or "9999"), place


def test_path_goes_from_the_province_down() -> None:
    commune = one("xã Yên Lư", "2023")
    assert places().path(commune) == ("tỉnh Bắc Giang", "huyện Yên Dũng", "xã Yên Lư")
    assert [p.name for p in places().parents(commune)] == ["huyện Yên Dũng", "tỉnh Bắc Giang", "Việt Nam"]
    assert places().path(places().get("vn")) == ()


def test_find_within_a_province() -> None:
    bac_giang = one("tỉnh Bắc Giang", "2023")
    found = places().find("Tân An", within=bac_giang)
    assert [places().path(p)[1:] for p in found] == [("huyện Yên Dũng", "thị trấn Tân An")]


@pytest.mark.parametrize(
    ("path", "on", "id_"),
    [
        ((), None, "vn"),
        (("tỉnh Bắc Giang", "huyện Yên Dũng"), "2023-10", "vn:221"),
        (("tỉnh Bắc Giang", "huyện Yên Dũng"), None, "vn:221"),
        (("tỉnh Bắc Giang", "huyện Yên Dũng", "xã Tiến Dũng"), "2023", "vn:07729"),
        (("tỉnh Bắc Giang", "xã Tiến Dũng"), "2023", "vn:07729"),
        (("tỉnh Bắc Ninh", "phường Yên Dũng"), "2025-09-01", "vn2025:07681"),
        (("tỉnh Bắc Ninh", "phường Yên Dũng"), None, "vn2025:07681"),
        (("tỉnh Bắc Giang", "huyện Yên Dũng"), "2025-07", None),
        (("tỉnh Bắc Ninh",), None, None),  # the old one and the new one
        (("tỉnh Bắc Ninh",), "2024-05", "vn:27"),
        (("tỉnh Quảng Trị", "huyện ?"), "2024", None),
        (("?",), "2024", None),
        (("tỉnh Hải Dương", "huyện Yên Dũng"), "2024", None),
    ],
)
def test_resolve_path(path: tuple[str, ...], on: str | None, id_: str | None) -> None:
    found = places().resolve_path(path, on)
    assert (found and found.id) == id_


@pytest.mark.parametrize(
    ("name", "on", "path"),
    [
        ("huyện Yên Dũng", "2023", ("tỉnh Bắc Giang", "huyện Yên Dũng")),
        ("huyện Hải Lăng", "2024", ("tỉnh Quảng Trị", "huyện Hải Lăng")),
        ("xã Yên Lư", "2023", ("tỉnh Bắc Giang", "huyện Yên Dũng", "xã Yên Lư")),
        ("thành phố Hải Phòng", None, ("thành phố Hải Phòng",)),
        ("huyện Châu Thành", "2023", None),
        ("xã Tân An", "2023", None),
        ("huyện Không Có", "2023", None),
    ],
)
def test_complete(name: str, on: str | None, path: tuple[str, ...] | None) -> None:
    assert places().complete(name, on) == path


def test_a_district_is_followed_to_the_units_that_hold_its_communes() -> None:
    table = places()
    successors = table.successors(one("huyện Yên Dũng", "2023"))
    assert len(successors) == 6
    assert {table.path(p)[0] for p in successors} == {"tỉnh Bắc Ninh"}


def test_succession_of_provinces_goes_both_ways() -> None:
    table = places()
    new = one("tỉnh Bắc Ninh", "2026")
    assert [p.name for p in table.predecessors(new)] == ["tỉnh Bắc Giang", "tỉnh Bắc Ninh"]
    assert table.successors(one("tỉnh Bắc Giang", "2023")) == [new]


def test_a_province_that_became_a_city_before_july_2025_is_followed_from_that_day() -> None:
    table = places()
    (before,) = table.find("tỉnh Thừa Thiên Huế")
    assert [s.date for s in table.taken_over(before)] == ["2025-01-01"]
    assert [p.id for p in table.successors(before)] == [p.id for p in table.find("thành phố Huế", on="2025-01-01")]


def test_a_commune_merged_between_the_two_tables_is_followed() -> None:
    # Lão Hộ went into the town of Tân An in 2024, and that into the ward of Tân An
    assert [p.id for p in places().successors(one("xã Lão Hộ", "2023"))] == ["vn2025:07682"]


def test_an_island_district_without_communes_is_followed() -> None:
    assert [p.name for p in places().successors(one("huyện Cồn Cỏ", "2023"))] == ["đặc khu Cồn Cỏ"]


def test_nearly_every_old_commune_has_a_successor() -> None:
    table = places()
    lost = [p.name for p in table if p.level == "xã" and p.existed("2023") and not table.successors(p)]
    assert sorted(lost) == ["phường Hải Châu II", "xã Mộc Nam", "xã Phú An Hòa", "xã Phúc Thành A"]


@pytest.mark.parametrize(
    ("of", "kinds", "on", "count"),
    [
        ("huyện Yên Dũng", {"xã", "thị trấn"}, "2023-10-05", 18),
        ("huyện Yên Dũng", {"thị trấn"}, "2023-10-05", 2),
        ("huyện Yên Dũng", {"phường"}, "2023-10-05", 0),
        ("tỉnh Bắc Giang", {"huyện", "thị xã", "thành phố"}, "2023", 10),
        ("tỉnh Bắc Giang", {"xã", "phường", "thị trấn"}, "2023", 209),
        ("thành phố Hải Phòng", {"quận", "huyện"}, "2024", 15),
        ("thành phố Hải Phòng", {"xã", "phường", "đặc khu"}, "2025-07-01", 114),
        (None, {"tỉnh", "thành phố"}, "2023", 63),
        (None, {"tỉnh", "thành phố"}, "2025-08", 34),
        (None, {"tỉnh", "thành phố"}, "2025-01-09", 63),
        (None, {"thành phố"}, "2023", 5),
        (None, {"thành phố"}, "2025-01-09", 6),
        (None, {"huyện", "quận", "thị xã", "thành phố"}, "2023", 705),
        (None, {"huyện", "quận", "thị xã", "thành phố"}, "2025-03-01", 704),
        (None, {"bản"}, "2023", 0),
    ],
)
def test_members_of_a_collective(of: str | None, kinds: set[str], on: str, count: int) -> None:
    assert len(places().members(one(of, on) if of else None, kinds, on)) == count


def test_an_unknown_id_is_an_error_that_names_it() -> None:
    with pytest.raises(LookupFailed, match="vn:99999"):
        places().get("vn:99999")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2023-10-05", "2024-12-31", True),
        ("2024-12-31", "2025-01-01", False),
        ("2025-01-01", "2025-06-30", True),
        ("2025-06-30", "2025-07-01", False),
        ("2025-07-01", "2031", True),
        ("2023", "2024-10", True),
        ("2025", "2025-06-30", False),
        ("2025", "2025-07-01", False),
    ],
)
def test_dates_between_two_changes_have_the_same_units(one: str, other: str, same: bool) -> None:
    assert (places().period(one) == places().period(other)) == same


def test_no_date_is_of_no_period() -> None:
    assert places().period(None) is None
