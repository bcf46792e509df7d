"""The table of agencies in time is consistent, and what it says stands in the graph."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.model import Graph
from graph.spelling import fold
from ingest.build import Stored, build
from ingest.resolving.agency_changes import known_changes
from ingest.resolving.agency_kinds import kind_of
from tests.records import record

ENDED = [(change, name) for change in known_changes() for name in change.ended]


def test_every_change_has_its_source_and_file() -> None:
    for change in known_changes():
        assert change.source.endswith(" (ingest/lexicon/agency_changes.yaml)")
        assert change.ended or change.new


def test_a_name_ends_once() -> None:
    times = Counter((fold(name), change.level, change.place) for change, name in ENDED)
    assert [name for name, count in times.items() if count > 1] == []


def test_nobody_takes_over_who_is_no_more() -> None:
    last = {(fold(name), change.level): change.on for change, name in ENDED if not change.place}
    for change, name in ENDED:
        for heir in change.ended[name]:
            end = last.get((fold(heir.name), change.to))
            assert end is None or end > change.on, f"{heir.name} takes over from {name} on {change.on}"


def test_every_name_begins_with_words_that_the_lexicon_knows() -> None:
    names = {name for _, name in ENDED} | {h.name for change, name in ENDED for h in change.ended[name]}
    assert [name for name in sorted(names) if not kind_of(name)[0]] == []


@pytest.fixture(scope="module")
def graph() -> Graph:
    names = {
        "Sở Lao động - Thương binh và Xã hội tỉnh Bắc Giang": ["tỉnh Bắc Giang"],
        "Ủy ban nhân dân xã Đồng Phúc": ["tỉnh Bắc Giang", "huyện Yên Dũng", "xã Đồng Phúc"],
    }
    said = {
        "header": {"issued_on": "2023-10-01", "place": ["tỉnh Bắc Giang"]},
        "recipients": [{"name": name, "place": place} for name, place in names.items()],
    }
    return build({"a": Stored(record(said), " " * 10)})


def test_an_agency_in_the_graph_has_its_time(graph: Graph) -> None:
    (agency,) = [n for n in graph.nodes("Agency") if str(n.properties["name"]).startswith("Sở Lao động")]
    assert agency.properties["valid_to"] == "2025-02-28"
    assert "valid_from" not in agency.properties


def test_who_took_over_stands_in_the_graph_with_its_source(graph: Graph) -> None:
    names = {n.id: n.properties["name"] for n in graph.nodes() if "name" in n.properties}
    found = {
        (names[e.source], names[e.target]): (e.properties.get("date"), e.properties.get("field"), e.data_source)
        for e in graph.edges("KE_THUA")
    }
    order = "Nghị định 45/2025/NĐ-CP (ingest/lexicon/agency_changes.yaml)"
    labour = "Sở Lao động - Thương binh và Xã hội tỉnh Bắc Giang"
    assert found["Sở Giáo dục và Đào tạo tỉnh Bắc Giang", labour] == ("2025-03-01", "giáo dục nghề nghiệp", order)
    units = "graph/data/places_succession.csv"
    assert found["Sở Y tế tỉnh Bắc Ninh", "Sở Y tế tỉnh Bắc Giang"] == ("2025-07-01", None, units)
    assert found["xã Đồng Việt", "xã Đồng Phúc"] == ("2025-07-01", None, units)
    assert found["tỉnh Bắc Ninh", "tỉnh Bắc Giang"] == ("2025-07-01", None, units)


def test_an_agency_is_part_of_the_unit_of_its_time(graph: Graph) -> None:
    units = {n.id: n.properties for n in graph.nodes("Place")}
    of = {
        str(graph.node(e.source).properties["name"]): units[e.target]["name"]
        for e in graph.edges("THUOC")
        if e.target in units and e.source not in units
    }
    assert of["Ủy ban nhân dân xã Đồng Phúc"] == "xã Đồng Phúc"
    assert of["Ủy ban nhân dân xã Đồng Việt"] == "xã Đồng Việt"
